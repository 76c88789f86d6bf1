"""All that goes on without a question: folders are compared, what waits is read, embedded, looked at anew."""

import os
import time
from collections.abc import Callable

import psutil

from indexer.disk.library import Library
from indexer.errors import UserError
from indexer.inference.loading import EngineModels
from indexer.inference.model_loop import ModelLoop
from indexer.ingest.decoders import DecoderPool
from indexer.ingest.documents.office_pages import FOLDER, OfficePages
from indexer.ingest.thumbnails import PreviewCache
from indexer.paths import Paths
from indexer.settings import ModelOptions, Settings
from indexer.store.store import Store
from indexer.work.catching_up import CatchingUp
from indexer.work.indexing import Indexing
from indexer.work.picturing import Picturing
from indexer.work.reading import Reading
from indexer.work.sharpening import Sharpening
from indexer.work.switching import Switching
from indexer.work.work_queue import WorkQueue

LOADING_PATIENCE_S = 2.0
"""How long `stop` waits for weights that are just being loaded."""
BESIDE_A_CARD = 16
"""Files decoded at the same time, at most. With four a large card waited for nine tenths of the time: one
decodes four photos of twelve megapixels a second, and the card looks at sixty."""
BESIDE_A_PROCESSOR = 4
"""The same where the models need the processor themselves."""
MACHINES_BYTES = 3 << 29
"""Memory that the machine has for each of them: a decoder takes 90 to 200 MB of it."""


class Works:
    """The threads between the disk and the index, and how they hang together.

    Args:
        store: to write to; whoever made it closes it, after `stop` and `queue.close`.
        changed: called when there is something new to tell, from several threads.
        patient, reranker, read_words, regions: as for `Engine`.

    Attributes:
        pool, loop: what decodes and what embeds, for questions as well.
        queue, library, indexing: what waits, where it comes from, and who reads it.
        reading, sharpening, switching, catching_up, picturing: what goes on when no file waits.
    """

    def __init__(
        self,
        paths: Paths,
        options: ModelOptions,
        store: Store,
        cache: PreviewCache,
        changed: Callable[[], None],
        *,
        patient: bool,
        reranker: bool,
        read_words: bool,
        regions: bool,
    ) -> None:
        self._changed = changed
        workers = side_by_side("cpu")
        self.pool = pool = DecoderPool(
            workers,
            office=OfficePages(paths.cache / FOLDER),
            downloads=lambda: self.library.rules().cloud,
        )
        self.loop = loop = ModelLoop(
            EngineModels(options, paths.checkpoints, store, reranker), self._models_changed
        )
        self.queue = queue = WorkQueue(store, changed, patient)
        self.indexing = Indexing(
            store,
            cache,
            pool,
            loop,
            queue,
            lambda path: self.library.changed({path}),
            workers,
            lambda: self.library.rules(),
            regions,
        )
        self.library = Library(
            store,
            queue,
            str(paths.data),
            self.indexing.collect_garbage,
            changed,
            answering=pool.answering,
            erase=self.indexing.erase,
        )
        seen = self.indexing.seen
        self.reading = Reading(store, pool, queue, changed, read_words)
        self.sharpening = Sharpening(store, pool, loop, queue, seen, changed, workers)
        self.switching = Switching(store, cache, pool, loop, queue, paths.checkpoints, options, seen, changed)
        self.catching_up = CatchingUp(
            store, cache, pool, loop, queue, seen, self._others_done, regions, changed
        )
        self.picturing = Picturing(
            store, cache, pool, queue, lambda: self._others_done() and self.catching_up.done, changed
        )
        self._background = (
            self.reading,
            self.sharpening,
            self.switching,
            self.catching_up,
            self.picturing,
        )

    def start(self, watch: bool, load: bool) -> None:
        """Start the threads; `watch` and `load` as for `Engine.start`."""
        self.indexing.start()
        for work in self._background:
            work.start()
        if load:
            self.loop.start()
        self.library.start(watch)

    def _models_changed(self) -> None:
        if (embedder := self.loop.models.embedder) is not None:
            workers = side_by_side(embedder.device.name)
            for each in (self.pool, self.indexing, self.sharpening):
                each.widen(workers)
        self._changed()

    def stop(self) -> bool:
        """Finish the micro-batch, commit, stop. False when a thread is still busy loading weights."""
        self.library.stop()
        self.queue.stop()
        self.pool.close()
        loaded = self.loop.stop(10.0 if self.loop.ready.is_set() else LOADING_PATIENCE_S)
        self.indexing.stop()
        for work in self._background:
            work.stop()
        return loaded

    def apply(self, settings: Settings) -> None:
        """What was changed there and needs no new start."""
        self.loop.release_after(settings.release_after_s)
        self.reading.want(settings.read_words)
        self.indexing.regions = settings.regions
        self.catching_up.want_parts(settings.regions)

    def hold(self, on: bool) -> None:
        """Stop after what is at hand, or go on; questions are not concerned."""
        self.queue.pause(on)
        self.loop.pause(on)
        for work in self._background:
            work.pause(on)
        self.pool.hold(on)
        self._changed()

    @property
    def trouble(self) -> str:
        """Why something of what goes on when no file waits cannot go on, in a sentence; "" normally."""
        told = (each.trouble for each in self._background if each is not self.switching)  # that tells itself
        return next(filter(None, told), "")

    @property
    def busy(self) -> bool:
        """Something waits to be compared, read, embedded or looked at again, or is under way."""
        working = self.library.busy or not self.queue.idle or self.switching.busy
        return working or not (self.sharpening.done and self.reading.done and self.catching_up.done)

    def finish(self) -> None:
        """Wait until there is nothing to do. Raises UserError with what prevents that."""
        while self.busy:
            for each in (self.queue, *self._background):
                if each.trouble:
                    raise UserError(each.trouble)
            time.sleep(0.05)

    def _others_done(self) -> bool:
        return self.sharpening.done and self.reading.done and not self.switching.busy


def side_by_side(device: str) -> int:
    """How many files to decode at the same time while the models run there ("cuda", "mps" or "cpu").

    Decoders only ever work as far ahead of the models as `WAITING_BYTES` allows: it is a slow card that has
    fewer of them at work.
    """
    cores = os.cpu_count() or 2
    if device == "cpu":
        return max(2, min(BESIDE_A_PROCESSOR, cores // 2))
    return max(2, min(BESIDE_A_CARD, cores - 1, psutil.virtual_memory().total // MACHINES_BYTES))

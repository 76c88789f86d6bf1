"""Changing the embedder while the old one answers: one thread, which works when nothing else is to be done.

    index.db: contents without a new vector ─► decoder ─► models thread, new embedder ─► the space beside
    all there ─► one transaction makes it the current one; in the same moment searches ask the new embedder

Both embedders are loaded meanwhile: the old one for questions, and for files that come in between, which are
found at once that way; the new one for everything. Without room for both they take turns; where only the
budget is another, both have the same weights, which are held once. Content by content is committed, so
whatever ends the process, the next start goes on where this one stopped. What can be cut out of the old
vectors, because less is to be kept of them, needs no decoder and no model.

Why nothing is swapped while a file is in flight, its drive is not connected or its folder is paused: what had
vectors before the change has vectors after it.
"""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from indexer.background import LOOK_EVERY_S, Background
from indexer.errors import MediaError, NotNow
from indexer.ingest.decoders import DecoderPool
from indexer.ingest.items import is_there
from indexer.ingest.segments import Sight
from indexer.ingest.supervision import DecoderDied
from indexer.ingest.thumbnails import PreviewCache
from indexer.loading import ModelLoader, rebuilding
from indexer.looking_again import first, look_again
from indexer.model_loop import ModelLoop
from indexer.model_work import Cancellation, Vector
from indexer.settings import NO_RERANKER, ModelOptions
from indexer.store.store import Store
from indexer.store.switch import Lacking, MadeWith
from indexer.work_queue import WorkQueue

if TYPE_CHECKING:
    from models.qwen3_vl import Qwen3VLEmbedder

log = logging.getLogger(__name__)


class Switching(Background):
    """Makes the vectors of the embedder in the options, if the index holds those of another.

    Args:
        options: the chosen models.
        sight: what the segments were cut for (`Indexing.seen`).
        on_change: called when something is done, from this thread; must not block.

    Attributes:
        options: the models that were chosen last.
    """

    def __init__(
        self,
        store: Store,
        cache: PreviewCache,
        pool: DecoderPool,
        loop: ModelLoop,
        queue: WorkQueue,
        checkpoints: Path,
        options: ModelOptions,
        sight: Callable[[], Sight | None] = lambda: None,
        on_change: Callable[[], None] = lambda: None,
    ) -> None:
        # what torch starts below this thread would keep its low priority when searches need it
        super().__init__("switching", queue, on_change, gives_way=False)
        self._store = store
        self._cache = cache
        self._pool = pool
        self._loop = loop
        self._checkpoints = checkpoints
        self.options = options
        self._sight = sight
        self._former = store.switch.former()
        self._new: Qwen3VLEmbedder | None = None
        self._space: int | None = None
        self._carried: int | None = 0
        self._after = 0
        self._left = 0

    def choose(self, options: ModelOptions, keep: Callable[[], None]) -> None:
        """Other models from now on. Returns at once.

        Args:
            keep: writes the choice down.

        Raises UserError when they cannot be used, or the choice cannot be kept; then nothing changes.
        """
        ModelLoader(options, self._checkpoints).check()
        before = self.options
        former = MadeWith.of(before)
        other = former != MadeWith.of(options)
        with self._store.transaction():  # the change is begun and the settings name it, or neither
            if other:
                self._store.switch.want(former)
            keep()
        self.options = options
        if other:
            self._new, self._space, self._carried, self._after, self._left = None, None, 0, 0, 0
            self._former = self._store.switch.former() or former
        if before.reranker != options.reranker:
            wanted = options.reranker != NO_RERANKER
            self._loop.models.change_reranker(ModelLoader(options, self._checkpoints).reranker, wanted)

    @property
    def busy(self) -> bool:
        """There are vectors to be made, and nothing known that prevents it."""
        return self._former is not None and not self._left

    def progress(self) -> tuple[str, float]:
        """A sentence, and how much is done, 0..1. An empty sentence and 0 when no change is under way."""
        former, space = self._former, self._space
        if former is None:
            return "", 0.0
        share = self._store.switch.share(space) if space is not None else 0.0
        if self.trouble:
            return f"{self.trouble} Until it can, searches go on as before.", share
        if self._left:
            return (
                f"{self._left} files cannot be looked at again now: connect their drive, or resume their "
                "folder. Until then searches go on as before.",
                share,
            )
        return rebuilding(former, self.options), share

    # --- the thread --------------------------------------------------------------------------------

    def _step(self) -> bool:
        if self._former is None:
            return False
        self._go_on()
        return True

    def _go_on(self) -> None:
        self._loop.start()
        while not self._loop.ready.wait(LOOK_EVERY_S):  # two threads that import torch wait for each other
            if self._must_wait():
                return
        new, options = self._new, self.options
        if new is None:
            new = self._new = self._load(options)
            self._loop.models.successor = new
        if self._space is None:
            form = MadeWith.of(options).form(new.dimension)
            self._space = self._store.switch.begin(new.name, new.dimension, new.preparation, form)
            if self._space is None:
                with self._queue.held() as held:
                    if held:
                        self._take_over(new, lambda: None)
                return
        if self._carried is not None:
            self._carried = self._store.switch.carry_over(self._space, self._carried)
            self._on_change()
            return
        lacking = self._store.switch.next(self._space, self._after)
        if lacking is not None:
            self._after = lacking.content
            if not self._embed(lacking, new, self._space) and not self._stopping.is_set():
                log.info("%s cannot be looked at again now", lacking.path)
            self._on_change()
            return
        self._after = 0
        self._left = self._store.switch.lacking(self._space)
        if self._left:
            self._rest()
            self._left = 0  # try again: it may be there now
        else:
            self._finish(new, self._space)

    def _load(self, options: ModelOptions) -> "Qwen3VLEmbedder":
        """In this thread, so that searches go on; without room for both in the models' own, by turns."""
        loader, answering = ModelLoader(options, self._checkpoints), self._loop.models.embedder
        if answering is None or loader.embedder_fits(answering):
            return loader.embedder(answering)
        return self._loop.call(lambda: self._loop.models.load_successor(loader.embedder), Cancellation())

    def _finish(self, new: "Qwen3VLEmbedder", space: int) -> None:
        with self._queue.held() as held:
            if not held or self._store.switch.lacking(space):
                return
            gone: list[str] = []
            self._take_over(new, lambda: gone.extend(self._store.switch.finish(space)))
            for digest in gone:
                self._cache.remove(digest)
            self._store.tidy()

    def _take_over(self, new: "Qwen3VLEmbedder", swap: Callable[[], None]) -> None:
        """In the models thread, so that no question is asked of one embedder and answered from the other."""
        former, now, models = self._former, MadeWith.of(self.options), self._loop.models
        load = ModelLoader(self.options, self._checkpoints).reranker

        def at_once() -> None:
            swap()
            self._store.space(new.name, new.dimension, new.preparation, now.form(new.dimension))
            self._store.switch.note(now)
            if former is not None and (former.budget, former.weights) != (now.budget, now.weights):
                models.change_reranker(load, models.wants_reranker)  # with the new budget and weights
            models.take_over(new)

        self._loop.call(at_once, Cancellation())
        log.info("the embedder is %s now", new.name)
        self._former = self._new = self._space = None
        self._carried = 0
        self._on_change()

    def _embed(self, lacking: Lacking, new: "Qwen3VLEmbedder", space: int) -> bool:
        """Whether its vectors are there now."""
        path = Path(lacking.path)
        try:
            if self._pool.hash(path) != lacking.hash:
                return False  # changed a moment ago: the library hears of it
            try:
                vectors = self._vectors(path, new, len(lacking.segments))
            except DecoderDied:
                vectors = self._vectors(path, new, len(lacking.segments))
        except NotNow:
            return False
        except MediaError:
            if is_there(path):
                self._store.switch.read_again(lacking)  # which says what is wrong with it
                self._queue.wake()
            return False
        if vectors is None:
            return False
        refused = [vector for vector in vectors if isinstance(vector, str)]
        if refused:
            self._store.switch.give_up(lacking, refused[0])
            return False
        if len(vectors) != len(lacking.segments):
            self._store.switch.read_again(lacking)
            self._queue.wake()
            return False
        made = np.stack([vector for vector in vectors if not isinstance(vector, str)])
        self._store.switch.add(space, lacking, made)
        return True

    def _vectors(self, path: Path, new: "Qwen3VLEmbedder", most: int) -> "list[Vector | str] | None":
        look = look_again(
            self._pool,
            self._loop,
            path,
            self._sight(),
            first(most),
            self._stopping,
            new,
        )
        return look.vectors if look is not None else None

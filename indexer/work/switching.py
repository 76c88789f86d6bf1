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
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from indexer.errors import MediaError, NotNow
from indexer.inference.loading import ModelLoader, rebuilding
from indexer.inference.model_loop import ModelLoop
from indexer.inference.model_work import Cancellation, Vector
from indexer.ingest.decoders import DecoderPool
from indexer.ingest.isolation.supervision import DecoderDied
from indexer.ingest.items import is_there
from indexer.ingest.segments import Sight
from indexer.ingest.thumbnails import PreviewCache
from indexer.settings import NO_RERANKER, ModelOptions
from indexer.store.store import Store
from indexer.store.switch import Lacking, MadeWith
from indexer.work.background import LOOK_EVERY_S, Background
from indexer.work.looking_again import first, look_again
from indexer.work.work_queue import WorkQueue

if TYPE_CHECKING:
    from models.qwen3_vl import Qwen3VLEmbedder

log = logging.getLogger(__name__)


@dataclass(slots=True, eq=False)
class _Change:
    """One change of the embedder. Who chooses again begins another one, and of this one nothing counts.

    Attributes:
        options: what was chosen. former: what the vectors were made with that answer until it is over.
        new: the chosen embedder, once it is loaded. space: where its vectors go, once that is known.
        carried: the last segment whose vector was cut out of the old one; None when that is done.
        after: the last content that was looked at. left: those that cannot be, after all others were.
    """

    options: ModelOptions
    former: MadeWith
    new: "Qwen3VLEmbedder | None" = None
    space: int | None = None
    carried: int | None = 0
    after: int = 0
    left: int = 0


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
        former = store.switch.former()
        self._change = None if former is None else _Change(options, former)
        self._choosing = threading.Lock()

    def choose(self, options: ModelOptions, keep: Callable[[], None]) -> None:
        """Other models from now on. Returns at once.

        Args:
            keep: writes the choice down.

        Raises UserError when they cannot be used, or the choice cannot be kept; then nothing changes.
        """
        ModelLoader(options, self._checkpoints).check()
        with self._choosing:
            before = self.options
            former = MadeWith.of(before)
            other = former != MadeWith.of(options)
            with self._store.transaction():  # the change is begun and the settings name it, or neither
                if other:
                    self._store.switch.want(former)
                keep()
            self.options = options
            if other:
                self._change = _Change(options, self._store.switch.former() or former)
        if before.reranker != options.reranker:
            wanted = options.reranker != NO_RERANKER
            self._loop.models.change_reranker(ModelLoader(options, self._checkpoints).reranker, wanted)

    @property
    def busy(self) -> bool:
        """There are vectors to be made, and nothing known that prevents it."""
        change = self._change
        return change is not None and not change.left

    def progress(self) -> tuple[str, float]:
        """A sentence, and how much is done, 0..1. An empty sentence and 0 when no change is under way."""
        change = self._change
        if change is None:
            return "", 0.0
        share = self._store.switch.share(change.space) if change.space is not None else 0.0
        if self.trouble:
            return f"{self.trouble} Until it can, searches go on as before.", share
        if change.left:
            return (
                f"{change.left} files cannot be looked at again now: connect their drive, or resume their "
                "folder. Until then searches go on as before.",
                share,
            )
        return rebuilding(change.former, change.options), share

    # --- the thread --------------------------------------------------------------------------------

    def _step(self) -> bool:
        change = self._change
        if change is None:
            return False
        self._go_on(change)
        return True

    def _go_on(self, change: _Change) -> None:
        self._loop.start()
        while not self._loop.ready.wait(LOOK_EVERY_S):  # two threads that import torch wait for each other
            if self._must_wait():
                return
        new = change.new
        if new is None:
            self._loop.models.successor = None  # one that was chosen before and is not wanted any more
            new = self._load(change.options)
            if self._change is not change:  # that takes seconds, in which others may be chosen
                return
            change.new = self._loop.models.successor = new
        if change.space is None:
            change.space = self._begin(change, new)
            return
        if change.carried is not None:
            change.carried = self._store.switch.carry_over(change.space, change.carried)
            self._on_change()
            return
        lacking = self._store.switch.next(change.space, change.after)
        if lacking is not None:
            change.after = lacking.content
            if not self._embed(lacking, new, change.space) and not self._stopping.is_set():
                suffix = Path(lacking.path).suffix.lower()
                log.info("a file ending in %s cannot be looked at again now", suffix)
            self._on_change()
            return
        change.after = 0
        change.left = self._store.switch.lacking(change.space)
        if change.left:
            self._rest()
            change.left = 0  # try again: it may be there now
        else:
            self._finish(change, new, change.space)

    def _load(self, options: ModelOptions) -> "Qwen3VLEmbedder":
        """In this thread, so that searches go on; without room for both in the models' own, by turns."""
        loader, answering = ModelLoader(options, self._checkpoints), self._loop.models.embedder
        if answering is None or loader.embedder_fits(answering):
            return loader.embedder(answering)
        return self._loop.call(lambda: self._loop.models.load_successor(loader.embedder), Cancellation())

    def _begin(self, change: _Change, new: "Qwen3VLEmbedder") -> int | None:
        """The space for the new vectors; None where none are needed, and then the change is over."""
        form = MadeWith.of(change.options).form(new.dimension)
        with self._choosing:
            if self._change is not change:
                return None
            space = self._store.switch.begin(new.name, new.dimension, new.preparation, form)
        if space is None:
            with self._queue.held() as held:
                if held:
                    self._take_over(change, new, lambda: None)
        return space

    def _finish(self, change: _Change, new: "Qwen3VLEmbedder", space: int) -> None:
        with self._queue.held() as held:
            if not held or self._store.switch.lacking(space):
                return
            gone: list[str] = []
            self._take_over(change, new, lambda: gone.extend(self._store.switch.finish(space)))
            for digest in gone:
                self._cache.remove(digest)
            self._store.tidy()

    def _take_over(self, change: _Change, new: "Qwen3VLEmbedder", swap: Callable[[], None]) -> None:
        """In the models thread, so that no question is asked of one embedder and answered from the other."""
        former, models = change.former, self._loop.models

        def at_once() -> None:
            now = MadeWith.of(self.options)
            swap()
            self._store.space(new.name, new.dimension, new.preparation, now.form(new.dimension))
            self._store.switch.note(now)
            if (former.budget, former.weights) != (now.budget, now.weights):
                load = ModelLoader(self.options, self._checkpoints).reranker
                models.change_reranker(load, models.wants_reranker)  # with the new budget and weights
            models.take_over(new)

        with self._choosing:
            if self._change is not change:
                return
            self._loop.call(at_once, Cancellation())
            self._change = None
        log.info("the embedder is %s now", new.name)
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
                self._read_anew(lacking)  # which says what is wrong with it
            return False
        if vectors is None:
            return False
        refused = [vector for vector in vectors if isinstance(vector, str)]
        if refused:
            self._store.switch.give_up(lacking, refused[0])
            return False
        if len(vectors) != len(lacking.segments):
            self._read_anew(lacking)
            return False
        made = np.stack([vector for vector in vectors if not isinstance(vector, str)])
        self._store.switch.add(space, lacking, made)
        return True

    def _read_anew(self, lacking: Lacking) -> None:
        self._store.switch.read_again(lacking)
        self._cache.remove(lacking.hash)
        self._queue.wake()

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

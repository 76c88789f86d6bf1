"""The second pass: what was indexed after a quick look is looked at as closely as the settings ask for.

    index.db: contents of a quick look, newest first ─► decoder ─► models thread ─► their vectors replaced

It works when no file waits to be read, content by content, and stops between two of them as soon as one does.
What was under way when an engine died waits for all others and is looked at alone: nothing says that each of
these files was to blame, and a second death has one suspect.

A quick vector is found by the same search as a sharp one; it is only a little less sure. So a file that
cannot be decoded this time, or kills its decoder twice, or the engine at several starts, stays at that, and
is listed with it.
"""

import logging
import threading
from collections import deque
from collections.abc import Callable
from pathlib import Path

import numpy as np

from indexer.errors import MediaError, NotNow, Skipped
from indexer.inference.model_loop import ModelLoop
from indexer.inference.model_work import Vector
from indexer.ingest.decoders import DecoderPool, PoolClosed
from indexer.ingest.isolation.supervision import DecoderDied
from indexer.ingest.items import is_there
from indexer.ingest.segments import Sight
from indexer.store.second_look import Again
from indexer.store.store import Store
from indexer.work.background import Aside, Background
from indexer.work.looking_again import Look, first, look_again
from indexer.work.pace import Pace
from indexer.work.work_queue import WorkQueue

log = logging.getLogger(__name__)

AT_ONCE = 32
"""Contents asked for together: to find the newest, all that wait have to be sorted."""


class _Hopeless(Exception):
    """It was tried, and will not be better another time."""


class Sharpening(Background):
    """Works through what was looked at quickly until `stop()`.

    Args:
        sight: what parts of pictures are chosen by, as in the first pass.
        on_change: called after every content, from one of the threads; must not block.
        workers: files decoded side by side.

    Attributes:
        pace: what the files cost.
    """

    def __init__(
        self,
        store: Store,
        pool: DecoderPool,
        loop: ModelLoop,
        queue: WorkQueue,
        sight: Callable[[], Sight | None],
        on_change: Callable[[], None] = lambda: None,
        workers: int = 1,
    ) -> None:
        super().__init__("sharpen", queue, on_change, workers)
        self.pace = Pace()
        self._store = store
        self._pool = pool
        self._loop = loop
        self._sight = sight
        self._lock = threading.Lock()
        self._under_way: set[int] = set()
        self._alone = False
        self._aside = Aside()
        self._ready: deque[Again] = deque()

    def pause(self, paused: bool) -> None:
        """Stop after the files at hand, or go on."""
        super().pause(paused)
        self.pace.rest()

    @property
    def done(self) -> bool:
        """Nothing is left that could be looked at more closely now."""
        with self._lock:
            waits = self._under_way or self._ready or self._store.sharp.waits(self._aside.now())
            return not (self.works and waits)

    def look_again(self) -> None:
        """What may be looked at has changed: a folder was paused, or goes on."""
        with self._lock:
            self._ready.clear()

    def _step(self) -> bool:
        blurred = self._take()
        if blurred is not None:
            self._sharpen(blurred)
        return blurred is not None

    def _idle(self, slept_s: float) -> None:
        if self._leaves_room and self.done:
            self._give_back(self._store)

    def _take(self) -> Again | None:
        with self._lock:
            if self._alone:
                return None
            if not self._ready:
                self._ready.extend(self._store.sharp.next(AT_ONCE, self._aside.now() | self._under_way))
            if not self._ready or (self._ready[0].suspect and self._under_way):
                return None
            blurred = self._ready.popleft()
            self._under_way.add(blurred.content)
            self._alone = blurred.suspect
            return blurred

    def _sharpen(self, blurred: Again) -> None:
        begun = self.pace.now()
        try:
            if not self._store.sharp.begin(blurred.content):
                return
            try:
                vectors = self._vectors(blurred)
            except _Hopeless as error:
                log.info("a quick look has to do for a file: %s", error)
                self._store.sharp.leave(blurred.content)
                return
            finally:
                self._store.sharp.end(blurred.content)
            if vectors is None:
                self._aside.add(blurred.content)
                return
            self._store.sharp.replace(blurred, vectors)
            self._leaves_room = True
            self.pace.done(blurred.kind, begun)
        finally:
            with self._lock:
                self._under_way.discard(blurred.content)
                self._alone = False

    def _vectors(self, blurred: Again) -> Vector | None:
        """One for each segment `[segments, dimension]`; None when they cannot be had now.

        Raises `_Hopeless` when they never can, `PoolClosed`.
        """
        path, most = Path(blurred.path), len(blurred.segments)
        try:
            if self._pool.hash(path) != blurred.hash:
                return None  # changed a moment ago: the library hears of it
        except MediaError as error:
            log.info("no closer look at a file ending in %s now: %s", path.suffix.lower(), error)
            return None
        try:
            try:
                look = self._look(path, most)
            except DecoderDied:
                look = self._look(path, most)
        except MediaError as error:
            if isinstance(error, Skipped | NotNow) or not is_there(path):
                return None
            raise _Hopeless(str(error)) from error
        if look is None:
            raise PoolClosed
        vectors = [vector for vector in look.vectors if not isinstance(vector, str)]
        if len(vectors) != most:
            log.info("a closer look saw %d parts of %d", len(vectors), most)
            return None
        return np.stack(vectors)

    def _look(self, path: Path, most: int) -> Look | None:
        return look_again(self._pool, self._loop, path, self._sight(), first(most), self._stopping)

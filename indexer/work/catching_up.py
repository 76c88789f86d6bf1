"""What came to be wanted or possible reaches the files that were indexed before: one thread, after all else.

    regions turned on       large pictures without parts ─► decoder ─► models thread ─► parts beside the whole
    regions turned off      the parts go, and the words read off them become those of the whole
    LibreOffice installed   documents that are only text ─► the same ─► pages in the place of the text

Which contents these are is in the index (store/catch_up.py), so a drive that is away now is not forgotten,
and whatever ends the process, the next start goes on. Where nothing more was seen, none is looked for again.
When LibreOffice goes, the pages that it has drawn stay.
"""

import logging
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

import numpy as np

from indexer.errors import MediaError, NotNow, Skipped, UserError
from indexer.inference.model_loop import ModelLoop
from indexer.inference.model_work import Vector
from indexer.ingest.decoders import DecoderPool, PoolClosed
from indexer.ingest.documents import libreoffice
from indexer.ingest.documents.old_office import UNDRAWN
from indexer.ingest.isolation.supervision import DecoderDied
from indexer.ingest.items import is_there
from indexer.ingest.segments import Segment, Sight
from indexer.ingest.thumbnails import PreviewCache
from indexer.store.catch_up import Wanted
from indexer.store.second_look import Again
from indexer.store.store import Store
from indexer.work.background import LOOK_EVERY_S, Aside, Background
from indexer.work.decoded import item_row
from indexer.work.indexing import no_room
from indexer.work.looking_again import Look, look_again
from indexer.work.work_queue import WorkQueue

log = logging.getLogger(__name__)

AT_ONCE = 32
"""Contents asked for together: to find the newest, all that wait have to be sorted."""
REMOVED_AT_ONCE = 50
"""Pictures whose parts go in one transaction."""
LOOK_FOR_OFFICE_S = 60.0


class CatchingUp(Background):
    """Completes what was indexed when less was wanted or possible, until `stop()`.

    Args:
        sight: what parts of pictures are chosen by, as when they are read first.
        others_done: whether all other work that it waits for is done.
        parts: whether parts of pictures are wanted.
    """

    def __init__(
        self,
        store: Store,
        cache: PreviewCache,
        pool: DecoderPool,
        loop: ModelLoop,
        queue: WorkQueue,
        sight: Callable[[], Sight | None],
        others_done: Callable[[], bool],
        parts: bool = True,
        on_change: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__("catching-up", queue, on_change)
        self._store = store
        self._cache = cache
        self._pool = pool
        self._loop = loop
        self._sight = sight
        self._others_done = others_done
        self._parts = parts
        self._pages = False
        self._look_for_office_at = 0.0
        self._at_work = False
        self._aside = Aside()
        self._ready: deque[Again] = deque()

    def start(self) -> None:
        """Begin when there is nothing else to do."""
        self._look_for_office()
        super().start()

    def want_parts(self, wanted: bool) -> None:
        """Parts of pictures from now on, or none."""
        self._parts = wanted

    @property
    def wanted(self) -> Wanted:
        """What is to be seen as of now."""
        return Wanted(self._parts, self._pages)

    @property
    def done(self) -> bool:
        """Nothing is left that could be done now."""
        waits = self._at_work or self._store.catch_up.waits(self.wanted, self._aside.now())
        return not (self.works and waits)

    def _must_wait(self) -> bool:
        return super()._must_wait() or not self._others_done()

    def _look_for_office(self) -> None:
        """Documents that only LibreOffice reads wait like new files once it is there."""
        self._look_for_office_at = time.monotonic() + LOOK_FOR_OFFICE_S
        if (pages := libreoffice.find() is not None) == self._pages:
            return
        self._pages = pages
        self._aside.clear()
        if pages:
            waiting = [self._store.catch_up.read_skipped(reason) for reason in UNDRAWN]
            if any(waiting):
                self._queue.wake()

    def _step(self) -> bool:
        """Whether there was anything to do."""
        if not self._parts and self._store.catch_up.remove_parts(REMOVED_AT_ONCE):
            self._leaves_room = True
            return True
        if not self._ready:
            self._ready.extend(self._store.catch_up.next(self.wanted, AT_ONCE, self._aside.now()))
        if not self._ready or not self._has_models():
            return False
        self._at_work = True
        try:
            incomplete = self._ready.popleft()
            if incomplete.kind in self.wanted.kinds:
                self._complete(incomplete)
        finally:
            self._at_work = False
        return True

    def _idle(self, slept_s: float) -> None:
        self._ready.clear()  # until the next time, others may be wanted, or newer
        if time.monotonic() >= self._look_for_office_at:
            self._look_for_office()
        if self._leaves_room and self.done:
            self._give_back(self._store)

    def _has_models(self) -> bool:
        """Whether the embedder is there, and is the one whose vectors the index holds (else UserError)."""
        self._loop.start()
        while not self._loop.ready.wait(LOOK_EVERY_S):
            if self._must_wait():
                return False
        embedder = self._loop.models.embedder
        if embedder is None:
            raise UserError(self._loop.models.embedder_error)
        self._store.space(embedder.name, embedder.dimension, embedder.preparation)
        return True

    def _complete(self, incomplete: Again) -> None:
        path = Path(incomplete.path)
        seen = self._pages_of if incomplete.kind == "document" else self._parts_of
        try:
            if self._pool.hash(path) == incomplete.hash:  # else the library hears of it
                try:
                    done = seen(path, incomplete)
                except DecoderDied:
                    done = seen(path, incomplete)
                if done:
                    return
        except (Skipped, NotNow) as error:  # its bytes may be in the cloud now
            log.info("no other look at a file ending in %s: %s", path.suffix.lower(), error)
        except MediaError as error:
            log.info("nothing more in a file ending in %s: %s", path.suffix.lower(), error)
            if is_there(path):
                self._store.catch_up.leave(incomplete.content)
                return
        self._aside.add(incomplete.content)

    def _parts_of(self, path: Path, incomplete: Again) -> bool:
        """Whether the parts of a picture are in the index now, or could not be given to the embedder."""
        look = self._look(path, lambda number, piece: piece.box is not None)
        vectors = _all(look.vectors)
        if vectors is None:
            return False
        whole = look.count - len(vectors)
        self._store.catch_up.add_parts(incomplete, whole, look.segments, vectors)
        return True

    def _pages_of(self, path: Path, incomplete: Again) -> bool:
        """The same of the pages of a document, and of what they do not show."""
        drawn = False

        def wanted(number: int, piece: Segment) -> bool:
            nonlocal drawn
            drawn = piece.type == "page" if number == 0 else drawn
            if drawn:
                self._cache.write_segment(incomplete.hash, number, piece)
            return drawn

        try:
            look = self._look(path, wanted)
            if look.item is None or not look.segments:
                if libreoffice.find() is None:
                    return False
                self._store.catch_up.leave(incomplete.content, look.item.note if look.item else None)
                return True
            vectors = _all(look.vectors)
            if vectors is None:
                return False
            self._cache.write(incomplete.hash, look.item)
        except OSError as error:
            raise UserError(no_room(error)) from error
        self._store.catch_up.replace(incomplete, item_row(look.item), look.segments, vectors)
        self._leaves_room = True
        return True

    def _look(self, path: Path, wanted: Callable[[int, Segment], bool]) -> Look:
        look = look_again(self._pool, self._loop, path, self._sight(), wanted, self._stopping)
        if look is None:
            raise PoolClosed
        return look


def _all(vectors: list[Vector | str]) -> Vector | None:
    """`[n, dimension]`; None if the embedder could not take one of them, for want of memory perhaps."""
    made = [vector for vector in vectors if not isinstance(vector, str)]
    if len(made) < len(vectors):
        return None
    return np.stack(made) if made else np.zeros((0, 0), np.float32)

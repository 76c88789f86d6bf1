"""Thumbnails and previews that the cache has lost are made again: one thread, whenever no file waits.

    index.db: contents that have pictures ─► those of which the cache has none ─► decoder ─► the cache

Programs that clean up empty caches, macOS does so when its disk is full, and a backup may come without.
Nothing tells of that, so what should be there is compared with what is, at the start and every few hours.
"""

import contextlib
import logging
import time
from collections import deque
from collections.abc import Callable, Iterable
from pathlib import Path

from indexer.background import Background
from indexer.errors import MediaError, UserError
from indexer.indexing import no_room
from indexer.ingest.decoders import DecoderPool
from indexer.ingest.segments import Item, Segment
from indexer.ingest.thumbnails import PreviewCache
from indexer.store.second_look import Pictured
from indexer.store.store import Store
from indexer.work_queue import WorkQueue

log = logging.getLogger(__name__)

AT_ONCE = 256
"""Contents that are compared with the cache before looking whether there is something better to do."""
AGAIN_S = 6 * 3600.0


class Picturing(Background):
    """Goes through the index and the cache until `stop()`.

    Args:
        on_change: called after every content, from this thread; must not block.
    """

    def __init__(
        self,
        store: Store,
        cache: PreviewCache,
        pool: DecoderPool,
        queue: WorkQueue,
        on_change: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__("picturing", queue, on_change)
        self._store = store
        self._cache = cache
        self._pool = pool
        self._compare_at = 0.0
        self._after = 0
        self._ready: deque[Pictured] = deque()

    def _step(self) -> bool:
        if time.monotonic() < self._compare_at:
            return False
        if not self._ready:
            self._ready.extend(self._store.catch_up.pictured(self._after, AT_ONCE))
        if not self._ready:
            self._after, self._compare_at = 0, time.monotonic() + AGAIN_S
            return False
        while self._ready:
            one = self._ready.popleft()
            self._after = one.content
            if not self._cache.previews(one.hash, one.ordinal):
                self._make(one)
                break
        return True

    def _make(self, lost: Pictured) -> None:
        path, made = Path(lost.path), lost.wholes
        try:
            if self._pool.hash(path) != lost.hash:
                return  # the library hears of it
            with contextlib.closing(self._pool.decode(path)) as pieces:
                made = self._kept(lost.hash, pieces)
        except MediaError as error:
            log.debug("no pictures of a file ending in %s now: %s", path.suffix.lower(), error)
        except OSError as error:
            raise UserError(no_room(error)) from error
        # They would be shown for other segments than they are of; and it may have been forgotten meanwhile
        if made != lost.wholes or self._store.content(lost.hash) is None:
            self._cache.remove(lost.hash)

    def _kept(self, digest: str, pieces: Iterable[Item | Segment]) -> int:
        """How many segments there were. They have the numbers that the index knows them by."""
        segments = 0
        for piece in pieces:
            if isinstance(piece, Item):
                self._cache.write(digest, piece)
            else:
                self._cache.write_segment(digest, segments, piece)
                segments += 1
        return segments

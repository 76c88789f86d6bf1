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

AGAIN_S = 6 * 3600.0
PREFIXES = tuple(f"{number:02x}" for number in range(256))
"""Of hashes: one is compared at a time, as the cache has a folder for each."""


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
        self._prefixes: deque[str] = deque()
        self._lost: deque[Pictured] = deque()

    def _step(self) -> bool:
        if self._lost:
            self._make(self._lost.popleft())
        elif self._prefixes:
            self._lost.extend(self._missed(self._prefixes.popleft()))
        elif time.monotonic() >= self._compare_at:
            self._compare_at = time.monotonic() + AGAIN_S
            self._prefixes.extend(PREFIXES)
        else:
            return False
        return True

    def _missed(self, prefix: str) -> list[Pictured]:
        """Contents without a folder; and where one is found empty, all without a picture.

        To look into each folder every time would keep a slow disk busy for minutes.
        """
        wanted = self._store.catch_up.pictured(prefix)
        kept = self._cache.folders(prefix)
        first = next((one for one in wanted if one.hash in kept), None)
        if first is not None and not self._has(first):
            return [one for one in wanted if not self._has(one)]
        return [one for one in wanted if one.hash not in kept]

    def _has(self, one: Pictured) -> bool:
        return bool(self._cache.previews(one.hash, one.ordinal))

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

"""The cache as it should be: what it has lost is made again, and it stays within its bound. After all else.

    index.db: contents that have pictures ─► those of which the cache has none ─► decoder ─► the cache

Programs that clean up empty caches, macOS does so when its disk is full, and a backup may come without.
Nothing tells of that, so what should be there is compared with what is, at the start and every few hours.
What cannot be had now (its drive is away, another program has locked it) is tried again the next time.
What cannot be made any more (damaged, drawn otherwise than the index knows it) is marked so in the cache.
Pictures of nothing in the index, which a process that was killed leaves behind, go.
What has a thumbnail has lost nothing: its previews made room for others (preview_room.py). But where there
was no room for them, as on a disk that was nearly full, they are made once there is.
"""

import contextlib
import logging
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

from indexer.errors import InCloud, MediaError, NotNow, UserError
from indexer.ingest.decoders import DecoderPool
from indexer.ingest.isolation.supervision import DecoderDied
from indexer.ingest.items import is_there
from indexer.ingest.segments import Item
from indexer.ingest.thumbnails import PREFIXES, PreviewCache
from indexer.store.second_look import Pictured
from indexer.store.store import Store
from indexer.work.background import Background
from indexer.work.indexing import no_room
from indexer.work.preview_room import PreviewRoom
from indexer.work.work_queue import WorkQueue

log = logging.getLogger(__name__)

AGAIN_S = 6 * 3600.0


class Picturing(Background):
    """Goes through the index and the cache until `stop()`, the contents of one prefix at a time.

    All are compared before anything is made, so that it can be said how much there is to do.

    Args:
        others_done: whether all other work is done.
        on_change: called after every step, from this thread; must not block.
    """

    def __init__(
        self,
        store: Store,
        cache: PreviewCache,
        pool: DecoderPool,
        queue: WorkQueue,
        others_done: Callable[[], bool] = lambda: True,
        on_change: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__("picturing", queue, on_change)
        self._store = store
        self._cache = cache
        self._room = PreviewRoom(store, cache)
        self._pool = pool
        self._others_done = others_done
        self._compare_at = 0.0
        self._prefixes: deque[str] = deque()
        self._counted: dict[str, int] = {}
        self._lost: deque[Pictured] = deque()

    @property
    def left(self) -> int:
        """How many contents have lost their pictures, as far as that was compared."""
        return len(self._lost) + sum(list(self._counted.values()))

    def _must_wait(self) -> bool:
        nothing = not self.left and not self._prefixes and time.monotonic() < self._compare_at
        return nothing or super()._must_wait() or not self._others_done()

    def _step(self) -> bool:
        try:
            return self._next()
        except OSError as error:
            raise UserError(no_room(error)) from error

    def _next(self) -> bool:
        if self._lost:
            self._make(self._lost.popleft())
        elif self._prefixes:
            prefix = self._prefixes.popleft()
            self._clean(prefix)
            self._room.make(prefix)
            if missed := len(self._missed(prefix)):
                self._counted[prefix] = missed
        elif self._counted:
            prefix, _ = self._counted.popitem()
            self._lost.extend(self._missed(prefix))
        elif time.monotonic() >= self._compare_at:
            self._compare_at = time.monotonic() + AGAIN_S
            self._room.measure()
            self._prefixes.extend(PREFIXES)
        else:
            return False
        return True

    def _clean(self, prefix: str) -> None:
        """Take away what a process that was killed has left of files that are not in the index."""
        with self._queue.held() as held:
            for hash in self._store.unknown(sorted(self._cache.folders(prefix))) if held else ():
                self._cache.remove(hash)

    def _missed(self, prefix: str) -> list[Pictured]:
        """Contents without a folder; and where one is found empty, all without a picture.

        To look into each folder every time would keep a slow disk busy for minutes.
        """
        wanted = self._store.catch_up.pictured(prefix)
        kept = self._cache.folders(prefix)
        owed = self._cache.owed(prefix)
        if owed and self._cache.has_room():
            kept -= owed
        first = next((one for one in wanted if one.hash in kept), None)
        if first is not None and not self._has(first):
            return [one for one in wanted if not self._has(one)]
        return [one for one in wanted if one.hash not in kept]

    def _has(self, one: Pictured) -> bool:
        cache = self._cache
        if cache.owes(one.hash) and cache.has_room():
            return False
        pictured = cache.thumbnail(one.hash).exists() or bool(cache.previews(one.hash, one.ordinal))
        return pictured or cache.is_given_up(one.hash)

    def _make(self, lost: Pictured) -> None:
        now = self._store.catch_up.pictured(lost.hash)  # it may have been forgotten or read anew since
        if not now or self._has(now[0]):
            return
        owed = self._cache.owes(lost.hash)
        if not self._made(now[0], owed) and not owed:
            self._cache.give_up(lost.hash)
        if self._store.content(lost.hash) is None:  # forgotten while it was made
            self._cache.remove(lost.hash)

    def _made(self, lost: Pictured, owed: bool) -> bool:
        """False if that cannot be: another time would be no better.

        Args:
            owed: only previews are lacking. Its thumbnail stays, whatever comes of this.
        """
        path = Path(lost.path)
        undo = self._cache.remove_previews if owed else self._cache.remove
        try:
            if self._pool.hash(path) != lost.hash:
                return True  # the library hears of it
            try:
                made = self._kept(lost.hash, path, undo)
            except DecoderDied:  # the system ends them, too
                made = self._kept(lost.hash, path, undo)
        except MediaError as error:
            log.debug("no pictures of a file ending in %s: %s", path.suffix.lower(), error)
            again = isinstance(error, NotNow | InCloud) or not is_there(path)
            if owed and again:
                self._cache.owe(lost.hash)
            elif owed:
                undo(lost.hash)
            return again
        if made != lost.wholes:
            undo(lost.hash)  # they would be shown for other segments than they are of
        return made == lost.wholes

    def _kept(self, digest: str, path: Path, undo: Callable[[str], None]) -> int:
        """How many segments there were. They have the numbers that the index knows them by."""
        segments = 0
        self._cache.settle(digest)
        try:
            with contextlib.closing(self._pool.decode(path)) as pieces:
                for piece in pieces:
                    if isinstance(piece, Item):
                        self._cache.write(digest, piece)
                    else:
                        self._cache.write_segment(digest, segments, piece)
                        segments += 1
        except BaseException:
            undo(digest)  # the first ones alone would pass for all of them
            raise
        return segments

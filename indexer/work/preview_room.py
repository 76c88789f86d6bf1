"""When previews take more room than they may, those of the oldest files go; their thumbnails stay.

The newest files are indexed first, so the cache is full with their previews, and whatever comes later would
get none: it is owed them, and what is older than what then finds room is owed nothing.
"""

from indexer.ingest import thumbnails
from indexer.ingest.thumbnails import PREFIXES, PreviewCache
from indexer.store.store import Store

ENOUGH = 0.9
"""Share of the bound that is kept, so that what comes next finds room."""


class PreviewRoom:
    """Makes room, one prefix of hashes after the other."""

    def __init__(self, store: Store, cache: PreviewCache) -> None:
        self._store = store
        self._cache = cache
        self._oldest_kept: int | None = None

    def measure(self) -> None:
        """Find out what is too old. A part of the cache speaks for all of it."""
        sizes, prefixes = self._cache.sample()
        bound = thumbnails.MAX_PREVIEW_BYTES * len(prefixes) / len(PREFIXES)
        self._oldest_kept = None
        if sum(sizes.values()) <= bound and not any(map(self._cache.owed, prefixes)):
            return
        left = ENOUGH * bound
        moments = [each for prefix in prefixes for each in self._store.catch_up.moments(prefix)]
        for hash, moment in sorted(moments, key=lambda each: -each[1]):
            left -= sizes.get(hash, 0)
            if left < 0:
                break
            self._oldest_kept = moment

    def make(self, prefix: str) -> None:
        """Remove what was found to be too old."""
        if self._oldest_kept is not None:
            for hash, moment in self._store.catch_up.moments(prefix):
                if moment < self._oldest_kept:
                    self._cache.remove_previews(hash)

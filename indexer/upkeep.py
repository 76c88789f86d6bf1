"""Index and thumbnails together: whether they are sound, and mending them."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from indexer.errors import UserError
from indexer.ingest.thumbnails import PreviewCache
from indexer.lock import EngineLock, is_held
from indexer.paths import Paths
from indexer.store import repair as mending
from indexer.store.store import Store

_AT_ONCE = 500


def check(paths: Paths) -> list[str]:
    """What is wrong, a sentence each; empty when all is well. Reads everything, also beside an engine."""
    try:
        with Store.open(paths.database, readonly=True) as store:
            found = store.check()
            at_work = is_held(paths.lock)  # then thumbnails come before their content
            if not found and not at_work and (lost := sum(1 for _ in _without_content(paths, store))):
                found = [f"{lost} files in the cache of thumbnails are of nothing in the index."]
    except UserError as error:
        return [str(error)]
    return found


def repair(paths: Paths) -> Path | None:
    """Mend what can be mended.

    Returns:
        The damaged index, kept beside the new one, when a new one had to be made.

    Raises:
        UserError: an engine is at work, the disk is full, or nothing can be saved.
    """
    with EngineLock(paths.lock):
        kept = mending.repair(paths.database)
        cache = PreviewCache(paths.cache)
        with Store.open(paths.database) as store:
            for hash in [*store.orphan_contents(), *_without_content(paths, store)]:
                cache.remove(hash)
            store.tidy()
    return kept


def _without_content(paths: Paths, store: Store) -> Iterator[str]:
    every = PreviewCache(paths.cache).hashes()
    while hashes := list(islice(every, _AT_ONCE)):
        yield from store.unknown(hashes)

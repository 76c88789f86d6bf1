"""All that Sightline keeps: whether it is sound, mending it, how much room it takes, and letting it go."""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

from indexer.errors import UserError
from indexer.ingest.thumbnails import PreviewCache
from indexer.lock import EngineLock, is_held
from indexer.messages.upkeep_messages import DiskPart
from indexer.paths import Paths
from indexer.store import repair as mending
from indexer.store.store import Store

_AT_ONCE = 500


def check(paths: Paths) -> list[str]:
    """What is wrong, a sentence each; empty when all is well. Reads everything, also beside an engine.

    Raises:
        UserError: the index cannot be read, for a reason that no mending changes.
    """
    try:
        with Store.open(paths.database, readonly=True) as store:
            found = store.check()
            at_work = is_held(paths.lock)  # then thumbnails come before their content
            if not found and not at_work and (lost := sum(1 for _ in without_content(paths, store))):
                found = [f"{lost} files in the cache of thumbnails are of nothing in the index."]
    except UserError as error:
        if not mending.may_help(error):
            raise
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
            for hash in [*store.orphan_contents(), *without_content(paths, store)]:
                cache.remove(hash)
            store.tidy()
    return kept


def disk_use(paths: Paths) -> tuple[DiskPart, ...]:
    """What takes how much of the disk, the largest first. Looks at every file of the data directory."""
    named = {
        "index": _named(paths, f"{paths.database.name}*"),
        "thumbnails": [paths.cache],
        "models": [paths.checkpoints],
        "logs": [paths.logs],
    }
    known = {place for places in named.values() for place in places}
    rest = [place for place in _ours(paths) if place not in known]
    parts = [DiskPart(name, sum(map(_bytes, places))) for name, places in (named | {"rest": rest}).items()]
    return tuple(sorted(parts, key=lambda part: -part.bytes))


def purge(paths: Paths) -> None:
    """Delete everything that Sightline ever stored: index, thumbnails, settings, logs, models.

    Only what has a name of ours goes: what else somebody put into the data directory stays, and with it the
    directory.

    Raises:
        DataDirectoryBusy: an engine is at work.
        UserError: something could not be deleted; the sentence says what.
    """
    if not paths.data.exists():
        return
    with EngineLock(paths.lock):
        for place in _ours(paths):
            if place != paths.lock:
                _delete(place)
    paths.lock.unlink(missing_ok=True)
    left = [str(place) for place in _ours(paths)]
    with suppress(OSError):  # not empty: something of somebody else's
        paths.data.rmdir()
    if left:
        raise UserError(f"{', '.join(left)} could not be deleted: close Sightline and delete it yourself.")


def _ours(paths: Paths) -> list[Path]:
    folders = [paths.cache, paths.checkpoints, paths.logs, paths.restoring, paths.replaced]
    folders += [paths.data / name for name in ("demo", "evaluate")]
    named = (paths.database, paths.settings, paths.calibration, paths.status, paths.connections)
    patterns = [f"{path.name}*" for path in named] + ["window.*"]
    files = [file for pattern in patterns for file in _named(paths, pattern)]
    return [place for place in [*files, *folders, paths.lock] if place.exists()]


def _named(paths: Paths, pattern: str) -> list[Path]:
    return sorted(paths.data.glob(pattern))


def _delete(place: Path) -> None:
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place, ignore_errors=True)
    else:
        with suppress(OSError):
            place.unlink()


def _bytes(place: Path) -> int:
    total = 0
    waiting = [place]
    while waiting:
        here = waiting.pop()
        with suppress(OSError):  # gone meanwhile
            if here.is_dir() and not here.is_symlink():
                with os.scandir(here) as entries:
                    for entry in entries:
                        if entry.is_dir(follow_symlinks=False):
                            waiting.append(Path(entry.path))
                        else:
                            total += entry.stat(follow_symlinks=False).st_size
            else:
                total += here.stat().st_size
    return total


def without_content(paths: Paths, store: Store) -> Iterator[str]:
    """Hashes of what the cache of thumbnails has pictures of and the index nothing."""
    every = PreviewCache(paths.cache).hashes()
    while hashes := list(islice(every, _AT_ONCE)):
        yield from store.unknown(hashes)

"""What differs between some places on the disk and what the index knows of them, written in portions."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TypeAlias

from indexer.disk.known import Identity, Known, identity
from indexer.ingest.items import IN_CLOUD, is_folder
from indexer.ingest.scan import Seen
from indexer.messages.library_messages import Rules
from indexer.store.rows import FileRow
from indexer.store.store import Store

CHANGES_AT_ONCE = 500
"""Files compared, and changes written in a transaction: quick enough, and nobody waits long for the lock."""

Tell: TypeAlias = Callable[[list[str]], None]
"""Called with paths each time some are written."""


class Changes:
    """One comparison.

    Args:
        on_found: gets what waits to be indexed now.
        on_touched: gets known files that may hold other bytes now, before their rows say so: if one is being
            read just now, what comes of it may be written meanwhile, and is old.
        gone: those of these known files that nothing has the name of any more. Asks the disk.
        heard: something happened there. A failed file is tried again then, though it looks the same: leave to
            read it changes neither size nor time.
    """

    def __init__(
        self,
        store: Store,
        places: Iterable[str],
        on_found: Tell,
        on_touched: Tell,
        rules: Rules,
        gone: Callable[[Iterable[FileRow]], list[FileRow]],
        heard: bool = False,
    ) -> None:
        self._store = store
        self._rules = rules
        self._on_found = on_found
        self._on_touched = on_touched
        self._gone = gone
        self._heard = heard
        self._known = Known(store, places)
        self._waiting: list[Seen] = []
        self._devices: set[int] = set()
        self._renumbered: set[tuple[int, int]] = set()

    def see(self, seen: Seen) -> None:
        """Compare one file that is there."""
        self._devices.add(seen.device)
        self._waiting.append(seen)
        if len(self._waiting) >= CHANGES_AT_ONCE:
            self.write()

    def unseen(self, shielded: Sequence[str]) -> Iterator[FileRow]:
        """Known files that were not among those seen, without renamed ones and those below `shielded`."""
        self.write()
        return (row for row in self._known.left() if not any(is_below(row.path, each) for each in shielded))

    def _may_read(self, seen: Seen) -> bool:
        return self._rules.cloud or not seen.cloud

    def without_drive(self, gone: Iterable[FileRow], root: str) -> set[str]:
        """Mount points, from the root on, without the drive which held these files: empty, or taken away.

        A drive has another number than what its mount point lies on. It may also have been given another
        number since; then other files, which are still there, tell. What takes a mount point away with its
        drive takes all that was in it: where only a part was on another drive, it was no mount point.
        """
        found: set[str] = set()
        missing: dict[str, bool] = {}
        for parent, device in {(str(Path(row.path).parent), row.device) for row in gone}:
            folder, below = parent, ""
            while folder != root and not is_folder(folder):
                folder, below = str(Path(folder).parent), folder
            here = Path(folder).stat().st_dev
            other = device not in self._devices and here != device and (device, here) not in self._renumbered
            if other and _is_empty(folder):
                found.add(folder)
            elif below:
                missing[below] = missing.get(below, True) and other
        return found | {point for point, other in missing.items() if other}

    def forget(self, rows: Iterable[FileRow]) -> bool:
        """These are gone. Returns whether there were any."""
        ids = (row.id for row in rows)
        any_gone = False
        while portion := list(islice(ids, CHANGES_AT_ONCE)):
            self._store.remove_files(portion)
            any_gone = True
        return any_gone

    def write(self) -> None:
        """Commit what differs so far."""
        waiting, self._waiting = self._waiting, []
        rows = self._known.rows(waiting)
        different = [seen for seen in waiting if self._differs(seen, rows.get(seen.path))]
        if not different:
            return
        if touched := [seen.path for seen in different if _is_touched(seen, rows.get(seen.path))]:
            self._on_touched(touched)
        former = self._former([seen for seen in different if seen.path not in rows])
        found: list[str] = []
        new: list[Seen] = []
        changed: list[tuple[int, Seen]] = []
        with self._store.transaction():
            for seen in different:
                row = rows.get(seen.path)
                waits = self._add(seen, former, new) if row is None else self._update(seen, row, changed)
                if waits:
                    found.append(seen.path)
            for id in self._store.add_files(new):
                self._known.take(id)
            self._store.mark_all_changed(changed)
        self._on_found(found)

    def _former(self, unknown: Sequence[Seen]) -> dict[Identity, FileRow]:
        """The rows of files that these could be under another name than they had."""
        alike = self._known.alike(unknown) if unknown else {}
        return {identity(row): row for row in self._gone(alike.values())} if alike else {}

    def _differs(self, seen: Seen, row: FileRow | None) -> bool:
        if row is None:
            return True
        self._known.take(row.id)
        if row.device != seen.device:
            self._renumbered.add((row.device, seen.device))
        return identity(row) != identity(seen) or self._is_worth_another_try(seen, row)

    def _is_worth_another_try(self, seen: Seen, row: FileRow) -> bool:
        return (row.cloud and self._may_read(seen)) or (self._heard and row.state == "failed")

    def _add(self, seen: Seen, former: Mapping[Identity, FileRow], new: list[Seen]) -> bool:
        """Whether the file waits to be indexed then; `new` gets it if it is one."""
        old = former.get(identity(seen))
        if old is not None and self._known.is_left(old):
            self._known.take(old.id)
            self._store.rename_file(old.id, seen.path, seen)
            return old.state == "pending"
        if not self._may_read(seen):
            self._known.take(self._store.add_skipped(seen, IN_CLOUD, cloud=True))
            return False
        new.append(seen)
        return True

    def _update(self, seen: Seen, row: FileRow, changed: list[tuple[int, Seen]]) -> bool:
        """The same; `changed` gets it if what is in it may be something else now."""
        if not self._may_read(seen):
            self._store.evict(row.id, seen, IN_CLOUD)
            return False
        if not _is_touched(seen, row) and not self._is_worth_another_try(seen, row):
            # another device number after a restart, or a copy that was put in its place with the same time
            self._store.update_stat(row.id, seen)
            return False
        changed.append((row.id, seen))
        return True


def is_below(path: str, folder: str) -> bool:
    """Whether a path is a folder's or that of anything in it."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _is_touched(seen: Seen, row: FileRow | None) -> bool:
    """Whether a known file may hold other bytes now."""
    return row is not None and (row.size, row.mtime_ns) != (seen.size, seen.mtime_ns)


def _is_empty(folder: str) -> bool:
    with os.scandir(folder) as entries:
        return next(entries, None) is None

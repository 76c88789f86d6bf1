"""The disk against the index: what is new, changed, renamed or gone becomes rows. Opens no file.

    a whole folder   start, a drive that came back, an overflow of the watcher
    some paths       what the watcher has just seen

A path that is new, with the device, inode, size and time of one that is gone, is the same file renamed.
Anything else that looks new or changed is only marked as waiting; indexing compares its content hash first,
so a copy or a touched file costs no model work either.

Nothing is forgotten on suspicion: a folder that cannot be read, and a mount point that is empty because
its drive is not there, get a sentence instead.
"""

import logging
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeAlias

from indexer.ingest.rules import is_ignored
from indexer.ingest.scan import RootUnreadable, Seen, Unreadable, see, walk
from indexer.store.rows import FileRow
from indexer.store.store import Store

log = logging.getLogger(__name__)

CHANGES_AT_ONCE = 200
"""Changes per transaction: enough to be quick, few enough that nobody waits for the lock."""

OnFound: TypeAlias = Callable[[list[str]], None]
"""Called with paths that now wait to be indexed, each time some were written."""

NOT_CONNECTED = "It is empty, but files were found here before: if it is a drive, connect it."


class Reconciler:
    """Compares and writes what differs. One thread at a time.

    Args:
        own: the data directory, whose files are never indexed.
        stopped: asked for every file; once true, what is known so far is written and nothing forgotten.
    """

    def __init__(self, store: Store, own: str, stopped: Callable[[], bool] = lambda: False) -> None:
        self._store = store
        self._own = own
        self._stopped = stopped

    def folder(self, root: str, on_found: OnFound) -> bool:
        """Make the index agree with everything below a watched folder. Returns whether files have gone."""
        changes = _Changes(self._store, self._store.known_files(root).values(), on_found)
        unreadable: list[tuple[str, str]] = []
        try:
            for entry in walk(root, exclude=[self._own]):
                if isinstance(entry, Unreadable):
                    unreadable.append((entry.path, entry.reason))
                else:
                    changes.see(entry)
                if self._stopped():
                    changes.write()
                    return False
        except RootUnreadable as error:
            self._store.set_folder_problem(root, str(error))
            return False
        inner = [row.path for row in self._store.folders() if row.path != root and _is_below(row.path, root)]
        shielded = [path for path, _ in unreadable] + inner
        gone = [row for row in changes.unseen() if not any(_is_below(row.path, place) for place in shielded)]
        if gone and _drive_is_missing(root, changes):
            self._store.set_folder_problem(root, NOT_CONNECTED)
            return False
        changes.forget(gone)
        changes.write()
        self._store.set_folder_problem(root, "")
        self._store.set_unreadable(root, unreadable)
        return bool(gone)

    def paths(self, changed: Iterable[str], on_found: OnFound) -> bool:
        """Make the index agree with the disk about these files and folders. Returns as `folder` does."""
        roots = [row.path for row in self._store.folders()]
        whole: set[str] = set()
        present: list[Seen | Unreadable] = []
        known: dict[int, FileRow] = {}
        for path in changed:
            root = max((root for root in roots if _is_below(path, root)), key=len, default=None)
            if root is None:
                continue
            if path == root or not Path(root).is_dir():
                whole.add(root)
                continue
            row = self._store.file(path)
            for each in [*self._store.known_files(path).values(), *([row] if row is not None else [])]:
                known[each.id] = each
            if not is_ignored(path, root) and not _is_below(path, self._own):
                present += self._look(path)
        changes = _Changes(self._store, known.values(), on_found)
        shielded = []
        for entry in present:
            if isinstance(entry, Unreadable):
                shielded.append(entry.path)
            else:
                changes.see(entry)
        gone = [
            row
            for row in changes.unseen()
            if not any(_is_below(row.path, place) for place in shielded)
            and (not os.path.lexists(row.path) or _is_left_out(row.path, roots))
        ]
        changes.forget(gone)
        changes.write()
        gone_elsewhere = [self.folder(root, on_found) for root in whole]
        return bool(gone) or any(gone_elsewhere)

    def _look(self, path: str) -> list[Seen | Unreadable]:
        """The file at this path, or all that is below it; nothing when it is not there (any more)."""
        if Path(path).is_dir() and not Path(path).is_symlink():
            try:
                return list(walk(path, exclude=[self._own]))
            except RootUnreadable as error:
                return [Unreadable(path, str(error))]
        seen = see(path)
        return [] if seen is None else [seen]


class _Changes:
    """What differs, written in portions."""

    def __init__(self, store: Store, known: Iterable[FileRow], on_found: OnFound) -> None:
        self._store = store
        self._on_found = on_found
        self._known = {row.path: row for row in known}
        self._by_identity = {_identity(row): row for row in self._known.values()}
        self._unseen = dict(self._known)
        self._different: list[Seen] = []
        self.known_devices = {row.device for row in self._known.values()}
        self.seen_any = False

    def see(self, seen: Seen) -> None:
        """Compare one file that is there."""
        self.seen_any = True
        self._unseen.pop(seen.path, None)
        row = self._known.get(seen.path)
        if row is None or _identity(row) != _identity(seen):
            self._different.append(seen)
            if len(self._different) >= CHANGES_AT_ONCE:
                self.write()

    def unseen(self) -> list[FileRow]:
        """Known files that were not among those seen, renamed ones excepted."""
        self.write()
        return list(self._unseen.values())

    def forget(self, rows: list[FileRow]) -> None:
        """These are gone."""
        for start in range(0, len(rows), CHANGES_AT_ONCE):
            self._store.remove_files([row.id for row in rows[start : start + CHANGES_AT_ONCE]])

    def write(self) -> None:
        """Commit what differs so far."""
        different, self._different = self._different, []
        if not different:
            return
        found = []
        with self._store.transaction():
            for seen in different:
                if self._write(seen):
                    found.append(seen.path)
        self._on_found(found)

    def _write(self, seen: Seen) -> bool:
        """Whether the file now waits to be indexed."""
        row = self._known.get(seen.path)
        if row is None:
            old = self._by_identity.get(_identity(seen))
            if old is not None and old.path in self._unseen and not os.path.lexists(old.path):
                del self._unseen[old.path]
                self._store.rename_file(old.id, seen.path, seen)
                return old.state == "pending"
            self._store.add_file(seen)
            return True
        if (row.size, row.mtime_ns) == (seen.size, seen.mtime_ns):
            # another device number after a restart, or a copy that was put in its place with the same time
            self._store.update_stat(row.id, seen)
            return False
        self._store.mark_changed(row.id, seen)
        return True


def _drive_is_missing(root: str, changes: _Changes) -> bool:
    """Whether an empty folder is a mount point without its drive rather than a folder that was emptied."""
    if changes.seen_any or Path(root).stat().st_dev in changes.known_devices:
        return False
    with os.scandir(root) as entries:
        return next(entries, None) is None


def _is_left_out(path: str, roots: list[str]) -> bool:
    root = max((root for root in roots if _is_below(path, root)), key=len, default=None)
    return root is None or is_ignored(path, root)


def _identity(file: Seen | FileRow) -> tuple[int, int, int, int]:
    return file.device, file.inode, file.size, file.mtime_ns


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)

"""The disk against the index: what is new, changed, renamed or gone becomes rows. Opens no file.

    a whole folder   start, a drive that came back, an overflow of the watcher
    some paths       what the watcher has just seen

A path that is new, with the device, inode, size and time of one that is gone, is the same file renamed.
Anything else that looks new or changed is only marked as waiting; indexing compares its content hash first,
so a copy or a touched file costs no model work either.

Nothing is forgotten on suspicion: a folder that cannot be read, or is not the one it was (presence.py), gets
a sentence instead.
"""

import logging
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeAlias

from indexer.ingest.items import IN_CLOUD
from indexer.ingest.scan import RootUnreadable, Seen, Unreadable, as_kept, see, walk
from indexer.ingest.scope import IGNORE_FILE, Level, Scope
from indexer.library_messages import Rules
from indexer.presence import Absent, Presence
from indexer.store.left_out import mark
from indexer.store.rows import FileRow, FolderRow
from indexer.store.store import Store
from indexer.volumes import Volumes

log = logging.getLogger(__name__)

CHANGES_AT_ONCE = 500
"""Changes per transaction: enough to be quick, few enough that nobody waits for the lock."""

_Identity: TypeAlias = tuple[int, int, int, int]
OnFound: TypeAlias = Callable[[list[str]], None]
"""Called with paths that now wait to be indexed, each time some were written."""

NOT_CONNECTED = "It is empty, but files were found here before: if it is a drive, connect it."


class Reconciler:
    """Compares and writes what differs. One thread at a time.

    Args:
        own: the data directory, whose files are never indexed.
        stopped: asked for every file; once true, what is known so far is written and nothing forgotten.
        volumes: the disks that are connected.

    Attributes:
        scope: what is left out, as of the last `reload`.
    """

    def __init__(
        self,
        store: Store,
        own: str,
        stopped: Callable[[], bool] = lambda: False,
        volumes: Volumes | None = None,
    ) -> None:
        self._store = store
        self._own = own
        self._stopped = stopped
        self._volumes = volumes or Volumes()
        self._presence = Presence(store, self._volumes)
        self.reload()

    def reload(self) -> None:
        """Go by the rules as they are in the index now."""
        chosen = self._store.left_out
        self.scope = Scope(chosen.rules(), [*chosen.excluded(), self._own])
        self._forgotten = chosen.forgotten()

    def folder(self, root: str, on_found: OnFound) -> bool:
        """Make the index agree with everything below a watched folder. Returns whether files have gone."""
        row = next((row for row in self._store.folders() if row.path == root), None)
        if row is None:
            return False
        try:
            place = self._presence.confirm(row)
        except Absent as absent:
            self._store.set_folder_problem(root, str(absent), absent.offline)
            return False
        known = self._store.known_files(root).values()
        changes = _Changes(self._store, known, on_found, self.scope.rules)
        unreadable: list[tuple[str, str]] = []
        try:
            for entry in walk(root, self.scope):
                if isinstance(entry, Unreadable):
                    unreadable.append((entry.path, entry.reason))
                elif not self._is_forgotten(entry, root):
                    changes.see(entry)
                if self._stopped():
                    changes.write()
                    return False
        except RootUnreadable as error:
            self._store.set_folder_problem(root, str(error))
            return False
        inner = [row.path for row in self._store.folders() if row.path != root and _is_below(row.path, root)]
        shielded = [path for path, _ in unreadable] + inner
        gone = [row for row in changes.unseen() if not any(_is_below(row.path, each) for each in shielded)]
        without = changes.without_drive(gone, root)
        if root in without:
            self._store.set_folder_problem(root, NOT_CONNECTED)
            return False
        unreadable += [(path, NOT_CONNECTED) for path in without]
        gone = [row for row in gone if not any(_is_below(row.path, each) for each in without)]
        changes.forget(gone)
        changes.write()
        with self._store.transaction():
            self._store.set_place(root, place)
            self._store.set_folder_problem(root, "")
            self._store.set_unreadable(root, unreadable)
        return bool(gone)

    def reconnected(self, root: str) -> str:
        """The path of a folder from now on: another one when its disk is somewhere else now."""
        row = next((row for row in self._store.folders() if row.path == root), None)
        return self._presence.reconnected(row) if row is not None else root

    def paths(self, changed: Iterable[str], on_found: OnFound) -> bool:
        """Make the index agree with the disk about these files and folders. Returns as `folder` does."""
        folders = {row.path: row for row in self._store.folders()}
        roots = list(folders)
        self._volumes.refresh()
        there = {root: self._is_there(row) for root, row in folders.items()}
        whole: set[str] = set()
        places: dict[str, str] = {}
        kept_as: set[str] = set()
        spelling: dict[str, str] = {}
        for path in {_concerned(path) for path in changed}:
            root = _root_of(path, roots)
            if root is None:
                continue
            if path == root or not there[root]:
                whole.add(root)
                continue
            kept = as_kept(path, root, spelling)
            kept_as.add(kept)
            places[path] = places[kept] = root  # it may have had the other spelling before
        rows = self._store.files_at(list(places))
        known = {row.id: row for row in rows.values()}
        present: list[Seen | Unreadable] = []
        levels: dict[str, Level] = {}
        for path, root in places.items():
            if path not in rows:  # perhaps a folder
                known |= {row.id: row for row in self._store.known_files(path).values()}
            if path in kept_as and not self.scope.leaves_out(path, root, levels):
                present += self._look(path, root)
        changes = _Changes(self._store, known.values(), on_found, self.scope.rules)
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
            and there.get(_root_of(row.path, roots) or "", True)
            and (_is_gone(row.path, roots) or self._is_left_out(row, roots))
        ]
        for root in filter(there.get, roots):
            without = changes.without_drive([row for row in gone if _is_below(row.path, root)], root)
            gone = [row for row in gone if not any(_is_below(row.path, each) for each in without)]
        changes.forget(gone)
        changes.write()
        gone_elsewhere = [self.folder(root, on_found) for root in whole]
        return bool(gone) or any(gone_elsewhere)

    def _is_there(self, row: FolderRow) -> bool:
        """Whether what is missing below a folder is gone, rather than the folder with its disk."""
        try:
            self._presence.confirm(row)
        except Absent:
            return False
        return Path(row.path).is_dir()

    def _look(self, path: str, root: str) -> list[Seen | Unreadable]:
        """The file at this path, or all that is below it; nothing when it is not there (any more)."""
        if Path(path).is_dir() and not Path(path).is_symlink():
            try:
                found = list(walk(path, self.scope, within=root))
            except RootUnreadable as error:
                return [Unreadable(path, str(error))]
            return [one for one in found if isinstance(one, Unreadable) or not self._is_forgotten(one, root)]
        seen = see(path)
        if seen is None or seen.size < self.scope.rules.min_bytes or self._is_forgotten(seen, root):
            return []
        return [seen]

    def _is_forgotten(self, seen: Seen, root: str) -> bool:
        return bool(self._forgotten) and mark(seen.path, root, seen.size, seen.mtime_ns) in self._forgotten

    def _is_left_out(self, row: FileRow, roots: list[str]) -> bool:
        root = _root_of(row.path, roots)
        if root is None or self.scope.leaves_out(row.path, root):
            return True
        seen = see(row.path)
        return seen is not None and (seen.size < self.scope.rules.min_bytes or self._is_forgotten(seen, root))


class _Changes:
    """What differs, written in portions."""

    def __init__(self, store: Store, known: Iterable[FileRow], on_found: OnFound, rules: Rules) -> None:
        self._store = store
        self._rules = rules
        self._roots = [row.path for row in store.folders()]
        self._on_found = on_found
        self._known = {row.path: row for row in known}
        self._unseen = dict(self._known)
        self._by_identity: dict[_Identity, FileRow] | None = None
        self._different: list[Seen] = []
        self._devices: set[int] = set()
        self._renumbered: set[tuple[int, int]] = set()

    def see(self, seen: Seen) -> None:
        """Compare one file that is there."""
        self._devices.add(seen.device)
        before = self._unseen.pop(seen.path, None)
        if before is not None and before.device != seen.device:
            self._renumbered.add((before.device, seen.device))
        row = self._known.get(seen.path)
        if row is None or _identity(row) != _identity(seen) or (row.cloud and self._may_read(seen)):
            self._different.append(seen)
            if len(self._different) >= CHANGES_AT_ONCE:
                self.write()

    def unseen(self) -> list[FileRow]:
        """Known files that were not among those seen, renamed ones excepted."""
        self.write()
        return list(self._unseen.values())

    def _may_read(self, seen: Seen) -> bool:
        return self._rules.cloud or not seen.cloud

    def without_drive(self, gone: list[FileRow], root: str) -> set[str]:
        """Empty folders, from the root on, that are mount points without the drive which held these files.

        A drive has another number than what its mount point lies on. It may also have been given another
        number since; then other files, which are still there, tell.
        """
        found: set[str] = set()
        for parent, device in {(str(Path(row.path).parent), row.device) for row in gone}:
            if device in self._devices:
                continue
            folder = parent
            while folder != root and not Path(folder).is_dir():
                folder = str(Path(folder).parent)
            here = Path(folder).stat().st_dev
            if here != device and (device, here) not in self._renumbered and _is_empty(folder):
                found.add(folder)
        return found

    def forget(self, rows: list[FileRow]) -> None:
        """These are gone."""
        for start in range(0, len(rows), CHANGES_AT_ONCE):
            self._store.remove_files([row.id for row in rows[start : start + CHANGES_AT_ONCE]])

    def write(self) -> None:
        """Commit what differs so far."""
        different, self._different = self._different, []
        if not different:
            return
        found: list[str] = []
        new: list[Seen] = []
        changed: list[tuple[int, Seen]] = []
        with self._store.transaction():
            for seen in different:
                if self._write(seen, new, changed):
                    found.append(seen.path)
            self._store.add_files(new)
            self._store.mark_all_changed(changed)
        self._on_found(found)

    def _write(self, seen: Seen, new: list[Seen], changed: list[tuple[int, Seen]]) -> bool:
        """Whether the file waits to be indexed then; `new` and `changed` get what is written for many."""
        row = self._known.get(seen.path)
        if row is None:
            if self._by_identity is None:  # on a quiet disk nobody asks
                self._by_identity = {_identity(row): row for row in self._unseen.values()}
            old = self._by_identity.get(_identity(seen))
            if old is not None and old.path in self._unseen and _is_gone(old.path, self._roots):
                del self._unseen[old.path]
                self._store.rename_file(old.id, seen.path, seen)
                return old.state == "pending"
            if not self._may_read(seen):
                self._store.add_skipped(seen, IN_CLOUD, cloud=True)
                return False
            new.append(seen)
            return True
        if not self._may_read(seen):
            self._store.evict(row.id, seen, IN_CLOUD)
            return False
        if not row.cloud and (row.size, row.mtime_ns) == (seen.size, seen.mtime_ns):
            # another device number after a restart, or a copy that was put in its place with the same time
            self._store.update_stat(row.id, seen)
            return False
        changed.append((row.id, seen))
        return True


def _is_empty(folder: str) -> bool:
    with os.scandir(folder) as entries:
        return next(entries, None) is None


def _is_gone(path: str, roots: Iterable[str]) -> bool:
    """Nothing has just this name (any more); on some volumes other spellings of a name still lead to it."""
    if not os.path.lexists(path):
        return True
    return as_kept(path, _root_of(path, roots) or path) != path


def _root_of(path: str, roots: Iterable[str]) -> str | None:
    """The innermost watched folder around a path."""
    return max((root for root in roots if _is_below(path, root)), key=len, default=None)


def _concerned(path: str) -> str:
    """An ignore file concerns the folder it is in."""
    return str(Path(path).parent) if Path(path).name == IGNORE_FILE else path


def _identity(file: Seen | FileRow) -> _Identity:
    return file.device, file.inode, file.size, file.mtime_ns


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)

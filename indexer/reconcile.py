"""The disk against the index: what is new, changed, renamed or gone becomes rows. Opens no file.

    a whole folder   start, a drive that came back, an overflow of the watcher
    some paths       what the watcher has just seen

A portion of what is there is compared at a time, and what was not there is read from the index at the end, so
that the first look at a million files takes no more memory than that at a thousand (known.py).

A path that is new, with the device, inode, size and time of one that is gone, is the same file renamed.
Anything else that looks new or changed is only marked as waiting; indexing compares its content hash first,
so a copy or a touched file costs no model work either.

Nothing is forgotten on suspicion: a folder that cannot be read, or is not the one it was (presence.py), gets
a sentence instead.
"""

import logging
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TypeAlias

from indexer.answering import Answering
from indexer.errors import NoAnswer
from indexer.ingest.items import IN_CLOUD, is_folder
from indexer.ingest.scan import RootUnreadable, Seen, Unreadable, as_kept, see, walk
from indexer.ingest.scope import IGNORE_FILE, Level, Scope
from indexer.known import Identity, Known, identity
from indexer.library_messages import Rules
from indexer.presence import Absent, Presence, no_answer
from indexer.store.left_out import marks
from indexer.store.rows import FileRow, FolderRow
from indexer.store.store import Store
from indexer.volumes import Volumes

log = logging.getLogger(__name__)

CHANGES_AT_ONCE = 500
"""Files compared, and changes written in a transaction: quick enough, and nobody waits long for the lock."""

OnFound: TypeAlias = Callable[[list[str]], None]
"""Called with paths that now wait to be indexed, each time some were written. Before that with those of known
files, too: if one is being read just now, what comes of it may be written between the two, and is old."""

NOT_CONNECTED = "Files were found here before and are not now: if it is a drive, connect it."


class Reconciler:
    """Compares and writes what differs. One thread at a time.

    Args:
        own: the data directory, whose files are never indexed.
        stopped: asked for every file; once true, what is known so far is written and nothing forgotten.
        volumes: the disks that are connected.
        answering: asked about a folder before it is touched.

    Attributes:
        scope: what is left out, as of the last `reload`.
    """

    def __init__(
        self,
        store: Store,
        own: str,
        stopped: Callable[[], bool] = lambda: False,
        volumes: Volumes | None = None,
        answering: Answering | None = None,
    ) -> None:
        self._store = store
        self._own = own
        self._stopped = stopped
        self._volumes = volumes or Volumes()
        self._answering = answering or Answering()
        self._presence = Presence(store, self._volumes, self._answering)
        self.reload()

    def reload(self) -> None:
        """Go by the rules as they are in the index now."""
        chosen = self._store.left_out
        self.scope = Scope(chosen.rules(), [*chosen.excluded(), self._own])
        self._forgotten = chosen.forgotten()

    def folder(self, root: str, on_found: OnFound) -> bool:
        """Make the index agree with everything below a watched folder. Returns whether files have gone."""
        folders = {row.path: row for row in self._store.folders()}
        row = folders.get(root)
        if row is None:
            return False
        try:
            place = self._presence.confirm(row)
        except Absent as absent:
            self._store.set_folder_problem(root, str(absent), absent.offline)
            return False
        changes = _Changes(self._store, [root], on_found, self.scope.rules)
        unreadable: list[tuple[str, str]] = []
        try:
            for entry in self._walked(root, folders):
                if isinstance(entry, Unreadable):
                    unreadable.append((entry.path, entry.reason))
                elif not self._is_forgotten(entry, folders):
                    changes.see(entry)
                if self._stopped():
                    changes.write()
                    return False
        except RootUnreadable as error:
            self._store.set_folder_problem(root, str(error))
            return False
        except NoAnswer:
            self._store.set_folder_problem(root, no_answer(row), offline=True)
            return False
        inner = [row.path for row in self._store.folders() if row.path != root and _is_below(row.path, root)]
        shielded = [path for path, _ in unreadable] + inner
        without = changes.without_drive(changes.unseen(shielded), root)
        if root in without:
            self._store.set_folder_problem(root, NOT_CONNECTED)
            return False
        unreadable += [(path, NOT_CONNECTED) for path in without]
        gone = changes.forget(changes.unseen([*shielded, *without]))
        with self._store.transaction():
            disks = {path: self._volumes.name_at(path) for path in without}
            self._store.set_unreadable(root, unreadable, disks)
            self._store.set_place(root, place)
            self._store.set_folder_problem(root, "")
        return gone

    def _walked(self, root: str, folders: Iterable[str]) -> Iterator[Seen | Unreadable]:
        """As `walk`, as long as the folder answers. Raises `RootUnreadable`, `NoAnswer`.

        What is in a folder in it that is watched for itself is left to that: other patterns may count there.
        """
        others = tuple(path + os.sep for path in folders if path != root and _is_below(path, root))
        inside = Path(root, "*")
        entries = self._answering.patiently(lambda: inside, lambda: walk(root, self.scope))
        while portion := self._answering.patiently(
            lambda: inside, lambda: list(islice(entries, CHANGES_AT_ONCE))
        ):
            yield from (one for one in portion if not (one.path + os.sep).startswith(others))

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
        present: list[Seen | Unreadable] = []
        levels: dict[str, Level] = {}
        for path, root in places.items():
            if path in kept_as and not self.scope.leaves_out(path, root, levels):
                present += self._look(path, root, roots)
        changes = _Changes(self._store, places, on_found, self.scope.rules, heard=True)
        shielded = []
        for entry in present:
            if isinstance(entry, Unreadable):
                shielded.append(entry.path)
            else:
                changes.see(entry)
        gone = [
            row
            for row in changes.unseen(shielded)
            if there.get(_root_of(row.path, roots) or "", True)
            and (_is_gone(row.path, roots) or self._is_left_out(row, roots))
        ]
        for root in filter(there.get, roots):
            without = changes.without_drive([row for row in gone if _is_below(row.path, root)], root)
            gone = [row for row in gone if not any(_is_below(row.path, each) for each in without)]
        gone_here = changes.forget(gone)
        gone_elsewhere = [self.folder(root, on_found) for root in whole]
        return gone_here or any(gone_elsewhere)

    def _is_there(self, row: FolderRow) -> bool:
        """Whether what is missing below a folder is gone, rather than the folder with its disk."""
        try:
            self._presence.confirm(row)
        except Absent:
            return False
        return is_folder(row.path)

    def _look(self, path: str, root: str, roots: list[str]) -> list[Seen | Unreadable]:
        """The file at this path, or all that is below it; nothing when it is not there (any more)."""
        if is_folder(path) and not Path(path).is_symlink():
            try:
                found = list(walk(path, self.scope, within=root))
            except RootUnreadable as error:
                return [Unreadable(path, str(error))]
            return [one for one in found if isinstance(one, Unreadable) or self._is_meant(one, root, roots)]
        seen = see(path)
        if isinstance(seen, Unreadable):
            return [seen]
        if seen is None or seen.size < self.scope.rules.min_bytes or not self._is_meant(seen, root, roots):
            return []
        return [seen]

    def _is_meant(self, seen: Seen, root: str, roots: list[str]) -> bool:
        return _root_of(seen.path, roots) == root and not self._is_forgotten(seen, roots)

    def _is_forgotten(self, seen: Seen, roots: Iterable[str]) -> bool:
        if not self._forgotten:
            return False
        return not self._forgotten.isdisjoint(marks(seen.path, roots, seen.size, seen.mtime_ns))

    def _is_left_out(self, row: FileRow, roots: list[str]) -> bool:
        root = _root_of(row.path, roots)
        if root is None or self.scope.leaves_out(row.path, root):
            return True
        seen = see(row.path)
        if not isinstance(seen, Seen):
            return False
        return seen.size < self.scope.rules.min_bytes or self._is_forgotten(seen, roots)


class _Changes:
    """What differs, written in portions.

    Args:
        heard: something happened there. A failed file is tried again then, though it looks the same: leave to
            read it changes neither size nor time.
    """

    def __init__(
        self, store: Store, places: Iterable[str], on_found: OnFound, rules: Rules, heard: bool = False
    ) -> None:
        self._store = store
        self._rules = rules
        self._roots = [row.path for row in store.folders()]
        self._on_found = on_found
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
        return (row for row in self._known.left() if not any(_is_below(row.path, each) for each in shielded))

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
            self._on_found(touched)
        unknown = [seen for seen in different if seen.path not in rows]
        former = self._known.alike(unknown) if unknown else {}
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
        if old is not None and self._known.is_left(old) and _is_gone(old.path, self._roots):
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


def _is_touched(seen: Seen, row: FileRow | None) -> bool:
    """Whether a known file may hold other bytes now."""
    return row is not None and (row.size, row.mtime_ns) != (seen.size, seen.mtime_ns)


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


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)

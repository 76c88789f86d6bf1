"""The disk against the index: what is new, changed, renamed or gone becomes rows. Opens no file.

    a whole folder   start, a drive that came back, an overflow of the watcher
    some paths       what the watcher has just seen

A portion of what is there is compared at a time (changes.py), and what was not there is read from the index
at the end, so that the first look at a million files takes no more memory than that at a thousand (known.py).

Nothing is forgotten on suspicion: a folder that cannot be read, or is not the one it was (presence.py), gets
a sentence instead.

Whatever touches a disk is left to itself once that does not answer (answering.py), so nothing is written in
it. What is silent may be a server in a watched folder, too: then all but that is compared, until it answers.
"""

import os
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from indexer.disk.changes import Changes, Tell, is_below
from indexer.disk.presence import Absent, Presence, no_answer
from indexer.disk.walking import Visit, walk_patiently
from indexer.drives.answering import Answering
from indexer.drives.volumes import Volumes
from indexer.errors import NoAnswer
from indexer.ingest.items import is_folder
from indexer.ingest.scan import (
    VANISHED,
    RootUnreadable,
    Seen,
    Unreadable,
    as_kept,
    see,
    why_unreadable,
)
from indexer.ingest.scope import IGNORE_FILE, Level, Scope
from indexer.store.left_out import marks
from indexer.store.rows import FileRow, FolderRow
from indexer.store.store import Store

T = TypeVar("T")

NOT_CONNECTED = (
    "Files were found here before, are not now, and stay in the index: if it is a drive, connect it."
)


class Reconciler:
    """Compares and writes what differs. One thread at a time.

    Args:
        own: the data directory, whose files are never indexed.
        stopped: asked for every file; once true, what is known so far is written and nothing forgotten.
        volumes: the disks that are connected.
        answering: asked about a folder before it is touched.
        on_touched: as for `Changes`.
        on_missed: called with a watched folder where nothing could be gone through, though there may be
            again by now.

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
        on_touched: Tell = lambda paths: None,
        on_missed: Callable[[str], None] = lambda root: None,
    ) -> None:
        self._store = store
        self._own = own
        self._stopped = stopped
        self._on_touched = on_touched
        self._on_missed = on_missed
        self._volumes = volumes or Volumes()
        self._answering = answering or Answering()
        self._presence = Presence(store, self._volumes, self._answering)
        self._silent: dict[str, str] = {}
        self.reload()

    def reload(self) -> None:
        """Go by the rules as they are in the index now. Any thread: a look at a folder then begins anew."""
        chosen = self._store.left_out
        self._forgotten = chosen.forgotten()
        self.scope = Scope(chosen.rules(), [*chosen.excluded(), self._own])

    def folder(self, root: str, on_found: Tell) -> bool:
        """Make the index agree with everything below a watched folder. Returns whether files have gone."""
        folders = {row.path: row for row in self._store.folders()}
        row = folders.get(root)
        if row is None:
            return False
        before = set(self._silent)
        try:
            return self._compare(row, folders, on_found)
        except Absent as absent:
            self._store.set_folder_problem(root, str(absent), absent.offline)
            if not absent.in_its_place:
                self._on_missed(root)
        except RootUnreadable as error:
            self._store.set_folder_problem(root, str(error))
            self._on_missed(root)
        except NoAnswer:
            if self._silent.keys() - before and not self._answering.silent(root):
                return self.folder(root, on_found)  # without what is silent in it
            self._store.set_folder_problem(root, no_answer(row), offline=True)
        return False

    def answers_again(self) -> set[str]:
        """Watched folders that were silent when they were last compared, or held something that was."""
        back = {path: root for path, root in self._silent.items() if not self._answering.silent(path)}
        for path in back:
            del self._silent[path]
        return set(back.values())

    def _compare(self, row: FolderRow, folders: Iterable[str], on_found: Tell) -> bool:
        """As `folder`. Raises `Absent`, `RootUnreadable`, `NoAnswer`."""
        root, scope = row.path, self.scope
        place = self._touching(Visit.of(root), partial(self._presence.confirm, row))
        silent = {path for path in self._still_silent() if is_below(path, root)}
        changes = Changes(self._store, [root], on_found, self._on_touched, scope.rules, self._gone)
        unreadable: list[tuple[str, str]] = []
        vanished: list[str] = []
        for entry in self._walked(Visit.of(root), folders, silent):
            if self.scope is not scope:  # what was seen may be left out now
                return self.folder(root, on_found)
            if isinstance(entry, Seen):
                changes.see(entry)
            elif entry.reason == VANISHED:
                vanished.append(entry.path)
            else:
                unreadable.append((entry.path, entry.reason))
            if self._stopped():
                changes.write()
                return False
        inner = [row.path for row in self._store.folders() if row.path != root and is_below(row.path, root)]
        shielded = [path for path, _ in unreadable] + vanished + inner
        unseen = changes.unseen(shielded)
        away = self._touching(
            Visit.of(root),
            lambda: {path: self._volumes.name_at(path) for path in _without_drive(changes, unseen, root)},
        )
        if root in away:
            self._store.set_folder_problem(root, NOT_CONNECTED)
            return False
        unreadable += [(path, NOT_CONNECTED) for path in away]
        gone = changes.forget(changes.unseen([*shielded, *away]))
        with self._store.transaction():
            self._store.set_unreadable(root, unreadable, away | {path: Path(path).name for path in silent})
            self._store.set_place(root, place)
            self._store.set_folder_problem(root, "")
        return gone

    def _walked(
        self, visit: Visit, folders: Iterable[str], silent: Container[str]
    ) -> Iterator[Seen | Unreadable]:
        """What is meant of a watched folder, or of one in it. Raises `RootUnreadable`, `NoAnswer`.

        What is in a folder in it that is watched for itself is left to that: other patterns may count there.
        """
        root = visit.root
        others = tuple(path + os.sep for path in folders if path != root and is_below(path, root))
        with self._noting_silence(visit):
            for one in walk_patiently(self._answering, visit, self.scope, silent):
                if (one.path + os.sep).startswith(others):
                    continue
                if isinstance(one, Unreadable) or not self._is_forgotten(one, folders):
                    yield one

    def _touching(self, visit: Visit, touch: Callable[[], T]) -> T:
        """What `touch` returns or raises. Raises `NoAnswer` once it is kept waiting."""
        with self._noting_silence(visit):
            return visit.patiently(self._answering, touch)

    @contextmanager
    def _noting_silence(self, visit: Visit) -> Iterator[None]:
        try:
            yield
        except NoAnswer:
            self._silent[visit.at] = visit.root
            raise

    def _still_silent(self) -> set[str]:
        return {path for path in self._silent if self._answering.silent(path)}

    def reconnected(self, root: str) -> str:
        """The path of a folder from now on: another one when its disk is somewhere else now."""
        row = next((row for row in self._store.folders() if row.path == root), None)
        return self._presence.reconnected(row) if row is not None else root

    def paths(self, changed: Iterable[str], on_found: Tell, heard: bool = True) -> bool:
        """Make the index agree with the disk about these files and folders. Returns as `folder` does.

        A watched folder that is not there, or holds something that does not answer, is compared as a whole.

        Args:
            heard: something happened there; else they are looked at as is done now and then.
        """
        folders = {row.path: row for row in self._store.folders()}
        silent = tuple(path.rstrip(os.sep) + os.sep for path in self._still_silent())
        concerned = {_concerned(path) for path in changed if not (path + os.sep).startswith(silent)}
        self._volumes.refresh()
        whole: set[str] = set()
        here: list[_Here] = []
        for root, paths in _by_root(concerned, folders, str).items():
            if root in paths:
                whole.add(root)
            visit = Visit.of(root)
            look = partial(self._look_at, [path for path in paths if path != root], folders[root], visit)
            try:
                here.append(self._touching(visit, look))
            except (Absent, RootUnreadable, NoAnswer):
                whole.add(root)
        names = {name for each in here for name in each.names}
        changes = Changes(self._store, names, on_found, self._on_touched, self.scope.rules, self._gone, heard)
        shielded = []
        for entry in self._entries(here, folders, whole):
            if isinstance(entry, Unreadable):
                shielded.append(entry.path)
            else:
                changes.see(entry)
            if self._stopped():
                changes.write()
                return False
        gone: list[FileRow] = []
        for root, rows in _by_root(changes.unseen(shielded), folders, _path_of).items():
            visit = Visit.of(root)
            try:
                gone += self._touching(visit, partial(self._missing, changes, rows, folders[root], visit))
            except (Absent, RootUnreadable, NoAnswer):
                whole.add(root)
        gone_here = changes.forget(gone)
        gone_elsewhere = [self.folder(root, on_found) for root in whole]
        return gone_here or any(gone_elsewhere)

    def _look_at(self, paths: Iterable[str], row: FolderRow, visit: Visit) -> "_Here":
        """What there is at these paths in a watched folder. Raises `Absent`."""
        self._confirm(row)
        roots = [row.path for row in self._store.folders()]
        kept: dict[str, str] = {}
        spelling: dict[str, str] = {}
        for path in paths:
            visit.to(path)
            kept[path] = as_kept(path, row.path, spelling)
        here = _Here({*kept, *kept.values()})  # it may have had the other spelling before
        levels: dict[str, Level] = {}
        for path in set(kept.values()):
            visit.to(path)
            if self.scope.leaves_out(path, row.path, levels):
                continue
            if (seen := see(path)) is None:
                if is_folder(path) and not Path(path).is_symlink():
                    here.folders.append(Visit(row.path, path))
            elif self._is_meant(seen, row.path, roots):
                here.files.append(seen)
        return here

    def _entries(
        self, here: Iterable["_Here"], folders: Iterable[str], whole: set[str]
    ) -> Iterator[Seen | Unreadable]:
        """All of it, folder by folder; `whole` gets the watched ones in which something is silent."""
        for each in here:
            yield from each.files
            for visit in each.folders:
                folder = visit.at
                try:
                    yield from self._walked(visit, folders, self._silent)
                except RootUnreadable as error:
                    yield Unreadable(folder, str(error))
                    if isinstance(error.__cause__, FileNotFoundError):
                        whole.add(visit.root)
                except NoAnswer as error:
                    yield Unreadable(folder, str(error))
                    whole.add(visit.root)

    def _missing(
        self, changes: Changes, rows: Iterable[FileRow], row: FolderRow, visit: Visit
    ) -> list[FileRow]:
        """Those of these files of a watched folder that are gone or left out now.

        Raises `Absent`, `RootUnreadable`.
        """
        self._confirm(row)
        roots = [row.path for row in self._store.folders()]

        def is_missing(file: FileRow) -> bool:
            return _is_gone(file, row.path) or self._is_left_out(file, row.path, roots)

        gone = _those(rows, visit, is_missing)
        without = _without_drive(changes, gone, row.path)
        return [file for file in gone if not any(is_below(file.path, each) for each in without)]

    def _confirm(self, row: FolderRow) -> None:
        """What is missing in a folder is gone, and not the folder with its disk. Raises `Absent`."""
        self._presence.confirm(row)
        if not is_folder(row.path):
            raise Absent(NOT_CONNECTED, offline=False)

    def _gone(self, rows: Iterable[FileRow]) -> list[FileRow]:
        """Those of these files whose names lead to nothing; of what does not answer, none."""
        found: list[FileRow] = []
        roots = [row.path for row in self._store.folders()]
        for root, some in _by_root(rows, roots, _path_of).items():
            visit = Visit.of(root)
            with suppress(NoAnswer):
                found += self._touching(visit, partial(_those, some, visit, partial(_is_gone, root=root)))
        return found

    def _is_meant(self, seen: Seen | Unreadable, root: str, roots: list[str]) -> bool:
        if isinstance(seen, Unreadable):
            return True
        large = seen.size >= self.scope.rules.min_bytes
        return large and _root_of(seen.path, roots) == root and not self._is_forgotten(seen, roots)

    def _is_forgotten(self, seen: Seen, roots: Iterable[str]) -> bool:
        if not self._forgotten:
            return False
        return not self._forgotten.isdisjoint(marks(seen.path, roots, seen.size, seen.mtime_ns))

    def _is_left_out(self, row: FileRow, root: str, roots: list[str]) -> bool:
        if self.scope.leaves_out(row.path, root):
            return True
        seen = see(row.path)
        if not isinstance(seen, Seen):
            return False
        return seen.size < self.scope.rules.min_bytes or self._is_forgotten(seen, roots)


@dataclass(slots=True)
class _Here:
    """What there is at some paths.

    Attributes:
        names: under which any of it may be known.
        folders: where to begin with those that are to be gone through.
    """

    names: set[str]
    files: list[Seen | Unreadable] = field(default_factory=list)
    folders: list[Visit] = field(default_factory=list)


def _those(rows: Iterable[FileRow], visit: Visit, are: Callable[[FileRow], bool]) -> list[FileRow]:
    """Files of which something is true; each is touched to find out."""
    found = []
    for row in rows:
        visit.to(row.path)
        if are(row):
            found.append(row)
    return found


def _without_drive(changes: Changes, gone: Iterable[FileRow], root: str) -> set[str]:
    """As `Changes.without_drive`. Raises `RootUnreadable` when the watched folder has gone meanwhile."""
    try:
        return changes.without_drive(gone, root)
    except OSError as error:
        raise RootUnreadable(why_unreadable(root, error)) from error


def _is_gone(row: FileRow, root: str) -> bool:
    """Nothing has just this name (any more); on some volumes other spellings of a name still lead to it."""
    return not os.path.lexists(row.path) or as_kept(row.path, root) != row.path


def _root_of(path: str, roots: Iterable[str]) -> str | None:
    """The innermost watched folder around a path."""
    return max((root for root in roots if is_below(path, root)), key=len, default=None)


def _by_root(each: Iterable[T], roots: Iterable[str], path_of: Callable[[T], str]) -> dict[str, list[T]]:
    """What is in watched folders, by the innermost one around it."""
    found: dict[str, list[T]] = {}
    for one in each:
        root = _root_of(path_of(one), roots)
        if root is not None:
            found.setdefault(root, []).append(one)
    return found


def _path_of(row: FileRow) -> str:
    return row.path


def _concerned(path: str) -> str:
    """An ignore file concerns the folder it is in."""
    folder, name = os.path.split(path)
    return folder if name == IGNORE_FILE else path

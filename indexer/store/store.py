"""The store as the engine and the search see it: every method is one transaction."""

import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from indexer.drives.volumes import Place
from indexer.kinds import Kind
from indexer.messages.problem_messages import Problem
from indexer.messages.work_messages import FolderStatus
from indexer.store import check, contents, files, folders, overview, problems, readings, spaces, tidying
from indexer.store.catch_up import CatchUpRows
from indexer.store.coverage import CoverageRows
from indexer.store.database import Database
from indexer.store.known import KnownRows
from indexer.store.left_out import LeftOut
from indexer.store.lookup import Lookup
from indexer.store.overview import Overview
from indexer.store.rows import (
    Counts,
    DiskAway,
    FileRow,
    FolderRow,
    ItemRow,
    LineRow,
    Seen,
    SegmentRow,
    Unread,
)
from indexer.store.saved import SavedSearchRows
from indexer.store.sharp import SharpRows
from indexer.store.switch import SwitchRows
from indexer.store.vectors import Form
from indexer.store.wishes import WishRows


class Store:
    """The index. Threads may share one and take turns; a search wants one of its own (`readonly`).

    Every method may raise UserError when the disk is full, the file is damaged or the like. What serves one
    purpose only is behind an attribute: `lookup` for searching, `saved` for saved searches, and so on.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self.saved = SavedSearchRows(database)
        self.left_out = LeftOut(database)
        self.switch = SwitchRows(database)
        self.overview = Overview(database)
        self.wishes = WishRows(database)
        self.coverage = CoverageRows(database)
        self.sharp = SharpRows(database)
        self.catch_up = CatchUpRows(database)
        self.known = KnownRows(database)
        self.lookup = Lookup(database)
        self._space: int | None = None
        self._form: Form | None = None

    @classmethod
    def open(cls, path: Path, readonly: bool = False) -> "Store":
        """Open the index, making it if needed (never when `readonly`). Raises as `Database.open`."""
        return cls(Database.open(path, readonly))

    def close(self) -> None:
        """Idempotent."""
        self._database.close()

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Group many changes into one transaction: all or nothing, and much faster than one by one."""
        with self._database.write():
            yield

    # --- the embedder ------------------------------------------------------------------------------

    def space(self, embedder: str, dimension: int, preparation: str, form: Form | None = None) -> int:
        """Choose whose vectors are added and searched from here on, making the space if there is none.

        Args:
            form: how a new index keeps its vectors; if not given, as it was asked for last. One that holds
                vectors keeps the form it has (`switch` gives it another).

        Raises:
            OtherEmbedder: the index holds vectors of another embedder, dimension or preparation.
        """
        self._form = form or self._form
        with self._database.write() as connection:
            space = spaces.use(connection, embedder, dimension, preparation, self._form)
        self._space = space  # only now: a disk that fails at the end undoes it
        return space

    @property
    def has_space(self) -> bool:
        """`space` was called, so that vectors can be added."""
        return self._space is not None

    def find_space(self, embedder: str, dimension: int, preparation: str) -> int | None:
        """As `space` for a reader: None while nothing is embedded."""
        with self._database.read() as connection:
            return spaces.find(connection, embedder, dimension, preparation)

    # --- folders -----------------------------------------------------------------------------------

    def folders(self) -> list[FolderRow]:
        """In the order they were added."""
        with self._database.read() as connection:
            return folders.rows(connection)

    def folder_statuses(self) -> tuple[FolderStatus, ...]:
        """Folders with their counts."""
        with self._database.read() as connection:
            return folders.statuses(connection)

    def add_folder(self, path: str) -> int:
        """Adding a known folder does no harm."""
        with self._database.write() as connection:
            return folders.add(connection, path)

    def remove_folder(self, path: str) -> list[int]:
        """Forget a folder and the files that only it holds. Returns their contents: see `LeftOut.erase`."""
        with self._database.write() as connection:
            return files.remove(connection, folders.remove(connection, path))

    def set_folder_problem(self, path: str, problem: str, offline: bool = False) -> None:
        """Why the folder cannot be read now, "" when it can. Its files stay, unread meanwhile."""
        with self._database.write() as connection:
            folders.set_problem(connection, path, problem, offline)

    def set_place(self, path: str, place: Place) -> None:
        """The folder is there now, at this place of this disk."""
        with self._database.write() as connection:
            folders.set_place(connection, path, place, time.time())

    def touch_folder(self, path: str) -> None:
        """The folder, unless it has a problem already, is there now."""
        with self._database.write() as connection:
            folders.touch(connection, path, time.time())

    def move_folder(self, old: str, new: str) -> None:
        """The folder and all that is known of its files go by another path from here on; no model work."""
        with self._database.write() as connection:
            files.move_all(connection, old, new)

    def set_unreadable(
        self, folder: str, places: Sequence[tuple[str, str]], disks: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        """Replace the (path, reason) list of what the last scan of a folder could not enter.

        Call it before `set_place`. `disks`: the names of those that belong to some of these paths.
        """
        with self._database.write() as connection:
            folders.set_unreadable(connection, folder, places, disks)

    # --- files -------------------------------------------------------------------------------------

    def sample_files(self, folder: str, count: int) -> list[FileRow]:
        """Up to so many of the files known below a folder, any of them."""
        with self._database.read() as connection:
            return files.sample(connection, folder, count)

    def files_at(self, paths: Sequence[str]) -> dict[str, FileRow]:
        """Those of these files that are known, by path."""
        with self._database.read() as connection:
            return files.at(connection, paths)

    def file(self, path: str) -> FileRow | None:
        """One file by its path."""
        with self._database.read() as connection:
            return files.get(connection, path)

    def add_file(self, seen: Seen, kind: Kind | None = None) -> int:
        """A new file, pending; its name is searchable at once. `kind`: the best guess so far."""
        with self._database.write() as connection:
            return files.add(connection, seen, kind)

    def add_files(self, many: Sequence[Seen]) -> list[int]:
        """As `add_file`, for many at once, which is quicker."""
        with self._database.write() as connection:
            return files.add_many(connection, many)

    def add_skipped(self, seen: Seen, reason: str, cloud: bool = False) -> int:
        """A file left out by rule. `cloud`: because its bytes are not on this computer."""
        with self._database.write() as connection:
            return files.add_skipped(connection, seen, reason, cloud)

    def evict(self, id: int, seen: Seen, reason: str) -> None:
        """A known file whose present bytes are only in the cloud; what was read of it before stays."""
        with self._database.write() as connection:
            files.evict(connection, id, seen, reason)

    def rename_file(self, id: int, path: str, seen: Seen) -> None:
        """Same file, other path, no model work."""
        with self._database.write() as connection:
            files.rename(connection, id, path, seen)

    def update_stat(self, id: int, seen: Seen) -> None:
        """Touched, same content."""
        with self._database.write() as connection:
            files.update_stat(connection, id, seen)

    def mark_changed(self, id: int, seen: Seen) -> None:
        """Other content: pending again, found by its old content until then."""
        with self._database.write() as connection:
            files.mark_changed(connection, id, seen)

    def mark_all_changed(self, changed: Sequence[tuple[int, Seen]]) -> None:
        """The same for many, by id, which is quicker."""
        with self._database.write() as connection:
            files.mark_all_changed(connection, changed)

    def remove_files(self, ids: Sequence[int]) -> None:
        """Forget files. Their contents stay for a while, so that a move costs nothing: `orphan_contents`."""
        with self._database.write() as connection:
            files.remove(connection, ids)

    # --- work --------------------------------------------------------------------------------------

    def next_pending(
        self, limit: int, skip: Collection[int] = (), folders: Sequence[str] = ()
    ) -> list[FileRow]:
        """What to read next, without the files in `skip` (those under way), below these folders if any."""
        with self._database.read() as connection:
            return files.next_pending(connection, limit, skip, folders)

    def waiting(self, path: str) -> FileRow | None:
        """This file if it may be read next."""
        with self._database.read() as connection:
            return files.waiting(connection, path)

    def interrupted(self) -> list[FileRow]:
        """Files that were under way when an engine died; at its start, before the first `begin`."""
        with self._database.read() as connection:
            return files.interrupted(connection)

    def begin(self, id: int) -> bool:
        """Commit that a file is about to be opened. False: it crashed us too often, or is gone."""
        with self._database.write() as connection:
            return files.begin(connection, id)

    def give_up_attempt(self, ids: Iterable[int]) -> None:
        """Stopped on purpose before a result: these attempts do not count."""
        with self._database.write() as connection:
            files.give_up_attempt(connection, ids)

    def content(self, hash: str) -> int | None:
        """The content with this hash, if it is in the index."""
        with self._database.read() as connection:
            return contents.find(connection, hash)

    def confirm(self, ids: Sequence[int]) -> None:
        """These files have the content still that they had: done again."""
        with self._database.write() as connection:
            files.confirm(connection, ids)

    def all_waiting(self, paths: Sequence[str]) -> list[FileRow]:
        """Those of these files that may be read next."""
        with self._database.read() as connection:
            return files.all_waiting(connection, paths)

    def link(self, file_id: int, content_id: int) -> None:
        """The file has this content, which needs no work: it is done."""
        with self._database.write() as connection:
            files.finish(connection, file_id, content_id)

    def add_content(
        self,
        file_id: int,
        hash: str,
        item: ItemRow,
        segments: Sequence[SegmentRow],
        vectors: NDArray[np.float32],
    ) -> int:
        """Everything of one file in one transaction: content, segments, words, vectors; the file is done.

        Args:
            vectors: float32 `[len(segments), dimension]`, unit length.

        Raises:
            ValueError: vectors do not fit, or `space` was not called.
        """
        with self._database.write() as connection:
            return contents.add(connection, self._space, file_id, hash, item, segments, vectors)

    def fail(
        self, file_id: int, outcome: Literal["failed", "skipped"], reason: str, cloud: bool = False
    ) -> None:
        """The file is not in the index, for this reason. Still found by name when it failed."""
        with self._database.write() as connection:
            files.fail(connection, file_id, outcome, reason, cloud)

    def note_in_use(self, file_id: int) -> None:
        """Another program keeps this file to itself, so it waits on, and is listed for that."""
        with self._database.write() as connection:
            files.note_in_use(connection, file_id)

    def unread(self, limit: int, skip: Collection[int] = ()) -> Unread | None:
        """Up to `limit` pictures of one content, none of these, that wait to be read for words."""
        with self._database.read() as connection:
            return readings.waiting(connection, limit, skip)

    def add_lines(self, segment_id: int, lines: Sequence[LineRow]) -> None:
        """What was read off a segment's picture, perhaps nothing: it does not wait any more."""
        with self._database.write() as connection:
            readings.add(connection, segment_id, lines)

    def lines(self, segment_ids: Sequence[int]) -> dict[int, tuple[LineRow, ...]]:
        """The words in the pictures of these segments and where they stand, as far as there are any."""
        with self._database.read() as connection:
            return readings.lines(connection, segment_ids)

    def problems(self, ignored: bool = False) -> tuple[Problem, ...]:
        """Failed first, then skipped, by path; `ignored`: those too that the person does not want to see."""
        with self._database.read() as connection:
            return problems.rows(connection, ignored)

    def ignore_problems(self, paths: Sequence[str], ignored: bool = True) -> int:
        """List these among the problems no longer, or again. Returns how many there are."""
        with self._database.write() as connection:
            return problems.ignore(connection, paths, ignored)

    def retry(self, paths: Sequence[str] = ()) -> int:
        """Pending again: these, or all failed ones. Returns how many."""
        with self._database.write() as connection:
            return problems.retry(connection, paths)

    def unreadable_in(self, paths: Sequence[str] = ()) -> list[str]:
        """The watched folders in which these places could not be entered, or any of those that are listed."""
        with self._database.read() as connection:
            return problems.unreadable_in(connection, paths)

    def disks_away(self) -> list[DiskAway]:
        """The disks that belong into a folder and are not there, by path."""
        with self._database.read() as connection:
            return problems.disks_away(connection)

    # --- upkeep ------------------------------------------------------------------------------------

    def counts(self) -> Counts:
        """How much there is."""
        with self._database.read() as connection:
            return overview.counts(connection)

    def embedder(self) -> str:
        """The name of the embedder that made the vectors, "" when there are none."""
        with self._database.read() as connection:
            return spaces.current_embedder(connection)

    def index_bytes(self) -> int:
        """The size of the database on disk, its log included."""
        path = self._database.path
        beside = (path, path.with_name(path.name + "-wal"))
        total = 0
        for file in beside:
            with suppress(FileNotFoundError):  # the last one to close takes the log away
                total += file.stat().st_size
        return total

    def orphan_contents(self) -> list[str]:
        """Delete contents that no file has any more, with all that hangs on them. Returns their hashes."""
        hashes: list[str] = []
        while True:
            with self._database.write() as connection:
                portion = contents.remove_orphans(connection)
            hashes += portion
            if not portion:
                return hashes

    def unknown(self, hashes: Sequence[str]) -> list[str]:
        """Those of these hashes that no content has."""
        with self._database.read() as connection:
            return contents.unknown(connection, hashes)

    def check(self) -> list[str]:
        """What is wrong with the index, a sentence each; empty if it is sound. Reads the whole file.

        Raises:
            UserError: so damaged that it cannot be read at all.
        """
        with self._database.read() as connection:
            return list(check.findings(connection))

    def scrub(self) -> None:
        """Let nothing of what was deleted remain in the file: for when a person wants it gone.

        Takes seconds in a large index, in portions, between which others can write.
        """
        tidying.scrub(self._database)

    def tidy(self) -> None:
        """Give room that deletions left back to the disk. For idle times: takes seconds in a large index."""
        tidying.tidy(self._database)

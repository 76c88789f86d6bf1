"""What the index knows of some places, compared with what is there, without holding it in memory.

    what is there ─► the rows of these paths, a portion at a time ─► new, changed, or as it was
    what is left  ─► all rows of the places in the order of their paths, without those that were taken

Of a row only one byte is kept: whether it was taken, which is to say that its file is there.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from indexer.ingest.scan import Seen
from indexer.store.rows import FileRow
from indexer.store.store import Store

Identity: TypeAlias = tuple[int, int, int, int]
ROOM = 1 << 16
"""Ids that are made room for at once."""


class Known:
    """The rows of files at, and below, some places.

    Args:
        places: absolute paths of files and folders, whether or not there is anything.
    """

    def __init__(self, store: Store, places: Iterable[str]) -> None:
        self._store = store
        self._places = frozenset(places)
        self._taken = bytearray()

    def rows(self, seen: Sequence[Seen]) -> dict[str, FileRow]:
        """Those of these files that are known, by path."""
        return self._store.files_at([one.path for one in seen])

    def take(self, id: int) -> None:
        """This row is accounted for."""
        if id >= len(self._taken):
            self._taken.extend(bytes(id + ROOM - len(self._taken)))
        self._taken[id] = 1

    def is_left(self, row: FileRow) -> bool:
        """It was not taken yet."""
        return self._is_left(row.id)

    def alike(self, seen: Sequence[Seen]) -> dict[Identity, FileRow]:
        """What is left of these places and could be one of these files under another path."""
        inodes = {one.inode for one in seen} - {0}  # what file systems say that do not know
        rows = self._store.known.by_inode(list(inodes))
        return {identity(row): row for row in rows if self.is_left(row) and self._holds(row.path)}

    def left(self) -> Iterator[FileRow]:
        """Everything that was not taken; each row once, also where one place lies in another."""
        exact = self._store.files_at(sorted(self._places))
        folders = self._places - exact.keys()
        yield from filter(self.is_left, exact.values())
        for folder in sorted(folders):
            if not _is_in(folder, folders):
                rows = self._store.known.each(folder, self._is_left)
                yield from (row for row in rows if row.path not in exact)

    def _is_left(self, id: int) -> bool:
        return id >= len(self._taken) or not self._taken[id]

    def _holds(self, path: str) -> bool:
        return path in self._places or _is_in(path, self._places)


def identity(file: Seen | FileRow) -> Identity:
    """What stays the same when a file is renamed on its volume."""
    return file.device, file.inode, file.size, file.mtime_ns


def _is_in(path: str, folders: frozenset[str]) -> bool:
    """Whether one of the folders is further up."""
    above = os.path.dirname(path)  # noqa: PTH120 - a million times, and it stays a string
    while above != path:
        if above in folders:
            return True
        path, above = above, os.path.dirname(above)  # noqa: PTH120
    return False

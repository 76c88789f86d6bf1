"""Files of the index in portions, as the comparison with a disk asks for them."""
# ruff: noqa: S608 - the parts put into queries are names of our own, never a person's text

import json
from collections.abc import Callable, Iterator, Sequence

from indexer.store.database import Database, fetch
from indexer.store.files import COLUMNS, FROM, row, signed
from indexer.store.path_text import below
from indexer.store.rows import FileRow

PORTION = 1000


class KnownRows:
    """A million rows are never in memory together."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def each(self, folder: str, wanted: Callable[[int], bool] = lambda id: True) -> Iterator[FileRow]:
        """Every file below a folder by its path, as it is when it comes to it.

        Args:
            wanted: whether a file, by its id, is: of the others no row is read.
        """
        after, end = below(folder)
        while found := self._portion(after, end):
            yield from self._rows([id for id, _ in found if wanted(id)])
            _, after = found[-1]

    def by_inode(self, inodes: Sequence[int]) -> list[FileRow]:
        """Every file with one of these numbers, on whichever device."""
        with self._database.read() as connection:
            found = fetch(
                connection,
                f"SELECT {COLUMNS} {FROM} WHERE file.inode IN (SELECT value FROM json_each(?))",
                (json.dumps([signed(inode) for inode in inodes]),),
            )
        return [row(values) for values in found]

    def _portion(self, after: str, end: str) -> list[tuple[int, str]]:
        with self._database.read() as connection:
            return fetch(
                connection,
                "SELECT id, path FROM file WHERE path > ? AND path < ? ORDER BY path LIMIT ?",
                (after, end, PORTION),
            )

    def _rows(self, ids: Sequence[int]) -> list[FileRow]:
        if not ids:
            return []
        with self._database.read() as connection:
            found = fetch(
                connection,
                f"SELECT {COLUMNS} {FROM} WHERE file.id IN (SELECT value FROM json_each(?)) "
                "ORDER BY file.path",
                (json.dumps(ids),),
            )
        return [row(values) for values in found]

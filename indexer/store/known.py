"""Files of the index in portions, as the comparison with a disk asks for them."""
# ruff: noqa: S608 - the parts put into queries are names of our own, never a person's text

import json
from collections.abc import Iterator, Sequence

from indexer.store.database import Database, fetch
from indexer.store.files import COLUMNS, FROM, row, signed
from indexer.store.path_text import below, to_text
from indexer.store.rows import FileRow

PORTION = 1000


class KnownRows:
    """A million rows are never in memory together."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def each(self, folder: str) -> Iterator[FileRow]:
        """Every file below a folder by its path, as it is when it comes to it."""
        after, end = below(folder)
        while rows := self._portion(after, end):
            yield from rows
            after = to_text(rows[-1].path)

    def by_inode(self, inodes: Sequence[int]) -> list[FileRow]:
        """Every file with one of these numbers, on whichever device."""
        with self._database.read() as connection:
            found = fetch(
                connection,
                f"SELECT {COLUMNS} {FROM} WHERE file.inode IN (SELECT value FROM json_each(?))",
                (json.dumps([signed(inode) for inode in inodes]),),
            )
        return [row(values) for values in found]

    def _portion(self, after: str, end: str) -> list[FileRow]:
        with self._database.read() as connection:
            found = fetch(
                connection,
                f"SELECT {COLUMNS} {FROM} WHERE file.path > ? AND file.path < ? ORDER BY file.path LIMIT ?",
                (after, end, PORTION),
            )
        return [row(values) for values in found]

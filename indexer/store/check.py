"""Whether an index is sound: SQLite's own checks, and that its parts agree with each other."""
# ruff: noqa: S608 - the parts put into queries are names of our own, never a person's text

from collections.abc import Iterator

import apsw

from indexer.store import codes, vectors
from indexer.store.database import fetch

_AT_MOST = 20
"""Findings of SQLite that are told; a damaged file has any number of them."""


def findings(connection: apsw.Connection) -> Iterator[str]:
    """What is wrong, a sentence each; nothing for a sound index. Reads the whole file.

    SQLite's check looks into the word indexes, too.
    """
    damaged = [text for (text,) in fetch(connection, f"PRAGMA integrity_check({_AT_MOST})") if text != "ok"]
    if damaged:
        yield from (f"SQLite: {text}." for text in damaged)
        return  # what is read from such a file means nothing
    for table, row, parent, _ in fetch(connection, "PRAGMA foreign_key_check"):
        yield f"Row {row} of {table} points to a row of {parent} that is not there."
    for (space,) in fetch(connection, "SELECT id FROM space"):
        yield from _of_space(connection, space)


def _of_space(connection: apsw.Connection, space: int) -> Iterator[str]:
    form = vectors.form(connection, space)
    coarse = vectors.coarse_table(connection, space)
    for what, query in (
        ("segments without a vector", f"SELECT id FROM segment EXCEPT SELECT segment_id FROM fine_{space}"),
        ("vectors without a segment", f"SELECT segment_id FROM fine_{space} EXCEPT SELECT id FROM segment"),
        (
            "vectors without a coarse code",
            f"SELECT segment_id FROM fine_{space} EXCEPT SELECT rowid FROM {coarse}_rowids",
        ),
        (
            "coarse codes without a vector",
            f"SELECT rowid FROM {coarse}_rowids EXCEPT SELECT segment_id FROM fine_{space}",
        ),
    ):
        count = int(connection.execute(f"SELECT count(*) FROM ({query})").get)
        if count:
            yield f"Space {space} has {count} {what}."
    length = codes.fine_bytes(form.kept, form.precision)
    wrong = int(
        connection.execute(f"SELECT count(*) FROM fine_{space} WHERE length(code) <> ?", (length,)).get
    )
    if wrong:
        yield f"Space {space} has {wrong} vectors that are not {length} bytes long."

"""Whether an index is sound: SQLite's own checks, and that its parts agree with each other; and mending it.

What can be computed from the rest is (words, coarse codes, which file belongs where), what cannot is taken
out and its file waits to be read again, and what belongs to nothing goes.
"""
# ruff: noqa: S608 - the parts put into queries are names of our own, never a person's text

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import apsw
import numpy as np

from indexer.store import codes, contents, folders, readings, vectors, words
from indexer.store.database import fetch

_AT_MOST = 20
"""Findings of SQLite that are told; a damaged file has any number of them."""
_AT_ONCE = 1000
_PASSES = 3
"""Mending one thing may show another, as a segment without a content has vectors and words."""

Mend: TypeAlias = Callable[[apsw.Connection, Sequence[int]], None]

_NAMED = "SELECT id FROM file WHERE state <> 'skipped'"
_WORDED = f"""SELECT segment.id FROM segment JOIN content ON content.id = content_id
    WHERE text <> '' OR ocr <> '' OR (ordinal = 0 AND {contents.DESCRIPTION} <> '')"""


@dataclass(frozen=True, slots=True)
class _Rule:
    """`says` names the rows whose ids the query gives; a sound index has none."""

    says: str
    query: str
    mend: Mend


def findings(connection: apsw.Connection) -> Iterator[str]:
    """What is wrong, a sentence each; nothing for a sound index. Reads the whole file.

    SQLite's check looks into the word indexes, too.
    """
    damaged = damage(connection)
    if damaged:
        yield from (f"SQLite: {text}." for text in damaged)
        return  # what is read from such a file means nothing
    for rule in _rules(connection):
        count = int(connection.execute(f"SELECT count(*) FROM ({rule.query})").get)
        if count:
            yield f"{count} {rule.says}."
    for table, row, parent, _ in fetch(connection, "PRAGMA foreign_key_check"):
        yield f"Row {row} of {table} points to a row of {parent} that is not there."


def damage(connection: apsw.Connection) -> list[str]:
    """What SQLite itself finds wrong with the file."""
    try:
        found = fetch(connection, f"PRAGMA integrity_check({_AT_MOST})")
    except apsw.CorruptError as error:
        return [str(error)]
    return [text for (text,) in found if text != "ok"]


def mend(connection: apsw.Connection) -> None:
    """Make the parts agree again. The caller holds the transaction; the file itself is sound.

    Raises:
        ValueError: they still do not (a bug).
    """
    for _ in range(_PASSES):
        clean = True
        for rule in _rules(connection):
            ids = [id for (id,) in fetch(connection, rule.query)]
            clean = clean and not ids
            for start in range(0, len(ids), _AT_ONCE):
                rule.mend(connection, ids[start : start + _AT_ONCE])
        if clean:
            return
    left = list(findings(connection))
    if left:
        raise ValueError(f"mending did not help: {left}")


def take_out(connection: apsw.Connection, content_ids: Sequence[int]) -> None:
    """Contents with all that hangs on them; their files are to be read again."""
    holders = "SELECT id FROM file WHERE content_id IN (SELECT value FROM json_each(?))"
    _read_again(connection, [id for (id,) in fetch(connection, holders, (json.dumps(list(content_ids)),))])
    contents.remove(connection, content_ids)


def rebuild_words(connection: apsw.Connection) -> None:
    """Both word indexes from the paths and texts that there are, whatever state they are in."""
    words.empty(connection)
    for query, add in ((_NAMED, _add_names), (_WORDED, _add_texts)):
        ids = [id for (id,) in fetch(connection, query)]
        for start in range(0, len(ids), _AT_ONCE):
            add(connection, ids[start : start + _AT_ONCE])


def _rules(connection: apsw.Connection) -> Iterator[_Rule]:
    """In the order in which they are to be mended."""
    contents_there, folders_there = "SELECT id FROM content", "SELECT id FROM folder"
    yield _Rule(
        "files say they are in the index, but their content is not there",
        f"SELECT id FROM file WHERE (content_id IS NOT NULL AND content_id NOT IN ({contents_there})) "
        "OR (state = 'done' AND content_id IS NULL)",
        _read_again,
    )
    yield _Rule(
        "files belong to a folder that is not there",
        f"SELECT id FROM file WHERE folder_id IS NOT NULL AND folder_id NOT IN ({folders_there})",
        _find_folders,
    )
    yield _Rule(
        "unreadable places belong to a folder that is not there",
        f"SELECT folder_id FROM unreadable WHERE folder_id NOT IN ({folders_there})",
        _deletes("unreadable", "folder_id"),
    )
    yield _Rule(
        "segments belong to a content that is not there",
        f"SELECT id FROM segment WHERE content_id NOT IN ({contents_there})",
        _deletes("segment", "id"),
    )
    yield _Rule(
        "contents are without some of their segments",
        "SELECT content_id FROM segment GROUP BY content_id HAVING max(ordinal) + 1 <> count(*)",
        take_out,
    )
    yield _Rule(
        "readings belong to a segment that is not there",
        "SELECT segment_id FROM reading WHERE segment_id NOT IN (SELECT id FROM segment)",
        _deletes("reading", "segment_id"),
    )
    for space, state in fetch(connection, "SELECT id, state FROM space"):
        yield from _of_space(connection, space, state == "current")
    for says, table, query, add in (
        ("file names", "name_word", _NAMED, _add_names),
        ("texts", "text_word", _WORDED, _add_texts),
    ):
        known = f"SELECT id FROM {table}_docsize"
        yield _Rule(f"{says} cannot be searched", f"{query} EXCEPT {known}", add)
        yield _Rule(
            f"{says} are searched that are not there", f"{known} EXCEPT {query}", _deletes(table, "rowid")
        )


def _of_space(connection: apsw.Connection, space: int, whole: bool) -> Iterator[_Rule]:
    form = vectors.form(connection, space)
    coarse = f"{vectors.coarse_table(connection, space)}"
    length = codes.fine_bytes(form.kept, form.precision)
    fine_ids, coarse_ids = f"SELECT segment_id FROM fine_{space}", f"SELECT rowid FROM {coarse}_rowids"
    drop = _deletes(f"fine_{space}", "segment_id")

    def add_coarse(connection: apsw.Connection, ids: Sequence[int]) -> None:
        rows = fetch(
            connection,
            f"""SELECT segment_id, kind, content_id, fine_{space}.code FROM fine_{space}
            JOIN segment ON segment.id = segment_id JOIN content ON content.id = content_id
            WHERE segment_id IN (SELECT value FROM json_each(?))""",
            (json.dumps(list(ids)),),
        )
        fine = np.frombuffer(b"".join(code for *_, code in rows), np.uint8).reshape(len(rows), length)
        made = codes.coarse(codes.restored(fine, form.precision))
        vectors.add_coarse(connection, space, [row[:3] for row in rows], made)

    yield _Rule(
        f"vectors of space {space} are not {length} bytes long",
        f"SELECT segment_id FROM fine_{space} WHERE length(code) <> {length}",
        drop,
    )
    yield _Rule(
        f"vectors of space {space} are of a segment that is not there",
        f"{fine_ids} EXCEPT SELECT id FROM segment",
        drop,
    )
    yield _Rule(
        f"coarse codes of space {space} are without a vector",
        f"{coarse_ids} EXCEPT {fine_ids}",
        _deletes(coarse, "rowid"),
    )
    yield _Rule(
        f"vectors of space {space} are without a coarse code", f"{fine_ids} EXCEPT {coarse_ids}", add_coarse
    )
    if whole:
        yield _Rule(
            f"segments are without a vector of space {space}",
            f"SELECT id FROM segment EXCEPT {fine_ids}",
            _take_out_segments,
        )


# --- mending: each gets ids of its rule's query -------------------------------------------------------------


def _deletes(table: str, key: str) -> Mend:
    def delete(connection: apsw.Connection, ids: Sequence[int]) -> None:
        connection.executemany(f"DELETE FROM {table} WHERE {key} = ?", ((id,) for id in ids))

    return delete


def _read_again(connection: apsw.Connection, ids: Sequence[int]) -> None:
    connection.execute(
        """UPDATE file SET content_id = NULL, attempts = 0,
            state = iif(state = 'done', 'pending', state)
        WHERE id IN (SELECT value FROM json_each(?))""",
        (json.dumps(list(ids)),),
    )


def _find_folders(connection: apsw.Connection, ids: Sequence[int]) -> None:
    for id in ids:
        path = connection.execute("SELECT path FROM file WHERE id = ?", (id,)).get
        connection.execute(
            "UPDATE file SET folder_id = ? WHERE id = ?", (folders.owner(connection, path), id)
        )


def _take_out_segments(connection: apsw.Connection, ids: Sequence[int]) -> None:
    found = fetch(
        connection,
        "SELECT DISTINCT content_id FROM segment WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    take_out(connection, [content for (content,) in found])


def _add_names(connection: apsw.Connection, ids: Sequence[int]) -> None:
    for id, path, root in fetch(
        connection,
        """SELECT file.id, file.path, coalesce(folder.path, '') FROM file
        LEFT JOIN folder ON folder.id = folder_id WHERE file.id IN (SELECT value FROM json_each(?))""",
        (json.dumps(list(ids)),),
    ):
        words.add_stored_name(connection, id, path, root)


def _add_texts(connection: apsw.Connection, ids: Sequence[int]) -> None:
    for segment in contents.segments_by_id(connection, ids).values():
        words.add_text(connection, segment.id, segment.text, readings.searched(segment.ocr), segment.about)

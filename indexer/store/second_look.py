"""Contents that are to be looked at once more: which of them can be read now, the newest first."""
# ruff: noqa: S608 - the parts put into queries are names of our own, never a person's text

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import apsw

from indexer.kinds import Kind
from indexer.store import spaces
from indexer.store.database import fetch
from indexer.store.folders import IS_PAUSED
from indexer.store.path_text import from_text


@dataclass(frozen=True, slots=True)
class Again:
    """A content to look at once more, one of its files, and what the index holds of it now.

    Attributes:
        suspect: a process died while it was looked at more closely, and nothing came of that look.
    """

    content: int
    hash: str
    kind: Kind
    path: str
    segments: tuple[int, ...]
    space: int
    suspect: bool = False


@dataclass(frozen=True, slots=True)
class Pictured:
    """A content that has pictures, and one of its files.

    Attributes:
        ordinal: of the first segment that has any.
        wholes: how many segments it has, parts of pictures not counted.
    """

    content: int
    hash: str
    path: str
    ordinal: int
    wholes: int


def pictured(connection: apsw.Connection, prefix: str) -> list[Pictured]:
    """Those that can be read now and whose hash begins so."""
    whole = "FROM segment WHERE content_id = content.id AND box IS NULL"
    first = f"(SELECT min(ordinal) {whole} AND type <> 'text')"
    # by hash, as grouping by the id reads all contents for each prefix
    found = fetch(
        connection,
        f"SELECT content.id, hash, file.path, {first}, (SELECT count(*) {whole}) "
        f"{_waiting(f'hash >= ? AND hash < ? AND {first} IS NOT NULL')} GROUP BY hash",
        (*_bounds(prefix), "[]"),
    )
    return [Pictured(content, hash, from_text(path), *numbers) for content, hash, path, *numbers in found]


def moments(connection: apsw.Connection, prefix: str) -> list[tuple[str, int]]:
    """Contents whose hash begins so, each with the moment of its newest file."""
    found = fetch(
        connection,
        "SELECT hash, max(file.moment) FROM content CROSS JOIN file ON file.content_id = content.id "
        "WHERE hash >= ? AND hash < ? GROUP BY hash",
        _bounds(prefix),
    )
    return [(hash, moment) for hash, moment in found]


def newest(
    connection: apsw.Connection, condition: str, bindings: tuple[Any, ...], limit: int, skip: Collection[int]
) -> list[Again]:
    """Contents for which `condition` (of SQL) holds, of the newest files, without those in `skip`.

    Suspects come last. Empty while another embedder looks at everything again (switch.py).
    """
    space = spaces.current(connection)
    if space is None or spaces.is_changing(connection):
        return []
    found = fetch(
        connection,
        f"""SELECT content.id, hash, content.kind, file.path, total(attempts) > 0 {_waiting(condition)}
        GROUP BY content.id ORDER BY total(attempts) > 0, max(file.moment) DESC, file.id LIMIT ?""",
        (*bindings, json.dumps(list(skip)), limit),
    )
    return [
        Again(content, hash, kind, from_text(path), segments(connection, content), space, bool(suspect))
        for content, hash, kind, path, suspect in found
    ]


def any_waits(
    connection: apsw.Connection, condition: str, bindings: tuple[Any, ...], skip: Collection[int]
) -> bool:
    """Whether there is such a content; much cheaper than `newest`."""
    if spaces.is_changing(connection):
        return False
    query = f"SELECT 1 {_waiting(condition)} LIMIT 1"
    return bool(fetch(connection, query, (*bindings, json.dumps(list(skip)))))


def segments(connection: apsw.Connection, content: int) -> tuple[int, ...]:
    """The ids of a content's segments, in their order."""
    found = fetch(connection, "SELECT id FROM segment WHERE content_id = ? ORDER BY ordinal", (content,))
    return tuple(id for (id,) in found)


def _bounds(prefix: str) -> tuple[str, str]:
    """From where on and up to where hashes begin so."""
    return prefix, f"{prefix}g"  # the letter behind those of a hash


def _waiting(condition: str) -> str:
    # asked every two seconds, mostly for nothing: CROSS, as the other way round reads all files
    return f"""FROM content CROSS JOIN file ON file.content_id = content.id
        LEFT JOIN folder ON folder.id = folder_id
        WHERE {condition} AND state = 'done' AND coalesce(problem, '') = '' AND NOT {IS_PAUSED}
            AND content.id NOT IN (SELECT value FROM json_each(?))"""

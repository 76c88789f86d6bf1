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
    """A content to look at once more, one of its files, and what the index holds of it now."""

    content: int
    hash: str
    kind: Kind
    path: str
    segments: tuple[int, ...]
    space: int


def newest(
    connection: apsw.Connection, condition: str, bindings: tuple[Any, ...], limit: int, skip: Collection[int]
) -> list[Again]:
    """Contents for which `condition` (of SQL) holds, of the newest files, without those in `skip`.

    Empty while another embedder looks at everything again (switch.py).
    """
    space = spaces.current(connection)
    if space is None:
        return []
    order = "GROUP BY content.id ORDER BY max(file.moment) DESC, file.id"
    return [
        Again(content, hash, kind, from_text(path), segments(connection, content), space)
        for content, hash, kind, path in _waiting(connection, condition, bindings, limit, skip, order)
    ]


def any_waits(
    connection: apsw.Connection, condition: str, bindings: tuple[Any, ...], skip: Collection[int]
) -> bool:
    """Whether there is such a content; much cheaper than `newest`."""
    return bool(_waiting(connection, condition, bindings, 1, skip, ""))


def segments(connection: apsw.Connection, content: int) -> tuple[int, ...]:
    """The ids of a content's segments, in their order."""
    found = fetch(connection, "SELECT id FROM segment WHERE content_id = ? ORDER BY ordinal", (content,))
    return tuple(id for (id,) in found)


def _waiting(
    connection: apsw.Connection,
    condition: str,
    bindings: tuple[Any, ...],
    limit: int,
    skip: Collection[int],
    order: str,
) -> list[tuple[Any, ...]]:
    if spaces.is_changing(connection):
        return []
    # asked every two seconds, mostly for nothing: CROSS, as the other way round reads all files
    return fetch(
        connection,
        f"""SELECT content.id, hash, content.kind, file.path
        FROM content CROSS JOIN file ON file.content_id = content.id
        LEFT JOIN folder ON folder.id = folder_id
        WHERE {condition} AND state = 'done' AND coalesce(problem, '') = '' AND NOT {IS_PAUSED}
            AND content.id NOT IN (SELECT value FROM json_each(?))
        {order} LIMIT ?""",
        (*bindings, json.dumps(list(skip)), limit),
    )

"""Two passes over a content: which were only looked at quickly, and putting sharper vectors in place."""
# ruff: noqa: S608 - the parts put into queries are names of our own, never a person's text

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import apsw
import numpy as np
from numpy.typing import NDArray

from indexer.kinds import Kind
from indexer.store import spaces, vectors
from indexer.store.database import Database, fetch
from indexer.store.folders import IS_PAUSED
from indexer.store.path_text import from_text


@dataclass(frozen=True, slots=True)
class Blurred:
    """A content with vectors of a quick look, and one of its files."""

    content: int
    hash: str
    kind: Kind
    path: str
    segments: tuple[int, ...]
    space: int


class SharpRows:
    """What one index holds of quick looks."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def next(self, limit: int, skip: Collection[int] = ()) -> list[Blurred]:
        """The contents of the newest files that can be read now, without those in `skip`.

        Empty while another embedder looks at everything again (switch.py), sharply.
        """
        with self._database.read() as connection:
            space = spaces.current(connection)
            if space is None:
                return []
            found = _waiting(connection, limit, skip, newest_first=True)
            return [
                Blurred(content, hash, kind, from_text(path), _segments(connection, content), space)
                for content, hash, kind, path in found
            ]

    def waits(self, skip: Collection[int] = ()) -> bool:
        """Whether `next` has any."""
        with self._database.read() as connection:
            return bool(_waiting(connection, 1, skip, newest_first=False))

    def left(self) -> dict[Kind, int]:
        """How many contents of each kind are still to be looked at more closely."""
        with self._database.read() as connection:
            return dict(
                fetch(connection, "SELECT kind, count(*) FROM content WHERE pass = 'quick' GROUP BY kind")
            )

    def mark_quick(self, content: int) -> None:
        """Its vectors are of a quick look."""
        with self._database.write() as connection:
            connection.execute("UPDATE content SET pass = 'quick' WHERE id = ?", (content,))

    def replace(self, blurred: Blurred, embeddings: NDArray[np.float32]) -> None:
        """Put sharp vectors `[n, dimension]` in place, unless the content went or changed meanwhile."""
        ids = blurred.segments
        with self._database.write() as connection:
            there = fetch(
                connection, "SELECT id FROM segment WHERE content_id = ? ORDER BY ordinal", (blurred.content,)
            )
            space = blurred.space
            if tuple(id for (id,) in there) != ids or spaces.current(connection) != space:
                return
            vectors.remove(connection, ids)
            connection.execute(
                "UPDATE setting SET value = value + ? WHERE key = 'removed'", (len(ids),)
            )  # their room is taken back by the next tidying
            if ids:
                vectors.add(connection, space, blurred.kind, [blurred.content] * len(ids), ids, embeddings)
            connection.execute("UPDATE content SET pass = 'sharp' WHERE id = ?", (blurred.content,))


def _waiting(
    connection: apsw.Connection, limit: int, skip: Collection[int], newest_first: bool
) -> list[tuple[Any, ...]]:
    if spaces.is_changing(connection):
        return []
    # asked every two seconds, mostly for nothing: CROSS, as the other way round reads all files
    return fetch(
        connection,
        f"""SELECT content.id, hash, content.kind, file.path
        FROM content CROSS JOIN file ON file.content_id = content.id
        LEFT JOIN folder ON folder.id = folder_id
        WHERE pass = 'quick' AND state = 'done' AND coalesce(problem, '') = '' AND NOT {IS_PAUSED}
            AND content.id NOT IN (SELECT value FROM json_each(?))
        {"GROUP BY content.id ORDER BY max(file.moment) DESC, file.id" if newest_first else ""} LIMIT ?""",
        (json.dumps(list(skip)), limit),
    )


def _segments(connection: apsw.Connection, content: int) -> tuple[int, ...]:
    found = fetch(connection, "SELECT id FROM segment WHERE content_id = ? ORDER BY ordinal", (content,))
    return tuple(id for (id,) in found)

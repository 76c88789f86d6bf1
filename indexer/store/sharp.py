"""Two passes over a content: which were only looked at quickly, and putting sharper vectors in place."""
# ruff: noqa: S608 - the parts put into queries are names of our own, never a person's text

import json
from collections.abc import Collection
from dataclasses import dataclass

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

    def next(self, skip: Collection[int] = ()) -> Blurred | None:
        """The content of the newest file that can be read now, not one of those in `skip`.

        None while another embedder looks at everything again (switch.py), sharply.
        """
        # asked every two seconds, mostly for nothing: CROSS, as the other way round reads all files
        with self._database.read() as connection:
            space = spaces.current(connection)
            if space is None or spaces.is_changing(connection):
                return None
            found = fetch(
                connection,
                f"""SELECT content.id, hash, content.kind, file.path
                FROM content CROSS JOIN file ON file.content_id = content.id
                LEFT JOIN folder ON folder.id = folder_id
                WHERE pass = 'quick' AND state = 'done' AND coalesce(problem, '') = '' AND NOT {IS_PAUSED}
                    AND content.id NOT IN (SELECT value FROM json_each(?))
                ORDER BY file.moment DESC, file.id LIMIT 1""",
                (json.dumps(list(skip)),),
            )
            if not found:
                return None
            [(content, hash, kind, path)] = found
            segments = fetch(
                connection, "SELECT id FROM segment WHERE content_id = ? ORDER BY ordinal", (content,)
            )
        return Blurred(content, hash, kind, from_text(path), tuple(id for (id,) in segments), space)

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

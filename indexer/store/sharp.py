"""Two passes over a content: which were only looked at quickly, and putting sharper vectors in place.

A closer look is counted before it is taken, like the first: a file that brings the process down would do so
at every start. What was under way when one died comes last from then on, and is looked at alone: the others
were not to blame, nor is any file for a power cut.
"""

import json
from collections.abc import Collection, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from indexer.kinds import Kind
from indexer.store import second_look, spaces, vectors
from indexer.store.database import Database, fetch
from indexer.store.files import MAXIMUM_ATTEMPTS
from indexer.store.path_text import to_text
from indexer.store.second_look import Again

LEFT: Final = "A closer look at it ended badly, so a quick look has to do: it is found a little less surely."
_QUICK = "pass = 'quick'"


class SharpRows:
    """What one index holds of quick looks."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def next(self, limit: int, skip: Collection[int] = ()) -> list[Again]:
        """The contents of the newest files that can be read now, without those in `skip`.

        Empty while another embedder looks at everything again (switch.py), sharply.
        """
        with self._database.read() as connection:
            return second_look.newest(connection, _QUICK, (), limit, skip)

    def waits(self, skip: Collection[int] = ()) -> bool:
        """Whether `next` has any."""
        with self._database.read() as connection:
            return second_look.any_waits(connection, _QUICK, (), skip)

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

    def begin(self, content: int) -> bool:
        """Count a closer look before it is taken; `end` takes that back.

        False when none may be taken: no file has it any more, or the process died at each of the last ones,
        and then it is left at the quick look.
        """
        with self._database.write() as connection:
            tried = connection.execute(
                "SELECT max(attempts) FROM file WHERE content_id = ? AND state = 'done'", (content,)
            ).get
            if tried is None:
                return False
            if tried >= MAXIMUM_ATTEMPTS:
                self.leave(content)
                return False
            connection.execute(
                "UPDATE file SET attempts = attempts + 1 WHERE content_id = ? AND state = 'done'", (content,)
            )
            return True

    def end(self, content: int) -> None:
        """Whatever came of the closer look, the process is alive."""
        with self._database.write() as connection:
            connection.execute(
                "UPDATE file SET attempts = 0 WHERE content_id = ? AND state = 'done'", (content,)
            )

    def leave(self, content: int) -> None:
        """The quick look has to do; its files are listed among the problems with that."""
        with self._database.write() as connection:
            connection.execute("UPDATE content SET pass = 'sharp' WHERE id = ?", (content,))
            connection.execute(
                "UPDATE file SET attempts = 0, reason = coalesce(nullif(reason, ''), ?) "
                "WHERE content_id = ? AND state = 'done'",
                (LEFT, content),
            )

    def try_again(self, paths: Sequence[str] = ()) -> None:
        """Look closer once more where that ended badly: at these files, or all that are not ignored."""
        with self._database.write() as connection:
            found = fetch(
                connection,
                "SELECT DISTINCT content_id FROM file WHERE state = 'done' AND reason = ?1 "
                "AND ((?2 = '[]' AND NOT ignored) OR path IN (SELECT value FROM json_each(?2)))",
                (LEFT, json.dumps([to_text(path) for path in paths])),
            )
            contents = json.dumps([content for (content,) in found])
            connection.execute(
                "UPDATE content SET pass = 'quick' WHERE id IN (SELECT value FROM json_each(?))", (contents,)
            )
            connection.execute(
                "UPDATE file SET reason = '', ignored = 0 "
                "WHERE reason = ? AND content_id IN (SELECT value FROM json_each(?))",
                (LEFT, contents),
            )

    def replace(self, blurred: Again, embeddings: NDArray[np.float32]) -> None:
        """Put sharp vectors `[n, dimension]` in place, unless the content went or changed meanwhile."""
        ids = blurred.segments
        with self._database.write() as connection:
            there = second_look.segments(connection, blurred.content)
            space = blurred.space
            if there != ids or spaces.current(connection) != space:
                return
            vectors.remove(connection, ids)
            connection.execute(
                "UPDATE setting SET value = value + ? WHERE key = 'removed'", (len(ids),)
            )  # their room is taken back by the next tidying
            if ids:
                vectors.add(connection, space, blurred.kind, [blurred.content] * len(ids), ids, embeddings)
            connection.execute("UPDATE content SET pass = 'sharp' WHERE id = ?", (blurred.content,))

"""Changing the embedder without a gap: its vectors are made in a space beside the current one.

The current space answers until the new one holds a vector for every segment that a file has; then one
transaction makes the new one current and drops the old one. Whatever ends the process in between, what is
there is kept and the rest is made at the next start. A folder that is paused is not read for this either, so
the change waits for it, as for a drive.
"""
# ruff: noqa: S608 - the parts put into queries are names of our own, never a person's text

import json
from dataclasses import asdict, dataclass

import apsw
import numpy as np
from numpy.typing import NDArray

from indexer.kinds import Kind
from indexer.settings import Budget, ModelOptions, Vectors, Weights
from indexer.store import codes, contents, files, spaces, vectors
from indexer.store.database import Database, fetch
from indexer.store.folders import IS_PAUSED
from indexer.store.path_text import from_text
from indexer.store.sharp import LEFT
from indexer.store.vectors import Form

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class MadeWith:
    """What the settings named when vectors were made: an embedder, a budget, its weights; what was kept."""

    embedder: str
    budget: Budget
    weights: Weights = "full"
    vectors: Vectors = "whole"

    @classmethod
    def of(cls, options: ModelOptions) -> "MadeWith":
        """What they name."""
        return cls(options.embedder, options.budget, options.weights, options.vectors)

    def form(self, dimension: int) -> Form:
        """How vectors of this dimension are kept then."""
        return Form.of(dimension, self.vectors)


@dataclass(frozen=True, slots=True)
class Lacking:
    """A content whose new vectors are still to be made, and one of its files."""

    content: int
    hash: str
    kind: Kind
    file: int
    path: str
    segments: tuple[int, ...]


class SwitchRows:
    """The change under way in one index, if any."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def former(self) -> MadeWith | None:
        """Whose vectors answer meanwhile; None when no change is under way."""
        with self._database.read() as connection:
            return _kept(connection, spaces.FORMER)

    def made_with(self) -> MadeWith | None:
        """What the current vectors were made with; None when that was never noted."""
        with self._database.read() as connection:
            return _kept(connection, spaces.MADE_WITH)

    def note(self, made_with: MadeWith) -> None:
        """The current vectors are made with this, unless something else was noted since they began."""
        with self._database.write() as connection:
            _keep(connection, spaces.MADE_WITH, made_with)

    def want(self, former: MadeWith) -> bool:
        """Another embedder was chosen: remember the former one. False when there are no vectors to keep.

        Args:
            former: what the vectors were made with, if that was not noted.
        """
        with self._database.write() as connection:
            space = spaces.current(connection)
            if space is None or not vectors.count(connection, space):
                return False
            _keep(connection, spaces.FORMER, _kept(connection, spaces.MADE_WITH) or former)
            return True

    def begin(self, embedder: str, dimension: int, preparation: str, form: Form | None = None) -> int | None:
        """The space for the new vectors, with those that were made before.

        None, and the change is over, when the current ones are of this embedder and form, or there are none.
        Then what they are made with is to be noted anew.
        """
        with self._database.write() as connection:
            space = spaces.current(connection)
            wanted = form or Form.of(dimension)
            known = spaces.is_current(connection, embedder, dimension, preparation, wanted)
            if known or space is None or not vectors.count(connection, space):
                spaces.abandon(connection)
                connection.execute(
                    "DELETE FROM setting WHERE key IN (?, ?)", (spaces.FORMER, spaces.MADE_WITH)
                )
                return None
            return spaces.beside(connection, embedder, dimension, preparation, wanted)

    def carry_over(self, space: int, after: int) -> int | None:
        """Make some new vectors of the current ones, if those are of the same embedder and hold no less.

        Those of a quick look, which is all that some files got, are left to be made anew.

        Args:
            after: go on behind this segment.

        Returns:
            The last segment that was looked at; None when there are no more.
        """
        with self._database.write() as connection:
            current = spaces.current(connection)
            if current is None or not spaces.can_be_made_of(connection, space, current):
                return None
            rows = fetch(
                connection,
                f"""SELECT segment.id, content.kind, content.id, code FROM fine_{current}
                JOIN segment ON segment.id = segment_id JOIN content ON content.id = content_id
                WHERE segment_id > ? AND pass = 'sharp'
                    AND segment_id NOT IN (SELECT segment_id FROM fine_{space})
                    AND NOT EXISTS (SELECT 1 FROM file WHERE content_id = content.id AND reason = ?)
                ORDER BY segment_id LIMIT ?""",
                (after, LEFT, _AT_ONCE),
            )
            if not rows:
                return None
            held = vectors.form(connection, current)
            found = np.frombuffer(b"".join(code for *_, code in rows), np.uint8).reshape(len(rows), -1)
            embeddings = codes.restored(found, held.precision)
            vectors.add_many(connection, space, [row[:3] for row in rows], embeddings)
            return int(rows[-1][0])

    def built(self) -> float:
        """How much of the new vectors there is, 0..1; 0 when no change is under way."""
        with self._database.read() as connection:
            space = connection.execute("SELECT id FROM space WHERE state = 'building'").get
        return 0.0 if space is None else self.share(space)

    def next(self, space: int, after: int) -> Lacking | None:
        """The first content beyond this id that lacks vectors and has a file that can be read now."""
        with self._database.read() as connection:
            found = fetch(
                connection,
                f"""SELECT content.id, hash, content.kind, file.id, file.path
                FROM content JOIN file ON file.content_id = content.id
                LEFT JOIN folder ON folder.id = folder_id
                WHERE content.id > ? AND state = 'done' AND coalesce(problem, '') = '' AND NOT {IS_PAUSED}
                    AND {_lacks(space)}
                ORDER BY content.id LIMIT 1""",
                (after,),
            )
            if not found:
                return None
            [(content, hash, kind, file, path)] = found
            segments = fetch(
                connection, "SELECT id FROM segment WHERE content_id = ? ORDER BY ordinal", (content,)
            )
        return Lacking(content, hash, kind, file, from_text(path), tuple(id for (id,) in segments))

    def add(self, space: int, lacking: Lacking, embeddings: NDArray[np.float32]) -> None:
        """The vectors `[n, dimension]` of a content, unless it went or changed meanwhile."""
        with self._database.write() as connection:
            there = fetch(
                connection, "SELECT id FROM segment WHERE content_id = ? ORDER BY ordinal", (lacking.content,)
            )
            if tuple(id for (id,) in there) != lacking.segments:
                return
            vectors.add(
                connection,
                space,
                lacking.kind,
                [lacking.content] * len(lacking.segments),
                lacking.segments,
                embeddings,
            )

    def read_again(self, lacking: Lacking) -> None:
        """What is seen in it now is something else, or nothing: it goes, and its files are read anew."""
        with self._database.write() as connection:
            connection.execute(
                "UPDATE file SET state = 'pending', attempts = 0, content_id = NULL WHERE content_id = ?",
                (lacking.content,),
            )
            contents.remove(connection, [lacking.content])

    def give_up(self, lacking: Lacking, reason: str) -> None:
        """The new embedder cannot take it: its files are among the problems, for this reason."""
        with self._database.write() as connection:
            for (id,) in fetch(connection, "SELECT id FROM file WHERE content_id = ?", (lacking.content,)):
                files.fail(connection, id, "failed", reason)

    def share(self, space: int) -> float:
        """How much of the new vectors there is, 0..1."""
        with self._database.read() as connection:
            if not spaces.exists(connection, space):
                return 1.0
            segments = int(connection.execute("SELECT count(*) FROM segment").get)
            return min(1.0, vectors.count(connection, space) / max(1, segments))

    def lacking(self, space: int) -> int:
        """How many contents that files have lack vectors."""
        with self._database.read() as connection:
            query = (
                f"SELECT count(*) FROM content WHERE {_lacks(space)} AND id IN (SELECT content_id FROM file)"
            )
            return int(connection.execute(query).get)

    def finish(self, space: int) -> list[str]:
        """Make the new space the current one and drop the old one. The caller saw that nothing lacks.

        Returns:
            The hashes of contents that no file had and that went with the old space.
        """
        with self._database.write() as connection:
            rest = fetch(connection, f"SELECT id, hash FROM content WHERE {_lacks(space)}")
            contents.remove(connection, [id for id, _ in rest])
            spaces.swap(connection, space)
            connection.execute("UPDATE content SET pass = 'sharp' WHERE pass = 'quick'")
            connection.execute("UPDATE file SET reason = '' WHERE state = 'done' AND reason = ?", (LEFT,))
            connection.execute("DELETE FROM setting WHERE key = ?", (spaces.FORMER,))
            return [hash for _, hash in rest]


def _kept(connection: apsw.Connection, key: str) -> MadeWith | None:
    found = connection.execute("SELECT value FROM setting WHERE key = ?", (key,)).get
    return MadeWith(**json.loads(found)) if found is not None else None


def _keep(connection: apsw.Connection, key: str, made_with: MadeWith) -> None:
    """Unless something is kept there already."""
    connection.execute(
        "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO NOTHING",
        (key, json.dumps(asdict(made_with))),
    )


def _lacks(space: int) -> str:
    return (
        "EXISTS (SELECT 1 FROM segment WHERE segment.content_id = content.id "
        f"AND segment.id NOT IN (SELECT segment_id FROM fine_{space}))"
    )

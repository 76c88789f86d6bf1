"""What more may be seen in contents that are in the index already, and putting it in place.

A content is incomplete when it was read while parts of pictures were not wanted, or pages of Office documents
could not be drawn. That is all that is kept: whether it is worth a look now depends on `Wanted`, and each
content is completed in one transaction, so nothing is lost or done twice, whatever ends the process.
"""
# ruff: noqa: S608 - the parts put into queries are names of our own, never a person's text

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import apsw
import numpy as np
from numpy.typing import NDArray

from indexer.kinds import Kind
from indexer.store import contents, files, readings, spaces
from indexer.store.database import Database, fetch
from indexer.store.folders import IS_PAUSED
from indexer.store.path_text import from_text
from indexer.store.rows import ItemRow, SegmentRow


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be seen as of now: parts of large pictures, and pages of Office documents."""

    parts: bool
    pages: bool

    @property
    def kinds(self) -> Iterator[Kind]:
        """Of the contents that are worth another look, if they are incomplete."""
        if self.parts:
            yield from ("photo", "screenshot")
        if self.pages:
            yield "document"


@dataclass(frozen=True, slots=True)
class Incomplete:
    """A content in which more may be seen, and one of its files."""

    content: int
    hash: str
    kind: Kind
    path: str
    segments: tuple[int, ...]
    space: int


class CatchUpRows:
    """What one index still lacks, or has and should not."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def mark(self, content: int) -> None:
        """More may be seen in it, once that is wanted or possible."""
        self._set(content, complete=False)

    def next(self, wanted: Wanted, limit: int, skip: Collection[int] = ()) -> list[Incomplete]:
        """The contents of the newest files that can be read now, without those in `skip`.

        Empty while another embedder looks at everything again (switch.py).
        """
        with self._database.read() as connection:
            space = spaces.current(connection)
            if space is None:
                return []
            found = _waiting(connection, wanted, limit, skip, newest_first=True)
            return [
                Incomplete(content, hash, kind, from_text(path), _segments(connection, content), space)
                for content, hash, kind, path in found
            ]

    def waits(self, wanted: Wanted, skip: Collection[int] = ()) -> bool:
        """Whether `next` has any, or `remove_parts` something to remove."""
        with self._database.read() as connection:
            return (not wanted.parts and bool(_parted(connection, 1))) or bool(
                _waiting(connection, wanted, 1, skip, newest_first=False)
            )

    def left(self, wanted: Wanted) -> int:
        """How many contents are not as wanted."""
        with self._database.read() as connection:
            lacking = connection.execute(
                "SELECT count(*) FROM content WHERE complete = 0 "
                "AND kind IN (SELECT value FROM json_each(?))",
                (json.dumps(list(wanted.kinds)),),
            ).get
            return int(lacking) + (0 if wanted.parts else len(_parted(connection, -1)))

    def add_parts(
        self,
        incomplete: Incomplete,
        whole: int,
        parts: Sequence[SegmentRow],
        embeddings: NDArray[np.float32],
    ) -> None:
        """Put the parts of a picture beside its other segments, unless these went or changed meanwhile.

        Args:
            whole: how many other segments it has. If the index has not just as many, the parts would get
                numbers that are not theirs, and are left out.
            embeddings: `[parts, dimension]`.
        """
        with self._database.write() as connection:
            if not _is_as_it_was(connection, incomplete):
                return
            if whole == len(incomplete.segments):
                contents.add_segments(
                    connection,
                    incomplete.space,
                    incomplete.content,
                    incomplete.kind,
                    parts,
                    embeddings,
                    first=whole,
                )
            self._set(incomplete.content, complete=True)

    def replace(
        self,
        incomplete: Incomplete,
        item: ItemRow,
        segments: Sequence[SegmentRow],
        embeddings: NDArray[np.float32],
    ) -> None:
        """Put all of it anew in the place of what there was, unless that went or changed meanwhile."""
        content = incomplete.content
        with self._database.write() as connection:
            if not _is_as_it_was(connection, incomplete):
                return
            contents.remove_segments(connection, incomplete.segments)
            contents.set_item(connection, content, item)
            contents.add_segments(
                connection, incomplete.space, content, item.kind, segments, embeddings, item.description
            )
            self.leave(content, item.note)

    def leave(self, content: int, note: str | None = None) -> None:
        """No more can be seen in it. `note`: what of it is not in the index; None if that is as it was."""
        with self._database.write() as connection:
            self._set(content, complete=True)
            if note is not None:
                connection.execute(
                    "UPDATE file SET reason = ? WHERE content_id = ? AND state = 'done'", (note, content)
                )

    def remove_parts(self, limit: int) -> int:
        """Take the parts out of so many pictures; the words read off them stay. Returns how many had any."""
        with self._database.write() as connection:
            parted = _parted(connection, limit)
            for content in parted:
                rows = fetch(
                    connection,
                    "SELECT id, box IS NULL FROM segment WHERE content_id = ? ORDER BY ordinal",
                    (content,),
                )
                parts = [id for id, whole in rows if not whole]
                if rows[0][1]:
                    readings.gather(connection, rows[0][0], parts)
                contents.remove_segments(connection, parts)
                self._set(content, complete=False)
            return len(parted)

    def read_skipped(self, reason: str) -> int:
        """Let files wait again that were left out for this reason. Returns how many."""
        with self._database.write() as connection:
            found = fetch(
                connection, "SELECT path FROM file WHERE state = 'skipped' AND reason = ?", (reason,)
            )
            return files.retry(connection, [from_text(path) for (path,) in found]) if found else 0

    def _set(self, content: int, complete: bool) -> None:
        with self._database.write() as connection:
            connection.execute("UPDATE content SET complete = ? WHERE id = ?", (complete, content))


def _waiting(
    connection: apsw.Connection, wanted: Wanted, limit: int, skip: Collection[int], newest_first: bool
) -> list[tuple[Any, ...]]:
    if spaces.is_changing(connection):
        return []
    # asked every two seconds, mostly for nothing: CROSS, as the other way round reads all files
    return fetch(
        connection,
        f"""SELECT content.id, hash, content.kind, file.path
        FROM content CROSS JOIN file ON file.content_id = content.id
        LEFT JOIN folder ON folder.id = folder_id
        WHERE complete = 0 AND content.kind IN (SELECT value FROM json_each(?))
            AND state = 'done' AND coalesce(problem, '') = '' AND NOT {IS_PAUSED}
            AND content.id NOT IN (SELECT value FROM json_each(?))
        {"GROUP BY content.id ORDER BY max(file.moment) DESC, file.id" if newest_first else ""} LIMIT ?""",
        (json.dumps(list(wanted.kinds)), json.dumps(list(skip)), limit),
    )


def _parted(connection: apsw.Connection, limit: int) -> list[int]:
    """Contents that have parts; all of them if the limit is negative."""
    found = fetch(
        connection, "SELECT DISTINCT content_id FROM segment WHERE box IS NOT NULL LIMIT ?", (limit,)
    )
    return [content for (content,) in found]


def _segments(connection: apsw.Connection, content: int) -> tuple[int, ...]:
    found = fetch(connection, "SELECT id FROM segment WHERE content_id = ? ORDER BY ordinal", (content,))
    return tuple(id for (id,) in found)


def _is_as_it_was(connection: apsw.Connection, incomplete: Incomplete) -> bool:
    return (
        spaces.current(connection) == incomplete.space
        and not spaces.is_changing(connection)
        and _segments(connection, incomplete.content) == incomplete.segments
        and bool(incomplete.segments)
    )

"""What more may be seen in contents that are in the index already, and putting it in place.

A content is incomplete when it was read while parts of pictures were not wanted, or pages of Office documents
could not be drawn. That is all that is kept: whether it is worth a look now depends on `Wanted`, and each
content is completed in one transaction, so nothing is lost or done twice, whatever ends the process.
"""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import apsw
import numpy as np
from numpy.typing import NDArray

from indexer.kinds import Kind
from indexer.store import contents, problems, readings, second_look, spaces
from indexer.store.database import Database, fetch
from indexer.store.path_text import from_text
from indexer.store.rows import ItemRow, SegmentRow
from indexer.store.second_look import Again, Pictured


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


class CatchUpRows:
    """What one index still lacks, or has and should not."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def mark(self, content: int) -> None:
        """More may be seen in it, once that is wanted or possible."""
        self._set(content, complete=False)

    def next(self, wanted: Wanted, limit: int, skip: Collection[int] = ()) -> list[Again]:
        """The contents of the newest files that can be read now, without those in `skip`.

        Empty while another embedder looks at everything again (switch.py).
        """
        with self._database.read() as connection:
            return second_look.newest(connection, *_lacking(wanted), limit, skip)

    def waits(self, wanted: Wanted, skip: Collection[int] = ()) -> bool:
        """Whether `next` has any, or `remove_parts` something to remove."""
        with self._database.read() as connection:
            to_remove = not wanted.parts and bool(_parted(connection, 1))
            return to_remove or second_look.any_waits(connection, *_lacking(wanted), skip)

    def pictured(self, prefix: str) -> list[Pictured]:
        """See `second_look.pictured`."""
        with self._database.read() as connection:
            return second_look.pictured(connection, prefix)

    def moments(self, prefix: str) -> list[tuple[str, int]]:
        """See `second_look.moments`."""
        with self._database.read() as connection:
            return second_look.moments(connection, prefix)

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
        incomplete: Again,
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
        incomplete: Again,
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
            return problems.retry(connection, [from_text(path) for (path,) in found]) if found else 0

    def _set(self, content: int, complete: bool) -> None:
        with self._database.write() as connection:
            connection.execute("UPDATE content SET complete = ? WHERE id = ?", (complete, content))


def _lacking(wanted: Wanted) -> tuple[str, tuple[str]]:
    kinds = json.dumps(list(wanted.kinds))
    return "complete = 0 AND content.kind IN (SELECT value FROM json_each(?))", (kinds,)


def _parted(connection: apsw.Connection, limit: int) -> list[int]:
    """Contents that have parts; all of them if the limit is negative."""
    found = fetch(
        connection, "SELECT DISTINCT content_id FROM segment WHERE box IS NOT NULL LIMIT ?", (limit,)
    )
    return [content for (content,) in found]


def _is_as_it_was(connection: apsw.Connection, incomplete: Again) -> bool:
    return (
        spaces.current(connection) == incomplete.space
        and not spaces.is_changing(connection)
        and second_look.segments(connection, incomplete.content) == incomplete.segments
        and bool(incomplete.segments)
    )

"""What a hit has to be, apart from what it shows or says: kind, place on the disk, time, size, camera.

Filters bind inside retrieval: whatever finds candidates asks the database with `condition`, so every hit
obeys and `k` come back where `k` exist. A condition is about one file and its content; a content that
several files share is found when one of them fits, and only the fitting ones are shown.
"""
# ruff: noqa: S608 - the parts put into queries are names of our own, never a person's text

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import apsw

from indexer.kinds import KINDS, Kind
from indexer.store import moments
from indexer.store.database import Value, fetch
from indexer.store.path_text import below_any
from indexer.store.words import folded


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions that all have to hold; of several values in one of them, any.

    Attributes:
        kinds, extensions: lower-case extensions without the dot.
        folders: absolute paths; anything below them, however deep.
        after, before: `after <= moment < before`, as the clock on the wall showed it (a zone is not looked
            at): when it was taken, or when the file was changed if that is not known.
        minimum_size, maximum_size: bytes, both included.
        minimum_duration_s, maximum_duration_s: seconds, both included; only videos have one.
        cameras: any part of the name of the camera or the lens, case and accents aside.
        places: any part of the name of the place, likewise.
        minimum_rating: stars, 1 to 5.
        newer_than: files that came later than the one with this number. read_after: together with it, also
            those whose content came later than the one with that number.
        without_files, without_contents: not those with these numbers.
        excluded: a hit must fit none of these: `-kind:video -ext:png` is two of them, one condition each.
    """

    kinds: tuple[Kind, ...] = ()
    extensions: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    after: datetime | None = None
    before: datetime | None = None
    minimum_size: int | None = None
    maximum_size: int | None = None
    minimum_duration_s: float | None = None
    maximum_duration_s: float | None = None
    cameras: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    minimum_rating: int | None = None
    newer_than: int | None = None
    read_after: int | None = None
    without_files: tuple[int, ...] = ()
    without_contents: tuple[int, ...] = ()
    excluded: tuple["Filters", ...] = ()

    @property
    def only_kinds(self) -> bool:
        """Nothing but `kinds` is asked for, if that."""
        return replace(self, kinds=()) == NONE

    @property
    def possible_kinds(self) -> tuple[Kind, ...]:
        """The kinds that a hit can have: those asked for without those excluded."""
        without = {kind for one in self.excluded if one.only_kinds for kind in one.kinds}
        return tuple(kind for kind in self.kinds or KINDS if kind not in without)


NONE = Filters()
"""Everything fits."""


def condition(connection: apsw.Connection, filters: Filters) -> tuple[str, tuple[Value, ...]]:
    """SQL about the tables `file` and `content` (joined from the left), with the values for its marks.

    What a file does not have fits no filter, and is not excluded by one either.
    """
    whole = _Condition()
    _about_the_file(whole, filters)
    _about_its_content(whole, filters, connection)
    for one in filters.excluded:
        part, given = condition(connection, one)
        whole.add(f"({part}) IS NOT TRUE", *given)
    return " AND ".join(whole.parts), tuple(whole.values)


@dataclass(slots=True)
class _Condition:
    """Parts that all have to hold, and the values for their marks."""

    parts: list[str] = field(default_factory=lambda: ["TRUE"])
    values: list[Value] = field(default_factory=list)

    def add(self, part: str, *values: Value) -> None:
        self.parts.append(part)
        self.values += values

    def bound(self, column: str, comparison: str, value: float | None) -> None:
        if value is not None:
            self.add(f"{column} {comparison} ?", value)

    def among(self, columns: Sequence[str], allowed: Sequence[str]) -> None:
        marks = " OR ".join(f"{column} IN (SELECT value FROM json_each(?))" for column in columns)
        self.add(f"({marks})", *[json.dumps(list(allowed))] * len(columns))

    def without(self, column: str, numbers: Sequence[int]) -> None:
        if numbers:
            self.add(f"coalesce({column}, 0) NOT IN (SELECT value FROM json_each(?))", json.dumps(numbers))


def _about_the_file(whole: _Condition, filters: Filters) -> None:
    bounds = (filters.after, filters.before, filters.minimum_size, filters.maximum_size)
    if filters.kinds:
        whole.among(["file.kind"], filters.kinds)
    elif any(bound is not None for bound in bounds):  # the indexes of moments and sizes begin with the kind
        whole.add(f"file.kind IN {tuple(KINDS)}")
    if filters.extensions:
        whole.among(["file.extension"], filters.extensions)
    if filters.folders:
        within, values = below_any(filters.folders)
        whole.add(within, *values)
    if filters.after is not None:
        whole.add("file.moment >= ?", moments.of_clock(filters.after))
    if filters.before is not None:
        whole.add("file.moment < ?", moments.of_clock(filters.before))
    whole.bound("file.size", ">=", filters.minimum_size)
    whole.bound("file.size", "<=", filters.maximum_size)
    if filters.newer_than is not None and filters.read_after is not None:
        whole.add("(file.id > ? OR file.content_id > ?)", filters.newer_than, filters.read_after)
    elif filters.newer_than is not None:
        whole.add("file.id > ?", filters.newer_than)
    whole.without("file.id", filters.without_files)
    whole.without("file.content_id", filters.without_contents)


def _about_its_content(whole: _Condition, filters: Filters, connection: apsw.Connection) -> None:
    whole.bound("content.duration_s", ">=", filters.minimum_duration_s)
    whole.bound("content.duration_s", "<=", filters.maximum_duration_s)
    whole.bound("content.rating", ">=", filters.minimum_rating)
    for columns, wanted in ((("camera", "lens"), filters.cameras), (("place",), filters.places)):
        if wanted:
            named = [name for column in columns for name in _names(connection, column, wanted)]
            whole.among([f"content.{column}" for column in columns], named)


def _distinct(connection: apsw.Connection, column: str) -> list[str]:
    """Every name in a column of `content` that has an index: one step along it per name, not per row."""
    found = fetch(
        connection,
        f"""WITH RECURSIVE name (value) AS (
            SELECT min({column}) FROM content WHERE {column} IS NOT NULL
            UNION ALL SELECT (SELECT min({column}) FROM content WHERE {column} > name.value)
            FROM name WHERE name.value IS NOT NULL)
        SELECT value FROM name WHERE value IS NOT NULL""",
    )
    return [value for (value,) in found]


def _names(connection: apsw.Connection, column: str, wanted: Sequence[str]) -> list[str]:
    parts = [folded(name) for name in wanted]
    return [name for name in _distinct(connection, column) if any(part in folded(name) for part in parts)]

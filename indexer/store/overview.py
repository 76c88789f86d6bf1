"""What there is in the index as a whole: months, folders, endings, and words that name something."""
# ruff: noqa: S608 - the parts put into queries are names of our own, never a person's text

from collections import Counter
from pathlib import PurePath

import apsw

from indexer.messages.query_messages import Month
from indexer.store import readings, spaces, vectors
from indexer.store.database import Database, fetch
from indexer.store.filters import NONE, Filters, condition
from indexer.store.path_text import FOLDER, from_text
from indexer.store.rows import Counts

_FOUND = "FROM file WHERE state <> 'skipped'"
RECENT = 300
"""Files looked at for words that name something."""


def counts(connection: apsw.Connection) -> Counts:
    """How much there is."""
    # asked several times a second: what is done, which is most of it, is not gone through
    files = int(connection.execute("SELECT count(*) FROM file").get)
    pending = int(connection.execute("SELECT count(*) FROM file WHERE state = 'pending'").get)
    problems = {
        state: (count, told)
        for state, count, told in fetch(
            connection,
            "SELECT state, count(*), count(*) FILTER (WHERE NOT ignored) "
            "FROM (SELECT id FROM folder UNION ALL SELECT NULL) AS owner "
            "CROSS JOIN file ON folder_id IS owner.id WHERE state IN ('failed', 'skipped') GROUP BY state",
        )
    }
    skipped, skipped_told = problems.get("skipped", (0, 0))
    _, failed_told = problems.get("failed", (0, 0))
    segments = int(connection.execute("SELECT count(*) FROM segment").get)
    space = spaces.current(connection)
    embedded = vectors.count(connection, space) if space is not None else 0
    unread = readings.count_waiting(connection)
    return Counts(files - skipped, segments, embedded, pending, failed_told, skipped_told, unread)


class Overview:
    """Counts of everything that can be found. Each reads an index or every row once: for idle moments."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def count(self, filters: Filters = NONE) -> int:
        """Files that fit."""
        with self._database.read() as connection:
            where, values = condition(connection, filters)
            return int(connection.execute(f"SELECT count(*) {_fitting(where)}", values).get)

    def months(self, filters: Filters = NONE) -> list[Month]:
        """Newest first; months without files are left out."""
        with self._database.read() as connection:
            where, values = condition(connection, filters)
            found = fetch(
                connection,
                f"""SELECT strftime('%Y', moment, 'unixepoch'), strftime('%m', moment, 'unixepoch'), count(*)
                {_fitting(where)} GROUP BY 1, 2 ORDER BY min(moment) DESC""",
                values,
            )
        return [Month(int(year), int(month), files) for year, month, files in found if year is not None]

    def extensions(self) -> Counter[str]:
        """Endings, most files first; those of the skipped files are not counted."""
        with self._database.read() as connection:
            return Counter(
                dict(fetch(connection, f"SELECT extension, count(*) {_FOUND} AND extension <> '' GROUP BY 1"))
            )

    def kinds(self) -> Counter[str]:
        """Files of each kind."""
        with self._database.read() as connection:
            return Counter(dict(fetch(connection, f"SELECT file.kind, count(*) {_FOUND} GROUP BY 1")))

    def folders(self) -> Counter[str]:
        """Every folder at or below the indexed ones that holds files, however deep, with how many."""
        with self._database.read() as connection:
            roots = {from_text(path) for (path,) in fetch(connection, "SELECT path FROM folder")}
            holding = fetch(connection, f"SELECT {FOLDER}, count(*) {_FOUND} GROUP BY 1")
        counted: Counter[str] = Counter()
        for text, files in holding:
            path = PurePath(from_text(text))
            above = [str(path), *map(str, path.parents)]
            top = next((place for place, one in enumerate(above) if one in roots), 0)
            for folder in above[: top + 1]:
                counted[folder] += files
        return counted

    def places(self) -> Counter[str]:
        """Photos and films taken at each place, by its whole name."""
        return self._named("place")

    def cameras(self) -> Counter[str]:
        """Photos and films taken with each camera."""
        return self._named("camera")

    def recent_names(self, kind: str) -> list[str]:
        """File names and titles of the newest files of a kind that are wholly in the index."""
        with self._database.read() as connection:
            found = fetch(
                connection,
                """SELECT path, coalesce(title, '') FROM file INDEXED BY file_by_moment
                JOIN content ON content.id = file.content_id
                WHERE file.kind = ? AND state = 'done' ORDER BY moment DESC LIMIT ?""",
                (kind, RECENT),
            )
        return [title or PurePath(from_text(path)).stem for path, title in found]

    def recent_readings(self) -> list[str]:
        """What was read last off the pixels of pictures."""
        with self._database.read() as connection:
            found = fetch(
                connection, "SELECT ocr FROM segment WHERE ocr <> '' ORDER BY id DESC LIMIT ?", (RECENT,)
            )
        return [text for (text,) in found]

    def _named(self, column: str) -> Counter[str]:
        with self._database.read() as connection:
            return Counter(
                dict(
                    fetch(
                        connection,
                        f"SELECT {column}, count(*) FROM content WHERE {column} IS NOT NULL GROUP BY 1",
                    )
                )
            )


def _fitting(where: str) -> str:
    # joined only where it is asked about: a row of each table is read for every file then
    joined = "LEFT JOIN content ON content.id = file.content_id" if "content." in where else ""
    return f"FROM file {joined} WHERE state <> 'skipped' AND {where}"

"""How far the index is: of each folder's files of each kind, how many are found by what, and what is left."""

from indexer.kinds import Kind
from indexer.messages.work_messages import CoverageRow
from indexer.store.database import Database, fetch
from indexer.store.folders import IS_PAUSED
from indexer.store.path_text import from_text


class CoverageRows:
    """What one index covers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> tuple[CoverageRow, ...]:
        """By folder in the order they were added, then by kind; without what is left out by rule."""
        with self._database.read() as connection:
            found = fetch(
                connection,
                """
                SELECT folder.path, file.kind, count(*), count(content.id), total(content.pass = 'sharp'),
                    total(state = 'failed')
                FROM file JOIN folder ON folder.id = file.folder_id
                LEFT JOIN content ON content.id = file.content_id
                WHERE state <> 'skipped'
                GROUP BY folder.id, file.kind ORDER BY folder.id, file.kind""",
            )
        return tuple(
            CoverageRow(from_text(path), kind, files, files, quick, int(sharp), int(failed))
            for path, kind, files, quick, sharp, failed in found
        )

    def waiting(self) -> dict[Kind, int]:
        """How many files of each kind wait and may be read: in folders that are there and not paused."""
        with self._database.read() as connection:
            # the sign keeps SQLite from going through all files by their kind to find those that wait
            return dict(
                fetch(
                    connection,
                    f"""SELECT kind, count(*) FROM file LEFT JOIN folder ON folder.id = folder_id
                    WHERE state = 'pending' AND coalesce(problem, '') = '' AND NOT {IS_PAUSED}
                    GROUP BY +kind""",  # noqa: S608 - a constant, never a person's text
                )
            )

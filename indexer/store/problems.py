"""Files that are not in the index, or not all of them: why, and trying them again."""
# ruff: noqa: S608 - the parts put into queries are names of our own, never a person's text

import json
from collections.abc import Sequence

import apsw

from indexer.messages.library_messages import icon_sentence
from indexer.messages.problem_messages import IN_USE, Problem
from indexer.store.database import fetch
from indexer.store.files import wait_again
from indexer.store.path_text import from_text, to_text
from indexer.store.rows import DiskAway


def rows(connection: apsw.Connection, ignored: bool = False) -> tuple[Problem, ...]:
    """Everything that is not in the index, or not all of it, and why: failed first, then by path.

    Args:
        ignored: those, too, that the person does not want to see.
    """
    found = fetch(
        connection,
        """
        SELECT path, state, reason, attempts, ignored FROM file
            WHERE state IN ('failed', 'skipped') AND ignored <= ?1
        UNION ALL SELECT path, 'failed', reason, 0, ignored FROM unreadable WHERE ignored <= ?1
        UNION ALL SELECT path, 'skipped', reason, 0, ignored FROM file
            WHERE ignored <= ?1 AND ((state = 'done' AND reason <> '') OR (state = 'pending' AND reason = ?2))
        ORDER BY 2, 1""",
        (ignored, IN_USE),
    )
    return tuple(
        Problem(from_text(path), outcome, reason, attempts, bool(unseen))
        for path, outcome, reason, attempts, unseen in found
    )


def ignore(connection: apsw.Connection, paths: Sequence[str], ignored: bool) -> int:
    """List these files and places among the problems no longer, or again. Returns how many there are."""
    count = 0
    for table in ("file", "unreadable"):
        connection.execute(
            f"UPDATE {table} SET ignored = ? WHERE path IN (SELECT value FROM json_each(?))",
            (ignored, json.dumps([to_text(path) for path in paths])),
        )
        count += connection.changes()
    return count


def retry(connection: apsw.Connection, paths: Sequence[str]) -> int:
    """Let files wait for another attempt: these (failed or skipped), or with none given all failed ones.

    Those that are ignored only when they are named.

    Returns how many.
    """
    if paths:
        ids = fetch(
            connection,
            "SELECT id FROM file WHERE state IN ('failed', 'skipped') "
            "AND path IN (SELECT value FROM json_each(?))",
            (json.dumps([to_text(path) for path in paths]),),
        )
    else:
        ids = fetch(connection, "SELECT id FROM file WHERE state = 'failed' AND NOT ignored")
    return wait_again(connection, [id for (id,) in ids])


def unreadable_in(connection: apsw.Connection, paths: Sequence[str]) -> list[str]:
    """The watched folders in which these places could not be entered; with none given, any that is listed."""
    found = fetch(
        connection,
        "SELECT DISTINCT folder.path FROM unreadable JOIN folder ON folder.id = folder_id "
        "WHERE (?1 = '[]' AND NOT ignored) OR unreadable.path IN (SELECT value FROM json_each(?1))",
        (json.dumps([to_text(path) for path in paths]),),
    )
    return [from_text(path) for (path,) in found]


def disks_away(connection: apsw.Connection) -> list[DiskAway]:
    """Disks inside of folders whose files stay until they are there again."""
    found = fetch(
        connection, "SELECT path, volume_name, reason FROM unreadable WHERE volume_name <> '' ORDER BY path"
    )
    return [DiskAway(from_text(path), from_text(name), reason) for path, name, reason in found]


def retry_icons(connection: apsw.Connection) -> None:
    """Let pictures that were found too small wait again: what is too small has changed."""
    sentence = icon_sentence(0, 0).replace("0 × 0", "% × %")
    found = fetch(connection, "SELECT id FROM file WHERE state = 'skipped' AND reason LIKE ?", (sentence,))
    wait_again(connection, [id for (id,) in found])

"""The folders a person chose, and which of their files belong to which.

Folders may lie in each other: a file belongs to the innermost one that holds it.
"""
# ruff: noqa: S608 - the parts put into queries are names of our own, never a person's text

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import apsw

from indexer.drives.volumes import Place
from indexer.messages.work_messages import FolderStatus
from indexer.store import numbers
from indexer.store.database import fetch
from indexer.store.path_text import below, from_text, to_text
from indexer.store.rows import FolderRow

IS_PAUSED = "(coalesce(folder.paused, 0) AND coalesce(folder.paused_until, 1e18) > unixepoch('subsec'))"
"""True in SQL while a folder is paused."""


def rows(connection: apsw.Connection) -> list[FolderRow]:
    """All folders, in the order they were added."""
    found = fetch(
        connection,
        "SELECT id, path, problem, volume, volume_name, below, offline, seen_at FROM folder ORDER BY id",
    )
    return [
        FolderRow(id, from_text(path), problem, volume, name, from_text(inside), bool(offline), seen_at)
        for id, path, problem, volume, name, inside, offline, seen_at in found
    ]


def statuses(connection: apsw.Connection) -> tuple[FolderStatus, ...]:
    """All folders with how many files they hold and how many of those wait."""
    counts: defaultdict[int, Counter[str]] = defaultdict(Counter)
    # in the order of its index; joined with the folders it would read every file's row
    for folder, state, count in fetch(
        connection, "SELECT folder_id, state, count(*) FROM file GROUP BY folder_id, state"
    ):
        counts[folder][state] = count
    found = fetch(
        connection,
        f"SELECT id, path, problem, {IS_PAUSED}, offline, volume_name, seen_at FROM folder ORDER BY id",
    )
    return tuple(
        FolderStatus(
            from_text(path),
            counts[id].total() - counts[id]["skipped"],
            counts[id]["pending"],
            problem,
            bool(paused),
            bool(offline),
            name,
            seen_at,
        )
        for id, path, problem, paused, offline, name, seen_at in found
    )


def add(connection: apsw.Connection, path: str) -> int:
    """Add a folder, taking over the files that an outer folder holds in it. Known folders keep their id.

    One that was excluded is so no longer.
    """
    text = to_text(path)
    connection.execute("DELETE FROM excluded WHERE path = ?", (text,))
    connection.execute("INSERT INTO folder (path) VALUES (?) ON CONFLICT DO NOTHING", (text,))
    new = int(connection.execute("SELECT id FROM folder WHERE path = ?", (text,)).get)
    outer = owner(connection, text)
    connection.execute(
        "UPDATE file SET folder_id = ? WHERE path >= ? AND path < ? AND folder_id IS ?",
        (new, *below(path), outer),
    )
    return new


def remove(connection: apsw.Connection, path: str) -> list[int]:
    """Forget a folder. Its files go to the folder around it; the ids of those that have none are returned."""
    text = to_text(path)
    old = connection.execute("SELECT id FROM folder WHERE path = ?", (text,)).get
    if old is None:
        return []
    outer = owner(connection, text)
    if outer is not None:
        connection.execute("UPDATE file SET folder_id = ? WHERE folder_id = ?", (outer, old))
    homeless = [id for (id,) in fetch(connection, "SELECT id FROM file WHERE folder_id = ?", (old,))]
    connection.execute("UPDATE file SET folder_id = NULL WHERE folder_id = ?", (old,))
    connection.execute("DELETE FROM folder WHERE id = ?", (old,))
    return homeless


def owner(connection: apsw.Connection, text: str) -> int | None:
    """The innermost folder around a stored path (not the folder at that very path)."""
    around = [row for row in rows(connection) if _holds(row.path, text)]
    return max(around, key=lambda row: len(row.path)).id if around else None


def set_problem(connection: apsw.Connection, path: str, problem: str, offline: bool = False) -> None:
    """Why a folder cannot be read now; "" when it can. `offline`: because its disk is not connected."""
    connection.execute(
        "UPDATE folder SET problem = ?, offline = ? WHERE path = ?", (problem, offline, to_text(path))
    )


def set_place(connection: apsw.Connection, path: str, place: Place, seen_at: float) -> None:
    """The folder is there, at this place."""
    connection.execute(
        "UPDATE folder SET volume = ?, volume_name = ?, below = ?, seen_at = ? WHERE path = ?",
        (place.volume, to_text(place.name), to_text(place.below), seen_at, to_text(path)),
    )


def touch(connection: apsw.Connection, path: str, seen_at: float) -> None:
    """The folder is there, if it has no problem."""
    connection.execute(
        "UPDATE folder SET seen_at = ? WHERE path = ? AND problem = ''", (seen_at, to_text(path))
    )


def move(connection: apsw.Connection, old: str, new: str) -> list[int]:
    """The same folder has another path: so have the files in it, and everything else that is known by path.

    Returns:
        Ids of other files that were known at the new paths, already without a row.
    """
    # a drive's root ends with the sign that other folders get before what is in them
    cut, moved = len(below(old)[0]) + 1, below(new)[0]
    replaced = [
        id
        for (id,) in fetch(
            connection,
            "SELECT id FROM file WHERE path IN "
            "(SELECT ? || substr(path, ?) FROM file WHERE path >= ? AND path < ?)",
            (moved, cut, *below(old)),
        )
    ]
    numbers.keep(connection)
    connection.executemany("DELETE FROM file WHERE id = ?", ((id,) for id in replaced))
    for table in ("file", "folder", "unreadable", "excluded"):
        # a folder that is watched there already stays: its files point to it
        conflict = "IGNORE" if table == "folder" else "REPLACE"
        connection.execute(
            f"UPDATE OR {conflict} {table} SET path = iif(path = ?1, ?2, ?3 || substr(path, ?4)) "
            "WHERE path = ?1 OR (path >= ?5 AND path < ?6)",
            (to_text(old), to_text(new), moved, cut, *below(old)),
        )
    return replaced


def set_unreadable(
    connection: apsw.Connection, path: str, places: Sequence[tuple[str, str]], disks: Mapping[str, str]
) -> None:
    """Replace what the last scan of a folder could not enter: (path, reason) pairs.

    Args:
        disks: names of the disks that belong to some of these paths and are not connected. One that was away
            before keeps its name, and the time when it was last there.

    What the person does not want to hear of stays so.
    """
    found = fetch(connection, "SELECT id, seen_at FROM folder WHERE path = ?", (to_text(path),))
    if not found:
        return
    [(folder, seen_at)] = found
    away = {
        place: (name, seen)
        for place, name, seen in fetch(
            connection, "SELECT path, volume_name, seen_at FROM unreadable WHERE volume_name <> ''"
        )
    }
    unheard = {place for (place,) in fetch(connection, "SELECT path FROM unreadable WHERE ignored")}
    connection.execute("DELETE FROM unreadable WHERE folder_id = ?", (folder,))
    for place, reason in places:
        text = to_text(place)
        name, seen = away.get(text, (to_text(disks[place]), seen_at)) if place in disks else ("", 0.0)
        connection.execute(
            "INSERT INTO unreadable (path, folder_id, reason, ignored, volume_name, seen_at) "
            "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (text, folder, reason, text in unheard, name, seen),
        )


def _holds(folder: str, text: str) -> bool:
    low, high = below(folder)
    return low <= text < high

"""Files: what the index knows about each path, and what still has to be done about it."""
# ruff: noqa: S608 - the parts put into queries are names of our own, never a person's text

import json
import mimetypes
import os
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from pathlib import PurePath
from typing import Any, Literal

import apsw

from indexer.kinds import Kind
from indexer.messages.problem_messages import IN_USE
from indexer.store import folders, moments, numbers, words
from indexer.store.database import fetch
from indexer.store.path_text import below, below_any, extension, from_text, natural_name, to_text
from indexer.store.rows import FileRow, Seen

MAXIMUM_ATTEMPTS = 3
"""The first may have ended with another file's crash; at the other two this one was read alone."""
CRASHED = (
    "Sightline stopped each time it read this file; it may be damaged. Open it in another program to check, "
    "then try again."
)

_STAT = "size, mtime_ns, moment, device, inode"
COLUMNS = "file.id, file.path, size, mtime_ns, device, inode, content.hash, state, file.kind, file.cloud"
FROM = "FROM file LEFT JOIN content ON content.id = file.content_id"
_WAITING = (
    "LEFT JOIN folder ON folder.id = file.folder_id WHERE state = 'pending' "
    "AND coalesce(folder.problem, '') = '' AND NOT "
) + folders.IS_PAUSED


def sample(connection: apsw.Connection, folder: str, count: int) -> list[FileRow]:
    """Some of them."""
    found = fetch(
        connection,
        f"SELECT {COLUMNS} {FROM} WHERE file.path >= ? AND file.path < ? ORDER BY random() LIMIT ?",
        (*below(folder), count),
    )
    return [row(values) for values in found]


def at(connection: apsw.Connection, paths: Sequence[str]) -> dict[str, FileRow]:
    """Those of these files that are known, by path."""
    found = fetch(
        connection,
        f"SELECT {COLUMNS} {FROM} WHERE file.path IN (SELECT value FROM json_each(?))",
        (json.dumps([to_text(path) for path in paths]),),
    )
    return {one.path: one for one in map(row, found)}


def paths(connection: apsw.Connection, ids: Sequence[int]) -> dict[int, str]:
    """Of those of these files that are known, by id."""
    found = fetch(
        connection,
        "SELECT id, path FROM file WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    return {id: from_text(path) for id, path in found}


def get(connection: apsw.Connection, path: str) -> FileRow | None:
    """One file by its path."""
    found = fetch(connection, f"SELECT {COLUMNS} {FROM} WHERE file.path = ?", (to_text(path),))
    return row(found[0]) if found else None


def add(connection: apsw.Connection, seen: Seen, kind: Kind | None) -> int:
    """A new path, waiting to be read; its name is searchable from here on.

    A path that is known already only gets what changed: adding twice does no harm.
    """
    [id] = add_many(connection, [seen], kind)
    return id


def add_many(connection: apsw.Connection, many: Sequence[Seen], kind: Kind | None = None) -> list[int]:
    """As `add`, for as many as are found at once: what their folders have in common is found out once."""
    ids: list[int] = []
    names: list[tuple[int, str, str]] = []
    around: dict[str, tuple[int | None, str]] = {}
    number = numbers.following(connection)
    for seen in many:
        folder, name = os.path.split(seen.path)
        if folder not in around:
            owner = folders.owner(connection, to_text(seen.path))
            around[folder] = owner, words.of_folder(folder, _root(connection, owner))
        owner, above = around[folder]
        text = to_text(seen.path)
        connection.execute(
            f"INSERT INTO file (id, path, sorts_as, extension, folder_id, {_STAT}, kind, state) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending') ON CONFLICT (path) DO NOTHING",
            (
                number,
                text,
                natural_name(text),
                ending := extension(name),
                owner,
                *_stat(seen),
                kind or _guess(ending),
            ),
        )
        if connection.changes():
            ids.append(number)
            number += 1
            names.append((ids[-1], name, above))
        else:
            ids.append(int(connection.execute("SELECT id FROM file WHERE path = ?", (text,)).get))
            mark_changed(connection, ids[-1], seen)
    words.add_names(connection, names)
    return ids


def add_skipped(connection: apsw.Connection, seen: Seen, reason: str, cloud: bool = False) -> int:
    """A path that is left out by rule: listed with its reason, never read, not searchable."""
    new = add(connection, seen, None)
    fail(connection, new, "skipped", reason, cloud)
    return new


def evict(connection: apsw.Connection, id: int, seen: Seen, reason: str) -> None:
    """The file changed, but its bytes are in the cloud: it is found by its old content, if it had one."""
    update_stat(connection, id, seen)
    if connection.execute("SELECT content_id FROM file WHERE id = ?", (id,)).get is None:
        fail(connection, id, "skipped", reason, cloud=True)
    else:
        connection.execute("UPDATE file SET state = 'done', attempts = 0, cloud = 1 WHERE id = ?", (id,))


def rename(connection: apsw.Connection, id: int, path: str, seen: Seen) -> None:
    """The same file under another path: keeps its content. A file that lay there is gone."""
    text = to_text(path)
    replaced = [
        other for (other,) in fetch(connection, "SELECT id FROM file WHERE path = ? AND id <> ?", (text, id))
    ]
    remove(connection, replaced)
    connection.execute(
        "UPDATE file SET path = ?, sorts_as = ?, extension = ?, folder_id = ? WHERE id = ?",
        (text, natural_name(text), extension(text), folders.owner(connection, text), id),
    )
    update_stat(connection, id, seen)
    words.remove_names(connection, [id])
    if connection.execute("SELECT state <> 'skipped' FROM file WHERE id = ?", (id,)).get:
        words.add_name(connection, id, path, _root_of(connection, id))


def move_all(connection: apsw.Connection, old: str, new: str) -> None:
    """A whole folder of files goes by another path."""
    words.remove_names(connection, folders.move(connection, old, new))
    if PurePath(old).name == PurePath(new).name:  # found by the same words as before
        return
    ids = [
        id
        for (id,) in fetch(
            connection,
            "SELECT id FROM file WHERE path >= ? AND path < ? AND state <> 'skipped'",
            below(new),
        )
    ]
    words.remove_names(connection, ids)
    for id in ids:
        path = from_text(connection.execute("SELECT path FROM file WHERE id = ?", (id,)).get)
        words.add_name(connection, id, path, _root_of(connection, id))


def update_stat(connection: apsw.Connection, id: int, seen: Seen) -> None:
    """Touched, but the content is the same."""
    taken = connection.execute(
        "SELECT taken FROM content WHERE id = (SELECT content_id FROM file WHERE id = ?)", (id,)
    ).get
    connection.execute(f"UPDATE file SET ({_STAT}) = (?, ?, ?, ?, ?) WHERE id = ?", (*_stat(seen, taken), id))


def mark_changed(connection: apsw.Connection, id: int, seen: Seen) -> None:
    """Other bytes than before: to be read again. Found by its old content until then."""
    update_stat(connection, id, seen)
    wait_again(connection, [id])


def mark_all_changed(connection: apsw.Connection, changed: Sequence[tuple[int, Seen]]) -> None:
    """As `mark_changed`, for many."""
    ids = json.dumps([id for id, _ in changed])
    about = {
        id: (state, taken)
        for id, state, taken in fetch(
            connection,
            "SELECT file.id, state, taken FROM file LEFT JOIN content ON content.id = content_id "
            "WHERE file.id IN (SELECT value FROM json_each(?))",
            (ids,),
        )
    }
    wait_again(connection, [id for id, (state, _) in about.items() if state == "skipped"])
    connection.executemany(
        f"UPDATE file SET ({_STAT}) = (?1, ?2, ?3, ?4, ?5), state = 'pending', attempts = 0, cloud = 0, "
        "ignored = ignored AND size = ?1 AND mtime_ns = ?2 WHERE id = ?6",
        ((*_stat(seen, about[id][1]), id) for id, seen in changed if id in about),
    )


def confirm(connection: apsw.Connection, ids: Sequence[int]) -> None:
    """These files have the content that they had."""
    connection.execute(
        "UPDATE file SET state = 'done', attempts = 0, reason = iif(reason = ?, '', reason) "
        "WHERE id IN (SELECT value FROM json_each(?)) AND content_id IS NOT NULL",
        (IN_USE, json.dumps(list(ids))),
    )


def remove(connection: apsw.Connection, ids: Sequence[int]) -> list[int]:
    """Forget files. Their contents stay until `contents.remove_orphans`, so a move costs no model work.

    Returns:
        The ids of these contents.
    """
    if not ids:
        return []
    held = fetch(
        connection,
        "SELECT DISTINCT content_id FROM file WHERE content_id IS NOT NULL "
        "AND id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    words.remove_names(connection, ids)
    numbers.keep(connection)
    connection.executemany("DELETE FROM file WHERE id = ?", ((id,) for id in ids))
    return [id for (id,) in held]


def next_pending(
    connection: apsw.Connection, limit: int, skip: Collection[int], near: Sequence[str] = ()
) -> list[FileRow]:
    """Files to read next, the newest first; not those in `skip`, none from an offline or paused folder.

    Args:
        near: only files below these folders, if there are any.
    """
    within, bounds = below_any(near) if near else ("TRUE", [])
    # The sign keeps SQLite from going through all that wait by their moment to find the few in a folder.
    moment = "+file.moment" if near else "file.moment"
    found = fetch(
        connection,
        f"""SELECT {COLUMNS} {FROM} {_WAITING}
            AND file.id NOT IN (SELECT value FROM json_each(?)) AND {within}
        ORDER BY {moment} DESC, file.id LIMIT ?""",
        (json.dumps(list(skip)), *bounds, limit),
    )
    return [row(values) for values in found]


def all_waiting(connection: apsw.Connection, paths: Sequence[str]) -> list[FileRow]:
    """As `waiting`, for many paths, in no particular order."""
    found = fetch(
        connection,
        f"SELECT {COLUMNS} {FROM} {_WAITING} AND file.path IN (SELECT value FROM json_each(?))",
        (json.dumps([to_text(path) for path in paths]),),
    )
    return [row(values) for values in found]


def waiting(connection: apsw.Connection, path: str) -> FileRow | None:
    """A file if it may be read next, as `next_pending` has it."""
    found = fetch(connection, f"SELECT {COLUMNS} {FROM} {_WAITING} AND file.path = ?", (to_text(path),))
    return row(found[0]) if found else None


def interrupted(connection: apsw.Connection) -> list[FileRow]:
    """Files whose last attempt ended without any result: one of them may have brought the process down."""
    found = fetch(
        connection, f"SELECT {COLUMNS} {FROM} WHERE state = 'pending' AND attempts > 0 ORDER BY file.id"
    )
    return [row(values) for values in found]


def begin(connection: apsw.Connection, id: int) -> bool:
    """Count an attempt at a file before it is opened.

    False when earlier attempts ended without any result, which means that the file brought the process
    down: it then is among the failed ones and must not be opened.
    """
    attempts = connection.execute("SELECT attempts FROM file WHERE id = ?", (id,)).get
    if attempts is None:
        return False
    if attempts >= MAXIMUM_ATTEMPTS:
        fail(connection, id, "failed", CRASHED)
        return False
    connection.execute("UPDATE file SET attempts = attempts + 1 WHERE id = ?", (id,))
    return True


def give_up_attempt(connection: apsw.Connection, ids: Iterable[int]) -> None:
    """Work on these files was stopped on purpose (a clean exit): the attempt does not count."""
    connection.executemany(
        "UPDATE file SET attempts = max(0, attempts - 1) WHERE id = ? AND state = 'pending'",
        ((id,) for id in ids),
    )


def note_in_use(connection: apsw.Connection, id: int) -> None:
    """Another program keeps the file to itself: it waits on, and is listed for that until it is read."""
    connection.execute(
        "UPDATE file SET reason = ? WHERE id = ? AND state = 'pending' "
        "AND (content_id IS NULL OR reason = '')",
        (IN_USE, id),
    )


def finish(connection: apsw.Connection, id: int, content: int, note: str = "") -> None:
    """The file's content is in the index. `note`: what of it is not; a copy has that of the first file."""
    connection.execute(
        """UPDATE file SET state = 'done', attempts = 0,
            reason = iif(content_id = ?1 AND ?3 = '' AND reason <> ?4, reason, coalesce(nullif(?3, ''), (
                SELECT reason FROM file AS twin
                WHERE content_id = ?1 AND state = 'done' AND twin.id <> ?2 LIMIT 1
            ), '')),
            content_id = ?1,
            kind = (SELECT kind FROM content WHERE id = ?1) WHERE id = ?2""",
        (content, id, note, IN_USE),
    )
    for taken, mtime_ns in fetch(  # none when the file has gone meanwhile
        connection,
        "SELECT taken, mtime_ns FROM file JOIN content ON content.id = content_id "
        "WHERE file.id = ? AND taken IS NOT NULL",
        (id,),
    ):
        connection.execute("UPDATE file SET moment = ? WHERE id = ?", (moments.of_file(mtime_ns, taken), id))


def fail(
    connection: apsw.Connection,
    id: int,
    outcome: Literal["failed", "skipped"],
    reason: str,
    cloud: bool = False,
) -> None:
    """The file has no content in the index, for this reason. A failed one is still found by its name."""
    connection.execute(
        "UPDATE file SET state = ?, reason = ?, cloud = ?, content_id = NULL WHERE id = ?",
        (outcome, reason, cloud, id),
    )
    if outcome == "skipped":
        words.remove_names(connection, [id])


def wait_again(connection: apsw.Connection, ids: Sequence[int]) -> int:
    """Let files be read again, whatever came of them before. Returns how many."""
    for id in ids:
        [(path, state)] = fetch(connection, "SELECT path, state FROM file WHERE id = ?", (id,))
        if state == "skipped":
            words.add_name(connection, id, from_text(path), _root_of(connection, id))
        # what of it is not in the index may stay true: the reason is not shown meanwhile
        connection.execute(
            "UPDATE file SET state = 'pending', attempts = 0, cloud = 0, ignored = 0 WHERE id = ?", (id,)
        )
    return len(ids)


def row(values: tuple[Any, ...]) -> FileRow:
    """From the `COLUMNS`."""
    id, path, size, mtime_ns, device, inode, content_hash, state, kind, cloud = values
    return FileRow(
        id,
        from_text(path),
        size,
        mtime_ns,
        device % 2**64,
        inode % 2**64,
        content_hash,
        state,
        kind,
        bool(cloud),
    )


def _stat(seen: Seen, taken: str | None = None) -> tuple[int, int, int, int, int]:
    moment = moments.of_file(seen.mtime_ns, taken)
    return seen.size, seen.mtime_ns, moment, signed(seen.device), signed(seen.inode)


def signed(number: int) -> int:
    """An unsigned 64-bit number in the signed one that SQLite has; the rest of a longer one is dropped."""
    return (number + 2**63) % 2**64 - 2**63


def _root_of(connection: apsw.Connection, id: int) -> str:
    """The folder a file was indexed through, "" if none."""
    return _root(connection, connection.execute("SELECT folder_id FROM file WHERE id = ?", (id,)).get)


def _root(connection: apsw.Connection, folder: int | None) -> str:
    found = connection.execute("SELECT path FROM folder WHERE id = ?", (folder,)).get
    return from_text(found) if found is not None else ""


@lru_cache
def _guess(ending: str) -> Kind:
    kind = (mimetypes.guess_type(f"file.{ending}")[0] or "").partition("/")[0]
    return "photo" if kind == "image" else "video" if kind == "video" else "document"

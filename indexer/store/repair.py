"""Mending an index, as far as it can be: the least that helps, first."""
# ruff: noqa: S608 - the parts put into queries are names of our own, never a person's text

from contextlib import closing, suppress
from pathlib import Path

import apsw

from indexer.errors import UserError
from indexer.store import check, migrations, saved, vectors
from indexer.store.database import Database, connect, fetch

_DAMAGED = (apsw.CorruptError, apsw.NotADBError)
_KEPT = ".damaged-"


def repair(path: Path) -> Path | None:
    """Make the index sound again. Nobody else has it open.

    Returns:
        The damaged file, kept beside the index, when a new one had to be made of what could be read of it.

    Raises:
        UserError: the disk is full, or not even its tables can be read.
    """
    damaged = None
    if not _is_whole(path):
        damaged = _salvage(path)
    database = Database.open(path)
    try:
        with database.write() as connection:
            check.mend(connection)
    finally:
        database.close()
    return damaged


def may_help(error: UserError) -> bool:
    """Whether `repair` may, as this is about the file itself or the disk below it."""
    return isinstance(error.__cause__, (*_DAMAGED, apsw.IOError))


def _is_whole(path: Path) -> bool:
    """Whether the file itself is, perhaps after making its indexes anew."""
    try:
        database = Database.open(path)
    except UserError as error:
        if isinstance(error.__cause__, _DAMAGED):
            return False
        raise
    try:
        with database.write() as connection:
            if not check.damage(connection):
                return True
            fetch(connection, "REINDEX")
            check.rebuild_words(connection)
        with database.read() as connection:
            return not check.damage(connection)
    except UserError:
        return False
    finally:
        database.close()


def _salvage(path: Path) -> Path:
    draft = path.with_name(path.name + ".new")
    _delete(draft)
    try:
        _write(path, draft)
    except BaseException:
        _delete(draft)  # it may be what fills the disk
        raise
    kept = _free_name(path)
    path.replace(kept)
    for end in ("-wal", "-shm"):
        log = path.with_name(path.name + end)
        if log.exists():
            log.replace(kept.with_name(kept.name + end))
    draft.replace(path)
    return kept


def _delete(draft: Path) -> None:
    for end in ("", "-wal", "-shm"):
        draft.with_name(draft.name + end).unlink(missing_ok=True)


def _write(path: Path, draft: Path) -> None:
    """A new index of what can be read of a damaged one."""
    Database.open(draft).close()
    try:
        with closing(connect(path, readonly=True)) as old, closing(connect(draft, readonly=False)) as new:
            new.execute("PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE")
            _copy(old, new)
            check.rebuild_words(new)
            new.execute("COMMIT")
    except _DAMAGED as error:
        raise UserError(
            f"The index {path} is too damaged to be mended: bring back a backup with `sightline restore`, or "
            "move it away and index your folders again; your own files are untouched."
        ) from error
    except apsw.FullError as error:
        raise UserError(
            f"There is no room for a mended index beside {path}: free some space on this disk and try again; "
            "the damaged one is as it was."
        ) from error


def _copy(old: apsw.Connection, new: apsw.Connection) -> None:
    if migrations.version_of(old) != migrations.VERSION:
        raise apsw.CorruptError
    new.execute("DELETE FROM setting")
    tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE TABLE%'"
    for (table,) in fetch(new, tables):
        if not table.startswith(("name_", "text_", "sqlite_", "segment")):
            _copy_table(old, new, table)
    edge = _copy_table(old, new, "segment")
    for (space,) in fetch(new, "SELECT id FROM space"):
        vectors.create(new, space)
        _copy_table(old, new, f"fine_{space}")
    # Segments of one content lie side by side: of these the last ones may be lost, of others even the first
    suspects = """SELECT content_id FROM segment WHERE id = ?
        UNION SELECT id FROM content WHERE id NOT IN (SELECT content_id FROM segment)"""
    check.take_out(new, [id for (id,) in fetch(new, suspects, (edge,))])
    saved.take_back(new)


def _copy_table(old: apsw.Connection, new: apsw.Connection, table: str) -> int | None:
    """Every row that can be reached from either end. Returns the key of the last before a damaged place."""
    columns = [name for _, name, *_ in fetch(new, f"PRAGMA table_info({table})")]
    line = f"INSERT OR IGNORE INTO {table} VALUES ({', '.join('?' * len(columns))})"
    last = None
    for order in ("", " DESC"):  # by the first column, the primary key of every table of ours
        rows = f"SELECT {', '.join(columns)} FROM {table} ORDER BY {columns[0]}{order}"
        try:
            for row in old.execute(rows):
                with suppress(apsw.ConstraintError):  # its bytes are no such row any more
                    new.execute(line, row)
                last = last if order else row[0]
        except (apsw.CorruptError, apsw.IOError):
            continue
        return last if order else None
    return last


def delete_kept(path: Path) -> None:
    """Delete the damaged ones that `repair` put aside, with the logs beside them."""
    for kept in path.parent.glob(f"{path.name}{_KEPT}*"):
        kept.unlink(missing_ok=True)


def _free_name(path: Path) -> Path:
    number = 1
    while (kept := path.with_name(f"{path.name}{_KEPT}{number}")).exists():
        number += 1
    return kept

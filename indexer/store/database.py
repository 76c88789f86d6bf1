"""The one SQLite file: opening it, transactions, and what can go wrong with it in plain sentences."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

import apsw
import sqlite_vec

from indexer.errors import IndexTooNew, UserError
from indexer.store import migrations
from indexer.store.path_text import natural_name

Value: TypeAlias = str | int | float | bytes | None
"""What SQLite holds."""

BUSY_MS = 30_000
CACHE_KIB, READER_CACHE_KIB = 65_536, 16_384
"""A search reads rows all over the file, which the system's own cache holds as well."""
PAGE_BYTES = 16_384
"""Seven fine codes of 2,048 components and int8 fill one; in pages of 4 KiB each would leave half empty."""


class Database:
    """One connection. Safe to share between threads, which then take turns; a search wants its own.

    Writers use `write()`, everything else `read()`. Both may be nested: the outermost decides when the
    work becomes visible, and an error inside a nested `write()` undoes that part alone.
    """

    def __init__(self, path: Path, connection: apsw.Connection, readonly: bool) -> None:
        self.path = path
        self.readonly = readonly
        self._connection = connection
        self._lock = threading.RLock()

    @classmethod
    def open(cls, path: Path, readonly: bool = False) -> "Database":
        """Open the index, making or migrating it where needed.

        Raises:
            IndexTooNew: written by a newer program.
            UserError: not there (readonly only), no index, damaged, or not accessible.
        """
        if readonly and (not path.exists() or path.stat().st_size == 0):
            raise UserError(
                "Nothing is indexed yet in this data directory: start with `sightline index FOLDER`."
            )
        with _plain_errors(path):
            connection = connect(path, readonly)
            try:
                if not _is_current(connection, path):
                    if readonly:
                        cls.open(path).close()
                    else:
                        _make_current(connection)
            except BaseException:
                connection.close()
                raise
        return cls(path, connection, readonly)

    def close(self) -> None:
        """Close the connection; the last one to close folds the log into the file. Idempotent."""
        with self._lock, _plain_errors(self.path):
            self._connection.close()

    @contextmanager
    def read(self) -> Iterator[apsw.Connection]:
        """Several reads that see one state of the index."""
        with self._lock, _plain_errors(self.path):
            if self._connection.in_transaction:
                yield self._connection
                return
            with _transaction(self._connection, "BEGIN", "COMMIT", "ROLLBACK"):
                yield self._connection

    @contextmanager
    def write(self) -> Iterator[apsw.Connection]:
        """All of it or nothing."""
        with self._lock, _plain_errors(self.path):
            if self._connection.in_transaction:
                words = ("SAVEPOINT part", "RELEASE part", "ROLLBACK TO part; RELEASE part")
            else:
                words = ("BEGIN IMMEDIATE", "COMMIT", "ROLLBACK")
            with _transaction(self._connection, *words):
                yield self._connection

    @contextmanager
    def alone(self) -> Iterator[apsw.Connection]:
        """For the few statements that refuse to run inside a transaction."""
        with self._lock, _plain_errors(self.path):
            yield self._connection


def fetch(connection: apsw.Connection, query: str, values: tuple[Value, ...] = ()) -> list[tuple[Any, ...]]:
    """All rows of a query."""
    return connection.execute(query, values).fetchall()


def state(connection: apsw.Connection) -> tuple[int, int]:
    """Another one when something has changed, by this connection or any other."""
    return int(connection.execute("PRAGMA data_version").get), connection.total_changes()


@contextmanager
def _transaction(connection: apsw.Connection, begin: str, commit: str, rollback: str) -> Iterator[None]:
    connection.execute(begin)
    try:
        yield
        connection.execute(commit)
    except BaseException:
        # A full disk makes SQLite roll back by itself; a second attempt would hide the reason.
        if connection.in_transaction:
            connection.execute(rollback)
        raise


def connect(path: Path, readonly: bool) -> apsw.Connection:
    """A connection as every one here is set up, whatever the file holds."""
    flags = apsw.SQLITE_OPEN_READONLY if readonly else apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE
    if readonly and _is_at_rest(path):
        connection = apsw.Connection(f"{path.as_uri()}?immutable=1", flags=flags | apsw.SQLITE_OPEN_URI)
    else:
        connection = apsw.Connection(str(path), flags=flags)
    connection.set_busy_timeout(BUSY_MS)
    connection.enable_load_extension(True)
    connection.load_extension(sqlite_vec.loadable_path())
    connection.enable_load_extension(False)
    connection.create_scalar_function("natural_name", _natural_name, 1, deterministic=True)
    for setting in (
        "synchronous = NORMAL",
        "foreign_keys = ON",
        f"cache_size = -{READER_CACHE_KIB if readonly else CACHE_KIB}",
        "temp_store = MEMORY",
        "secure_delete = ON",  # what is excluded or forgotten is overwritten
    ):
        fetch(connection, f"PRAGMA {setting}")
    return connection


def _is_at_rest(path: Path) -> bool:
    """Whether nobody writes to it, or could: even to read, SQLite makes files beside it otherwise."""
    return not (os.access(path.parent, os.W_OK) or path.with_name(f"{path.name}-wal").exists())


def _natural_name(*values: Value) -> Value:
    return natural_name(str(values[0]))


def _is_current(connection: apsw.Connection, path: Path) -> bool:
    """Whether the file has the newest schema; raises when it is none of ours or too new."""
    version = migrations.version_of(connection)
    application = connection.execute("PRAGMA application_id").get
    empty = connection.execute("SELECT count(*) FROM sqlite_schema").get == 0
    if not empty and application != migrations.APPLICATION_ID:
        raise UserError(
            f"{path} is not a Sightline index: move it away, or choose another folder with --data-dir."
        )
    if version > migrations.VERSION:
        raise IndexTooNew(
            "This index was written by a newer Sightline: update Sightline, or choose another folder with "
            "--data-dir."
        )
    return not empty and version == migrations.VERSION


def _make_current(connection: apsw.Connection) -> None:
    if migrations.version_of(connection) == 0:
        # Only possible before the first table: later they would need the whole file to be rewritten.
        connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
        connection.execute("PRAGMA journal_mode = WAL")
        with _transaction(connection, "BEGIN IMMEDIATE", "COMMIT", "ROLLBACK"):
            if migrations.version_of(connection) == 0:
                migrations.create(connection)
    migrations.migrate(connection)


@contextmanager
def _plain_errors(path: Path) -> Iterator[None]:
    """What the person can do something about, in a sentence; everything else is a bug and passes."""
    try:
        yield
    except apsw.FullError as error:
        raise UserError(
            f"The disk is full: free some space on the disk that holds {path.parent}, so that indexing can "
            "go on. What is already indexed is kept."
        ) from error
    except (apsw.CorruptError, apsw.NotADBError) as error:
        raise UserError(
            f"The index {path} is damaged or no Sightline index: mend it with `sightline check --repair`, or "
            "move it away and index your folders again; your own files are untouched."
        ) from error
    except (apsw.CantOpenError, apsw.ReadOnlyError, apsw.PermissionsError) as error:
        raise UserError(
            f"The index {path} cannot be opened for writing: check that the folder exists and that you may "
            "write there, or choose another folder with --data-dir."
        ) from error
    except (apsw.BusyError, apsw.LockedError) as error:
        raise UserError(f"Another program keeps the index {path} locked: close it and try again.") from error
    except apsw.IOError as error:
        raise UserError(
            f"The disk that holds {path.parent} reports an error: check the disk and its "
            "connection, then try again."
        ) from error

"""Saved searches: rows of the table `setting`, one JSON object each, so that they go with the index.

A standing search remembers the last file that was there when somebody looked, and the last content that had
been read; what came, or was read, later and matches is new. Nothing has to run meanwhile, and nothing is
missed.
"""

import json
from dataclasses import asdict, replace

import apsw
import msgspec

from indexer.messages.saved_messages import SavedSearch
from indexer.messages.search_messages import Search
from indexer.store.database import Database, fetch

_LAST = ("SELECT max(id) FROM file", "SELECT max(id) FROM content")
_PREFIX = "search:"
_AFTER = "search;"


class SavedSearchRows:
    """The saved searches of one index."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> tuple[SavedSearch, ...]:
        """By name."""
        with self._database.read() as connection:
            return _rows(connection)

    def save(self, name: str, search: Search, standing: bool) -> None:
        """Keep a search under a name, in place of one that had it."""
        with self._database.write() as connection:
            _write(connection, SavedSearch(name, search, standing, *_last(connection)))

    def forget(self, name: str) -> None:
        """A name that is not there does no harm."""
        with self._database.write() as connection:
            connection.execute("DELETE FROM setting WHERE key = ?", (_PREFIX + name,))

    def last(self) -> tuple[int, int]:
        """The numbers of the last file and of the last content, for `looked`."""
        with self._database.read() as connection:
            return _last(connection)

    def looked(self, name: str, last: tuple[int, int] | None = None) -> None:
        """What matches this standing search now, or matched when there was the `last`, is new no more."""
        with self._database.write() as connection:
            seen, read = last or _last(connection)
            for one in _rows(connection):
                if one.name == name:
                    _write(connection, replace(one, seen=seen, read=read))


def take_back(connection: apsw.Connection) -> None:
    """After contents went, of which SQLite gives the highest numbers again, or an index was made anew, where
    that may happen to files as well: what gets such a number is new."""
    file, content = _last(connection)
    connection.execute(
        """UPDATE setting SET value = json_set(value,
            '$.seen', min(json_extract(value, '$.seen'), ?1),
            '$.read', min(json_extract(value, '$.read'), ?2))
        WHERE key >= ?3 AND key < ?4
            AND (json_extract(value, '$.seen') > ?1 OR json_extract(value, '$.read') > ?2)""",
        (file, content, _PREFIX, _AFTER),
    )


def _rows(connection: apsw.Connection) -> tuple[SavedSearch, ...]:
    found = fetch(
        connection, "SELECT value FROM setting WHERE key >= ? AND key < ? ORDER BY key", (_PREFIX, _AFTER)
    )
    return tuple(msgspec.convert(json.loads(value), SavedSearch) for (value,) in found)


def _write(connection: apsw.Connection, one: SavedSearch) -> None:
    connection.execute(
        "INSERT INTO setting (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2",
        (_PREFIX + one.name, json.dumps(asdict(one))),
    )


def _last(connection: apsw.Connection) -> tuple[int, int]:
    file, content = (int(connection.execute(query).get or 0) for query in _LAST)
    return file, content

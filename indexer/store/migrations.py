"""From any older schema to the newest, one numbered step at a time.

`schema.sql` always is the newest; a step `n` is what leads from version n to n + 1, and stays as it is when
later versions come. Each step runs in a
transaction of its own together with the version number, so a crash or a full disk in the middle leaves
the index as it was before that step. A database of every released version is kept among the tests and
migrated there.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias

import apsw

from indexer.store.versions import (
    to_version_2,
    to_version_3,
    to_version_4,
    to_version_5,
    to_version_6,
    to_version_7,
)

Step: TypeAlias = Callable[[apsw.Connection], None]

VERSION = 7
APPLICATION_ID = 0x51677421  # tells our files from other programs' SQLite files
SCHEMA = Path(__file__).with_name("schema.sql").read_text("utf-8")
STEPS: Mapping[int, Step] = {
    1: to_version_2.step,
    2: to_version_3.step,
    3: to_version_4.step,
    4: to_version_5.step,
    5: to_version_6.step,
    6: to_version_7.step,
}


def create(connection: apsw.Connection) -> None:
    """The newest schema in an empty database. The caller holds the transaction."""
    connection.execute(SCHEMA)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {VERSION}")


def version_of(connection: apsw.Connection) -> int:
    """The schema version; 0 for an empty database."""
    return int(connection.execute("PRAGMA user_version").get)


def migrate(connection: apsw.Connection, steps: Mapping[int, Step] = STEPS, to: int = VERSION) -> None:
    """Bring an older database to version `to`. Raises KeyError when a step is missing (a bug)."""
    while (version := version_of(connection)) < to:
        connection.execute("BEGIN IMMEDIATE")
        try:
            if version_of(connection) == version:  # another process may have been quicker
                steps[version](connection)
                connection.execute(f"PRAGMA user_version = {version + 1}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise

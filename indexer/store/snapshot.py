"""A copy of an index as it is at one moment, made beside whoever writes to it."""

from collections.abc import Callable
from pathlib import Path

import apsw

from indexer.errors import UserError
from indexer.store.database import Database

_PAGES_AT_ONCE = 1000


def copy(source: Path, target: Path, on_progress: Callable[[float], None] = lambda share: None) -> None:
    """Copy the index to a new file, which has no log beside it and needs none.

    Args:
        on_progress: gets the share that is done, 0..1.

    Raises:
        UserError: the index is damaged or cannot be read, or there is no room for the copy.
    """
    database = Database.open(source, readonly=True)
    try:
        # Within one reading transaction: else the copy would begin anew whenever the engine writes
        with database.read() as connection:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()
            _copy(connection, target, on_progress)
    finally:
        database.close()


def _copy(connection: apsw.Connection, target: Path, on_progress: Callable[[float], None]) -> None:
    made = apsw.Connection(str(target))
    try:
        with made.backup("main", connection, "main") as copying:
            while not copying.done:
                copying.step(_PAGES_AT_ONCE)
                on_progress(1 - copying.remaining / max(1, copying.page_count))
        damage = made.execute("PRAGMA quick_check(1)").get
        if damage != "ok":
            raise UserError(f"The index is damaged ({damage}): run `sightline check --repair` first.")
    except apsw.FullError as error:
        raise UserError(
            f"There is no room for the copy in {target.parent}: free some space or choose another place."
        ) from error
    finally:
        made.close()

"""What the person asked of the work in the background: pausing, and hurrying.

Kept in the index, so that it survives a restart and that the command line can ask it of an engine that runs:
it looks here every second or two.
"""

import time
from dataclasses import dataclass

from indexer.store.database import Database, fetch
from indexer.store.folders import IS_PAUSED
from indexer.store.path_text import from_text, to_text

PAUSED, HURRY = "paused", "hurry"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What holds now.

    Attributes:
        paused: all work. until: when that ends by itself, seconds since the epoch; None when it does not.
        folders: those that are paused, and until when, as `until`.
        hurry: no waiting for other programs until everything is done.
    """

    paused: bool = False
    until: float | None = None
    folders: tuple[tuple[str, float | None], ...] = ()
    hurry: bool = False


class WishRows:
    """The wishes in one index."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def now(self) -> Wishes:
        """Those whose time is not over."""
        with self._database.read() as connection:
            kept = dict(
                fetch(connection, "SELECT key, value FROM setting WHERE key IN (?, ?)", (PAUSED, HURRY))
            )
            folders = fetch(
                connection,
                f"SELECT path, paused_until FROM folder WHERE {IS_PAUSED} ORDER BY path",  # noqa: S608 - a constant
            )
        until = float(kept[PAUSED]) if kept.get(PAUSED) else None
        paused = PAUSED in kept and (until is None or until > time.time())
        each = tuple((from_text(path), ends) for path, ends in folders)
        return Wishes(paused, until if paused else None, each, HURRY in kept)

    def pause(self, folder: str = "", until: float | None = None) -> None:
        """All work, or that on one folder; ends by itself at `until`, seconds since the epoch."""
        with self._database.write() as connection:
            if folder:
                connection.execute(
                    "UPDATE folder SET paused = 1, paused_until = ? WHERE path = ?", (until, to_text(folder))
                )
                return
            text = "" if until is None else repr(until)
            connection.execute("DELETE FROM setting WHERE key = ?", (HURRY,))
            connection.execute("INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)", (PAUSED, text))

    def resume(self, folder: str = "") -> None:
        """All work, or that on one folder; folders that were paused one by one stay so."""
        with self._database.write() as connection:
            if folder:
                connection.execute(
                    "UPDATE folder SET paused = 0, paused_until = NULL WHERE path = ?", (to_text(folder),)
                )
            else:
                connection.execute("DELETE FROM setting WHERE key = ?", (PAUSED,))

    def hurry(self, on: bool) -> None:
        """Whoever is in a hurry does not want a pause either."""
        with self._database.write() as connection:
            connection.execute("DELETE FROM setting WHERE key IN (?, ?)", (HURRY, PAUSED if on else HURRY))
            if on:
                connection.execute("INSERT INTO setting (key, value) VALUES (?, '')", (HURRY,))

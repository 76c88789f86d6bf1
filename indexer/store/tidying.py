"""Room that deletions left: given back to the disk, or overwritten at once."""

from indexer.store import overview, repair, vectors, words
from indexer.store.database import Database, fetch

REBUILD_SHARE = 0.2
"""Removed rows, as a share of the present ones, from which on writing the search tables anew pays."""


def scrub(database: Database) -> None:
    """Let nothing of what was deleted remain, in portions, between which others can write.

    What was kept of a damaged index goes as a whole, as nothing can be deleted in it.
    """
    repair.delete_kept(database.path)
    with database.write() as connection:
        words.begin_merging(connection)
    while True:
        with database.write() as connection:
            if not words.merge(connection):
                break
    with database.alone() as connection:
        for step in ("incremental_vacuum", "wal_checkpoint(TRUNCATE)"):
            fetch(connection, f"PRAGMA {step}")


def tidy(database: Database) -> None:
    """Write the search tables anew when that pays, and shorten the file."""
    with database.read() as connection:
        counts = overview.counts(connection)
    with database.write() as connection:
        removed = int(connection.execute("SELECT value FROM setting WHERE key = 'removed'").get)
        if removed > REBUILD_SHARE * (counts.files + counts.segments):
            for (space,) in fetch(connection, "SELECT id FROM space"):
                vectors.rebuild(connection, space)
            words.rebuild(connection)
            connection.execute("UPDATE setting SET value = '0' WHERE key = 'removed'")
    with database.alone() as connection:
        for step in ("incremental_vacuum", "optimize", "wal_checkpoint(TRUNCATE)"):
            fetch(connection, f"PRAGMA {step}")

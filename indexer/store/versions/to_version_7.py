"""From version 6 to 7: lists by name and by size are read along an index, not sorted anew each time."""

import apsw

_CHANGES = """
ALTER TABLE file ADD COLUMN sorts_as TEXT NOT NULL DEFAULT '';
UPDATE file SET sorts_as = natural_name(path);
CREATE INDEX file_by_name ON file (kind, sorts_as);
DROP INDEX file_by_size;
CREATE INDEX file_by_size ON file (kind, size);
"""


def step(connection: apsw.Connection) -> None:
    """Every file gets what its name is sorted by."""
    connection.execute(_CHANGES)

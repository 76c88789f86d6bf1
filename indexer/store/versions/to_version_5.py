"""From version 4 to 5: files are found by what the disk calls them, and disks inside a folder can be away."""

import apsw

_CHANGES = """
ALTER TABLE unreadable ADD COLUMN volume_name TEXT NOT NULL DEFAULT '';
ALTER TABLE unreadable ADD COLUMN seen_at REAL NOT NULL DEFAULT 0;
CREATE INDEX file_by_inode ON file (inode);
CREATE INDEX unreadable_disk ON unreadable (folder_id) WHERE volume_name <> '';
"""


def step(connection: apsw.Connection) -> None:
    """No disk is away yet, as far as is known; the next look at each folder finds out."""
    connection.execute(_CHANGES)

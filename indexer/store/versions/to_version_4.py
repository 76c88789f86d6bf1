"""From version 3 to 4: disks that come and go, pauses, what is left out, two passes, parts of pictures."""

import apsw

_CHANGES = """
ALTER TABLE folder ADD COLUMN paused INTEGER NOT NULL DEFAULT 0 CHECK (paused IN (0, 1));
ALTER TABLE folder ADD COLUMN paused_until REAL;
ALTER TABLE folder ADD COLUMN volume TEXT NOT NULL DEFAULT '';
ALTER TABLE folder ADD COLUMN volume_name TEXT NOT NULL DEFAULT '';
ALTER TABLE folder ADD COLUMN below TEXT NOT NULL DEFAULT '';
ALTER TABLE folder ADD COLUMN offline INTEGER NOT NULL DEFAULT 0 CHECK (offline IN (0, 1));
ALTER TABLE folder ADD COLUMN seen_at REAL NOT NULL DEFAULT 0;
ALTER TABLE unreadable ADD COLUMN ignored INTEGER NOT NULL DEFAULT 0 CHECK (ignored IN (0, 1));
ALTER TABLE content ADD COLUMN pass TEXT NOT NULL DEFAULT 'sharp' CHECK (pass IN ('quick', 'sharp'));
ALTER TABLE file ADD COLUMN cloud INTEGER NOT NULL DEFAULT 0 CHECK (cloud IN (0, 1));
ALTER TABLE file ADD COLUMN ignored INTEGER NOT NULL DEFAULT 0 CHECK (ignored IN (0, 1));
ALTER TABLE space ADD COLUMN state TEXT NOT NULL DEFAULT 'current' CHECK (state IN ('current', 'building'));
ALTER TABLE segment ADD COLUMN box TEXT;
CREATE TABLE excluded (
    path TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
CREATE TABLE forgotten (
    mark BLOB PRIMARY KEY
) STRICT, WITHOUT ROWID;
CREATE INDEX content_to_sharpen ON content (id) WHERE pass = 'quick';
CREATE INDEX file_waiting_by_moment ON file (moment) WHERE state = 'pending';
"""


def step(connection: apsw.Connection) -> None:
    """What is there was looked at sharply; nothing is paused, left out or ignored yet."""
    connection.execute(_CHANGES)

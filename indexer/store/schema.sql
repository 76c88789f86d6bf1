-- The index, version 6. Only changed together with migrations.py; see __init__.py for the reasons.

-- What belongs to the index itself. removed: rows taken out of the word and vector tables since the last tidying.
CREATE TABLE setting (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO setting (key, value) VALUES ('removed', '0');

-- What the person asked to be indexed. A folder with a problem is unplugged or forbidden, never empty.
-- paused: for a time or, without paused_until (seconds since the epoch), until resumed.
-- volume: the id of the disk it lies on, "" if that has none; volume_name: what a person calls that disk;
-- below: the folder's path on it, wherever it is mounted. offline: it is not connected.
-- seen_at: when the folder was last there, seconds since the epoch.
CREATE TABLE folder (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    problem TEXT NOT NULL DEFAULT '',
    paused INTEGER NOT NULL DEFAULT 0 CHECK (paused IN (0, 1)),
    paused_until REAL,
    volume TEXT NOT NULL DEFAULT '',
    volume_name TEXT NOT NULL DEFAULT '',
    below TEXT NOT NULL DEFAULT '',
    offline INTEGER NOT NULL DEFAULT 0 CHECK (offline IN (0, 1)),
    seen_at REAL NOT NULL DEFAULT 0
) STRICT;

-- Files and folders the person took out of the index for good; for a folder all that is in it.
CREATE TABLE excluded (
    path TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- Files the person had forgotten, which stay out until they change: digests of path, size and time, because of
-- a forgotten file not even its name is kept.
CREATE TABLE forgotten (
    mark BLOB PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- Places below a folder that the last scan could not enter. volume_name: of the disk that belongs there and is
-- not connected, else ''; seen_at: when it was last there.
CREATE TABLE unreadable (
    path TEXT PRIMARY KEY,
    folder_id INTEGER NOT NULL REFERENCES folder (id) ON DELETE CASCADE,
    reason TEXT NOT NULL,
    ignored INTEGER NOT NULL DEFAULT 0 CHECK (ignored IN (0, 1)),
    volume_name TEXT NOT NULL DEFAULT '',
    seen_at REAL NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX unreadable_disk ON unreadable (folder_id) WHERE volume_name <> '';

-- One row per distinct bytes: files with the same hash share it. taken: ISO 8601, with a zone if it is recorded.
-- about: all else that its metadata says and words should find (caption, keywords). rating: 1 to 5 stars.
-- pass: whether its vectors are of a first, quick look or as sharp as the settings ask for.
-- complete: false while more may be seen in it, once that is wanted or possible (catch_up.py).
CREATE TABLE content (
    id INTEGER PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('photo', 'screenshot', 'video', 'document')),
    width INTEGER,
    height INTEGER,
    duration_s REAL,
    pages INTEGER,
    taken TEXT,
    camera TEXT,
    lens TEXT,
    latitude REAL,
    longitude REAL,
    place TEXT,
    rating INTEGER,
    title TEXT,
    author TEXT,
    about TEXT NOT NULL DEFAULT '',
    pass TEXT NOT NULL DEFAULT 'sharp' CHECK (pass IN ('quick', 'sharp')),
    complete INTEGER NOT NULL DEFAULT 1 CHECK (complete IN (0, 1))
) STRICT;
CREATE INDEX content_to_sharpen ON content (id) WHERE pass = 'quick';
CREATE INDEX content_incomplete ON content (kind) WHERE complete = 0;
CREATE INDEX content_by_duration ON content (duration_s) WHERE duration_s IS NOT NULL;
CREATE INDEX content_by_camera ON content (camera) WHERE camera IS NOT NULL;
CREATE INDEX content_by_lens ON content (lens) WHERE lens IS NOT NULL;
CREATE INDEX content_by_place ON content (place) WHERE place IS NOT NULL;
CREATE INDEX content_by_rating ON content (rating) WHERE rating IS NOT NULL;

-- One row per path. kind is a guess from the name until the content is known.
-- device and inode are unsigned 64-bit numbers kept in SQLite's signed ones.
-- extension: lower case, without the dot. moment: when it was taken, else changed (moments.py).
-- cloud: its present bytes are not on this computer and were not read.
-- ignored: the person does not want to hear of its problem any more.
-- sorts_as: its name as lists by name compare it (path_text.natural_name).
CREATE TABLE file (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    extension TEXT NOT NULL,
    folder_id INTEGER REFERENCES folder (id),
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    moment INTEGER NOT NULL,
    device INTEGER NOT NULL,
    inode INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('photo', 'screenshot', 'video', 'document')),
    state TEXT NOT NULL CHECK (state IN ('pending', 'done', 'failed', 'skipped')),
    attempts INTEGER NOT NULL DEFAULT 0,
    reason TEXT NOT NULL DEFAULT '',
    content_id INTEGER REFERENCES content (id),
    cloud INTEGER NOT NULL DEFAULT 0 CHECK (cloud IN (0, 1)),
    ignored INTEGER NOT NULL DEFAULT 0 CHECK (ignored IN (0, 1)),
    sorts_as TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX file_by_state ON file (folder_id, state);
CREATE INDEX file_by_content ON file (content_id) WHERE content_id IS NOT NULL;
CREATE INDEX file_by_moment ON file (kind, moment);
CREATE INDEX file_by_extension ON file (extension);
CREATE INDEX file_by_size ON file (kind, size);
CREATE INDEX file_by_name ON file (kind, sorts_as);
CREATE INDEX file_by_inode ON file (inode);
CREATE INDEX file_waiting ON file (id) WHERE state = 'pending';
CREATE INDEX file_waiting_by_moment ON file (moment) WHERE state = 'pending';

-- What is embedded and found. An id never comes back, so that nobody takes a new segment for an old one.
-- preview_times: JSON list of seconds, clips only. ocr: words read off its pixels. box: NULL for all of a
-- picture, for a part of it a JSON list of left, top, width and height as shares.
CREATE TABLE segment (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    content_id INTEGER NOT NULL REFERENCES content (id),
    ordinal INTEGER NOT NULL,
    type TEXT NOT NULL CHECK (type IN ('image', 'clip', 'page', 'text')),
    start_s REAL,
    end_s REAL,
    page INTEGER,
    preview_times TEXT NOT NULL DEFAULT '[]',
    text TEXT NOT NULL DEFAULT '',
    ocr TEXT NOT NULL DEFAULT '',
    box TEXT,
    UNIQUE (content_id, ordinal)
) STRICT;
CREATE INDEX segment_part ON segment (content_id) WHERE box IS NOT NULL;

-- Who made the vectors and how they are kept (`vectors.Form`). Each space owns two tables made on the fly:
-- `fine_<id>` and `coarse_<id>_<generation>`. additions, removals: counted, so that a reader sees what changed.
-- state: a space that is being built beside the current one answers nothing yet.
CREATE TABLE space (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    embedder TEXT NOT NULL,
    dimension INTEGER NOT NULL,
    preparation TEXT NOT NULL,
    kept INTEGER NOT NULL,
    precision TEXT NOT NULL CHECK (precision IN ('float16', 'int8')),
    generation INTEGER NOT NULL DEFAULT 1,
    additions INTEGER NOT NULL DEFAULT 0,
    removals INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL DEFAULT 'current' CHECK (state IN ('current', 'building'))
) STRICT;

-- Words, by file id and by segment id. Without content of their own: the text lives in file, segment and content.
-- about: title, author, place and the rest of what is said about a content, with its first segment.
CREATE VIRTUAL TABLE name_word USING fts5 (
    name, folders,
    content = '', contentless_delete = 1, tokenize = 'trigram remove_diacritics 1'
);
CREATE VIRTUAL TABLE name_term USING fts5vocab (name_word, 'row');
CREATE VIRTUAL TABLE text_word USING fts5 (
    text, ocr, about,
    content = '', contentless_delete = 1, tokenize = 'trigram remove_diacritics 1'
);
CREATE VIRTUAL TABLE text_term USING fts5vocab (text_word, 'row');

-- Pictures that may hold words. lines: NULL until they are read, then a JSON list of text, left, top, width and
-- height each, the latter as shares of the picture.
CREATE TABLE reading (
    segment_id INTEGER PRIMARY KEY REFERENCES segment (id) ON DELETE CASCADE,
    lines TEXT
) STRICT;
CREATE INDEX reading_waiting ON reading (segment_id) WHERE lines IS NULL;

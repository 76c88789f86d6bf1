-- From version 1: metadata of contents, what filters look at, words off pixels. Vectors stay as they are.

DROP INDEX file_by_state;
DROP INDEX file_by_content;
DROP INDEX file_by_age;
DROP INDEX file_waiting;
DROP TABLE text_term;
DROP TABLE text_word;
ALTER TABLE content RENAME TO content_1;
ALTER TABLE file RENAME TO file_1;
ALTER TABLE segment RENAME TO segment_1;

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
    about TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX content_by_duration ON content (duration_s) WHERE duration_s IS NOT NULL;
CREATE INDEX content_by_camera ON content (camera) WHERE camera IS NOT NULL;
CREATE INDEX content_by_lens ON content (lens) WHERE lens IS NOT NULL;
CREATE INDEX content_by_place ON content (place) WHERE place IS NOT NULL;
CREATE INDEX content_by_rating ON content (rating) WHERE rating IS NOT NULL;

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
    content_id INTEGER REFERENCES content (id)
) STRICT;
CREATE INDEX file_by_state ON file (folder_id, state);
CREATE INDEX file_by_content ON file (content_id) WHERE content_id IS NOT NULL;
CREATE INDEX file_by_moment ON file (kind, moment);
CREATE INDEX file_by_extension ON file (extension);
CREATE INDEX file_by_size ON file (size);
CREATE INDEX file_waiting ON file (id) WHERE state = 'pending';

CREATE TABLE segment (
    id INTEGER PRIMARY KEY,
    content_id INTEGER NOT NULL REFERENCES content (id),
    ordinal INTEGER NOT NULL,
    type TEXT NOT NULL CHECK (type IN ('image', 'clip', 'page', 'text')),
    start_s REAL,
    end_s REAL,
    page INTEGER,
    preview_times TEXT NOT NULL DEFAULT '[]',
    text TEXT NOT NULL DEFAULT '',
    ocr TEXT NOT NULL DEFAULT '',
    UNIQUE (content_id, ordinal)
) STRICT;

CREATE VIRTUAL TABLE text_word USING fts5 (
    text, ocr, about,
    content = '', contentless_delete = 1, tokenize = 'trigram remove_diacritics 1'
);
CREATE VIRTUAL TABLE text_term USING fts5vocab (text_word, 'row');

INSERT INTO content (id, hash, kind, width, height, duration_s, pages, taken)
SELECT id, hash, kind, width, height, duration_s, pages, taken FROM content_1;

INSERT INTO file (
    id, path, extension, folder_id, size, mtime_ns, moment, device, inode, kind, state, attempts, reason, content_id
)
SELECT file_1.id, path, extension_of(path), folder_id, size, mtime_ns, moment_of(mtime_ns, taken), device, inode,
    file_1.kind, state, attempts, reason, content_id
FROM file_1 LEFT JOIN content_1 ON content_1.id = content_id;

INSERT INTO segment (id, content_id, ordinal, type, start_s, end_s, page, preview_times, text)
SELECT id, content_id, ordinal, type, start_s, end_s, page, preview_times, text FROM segment_1;

INSERT INTO text_word (rowid, text, ocr, about) SELECT id, searchable(text) || '  ', '', '' FROM segment WHERE text <> '';

DROP TABLE segment_1;
DROP TABLE file_1;
DROP TABLE content_1;

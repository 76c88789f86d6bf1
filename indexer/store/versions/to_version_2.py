"""From version 1: metadata of contents, what filters look at, words off pixels, vectors in another form."""
# ruff: noqa: S608 - the parts put into queries are names of our own, never a person's text

from collections.abc import Callable, Mapping
from typing import Any

import apsw
import numpy as np

from indexer.store import codes, moments
from indexer.store.path_text import extension, searchable

_AT_ONCE = 1000
_PLAIN = """
DROP INDEX file_by_state;
DROP INDEX file_by_content;
DROP INDEX file_by_age;
DROP INDEX file_waiting;
DROP TABLE text_term;
DROP TABLE text_word;
ALTER TABLE content RENAME TO content_1;
ALTER TABLE file RENAME TO file_1;
ALTER TABLE segment RENAME TO segment_1;
ALTER TABLE space RENAME TO space_1;

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
    UNIQUE (content_id, ordinal)
) STRICT;

CREATE TABLE space (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    embedder TEXT NOT NULL,
    dimension INTEGER NOT NULL,
    preparation TEXT NOT NULL,
    kept INTEGER NOT NULL,
    precision TEXT NOT NULL CHECK (precision IN ('float16', 'int8')),
    generation INTEGER NOT NULL DEFAULT 1,
    additions INTEGER NOT NULL DEFAULT 0,
    removals INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE VIRTUAL TABLE text_word USING fts5 (
    text, ocr, about,
    content = '', contentless_delete = 1, tokenize = 'trigram remove_diacritics 1'
);
CREATE VIRTUAL TABLE text_term USING fts5vocab (text_word, 'row');

INSERT INTO content (id, hash, kind, width, height, duration_s, pages, taken)
SELECT id, hash, kind, width, height, duration_s, pages, taken FROM content_1;

INSERT INTO file (
    id, path, extension, folder_id, size, mtime_ns, moment, device, inode, kind, state, attempts, reason,
    content_id
)
SELECT file_1.id, path, extension_of(path), folder_id, size, mtime_ns, moment_of(mtime_ns, taken), device,
    inode, file_1.kind, state, attempts, reason, content_id
FROM file_1 LEFT JOIN content_1 ON content_1.id = content_id;

INSERT INTO segment (id, content_id, ordinal, type, start_s, end_s, page, preview_times, text)
SELECT id, content_id, ordinal, type, start_s, end_s, page, preview_times, text FROM segment_1;

INSERT INTO text_word (rowid, text, ocr, about)
SELECT id, searchable(text) || '  ', '', '' FROM segment WHERE text <> '';

DROP TABLE segment_1;
DROP TABLE file_1;
DROP TABLE content_1;
"""


def step(connection: apsw.Connection) -> None:
    """The caller holds the transaction."""
    functions: Mapping[str, Callable[..., str | int]] = {
        "extension_of": extension,
        "moment_of": moments.of_file,
        "searchable": searchable,
    }
    for name, function in functions.items():
        connection.create_scalar_function(name, function)
    connection.execute("PRAGMA defer_foreign_keys = ON")
    connection.execute(_PLAIN)
    for space, embedder, dimension, preparation, generation in _rows(
        connection, "SELECT id, embedder, dimension, preparation, generation FROM space_1"
    ):
        precision: codes.Precision = "int8" if dimension >= 1024 else "float16"
        connection.execute(
            "INSERT INTO space (id, embedder, dimension, preparation, kept, precision) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (space, embedder, dimension, preparation, dimension, precision),
        )
        connection.execute(
            f"DROP TABLE coarse_{space}_{generation};"
            f"CREATE VIRTUAL TABLE coarse_{space}_1 USING vec0 "
            f"(kind TEXT PARTITION KEY, content INTEGER, code BIT[{codes.coarse_bits(dimension)}]);"
            f"ALTER TABLE fine_{space} RENAME TO fine_before;"
            f"CREATE TABLE fine_{space} (segment_id INTEGER PRIMARY KEY, code BLOB NOT NULL) STRICT"
        )
        _turn_vectors(connection, space, precision)
        connection.execute("DROP TABLE fine_before")
    connection.execute("DROP TABLE space_1")


def _turn_vectors(connection: apsw.Connection, space: int, precision: codes.Precision) -> None:
    last = 0
    while rows := _rows(
        connection,
        "SELECT segment_id, kind, content_id, vector "
        "FROM fine_before JOIN segment ON segment.id = segment_id "
        "WHERE segment_id > ? ORDER BY segment_id LIMIT ?",
        (last, _AT_ONCE),
    ):
        last = rows[-1][0]
        halves = np.frombuffer(b"".join(row[3] for row in rows), np.float16).reshape(len(rows), -1)
        embeddings = halves.astype(np.float32)
        embeddings /= np.linalg.norm(embeddings, axis=1, keepdims=True)
        connection.executemany(
            f"INSERT INTO fine_{space} (segment_id, code) VALUES (?, ?)",
            (
                (row[0], code.tobytes())
                for row, code in zip(rows, codes.fine(embeddings, precision), strict=True)
            ),
        )
        connection.executemany(
            f"INSERT INTO coarse_{space}_1 (rowid, kind, content, code) VALUES (?, ?, ?, vec_bit(?))",
            ((*row[:3], code.tobytes()) for row, code in zip(rows, codes.coarse(embeddings), strict=True)),
        )


def _rows(connection: apsw.Connection, query: str, values: tuple[int, ...] = ()) -> list[tuple[Any, ...]]:
    return connection.execute(query, values).fetchall()

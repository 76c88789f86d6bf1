"""Vectors of one space: added, removed, compared with a query.

Two tables per space, both by segment id:

* `fine_<id>`: fine codes (codes.py) in a plain table. Every score that leaves the store comes from them.
* `coarse_<id>_<generation>`: coarse codes in a sqlite-vec table partitioned by kind. They say which of many
  fine codes are worth reading (neighbours.py).
"""
# ruff: noqa: S608 - the parts put into queries are names of our own, never a person's text

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import apsw
import numpy as np
from numpy.typing import NDArray

from indexer.kinds import Kind
from indexer.settings import Vectors
from indexer.store import codes
from indexer.store.codes import Precision
from indexer.store.database import fetch

INT8_FROM = 1024
"""Components from which on int8 is precise enough to be the default: its rounding adds 0.0002 to a cosine."""

_PARTS: Mapping[Vectors, int] = {"exact": 1, "whole": 1, "half": 2, "quarter": 4}

Found: TypeAlias = tuple[NDArray[np.int64], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Form:
    """How an index keeps its vectors, chosen once per index.

    Attributes:
        kept: the first so many components (Matryoshka), scaled to unit length again.
        precision: of the fine code.
    """

    kept: int
    precision: Precision

    @classmethod
    def of(cls, dimension: int, wish: Vectors = "whole") -> "Form":
        """As a person wishes it, of vectors of this dimension: int8 where there are many components."""
        kept = max(1, dimension // _PARTS[wish])
        return cls(kept, "int8" if dimension >= INT8_FROM and wish != "exact" else "float16")


def create(connection: apsw.Connection, space: int) -> None:
    """The two tables of a new space."""
    connection.execute(
        f"CREATE TABLE fine_{space} (segment_id INTEGER PRIMARY KEY, code BLOB NOT NULL) STRICT"
    )
    _create_coarse(connection, space)


def drop(connection: apsw.Connection, space: int) -> None:
    """Both tables, with every vector."""
    connection.execute(f"DROP TABLE fine_{space}; DROP TABLE {coarse_table(connection, space)}")


def form(connection: apsw.Connection, space: int) -> Form:
    """As it is written in the index."""
    [(kept, precision)] = fetch(connection, "SELECT kept, precision FROM space WHERE id = ?", (space,))
    return Form(kept, precision)


def add(
    connection: apsw.Connection,
    space: int,
    kind: Kind,
    contents: Sequence[int],
    ids: Sequence[int],
    embeddings: NDArray[np.float32],
) -> None:
    """Vectors `[n, dimension]` of unit length for `n` segments, each of one of the contents.

    Raises:
        ValueError: they are not that.
    """
    dimension = connection.execute("SELECT dimension FROM space WHERE id = ?", (space,)).get
    if embeddings.shape != (len(ids), dimension) or not np.isfinite(embeddings).all():
        raise ValueError(f"vectors {embeddings.shape} do not fit {len(ids)} segments, or are not finite")
    add_many(connection, space, [(id, kind, of) for id, of in zip(ids, contents, strict=True)], embeddings)


def add_many(
    connection: apsw.Connection,
    space: int,
    segments: Sequence[tuple[int, Kind, int]],
    embeddings: NDArray[np.float32],
) -> None:
    """Vectors `[n, kept or more]` of unit length for `n` segments: (id, kind, content) each."""
    kept = form(connection, space)
    coarse, fine = codes.both(cut(embeddings, kept), kept.precision)
    connection.executemany(
        f"INSERT INTO fine_{space} (segment_id, code) VALUES (?, ?)",
        ((id, row.tobytes()) for (id, *_), row in zip(segments, fine, strict=True)),
    )
    add_coarse(connection, space, segments, coarse)


def add_coarse(
    connection: apsw.Connection,
    space: int,
    segments: Sequence[tuple[int, Kind, int]],
    coarse: NDArray[np.uint8],
) -> None:
    """Coarse codes `[n, bytes]` of `n` segments: (id, kind, content) each."""
    connection.executemany(
        f"INSERT INTO {coarse_table(connection, space)} (rowid, kind, content, code) "
        "VALUES (?, ?, ?, vec_bit(?))",
        ((*segment, row.tobytes()) for segment, row in zip(segments, coarse, strict=True)),
    )
    connection.execute("UPDATE space SET additions = additions + 1 WHERE id = ?", (space,))


def remove(connection: apsw.Connection, ids: Sequence[int]) -> None:
    """Take segments out of every space. Ids without a vector are fine."""
    for (space,) in fetch(connection, "SELECT id FROM space"):
        present = [
            id
            for (id,) in fetch(
                connection,
                f"SELECT segment_id FROM fine_{space} WHERE segment_id IN (SELECT value FROM json_each(?))",
                (json.dumps(list(ids)),),
            )
        ]
        for table, key in ((f"fine_{space}", "segment_id"), (coarse_table(connection, space), "rowid")):
            connection.executemany(f"DELETE FROM {table} WHERE {key} = ?", ((id,) for id in present))
        connection.execute("UPDATE space SET removals = removals + 1 WHERE id = ?", (space,))


def count(connection: apsw.Connection, space: int) -> int:
    """How many vectors there are. Told by the small table of coarse codes: the fine ones are gigabytes."""
    return int(connection.execute(f"SELECT count(*) FROM {coarse_table(connection, space)}_rowids").get)


def cut_query(
    connection: apsw.Connection, space: int, query: NDArray[np.float32]
) -> tuple[NDArray[np.float32], Precision]:
    """What is kept of a query `[dimension]`, and how. Raises ValueError when it is not one finite vector."""
    [(dimension, kept, precision)] = fetch(
        connection, "SELECT dimension, kept, precision FROM space WHERE id = ?", (space,)
    )
    if query.shape != (dimension,) or not np.isfinite(query).all():
        raise ValueError(f"a query {query.shape} does not fit {dimension} components, or is not finite")
    [short] = cut(query[None], Form(kept, precision))
    return short, precision


def cut(embeddings: NDArray[np.float32], kept: Form) -> NDArray[np.float32]:
    """The components that are kept of vectors `[n, dimension]`, of unit length."""
    if embeddings.shape[1] == kept.kept:
        return embeddings
    short = embeddings[:, : kept.kept]
    length = np.linalg.norm(short, axis=1, keepdims=True)
    unit: NDArray[np.float32] = short / np.maximum(length, np.finfo(np.float32).tiny)
    return unit


def similarities(
    connection: apsw.Connection, space: int, query: NDArray[np.float32], ids: Sequence[int]
) -> Found:
    """Cosines of a query `[dimension]` with just these segments; those without a vector are left out.

    Raises:
        ValueError: the query is not one finite vector of the space's dimension.
    """
    short, precision = cut_query(connection, space, query)
    rows = fetch(
        connection,
        f"SELECT segment_id, code FROM fine_{space} WHERE segment_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    found = np.frombuffer(b"".join(code for _, code in rows), np.uint8)
    found = found.reshape(len(rows), codes.fine_bytes(len(short), precision))
    scores = codes.similarities(found, short, precision)
    return np.array([id for id, _ in rows], np.int64), scores


def of_wholes(connection: apsw.Connection, content_ids: Sequence[int]) -> dict[int, NDArray[np.float32]]:
    """What is kept of the vector `[kept]` of each content's first segment, as far as there is one."""
    space = connection.execute("SELECT max(id) FROM space WHERE state = 'current'").get
    if space is None:
        return {}
    kept = form(connection, space)
    rows = fetch(
        connection,
        f"SELECT content_id, code FROM segment JOIN fine_{space} ON segment_id = segment.id "
        "WHERE ordinal = 0 AND content_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(content_ids)),),
    )
    found = np.frombuffer(b"".join(code for _, code in rows), np.uint8)
    found = found.reshape(len(rows), codes.fine_bytes(kept.kept, kept.precision))
    return {
        content: vector
        for (content, _), vector in zip(rows, codes.restored(found, kept.precision), strict=True)
    }


def whole(connection: apsw.Connection, space: int) -> Found:
    """All segment ids `[n]` and their vectors float32 `[n, kept]`, as exact as the index keeps them."""
    kept = form(connection, space)
    rows = fetch(connection, f"SELECT segment_id, code FROM fine_{space}")
    found = np.frombuffer(b"".join(code for _, code in rows), np.uint8)
    found = found.reshape(len(rows), codes.fine_bytes(kept.kept, kept.precision))
    return np.array([id for id, _ in rows], np.int64), codes.restored(found, kept.precision)


def rebuild(connection: apsw.Connection, space: int) -> None:
    """Write both tables anew, without the room of deleted rows.

    sqlite-vec uses such room again only in a table's last chunk, and a plain table's pages stay half full.
    The coarse table gets a new name: sqlite-vec 0.1.9 breaks when one is renamed.
    """
    connection.execute(
        f"ALTER TABLE fine_{space} RENAME TO fine_before;"
        f"CREATE TABLE fine_{space} (segment_id INTEGER PRIMARY KEY, code BLOB NOT NULL) STRICT;"
        f"INSERT INTO fine_{space} SELECT segment_id, code FROM fine_before ORDER BY segment_id;"
        "DROP TABLE fine_before"
    )
    old = coarse_table(connection, space)
    connection.execute("UPDATE space SET generation = generation + 1 WHERE id = ?", (space,))
    _create_coarse(connection, space)
    connection.execute(
        f"INSERT INTO {coarse_table(connection, space)} (rowid, kind, content, code) "
        f"SELECT rowid, kind, content, vec_bit(code) FROM {old};"
        f"DROP TABLE {old}"
    )


def _create_coarse(connection: apsw.Connection, space: int) -> None:
    bits = codes.coarse_bits(form(connection, space).kept)
    connection.execute(
        f"CREATE VIRTUAL TABLE {coarse_table(connection, space)} USING vec0 "
        f"(kind TEXT PARTITION KEY, content INTEGER, code BIT[{bits}])"
    )


def coarse_table(connection: apsw.Connection, space: int) -> str:
    """The name of the coarse table."""
    generation = connection.execute("SELECT generation FROM space WHERE id = ?", (space,)).get
    return f"coarse_{space}_{generation}"

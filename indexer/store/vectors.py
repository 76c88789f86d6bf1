"""Vectors of one space: added, removed, and the nearest found.

Two tables per space, both by segment id:

* `fine_<id>`: float16, 2 bytes per dimension, in a plain table. Every score that leaves
  this file comes from it.
* `coarse_<id>_<generation>`: 2,048 bits or more in a sqlite-vec table partitioned by kind. It says which of
  many fine vectors are worth reading.

The bits are the signs of the vector after a fixed random rotation (Hadamard transforms with sign flips:
the rotation costs no memory and comes out the same everywhere), because signs of raw dimensions say
little when a model uses some of them much more than others.
"""
# ruff: noqa: S608 - the parts put into queries are names of our own, never a person's text

import hashlib
import json
from collections.abc import Sequence
from functools import lru_cache

import apsw
import numpy as np
from numpy.typing import NDArray

from indexer.protocol import Kind
from indexer.store.database import fetch
from indexer.store.filters import Filters, condition

EXACT_BYTES = 16 * 2**20
"""Fine vectors that are simply all read and compared: 4,096 of 2,048 dimensions, 32,768 of 256."""
MAXIMUM_CANDIDATES = 4096
"""Coarse candidates per kind; also the most that sqlite-vec returns."""
NOISE = 2.0
"""How many standard deviations of the coarse distance a true neighbour may seem farther than it is."""
MINIMUM_BITS = 2048
"""Bits of a coarse code even where the vectors have fewer dimensions."""
CODE = "float16, signs of a Hadamard rotation"

Found = tuple[NDArray[np.int64], NDArray[np.float32]]


def create(connection: apsw.Connection, space: int, dimension: int, generation: int = 1) -> None:
    """The two tables of a new space."""
    connection.execute(
        f"CREATE TABLE fine_{space} "
        "(segment_id INTEGER PRIMARY KEY, kind TEXT NOT NULL, vector BLOB NOT NULL) STRICT;"
        f"CREATE INDEX fine_{space}_by_kind ON fine_{space} (kind)"
    )
    _create_coarse(connection, space, dimension, generation)


def drop(connection: apsw.Connection, space: int) -> None:
    """Both tables, with every vector."""
    connection.execute(f"DROP TABLE fine_{space}; DROP TABLE {_coarse(connection, space)}")


def add(
    connection: apsw.Connection, space: int, kind: Kind, ids: Sequence[int], embeddings: NDArray[np.float32]
) -> None:
    """Vectors `[n, dimension]` of unit length for `n` segments. Raises ValueError when they are not that."""
    if embeddings.shape != (len(ids), _dimension(connection, space)) or not np.isfinite(embeddings).all():
        raise ValueError(f"vectors {embeddings.shape} do not fit {len(ids)} segments, or are not finite")
    fine = embeddings.astype(np.float16)
    connection.executemany(
        f"INSERT INTO fine_{space} (segment_id, kind, vector) VALUES (?, ?, ?)",
        ((id, kind, row.tobytes()) for id, row in zip(ids, fine, strict=True)),
    )
    codes = signs(embeddings)
    connection.executemany(
        f"INSERT INTO {_coarse(connection, space)} (rowid, kind, code) VALUES (?, ?, vec_bit(?))",
        ((id, kind, row.tobytes()) for id, row in zip(ids, codes, strict=True)),
    )


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
        for table, key in ((f"fine_{space}", "segment_id"), (_coarse(connection, space), "rowid")):
            connection.executemany(f"DELETE FROM {table} WHERE {key} = ?", ((id,) for id in present))


def count(connection: apsw.Connection, space: int) -> int:
    """How many vectors there are."""
    return int(connection.execute(f"SELECT count(*) FROM fine_{space}").get)


def nearest(
    connection: apsw.Connection, space: int, query: NDArray[np.float32], k: int, filters: Filters
) -> Found:
    """The `k` nearest segments of each kind among those of files that fit.

    Per kind, because the scores of different kinds are not comparable: passages would push every
    photo out of one common list. Returned by falling score, all kinds together.

    Args:
        query: `[dimension]`, unit length.

    Returns:
        Segment ids and cosine similarities.
    """
    chosen = filters.possible_kinds
    room = EXACT_BYTES // (2 * len(query))
    total = int(
        connection.execute(
            f"SELECT count(*) FROM (SELECT 1 FROM fine_{space} "
            "WHERE kind IN (SELECT value FROM json_each(?)) LIMIT ?)",
            (json.dumps(chosen), room + 1),
        ).get
    )
    found = []
    for kind in chosen:
        if not filters.only_kinds:
            ids, scores = similarities(connection, space, query, _fitting(connection, filters, kind))
        elif total <= room:
            ids, scores = _scores(connection, space, query, "kind = ?", kind)
        else:
            candidates = _candidates(connection, space, query, k, kind)
            ids, scores = similarities(connection, space, query, candidates)
        best = np.argsort(-scores, kind="stable")[:k]
        found.append((ids[best], scores[best]))
    ids = np.concatenate([np.zeros(0, np.int64), *(ids for ids, _ in found)])
    scores = np.concatenate([np.zeros(0, np.float32), *(scores for _, scores in found)])
    order = np.argsort(-scores, kind="stable")
    return ids[order], scores[order]


def similarities(
    connection: apsw.Connection, space: int, query: NDArray[np.float32], ids: Sequence[int]
) -> Found:
    """Cosine similarities of just these segments; those without a vector are left out."""
    where = "segment_id IN (SELECT value FROM json_each(?))"
    return _scores(connection, space, query, where, json.dumps(list(ids)))


def rebuild(connection: apsw.Connection, space: int) -> None:
    """Write the coarse table anew, because sqlite-vec does not use the room of deleted rows again.

    Under a new name: sqlite-vec 0.1.9 breaks when such a table is renamed.
    """
    old = _coarse(connection, space)
    connection.execute("UPDATE space SET generation = generation + 1 WHERE id = ?", (space,))
    generation = int(connection.execute("SELECT generation FROM space WHERE id = ?", (space,)).get)
    _create_coarse(connection, space, _dimension(connection, space), generation)
    connection.execute(
        f"INSERT INTO {_coarse(connection, space)} (rowid, kind, code) "
        f"SELECT rowid, kind, vec_bit(code) FROM {old};"
        f"DROP TABLE {old}"
    )


def signs(vectors: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Coarse codes `[n, bytes]` of vectors `[n, dimension]`."""
    width = _width(vectors.shape[1])
    rotated = np.zeros((len(vectors), width), np.float32)
    rotated[:, : vectors.shape[1]] = vectors
    for flips in _flips(width):
        rotated *= flips
        step = 1
        while step < width:  # the fast Walsh-Hadamard transform
            pairs = rotated.reshape(len(vectors), -1, 2, step)
            rotated = np.stack((pairs[:, :, 0] + pairs[:, :, 1], pairs[:, :, 0] - pairs[:, :, 1]), 2)
            rotated = rotated.reshape(len(vectors), width)
            step *= 2
        rotated /= np.float32(width**0.5)
    return np.packbits(rotated > 0, axis=1)


def _candidates(
    connection: apsw.Connection, space: int, query: NDArray[np.float32], k: int, kind: Kind
) -> list[int]:
    """Segments whose coarse code leaves open that they are among the `k` nearest.

    The k-th coarse distance, widened by the noise of such distances, bounds a second scan. A bound
    makes sqlite-vec many times faster than an equally large k.
    """
    code = signs(query[None])[0].tobytes()
    scan = (
        f"SELECT rowid, distance FROM {_coarse(connection, space)} "
        "WHERE code MATCH vec_bit(?) AND kind = ? AND k = ?"
    )
    first = fetch(connection, scan, (code, kind, min(k, MAXIMUM_CANDIDATES)))
    if len(first) < k:
        return [id for id, _ in first]
    bits, farthest = 8 * len(code), max(distance for _, distance in first)
    share = min(farthest / bits, 0.5)
    bound = farthest + NOISE * (bits * share * (1 - share)) ** 0.5
    found = fetch(connection, scan + " AND distance <= ?", (code, kind, MAXIMUM_CANDIDATES, bound))
    return [id for id, _ in found]


def _fitting(connection: apsw.Connection, filters: Filters, kind: Kind) -> list[int]:
    """Segments of this kind that fit."""
    where, values = condition(connection, filters)
    found = fetch(
        connection,
        "SELECT segment.id FROM segment WHERE content_id IN (SELECT content_id FROM file "
        f"JOIN content ON content.id = content_id WHERE file.kind = ? AND state <> 'skipped' AND {where})",
        (kind, *values),
    )
    return [id for (id,) in found]


def _scores(
    connection: apsw.Connection, space: int, query: NDArray[np.float32], where: str, value: str
) -> Found:
    rows = fetch(connection, f"SELECT segment_id, vector FROM fine_{space} WHERE {where}", (value,))
    ids = np.array([id for id, _ in rows], np.int64)
    fine = np.frombuffer(b"".join(vector for _, vector in rows), np.float16).reshape(len(rows), len(query))
    return ids, fine.astype(np.float32) @ query


def _create_coarse(connection: apsw.Connection, space: int, dimension: int, generation: int) -> None:
    connection.execute(
        f"CREATE VIRTUAL TABLE coarse_{space}_{generation} USING vec0 "
        f"(kind TEXT PARTITION KEY, code BIT[{_width(dimension)}])"
    )


def _coarse(connection: apsw.Connection, space: int) -> str:
    generation = connection.execute("SELECT generation FROM space WHERE id = ?", (space,)).get
    return f"coarse_{space}_{generation}"


def _dimension(connection: apsw.Connection, space: int) -> int:
    return int(connection.execute("SELECT dimension FROM space WHERE id = ?", (space,)).get)


def _width(dimension: int) -> int:
    """Bits per coarse code: a power of two, for the transform."""
    return max(MINIMUM_BITS, 1 << (dimension - 1).bit_length())


@lru_cache(maxsize=4)
def _flips(width: int) -> NDArray[np.float32]:
    """Three rows of signs `[3, width]`, the same on every machine and for ever."""
    stream = hashlib.shake_256(b"the rotation before the coarse code").digest(3 * width // 8)
    bits = np.unpackbits(np.frombuffer(stream, np.uint8)).reshape(3, width)
    return (1 - 2 * bits.astype(np.float32)).astype(np.float32)

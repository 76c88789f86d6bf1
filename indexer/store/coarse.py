"""The coarse codes of one space, in memory for as long as a search may come.

sqlite-vec keeps them, partitioned by kind, in chunks of 1,024: a table of chunks with the ids in each and
which places are taken, a table with one blob of codes per chunk, and one with a blob of the `content`
column. A `Mirror` reads those blobs whole, which is far faster than row by row (1 M codes in 0.3 s), and
afterwards only the chunks that changed.
"""
# ruff: noqa: S608 - the parts put into queries are names of our own, never a person's text

from collections.abc import Iterator
from dataclasses import dataclass, field

import apsw
import numpy as np
from numpy.typing import NDArray

from indexer.kinds import Kind
from indexer.store.codes import coarse_bits
from indexer.store.database import fetch
from indexer.store.scan import FAR, Codes, Mask, distances

CHUNK = 1024
"""Codes per chunk of sqlite-vec."""
BLOCK_CHUNKS = 64
"""Chunks side by side in memory: halves of 2,048 bits fill 8 MB then. From 4 MB on numpy asks for large
pages, which a quarter less of the time goes into reading."""
SAMPLED = 64
"""Of so many distances one is looked at first: ten times quicker than counting all of them."""


@dataclass(slots=True)
class _Block:
    """Room for some chunks. `ids` are segments, 0 where there is none (`live`); `contents` theirs.

    Of each code the first half of the words is in `first`, the others in `rest`.
    """

    ids: NDArray[np.int64]
    live: Mask
    contents: NDArray[np.int64]
    first: Codes
    rest: Codes


@dataclass(slots=True)
class _Part:
    """One kind. `places`: chunk id to (block, first row)."""

    blocks: list[_Block] = field(default_factory=list)
    places: dict[int, tuple[_Block, int]] = field(default_factory=dict)
    free: list[tuple[_Block, int]] = field(default_factory=list)


class Mirror:
    """What the coarse table of a space held at the last `refresh`.

    Attributes:
        halves: words of each half of a code.
    """

    def __init__(self, space: int, dimension: int) -> None:
        self._space = space
        words = coarse_bits(dimension) // 64
        self.halves = words // 2, words - words // 2
        self._state = (0, 0, 0)
        self._parts: dict[Kind, _Part] = {}

    def refresh(self, connection: apsw.Connection) -> None:
        """Bring it up to date; costs nothing when nothing changed. The caller holds the transaction."""
        [state] = fetch(
            connection, "SELECT generation, removals, additions FROM space WHERE id = ?", (self._space,)
        )
        if state == self._state:
            return
        generation, removals, _ = state
        table = f"coarse_{self._space}_{generation}"
        since = 0
        if generation != self._state[0]:
            self._parts.clear()
        elif removals == self._state[1]:
            # Only the last chunk of each kind grows.
            since = min((max(part.places) for part in self._parts.values() if part.places), default=0)
        self._state = (0, 0, 0)  # should reading fail half-way, everything is read again
        chunks = fetch(
            connection,
            f"SELECT chunk_id, partition00, validity, rowids FROM {table}_chunks WHERE chunk_id >= ?",
            (since,),
        )
        present = {chunk for chunk, *_ in chunks}
        # room is used again in the last chunk of a kind, perhaps by the same segment with another vector
        reused = {kind: max(part.places.keys() & present, default=0) for kind, part in self._parts.items()}
        for chunk, kind, taken, ids in chunks:
            live = np.unpackbits(np.frombuffer(taken, np.uint8), bitorder="little").astype(bool)
            now = np.where(live, np.frombuffer(ids, np.int64), 0)
            self._update(connection, table, chunk, kind, now, chunk >= reused.get(kind, 0))
        for part in self._parts.values():
            for chunk in [chunk for chunk in part.places if chunk >= since and chunk not in present]:
                block, row = part.places.pop(chunk)
                block.ids[row : row + CHUNK] = 0
                block.live[row : row + CHUNK] = False
                part.free.append((block, row))
        self._state = state

    def count(self, kind: Kind) -> int:
        """How many codes there are."""
        return sum(int(np.count_nonzero(block.live)) for block in self._blocks(kind))

    def nearest(
        self,
        kind: Kind,
        planes: Codes,
        k: int,
        margin: int,
        rough: int,
        few: int,
        at_most: int,
        contents: Mask | None,
    ) -> NDArray[np.int64]:
        """Segments whose codes lie nearest to a query, in no order.

        Args:
            margin: a segment stays a candidate if it is farther than the `k`-th by no more than this,
            at_most: unless there are more (equally far ones aside).
            rough: the same by the first halves of the codes alone; of the others the rest is not read.
            few: where there are no more than this, all are candidates.
            contents: by content id, which to look at; None for all.
        """
        blocks = list(self._blocks(kind))
        if not blocks:
            return np.zeros(0, np.int64)
        masks = [_mask(block, contents) for block in blocks]
        fitting = int(sum(map(np.count_nonzero, masks)))
        if fitting <= few:
            return np.concatenate([block.ids[mask] for block, mask in zip(blocks, masks, strict=True)])
        first, rest = map(np.ascontiguousarray, np.split(planes, self.halves[:1], axis=1))
        found = distances([(block.first, mask) for block, mask in zip(blocks, masks, strict=True)], first)
        near = np.flatnonzero(found <= min(_place(found, k) + rough, FAR - 1))
        rows = _by_block(near, len(blocks))
        others, end = np.empty((len(near), self.halves[1]), np.uint64), 0
        for block, here in zip(blocks, rows, strict=True):
            np.take(block.rest, here, axis=0, out=others[end : (end := end + len(here))])
        left = found[near] + distances([(others, np.ones(len(others), bool))], rest)
        last = min(_place(left, k) + margin, _place(left, at_most))
        chosen = _by_block(near[left <= last], len(blocks))
        return np.concatenate([block.ids[here] for block, here in zip(blocks, chosen, strict=True)])

    def _blocks(self, kind: Kind) -> Iterator[_Block]:
        yield from self._parts[kind].blocks if kind in self._parts else ()

    def _update(
        self,
        connection: apsw.Connection,
        table: str,
        chunk: int,
        kind: Kind,
        ids: NDArray[np.int64],
        reused: bool,
    ) -> None:
        part = self._parts.setdefault(kind, _Part())
        if chunk not in part.places:
            if not part.free:
                self._grow(part)
            part.places[chunk] = part.free.pop()
        block, row = part.places[chunk]
        rows = slice(row, row + CHUNK)
        if reused or np.any((ids != block.ids[rows]) & (ids > 0)):
            query = "SELECT vectors, data FROM {0}_vector_chunks00 AS v JOIN {0}_metadatachunks00 AS m "
            [(codes, contents)] = fetch(
                connection, query.format(table) + "ON m.rowid = v.rowid WHERE v.rowid = ?", (chunk,)
            )
            read = np.frombuffer(codes, np.uint64).reshape(CHUNK, -1)
            block.first[rows], block.rest[rows] = np.split(read, self.halves[:1], axis=1)
            block.contents[rows] = np.frombuffer(contents, np.int64)
        block.ids[rows] = ids
        block.live[rows] = ids > 0

    def _grow(self, part: _Part) -> None:
        rows = BLOCK_CHUNKS * CHUNK
        first, rest = (np.zeros((rows, words), np.uint64) for words in self.halves)
        block = _Block(np.zeros(rows, np.int64), np.zeros(rows, bool), np.zeros(rows, np.int64), first, rest)
        part.blocks.append(block)
        part.free += [(block, row) for row in reversed(range(0, rows, CHUNK))]


def _place(distances: NDArray[np.uint16], k: int) -> int:
    """The distance of the `k`-th nearest; `FAR` when there are not so many."""
    if len(distances) < k:
        return FAR
    sample = distances[::SAMPLED]
    if len(sample) >= k:  # so many at least are no farther than this, and not many more
        distances = distances[np.flatnonzero(distances <= np.partition(sample, k - 1)[k - 1])]
    return int(np.partition(distances, k - 1)[k - 1])


def _by_block(rows: NDArray[np.int64], blocks: int) -> list[NDArray[np.int64]]:
    """Rising rows of all blocks, one after the other, as rows of each."""
    size = BLOCK_CHUNKS * CHUNK
    parts = np.split(rows, np.searchsorted(rows, np.arange(size, blocks * size, size)))
    return [part - place * size for place, part in enumerate(parts)]


def _mask(block: _Block, contents: Mask | None) -> Mask:
    if contents is None:
        return block.live
    known = np.minimum(block.contents, len(contents) - 1)
    fits: Mask = contents[known] & block.live
    return fits

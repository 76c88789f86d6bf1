"""The nearest vectors of one space: coarse codes choose the candidates, fine codes rank them."""

import json
from collections.abc import Sequence
from dataclasses import replace

import apsw
import numpy as np
from numpy.typing import NDArray

from indexer.kinds import KINDS, Kind
from indexer.messages.result_messages import SegmentType
from indexer.store import codes, scan, vectors
from indexer.store.coarse import Mirror
from indexer.store.database import Value, fetch, state
from indexer.store.filters import Filters, condition
from indexer.store.scan import Mask
from indexer.store.vectors import Form, Found

DEEPEST = 4096
"""The largest `k` that is worth asking for: more candidates per kind than anyone looks through."""
EXACT = 1000
"""Vectors of a kind that are simply all compared by their fine codes, which takes 3 ms."""
CANDIDATES = 4000
"""Of a kind at most, where everything is about equally near to a query; usually it is a few hundred."""
NOISE = 3.0
"""How many standard deviations of the coarse distance a true neighbour may seem farther than it is."""
ROUGH_NOISE = 4.5
"""The same by half of a code, where one more costs little."""


class Neighbours:
    """Answers from one space. Holds its coarse codes in memory, 280 bytes per vector of 2,048 components."""

    def __init__(self, space: int, form: Form) -> None:
        self._space = space
        self._mirror = Mirror(space, form.kept)
        self._fitting: tuple[tuple[object, ...], Mask] | None = None

    def prepare(self, connection: apsw.Connection) -> None:
        """Get ready for many searches: read the codes, and have the scan compiled if they are many."""
        self._mirror.refresh(connection)
        if sum(map(self._mirror.count, KINDS)) >= scan.LARGE:
            for words in self._mirror.halves:
                scan.make_ready(codes.PLANES, words)

    def nearest(
        self,
        connection: apsw.Connection,
        query: NDArray[np.float32],
        k: int,
        filters: Filters,
        types: Sequence[SegmentType] = (),
    ) -> Found:
        """The `k` nearest segments of each kind among those of files that fit.

        Per kind, because the scores of different kinds are not comparable: passages would push every
        photo out of one common list. Returned by falling score, all kinds together.

        Args:
            query: `[dimension]`, unit length.
            types: only segments of these, if any are named, among about the `DEEPEST` nearest of a kind. Of
                the others, which may be thousands before a good one, neither codes nor texts are read.

        Returns:
            Segment ids and cosine similarities.

        Raises:
            ValueError: the query is not one finite vector of the space's dimension.
        """
        self._mirror.refresh(connection)
        contents = None if filters.only_kinds else self._contents(connection, filters)
        short, _ = vectors.cut_query(connection, self._space, query)
        planes = codes.planes(short)
        bits = 64 * planes.shape[1]
        margin, rough = round(NOISE * codes.noise(bits)), round(ROUGH_NOISE * codes.noise(bits // 2))
        deep, at_most = (DEEPEST, 2 * DEEPEST) if types else (k, max(CANDIDATES, 4 * k))
        candidates: dict[int, Kind] = {}
        for kind in filters.possible_kinds:
            found = self._mirror.nearest(kind, planes, deep, margin, rough, EXACT, at_most, contents)
            candidates |= dict.fromkeys(found.tolist(), kind)
        if types:
            candidates = {id: candidates[id] for id in _of_types(connection, list(candidates), types)}
        ids, scores = vectors.similarities(connection, self._space, query, list(candidates))
        order = np.argsort(-scores, kind="stable")
        left = dict.fromkeys(filters.possible_kinds, k)
        best = []
        for place, id in zip(order.tolist(), ids[order].tolist(), strict=True):
            kind = candidates[id]
            if left[kind] > 0:
                left[kind] -= 1
                best.append(place)
        return ids[best], scores[best]

    def _contents(self, connection: apsw.Connection, filters: Filters) -> Mask:
        """By content id, whether a file that fits has it. The last place stands for all later ids."""
        asked = (replace(filters, kinds=()), state(connection))
        if self._fitting is not None and self._fitting[0] == asked:
            return self._fitting[1]
        where, values = condition(connection, replace(filters, kinds=()))
        mask = np.zeros(int(connection.execute("SELECT max(id) FROM content").get or 0) + 2, bool)
        mask[_numbers(connection, where, values)] = True
        self._fitting = (asked, mask)
        return mask


def _of_types(connection: apsw.Connection, ids: Sequence[int], types: Sequence[SegmentType]) -> list[int]:
    found = fetch(
        connection,
        "SELECT id FROM segment WHERE id IN (SELECT value FROM json_each(?)) "
        "AND type IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)), json.dumps(list(types))),
    )
    return [id for (id,) in found]


def _numbers(connection: apsw.Connection, where: str, values: tuple[Value, ...]) -> NDArray[np.int64]:
    """Content ids, as one text: ten times faster than a row each."""
    # Joined only where it is asked about, and then fully: SQLite may begin with an index of either table.
    content = "JOIN content ON content.id = file.content_id" if "content." in where else ""
    [(text,)] = fetch(
        connection,
        f"SELECT group_concat(file.content_id) FROM file {content} "  # noqa: S608
        f"WHERE file.content_id IS NOT NULL AND {where}",
        values,
    )
    return np.fromstring(text or "", np.int64, sep=",")

"""Every way to rank one index for one query."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from indexer.evaluation.dataset import LabelledQuery
from indexer.kinds import KINDS, Kind
from indexer.messages.result_messages import Relevance, Results
from indexer.messages.search_messages import Search
from indexer.search import fuse
from indexer.search.composing import Embedder, compose
from indexer.search.fuse import Pool
from indexer.search.pipeline import Searcher
from indexer.search.query import parse
from indexer.search.relevance import EmbedderCalibration, Form, RerankerCalibration
from indexer.search.shares import ByKind
from indexer.store.rows import FoundSegment
from models.inputs import Pixels

Coding: TypeAlias = Literal["float", "int8", "bits"]
CODINGS: tuple[Coding, ...] = ("float", "int8", "bits")
SHARES = tuple(round(0.1 * step, 1) for step in range(11))
DEPTH = 50
SMALLEST = 64
"""Dimensions a vector is cut to at least."""

Floats: TypeAlias = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Sweep:
    """One query's documents in the order of every share that one channel could have.

    Attributes:
        used: in the order of the share that counts now.
    """

    orders: Mapping[float, list[str]]
    used: list[str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One query, ranked.

    Attributes:
        kind: of the right answers; None when they are of several kinds, or there are none.
        rankings: document ids, best first, by the name of the way.
        words: by the share of the words, where they take part.
        reranker: by the share of the reranker, among the documents that it judged.
        shown: relevance of what the product lists, by document id, best first.
    """

    query: LabelledQuery
    kind: Kind | None
    rankings: dict[str, list[str]]
    words: Sweep | None = None
    reranker: Sweep | None = None
    shown: dict[str, Relevance] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scales:
    """How the models in use are read, and how much they count now."""

    embedder: EmbedderCalibration
    reranker: RerankerCalibration | None
    shares_of_words: ByKind
    shares_of_reranker: ByKind


class Vectors:
    """All vectors of an index in memory, to be cut and coded.

    Args:
        segments: with the document each belongs to. vectors: float32 `[segments, dimension]`.
    """

    def __init__(
        self, segments: Sequence[FoundSegment], documents: Sequence[Sequence[str]], vectors: Floats
    ) -> None:
        self._segments = segments
        self._documents = documents
        self._vectors = vectors
        self.dimension = vectors.shape[1] if len(vectors) else 0

    def forms(self) -> Iterator[tuple[int, Coding]]:
        """Dimensions, halved as long as they are useful, each with every coding."""
        dimension = self.dimension
        while dimension >= min(SMALLEST, self.dimension) > 0:
            for coding in CODINGS:
                yield dimension, coding
            dimension //= 2

    def ranking(
        self, query: Floats, form: Form, calibration: EmbedderCalibration, dimension: int, coding: Coding
    ) -> list[str]:
        """Documents by their best segment, on the scale that makes types of segments comparable."""
        scores = coded(self._vectors[:, :dimension], coding) @ coded(query[None, :dimension], coding)[0]
        keys = [
            (
                calibration.confidence(float(score), form, segment.type, segment.box is not None),
                float(score),
            )
            for segment, score in zip(self._segments, scores, strict=True)
        ]
        order = sorted(range(len(keys)), key=lambda at: keys[at], reverse=True)
        return list(dict.fromkeys(document for at in order for document in self._documents[at]))[:DEPTH]


def coded(vectors: Floats, coding: Coding) -> Floats:
    """Vectors `[n, d]` as they read after coding, of unit length: int8 with a scale each, or signs alone."""
    if coding == "int8":
        scale = np.maximum(np.abs(vectors).max(axis=1, keepdims=True) / 127, np.finfo(np.float32).tiny)
        vectors = np.rint(vectors / scale)
    elif coding == "bits":
        vectors = np.where(vectors > 0, np.float32(1), np.float32(-1))
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Floats = (vectors / np.maximum(length, np.finfo(np.float32).tiny)).astype(np.float32)
    return unit


def rank(
    query: LabelledQuery,
    pictures: Sequence[Pixels],
    searcher: Searcher,
    embedder: Embedder,
    vectors: Vectors,
    scales: Scales,
    documents: Mapping[str, str],
    kinds: Mapping[str, Kind],
) -> Outcome:
    """Ask one query in every way.

    Args:
        documents: document id by path. kinds: kind by document id.
    """
    request = Search(1, query.text, tuple(map(str, query.images)), limit=4 * DEPTH)
    stages = {results.stage: results for results in searcher.run(request, pictures)}
    rankings = {}
    for stage, name in (("words", "words"), ("meaning", "fused"), ("reranked", "blended")):
        if stage in stages:
            rankings[name] = list(_shown(stages[stage], documents))[:DEPTH]
    question = compose(request, parse(query.text), pictures, (), ())
    vector, _ = question.vectors(embedder.embed_queries(question.inputs))
    for dimension, coding in vectors.forms():
        whole = dimension == vectors.dimension and coding == "float"
        name = "meaning" if whole else f"meaning {dimension} {coding}"
        rankings[name] = vectors.ranking(vector, question.form, scales.embedder, dimension, coding)
    judging = None
    if "reranked" in stages and scales.reranker is not None:
        judging = by_reranker(searcher.pool, scales.reranker, scales.shares_of_reranker, documents)
        judged = judging.orders[1.0]
        rest = [document for document in rankings["fused"] if document not in judged]
        rankings["reranked"] = (judged + rest)[:DEPTH]
    last = stages[max(stages, key=lambda stage: ("words", "meaning", "reranked").index(stage))]
    right = {kinds[id] for id in query.relevant if id in kinds}
    kind = right.pop() if len(right) == 1 else None
    words = by_words(searcher.pool, scales.shares_of_words, documents)
    return Outcome(query, kind, rankings, words, judging, _shown(last, documents))


def _shown(results: Results, documents: Mapping[str, str]) -> dict[str, Relevance]:
    return {documents[hit.path]: hit.relevance for hit in results.hits if hit.path in documents}


def by_words(pool: Pool, used: ByKind, documents: Mapping[str, str]) -> Sweep | None:
    """What a search found, by the share of the words; None where they change nothing.

    Args:
        used: the shares that count now. documents: document id by path.
    """

    def order(shares: ByKind) -> list[str]:
        ranked = fuse.rank(pool, words_share=shares)
        return [documents[one.file.path] for one in ranked if one.file.path in documents][:DEPTH]

    orders = {share: order(dict.fromkeys(KINDS, share)) for share in SHARES}
    return Sweep(orders, order(used)) if orders[0.0] != orders[1.0] else None


def by_reranker(
    pool: Pool, calibration: RerankerCalibration, used: ByKind, documents: Mapping[str, str]
) -> Sweep:
    """What both models saw of what a search found, by the share of the reranker."""
    paths: dict[int, list[str]] = {}
    for file in pool.files.values():
        if file.content_id is not None and file.path in documents:
            paths.setdefault(file.content_id, []).append(documents[file.path])

    def order(share_of: Callable[[FoundSegment], float]) -> list[str]:
        best: dict[str, float] = {}
        for one in pool.candidates.values():
            if one.judged is not None:
                share = share_of(one.segment)
                mixed = (1 - share) * one.embedded + share * one.judged
                for document in paths.get(one.segment.content_id, ()):
                    best[document] = max(best.get(document, -math.inf), mixed)
        return sorted(best, key=lambda document: best[document], reverse=True)

    orders = {share: order(lambda _, share=share: share) for share in SHARES}  # type: ignore[misc]
    return Sweep(orders, order(lambda one: used.get(one.kind, calibration.share(one.type))))

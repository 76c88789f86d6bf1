"""The reranker reads query and candidate together: better than comparing vectors, and far too slow for all.

So it judges the first few, in small portions within a deadline, and its verdict is mixed with the
embedder's score (`relevance.RerankerCalibration`). What it did not look at must not profit from that: a
segment is assumed to fare as the judged one of its own file, otherwise as the judged candidates next to
it by the embedder's score. So it keeps its place among them, and a list that the reranker rejects as a
whole does not end in the candidates that were never shown to it.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.kinds import Kind
from indexer.messages.item_messages import Box
from indexer.messages.result_messages import SegmentType
from indexer.search.composing import Question
from indexer.search.fuse import Candidate, Pool, Ranked
from indexer.search.relevance import RerankerCalibration
from models.errors import UnusableInput
from models.inputs import Input

FIRST_PORTION, PORTION = 2, 8
"""Candidates per call at most: small enough to stop in time, large enough for a batch."""
FIRST_SHOWN = 10
"""Judged candidates before their order is shown for the first time: about what is seen at once."""
NEIGHBOURS = 8
"""Judged candidates that an unjudged one is compared with."""


class Reranker(Protocol):
    """What the search needs of `models.qwen3_vl.Qwen3VLReranker`."""

    @property
    def folder(self) -> Path:
        """The checkpoint, for its calibration."""

    def score(
        self, query: Input, documents: Sequence[Input], instruction: str | None = None
    ) -> NDArray[np.float32]:
        """Probabilities `[n]` that each document answers the query."""


class Previews(Protocol):
    """What the search needs of `indexer.ingest.thumbnails.PreviewCache`."""

    def thumbnail(self, content_hash: str) -> Path:
        """Where the thumbnail is, if there is one."""

    def previews(self, content_hash: str, ordinal: int) -> tuple[Path, ...]:
        """The larger pictures of a segment that exist."""

    def read_input(
        self,
        content_hash: str,
        ordinal: int,
        segment_type: SegmentType,
        times: Sequence[float],
        text: str,
        box: Box | None = None,
    ) -> Input | None:
        """The segment as a model reads it; None when its pictures are lost."""


def rerank(
    pool: Pool,
    ranked: Sequence[Ranked],
    question: Question,
    reranker: Reranker,
    calibration: RerankerCalibration,
    shares: Mapping[Kind, float],
    previews: Previews,
    stop: Callable[[], bool],
    deadline_s: float,
) -> Iterator[int]:
    """Let the reranker judge the best segment of each ranked file and set every confidence anew.

    Args:
        ranked: the files to look at, in this order; copies of one content are judged once.
        shares: the reranker's in the final confidence, by kind of file; the calibration's for the others.
        stop: asked between portions.
        deadline_s: no further portion is begun that would probably end later than this.

    Yields:
        How many candidates are judged so far, best ones first, while there are more: the order as it stands.
    """
    waiting = _best_of_each_content(ranked)
    started, judged = time.monotonic(), 0
    per_candidate = 0.0
    while waiting and not stop():
        left = deadline_s - (time.monotonic() - started)
        # The first call tells how long one takes: a slow machine must not be caught in a full portion.
        size = int(min(PORTION, left / per_candidate)) if per_candidate else FIRST_PORTION
        if left <= 0 or size < 1:
            break
        portion, waiting = waiting[:size], waiting[size:]
        begun = time.monotonic()
        judged += _judge(portion, question, reranker, calibration, previews)
        per_candidate = max(1e-6, (time.monotonic() - begun) / len(portion))
        if waiting and judged >= FIRST_SHOWN:
            _settle(pool, calibration, shares)
            yield judged
    _settle(pool, calibration, shares)


def _best_of_each_content(ranked: Sequence[Ranked]) -> list[tuple[Candidate, str]]:
    best: dict[int, tuple[Candidate, str]] = {}
    for one in ranked:
        if one.candidates and one.file.content_hash is not None:
            first = one.candidates[0]
            best.setdefault(first.segment.content_id, (first, one.file.content_hash))
    return list(best.values())


def _judge(
    portion: Sequence[tuple[Candidate, str]],
    question: Question,
    reranker: Reranker,
    calibration: RerankerCalibration,
    previews: Previews,
) -> int:
    [query] = question.asked_of_reranker
    candidates: list[Candidate] = []
    documents: list[Input] = []
    for candidate, content_hash in portion:
        part = candidate.segment
        document = previews.read_input(
            content_hash, part.pictured, part.type, part.preview_times, part.text, part.box
        )
        if document is not None:
            candidates.append(candidate)
            documents.append(document)
    while documents:
        try:
            scores = reranker.score(query, documents)
        except UnusableInput as error:
            if not 0 <= error.index < len(documents):
                raise  # the query itself
            del candidates[error.index], documents[error.index]
            continue
        for candidate, score in zip(candidates, scores, strict=True):
            candidate.judged = calibration.confidence(float(score), candidate.segment.type)
        break
    return len(documents)


def _settle(pool: Pool, calibration: RerankerCalibration, shares: Mapping[Kind, float]) -> None:
    """Final confidences: blended where judged, by the neighbours' fate where not."""
    ordered = sorted(pool.candidates.values(), key=lambda one: one.embedded, reverse=True)
    places = np.array([place for place, one in enumerate(ordered) if one.judged is not None])
    verdicts = np.array([one.judged for one in ordered if one.judged is not None])
    if not len(places):
        return
    of_content = {one.segment.content_id: one.judged for one in ordered if one.judged is not None}
    for place, one in enumerate(ordered):
        verdict = one.judged if one.judged is not None else of_content.get(one.segment.content_id)
        if verdict is None:
            nearest = np.argsort(np.abs(places - place), kind="stable")[:NEIGHBOURS]
            verdict = float(verdicts[nearest].mean())
        share = shares.get(one.segment.kind)
        one.blended = calibration.blend(one.embedded, verdict, one.segment.type, share)
        one.settle()

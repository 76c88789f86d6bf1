"""From raw scores to "strong", "possible" and "weak".

A cosine or a probability means something only for one model, one form of query and one type of segment:
equally good answers score 0.8 as passages and 0.5 as photos. So each is first put on one scale, its
*confidence*: 1/3 where a match becomes possible, 2/3 where it becomes strong. On that scale scores of
different types, and of embedder and reranker, can be compared and mixed.

The two thresholds come from `calibration.json` in the checkpoint's folder, every part of it optional:

    embedder   {"text": {"possible": 0.35, "strong": 0.5,
                         "by_type": {"text": {"possible": 0.5, "strong": 0.7}}},
                "image": {"possible": 0.6, "strong": 0.75},
                "mixed": {"possible": 0.4, "strong": 0.55}, "part": 0.05}
    reranker   {"possible": 0.3, "strong": 0.55, "by_type": {}, "weight": {"image": 0.5, "page": 0.7},
                "veto": 0.1}

"text", "image" and "mixed" are forms of the query (without "mixed": the lower of the other two);
"by_type" overrides by type of segment; "part" is by how much a part of a picture has to be nearer than the
whole, because of several parts one is always a little nearer by chance; "weight" is the reranker's share in
the final confidence; "veto" is the confidence at or below which the reranker alone decides, for one that
knows nonsense better than it orders good answers (without it: never). What the file leaves out is as below,
read off the scores that are published for the 2B checkpoints.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Literal, TypeAlias, TypeVar

import msgspec

from indexer.errors import UserError
from indexer.messages.result_messages import Relevance, SegmentType

Form: TypeAlias = Literal["text", "image", "mixed"]

POSSIBLE, STRONG = 1 / 3, 2 / 3
NAME = "calibration.json"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where a raw score starts to be possible, and strong."""

    possible: float
    strong: float

    def __post_init__(self) -> None:
        if not self.possible < self.strong < 1:
            raise ValueError("possible must be below strong, and strong below 1")

    def confidence(self, score: float) -> float:
        """0..1. Linear through both thresholds, down to 0; above strong linear to 1 at a raw score of 1."""
        if score < self.strong:
            step = self.strong - self.possible
            return max(0.0, POSSIBLE + (score - self.possible) / step / 3)
        return min(1.0, STRONG + (score - self.strong) / (1 - self.strong) / 3)


@dataclass(frozen=True, slots=True)
class Scale(Thresholds):
    """Thresholds, and others for some types of segment."""

    by_type: Mapping[str, Thresholds] = field(default_factory=dict)

    def of(self, segment_type: SegmentType) -> Thresholds:
        """The thresholds for this type."""
        return self.by_type.get(segment_type, self)


# Published scores (model card, notebooks and result files of the official repository). Text to passage:
# answers 0.70 to 0.86, next best 0.38 to 0.54, unrelated 0.11. Text to picture: the described one 0.51 to
# 0.67, similar ones 0.24 to 0.27, unrelated 0.11 to 0.13. Picture to picture: none published, provisional.
TEXT_QUERY = Scale(0.35, 0.48, {"text": Thresholds(0.50, 0.68)})
IMAGE_QUERY = Scale(0.60, 0.75, {"text": Thresholds(0.40, 0.52)})
# Reranker: answers 0.52 to 0.86, near misses 0.15 to 0.37, unrelated 0.01 to 0.15.
RERANKED = Thresholds(0.30, 0.55)
# The 2B reranker alone is slightly worse than the 2B embedder on photos (74.0 against 74.8) and video (53.2
# against 53.6), so there both count the same; on documents it is far better (83.2 against 79.2).
WEIGHT: Mapping[str, float] = {"image": 0.5, "clip": 0.5, "page": 0.7, "text": 0.7}


@dataclass(frozen=True, slots=True)
class EmbedderCalibration:
    """How to read an embedder's cosines."""

    text: Scale = TEXT_QUERY
    image: Scale = IMAGE_QUERY
    mixed: Scale | None = None
    part: float = 0.05

    def confidence(self, score: float, form: Form, segment_type: SegmentType, part: bool = False) -> float:
        """Of a cosine between a query of this form and a segment of this type, or a part of a picture."""
        if part:
            score -= self.part
        if form == "text":
            return self.text.of(segment_type).confidence(score)
        if form == "image":
            return self.image.of(segment_type).confidence(score)
        if self.mixed is not None:
            return self.mixed.of(segment_type).confidence(score)
        return max(scale.of(segment_type).confidence(score) for scale in (self.text, self.image))

    def at_least(self, least: float, form: Form) -> Callable[[SegmentType, bool, float], bool]:
        """Whether a segment of a type, or a part of a picture, with a cosine reaches this confidence."""
        return lambda type, part, score: self.confidence(score, form, type, part) >= least


@dataclass(frozen=True, slots=True)
class RerankerCalibration:
    """How to read a reranker's probabilities, and how much they count."""

    possible: float = RERANKED.possible
    strong: float = RERANKED.strong
    by_type: Mapping[str, Thresholds] = field(default_factory=dict)
    weight: Mapping[str, float] = field(default_factory=dict)
    veto: float = -1.0

    def confidence(self, score: float, segment_type: SegmentType) -> float:
        """Of a probability given to a segment of this type."""
        return Scale(self.possible, self.strong, self.by_type).of(segment_type).confidence(score)

    def share(self, segment_type: SegmentType) -> float:
        """Of this reranker in the final confidence, where nothing else was measured (shares.py)."""
        return self.weight.get(segment_type, WEIGHT[segment_type])

    def blend(
        self, embedded: float, judged: float, segment_type: SegmentType, share: float | None = None
    ) -> float:
        """The final confidence from the embedder's and the reranker's, with this share or its own."""
        if judged <= self.veto:
            return judged
        share = self.share(segment_type) if share is None else share
        return (1 - share) * embedded + share * judged


@lru_cache(maxsize=8)
def embedder_calibration(folder: Path | None) -> EmbedderCalibration:
    """Of a checkpoint folder. Raises UserError when its file is there but makes no sense."""
    return _read(folder, EmbedderCalibration)


@lru_cache(maxsize=8)
def reranker_calibration(folder: Path | None) -> RerankerCalibration:
    """Of a checkpoint folder. Raises UserError when its file is there but makes no sense."""
    return _read(folder, RerankerCalibration)


def relevance(confidence: float) -> Relevance:
    """The word for a confidence."""
    return "strong" if confidence >= STRONG else "possible" if confidence >= POSSIBLE else "weak"


def apart(wanted: float, unwanted: float) -> float:
    """The confidence that is left of a wanted candidate that may be what was excluded, too."""
    if unwanted < POSSIBLE:
        return wanted
    return wanted * (1 - unwanted)


C = TypeVar("C", EmbedderCalibration, RerankerCalibration)


def _read(folder: Path | None, kind: type[C]) -> C:
    file = folder / NAME if folder else None
    if file is None or not file.is_file():
        return kind()
    try:
        return msgspec.json.decode(file.read_bytes(), type=kind)
    except (ValueError, OSError) as error:
        raise UserError(
            f"{file} cannot be used ({error}): correct it, or delete it to use the defaults."
        ) from None

"""One question out of words, pictures, examples and what it should not be.

All that is wanted is embedded as one input, as the models were trained to read it. A part that counts more or
less than the others pulls the vector towards or away from its own: `q + (weight - 1) * part`. Examples pull
as in Rocchio's relevance feedback. What is unwanted is embedded by itself and compared with every candidate
(`fuse.Candidate.unwanted`); see __init__.py for why it is not subtracted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from indexer.messages.search_messages import Search
from indexer.search.query import Query
from indexer.search.relevance import Form
from models.inputs import Input, Pixels

FEEDBACK = 0.75
"""Weight of the mean of the examples beside a question of weight 1: Rocchio's usual beta."""

Vector: TypeAlias = NDArray[np.float32]
Vectors: TypeAlias = tuple[Vector, Vector]
"""As of `Question.vectors`."""


class Embedder(Protocol):
    """What the search needs of `models.qwen3_vl.Qwen3VLEmbedder`."""

    @property
    def name(self) -> str:
        """Whose vectors."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    @property
    def preparation(self) -> str:
        """Vectors of different preparations are not comparable."""

    @property
    def folder(self) -> Path:
        """The checkpoint, for its calibration."""

    def embed_queries(self, inputs: Sequence[Input], instruction: str | None = None) -> Vector:
        """Unit vectors `[n, dimension]`."""


@dataclass(frozen=True, slots=True)
class Question:
    """What the models are asked.

    Attributes:
        wanted: text and pictures together; empty when there are only examples.
        pulls: parts with their weight beyond 1. more: examples. unwanted: each by itself.
    """

    wanted: Input
    pulls: tuple[tuple[Input, float], ...] = ()
    more: tuple[Input, ...] = ()
    unwanted: tuple[Input, ...] = ()

    @property
    def empty(self) -> bool:
        """Nothing is looked for; what is unwanted is no question by itself."""
        return not self.asked_of_reranker

    @property
    def asked_of_reranker(self) -> tuple[Input, ...]:
        """What a candidate is held against: the question, or the first example if there is none."""
        if self.wanted.images or self.wanted.texts:
            return (self.wanted,)
        return self.more[:1]

    @property
    def form(self) -> Form:
        """How its cosines are to be read."""
        first = self.asked_of_reranker[0] if self.asked_of_reranker else self.wanted
        pictures = bool(first.images or first.clips)
        return "text" if not pictures else "mixed" if first.texts else "image"

    @property
    def inputs(self) -> list[Input]:
        """Everything to embed, in the order `vectors` takes it."""
        asked = self.asked_of_reranker if self.asked_of_reranker == (self.wanted,) else ()
        return [*asked, *(part for part, _ in self.pulls), *self.more, *self.unwanted]

    def vectors(self, embedded: Vector) -> Vectors:
        """The vector `[dimension]` to search with and those `[n, dimension]` of what is unwanted."""
        asked = len(self.inputs) - len(self.pulls) - len(self.more) - len(self.unwanted)
        parts = np.split(embedded, np.cumsum([asked, len(self.pulls), len(self.more)]))
        vector = parts[0].sum(axis=0)
        for (_, weight), pull in zip(self.pulls, parts[1], strict=True):
            vector = vector + np.float32(weight) * pull
        if len(parts[2]):
            vector = vector + np.float32(FEEDBACK if asked else 1.0) * parts[2].mean(axis=0)
        length = float(np.linalg.norm(vector))
        none = parts[0][0] if asked else vector  # what is unwanted alone leads nowhere
        return (vector / length if length > 0 else none), parts[3]


def compose(
    request: Search, query: Query, pictures: Sequence[Pixels], more: Sequence[Input], less: Sequence[Input]
) -> Question:
    """The question of a request.

    Args:
        pictures: `request.images`, then what else is asked about as a picture, decoded. more, less: the
            examples as inputs.
    """
    weights = [*request.image_weights, *[1.0] * len(pictures)][: len(pictures)]
    wanted = tuple(picture for picture, weight in zip(pictures, weights, strict=True) if weight > 0)
    against = [
        Input(images=(picture,)) for picture, weight in zip(pictures, weights, strict=True) if weight < 0
    ]
    text = (query.text,) if query.text and request.text_weight > 0 else ()
    pulls = [
        (Input(images=(picture,)), weight - 1)
        for picture, weight in zip(pictures, weights, strict=True)
        if weight > 0 and weight != 1
    ]
    pulls += [(Input(texts=text), request.text_weight - 1)] if text and request.text_weight != 1 else []
    return Question(
        Input(images=wanted, texts=text),
        tuple(pulls) if len(wanted) + len(text) > 1 else (),
        tuple(more),
        (*(Input(texts=(one,)) for one in query.unwanted), *against, *less),
    )

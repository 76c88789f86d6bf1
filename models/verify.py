"""Does a checkpoint, run here, give the figures that others published for it? (`sightline models verify`)

Inputs are prepared by `official`, as those who published them did. How near is near enough: in float32 the
same weights agree to 5e-4 (additions in another order); in 16 bits to 5e-3 in a cosine and 5e-2 in a score,
twice what the reference checkpoints show between precisions, and the same for weights in 8 bits. What the
publishing itself adds (four digits on the model card, pictures encoded anew) comes on top.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch

from models import official, published
from models.published import Figures
from models.qwen3_vl import Qwen3VLEmbedder, Qwen3VLReranker

FLOAT32 = 5e-4
COSINE_16_BITS = 5e-3
SCORE_16_BITS = 5e-2


@dataclass(frozen=True, slots=True)
class Row:
    """One published figure beside ours.

    Attributes:
        source: "model card", "passages" or "pictures".
        place: from 0, of the document in its figure's list.
    """

    source: str
    query: str
    place: int
    expected: float
    found: float
    tolerance: float

    @property
    def agrees(self) -> bool:
        """Near enough; a number that is none never is."""
        return abs(self.found - self.expected) <= self.tolerance


def verify(model: Qwen3VLEmbedder | Qwen3VLReranker, figures: Iterable[Figures]) -> Iterator[Row]:
    """Rows as they are computed. Raises `UnreadableMedia`, `DeviceError`, and what `figures` raises."""
    exact = model.device.dtype == torch.float32 and model.weights == "full"
    for group in figures:
        judgement = group.judgement
        if isinstance(model, Qwen3VLEmbedder):
            tolerance = FLOAT32 if exact else COSINE_16_BITS
            query = replace(judgement.query, instruction=judgement.instruction)
            vectors = official.embed(model, [query, *judgement.documents])
            found = vectors[1:] @ vectors[0]
        else:
            tolerance = FLOAT32 if exact else SCORE_16_BITS
            found = official.rerank(model, judgement)
        text = "".join(judgement.query.texts or ())
        for place, (expected, value) in enumerate(zip(group.expected, found.tolist(), strict=True)):
            yield Row(group.name, text, place, expected, value, tolerance + group.slack)


def meaning(rows: Sequence[Row]) -> str:
    """What a table says, in one sentence."""
    if not rows:
        return "No figures have been published for a model of this size."
    wrong = [row for row in rows if not row.agrees]
    if not wrong:
        return f"All {len(rows)} published figures are reproduced."
    card = [row for row in rows if row.source == "model card"]
    without = zip(card, published.NO_END_TOKEN, strict=False)
    if len(card) == len(published.NO_END_TOKEN) and all(
        abs(row.found - other) <= row.tolerance for row, other in without
    ):
        return (
            "The figures are those of prompts without their end token: "
            "tokenizer.json is not the published one; fetch the model again."
        )
    some = f"{len(wrong)} of {len(rows)} figures differ"
    if {row.source for row in wrong} == {"pictures"}:
        return (
            f"{some}, pictures only: their preparation differs, or the pictures are not the published files."
        )
    if not np.isfinite([row.found for row in rows]).all():
        return f"{some}, some are no numbers: the weights are damaged; fetch the model again."
    if all(abs(row.found - row.expected) <= 4 * row.tolerance for row in rows):
        return f"{some}, all by little: a precision or a library that rounds more than expected; usable."
    return f"{some} by much: these are other weights than the published ones, or they are damaged."

"""One pass of the whole model over a batch of prompts: the heart of embedder, reranker and training."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from models import language
from models.language import Past, Reading
from models.preparation import Picture
from models.prompts import Prompt
from models.vision import Frames, gather, put, see

WORTH_SHARING = 64
"""Tokens that sharing a beginning must save: below, the second pass costs more than it saves."""


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Prompts on the device, padded on the right.

    Attributes:
        ids: int64 `[prompts, length]`.
        positions: int64 `[3, prompts, length]`.
        last: int64 `[prompts]`: index of each prompt's last token.
        places: int64 `[vision tokens]`: where something is seen, as indices into the flattened batch.
        shared: how many tokens all prompts begin with, pictures included; 0 when sharing is not worth it.
        frames: what is seen at those tokens; None when there are none.
    """

    ids: Tensor
    positions: Tensor
    last: Tensor
    places: Tensor
    shared: int
    frames: Frames | None


def collate(prompts: Sequence[Prompt], device: torch.device) -> Batch:
    """Resample the pictures and put everything on the device."""
    pictures = [picture for prompt in prompts for picture in prompt.pictures]
    frames = gather(pictures, device) if pictures else None
    return lay(prompts, device, shared(prompts), frames)


def lay(prompts: Sequence[Prompt], device: torch.device, common: int, frames: Frames | None) -> Batch:
    """Put the tokens on the device; `common` of them are read once, `frames` are what remains to be seen."""
    shape = len(prompts), max(len(prompt) for prompt in prompts)
    # What stands in the padding does not matter: no token sees what comes after it.
    ids = np.zeros(shape, np.int64)
    positions = np.zeros((3, *shape), np.int64)
    seeing = np.zeros(shape, np.bool_)
    for row, prompt in enumerate(prompts):
        ids[row, : len(prompt)] = prompt.ids
        positions[:, row, : len(prompt)] = prompt.positions
        seeing[row, : len(prompt)] = prompt.vision
    return Batch(
        ids=put(ids, device),
        positions=put(positions, device),
        last=put(np.array([len(prompt) - 1 for prompt in prompts]), device),
        places=put(np.flatnonzero(seeing), device),
        shared=common,
        frames=frames,
    )


def forward(model: Any, batch: Batch) -> Tensor:
    """The last hidden state of each prompt's last token, `[prompts, hidden size]`. Differentiable.

    Args:
        model: transformers' `Qwen3VLForConditionalGeneration`.
    """
    seen = None if batch.frames is None else see(model.model.visual, batch.frames)
    return read(model, batch, seen)


def read(
    model: Any,
    batch: Batch,
    features: Tensor | None,
    past: Past | None = None,
    watch: Callable[[int, Tensor], None] | None = None,
) -> Tensor:
    """`forward` for a batch whose frames have been seen already: `features` as `vision.see` gives them.

    Args:
        past: what stands before all of the prompts, as `begin` gives it.
        watch: as in `language.read`; its states lack the first `batch.shared` tokens.
    """
    text = model.model.language_model
    whole = _reading(text, batch, features)
    if not batch.shared:
        return language.read(text, whole, batch.last, past, watch)
    past = language.remember(text, whole.part(slice(1), slice(batch.shared)))
    rest = whole.part(slice(len(batch.last)), slice(batch.shared, batch.ids.shape[1]))
    return language.read(text, rest, batch.last - batch.shared, past, watch)


def begin(model: Any, batch: Batch, features: Tensor | None) -> Past:
    """Read what several prompts begin with: a batch of this one beginning."""
    return language.remember(
        model.model.language_model, _reading(model.model.language_model, batch, features)
    )


def _reading(text: Any, batch: Batch, features: Tensor | None) -> Reading:
    embeds = text.embed_tokens(batch.ids)
    if features is None:
        return Reading(embeds, batch.positions, batch.places, embeds.new_empty((0, 0, embeds.shape[-1])))
    features = features.to(embeds.dtype)
    embeds = embeds.flatten(0, 1).index_copy(0, batch.places, features[0]).view_as(embeds)
    return Reading(embeds, batch.positions, batch.places, features[1:])


def shared(prompts: Sequence[Prompt]) -> int:
    """How many tokens all prompts begin with, pictures included; 0 when reading them once is not worth it."""
    most = min(len(prompt) for prompt in prompts) - 1
    common = min(most, common_beginning(prompts[0], prompts[1:]))
    return common if common * (len(prompts) - 1) >= WORTH_SHARING else 0


def common_beginning(first: Prompt, others: Sequence[Prompt]) -> int:
    """How many of the tokens of `first`, with what is seen at them, all others begin with."""
    common = len(first)
    for prompt in others:
        common = min(common, len(prompt))
        differ = np.flatnonzero(first.ids[:common] != prompt.ids[:common])
        common = int(differ[0]) if len(differ) else common
    seen = 0  # vision tokens of pictures that all begin with
    for picture, *same in zip(first.pictures, *(prompt.pictures for prompt in others), strict=False):
        if seen >= int(first.vision[:common].sum()) or not all(_same(picture, other) for other in same):
            break
        seen += picture.pairs * picture.tokens_per_pair
    for prompt in (first, *others):
        common = min([common, *np.flatnonzero(prompt.vision)[seen : seen + 1].tolist()])
    return common


def _same(one: Picture, other: Picture) -> bool:
    return one is other or (one.size == other.size and one.key == other.key)


def by_length(lengths: Sequence[int], most: int) -> Iterator[list[int]]:
    """Indices of prompts that go together: like lengths, at most `most` tokens with padding, longest first.

    A single prompt above `most` goes alone.
    """
    members: list[int] = []
    for index in sorted(range(len(lengths)), key=lambda index: lengths[index], reverse=True):
        if members and (len(members) + 1) * lengths[members[0]] > most:
            yield members
            members = []
        members.append(index)
    if members:
        yield members


def in_order(lengths: Sequence[int], most: int) -> Iterator[slice]:
    """Neighbouring prompts, at most `most` tokens with padding together, first to last."""
    start = longest = 0
    for index, length in enumerate(lengths):
        if index > start and (index + 1 - start) * max(longest, length) > most:
            yield slice(start, index)
            start, longest = index, 0
        longest = max(longest, length)
    if start < len(lengths):
        yield slice(start, len(lengths))

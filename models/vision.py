"""The vision tower, run over many pictures at once.

The weights are transformers' modules; the forward pass is ours. Patches are embedded by one matrix product
(a Conv3d whose stride equals its kernel is that, and is thousands of times slower on some GPUs). Whatever
treats each patch by itself, which is nearly all of the work, runs once over the patches of all pictures; in
the attention, where a picture must not see another, all frame pairs of one length share a call.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from models.preparation import MERGE, PATCH, PATCH_VALUES, TEMPORAL, UNIT, Picture
from models.rotary import Turn, rotate

MIDDLE = 127.5
"""Pixel values 0..255 become -1..1."""


@dataclass(frozen=True, slots=True, eq=False)
class FrameGroup:
    """All frame pairs of a batch that lie on one grid.

    Attributes:
        frames: uint8 `[pairs, 1 or 2, height, width, 3]`: one where both frames of a pair are the same.
        grid: patches down and across.
    """

    frames: Tensor
    grid: tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Frames:
    """Everything a batch has to see.

    Attributes:
        groups: one per grid, grids of equally many patches next to each other.
        order: int64 `[vision tokens]`: for each token in reading order, its row when the groups' tokens
            are put one after the other.
    """

    groups: tuple[FrameGroup, ...]
    order: Tensor


def gather(pictures: Sequence[Picture], device: torch.device) -> Frames:
    """Put the pictures on the device, grouped by grid; one that comes twice (the very object) is seen once.

    `pictures` must not be empty. They are resampled here unless they already are.
    """
    alike: dict[tuple[int, int, bool], dict[int, Picture]] = {}
    for picture in pictures:
        alike.setdefault((*picture.grid, bool(picture.times)), {})[id(picture)] = picture
    starts: dict[int, int] = {}
    groups, total = [], 0
    for height, width, moving in sorted(alike, key=lambda one: (one[0] * one[1], one)):
        members = alike[height, width, moving]
        frames = np.stack([frame for picture in members.values() for frame in picture.resampled().frames])
        shape = (-1, TEMPORAL if moving else 1, height * PATCH, width * PATCH, 3)
        groups.append(FrameGroup(put(frames.reshape(shape), device), (height, width)))
        for key, picture in members.items():
            starts[key] = total
            total += picture.pairs * picture.tokens_per_pair
    order = [starts[id(picture)] + np.arange(picture.pairs * picture.tokens_per_pair) for picture in pictures]
    return Frames(tuple(groups), put(np.concatenate(order), device))


def put(array: NDArray[Any], device: torch.device) -> Tensor:
    """On the device, on a graphics card without waiting for it."""
    tensor = torch.from_numpy(array)
    return tensor.pin_memory().to(device, non_blocking=True) if device.type == "cuda" else tensor.to(device)


def patches(frames: Tensor) -> Tensor:
    """Cut frame pairs uint8 `[pairs, 1 or 2, height, width, 3]` into uint8 `[pairs, patches, 1536]`.

    Patches come in blocks of 2x2, their values by channel, frame, row, column.
    """
    pairs, _, height, width, _ = frames.shape
    both = frames.expand(-1, TEMPORAL, -1, -1, -1)
    blocks = both.reshape(pairs, TEMPORAL, height // UNIT, MERGE, PATCH, width // UNIT, MERGE, PATCH, 3)
    return blocks.permute(0, 2, 5, 3, 6, 8, 1, 4, 7).reshape(pairs, -1, PATCH_VALUES)


def see(tower: Any, frames: Frames) -> Tensor:
    """Run the tower (transformers' `Qwen3VLVisionModel`). Differentiable.

    Returns:
        `[1 + deepstack layers, vision tokens, hidden size of the language model]` in reading order: the
        embeddings first, then what is added after the first layers of the language model.
    """
    hidden = torch.cat([_embed(tower, group) for group in frames.groups])
    turn = _turn(tower, frames.groups, hidden.device)
    lengths: dict[int, int] = {}
    for group in frames.groups:
        count = group.grid[0] * group.grid[1]
        lengths[count] = lengths.get(count, 0) + len(group.frames)
    deepstack = list(tower.deepstack_visual_indexes)
    extra: list[Tensor | None] = [None] * len(deepstack)
    for number, block in enumerate(tower.blocks):
        hidden = hidden + _attend(block.attn, block.norm1(hidden), turn, lengths)
        inner = block.norm2(hidden)
        # On half-precision devices this MLP may be held in float32: its values can exceed float16.
        hidden = hidden + block.mlp(inner.to(block.mlp.linear_fc1.bias.dtype)).to(hidden.dtype)
        if number in deepstack:
            place = deepstack.index(number)
            extra[place] = tower.deepstack_merger_list[place](hidden)
    features = torch.stack([tower.merger(hidden), *(item for item in extra if item is not None)])
    return features[:, frames.order]


def _embed(tower: Any, group: FrameGroup) -> Tensor:
    """`[pairs x patches, hidden size]`, positions included."""
    embed = tower.patch_embed.proj
    weight = embed.weight.view(embed.weight.shape[0], -1)
    pixels = ((patches(group.frames).float() - MIDDLE) / MIDDLE).to(weight.dtype)
    hidden = functional.linear(pixels, weight, embed.bias)
    return (hidden + _positions(tower, group.grid, weight.device).to(weight.dtype)).flatten(0, 1)


def _turn(tower: Any, groups: Sequence[FrameGroup], device: torch.device) -> Turn:
    """Two axes: float32 `[patches, 1, 1, half a head]`."""
    head_size = tower.config.hidden_size // tower.config.num_heads
    each = [put(_angles(*group.grid, head_size), device).repeat(len(group.frames), 1) for group in groups]
    angles = torch.cat(each)[:, None, None]
    return angles.cos(), angles.sin()


def _attend(attention: Any, hidden: Tensor, turn: Turn, lengths: dict[int, int]) -> Tensor:
    """Args: lengths: how many frame pairs there are of each number of patches, in this order."""
    total, size = hidden.shape
    each = attention.qkv(hidden).view(total, 3, attention.num_heads, -1)
    query, key = rotate(each[:, :2], turn).unbind(1)
    value = each[:, 2]
    seen, start = [], 0
    for count, pairs in lengths.items():
        stop = start + pairs * count
        one, other, values = (
            part[start:stop].view(pairs, count, attention.num_heads, -1).transpose(1, 2)
            for part in (query, key, value)
        )
        found = functional.scaled_dot_product_attention(one, other, values)
        seen.append(found.transpose(1, 2).reshape(stop - start, size))
        start = stop
    projected: Tensor = attention.proj(seen[0] if len(seen) == 1 else torch.cat(seen))
    return projected


def _positions(tower: Any, grid: tuple[int, int], device: torch.device) -> Tensor:
    table = tower.pos_embed.weight
    corners, shares = _corners(*grid, int(table.shape[0] ** 0.5))
    near = table[put(corners, device)]
    mixed: Tensor = (near * put(shares, device)[:, :, None]).sum(1)
    return mixed


def _block_order(height: int, width: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Row and column of every patch, in the order of the patches: blocks of `MERGE` x `MERGE`."""
    index = np.arange(height * width).reshape(height // MERGE, MERGE, width // MERGE, MERGE)
    flat = index.transpose(0, 2, 1, 3).reshape(-1)
    return flat // width, flat % width


@lru_cache(maxsize=64)
def _corners(height: int, width: int, side: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The four learnt positions around each patch and the share of each, corners aligned with corners."""

    def around(
        place: NDArray[np.int64], size: int
    ) -> tuple[list[NDArray[np.int64]], list[NDArray[np.float32]]]:
        exact = place.astype(np.float32) * np.float32(side - 1) / np.float32(max(size - 1, 1))
        below = np.floor(exact).astype(np.int64)
        share = exact - below.astype(np.float32)
        return [below, np.minimum(below + 1, side - 1)], [1 - share, share]

    row, column = _block_order(height, width)
    rows, row_shares = around(row, height)
    columns, column_shares = around(column, width)
    corners = [r * side + c for r in rows for c in columns]
    shares = [r * c for r in row_shares for c in column_shares]
    return np.stack(corners, axis=1), np.stack(shares, axis=1)


@lru_cache(maxsize=64)
def _angles(height: int, width: int, head_size: int) -> NDArray[np.float32]:
    """Rotation angles `[patches, half a head]`: half of them for the row, half for the column."""
    frequencies = (1.0 / 10000.0 ** (np.arange(0, head_size // 2, 2) / (head_size // 2))).astype(np.float32)
    row, column = _block_order(height, width)
    return np.concatenate(
        [place.astype(np.float32)[:, None] * frequencies for place in (row, column)], axis=1
    )

"""The vision tower, run over many pictures at once.

The weights are transformers' modules; the forward pass is ours: patches are embedded by one matrix product
(a Conv3d whose stride equals its kernel is that, and is thousands of times slower on some GPUs), and all
frame pairs on the same grid share every attention call instead of being looped over.
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

from models.preparation import MERGE, Picture

MIDDLE = 127.5
"""Pixel values 0..255 become -1..1."""


@dataclass(frozen=True, slots=True, eq=False)
class FrameGroup:
    """All frame pairs of a batch that lie on one grid.

    Attributes:
        patches: uint8 `[pairs, patches, 1536]`.
        grid: patches down and across.
    """

    patches: Tensor
    grid: tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Frames:
    """Everything a batch has to see.

    Attributes:
        groups: one per grid.
        order: int64 `[vision tokens]`: for each token in reading order, its row when the groups' tokens
            are put one after the other.
    """

    groups: tuple[FrameGroup, ...]
    order: Tensor


def gather(pictures: Sequence[Picture], device: torch.device) -> Frames:
    """Resample and cut the pictures, grouped by grid; one that comes twice (the very object) is seen once.

    `pictures` must not be empty.
    """
    grids: dict[tuple[int, int], dict[int, Picture]] = {}
    for picture in pictures:
        grids.setdefault(picture.grid, {})[id(picture)] = picture
    starts: dict[int, int] = {}
    groups, total = [], 0
    for grid, members in grids.items():
        patches = np.concatenate([picture.patches() for picture in members.values()])
        groups.append(FrameGroup(torch.from_numpy(patches).to(device), grid))
        for key, picture in members.items():
            starts[key] = total
            total += picture.pairs * picture.tokens_per_pair
    order = np.concatenate(
        [starts[id(picture)] + np.arange(picture.pairs * picture.tokens_per_pair) for picture in pictures]
    )
    return Frames(tuple(groups), torch.from_numpy(order).to(device))


def see(tower: Any, frames: Frames) -> Tensor:
    """Run the tower (transformers' `Qwen3VLVisionModel`). Differentiable.

    Returns:
        `[1 + deepstack layers, vision tokens, hidden size of the language model]` in reading order: the
        embeddings first, then what is added after the first layers of the language model.
    """
    features = torch.cat([_see_group(tower, group) for group in frames.groups], dim=1)
    return features[:, frames.order]


def _see_group(tower: Any, group: FrameGroup) -> Tensor:
    pairs, count, _ = group.patches.shape
    embed = tower.patch_embed.proj
    hidden_size = embed.weight.shape[0]
    device, dtype = embed.weight.device, embed.weight.dtype
    pixels = ((group.patches.float() - MIDDLE) / MIDDLE).to(dtype)
    hidden = functional.linear(pixels, embed.weight.view(hidden_size, -1), embed.bias)
    hidden = hidden + _positions(tower, group.grid, device).to(dtype)
    head_size = hidden_size // tower.config.num_heads
    angles = torch.from_numpy(_angles(*group.grid, head_size)).to(device)
    turn = angles.cos(), angles.sin()
    deepstack = list(tower.deepstack_visual_indexes)
    extra: list[Tensor | None] = [None] * len(deepstack)
    for number, block in enumerate(tower.blocks):
        hidden = hidden + _attend(block.attn, block.norm1(hidden), turn)
        inner = block.norm2(hidden)
        # On half-precision devices this MLP may be held in float32: its values can exceed float16.
        hidden = hidden + block.mlp(inner.to(block.mlp.linear_fc1.weight.dtype)).to(dtype)
        if number in deepstack:
            place = deepstack.index(number)
            extra[place] = tower.deepstack_merger_list[place](hidden.view(pairs * count, hidden_size))
    main = tower.merger(hidden.view(pairs * count, hidden_size))
    return torch.stack([main, *(item for item in extra if item is not None)])


def _attend(attention: Any, hidden: Tensor, turn: tuple[Tensor, Tensor]) -> Tensor:
    pairs, count, size = hidden.shape
    mixed = attention.qkv(hidden).view(pairs, count, 3, attention.num_heads, -1).permute(2, 0, 3, 1, 4)
    query, key = _rotate(mixed[0], turn), _rotate(mixed[1], turn)
    seen = functional.scaled_dot_product_attention(query, key, mixed[2])
    projected: Tensor = attention.proj(seen.transpose(1, 2).reshape(pairs, count, size))
    return projected


def _rotate(vectors: Tensor, turn: tuple[Tensor, Tensor]) -> Tensor:
    cos, sin = turn
    wide = vectors.float()
    first, second = wide.chunk(2, dim=-1)
    return (wide * cos + torch.cat((-second, first), dim=-1) * sin).to(vectors.dtype)


def _positions(tower: Any, grid: tuple[int, int], device: torch.device) -> Tensor:
    table = tower.pos_embed.weight
    corners, shares = _corners(*grid, int(table.shape[0] ** 0.5))
    near = table[torch.from_numpy(corners).to(device)]
    mixed: Tensor = (near * torch.from_numpy(shares).to(device)[:, :, None]).sum(1)
    return mixed


def _block_order(height: int, width: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Row and column of every patch, in the order of the patches: blocks of `MERGE` x `MERGE`."""
    index = np.arange(height * width).reshape(height // MERGE, MERGE, width // MERGE, MERGE)
    flat = index.transpose(0, 2, 1, 3).reshape(-1)
    return flat // width, flat % width


@lru_cache(maxsize=32)
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


@lru_cache(maxsize=32)
def _angles(height: int, width: int, head_size: int) -> NDArray[np.float32]:
    """Rotation angles `[patches, head size]`: a quarter for the row, a quarter for the column, then again."""
    frequencies = (1.0 / 10000.0 ** (np.arange(0, head_size // 2, 2) / (head_size // 2))).astype(np.float32)
    row, column = _block_order(height, width)
    half = np.concatenate(
        [place.astype(np.float32)[:, None] * frequencies for place in (row, column)], axis=1
    )
    return np.concatenate([half, half], axis=1)

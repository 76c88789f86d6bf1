"""Rotary positions: vectors turned by angles that depend on where they stand."""

from typing import TypeAlias

import torch
from torch import Tensor

Turn: TypeAlias = tuple[Tensor, Tensor]
"""Cosines and sines `[..., half a head]`, of a shape that spreads over the vectors to be turned."""


def rotate(vectors: Tensor, turn: Turn) -> Tensor:
    """`vectors` `[..., head size]`, number by number of the first half turned with that of the second.

    Computed in the wider precision of both. Each half by itself: fewer trips through memory than turning
    the whole, which took a large part of a graphics card's time.
    """
    cos, sin = turn
    first, second = vectors.chunk(2, dim=-1)
    turned = torch.addcmul(first * cos, second, sin, value=-1), torch.addcmul(second * cos, first, sin)
    return torch.cat([half.to(vectors.dtype) for half in turned], dim=-1)

"""The language model, run by us: the twin of `vision`.

The weights are transformers' modules; the pass over them is ours, for two savings that its own does not
make. What all prompts of a batch begin with (the system turn, the instruction, a reranker's query with its
pictures) is read once, and the rest of every prompt attends to it. And of the last layer only the one token
is computed that anybody looks at.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import torch
from torch import Tensor
from torch.nn import functional
from torch.nn.attention.bias import causal_lower_right

from models.rotary import Turn, rotate

Past: TypeAlias = Sequence[tuple[Tensor, Tensor]]
"""Keys and values `[1, key-value heads, length, head size]` of a beginning, one pair a layer."""


FEW = 8
"""Queries for which attention is computed step by step, except on CUDA.

For so few PyTorch has a kernel of its own on Apple's devices, which in several versions gave wrong numbers
without a word: for a mask that heads share, for values that do not lie one after the other, for keys that do
not fill a block (its issues 163597, 174861, 181133, 184180). In the last layer all of that is so.
"""


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """Tokens to read: prompts, or the parts of prompts behind what they share.

    Attributes:
        embeds: `[prompts, length, hidden size]`, pictures already in their places, padded on the right.
        positions: int64 `[3, prompts, length]`.
        places: int64 `[vision tokens]` into the flattened prompts and lengths.
        deepstack: `[layers, vision tokens, hidden size]`, added at `places` after each of the first layers.
    """

    embeds: Tensor
    positions: Tensor
    places: Tensor
    deepstack: Tensor

    def part(self, rows: slice, columns: slice) -> "Reading":
        """Some of the prompts, some of the tokens."""
        _, length, _ = self.embeds.shape
        row, column = self.places // length, self.places % length
        first, start = rows.start or 0, columns.start or 0
        embeds = self.embeds[rows, columns]
        height, width, _ = embeds.shape
        row, column = row - first, column - start
        inside = (row >= 0) & (row < height) & (column >= 0) & (column < width)
        return Reading(
            embeds,
            self.positions[:, rows, columns],
            (row * width + column)[inside],
            self.deepstack[:, inside],
        )


def remember(language: Any, reading: Reading) -> Past:
    """Read a beginning, one prompt of it, and keep what later tokens attend to. Differentiable.

    Args:
        language: transformers' `Qwen3VLTextModel`.
    """
    turn, hidden = _turn(language, reading.positions), reading.embeds
    past = []
    for number, layer in enumerate(language.layers):
        key, value = _keys(layer, hidden, turn)
        past.append((key, value))
        if number + 1 < len(language.layers):
            hidden = _added(_layer(layer, hidden, turn, key, value, None), reading, number)
    return past


def read(
    language: Any,
    reading: Reading,
    last: Tensor,
    past: Past | None = None,
    watch: Callable[[int, Tensor], None] | None = None,
) -> Tensor:
    """States `[prompts, hidden size]`, after the final norm, of each prompt's token `last`. Differentiable.

    Args:
        language: transformers' `Qwen3VLTextModel`.
        last: int64 `[prompts]`, indices into `reading`; what comes behind is padding.
        past: what stands before all of the prompts.
        watch: told the number of each layer and the states `[prompts, length, hidden size]` that it gets.
    """
    turn, hidden = _turn(language, reading.positions), reading.embeds
    prompts, length, size = hidden.shape
    before = 0 if past is None else past[0][0].shape[2]
    mask = None if past is None else _causal(length, before, hidden.device)
    final = len(language.layers) - 1
    for number, layer in enumerate(language.layers):
        if watch is not None:
            watch(number, hidden)
        key, value = _keys(layer, hidden, turn)
        if past is not None:
            key = torch.cat([past[number][0].expand(prompts, -1, -1, -1), key], dim=2)
            value = torch.cat([past[number][1].expand(prompts, -1, -1, -1), value], dim=2)
        if number == final:
            at = last[:, None, None]
            hidden = hidden.gather(1, at.expand(-1, 1, size))
            turn = tuple(part.gather(2, at[:, None].expand(-1, 1, 1, part.shape[-1])) for part in turn)  # type: ignore[assignment]
            mask = (torch.arange(before + length, device=last.device) <= before + last[:, None])[
                :, None, None
            ]
        hidden = _layer(layer, hidden, turn, key, value, mask)
        if number < final:
            hidden = _added(hidden, reading, number)
    return _normed(language.norm, hidden)[:, 0]


def _added(hidden: Tensor, reading: Reading, number: int) -> Tensor:
    """With DeepStack's features of this layer."""
    if number >= len(reading.deepstack) or not len(reading.places):
        return hidden
    flat = hidden.flatten(0, 1).index_add(0, reading.places, reading.deepstack[number].to(hidden.dtype))
    return flat.view_as(hidden)


def _keys(layer: Any, hidden: Tensor, turn: Turn) -> tuple[Tensor, Tensor]:
    """Keys and values `[prompts, key-value heads, length, head size]` of a layer."""
    attention = layer.self_attn
    normed = _normed(layer.input_layernorm, hidden)
    shape = (*hidden.shape[:2], -1, attention.head_dim)
    key = _normed(attention.k_norm, attention.k_proj(normed).view(shape)).transpose(1, 2)
    return rotate(key, turn), attention.v_proj(normed).view(shape).transpose(1, 2)


def _layer(layer: Any, hidden: Tensor, turn: Turn, key: Tensor, value: Tensor, mask: Tensor | None) -> Tensor:
    attention = layer.self_attn
    normed = _normed(layer.input_layernorm, hidden)
    shape = (*hidden.shape[:2], -1, attention.head_dim)
    query = _normed(attention.q_norm, attention.q_proj(normed).view(shape)).transpose(1, 2)
    seen = _attend(rotate(query, turn), key, value, mask, attention.scaling)
    hidden = hidden + attention.o_proj(seen.transpose(1, 2).flatten(2))
    out: Tensor = hidden + layer.mlp(_normed(layer.post_attention_layernorm, hidden))
    return out


def _attend(query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None, scale: float) -> Tensor:
    """`[prompts, heads, queries, head size]`.

    Args:
        mask: what each query attends to, `[queries, keys]` or `[prompts, 1, 1, keys]`; None for all up to it.
    """
    queries = query.shape[2]
    if queries > FEW or query.device.type == "cuda":
        return functional.scaled_dot_product_attention(
            query, key, value, mask, is_causal=mask is None, scale=scale, enable_gqa=True
        )
    if mask is None:
        mask = _causal(queries, key.shape[2] - queries, key.device)
    elif mask.dim() == 4:
        mask = mask[:, :, None]
    # Heads that share a key are asked together, so that no key is copied for each of them.
    together = query.float().reshape(len(query), key.shape[1], -1, query.shape[3])
    weights = (scale * together @ key.float().mT).view(*together.shape[:2], -1, queries, key.shape[2])
    weights = weights.masked_fill(~mask, -torch.inf).softmax(dim=-1)
    seen: Tensor = weights.flatten(2, 3) @ value.float()
    return seen.reshape(query.shape).to(query.dtype)


def _normed(norm: Any, hidden: Tensor) -> Tensor:
    """By transformers' RMSNorm, in one kernel where the device has it."""
    return functional.rms_norm(hidden, norm.weight.shape, norm.weight, norm.variance_epsilon)


def _turn(language: Any, positions: Tensor) -> Turn:
    """Interleaved M-RoPE: frequencies go to time, row, column in turn, what is left to time.

    `[prompts, 1, length, half a head]`.
    """
    rotary = language.rotary_emb
    each = positions[..., None].float() * rotary.inv_freq.float()  # [3, prompts, length, half]
    angles = each[0].clone()
    for axis in (1, 2):
        turns = slice(axis, rotary.mrope_section[axis] * 3, 3)
        angles[..., turns] = each[axis, ..., turns]
    angles = angles[:, None]
    dtype = language.norm.weight.dtype
    return angles.cos().to(dtype), angles.sin().to(dtype)


def _causal(length: int, before: int, device: torch.device) -> Tensor:
    """What each token may attend to, `[length, before + length]`."""
    if device.type == "cuda":
        # Tells the fastest kernels that it is causal, which a mask written out would keep from them.
        return causal_lower_right(length, before + length)
    columns = torch.arange(before + length, device=device)
    return columns <= torch.arange(before, before + length, device=device)[:, None]

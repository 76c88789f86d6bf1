"""Weights in eight or four bits (`--weights int8|int4`): what is made small, and how it multiplies then.

Small become the matrices of the language model's layers and of the vision tower's blocks: of a 2B model four
fifths of all numbers. Norms, biases, the token table, the patch embedding and the mergers stay: they are
little, or are looked up and not multiplied with. In four bits are the language model's alone; the vision
tower's, a small part of the whole, have eight then, as what it misses nobody after it can see.
"""

import re
from collections.abc import Sequence
from typing import Literal, TypeAlias

import torch
from torch import Tensor
from torch.nn import functional

from models.device import Device

Weights: TypeAlias = Literal["full", "int8", "int4"]
LARGEST = 127
SCALE_BYTES = 4
GROUP = 32
"""Neighbours in a row of a four-bit matrix that share a least value and a step."""
STEPS = 15
GROUP_BYTES = GROUP // 2 + 2 * 2
_LARGE = re.compile(r"(?:layers\.\d+\.(?:self_attn|mlp)|blocks\.\d+\.(?:attn|mlp))\.\w+\.weight$")


class EightBitLinear(torch.nn.Module):
    """A linear layer whose weights are whole numbers with a scale for each row.

    Only the weights are small: it computes in the precision of what it is given.

    Args:
        full: the layer whose place it takes; not changed. Its bias is kept.
    """

    def __init__(self, full: torch.nn.Linear) -> None:
        super().__init__()
        weight = full.weight.detach().float()
        scales = weight.abs().amax(dim=1, keepdim=True).clamp(min=torch.finfo(torch.float32).tiny) / LARGEST
        # Buffers, not parameters: nothing that changes the precision of the weights may touch them.
        self.register_buffer("numbers", torch.round(weight / scales).to(torch.int8))
        self.register_buffer("scales", scales[:, 0].contiguous())
        self.bias: torch.nn.Parameter | None = full.bias

    def forward(self, given: Tensor) -> Tensor:
        """`[..., columns]` to `[..., rows]`."""
        numbers: Tensor = self.get_buffer("numbers")
        scales: Tensor = self.get_buffer("scales")
        if given.dtype == torch.float16:
            # With numbers up to 127 a sum could exceed what float16 holds.
            return functional.linear(given, (numbers * scales[:, None]).to(given.dtype), self.bias)
        product = functional.linear(given, numbers.to(given.dtype)) * scales.to(given.dtype)
        return product if self.bias is None else product + self.bias


class FourBitLinear(torch.nn.Module):
    """A linear layer whose weights are sixteen even steps from the least to the largest of each group.

    Only the weights are small: they are widened for each product, in the precision of what it is given.

    Args:
        full: the layer whose place it takes; not changed. Its bias is kept.
    """

    def __init__(self, full: torch.nn.Linear) -> None:
        super().__init__()
        self.columns = full.in_features
        padding = -self.columns % GROUP
        weight = functional.pad(full.weight.detach().float(), (0, padding)).view(full.out_features, -1, GROUP)
        # In what is kept of them, so that rounding the weights makes up for rounding these.
        least = weight.amin(dim=2, keepdim=True).half()
        step = ((weight.amax(dim=2, keepdim=True) - least.float()) / STEPS).half()
        numbers = (weight - least.float()) / step.float().clamp(min=torch.finfo(torch.float16).tiny)
        first, second = torch.round(numbers).clamp(0, STEPS).to(torch.uint8).chunk(2, dim=2)
        self.register_buffer("pairs", first | second << 4)
        self.register_buffer("least", least)
        self.register_buffer("step", step)
        self.bias: torch.nn.Parameter | None = full.bias

    def forward(self, given: Tensor) -> Tensor:
        """`[..., columns]` to `[..., rows]`."""
        pairs: Tensor = self.get_buffer("pairs")
        numbers = torch.cat([pairs & STEPS, pairs >> 4], dim=2).to(given.dtype)
        least, step = (self.get_buffer(name).to(given.dtype) for name in ("least", "step"))
        weight = torch.addcmul(least, numbers, step).flatten(1)
        return functional.linear(given, weight[:, : self.columns], self.bias)


def is_large(name: str, dimensions: int) -> bool:
    """Whether a tensor of a checkpoint is among those that become small."""
    return dimensions == 2 and _LARGE.search(name) is not None


def narrow(part: torch.nn.Module, device: Device, weights: Weights) -> None:
    """Make the large matrices of a part of a model small, one after the other, on the device.

    So one of them at a time is there in both forms, and never the whole part at full size on a card.
    """
    linear = [name for name, module in part.named_modules() if isinstance(module, torch.nn.Linear)]
    for name in linear:  # names, as a list of modules would keep all of them in memory
        if is_large(f"{name}.weight", 2):
            form = FourBitLinear if _has_four(name, weights) else EightBitLinear
            part.set_submodule(name, form(part.get_submodule(name).to(device.torch)))  # type: ignore[arg-type]


def nbytes(name: str, shape: Sequence[int], weights: Weights) -> int:
    """What a large matrix takes once it is small."""
    rows, columns = shape
    if _has_four(name, weights):
        return rows * -(-columns // GROUP) * GROUP_BYTES
    return rows * (columns + SCALE_BYTES)


def _has_four(name: str, weights: Weights) -> bool:
    """Of the large matrices, those of the language model."""
    return weights == "int4" and "blocks." not in name

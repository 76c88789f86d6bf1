"""Weights in eight bits (`--weights int8`): what is made small, and how it multiplies then.

Small become the matrices of the language model's layers and of the vision tower's blocks: of a 2B model four
fifths of all numbers. Norms, biases, the token table, the patch embedding and the mergers stay: they are
little, or are looked up and not multiplied with.
"""

import re
from typing import Literal, TypeAlias

import torch
from torch import Tensor
from torch.nn import functional

from models.device import Device

Weights: TypeAlias = Literal["full", "int8"]
LARGEST = 127
SCALE_BYTES = 4
_LARGE = re.compile(r"(?:layers\.\d+\.(?:self_attn|mlp)|blocks\.\d+\.(?:attn|mlp))\.\w+\.weight$")


class NarrowLinear(torch.nn.Module):
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


def is_large(name: str, dimensions: int) -> bool:
    """Whether a tensor of a checkpoint is among those that become small."""
    return dimensions == 2 and _LARGE.search(name) is not None


def narrow(part: torch.nn.Module, device: Device) -> None:
    """Make the large matrices of a part of a model small, one after the other, on the device.

    So one of them at a time is there in both forms, and never the whole part at full size on a card.
    """
    linear = [name for name, module in part.named_modules() if isinstance(module, torch.nn.Linear)]
    for name in linear:  # names, as a list of modules would keep all of them in memory
        if is_large(f"{name}.weight", 2):
            part.set_submodule(name, NarrowLinear(part.get_submodule(name).to(device.torch)))  # type: ignore[arg-type]


def nbytes(rows: int, columns: int) -> int:
    """What a large matrix takes once it is small."""
    return rows * (columns + SCALE_BYTES)

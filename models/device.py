"""Which device runs the models, in which precision, and why."""

import platform
import re
from dataclasses import dataclass

import torch

from models.errors import DeviceError

WANTED = ("auto", "cuda", "mps", "cpu")
_GIB = 1 << 30


@dataclass(frozen=True, slots=True)
class Device:
    """A place to compute.

    Attributes:
        name: "cuda", "mps" or "cpu".
        dtype: of weights and activations.
        why: one sentence for people.
        batch_tokens: how many tokens, padding included, go through the model at once.
        wide_vision: keep the vision tower's MLPs in float32, whose values can exceed float16.
    """

    name: str
    dtype: torch.dtype
    why: str
    batch_tokens: int
    wide_vision: bool = False

    @property
    def torch(self) -> torch.device:
        """As torch names it."""
        return torch.device(self.name)


def choose(wanted: str = "auto") -> Device:
    """The wanted device, or the fastest one for "auto". Raises `DeviceError` when it is not there."""
    if wanted not in WANTED:
        raise DeviceError(f"There is no device called {wanted}; choose one of {', '.join(WANTED)}.")
    cuda, mps = torch.cuda.is_available(), torch.backends.mps.is_available()
    if wanted == "cuda" and not cuda:
        raise DeviceError(
            "No CUDA graphics card can be used here; choose --device auto, "
            "or install a PyTorch built for CUDA and the card's driver."
        )
    if wanted == "mps" and not mps:
        raise DeviceError("This machine has no Apple GPU that PyTorch can use; choose --device auto or cpu.")
    if wanted == "cuda" or (wanted == "auto" and cuda):
        return _cuda()
    if wanted == "mps" or (wanted == "auto" and mps):
        return _mps()
    reason = "as asked for" if wanted == "cpu" else "because no graphics card that PyTorch can use was found"
    return Device("cpu", torch.float32, f"The processor in float32, {reason}.", 4096)


def _cuda() -> Device:
    card = torch.cuda.get_device_properties(0)
    tokens = 16384 if card.total_memory >= 15 * _GIB else 8192
    if torch.cuda.is_bf16_supported(including_emulation=False):
        return Device("cuda", torch.bfloat16, f"{card.name} in bfloat16, the models' own precision.", tokens)
    why = f"{card.name} in float16, because this card has no bfloat16."
    return Device("cuda", torch.float16, why, tokens, wide_vision=True)


def _mps() -> Device:
    chip = torch.backends.mps.get_name() if hasattr(torch.backends.mps, "get_name") else platform.processor()
    if re.search(r"\bM[12]\b", chip):
        why = f"{chip} in float16, because chips before M3 have no bfloat16 of their own."
        return Device("mps", torch.float16, why, 4096, wide_vision=True)
    return Device("mps", torch.bfloat16, f"{chip} in bfloat16, the models' own precision.", 4096)

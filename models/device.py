"""Which device runs the models, in which precision, and why.

Why a processor gets bfloat16 only after a trial. Without instructions for it a multiplication in bfloat16
took 325 times as long as in float32 (an AVX2 processor, one core), and with them it is not faster on all.
So processors that have them are timed, and `--device cpu` always means float32, the precision that the
reference numbers are made in.
"""

import platform
import re
import time
from dataclasses import dataclass
from functools import cache

import psutil
import torch

from models.errors import DeviceError

WANTED = ("auto", "cuda", "mps", "cpu")
PAYS = 0.8
"""Share of the time in float32 below which bfloat16 is worth its rounding."""
PROCESSOR_TOKENS = 1024
"""At once on a processor: 4096 took four times the memory, too much for its caches and cleared anew in every
layer, and 5 to 15 % longer."""
_BFLOAT16_INSTRUCTIONS = ("amx_bf16", "avx512_bf16", "arm_bf16", "bf16")
_NO_MEMORY = (
    "out of memory",  # cards
    "allocate memory",  # a processor under Linux and macOS
    "not enough memory",  # and under Windows
    "alloc_failed",  # libraries of NVIDIA
    "bad_alloc",
    "bad allocation",
    "paging file is too small",  # Windows, for a file of weights
)
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
    cuda = torch.cuda.is_available() and _computes()
    mps = torch.backends.mps.is_available()
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
    if wanted == "cpu":
        return Device("cpu", torch.float32, "The processor in float32, as asked for.", PROCESSOR_TOKENS)
    if bfloat16_pays():
        why = (
            "The processor, because no graphics card that PyTorch can use was found, in bfloat16, which is "
            "faster here than float32."
        )
        return Device("cpu", torch.bfloat16, why, PROCESSOR_TOKENS)
    why = "The processor in float32, because no graphics card that PyTorch can use was found."
    return Device("cpu", torch.float32, why, PROCESSOR_TOKENS)


def memory(device: Device) -> tuple[int, int]:
    """Free and total bytes that models on this device may use.

    Free is also what PyTorch keeps of the device for the next batch: it gives that up for weights.
    An Apple GPU shares the machine's memory and may take about three quarters of it.
    """
    if device.name == "cuda":
        free, total = torch.cuda.mem_get_info()
        return int(free + torch.cuda.memory_reserved() - torch.cuda.memory_allocated()), int(total)
    machine = psutil.virtual_memory()
    if device.name == "mps":
        total, used = int(torch.mps.recommended_max_memory()), int(torch.mps.current_allocated_memory())
        kept = int(torch.mps.driver_allocated_memory()) - used
        return max(0, min(int(machine.available) + kept, total - used)), total
    return int(machine.available), int(machine.total)


def out_of_memory(error: BaseException) -> bool:
    """Whether it says that the device or the computer has no memory left: each has its own words for it."""
    words = str(error).lower()
    return isinstance(error, (MemoryError, torch.OutOfMemoryError)) or any(
        said in words for said in _NO_MEMORY
    )


@cache
def bfloat16_pays() -> bool:
    """Whether this processor has instructions for bfloat16 and is faster with them: some milliseconds."""
    capabilities: dict[str, object] = getattr(torch.cpu, "get_capabilities", dict)()
    if not any(capabilities.get(name) for name in _BFLOAT16_INSTRUCTIONS):
        return False
    return _product_s(torch.bfloat16) < PAYS * _product_s(torch.float32)


def _product_s(dtype: torch.dtype) -> float:
    """The quickest of some matrix products."""
    left, right = torch.ones((256, 2048), dtype=dtype), torch.ones((2048, 2048), dtype=dtype)
    took = []
    for _ in range(4):
        started = time.perf_counter()
        torch.mm(left, right)
        took.append(time.perf_counter() - started)
    return min(took)


def _computes() -> bool:
    """Whether a CUDA card does: PyTorch also finds those that are too old for it."""
    try:
        return float(torch.ones(1, device="cuda").add(1).item()) == 2.0
    except RuntimeError as error:
        return out_of_memory(error)  # what other programs took they may give back


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

"""How much arithmetic there is, how fast the device does it, and where a call's time goes."""

import threading
import time
from collections.abc import Callable
from typing import Any

import psutil
import torch
from torch.profiler import ProfilerActivity, profile

from models.device import Device
from models.preparation import MERGE, PATCH_VALUES
from models.prompts import Prompt

PRODUCTS = 10
WATCH_S = 0.005
WAITS = (
    "cudaStreamSynchronize",
    "cudaDeviceSynchronize",
    "cudaMemcpyAsync",
    "cudaLaunchKernel",
    "aten::item",
)


def wait(device: Device) -> None:
    """Until everything under way on the device is done."""
    if device.name == "cuda":
        torch.cuda.synchronize()


class Peak:
    """Most memory that was held while in the `with` block: of the card, else resident in this process.

    Attributes:
        bytes: afterwards.
    """

    def __init__(self, device: Device) -> None:
        self.bytes = 0
        self._card = device.name == "cuda"
        self._process = psutil.Process()
        self._over = threading.Event()
        self._watching = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "Peak":
        if self._card:
            torch.cuda.reset_peak_memory_stats()
        else:
            self._watching.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._card:
            self.bytes = torch.cuda.max_memory_allocated()
        else:
            self._over.set()
            self._watching.join()

    def _watch(self) -> None:
        while True:
            self.bytes = max(self.bytes, self._process.memory_info().rss)
            if self._over.wait(WATCH_S):
                return


def matmul_rate(device: Device) -> float:
    """What the device reaches in large products one after the other, FLOP per second: the best of five goes.

    Always in wall time, and long enough that a card's limit of power counts.
    """
    size, goes = (8192, PRODUCTS) if device.name == "cuda" else (768, 2)
    one, other = (torch.randn(size, size, device=device.torch, dtype=device.dtype) for _ in range(2))
    best = float("inf")
    for _ in range(5):
        wait(device)
        begun = time.perf_counter()
        for _ in range(goes):
            one @ other
        wait(device)
        best = min(best, (time.perf_counter() - begun) / goes)
    return 2 * size**3 / best


def work(config: Any, prompt: Prompt) -> float:
    """FLOP that our path spends on one prompt, in products and attention.

    Not counted: norms, rotations and the like; and what is saved in the last layer, of which only one
    token's state is computed.
    """
    return _vision(config, prompt) + _language(config.text_config, len(prompt))


def _vision(config: Any, prompt: Prompt) -> float:
    sees, out = config.vision_config, config.text_config.hidden_size
    total = 0.0
    for picture in prompt.pictures:
        patches = picture.grid[0] * picture.grid[1]
        layer = 4 * sees.hidden_size**2 + 2 * sees.hidden_size * sees.intermediate_size
        found = 2 * patches * (sees.depth * layer + PATCH_VALUES * sees.hidden_size)
        found += 4 * patches**2 * sees.hidden_size * sees.depth
        merged = MERGE**2 * sees.hidden_size
        mergers = 1 + len(sees.deepstack_visual_indexes)
        found += 2 * mergers * (patches // MERGE**2) * (merged**2 + merged * out)
        total += picture.pairs * found
    return total


def _language(text: Any, length: int) -> float:
    queries, keys = (heads * text.head_dim for heads in (text.num_attention_heads, text.num_key_value_heads))
    layer = 2 * text.hidden_size * (queries + keys) + 3 * text.hidden_size * text.intermediate_size
    whole = text.num_hidden_layers - 1
    attention = 2 * length**2 * queries  # half of the square, as no token sees what comes after it
    last = 2 * length * 2 * text.hidden_size * keys
    return float(whole * (2 * length * layer + attention) + last)


def show_profile(device: Device, run: Callable[[], object]) -> None:
    """Print where the time of one call goes, which attention it takes and how often it waits."""
    kinds = [ProfilerActivity.CPU] + ([ProfilerActivity.CUDA] if device.name == "cuda" else [])
    with profile(activities=kinds) as seen:
        run()
        wait(device)
    averages = seen.key_averages()
    for order in ("self_cuda_time_total", "self_cpu_time_total")[0 if device.name == "cuda" else 1 :]:
        print(averages.table(sort_by=order, row_limit=25, max_name_column_width=70), flush=True)
    for event in averages:
        if "attention" in event.key or "flash" in event.key or "fmha" in event.key or event.key in WAITS:
            print(f"    {event.count:6} x {event.key[:110]}", flush=True)

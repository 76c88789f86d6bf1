"""Film and pictures of high dynamic range to what an ordinary screen shows. Decoder processes only.

Formulas: SMPTE ST 2084 and ITU-R BT.2100 (PQ, HLG), BT.2087 (primaries), BT.2408 (203 cd/m² are the white of
paper), IEC 61966-2-1 (sRGB).
"""

from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from models.inputs import Pixels

PQ: Final = 16
HLG: Final = 18
"""FFmpeg's numbers of the transfer characteristics, as in ITU-T H.273."""

_WHITE: Final = 203.0
_BRIGHT: Final = 99.5
"""Percentile that becomes white, where light is not in units of the white of paper."""
_HLG_PEAK: Final = 1000.0
_KNEE: Final = 0.8
_LEVELS: Final = 4096
_BT2020_TO_BT709: Final = np.array(
    ((1.6605, -0.5876, -0.0728), (-0.1246, 1.1329, -0.0083), (-0.0182, -0.1006, 1.1187)), np.float32
)


def is_high_range(transfer: int) -> bool:
    """Whether these transfer characteristics need `to_sdr`."""
    return transfer in (PQ, HLG)


def to_sdr(rgb: NDArray[np.uint16], transfer: int) -> Pixels:
    """sRGB, uint8 `[h, w, 3]`, of PQ or HLG with BT.2020 primaries, uint16 `[h, w, 3]`, full range.

    What is as bright as paper becomes nearly white, what is brighter fills the small rest up to white, and
    everything darker keeps its brightness: so a film looks as its ordinary version would.
    """
    light = _linear(transfer)[rgb] @ _BT2020_TO_BT709.T
    above = np.maximum(light - _KNEE, 0)
    light = np.minimum(light, _KNEE) + (1 - _KNEE) * (1 - np.exp(-above / (1 - _KNEE)))
    return srgb(light)


def levels(numbers: NDArray[Any], *, linear: bool) -> Pixels:
    """Levels 0..255 of floats.

    Args:
        linear: they are light; else as bright as their profile or their likes say.
    """
    white = 1.0
    sample = np.nan_to_num(numbers[::8, ::8].astype(np.float32), posinf=0.0, neginf=0.0)
    if sample.size and (bright := float(np.percentile(sample, _BRIGHT))) > 1:
        white = bright
    made = np.empty(numbers.shape, np.uint8)
    for part, out in zip(
        *(np.array_split(each, 1 + (numbers.nbytes >> 24)) for each in (numbers, made)), strict=True
    ):
        light = np.nan_to_num(part.astype(np.float32) / np.float32(white), posinf=1.0, neginf=0.0)
        out[:] = srgb(light) if linear else (np.clip(light, 0, 1) * 255 + 0.5).astype(np.uint8)
    return made


def srgb(light: NDArray[np.float32]) -> Pixels:
    """sRGB, uint8 of the same shape, of linear light; 1.0 and all above it is white."""
    indices: NDArray[np.intp] = (np.clip(light, 0, 1) * (_LEVELS - 1) + 0.5).astype(np.intp)
    return _srgb_levels()[indices]


@lru_cache(maxsize=2)
def _linear(transfer: int) -> NDArray[np.float32]:
    """For each of 65,536 levels the light, 1.0 for the white of paper."""
    signal = np.linspace(0, 1, 65_536)
    if transfer == PQ:
        root = signal ** (32 / 2523)
        ratio = np.maximum(root - 3424 / 4096, 0) / (2413 / 128 - 2392 / 128 * root)
        nits = 10_000 * ratio ** (8192 / 1305)
    else:
        a, b, c = 0.17883277, 0.28466892, 0.55991073
        scene = np.where(signal <= 0.5, signal**2 / 3, (np.exp((signal - c) / a) + b) / 12)
        # The system gamma for a screen of 1,000 cd/m², on each colour instead of on their sum
        nits = _HLG_PEAK * scene**1.2
    return (nits / _WHITE).astype(np.float32)


@lru_cache(maxsize=1)
def _srgb_levels() -> Pixels:
    light = np.linspace(0, 1, _LEVELS)
    signal = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    return (signal * 255 + 0.5).astype(np.uint8)

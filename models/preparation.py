"""From decoded pixels to what the vision tower reads: sizes and resampling.

A still picture is one frame shown twice, a clip is pairs of frames; either way one *frame pair* on a grid
of 16x16 patches gives one token per 2x2 patches. Pixels stay uint8 until they are on the device, which
cuts them into patches (`vision`).
"""

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Literal, TypeAlias

import numpy as np
import torch
import xxhash
from torch.nn import functional

from models import resampling
from models.errors import CheckpointError, UnusableInput
from models.inputs import Clip, Pixels

PATCH = 16
MERGE = 2
TEMPORAL = 2
UNIT = PATCH * MERGE
"""Sides are multiples of this: one token covers `UNIT` x `UNIT` pixels of a frame pair."""
PATCH_VALUES = 3 * TEMPORAL * PATCH * PATCH
MAX_RATIO = 200
FILE = "preparation.json"

Preset: TypeAlias = Literal["fast", "balanced", "exact"]


@dataclass(frozen=True, slots=True)
class Budget:
    """How many pixels and tokens an input may cost. Two budgets give two different embedding spaces.

    Attributes:
        image_min_pixels, image_max_pixels: of one still picture after resizing.
        page_max_pixels: the same for pages and screenshots, whose small print is to be read; None for no
            difference.
        clip_max_pixels: of one clip, summed over its frame pairs.
        frame_min_pixels, frame_max_pixels: of one frame pair; smaller frames are enlarged unless the
            clip would then cost more than `clip_max_pixels`.
        max_length: tokens of one prompt; longer text is cut.
    """

    image_min_pixels: int = 4096
    image_max_pixels: int = 1_310_720
    clip_max_pixels: int = 2_359_296
    frame_min_pixels: int = 131_072
    frame_max_pixels: int = 786_432
    max_length: int = 8192
    page_max_pixels: int | None = None

    def __post_init__(self) -> None:
        least = UNIT * UNIT
        if not least <= self.image_min_pixels <= self.image_max_pixels:
            raise ValueError(f"image_min_pixels must lie between {least} and image_max_pixels")
        if self.page_max_pixels is not None and self.page_max_pixels < self.image_min_pixels:
            raise ValueError("page_max_pixels must be at least image_min_pixels")
        if not least <= self.frame_min_pixels <= self.frame_max_pixels:
            raise ValueError(f"frame_min_pixels must lie between {least} and frame_max_pixels")
        if self.clip_max_pixels < self.frame_min_pixels:
            raise ValueError("clip_max_pixels must be at least frame_min_pixels")
        if self.max_length < 128:
            raise ValueError("max_length must be at least 128")

    @classmethod
    def exact(cls) -> "Budget":
        """The numbers of the official code."""
        return cls(image_max_pixels=1_843_200, clip_max_pixels=7_864_320)

    @classmethod
    def preset(cls, name: Preset) -> "Budget":
        """A named budget; "exact" is `exact`. See the package for what each keeps of the quality."""
        if name == "exact":
            return cls.exact()
        return PRESETS[name]

    @classmethod
    def of(cls, folder: Path, preset: Preset = "balanced") -> "Budget":
        """What the checkpoint's own `preparation.json` says (keys are the fields above), else the preset."""
        try:
            values = json.loads((folder / FILE).read_text("utf-8"))
        except FileNotFoundError:
            return cls.preset(preset)
        except (OSError, ValueError) as error:
            raise CheckpointError(
                f"{folder / FILE} cannot be read ({error}); restore or delete it."
            ) from error
        known = {field.name for field in fields(cls)}
        if not isinstance(values, dict) or not known.issuperset(values):
            raise CheckpointError(f"{folder / FILE} may only hold {', '.join(sorted(known))}; correct it.")
        try:
            return cls(**values)
        except (TypeError, ValueError) as error:
            raise CheckpointError(
                f"{folder / FILE} is not usable ({error}); correct or delete it."
            ) from error

    @classmethod
    def quick(cls, folder: Path, preset: Preset = "balanced") -> "Budget | None":
        """For a first pass over a library: "fast"; None when the checkpoint has its own or "fast" is chosen.

        Its vectors lie close enough to be found among those of the larger budget until they are replaced.
        """
        return None if preset == "fast" or (folder / FILE).exists() else cls.preset("fast")

    def fingerprint(self) -> str:
        """Stored with an index: equal fingerprints mean equally prepared inputs."""
        known = {name: value for name, value in asdict(self).items() if value is not None}
        values = json.dumps(known, sort_keys=True)
        return hashlib.blake2b(values.encode(), digest_size=8).hexdigest()


PRESETS: Mapping[Preset, Budget] = {
    "fast": Budget(image_max_pixels=262_144, page_max_pixels=524_288, clip_max_pixels=1_228_800),
    "balanced": Budget(image_max_pixels=786_432, page_max_pixels=1_310_720),
}


@dataclass(frozen=True, eq=False)
class Picture:
    """One still or one clip on its way into a prompt; pixels are only resampled by `resampled()`.

    Attributes:
        frames: one for a still, an even number for a clip.
        size: height and width after resizing, multiples of `UNIT`.
        times: seconds, one per frame pair; empty for a still.
    """

    frames: tuple[Pixels, ...]
    size: tuple[int, int]
    times: tuple[float, ...] = ()

    @property
    def pairs(self) -> int:
        """How many frame pairs: 1 for a still."""
        return len(self.times) or 1

    @property
    def grid(self) -> tuple[int, int]:
        """Patches down and across."""
        return self.size[0] // PATCH, self.size[1] // PATCH

    @property
    def tokens_per_pair(self) -> int:
        """Vision tokens of one frame pair."""
        return self.size[0] * self.size[1] // (UNIT * UNIT)

    @cached_property
    def key(self) -> bytes:
        """Equal keys mean that the same is seen. Reads all pixels once, at the speed of memory."""
        digest = xxhash.xxh3_128(repr((self.size, self.times)).encode())
        for frame in self.frames:
            digest.update(repr(frame.shape).encode())
            digest.update(np.ascontiguousarray(frame).data)
        return digest.digest()

    def resampled(self) -> "Picture":
        """The same with frames of `size`: what takes time, done ahead where there is a thread to spare."""
        resize = _resize_frame if self.times else _resize_still
        return Picture(tuple(resize(frame, self.size) for frame in self.frames), self.size, self.times)


def still(pixels: Pixels, budget: Budget, page: bool = False) -> Picture:
    """Plan one picture, or a page. Raises `UnusableInput`."""
    _check(pixels)
    most = (page and budget.page_max_pixels) or budget.image_max_pixels
    size = fit(pixels.shape[0], pixels.shape[1], budget.image_min_pixels, most)
    return Picture((pixels,), size)


def clip(value: Clip, budget: Budget) -> Picture:
    """Plan one clip within its total budget; a single last frame is shown twice. Raises `UnusableInput`."""
    pairs = (len(value.frames) + 1) // 2
    most = min(budget.frame_max_pixels, budget.clip_max_pixels // pairs)
    least = min(budget.frame_min_pixels, most)
    return frame_pairs(value.frames, value.times, least, most)


def frame_pairs(frames: Sequence[Pixels], times: Sequence[float], least: int, most: float) -> Picture:
    """Plan frames with explicit bounds in pixels per frame pair. Raises `UnusableInput`."""
    for frame in frames:
        _check(frame)
        if frame.shape != frames[0].shape:
            raise UnusableInput("The frames of a clip must all have the same size.")
    if len(frames) % 2:
        frames, times = [*frames, frames[-1]], [*times, times[-1]]
    size = fit(frames[0].shape[0], frames[0].shape[1], least, most)
    middles = tuple((first + second) / 2 for first, second in zip(times[::2], times[1::2], strict=True))
    return Picture(tuple(frames), size, middles)


def fit(height: int, width: int, least: int, most: float, unit: int = UNIT) -> tuple[int, int]:
    """The size nearest to `height` x `width` in multiples of `unit` with an area between `least` and `most`.

    Raises `UnusableInput` when one side is over 200 times the other.
    """
    if max(height, width) > MAX_RATIO * min(height, width):
        raise UnusableInput(
            f"A picture of {width} x {height} pixels is too narrow: one side is over 200 times the other."
        )
    rows, columns = max(unit, round(height / unit) * unit), max(unit, round(width / unit) * unit)
    if rows * columns < least:
        grow = math.sqrt(least / (height * width))
        rows, columns = math.ceil(height * grow / unit) * unit, math.ceil(width * grow / unit) * unit
        # Between close bounds, rounding up can overshoot; then cost counts more than detail.
        if rows * columns > most:
            rows, columns = _shrunk(height, width, most, unit)
    elif rows * columns > most:
        rows, columns = _shrunk(height, width, most, unit)
    return rows, columns


def _shrunk(height: int, width: int, most: float, unit: int) -> tuple[int, int]:
    shrink = math.sqrt(height * width / most)
    rows = max(unit, math.floor(height / shrink / unit) * unit)
    columns = max(unit, math.floor(width / shrink / unit) * unit)
    # Only a strip under a small budget still exceeds it, one side being held up at one unit.
    if rows * columns > most:
        longest = max(unit, int(most) // unit // unit * unit)
        rows, columns = min(rows, longest), min(columns, longest)
    return rows, columns


def _check(pixels: Pixels) -> None:
    if pixels.dtype != np.uint8 or pixels.ndim != 3 or pixels.shape[2] != 3 or 0 in pixels.shape:
        raise UnusableInput("A picture must be a non-empty uint8 array of height x width x 3.")


def _resize_still(pixels: Pixels, size: tuple[int, int]) -> Pixels:
    return pixels if pixels.shape[:2] == size else resampling.resized(pixels, size)


def _resize_frame(pixels: Pixels, size: tuple[int, int]) -> Pixels:
    """A clip's frame is resampled in float32 and rounded once, as the models learnt it, unlike a still."""
    if pixels.shape[:2] == size:
        return pixels
    planes = torch.tensor(pixels).permute(2, 0, 1)[None].float()
    resized = functional.interpolate(planes, size=size, mode="bicubic", antialias=True)
    rounded: Pixels = resized[0].permute(1, 2, 0).clamp(0, 255).round().to(torch.uint8).numpy()
    return rounded

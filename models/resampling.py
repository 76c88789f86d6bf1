"""Stills in another size: the numbers of Pillow 13, in a third to a half of its time.

Pillow sums up a pixel at a time. Here blocks of rows are turned on their side, so that what lies next to each
other in memory gets the same weight, which vector instructions do for many at once. numba compiles that in a
thread of its own, once so many stills came that it pays; until then, and where it cannot be done, Pillow does
the work, one side of the picture at a time. No number tells which of the two did.

Both sides of a picture are rounded, so it matters which comes first, and that changed with Pillow 13. What is
in an index must not change with a library; so the order is chosen here.
"""

import itertools
import logging
import math
import threading
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from models.inputs import Pixels

log = logging.getLogger(__name__)

MANY = 500
"""Stills from which on compiling pays."""
ROWS = 64
"""Turned on their side at once: few enough to stay in the nearest cache."""
PIECE = 16
"""Columns turned at once, for the same reason."""
BITS = 22
"""Of a weight behind its point: what 32 leave beside eight of a colour and two for sums beyond it."""
REACH = 2.0
"""Of a bicubic weight, in pixels of the coarser of both pictures."""

Weights: TypeAlias = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int32]]
"""For each new pixel of a side the first old one it is made of, how many, and their weights `[new, most]`."""


class Loops(NamedTuple):
    """Each makes one side of a picture as long as that of its last argument, which it fills."""

    across: Callable[[Pixels, Weights, Pixels], None]
    down: Callable[[Pixels, Weights, Pixels], None]


_seen = itertools.count(1)
_compiled: list[Loops] = []


def resized(pixels: Pixels, size: tuple[int, int]) -> Pixels:
    """Bicubic, with a reach that grows as the picture shrinks. Safe to use from several threads.

    Args:
        pixels: uint8 `[height, width, 3]`.
        size: height and width of the result.
    """
    if next(_seen) == MANY:
        threading.Thread(target=compile_now, name="resampling-compile", daemon=True).start()
    height, width = pixels.shape[:2]
    # Pillow 13's rule: begin where most is saved.
    down_first = height - size[0] > 2 * max(width - size[1], 0)
    if not _compiled:
        between = (width, size[0]) if down_first else (size[1], height)
        picture = Image.fromarray(pixels).resize(between, Image.Resampling.BICUBIC)
        return np.asarray(picture.resize((size[1], size[0]), Image.Resampling.BICUBIC))
    loops, pixels = _compiled[0], np.ascontiguousarray(pixels)
    steps = ((loops.down, 0), (loops.across, 1))
    for loop, axis in steps if down_first else reversed(steps):
        if pixels.shape[axis] != size[axis]:
            shape = [*pixels.shape]
            shape[axis] = size[axis]
            found = np.empty(shape, np.uint8)
            loop(pixels, weights(pixels.shape[axis], size[axis]), found)
            pixels = found
    return pixels


@lru_cache(maxsize=256)
def weights(old: int, new: int) -> Weights:
    """What `new` pixels in the place of `old` ones are made of, in the order of Pillow's Resample.c."""
    scale = old / new
    coarser = max(scale, 1.0)
    reach = REACH * coarser
    middle = (np.arange(new) + 0.5) * scale
    first = np.maximum((middle - reach + 0.5).astype(np.int64), 0)
    many = np.minimum((middle + reach + 0.5).astype(np.int64), old) - first
    place = np.arange(math.ceil(reach) * 2 + 1)
    raw = _bicubic((place + first[:, None] - middle[:, None] + 0.5) * (1.0 / coarser))
    raw[place >= many[:, None]] = 0.0
    shares = raw / np.add.accumulate(raw, axis=1)[:, -1:]  # summed one after the other
    return first, many, np.trunc(shares * (1 << BITS) + np.copysign(0.5, shares)).astype(np.int32)


def _bicubic(x: NDArray[np.float64]) -> NDArray[np.float64]:
    a, x = -0.5, np.abs(x)
    near = ((a + 2.0) * x - (a + 3.0)) * x * x + 1
    far = (((x - 5) * x + 8) * x - 4) * a
    return np.where(x < 1.0, near, np.where(x < 2.0, far, 0.0))


def compile_now() -> None:
    """Compile the loops, which takes some seconds of one core; `resized` uses them from then on."""
    try:
        _compiled.append(_loops())
    except Exception:  # the numbers are the same without them
        log.warning("resampling could not be compiled; pictures are prepared more slowly", exc_info=True)


def _loops() -> Loops:
    from numba import int32, int64, njit, types, uint8, void

    half = 1 << (BITS - 1)
    # Pictures are often read-only, which numba holds for another type.
    lines, picture = (types.Array(uint8, dimensions, "C", readonly=True) for dimensions in (2, 3))
    made_of = types.Tuple((int64[::1], int64[::1], int32[:, ::1]))
    loop = void(picture, made_of, uint8[:, :, ::1])

    @njit(void(lines, int32[::1], int32[::1], uint8[::1]), nogil=True)  # type: ignore[untyped-decorator]
    def add(lines: Any, shares: Any, sums: Any, found: Any) -> None:
        """The sum of `lines`, each times its share, as colours."""
        sums[:] = half
        count, k = len(shares), 0
        while k + 4 <= count:  # four at once: sums are fetched and put back less often
            a, b, c, d = shares[k], shares[k + 1], shares[k + 2], shares[k + 3]
            one, two, three, four = lines[k], lines[k + 1], lines[k + 2], lines[k + 3]
            for i in range(len(sums)):
                sums[i] += a * one[i] + b * two[i] + c * three[i] + d * four[i]
            k += 4
        while k < count:
            a, one = shares[k], lines[k]
            for i in range(len(sums)):
                sums[i] += a * one[i]
            k += 1
        for i in range(len(sums)):
            found[i] = min(max(sums[i] >> BITS, 0), 255)

    @njit(loop, nogil=True)  # type: ignore[untyped-decorator]
    def across(pixels: Any, made_of: Any, found: Any) -> None:
        height, width, _ = pixels.shape
        columns = found.shape[1]
        turned, narrow = np.zeros((3, width, ROWS), np.uint8), np.empty((3, columns, ROWS), np.uint8)
        sums = np.empty(ROWS, np.int32)
        for top in range(0, height, ROWS):
            count = min(ROWS, height - top)
            for start in range(0, width, PIECE):
                for row in range(count):
                    for column in range(start, min(start + PIECE, width)):
                        for band in range(3):
                            turned[band, column, row] = pixels[top + row, column, band]
            for band in range(3):
                for column in range(columns):
                    first, many = made_of[0][column], made_of[1][column]
                    lines = turned[band, first : first + many]
                    add(lines, made_of[2][column, :many], sums, narrow[band, column])
            for start in range(0, columns, PIECE):
                for row in range(count):
                    for column in range(start, min(start + PIECE, columns)):
                        for band in range(3):
                            found[top + row, column, band] = narrow[band, column, row]

    @njit(loop, nogil=True)  # type: ignore[untyped-decorator]
    def down(pixels: Any, made_of: Any, found: Any) -> None:
        height, columns, _ = pixels.shape
        rows = found.shape[0]
        lines, new = pixels.reshape(height, 3 * columns), found.reshape(rows, 3 * columns)
        sums = np.empty(3 * columns, np.int32)
        for row in range(rows):
            first, many = made_of[0][row], made_of[1][row]
            add(lines[first : first + many], made_of[2][row, :many], sums, new[row])

    return Loops(across, down)

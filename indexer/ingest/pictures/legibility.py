"""Whether a picture may hold words, at a glance: what certainly holds none is not read for them later."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.inputs import Pixels

_TILE: Final = (16, 32)
_STEP: Final = 40
"""Levels of brightness between a letter's stroke and the paper, at least."""
_STROKES: Final = (0.05, 0.55)
"""Share of such steps among the pixels of a line of text, in tiles that hold some of it."""
_SCALES: Final = (1, 4)
"""Small print as it is, headlines reduced."""


def may_hold_words(rgb: Pixels) -> bool:
    """False only for pictures without two neighbouring spots full of upright strokes.

    Foliage and fabric pass; sky, faces and walls do not.
    """
    red, green, blue = (rgb[:, :, channel].astype(np.int16) for channel in range(3))
    levels = (2 * red + 5 * green + blue) >> 3
    return any(_has_lines(_reduced(levels, scale)) for scale in _SCALES)


def _reduced(levels: NDArray[np.int16], scale: int) -> NDArray[np.int16]:
    if scale == 1:
        return levels
    rows, columns = levels.shape[0] // scale, levels.shape[1] // scale
    blocks = levels[: rows * scale, : columns * scale].reshape(rows, scale, columns, scale)
    reduced: NDArray[np.int16] = blocks.mean((1, 3), dtype=np.float32).astype(np.int16)
    return reduced


def _has_lines(levels: NDArray[np.int16]) -> bool:
    steps = np.abs(np.diff(levels, axis=1)) > _STEP
    height, width = _TILE
    rows, columns = steps.shape[0] // height, steps.shape[1] // width
    if not rows or columns < 2:
        return False
    tiles = steps[: rows * height, : columns * width].reshape(rows, height, columns, width).mean((1, 3))
    busy = (tiles > _STROKES[0]) & (tiles < _STROKES[1])
    return bool((busy[:, 1:] & busy[:, :-1]).any())

"""Where the chips of the box lie, and the words behind them: arithmetic without a widget."""

from collections.abc import Sequence
from dataclasses import dataclass

MOST = 5
"""Lines that are seen at once: the box must not push the answers out of the window."""


@dataclass(frozen=True, slots=True)
class Place:
    """In a line, from 0 above; `x` and `width` in device-independent pixels."""

    line: int
    x: int
    width: int


def in_lines(widths: Sequence[int], left: int, right: int, gap: int, words: int) -> list[Place]:
    """A place per chip, and at last that of the words: from left to right, in as many lines as they need.

    Args:
        widths: of the chips; one that is wider than a line is as wide as that.
        left, right: where lines begin and end.
        gap: between two chips.
        words: they get at least this width, else they begin a line of their own.
    """
    places = []
    line, x = 0, left
    for wanted in widths:
        width = min(wanted, max(40, right - left))
        if x > left and x + width > right:
            line, x = line + 1, left
        places.append(Place(line, x, width))
        x += width + gap
    if places and right - x < min(words, right - left):
        line, x = line + 1, left
    return [*places, Place(line, x, max(40, right - x))]

"""Which parts of a picture get a vector of their own, because in the whole they are seen too small.

A model looks at a fixed number of pixels. What is lost by that is measured: the picture as the model sees it,
enlarged again, is compared with one of four times as many pixels. Where most is lost there is a part, then
where most of the rest is lost, until little is left or enough are found. So a boat far out gets one part, a
crowd several, sky and walls none. Pictures much longer than wide are cut into stretches instead.
But for asking `may_have_parts` in decoder processes only.
"""

import math
from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from indexer.ingest.pictures.raster import pixels, resized, within_pixels
from indexer.ingest.segments import MAX_IMAGE_PIXELS, Line, Segment
from indexer.messages.item_messages import Box
from models.inputs import Input

MOST: Final = 3
SIDES: Final = (0.5, 0.35)
"""Of a part, as shares of the picture's sides."""
SHARE: Final = 1 / 4
"""Pixels of a part for each that the model sees of the whole."""
FEWEST_PIXELS: Final = 12_288
"""Of a part: with less even the smallest model sees nothing."""
LEAST_PIXELS: Final = 1_200_000
"""Of the picture: smaller ones were made to be seen as a whole."""
SHRUNK: Final = 2.0
"""Pixels of the picture for each that the model sees, at least: where it sees nearly all, nothing is lost."""
NOISE: Final = 2.0
"""Levels of brightness that a soft edge or a sensor's noise loses."""
WORTH: Final = 1.0
"""Levels beyond that which a part loses on average, at least."""
_CELLS: Final = 48
"""Along the longer side of the map of what is lost."""

LONG: Final = 2.5
"""Longer than wide, or wider than long: a panorama, a whole page on one screenshot."""
LEAST_LONG_PIXELS: Final = 400_000
LONG_PIXELS: Final = 8 * MAX_IMAGE_PIXELS
"""What is decoded of such a picture to be cut."""
MOST_STRETCHES: Final = 12
_STRETCH: Final = 1.5
_OVERLAP: Final = 0.25


def is_long(width: int, height: int) -> bool:
    """Whether a picture is cut into stretches, however closely the model looks."""
    return max(width, height) >= LONG * min(width, height) and width * height >= LEAST_LONG_PIXELS


def may_have_parts(width: int, height: int) -> bool:
    """Whether some embedder may lose enough of such a picture for it to have parts."""
    return width * height >= LEAST_PIXELS or is_long(width, height)


def is_stretch(box: Box) -> bool:
    """Whether a part is one of those."""
    return 1 in (box.width, box.height)


def own_lines(box: Box, lines: Iterable[Line]) -> Iterator[Line]:
    """What was read off a stretch, placed in the whole picture, without what its neighbour shows better."""
    for line in lines:
        at = line.box
        across, down = at.left + at.width / 2, at.top + at.height / 2
        place, start, share = (across, box.left, box.width) if box.width < 1 else (down, box.top, box.height)
        rim = _OVERLAP / 2
        if (place < rim and start > 0) or (place > 1 - rim and start + share < 0.9999):
            continue
        yield Line(
            line.text,
            _box(
                box.left + at.left * box.width,
                box.top + at.top * box.height,
                at.width * box.width,
                at.height * box.height,
            ),
        )


def segments(shown: Image.Image, seen: int) -> Iterator[Segment]:
    """The parts of a picture that are worth it, most first.

    Args:
        seen: pixels of the whole that the embedder looks at.
    """
    if is_long(*shown.size):
        for box in stretches(*shown.size):
            yield _segment(shown, box, min(seen, MAX_IMAGE_PIXELS))
        return
    if shown.width * shown.height < max(LEAST_PIXELS, SHRUNK * seen):
        return
    for box in _losing(_lost(shown, seen)):
        yield _segment(shown, box, max(FEWEST_PIXELS, round(SHARE * seen)))


def stretches(width: int, height: int) -> list[Box]:
    """All of a long picture in overlapping pieces, from left to right or from the top down."""
    long, short = max(width, height), min(width, height)
    step = 1 - _OVERLAP
    share = max(_STRETCH * short / long, 1 / (1 + step * (MOST_STRETCHES - 1)))
    count = 1 + math.ceil((1 - share) / (step * share) - 1e-6)
    starts = [number * (1 - share) / (count - 1) for number in range(count)]
    if width > height:
        return [_box(start, 0, share, 1) for start in starts]
    return [_box(0, start, 1, share) for start in starts]


def _lost(shown: Image.Image, seen: int) -> NDArray[np.float32]:
    """How far, in levels of brightness beyond noise, a picture is from what the model sees, by place."""
    grey = shown.convert("L")
    grey = grey.resize(within_pixels(*grey.size, 4 * seen), Image.Resampling.BOX)
    small = grey.resize(within_pixels(*grey.size, seen), Image.Resampling.BOX)
    again = small.resize(grey.size, Image.Resampling.BILINEAR)
    lost = np.abs(np.asarray(grey, np.float32) - np.asarray(again, np.float32))
    scale = _CELLS / max(grey.size)
    cells = max(4, round(grey.width * scale)), max(4, round(grey.height * scale))
    mean = np.asarray(Image.fromarray(lost).resize(cells, Image.Resampling.BOX))
    beyond: NDArray[np.float32] = np.maximum(mean - NOISE, 0)
    return beyond


def _losing(lost: NDArray[np.float32]) -> list[Box]:
    """The parts with most of what is lost; what lies well inside of one counts no more. Changes `lost`."""
    rows, columns = lost.shape
    found: list[Box] = []
    while len(found) < MOST:
        _, loss, top, left, high, wide = max(_best(lost, side) for side in SIDES)
        if loss < WORTH:
            break
        found.append(_box(left / columns, top / rows, wide / columns, high / rows))
        lost[_inside(top, high, rows), _inside(left, wide, columns)] = 0
    return found


def _best(lost: NDArray[np.float32], side: float) -> tuple[float, float, int, int, int, int]:
    """The part of this size with the greatest loss: what it is worth, its loss, where it is, its size.

    Of two sizes the larger is worth more unless what is lost lies close together.
    """
    rows, columns = lost.shape
    high, wide = round(rows * side), round(columns * side)
    windows = np.lib.stride_tricks.sliding_window_view(lost, (high, wide))
    losses = np.einsum("ijkl,k,l->ij", windows, _weights(high), _weights(wide), optimize=True)
    top, left = divmod(int(losses.argmax()), losses.shape[1])
    loss = float(losses[top, left])
    return loss * math.sqrt(side), loss, top, left, high, wide


def _weights(length: int) -> NDArray[np.float32]:
    """1 together; the middle counts twice as much as the ends, so that a thing lies in the middle."""
    weights = 1 + np.minimum(np.arange(1, length + 1), np.arange(length, 0, -1)) / (length / 2)
    made: NDArray[np.float32] = (weights / weights.sum()).astype(np.float32)
    return made


def _inside(start: int, length: int, whole: int) -> slice:
    """A part without its rims, but with those that are the picture's own."""
    rim = length // 6
    end = start + length
    return slice(start + rim if start else 0, end if end == whole else end - rim)


def _segment(shown: Image.Image, box: Box, most: int) -> Segment:
    width, height = shown.size
    right, bottom = box.left + box.width, box.top + box.height
    part = shown.crop(
        (
            round(box.left * width),
            round(box.top * height),
            max(round(box.left * width) + 1, round(right * width)),
            max(round(box.top * height) + 1, round(bottom * height)),
        )
    )
    small = resized(part, within_pixels(*part.size, most))
    return Segment("image", Input(images=(pixels(small),)), box=box)


def _box(left: float, top: float, width: float, height: float) -> Box:
    return Box(round(left, 4), round(top, 4), round(width, 4), round(height, 4))

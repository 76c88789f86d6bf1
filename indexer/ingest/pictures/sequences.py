"""Files of several pictures: pages of a scan, moments of an animation. Decoder processes only."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from indexer.ingest.pictures.colours import without_depth
from indexer.ingest.rules import MIN_SIDE
from indexer.ingest.segments import DAMAGED

MAX_PAGES = 500
"""Further pages of one file are not read; the item's note says so."""
MAX_MOMENTS = 4
"""Of an animation, evenly spread."""

_ANIMATED: Final = ("GIF", "WEBP", "PNG", "AVIF", "HEIF")
_MAX_PIXELS: Final = 1_000_000_000
_SUBFILE_TYPE: Final = 254
_REDUCED_OR_MASK: Final = 1 | 4
_FEWER: Final = 0.6
_OTHER_SHAPE: Final = 0.02
_GRID: Final = (48, 48)
_SAME: Final = 0.9
"""Correlation. Of two pages of text it is below 0.8, of a picture and what is made from it above 0.97."""


def pages(original: Image.Image) -> tuple[list[int], str]:
    """The numbers of the frames that are pages of a TIFF, and a sentence when there are more of them.

    Small previews, masks and the same once more with fewer pixels (scanners of slides, maps) are no pages.
    Damage ends the list. Leaves the picture at its first frame.
    """
    if original.format != "TIFF":
        return [0], ""
    found: list[int] = []
    sizes: list[tuple[int, int]] = []
    note = ""
    number = 0
    try:
        while len(found) <= MAX_PAGES and number < 4 * MAX_PAGES:
            original.seek(number)
            kind = original.getexif().get(_SUBFILE_TYPE, 0)
            if min(original.size) >= MIN_SIDE and not (isinstance(kind, int) and kind & _REDUCED_OR_MASK):
                found.append(number)
                sizes.append(original.size)
            number += 1
    except EOFError:  # the end, or a directory that points back
        pass
    except Exception:  # one that points to nowhere
        note = f"What follows its page {len(found)} cannot be read."
    reduced = _reduced(original, found, sizes)
    found = [number for number in found if number not in reduced]
    original.seek(0)
    if len(found) > MAX_PAGES:
        note = f"Only its first {MAX_PAGES} pages are indexed."
    return found[:MAX_PAGES] or [0], note


def _reduced(original: Image.Image, numbers: list[int], sizes: list[tuple[int, int]]) -> set[int]:
    """The frames that show what the one with the most pixels before them does. Pages are of any size, too."""
    reduced: set[int] = set()
    whole, seen = 0, None
    for at in range(1, len(numbers)):
        (width, height), (wide, high) = sizes[at], sizes[whole]
        if width > _FEWER * wide or abs(width * high / wide - height) > max(1.0, _OTHER_SHAPE * height):
            whole, seen = at, None
            continue
        try:
            seen = _relief(original, numbers[whole]) if seen is None else seen
            if np.mean(seen * _relief(original, numbers[at])) < _SAME:
                break
        except MemoryError:
            raise
        except Exception:  # damage will be told of a page
            break
        reduced.add(numbers[at])
    return reduced


def _relief(original: Image.Image, number: int) -> NDArray[np.float32]:
    """A coarse picture of a frame, in standard deviations from its mean."""
    original.seek(number)
    original.load()
    coarse = without_depth(original).convert("L").resize(_GRID, Image.Resampling.BOX)
    grey = np.asarray(coarse, dtype=np.float32)
    relief: NDArray[np.float32] = (grey - grey.mean()) / max(1e-3, float(grey.std()))
    return relief


def moments(original: Image.Image) -> tuple[list[int], str]:
    """The numbers of the frames that stand for an animation, the first left out, and a sentence for damage.

    None for a still picture. May leave it at another frame.
    """
    note = ""
    if original.format not in _ANIMATED:
        return [], note
    try:
        count = getattr(original, "n_frames", 1)
    except MemoryError:
        raise
    except Exception:  # in the frame after this one
        count, note = original.tell() + 1, DAMAGED
    # Frames are made from those before them, so the last one costs all of them
    count = min(count, _MAX_PIXELS // max(1, original.width * original.height))
    return sorted({count * step // MAX_MOMENTS for step in range(1, MAX_MOMENTS)} - {0}), note

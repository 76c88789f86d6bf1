"""Files of several pictures: pages of a scan, moments of an animation. Decoder processes only."""

from typing import Final

from PIL import Image

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


def pages(original: Image.Image) -> tuple[list[int], str]:
    """The numbers of the frames that are pages of a TIFF, and a sentence when there are more of them.

    Small previews and masks are no pages. Damage ends the list. Leaves the picture at its first frame.
    """
    if original.format != "TIFF":
        return [0], ""
    found: list[int] = []
    note = ""
    number = 0
    try:
        while len(found) <= MAX_PAGES and number < 4 * MAX_PAGES:
            original.seek(number)
            kind = original.getexif().get(_SUBFILE_TYPE, 0)
            if min(original.size) >= MIN_SIDE and not (isinstance(kind, int) and kind & _REDUCED_OR_MASK):
                found.append(number)
            number += 1
    except EOFError:  # the end, or a directory that points back
        pass
    except Exception:  # one that points to nowhere
        note = f"What follows its page {len(found)} cannot be read."
    original.seek(0)
    if len(found) > MAX_PAGES:
        note = f"Only its first {MAX_PAGES} pages are indexed."
    return found[:MAX_PAGES] or [0], note


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

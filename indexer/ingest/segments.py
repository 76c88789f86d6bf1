"""What ingesting a file yields: one `Item`, then its `Segment`s.

Where only reading them shows what is missing, the `Item` comes once more in the end, with another note.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from indexer.ingest.metadata.record import NOTHING, Metadata
from indexer.kinds import Kind
from indexer.messages.item_messages import Box
from indexer.messages.result_messages import SegmentType
from models.inputs import Input

MAX_IMAGE_PIXELS = 1_843_200
"""Larger pictures are reduced to this: the most that the models ever look at (1,800 tokens)."""
MAX_FRAME_PIXELS = 768 * 432
"""Frames of a clip are reduced to this: eight of them fill what the models spend on one clip."""
THUMBNAIL_SIDE = 320
PREVIEW_SIDE = 896
FRAME_PREVIEW_SIDE = 384
DAMAGED: Final = "The file is damaged; what could be read of it is indexed."
"""The note of a file in which it is not known what is missing."""
DAMAGED_OR_RARE: Final = "It is damaged, or of a variety that Sightline cannot read."
"""Why there is nothing of a file, where the library that reads it does not tell these apart."""
_NAMED: Final = 10


@dataclass(frozen=True, slots=True)
class Item:
    """What one file is.

    Attributes:
        thumbnail: JPEG, at most `THUMBNAIL_SIDE` pixels either way; b"" for plain text.
        width, height: pixels as displayed (turned upright, square pixels); None for documents.
        duration_s: videos, measured where the header lies; None when unknown.
        pages: PDFs, all pages of the file.
        about: what it says about itself.
        note: a sentence when only a part of the file could be or was read; "" if all of it.
    """

    kind: Kind
    thumbnail: bytes
    width: int | None = None
    height: int | None = None
    duration_s: float | None = None
    pages: int | None = None
    about: Metadata = NOTHING
    note: str = ""


def lacking(item: Item, pages: Sequence[int]) -> Item:
    """The same of a file of which these pages, at least one, cannot be shown."""
    number, *others = pages
    numbers = ", ".join(map(str, pages[:_NAMED])) + (", …" if len(pages) > _NAMED else "")
    missing = f"Its pages {numbers} cannot be shown." if others else f"Its page {number} cannot be shown."
    return replace(item, note=f"{item.note} {missing}".strip())


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """A part of a file that is embedded and found on its own.

    Attributes:
        content: what the embedder gets: upright, alpha on white, at most `MAX_IMAGE_PIXELS` for a picture
            or page and `MAX_FRAME_PIXELS` for each of a clip's at most eight frames; a passage as a text.
        text: the words in it, for full-text search: a page's text layer, the passage.
        start_s, end_s: clips only, seconds from the first frame.
        page: from 1, pages only.
        previews: JPEGs. One of at most `PREVIEW_SIDE` for an image or page, or for a long picture of as many
            pixels as a square of that side; one of at most `FRAME_PREVIEW_SIDE` for each frame of a clip,
            none for a passage of text.
        preview_times: clips only, seconds, one per preview.
        legible: there may be words in the picture that `text` lacks, so it is worth reading.
        box: the part of the file's first picture that this is; None for all of it. A part has no previews of
            its own.
    """

    type: SegmentType
    content: Input
    text: str = ""
    start_s: float | None = None
    end_s: float | None = None
    page: int | None = None
    previews: tuple[bytes, ...] = ()
    preview_times: tuple[float, ...] = ()
    legible: bool = False
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Sight:
    """Pixels that the embedder looks at: of a picture, and of a page or screenshot."""

    picture: int
    page: int


SHARPEST = Sight(1 << 40, 1 << 40)
"""Of somebody who sees every pixel: long pictures are in pieces even then."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words read off a picture, and where it stands there."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class Place:
    """Which picture of a file: a page from 1, or a moment in seconds; neither is the file's own picture."""

    page: int | None = None
    at_s: float | None = None


WHOLE = Place()


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """A picture for the person.

    Attributes:
        jpeg: as large as asked for. width, height: of the original in pixels, of a page those of the JPEG.
        pages: of the file, if they are counted.
        text, words: the text layer of a page; of pixels nothing is read here.
    """

    jpeg: bytes
    width: int
    height: int
    pages: int | None = None
    text: str = ""
    words: tuple[Line, ...] = ()


def around(corners: Sequence[Sequence[float]], width: int, height: int) -> Box:
    """The upright box around some points in pixels, as shares of the picture."""
    across = [min(max(x / width, 0.0), 1.0) for x, _ in corners]
    down = [min(max(y / height, 0.0), 1.0) for _, y in corners]
    left, top = min(across), min(down)
    return Box(round(left, 4), round(top, 4), round(max(across) - left, 4), round(max(down) - top, 4))

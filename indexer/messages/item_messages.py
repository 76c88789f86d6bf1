"""The part of `indexer.protocol` about one file: how it looks large, what is written in it, its copies."""

from dataclasses import dataclass

MAX_SIDE = 8000
"""Pixels; the longest side a preview is drawn with."""
MAX_SECONDS = 10.0
MAX_RATE = 15


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a picture, as shares (0 to 1) of its width and height, from the upper left corner."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class GetPreview:
    """An indexed file, one of its pages, or a moment of a film, drawn anew. Reply: `Preview`.

    Answered when it is ready, which may be after later requests. Error when the file cannot be read now.

    Attributes:
        page: from 1; None means the picture itself, or the first page.
        at_s: seconds, films only.
        size: pixels of the longer side, at most `MAX_SIDE`; never enlarged beyond the file's own.
    """

    path: str
    page: int | None = None
    at_s: float | None = None
    size: int = 1600


@dataclass(frozen=True, slots=True)
class Word:
    """A word in a picture, and where it stands there."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class Preview:
    """What `GetPreview` asks for.

    Attributes:
        image: a JPEG in the cache; "" for a text that has no looks of its own.
        width, height: pixels of the original, upright, of which `image` may be a reduction; of a page, those
            of `image`; 0 without one.
        pages: how many the file has, None where pages are not counted.
        undrawn: it has pages, which LibreOffice could draw if it were installed.
        text: all that is written there. words: the same where each word's place is known, in reading order.
    """

    image: str = ""
    width: int = 0
    height: int = 0
    pages: int | None = None
    text: str = ""
    words: tuple[Word, ...] = ()
    undrawn: bool = False


@dataclass(frozen=True, slots=True)
class GetFilm:
    """A few seconds of an indexed film as pictures, to be shown one after the other. Reply: `Film`.

    Answered like `GetPreview`.

    Attributes:
        start_s: from here on, seconds. seconds: at most `MAX_SECONDS`. rate: pictures per second.
        size: pixels of their longer side.
    """

    path: str
    start_s: float
    seconds: float = 3.0
    rate: int = 8
    size: int = 960


@dataclass(frozen=True, slots=True)
class Film:
    """What `GetFilm` asks for.

    Attributes:
        frames: JPEGs in the cache, `rate` to a second. last: the film ends with them.
    """

    frames: tuple[str, ...]
    rate: int
    last: bool


@dataclass(frozen=True, slots=True)
class GetCopies:
    """Which other indexed files have the same bytes as this one. Reply: `Copies`."""

    path: str


@dataclass(frozen=True, slots=True)
class Copies:
    """Their paths, in order, without the one asked about."""

    paths: tuple[str, ...]

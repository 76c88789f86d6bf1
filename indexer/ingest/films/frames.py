"""Reading frames out of a film: the one interface, whichever library does it. Decoder processes only."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

from indexer.errors import MediaError
from models.inputs import Pixels

VideoReader: TypeAlias = Literal["av", "decord"]
"""Which library reads a film first: PyAV, or decord what it reads exactly."""

Alive: TypeAlias = Callable[[], None]
"""Called again and again while a reader works, as a film may take minutes to its next cut."""


class CannotDecode(MediaError):
    """A reader gets no frame out of a file; another may."""


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture of a film.

    Attributes:
        time_s: when it is shown, in seconds from the first frame.
        rgb: upright, with square pixels.
        lasts_s: how long it is shown, as far as the film says so.
    """

    time_s: float
    rgb: Pixels
    lasts_s: float = 0.0


@dataclass(frozen=True, slots=True)
class VideoInfo:
    """What is known of a film before reading it.

    Attributes:
        duration_s: measured at its end, else read from its header; None when neither is possible.
        width, height: as displayed: turned upright, with square pixels.
        rate: frames per second on average, 0.0 if unknown.
        container, codec: FFmpeg's names.
        square_pixels: whether it is stored as it is displayed.
        high_range: whether its brightness is meant for other screens (HDR).
        tags: what its container and its stream say about it, by FFmpeg's names.
    """

    duration_s: float | None
    width: int
    height: int
    rate: float
    container: str
    codec: str
    square_pixels: bool
    tags: Mapping[str, str]
    high_range: bool = False


class FrameReader(Protocol):
    """Frames of one film, reduced to at most `pixels` each and all of one size.

    Every call reads the file anew and holds few frames at a time, so memory stays flat.
    """

    @property
    def info(self) -> VideoInfo:
        """What is known of it."""

    def every(self, step_s: float, pixels: int) -> Iterator[Frame]:
        """In order: the first frame at or after each multiple of `step_s`, and the film's last frame.

        A gap in a film of variable rate yields nothing. Goes on after damage, until the end of the file.
        """

    def at(self, times: Sequence[float], pixels: int, *, exact: bool = True) -> Iterator[Frame]:
        """For each of the ascending times the frame shown then, or, cheaper, a key frame close before it.

        Times after the end give the last frame. Yields nothing for a time where nothing can be decoded.
        """

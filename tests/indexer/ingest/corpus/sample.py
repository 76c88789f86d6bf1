"""What is true of a file."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ingest_files import BLUE, GREEN, GREY, RED

Colours = tuple[tuple[int, int, int], ...]
Make = Callable[[Path], object]


UPRIGHT: Colours = (RED, GREEN, BLUE, GREY)
"""Of `ingest_files.corners`, the right way up."""


@dataclass(frozen=True)
class Sample:
    """A file and its facts. What is None is not a fact of this kind of file.

    Attributes:
        name: of the file; what it ends with matters.
        make: writes it to the path it is given.
        kind: photo, screenshot, video or document; "failed" or "skipped" when it cannot be found.
        size: width and height as displayed.
        colours: in the middles of its four quarters, in reading order.
        words: each must be in the text of some segment.
        absent: none of these may be in any.
        reason: a regular expression for the sentence, or for the note of a file read in part.
    """

    name: str
    make: Make
    kind: str = "photo"
    size: tuple[int, int] | None = None
    colours: Colours | None = None
    pages: int | None = None
    duration_s: float | None = None
    segments: int | None = None
    words: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    taken: str | None = None
    reason: str = ""


def writes(data: bytes | Callable[[], bytes]) -> Make:
    """A file of these bytes."""

    def make(path: Path) -> None:
        path.write_bytes(data if isinstance(data, bytes) else data())

    return make


def cut(make: Make, keep: float) -> Make:
    """The first part of another file."""

    def shorter(path: Path) -> None:
        make(path)
        data = path.read_bytes()
        path.write_bytes(data[: int(len(data) * keep)])

    return shorter


def spoiled(make: Make, at: float, length: int = 300) -> Make:
    """Another file with nonsense in one place."""

    def worse(path: Path) -> None:
        make(path)
        data = bytearray(path.read_bytes())
        start = int(len(data) * at)
        data[start : start + length] = bytes(
            (n * 37 + 11) % 251 for n in range(len(data[start : start + length]))
        )
        path.write_bytes(data)

    return worse

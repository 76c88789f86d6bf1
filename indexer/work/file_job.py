"""One file between its decoder and the index: what was read of it so far, and what is still to come."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

from indexer.errors import MediaError
from indexer.inference.model_work import Vector
from indexer.ingest.items import content_hash
from indexer.ingest.pictures.regions import may_have_parts
from indexer.ingest.rules import classify
from indexer.ingest.segments import Item
from indexer.priority import thread_gives_way
from indexer.store.rows import FileRow, SegmentRow

Outcome: TypeAlias = Literal["failed", "skipped"]
State: TypeAlias = tuple[int, int]


class Changed(Exception):
    """The file was written to while it was read: what was read may be half of each."""


def state_of(path: Path) -> State | None:
    """What changes whenever a file is written to; None when it is not there."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


def identified(path: Path, download: bool) -> tuple[State | None, str]:
    """The state and the hash of a file that there is a decoder for, read at low priority.

    Raises `MediaError`, and `Changed`.
    """
    thread_gives_way()
    state = state_of(path)
    classify(path, download)
    digest = content_hash(path, download)
    if state_of(path) != state:
        raise Changed
    return state, digest


def is_as_it_was(row: FileRow, download: bool) -> bool:
    """Whether a file has the content that it is found by. What else it may be comes out when it is read."""
    path = Path(row.path)
    state = state_of(path)
    try:
        return content_hash(path, download) == row.content_hash and state_of(path) == state
    except MediaError:
        return False


@dataclass(eq=False)
class Job:
    """A file that is being read. It is filled by one thread, and its vectors come from another.

    Attributes:
        state: of the file before it was opened.
        twins: files with the same bytes, which wait for this one.
        error, outcome: why there is nothing of it, in a sentence; "" while there is no such reason.
        quick: some of it got a quick look only.
        parts: large pictures were read with their parts. undrawn: its pages could not be drawn.
    """

    row: FileRow
    hash: str
    state: State | None
    item: Item | None = None
    segments: list[SegmentRow] = field(default_factory=list)
    vectors: list[Vector | None] = field(default_factory=list)
    twins: list[FileRow] = field(default_factory=list)
    error: str = ""
    outcome: Outcome = "failed"
    quick: bool = False
    parts: bool = True
    undrawn: bool = False
    _open: bool = True
    _missing: int = 0
    _turn: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def is_complete(self) -> bool:
        """Nothing more could be seen in it, were parts of pictures wanted and LibreOffice there."""
        match self.item:
            case Item(kind="document"):
                return not self.undrawn or any(segment.type == "page" for segment in self.segments)
            case Item(kind="photo" | "screenshot", width=int(width), height=int(height)):
                return self.parts or not may_have_parts(width, height)
            case _:
                return True

    def add(self, segment: SegmentRow) -> Callable[[Vector | str], bool]:
        """One more segment, whose vector is to come.

        Returns what is to be called with it, or with a sentence that says why there is none: true when
        nothing of the file is to come any more.
        """
        with self._lock:
            ordinal, turn = len(self.segments), self._turn
            self.segments.append(segment)
            self.vectors.append(None)
            self._missing += 1

        def answer(result: Vector | str) -> bool:
            with self._lock:
                if turn != self._turn:
                    return False
                if isinstance(result, str):
                    self.error = self.error or result
                else:
                    self.vectors[ordinal] = result
                self._missing -= 1
                return self._missing == 0 and not self._open

        return answer

    def close(self) -> bool:
        """There are no more segments. True when no vector is to come any more, either."""
        with self._lock:
            self._open = False
            return self._missing == 0

    def start_again(self) -> None:
        """Nothing of it counts, vectors still to come included."""
        with self._lock:
            self._turn += 1
            self.item, self.segments, self.vectors, self._missing, self.error = None, [], [], 0, ""

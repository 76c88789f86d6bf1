"""The pool of decoder processes: a file's path in, its `Item` and `Segment`s out, whatever the file does."""

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Literal

from indexer.errors import MediaError
from indexer.ingest.segments import Item, Segment
from models.inputs import Pixels


class DecoderDied(MediaError):
    """The file took its decoder process down (crash, hang, too much memory). Worth one more try."""


class PoolClosed(Exception):
    """The pool was closed while it was asked. Not the file's fault: nothing is to be recorded about it."""


class DecoderPool:
    """Decodes files in spawned child processes, each one file at a time. Safe to use from several threads."""

    def __init__(
        self,
        workers: int = 1,
        *,
        timeout_s: float = 60.0,
        memory_limit: int = 2 << 30,
        files_per_worker: int = 300,
        video_reader: Literal["av", "decord"] = "av",
    ) -> None: ...

    def decode(self, path: Path) -> Iterator[Item | Segment]:
        """The file's `Item`, then its segments in order, each as soon as it is made.

        Raises `Skipped` or `MediaError`, also after the first segments; `DecoderDied` among them.
        """
        raise NotImplementedError

    def picture(self, path: Path) -> Pixels:
        """A picture to search by: upright, alpha on white, at most `MAX_IMAGE_PIXELS`; waits for no `decode`.

        Raises `MediaError` with a whole sentence naming the file.
        """
        raise NotImplementedError

    def close(self) -> None:
        """End all children. Calls in progress on other threads raise `PoolClosed`."""

    def __enter__(self) -> "DecoderPool":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

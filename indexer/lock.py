"""One writer per data directory: a file lock that the operating system releases with its holder."""

import os
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from indexer.errors import DataDirectoryBusy, UserError

INSTANT_S = 0.15
ENDING_S = 15.0
"""How long an engine may take to end: a micro-batch, and what is to be written."""


class EngineLock:
    """Held from construction to `close()`; the file carries the holder's process id until that begins to end.

    Who comes while the holder ends waits for it.

    Raises DataDirectoryBusy when another process holds it, UserError when the file cannot be made.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._fd: int | None = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise UserError(
                f"Cannot write to {path.parent}: {error.strerror}. Choose another --data-dir."
            ) from None
        try:
            _acquire_patiently(self._fd, path)
        except OSError:
            os.close(self._fd)
            raise DataDirectoryBusy(
                f"Sightline is already running on {path.parent} (process {holder(path) or 'unknown'}). "
                "Close it first, or use another --data-dir."
            ) from None
        os.ftruncate(self._fd, 0)
        with suppress(OSError):  # on a full disk nobody reads who it is
            os.write(self._fd, f"{os.getpid()}\n".encode())

    def leave(self) -> None:
        """It will be released in a moment: whoever wants it next is to wait."""
        if self._fd is not None:
            os.ftruncate(self._fd, 0)

    def close(self) -> None:
        """Release it; the file stays, empty."""
        if self._fd is not None:
            os.ftruncate(self._fd, 0)
            os.close(self._fd)
            self._fd = None

    def __enter__(self) -> "EngineLock":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def holder(path: Path) -> int | None:
    """The process id in the lock file, None if there is none to be read."""
    try:
        return int(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        return None


def is_held(path: Path) -> bool:
    """Whether some process, this one included, holds the lock now."""
    try:
        fd = os.open(path, os.O_RDWR)
    except OSError:
        return False
    try:
        _acquire(fd)
    except OSError:
        return True
    finally:
        os.close(fd)
    return False


def _acquire_patiently(fd: int, path: Path) -> None:
    """`is_held` of another process may hold it for an instant, and one that ends for some seconds."""
    begun = time.monotonic()
    while True:
        try:
            _acquire(fd)
        except OSError:
            patience_s = ENDING_S if holder(path) is None else INSTANT_S
            if time.monotonic() - begun > patience_s:
                raise
        else:
            return
        time.sleep(0.05)


if sys.platform == "win32":
    import msvcrt

    _FAR_BEYOND_THE_TEXT = 1 << 20
    """Windows forbids others to read locked bytes, so the lock sits where no pid is written."""

    def _acquire(fd: int) -> None:
        os.lseek(fd, _FAR_BEYOND_THE_TEXT, os.SEEK_SET)
        msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
        os.lseek(fd, 0, os.SEEK_SET)

else:
    import fcntl

    def _acquire(fd: int) -> None:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)

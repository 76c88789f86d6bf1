"""Opening an original, read-only and gently, if it is there, and the hash that tells two files apart."""

import contextlib
import errno
import hashlib
import io
import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, ParamSpec, TypeVar

from indexer.errors import InCloud, InUse, MediaError
from indexer.messages.problem_messages import IN_USE

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

P = ParamSpec("P")
T = TypeVar("T")

WHOLE_HASH_BYTES = 64 << 20
"""Larger files are told apart by their size and by samples spread over them."""
_SAMPLES: Final = 64
_SAMPLE_BYTES: Final = 256 << 10

IN_CLOUD: Final = "It is kept in the cloud and not on this computer; opening it would download it."

DOWNLOADS: Final = ContextVar("downloads", default=False)
"""Whether what is only in the cloud may be read though the caller does not say so: in a decoder process, as
the engine says with each request. A large file stays "in the cloud" while only parts of it were fetched."""

# So a file that another program has locked is refused: here for a lease, and by servers; by Windows.
_HELD: Final = frozenset((errno.EAGAIN, errno.EBUSY, errno.ETXTBSY))
_WINDOWS_HELD: Final = frozenset((32, 33))
_WINDOWS_SHARE_ALL: Final = 0x1 | 0x2 | 0x4

# Opening such a file makes the cloud client download it.
_MACOS_DATALESS: Final = 0x40000000
_WINDOWS_PLACEHOLDER: Final = 0x400000 | 0x40000 | 0x1000

_noted: ContextVar[list[Path] | None] = ContextVar("noted", default=None)


def open_original(path: Path, download: bool = False) -> BinaryIO:
    """A person's file, opened for reading without changing its access time where the system allows.

    Raises `InCloud` for a file that is only in the cloud, unless it may be downloaded, `InUse` for one that
    another program keeps to itself, and `MediaError` with the reason for anything else that cannot be opened
    or is no regular file. Reading it raises the last two as well: parts of an open file can be locked, too.
    Never blocks on a pipe.
    """
    try:
        status = path.stat()
        if not (download or DOWNLOADS.get()) and is_placeholder(status):
            raise InCloud(IN_CLOUD)
        if not stat.S_ISREG(status.st_mode):
            raise MediaError("It is not a regular file.")
        return io.BufferedReader(_Original(_open(path), path))
    except OSError as error:
        raise _blame(error) from error


@contextlib.contextmanager
def noting_locks() -> Iterator[list[Path]]:
    """Yields the files of which a part was found locked meanwhile, whatever the library that read them made
    of that: PDFium, for one, shows an empty page."""
    locked: list[Path] = []
    before = _noted.set(locked)
    try:
        yield locked
    finally:
        _noted.reset(before)


class _Original(io.FileIO):
    """The bytes of an open file. What the system refuses is a `MediaError`, and a lock is noted."""

    def __init__(self, descriptor: int, path: Path) -> None:
        super().__init__(descriptor, "rb")
        self._path = path

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """What a buffer is filled by."""
        return self._told(super().readinto, buffer)

    def readall(self) -> bytes:
        """What reads to the end."""
        return self._told(super().readall)

    def _told(self, read: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
        try:
            got = read(*arguments, **named)
        except OSError as error:
            raise self._refusal(error) from error
        if got is None:  # so Python says that the system would have it tried again
            raise self._refusal(BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN)))
        return got

    def _refusal(self, error: OSError) -> MediaError:
        refusal = _blame(error, is_open=True)
        noted = _noted.get()
        if noted is not None and isinstance(refusal, InUse):
            noted.append(self._path)
        return refusal


def is_there(path: str | Path) -> bool:
    """Whether anything is there, as far as the system tells: `Path.exists` raises where it does not."""
    return os.path.exists(path)  # noqa: PTH110


def is_folder(path: str | Path) -> bool:
    """Whether a folder is there, as far as the system tells: `Path.is_dir` raises where it does not."""
    return os.path.isdir(path)  # noqa: PTH112


def why(error: OSError) -> str:
    """The sentence for a file that the system would not let us read."""
    match error.errno:
        case errno.ENOENT | errno.ENOTDIR:
            return "It is no longer there."
        case errno.EACCES | errno.EPERM:
            return "It cannot be read: permission denied."
        case errno.EIO | errno.ENXIO:
            return "It cannot be read: the disk reports an error."
        case errno.ENAMETOOLONG:
            return "Its name is too long for this system."
        case _:
            return f"It cannot be read: {(error.strerror or type(error).__name__).lower()}."


def content_hash(path: Path, download: bool = False) -> str:
    """Forty hexadecimal digits, equal for equal contents; up to `WHOLE_HASH_BYTES` also only for those.

    A larger file is not read whole: its size and 64 samples of 256 kB spread over it are hashed, the
    first and last bytes among them. Raises as `open_original` does.
    """
    digest = hashlib.blake2b(digest_size=20, person=b"sightline")
    with open_original(path, download) as file:
        size = os.fstat(file.fileno()).st_size
        if size <= WHOLE_HASH_BYTES:
            portion = min(size + 1, 1 << 20)  # one that is not filled is the last
            while len(block := file.read(portion)) == portion:
                digest.update(block)
            digest.update(block)
        else:
            digest.update(f"sampled {size}".encode())
            for sample in range(_SAMPLES):
                file.seek((size - _SAMPLE_BYTES) * sample // (_SAMPLES - 1))
                digest.update(file.read(_SAMPLE_BYTES))
    return digest.hexdigest()


def _blame(error: OSError, is_open: bool = False) -> MediaError:
    held = error.errno in _HELD or getattr(error, "winerror", None) in _WINDOWS_HELD
    denied = error.errno == errno.EACCES  # of a file that was opened to be read
    return InUse(IN_USE) if held or (denied and is_open) else MediaError(why(error))


def _open(path: Path) -> int:
    if sys.platform == "win32":
        import _winapi
        import msvcrt

        # As os.open has it, but others may rename and delete it meanwhile, and a lock is told from a denial
        handle = _winapi.CreateFile(
            str(path), _winapi.GENERIC_READ, _WINDOWS_SHARE_ALL, 0, _winapi.OPEN_EXISTING, 0, 0
        )
        return msvcrt.open_osfhandle(handle, os.O_RDONLY | os.O_BINARY)
    else:  # noqa: RET505 - for mypy, which follows one platform at a time
        flags = os.O_RDONLY | os.O_NONBLOCK
        try:
            return os.open(path, flags | getattr(os, "O_NOATIME", 0))
        except PermissionError:
            # O_NOATIME is for the owner only
            return os.open(path, flags)


def is_placeholder(status: os.stat_result) -> bool:
    """Whether a file's bytes are in the cloud and not on this computer, so that reading would download it."""
    if sys.platform == "linux":
        # Cloud drives are mounted through FUSE here; a sparse file of a real disk looks the same
        if status.st_blocks or not status.st_size:
            return False
        return _device(status.st_dev) in _fuse_devices()
    else:  # noqa: RET505 - for mypy, which follows one platform at a time
        dataless: int = getattr(status, "st_flags", 0) & _MACOS_DATALESS
        recalled: int = getattr(status, "st_file_attributes", 0) & _WINDOWS_PLACEHOLDER
        return bool(dataless or recalled)


def _device(number: int) -> str:
    return f"{os.major(number)}:{os.minor(number)}"


def _fuse_devices() -> set[str]:
    devices = set()
    for line in Path("/proc/self/mountinfo").read_text(errors="surrogateescape").splitlines():
        before, _, after = line.partition(" - ")
        if after.startswith("fuse"):
            devices.add(before.split(" ")[2])
    return devices

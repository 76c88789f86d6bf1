"""ZIP archives that hold a document: read member by member, within limits, never unpacked to the disk.

Decoder processes only. A name inside the archive is only ever looked up in the archive itself, so a path
that leads out of it (`../../`) leads to nothing.
"""

import contextlib
import io
import lzma
import posixpath
import zipfile
import zlib
from typing import IO, BinaryIO, Final

from indexer.errors import MediaError
from indexer.ingest.markup import UNREADABLE
from indexer.ingest.metadata.document import read_properties
from indexer.ingest.metadata.record import NOTHING, Metadata
from indexer.ingest.pictures.raster import jpeg
from indexer.ingest.segments import THUMBNAIL_SIDE

MAX_MEMBER_BYTES = 64 << 20
MAX_BYTES = 512 << 20
MAX_MEMBERS = 100_000

_DAMAGE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,  # a seek to before the beginning, and what bzip2 says; a failing drive is a `MediaError` by now
)
_BOMB: Final = "It unpacks to more than any document holds; it was not read."
TOO_LARGE: Final = f"Only the first {MAX_MEMBER_BYTES >> 20} MB of a sheet are read."


class Package:
    """The members of an archive, by name.

    Attributes:
        cut: those that are too large, and of which `beginning` gave a part.

    Raises `MediaError` for an archive that is damaged, locked or would unpack beyond the limits.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._left = MAX_BYTES
        self.cut: set[str] = set()
        try:
            self._archive = zipfile.ZipFile(file)
        except _DAMAGE as error:
            raise MediaError(UNREADABLE) from error
        self._members = {member.filename: member for member in self._archive.infolist()}
        if len(self._members) > MAX_MEMBERS:
            raise MediaError(_BOMB)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def names(self) -> list[str]:
        """All of them, in the order of the archive."""
        return list(self._members)

    def read(self, name: str) -> bytes:
        """A member's bytes. Raises `MediaError` when it is missing, damaged, locked or too large."""
        data = self._unpacked(name)
        if len(data) > MAX_MEMBER_BYTES:
            raise MediaError(_BOMB)
        return data

    def open(self, name: str) -> IO[bytes]:
        """A member to be read from its beginning. Raises as `read`."""
        return io.BytesIO(self.read(name))

    def beginning(self, name: str) -> IO[bytes]:
        """As `open`, but of a member that is too large as much as is allowed."""
        data = self._unpacked(name)
        if len(data) > MAX_MEMBER_BYTES:
            self.cut.add(name)
        return io.BytesIO(data[:MAX_MEMBER_BYTES])

    def _unpacked(self, name: str) -> bytes:
        """The same, of a member that is too large a byte more than is allowed. Raises as `read` otherwise."""
        member = self._members.get(name)
        if member is None:
            raise MediaError(UNREADABLE)
        if member.flag_bits & 1:
            raise MediaError("It is protected by a password.")
        try:
            # The size in the directory may be a lie, so what comes out is counted
            with self._archive.open(member) as unpacked:
                data = unpacked.read(min(MAX_MEMBER_BYTES, self._left) + 1)
        except _DAMAGE as error:
            raise MediaError(UNREADABLE) from error
        self._left -= len(data)
        if self._left < 0:
            raise MediaError(_BOMB)
        return data


def beside(name: str, target: str) -> str:
    """The member that a reference in the member `name` means; with a leading slash: from the top."""
    if target.startswith("/"):
        return posixpath.normpath(target.lstrip("/"))
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), target))


def thumbnail(package: Package, *names: str) -> bytes:
    """The first of these members that is a picture, as a JPEG of thumbnail size; b"" if there is none."""
    from indexer.ingest.pictures import images

    for name in names:
        if name in package:
            with contextlib.suppress(MediaError):
                return jpeg(images.inside(package.read(name)), THUMBNAIL_SIDE)
    return b""


def properties(package: Package, name: str) -> Metadata:
    """What a member with the document's properties says about it; nothing if it is not there or damaged."""
    try:
        return read_properties(package.read(name)) if name in package else NOTHING
    except MediaError:
        return NOTHING

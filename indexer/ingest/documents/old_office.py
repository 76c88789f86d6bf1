"""What only LibreOffice reads: Word, Excel and PowerPoint of before 2007, Visio, binary sheets of Excel.

And locked documents of any age, which are compound files (MS-CFB) like the old ones.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from indexer.errors import MediaError, Skipped
from indexer.ingest.documents.assembled import document
from indexer.ingest.documents.libreoffice import Draws, undrawn
from indexer.ingest.items import open_original
from indexer.ingest.segments import Item, Segment

_LOCKED: Final = "EncryptedPackage".encode("utf-16-le")
_OLD: Final = (
    "It is an Office document of before 2007; Sightline reads it where LibreOffice is installed, or once it "
    "is saved in the newer form."
)
_RARE: Final = "It is a document of a kind that Sightline reads only where LibreOffice is installed."
UNDRAWN: Final = (_OLD, _RARE)
"""What is said where it is not."""
_DIRECTORY_BYTES: Final = 16 << 20


def decode(path: Path, draws: Draws = undrawn) -> Iterator[Item | Segment]:
    """The document's pages, with their words, as LibreOffice draws them.

    Raises `MediaError` for a locked document and one that LibreOffice cannot read, `Skipped` where there is
    no LibreOffice.
    """
    with open_original(path) as file:
        locked = _LOCKED in file.read(_DIRECTORY_BYTES)
    if locked:
        raise MediaError("It is protected by a password.")
    yield from _pages(draws, _OLD)


def rare(draws: Draws = undrawn) -> Iterator[Item | Segment]:
    """The same of one that is packed like newer documents; locked ones are not."""
    yield from _pages(draws, _RARE)


def _pages(draws: Draws, otherwise: str) -> Iterator[Item | Segment]:
    drawing = draws()
    if drawing.pdf is None:
        raise MediaError(drawing.why) if drawing.why else Skipped(otherwise)
    yield from document((), draws=lambda: drawing)

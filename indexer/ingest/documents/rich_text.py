"""RTF: the text, by striprtf, without its pictures and objects."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from striprtf.striprtf import rtf_to_text

from indexer.errors import MediaError
from indexer.ingest.documents.assembled import document
from indexer.ingest.documents.libreoffice import Draws, undrawn
from indexer.ingest.documents.parts import Part
from indexer.ingest.items import open_original
from indexer.ingest.markup import UNREADABLE, tidy
from indexer.ingest.segments import Item, Segment

MAX_BYTES: Final = 32 << 20
"""Most of it are pictures, in hexadecimal digits. More of one file is not read; the item's note says so."""
_PICTURE: Final = re.compile(rb"[0-9A-Fa-f\r\n]{500,}")


def decode(path: Path, draws: Draws = undrawn) -> Iterator[Item | Segment]:
    """The document's `Item`, then a segment per passage. Raises `Skipped` (no text), `MediaError`."""
    with open_original(path) as file:
        data = file.read(MAX_BYTES + 1)
    try:
        # striprtf looks at each letter by itself, which takes the digits of some photos a minute
        words = _PICTURE.sub(b"", data[:MAX_BYTES])
        text = rtf_to_text(words.decode("latin-1"), errors="replace")
    except Exception as error:  # anything, for a damaged file
        raise MediaError(UNREADABLE) from error
    note = f"Only the first {MAX_BYTES >> 20} MB of it are indexed." if len(data) > MAX_BYTES else ""
    yield from document([Part(tidy(text))], note=note, draws=draws)

"""HTML pages: what a browser would show of them, without running or fetching anything."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from indexer.ingest.documents.assembled import document
from indexer.ingest.documents.parts import Part
from indexer.ingest.documents.plain_text import read_markup
from indexer.ingest.items import open_original
from indexer.ingest.markup import html_text
from indexer.ingest.segments import Item, Segment

MAX_BYTES: Final = 16 << 20
"""Of markup. More of one file is not read; the item's note says so."""


def decode(path: Path) -> Iterator[Item | Segment]:
    """The page's `Item`, then a segment per passage. Raises `Skipped` (no text), `MediaError`."""
    with open_original(path) as file:
        data = file.read(MAX_BYTES + 1)
    title, text = html_text(read_markup(data[:MAX_BYTES]))
    note = f"Only the first {MAX_BYTES >> 20} MB of the page are indexed." if len(data) > MAX_BYTES else ""
    yield from document([Part(text, title)], note=note)

"""From the parts of a document to what is embedded and found. Decoder processes only.

Every reader of a text format (office.py, opendocument.py, books.py, one_xml.py, web.py, mail.py,
rich_text.py, plain_text.py) yields `Part`s; what becomes of them is decided here, once.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from indexer.errors import MediaError, Skipped
from indexer.ingest.documents.libreoffice import FAILED, Drawing, Draws, undrawn
from indexer.ingest.documents.parts import MAX_CHARACTERS, Part, texts
from indexer.ingest.metadata.record import NOTHING, Metadata
from indexer.ingest.segments import DAMAGED, Item, Segment

MAX_TITLE = 200
"""Characters of a part's title: it is put before each of its passages."""

_HALVES: Final = re.compile("[\ud800-\udfff]")
_TOO_LONG: Final = f"Only the first {MAX_CHARACTERS >> 20} million characters of it are indexed."


def document(
    parts: Iterable[Part],
    *,
    about: Metadata = NOTHING,
    pages: int | None = None,
    thumbnail: bytes = b"",
    note: str = "",
    draws: Draws = undrawn,
) -> Iterator[Item | Segment]:
    """The document's `Item`, then a segment per passage, none across the border of a part.

    If its pages are drawn, a segment per page, as of a PDF, and passages of what they do not show. What was
    read before damage is kept, and said so. Raises `Skipped` (no text), and what reading the parts
    raises when nothing came before.
    """
    kept: list[Part] = []
    room = MAX_CHARACTERS
    try:
        for part in parts:
            note = note or part.note
            if not part.text.strip():
                continue
            kept.append(Part(_whole(part.text[:room]), _whole(part.title[:MAX_TITLE]), part.page))
            room -= len(part.text)
            if room < 0:
                note = _TOO_LONG
                break
    except MediaError:
        if not kept:
            raise
        note = DAMAGED
    drawing = draws()
    if drawing.pdf is not None:
        from indexer.ingest.documents import drawn

        pages_drawn = drawn.opened(drawing.pdf)
        if pages_drawn is not None:
            yield from drawn.document(pages_drawn, kept, about=about, note=note)
            return
        drawing = Drawing(why=FAILED)
    if not kept:
        raise MediaError(drawing.why) if drawing.why else Skipped("It contains no text.")
    note = note or (f"{drawing.why} Its text is indexed." if drawing.why else "")
    yield Item(kind="document", thumbnail=thumbnail, pages=pages, about=about, note=note)
    yield from texts(kept)


def _whole(text: str) -> str:
    """With letters in one piece that came in two halves, as RTF writes emoji; one half alone is no letter."""
    if not _HALVES.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")

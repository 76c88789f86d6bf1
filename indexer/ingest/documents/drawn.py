"""A document whose pages LibreOffice has drawn: the pages as of a PDF, then what they do not show.

Speaker's notes, comments, exact values of rounded cells and rows beyond the last page drawn stand on no page;
they become passages, as they do where nothing is drawn. What stands on a page is not said twice.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from indexer.errors import MediaError, Skipped
from indexer.ingest.documents import pdf_pages
from indexer.ingest.documents.parts import MAX_CHARACTERS, Part, texts
from indexer.ingest.metadata.record import NOTHING, Metadata
from indexer.ingest.segments import Item, Segment

# Scripts without blanks between words are compared sign by sign
_WORD: Final = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+"
)


@dataclass(frozen=True, slots=True)
class Opened:
    """A PDF that can be read: its `Item`, and its segments to come."""

    item: Item
    first: Segment | None
    others: Iterator[Item | Segment]


def opened(pdf: Path) -> Opened | None:
    """None if it is no PDF that can be read, whatever its first bytes say."""
    pages = pdf_pages.decode(pdf)
    try:
        item, first = next(pages), next(pages, None)
    except MediaError:
        return None
    return Opened(item, first, pages) if isinstance(item, Item) and not isinstance(first, Item) else None


def document(
    pages: Opened, parts: Sequence[Part], *, about: Metadata = NOTHING, note: str = ""
) -> Iterator[Item | Segment]:
    """The document's `Item`, its pages, then passages of what they do not show.

    Raises `Skipped` when there is neither.
    """
    if pages.first is None and not parts:
        raise Skipped("It contains no text.")
    about = pages.item.about if about == NOTHING else about
    yield replace(pages.item, about=about, note=note or pages.item.note)
    shown: set[str] = set()
    room = MAX_CHARACTERS
    for page in itertools.chain((pages.first,), pages.others):
        if isinstance(page, Item):
            yield replace(page, about=about, note=note or page.note)
        elif page is not None:
            words = _words(page.text[: max(0, room)])
            shown.update(words, _pairs(words))
            room -= len(page.text)
            yield page
    yield from texts(_unshown(parts, shown))


def _unshown(parts: Iterable[Part], shown: set[str]) -> Iterator[Part]:
    """Lines with a word, or with two in a row, that stand so on no page."""
    for part in parts:
        lines = [line for line in part.text.splitlines() if not _is_shown(_words(line), shown)]
        if lines:
            yield replace(part, text="\n".join(lines))


def _is_shown(words: list[str], shown: set[str]) -> bool:
    return shown.issuperset(words) and shown.issuperset(_pairs(words))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _pairs(words: list[str]) -> Iterator[str]:
    return (" ".join(pair) for pair in itertools.pairwise(words))

"""OpenDocument (LibreOffice): text, presentations, sheets. Decoder processes only.

Element names are those of OASIS OpenDocument 1.3, compared without their namespaces.
"""

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from indexer.errors import MediaError
from indexer.ingest.documents.assembled import document
from indexer.ingest.documents.libreoffice import Draws, undrawn
from indexer.ingest.documents.packages import TOO_LARGE, Package, properties, thumbnail
from indexer.ingest.documents.parts import Part
from indexer.ingest.markup import Element, attribute, events, local
from indexer.ingest.segments import Item, Segment

_MAX_SPACES: Final = 100
_UNSEEN: Final = frozenset(("tracked-changes", "forms", "automatic-styles", "font-face-decls", "scripts"))


def decode(package: Package, draws: Draws = undrawn) -> Iterator[Item | Segment]:
    """The document's `Item`, then a segment per passage. Raises `Skipped` (no text), `MediaError`."""
    if _is_locked(package):
        raise MediaError("It is protected by a password.")
    parts = _Parts(package)
    picture = thumbnail(package, "Thumbnails/thumbnail.png")
    about = properties(package, "meta.xml")
    yield from document(parts.read(), about=about, thumbnail=picture, pages=parts.slides(), draws=draws)


def _is_locked(package: Package) -> bool:
    with contextlib.suppress(MediaError):
        return b"encryption-data" in package.read("META-INF/manifest.xml")
    return False


class _Parts:
    """The content, read once: a part per slide or sheet, one for a text, one for what stands around it."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._lines: list[str] = []
        self._cells: list[str] = []
        self._in_cell: list[str] = []
        self._in_row = 0
        self._unseen = 0
        self._slide = 0

    def slides(self) -> int | None:
        """How many pages a presentation has; None for other documents."""
        count = 0
        with contextlib.suppress(MediaError):
            for _, kind, element in events(self._package.open("content.xml"), starts=False):
                count += kind == "page" and "drawing" in element.tag
                element.clear()
        return count or None

    def read(self) -> Iterator[Part]:
        """All of it. What precedes damage is yielded before `MediaError` is raised."""
        try:
            yield from self._content("content.xml")
        except MediaError:
            cut = "content.xml" in self._package.cut
            yield replace(self._part("", None), note=TOO_LARGE if cut else "")
            if not cut:
                raise
        if "styles.xml" in self._package:
            with contextlib.suppress(MediaError):
                yield from self._content("styles.xml", only=("header", "footer"))

    def _content(self, member: str, only: tuple[str, ...] = ()) -> Iterator[Part]:
        wanted = 0 if only else 1
        for ends, kind, element in events(self._package.beginning(member)):
            if kind in only:
                wanted += -1 if ends else 1
            if kind in _UNSEEN:
                self._unseen += -1 if ends else 1
            elif wanted and not self._unseen:
                if ends:
                    part = self._ended(kind, element)
                    if part is not None:
                        yield part
                else:
                    self._in_row += kind == "table-row"
        yield self._part("", None)

    def _ended(self, kind: str, element: Element) -> Part | None:
        match kind:
            case "h" | "p":
                text = "".join(_pieces(element)).strip()
                level = attribute(element, "outline-level") if kind == "h" else ""
                _empty(element)
                if text and self._in_row:
                    self._in_cell.append(text)
                elif text:
                    heading = "#" * min(6, int(level)) if level.isdigit() else ""
                    self._lines.append(f"\n{heading} {text}\n" if heading else text)
            case "annotation" | "note":
                _empty(element)  # who wrote it, and its number, would stand in the middle of the sentence
            case "table-cell":
                # Repeated cells are told once: thousands of equal ones fill the end of many rows
                self._cells += [" ".join(self._in_cell)] if self._in_cell else []
                self._in_cell = []
            case "table-row":
                self._in_row -= 1
                if self._cells:
                    self._lines.append("\t".join(self._cells))
                self._cells = []
                element.clear()
            case "table" if local(element.getparent().tag) == "spreadsheet":
                return self._part(attribute(element, "name"), None)
            case "page" if "drawing" in element.tag:
                self._slide += 1
                return self._part("", self._slide)
        return None

    def _part(self, title: str, page: int | None) -> Part:
        lines, self._lines = self._lines, []
        return Part("\n".join(lines), title, page)


def _empty(element: Element) -> None:
    """What has been read, but for what comes behind it in the paragraph that it is in."""
    tail, element.tail = element.tail, None
    element.clear()
    element.tail = tail


def _pieces(paragraph: Element) -> Iterator[str]:
    """The text of a paragraph and what is inside it, in order."""
    yield paragraph.text or ""
    for element in paragraph.iterdescendants():
        if not isinstance(element.tag, str):
            continue
        match local(element.tag):
            case "s":
                count = attribute(element, "c")
                yield " " * min(_MAX_SPACES, int(count) if count.isdigit() else 1)
            case "tab":
                yield "\t"
            case "line-break":
                yield "\n"
            case _:
                yield element.text or ""
        yield element.tail or ""

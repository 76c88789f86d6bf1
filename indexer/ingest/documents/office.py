"""Word, PowerPoint and Excel documents of 2007 and later: text of all their parts. Decoder processes only.

Element and attribute names are those of ECMA-376, compared without their namespace, of which there are two.
"""

import contextlib
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from indexer.errors import MediaError
from indexer.ingest.documents.assembled import document
from indexer.ingest.documents.libreoffice import Draws, undrawn
from indexer.ingest.documents.packages import TOO_LARGE, Package, beside, properties, thumbnail
from indexer.ingest.documents.parts import Part, kept
from indexer.ingest.markup import Element, attribute, events, local
from indexer.ingest.segments import Item, Segment

_THUMBNAILS: Final = ("docProps/thumbnail.jpeg", "docProps/thumbnail.jpg", "docProps/thumbnail.png")
_MAIN: Final = ("word/document.xml", "ppt/presentation.xml", "xl/workbook.xml")
_ASIDE: Final = re.compile(
    r"word/(?:(?:header|footer|footnotes|endnotes|comments)\d*|charts/chart\d*|diagrams/data\d*)\.xml"
)
_ASIDES: Final = frozenset(("notesSlide", "comments", "threadedComment", "drawing", "chart", "diagramData"))
"""What stands on or beside a slide or a sheet, as relations call it."""
_HEADING: Final = re.compile(r"(?:heading|title|subtitle)\s*(\d?)")
_DATE: Final = re.compile(r"[ymdhs]", re.IGNORECASE)
_QUOTED: Final = re.compile(r"\"[^\"]*\"|\[[^\]]*\]|\\.")
_DATE_FORMATS: Final = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_FIRST_DAY: Final = datetime.datetime(1899, 12, 30)
_FIRST_DAY_ON_A_MAC: Final = datetime.datetime(1904, 1, 1)
_LAST_DAY: Final = 2_958_465.0
_UNSEEN: Final = frozenset(("Fallback", "del", "moveFrom", "instrText", "delText"))


def decode(package: Package, draws: Draws = undrawn) -> Iterator[Item | Segment]:
    """The document's `Item`, then a segment per passage. Raises `Skipped` (no text), `MediaError`."""
    first = main_member(package)
    picture = thumbnail(package, *_THUMBNAILS)
    about = properties(package, "docProps/core.xml")
    if first.startswith("ppt/"):
        slides = _targets(package, first, "sldId")
        yield from document(
            _slides(package, slides), about=about, pages=len(slides) or None, thumbnail=picture, draws=draws
        )
    elif first.startswith("xl/"):
        yield from document(_sheets(package, first), about=about, thumbnail=picture, draws=draws)
    else:
        yield from document(_written(package, first), about=about, thumbnail=picture, draws=draws)


def main_member(package: Package) -> str:
    """The member that all others hang on; "" in an archive that is no document."""
    for target, kind in _relations(package, "").values():
        if kind == "officeDocument" and target in package:
            return target
    return next((name for name in _MAIN if name in package), "")


def _relations(package: Package, name: str) -> dict[str, tuple[str, str]]:
    """What a member refers to: id to (member, last part of the type)."""
    folder, _, file = name.rpartition("/")
    path = f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"
    found = {}
    with contextlib.suppress(MediaError):
        for _, kind, element in events(package.open(path), starts=False):
            if kind == "Relationship":
                target = beside(name, attribute(element, "Target"))
                found[attribute(element, "Id")] = (target, attribute(element, "Type").rpartition("/")[2])
    return found


def _targets(package: Package, main: str, entry: str) -> list[tuple[str, str]]:
    """(name, member) of the slides or sheets that the main part lists, in order."""
    relations = _relations(package, main)
    listed = []
    for _, kind, element in events(package.open(main), starts=False):
        if kind == entry:
            # `id` without a namespace is another number
            key = next((value for name, value in element.attrib.items() if name.endswith("}id")), "")
            if key in relations:
                listed.append((attribute(element, "name"), relations[key][0]))
    return [(name, member) for name, member in listed if member in package]


def _asides(package: Package, name: str) -> Iterator[str]:
    """The words that stand on or beside a slide or a sheet, as far as they are not in it itself."""
    waiting, seen = [name], {name}
    while waiting:
        related = _relations(package, waiting.pop()).values()
        kinds = {kind for _, kind in related} & _ASIDES
        if "threadedComment" in kinds:
            kinds -= {"comments"}  # the same for older versions, with advice to get a newer one
        for target, kind in related:
            if kind in kinds and target in package and target not in seen:
                seen.add(target)
                waiting.append(target)  # of a sheet the charts hang on its drawing
                text, _ = kept(_remarks(package, target))
                if text.strip() and not text.strip().isdigit():  # the number of the slide, alone
                    yield text


def _remarks(package: Package, name: str) -> Iterator[str]:
    """Paragraphs, or comments as Excel and older versions of PowerPoint have them, as lines."""
    yield from _paragraphs(package, name, {})
    for _, kind, element in events(package.open(name), starts=False):
        if kind == "text":
            yield " ".join("".join(element.itertext()).split())


# --- Word ------------------------------------------------------------------------------------------


def _written(package: Package, main: str) -> Iterator[Part]:
    """The body, then what stands around it: headers and footers, notes, comments, charts, diagrams."""
    headings = _headings(package)
    text, damage = kept(_paragraphs(package, main, headings))
    yield Part(text)
    for name in sorted(filter(_ASIDE.fullmatch, package.names())):
        aside, _ = kept(_paragraphs(package, name, headings))
        yield Part(aside)
    if damage is not None:
        raise damage


def _headings(package: Package) -> dict[str, int]:
    """Styles that are headings, and their levels. The names are English in every language's Word."""
    levels = {}
    with contextlib.suppress(MediaError):
        style = ""
        for ends, kind, element in events(package.open("word/styles.xml")):
            if kind == "style" and not ends:
                style = attribute(element, "styleId")
            elif kind == "name" and ends and (found := _HEADING.match(attribute(element, "val").lower())):
                levels[style] = min(6, int(found.group(1) or 1))
    return levels


def _paragraphs(package: Package, name: str, headings: dict[str, int]) -> Iterator[str]:
    """Paragraphs as lines, headings with "#", the rows of tables with a tab between cells."""
    rows, unseen = 0, 0
    cells: list[str] = []
    in_cell: list[str] = []
    for ends, kind, element in events(package.open(name)):
        if kind in _UNSEEN:
            unseen += -1 if ends else 1
        elif kind == "tr":
            rows += -1 if ends else 1
            if ends and cells:
                yield "\t".join(cells)
                cells = []
        elif kind == "tc" and ends:
            cells.append(" ".join(in_cell))
            in_cell = []
        elif kind == "p" and ends:
            # Of a text box, the paragraphs inside end, and are emptied, before the one that it hangs on
            text = "" if unseen else _runs(element).strip()
            level = _level(element, headings)
            element.clear()
            if text and rows:
                in_cell.append(text)
            elif text:
                yield f"\n{'#' * level} {text}\n" if level else text


def _level(paragraph: Element, headings: dict[str, int]) -> int:
    style = paragraph.find("{*}pPr/{*}pStyle")
    return 0 if style is None else headings.get(attribute(style, "val"), 0)


def _runs(paragraph: Element) -> str:
    """The text of a paragraph's runs."""
    pieces = []
    for element in paragraph.iter("{*}t", "{*}tab", "{*}br", "{*}cr", "{*}noBreakHyphen"):
        match local(element.tag):
            case "t":
                pieces.append(element.text or "")
            case "noBreakHyphen":
                pieces.append("-")
            case "tab":
                # The stops defined in a paragraph's properties have the same name
                pieces.append("\t" if local(element.getparent().tag) != "tabs" else "")
            case _:
                pieces.append("\n")
    return "".join(pieces)


# --- PowerPoint ------------------------------------------------------------------------------------


def _slides(package: Package, slides: list[tuple[str, str]]) -> Iterator[Part]:
    """A part per slide: its text, its diagrams, the speaker's notes, comments.

    A damaged slide costs itself, as a damaged sheet does; the complaint is raised after all others are read.
    """
    damage: MediaError | None = None
    for number, (_, name) in enumerate(slides, 1):
        text, broken = kept(_paragraphs(package, name, {}))
        damage = damage or broken
        yield Part("\n\n".join((text, *_asides(package, name))), page=number)
    if damage is not None:
        raise damage


# --- Excel -----------------------------------------------------------------------------------------


def _sheets(package: Package, main: str) -> Iterator[Part]:
    """A part per sheet: a line per row with a tab between cells, then text boxes and comments.

    What cells show, not their formulas.
    """
    related = {kind: target for target, kind in _relations(package, main).values()}
    words = related.get("sharedStrings", "xl/sharedStrings.xml")
    book = _Book(
        _shared(package, words),
        _dated(package, related.get("styles", "xl/styles.xml")),
        _first_day(package, main),
    )
    damage: MediaError | None = None
    for name, member in _targets(package, main, "sheet"):
        text, broken = kept(_rows(package, member, book))
        if member not in package.cut:
            damage = damage or broken
        text = "\n\n".join((text, *_asides(package, member)))
        yield Part(text, name, note="" if package.cut.isdisjoint((member, words)) else TOO_LARGE)
    if damage is not None:
        raise damage


@dataclass(frozen=True, slots=True)
class _Book:
    """What the cells of a workbook refer to.

    Attributes:
        shared: texts, by their number.
        dated: for each style whether it shows a number as a date.
        first_day: from which the days of a date are counted.
    """

    shared: list[str]
    dated: list[bool]
    first_day: datetime.datetime


def _first_day(package: Package, main: str) -> datetime.datetime:
    """Excel for the Mac long had one of its own, and keeps it in the files of that time."""
    for _, kind, element in events(package.open(main), starts=False):
        if kind == "workbookPr":
            return _FIRST_DAY_ON_A_MAC if attribute(element, "date1904") in ("1", "true") else _FIRST_DAY
    return _FIRST_DAY


def _shared(package: Package, name: str) -> list[str]:
    """The texts that cells refer to by number, as far as they are not too many."""
    texts: list[str] = []
    if name in package:
        try:
            for _, kind, element in events(package.beginning(name), starts=False):
                if kind == "si":
                    phonetic = {text for guide in element.iter("{*}rPh") for text in guide.iter("{*}t")}
                    texts.append("".join(t.text or "" for t in element.iter("{*}t") if t not in phonetic))
                    _drop(element)
        except MediaError:
            if name not in package.cut:
                raise
    return texts


def _dated(package: Package, name: str) -> list[bool]:
    """For each style of cells whether it shows a number as a date."""
    formats: dict[str, bool] = {}
    styles: list[bool] = []
    with contextlib.suppress(MediaError):
        inside = False
        for ends, kind, element in events(package.open(name)):
            if kind == "cellXfs":
                inside = not ends
            elif kind == "numFmt" and ends:
                code = _QUOTED.sub("", attribute(element, "formatCode"))
                formats[attribute(element, "numFmtId")] = bool(_DATE.search(code))
            elif kind == "xf" and ends and inside:
                number = attribute(element, "numFmtId")
                builtin = number.isdigit() and int(number) in _DATE_FORMATS
                styles.append(formats.get(number, builtin))
    return styles


def _rows(package: Package, name: str, book: _Book) -> Iterator[str]:
    cells: list[str] = []
    for _, kind, element in events(package.beginning(name), starts=False):
        if kind == "c":
            if text := " ".join(_cell(element, book).split()):
                cells.append(text)
            element.clear()
        elif kind == "row":
            if cells:
                yield "\t".join(cells)
            cells = []
            _drop(element)


def _drop(element: Element) -> None:
    """One that has ended, as it would stay in the tree, empty, with a million others."""
    if (parent := element.getparent()) is not None:
        parent.remove(element)


def _cell(cell: Element, book: _Book) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return "".join(t.text or "" for t in cell.iter("{*}t"))
    value = str(cell.findtext("{*}v") or "")
    try:
        if kind == "s":
            place = int(value)
            return book.shared[place] if place < len(book.shared) else ""
        if kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        if kind == "n" and book.dated[int(cell.get("s", ""))]:
            return _date(float(value), book.first_day)
    except (ValueError, IndexError, OverflowError):
        pass
    return value


def _date(days: float, first_day: datetime.datetime) -> str:
    """A serial number as a date, or a time of day, or both."""
    if not 0 <= days <= _LAST_DAY:
        raise ValueError
    moment = first_day + datetime.timedelta(seconds=round(days * 86_400))
    if days < 1:
        return moment.strftime("%H:%M")
    return moment.date().isoformat() + (moment.strftime(" %H:%M") if days % 1 else "")

"""Documents in one XML file: flat OpenDocument (LibreOffice), and FictionBook. Decoder processes only."""

import base64
import contextlib
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from indexer.errors import MediaError
from indexer.ingest.documents import opendocument
from indexer.ingest.documents.assembled import document
from indexer.ingest.documents.packages import MAX_MEMBER_BYTES, Package
from indexer.ingest.documents.parts import Part
from indexer.ingest.items import open_original
from indexer.ingest.markup import Element, attribute, events, local
from indexer.ingest.metadata.record import Metadata, clean, distinct, moment
from indexer.ingest.pictures.raster import jpeg
from indexer.ingest.segments import THUMBNAIL_SIDE, Item, Segment

_LINES: Final = frozenset(("p", "v", "subtitle", "text-author", "tr"))


def decode(path: Path) -> Iterator[Item | Segment]:
    """The document's `Item`, then a segment per passage. Raises `Skipped` (no text), `MediaError`."""
    with open_original(path) as file:
        data = file.read(MAX_MEMBER_BYTES + 1)
    if _root(data) == "FictionBook":
        about, cover = _description(data)
        yield from document(_chapters(data), about=about, thumbnail=cover)
    else:
        yield from opendocument.decode(_packed(data))


def _root(data: bytes) -> str:
    return next((kind for _, kind, _ in events(io.BytesIO(data))), "")


def _packed(data: bytes) -> Package:
    """As LibreOffice would have packed it: all that lies apart there is in this one."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("content.xml", data)
        archive.writestr("meta.xml", data)
    return Package(packed)


def _description(data: bytes) -> tuple[Metadata, bytes]:
    """What a book says about itself, and its cover as a JPEG of thumbnail size, b"" without one."""
    found: dict[str, list[str]] = {}
    cover, picture = "", b""
    with contextlib.suppress(MediaError):
        for _, kind, element in events(io.BytesIO(data), starts=False):
            if kind == "author" and local(element.getparent().tag) == "title-info":
                names = {local(child.tag): clean(child.text) for child in element.iterchildren("{*}*")}
                parts = [names.get(each, "") for each in ("first-name", "middle-name", "last-name")]
                found.setdefault(kind, []).append(" ".join(filter(None, parts)) or names.get("nickname", ""))
            elif kind in ("book-title", "keywords", "annotation", "date"):
                found.setdefault(kind, []).append(clean(" ".join(element.itertext())))
            elif kind == "image" and local(element.getparent().tag) == "coverpage":
                cover = attribute(element, "href").lstrip("#")
            elif kind == "binary":
                if cover and attribute(element, "id") == cover:
                    picture = _thumbnail(element)
                element.clear()

    def one(name: str) -> str:
        return next(iter(found.get(name, ())), "")

    about = Metadata(
        captured=moment(one("date")),
        title=one("book-title"),
        description=one("annotation"),
        author=", ".join(distinct(found.get("author", ()))),
        keywords=distinct(one("keywords").split(",")),
    )
    return about, picture


def _thumbnail(binary: Element) -> bytes:
    from indexer.ingest.pictures import images

    with contextlib.suppress(MediaError, ValueError):
        return jpeg(images.inside(base64.b64decode(binary.text or "")), THUMBNAIL_SIDE)
    return b""


def _chapters(data: bytes) -> Iterator[Part]:
    """A part for each of the outermost sections. What precedes damage is yielded before it is raised."""
    lines: list[str] = []
    title, depth, in_body, heading = "", 0, False, False
    try:
        for ends, kind, element in events(io.BytesIO(data)):
            if kind == "body":
                in_body = not ends
            if not in_body and kind != "body":
                continue
            if kind == "title":
                heading = not ends
            elif kind == "section":
                depth += -1 if ends else 1
            elif ends and kind in _LINES:
                words = " ".join("".join(element.itertext()).split())
                element.clear()
                if words:
                    title = title or words if heading else title
                    lines.append(f"\n# {words}\n" if heading else words)
            if lines and kind in ("section", "body") and depth == (0 if ends else 1):
                yield Part("\n".join(lines), title)
                lines, title = [], ""
    except MediaError:
        yield Part("\n".join(lines), title)
        raise

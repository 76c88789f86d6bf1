"""EPUB: the chapters in reading order, each under its own title. Decoder processes only."""

import contextlib
import urllib.parse
from collections.abc import Iterator
from typing import Final

from indexer.errors import MediaError
from indexer.ingest.documents.assembled import document
from indexer.ingest.documents.packages import Package, beside, properties, thumbnail
from indexer.ingest.documents.parts import Part
from indexer.ingest.documents.plain_text import read_markup
from indexer.ingest.markup import UNREADABLE, attribute, events, html_text
from indexer.ingest.segments import Item, Segment

_CONTAINER: Final = "META-INF/container.xml"


def decode(package: Package) -> Iterator[Item | Segment]:
    """The book's `Item`, then a segment per passage. Raises `Skipped` (no text), `MediaError`."""
    root, chapters, cover = _contents(package)
    locked = _locked(package)
    if chapters and locked.issuperset(chapters):
        raise MediaError("It is protected against copying; only the reader it was bought for can open it.")
    yield from document(
        _chapters(package, [chapter for chapter in chapters if chapter not in locked]),
        about=properties(package, root),
        thumbnail=thumbnail(package, *cover),
    )


def _contents(package: Package) -> tuple[str, list[str], list[str]]:
    """The package file, the members that are chapters, in reading order, and those that may be the cover."""
    root = ""
    for _, kind, element in events(package.open(_CONTAINER), starts=False):
        if kind == "rootfile" and not root:
            root = beside("", attribute(element, "full-path"))
    files: dict[str, str] = {}
    order: list[str] = []
    covers: list[str] = []
    for _, kind, element in events(package.open(root), starts=False):
        if kind == "item":
            file = beside(root, urllib.parse.unquote(attribute(element, "href")))
            files[attribute(element, "id")] = file
            if "cover-image" in attribute(element, "properties").split():
                covers.append(file)
        elif kind == "itemref":
            order.append(attribute(element, "idref"))
        elif kind == "meta" and attribute(element, "name") == "cover":
            covers.append(attribute(element, "content"))
    chapters = [files[id] for id in order if files.get(id, "") in package]
    if not chapters:
        raise MediaError(UNREADABLE)
    return root, chapters, [files.get(cover, cover) for cover in covers]


def _locked(package: Package) -> set[str]:
    """Members that are encrypted. Fonts often are, in books that everybody may read."""
    found: set[str] = set()
    with contextlib.suppress(MediaError):
        for _, kind, element in events(package.open("META-INF/encryption.xml"), starts=False):
            if kind == "CipherReference":
                found.add(beside("", urllib.parse.unquote(attribute(element, "URI"))))
    return found


def _chapters(package: Package, members: list[str]) -> Iterator[Part]:
    """A damaged chapter costs itself; the last complaint is raised after all others are read."""
    damage: MediaError | None = None
    for member in members:
        try:
            title, text = html_text(read_markup(package.read(member)))
        except MediaError as error:
            damage = error
            continue
        yield Part(text, title)
    if damage is not None:
        raise damage

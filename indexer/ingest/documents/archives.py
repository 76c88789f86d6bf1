"""Which document an archive holds, and its parts. Decoder processes only."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from indexer.errors import MediaError, Skipped
from indexer.ingest.documents.libreoffice import Draws, undrawn
from indexer.ingest.documents.packages import Package
from indexer.ingest.items import open_original
from indexer.ingest.pictures.raster import jpeg, pixels
from indexer.ingest.segments import PREVIEW_SIDE, THUMBNAIL_SIDE, Item, Segment
from models.inputs import Input


def decode(path: Path, draws: Draws = undrawn) -> Iterator[Item | Segment]:
    """The document in an archive, by what lies in it. Raises `Skipped` (no document), `MediaError`."""
    with open_original(path) as file:
        package = Package(file)
        match _form(package):
            case "book":
                from indexer.ingest.documents import books

                yield from books.decode(package)
            case "opendocument":
                from indexer.ingest.documents import opendocument

                yield from opendocument.decode(package, draws)
            case "office":
                from indexer.ingest.documents import office

                yield from office.decode(package, draws)
            case "drawn":
                from indexer.ingest.documents import old_office

                yield from old_office.rare(draws)
            case "iwork":
                yield from _iwork(package)
            case "other":
                raise Skipped("It is a ZIP archive that holds no document Sightline reads.")


def is_drawn(path: Path) -> bool:
    """Whether LibreOffice draws such documents. Raises `MediaError`."""
    with open_original(path) as file:
        return _form(Package(file)) in ("opendocument", "office", "drawn")


def _form(package: Package) -> Literal["book", "opendocument", "office", "drawn", "iwork", "other"]:
    kind = _mimetype(package)
    if kind == "application/epub+zip":
        return "book"
    if kind.startswith("application/vnd.oasis.opendocument"):
        return "opendocument"
    if "[Content_Types].xml" in package:
        return _form_of_microsoft(package)
    if "META-INF/container.xml" in package:
        return "book"
    if "content.xml" in package:
        return "opendocument"
    return "iwork" if "preview.jpg" in package or "Index/Document.iwa" in package else "other"


def _form_of_microsoft(package: Package) -> Literal["office", "drawn", "other"]:
    """Programs, and models for printers that print in plastic, are packed in the same way."""
    from indexer.ingest.documents import office

    main = office.main_member(package)
    if main.endswith(".bin") or "visio/document.xml" in package:
        return "drawn"
    return "office" if main else "other"


def _mimetype(package: Package) -> str:
    with contextlib.suppress(MediaError):
        return package.read("mimetype")[:200].decode("ascii", "replace").strip()
    return ""


def _iwork(package: Package) -> Iterator[Item | Segment]:
    """Pages, Numbers and Keynote keep a picture of the first page; the text is in a form of their own."""
    from indexer.ingest.pictures import images

    if "preview.jpg" not in package:
        raise Skipped("It is a document of Apple's iWork without a preview; Sightline cannot read its text.")
    picture = images.inside(package.read("preview.jpg"))
    yield Item(
        kind="document",
        thumbnail=jpeg(picture, THUMBNAIL_SIDE),
        note="Only the picture of its first page is indexed; its text is in a form that is not published.",
    )
    yield Segment("page", Input(images=(pixels(picture),)), page=1, previews=(jpeg(picture, PREVIEW_SIDE),))

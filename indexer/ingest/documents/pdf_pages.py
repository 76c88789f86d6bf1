"""PDF to pages: the image of each and its text. Decoder processes only (PDFium is not thread-safe)."""

import contextlib
import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pypdfium2
import pypdfium2.raw
from PIL import Image

from indexer.errors import MediaError
from indexer.ingest.items import open_original
from indexer.ingest.metadata import document
from indexer.ingest.pictures.raster import jpeg, pixels, resized, within_side
from indexer.ingest.rules import MAX_RATIO
from indexer.ingest.segments import PREVIEW_SIDE, THUMBNAIL_SIDE, Item, Line, Segment, around, lacking
from models.inputs import Input

MAX_PAGES = 2000
"""Further pages of one file are not read; the item's note says so."""
PAGE_SIDE = 1344
MAX_PAGE_CHARACTERS = 200_000
MAX_PLACED = 30_000
"""Characters of a page whose places are told; a page of small print has 8,000."""

_MAX_SCALE: Final = 8.0
_GRID: Final = (10_000, 10_000)
_HYPHENATION: Final = re.compile("[\ufffe\xad\x02][ \r]*\n?")
_CONTROL: Final = re.compile(r"[\0-\x08\x0b-\x1f\x7f\ufeff]")


def decode(path: Path) -> Iterator[Item | Segment]:
    """The document's `Item`, then one segment per page that is not blank.

    A page that cannot be drawn is represented by its text; then the `Item` comes once more and says so.
    Raises `MediaError`.
    """
    with open_original(path) as file, contextlib.closing(_open(file)) as pdf:
        pages = len(pdf)
        picture, text = _read(pdf, 0)
        item = Item(
            kind="document",
            thumbnail=b"" if picture is None else jpeg(picture, THUMBNAIL_SIDE),
            pages=pages,
            about=document.read_pdf(_information(pdf)),
            note=f"Only the first {MAX_PAGES} of its {pages} pages are indexed." if pages > MAX_PAGES else "",
        )
        yield item
        readable = False
        undrawn: list[int] = []
        for index in range(min(pages, MAX_PAGES)):
            if index > 0:
                picture, text = _read(pdf, index)
            readable = readable or picture is not None or bool(text)
            if picture is None:
                undrawn.append(index + 1)
            if picture is not None and (text or not _is_blank(picture)):
                yield _page(index + 1, picture, text)
            elif text:
                yield Segment("text", Input(texts=(text[:4000],)), text=text, page=index + 1)
        if not readable:
            raise MediaError("It is damaged: none of its pages can be shown.")
        if undrawn:
            yield lacking(item, undrawn)


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """A page as it looks, and the words of its text layer in reading order. `pages`: of the whole file."""

    picture: Image.Image
    pages: int
    text: str
    words: tuple[Line, ...]


def page(path: Path, number: int, side: int) -> Page:
    """A page (from 1), its longer side `side` pixels. Raises `MediaError`."""
    with open_original(path) as file, contextlib.closing(_open(file)) as pdf:
        pages = len(pdf)
        if not 1 <= number <= pages:
            raise MediaError(f"It has no page {number}.")
        with (
            contextlib.suppress(pypdfium2.PdfiumError, ValueError),
            contextlib.closing(pdf[number - 1]) as one,
        ):
            picture = _draw(one, side)
            if picture is not None:
                with contextlib.closing(one.get_textpage()) as layer:
                    return Page(picture, pages, _cleaned(layer.get_text_range()), tuple(_words(one, layer)))
    raise MediaError(f"It is damaged: its page {number} cannot be shown.")


def _words(one: pypdfium2.PdfPage, layer: pypdfium2.PdfTextPage) -> Iterator[Line]:
    """The words of a page and where they stand, up to `MAX_PLACED` characters."""
    count = min(layer.count_chars(), MAX_PLACED)
    text = ""
    corners: list[tuple[int, int]] = []
    for index in range(count + 1):
        letter = chr(pypdfium2.raw.FPDFText_GetUnicode(layer, index)) if index < count else " "
        if letter.isspace() or not letter.isprintable():
            if text:
                yield Line(text, around(corners, *_GRID))
            text, corners = "", []
            continue
        text += letter
        left, bottom, right, top = layer.get_charbox(index, loose=True)
        corners += [_on_grid(one, left, top), _on_grid(one, right, bottom)]


def _on_grid(one: pypdfium2.PdfPage, x: float, y: float) -> tuple[int, int]:
    """From the page's own coordinates to where it is drawn, whichever way it is turned."""
    across, down = ctypes.c_int(), ctypes.c_int()
    pypdfium2.raw.FPDF_PageToDevice(one, 0, 0, *_GRID, 0, x, y, across, down)
    return across.value, down.value


def _page(number: int, picture: Image.Image, text: str) -> Segment:
    preview = resized(picture, within_side(*picture.size, PREVIEW_SIDE))
    return Segment(
        "page",
        Input(images=(pixels(picture),)),
        text=text,
        page=number,
        previews=(jpeg(preview, PREVIEW_SIDE),),
    )


def _open(file: Any) -> pypdfium2.PdfDocument:
    try:
        pdf = pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (pypdfium2.raw.FPDF_ERR_PASSWORD, pypdfium2.raw.FPDF_ERR_SECURITY):
            raise MediaError("It is protected by a password.") from error
        raise MediaError("It is damaged: no page of it can be found.") from error
    with contextlib.suppress(pypdfium2.PdfiumError):
        pdf.init_forms()  # what was filled in is part of the page
    return pdf


def _information(pdf: pypdfium2.PdfDocument) -> dict[str, str]:
    """What it says about itself; not what was cut off in the middle of a letter."""
    found = {}
    for key in pdf.METADATA_KEYS:
        with contextlib.suppress(UnicodeDecodeError):
            found[key] = pdf.get_metadata_value(key)
    return found


def _read(pdf: pypdfium2.PdfDocument, index: int) -> tuple[Image.Image | None, str]:
    """The picture and the words of a page, each as far as it can be had."""
    picture, text = None, ""
    with contextlib.suppress(pypdfium2.PdfiumError, ValueError), contextlib.closing(pdf[index]) as page:
        with contextlib.suppress(pypdfium2.PdfiumError, ValueError):
            picture = _draw(page)
        with contextlib.closing(page.get_textpage()) as layer:
            text = _cleaned(layer.get_text_range())
    return picture, text


def _draw(page: pypdfium2.PdfPage, side: int = PAGE_SIDE) -> Image.Image | None:
    """The page, `side` pixels on its longer side. None for one that is no more than a line."""
    width, height = page.get_size()
    if not 0 < max(width, height) <= MAX_RATIO * min(width, height):
        return None
    scale = min(side / max(width, height), _MAX_SCALE)
    with contextlib.closing(page.render(scale=scale, rev_byteorder=True)) as bitmap:
        picture: Image.Image = bitmap.to_pil().convert("RGB")
    # Rounding up may have added a pixel
    return resized(picture, within_side(*picture.size, side))


def _cleaned(text: str) -> str:
    text = _HYPHENATION.sub("", text[:MAX_PAGE_CHARACTERS]).replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub(" ", text).strip()


def _is_blank(picture: Image.Image) -> bool:
    return all(low == high for low, high in (band.getextrema() for band in picture.split()))

"""A file drawn large for the person to look at, or cut to the part that they mean. Decoder processes only."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from indexer.errors import MediaError
from indexer.ingest.documents.libreoffice import Draws, undrawn
from indexer.ingest.films.frames import Alive
from indexer.ingest.items import open_original
from indexer.ingest.pictures.raster import pixels, resized, within_pixels, within_side
from indexer.ingest.rules import classify
from indexer.ingest.segments import MAX_IMAGE_PIXELS, WHOLE, Line, Place, View
from indexer.messages.item_messages import Box
from models.inputs import Pixels

if TYPE_CHECKING:
    from indexer.ingest.documents import pdf_pages

MAX_VIEW_PIXELS = 16_000_000
"""What the window can keep and move about: 64 MB of memory."""
_QUALITY = 90
_FILM_QUALITY = 75
_NO_PAGES = "It has text, but no pages that could be shown."


@dataclass(frozen=True, slots=True, eq=False)
class _Drawn:
    picture: Image.Image
    width: int
    height: int
    pages: int | None = None
    text: str = ""
    words: tuple[Line, ...] = ()


def draw(path: Path, place: Place, side: int, alive: Alive, draws: Draws = undrawn) -> View:
    """The picture with its longer side at most `side` pixels, never enlarged.

    Raises `Skipped` and `MediaError`, also for a file that has no looks.
    """
    drawn = _drawn(path, place, side, alive, draws)
    picture = resized(drawn.picture, within_side(*drawn.picture.size, side))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY)
    whole = picture.size if drawn.pages is not None else (drawn.width, drawn.height)
    return View(out.getvalue(), *whole, drawn.pages, drawn.text, drawn.words)


def film(path: Path, times: Sequence[float], side: int, alive: Alive) -> Iterator[View]:
    """The pictures of a film at these ascending moments, as far as it lasts. Raises as `draw`."""
    if classify(path) != "video":
        raise MediaError("It is no film.")
    from indexer.ingest.films import video

    for picture in video.stills(path, times, side * side, alive):
        out = io.BytesIO()
        resized(picture, within_side(*picture.size, side)).save(out, "JPEG", quality=_FILM_QUALITY)
        yield View(out.getvalue(), *picture.size)


def part(path: Path, place: Place, box: Box | None, alive: Alive, draws: Draws = undrawn) -> Pixels:
    """A picture to search by: that part of it (None: all), at most `MAX_IMAGE_PIXELS`. Raises as `draw`."""
    picture = _drawn(path, place, MAX_IMAGE_PIXELS, alive, draws).picture
    if box is not None:
        width, height = picture.size
        left, top = round(box.left * width), round(box.top * height)
        right, bottom = round((box.left + box.width) * width), round((box.top + box.height) * height)
        left, top = max(0, min(left, width - 1)), max(0, min(top, height - 1))
        picture = picture.crop(
            (left, top, min(width, max(right, left + 1)), min(height, max(bottom, top + 1)))
        )
    return pixels(resized(picture, within_pixels(*picture.size, MAX_IMAGE_PIXELS)))


def likeness(path: Path, alive: Alive) -> Pixels:
    """What stands for a film or document in a question: a picture, the first page. Raises as `draw`."""
    if classify(path) != "video":
        return part(path, WHOLE, None, alive)
    from indexer.ingest.films import video

    picture = video.telling(path, alive)
    return pixels(resized(picture, within_pixels(*picture.size, MAX_IMAGE_PIXELS)))


def _drawn(path: Path, place: Place, side: int, alive: Alive, draws: Draws) -> _Drawn:
    match classify(path):
        case "image":
            from indexer.ingest.pictures import images

            with open_original(path) as file:
                if place.page is not None:
                    shown, pages = images.page(file, path, place.page, MAX_VIEW_PIXELS)
                    return _Drawn(shown, *shown.size, pages)
                picture = images.load(file, path, MAX_VIEW_PIXELS)
                return _Drawn(picture.shown, picture.width, picture.height)
        case "raw":
            from indexer.ingest.pictures import raw

            picture = raw.load(path, MAX_VIEW_PIXELS)
            return _Drawn(picture.shown, picture.width, picture.height)
        case "svg":
            from indexer.ingest.pictures import drawings

            shown = drawings.draw(path, min(side, 4096))
            return _Drawn(shown, *shown.size)
        case "video":
            from indexer.ingest.films import video

            shown = video.still(path, place.at_s or 0.0, MAX_VIEW_PIXELS, alive)
            return _Drawn(shown, *shown.size)
        case "pdf":
            from indexer.ingest.documents import pdf_pages

            return _page(pdf_pages.page(path, place.page or 1, min(side, 4096)))
        case "package" | "rtf" | "old office" as form:
            from indexer.ingest.documents import archives, pdf_pages

            drawing = draws() if form != "package" or archives.is_drawn(path) else undrawn()
            if drawing.pdf is None:
                raise MediaError(drawing.why or _NO_PAGES)
            return _page(pdf_pages.page(drawing.pdf, place.page or 1, min(side, 4096)))
        case _:
            raise MediaError(_NO_PAGES)


def _page(page: "pdf_pages.Page") -> _Drawn:
    return _Drawn(page.picture, *page.picture.size, page.pages, page.text, page.words)

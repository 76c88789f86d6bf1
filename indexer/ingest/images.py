"""A picture file to one `Item` and one `Segment`. Decoder processes only: it sets Pillow's own switches."""

import errno
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

import pillow_heif
from PIL import ExifTags, Image, ImageFile, UnidentifiedImageError

from indexer.errors import MediaError
from indexer.ingest.colours import on_white, without_depth
from indexer.ingest.items import open_original
from indexer.ingest.metadata import beside
from indexer.ingest.metadata import picture as metadata
from indexer.ingest.metadata.record import Metadata
from indexer.ingest.raster import jpeg, pixels, resized, within_pixels, within_side
from indexer.ingest.rules import check_size
from indexer.ingest.screenshots import Evidence, is_screenshot
from indexer.ingest.segments import MAX_IMAGE_PIXELS, PREVIEW_SIDE, THUMBNAIL_SIDE, Item, Segment
from indexer.protocol import Kind
from models.inputs import Input, Pixels

MAX_CLAIMED_PIXELS = 300_000_000
"""Cameras of 100 megapixels exist; headers that claim billions are damaged or hostile."""

# Left out: EPS (starts Ghostscript), WMF, MIC, FPX (system or OLE code), and stubs for other libraries.
# fmt: off
_FORMATS: Final = (
    "JPEG", "PNG", "GIF", "WEBP", "TIFF", "HEIF", "AVIF", "BMP", "DIB", "MPO", "JPEG2000", "PSD", "ICO",
    "ICNS", "CUR", "PPM", "DDS", "QOI", "SGI", "SUN", "XBM", "XPM", "FITS", "BLP", "FTEX", "GBR", "MSP",
)
# fmt: on
# Recognised by almost anything, so tried only where the name says so.
_BY_NAME: Final = {".tga": "TGA", ".pcx": "PCX", ".dcx": "DCX"}

_UPRIGHT: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

pillow_heif.register_heif_opener()
Image.init()
Image.MAX_IMAGE_PIXELS = MAX_CLAIMED_PIXELS


@dataclass(frozen=True, slots=True, eq=False)
class _Picture:
    """A decoded file: `shown` is upright RGB within `MAX_IMAGE_PIXELS`; the size is the full one, upright."""

    shown: Image.Image
    original: Image.Image
    width: int
    height: int
    damaged: bool


def decode(path: Path) -> Iterator[Item | Segment]:
    """The picture's `Item` and its one segment. Raises `Skipped` (icons), `MediaError`."""
    with open_original(path) as file:
        picture = _load(file, path)
        about = metadata.read(picture.original)
    small = resized(picture.shown, within_side(*picture.shown.size, PREVIEW_SIDE))
    yield Item(
        kind=_kind(picture, path, about),
        thumbnail=jpeg(small, THUMBNAIL_SIDE),
        width=picture.width,
        height=picture.height,
        about=about,
        note="The file is damaged; what could be read of it is indexed." if picture.damaged else "",
    )
    yield Segment("image", Input(images=(pixels(picture.shown),)), previews=(jpeg(small, PREVIEW_SIDE),))


def read(path: Path) -> Pixels:
    """The picture alone, upright, alpha on white, at most `MAX_IMAGE_PIXELS`. Raises `MediaError`."""
    with open_original(path) as file:
        return pixels(_load(file, path).shown)


def _load(file: BinaryIO, path: Path) -> _Picture:
    try:
        return _decode(file, path)
    except (MediaError, MemoryError):
        raise
    except UnidentifiedImageError as error:
        raise MediaError(
            "It is no picture that can be recognised: damaged, or of an unknown kind."
        ) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise MediaError("It claims more pixels than any camera takes; it was not opened.") from error
    except Exception as error:
        # Decoders raise anything for a damaged file, and a second look takes what is left of it. A failing
        # drive is no fault of the file: only the system's errors have a number, seeks into nowhere apart.
        if isinstance(error, OSError) and error.errno not in (None, errno.EINVAL):
            raise
        file.seek(0)
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        picture = _decode(file, path, damaged=True)
    except (MediaError, MemoryError):
        raise
    except Exception as error:
        raise MediaError("It is damaged: the picture cannot be decoded.") from error
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = False
    seen = pixels(picture.shown)
    if (seen == seen[0, 0]).all():
        raise MediaError("It is damaged: nothing of the picture is left.")
    return picture


def _decode(file: BinaryIO, path: Path, damaged: bool = False) -> _Picture:
    by_name = _BY_NAME.get(path.suffix.lower(), "")
    original = Image.open(file, formats=[name for name in (*_FORMATS, by_name) if name in Image.OPEN])
    width, height = original.size
    if width * height > MAX_CLAIMED_PIXELS:
        raise MediaError(
            f"It claims {width} × {height} pixels, more than any camera takes; it was not opened."
        )
    check_size(width, height)
    size = within_pixels(width, height, MAX_IMAGE_PIXELS)
    if original.format in ("JPEG", "MPO"):
        # Leaves undecoded what reducing would throw away
        original.draft(original.mode, size)
    original.load()
    orientation = _orientation(original)  # not before: TIFF and HEIF turn themselves while loading
    shown = on_white(resized(without_depth(original), size))
    if orientation in _UPRIGHT:
        shown = shown.transpose(_UPRIGHT[orientation])
    if orientation >= 5:
        width, height = height, width
    return _Picture(shown, original, width, height, damaged)


def _orientation(original: Image.Image) -> int:
    try:
        return int(original.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:  # damaged metadata is no reason to lose the picture
        return 1


def _kind(picture: _Picture, path: Path, about: Metadata) -> Kind:
    """Photo or screenshot."""
    evidence = Evidence(
        stem=path.stem,
        folder=path.parent.name,
        format=picture.original.format or "",
        size=(picture.width, picture.height),
        camera=about.camera,
        program=about.program,
        marked=about.screen_capture or beside.is_screen_capture(path),
    )
    return "screenshot" if is_screenshot(evidence) else "photo"

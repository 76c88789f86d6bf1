"""A picture file to one `Item` and one `Segment`. Decoder processes only: it sets Pillow's own switches."""

import errno
import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

import numpy as np
import pillow_heif
import pylibjxl
from numpy.typing import NDArray
from PIL import ExifTags, Image, ImageFile, PngImagePlugin, UnidentifiedImageError

from indexer.errors import MediaError
from indexer.ingest.items import open_original
from indexer.ingest.metadata import beside
from indexer.ingest.metadata import picture as metadata
from indexer.ingest.metadata.record import Metadata
from indexer.ingest.pictures import by_ffmpeg, high_range, layered, regions, sequences, wide_tiff
from indexer.ingest.pictures.colours import on_white, to_srgb, without_depth
from indexer.ingest.pictures.raster import claims_too_much, jpeg, pixels, resized, within_pixels, within_side
from indexer.ingest.pictures.screenshots import Evidence, is_screenshot
from indexer.ingest.rules import check_size
from indexer.ingest.segments import (
    DAMAGED,
    DAMAGED_OR_RARE,
    MAX_IMAGE_PIXELS,
    PREVIEW_SIDE,
    THUMBNAIL_SIDE,
    Item,
    Segment,
    Sight,
    lacking,
)
from indexer.kinds import Kind
from indexer.messages.result_messages import SegmentType
from models.inputs import Input, Pixels

MAX_CLAIMED_PIXELS = 300_000_000
"""Cameras of 100 megapixels exist; headers that claim billions are damaged or hostile."""

# Left out: EPS (starts Ghostscript), WMF, MIC, FPX (system or OLE code), and stubs for other libraries.
# fmt: off
_FORMATS: Final = (
    "JPEG", "PNG", "GIF", "WEBP", "TIFF", "HEIF", "AVIF", "BMP", "DIB", "MPO", "JPEG2000", "PSD", "ICO",
    "ICNS", "CUR", "PPM", "DDS", "QOI", "SGI", "XBM", "FITS", "BLP", "FTEX", "GBR", "MSP",
    "JXL",
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
_CHANGE: Final = 8
_HEAD_BYTES: Final = 65_536
_TRANSFER: Final = "sightline_transfer"

pillow_heif.register_heif_opener()
pylibjxl.register_pillow()
Image.init()
Image.MAX_IMAGE_PIXELS = MAX_CLAIMED_PIXELS
# Pillow only warns of up to twice as many, and makes room: for a frame of an animation, too
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)
# By Pillow's limit of one megabyte a PNG is damaged whose editor wrote down all that was done to it
PngImagePlugin.MAX_TEXT_CHUNK = 16 << 20


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A decoded file: `shown` is upright RGB within the limit; the size is the full one, upright.

    Attributes:
        original: what carries the metadata, still open.
    """

    shown: Image.Image
    original: Image.Image
    width: int
    height: int
    damaged: bool = False


def decode(path: Path, sight: Sight | None = None) -> Iterator[Item | Segment]:
    """The picture's `Item`, then its segments: more than one for a scan of pages and an animation.

    Args:
        sight: what the embedder sees, if parts of a picture are wanted, too.

    Raises `Skipped` (icons), `MediaError`.
    """
    with open_original(path) as file:
        picture = load(file, path)
        pages, note = sequences.pages(picture.original)
        if len(pages) > 1:
            yield from _scan(picture.original, pages, note)
        else:
            long = sight is not None and regions.is_long(picture.width, picture.height)
            yield from told(picture, path, sight, _large(picture, file, path) if long else None)


def _large(picture: Picture, file: BinaryIO, path: Path) -> Image.Image | None:
    """A long picture with more pixels, to be cut. None where the memory is not enough for that."""
    try:
        if sorted(picture.original.size) == sorted((picture.width, picture.height)):
            return _shown(picture.original, within_pixels(*picture.original.size, regions.LONG_PIXELS))
        file.seek(0)  # it was decoded at a reduced size
        return load(file, path, regions.LONG_PIXELS).shown
    except MemoryError:
        return None


def told(
    picture: Picture, path: Path, sight: Sight | None = None, large: Image.Image | None = None
) -> Iterator[Item | Segment]:
    """The `Item` of a picture and its segments. `large`: the same with more pixels, to be cut into parts."""
    about = metadata.read(picture.original)
    moments, note = ([], DAMAGED) if picture.damaged else sequences.moments(picture.original)
    kind = _kind(picture, path, about)
    small = resized(picture.shown, within_side(*picture.shown.size, PREVIEW_SIDE))
    yield Item(
        kind=kind,
        thumbnail=jpeg(small, THUMBNAIL_SIDE),
        width=picture.width,
        height=picture.height,
        about=about,
        note=note,
    )
    preview = small
    if regions.is_long(*picture.shown.size):  # the reranker looks at a part of it, however long it is
        preview = resized(picture.shown, within_pixels(*picture.shown.size, PREVIEW_SIDE**2))
    made = jpeg(preview, max(preview.size))
    yield Segment("image", Input(images=(pixels(picture.shown),)), previews=(made,))
    seen = [_coarse(picture.shown)] if moments else []
    for _, shown in _frames(picture.original, moments):
        if all(np.abs(_coarse(shown) - other).max() > _CHANGE for other in seen):
            seen.append(_coarse(shown))
            yield _segment("image", shown)
    if sight is not None:
        budget = sight.page if kind == "screenshot" else sight.picture
        yield from regions.segments(large or picture.shown, budget)


def _scan(original: Image.Image, numbers: list[int], note: str) -> Iterator[Item | Segment]:
    """Pages, as of a PDF. The first is drawn twice, for the sake of memory."""
    first = next(_frames(original, numbers), None)
    if first is None:
        raise MediaError("It is damaged: none of its pages can be shown.")
    item = Item(kind="document", thumbnail=jpeg(first[1], THUMBNAIL_SIDE), pages=len(numbers), note=note)
    yield item
    left = dict(zip(numbers, range(1, len(numbers) + 1), strict=True))
    for number, shown in _frames(original, numbers):
        yield _segment("page", shown, left.pop(number))
    if left:
        yield lacking(item, list(left.values()))


def _frames(
    original: Image.Image, numbers: list[int], limit: int = MAX_IMAGE_PIXELS
) -> Iterator[tuple[int, Image.Image]]:
    """Those frames of a file that can be decoded, ready to be shown."""
    for number in numbers:
        try:
            original.seek(number)
            width, height = original.size
            if width * height > MAX_CLAIMED_PIXELS:
                continue
            original.load()
            shown = _shown(original, within_pixels(width, height, limit))
        except MemoryError:
            raise
        except Exception:  # damage costs this frame  # noqa: S112
            continue
        yield number, shown


def _segment(type: SegmentType, shown: Image.Image, page: int | None = None) -> Segment:
    return Segment(type, Input(images=(pixels(shown),)), page=page, previews=(jpeg(shown, PREVIEW_SIDE),))


def _coarse(shown: Image.Image) -> NDArray[np.int16]:
    return np.asarray(shown.resize((32, 32), Image.Resampling.BOX)).astype(np.int16)


def read(path: Path) -> Pixels:
    """The picture alone, upright, alpha on white, at most `MAX_IMAGE_PIXELS`. Raises `MediaError`."""
    with open_original(path) as file:
        return pixels(load(file, path).shown)


def inside(data: bytes) -> Image.Image:
    """A picture that another file contains, upright RGB within `MAX_IMAGE_PIXELS`. Raises `MediaError`."""
    return load(io.BytesIO(data), Path()).shown


def page(file: BinaryIO, path: Path, number: int, limit: int) -> tuple[Image.Image, int]:
    """A page (from 1) of a scan, within `limit` pixels, and how many it has. Raises as `load` does."""
    original = load(file, path).original
    numbers, _ = sequences.pages(original)
    for _, shown in _frames(original, numbers[number - 1 : number], limit):
        return shown, len(numbers)
    raise MediaError(f"Its page {number} cannot be shown.")


def load(file: BinaryIO, path: Path, limit: int = MAX_IMAGE_PIXELS) -> Picture:
    """The picture in an open file; the name only helps where the content says too little.

    Args:
        limit: pixels of the picture as shown, altogether.

    Raises `Skipped`, `MediaError`, and OSError for a drive that fails.
    """
    try:
        return _decode(file, path, limit)
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
        picture = _decode(file, path, limit, damaged=True)
    except (MediaError, MemoryError):
        raise
    except Exception as error:
        raise MediaError(DAMAGED_OR_RARE) from error
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = False
    seen = pixels(picture.shown)
    if (seen == seen[0, 0]).all():
        raise MediaError("It is damaged: nothing of the picture is left.")
    return picture


def _decode(file: BinaryIO, path: Path, limit: int, damaged: bool = False) -> Picture:
    by_name = _BY_NAME.get(path.suffix.lower(), "")
    transfer = _transfer(file)
    original: Image.Image
    if layered.is_beyond_pillow(file):
        original = layered.read(file, MAX_CLAIMED_PIXELS)
    elif wide_tiff.is_beyond_pillow(file):
        original = wide_tiff.read(file, MAX_CLAIMED_PIXELS)
    elif name := by_ffmpeg.decoder(file):
        original = by_ffmpeg.read(file, name, MAX_CLAIMED_PIXELS)
    else:
        original = Image.open(file, formats=[name for name in (*_FORMATS, by_name) if name in Image.OPEN])
    width, height = original.size
    if width * height > MAX_CLAIMED_PIXELS:
        raise claims_too_much(width, height)
    check_size(width, height)
    layered.check(getattr(original, "resources", ()))
    if not isinstance(original.info.get("xmp", b""), bytes | str):
        del original.info["xmp"]  # Pillow itself fails on what is no text
    original.info[_TRANSFER] = transfer
    size = within_pixels(width, height, limit)
    if original.format in ("JPEG", "MPO"):
        # Leaves undecoded what reducing would throw away
        original.draft(original.mode, size)
    original.load()
    if _orientation(original) >= 5:  # not before: TIFF and HEIF turn themselves while loading
        width, height = height, width
    return Picture(_shown(original, size), original, width, height, damaged)


def _shown(original: Image.Image, size: tuple[int, int]) -> Image.Image:
    """A loaded picture as it is shown: reduced to this size (as stored), in sRGB on white, upright."""
    shown = resized(without_depth(original), size)
    transfer = original.info.get(_TRANSFER, 0)
    if high_range.is_high_range(transfer):
        levels = np.asarray(on_white(shown)).astype(np.uint16) * 257
        shown = Image.fromarray(high_range.to_sdr(levels, transfer))
    else:
        shown = to_srgb(shown, original.info.get("icc_profile"))
    shown = on_white(shown)
    turn = _UPRIGHT.get(_orientation(original))
    return shown if turn is None else shown.transpose(turn)


def _transfer(file: BinaryIO) -> int:
    """How bright its numbers are (ITU-T H.273), by the colour box of HEIC and AVIF; 0 if that is not said."""
    head = file.read(_HEAD_BYTES)
    file.seek(0)
    at = head.find(b"colrnclx") if head[4:8] == b"ftyp" else -1
    return int.from_bytes(head[at + 10 : at + 12], "big") if at >= 0 else 0


def _orientation(original: Image.Image) -> int:
    if original.format == "JXL":  # its decoder has turned it
        return 1
    try:
        return int(original.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:  # damaged metadata is no reason to lose the picture
        return 1


def _kind(picture: Picture, path: Path, about: Metadata) -> Kind:
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

"""A camera's raw data: the JPEG that the camera put beside it, else developed. Decoder processes only."""

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO, Final

import rawpy
from PIL import Image

from indexer.errors import MediaError
from indexer.ingest.items import open_original
from indexer.ingest.pictures import images
from indexer.ingest.pictures.images import MAX_CLAIMED_PIXELS, Picture
from indexer.ingest.pictures.raster import claims_too_much, pixels, resized, within_pixels
from indexer.ingest.rules import check_size
from indexer.ingest.segments import MAX_IMAGE_PIXELS, Item, Segment, Sight
from models.inputs import Pixels

_SHORTEST_PREVIEW: Final = 1000
"""Pixels on its longer side. Older cameras keep a smaller one, not worth to be looked at."""
_HEAD_BYTES: Final = 1 << 20
_TIFF: Final = (b"II*\0", b"MM\0*")
_UPRIGHT: Final = {
    3: Image.Transpose.ROTATE_180,
    5: Image.Transpose.ROTATE_90,
    6: Image.Transpose.ROTATE_270,
}
"""LibRaw's `flip`."""


def decode(path: Path, sight: Sight | None = None) -> Iterator[Item | Segment]:
    """The picture's `Item` and its segments, as `images.decode`. Raises `Skipped` (icons), `MediaError`."""
    with open_original(path) as file:
        yield from images.told(_load(file, path), path, sight)


def read(path: Path) -> Pixels:
    """The picture alone, as `images.read`."""
    return pixels(load(path, MAX_IMAGE_PIXELS).shown)


def load(path: Path, limit: int) -> Picture:
    """The picture within `limit` pixels. Raises `Skipped` (icons), `MediaError`."""
    with open_original(path) as file:
        return _load(file, path, limit)


def _load(file: BinaryIO, path: Path, limit: int = MAX_IMAGE_PIXELS) -> Picture:
    try:
        with rawpy.imread(file) as data:
            picture = _picture(data, limit)
    except (rawpy.LibRawDataError, rawpy.LibRawIOError) as error:
        raise MediaError("It is damaged: the camera's raw data cannot be read.") from error
    except rawpy.LibRawError:
        # A camera too new, or a name that raw files share with other pictures
        file.seek(0)
        return images.load(file, path, limit)
    file.seek(0)
    head = file.read(_HEAD_BYTES)
    if head.startswith(_TIFF):
        # Pillow would show the wrong picture of them, but reads what they say of themselves
        spoken_for = Image.new("L", (1, 1))
        spoken_for.info["exif"] = head
        picture = replace(picture, original=spoken_for)
    return picture


def _picture(data: Any, limit: int) -> Picture:
    sizes = data.sizes
    width, height = sizes.width, sizes.height
    if width * height > MAX_CLAIMED_PIXELS:
        raise claims_too_much(width, height)
    check_size(width, height)
    if sizes.flip in (5, 6):
        width, height = height, width
    preview = _preview(data, limit)
    if preview is not None and max(preview.width, preview.height) >= min(
        _SHORTEST_PREVIEW, max(width, height)
    ):
        shown = preview.shown
        # Most previews say themselves how they are turned; some leave that to the raw data
        if (shown.width > shown.height and width < height) or (shown.width < shown.height and width > height):
            shown = _turned(shown, sizes.flip)
        return Picture(shown, preview.original, width, height)
    levels = data.postprocess(half_size=True, use_camera_wb=True)
    # there are cameras for black and white alone
    developed = Image.fromarray(levels[:, :, 0] if levels.shape[2] == 1 else levels).convert("RGB")
    shown = resized(developed, within_pixels(*developed.size, limit))
    return Picture(shown, preview.original if preview is not None else shown, width, height)


def _preview(data: Any, limit: int) -> Picture | None:
    """The camera's own JPEG. None where there is none that can be read."""
    try:
        found = data.extract_thumb()
        if found.format != rawpy.ThumbFormat.JPEG:
            return None
        return images.load(io.BytesIO(found.data), Path(), limit)
    except (rawpy.LibRawError, MediaError):
        return None


def _turned(picture: Image.Image, flip: int) -> Image.Image:
    return picture.transpose(_UPRIGHT[flip]) if flip in _UPRIGHT else picture

"""Sizes and JPEGs: what pictures, frames and pages have in common. Decoder processes only."""

import io
import math

import numpy as np
from PIL import Image

from indexer.errors import MediaError
from models.inputs import Pixels


def claims_too_much(width: int, height: int) -> MediaError:
    """Of what is not opened, as so many pixels would take all memory."""
    return MediaError(f"It claims {width} × {height} pixels, more than any camera takes; it was not opened.")


def within_pixels(width: int, height: int, pixels: int) -> tuple[int, int]:
    """The size reduced to at most `pixels` altogether, same shape, never enlarged, at least 1 either way."""
    scale = math.sqrt(pixels / (width * height))
    if scale >= 1:
        return width, height
    return max(1, math.floor(width * scale)), max(1, math.floor(height * scale))


def within_side(width: int, height: int, side: int) -> tuple[int, int]:
    """The size reduced to at most `side` either way, same shape, never enlarged, at least 1 either way."""
    scale = side / max(width, height)
    if scale >= 1:
        return width, height
    return max(1, round(width * scale)), max(1, round(height * scale))


def resized(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    """The picture at this smaller size, resampled once.

    Hamming's window: as good as a cubic where things only get smaller, in half the time of Lanczos'.
    """
    if picture.size == size:
        return picture
    return picture.resize(size, Image.Resampling.HAMMING)


def jpeg(picture: Image.Image, side: int) -> bytes:
    """An RGB picture as JPEG of at most `side` pixels either way."""
    out = io.BytesIO()
    resized(picture, within_side(*picture.size, side)).save(out, "JPEG", quality=85)
    return out.getvalue()


def pixels(picture: Image.Image) -> Pixels:
    """An RGB picture as an array of its own, uint8 `[height, width, 3]`."""
    return np.array(picture)

"""Any picture mode that Pillow knows to eight bits of red, green and blue. Decoder processes only."""

import io
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms


def without_depth(picture: Image.Image) -> Image.Image:
    """The picture as L, RGB, RGBA or CMYK of eight bits, which can be resized, converted and flattened.

    Sixteen bits, integers and floats are scaled instead of cut off, palettes are looked up, any form of
    transparency becomes an alpha channel. Raises ValueError for a mode that has no colours.
    """
    if picture.mode.startswith("I;16") or picture.mode == "I":
        return Image.fromarray(_scaled(np.asarray(picture).astype(np.float32), whole=65535.0))
    if picture.mode == "F":
        return Image.fromarray(_scaled(np.asarray(picture), whole=1.0))
    if picture.has_transparency_data:
        return picture if picture.mode == "RGBA" else picture.convert("RGBA")
    match picture.mode:
        case "L" | "RGB" | "CMYK":
            return picture
        case "1":
            return picture.convert("L")
        case "LAB":
            lab, srgb = ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB")
            return (
                ImageCms.applyTransform(picture, ImageCms.buildTransform(lab, srgb, "LAB", "RGB")) or picture
            )
        case _:
            return picture.convert("RGB")


def to_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """A picture from `without_depth` as L, RGB or RGBA in the colours of sRGB.

    Args:
        profile: the ICC profile of its file. One that is damaged or meant for other modes is ignored.
    """
    colours = picture.convert("RGB") if picture.mode == "RGBA" else picture
    transform = _transform(profile, colours.mode) if profile else None
    if transform is None:
        return picture.convert("RGB") if picture.mode == "CMYK" else picture
    converted = ImageCms.applyTransform(colours, transform)
    if converted is None or picture.mode != "RGBA":
        return converted or picture
    converted.putalpha(picture.getchannel("A"))
    return converted


def on_white(picture: Image.Image) -> Image.Image:
    """A picture from `without_depth` as RGB, what was transparent white."""
    if picture.mode != "RGBA":
        return picture.convert("RGB")
    flat = Image.new("RGB", picture.size, "white")
    flat.paste(picture, mask=picture.getchannel("A"))
    return flat


@lru_cache(maxsize=4)
def _transform(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    """From the profile to sRGB. None if it is sRGB itself, or cannot be used."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if "sRGB" in ImageCms.getProfileDescription(source):
            return None
        return ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), mode, "RGB")
    except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
        return None


def _scaled(values: NDArray[np.float32], whole: float) -> NDArray[np.uint8]:
    """Grey levels 0..255. `whole` is white, unless the values say that another range was meant.

    Cameras and microscopes store 10 or 12 bits in 16 without saying so, floats come as 0..1, as 0..255 or
    in units of their own; each would be a black or a white rectangle.
    """
    values = np.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0)
    low, high = min(0.0, float(values.min())), float(values.max())
    if high > whole:
        whole = high if whole > 1 or high > 255 else 255.0
    elif whole > 1 and high < 4096:
        whole = max(255.0, high)
    levels: NDArray[np.float32] = (values - low) * np.float32(255.0 / max(whole - low, 1e-12)) + np.float32(
        0.5
    )
    return np.clip(levels, 0, 255).astype(np.uint8)

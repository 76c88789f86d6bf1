"""PSD with sixteen bits for each colour: all layers together as one picture. Pillow reads eight bits only.

Adobe Photoshop File Formats Specification, 2019. Decoder processes only.
"""

import struct
from typing import BinaryIO, Final

import numpy as np
from PIL import Image

from indexer.errors import MediaError

_HEAD: Final = struct.Struct(">4sH6xHIIHH")
_MODES: Final = {1: ("L", 1), 3: ("RGB", 3), 4: ("CMYK", 4)}
_RAW, _PACKED = 0, 1
_PROFILE: Final = 1039
_OTHER: Final = "It is a Photoshop file of a variety that Sightline does not read."


def is_deep(file: BinaryIO) -> bool:
    """Whether it is such a file. Leaves it at its beginning."""
    head = file.read(_HEAD.size)
    file.seek(0)
    return len(head) == _HEAD.size and head[:4] == b"8BPS" and _HEAD.unpack(head)[5] == 16


def read(file: BinaryIO, most: int) -> Image.Image:
    """The picture with eight bits, as Pillow would give it, its profile in `info`.

    Raises `MediaError` for more than `most` pixels and for rarer colours, ValueError for damage.
    """
    _, version, channels, height, width, _, mode = _HEAD.unpack(file.read(_HEAD.size))
    name, colours = _MODES.get(mode, ("", 0))
    if version != 1 or not name or channels < colours:
        raise MediaError(_OTHER)
    if not 0 < width * height <= most:
        raise MediaError(
            f"It claims {width} × {height} pixels, more than any camera takes; it was not opened."
        )
    file.seek(_length(file), 1)
    profile = _profile(file.read(_length(file)))
    file.seek(_length(file), 1)
    bands = _bands(file, channels, colours, (width, height))
    picture = Image.merge(name, bands)
    if name == "CMYK":
        picture = picture.point(lambda level: 255 - level)
    picture.format = "PSD"
    if profile:
        picture.info["icc_profile"] = profile
    return picture


def _length(file: BinaryIO) -> int:
    return int.from_bytes(file.read(4), "big")


def _bands(file: BinaryIO, channels: int, wanted: int, size: tuple[int, int]) -> list[Image.Image]:
    width, height = size
    packing = int.from_bytes(file.read(2), "big")
    if packing not in (_RAW, _PACKED):
        raise MediaError(_OTHER)
    counts = np.frombuffer(file.read(2 * height * channels), ">u2") if packing == _PACKED else None
    bands = []
    for number in range(wanted):
        if counts is None:
            samples = np.frombuffer(file.read(2 * width * height), np.uint8).reshape(height, 2 * width)
        else:
            packed = file.read(int(counts[number * height : (number + 1) * height].sum()))
            samples = np.asarray(Image.frombytes("L", (2 * width, height), packed, "packbits", "L"))
        bands.append(Image.fromarray(np.ascontiguousarray(samples[:, ::2])))  # the higher byte comes first
    return bands


def _profile(resources: bytes) -> bytes:
    """The ICC profile among the image resources; b"" if there is none."""
    at = 0
    while resources[at : at + 4] == b"8BIM":
        number = int.from_bytes(resources[at + 4 : at + 6], "big")
        name = resources[at + 6] if at + 6 < len(resources) else 0
        at += 6 + (name + 2 & ~1)
        size = int.from_bytes(resources[at : at + 4], "big")
        if number == _PROFILE:
            return resources[at + 4 : at + 4 + size]
        at += 4 + (size + 1 & ~1)
    return b""

"""PSB (large) and PSD with sixteen bits for each colour: all layers together as one picture.

Pillow reads neither. Adobe Photoshop File Formats Specification, 2019. Decoder processes only.
"""

import struct
from typing import BinaryIO, Final

import numpy as np
from PIL import Image

from indexer.errors import MediaError

_HEAD: Final = struct.Struct(">4sH6xHIIHH")
_MODES: Final = {1: ("L", 1), 3: ("RGB", 3), 4: ("CMYK", 4), 8: ("L", 1), 9: ("LAB", 3)}
_LARGE: Final = 2
"""The version of a PSB: some of its lengths are twice as wide."""
_RAW, _PACKED = 0, 1
_PROFILE: Final = 1039
_OTHER: Final = "It is a Photoshop file of a variety that Sightline does not read."


def is_beyond_pillow(file: BinaryIO) -> bool:
    """Whether it is such a file. Leaves it at its beginning."""
    head = file.read(_HEAD.size)
    file.seek(0)
    if len(head) < _HEAD.size or head[:4] != b"8BPS":
        return False
    _, version, _, _, _, depth, _ = _HEAD.unpack(head)
    return bool(version == _LARGE or depth == 16)


def read(file: BinaryIO, most: int) -> Image.Image:
    """The picture with eight bits, as Pillow would give it, its profile in `info`.

    Raises `MediaError` for more than `most` pixels and for rarer colours, ValueError for damage.
    """
    _, version, channels, height, width, depth, mode = _HEAD.unpack(file.read(_HEAD.size))
    name, colours = _MODES.get(mode, ("", 0))
    if version not in (1, _LARGE) or depth not in (8, 16) or not name or channels < colours:
        raise MediaError(_OTHER)
    if not 0 < width * height <= most:
        raise MediaError(
            f"It claims {width} × {height} pixels, more than any camera takes; it was not opened."
        )
    file.seek(_length(file), 1)
    records = _records(file.read(_length(file)))
    file.seek(_length(file, 8 if version == _LARGE else 4), 1)
    counts = ">u4" if version == _LARGE else ">u2"
    bands = _bands(file, channels, colours, (width, height), depth // 8, counts)
    picture = Image.merge(name, bands)
    if name == "CMYK":
        picture = picture.point(lambda level: 255 - level)
    picture.format = "PSD"
    picture.resources = records  # type: ignore[attr-defined]  # where Pillow's own has them
    if profile := next((content for number, _, content in records if number == _PROFILE), b""):
        picture.info["icc_profile"] = profile
    return picture


def _length(file: BinaryIO, width: int = 4) -> int:
    return int.from_bytes(file.read(width), "big")


def _bands(
    file: BinaryIO, channels: int, wanted: int, size: tuple[int, int], sample: int, counts: str
) -> list[Image.Image]:
    """`sample`: bytes for each; `counts`: type of the lengths of packed rows."""
    width, height = size
    packing = _length(file, 2)
    if packing not in (_RAW, _PACKED):
        raise MediaError(_OTHER)
    table = np.dtype(counts)
    rows = np.frombuffer(file.read(table.itemsize * height * channels), table) if packing == _PACKED else None
    bands = []
    for number in range(wanted):
        if rows is None:
            samples = np.frombuffer(file.read(sample * width * height), np.uint8).reshape(height, -1)
        else:
            packed = file.read(int(rows[number * height : (number + 1) * height].sum()))
            samples = np.asarray(Image.frombytes("L", (sample * width, height), packed, "packbits", "L"))
        bands.append(Image.fromarray(np.ascontiguousarray(samples[:, ::sample])))  # the higher byte first
    return bands


def _records(block: bytes) -> list[tuple[int, str, bytes]]:
    """The image resources as Pillow lists them: number, name, content."""
    found = []
    at = 0
    while block[at : at + 4] == b"8BIM":
        number = int.from_bytes(block[at + 4 : at + 6], "big")
        name = block[at + 6] if at + 6 < len(block) else 0
        at += 6 + (name + 2 & ~1)
        size = int.from_bytes(block[at : at + 4], "big")
        found.append((number, "", block[at + 4 : at + 4 + size]))
        at += 4 + (size + 1 & ~1)
    return found

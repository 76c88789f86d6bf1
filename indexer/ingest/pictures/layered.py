"""PSD and PSB (large) of the kinds that Pillow does not read: all layers together as one picture.

Those are all PSB, sixteen and 32 bits for each colour, what is packed as in ZIP archives, and RGB with a
saved selection. Adobe Photoshop File Formats Specification, 2019. Decoder processes only.
"""

import struct
import zlib
from collections.abc import Sequence
from typing import BinaryIO, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from indexer.errors import MediaError
from indexer.ingest.pictures.high_range import srgb
from indexer.ingest.pictures.raster import claims_too_much

Records: TypeAlias = list[tuple[int, str, bytes]]
"""Image resources as Pillow lists them: number, name, content."""

_HEAD: Final = struct.Struct(">4sH6xHIIHH")
_MODES: Final = {1: ("L", 1), 3: ("RGB", 3), 4: ("CMYK", 4), 8: ("L", 1), 9: ("LAB", 3)}
_RGB: Final = 3
_LARGE: Final = 2
"""The version of a PSB: some of its lengths are twice as wide."""
_RAW, _PACKED, _ZIPPED, _PREDICTED = 0, 1, 2, 3
"""Predicted: zipped, and of each row only the differences from one number to the next."""
_PROFILE, _VERSION = 1039, 1057
_OTHER: Final = "It is a Photoshop file of a variety that Sightline does not read."
_WITHOUT_PICTURE: Final = (
    "It holds only its layers and no picture of them together: save it again in Photoshop with “Maximize "
    "Compatibility”."
)


def is_beyond_pillow(file: BinaryIO) -> bool:
    """Whether it is such a file. Leaves it at its beginning."""
    head = file.read(_HEAD.size)
    beyond = False
    if len(head) == _HEAD.size and head[:4] == b"8BPS":
        _, version, channels, _, _, depth, mode = _HEAD.unpack(head)
        if version == _LARGE or depth in (16, 32):
            beyond = True
        else:
            packing, transparent = _described(file)
            # Pillow takes any fourth channel for transparency
            selected = (mode, channels) == (_RGB, 4) and not transparent
            beyond = selected or packing in (_ZIPPED, _PREDICTED)
    file.seek(0)
    return beyond


def _described(file: BinaryIO) -> tuple[int, bool]:
    """How the picture is packed, and whether its first channel behind the colours is its transparency.

    Else that is a selection that somebody saved. Of a file that is no PSB, from behind its head on.
    """
    for _ in ("colours", "resources"):
        file.seek(_length(file), 1)
    size = _length(file)
    behind = file.tell() + size
    count = file.read(6)[4:] if size >= 6 else b""
    file.seek(behind)
    return _length(file, 2), int.from_bytes(count, "big", signed=True) < 0


def check(records: Sequence[tuple[int, object, bytes]]) -> None:
    """Raises `MediaError` for a file that says it was saved without a picture of all layers together."""
    version = next((content for number, _, content in records if number == _VERSION), b"")
    if version[4:5] == b"\0":
        raise MediaError(_WITHOUT_PICTURE)


def read(file: BinaryIO, most: int) -> Image.Image:
    """The picture with eight bits, as Pillow would give it, its profile in `info`.

    Raises `MediaError` for more than `most` pixels and for rarer colours, ValueError for damage.
    """
    _, version, channels, height, width, depth, mode = _HEAD.unpack(file.read(_HEAD.size))
    name, colours = _MODES.get(mode, ("", 0))
    if version not in (1, _LARGE) or depth not in (8, 16, 32) or not name or channels < colours:
        raise MediaError(_OTHER)
    if depth == 32 and name not in ("L", "RGB"):
        raise MediaError(_OTHER)
    if not 0 < width * height <= most:
        raise claims_too_much(width, height)
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
    profile = next((content for number, _, content in records if number == _PROFILE), b"")
    if profile and depth < 32:  # else it is of the numbers in the file, which are light itself
        picture.info["icc_profile"] = profile
    return picture


def _length(file: BinaryIO, width: int = 4) -> int:
    return int.from_bytes(file.read(width), "big")


def _bands(
    file: BinaryIO, channels: int, wanted: int, size: tuple[int, int], sample: int, counts: str
) -> list[Image.Image]:
    """`sample`: bytes for each; `counts`: type of the lengths of packed rows."""
    width, height = size
    row = sample * width
    packing = _length(file, 2)
    if packing not in (_RAW, _PACKED, _ZIPPED, _PREDICTED):
        raise MediaError(_OTHER)
    table = np.dtype(counts)
    rows = np.frombuffer(file.read(table.itemsize * height * channels), table) if packing == _PACKED else None
    zipped = zlib.decompressobj()
    bands = []
    for number in range(wanted):
        if rows is not None:
            packed = file.read(int(rows[number * height : (number + 1) * height].sum()))
            samples = np.asarray(Image.frombytes("L", (row, height), packed, "packbits", "L"))
        elif packing == _RAW:
            samples = np.frombuffer(file.read(row * height), np.uint8).reshape(height, row)
        else:
            samples = np.frombuffer(_unzipped(zipped, file, row * height), np.uint8).reshape(height, row)
        if packing == _PREDICTED:
            samples = _summed(samples, sample)
        bands.append(Image.fromarray(_eight_bits(samples, sample)))
    return bands


def _unzipped(zipped: "zlib._Decompress", file: BinaryIO, size: int) -> bytes:
    """The next bytes of it. Raises ValueError when there are no more."""
    pieces, left = [], size
    try:
        while left:
            packed = zipped.unconsumed_tail or file.read(1 << 20)
            piece = zipped.decompress(packed, left)
            if not packed and not piece:
                raise ValueError
            pieces.append(piece)
            left -= len(piece)
    except zlib.error as error:
        raise ValueError from error
    return b"".join(pieces)


def _summed(rows: NDArray[np.uint8], sample: int) -> NDArray[np.uint8]:
    """Rows of big-endian numbers, of rows of differences: of 32 bits between bytes, all first bytes first."""
    if sample == 2:
        wide = np.cumsum(rows.view(">u2"), axis=1, dtype=np.uint16)
        return wide.astype(">u2").view(np.uint8)
    sums = np.cumsum(rows, axis=1, dtype=np.uint8)
    if sample == 1:
        return sums
    height, width = rows.shape[0], rows.shape[1] // sample
    return sums.reshape(height, sample, width).transpose(0, 2, 1).reshape(height, -1)


def _eight_bits(rows: NDArray[np.uint8], sample: int) -> NDArray[np.uint8]:
    """Levels 0..255 of rows of big-endian numbers; those of 32 bits are light, 1.0 for white."""
    if sample == 4:
        # In portions, as one takes several times the room of its numbers meanwhile
        portions = np.array_split(rows, 1 + (rows.nbytes >> 24))
        return np.concatenate([srgb(np.nan_to_num(part.view(">f4").astype(np.float32))) for part in portions])
    return np.ascontiguousarray(rows[:, ::sample])  # the higher byte first


def _records(block: bytes) -> Records:
    """The image resources."""
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

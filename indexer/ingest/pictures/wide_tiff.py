"""TIFF with wider or more numbers than Pillow reads: floats, 32 bits for each colour, and 16 in CMYK or Lab
or beside a mask. Decoder processes only.

Darkrooms, mergers of exposures and microscopes write them. What is packed is unpacked by Pillow, to which
it is handed as a grey picture of bytes; numbers are made of these here, and eight bits. TIFF 6.0, and Adobe's
Technical Note 3 on floats.
"""

import io
import struct
from typing import Any, BinaryIO, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, TiffImagePlugin

from indexer.errors import MediaError
from indexer.ingest.pictures.high_range import levels
from indexer.ingest.pictures.raster import claims_too_much
from indexer.ingest.segments import DAMAGED_OR_RARE

_WIDTH, _HEIGHT, _BITS, _PACKING, _MEANING = 256, 257, 258, 259, 262
_STRIPS, _SAMPLES, _ROWS, _SIZES, _LAYOUT, _PREDICTOR = 273, 277, 278, 279, 284, 317
_TILE_WIDTH, _TILE_HEIGHT, _TILES, _TILE_SIZES, _FORMAT, _PROFILE = 322, 323, 324, 325, 339, 34675
_EXTRA: Final = 338
_HEAD_BYTES: Final = 1 << 20
_MAGIC: Final = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_BYTE_BY_BYTE: Final = (1, 5, 8, 32773, 32946, 34925, 50000)
"""Ways of packing that do not ask what the bytes mean: none, LZW, Deflate, PackBits, LZMA, Zstandard."""
_WHITE_IS_ZERO, _GREY, _RGB, _CMYK, _LAB = 0, 1, 2, 5, 8
_MODES: Final = {_WHITE_IS_ZERO: "L", _GREY: "L", _RGB: "RGB", _CMYK: "CMYK", _LAB: "LAB"}
_FLOATS: Final = 3
_KINDS: Final = {
    (8, False): "u1",
    (16, False): "u2",
    (16, True): "f2",
    (32, True): "f4",
    (64, True): "f8",
    (32, False): "u4",
}
"""numpy's name of a number by its bits and whether it is a float."""
_LONG: Final = 4
_BETWEEN_NUMBERS, _BETWEEN_BYTES = 2, 3
_APART: Final = 2


def is_beyond_pillow(file: BinaryIO) -> bool:
    """Whether it is such a file. Leaves it at its beginning."""
    try:
        return file.read(4) in _MAGIC and _is_wide(_tags(file))
    except (SyntaxError, ValueError, TypeError, OverflowError):
        return False
    finally:
        file.seek(0)


def _is_wide(tags: Any) -> bool:
    bits, floats, samples = _bits(tags), _is_float(tags), int(tags.get(_SAMPLES, 1))
    meaning = tags.get(_MEANING)
    if meaning not in _MODES:
        return False
    if bits in (8, 16) and not floats:
        known = (tags.prefix, meaning, (1,), 1, (bits,) * samples, tags.get(_EXTRA, ()))
        return known not in TiffImagePlugin.OPEN_INFO and samples >= Image.getmodebands(_MODES[meaning])
    if meaning in (_CMYK, _LAB):
        return False
    return (floats and (bits, samples) != (32, 1)) or (bits == 32 and samples > 1)


def read(file: BinaryIO, most: int) -> Image.Image:
    """The picture with eight bits, its profile and what it says of itself in `info`.

    Raises `MediaError` for more than `most` pixels and for rarer varieties, ValueError for damage.
    """
    tags = _tags(file)
    width, height = int(tags[_WIDTH]), int(tags[_HEIGHT])
    if not 0 < width * height <= most:
        raise claims_too_much(width, height)
    if tags.get(_PACKING, 1) not in _BYTE_BY_BYTE or (_bits(tags), _is_float(tags)) not in _KINDS:
        raise MediaError(DAMAGED_OR_RARE)
    mode = _MODES[tags[_MEANING]]
    colours = Image.getmodebands(mode)
    if tags.get(_LAYOUT) == _APART:
        bands = [_numbers(file, tags, number, 1)[:, :, 0] for number in range(colours)]
        numbers = np.stack(bands, axis=2)
    else:
        numbers = _numbers(file, tags, 0, int(tags.get(_SAMPLES, 1)))[:, :, :colours]
    profile = tags.get(_PROFILE, b"")
    whole = numbers.dtype.kind == "u"
    if whole:
        shown = (numbers >> 8 * (numbers.itemsize - 1)).astype(np.uint8)
    else:
        shown = levels(numbers, linear=colours == 3 and not profile)
    if tags[_MEANING] == _WHITE_IS_ZERO:
        shown = 255 - shown
    picture = Image.frombytes(mode, (width, height), shown.tobytes(), "raw", mode)
    picture.format = "TIFF"
    if profile:
        picture.info["icc_profile"] = profile
    file.seek(0)
    picture.info["exif"] = file.read(_HEAD_BYTES)
    return picture


def _tags(file: BinaryIO) -> Any:
    """Of its first picture."""
    file.seek(0)
    head = file.read(8)
    if head[2:3] == b"+" or head[3:4] == b"+":
        head += file.read(8)
    tags = TiffImagePlugin.ImageFileDirectory_v2(head)
    file.seek(tags.next)
    tags.load(file)
    return tags


def _bits(tags: Any) -> int:
    bits = set(np.atleast_1d(tags.get(_BITS, 1)).tolist())
    return int(bits.pop()) if len(bits) == 1 else 0


def _is_float(tags: Any) -> bool:
    return set(np.atleast_1d(tags.get(_FORMAT, 1)).tolist()) == {_FLOATS}


def _numbers(file: BinaryIO, tags: Any, plane: int, samples: int) -> NDArray[Any]:
    """`[height, width, samples]`, of one plane where colours lie apart."""
    width, height = int(tags[_WIDTH]), int(tags[_HEIGHT])
    order = ">" if tags.prefix == b"MM" else "<"
    kind = np.dtype(order + _KINDS[_bits(tags), _is_float(tags)])
    tiled = _TILE_WIDTH in tags
    across = int(tags[_TILE_WIDTH]) if tiled else width
    rows = int(tags[_TILE_HEIGHT]) if tiled else min(int(tags.get(_ROWS, height)), height)
    wide, high = -(-width // across), -(-height // rows)
    count = wide * high
    places = [tags[_TILES if tiled else _STRIPS], tags[_TILE_SIZES if tiled else _SIZES]]
    offsets, sizes = (np.atleast_1d(each).tolist()[plane * count : (plane + 1) * count] for each in places)
    if len(offsets) != count or len(sizes) != count:
        raise ValueError
    length = rows * high if tiled else height
    pixel = kind.itemsize * samples
    unpacked = _unpacked(
        file,
        tags.get(_PACKING, 1),
        (wide * across * pixel, length),
        (across * pixel, rows) if tiled else rows,
        list(zip(offsets, sizes, strict=True)),
    )
    parts = [
        _restored(unpacked[:, at : at + across * pixel], tags.get(_PREDICTOR, 1), kind, samples)
        for at in range(0, wide * across * pixel, across * pixel)
    ]
    return np.concatenate(parts, axis=1)[:height, :width]


def _unpacked(
    file: BinaryIO,
    packing: int,
    size: tuple[int, int],
    part: tuple[int, int] | int,
    places: list[tuple[int, int]],
) -> NDArray[np.uint8]:
    """The bytes of all rows, by Pillow. `part`: a tile's width and height, or the rows of a strip."""
    wrapped = io.BytesIO(b"II*\0\0\0\0\0")
    wrapped.seek(8)
    offsets = []
    for offset, length in places:
        file.seek(offset)
        offsets.append(wrapped.tell())
        wrapped.write(file.read(length))
    wrapped.write(b"\0" * (wrapped.tell() % 2))
    tags = {_WIDTH: [size[0]], _HEIGHT: [size[1]], _BITS: [8], _PACKING: [packing], _MEANING: [_GREY]}
    sizes = [length for _, length in places]
    if isinstance(part, tuple):
        tags |= {_TILE_WIDTH: [part[0]], _TILE_HEIGHT: [part[1]], _TILES: offsets, _TILE_SIZES: sizes}
    else:
        tags |= {_ROWS: [part], _STRIPS: offsets, _SIZES: sizes}
    at = wrapped.tell()
    wrapped.write(_directory(tags, at))
    wrapped.seek(4)
    wrapped.write(at.to_bytes(4, "little"))
    wrapped.seek(0)
    with Image.open(wrapped, formats=("TIFF",)) as grey:
        return np.asarray(grey)


def _directory(tags: dict[int, list[int]], at: int) -> bytes:
    """Of a file with nothing behind it."""
    fields, values = struct.pack("<H", len(tags)), b""
    behind = at + 2 + 12 * len(tags) + 4
    for tag, numbers in sorted(tags.items()):
        packed = struct.pack(f"<{len(numbers)}I", *numbers)
        placed = packed if len(numbers) == 1 else struct.pack("<I", behind + len(values))
        fields += struct.pack("<HHI", tag, _LONG, len(numbers)) + placed
        values += packed if len(numbers) > 1 else b""
    return fields + bytes(4) + values


def _restored(rows: NDArray[np.uint8], predictor: int, kind: np.dtype[Any], samples: int) -> NDArray[Any]:
    """The numbers `[height, width, samples]` of rows of bytes, some of which hold only what changes."""
    height = rows.shape[0]
    if predictor == _BETWEEN_BYTES:
        sums = np.cumsum(rows.reshape(height, -1, samples), axis=1, dtype=np.uint8)
        planes = sums.reshape(height, kind.itemsize, -1)  # all first bytes first
        return (
            np.ascontiguousarray(planes.transpose(0, 2, 1))
            .view(kind.newbyteorder(">"))
            .reshape(height, -1, samples)
        )
    numbers = np.ascontiguousarray(rows).view(kind).reshape(height, -1, samples)
    if predictor == _BETWEEN_NUMBERS:
        whole = np.dtype(kind.byteorder + f"u{kind.itemsize}")
        native = numbers.view(whole).astype(whole.newbyteorder("="))
        return np.cumsum(native, axis=1, dtype=native.dtype).view(kind.newbyteorder("="))
    return numbers

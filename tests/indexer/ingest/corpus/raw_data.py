"""A camera's raw data, the smallest DNG that can be developed; and what else Pillow cannot write of TIFF."""

import io
import struct
import zlib
from typing import Final

import numpy as np
from ingest_files import corners
from PIL import Image, ImageCms

_BYTE, _ASCII, _SHORT, _LONG, _RATIONAL, _SRATIONAL = 1, 2, 3, 4, 5, 10
_FORMAT: Final = {_BYTE: "B", _ASCII: "B", _SHORT: "H", _LONG: "I", _RATIONAL: "II", _SRATIONAL: "ii"}

Entry = tuple[int, int, tuple[int, ...]]


def dng(*, preview: bool, size: tuple[int, int] = (1200, 800), colours: bool = True) -> bytes:
    """Sensor data of 16 bits, the left half bright, and, if wanted, the camera's own JPEG (green)."""
    jpeg = io.BytesIO()
    width, height = size
    Image.new("RGB", size, (30, 200, 30)).save(jpeg, "JPEG")
    sensor = np.full((height, width), 3000, "<u2")
    sensor[:, : width // 2] = 40_000
    blocks = [sensor.tobytes(), jpeg.getvalue() if preview else b""]
    camera: list[Entry] = [
        (50706, _BYTE, (1, 4, 0, 0)),
        (50708, _ASCII, tuple(b"Sightline Test\0")),
        (50721, _SRATIONAL, (1, 1, 0, 1, 0, 1, 0, 1, 1, 1, 0, 1, 0, 1, 0, 1, 1, 1)),
        (50728, _RATIONAL, (1, 1, 1, 1, 1, 1)),
        (50778, _SHORT, (21,)),
        (271, _ASCII, tuple(b"Sightline\0")),
        (272, _ASCII, tuple(b"Test\0")),
        (306, _ASCII, tuple(b"2024:05:01 10:20:30\0")),
        (274, _SHORT, (1,)),
    ]

    def raw(offset: int) -> list[Entry]:
        return [
            (254, _LONG, (0,)),
            (256, _LONG, (width,)),
            (257, _LONG, (height,)),
            (258, _SHORT, (16,)),
            (259, _SHORT, (1,)),
            (262, _SHORT, (32803 if colours else 34892,)),
            (273, _LONG, (offset,)),
            (277, _SHORT, (1,)),
            (278, _LONG, (height,)),
            (279, _LONG, (len(blocks[0]),)),
            (33421, _SHORT, (2, 2)),
            (33422, _BYTE, (0, 1, 1, 2)),
            (50714, _SHORT, (0,)),
            (50717, _LONG, (65535,)),
        ]

    def small(offset: int) -> list[Entry]:
        return [
            (254, _LONG, (1,)),
            (256, _LONG, (width,)),
            (257, _LONG, (height,)),
            (258, _SHORT, (8, 8, 8)),
            (259, _SHORT, (7,)),
            (262, _SHORT, (6,)),
            (273, _LONG, (offset,)),
            (277, _SHORT, (3,)),
            (278, _LONG, (height,)),
            (279, _LONG, (len(blocks[1]),)),
        ]

    # The offsets do not change the lengths, so the directories are laid out with zeros first
    after = len(directory(raw(0) + camera, 8))
    second = 8 + after
    second_size = len(directory(small(0), second)) if preview else 0
    data = second + second_size
    entries = raw(data) + camera
    out = directory(entries, 8, following=second if preview else 0)
    if preview:
        out += directory(small(data + len(blocks[0])), second)
    return struct.pack("<2sHI", b"II", 42, 8) + out + blocks[0] + blocks[1]


def floats(*, packed: bool, size: tuple[int, int] = (120, 80)) -> bytes:
    """A TIFF of light: `ingest_files.corners` in 32-bit floats, packed as programs pack floats."""
    signal = np.asarray(corners(size)) / 255
    light = np.where(signal <= 0.04045, signal / 12.92, ((signal + 0.055) / 1.055) ** 2.4)
    height = size[1]
    data = light.astype("<f4").tobytes()
    if packed:
        numbers = np.frombuffer(light.astype(">f4").tobytes(), np.uint8).reshape(height, -1, 4)
        rows = np.ascontiguousarray(numbers.transpose(0, 2, 1)).reshape(height, -1, 3)
        data = zlib.compress(np.diff(rows, axis=1, prepend=np.uint8(0)).tobytes())
    return _tiff(
        size,
        data,
        (258, _SHORT, (32, 32, 32)),
        (259, _SHORT, (8 if packed else 1,)),
        (262, _SHORT, (2,)),
        (277, _SHORT, (3,)),
        (317, _SHORT, (3 if packed else 1,)),
        (339, _SHORT, (3, 3, 3)),
    )


def masked(meaning: int, size: tuple[int, int] = (120, 80)) -> bytes:
    """A TIFF of `ingest_files.corners` in 16 bits with a mask. `meaning`: 5 for CMYK, 8 for Lab."""
    picture = corners(size)
    if meaning == 8:
        profiles = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
        picture = ImageCms.applyTransform(picture, ImageCms.buildTransform(*profiles, "RGB", "LAB"))
    else:
        picture = picture.convert("CMYK")
    numbers = np.dstack([np.asarray(picture), np.full(size[::-1], 255, np.uint8)]).astype("<u2") * 257
    samples = numbers.shape[2]
    return _tiff(
        size,
        numbers.tobytes(),
        (258, _SHORT, (16,) * samples),
        (259, _SHORT, (1,)),
        (262, _SHORT, (meaning,)),
        (277, _SHORT, (samples,)),
        (338, _SHORT, (2,)),
    )


def _tiff(size: tuple[int, int], data: bytes, *more: Entry) -> bytes:
    """Of one strip."""
    entries: list[Entry] = [
        (256, _LONG, size[:1]),
        (257, _LONG, size[1:]),
        (273, _LONG, (8,)),
        (278, _LONG, size[1:]),
        (279, _LONG, (len(data),)),
        *more,
    ]
    data += b"\0" * (len(data) % 2)
    return struct.pack("<2sHI", b"II", 42, 8 + len(data)) + data + directory(entries, 8 + len(data))


def directory(entries: list[Entry], at: int, following: int = 0) -> bytes:
    """Of a TIFF, at this place."""
    fields, values = b"", b""
    room = at + 2 + 12 * len(entries) + 4
    for tag, kind, numbers in sorted(entries):
        form = _FORMAT[kind]
        count = len(numbers) // len(form)
        packed = struct.pack(f"<{len(numbers)}{form[0]}", *numbers)
        if len(packed) > 4:
            fields += struct.pack("<HHII", tag, kind, count, room + len(values))
            values += packed + b"\0" * (len(packed) % 2)
        else:
            fields += struct.pack("<HHI", tag, kind, count) + packed.ljust(4, b"\0")
    return struct.pack("<H", len(entries)) + fields + struct.pack("<I", following) + values

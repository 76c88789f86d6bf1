"""Files for the tests of ingest, made when needed: pictures, films, documents, and broken ones."""

import io
import zlib
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from indexer.ingest.segments import Item, Segment

Rgb = NDArray[np.uint8]

RED, GREEN, BLUE, GREY = (220, 30, 30), (30, 200, 30), (30, 30, 220), (128, 128, 128)


def split(parts: Iterable[Item | Segment]) -> tuple[Item, list[Segment]]:
    """The item, as it is in the end, and its segments; fails when they come in another order."""
    item, *segments = parts
    assert isinstance(item, Item)
    if segments and isinstance(segments[-1], Item):
        *segments, item = segments
        assert isinstance(item, Item)
    assert all(isinstance(segment, Segment) for segment in segments)
    return item, [segment for segment in segments if isinstance(segment, Segment)]


def corners(size: tuple[int, int] = (120, 80)) -> Image.Image:
    """Red top left, green top right, blue bottom left, grey bottom right: shows how it was turned."""
    picture = Image.new("RGB", size)
    draw = ImageDraw.Draw(picture)
    width, height = size
    for colour, x, y in ((RED, 0, 0), (GREEN, 1, 0), (BLUE, 0, 1), (GREY, 1, 1)):
        left, top = x * width // 2, y * height // 2
        draw.rectangle((left, top, left + width // 2, top + height // 2), fill=colour)
    return picture


def corner_colours(rgb: Rgb) -> list[tuple[int, int, int]]:
    """The middles of the four quarters, in reading order."""
    height, width = rgb.shape[:2]
    points = ((1, 1), (1, 3), (3, 1), (3, 3))
    return [tuple(int(level) for level in rgb[height * y // 4, width * x // 4]) for y, x in points]


def close(colours: Sequence[Sequence[int]], wanted: Sequence[Sequence[int]], by: int = 12) -> bool:
    return bool(np.abs(np.array(colours, dtype=int) - np.array(wanted, dtype=int)).max() <= by)


def noise(size: tuple[int, int], seed: int = 0) -> Image.Image:
    """A picture full of detail."""
    width, height = size
    small = np.random.default_rng(seed).integers(0, 256, (height // 4 + 1, width // 4 + 1, 3), dtype=np.uint8)
    return Image.fromarray(small).resize(size, Image.Resampling.BICUBIC)


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims this size and holds nothing."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")

    size = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    body = chunk(b"IHDR", size + b"\x08\x02\0\0\0") + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    return b"\x89PNG\r\n\x1a\n" + body + chunk(b"IEND", b"")


def film(
    path: Path,
    frames: Iterable[Rgb],
    *,
    rate: int = 10,
    codec: str = "libx264",
    times: Sequence[float] | None = None,
    rotation: int = 0,
    aspect: Fraction | None = None,
    options: dict[str, str] | None = None,
    metadata: dict[str, str] | None = None,
    sound: bool = False,
    pixel_format: str = "yuv420p",
    movflags: str = "",
) -> Path:
    """A film of these pictures. `times` (seconds) makes it one of variable rate."""
    flags = "use_metadata_tags" if metadata else movflags
    with av.open(str(path), "w", options={"movflags": flags} if flags else {}) as container:
        container.metadata.update(metadata or {})
        stream: Any = container.add_stream(codec, rate=rate, options=options or {})
        voice: Any = container.add_stream("aac", rate=8000) if sound else None
        for index, rgb in enumerate(frames):
            if index == 0:
                stream.height, stream.width = rgb.shape[:2]
                stream.pix_fmt = "yuvj420p" if codec == "mjpeg" else pixel_format
                if times is not None:
                    stream.codec_context.time_base = Fraction(1, 1000)
                if rotation:
                    stream.set_display_rotation(rotation)
                if aspect is not None:
                    stream.sample_aspect_ratio = aspect
            picture = av.VideoFrame.from_ndarray(rgb, format="rgb24")
            if times is not None:
                picture.pts, picture.time_base = round(times[index] * 1000), Fraction(1, 1000)
            container.mux(stream.encode(picture))
        container.mux(stream.encode())
        if voice is not None:
            silence = av.AudioFrame.from_ndarray(
                np.zeros((1, 1024), np.float32), format="fltp", layout="mono"
            )
            silence.sample_rate = 8000
            container.mux(voice.encode(silence))
            container.mux(voice.encode())
    return path


def moving(
    count: int, background: tuple[int, int, int] = (40, 60, 80), size: tuple[int, int] = (160, 96)
) -> list[Rgb]:
    """A yellow square that crosses the picture from left to right once."""
    width, height = size
    frames = []
    for index in range(count):
        rgb = np.full((height, width, 3), background, np.uint8)
        left = round((width - 24) * index / max(1, count - 1))
        rgb[height // 2 - 12 : height // 2 + 12, left : left + 24] = (230, 210, 40)
        frames.append(rgb)
    return frames


def numbered(count: int, size: tuple[int, int] = (160, 96)) -> list[Rgb]:
    """Frames that carry their number as eight black or white bars."""
    width, height = size
    frames = []
    for number in range(count):
        bits = [255 * (number >> bit & 1) for bit in range(8)]
        row = np.repeat(np.array(bits, np.uint8), width // 8)
        frames.append(np.repeat(np.tile(row, (height, 1))[:, :, None], 3, axis=2))
    return frames


def number_in(rgb: Rgb) -> int:
    height, width = rgb.shape[:2]
    bars = [rgb[height // 2, width * bit // 8 + width // 16].mean() > 127 for bit in range(8)]
    return sum(1 << bit for bit, bar in enumerate(bars) if bar)


def pdf(pages: Sequence[str], *, extra: str = "", size: tuple[int, int] = (300, 400)) -> bytes:
    """A PDF with a text layer: one page per string, lines split at newlines."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for text in pages:
        shown = " T* ".join(f"({line}) Tj" for line in text.split("\n"))
        content = f"BT /F1 14 Tf 20 {size[1] - 40} Td 16 TL {shown} ET" if text else ""
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size[0]} {size[1]}] /Contents {len(objects)} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>"
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1"))
    start = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.write("".join(f"{offset:010d} 00000 n \n" for offset in offsets).encode())
    out.write(
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {extra} >>\nstartxref\n{start}\n%%EOF\n".encode()
    )
    return out.getvalue()


def nothing() -> None:
    """For readers that want to be told that somebody is alive."""


Alive = Callable[[], None]

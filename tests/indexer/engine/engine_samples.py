"""Small files of every kind, good and bad, made on the spot."""

import errno
import io
import json
import os
import shutil
import zlib
from pathlib import Path
from typing import Any

import av
import numpy as np
from PIL import Image, ImageDraw

from indexer.ingest import items, worker

CHECKPOINTS = Path(__file__).parents[2] / "data" / "qwen3vl" / "checkpoints"
SMALL = {
    "image_min_pixels": 4096,
    "image_max_pixels": 16384,
    "clip_max_pixels": 32768,
    "frame_min_pixels": 4096,
    "frame_max_pixels": 8192,
}
"""A budget that makes a picture 16 tokens: what is tested here is the machinery around the models."""


def small_models(folder: Path) -> Path:
    """A new folder with `embed` and `rerank`: the small checkpoints of the reference cases, both quick."""
    for name in ("embed", "rerank"):
        shutil.copytree(CHECKPOINTS / name, folder / name)
        (folder / name / "preparation.json").write_text(json.dumps(SMALL), "utf-8")
    return folder


def picture(path: Path, seed: int, size: tuple[int, int] = (160, 120)) -> Path:
    """A picture like no other: a background and some shapes."""
    random = np.random.default_rng(seed)
    image = Image.new("RGB", size, tuple(int(v) for v in random.integers(0, 256, 3)))
    draw = ImageDraw.Draw(image)
    for _ in range(4):
        x, y = (int(v) for v in random.integers(0, 100, 2))
        draw.ellipse((x, y, x + 40, y + 30), fill=tuple(int(v) for v in random.integers(0, 256, 3)))
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path)
    return path


def clip(path: Path, seconds: int = 2) -> Path:
    """A moving square."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt = 128, 96, "yuv420p"
        for number in range(10 * seconds):
            pixels = np.full((96, 128, 3), 200, np.uint8)
            pixels[30:60, 4 * number % 90 : 4 * number % 90 + 30] = (200, 30, 30)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, "rgb24")))
        container.mux(stream.encode())
    return path


def pdf(path: Path, *pages: str) -> Path:
    """One line of text on each page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, text in enumerate(pages):
        stream = f"BT /F1 18 Tf 20 200 Td ({text}) Tj ET".encode()
        page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 300] /Contents {5 + 2 * number} 0 R"
        objects.append(f"{page} /Resources << /Font << /F1 3 0 R >> >> >>".encode())
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    path.write_bytes(out)
    return path


def huge_header(path: Path) -> Path:
    """A PNG of a few bytes that declares 60,000 by 60,000 pixels."""
    header = (60_000).to_bytes(4, "big") * 2 + bytes([8, 2, 0, 0, 0])

    def chunk(name: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")

    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 64))
    )
    return path


def library(folder: Path) -> Path:
    """Every kind: three photos, a screenshot, a film, a PDF, a text and a note."""
    for number in range(3):
        picture(folder / f"photo-{number}.jpg", number)
    picture(folder / "Screenshots" / "Screenshot 2024-05-01 at 10.00.00.png", 7, (1920, 1080))
    clip(folder / "film.mp4")
    pdf(folder / "paper.pdf", "The heron waits beside the river", "Invoice RE16TGK-7 of the ferry company")
    (folder / "letter.txt").write_text(
        "Dear Ada,\n\nthe lighthouse was closed, so we took the tram.\n", "utf-8"
    )
    (folder / "note.md").write_text("# Recipe\n\nPlum cake with cardamom.\n", "utf-8")
    return folder


def bad_files(folder: Path) -> Path:
    """Truncated, empty, huge, wrongly named, too small."""
    folder.mkdir(parents=True, exist_ok=True)
    good = picture(folder / "good.jpg", 99)
    (folder / "truncated.jpg").write_bytes(good.read_bytes()[:300])
    (folder / "empty.png").write_bytes(b"")
    huge_header(folder / "huge.png")
    (folder / "really-text.jpg").write_text(
        "This is no picture at all, whatever its name may say.\n" * 5, "utf-8"
    )
    (folder / "noise.mp4").write_bytes(bytes(np.random.default_rng(1).integers(0, 256, 5000, np.uint8)))
    (folder / "table.xlsx").write_bytes(b"PK\x03\x04" + b"\0" * 100)
    Image.new("RGB", (16, 16)).save(folder / "icon.png")
    return folder


def decoder_in_cloud(*arguments: Any) -> None:
    """A decoder process for which every file is one that a cloud drive keeps, or has fetched in part only."""
    items.is_placeholder = lambda status: True
    worker.main(*arguments)


class _LockedPart(io.FileIO):
    """As Windows and file servers have it while another program has locked what comes after 64 kB."""

    def readinto(self, buffer: Any) -> int:
        start, size = self.tell(), os.fstat(self.fileno()).st_size
        if min(start + len(memoryview(buffer)), size) > 1 << 16 and Path(f"{self._path}.lock").exists():
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return super().readinto(buffer)


def decoder_of_locked_parts(*arguments: Any) -> None:
    """A decoder process for which the end of every file is locked that has a file `.lock` beside it."""
    items._Original = type("LockedPart", (items._Original, _LockedPart), {})
    worker.main(*arguments)

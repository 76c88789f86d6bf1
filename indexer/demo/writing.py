"""The samples as files: drawn, encoded in the format that the name says, dated."""

import contextlib
import hashlib
import io
import os
import random
import shutil
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pillow_heif
from av.video.stream import VideoStream
from PIL import Image

from indexer.demo.library import SCENE_S, Library, Sample
from models import tiny_drawing as drawing

REVISION = 1
"""Raised when equal facts are drawn or encoded differently from here on."""
RATE = 12
"""Frames per second of a clip."""
DONE = ".complete"
_ORIENTATION, _MAKE, _TAKEN, _EXIF = 0x0112, 0x010F, 0x9003, 0x8769
_LYING = 6
_FORMATS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP", ".bmp": "BMP", ".gif": "GIF",
            ".tif": "TIFF", ".heic": "HEIF"}  # fmt: skip

pillow_heif.register_heif_opener()


def can_write_heic() -> bool:
    """Whether this build of libheif has an encoder."""
    return bool(pillow_heif.libheif_info()["HEIF"])


def write(library: Library, folder: Path) -> bool:
    """Write all samples into a folder of our own; False if they are there already."""
    mark = hashlib.blake2b(repr((REVISION, library)).encode(), digest_size=16).hexdigest()
    done = folder / DONE
    if done.is_file() and done.read_text("ascii") == mark:
        return False
    if folder.exists():
        shutil.rmtree(folder)
    for sample in library.samples:
        file = folder / sample.path
        file.parent.mkdir(parents=True, exist_ok=True)
        if sample.copy_of:
            shutil.copyfile(folder / sample.copy_of, file)
        else:
            file.write_bytes(encode(sample))
        os.utime(file, (sample.when.timestamp(), sample.when.timestamp()))
    done.write_text(mark, "ascii")
    return True


def encode(sample: Sample) -> bytes:
    """The bytes of a sample's file."""
    rng = random.Random(sample.seed)
    match Path(sample.path).suffix.lower():
        case ".mp4":
            return _clip(rng, sample)
        case ".pdf":
            return _pdf(rng, sample)
        case ".txt" | ".md":
            return (sample.parts[0].text + "\n").encode()
        case ".xyz":
            return b"2\nno format that Sightline reads\nC 0.0 0.0 0.0\nO 0.0 0.0 1.2\n"
        case suffix:
            return _picture(rng, sample, suffix)


def _picture(rng: random.Random, sample: Sample, suffix: str) -> bytes:
    if not sample.parts:  # a damaged one: the beginning of a picture that was never copied to its end
        return _encoded(Image.effect_noise(sample.size, 60), "JPEG")[:300]
    image = drawing.draw(rng, sample.parts[0].scene, *sample.size)
    options = {}
    if _FORMATS[suffix] in ("JPEG", "HEIF"):
        exif = Image.Exif()
        exif[_MAKE] = "Sightline sample"
        exif.get_ifd(_EXIF)[_TAKEN] = f"{sample.when:%Y:%m:%d %H:%M:%S}"
        if sample.turned:
            image = image.transpose(Image.Transpose.ROTATE_90)
            exif[_ORIENTATION] = _LYING
        options = {"exif": exif.tobytes(), "quality": 88}
    return _encoded(image, _FORMATS[suffix], **options)


def _encoded(image: Image.Image, format: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


# --- clips ------------------------------------------------------------------------------------------------


def _clip(rng: random.Random, sample: Sample) -> bytes:
    width, height = sample.size
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as container:
        stream = _video_stream(container)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.gop_size = RATE * 2
        times = [number / RATE for number in range(round(SCENE_S * RATE))]
        for part in sample.parts:
            clip = drawing.draw_clip(rng, part.scene, width, height, times, SCENE_S)
            for pixels in clip.frames:
                container.mux(
                    stream.encode(av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), "rgb24"))
                )
        container.mux(stream.encode(None))
    return out.getvalue()


def _video_stream(container: av.container.OutputContainer) -> VideoStream:
    """H.264 where this build of FFmpeg can write it, else MPEG-4."""
    for codec, options in (("libx264", {"preset": "veryfast", "crf": "23"}), ("mpeg4", {"qscale": "4"})):
        with contextlib.suppress(av.error.FFmpegError, ValueError):
            stream = container.add_stream(codec, rate=Fraction(RATE), options=options)
            if isinstance(stream, VideoStream):
                return stream
    raise RuntimeError("this FFmpeg can write neither H.264 nor MPEG-4")


# --- documents --------------------------------------------------------------------------------------------

_PAGE = (595, 842)  # points: A4
_LINE, _FONT_SIZE = 30, 11


def _pdf(rng: random.Random, sample: Sample) -> bytes:
    """A PDF as scanners make it: a picture on every page, and over it the recognised words, invisible."""
    objects: list[bytes] = [b"", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for part in sample.parts:
        page = _encoded(drawing.draw_page(rng, part.scene, *sample.size), "JPEG", quality=85)
        image, content = len(objects) + 1, len(objects) + 2
        objects.append(
            b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB "
            b"/BitsPerComponent 8 /Filter /DCTDecode /Length %d >>\nstream\n%s\nendstream"
            % (*sample.size, len(page), page)
        )
        drawn = b"q %d 0 0 %d 0 0 cm /Im Do Q\n%s" % (*_PAGE, _text_layer(part.text))
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R "
            b"/Resources << /XObject << /Im %d 0 R >> /Font << /F 3 0 R >> >> >>" % (*_PAGE, content, image)
        )
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (
        len(kids),
        b" ".join(b"%d 0 R" % n for n in kids),
    )
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % offset for offset in offsets)
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table))
    return out.getvalue()


def _text_layer(text: str) -> bytes:
    lines = []
    for line in text.splitlines():
        safe = line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        lines.append(b"(%s) Tj 0 -%d Td" % (safe.encode("ascii"), _LINE))
    top = _PAGE[1] - 100
    return b"BT 3 Tr /F %d Tf 54 %d Td\n%s\nET" % (_FONT_SIZE, top, b"\n".join(lines))

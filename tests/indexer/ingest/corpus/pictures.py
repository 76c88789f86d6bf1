"""Photos, scans, drawings and screenshots."""

import gzip
import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pillow_heif
import pylibjxl
from ingest_files import BLUE, GREEN, GREY, RED, corners, noise
from PIL import Image, ImageCms, ImageOps, PngImagePlugin

from corpus.profiles import cmyk_profile, swapped_profile
from corpus.raw_data import dng, floats, masked
from corpus.sample import UPRIGHT, Colours, Make, Sample, writes

pillow_heif.register_heif_opener()
pylibjxl.register_pillow()

ORIENTATION, MAKE, TAKEN, OFFSET, EXIF = 0x0112, 0x010F, 0x9003, 0x9011, 0x8769
SIZE = (120, 80)


def saved(picture: Image.Image, form: str, **options: Any) -> Make:
    def make(path: Path) -> None:
        picture.save(path, form, **options)

    return make


def exif(orientation: int = 1, taken: str = "", offset: str = "", make: str = "Canon") -> Image.Exif:
    fields = Image.Exif()
    fields[ORIENTATION] = orientation
    fields[MAKE] = make
    if taken:
        fields.get_ifd(EXIF).update({TAKEN: taken, **({OFFSET: offset} if offset else {})})
    return fields


TURNS = {
    1: lambda picture: picture,
    2: ImageOps.mirror,
    3: lambda picture: picture.rotate(180),
    4: ImageOps.flip,
    5: lambda picture: picture.transpose(Image.Transpose.TRANSPOSE),
    6: lambda picture: picture.transpose(Image.Transpose.ROTATE_90),
    7: lambda picture: picture.transpose(Image.Transpose.TRANSVERSE),
    8: lambda picture: picture.transpose(Image.Transpose.ROTATE_270),
}
"""From upright to how a camera held that way stores it."""


def turned(orientation: int) -> Image.Image:
    turn: Callable[[Image.Image], Image.Image] = TURNS[orientation]
    return turn(corners(SIZE))


XPM = (
    b'/* XPM */\nstatic char *x[] = {\n"120 80 2 1",\n"r c #DCDC1E1E1E1E",\n"b c navy",\n'
    + (b'"' + b"r" * 60 + b"b" * 60 + b'",\n') * 80
    + b"};\n"
)


def sixteen_bits(mode: str) -> Image.Image:
    grey = corners(SIZE).convert("L")
    return grey.point(lambda level: level * 257, "I").convert("I;16") if mode == "I;16" else grey.convert("F")


PQ_WHITE, HLG_WHITE = 148, 191


BEST_HEIC: dict[str, Any] = {"quality": 100, "chroma": 444}
BEST_AVIF: dict[str, Any] = {"quality": 100, "subsampling": "4:4:4"}
ON_ITS_SIDE: dict[str, Any] = {
    "size": SIZE[::-1],
    "colours": (UPRIGHT[2], UPRIGHT[0], UPRIGHT[3], UPRIGHT[1]),
}


def high_range(level: int, transfer: int) -> bytes:
    """A HEIC of one brightness, which is meant for other screens than ordinary ones."""
    out = io.BytesIO()
    colours = {
        "color_primaries": 9,
        "transfer_characteristics": transfer,
        "matrix_coefficients": 9,
        "full_range_flag": 1,
    }
    picture = Image.new("RGB", SIZE, (level,) * 3)
    picture.info["nclx_profile"] = colours
    picture.save(out, "HEIF", quality=100, chroma=444, save_nclx_profile=True, nclx_profile=colours)
    return out.getvalue()


_PHOTOSHOP_MODES = {"RGB": 3, "CMYK": 4, "LAB": 9}
_PHOTOSHOP_RECORDS = {"profile": 1039, "iptc": 1028, "version": 1057}


def psd(
    picture: Image.Image,
    bits: int = 8,
    *,
    packed: bool = False,
    zipped: bool = False,
    predicted: bool = False,
    large: bool = False,
    more: bool = False,
    layers: bytes = b"",
    **records: bytes,
) -> bytes:
    """A flat PSD, or a `large` PSB: one composite picture, its colours one after the other.

    Args:
        more: with a channel behind the colours that is black. layers: its section of layers.
        records: `profile`, `iptc` and `version`.
    """
    width, height = picture.size
    bands = picture.split() + (Image.new("L", picture.size),) * more
    mode = _PHOTOSHOP_MODES[picture.mode]
    head = struct.pack(">4sH6xHIIHH", b"8BPS", 1 + large, len(bands), height, width, bits, mode)
    planes = b"".join(band.tobytes() for band in bands)
    if picture.mode == "CMYK":
        planes = bytes(255 - level for level in planes)
    if bits == 16:
        planes = b"".join(bytes((level, 255 - level)) for level in planes)
    if bits == 32:
        planes = b"".join(struct.pack(">f", light(level)) for level in planes)
    resources = b"".join(
        b"8BIM" + struct.pack(">HHI", _PHOTOSHOP_RECORDS[name], 0, len(content))
        + content + bytes(len(content) % 2)
        for name, content in records.items()
    )  # fmt: skip
    section = struct.pack(">Q" if large else ">I", len(layers)) + layers
    start = head + b"\0\0\0\0" + struct.pack(">I", len(resources)) + resources + section
    if predicted:
        return start + b"\0\3" + zlib.compress(differences(planes, width, bits // 8))
    if zipped:
        return start + b"\0\2" + zlib.compress(planes)
    if not packed:
        return start + b"\0\0" + planes
    row = width * bits // 8
    rows = [packbits(planes[at : at + row]) for at in range(0, len(planes), row)]
    count = ">I" if large else ">H"
    return start + b"\0\1" + b"".join(struct.pack(count, len(each)) for each in rows) + b"".join(rows)


def wordy() -> PngImagePlugin.PngInfo:
    """Two megabytes of history, packed."""
    info = PngImagePlugin.PngInfo()
    info.add_text("XML:com.adobe.xmp", "saved; " * 300_000, zip=True)
    return info


def light(level: int) -> float:
    """How much of it an sRGB level stands for, 1.0 for white."""
    share = level / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def differences(planes: bytes, width: int, sample: int) -> bytes:
    """Of each row, from number to number; of 32 bits from byte to byte, all first bytes of a row first."""
    if sample == 2:
        numbers = np.frombuffer(planes, ">u2").reshape(-1, width).astype(np.uint16)
        return (
            np.diff(numbers, axis=1, prepend=np.zeros((len(numbers), 1), np.uint16)).astype(">u2").tobytes()
        )
    rows = np.frombuffer(planes, np.uint8).reshape(-1, width, sample).transpose(0, 2, 1)
    rows = rows.reshape(-1, width * sample)
    return np.diff(rows, axis=1, prepend=np.zeros((len(rows), 1), np.uint8)).tobytes()


def packbits(row: bytes) -> bytes:
    """Without looking for runs, which is allowed."""
    pieces = [row[at : at + 128] for at in range(0, len(row), 128)]
    return b"".join(bytes((len(piece) - 1,)) + piece for piece in pieces)


def film_strip(form: str) -> bytes:
    """Four pictures after each other: red, green, blue, grey."""
    out = io.BytesIO()
    first, *others = (Image.new("RGB", SIZE, colour) for colour in (RED, GREEN, BLUE, GREY))
    first.save(out, form, save_all=True, append_images=others, duration=200)
    return out.getvalue()


def pages(count: int, size: tuple[int, int] = (200, 280), **options: Any) -> bytes:
    out = io.BytesIO()
    first, *others = (noise(size, seed) for seed in range(count))
    first.save(out, "TIFF", save_all=True, append_images=others, **options)
    return out.getvalue()


DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 80" {size}>'
    '<rect width="60" height="40" fill="#dc1e1e"/><rect x="60" width="60" height="40" fill="#1ec81e"/>'
    '<rect y="40" width="60" height="40" fill="#1e1edc"/>'
    '<rect x="60" y="40" width="60" height="40" fill="#808080"/><text x="2" y="8" font-size="4">Grundriss</text>'
    "{more}</svg>"
)


def svg(size: str = 'width="120" height="80"', more: str = "") -> bytes:
    return DRAWING.format(size=size, more=more).encode()


ILLUSTRATOR = (
    b'<?xml version="1.0" encoding="utf-8"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd" [\n'
    b'<!ENTITY ns_extend "http://ns.adobe.com/Extensibility/1.0/">\n<!ENTITY ns_svg "http://www.w3.org/2000/svg">\n]>\n'
)

CMYK = corners(SIZE).convert("CMYK")
LAB = ImageCms.profileToProfile(
    corners(SIZE), ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), outputMode="LAB"
)
P3 = swapped_profile()


def grey(colours: Colours) -> Colours:
    return tuple(3 * (round(0.299 * red + 0.587 * green + 0.114 * blue),) for red, green, blue in colours)


def _plain(name: str, make: Make, **facts: Any) -> Sample:
    return Sample(name, make, **{"size": SIZE, "colours": UPRIGHT, "segments": 1, **facts})


SAMPLES: list[Sample] = [
    _plain("plain.jpg", saved(corners(SIZE), "JPEG", quality=95, subsampling=0)),
    _plain("progressive.jpeg", saved(corners(SIZE), "JPEG", quality=95, progressive=True, subsampling=0)),
    _plain("grey.jpg", saved(corners(SIZE).convert("L"), "JPEG"), colours=grey(UPRIGHT)),
    _plain("cmyk.jpg", saved(CMYK, "JPEG", quality=95, subsampling=0)),
    _plain("cmyk.tif", saved(CMYK, "TIFF")),
    _plain(
        "cmyk with profile.jpg",
        saved(Image.new("CMYK", SIZE, (255, 0, 0, 0)), "JPEG", quality=95, icc_profile=cmyk_profile()),
        colours=((116, 0, 11),) * 4,
    ),
    _plain(
        "wide gamut.jpg",
        saved(corners(SIZE), "JPEG", quality=95, icc_profile=P3),
        colours=(GREEN, (201, 24, 25), BLUE, GREY),
    ),
    _plain(
        "srgb profile.png",
        saved(
            corners(SIZE),
            "PNG",
            icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
        ),
    ),
    _plain("damaged profile.png", saved(corners(SIZE), "PNG", icc_profile=b"nonsense" * 40)),
    *(
        _plain(
            f"turned {orientation}.jpg",
            saved(turned(orientation), "JPEG", quality=95, subsampling=0, exif=exif(orientation)),
        )
        for orientation in TURNS
    ),
    _plain("turned.png", saved(turned(6), "PNG", exif=exif(6))),
    _plain("turned.webp", saved(turned(8), "WEBP", lossless=True, exif=exif(8))),
    _plain("turned.tif", saved(turned(3), "TIFF", exif=exif(3))),
    _plain("rgb.png", saved(corners(SIZE), "PNG")),
    _plain("alpha.png", saved(corners(SIZE).convert("RGBA"), "PNG")),
    _plain("history.png", saved(corners(SIZE), "PNG", pnginfo=wordy())),
    _plain("palette.png", saved(corners(SIZE).quantize(16), "PNG")),
    _plain("grey.png", saved(corners(SIZE).convert("L"), "PNG"), colours=grey(UPRIGHT)),
    _plain("grey and alpha.png", saved(corners(SIZE).convert("LA"), "PNG"), colours=grey(UPRIGHT)),
    _plain("two colours.png", saved(corners(SIZE).convert("1"), "PNG"), colours=None),
    _plain("sixteen bits.png", saved(sixteen_bits("I;16"), "PNG"), colours=grey(UPRIGHT)),
    _plain("sixteen bits.tif", saved(sixteen_bits("I;16"), "TIFF"), colours=grey(UPRIGHT)),
    _plain("float.tif", saved(sixteen_bits("F"), "TIFF"), colours=grey(UPRIGHT)),
    _plain("lossless.webp", saved(corners(SIZE), "WEBP", lossless=True)),
    _plain("lossy.webp", saved(corners(SIZE), "WEBP", quality=95), colours=None),
    _plain("still.gif", saved(corners(SIZE).quantize(16), "GIF")),
    _plain("windows.bmp", saved(corners(SIZE), "BMP")),
    _plain("plain.tif", saved(corners(SIZE), "TIFF")),
    _plain("lzw.tiff", saved(corners(SIZE), "TIFF", compression="tiff_lzw")),
    _plain("deflate.tiff", saved(corners(SIZE), "TIFF", compression="tiff_adobe_deflate")),
    _plain("fax.tiff", saved(corners(SIZE).convert("1"), "TIFF", compression="group4"), colours=None),
    _plain("phone.heic", saved(corners(SIZE), "HEIF", quality=100, chroma=444)),
    # Both say how it is to be turned, as phones do; the second time would be once too often
    _plain("turned.heic", saved(corners(SIZE), "HEIF", **BEST_HEIC, exif=exif(6).tobytes()), **ON_ITS_SIDE),
    _plain("turned.avif", saved(corners(SIZE), "AVIF", **BEST_AVIF, exif=exif(6).tobytes()), **ON_ITS_SIDE),
    # Of a HEIC only its own boxes count
    _plain("not turned.heic", saved(corners(SIZE), "HEIF", **BEST_HEIC, exif=exif(6))),
    # Paper white, 203 cd/m2, is nearly white, whatever the number that stands for it
    _plain("bright.heic", writes(lambda: high_range(PQ_WHITE, 16)), colours=((247, 247, 247),) * 4),
    _plain("bright hlg.heic", writes(lambda: high_range(HLG_WHITE, 18)), colours=((247, 247, 247),) * 4),
    _plain("modern.avif", saved(corners(SIZE), "AVIF", quality=100, subsampling="4:4:4")),
    _plain("next.jxl", saved(corners(SIZE), "JXL", lossless=True)),
    _plain("next alpha.jxl", saved(corners(SIZE).convert("RGBA"), "JXL", lossless=True)),
    _plain("next grey.jxl", saved(corners(SIZE).convert("L"), "JXL", lossless=True), colours=grey(UPRIGHT)),
    _plain("archive.jp2", saved(corners(SIZE), "JPEG2000")),
    _plain("window.ico", saved(corners((64, 64)), "ICO", sizes=[(16, 16), (64, 64)]), size=(64, 64)),
    _plain("mac.icns", saved(corners((128, 128)).convert("RGBA"), "ICNS"), size=None),
    _plain("layers.psd", writes(psd(corners(SIZE)))),
    _plain("deep.psd", writes(psd(corners(SIZE), 16))),
    _plain("deep and packed.psd", writes(psd(corners(SIZE), 16, packed=True))),
    _plain(
        "deep and wide.psd",
        writes(psd(corners(SIZE), 16, profile=P3)),
        colours=(GREEN, (201, 24, 25), BLUE, GREY),
    ),
    _plain("deep print.psd", writes(psd(CMYK, 16))),
    _plain("zipped.psd", writes(psd(corners(SIZE), zipped=True))),
    _plain("zipped by differences.psd", writes(psd(corners(SIZE), predicted=True))),
    _plain("deep and zipped.psd", writes(psd(corners(SIZE), 16, predicted=True))),
    _plain("light.psd", writes(psd(corners(SIZE), 32, profile=P3))),
    _plain("light and zipped.psd", writes(psd(corners(SIZE), 32, predicted=True))),
    _plain("nothing selected.psd", writes(psd(corners(SIZE), more=True, version=b"\0\0\0\1\1"))),
    _plain(
        "nothing to see.psd",
        writes(psd(corners(SIZE), more=True, layers=struct.pack(">Ih", 2, -1))),
        colours=((255, 255, 255),) * 4,
    ),
    _plain("lab.psd", writes(psd(LAB))),
    _plain("deep lab.psd", writes(psd(LAB, 16, packed=True))),
    _plain("poster.psb", writes(psd(corners(SIZE), large=True))),
    _plain("poster packed.psb", writes(psd(corners(SIZE), packed=True, large=True))),
    _plain("deep poster.psb", writes(psd(corners(SIZE), 16, packed=True, large=True))),
    _plain("poster in print.psb", writes(psd(CMYK, packed=True, large=True))),
    _plain("film scan.ppm", saved(corners(SIZE), "PPM")),
    _plain("old.pcx", saved(corners(SIZE), "PCX")),
    _plain("game.tga", saved(corners(SIZE), "TGA")),
    _plain("workstation.sgi", saved(corners(SIZE), "SGI")),
    _plain("texture.dds", saved(corners(SIZE), "DDS")),
    _plain("depth.mpo", saved(corners(SIZE), "MPO", quality=95, subsampling=0)),
    _plain("plan.svg", writes(svg()), words=("Grundriss",)),
    _plain(
        "illustrator.svg",
        writes(ILLUSTRATOR + svg().replace(b"http://www.w3.org/2000/svg", b"&ns_svg;")),
        words=("Grundriss",),
    ),
    _plain(
        "plan in millimetres.svg",
        writes(svg(size='width="90mm" height="60mm"')),
        size=(340, 227),
        words=("Grundriss",),
    ),
    _plain("plan in points.svg", writes(svg(size='width="90pt" height="60pt"')), words=("Grundriss",)),
    _plain("plan without size.svg", writes(svg(size="")), words=("Grundriss",)),
    _plain("plan packed.svgz", writes(gzip.compress(svg()))),
    _plain(
        "raw with preview.dng",
        writes(lambda: dng(preview=True)),
        size=(1200, 800),
        taken="2024-05-01T10:20:30",
        colours=((30, 200, 30),) * 4,
    ),
    _plain(
        "raw alone.dng",
        writes(lambda: dng(preview=False)),
        size=(1200, 800),
        taken="2024-05-01T10:20:30",
        colours=((255, 255, 255), (62, 62, 62)) * 2,
    ),
    _plain(
        "raw of grey.dng",
        writes(lambda: dng(preview=False, colours=False)),
        size=(1200, 800),
        colours=((255, 255, 255), (62, 62, 62)) * 2,
    ),
    _plain("floats.tif", writes(lambda: floats(packed=False))),
    _plain("floats packed.tif", writes(lambda: floats(packed=True))),
    _plain("printed, masked.tif", writes(lambda: masked(5))),
    _plain("lab, masked.tif", writes(lambda: masked(8))),
    _plain("named colours.xpm", writes(XPM), colours=((220, 30, 30), (0, 0, 128)) * 2),
    _plain("no extension", saved(corners(SIZE), "PNG")),
    _plain("wrong extension.png", saved(corners(SIZE), "JPEG", quality=95, subsampling=0)),
    _plain("Grüße 你好 привет.jpg", saved(corners(SIZE), "JPEG", quality=95, subsampling=0)),
    _plain("moving.gif", writes(lambda: film_strip("GIF")), colours=None, segments=4),
    _plain("moving.webp", writes(lambda: film_strip("WEBP")), colours=None, segments=4),
    _plain("moving.png", writes(lambda: film_strip("PNG")), colours=None, segments=4),
    _plain("moving.avif", writes(lambda: film_strip("AVIF")), colours=None, segments=4),
    Sample("scan of three pages.tif", writes(lambda: pages(3)), "document", pages=3, segments=3),
    Sample(
        "fax of two pages.tif",
        writes(lambda: pages(2, compression="tiff_lzw")),
        "document",
        pages=2,
        segments=2,
    ),
    _plain("panorama.jpg", saved(noise((4000, 300)), "JPEG"), size=(4000, 300), colours=None),
    _plain("large.jpg", saved(noise((4000, 3000)), "JPEG", quality=80), size=(4000, 3000), colours=None),
    _plain(
        "dated.jpg",
        saved(
            corners(SIZE),
            "JPEG",
            quality=95,
            subsampling=0,
            exif=exif(taken="2024:05:01 10:20:30", offset="+02:00"),
        ),
        taken="2024-05-01T10:20:30+02:00",
    ),
    _plain(
        "clock never set.jpg",
        saved(corners(SIZE), "JPEG", quality=95, subsampling=0, exif=exif(taken="0000:00:00 00:00:00")),
    ),
    Sample("Screenshot 2024-05-01 at 10.00.00.png", saved(corners(SIZE), "PNG"), "screenshot", SIZE, UPRIGHT),
    Sample("Bildschirmfoto 2024-05-01.png", saved(corners(SIZE), "PNG"), "screenshot", SIZE, UPRIGHT),
    Sample("スクリーンショット 2024-05-01.png", saved(corners(SIZE), "PNG"), "screenshot", SIZE, UPRIGHT),
]

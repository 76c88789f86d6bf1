import errno
import io
import struct
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from ingest_files import (
    BLUE,
    GREEN,
    GREY,
    RED,
    close,
    corner_colours,
    corners,
    noise,
    png_header,
    split,
)
from PIL import Image

from indexer.errors import MediaError, Skipped
from indexer.ingest.pictures import high_range, images, sequences
from indexer.ingest.segments import MAX_IMAGE_PIXELS, PREVIEW_SIDE, THUMBNAIL_SIDE, Item, Segment


def decode(path: Path) -> tuple[Item, Segment]:
    item, (segment,) = split(images.decode(path))
    assert segment.type == "image"
    return item, segment


def shown(path: Path) -> Any:
    return decode(path)[1].content.images[0]


@pytest.mark.parametrize(
    ("name", "options", "by"),
    [
        ("a.jpg", {"quality": 95}, 12),
        ("a.png", {}, 0),
        ("a.gif", {}, 12),
        ("a.webp", {"lossless": True}, 0),
        ("a.bmp", {}, 0),
        ("a.tif", {"compression": "tiff_lzw"}, 0),
        ("a.heic", {"quality": 95}, 16),
        ("a.avif", {"quality": 95}, 16),
        ("a.jp2", {}, 4),
        ("a.ppm", {}, 0),
        ("a.tga", {}, 0),
        ("a.pcx", {}, 0),
        ("a.ico", {"sizes": [(120, 80)]}, 0),
        ("a.icns", {}, 40),
        ("a.dds", {}, 12),
        ("a.qoi", {}, 0),
        ("a.sgi", {}, 0),
    ],
)
def test_formats(tmp_path: Path, name: str, options: dict[str, Any], by: int) -> None:
    path = tmp_path / name
    picture = corners((1024, 1024) if name.endswith("icns") else (120, 80))
    picture.save(path, **options)
    item, segment = decode(path)
    assert (item.width, item.height) == picture.size
    assert item.kind == "photo"
    assert item.note == ""
    (pixels,) = segment.content.images
    assert pixels.shape == (picture.size[1], picture.size[0], 3)
    assert pixels.dtype == np.uint8
    assert close(corner_colours(pixels), [RED, GREEN, BLUE, GREY], by)


@pytest.mark.parametrize(
    ("name", "codec", "form", "by"),
    [
        ("a.pam", "pam", "rgba", 0),
        ("a.pfm", "pfm", "gbrpf32le", 1),
        ("a.exr", "exr", "gbrpf32le", 1),
        ("a.hdr", "hdr", "gbrpf32le", 8),
        ("a.dpx", "dpx", "gbrp10le", 1),
        ("a.jp2", "jpeg2000", "rgb48le", 8),
    ],
)
def test_formats_that_pillow_does_not_read(tmp_path: Path, name: str, codec: str, form: str, by: int) -> None:
    encoder: Any = av.CodecContext.create(codec, "w")
    encoder.width, encoder.height, encoder.pix_fmt, encoder.time_base = 120, 80, form, Fraction(1)
    frame = av.VideoFrame.from_image(corners()).reformat(format=form)
    (tmp_path / name).write_bytes(b"".join(map(bytes, [*encoder.encode(frame), *encoder.encode()])))
    item, segment = decode(tmp_path / name)
    assert (item.kind, item.width, item.height, item.note) == ("photo", 120, 80, "")
    wanted = np.array([RED, GREEN, BLUE, GREY], np.uint8)
    if "f32" in form:  # these are light
        wanted = high_range.srgb(wanted.astype(np.float32) / 255)
    assert close(corner_colours(segment.content.images[0]), wanted.tolist(), by)


def test_what_ffmpeg_says_of_damage_is_not_taken_for_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Codec:
        @staticmethod
        def create(*arguments: str) -> "Codec":
            return Codec()

        def decode(self, packet: object) -> None:
            raise av.error.PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(av, "CodecContext", Codec)
    (tmp_path / "a.pam").write_bytes(b"P7\nWIDTH 120\n")
    with pytest.raises(MediaError, match="damaged"):
        decode(tmp_path / "a.pam")


ORIENTED: dict[int, list[tuple[int, int, int]]] = {
    1: [RED, GREEN, BLUE, GREY],
    2: [GREEN, RED, GREY, BLUE],
    3: [GREY, BLUE, GREEN, RED],
    4: [BLUE, GREY, RED, GREEN],
    5: [RED, BLUE, GREEN, GREY],
    6: [BLUE, RED, GREY, GREEN],
    7: [GREY, GREEN, BLUE, RED],
    8: [GREEN, GREY, RED, BLUE],
}


@pytest.mark.parametrize("orientation", ORIENTED)
@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.tif"])
def test_orientation_is_applied_to_every_format(tmp_path: Path, name: str, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    corners().save(tmp_path / name, exif=exif, quality=95)
    item, segment = decode(tmp_path / name)
    assert (item.width, item.height) == ((80, 120) if orientation >= 5 else (120, 80))
    (pixels,) = segment.content.images
    assert pixels.shape[:2] == (item.height, item.width)
    assert close(corner_colours(pixels), ORIENTED[orientation], 20)


@pytest.mark.parametrize("name", ["a.heic", "a.avif"])
def test_formats_that_turn_themselves_are_turned_once(tmp_path: Path, name: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    corners().save(tmp_path / name, exif=exif.tobytes(), quality=95)
    item, segment = decode(tmp_path / name)
    assert (item.width, item.height) == (80, 120)
    assert close(corner_colours(segment.content.images[0]), ORIENTED[6], 20)


def test_transparency_is_white(tmp_path: Path) -> None:
    clear = Image.new("RGBA", (64, 64), (255, 0, 0, 0))
    half = Image.new("RGBA", (64, 64), (0, 0, 0, 128))
    clear.save(tmp_path / "rgba.png")
    half.save(tmp_path / "half.png")
    clear.convert("LA").save(tmp_path / "la.png")
    red = Image.new("RGB", (64, 64), "red").quantize()
    red.save(tmp_path / "p.png", transparency=0)
    red.save(tmp_path / "p.gif", transparency=0)
    Image.new("RGB", (64, 64), (1, 2, 3)).save(tmp_path / "key.png", transparency=(1, 2, 3))
    for name in ("rgba.png", "la.png", "p.png", "p.gif", "key.png"):
        assert (shown(tmp_path / name) == 255).all(), name
    assert abs(int(shown(tmp_path / "half.png").mean()) - 127) <= 1


def test_depth_is_scaled_not_cut_off(tmp_path: Path) -> None:
    ramp = np.tile(np.linspace(0, 65535, 256), (64, 1))
    Image.fromarray(ramp.astype(np.uint16)).save(tmp_path / "16.png")
    Image.fromarray(ramp.astype(np.uint16)).save(tmp_path / "16.tif")
    Image.fromarray((ramp // 16).astype(np.uint16)).save(tmp_path / "12.tif")
    Image.fromarray(ramp.astype(np.int32)).save(tmp_path / "32.tif")
    Image.fromarray((ramp / 65535).astype(np.float32)).save(tmp_path / "unit.tif")
    Image.fromarray((ramp / 257).astype(np.float32)).save(tmp_path / "byte.tif")
    Image.fromarray((ramp * 3).astype(np.float32)).save(tmp_path / "own.tif")
    infinite = (ramp / 65535).astype(np.float32)
    infinite[0, :2] = np.nan, np.inf
    Image.fromarray(infinite).save(tmp_path / "nan.tif")
    for path in sorted(tmp_path.iterdir()):
        pixels = shown(path)
        assert np.abs(pixels[32, :, 0].astype(int) - np.arange(256)).max() <= 1, path.name


def test_other_modes(tmp_path: Path) -> None:
    corners().convert("CMYK").save(tmp_path / "cmyk.jpg", quality=95)
    corners().convert("CMYK").save(tmp_path / "cmyk.tif")
    corners().quantize(16).save(tmp_path / "palette.png")
    corners().convert("YCbCr").save(tmp_path / "ycc.tif")
    for path in sorted(tmp_path.iterdir()):
        assert close(corner_colours(shown(path)), [RED, GREEN, BLUE, GREY], 24), path.name
    Image.new("1", (64, 64), 1).save(tmp_path / "bits.png")
    assert (shown(tmp_path / "bits.png") == 255).all()
    Image.new("LAB", (64, 64), (128, 128, 128)).save(tmp_path / "lab.tif")
    red, green, blue = shown(tmp_path / "lab.tif")[0, 0].astype(int)
    assert max(red, green, blue) - min(red, green, blue) < 8


@pytest.mark.parametrize("name", ["a.gif", "a.webp", "a.png", "a.avif"])
def test_the_moments_of_an_animation_that_differ(tmp_path: Path, name: str) -> None:
    second = Image.new("RGB", (120, 80), "black")
    options: dict[str, Any] = {"lossless": True} if name == "a.webp" else {}
    corners().save(tmp_path / name, save_all=True, append_images=[corners(), second, second], **options)
    _, *segments = images.decode(tmp_path / name)
    shown = [segment.content.images[0] for segment in segments if isinstance(segment, Segment)]
    assert len(shown) == 2
    assert close(corner_colours(shown[0]), [RED, GREEN, BLUE, GREY], 20)
    assert shown[1].max() < 20


def test_the_pages_of_a_scan_are_counted_as_far_as_they_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sequences, "MAX_PAGES", 1)
    corners().save(tmp_path / "a.tif", save_all=True, append_images=[corners(), corners()])
    with Image.open(tmp_path / "a.tif") as scan:
        assert sequences.pages(scan) == ([0], "Only its first 1 pages are indexed.")
        assert scan.tell() == 0


def test_a_picture_in_several_sizes_is_one_and_pages_of_several_sizes_are_several(tmp_path: Path) -> None:
    sizes = [corners((600 >> step, 450 >> step)) for step in range(4)]
    sizes[0].save(tmp_path / "slide.tif", save_all=True, append_images=sizes[1:])
    item, (segment,) = split(images.decode(tmp_path / "slide.tif"))
    assert (item.kind, item.width, item.height) == ("photo", 600, 450)
    assert segment.content.images[0].shape == (450, 600, 3)
    other = corners((300, 225)).transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    sizes[0].save(tmp_path / "scan.tif", save_all=True, append_images=[other, sizes[1]])
    item, segments = split(images.decode(tmp_path / "scan.tif"))
    assert (item.kind, item.pages, len(segments)) == ("document", 3, 3)


def test_reduced_to_what_the_models_look_at(tmp_path: Path) -> None:
    noise((3000, 2000)).save(tmp_path / "a.jpg")
    noise((3000, 2000)).save(tmp_path / "a.png", compress_level=1)
    for name in ("a.jpg", "a.png"):
        item, segment = decode(tmp_path / name)
        assert (item.width, item.height) == (3000, 2000)
        height, width = segment.content.images[0].shape[:2]
        assert MAX_IMAGE_PIXELS * 0.99 < width * height <= MAX_IMAGE_PIXELS
        assert abs(width / height - 1.5) < 0.01
        (preview,) = segment.previews
        assert max(Image.open(io.BytesIO(preview)).size) == PREVIEW_SIDE
        thumbnail = Image.open(io.BytesIO(item.thumbnail))
        assert thumbnail.format == "JPEG"
        assert max(thumbnail.size) == THUMBNAIL_SIDE


def test_small_pictures_are_not_enlarged(tmp_path: Path) -> None:
    corners((40, 33)).save(tmp_path / "a.png")
    item, segment = decode(tmp_path / "a.png")
    assert segment.content.images[0].shape == (33, 40, 3)
    assert Image.open(io.BytesIO(item.thumbnail)).size == (40, 33)


@pytest.mark.parametrize("size", [(16, 16), (31, 500), (500, 20), (1, 1)])
def test_icons_are_skipped_with_the_reason(tmp_path: Path, size: tuple[int, int]) -> None:
    Image.new("RGB", size, "red").save(tmp_path / "a.png")
    with pytest.raises(Skipped, match=f"{size[0]} × {size[1]} pixels: an icon"):
        decode(tmp_path / "a.png")


def test_a_line_is_skipped(tmp_path: Path) -> None:
    Image.new("RGB", (40, 9000), "red").save(tmp_path / "a.png")
    with pytest.raises(Skipped, match="too long and thin"):
        decode(tmp_path / "a.png")


def test_truncated_files_are_read_as_far_as_they_go(tmp_path: Path) -> None:
    for name in ("a.jpg", "a.png", "a.bmp"):
        path = tmp_path / name
        noise((400, 300)).save(path)
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        item, segment = decode(path)
        assert "damaged" in item.note
        assert segment.content.images[0].std() > 10


def damaged_files() -> dict[str, Callable[[], bytes]]:
    def jpeg() -> bytes:
        out = io.BytesIO()
        noise((400, 300)).save(out, "JPEG")
        return out.getvalue()

    def png() -> bytes:
        out = io.BytesIO()
        noise((400, 300)).save(out, "PNG")
        return out.getvalue()

    return {
        "header only.jpg": lambda: jpeg()[:200],
        "header only.png": lambda: png()[:40],
        "random.jpg": lambda: b"\xff\xd8\xff" + np.random.default_rng(0).bytes(5000),
        "words.jpg": lambda: b"this is no picture at all " * 50,
        "zeros.png": lambda: b"\0" * 5000,
        "broken chunk.png": lambda: png()[:16] + b"\xff" * 400,
        "huge.png": lambda: png_header(60_000, 60_000),
        "huge.bmp": lambda: (
            b"BM" + struct.pack("<IHHIIiiHHIIiiII", 54, 0, 0, 54, 40, 90000, 90000, 1, 24, *[0] * 6)
        ),
        "huge.gif": lambda: b"GIF89a\xff\xff\xff\xff\xf7\0\0" + b"\0" * 800,
        "tiff loop.tif": lambda: b"II*\0\x08\0\0\0\0\0\x08\0\0\0",
    }


@pytest.mark.parametrize("name", damaged_files())
def test_damaged_and_hostile_files_are_a_sentence(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(damaged_files()[name]())
    with pytest.raises(MediaError) as caught:
        decode(path)
    assert type(caught.value) is MediaError
    assert str(caught.value).startswith("It ")
    assert str(caught.value).endswith(".")


def test_a_failing_drive_is_no_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Failing(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell() > 3000:
                raise OSError(errno.EIO, "Input/output error")
            return super().read(size)

    noise((400, 300)).save(tmp_path / "a.png")
    monkeypatch.setattr(images, "open_original", lambda path: Failing(path.read_bytes()))
    with pytest.raises(OSError, match="Input/output error"):
        decode(tmp_path / "a.png")


def test_the_date_it_was_taken(tmp_path: Path) -> None:
    def save(name: str, outer: dict[int, str], inner: dict[int, str]) -> Path:
        exif = Image.Exif()
        exif.update(outer)
        exif.get_ifd(0x8769).update(inner)
        corners().save(tmp_path / name, exif=exif)
        return tmp_path / name

    def taken(path: Path) -> str | None:
        return decode(path)[0].about.captured

    assert (
        taken(save("a.jpg", {306: "2020:01:01 00:00:00"}, {36867: "2019:05:04 13:12:11"}))
        == "2019-05-04T13:12:11"
    )
    zoned = save("b.jpg", {}, {36867: "2019:05:04 13:12:11", 36881: "+02:00"})
    assert taken(zoned) == "2019-05-04T13:12:11+02:00"
    assert (
        taken(save("c.jpg", {306: "2020:01:02 03:04:05"}, {36867: "0000:00:00 00:00:00"}))
        == "2020-01-02T03:04:05"
    )
    assert taken(save("d.jpg", {306: "yesterday"}, {})) is None
    assert taken(save("e.jpg", {}, {})) is None


def test_read_gives_the_pixels_alone(tmp_path: Path) -> None:
    corners().save(tmp_path / "a.png")
    assert close(corner_colours(images.read(tmp_path / "a.png")), [RED, GREEN, BLUE, GREY], 0)

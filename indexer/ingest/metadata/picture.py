"""What a picture says about itself: EXIF, XMP, IPTC and PNG texts, as Pillow hands them out.

Decoder processes only.
"""

import codecs
import contextlib
import math
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from PIL import ExifTags, Image, ImageFile, IptcImagePlugin

from indexer.ingest.metadata import xmp as packets
from indexer.ingest.metadata.record import (
    NOTHING,
    Metadata,
    camera_name,
    clean,
    coordinates,
    distinct,
    first_of,
    moment,
    stars,
    telling,
)

_B: Final = ExifTags.Base
_XP: Final = {"title": 0x9C9B, "comment": 0x9C9C, "author": 0x9C9D, "keywords": 0x9C9E, "subject": 0x9C9F}
_PHOTOSHOP_IPTC: Final = 0x0404
_PHOTOSHOP_XMP: Final = 0x0424
_COMMENT_CODES: Final = {b"ASCII\0\0\0": "latin-1", b"UNICODE\0": "utf-16", b"JIS\0\0\0\0\0": "iso2022_jp"}
_PERCENT_OF_STARS: Final = {1: 1, 25: 2, 50: 3, 75: 4, 99: 5}


def read(picture: Image.Image) -> Metadata:
    """Of an opened picture: people's words from XMP and IPTC before EXIF, its facts the other way."""
    exif = _guarded(_exif, picture)
    iptc = _guarded(_iptc, picture)
    xmp = _guarded(_xmp, picture)
    texts = _guarded(_png, picture)
    merged = first_of(xmp, iptc, exif, texts)
    # The camera knows its own facts best: programs round them, or drop the zone
    facts = first_of(exif, xmp, iptc, texts)
    return first_of(
        Metadata(
            captured=facts.captured,
            camera=facts.camera,
            lens=facts.lens,
            latitude=facts.latitude,
            longitude=facts.longitude,
            program=facts.program,
        ),
        merged,
    )


def _guarded(reader: Any, picture: Image.Image) -> Metadata:
    """Damaged metadata is no reason to lose the picture, and parsers raise anything for it."""
    try:
        result: Metadata = reader(picture)
    except Exception:
        return NOTHING
    return result


def _xmp(picture: Image.Image) -> Metadata:
    return packets.read(picture.info.get("xmp") or _photoshop(picture, _PHOTOSHOP_XMP))


def _exif(picture: Image.Image) -> Metadata:
    base = picture.getexif()
    camera: Mapping[int, Any] = {**base, **base.get_ifd(ExifTags.IFD.Exif)}
    gps = base.get_ifd(ExifTags.IFD.GPSInfo)

    def text(tag: int) -> str:
        return clean(_decoded(camera.get(tag)))

    where = None
    with contextlib.suppress(TypeError, ValueError, ZeroDivisionError, IndexError):
        where = coordinates(
            _degrees(gps.get(ExifTags.GPS.GPSLatitude), gps.get(ExifTags.GPS.GPSLatitudeRef)),
            _degrees(gps.get(ExifTags.GPS.GPSLongitude), gps.get(ExifTags.GPS.GPSLongitudeRef)),
        )
    comment = _comment(camera.get(_B.UserComment), base.endian or "")
    lens_maker, lens = text(_B.LensMake), text(_B.LensModel)
    rating = stars(camera.get(_B.Rating)) if _B.Rating in camera else None
    if rating is None:
        rating = _PERCENT_OF_STARS.get(camera.get(_B.RatingPercent, 0))
    return Metadata(
        captured=_captured(camera, gps),
        camera=camera_name(text(_B.Make), text(_B.Model)),
        lens=camera_name(lens_maker, lens) if lens else "",
        latitude=where[0] if where else None,
        longitude=where[1] if where else None,
        title=telling(_windows(camera.get(_XP["title"]))),
        description=telling(text(_B.ImageDescription))
        or telling(_windows(camera.get(_XP["subject"])))
        or telling(_windows(camera.get(_XP["comment"])))
        or telling(comment),
        author=telling(text(_B.Artist)) or telling(_windows(camera.get(_XP["author"]))),
        keywords=distinct(_windows(camera.get(_XP["keywords"])).split(";")),
        rating=rating,
        program=text(_B.Software),
        screen_capture="screenshot" in comment.casefold(),
    )


def _captured(camera: Mapping[int, Any], gps: Mapping[int, Any]) -> str | None:
    for date, zone in (
        (_B.DateTimeOriginal, _B.OffsetTimeOriginal),
        (_B.DateTimeDigitized, _B.OffsetTimeDigitized),
    ):
        if when := moment(_decoded(camera.get(date)), _decoded(camera.get(zone))):
            return when
    return _satellite_time(gps) or moment(
        _decoded(camera.get(_B.DateTime)), _decoded(camera.get(_B.OffsetTime))
    )


def _satellite_time(gps: Mapping[int, Any]) -> str | None:
    with contextlib.suppress(KeyError, TypeError, ValueError, ZeroDivisionError, OverflowError):
        hour, minute, second = (float(part) for part in gps[ExifTags.GPS.GPSTimeStamp])
        day = datetime.strptime(_decoded(gps[ExifTags.GPS.GPSDateStamp]), "%Y:%m:%d")
        when = day.replace(hour=int(hour), minute=int(minute), second=int(second), tzinfo=UTC)
        return moment(when.isoformat())
    return None


def _degrees(parts: Any, side: Any) -> float | None:
    """Degrees, minutes and seconds with N, S, E or W. Raises for what is none."""
    if not parts:
        return None
    numbers = [float(part) for part in (parts if isinstance(parts, Sequence) else [parts])]
    size = math.fsum(number / 60**place for place, number in enumerate(numbers[:3]))
    return -size if _decoded(side).strip().upper()[:1] in ("S", "W") else size


def _iptc(picture: Image.Image) -> Metadata:
    fields: Mapping[tuple[int, int], Any] = _recorded(picture) or _photoshop_iptc(picture)
    if not fields:
        return NOTHING
    utf8 = b"\x1b%G" in _bytes(fields.get((1, 90)))[0:8]

    def every(number: int) -> list[str]:
        value = fields.get((2, number), [])
        return [_western(one, utf8) for one in (value if isinstance(value, list) else [value])]

    def one(number: int) -> str:
        return next(iter(every(number)), "")

    date, time = one(55), one(60)
    written = f"{date[:4]}-{date[4:6]}-{date[6:8]}" if len(date) >= 8 else ""
    if written and len(time) >= 6:
        written += f"T{time[:2]}:{time[2:4]}:{time[4:6]}{time[6:]}"
    return Metadata(
        captured=moment(written),
        place=", ".join(distinct((one(92), one(90), one(95), one(101)))),
        title=telling(one(5)) or telling(one(105)),
        description=telling(one(120)),
        author=", ".join(distinct(every(80))),
        keywords=distinct(every(25)),
        program=clean(one(65)),
    )


def _recorded(picture: Image.Image) -> Mapping[tuple[int, int], Any]:
    return (IptcImagePlugin.getiptcinfo(picture) or {}) if isinstance(picture, ImageFile.ImageFile) else {}


def _photoshop_iptc(picture: Image.Image) -> Mapping[tuple[int, int], Any]:
    """The records of a PSD, which Pillow only reads from JPEG and TIFF."""
    data = _photoshop(picture, _PHOTOSHOP_IPTC)
    fields: dict[tuple[int, int], Any] = {}
    at = 0
    while at + 5 <= len(data) and data[at] == 0x1C:
        key, size = (data[at + 1], data[at + 2]), int.from_bytes(data[at + 3 : at + 5], "big")
        fields.setdefault(key, []).append(data[at + 5 : at + 5 + size])
        at += 5 + size
    return fields


def _photoshop(picture: Image.Image, number: int) -> bytes:
    resources = getattr(picture, "resources", ())
    return next((data for id, _, data in resources if id == number), b"") if picture.format == "PSD" else b""


def _png(picture: Image.Image) -> Metadata:
    """The texts that PNG and GIF keep under agreed names."""
    info = {str(key).casefold(): value for key, value in picture.info.items()}
    return Metadata(
        captured=moment(clean(info.get("creation time"))),
        title=telling(_decoded(info.get("title"))),
        description=telling(_decoded(info.get("description"))) or telling(_decoded(info.get("comment"))),
        author=telling(_decoded(info.get("author"))),
        program=clean(info.get("software")),
    )


def _decoded(value: object) -> str:
    """A text, which Pillow takes for Latin-1 where EXIF and PNG say that it is: most programs write UTF-8."""
    if isinstance(value, str):
        try:
            value = value.encode("latin-1")
        except UnicodeEncodeError:
            return str(value)
    return _western(value, utf8=False)


def _western(value: object, utf8: bool) -> str:
    data = _bytes(value)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace") if utf8 else data.decode("latin-1")


def _bytes(value: object) -> bytes:
    if isinstance(value, list):
        value = value[0] if value else b""
    return value if isinstance(value, bytes) else b""


def _windows(value: object) -> str:
    """What Windows Explorer writes: UTF-16 with an end mark."""
    data = bytes(value) if isinstance(value, bytes | tuple | list) else b""
    return data.decode("utf-16-le", "replace").split("\0", 1)[0]


def _comment(value: object, order: str) -> str:
    """EXIF's user comment says in its first eight bytes how the rest is written.

    Args:
        order: of the bytes of the whole EXIF, "<" or ">".
    """
    if not isinstance(value, bytes):
        return clean(value)
    code, text = _COMMENT_CODES.get(value[:8]), value[8:]
    if code == "utf-16" and not text.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        # Some programs keep to that order and some do not; of a Latin letter the higher byte is 0
        first, second = text[::2].count(0), text[1::2].count(0)
        code = "utf-16-be" if first > second or (first == second and order == ">") else "utf-16-le"
    with contextlib.suppress(UnicodeDecodeError):
        return clean(text.decode(code)) if code else clean(_western(value, utf8=False))
    return ""

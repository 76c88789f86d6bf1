"""`Metadata`, and how dates, cameras, coordinates and words become comparable."""

import math
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final

MAX_WORDS = 2_000
"""Characters kept of a title or description."""
MAX_KEYWORDS = 200

_SHARPEST_ZONE: Final = timedelta(hours=16)
_EARLIEST_YEAR: Final = 1826  # the first photograph
_LATEST_YEAR: Final = 2200
_EPOCHS: Final = frozenset((date(1904, 1, 1), date(1970, 1, 1)))
_RESET: Final = datetime(2000, 1, 1)
_DATE: Final = re.compile(
    r"\s*(\d{4})(?:[:./-]?(\d\d)(?:[:./-]?(\d\d)"
    r"(?:[T ]+(\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?\s*(Z|UTC|[+-]\d\d:?\d\d)?)?)?)?"
)
_ZONE: Final = re.compile(r"([+-])(\d\d):?(\d\d)")
_LOCAL: Final = len("2024-05-03T14:22:10")
_INVISIBLE: Final = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ufffe\uffff]")
# Written into every picture by the cameras themselves, so they describe none
_EMPTY_PHRASES: Final = re.compile(
    r"(olympus|konica minolta|minolta|samsung|sony|kodak|casio|pentax|nikon|canon|fujifilm|rollei|medion|"
    r"digital|default)\s*(digital camera|dsc|optical.*camera)?|sony dsc|dcim\S*|untitled|ohne titel|"
    r"screenshot|microsoft word - .*\.docx?|(microsoft )?(word|powerpoint)[ -]pr[eä]sentation|"
    r"powerpoint presentation|charset=\S+ .*|<.*|\W*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """Everything optional: "" or None where the file does not say.

    Attributes:
        captured: when it was taken, filmed or written: ISO 8601 to the second, as the clock on the spot
            showed it, with the zone only if that is recorded ("2024-05-03T14:22:10+02:00").
        camera, lens: as a person calls them ("Canon EOS R5", not "Canon Canon EOS R5").
        latitude, longitude: degrees, WGS 84, north and east positive; both or neither.
        place: as the file names it (IPTC, XMP), or the places around the coordinates; smallest first.
        rating: 1 to 5 stars, 0 none given, -1 rejected.
        codec: of a film, FFmpeg's name.
        program: what wrote the file.
        screen_capture: the file is marked as a picture of a screen.
    """

    captured: str | None = None
    camera: str = ""
    lens: str = ""
    latitude: float | None = None
    longitude: float | None = None
    place: str = ""
    title: str = ""
    description: str = ""
    author: str = ""
    keywords: tuple[str, ...] = ()
    rating: int | None = None
    codec: str = ""
    program: str = ""
    screen_capture: bool = False


NOTHING: Final = Metadata()


def first_of(*layers: Metadata) -> Metadata:
    """Each field from the first layer that has it; keywords from all of them, a zone from any of them."""
    merged = {}
    for name in (field.name for field in fields(Metadata)):
        values = [getattr(layer, name) for layer in layers]
        merged[name] = next((value for value in values if value not in (None, "", ())), values[0])
    merged["screen_capture"] = any(layer.screen_capture for layer in layers)
    merged["keywords"] = distinct(word for layer in layers for word in layer.keywords)
    merged["captured"] = zoned([layer.captured for layer in layers])
    # Both from one layer: a latitude from here and a longitude from there name a third place
    located = next((layer for layer in layers if layer.latitude is not None), NOTHING)
    merged["latitude"], merged["longitude"] = located.latitude, located.longitude
    return Metadata(**merged)


def zoned(moments: Iterable[str | None]) -> str | None:
    """The first of these dates; with its zone where one after it repeats it with that."""
    known = [each for each in moments if each]
    repeated = (each for each in known if len(each) > _LOCAL and each.startswith(known[0]))
    return next(repeated, known[0]) if known else None


def clean(value: object) -> str:
    """A text fit to be shown: no control characters, one line, at most `MAX_WORDS`; "" for what is none."""
    if not isinstance(value, str):
        return ""
    return unicodedata.normalize("NFC", " ".join(_INVISIBLE.sub(" ", value).split()))[:MAX_WORDS].strip()


def telling(value: object) -> str:
    """`clean`, and "" for what cameras and programs write into every file."""
    text = clean(value)
    return "" if _EMPTY_PHRASES.fullmatch(text) else text


def distinct(words: Iterable[str]) -> tuple[str, ...]:
    """Without repetitions (case aside), in their order, at most `MAX_KEYWORDS`."""
    seen = {word.casefold(): word for word in reversed([clean(word) for word in words]) if word}
    return tuple(reversed(seen.values()))[:MAX_KEYWORDS]


def moment(value: object, zone: object = "") -> str | None:
    """A date as the formats of pictures, films and documents write it, as ISO 8601; None if it is none.

    Args:
        zone: "+02:00", for formats that keep it apart; one inside `value` wins.

    The time of day is midnight when only a date is given, the first of January when only a year is.
    Dates of clocks that were never set (year 0, 1904, 1970-01-01, 2000-01-01 at midnight) are none.
    """
    found = _DATE.match(value) if isinstance(value, str) else None
    if found is None or (found[2] is None and len(str(value).strip()) != 4):
        return None
    year, month, day, hour, minute, second = (int(part) if part else None for part in found.groups()[:6])
    try:
        when = datetime(
            year or 0, month or 1, day or 1, hour or 0, minute or 0, min(second or 0, 59), tzinfo=None
        )
    except ValueError:
        return None
    if hour is not None and (when.date() in _EPOCHS or when == _RESET):
        return None
    if not _EARLIEST_YEAR <= when.year <= _LATEST_YEAR:
        return None
    offset = _offset(found[7] or zone)
    return when.isoformat() if offset is None else when.replace(tzinfo=offset).isoformat()


def camera_name(make: object, model: object) -> str:
    """Make and model as people say them: the make once, and without "Corporation"."""
    made_by, name = clean(make), clean(model)
    if not name:
        return _short(made_by)
    first = made_by.split()[0].casefold() if made_by else ""
    if first and first in name.casefold():
        return name
    return f"{_short(made_by)} {name}".strip()


def coordinates(latitude: float | None, longitude: float | None) -> tuple[float, float] | None:
    """Both in degrees if they are a place on earth; a receiver without a fix says 0, 0."""
    if latitude is None or longitude is None or not (math.isfinite(latitude) and math.isfinite(longitude)):
        return None
    if abs(latitude) > 90 or abs(longitude) > 180 or (latitude, longitude) == (0.0, 0.0):
        return None
    return round(latitude, 6), round(longitude, 6)


def stars(value: object) -> int | None:
    """A rating of -1 to 5; None for anything else."""
    try:
        number = round(float(str(value)))
    except (ValueError, OverflowError):
        return None
    return number if -1 <= number <= 5 else None


def _offset(zone: object) -> timezone | None:
    if zone in ("Z", "UTC"):
        return UTC
    found = _ZONE.fullmatch(clean(zone))
    if found is None:
        return None
    size = timedelta(hours=int(found[2]), minutes=int(found[3]))
    if size > _SHARPEST_ZONE or int(found[3]) > 59:
        return None
    return timezone(-size if found[1] == "-" else size)


def _short(make: str) -> str:
    trimmed = re.sub(
        r"[ ,]+(corporation|corp\.?|co\.?,? ?ltd\.?|company|inc\.?|gmbh|ag|imaging corp.*|electronics|"
        r"camera ag|optical co.*|computer co.*|techwin.*)\b.*$",
        "",
        make,
        flags=re.IGNORECASE,
    )
    return trimmed.title() if trimmed.isupper() and len(trimmed) > 3 else trimmed

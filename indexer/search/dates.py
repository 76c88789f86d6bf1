"""Dates as people write them, as the stretch of time they mean: "2024-05", "yesterday", "last summer".

The words of ten languages are read by `dateparser`, which also says how exact a date is (a day, a week, a
month, a year). What it does not know are seasons and decades; those are here. Seasons are the northern
ones, in whole months.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

LANGUAGES = ["en", "de", "fr", "es", "it", "pt", "nl", "ru", "zh", "ja"]
"""Each more is read from disk at the first word that is no date, as half a word is while it is typed: these
ten take a third of a second once, all 200 more than two."""
LONGEST = 60
"""Characters; no date is longer."""

_SEASONS = {
    3: (
        "spring",
        "frühling",
        "frühjahr",
        "printemps",
        "primavera",
        "lente",
        "voorjaar",
        "wiosna",
        "весна",
        "весной",
        "春",
        "春天",
        "春季",
    ),
    6: (
        "summer",
        "sommer",
        "été",
        "verano",
        "estate",
        "verão",
        "zomer",
        "lato",
        "лето",
        "летом",
        "夏",
        "夏天",
        "夏季",
    ),
    9: (
        "autumn",
        "fall",
        "herbst",
        "automne",
        "otoño",
        "autunno",
        "outono",
        "herfst",
        "najaar",
        "jesień",
        "осень",
        "осенью",
        "秋",
        "秋天",
        "秋季",
    ),
    12: ("winter", "hiver", "invierno", "inverno", "zima", "зима", "зимой", "冬", "冬天", "冬季"),
}
_MONTH_OF = {name: month for month, names in _SEASONS.items() for name in names}
_LAST = {
    "last",
    "letzter",
    "letzten",
    "letztes",
    "vorigen",
    "vergangenen",
    "dernier",
    "dernière",
    "último",
    "pasado",
    "passado",
    "scorsa",
    "scorso",
    "vorige",
    "vorig",
    "afgelopen",
    "прошлым",
    "прошлой",
    "прошлого",
}
_THIS = {"this", "dieses", "diesen", "cette", "este", "quest", "dit", "этого"}
_OF_YEAR = {"year", "jahres", "jahr", "année", "an", "año", "anno", "ano", "jaar", "года"}
_NAMED_YEARS = {"今年": 0, "去年": 1, "昨年": 1, "前年": 2}
"""By how many years they lie back."""
_BETWEEN = {
    "the",
    "of",
    "in",
    "im",
    "des",
    "der",
    "de",
    "du",
    "del",
    "dell",
    "en",
    "el",
    "la",
    "le",
    "l",
    "van",
    "da",
    "do",
    "s",
}
"""Words that may stand between a season and its year."""
_SPOKEN = {*_MONTH_OF, *_NAMED_YEARS, *_LAST, *_THIS, *_OF_YEAR, *_BETWEEN}
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_PIECES = re.compile(r"[今去昨前]年|[春夏秋冬][天季]?|\d+|[^\s\d'’年的の今去昨前春夏秋冬]+")
"""Words, also where no blanks stand between them: "l'été"."""
_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
_DOTTED = re.compile(r"\d{1,2}\.\s?\d{1,2}\.")
_DATELIKE = re.compile(r"[a-z]{3}|\d\D+\d|[^\x00-\x7f]")
_DECADE = re.compile(r"(?:the )?((?:1[89]|20)\d0)e?r?s")


@dataclass(frozen=True, slots=True)
class Stretch:
    """From `start` to just before `end`, as clocks on the wall show it."""

    start: datetime
    end: datetime


def stretch(written: str, now: datetime) -> Stretch | None:
    """What a written date covers; None when it is no date. Of several possible years, the latest begun."""
    text = " ".join(unicodedata.normalize("NFKC", written).lower().split())
    if not text or len(text) > LONGEST:
        return None
    try:
        return _iso(text) or _decade(text) or _season(text, now) or _by_library(text, now)
    except (OverflowError, ValueError):  # the year 0, the 31st of June
        return None


def _iso(text: str) -> Stretch | None:
    found = _ISO.fullmatch(text)
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None  # noqa: S101 - the pattern demands it
    if day and month:
        start = datetime(year, month, day)
        return Stretch(start, start + timedelta(days=1))
    if month:
        return Stretch(datetime(year, month, 1), _months_on(datetime(year, month, 1), 1))
    return Stretch(datetime(year, 1, 1), datetime(year + 1, 1, 1))


def _decade(text: str) -> Stretch | None:
    found = _DECADE.fullmatch(text)
    return Stretch(datetime(int(found[1]), 1, 1), datetime(int(found[1]) + 10, 1, 1)) if found else None


def _season(text: str, now: datetime) -> Stretch | None:
    words = _PIECES.findall(text)
    months = [_MONTH_OF[word] for word in words if word in _MONTH_OF]
    if len(months) != 1:
        return None
    years = [int(word) for word in words if _YEAR.fullmatch(word)]
    years += [now.year - _NAMED_YEARS[word] for word in words if word in _NAMED_YEARS]
    if not years and _OF_YEAR & set(words):
        years = [now.year - bool(_LAST & set(words))]
    for word in words:
        known = word in _SPOKEN or _YEAR.fullmatch(word)
        if not known and (word.isdigit() or years):
            return None
    if years:
        return _season_of(years[0], months[0])
    latest = max(
        (
            one
            for year in range(now.year - 2, now.year + 1)
            if (one := _season_of(year, months[0])).start <= now
        ),
        key=lambda one: one.start,
    )
    if _LAST & set(words) and latest.end > now:
        return _season_of(latest.start.year - 1, months[0])
    return latest


def _season_of(year: int, month: int) -> Stretch:
    start = datetime(year, month, 1)
    return Stretch(start, _months_on(start, 3))


def _by_library(text: str, now: datetime) -> Stretch | None:
    if not _DATELIKE.search(text):  # the library takes "5" for May and "a" for January
        return None
    from dateparser.date import DateDataParser  # 0.1 s, only for those who write dates

    settings = {
        "PREFER_DATES_FROM": "past",
        "PREFER_DAY_OF_MONTH": "first",
        "RELATIVE_BASE": now,
        "DATE_ORDER": "DMY" if _DOTTED.match(text) else "MDY",
    }
    found = DateDataParser(LANGUAGES, settings=settings, try_previous_locales=False).get_date_data(text)
    if found.date_obj is None:
        return None
    day = found.date_obj.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    match found.period:
        case "year":
            return Stretch(datetime(day.year, 1, 1), datetime(day.year + 1, 1, 1))
        case "month":
            return Stretch(day.replace(day=1), _months_on(day.replace(day=1), 1))
        case "week":
            monday = day - timedelta(days=day.weekday())
            return Stretch(monday, monday + timedelta(days=7))
        case _:
            return Stretch(day, day + timedelta(days=1))


def _months_on(first: datetime, months: int) -> datetime:
    """From one first of a month to another."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return datetime(year, month + 1, 1)

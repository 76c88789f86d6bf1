"""The filters that can be typed, `kind:photo` for one: what their values mean."""

import re
from calendar import monthrange
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NoReturn, get_args

from indexer.kinds import KINDS, Kind, Sort
from indexer.search.dates import Stretch, stretch
from indexer.store.filters import Filters
from indexer.words import Phrase


class Unreadable(ValueError):
    """A value that the filter does not take; says which ones it does."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one filter asks for, and how to say it in words on a chip."""

    filters: Filters
    label: Phrase
    sort: Sort | None = None


Read = Callable[[Sequence[str], datetime], Meaning]

_KINDS: dict[str, Kind] = {
    "photos": "photo",
    "picture": "photo",
    "pictures": "photo",
    "image": "photo",
    "images": "photo",
    "screenshots": "screenshot",
    "videos": "video",
    "film": "video",
    "clip": "video",
    "documents": "document",
    "pdf": "document",
    "text": "document",
    **{kind: kind for kind in KINDS},
}
_KIND_NAMES: dict[Kind, Phrase] = {
    "photo": "photo",
    "screenshot": "screenshot",
    "video": "video",
    "document": "document",
}
SORTS: tuple[Sort, ...] = get_args(Sort)
_SORTS: dict[str, Sort] = {
    "new": "newest",
    "date": "newest",
    "old": "oldest",
    **{sort: sort for sort in SORTS},
}
_SORT_NAMES: dict[Sort, Phrase] = {
    "relevance": "sorted by relevance",
    "newest": "newest",
    "oldest": "oldest",
    "name": "sorted by name",
    "size": "sorted by size",
}
_UNITS = {"": 1, "b": 1, "k": 1e3, "kb": 1e3, "m": 1e6, "mb": 1e6, "g": 1e9, "gb": 1e9, "t": 1e12, "tb": 1e12,
          "kib": 2**10, "mib": 2**20, "gib": 2**30, "tib": 2**40}  # fmt: skip
_LARGEST = 2.0**62
"""Bytes; no file is larger, and the database takes no larger number."""
_SECONDS = {"h": 3600.0, "m": 60.0, "min": 60.0, "s": 1.0, "sec": 1.0}
MEASURES: Mapping[str, Collection[str]] = {"size": [*filter(None, _UNITS)], "dur": _SECONDS}
"""Fields whose value may be a number and one of these units, with a blank between."""
_BOUND = re.compile(r"(<=|>=|<|>)?(.+)")
_SIZE = re.compile(r"(\d+(?:[.,]\d+)?)\s*([a-z]*)")
_CLOCK = re.compile(r"(?:(\d+):)?(\d+):(\d\d)")
_PERIODS = re.compile(r"(?:(\d+(?:[.,]\d+)?)\s*(h|min|m|sec|s))+")
_PERIOD = re.compile(r"(\d+(?:[.,]\d+)?)\s*(h|min|m|sec|s)")

_KIND: Phrase = "choose photo, screenshot, video or document"
_DATE: Phrase = "write a date, such as 2024-05, yesterday or “last summer”"
_SIZE_HELP: Phrase = "write a size, such as >5MB or 100KB..2MB"
_DURATION: Phrase = "write a length, such as >1m, 10s..2m or 1:30"


def _kind(values: Sequence[str], now: datetime) -> Meaning:
    kinds = tuple(dict.fromkeys(_KINDS.get(value.lower()) or _unreadable(_KIND) for value in values))
    return Meaning(Filters(kinds=kinds), _listed([_KIND_NAMES[kind] for kind in kinds]))


def _ext(values: Sequence[str], now: datetime) -> Meaning:
    extensions = tuple(value.lower().lstrip("*").lstrip(".") for value in values)
    if not all(extensions) or any("." in one for one in extensions):  # only the last is kept of a file
        raise Unreadable("write an ending, such as jpg")
    return Meaning(Filters(extensions=extensions), _listed([f".{one}" for one in extensions]))


def _folder(values: Sequence[str], now: datetime) -> Meaning:
    return Meaning(Filters(folders=tuple(values)), _in(_listed(values)))


def _camera(values: Sequence[str], now: datetime) -> Meaning:
    return Meaning(Filters(cameras=tuple(values)), _taken_with(_listed(values)))


def _place(values: Sequence[str], now: datetime) -> Meaning:
    return Meaning(Filters(places=tuple(values)), _taken_in(_listed(values)))


def _before(values: Sequence[str], now: datetime) -> Meaning:
    start = _date(_single(values, _DATE), now).start
    return Meaning(Filters(before=start), _before_day(start.date()))


def _after(values: Sequence[str], now: datetime) -> Meaning:
    start = _date(_single(values, _DATE), now).start
    return Meaning(Filters(after=start), _since(start.date()))


def _on(values: Sequence[str], now: datetime) -> Meaning:
    low, dots, high = _single(values, _DATE).partition("..")
    first, last = (_date(part, now) if part else None for part in (low, high if dots else low))
    if first and last and first.start > last.start:
        first, last = last, first
    if not first and not last:
        raise Unreadable(_DATE)
    label = _days(first.start.date() if first else None, _last_day(last.end) if last else None)
    return Meaning(Filters(after=first.start if first else None, before=last.end if last else None), label)


def _size(values: Sequence[str], now: datetime) -> Meaning:
    value = ",".join(values)  # as in 1,5MB
    low, high = _range(value, _bytes)
    return Meaning(
        Filters(
            minimum_size=None if low is None else int(low), maximum_size=None if high is None else int(high)
        ),
        _size_in_words(value),
    )


def _dur(values: Sequence[str], now: datetime) -> Meaning:
    value = ",".join(values)
    low, high = _range(value, _seconds)
    return Meaning(Filters(minimum_duration_s=low, maximum_duration_s=high), _length_in_words(value))


def _rating(values: Sequence[str], now: datetime) -> Meaning:
    value = _single(values, "write 1 to 5 stars").removeprefix(">=")
    if value not in ("1", "2", "3", "4", "5"):
        raise Unreadable("write 1 to 5 stars")
    return Meaning(Filters(minimum_rating=int(value)), _stars(value))


def _sort(values: Sequence[str], now: datetime) -> Meaning:
    help: Phrase = "choose relevance, newest, oldest, name or size"
    sort = _SORTS.get(_single(values, help).lower()) or _unreadable(help)
    return Meaning(Filters(), _SORT_NAMES[sort], sort)


FIELDS: dict[str, Read] = {
    "kind": _kind,
    "ext": _ext,
    "in": _folder,
    "before": _before,
    "after": _after,
    "on": _on,
    "size": _size,
    "camera": _camera,
    "place": _place,
    "is": _kind,
    "dur": _dur,
    "rating": _rating,
    "sort": _sort,
}
"""By the name that is typed before the colon."""
ALIASES = {
    "type": "kind",
    "folder": "in",
    "since": "after",
    "date": "on",
    "duration": "dur",
    "length": "dur",
}
DATES = frozenset({"before", "after", "on"})
"""Fields whose value may be several words without quotes."""


def is_date(written: str, now: datetime) -> bool:
    """Whether a value of a date field is complete."""
    parts = [part for part in written.split("..") if part]
    return bool(parts) and all(stretch(part, now) for part in parts)


def _date(written: str, now: datetime) -> Stretch:
    return stretch(written, now) or _unreadable(_DATE)


def _last_day(end: datetime) -> date:
    return (end - timedelta(days=1)).date()


def _range(value: str, number: Callable[[str], float]) -> tuple[float | None, float | None]:
    """`5`, `>5`, `<5`, `2..5`, `5..2`: lowest and highest, both included; a single number is the lowest."""
    text = value.lower().strip()
    if ".." in text:
        low, _, high = text.partition("..")
        ends = [number(end) for end in (low, high) if end] or [number("")]
        if low and high:
            return min(ends), max(ends)
        return (ends[0], None) if low else (None, ends[0])
    found = _BOUND.fullmatch(text)
    sign, amount = (found[1], found[2]) if found else ("", "")
    bound = number(amount.strip())
    return (None, bound) if sign in ("<", "<=") else (bound, None)


def _bytes(text: str) -> float:
    found = _SIZE.fullmatch(text)
    if not found or found[2] not in _UNITS:
        raise Unreadable(_SIZE_HELP)
    return min(_LARGEST, float(found[1].replace(",", ".")) * _UNITS[found[2]])


def _seconds(text: str) -> float:
    if found := _CLOCK.fullmatch(text):
        return 3600.0 * float(found[1] or 0) + 60.0 * float(found[2]) + float(found[3])
    if text.isascii() and text.isdigit():
        return float(text)
    if not _PERIODS.fullmatch(text):
        raise Unreadable(_DURATION)
    return sum(float(amount.replace(",", ".")) * _SECONDS[unit] for amount, unit in _PERIOD.findall(text))


def _ends(value: str, unit: str) -> tuple[str, str]:
    """Lowest and highest of a range, as they were written; "" for none. `unit`: of a bare number."""
    low, dots, high = value.partition("..")
    if not dots:
        amount = value.lstrip("<>=")
        low, high = ("", amount) if value.startswith("<") else (amount, "")
    return low + unit * low.isdigit(), high + unit * high.isdigit()


def _listed(values: Sequence[str]) -> str:
    """Any of them; with no word between that could be taken for a part of a name."""
    return ", ".join(values)


def _in(folders: str) -> Phrase:
    return f"in {folders}"


def _taken_with(cameras: str) -> Phrase:
    return f"taken with {cameras}"


def _taken_in(places: str) -> Phrase:
    return f"taken in {places}"


def _before_day(day: date) -> Phrase:
    return f"before {day}"


def _since(day: date) -> Phrase:
    return f"since {day}"


def _days(first: date | None, last: date | None) -> Phrase:
    if first is None:
        return f"until {last}"
    if last is None:
        return _since(first)
    low, high = str(first), str(last)
    if first.day == 1 and last.day == monthrange(last.year, last.month)[1]:
        year = first.month == 1 and last.month == 12
        low, high = (day[: len("2024" if year else "2024-05")] for day in (low, high))
    return low if low == high else f"{low} – {high}"


def _size_in_words(value: str) -> Phrase:
    low, high = _ends(value, "B")
    if low and high:
        return f"size {low} to {high}"
    return f"size at least {low}" if low else f"size at most {high}"


def _length_in_words(value: str) -> Phrase:
    low, high = _ends(value, "s")
    if low and high:
        return f"length {low} to {high}"
    return f"length at least {low}" if low else f"length at most {high}"


def _stars(number: str) -> Phrase:
    return f"{number} stars or more"


def _single(values: Sequence[str], help: Phrase) -> str:
    if len(values) != 1:
        raise Unreadable(f"{help}, one only")
    return values[0].strip()


def _unreadable(help: Phrase) -> NoReturn:
    raise Unreadable(help)

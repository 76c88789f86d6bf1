"""What a person may be about to type: names of filters, then values that occur in this index."""

import difflib
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from indexer.kinds import KINDS
from indexer.messages.query_messages import Complete, Completion, Completions
from indexer.messages.query_parts import QUOTES, as_value
from indexer.search.fields import ALIASES, DATES, FIELDS, SORTS
from indexer.search.language import NAMED
from indexer.store.overview import Overview
from indexer.store.words import folded

KEPT_S = 20.0
"""How long counts are taken for true; while somebody types they need not be counted again for each key."""

_DATES = ('"today"', '"yesterday"', '"this week"', '"last week"', '"this month"', '"last month"',
          '"this year"', '"last year"', '"last summer"')  # fmt: skip
_FIXED = {
    "size": (">1MB", ">10MB", ">100MB", ">1GB", "<100KB", "100KB..2MB"),
    "dur": ("<10s", "<1m", ">1m", ">10m", ">1h"),
    "rating": ("5", "4", "3", "2", "1"),
    "sort": SORTS,
}
_LIKE = 0.6
"""How alike a mistyped name must be to one that there is."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """What is being typed: a name so far, or a value of a field, from `start` to `end` of the text."""

    start: int
    end: int
    written: str
    minus: str = ""
    field: str = ""


class Completer:
    """Answers `Complete` from what the index holds."""

    def __init__(self, overview: Overview) -> None:
        self._overview = overview
        self._kept: dict[str, tuple[float, Counter[str]]] = {}

    def complete(self, request: Complete) -> Completions:
        """Nothing for plain words, unless they begin the name of a filter."""
        piece = _piece(request.text, request.cursor)
        found = self._values(piece) if piece.field else _names(piece)
        items = [item for item, _ in zip(found, range(request.limit), strict=False)]
        if len(items) == 1 and items[0].insert == request.text[piece.start : piece.end]:
            items = []  # it is written already
        return Completions(piece.start, piece.end, tuple(items))

    def _values(self, piece: _Piece) -> Iterator[Completion]:
        field, wanted = piece.field, folded(piece.written)
        if field == "in":
            yield from self._folders(wanted)
        elif field in DATES:
            yield from _matching(_dates(self._months()), wanted)
        elif field in ("kind", "is"):
            kinds = self._count("kinds")
            yield from _matching({kind: kinds[kind] for kind in KINDS}, wanted)
        elif field in _FIXED:
            yield from _matching(dict.fromkeys(_FIXED[field], 0), wanted)
        elif field in ("ext", "camera", "place"):
            counted = self._count({"ext": "extensions", "camera": "cameras", "place": "places"}[field])
            if field == "place":
                counted = _parts(counted)
            known = {as_value(name): number for name, number in counted.most_common()}
            yield from _matching(known, wanted)

    def _folders(self, wanted: str) -> Iterator[Completion]:
        counted = self._count("folders")
        names = Counter(_name(path) for path in counted)
        ordered = sorted(
            counted, key=lambda path: (not folded(_name(path)).startswith(wanted), -counted[path])
        )
        for path in ordered:
            name = _name(path)
            if wanted in folded(name) or (wanted and folded(path).startswith(wanted)):
                alone = names[name] == 1 and name != path
                yield Completion(as_value(name if alone else path), name, path, counted[path])

    def _months(self) -> Counter[str]:
        def count() -> Counter[str]:
            return Counter({f"{m.year:04}-{m.month:02}": m.files for m in self._overview.months()})

        return self._remembered("months", count)

    def _count(self, what: str) -> Counter[str]:
        return self._remembered(what, getattr(self._overview, what))

    def _remembered(self, what: str, count: Callable[[], Counter[str]]) -> Counter[str]:
        now = time.monotonic()
        known = self._kept.get(what)
        if known is None or now - known[0] > KEPT_S:
            known = self._kept[what] = (now, count())
        return known[1]


def _piece(text: str, cursor: int) -> _Piece:
    """The piece around the cursor. A quote that is open reaches back over blanks."""
    cursor = max(0, min(cursor, len(text)))
    start = cursor
    quoted = sum(text.count(sign, 0, cursor) for sign in QUOTES) % 2 == 1
    while start and (quoted or not text[start - 1].isspace()):
        start -= 1
        quoted = quoted and text[start] not in QUOTES
    end = cursor
    while end < len(text) and not text[end].isspace():
        end += 1
    minus = "-" if text[start : start + 1] == "-" else ""
    begun = NAMED.match(text, start, cursor)
    name = begun[2].lower() if begun else ""
    field = ALIASES.get(name, name)
    if begun is None or field not in FIELDS:
        return _Piece(start, end, text[start + len(minus) : cursor], minus)
    value = max(begun.end(), text.rfind(",", begun.end(), cursor) + 1)
    return _Piece(value, end, text[value:cursor].lstrip(QUOTES), minus, field)


def _names(piece: _Piece) -> Iterator[Completion]:
    name, colon, rest = piece.written.partition(":")
    name = name.lower()
    if not name or (colon and rest.startswith("//")):
        return
    known = {**{field: field for field in FIELDS}, **ALIASES}
    begun = [field for alias, field in known.items() if alias.startswith(name)] if not colon else []
    mistyped = difflib.get_close_matches(name, known, 1, _LIKE) if colon and len(name) > 1 else []
    for field in dict.fromkeys([*begun, *(known[one] for one in mistyped)]):
        yield Completion(f"{piece.minus}{field}:{rest}", f"{piece.minus}{field}:{rest}")


def _matching(known: Mapping[str, int], wanted: str) -> Iterator[Completion]:
    """What begins as typed first, then what has it inside."""
    plain = {value: folded(value.strip('"')) for value in known}
    first = [value for value in known if plain[value].startswith(wanted)]
    for value in [*first, *(value for value in known if wanted in plain[value] and value not in first)]:
        yield Completion(value, value.strip('"'), files=known[value])


def _dates(months: Counter[str]) -> dict[str, int]:
    years: Counter[str] = Counter()
    for month, files in months.items():
        years[month[:4]] += files
    return {**dict.fromkeys(_DATES, 0), **years, **months}


def _parts(places: Counter[str]) -> Counter[str]:
    """Town, region and country of "Sintra, Lisbon, Portugal", each with what was taken there."""
    counted: Counter[str] = Counter()
    for name, files in places.items():
        for part in dict.fromkeys(part.strip() for part in name.split(",")):
            counted[part] += files if part else 0
    return +counted


def _name(path: str) -> str:
    return path.rstrip("/\\").replace("\\", "/").rpartition("/")[2] or path

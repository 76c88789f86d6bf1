"""The language of the one box: a text cut into words, phrases, minus words and filters, each with its place.

Every text is a query: what is no filter is words, so `http://x`, `12:30` and a lone `-` are looked for as
they stand. Only a filter by name with a value it does not take is a problem, and is said so at its place.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from indexer.messages.query_parts import QUOTES, PartType, QueryPart, as_value, in_quotes
from indexer.search.fields import ALIASES, DATES, FIELDS, MEASURES, Meaning, Unreadable, is_date
from indexer.words import Phrase

COLONS = ":："
"""A Chinese keyboard has both."""
NAMED = re.compile(f"(-?)([A-Za-z]+)[{COLONS}]")
"""What may be the name of a filter."""
LONGEST_DATE = 5
"""Words of a date without quotes: "the 3rd of May 2024" is as long as they get."""
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
_EMPTY = " .,;:!?()-–—"
_IN_QUOTES = re.compile(rf"[{QUOTES}](?:[^{QUOTES}]|([{QUOTES}])\1)*[{QUOTES}]")
_DOUBLED = re.compile(rf"([{QUOTES}])\1")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the text.

    Attributes:
        body: a word as it stands; the inside of a phrase or of a minus part.
        exact: a minus part in quotes: only the words, not what they mean. grouped: only the meaning.
        meaning: of a filter that can be understood.
    """

    shown: QueryPart
    body: str = ""
    exact: bool = False
    grouped: bool = False
    meaning: Meaning | None = None


def split(typed: str, now: datetime) -> list[Part]:
    """The parts in their order. Never fails."""
    parts: list[Part] = []
    at = 0
    while at < len(typed):
        if typed[at].isspace():
            at += 1
            continue
        part = _filter(typed, at, now) or _without(typed, at) or _plain(typed, at)
        parts.append(part)
        at = part.shown.end
    return parts


def _plain(typed: str, at: int) -> Part:
    end = _end_of_word(typed, at)
    written = typed[at:end]
    if len(written) > 1 and _quoted(typed, at) == end:
        return Part(_shown(at, end, written, "phrase"), written[1:-1])
    return Part(_shown(at, end, written, "word"), written)


def _without(typed: str, at: int) -> Part | None:
    if typed[at] != "-":
        return None
    inner = at + 1
    if inner < len(typed) and typed[inner] == "(":
        close = typed.find(")", inner)
        body = " ".join(typed[inner + 1 : close].split()) if close > 0 else ""
        if body.strip(_EMPTY):
            return Part(_shown(at, close + 1, f"-({body})", "without", True), body, grouped=True)
    quoted = _quoted(typed, inner)
    end = quoted or _end_of_word(typed, inner)
    body = typed[inner + 1 : end - 1] if quoted else typed[inner:end]
    if not body.strip(_EMPTY):
        return None
    return Part(_shown(at, end, typed[at:end], "without", True), body, exact=bool(quoted))


def _filter(typed: str, at: int, now: datetime) -> Part | None:
    begun = NAMED.match(typed, at)
    name = begun[2].lower() if begun else ""
    name = ALIASES.get(name, name)
    if begun is None or name not in FIELDS:
        return None
    negated = bool(begun[1])
    values, end = _values(typed, begun.end())
    quoted = bool(_quoted(typed, begun.end()))
    if not quoted:
        if name in DATES and len(values) == 1:
            values, end = _whole_date(typed, end, values, now)
        elif name in MEASURES and values:
            values, end = _with_unit(typed, end, values, MEASURES[name])
    if quoted and len(values) == 1 and (name in DATES or name in MEASURES):
        written = in_quotes(values[0])  # so that no word behind it is of it
    else:
        written = ",".join(map(as_value, values))
    shown = QueryPart(at, end, f"{'-' * negated}{name}:{written}", "filter", name, negated)
    try:
        if not values:
            raise Unreadable("write what to look for after the colon")
        meaning = FIELDS[name](values, now)
        if negated and meaning.sort:
            raise Unreadable("the order cannot be excluded: take the minus away")
    except Unreadable as help:
        return Part(replace(shown, problem=f"“{typed[at:end]}” is not understood: {help}."))
    return Part(
        replace(shown, label=_without_it(meaning.label) if negated else meaning.label), meaning=meaning
    )


def _without_it(label: Phrase) -> Phrase:
    return f"not {label}"


def _values(typed: str, at: int) -> tuple[list[str], int]:
    """Values with commas between them, and where they end. In quotes, a doubled one is part of the value."""
    values: list[str] = []
    while True:
        if whole := _IN_QUOTES.match(typed, at):
            value, end = _DOUBLED.sub(r"\1", whole[0][1:-1]), whole.end()
        else:
            end = at
            while end < len(typed) and not typed[end].isspace() and typed[end] != ",":
                end += 1
            value = typed[at:end]
        if value.strip():
            values.append(" ".join(value.split()))
        if end < len(typed) and typed[end] == ",":
            at = end + 1
            continue
        return values, end


def _whole_date(typed: str, end: int, values: list[str], now: datetime) -> tuple[list[str], int]:
    """More words after `before:last` until they make a date, and its year; just the first if none do."""
    words, stop = values[0], end
    found: tuple[list[str], int] | None = None
    for _ in range(LONGEST_DATE):
        dated = bool(_YEAR.search(words))
        if (found is None or dated) and is_date(words, now):
            found = [words], stop
        if dated and found is not None:
            break
        start, stop = _next_word(typed, stop)
        if start == stop or typed[start] in QUOTES or set(COLONS) & set(typed[start:stop]):
            break
        words += " " + typed[start:stop]
    return found or (values, end)


def _with_unit(typed: str, end: int, values: list[str], units: Collection[str]) -> tuple[list[str], int]:
    """`size:>5 MB`: the unit behind a blank belongs to the number."""
    start, stop = _next_word(typed, end)
    if values[-1][-1].isdigit() and typed[start:stop].lower() in units:
        return [*values[:-1], values[-1] + typed[start:stop]], stop
    return values, end


def _next_word(typed: str, at: int) -> tuple[int, int]:
    """Where it begins and ends."""
    while at < len(typed) and typed[at].isspace():
        at += 1
    return at, _end_of_word(typed, at)


def _end_of_word(typed: str, at: int) -> int:
    """The next blank that is not between quotes."""
    while at < len(typed) and not typed[at].isspace():
        at = _quoted(typed, at) or at + 1
    return at


def _quoted(typed: str, at: int) -> int:
    """The place after the closing quote of what is quoted here; 0 when nothing is."""
    if at >= len(typed) or typed[at] not in QUOTES:
        return 0
    return next((place + 1 for place in range(at + 1, len(typed)) if typed[place] in QUOTES), 0)


def _shown(start: int, end: int, text: str, type: PartType, negated: bool = False) -> QueryPart:
    return QueryPart(start, end, text, type, negated=negated)

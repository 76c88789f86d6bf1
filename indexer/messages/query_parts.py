"""How a typed query is understood: what the window makes its chips of. The language is in `ParsedQuery`."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from indexer.words import Phrase, Sentence

PartType: TypeAlias = Literal["word", "phrase", "without", "filter"]

QUOTES = '"“”„«»'
"""Signs around words that belong together: any of them begins, and the next one ends."""


@dataclass(frozen=True, slots=True)
class QueryPart:
    """One piece of a typed query. The texts of all, with blanks between, are the same query again.

    Attributes:
        start, end: where it stands in what was typed, in characters (code points).
        text: how it is written, made regular: a chip taken away is this text taken away.
        field: of a filter, "kind" in `-kind:video`.
        label: of a filter, what it asks for in words: "before 2024-05-01".
        problem: a sentence when it cannot be understood.
    """

    start: int
    end: int
    text: str
    type: PartType
    field: str = ""
    negated: bool = False
    label: Phrase = ""
    problem: Sentence = ""


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A typed query in parts, in their order.

        kind: ext: in: before: after: on: size: camera: place: is: dur: rating: sort:

    each with values `a,b` (any of them) or "in quotes", where `""` is a quote, and `-` in front to exclude;
    `"exact words"`; `-word` (neither the word nor its meaning), `-"exact words"`, `-(a meaning)`. All else
    is words.
    """

    parts: tuple[QueryPart, ...]


def in_quotes(value: str) -> str:
    """A value of a filter as it is typed between quotes: those of its own are doubled."""
    return '"' + "".join(sign * 2 if sign in QUOTES else sign for sign in value) + '"'


def as_value(value: str) -> str:
    """The same in quotes only where it needs them."""
    needed = any(sign in QUOTES or sign == "," or sign.isspace() for sign in value)
    return in_quotes(value) if needed else value

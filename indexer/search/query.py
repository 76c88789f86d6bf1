"""What a person typed, as the words channel, the filters and the models need it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from indexer.kinds import Sort
from indexer.messages.query_parts import QUOTES, QueryPart
from indexer.search.language import Part, split
from indexer.store.filters import NONE, Filters
from indexer.store.path_text import searchable
from indexer.store.words import folded

MAXIMUM_TERMS = 16
"""Words looked up; the models read all of the text in any case."""

_PHRASE = re.compile(f"[{QUOTES}]([^{QUOTES}]*)[{QUOTES}]")
_QUOTES = re.compile(f"[{QUOTES}]")
_EDGES = " .,;:!?()[]{}<>'`´‘’…·、。，；：！？（）「」『』【】《》*"
_SEPARATORS = re.compile(r"[\s/\\]+")
_LETTER = re.compile("[a-z\u00df-\u02af\u0370-\u058f\u10a0-\u10ff\u1e00-\u1fff]")
"""Latin, Greek, Cyrillic, Armenian, Georgian: blanks part the words, and no article is joined to them."""

# Words that say nothing about what is looked for. Small on purpose: a word too few here only costs rank.
_FUNCTION_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "by",
        "for",
        "from",
        "has",
        "have",
        "in",
        "is",
        "it",
        "its",
        "my",
        "of",
        "on",
        "or",
        "our",
        "that",
        "the",
        "their",
        "this",
        "to",
        "was",
        "were",
        "with",
        "der",
        "die",
        "das",
        "den",
        "dem",
        "des",
        "ein",
        "eine",
        "einen",
        "einem",
        "einer",
        "eines",
        "und",
        "oder",
        "mit",
        "ohne",
        "im",
        "am",
        "auf",
        "aus",
        "bei",
        "von",
        "vom",
        "zu",
        "zum",
        "zur",
        "ist",
        "sind",
        "mein",
        "meine",
        "für",
    ]
)


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or a quoted phrase, which has to occur exactly as it stands (case and accents aside)."""

    text: str
    phrase: bool = False

    def occurs_in(self, folded_text: str) -> bool:
        """Anywhere in a text that went through `folded`."""
        return folded(self.text) in folded_text

    def begins_a_word_in(self, folded_text: str) -> bool:
        """Not in the middle of a word, in scripts that know such a difference."""
        text = folded(self.text)
        if not text[0].isascii() and not _LETTER.match(text):
            return text in folded_text
        at = folded_text.find(text)
        while at > 0 and _LETTER.match(folded_text, at - 1):
            at = folded_text.find(text, at + 1)
        return at >= 0


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query.

    Attributes:
        text: what the models read: the words in their order, quotes taken off.
        terms: what is looked up in names and texts.
        without: words and phrases that a hit may not hold.
        unwanted: what a hit should not show, for the models.
        filters: what a hit has to be. Folders stand as they were typed, names or paths.
        sort: None when none was typed.
        parts: all of it as the window shows it.
    """

    text: str = ""
    terms: tuple[Term, ...] = ()
    without: tuple[Term, ...] = ()
    unwanted: tuple[str, ...] = ()
    filters: Filters = NONE
    sort: Sort | None = None
    parts: tuple[QueryPart, ...] = ()

    @property
    def phrases(self) -> tuple[Term, ...]:
        """The quoted terms."""
        return tuple(term for term in self.terms if term.phrase)

    @property
    def narrows(self) -> bool:
        """Something is asked for besides words and what they mean."""
        return self.filters != NONE or bool(self.without or self.unwanted or self.sort)

    @property
    def problem(self) -> str:
        """The sentence about the first part that cannot be understood, "" if all can."""
        return next((part.problem for part in self.parts if part.problem), "")


def parse(typed: str, now: datetime | None = None) -> Query:
    """Every text is a query.

    Args:
        now: what "yesterday" is counted from; the present if None.
    """
    parts = split(typed, now or datetime.now())
    plain = " ".join(part.shown.text for part in parts if part.shown.type in ("word", "phrase"))
    text = searchable(plain)
    minus = [part for part in parts if part.shown.type == "without"]
    meanings = [part.meaning for part in parts if part.meaning]
    sorts = [meaning.sort for meaning in meanings if meaning.sort]
    return Query(
        text=" ".join(_QUOTES.sub(" ", text).split()),
        terms=_terms(text),
        without=tuple(term for part in minus if not part.grouped for term in _minus_terms(part)),
        unwanted=tuple(text for part in minus if not part.exact and (text := _spoken(part.body))),
        filters=_all(parts),
        sort=sorts[-1] if sorts else None,
        parts=tuple(part.shown for part in parts),
    )


def _terms(text: str) -> tuple[Term, ...]:
    """Words and phrases of a plain text, each once."""
    phrases = [Term(phrase.strip(), True) for phrase in _PHRASE.findall(text) if phrase.strip()]
    words = [word.strip(_EDGES) for word in _SEPARATORS.split(_QUOTES.sub(" ", _PHRASE.sub(" ", text)))]
    telling = [word for word in words if folded(word) not in _FUNCTION_WORDS and len(word) > 1]
    if not telling and not phrases:
        telling = words
    # CJK words of one character tell much; single letters only stand if there is nothing else
    telling += [word for word in words if len(word) == 1 and not word.isascii() and word not in telling]
    terms = [*phrases, *(Term(word) for word in telling if word)]
    distinct = {(folded(term.text), term.phrase): term for term in terms}
    return tuple(distinct.values())[:MAXIMUM_TERMS]


def _minus_terms(part: Part) -> list[Term]:
    text = searchable(part.body).strip() if part.exact else searchable(part.body).strip(_EDGES)
    return [Term(text, part.exact)] if text else []


def _spoken(body: str) -> str:
    return " ".join(_QUOTES.sub(" ", searchable(body)).split())


def _all(parts: Sequence[Part]) -> Filters:
    """One set of conditions: values of one field add up, fields and ranges narrow."""
    whole = NONE
    for part in parts:
        if part.meaning is None or part.meaning.filters == NONE:
            continue
        one = part.meaning.filters
        if part.shown.negated:
            whole = replace(whole, excluded=(*whole.excluded, one))
        else:
            whole = Filters(
                kinds=tuple(dict.fromkeys(whole.kinds + one.kinds)),
                extensions=whole.extensions + one.extensions,
                folders=whole.folders + one.folders,
                after=_later(whole.after, one.after),
                before=_earlier(whole.before, one.before),
                minimum_size=_later(whole.minimum_size, one.minimum_size),
                maximum_size=_earlier(whole.maximum_size, one.maximum_size),
                minimum_duration_s=_later(whole.minimum_duration_s, one.minimum_duration_s),
                maximum_duration_s=_earlier(whole.maximum_duration_s, one.maximum_duration_s),
                cameras=whole.cameras + one.cameras,
                places=whole.places + one.places,
                minimum_rating=_later(whole.minimum_rating, one.minimum_rating),
                excluded=whole.excluded,
            )
    return whole


Bound = TypeVar("Bound", datetime, int, float)


def _later(one: Bound | None, other: Bound | None) -> Bound | None:
    known = [bound for bound in (one, other) if bound is not None]
    return max(known, default=None)


def _earlier(one: Bound | None, other: Bound | None) -> Bound | None:
    known = [bound for bound in (one, other) if bound is not None]
    return min(known, default=None)

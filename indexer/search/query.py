"""What a person typed, as the words channel and the models need it."""

import re
from dataclasses import dataclass

from indexer.store.path_text import searchable
from indexer.store.words import folded

MAXIMUM_TERMS = 16
"""Words looked up; the models read all of the text in any case."""

_PHRASE = re.compile('["“”„«»]([^"“”„«»]*)["“”„«»]')
_QUOTES = re.compile('["“”„«»]')
_EDGES = " .,;:!?()[]{}<>'`´‘’…·、。，；：！？（）「」『』【】《》*"
_SEPARATORS = re.compile(r"[\s/\\]+")

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
        """Not in the middle of a word. Scripts without spaces know no such difference."""
        text = folded(self.text)
        if not text[0].isascii():
            return text in folded_text
        at = folded_text.find(text)
        while at > 0 and folded_text[at - 1].isalpha() and folded_text[at - 1].isascii():
            at = folded_text.find(text, at + 1)
        return at >= 0


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query.

    Attributes:
        text: what the models read: the words in their order, quotes taken off.
        terms: what is looked up in names and texts.
    """

    text: str
    terms: tuple[Term, ...]

    @property
    def phrases(self) -> tuple[Term, ...]:
        """The quoted terms."""
        return tuple(term for term in self.terms if term.phrase)


def parse(typed: str) -> Query:
    """Every text is a query: what is no quoted phrase is a word."""
    text = searchable(typed)
    phrases = [Term(phrase.strip(), True) for phrase in _PHRASE.findall(text) if phrase.strip()]
    words = [word.strip(_EDGES) for word in _SEPARATORS.split(_QUOTES.sub(" ", _PHRASE.sub(" ", text)))]
    telling = [word for word in words if folded(word) not in _FUNCTION_WORDS and len(word) > 1]
    if not telling and not phrases:
        telling = words
    # CJK words of one character tell much; single letters only stand if there is nothing else
    telling += [word for word in words if len(word) == 1 and not word.isascii() and word not in telling]
    terms = [*phrases, *(Term(word) for word in telling if word)]
    distinct = {(folded(term.text), term.phrase): term for term in terms}
    return Query(" ".join(_QUOTES.sub(" ", text).split()), tuple(distinct.values())[:MAXIMUM_TERMS])

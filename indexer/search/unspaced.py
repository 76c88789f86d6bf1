"""Words of scripts without blanks: a run of them that occurs nowhere is cut into the longest parts that do.

No dictionary is needed for it: what stands in the index is what counts as a word.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from indexer.search.candidates import COVERAGE
from indexer.search.query import MAXIMUM_TERMS, Query, Term
from indexer.store.store import Store

SHORTEST, LONGEST = 2, 10
"""Characters of a part."""
MOST = 40
"""Characters that are cut; more are a text and not some words, and each is looked up with those behind it."""
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Thai, Lao, Burmese, Khmer, Japanese and Chinese."""
_BETWEEN = re.compile("[的の]")
"""What only joins words."""


def cut(store: Store, query: Query) -> Query:
    """The query with terms that occur, as far as most of them does; phrases are left as they stand."""
    terms: list[Term] = []
    for term in query.terms:
        apart = not term.phrase and len(term.text) <= MOST and _UNSPACED.search(term.text)
        terms += _parts(store, term) if apart and not _occurs(store, term.text) else [term]
    return replace(query, terms=tuple(dict.fromkeys(terms))[:MAXIMUM_TERMS])


def _parts(store: Store, term: Term) -> list[Term]:
    runs = _BETWEEN.split(term.text)
    parts = [part for run in runs for part in _occurring(store, run)]
    enough = sum(map(len, parts)) >= COVERAGE * sum(map(len, runs))
    return [Term(part) for part in parts] if parts and enough else [term]


def _occurring(store: Store, run: str) -> Iterator[str]:
    start = 0
    while start < len(run):
        ends = range(min(len(run), start + LONGEST), start + SHORTEST - 1, -1)
        end = next((end for end in ends if _occurs(store, run[start:end])), 0)
        if end:
            yield run[start:end]
        start = end or start + 1


def _occurs(store: Store, text: str) -> bool:
    return any(store.lookup.word_frequency(table, text, 1) for table in ("name_word", "text_word"))

"""What could be an answer: by the words of names and texts, and by meaning."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from pathlib import PurePath
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from indexer.kinds import Kind
from indexer.messages.result_messages import SegmentType
from indexer.search import narrowing
from indexer.search.query import Query, Term
from indexer.store.filters import Filters
from indexer.store.neighbours import DEEPEST
from indexer.store.rows import FoundFile, FoundSegment
from indexer.store.store import Store
from indexer.store.words import Table, folded

COVERAGE = 0.6
"""Share of the query's information that a name or text must hold when it lacks some of the words."""
FEW_TERMS = 5
"""Of so many, the sets that tell enough are looked up, ten at most; of more, rows with any of the terms."""
COMMON: dict[Table, tuple[int, float]] = {"name_word": (50, 0.05), "text_word": (5, 0.005)}
"""A word in more rows, and in a larger share of them, says little: it lists a hit but does not move it up.
Stricter for texts, since the embedder has read them: their words only count again if they are rare."""
SHORT = 4
"""A term of fewer letters says little in the middle of another word ("car" in "scared")."""
FIRST_RETRIEVAL = 64
"""Vectors per kind asked for at first, at least; twice as many while too few files came back."""
COUNTED = 10_000
"""Rows of a term counted at most: beyond, it is common in any library."""
LOOKED_THROUGH = 10_000
"""Names or texts with the words that are looked at for enough without an excluded one: a quarter second."""
SPREAD = 5_000
"""Passages with the words among which further files are found, where a few long texts fill the list."""

TYPES: Mapping[Kind, tuple[SegmentType, ...]] = {
    "photo": ("image",),
    "screenshot": ("image",),
    "video": ("clip",),
    "document": ("page", "text"),
}
"""What the segments of a kind can be."""

Row = TypeVar("Row", FoundFile, FoundSegment)


@dataclass(frozen=True, slots=True)
class WordMatch:
    """A name (by file id) or a text (by segment id) with words of the query.

    Attributes:
        complete: all of them, each at the beginning of a word.
        specific: all of them, and they tell enough to take part in the fusion.
        exact: a quoted phrase is among them.
    """

    id: int
    complete: bool
    specific: bool
    exact: bool


@dataclass(frozen=True, slots=True)
class WordMatches:
    """Both lists, best first, and the rows they point to."""

    names: Sequence[WordMatch] = ()
    texts: Sequence[WordMatch] = ()
    files: Mapping[int, FoundFile] = field(default_factory=dict)
    segments: Mapping[int, FoundSegment] = field(default_factory=dict)


def by_words(store: Store, query: Query, filters: Filters, limit: int) -> WordMatches:
    """Names and texts with every term, then those with most of what the terms tell. Phrases always bind.

    What holds an excluded word is not among them.
    """
    if not query.terms:
        return WordMatches()

    def rows_of(told: _Told) -> Callable[[int], dict[int, tuple[bool, float]]]:
        return lambda most: _rows(store, told, query, filters, most)

    lookup = store.lookup
    of_names, of_texts = _told(store, "name_word", query), _told(store, "text_word", query)
    name_rows, files = _allowed(rows_of(of_names), lookup.files_by_id, _name, query, limit)
    text_rows, segments = _allowed(rows_of(of_texts), lookup.segments_by_id, _words, query, limit)
    names = {id: folded(file.path) for id, file in files.items()}
    texts = {id: folded(segment.words) for id, segment in segments.items()}
    return WordMatches(
        _graded(of_names, query, name_rows, names)[:limit],
        _graded(of_texts, query, text_rows, texts),
        files,
        segments,
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """What terms tell among names or texts: a rare one much, one that is found everywhere hardly anything.

    Attributes:
        share: of what all of them tell together, by term. rare: those that are in few rows.
    """

    table: Table
    share: Mapping[Term, float]
    rare: frozenset[Term]

    def enough(self) -> list[tuple[Term, ...]]:
        """The smallest sets that tell enough, without that of all terms; first those that tell most."""
        found: list[tuple[Term, ...]] = []
        for count in range(1, len(self.share)):
            for terms in combinations(self.share, count):
                if self.coverage(terms) >= COVERAGE and not any(set(less) <= set(terms) for less in found):
                    found.append(terms)
        return sorted(found, key=self.coverage, reverse=True)

    def coverage(self, terms: Iterable[Term]) -> float:
        """What these tell of all."""
        return sum(self.share[term] for term in terms)


def _told(store: Store, table: Table, query: Query) -> _Told:
    total = store.lookup.word_rows(table)
    rows, part = COMMON[table]
    common = max(rows, part * total)
    counted = min(COUNTED, int(common) + 1)
    frequency = {term: store.lookup.word_frequency(table, term.text, counted) for term in query.terms}
    told = {term: max(0.1, math.log((total + 1) / (count + 0.5))) for term, count in frequency.items()}
    together = sum(told.values())
    return _Told(
        table,
        {term: each / together for term, each in told.items()},
        frozenset(term for term, count in frequency.items() if count <= common),
    )


def by_meaning(
    store: Store,
    space: int,
    vector: NDArray[np.float32],
    filters: Filters,
    limit: int,
    near: Callable[[SegmentType, bool, float], bool],
    allowed: Callable[[FoundSegment], bool],
) -> tuple[dict[int, FoundSegment], dict[int, float]]:
    """The nearest segments, until `limit` files have one that may be shown or nothing more can come.

    Args:
        near: whether one of this type, or a part of a picture, with this cosine is worth showing; farther
            ones like it are not, if it is not.
        allowed: whether it is, apart from that.

    Returns:
        Segments and their cosines, both by segment id.
    """
    segments: dict[int, FoundSegment] = {}
    scores: dict[int, float] = {}
    to_come = {kind: TYPES[kind] for kind in filters.possible_kinds}
    k = max(FIRST_RETRIEVAL, math.ceil(limit / max(1, len(to_come))))
    while to_come:
        farthest: dict[Kind, float] = {}
        for kinds, types in _turns(to_come):
            ids, similar = store.lookup.nearest(space, vector, k, replace(filters, kinds=kinds), types)
            found = dict(zip(ids.tolist(), similar.tolist(), strict=True))
            segments |= store.lookup.segments_by_id([id for id in found if id not in segments])
            scores |= {id: score for id, score in found.items() if id in segments}
            for kind in kinds:
                cosines = [scores[id] for id in found if id in segments and segments[id].kind == kind]
                if len(cosines) >= k:  # otherwise there are no more
                    farthest[kind] = min(cosines)
        # What is weak for a passage may be a good page: each type stays as long as one more may be near.
        left = {
            kind: tuple(type for type in to_come[kind] if near(type, False, last) or near(type, True, last))
            for kind, last in farthest.items()
        }
        to_come = {kind: types for kind, types in left.items() if types}
        if k >= DEEPEST:
            break
        contents = {
            segment.content_id
            for id, segment in segments.items()
            if near(segment.type, segment.box is not None, scores[id]) and allowed(segment)
        }
        if sum(map(len, store.lookup.files_by_content(list(contents), filters).values())) >= limit:
            break
        k = min(2 * k, DEEPEST)
    return segments, scores


def all_near(
    store: Store,
    space: int,
    vector: NDArray[np.float32],
    filters: Filters,
    near: Callable[[SegmentType, bool, float], bool],
) -> set[int]:
    """Contents with a segment that is `near`, among the `DEEPEST` nearest of each kind."""
    k = FIRST_RETRIEVAL
    while True:
        ids, similar = store.lookup.nearest(space, vector, k, filters)
        scores = dict(zip(ids.tolist(), similar.tolist(), strict=True))
        segments = store.lookup.segments_by_id(list(scores))
        found = [one for one in segments.values() if near(one.type, one.box is not None, scores[one.id])]
        if len(found) < k or k >= DEEPEST:  # fewer than there may be of each kind: no more are near
            return {one.content_id for one in found}
        k = min(4 * k, DEEPEST)


def _turns(
    to_come: Mapping[Kind, tuple[SegmentType, ...]],
) -> Iterator[tuple[tuple[Kind, ...], tuple[SegmentType, ...]]]:
    """Kinds that are asked for together, and to which types that is limited; none where any may come."""
    if whole := tuple(kind for kind, types in to_come.items() if types == TYPES[kind]):
        yield whole, ()
    yield from (((kind,), types) for kind, types in to_come.items() if types != TYPES[kind])


def _allowed(
    rows_of: Callable[[int], dict[int, tuple[bool, float]]],
    load: Callable[[Sequence[int]], dict[int, Row]],
    text_of: Callable[[Row], str],
    query: Query,
    limit: int,
) -> tuple[dict[int, tuple[bool, float]], dict[int, Row]]:
    """The best rows that hold no excluded word, by id, `limit` of them where so many are looked through.

    Args:
        rows_of: the best so many. load: what is known of them by their ids. text_of: the words of one.
    """
    most = limit
    while True:
        rows = rows_of(most)
        loaded = load(list(rows))
        kept = loaded
        if query.without:
            kept = {id: one for id, one in loaded.items() if not narrowing.holds(text_of(one), query)}
        if len(kept) == len(loaded) or len(kept) >= limit or len(rows) < most or most >= LOOKED_THROUGH:
            return {id: row for id, row in rows.items() if id in kept}, kept
        most = min(4 * most, LOOKED_THROUGH)


def _name(file: FoundFile) -> str:
    return PurePath(file.path).name


def _words(segment: FoundSegment) -> str:
    return segment.words


def _rows(
    store: Store, told: _Told, query: Query, filters: Filters, limit: int
) -> dict[int, tuple[bool, float]]:
    """Row id to (has every term, bm25).

    Others than those with every term only if they may tell enough, or hold all phrases: what does is compared
    by its meaning, whatever words it lacks.
    """
    terms = [term.text for term in query.terms]
    rows = {id: (True, bm25) for id, bm25 in _best(store, told.table, terms, True, limit, filters)}
    sets, whole = [query.terms], False
    if query.phrases:
        sets, whole = [query.phrases], True
    elif len(terms) <= FEW_TERMS:
        sets, whole = told.enough(), True  # together these are far fewer than the rows with any of the terms
    for each in sets:
        if len(rows) >= limit:
            break
        for id, bm25 in _best(store, told.table, [term.text for term in each], whole, limit, filters):
            rows.setdefault(id, (False, bm25))
    return rows


def _best(
    store: Store, table: Table, terms: Sequence[str], every: bool, limit: int, filters: Filters
) -> list[tuple[int, float]]:
    """The best rows; of texts also the best one of each further content, until `limit` contents have one."""
    most = limit if table == "name_word" else max(limit, SPREAD)
    found = store.lookup.word_matches(table, terms, every, most, filters)
    if len(found) <= limit:
        return found
    contents = store.lookup.contents_of([id for id, _ in found])
    first: dict[int | None, int] = {}
    for place, (id, _) in enumerate(found):
        first.setdefault(contents.get(id), place)
    spread = set(list(first.values())[:limit])
    return [row for place, row in enumerate(found) if place < limit or place in spread]


def _graded(
    told: _Told, query: Query, rows: Mapping[int, tuple[bool, float]], texts: Mapping[int, str]
) -> list[WordMatch]:
    graded: list[tuple[tuple[float, ...], WordMatch]] = []
    for id, (every, bm25) in rows.items():
        if id not in texts:  # removed meanwhile
            continue
        held = [term for term in query.terms if term.occurs_in(texts[id])] if not every else list(query.terms)
        coverage = told.coverage(held)
        if coverage < COVERAGE or not set(query.phrases) <= set(held):
            continue
        starting = [term.begins_a_word_in(texts[id]) for term in held]
        complete = len(held) == len(query.terms) and all(starting)
        # Part of a number or code is looked for as it is written; no model may say it means nothing.
        coded = every and any(character.isdigit() for term in held for character in term.text)
        exact = bool(query.phrases) or coded
        telling = every and not told.rare.isdisjoint(held) and all(map(_telling, held, starting))
        match = WordMatch(id, complete, exact or telling, exact)
        graded.append(((float(every), coverage, float(complete), bm25), match))
    graded.sort(key=lambda pair: pair[0], reverse=True)
    return [match for _, match in graded]


def _telling(term: Term, begins_a_word: bool) -> bool:
    return begins_a_word or term.phrase or len(term.text) >= SHORT

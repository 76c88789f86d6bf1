"""What a hit has to be, and what it may not hold."""

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePath

from indexer.messages.search_messages import Search
from indexer.paths import absolute
from indexer.search.query import Query
from indexer.store.filters import NONE, Filters
from indexer.store.rows import FoundFile
from indexer.store.store import Store
from indexer.store.words import folded

_AT_ONCE = 1000
NOTHING = Filters(excluded=(NONE,))
"""No file fits."""


def filters(store: Store, request: Search, query: Query) -> tuple[Filters, str]:
    """Those of the request and the typed ones together, folders by their paths, and a note about them."""
    typed = query.filters
    if request.kinds and typed.kinds:
        both = tuple(kind for kind in typed.kinds if kind in request.kinds)
        if not both:
            return NOTHING, ""
        typed = replace(typed, kinds=both)
    elif request.kinds:
        typed = replace(typed, kinds=tuple(request.kinds))
    if request.newer_than or request.read_after is not None:
        typed = replace(typed, newer_than=request.newer_than, read_after=request.read_after)
    unknown: list[str] = []
    typed = _with_paths(store, typed, unknown)
    excluded = tuple(_with_paths(store, one, unknown) for one in typed.excluded)
    note = f"No folder in the index is called “{unknown[0]}”." if unknown else ""
    return replace(typed, excluded=excluded), note


def without(files: Iterable[FoundFile], query: Query) -> Iterator[FoundFile]:
    """Those whose name holds no excluded word."""
    return (file for file in files if not query.without or not holds(PurePath(file.path).name, query))


def holds(text: str, query: Query) -> bool:
    """Whether a text holds an excluded word or phrase."""
    if not query.without or not text:
        return False
    plain = folded(text)
    return any(
        term.occurs_in(plain) if term.phrase else term.begins_a_word_in(plain) for term in query.without
    )


def apart(store: Store, filters: Filters, query: Query, cancelled: Callable[[], bool]) -> Filters:
    """The filters, and nothing that holds an excluded word or phrase; not all of them once `cancelled`.

    Every name and text with one is looked at: only for a list of all that fits, not for the few best.
    """
    files: set[int] = set()
    contents: set[int] = set()
    for term in query.without:
        names = store.lookup.all_word_matches("name_word", term.text, filters, cancelled)
        for portion in _portions(names):
            if cancelled():  # every name of a library may hold what is only begun, "-d" of "-draft"
                return filters
            paths = store.lookup.paths_of(portion)
            files |= {id for id, path in paths.items() if holds(PurePath(path).name, query)}
        texts = store.lookup.all_word_matches("text_word", term.text, filters, cancelled)
        contents |= _telling(store, texts, query, cancelled)
    return replace(filters, without_files=tuple(sorted(files)), without_contents=tuple(sorted(contents)))


def telling(store: Store, contents: Collection[int], query: Query) -> set[int]:
    """Those of these contents whose texts hold an excluded word or phrase, wherever."""
    found: set[int] = set()
    if contents:
        for term in query.without:
            texts = store.lookup.text_matches_within(term.text, list(contents))
            found |= _telling(store, texts, query, lambda: False)
    return found


def _telling(store: Store, texts: Sequence[int], query: Query, cancelled: Callable[[], bool]) -> set[int]:
    """Contents of those of these texts that hold an excluded word, and not only a part of another word."""
    found: set[int] = set()
    for portion in _portions(texts):
        if cancelled():
            break
        contents = store.lookup.contents_of(portion)
        unsure = [id for id, content in contents.items() if content not in found]
        read = store.lookup.segments_by_id(unsure)
        found |= {one.content_id for one in read.values() if holds(one.words, query)}
    return found


def _portions(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))


def _with_paths(store: Store, filters: Filters, unknown: list[str]) -> Filters:
    paths: list[str] = []
    for name in filters.folders:
        found = _paths(store, name)
        if not found:
            unknown.append(name)
        paths += found or [name]
    return replace(filters, folders=tuple(paths))


def _paths(store: Store, name: str) -> Sequence[str]:
    path = os.path.expanduser(name)  # noqa: PTH111 - pathlib's fails where nobody is called so
    if Path(path).is_absolute():
        return store.lookup.folders_at(str(absolute(path)))
    return store.lookup.folders_named(name)

"""Searches for somebody who does not know what to ask: each finds something in this very index.

They are made of what the index says about itself (places, months, names, words on screens), not of sentences
of ours that a model would have to be asked about first. So they are there at once, and they are never wrong.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, zip_longest

from indexer.messages.query_parts import as_value
from indexer.store.filters import Filters
from indexer.store.overview import Overview

MANY = 6
"""Examples made at most."""
_WORDS = re.compile(r"[^\W\d_]{4,}")
_DULL = re.compile(r"(?i)^(img|dsc|vid|pxl|scan|image|photo|screenshot|bildschirmfoto|copy|final|untitled)$")
_FEW = 3
"""Words of a name that are used."""


def examples(overview: Overview) -> tuple[str, ...]:
    """Different sorts of questions first, each as it would be typed."""
    sources = (_titles(overview), _screens(overview), _places(overview), _months(overview), _films(overview))
    mixed = [
        text
        for turn in zip_longest(*(list(_first(source, 2)) for source in sources))
        for text in turn
        if text
    ]
    return tuple(dict.fromkeys(mixed))[:MANY]


def _titles(overview: Overview) -> Iterator[str]:
    for name in overview.recent_names("document"):
        words = [word for word in _WORDS.findall(name) if not _DULL.match(word)]
        if len(words) >= 2:
            yield " ".join(words[:_FEW]).lower()
    for name in overview.recent_names("photo"):
        words = [word for word in _WORDS.findall(name) if not _DULL.match(word)]
        if len(words) >= 2:
            yield " ".join(words[:_FEW]).lower()


def _screens(overview: Overview) -> Iterator[str]:
    """Two words that stand beside each other on a picture."""
    for text in overview.recent_readings():
        for line in text.splitlines():
            words = line.split()
            for one, other in pairwise(words):
                if _WORDS.fullmatch(one) and _WORDS.fullmatch(other):
                    yield f'"{one} {other}"'
                    break
            else:
                continue
            break


def _places(overview: Overview) -> Iterator[str]:
    for place, _ in overview.places().most_common(2):
        yield f"place:{as_value(place.partition(',')[0].strip())}"


def _months(overview: Overview) -> Iterator[str]:
    months = overview.months(Filters(kinds=("photo",)))
    for month in sorted(months, key=lambda one: -one.files):
        yield f"kind:photo on:{month.year:04}-{month.month:02}"


def _films(overview: Overview) -> Iterator[str]:
    if overview.count(Filters(kinds=("video",), minimum_duration_s=10)):
        yield "kind:video dur:>10s"


def _first(source: Iterator[str], count: int) -> Sequence[str]:
    return [text for text, _ in zip(source, range(count), strict=False)]

"""Names that hold only some of the words: exactly those that hold enough of what the words tell."""

import math
import random

import pytest

from indexer.search import candidates
from indexer.search.candidates import COMMON, COVERAGE
from indexer.search.query import parse
from indexer.store.filters import Filters

WORDS = ("harbour", "lantern", "meadow", "zebra", "quartz", "violin", "pepper")
LIMIT, FEW = 1000, 20


@pytest.fixture
def names(library) -> list[str]:
    """Of 400 files; the first words are in many of them, the last in few."""
    rng = random.Random(5)
    made = []
    with library.store.transaction():
        for number in range(400):
            held = [word for at, word in enumerate(WORDS) if rng.random() < 0.5**at]
            rng.shuffle(held)
            made.append(" ".join([*held, f"x{number}"]))
            library.pending(f"{made[-1]}.jpg")
    return made


@pytest.mark.parametrize("count", [2, 3, 4, 5, 6])
def test_rows_with_enough_of_the_words_are_found_and_no_others(library, names, count):
    rng = random.Random(count)
    for _ in range(12):
        asked = rng.sample(WORDS, count)
        found = candidates.by_words(library.store, parse(" ".join(asked)), Filters(), LIMIT)
        told = {}
        rows, share = COMMON["name_word"]
        for word in asked:
            counted = min(int(max(rows, share * len(names))) + 1, sum(word in name for name in names))
            told[word] = max(0.1, math.log((len(names) + 1) / (counted + 0.5)))
        holds = {
            name: sum(told[word] for word in asked if word in name) / sum(told.values()) for name in names
        }
        expected = {name for name in names if holds[name] >= COVERAGE}
        order = [
            files.path.removeprefix("/library/").removesuffix(".jpg")
            for files in (found.files[match.id] for match in found.names)
        ]
        assert set(order) == expected
        if count <= candidates.FEW_TERMS:
            few = candidates.by_words(library.store, parse(" ".join(asked)), Filters(), FEW)
            assert len(few.names) == min(FEW, len(expected)), "what tells too little is in nothing's way"
            every = [name for name in order if all(word in name for word in asked)]
            assert order[: len(every)] == every
            rest = [holds[name] for name in order[len(every) :]]
            assert rest == sorted(rest, reverse=True)


def test_what_holds_the_phrase_is_compared_whatever_else_it_lacks(library):
    library.document("told.pdf", "a stall of the harbour market in spring")
    library.document("other.pdf", "a harbour without one")
    found = library.search('stall quartz "harbour market"', weak=True)
    assert [hit.path for hit in found] == ["/library/told.pdf"]

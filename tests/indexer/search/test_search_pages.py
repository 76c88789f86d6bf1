"""Page after page, as the window asks for them when it is scrolled: nothing lost and nothing twice."""

from pathlib import Path

import pytest

from indexer.search import candidates, pipeline

DAY = 86_400 * 10**9


@pytest.fixture
def scrolled(library, monkeypatch):
    """Every name of an answer in small pages."""
    monkeypatch.setattr(candidates, "FIRST_RETRIEVAL", 1)

    def scroll(text: str, limit: int, **options: object) -> list[str]:
        found: list[str] = []
        while True:
            page = library.stages(text, limit=limit, offset=len(found), rerank=False, **options)[-1]
            new = [Path(hit.path).name for hit in page.hits]
            assert not set(new) & set(found)
            found += new
            if not new or len(found) >= page.total:
                return found

    return scroll


def test_what_a_deeper_look_moves_to_the_front_comes_on_a_later_page(library, scrolled):
    library.photo("a.jpg", "red")
    library.photo("b.jpg", "red grey")
    library.photo("c.jpg", "red grey yellow")
    library.photo("red.jpg", "green")
    library.photo("red 1.jpg", "blue")
    library.photo("red 12.jpg", "black")
    library.photo("red 1 and more of it.jpg", "red grey yellow green")
    whole = library.names("red", rerank=False)
    assert whole[0] == "red 1 and more of it.jpg", "by its name and by what it shows, though last in both"
    pages = scrolled("red", 2)
    assert sorted(pages) == sorted(whole)
    assert pages[0] != whole[0], "it was not found yet"


@pytest.mark.parametrize("sort", ["newest", "oldest", "name", "size"])
def test_an_order_other_than_relevance_is_one_order_over_all_pages(library, scrolled, sort):
    for n, means in enumerate(["red", "red grey", "red grey blue", "red grey blue green"]):
        library.photo(f"{9 - n}.jpg", means, mtime=n * DAY)
    expected = library.names("red", rerank=False, sort=sort)
    assert expected[0] == {"newest": "6.jpg", "name": "6.jpg"}.get(sort, "9.jpg")
    assert scrolled("red", 1, sort=sort) == expected


@pytest.mark.parametrize("text", ["red", "red kind:photo", "kind:photo", "kind:photo sort:name"])
def test_what_is_folded_does_not_end_the_list(library, scrolled, text):
    for n in range(12):
        library.photo(f"copy {n:02}.jpg", "red", content="same", mtime=9 * DAY + n)
    others = [f"one {n}.jpg" for n in range(6)]
    for name in others:
        library.photo(name, "red grey")
    assert sorted(scrolled(text, 2, fold=True)[1:]) == others


def test_a_page_that_seems_to_be_the_last_knows_of_the_next(library, scrolled, monkeypatch):
    for n in range(8):
        library.photo(f"{n}.jpg", "red", content=f"p{n}")
    whole = library.stages("red", limit=8, rerank=False)[-1]
    assert (whole.total, whole.at_least) == (8, False)
    first = library.stages("red", limit=4, rerank=False)[-1]
    assert (first.total > 4, first.at_least) == (True, True)
    listed = library.stages("kind:photo", limit=4)[-1]
    assert (listed.total, listed.at_least) == (8, False)
    assert len(scrolled("red", 4)) == 8
    assert library.stages("red sort:name", limit=4, rerank=False)[-1].note == ""
    monkeypatch.setattr(pipeline, "SORTED", 6)
    note = "Only the best 6 matches are in this order; the others follow behind them."
    assert library.stages("red sort:name", limit=4, rerank=False)[-1].note == note
    assert library.stages("kind:photo sort:name", limit=4)[-1].note == ""


@pytest.mark.parametrize("text", ["red", "kind:photo"])
def test_each_list_is_folded_once(library, monkeypatch, text):
    for n in range(9):
        library.photo(f"{n}.jpg", "red", content=f"p{n}")
    folding = []
    fold = pipeline.folded
    monkeypatch.setattr(pipeline, "folded", lambda *given: folding.append(1) or fold(*given))
    lists = library.stages(text, limit=4, fold=True)
    assert lists[-1].total > 4
    assert len(folding) == len(lists)

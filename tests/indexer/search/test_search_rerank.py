import shutil
from pathlib import Path

import pytest

from indexer.messages.search_messages import Search
from indexer.search import rerank
from indexer.search.relevance import RERANKED
from indexer.store.rows import SegmentRow


@pytest.fixture
def shades(library):
    """Photos whose vectors and pictures disagree: the embedder takes `wrong` for the best."""
    library.photo("right.jpg", "red grey grey2")
    hash = library.photo("wrong.jpg", "red")
    library.previews.remove(hash)
    shown = library.photo("blue", "blue")
    library.store.remove_files([library.store.file("/library/blue").id])
    shutil.copytree(library.previews.thumbnail(shown).parent, library.previews.thumbnail(hash).parent)
    return library


def test_the_reranker_settles_the_order(shades):
    before, after = shades.stages("red")[1:]
    assert [Path(hit.path).name for hit in before.hits] == ["wrong.jpg", "right.jpg"]
    assert Path(after.hits[0].path).name == "right.jpg"
    assert after.hits[0].relevance == "strong"


def test_what_both_find_weak_is_dropped(library):
    hash = library.photo("a.jpg", "red x1 x2 x3 x4 x5")
    assert [hit.relevance for hit in library.stages("red")[1].hits] == ["possible"]
    library.previews.remove(hash)
    other = library.photo("blue.jpg", "blue")
    shutil.copytree(library.previews.thumbnail(other).parent, library.previews.thumbnail(hash).parent)
    assert library.names("red") == []


def test_a_lost_preview_keeps_its_place(library):
    for n, means in enumerate(["red", "red grey", "red grey grey2"]):
        library.photo(f"{n}.jpg", means)
    shutil.rmtree(library.previews.thumbnail(library.photo("1b.jpg", "red grey")).parent)
    names = library.names("red")
    assert names[0] == "0.jpg"
    assert names.index("1b.jpg") < names.index("2.jpg")


def test_all_previews_lost_leaves_the_embedders_order(library, tmp_path):
    for n, means in enumerate(["red", "red grey", "red grey grey2"]):
        library.photo(f"{n}.jpg", means)
    shutil.rmtree(tmp_path / "cache")
    assert library.names("red") == ["0.jpg", "1.jpg", "2.jpg"]
    assert library.reranker.seen == []


def test_only_the_first_files_are_judged_and_the_rest_gains_nothing_by_it(library):
    for n in range(30):
        hash = library.photo(f"{n}.jpg", "red", content=f"p{n}")
        library.previews.remove(hash)
        library.photo(f"{n}-shown.jpg", "blue", content=f"b{n}")
        shown = library.store.file(f"/library/{n}-shown.jpg").content_hash
        shutil.copytree(library.previews.thumbnail(shown).parent, library.previews.thumbnail(hash).parent)
    library.searcher.rerank_files = 10
    assert len(library.stages("red")[1].hits) == 30
    hits = library.search("red")
    assert len(library.reranker.seen) == 20, "ten in each of two searches"
    assert {hit.relevance for hit in hits} == {"possible"}, "the unseen fare as the seen, which show no red"


def test_the_order_is_shown_as_soon_as_ten_are_judged(library):
    for n in range(24):
        library.photo(f"{n:02}.jpg", "red", content=f"p{n}")
    library.searcher.deadline_s = 600
    stages = library.stages("red")
    assert [(one.stage, one.final) for one in stages] == [
        ("words", False),
        ("meaning", False),
        ("reranked", False),
        ("reranked", False),
        ("reranked", True),
    ]
    assert len(library.reranker.seen) == 24
    assert all(len(one.hits) == 24 for one in stages[1:])


def test_other_segments_of_a_file_fare_as_the_judged_one(library):
    rows = [SegmentRow("clip", start_s=float(n), end_s=n + 1.0, preview_times=(0.0,)) for n in range(3)]
    hash = library.add("film.mp4", "video", *rows, means=["red x1 x2 x3"] * 3)
    assert library.names("red", rerank=False) == ["film.mp4"]
    library.previews.remove(hash)
    other = library.add("blue.mp4", "video", *rows, means=["blue"] * 3)
    shutil.copytree(library.previews.thumbnail(other).parent, library.previews.thumbnail(hash).parent)
    assert library.names("red") == []


def test_the_deadline_is_kept_and_what_was_judged_counts(library, monkeypatch):
    for n in range(12):
        library.photo(f"{n}.jpg", "red", content=f"p{n}")
    clock = [0.0]
    monkeypatch.setattr(rerank.time, "monotonic", lambda: clock[0])
    score = library.reranker.score

    def slowly(query, documents, instruction=None):
        clock[0] += 1.0 * len(documents)
        return score(query, documents)

    library.reranker.score = slowly
    library.searcher.deadline_s = 5.5
    assert len(library.names("red")) == 12
    assert len(library.reranker.seen) == 5, "two, then as many as fit"


def test_one_document_no_model_takes_does_not_stop_the_others(library):
    for n, means in enumerate(["red green", "red blue", "red"]):
        library.photo(f"{n}.jpg", "red" if n != 1 else "blue", content=f"p{n}-{means}")
    library.document("odd.txt", "red unusable")
    library.reranker.refuses = "unusable"
    last = library.stages("red")[-1]
    assert (last.final, last.note) == (True, "")
    assert library.reranker.seen


def test_a_passage_may_be_overruled_but_stays_listed(library):
    library.document("noise.txt", "stored in a jar")
    library.photo("a.jpg", "red jar")
    names = library.names("red jar")
    assert names[0] == "a.jpg"


def test_a_cancelled_rerank_ends(library):
    for n in range(12):
        library.photo(f"{n}.jpg", "red", content=f"p{n}")
    calls = []

    def cancelled():
        calls.append(1)
        return len(calls) > 5

    stages = list(library.searcher.run(Search(1, "red"), (), cancelled))
    assert [stage.stage for stage in stages] == ["words", "meaning"]
    assert len(library.reranker.seen) < 12


def test_default_thresholds_are_sane():
    assert 0 < RERANKED.possible < RERANKED.strong < 1

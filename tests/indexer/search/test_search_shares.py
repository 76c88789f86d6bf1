import shutil

import pytest

from indexer.errors import UserError
from indexer.evaluation.rankings import by_words
from indexer.search.shares import Shares


@pytest.fixture
def measured(library, tmp_path):
    """The library's searcher with a calibration file, and what writes into it."""
    file = library.searcher.calibration = tmp_path / "calibration.json"
    folder = library.embedder.folder

    def write(words=None, judged=None):
        Shares.read(file).changed(folder, folder, words or {}, judged or {}).write(file)

    return write


def test_the_words_count_as_much_as_was_measured_from_the_next_search_on(library, measured):
    library.document("says it.txt", "report grey grey2")
    library.photo("means it.jpg", "report")
    names = ("says it.txt", "means it.jpg")
    assert library.names("report", rerank=False) == ["says it.txt", "means it.jpg"], "found by both"
    measured(words={"photo": 0.0})
    assert library.names("report", rerank=False) == ["means it.jpg", "says it.txt"], (
        "meaning is all for photos"
    )
    sweep = by_words(library.searcher.pool, {"photo": 0.0}, {f"/library/{name}": name for name in names})
    assert sweep.orders[0.0] == sweep.used == ["means it.jpg", "says it.txt"], "as evaluate tries it"
    assert sweep.orders[0.5] == sweep.orders[1.0] == ["says it.txt", "means it.jpg"]
    measured(words={"photo": 0.5})
    assert library.names("report", rerank=False) == ["says it.txt", "means it.jpg"]


def test_the_reranker_counts_as_much_as_was_measured(library, measured):
    library.photo("right.jpg", "red grey grey2")
    hash = library.photo("wrong.jpg", "red")
    library.previews.remove(hash)
    shown = library.photo("blue.jpg", "blue")
    shutil.copytree(library.previews.thumbnail(shown).parent, library.previews.thumbnail(hash).parent)
    assert library.names("red")[0] == "right.jpg"
    measured(judged={"photo": 0.0})
    assert library.names("red")[0] == "wrong.jpg", "the embedder alone"
    measured(judged={"document": 0.0, "photo": 1.0})
    assert library.names("red")[0] == "right.jpg"


def test_other_models_keep_theirs(tmp_path):
    file = tmp_path / "calibration.json"
    one, other, judge = tmp_path / "one", tmp_path / "other", tmp_path / "judge"
    assert Shares.read(file) == Shares.read(None) == Shares()
    Shares().changed(one, judge, {"photo": 0.2}, {"video": 0.4}).write(file)
    Shares.read(file).changed(one, None, {"document": 0.9}, {"video": 0.5}).write(file)
    shares = Shares.read(file)
    assert shares.of_words(one) == {"photo": 0.2, "document": 0.9}
    assert shares.of_reranker(one, judge) == {"video": 0.4}, "without a reranker nothing is known about one"
    assert shares.of_words(other) == shares.of_reranker(other, judge) == {}


@pytest.mark.parametrize(
    "text", ["", "[]", '{"words": {"tiny": {"photo": 1.5}}}', '{"words": {"tiny": {"song": 1}}}']
)
def test_a_file_that_makes_no_sense_is_named_and_words_still_answer(library, tmp_path, text):
    file = library.searcher.calibration = tmp_path / "calibration.json"
    file.write_text(text)
    with pytest.raises(UserError, match=r"calibration\.json cannot be used"):
        Shares.read(file)
    library.document("report.txt", "report")
    last = library.stages("report")[-1]
    assert last.final
    assert "calibration.json" in last.note
    assert len(last.hits) == 1

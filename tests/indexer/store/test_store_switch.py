"""Vectors of another embedder beside the current ones: which answer, and what an end in between leaves."""

import numpy as np
import pytest

from indexer.errors import OtherEmbedder
from indexer.store.rows import ItemRow, SegmentRow
from indexer.store.store import Store
from indexer.store.switch import MadeWith

NEW = ("new", 16, "second")


@pytest.fixture
def filled(store, seen, vectors):
    for n in range(3):
        id = store.add_file(seen(f"/library/{n}.txt"))
        rows = [SegmentRow("text", f"words {n} {m}") for m in range(2)]
        store.add_content(id, f"{n:032x}", ItemRow("document"), rows, vectors(2, seed=n))
    assert store.switch.want(MadeWith("tiny", "balanced"))
    return store


def new_vectors(n):
    return np.eye(16, dtype=np.float32)[[2 * n, 2 * n + 1]]


def test_the_old_vectors_answer_until_all_new_ones_are_there(filled, vectors, tmp_path):
    old = filled.find_space("tiny", 64, "first")
    space = filled.switch.begin(*NEW)
    after = 0
    for n in range(3):
        assert filled.embedder() == "tiny"
        assert filled.counts().vectors == 6
        assert filled.lookup.nearest(old, vectors(1, seed=1)[0], 1)[1][0] == pytest.approx(1, abs=1e-3)
        with pytest.raises(OtherEmbedder):
            filled.find_space(*NEW)
        lacking = filled.switch.next(space, after)
        assert (lacking.hash, lacking.path) == (f"{n:032x}", f"/library/{n}.txt")
        filled.switch.add(space, lacking, new_vectors(n))
        after = lacking.content
        assert filled.switch.share(space) == pytest.approx((n + 1) / 3)
        assert filled.check() == []
    assert filled.switch.next(space, 0) is None
    assert filled.switch.lacking(space) == 0
    assert filled.switch.finish(space) == []
    assert filled.embedder() == "new"
    assert filled.switch.former() is None
    assert filled.find_space(*NEW) == space
    ids, scores = filled.lookup.nearest(space, new_vectors(2)[1], 1)
    assert scores[0] == pytest.approx(1, abs=1e-3)
    assert filled.lookup.segments_by_id(ids.tolist())[int(ids[0])].text == "words 2 1"
    for question in (filled.lookup.nearest, filled.lookup.similarities):
        with pytest.raises(OtherEmbedder, match="ask again"):
            question(old, vectors(1)[0], [1] if question == filled.lookup.similarities else 1)
    with filled._database.read() as connection:
        left = connection.execute(
            "SELECT count(*) FROM sqlite_schema WHERE name LIKE ?", (f"fine_{old}",)
        ).get
    assert left == 0, "the room of the old ones is free"
    assert filled.check() == []


def test_what_was_made_is_there_after_a_restart(filled, vectors):
    space = filled.switch.begin(*NEW)
    filled.switch.add(space, filled.switch.next(space, 0), new_vectors(0))
    filled.close()
    with Store.open(filled._database.path) as store:
        assert store.switch.former() == MadeWith("tiny", "balanced")
        assert store.space("tiny", 64, "first") != space
        assert store.switch.begin(*NEW) == space
        assert store.switch.next(space, 0).path == "/library/1.txt"


def test_files_that_come_go_and_change_in_between(filled, seen, vectors):
    space = filled.switch.begin(*NEW)
    lacking = filled.switch.next(space, 0)
    filled.remove_files([lacking.file])
    filled.orphan_contents()
    filled.switch.add(space, lacking, new_vectors(0))
    assert filled.check() == [], "no vectors of what has gone"
    id = filled.add_file(seen("/library/later.txt"))
    filled.add_content(id, "aa" * 16, ItemRow("document"), [SegmentRow("text", "late")], vectors(1, seed=9))
    assert filled.switch.lacking(space) == 3, "one came, one went"
    filled.switch.give_up(filled.switch.next(space, 0), "The model cannot read it.")
    assert [problem.path for problem in filled.problems()] == ["/library/1.txt"]
    for n in (2, 3):
        lacking = filled.switch.next(space, 0)
        filled.switch.add(space, lacking, new_vectors(n)[: len(lacking.segments)])
    assert filled.switch.finish(space) == [f"{1:032x}"], "what no file has any more went, too"
    assert filled.check() == []
    assert filled.counts().vectors == 3


def test_what_cannot_be_looked_at_again_is_read_from_the_start(filled):
    lacking = filled.switch.next(filled.switch.begin(*NEW), 0)
    filled.switch.read_again(lacking)
    assert filled.content(lacking.hash) is None, "else its file got that again, and lacked vectors for ever"
    assert [row.path for row in filled.next_pending(9)] == [lacking.path]
    assert filled.check() == []


def test_drives_that_are_not_connected_hold_the_change_up(filled):
    space = filled.switch.begin(*NEW)
    filled.set_folder_problem("/library", "It is not connected.")
    assert filled.switch.next(space, 0) is None
    assert filled.switch.lacking(space) == 3


def test_a_paused_folder_is_not_read_for_the_change(filled):
    filled.add_folder("/library")
    space = filled.switch.begin(*NEW)
    filled.wishes.pause("/library")
    assert filled.switch.next(space, 0) is None
    assert filled.switch.lacking(space) == 3, "and nothing is swapped without it"
    filled.wishes.resume("/library")
    assert filled.switch.next(space, 0).path == "/library/0.txt"


def test_changing_ones_mind(filled):
    filled.switch.begin(*NEW)
    other = filled.switch.begin("third", 8, "x")
    assert filled.switch.begin("third", 8, "x") == other
    assert filled.switch.begin("tiny", 64, "first") is None, "back to what there is"
    assert filled.switch.former() is None
    with filled._database.read() as connection:
        assert connection.execute("SELECT count(*) FROM space").get == 1
    assert filled.check() == []


def test_without_vectors_nothing_has_to_be_kept(store):
    assert not store.switch.want(MadeWith("tiny", "balanced"))
    assert store.switch.begin(*NEW) is None


def test_what_vectors_were_made_with_is_known_as_long_as_they_answer(filled, vectors):
    first, other = MadeWith("tiny", "balanced"), MadeWith("/other", "exact", "int8")
    filled.switch.note(first)
    filled.switch.note(MadeWith("a link to tiny", "balanced"))
    assert filled.switch.made_with() == first
    assert filled.switch.begin("tiny", 64, "first") is None
    assert filled.switch.made_with() is None, "the same vectors by another name"
    filled.switch.note(first)
    assert filled.switch.want(other)
    assert filled.switch.former() == first, "better than what the settings said"
    space = filled.switch.begin(*NEW)
    for n in range(3):
        filled.switch.add(space, filled.switch.next(space, 0), new_vectors(n))
    filled.switch.finish(space)
    filled.switch.note(other)
    assert filled.switch.made_with() == other


def test_an_empty_space_that_gives_way_is_not_remembered(store):
    store.space("tiny", 64, "first")
    store.switch.note(MadeWith("tiny", "balanced"))
    store.space(*NEW)
    assert store.switch.made_with() is None


def test_less_of_each_vector_is_cut_out_of_what_is_there(filled, vectors):
    form = MadeWith("tiny", "balanced", vectors="half").form(64)
    filled.sharp.mark_quick(filled.content(f"{1:032x}"))
    space = filled.switch.begin("tiny", 64, "first", form)
    assert filled.switch.begin("tiny", 64, "first", form) == space
    last = filled.switch.carry_over(space, 0)
    assert filled.switch.carry_over(space, last) is None
    lacking = filled.switch.next(space, 0)
    assert (lacking.hash, filled.switch.lacking(space)) == (f"{1:032x}", 1), (
        "a quick look has to be sharp now"
    )
    filled.switch.add(space, lacking, vectors(2, seed=1))
    filled.switch.finish(space)
    assert filled.check() == []
    assert filled.switch.begin("tiny", 64, "first", form) is None
    made = np.concatenate([vectors(2, seed=n) for n in range(3)])[:, :32]
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    ids, scores = filled.lookup.nearest(space, vectors(2, seed=2)[1], 6)
    assert ids[0] == 6
    np.testing.assert_allclose(scores, (made @ made[5])[ids - 1], atol=2e-3)
    more = filled.switch.begin("tiny", 64, "first", MadeWith("tiny", "balanced").form(64))
    assert more not in (None, space)
    assert filled.switch.carry_over(more, 0) is None, "what is not there any more has to be made"

"""What more may be seen in contents: which wait for what, and what an end in between leaves."""

import numpy as np
import pytest

from indexer.messages.item_messages import Box
from indexer.store.catch_up import Wanted
from indexer.store.rows import ItemRow, LineRow, SegmentRow
from indexer.store.store import Store
from indexer.store.switch import MadeWith

PARTS, PAGES, BOTH, NEITHER = (
    Wanted(*each) for each in ((True, False), (False, True), (True, True), (False, False))
)
UPPER, LOWER = Box(0, 0, 1, 0.6), Box(0, 0.4, 1, 0.6)
STRETCHES = [SegmentRow("image", legible=True, box=box) for box in (UPPER, LOWER)]


@pytest.fixture
def filled(store, seen, vectors):
    """A large photo, a letter, and a small photo in which nothing more may be seen."""
    for name, kind, type in (
        ("photo.jpg", "photo", "image"),
        ("letter.docx", "document", "text"),
        ("small.jpg", "photo", "image"),
    ):
        id = store.add_file(seen(f"/library/{name}"))
        rows = [SegmentRow(type, "Dear Ada" if type == "text" else "", legible=type == "image")]
        content = store.add_content(id, f"{id:032x}", ItemRow(kind, 2000, 2000), rows, vectors(1, seed=id))
        if name != "small.jpg":
            store.catch_up.mark(content)
    return store


def names(store, wanted, skip=()):
    return [each.path.rpartition("/")[2] for each in store.catch_up.next(wanted, 10, skip)]


def found_by(store, word):
    return [id for id, _ in store.lookup.word_matches("text_word", [word], True, 10)]


def test_what_waits_depends_on_what_is_wanted(filled):
    assert names(filled, BOTH) == ["photo.jpg", "letter.docx"]
    assert names(filled, PARTS) == ["photo.jpg"]
    assert names(filled, PAGES) == ["letter.docx"]
    assert names(filled, NEITHER) == []
    assert [filled.catch_up.left(wanted) for wanted in (BOTH, PARTS, PAGES, NEITHER)] == [2, 1, 1, 0]
    [photo] = filled.catch_up.next(PARTS, 10)
    assert filled.catch_up.waits(PARTS)
    assert not filled.catch_up.waits(PARTS, [photo.content])
    filled.set_folder_problem("/library", "It is not connected.", offline=True)
    assert names(filled, BOTH) == [], "nobody can read them now"
    assert filled.catch_up.left(BOTH) == 2, "but they are not forgotten"
    filled.set_folder_problem("/library", "")
    assert filled.switch.want(MadeWith("tiny", "balanced"))
    assert names(filled, BOTH) == [], "another embedder comes first"


def test_parts_come_and_go(filled, vectors):
    [photo] = filled.catch_up.next(PARTS, 10)
    made = vectors(2, seed=7)
    filled.catch_up.add_parts(photo, 1, STRETCHES, made)
    assert names(filled, PARTS) == []
    assert filled.counts().vectors == 5
    assert filled.check() == []
    ids, scores = filled.lookup.nearest(photo.space, made[1], 1)
    assert scores[0] == pytest.approx(1, abs=1e-3)
    best = filled.lookup.segments_by_id(ids.tolist())[int(ids[0])]
    assert (best.content_id, best.ordinal, best.box) == (photo.content, 2, LOWER)

    filled.catch_up.add_parts(photo, 1, STRETCHES, made)
    assert filled.counts().vectors == 5, "the same again changes nothing: it is not as it was"

    assert (filled.catch_up.left(PARTS), filled.catch_up.left(NEITHER)) == (0, 1)
    assert filled.catch_up.waits(NEITHER)
    assert filled.catch_up.remove_parts(10) == 1
    assert filled.catch_up.remove_parts(10) == 0
    assert not filled.catch_up.waits(NEITHER)
    assert filled.counts().vectors == 3
    assert filled.check() == []
    assert names(filled, PARTS) == ["photo.jpg"], "and can come again"


def test_parts_that_would_get_numbers_of_others_are_left_out(filled, vectors):
    [photo] = filled.catch_up.next(PARTS, 10)
    filled.catch_up.add_parts(photo, 3, STRETCHES, vectors(2))
    assert filled.counts().vectors == 3
    assert names(filled, PARTS) == []


def test_words_read_off_parts_outlive_them(filled, vectors):
    [photo] = filled.catch_up.next(PARTS, 10)
    filled.catch_up.add_parts(photo, 1, STRETCHES, vectors(2))
    whole, upper, lower = (segment.id for segment in filled.lookup.segments_of(photo.content))
    filled.add_lines(whole, [])
    filled.add_lines(upper, [LineRow("ALBATROSS", Box(0, 0.1, 1, 0.1))])
    filled.add_lines(lower, [LineRow("BUTTERFLY", Box(0, 0.8, 1, 0.1))])
    assert found_by(filled, "butterfly") == [lower]
    filled.catch_up.remove_parts(10)
    assert found_by(filled, "butterfly") == found_by(filled, "albatross") == [whole]
    assert [line.text for line in filled.lines([whole])[whole]] == ["ALBATROSS", "BUTTERFLY"]
    assert filled.counts().unread == 1, "only the small photo waits to be read"
    assert filled.check() == []


def test_what_was_not_read_off_parts_yet_is_read_off_the_whole(filled, vectors):
    [photo] = filled.catch_up.next(PARTS, 10)
    filled.catch_up.add_parts(photo, 1, STRETCHES, vectors(2))
    whole, upper, _ = (segment.id for segment in filled.lookup.segments_of(photo.content))
    filled.add_lines(whole, [])
    filled.add_lines(upper, [LineRow("ALBATROSS", Box(0, 0.1, 1, 0.1))])
    filled.catch_up.remove_parts(10)
    assert found_by(filled, "albatross") == [whole]
    assert filled.unread(10).segments == {0: whole}
    filled.add_lines(whole, [LineRow("ALBATROSS and BUTTERFLY", UPPER)])
    assert found_by(filled, "butterfly") == [whole]


def test_pages_take_the_place_of_a_text(filled, vectors):
    [letter] = filled.catch_up.next(PAGES, 10)
    pages = [SegmentRow("page", f"Dear Ada, page {number}", page=number) for number in (1, 2)]
    item = ItemRow("document", pages=2, title="Letter", note="Only its first 2 pages are indexed.")
    filled.catch_up.replace(letter, item, [*pages, SegmentRow("text", "a comment")], vectors(3, seed=9))
    assert names(filled, BOTH) == ["photo.jpg"]
    segments = filled.lookup.segments_of(letter.content)
    assert [(each.type, each.page) for each in segments] == [("page", 1), ("page", 2), ("text", None)]
    assert sorted(found_by(filled, "ada")) == [each.id for each in segments[:2]]
    assert found_by(filled, "comment") == [segments[2].id]
    [file] = filled.lookup.files_by_content([letter.content])[letter.content]
    assert (file.pages, file.facts.title) == (2, "Letter")
    assert [problem.reason for problem in filled.problems()] == [item.note]
    assert filled.counts().vectors == 5
    assert filled.check() == []
    filled.catch_up.replace(letter, item, [], np.zeros((0, 64), np.float32))
    assert len(filled.lookup.segments_of(letter.content)) == 3, "what changed meanwhile stays"


def test_a_document_without_more_keeps_what_it_has(filled):
    [letter] = filled.catch_up.next(PAGES, 10)
    filled.catch_up.leave(letter.content, "LibreOffice could not draw its pages.")
    assert names(filled, BOTH) == ["photo.jpg"]
    assert found_by(filled, "ada") == list(letter.segments)
    assert [problem.reason for problem in filled.problems()] == ["LibreOffice could not draw its pages."]


def test_files_that_were_left_out_for_a_reason_wait_again(filled, seen):
    filled.add_skipped(seen("/library/old.doc"), "It is old.")
    filled.add_skipped(seen("/library/tool.xyz"), "The format is unknown.")
    assert filled.catch_up.read_skipped("It is old.") == 1
    assert [row.path for row in filled.next_pending(10)] == ["/library/old.doc"]
    assert filled.catch_up.read_skipped("It is old.") == 0


def test_an_index_of_before_tries_once_what_it_does_not_know(tmp_path, filled, vectors):
    """Large pictures without parts and Office documents without pages, and no others."""
    from indexer.store.versions import to_version_6

    [photo] = filled.catch_up.next(PARTS, 10)
    filled.catch_up.add_parts(photo, 1, STRETCHES, vectors(2))
    with filled._database.write() as connection:
        connection.execute("UPDATE content SET width = 600 WHERE id = (SELECT max(id) FROM content)")
        connection.execute("UPDATE content SET height = 600 WHERE width = 600")
        connection.execute("DROP INDEX content_incomplete; DROP INDEX segment_part")
        connection.execute("ALTER TABLE content DROP COLUMN complete")
        to_version_6.step(connection)
    assert names(filled, BOTH) == ["letter.docx"]
    filled.catch_up.remove_parts(1)
    with Store.open(tmp_path / "index.db", readonly=True) as reader:
        assert names(reader, BOTH) == ["photo.jpg", "letter.docx"]

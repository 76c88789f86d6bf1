import numpy as np
import pytest

from indexer.messages.item_messages import Box
from indexer.store.rows import ItemRow, SegmentRow


def add(store, seen, path, hash, rows, vectors, kind="photo"):
    id = store.add_file(seen(path))
    store.add_content(id, hash, ItemRow(kind), rows, vectors)
    return id


def test_everything_of_a_file_is_there_or_nothing(store, seen, vectors):
    id = store.add_file(seen("/library/a.pdf"))
    rows = [SegmentRow("page", "first page", page=1), SegmentRow("page", "second page", page=2)]
    broken = vectors(2)
    broken[1, 3] = np.nan
    with pytest.raises(ValueError, match="finite"):
        store.add_content(id, "hash", ItemRow("document"), rows, broken)
    with pytest.raises(ValueError, match="2 segments but 1"):
        store.add_content(id, "hash", ItemRow("document"), rows, vectors(1))
    counts = store.counts()
    assert (counts.segments, counts.vectors, counts.pending) == (0, 0, 1)
    assert store.content("hash") is None
    assert store.lookup.word_matches("text_word", ["page"], True, 10) == []
    store.add_content(id, "hash", ItemRow("document", pages=2, taken="2024-05-01T10:00:00"), rows, vectors(2))
    counts = store.counts()
    assert (counts.segments, counts.vectors, counts.pending) == (2, 2, 0)


def test_what_goes_in_comes_out(store, seen, vectors):
    rows = [
        SegmentRow("clip", start_s=0.5, end_s=4.25, preview_times=(0.5, 1.75)),
        SegmentRow("text", "words", page=3),
    ]
    id = store.add_file(seen("/library/a.mp4"), "video")
    store.add_content(id, "hash", ItemRow("video", 640, 480, 9.5), rows, vectors(2))
    found = store.lookup.files_by_id([id])[id]
    assert (found.kind, found.width, found.height, found.duration_s, found.pages) == (
        "video",
        640,
        480,
        9.5,
        None,
    )
    segments = list(store.lookup.segments_by_id([1, 2, 3]).values())
    assert [(s.type, s.ordinal, s.start_s, s.end_s, s.page, s.preview_times, s.text) for s in segments] == [
        ("clip", 0, 0.5, 4.25, None, (0.5, 1.75), ""),
        ("text", 1, None, None, 3, (), "words"),
    ]
    assert store.lookup.first_segments([found.content_id])[found.content_id].type == "clip"


def test_a_part_of_a_picture_keeps_its_place(store, seen, vectors):
    box = Box(0.25, 0.5, 0.5, 0.35)
    add(
        store, seen, "/library/a.jpg", "hash", [SegmentRow("image"), SegmentRow("image", box=box)], vectors(2)
    )
    whole, part = store.lookup.segments_of(store.content("hash"))
    assert (whole.box, whole.pictured) == (None, 0)
    assert (part.box, part.pictured) == (box, 0), "it is shown by the whole's pictures"
    assert store.lookup.first_segments([whole.content_id])[whole.content_id].id == whole.id


def test_a_copy_costs_nothing_and_outlives_the_original(store, seen, vectors):
    first = add(store, seen, "/library/a.jpg", "hash", [SegmentRow("image")], vectors(1))
    copy = store.add_file(seen("/library/copy.jpg"))
    store.link(copy, store.content("hash"))
    assert store.counts().vectors == 1
    assert store.file("/library/copy.jpg").state == "done"
    content = store.lookup.files_by_id([copy])[copy].content_id
    assert {file.id for file in store.lookup.files_by_content([content])[content]} == {first, copy}
    store.remove_files([first])
    assert store.orphan_contents() == []
    store.remove_files([copy])
    assert store.orphan_contents() == ["hash"]
    counts = store.counts()
    assert (counts.files, counts.segments, counts.vectors) == (0, 0, 0)


def test_the_same_bytes_met_twice_at_once_are_stored_once(store, seen, vectors):
    add(store, seen, "/library/a.jpg", "hash", [SegmentRow("image")], vectors(1))
    add(store, seen, "/library/b.jpg", "hash", [SegmentRow("image")], vectors(1))
    assert store.counts().vectors == 1


def test_a_move_seen_as_delete_and_create_needs_no_model(store, seen, vectors):
    store.remove_files([add(store, seen, "/library/a.jpg", "hash", [SegmentRow("image")], vectors(1))])
    new = store.add_file(seen("/library/b.jpg"))
    store.link(new, store.content("hash"))
    assert store.orphan_contents() == []
    assert store.file("/library/b.jpg").content_hash == "hash"


def test_a_changed_file_is_found_by_its_old_content_until_the_new_is_there(store, seen, vectors):
    id = add(store, seen, "/library/a.txt", "old", [SegmentRow("text", "old words")], vectors(1), "document")
    store.mark_changed(id, seen("/library/a.txt", size=99))
    assert (store.file("/library/a.txt").state, store.file("/library/a.txt").content_hash) == (
        "pending",
        "old",
    )
    assert len(store.lookup.word_matches("text_word", ["old words"], True, 10)) == 1
    store.add_content(id, "new", ItemRow("document"), [SegmentRow("text", "new words")], vectors(1, seed=1))
    assert store.orphan_contents() == ["old"]
    assert store.lookup.word_matches("text_word", ["old words"], True, 10) == []
    assert store.counts().vectors == 1


def test_a_file_that_turned_bad_is_no_longer_found_by_its_old_content(store, seen, vectors):
    id = add(store, seen, "/library/a.jpg", "old", [SegmentRow("image")], vectors(1))
    store.mark_changed(id, seen("/library/a.jpg", size=99))
    store.fail(id, "failed", "It is damaged.")
    assert store.orphan_contents() == ["old"]


def test_deleting_and_adding_again_does_not_grow_for_ever(store, seen, vectors):
    def fill(round):
        with store.transaction():
            return [
                add(
                    store,
                    seen,
                    f"/library/{n}.txt",
                    f"{round}-{n}",
                    [SegmentRow("text", f"words {round} {n}" * 20)],
                    vectors(1, seed=n),
                    "document",
                )
                for n in range(300)
            ]

    sizes, left = [], []
    for round in range(6):
        ids = fill(round)
        sizes.append(store.index_bytes())
        store.remove_files(ids)
        store.orphan_contents()
        store.tidy()
        left.append(store.index_bytes())
    assert sizes[-1] < 1.1 * sizes[1]
    assert left[-1] < 1.1 * left[0] < sizes[0]

import os
from pathlib import PurePath

import apsw
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.store import contents, path_text
from indexer.store.files import MAXIMUM_ATTEMPTS
from indexer.store.filters import NONE, Filters
from indexer.store.rows import ItemRow
from tests.known_files import known_files


def found_names(store, word):
    return [id for id, _ in store.lookup.word_matches("name_word", [word], True, 100)]


def test_a_new_file_is_pending_and_found_by_name_at_once(store, seen):
    id = store.add_file(seen("/library/holiday/red_car.jpg", 5, 6, 7, 8))
    row = known_files(store, "/library")["/library/holiday/red_car.jpg"]
    assert (row.id, row.size, row.mtime_ns, row.device, row.inode) == (id, 5, 6, 7, 8)
    assert row.state == "pending"
    assert row.content_hash is None
    assert found_names(store, "d_ca") == [id]
    assert found_names(store, "Holiday") == [id]
    assert found_names(store, "library") == [id], "the chosen folder's own name counts"
    assert store.counts().pending == 1


def test_adding_a_path_twice_keeps_one_row(store, seen):
    assert store.add_file(seen("/library/a.jpg")) == store.add_file(seen("/library/a.jpg", size=11))
    assert store.file("/library/a.jpg").size == 11
    assert len(found_names(store, "a.jpg")) == 1


def test_lists_by_name_count_and_follow_a_new_name(store, seen):
    names = [
        "Scan 10",
        "scan 2",
        "scan",
        "Scan 007",
        "scan 1234567890",
        "scan 12345678",
        "b",
        "Ä 1",
        "scan 1.2",
    ]
    for name in names:
        store.add_file(seen(f"/library/z/{name}"))
    first = store.add_file(seen("/library/z/0"))

    def listed():
        return [PurePath(file.path).name for file in store.lookup.listed_files(NONE, 100, sort="name")]

    counted = ["b", "scan", "scan 1.2", "scan 2", "Scan 007", "Scan 10", "scan 12345678", "scan 1234567890"]
    assert listed() == ["0", *counted, "Ä 1"]
    store.rename_file(first, "/library/a/scan 9", seen("/library/a/scan 9"))
    assert listed() == [*counted[:5], "scan 9", *counted[5:], "Ä 1"]


@pytest.mark.parametrize("sort", ["newest", "oldest", "name", "size"])
def test_no_list_is_sorted_whole(store, sort):
    """Each order is read along an index: of a million files sorting took seconds."""
    asked: list[tuple[str, object]] = []
    with store._database.read() as connection:
        connection.exec_trace = lambda _cursor, query, values: asked.append((query, values)) or True
        contents.listed(connection, NONE, sort, 10)
        connection.exec_trace = None
        [(query, values)] = asked
        plan = [step for *_, step in connection.execute(f"EXPLAIN QUERY PLAN {query}", values)]
    assert any("USING INDEX" in step for step in plan)
    assert not any("TEMP B-TREE" in step for step in plan)


def test_a_number_never_comes_back(store, seen):
    """Whoever is still reading the newest file, which has just gone, would give the next one its content."""
    first, gone = (store.add_file(seen(f"/library/{name}.jpg")) for name in "ab")
    store.remove_files([gone])
    second = store.add_file(seen("/library/c.jpg"))
    assert second > gone
    store.remove_files([first, second])
    assert store.add_file(seen("/library/d.jpg")) > second


def test_a_folder_holds_what_is_below_it_and_not_its_namesakes(store, seen):
    for path in (
        "/library/a/x.jpg",
        "/library/ab/x.jpg",
        "/library/a",
        "/library/a!/x.jpg",
        "/library/a0/x.jpg",
    ):
        store.add_file(seen(path))
    assert set(known_files(store, "/library/a")) == {"/library/a/x.jpg"}
    assert len(known_files(store, "/")) == 5


@pytest.mark.skipif(os.name == "nt", reason="names are no bytes on Windows")
def test_names_that_are_no_unicode_survive(store, seen):
    path = os.fsdecode(b"/library/M\xfcller/caf\xe9.jpg")
    id = store.add_file(seen(path))
    assert set(known_files(store, os.fsdecode(b"/library/M\xfcller"))) == {path}
    assert store.lookup.files_by_id([id])[id].path == path
    assert found_names(store, "caf") == [id]
    store.fail(id, "failed", "broken")
    assert [problem.path for problem in store.problems()] == [path]
    assert store.retry([path]) == 1


anything = st.text(st.characters(codec=None, exclude_characters="\0"))


@given(anything, anything)
def test_stored_paths_are_text_without_loss(folder, name):
    path = folder + os.sep + name
    text = path_text.to_text(path)
    assert path_text.from_text(text) == path
    text.encode("utf-8")
    low, high = path_text.below(folder)
    assert low <= text < high


def test_unsigned_device_and_inode_come_back(store, seen):
    store.add_file(seen("/library/a.jpg", device=2**64 - 3, inode=2**63))
    row = store.file("/library/a.jpg")
    assert (row.device, row.inode) == (2**64 - 3, 2**63)


def test_a_rename_moves_row_and_name_and_replaces_what_lay_there(store, seen):
    old = store.add_file(seen("/library/old.jpg"))
    store.add_file(seen("/library/new.jpg"))
    store.rename_file(old, "/library/new.jpg", seen("/library/new.jpg", inode=9))
    assert {row.id for row in known_files(store, "/library").values()} == {old}
    assert found_names(store, "old") == []
    assert found_names(store, "new.jpg") == [old]


def test_removing_a_folder_forgets_only_what_no_other_folder_holds(store, seen):
    store.add_file(seen("/library/a.jpg"))
    store.add_file(seen("/library/inner/b.jpg"))
    store.add_folder("/library/inner")
    store.add_folder("/other")
    store.add_file(seen("/other/c.jpg"))
    assert [(f.path, f.files) for f in store.folder_statuses()] == [
        ("/library", 1),
        ("/library/inner", 1),
        ("/other", 1),
    ]
    store.remove_folder("/library/inner")
    assert set(known_files(store, "/")) == {"/library/a.jpg", "/library/inner/b.jpg", "/other/c.jpg"}
    store.add_folder("/library/inner")
    store.remove_folder("/library")
    assert set(known_files(store, "/")) == {"/library/inner/b.jpg", "/other/c.jpg"}
    assert found_names(store, "a.jpg") == []
    store.remove_folder("/never/added")


def test_a_folder_around_known_ones_takes_only_its_own(store, seen):
    store.add_file(seen("/library/a.jpg"))
    store.add_folder("/")
    assert [(f.path, f.files) for f in store.folder_statuses()] == [("/library", 1), ("/", 0)]
    store.remove_folder("/library")
    assert [(f.path, f.files) for f in store.folder_statuses()] == [("/", 1)]


def test_a_folder_that_is_offline_keeps_its_files_but_none_is_tried(store, seen):
    store.add_file(seen("/library/a.jpg"))
    store.set_folder_problem("/library", "The drive is not connected.")
    assert store.next_pending(10) == []
    assert not store.folders()[0].online
    assert store.counts().files == 1
    store.set_folder_problem("/library", "")
    assert len(store.next_pending(10)) == 1


def test_pending_files_come_in_order_without_those_under_way(store, seen):
    ids = [store.add_file(seen(f"/library/{n}.jpg")) for n in range(5)]
    assert [row.id for row in store.next_pending(2)] == ids[:2]
    assert [row.id for row in store.next_pending(10, skip=ids[:2])] == ids[2:]
    inner = store.add_file(seen("/library/trip/x.jpg"))
    near = ["/library/trip", *(f"/library/{n}" for n in range(1100))]
    for folders in (near[:1], near):
        assert [row.id for row in store.next_pending(10, folders=folders)] == [inner]


def test_a_file_that_keeps_bringing_the_process_down_is_not_opened_again(store, seen):
    id = store.add_file(seen("/library/bomb.jpg"))
    for _ in range(MAXIMUM_ATTEMPTS):
        assert store.begin(id)
    assert not store.begin(id)
    assert "stopped each time" in store.problems()[0].reason
    assert store.next_pending(10) == []
    assert store.retry() == 1
    assert store.begin(id)


def test_attempts_stopped_on_purpose_do_not_count(store, seen):
    id = store.add_file(seen("/library/a.jpg"))
    for _ in range(10):
        assert store.begin(id)
        store.give_up_attempt([id])


def test_beginning_a_file_that_is_gone_is_refused(store):
    assert not store.begin(99)


def test_failed_files_are_found_by_name_and_skipped_ones_are_not(store, seen):
    failed, skipped = (
        store.add_file(seen("/library/broken.jpg")),
        store.add_skipped(seen("/library/tool.xyz"), "Unknown."),
    )
    store.fail(failed, "failed", "The file ends early.")
    assert found_names(store, "broken") == [failed]
    assert found_names(store, "tool") == []
    assert [(p.path, p.outcome, p.reason) for p in store.problems()] == [
        ("/library/broken.jpg", "failed", "The file ends early."),
        ("/library/tool.xyz", "skipped", "Unknown."),
    ]
    counts = store.counts()
    assert (counts.files, counts.failed, counts.skipped) == (1, 1, 1)
    assert store.retry() == 1, "without paths only the failed ones"
    assert store.retry(["/library/tool.xyz", "/library/not/known"]) == 1
    assert found_names(store, "tool") == [skipped]


def test_places_a_scan_could_not_enter_are_problems_until_the_next_scan(store):
    store.set_unreadable("/library", [("/library/private", "You may not read it.")])
    assert [problem.path for problem in store.problems()] == ["/library/private"]
    store.set_unreadable("/library", [])
    assert store.problems() == ()


def test_a_place_that_nobody_wants_to_hear_of_stays_unheard_after_the_next_scan(store):
    store.set_unreadable("/library", [("/library/private", "You may not read it.")])
    store.ignore_problems(["/library/private"])
    both = [(f"/library/{name}", "You may not read it.") for name in ("private", "secret")]
    store.set_unreadable("/library", both)
    assert [problem.path for problem in store.problems()] == ["/library/secret"]
    assert len(store.problems(ignored=True)) == 2


def test_a_folder_moves_to_the_root_of_a_drive_and_away_from_it(store, seen):
    id = store.add_file(seen("/library/in/a.jpg"))
    for new in ("/", "/mnt/drive"):
        [folder] = store.folders()
        store.move_folder(folder.path, new)
        assert [row.path for row in store.folders()] == [new]
        row = store.file(str(PurePath(new) / "in" / "a.jpg"))
        assert row is not None
        assert row.id == id


def test_a_touched_file_stays_done(store, seen, vectors):
    id = store.add_file(seen("/library/a.jpg"))
    store.add_content(id, "hash", ItemRow("photo"), [], vectors(0))
    store.update_stat(id, seen("/library/a.jpg", mtime_ns=77))
    row = store.file("/library/a.jpg")
    assert (row.state, row.mtime_ns, row.content_hash) == ("done", 77, "hash")


def test_newest_first_by_kind(store, seen):
    for n, name in enumerate(["a.jpg", "b.mp4", "c.jpg", "d.pdf"]):
        store.add_file(seen(f"/library/{name}", mtime_ns=n))
    store.add_skipped(seen("/library/e.jpg", mtime_ns=9), "Tiny.")
    assert [PurePath(f.path).name for f in store.lookup.listed_files(NONE, 3)] == ["d.pdf", "c.jpg", "b.mp4"]
    assert [PurePath(f.path).name for f in store.lookup.listed_files(Filters(kinds=("photo",)), 3)] == [
        "c.jpg",
        "a.jpg",
    ]


def test_what_was_read_in_part_is_told_also_of_its_copies(store, seen):
    first, copy, whole = (store.add_file(seen(f"/library/{name}")) for name in ("a.pdf", "b.pdf", "c.pdf"))
    content = store.add_content(first, "long", ItemRow("document", note="Only the start."), [], no_vectors())
    store.link(copy, content)
    store.add_content(whole, "short", ItemRow("document"), [], no_vectors())
    assert [(PurePath(problem.path).name, problem.reason) for problem in store.problems()] == [
        ("a.pdf", "Only the start."),
        ("b.pdf", "Only the start."),
    ]
    store.mark_changed(first, seen("/library/a.pdf", size=99))
    store.add_content(first, "shorter", ItemRow("document"), [], no_vectors())
    assert [PurePath(problem.path).name for problem in store.problems()] == ["b.pdf"]


def no_vectors():
    return np.zeros((0, 4), np.float32)


def test_counting_files_reads_only_those_that_are_listed_as_problems(store, seen):
    with store.transaction():
        ids = store.add_files([seen(f"/library/{'long name ' * 12}{n}.jpg") for n in range(3000)])
        for id in ids[:9]:
            store.fail(id, "failed", "It is damaged.")
        store.fail(ids[10], "skipped", "It is an icon.")
    paths = [store.lookup.files_by_id([id])[id].path for id in ids[:4]]
    store.ignore_problems(paths)
    with store._database.read() as connection:

        def pages() -> int:
            looked = (apsw.SQLITE_DBSTATUS_CACHE_HIT, apsw.SQLITE_DBSTATUS_CACHE_MISS)
            return sum(connection.status(which)[0] for which in looked)

        before = pages()
        counts = store.counts()
        assert (counts.files, counts.pending, counts.failed, counts.skipped) == (2999, 2990, 5, 1)
        assert pages() - before < 30, "the files themselves fill 40"
        before = pages()
        assert store.overview.count() == 2999
        assert pages() - before < 15

"""Words read off pixels: what waits, what was read, and that it is found."""

from indexer.messages.item_messages import Box
from indexer.store import check
from indexer.store.rows import ItemRow, LineRow, SegmentRow

BOX = Box(0.1, 0.2, 0.3, 0.05)


def add(store, seen, vectors, name="scan.pdf", pages=3):
    file = store.add_file(seen(f"/library/{name}"))
    rows = [SegmentRow("page", page=n + 1, legible=n != 1) for n in range(pages)]
    store.add_content(file, name, ItemRow("document", title="Minutes"), rows, vectors(pages))
    return file


def ids(store, word):
    return [id for id, _ in store.lookup.word_matches("text_word", [word], True, 10)]


def test_only_what_may_hold_words_waits_and_only_until_it_is_read(store, seen, vectors):
    add(store, seen, vectors)
    assert store.counts().unread == 2
    work = store.unread(10)
    assert work.path == "/library/scan.pdf"
    assert list(work.segments) == [0, 2]
    assert list(store.unread(1).segments) == [0]
    store.add_lines(work.segments[0], [LineRow("Invoice RE16TGK-7", BOX), LineRow("東京都", BOX)])
    assert list(store.unread(10).segments) == [2]
    store.add_lines(work.segments[2], [])
    assert store.unread(10) is None
    assert store.counts().unread == 0


def test_words_are_found_as_parts_and_boxes_are_kept(store, seen, vectors):
    add(store, seen, vectors)
    first = store.unread(10).segments[0]
    lines = [LineRow("Invoice RE16TGK-7", BOX), LineRow("東京都", Box(0, 0, 1, 1))]
    store.add_lines(first, lines)
    assert ids(store, "RE16") == ids(store, "voice") == ids(store, "京都") == [first]
    assert store.lines([first, 99]) == {first: tuple(lines)}
    assert store.lookup.segments_by_id([first])[first].ocr == "Invoice RE16TGK-7\n東京都"
    assert ids(store, "Minutes") == [first], "what the metadata says is still found"


def test_digits_taken_for_letters_are_found_as_digits(store, seen, vectors):
    add(store, seen, vectors)
    first = store.unread(10).segments[0]
    store.add_lines(first, [LineRow("Error 0x8OO7OO57 at l0.0.0.1", BOX), LineRow("Oil", BOX)])
    assert ids(store, "0x80070057") == ids(store, "0x8OO7OO57") == ids(store, "10.0.0.1") == [first]
    assert ids(store, "0il") == [], "words without digits stay as they are"
    with store._database.write() as connection:
        check.rebuild_words(connection)
    assert ids(store, "0x80070057") == [first], "also when the words were mended"


def test_reading_again_replaces(store, seen, vectors):
    add(store, seen, vectors)
    first = store.unread(10).segments[0]
    store.add_lines(first, [LineRow("apples", BOX)])
    store.add_lines(first, [LineRow("oranges", BOX)])
    assert (ids(store, "apples"), ids(store, "oranges")) == ([], [first])
    store.add_lines(12345, [LineRow("nobody", BOX)])
    assert ids(store, "nobody") == []


def test_an_unplugged_drive_waits(store, seen, vectors):
    file = add(store, seen, vectors)
    store.set_folder_problem("/library", "It is not connected.")
    assert store.unread(10) is None
    store.set_folder_problem("/library", "")
    assert store.unread(10) is not None
    store.remove_files([file])
    assert store.unread(10) is None
    store.orphan_contents()
    assert store.counts().unread == 0

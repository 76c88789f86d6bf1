from datetime import datetime

import pytest

from indexer.store import moments
from indexer.store.filters import NONE, Filters
from indexer.store.rows import ItemRow, SegmentRow


@pytest.fixture
def library(store, seen, vectors):
    """Four files that differ in everything; their texts and names all hold "common"."""
    rows = [
        ("/library/a common.JPG", 10, ItemRow("photo", taken="2024-05-03T23:30:00", camera="Canon EOS R5")),
        ("/library/trip/b common.png", 2000, ItemRow("screenshot", place="Zürich, Switzerland", rating=4)),
        (
            "/library/trip/c common.mp4",
            300_000,
            ItemRow("video", duration_s=61.5, taken="2023-01-01T00:00:00"),
        ),
        ("/library/trips/d common.pdf", 4_000, ItemRow("document", lens="Canon RF 50", title="Übersicht")),
    ]
    for n, (path, size, item) in enumerate(rows):
        id = store.add_file(seen(path, size=size, mtime_ns=1_600_000_000 * 10**9))
        store.add_content(id, str(n), item, [SegmentRow("text", f"common {n}")], vectors(1, seed=n))
    return store


CASES = [
    (NONE, "abcd"),
    (Filters(kinds=("photo", "video")), "ac"),
    (Filters(extensions=("jpg", "pdf")), "ad"),
    (Filters(folders=("/library/trip",)), "bc"),
    (Filters(folders=("/library/trip", "/library/trips")), "bcd"),
    (Filters(folders=("/library/trip", *(f"/library/{n}" for n in range(1100)))), "bc"),
    (Filters(after=datetime(2024, 5, 3), before=datetime(2024, 5, 4)), "a"),
    (Filters(before=datetime(2023, 1, 1)), "bd"),
    (Filters(before=datetime(2023, 1, 1, 0, 0, 1)), "bcd"),
    (Filters(minimum_size=2000, maximum_size=4000), "bd"),
    (Filters(minimum_duration_s=61.5), "c"),
    (Filters(maximum_duration_s=60), ""),
    (Filters(cameras=("canon",)), "ad"),
    (Filters(cameras=("R5", "nikon")), "a"),
    (Filters(places=("zurich",)), "b"),
    (Filters(minimum_rating=4), "b"),
    (Filters(excluded=(Filters(kinds=("video",)), Filters(extensions=("png",)))), "ad"),
    (Filters(excluded=(Filters(maximum_duration_s=100),)), "abd"),
    (Filters(excluded=(Filters(after=datetime(2024, 1, 1)),)), "bcd"),
    (Filters(kinds=("photo",), excluded=(Filters(kinds=("photo",)),)), ""),
    (Filters(excluded=(Filters(folders=("/library/trip",), kinds=("video",)),)), "abd"),
]


@pytest.mark.parametrize(("filters", "expected"), CASES)
def test_every_way_of_finding_obeys_the_filters(library, vectors, filters, expected):
    def names(files):
        return "".join(sorted(file.path.rpartition("/")[2][0] for file in files))

    everything = range(1, 5)
    assert names(library.lookup.files_by_id(everything, filters).values()) == expected
    by_content = library.lookup.files_by_content(everything, filters)
    assert names(file for files in by_content.values() for file in files) == expected
    assert names(library.lookup.listed_files(filters, 10)) == expected
    assert len(library.lookup.listed_files(filters, 1)) == min(1, len(expected))
    for table in ("name_word", "text_word"):
        found = library.lookup.word_matches(table, ["common"], True, 10, filters)
        assert "".join(sorted(" abcd"[id] for id, _ in found)) == expected
    ids, _ = library.lookup.nearest(library.find_space("tiny", 64, "first"), vectors(1)[0], 10, filters)
    assert "".join(sorted(" abcd"[id] for id in ids)) == expected


def test_a_copy_fits_by_its_own_place_and_only_it_is_shown(library, seen):
    copy = library.add_file(seen("/elsewhere/copy.jpg"))
    library.link(copy, library.content("0"))
    filters = Filters(folders=("/elsewhere",))
    [[file]] = library.lookup.files_by_content([1], filters).values()
    assert file.path == "/elsewhere/copy.jpg"
    assert [id for id, _ in library.lookup.word_matches("text_word", ["common"], True, 10, filters)] == [1]


def test_metadata_is_found_by_words_and_named_for_choosing(library):
    [(id, _)] = library.lookup.word_matches("text_word", ["ubersicht"], True, 10)
    assert "Übersicht" in library.lookup.segments_by_id([id])[id].words
    assert library.overview.cameras() == {"Canon EOS R5": 1}
    assert library.overview.places() == {"Zürich, Switzerland": 1}


def test_words_read_off_pixels_are_found(store, seen, vectors):
    id = store.add_file(seen("/library/a.png"))
    rows = [SegmentRow("image", ocr="Gate B42 boarding")]
    store.add_content(id, "hash", ItemRow("screenshot"), rows, vectors(1))
    [(found, _)] = store.lookup.word_matches("text_word", ["b42"], True, 10)
    segment = store.lookup.segments_by_id([found])[found]
    assert (segment.text, segment.ocr) == ("", "Gate B42 boarding")


def test_touching_a_photo_does_not_change_when_it_was_taken(library, seen):
    [file] = library.lookup.listed_files(Filters(kinds=("photo",)), 1)
    taken = moments.of_clock(datetime(2024, 5, 3, 23, 30))
    assert file.moment == taken
    library.update_stat(file.id, seen(file.path, mtime_ns=1_800_000_000 * 10**9))
    assert library.lookup.files_by_id([file.id])[file.id].moment == taken


@pytest.mark.parametrize("taken", ["", "yesterday", "2024-13-01", None])
def test_a_time_that_is_none_gives_way_to_the_files_own(taken):
    assert moments.of_file(10**18, taken) == moments.of_file(10**18)


@pytest.mark.parametrize("mtime_ns", [-(10**18), 10**30, -(10**30), 0])
def test_any_file_time_has_a_moment(mtime_ns):
    assert isinstance(moments.of_file(mtime_ns), int)

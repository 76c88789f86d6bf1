from pathlib import Path

import pytest

from indexer.messages.search_messages import Browse, Example, Search
from indexer.search import candidates
from indexer.store import folder_names
from indexer.store.rows import SegmentRow

DAY = 86_400 * 10**9


def test_typed_filters_bind(library, monkeypatch):
    library.photo("Holiday 2024/a.jpg", "red")
    library.photo("Work/b.png", "red")
    library.document("Work/c.txt", "the red one")
    assert sorted(library.names("red")) == ["a.jpg", "b.png", "c.txt"]
    assert library.names("red kind:document") == ["c.txt"]
    assert library.names("red -kind:document ext:png") == ["b.png"]
    looked: list[str] = []
    find = folder_names.find
    monkeypatch.setattr(folder_names, "find", lambda _, name: looked.append(name) or find(_, name))
    assert library.names('red in:"holiday 2024"') == ["a.jpg"]
    assert library.names('red in:"holiday 2024"') == ["a.jpg"]
    assert looked == ["holiday 2024"], "until the index changes"
    assert library.names("red in:holiday") == ["a.jpg"], "part of a name, where no folder has it whole"
    assert library.names("red in:/library/Holiday\\ 2024") == []
    assert sorted(library.names("red -in:Work")) == ["a.jpg"]
    assert library.names("red kind:photo", kinds=("document",)) == []
    library.pending("Other/Holiday 2024/red.txt")
    assert sorted(library.names('red in:"holiday 2024"')) == ["a.jpg", "red.txt"]


def test_a_path_is_meant_in_any_spelling_unless_there_are_two(library):
    library.photo("Holiday 2024/a.jpg", "red")
    library.photo("Café/b.jpg", "red")
    assert library.names('red in:"/LIBRARY/holiday 2024/"') == ["a.jpg"]
    assert library.names("red in:/library/CAFÉ") == ["b.jpg"]
    assert sorted(library.names("red in:/Library")) == ["a.jpg", "b.jpg"], "an indexed folder itself"
    assert library.names('red -in:"/library/HOLIDAY 2024"') == ["b.jpg"]
    library.photo("holiday 2024/c.jpg", "red")
    assert library.names('red in:"/library/holiday 2024"') == ["c.jpg"], "a volume may tell them apart"
    assert library.names('red in:"/library/Holiday 2024"') == ["a.jpg"]
    assert sorted(library.names('red in:"/library/HOLIDAY 2024"')) == ["a.jpg", "c.jpg"]
    results = library.stages("red in:/library/Holi")[-1]
    assert (results.hits, results.note) == ((), "No folder in the index is called “/library/Holi”.")
    library.store.add_folder("/srv/Shared/Photos")
    assert library.store.lookup.folders_at("/SRV/shared") == ["/srv/Shared"], "around an indexed folder"


def test_a_folder_that_is_not_there_is_said(library):
    library.photo("a.jpg", "red")
    results = library.stages("red in:nowhere")[-1]
    assert results.hits == ()
    assert results.note == "No folder in the index is called “nowhere”."
    results = library.stages("red in:~nobody-here/Pictures")[-1]
    assert results.note == "No folder in the index is called “~nobody-here/Pictures”."


def test_filters_alone_list_what_fits_newest_first(library):
    library.photo("old.jpg", "red", mtime=DAY)
    library.photo("new.jpg", "blue", mtime=3 * DAY)
    library.document("note.txt", "the red one", mtime=2 * DAY)
    [only] = library.stages("kind:photo")
    assert only.final
    assert [Path(hit.path).name for hit in only.hits] == ["new.jpg", "old.jpg"]
    assert library.names("before:2023-11-17") == ["note.txt", "old.jpg"]


def test_what_holds_an_excluded_word_is_not_listed_by_filters_alone_either(library, monkeypatch):
    library.document("a.txt", "all is well", "this is a draft")
    library.document("b.txt", "an overdraft of the account")
    library.document("draft.txt", "something else")
    library.photo("c.jpg", "red")
    loaded: list[int] = []
    listed_files = library.store.lookup.listed_files

    def counted(*given, **options):
        files = listed_files(*given, **options)
        loaded.append(len(files))
        return files

    monkeypatch.setattr(library.store.lookup, "listed_files", counted)
    for stage in library.stages("kind:document -draft"):
        assert [Path(hit.path).name for hit in stage.hits] == ["b.txt"]
        assert stage.total == 1
    assert set(loaded) == {1}, "the database leaves out what is excluded"
    assert sorted(library.names("-draft")) == ["b.txt", "c.jpg"]
    assert sorted(library.names('kind:document -"a draft"')) == ["b.txt", "draft.txt"]
    assert library.names("sort:name -d") == ["b.txt", "c.jpg"]


def test_what_shows_the_excluded_is_not_listed_by_filters_alone_either(library, colour):
    library.photo("a.jpg", "red")
    library.photo("b.jpg", "blue")
    library.photo("c.jpg", "blue x1 x2 x3 x4 x5 x6 x7 x8")
    library.photo("blue.jpg", "green")
    words, meaning = library.stages("kind:photo -blue sort:name")
    assert (words.final, words.total) == (False, 3)
    assert [Path(hit.path).name for hit in meaning.hits] == ["a.jpg", "c.jpg"]
    assert (meaning.final, meaning.total) == (True, 2)
    assert library.names("-(blue) sort:name") == ["a.jpg", "blue.jpg", "c.jpg"]
    assert library.names("sort:name kind:photo", [colour("blue")], image_weights=(-1.0,)) == [
        "a.jpg",
        "blue.jpg",
        "c.jpg",
    ]
    library.embedder.preparation = "second"
    *_, last = library.stages("kind:photo -blue")
    assert (last.final, last.total, "sightline models use" in last.note) == (True, 3, True)


def test_an_order_alone_is_one_of_all_files(library):
    library.photo("b.jpg", "red")
    library.pending("a.txt")
    assert library.names("sort:name") == ["a.txt", "b.jpg"]
    assert library.names(kinds=("photo",)) == ["b.jpg"], "as a kind alone is, however it is chosen"
    assert library.names('""') == []


def test_a_search_that_is_given_up_reads_no_more_texts(library, monkeypatch):
    library.document("a.txt", "this is a draft")
    read: list[int] = []
    load = library.store.lookup.segments_by_id
    monkeypatch.setattr(library.store.lookup, "segments_by_id", lambda ids: read.extend(ids) or load(ids))
    for given_up in (True, False):
        assert read == []
        list(library.searcher.run(Search(1, "kind:document -draft"), (), lambda up=given_up: up))
    assert read


def test_a_filter_that_is_not_understood_finds_nothing_and_says_so(library):
    library.photo("a.jpg", "red")
    [only] = library.stages("red kind:fotoo")
    assert (only.final, only.hits) == (True, ())
    assert "kind:fotoo" in only.note


def test_a_minus_word_excludes_the_word_and_its_meaning(library):
    library.photo("a.jpg", "red")
    library.photo("b.jpg", "red blue")
    library.photo("blue.jpg", "red")
    library.document("c.txt", "red with blue")
    library.document("d.txt", "red with grey")
    assert sorted(library.names("red -blue")) == ["a.jpg", "d.txt"]
    assert sorted(library.names('red -"with grey"')) == ["a.jpg", "b.jpg", "blue.jpg", "c.txt"]


def test_a_minus_word_does_not_hide_what_lies_behind_the_first_with_it(library, monkeypatch):
    for n in range(8):
        library.pending(f"invoice 2023 {n}.txt")
    library.pending("invoice of the last quarter 2024.txt")
    assert library.names("invoice -2023", limit=2) == ["invoice of the last quarter 2024.txt"]
    monkeypatch.setattr(candidates, "FIRST_RETRIEVAL", 2)
    for n in range(3):
        library.add(f"{n}.jpg", "photo", SegmentRow("image", ocr="closed"), means=["red"])
    library.photo("open.jpg", "red grey")
    assert library.names("red -closed kind:photo", limit=2) == ["open.jpg"]


def test_what_is_found_by_its_name_may_not_show_an_excluded_word_either(library):
    library.add("red holiday.jpg", "photo", SegmentRow("image", ocr="closed"), means=["grey"])
    library.photo("red door.jpg", "grey")
    library.document("red.txt", "a red one", "and far behind it says closed")
    library.document("other.txt", "another red one")
    assert sorted(library.names("red -closed")) == ["other.txt", "red door.jpg"]


def test_a_minus_picture(library, colour):
    library.photo("a.jpg", "red")
    library.photo("b.jpg", "red blue")
    found = library.names("red", [colour("blue")], image_weights=(-1.0,))
    assert found == ["a.jpg"]


def test_weights_pull(library, colour):
    library.photo("red.jpg", "red grey")
    library.photo("blue.jpg", "blue grey")
    pictures = [colour("red"), colour("blue")]
    assert library.names("", pictures, image_weights=(3.0, 1.0), rerank=False)[0] == "red.jpg"
    assert library.names("", pictures, image_weights=(1.0, 3.0), rerank=False)[0] == "blue.jpg"


def test_similar_files_of_any_kind_without_the_example_itself(library):
    library.photo("one.jpg", "red")
    library.photo("two.jpg", "red")
    library.photo("three.jpg", "blue")
    times = [SegmentRow("clip", start_s=float(n), end_s=n + 1.0, preview_times=(0.0,)) for n in range(2)]
    library.add("film.mp4", "video", *times, means=["blue", "red"])
    one = Example("/library/one.jpg")
    assert sorted(library.names(more_like=(one,))) == ["film.mp4", "two.jpg"]
    assert library.names(more_like=(one,), kinds=("photo",)) == ["two.jpg"]
    moment = Example("/library/film.mp4", start_s=0.0)
    assert library.names(more_like=(moment,)) == ["three.jpg"]


def test_examples_beside_a_question(library):
    library.photo("a.jpg", "red grey")
    library.photo("b.jpg", "blue grey")
    less = Example("/library/a.jpg")
    assert library.names("grey", less_like=(less,), rerank=False) == ["b.jpg"]
    more = Example("/library/b.jpg")
    assert library.names("grey", more_like=(more,), rerank=False)[0] == "b.jpg"


def test_an_example_that_is_not_indexed_is_said(library):
    library.photo("a.jpg", "red")
    results = library.stages(more_like=(Example("/elsewhere/x.jpg"),))[-1]
    assert results.hits == ()
    assert "/elsewhere/x.jpg is not in the index" in results.note
    assert library.names("kind:photo", more_like=(Example("/elsewhere/x.jpg"),)) == []
    results = library.stages("red", less_like=(Example("/elsewhere/x.jpg"),))[-1]
    assert [Path(hit.path).name for hit in results.hits] == ["a.jpg"]
    assert "/elsewhere/x.jpg is not in the index" in results.note


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("newest", ["scan 10.jpg", "scan 9.jpg", "a.jpg"]),
        ("oldest", ["a.jpg", "scan 9.jpg", "scan 10.jpg"]),
        ("name", ["a.jpg", "scan 9.jpg", "scan 10.jpg"]),
    ],
)
def test_the_relevant_set_is_sorted(library, sort, expected):
    library.photo("a.jpg", "red", mtime=DAY)
    library.photo("scan 10.jpg", "red", mtime=3 * DAY)
    library.photo("scan 9.jpg", "red", mtime=2 * DAY)
    library.photo("newest of all.jpg", "blue", mtime=9 * DAY)
    assert library.names("red", sort=sort) == expected
    assert library.names(f"red sort:{sort}") == expected


def test_pages_follow_each_other(library):
    for n in range(7):
        library.photo(f"{n}.jpg", "red", content=f"p{n}")
    whole = library.names("red")
    asked = len(library.embedder.asked)
    pages = [library.stages("red", limit=3, offset=offset)[-1] for offset in (0, 3, 6, 9)]
    assert [Path(hit.path).name for page in pages for hit in page.hits] == whole
    assert len(whole) == 7
    assert len(library.embedder.asked) == asked + 1, "the first page's vector does for all"


def test_pages_of_a_list_by_name_follow_each_other(library):
    numbered = [f"scan {n}.txt" for n in range(12)]
    for name in [*numbered[::2], *reversed(numbered[1::2])]:
        library.pending(name)
    pages = [library.names("kind:document sort:name", limit=5, offset=offset) for offset in (0, 5, 10)]
    assert [name for page in pages for name in page] == numbered
    assert [
        Path(hit.path).name for hit in library.browser.browse(Browse(limit=5, offset=5, sort="name")).hits
    ] == numbered[5:10]
    library.pending("a.txt")
    assert library.names("kind:document sort:name", limit=1) == ["a.txt"]


def test_copies_fold(library):
    library.photo("a.jpg", "red", content="same")
    library.photo("b.jpg", "red", content="same")
    library.photo("c.jpg", "blue")
    [hit] = library.search("red", fold=True)
    assert (Path(hit.path).name, [Path(path).name for path in hit.folded]) == ("a.jpg", ["b.jpg"])


def test_a_standing_search_finds_what_came_since(library):
    library.photo("old.jpg", "red")
    request = Search(1, "red kind:photo", more_like=(), image_weights=())
    library.store.saved.save("reds", request, standing=True)
    library.store.saved.save("blues", Search(1, "blue"), standing=False)
    [blues, reds] = library.store.saved.all()
    assert (blues.name, reds.name, reds.search) == ("blues", "reds", request)
    assert library.names("red kind:photo", newer_than=reds.seen) == []
    library.photo("new.jpg", "red")
    library.photo("other.jpg", "blue")
    assert library.names("red kind:photo", newer_than=reds.seen) == ["new.jpg"]
    library.store.saved.looked("reds")
    [_, reds] = library.store.saved.all()
    assert library.names("red kind:photo", newer_than=reds.seen) == []
    removed = library.store.file("/library/other.jpg")
    library.store.remove_files([removed.id])
    library.store.orphan_contents()
    library.photo("newest.jpg", "red")
    assert new_reds(library) == ["newest.jpg"], "though it has the number of one that went"
    library.pending("late.jpg")
    library.store.saved.looked("reds")
    assert new_reds(library) == []
    library.photo("late.jpg", "red")
    assert new_reds(library) == ["late.jpg"], "it was there when somebody looked, but not read"
    library.store.saved.forget("blues")
    library.store.saved.forget("blues")
    assert [one.name for one in library.store.saved.all()] == ["reds"]


def new_reds(library):
    [_, reds] = library.store.saved.all()
    return library.names("red kind:photo", newer_than=reds.seen, read_after=reds.read)

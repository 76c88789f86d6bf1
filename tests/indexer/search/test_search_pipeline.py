from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.messages.search_messages import Browse, Search
from indexer.store import neighbours
from indexer.store.rows import SegmentRow


def test_stages_come_in_order_and_only_the_last_is_final(library):
    library.photo("a.jpg", "red")
    stages = library.stages("red")
    assert [(stage.stage, stage.final, stage.search_id) for stage in stages] == [
        ("words", False, 7),
        ("meaning", False, 7),
        ("reranked", True, 7),
    ]
    assert stages[0].hits == ()
    assert stages[2].took_ms.total >= stages[2].took_ms.rerank >= 0
    assert [s.stage for s in library.stages("red", rerank=False)] == ["words", "meaning"]
    assert library.stages("red", rerank=False)[-1].final


def test_a_photo_is_found_by_what_it_shows(library):
    library.photo("one.jpg", "red")
    library.photo("two.jpg", "blue")
    [hit] = library.search("red")
    assert hit.path == "/library/one.jpg"
    assert (hit.kind, hit.relevance, hit.matched) == ("photo", "strong", ("meaning",))
    assert (hit.size_bytes, hit.modified, hit.width, hit.height) == (1000, 1_700_000_000.0, 32, 24)
    assert hit.segment.type == "image"
    assert [Path(name).is_file() for name in hit.segment.previews] == [True]


def test_nonsense_finds_nothing(library):
    for colour in ("red", "green", "blue"):
        library.photo(f"{colour}.jpg", colour)
        library.document(f"{colour}.txt", f"the {colour} one of the many")
    assert library.names("xqzt blorf") == []
    assert library.names("the xqzt of blorf") == []
    assert library.names() == []


def test_weak_ones_come_when_asked_for(library):
    library.photo("red.jpg", "red")
    [*_, last] = library.searcher.run(Search(1, "xqzt", weak=True))
    assert [hit.relevance for hit in last.hits] == ["weak"]


def test_a_picture_is_a_question_and_text_with_it_is_one_question(library, colour):
    library.photo("red.jpg", "red")
    library.photo("blue.jpg", "blue")
    library.photo("red night.jpg", "red black")
    assert library.names(images=[colour("red")])[0] == "red.jpg"
    assert library.names("black", [colour("red")])[0] == "red night.jpg"
    asked = library.embedder.asked[-1]
    assert (len(asked.images), asked.texts) == (1, ("black",))
    assert library.embedder.asked[0].texts == ()


@pytest.mark.parametrize("coarse", [False, True])
def test_a_kind_binds_inside_retrieval(library, monkeypatch, coarse):
    if coarse:
        monkeypatch.setattr(neighbours, "EXACT", 0)
    with library.store.transaction():
        for n in range(300):
            library.document(f"red {n}.txt", "red", content=f"d{n}")
        for n in range(5):
            library.photo(f"{n}.jpg", "red grey", content=f"p{n}")
    assert sorted(library.names("red", kinds=("photo",), limit=5)) == [f"{n}.jpg" for n in range(5)]
    assert len(library.names("red", kinds=("document",), limit=250)) == 250
    assert library.names("red", kinds=("video",)) == []


def test_as_many_files_come_back_as_there_are_even_behind_a_long_video(library):
    times = [
        SegmentRow("clip", start_s=float(n), end_s=n + 1.0, preview_times=(float(n),)) for n in range(300)
    ]
    library.add("long.mp4", "video", *times, means=["red"] * 300)
    for n in range(10):
        library.add(f"{n}.mp4", "video", times[0], means=["red grey"])
    assert len(library.names("red", limit=11)) == 11


def test_a_good_page_comes_back_even_behind_weak_passages(library):
    weak, good = "red barn farm field hay", "red stamp letter ink paper pen"
    for n in range(70):
        library.add(f"note {n}.txt", "document", SegmentRow("text", "a note"), means=[weak])
    library.add("scan.pdf", "document", SegmentRow("page", page=1), means=[good])
    assert library.names("red", rerank=False) == ["scan.pdf"], (
        "pages with that cosine are possible, texts not"
    )
    assert library.names("xqzt", rerank=False) == []


@pytest.mark.parametrize("coarse", [False, True])
def test_behind_thousands_of_weak_passages_only_pages_are_read(library, monkeypatch, coarse):
    if coarse:
        monkeypatch.setattr(neighbours, "EXACT", 0)
    weak, good = "red barn farm field hay", "red stamp letter ink paper pen"
    with library.store.transaction():
        for n in range(30):
            library.add(f"{n}.mbox", "document", *[SegmentRow("text", "a note")] * 80, means=[weak] * 80)
        library.add("scan.pdf", "document", SegmentRow("page", page=1), means=[good])
    read: list[int] = []
    load = library.store.lookup.segments_by_id
    monkeypatch.setattr(library.store.lookup, "segments_by_id", lambda ids: read.extend(ids) or load(ids))
    assert library.names("red", rerank=False) == ["scan.pdf"]
    assert len(read) < 200, "of 2,400 passages with their texts"


def test_the_best_segment_of_a_file_comes_first_and_others_follow(library):
    rows = [SegmentRow("clip", start_s=float(n), end_s=n + 1.0, preview_times=(0.0,)) for n in range(4)]
    library.add("film.mp4", "video", *rows, means=["blue", "red grey", "red", "green"])
    [hit] = library.search("red")
    assert (hit.segment.start_s, hit.segment.end_s) == (2.0, 3.0)
    assert [other.start_s for other in hit.others] == [1.0]


def test_copies_are_all_listed_and_judged_once(library):
    library.photo("a.jpg", "red", content="same")
    library.photo("b.jpg", "red", content="same")
    assert sorted(library.names("red")) == ["a.jpg", "b.jpg"]
    assert library.reranker.seen == [["red"]]


def test_a_copy_under_another_name_is_listed_beside_the_one_found_by_its_name(library):
    library.photo("red.jpg", "red", content="same")
    library.photo("IMG_1.jpg", "red", content="same")
    library.photo("blue.jpg", "grey", content="other")
    library.photo("IMG_2.jpg", "grey", content="other")
    assert library.names("red") == ["red.jpg", "IMG_1.jpg"]
    assert library.names("blue") == ["blue.jpg"], "only the name says so, and that of the copy does not"


def test_a_name_is_found_before_the_file_is_read(library):
    library.pending("Invoice 2024.pdf")
    words, meaning = library.stages("invoice")
    for stage in (words, meaning):
        [hit] = stage.hits
        assert (hit.path, hit.kind, hit.matched) == ("/library/Invoice 2024.pdf", "document", ("name",))
        assert (hit.segment.type, hit.thumbnail) == ("page", "")
    assert meaning.final


def test_names_are_never_hidden_by_meaning(library):
    for n in range(30):
        library.photo(f"{n}.jpg", "red", content=f"p{n}")
    library.photo("red.jpg", "blue")
    found = library.search("red", limit=10)
    assert "red.jpg" in [Path(hit.path).name for hit in found][:2]
    assert len(found) == 10


def test_words_of_a_passage_are_found_and_shown(library):
    library.document("manual.pdf", "first page about nothing", "The pump RE16TGK-7 needs oil. " * 10)
    library.photo("red.jpg", "red")
    [hit] = library.search("tgk-7")
    assert hit.matched == ("words",)
    assert hit.segment.page == 2
    assert "RE16TGK-7" in hit.snippet
    [hit] = library.search("TGK-7 needs oil")
    assert "words" in hit.matched


def test_a_long_text_with_the_words_hides_no_other_file(library):
    library.document("book.pdf", *["whale whale whale"] * 12)
    for name in ("a.txt", "b.txt"):
        library.document(name, "a whale among a great many other things that stand here")
    library.searcher.embedder = None
    assert sorted(library.names("whale", limit=5)) == ["a.txt", "b.txt", "book.pdf"]


def test_a_quoted_phrase_binds(library):
    library.document("one.txt", "a red car stands there")
    library.document("two.txt", "a car that is red")
    library.photo("red.jpg", "red car")
    assert library.names('"red car"') == ["one.txt"]
    assert library.names('"red car" there') == ["one.txt"]
    assert library.names('"red bus"') == []
    assert set(library.names("red car")) == {"one.txt", "two.txt", "red.jpg"}


def test_most_of_the_words_do_when_not_all_are_there(library):
    library.document("bike.txt", "invoice for the bicycle from hannover")
    library.document("other.txt", "something else entirely for you")
    library.embedder.preparation = "first"
    assert library.names("invoice bicycle hannover 2023") == ["bike.txt"]
    assert library.names("xqzt for blorf else") == []


def test_words_of_scripts_without_blanks_are_found_apart(library):
    library.pending("2024发票.pdf")
    library.document("a.txt", "这是北京大学的一张照片")
    library.document("b.txt", "東京の夜のタワー")
    library.document("c.txt", "ภาพถ่ายของบ้านสีแดง")
    assert library.names("2024年发票") == ["2024发票.pdf"]
    [hit] = library.search("北京大学的照片")
    assert Path(hit.path).name == "a.txt"
    assert "北京大学" in hit.snippet
    assert library.names("東京タワー") == ["b.txt"]
    assert library.names("ภาพบ้านสีแดง") == ["c.txt"]
    assert library.names('"北京大学照片"') == [], "a phrase binds"
    assert library.names("北京天气预报") == [], "too little of it is there"


def test_a_long_text_without_blanks_is_not_looked_up_in_every_piece(library):
    library.document("a.txt", "这是北京大学的一张照片")
    asked = []
    connection = library.store._database._connection
    connection.exec_trace = lambda cursor, sql, values: asked.append(sql) is None
    library.search("天气预报说明天有雨" * 60, rerank=False)
    connection.exec_trace = None
    assert len(asked) < 200


def test_a_common_word_lists_but_does_not_lead(library):
    with library.store.transaction():
        for n in range(120):
            library.photo(f"IMG_{n}.jpg", "grey", content=f"p{n}")
    library.photo("other.jpg", "img red")
    found = library.search("img red", limit=200)
    assert Path(found[0].path).name == "other.jpg"


def test_common_words_of_a_text_count_only_through_its_meaning(library):
    """A photo cannot hold words: texts must not win just because they can."""
    for n, colour in enumerate(["red", "green", "blue", "yellow"] * 6):
        library.document(f"{n}.txt", f"{colour} car and a {colour} house {n}")
    library.document("both.txt", "red bus and car xylophone and much else in the long story of a house")
    library.photo("a.jpg", "red car")
    found = library.search("red car", rerank=False)
    assert Path(found[0].path).name == "a.jpg"
    assert "both.txt" in [Path(hit.path).name for hit in found], "it holds the words"
    assert library.names("red car xylophone", rerank=False)[0] == "both.txt", "a rare word leads"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(codec=None), max_size=40))
def test_no_text_breaks_a_search(library, text):
    if not library.store.counts().files:
        library.photo("a.jpg", "red")
        library.document("b.txt", 'some "quoted" words OR * NEAR')
    assert library.stages(text)[-1].final


def test_a_word_inside_another_comes_last(library):
    library.document("scared.txt", "they were scared", content="s")
    library.photo("a.jpg", "car")
    assert library.names("car", rerank=False) == ["a.jpg", "scared.txt"]


def test_without_an_embedder_words_are_all(library):
    library.document("a.txt", "red things")
    library.searcher.embedder = None
    [only] = library.stages("red")
    assert only.final
    assert [hit.matched for hit in only.hits] == [("words",)]


def test_the_embedder_may_arrive_while_the_words_are_shown(library):
    library.photo("a.jpg", "red")
    stages = library.searcher.run(Search(1, "red"))
    assert not next(stages).final
    library.searcher.reranker = None
    assert next(stages).final


def test_vectors_of_another_embedder_are_a_note_not_a_mix(library):
    library.photo("red.jpg", "red")
    library.embedder.preparation = "second"
    last = library.stages("red")[-1]
    assert last.final
    assert "sightline models use" in last.note
    assert [hit.matched for hit in last.hits] == [("name",)]


def test_nothing_embedded_yet_is_no_error(library):
    library.store.space("other", 16, "first")
    last = library.stages("red")[-1]
    assert (last.final, last.hits, last.note) == (True, (), "")


def test_a_cancelled_search_stops_without_a_final_answer(library):
    library.photo("a.jpg", "red")
    for allowed in range(3):
        calls = []

        def cancelled(calls=calls, allowed=allowed):
            calls.append(1)
            return len(calls) > allowed

        stages = list(library.searcher.run(Search(1, "red"), (), cancelled))
        assert stages
        assert not any(stage.final for stage in stages)


def test_browsing_shows_the_newest_first(library):
    library.photo("old.jpg", "red", mtime=10**9)
    library.add(
        "new.mp4", "video", SegmentRow("clip", start_s=0.0, end_s=1.0), means=["red"], mtime=2 * 10**9
    )
    library.pending("waiting.pdf")
    hits = library.browser.browse(Browse()).hits
    assert [Path(hit.path).name for hit in hits] == ["new.mp4", "old.jpg", "waiting.pdf"]
    assert hits[0].segment.type == "clip"
    assert all(hit.matched == () and hit.score == 0 for hit in hits)
    photos = library.browser.browse(Browse(("photo",), 5))
    assert [Path(hit.path).name for hit in photos.hits] == ["old.jpg"]


def test_the_number_of_queries_does_not_grow_with_the_hits(library):
    with library.store.transaction():
        for n in range(150):
            library.document(f"{n}.txt", f"red words {n}", content=f"d{n}")
    asked = []
    connection = library.store._database._connection
    connection.exec_trace = lambda cursor, sql, values: asked.append(sql) is None
    counts = []
    for limit in (5, 149):
        asked.clear()
        assert len(library.search("red words", limit=limit)) == limit
        counts.append(len(asked))
    connection.exec_trace = None
    assert counts[1] <= counts[0] + 25, "another round of retrieval, but nothing per hit"


def test_scores_fall_within_zero_and_one(library):
    for n, means in enumerate(["red", "red grey", "red grey blue", "red green"]):
        library.photo(f"{n}.jpg", means)
    library.document("red.txt", "red words")
    for text in ("red", "red words"):
        scores = [hit.score for hit in library.search(text)]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)

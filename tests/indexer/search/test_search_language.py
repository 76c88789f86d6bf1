from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.search.dates import stretch
from indexer.search.query import parse
from indexer.store.filters import Filters
from indexer.store.store import Store

NOW = datetime(2026, 11, 25, 12)  # a Wednesday


def read(typed):
    return parse(typed, NOW)


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("2024", "2024-01-01", "2025-01-01"),
        ("2024-05", "2024-05-01", "2024-06-01"),
        ("2024-12-31", "2024-12-31", "2025-01-01"),
        ("12.05.2024", "2024-05-12", "2024-05-13"),
        ("May 2024", "2024-05-01", "2024-06-01"),
        ("2024年5月", "2024-05-01", "2024-06-01"),
        ("1990s", "1990-01-01", "2000-01-01"),
        ("yesterday", "2026-11-24", "2026-11-25"),
        ("gestern", "2026-11-24", "2026-11-25"),
        ("last week", "2026-11-16", "2026-11-23"),
        ("3 weeks ago", "2026-11-02", "2026-11-09"),
        ("last month", "2026-10-01", "2026-11-01"),
        ("last year", "2025-01-01", "2026-01-01"),
        ("last summer", "2026-06-01", "2026-09-01"),
        ("Summer 2023", "2023-06-01", "2023-09-01"),
        ("letzter Winter", "2025-12-01", "2026-03-01"),
        ("fall", "2026-09-01", "2026-12-01"),
        ("last autumn", "2025-09-01", "2025-12-01"),
        ("summer of 2019", "2019-06-01", "2019-09-01"),
        ("去年夏天", "2025-06-01", "2025-09-01"),
        ("2019年の夏", "2019-06-01", "2019-09-01"),
        ("春天", "2026-03-01", "2026-06-01"),
        ("l'été dernier", "2026-06-01", "2026-09-01"),
        ("l’e\u0301te\u0301 2023", "2023-06-01", "2023-09-01"),
        ("verão passado", "2026-06-01", "2026-09-01"),
        ("outono passado", "2025-09-01", "2025-12-01"),
        ("прошлым летом", "2026-06-01", "2026-09-01"),
        ("summer last year", "2025-06-01", "2025-09-01"),
        ("last year's summer", "2025-06-01", "2025-09-01"),
        ("Sommer letzten Jahres", "2025-06-01", "2025-09-01"),
        ("estate dell'anno scorso", "2025-06-01", "2025-09-01"),
        ("２０２４年５月", "2024-05-01", "2024-06-01"),
    ],
)
def test_dates_as_people_write_them(written, start, end):
    found = stretch(written, NOW)
    assert (found.start, found.end) == (datetime.fromisoformat(start), datetime.fromisoformat(end))


@pytest.mark.parametrize(
    "written",
    ["", "xqzt", "5", "a", "2024-02-30", "0000", "9999-99", "x" * 1000, "summer 24", "summer boat 2024"],
)
def test_what_is_no_date(written):
    assert stretch(written, NOW) is None


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("kind:photo,video", Filters(kinds=("photo", "video"))),
        ("kind:photo type:Videos", Filters(kinds=("photo", "video"))),
        ("kind：photo -ext：png", Filters(kinds=("photo",), excluded=(Filters(extensions=("png",)),))),
        ("is:screenshot", Filters(kinds=("screenshot",))),
        ("-kind:video", Filters(excluded=(Filters(kinds=("video",)),))),
        ("ext:.JPG,png", Filters(extensions=("jpg", "png"))),
        ('in:"Holiday 2024",Work', Filters(folders=("Holiday 2024", "Work"))),
        ('in:"The ""best"" of",5"', Filters(folders=('The "best" of', '5"'))),
        ('camera:"EOS R5" place:Berlin', Filters(cameras=("EOS R5",), places=("Berlin",))),
        ("after:2024-05", Filters(after=datetime(2024, 5, 1))),
        ("before:last summer", Filters(before=datetime(2026, 6, 1))),
        ("before:May 2024", Filters(before=datetime(2024, 5, 1))),
        ("on:3 May 2024", Filters(after=datetime(2024, 5, 3), before=datetime(2024, 5, 4))),
        ("on:May 3, 2024", Filters(after=datetime(2024, 5, 3), before=datetime(2024, 5, 4))),
        ("on:the 3rd of May 2024", Filters(after=datetime(2024, 5, 3), before=datetime(2024, 5, 4))),
        ("after:summer 2023", Filters(after=datetime(2023, 6, 1))),
        ("on:2023..2024", Filters(after=datetime(2023, 1, 1), before=datetime(2025, 1, 1))),
        ("on:2024..2023", Filters(after=datetime(2023, 1, 1), before=datetime(2025, 1, 1))),
        ("on:2023.. before:2024-05", Filters(after=datetime(2023, 1, 1), before=datetime(2024, 5, 1))),
        ("on:yesterday", Filters(after=datetime(2026, 11, 24), before=datetime(2026, 11, 25))),
        ("size:>5MB", Filters(minimum_size=5_000_000)),
        ("size:>5 MB", Filters(minimum_size=5_000_000)),
        ("size:<1,5 mb", Filters(maximum_size=1_500_000)),
        ("size:2MB..1MB", Filters(minimum_size=1_000_000, maximum_size=2_000_000)),
        ("size:100kb..1.5MiB", Filters(minimum_size=100_000, maximum_size=1_572_864)),
        ("size:<2k", Filters(maximum_size=2000)),
        ("dur:1m30s", Filters(minimum_duration_s=90)),
        ("dur:>1,5 min", Filters(minimum_duration_s=90)),
        ("dur:10..1:30", Filters(minimum_duration_s=10, maximum_duration_s=90)),
        ("-dur:>1h", Filters(excluded=(Filters(minimum_duration_s=3600),))),
        ("rating:4", Filters(minimum_rating=4)),
    ],
)
def test_filters(typed, expected):
    query = read(typed)
    assert query.problem == ""
    assert query.filters == expected
    assert query.terms == ()


def test_words_around_filters_stay_words_and_sorting_is_no_filter():
    query = read("a red before:last summer boat kind:photo sort:newest")
    assert query.text == "a red boat"
    assert query.filters == Filters(before=datetime(2026, 6, 1), kinds=("photo",))
    assert query.sort == "newest"


@pytest.mark.parametrize("after", ["5 boats", "boat 2024", "red 2024 boat", "-red 2024"])
def test_a_date_ends_where_words_begin(after):
    query = read(f"before:yesterday {after}")
    assert query.filters == Filters(before=datetime(2026, 11, 24))
    assert [part.text for part in query.parts][1:] == after.split()


def test_a_date_in_quotes_ends_there():
    query = read('before:"May" 2024 size:"5" MB')
    assert query.filters == Filters(before=datetime(2026, 5, 1), minimum_size=5)
    assert [part.text for part in query.parts] == ['before:"May"', "2024", 'size:"5"', "MB"]


def test_minus_words_phrases_and_meanings():
    query = read('boat -red -"not this" -(at night) semi-detached - x')
    assert [(term.text, term.phrase) for term in query.without] == [("red", False), ("not this", True)]
    assert query.unwanted == ("red", "at night")
    assert query.text == "boat semi-detached - x"


@pytest.mark.parametrize(
    "typed", ["size:>10000000TB", f"size:{'9' * 400}", f"dur:{'9' * 400}:00", f"dur:<{'9' * 400}h"]
)
def test_what_no_file_can_reach_is_a_bound_all_the_same(tmp_path, typed):
    with Store.open(tmp_path / "index.db") as store:
        assert read(typed).problem == ""
        assert store.lookup.listed_files(read(typed).filters, 10) == []


@pytest.mark.parametrize(
    "typed", ["http://example.org", "12:30", "C:\\Users", "-", "--", "foo:bar", "-()", "::"]
)
def test_what_only_looks_like_a_filter_is_words(typed):
    query = read(typed)
    assert (query.problem, query.filters, query.text) == ("", Filters(), typed)


@pytest.mark.parametrize(
    "typed",
    [
        "kind:fotoo",
        "before:xqzt",
        "size:huge",
        "size:..",
        "dur:x",
        "rating:9",
        "sort:fast",
        "kind:",
        "-sort:name",
        "on:..",
        "before:2024,2025",
        "ext:.",
        "ext:tar.gz",
    ],
)
def test_a_problem_is_one_sentence_at_its_place(typed):
    query = read(f"boat {typed} red")
    [part] = [part for part in query.parts if part.problem]
    assert (part.start, part.end) == (5, 5 + len(typed))
    assert part.problem.startswith(f"“{typed}” is not understood: ")
    assert part.problem.endswith(".")
    assert query.problem == part.problem


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("on:2024-05-07", "2024-05-07"),
        ("on:2024-05-07..2024-05-31", "2024-05-07 – 2024-05-31"),
        ("on:2024-02", "2024-02"),
        ("on:2023-11..2024-02", "2023-11 – 2024-02"),
        ("on:2024", "2024"),
        ("on:2022..2024", "2022 – 2024"),
        ("on:..2024-05", "until 2024-05-31"),
    ],
)
def test_whole_months_and_years_are_called_by_their_names(typed, label):
    assert [part.label for part in read(typed).parts] == [label]


def test_parts_say_what_was_understood():
    parts = read('kind:photo,video -in:Trash since:2024-05 size:>5 dur:1m..90 on:yesterday in:5"').parts
    assert [(part.text, part.field, part.negated, part.label) for part in parts] == [
        ("kind:photo,video", "kind", False, "photo, video"),
        ("-in:Trash", "in", True, "not in Trash"),
        ("after:2024-05", "after", False, "since 2024-05-01"),
        ("size:>5", "size", False, "size at least 5B"),
        ("dur:1m..90", "dur", False, "length 1m to 90s"),
        ("on:yesterday", "on", False, "2026-11-24"),
        ('in:"5"""', "in", False, 'in 5"'),
    ]


_PIECES = st.one_of(
    st.sampled_from(
        ["kind:", "-", '"', '""', "in:", "before:last", " ", "(", ")", ",", "..", "size:>1MB", "week"]
    ),
    st.text(st.characters(codec=None), max_size=6),
)


@settings(deadline=None)
@given(st.lists(_PIECES, max_size=8).map("".join))
def test_the_parts_are_the_same_query_again(typed):
    query = read(typed)
    places = [(part.start, part.end) for part in query.parts]
    assert places == sorted(places)
    assert all(start < end for start, end in places)
    again = read(" ".join(part.text for part in query.parts))
    assert again.filters == query.filters
    assert [part.text for part in again.parts] == [part.text for part in query.parts]
    assert (again.text, again.without, again.unwanted) == (query.text, query.without, query.unwanted)
    assert bool(again.problem) == bool(query.problem)

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.store import words as store_words
from indexer.store.filters import NONE
from indexer.store.rows import ItemRow, SegmentRow

NAMES = [
    "red_car.jpg", "Müller Straße.pdf", "猫と車.png", "北京大学.txt", "RE16TGK-7.pdf", "Ünïcode ﬁle.md",
    "Το φως.txt",
]  # fmt: skip


@pytest.fixture
def named(store, seen):
    return store, {store.add_file(seen(f"/library/{name}")): name for name in NAMES}


def search(named, *terms, every=True):
    store, names = named
    return [names[id] for id, _ in store.lookup.word_matches("name_word", terms, every, 10)]


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        (["RE16"], "RE16TGK-7.pdf"),
        (["tgk-7"], "RE16TGK-7.pdf"),
        (["muller"], "Müller Straße.pdf"),
        (["ÜLLER"], "Müller Straße.pdf"),
        (["大学"], "北京大学.txt"),
        (["猫"], "猫と車.png"),
        (["車"], "猫と車.png"),
        (["file"], "Ünïcode ﬁle.md"),
        (["-7"], "RE16TGK-7.pdf"),
        (["md"], "Ünïcode ﬁle.md"),
        (["ως"], "Το φως.txt"),
        (["car", "red"], "red_car.jpg"),
    ],
)
def test_any_part_in_any_script(named, terms, expected):
    assert search(named, *terms) == [expected]


def test_every_term_or_any(named):
    assert search(named, "red", "muller") == []
    assert set(search(named, "red", "muller", every=False)) == {"red_car.jpg", "Müller Straße.pdf"}
    assert search(named, "red", "q") == []
    assert search(named) == []


def test_a_phrase_is_exact(named):
    assert search(named, "red_car") == ["red_car.jpg"]
    assert search(named, "red car") == []


def test_a_name_weighs_more_than_a_folder(store, seen):
    in_folder = store.add_file(seen("/library/zebra/one.jpg"))
    by_name = store.add_file(seen("/library/other/zebra.jpg"))
    assert [id for id, _ in store.lookup.word_matches("name_word", ["zebra"], True, 10)] == [
        by_name,
        in_folder,
    ]


def test_what_half_the_library_holds_comes_newest_first(store, seen, monkeypatch):
    monkeypatch.setattr(store_words, "RANKED", 3)
    ids = [
        store.add_file(seen(f"/library/{'IMG ' * (n % 3 + 1)}{n} {'trip' if n < 3 else ''}.jpg"))
        for n in range(9)
    ]

    def found(*terms, every=True):
        return [id for id, _ in store.lookup.word_matches("name_word", terms, every, 5)]

    assert found("img") == ids[:3:-1]
    assert sorted(found("img", "trip")) == ids[:3], "a rarer term beside it makes few enough to rank"
    assert sorted(found("img", "trip", every=False)) == ids[:3], "and alone says what is looked for"


def test_all_rows_with_a_short_term_are_more_than_those_that_are_tried(store, seen, monkeypatch):
    monkeypatch.setattr(store_words, "EXPANSIONS", 2)
    ids = [store.add_file(seen(f"/library/qz{n}.jpg")) for n in range(5)]
    store.add_file(seen("/library/qz/other.jpg"))
    assert len(store.lookup.word_matches("name_word", ["qz"], True, 10)) < len(ids)
    every = store.lookup.all_word_matches
    assert sorted(every("name_word", "qz", NONE, lambda: False)) == ids, "names only, not folders"
    assert sorted(every("name_word", "qz3.j", NONE, lambda: False)) == [ids[3]]
    assert every("name_word", "qz", NONE, lambda: True) == []


def test_rarer_and_denser_texts_come_first(store, seen, vectors):
    texts = ["invoice " + "filler words " * 50, "invoice for the bicycle", "bicycle " * 3, "nothing here"]
    for n, text in enumerate(texts):
        id = store.add_file(seen(f"/library/{n}.txt"))
        store.add_content(id, text, ItemRow("document"), [SegmentRow("text", text)], vectors(1))
    assert [id for id, _ in store.lookup.word_matches("text_word", ["invoice"], True, 10)] == [2, 1]
    assert [id for id, _ in store.lookup.word_matches("text_word", ["invoice", "bicycle"], True, 10)] == [2]
    assert store.lookup.word_frequency("text_word", "bicycle") == 2
    assert store.lookup.word_frequency("text_word", "bicycle", limit=1) == 1
    assert store.lookup.word_frequency("text_word", "") == 0


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.characters(codec=None)), max_size=6), st.booleans())
def test_no_text_breaks_the_query(named, terms, every):
    store, _ = named
    for table in ("name_word", "text_word"):
        store.lookup.word_matches(table, terms, every, 5)
        for term in terms:
            store.lookup.word_frequency(table, term)


@pytest.mark.parametrize("every", [True, False])
def test_ten_thousand_words(named, every):
    terms = [f"word{n}" for n in range(10_000)]
    assert search(named, *terms, every=every) == []
    assert search(named, *terms, "muller", every=every) == ([] if every else ["Müller Straße.pdf"])


@pytest.mark.parametrize(
    "text",
    [
        '"',
        "a OR b",
        "NEAR(a b)",
        "*",
        "name:red",
        "red*",
        "-red",
        "x" * 100_000,
        "' --",
        "\ud7ff",
        "\U0010ffff",
    ],
)
def test_syntax_is_only_text(named, text):
    assert search(named, text) == []


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text("aBcäé大学猫ß ._-ﬁ", min_size=1, max_size=12), st.data())
def test_every_part_of_a_name_finds_it(store, seen, name, data):
    start = data.draw(st.integers(0, len(name) - 1))
    part = name[start : data.draw(st.integers(start + 1, len(name)))]
    id = store.add_file(seen(f"/elsewhere/x/{name}"))
    if name not in (".", "..") and part.strip() == part:
        assert id in [found for found, _ in store.lookup.word_matches("name_word", [part], True, 10_000)]


def test_what_has_gone_does_not_make_the_words_that_are_left_seem_rare(store, seen, vectors):
    for n in range(40):
        id = store.add_file(seen(f"/library/{n}.txt"))
        store.add_content(id, str(n), ItemRow("document"), [SegmentRow("text", f"text {n}")], vectors(1))
        if n % 4:
            store.remove_files([id])
            store.orphan_contents()
    assert store.lookup.word_rows("text_word") == 10
    assert store.lookup.word_rows("name_word") == 10

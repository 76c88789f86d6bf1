import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.messages.item_messages import Box
from indexer.search.hits import lit, snippet
from indexer.search.query import MAXIMUM_TERMS, Term, parse
from indexer.store.rows import LineRow
from indexer.store.words import folded


def terms(typed):
    return [term.text for term in parse(typed).terms]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("red car", ["red", "car"]),
        ("the red car in a garage", ["red", "car", "garage"]),
        ("the", ["the"]),
        ('"red car" garage', ["red car", "garage"]),
        ("“red car” „blaues Auto“ «x y»", ["red car", "blaues Auto", "x y"]),
        ('"open end', ["open", "end"]),
        ('""', []),
        ("RE16TGK-7, (draft).", ["RE16TGK-7", "draft"]),
        ("holiday/beach.jpg", ["holiday", "beach.jpg"]),
        ("car Car CAR", ["CAR"]),
        ("猫 x 北京大学", ["北京大学", "猫"]),
        ("a", ["a"]),
        ("Größe ﬁle", ["Größe", "file"]),
        ("  ", []),
    ],
)
def test_words_and_phrases(typed, expected):
    assert terms(typed) == expected


def test_the_models_read_all_of_it_without_the_quotes():
    assert parse('a "red car"  at\tnight').text == "a red car at night"
    assert len(parse(" ".join(f"word{n}" for n in range(10_000))).terms) == MAXIMUM_TERMS


@given(st.text(st.characters(codec=None)))
def test_every_text_is_a_query(typed):
    query = parse(typed)
    query.text.encode("utf-8")
    for term in query.terms:
        assert term.text.strip()
        assert term.occurs_in(folded(term.text))
        snippet(typed, query)


@pytest.mark.parametrize(
    ("term", "text", "expected"),
    [
        ("car", "my_car.jpg", True),
        ("car", "scared", False),
        ("car", "scared by a car", True),
        ("Über", "uberall", True),
        ("ore", "støre", False),
        ("кот", "скот", False),
        ("Кот", "мой кот", True),
        ("学", "北京大学", True),
        ("x", "", False),
    ],
)
def test_where_a_word_begins(term, text, expected):
    assert Term(term).begins_a_word_in(folded(text)) is expected


def test_a_snippet_shows_the_word_with_a_little_around_it():
    text = "Lorem ipsum dolor sit amet. " * 20 + "The Größe of\nthe\tbicycle " + "consectetur elit. " * 20
    found = snippet(text, parse("grosse bicycle grösse"))
    assert "The Größe of the bicycle" in found
    assert found.startswith("… ")
    assert found.endswith(" …")
    assert len(found) < 230
    assert snippet("The bicycle", parse("bicycle")) == "The bicycle"
    assert snippet("The bicycle", parse("car")) == ""
    assert snippet("x" * 1000, parse("xx")).endswith(" …")


def test_a_word_is_lit_wherever_it_stands_in_a_line():
    line = LineRow("gate 7, Gate 9", Box(0.0, 0.5, 0.5, 0.1))
    assert [box.left for box in lit([line], parse("gate"))] == pytest.approx([0.0, 8 / 28], abs=1e-3)

"""What becomes of an answer: sections, orders, views, copies folded and unfolded, and ever more of it."""

import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from fake_engine import READY, FakeEngine
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_sample import hits

from desktop_app.language import wording
from desktop_app.results.result_sections import _month
from desktop_app.results.results_grid import View
from desktop_app.results.results_layout import HEADER, Layout, Section
from desktop_app.results.results_model import KEPT, ResultsModel
from desktop_app.search.paging import PAGE
from desktop_app.search_window import SearchWindow
from indexer.messages.query_messages import GetHits, Month
from indexer.messages.result_messages import Facts, Hit, Segment
from indexer.messages.search_messages import Browse
from indexer.paths import Paths

Left = Qt.MouseButton.LeftButton


@pytest.fixture
def found(tmp_path: Path) -> tuple[Hit, ...]:
    return hits(tmp_path, 12)


def plain(number: int, **rest: object) -> Hit:
    whole = {"score": 0.0, "relevance": "weak", "matched": (), "modified": 1.7e9 - number * 86_400} | rest
    return Hit(f"/p/{number}.jpg", "photo", segment=Segment("image"), **whole)  # type: ignore[arg-type]


def ask(window: SearchWindow, text: str) -> None:
    window.search_bar.field.setText(text)
    window.session.set_query(window.asking.question())
    window.session.ask()


def titles(window: SearchWindow) -> list[str]:
    return [section.title for section in window.grid._places.sections]


def paths(window: SearchWindow) -> list[str]:
    return [hit.path for hit in window.model.hits]


# --- the layout ----------------------------------------------------------------------------------------


def test_every_row_has_its_place_and_every_place_its_row() -> None:
    layout = Layout([Section("A", 5), Section("", 3), Section("B", 4), Section("More", 0, True)],
                    QSize(100, 80), columns=3, left=10)  # fmt: skip
    assert layout.rows == 12
    seen = set()
    for row in range(12):
        rect = layout.rect(row)
        assert layout.row_at(rect.left(), rect.top()) == layout.row_at(rect.right(), rect.bottom()) == row
        seen.add((rect.left(), rect.top()))
    assert len(seen) == 12
    assert list(layout.rows_between(0, layout.height)) == list(range(12))
    assert list(layout.rows_between(layout.rect(5).top(), layout.rect(5).top())) == [5, 6, 7]
    assert layout.row_at(5, 60) == layout.row_at(400, 60) == -1
    assert layout.row_at(layout.rect(4).right() + 50, layout.rect(4).top()) == -1, (
        "beside the last of a section"
    )
    assert layout.rect(0).top() > HEADER
    assert layout.title_at(layout.height - 10) == 3
    assert [at for at, _ in layout.titles_between(0, layout.height)] == [0, 2, 3]


def test_keys_go_on_into_the_next_section() -> None:
    layout = Layout([Section("A", 5), Section("B", 2), Section("C", 4)], QSize(100, 80), columns=3)
    assert [layout.below(row) for row in (0, 2, 3, 4, 5, 6, 7, 8, 10)] == [3, 4, 5, 6, 7, 8, 10, 10, 10]
    assert [layout.above(row) for row in (10, 7, 8, 9, 5, 6, 3, 0, 2)] == [7, 5, 6, 6, 3, 4, 0, 0, 2]


def test_a_mirrored_layout_begins_on_the_right() -> None:
    layout = Layout([Section("A", 4)], QSize(100, 80), columns=3, mirrored=True)
    assert layout.rect(0).left() == 200
    assert layout.row_at(250, layout.rect(0).top()) == 0


# --- sections ------------------------------------------------------------------------------------------


def test_strong_ones_come_first_under_their_own_title(
    window: SearchWindow, engine: FakeEngine, found: tuple[Hit, ...]
) -> None:
    engine.ready()
    ask(window, "beach")
    engine.answer(found[::-1], "meaning", final=False)
    assert titles(window) == ["Strong matches  ·  4", "Possible matches  ·  8"]
    assert [hit.relevance for hit in window.model.hits] == ["strong"] * 4 + ["possible"] * 8
    engine.answer(found)
    assert titles(window)[-1] == "Show weaker matches"
    title = window.grid._places._tops[-1] - window.grid.verticalOffset() + HEADER // 2
    window.grid.verticalScrollBar().setValue(window.grid.verticalScrollBar().maximum())
    title = window.grid._places._tops[-1] - window.grid.verticalOffset() + HEADER // 2
    QTest.mouseClick(window.grid.viewport(), Left, pos=QPoint(40, title))
    assert engine.searches()[-1].weak
    assert engine.searches()[-1].text == "beach"
    engine.answer(found)
    assert "Show weaker matches" not in titles(window)
    ask(window, "boat")
    assert not engine.searches()[-1].weak, "it was for that question"


def test_a_typed_order_has_no_sections(
    window: SearchWindow, engine: FakeEngine, found: tuple[Hit, ...]
) -> None:
    engine.ready()
    ask(window, "beach sort:name")
    engine.answer(found[::-1])
    assert titles(window) == [""]
    assert paths(window) == [hit.path for hit in found[::-1]]


# --- orders --------------------------------------------------------------------------------------------


def test_another_order_is_asked_for(window: SearchWindow, engine: FakeEngine, found: tuple[Hit, ...]) -> None:
    engine.browse = found
    engine.ready()
    window.header.sorts.actions()[4].trigger()
    assert engine.requests[-1] == Browse(limit=PAGE, sort="size")
    assert window.header.text == "Largest files"
    ask(window, "beach")
    assert engine.searches()[-1].sort == "size"
    window.header.sorts.actions()[0].trigger()
    assert engine.searches()[-1].sort == "relevance"


def test_the_order_before_the_reranker_can_be_seen(
    window: SearchWindow, engine: FakeEngine, found: tuple[Hit, ...]
) -> None:
    engine.ready()
    ask(window, "beach")
    engine.answer(found, "meaning", final=False)
    assert not window.header.before.isEnabled()
    better = (*found[3::-1], *found[4:])
    engine.answer(better)
    assert paths(window) == [hit.path for hit in better]
    window.header.before.trigger()
    assert paths(window) == [hit.path for hit in found]
    assert "before the second look" in window.header.text
    window.header.before.trigger()
    assert paths(window) == [hit.path for hit in better]
    ask(window, "boat")
    engine.answer(found, "meaning", final=False)
    engine.answer(found)
    assert not window.header.before.isEnabled(), "nothing changed"


# --- views ---------------------------------------------------------------------------------------------


def test_list_and_months(window: SearchWindow, engine: FakeEngine, found: tuple[Hit, ...]) -> None:
    engine.browse = found
    engine.months = (Month(2024, 7, 7), Month(2024, 6, 5))
    engine.ready()
    QTest.mouseClick(window.header.views[View.LIST], Left)
    assert window.grid._places.columns == 1
    assert window.grid.cell_rect(0).height() < 80
    QTest.mouseClick(window.header.views[View.TIMELINE], Left)
    assert titles(window) == ["July 2024  ·  7", "June 2024  ·  5"]
    assert window.grid._places.columns > 1
    ask(window, "beach")
    assert engine.searches()[-1].sort == "newest"
    engine.answer(found)
    assert titles(window)[0].startswith("July 2024")
    ask(window, "beach sort:name")
    engine.answer(found[::-1])
    assert titles(window) == [""], "in no order of time there are no months"
    ask(window, "beach")
    window.header.sorts.actions()[3].trigger()
    assert window.header.view is View.GRID
    assert engine.searches()[-1].sort == "name"
    window.header.sorts.actions()[0].trigger()
    QTest.mouseClick(window.header.views[View.TIMELINE], Left)
    assert engine.searches()[-1].sort == "newest"
    QTest.mouseClick(window.header.views[View.GRID], Left)
    assert engine.searches()[-1].sort == "relevance"


@pytest.mark.skipif(sys.platform == "win32", reason="its zone cannot be set for one program")
def test_what_was_taken_by_a_clock_of_utc_is_told_by_the_clock_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        film = plain(1, facts=Facts(taken="2024-07-31T20:30:00+00:00"))
        assert wording.taken(film.facts.taken).startswith("1 Aug 2024, 5:30")
        assert _month(film) == (2024, 8), "where the engine sorts it"
        assert wording.day(film) == "1 Aug 2024", "whenever the file was changed"
        assert wording.taken("2024-07-31T20:30:00+02:00").startswith("31 Jul 2024, 8:30")
        assert wording.taken("2024-07-31T20:30:00").startswith("31 Jul 2024, 8:30")
    finally:
        monkeypatch.undo()
        time.tzset()


def test_the_view_is_remembered(
    qtbot: QtBot, window: SearchWindow, engine: FakeEngine, found: tuple[Hit, ...], paths: Paths
) -> None:
    window.header.choose_view(View.LIST)
    window.close()
    again = SearchWindow(engine, paths)
    qtbot.addWidget(again)
    assert again.grid.view is View.LIST
    assert again.header.views[View.LIST].isChecked()
    again.thumbnails.stop()


# --- what looks the same -------------------------------------------------------------------------------


def test_copies_are_unfolded_and_folded_again(
    window: SearchWindow, engine: FakeEngine, found: tuple[Hit, ...]
) -> None:
    same = (plain(1), plain(2))
    engine.browse = same
    engine.ready()
    ask(window, "beach")
    assert engine.searches()[-1].fold
    first = replace(found[0], folded=tuple(hit.path for hit in same))
    engine.answer((first, *found[1:]))
    badge = window.grid._card.fold_rect(first, window.grid.cell_rect(0))
    assert badge.isValid()
    spoken = window.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.endswith(", 2 that look the same"), "what the badge says is heard, too"
    QTest.mouseClick(window.grid.viewport(), Left, pos=badge.center())
    assert engine.requests[-1] == GetHits(first.folded)
    assert paths(window)[:4] == [first.path, "/p/1.jpg", "/p/2.jpg", found[1].path]
    assert window.model.hits[1].relevance == "strong", "they are shown with what they look like"
    assert window.grid.selected_hits() == [], "the badge is no card"
    QTest.mouseClick(window.grid.viewport(), Left, pos=badge.center())
    assert paths(window) == [first.path, *(hit.path for hit in found[1:])]


# --- ever more -----------------------------------------------------------------------------------------


def test_a_long_index_is_loaded_where_it_is_looked_at(
    qtbot: QtBot, window: SearchWindow, engine: FakeEngine
) -> None:
    engine.browse = tuple(plain(n) for n in range(5_000))
    engine.ready()
    assert window.model.rowCount() == 5_000
    assert len(window.model.hits) == PAGE
    window.grid.verticalScrollBar().setValue(window.grid.verticalScrollBar().maximum())
    qtbot.waitUntil(lambda: window.model.at(4_999) is not None)
    assert window.model.at(2_500) is None
    QTest.keyClick(window.grid, Qt.Key.Key_Home)
    window.grid.choose_row(2_500)
    qtbot.waitUntil(lambda: window.inspector.hit == engine.browse[2_500])


def choose_all(window: SearchWindow) -> None:
    window.grid.setFocus()
    QTest.keyClick(window.grid, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)


def test_choosing_all_of_a_long_list_loads_the_rest(window: SearchWindow, engine: FakeEngine) -> None:
    engine.browse = tuple(plain(n) for n in range(1_050))
    engine.ready()
    window.session.want_rows(700)  # one page in its middle is there already
    choose_all(window)
    assert window.grid.selected_hits() == list(engine.browse)
    assert window.banner.sentence == ""


def test_files_that_have_gone_since_they_were_counted_are_not_asked_for_for_ever(
    window: SearchWindow, engine: FakeEngine
) -> None:
    engine.browse = tuple(plain(n) for n in range(1_000))
    engine.ready()
    engine.browse = engine.browse[:990]
    choose_all(window)
    assert window.grid.selected_hits() == list(engine.browse)
    asked = len(engine.requests)
    window.session.want_rows(995)
    assert len(engine.requests) == asked


def test_choosing_all_of_a_very_long_list_says_what_was_chosen(
    window: SearchWindow, engine: FakeEngine
) -> None:
    engine.browse = tuple(plain(n) for n in range(6_000))
    engine.ready()
    choose_all(window)
    assert window.grid.selected_hits() == list(engine.browse[:5_000])
    assert window.banner.sentence.startswith("Only the 5,000 files that were loaded")


def test_a_stretch_of_a_long_list_is_loaded_when_it_is_chosen(
    window: SearchWindow, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.browse = tuple(plain(n) for n in range(1_050))
    engine.ready()
    window.grid.setFocus()
    window.grid.choose_row(10)
    QTest.keyClick(window.grid, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    assert window.grid.selected_hits() == list(engine.browse[10:])
    assert window.banner.sentence == ""
    monkeypatch.setattr("desktop_app.results.answering.MOST_CHOSEN", 300)
    engine.browse = engine.browse[1:]
    window.session.ask_anew()
    window.grid.choose_row(10)
    QTest.keyClick(window.grid, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    assert window.grid.selected_hits() == list(engine.browse[10:PAGE])
    assert window.banner.sentence.startswith("Only the 190 files that were loaded")


def test_choosing_all_tells_when_the_rest_cannot_be_had(window: SearchWindow, engine: FakeEngine) -> None:
    engine.browse = tuple(plain(n) for n in range(1_000))
    engine.ready()
    engine.refuse = "The index is busy."
    choose_all(window)
    assert len(window.grid.selected_hits()) == PAGE
    assert window.banner.sentence.startswith("Only the 200 files that were loaded")


def test_files_that_come_while_all_are_chosen_wait(
    qtbot: QtBot, window: SearchWindow, engine: FakeEngine
) -> None:
    """The first page is the same; below it there is one more, so every row there may be another."""
    engine.browse = tuple(plain(n) for n in range(1_000))
    engine.ready()
    choose_all(window)
    chosen = engine.browse
    engine.browse = tuple(plain(n) for n in range(1_001))
    engine.report(replace(READY, files=READY.files + 1))
    qtbot.waitUntil(window.header.pill.isVisible)
    assert window.grid.selected_hits() == list(chosen)
    engine.browse = chosen
    engine.report(READY)
    qtbot.waitUntil(window.header.pill.isHidden)
    assert window.grid.selected_hits() == list(chosen)


def test_choosing_all_of_a_search_loads_the_rest(window: SearchWindow, engine: FakeEngine) -> None:
    engine.ready()
    ask(window, "beach")
    sure = {"matched": ("meaning",), "relevance": "strong"}
    every = tuple(plain(n, **sure) for n in range(450))
    engine.answer(every[:PAGE], total=450)
    window.grid.setFocus()
    QTest.keyClick(window.grid, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    engine.answer(every[PAGE : 2 * PAGE], total=450)
    engine.answer(every[2 * PAGE :], total=450)
    assert len(window.grid.selected_hits()) == 450
    assert window.banner.sentence == ""
    ask(window, "boat")
    engine.answer(every[:PAGE], total=450)
    QTest.keyClick(window.grid, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    window.grid.choose_row(3)
    engine.answer(every[PAGE : 2 * PAGE], total=450)
    assert len(window.grid.selected_hits()) == 1, "something else was chosen meanwhile"


def test_what_was_unfolded_does_not_count_as_what_is_still_to_come(
    window: SearchWindow, engine: FakeEngine
) -> None:
    same = tuple(plain(n) for n in range(1_000, 1_060))
    engine.browse = same
    engine.ready()
    ask(window, "beach")
    every = [plain(n, matched=("meaning",), relevance="strong") for n in range(230)]
    every[0] = replace(every[0], folded=tuple(hit.path for hit in same))
    engine.answer(tuple(every[:PAGE]), total=215, at_least=True)
    window.session.toggle_folded(every[0])
    assert window.header.text == "200+ results", "nobody has looked for more of them"
    choose_all(window)
    assert engine.searches()[-1].offset == PAGE
    engine.answer(tuple(every[PAGE:]), total=230)
    assert len(window.grid.selected_hits()) == 290
    assert window.header.text == "290 results"


def test_choosing_all_of_very_much_says_what_was_chosen(
    window: SearchWindow, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_app.results.answering.MOST_CHOSEN", 300)
    engine.ready()
    ask(window, "beach")
    every = tuple(plain(n, matched=("meaning",), relevance="strong") for n in range(3 * PAGE))
    engine.answer(every[:PAGE], total=1_000)
    window.grid.setFocus()
    QTest.keyClick(window.grid, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    engine.answer(every[PAGE : 2 * PAGE], total=1_000)
    assert window.banner.sentence.startswith("Only the 400 files that were loaded")


def test_from_right_to_left_words_begin_at_the_other_edge(window: SearchWindow) -> None:
    window.say("Something to be read.")
    lines = (
        (window.header, window.header._label),
        (window.banner, window.banner._text),
        (window.status_line, window.status_line._label),
    )
    for line, label in lines:
        line.layout().activate()
        before = label.geometry().left()
        line.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        line.layout().activate()
        assert line.width() - 1 - label.geometry().right() == before
        assert label.alignment() & Qt.AlignmentFlag.AlignRight


def test_rows_not_seen_for_long_are_let_go() -> None:
    model = ResultsModel()
    model.set_hits(tuple(plain(n) for n in range(PAGE)), 100_000)
    for first in range(PAGE, KEPT + 3 * PAGE, PAGE):
        model.put(first, tuple(plain(n) for n in range(first, first + PAGE)))
    assert len(model.hits) <= KEPT
    assert model.at(0) is None
    assert model.at(KEPT) is not None
    assert model.rowCount() == 100_000


def test_more_of_a_search_comes_at_its_end(qtbot: QtBot, window: SearchWindow, engine: FakeEngine) -> None:
    engine.ready()
    ask(window, "beach")
    sure = {"matched": ("meaning",), "relevance": "strong"}
    first = tuple(plain(n, **sure) for n in range(PAGE))
    engine.answer(first, total=450)
    assert window.header.text == "450 results"
    asked = len(engine.searches())
    bar = window.grid.verticalScrollBar()
    bar.setValue(bar.maximum())
    more = engine.searches()[-1]
    assert (more.offset, more.text, len(engine.searches())) == (PAGE, "beach", asked + 1)
    place = bar.value()
    second = tuple(plain(n, **sure) for n in range(PAGE - 2, 2 * PAGE - 2))  # two of them moved up meanwhile
    engine.answer(second, total=450)
    assert len(window.model.hits) == 2 * PAGE - 2
    assert bar.value() == place
    bar.setValue(bar.maximum())
    assert engine.searches()[-1].offset == 2 * PAGE - 2
    number = engine.searches()[-1].search_id
    ask(window, "boat")
    engine.answer(second, search_id=number)
    assert len(window.model.hits) == 2 * PAGE - 2, "of a question that is no longer asked"


def test_a_narrow_header_shows_the_order_by_its_icon(window: SearchWindow, engine: FakeEngine) -> None:
    engine.browse = tuple(plain(n) for n in range(5))
    engine.ready()
    window.resize(1200, 700)
    QApplication.processEvents()
    assert window.header.order.text() == "Newest first"
    window.resize(640, 700)
    QApplication.processEvents()
    assert window.header.order.text() == ""
    assert window.header.order.accessibleName() == "Order of the results: Newest first"

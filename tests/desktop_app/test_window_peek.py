"""A result as large as the window: keys, pages, parts, and that nothing below is touched."""

from dataclasses import replace
from pathlib import Path

import pytest
from fake_engine import FakeEngine
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_sample import hits, landscape

from desktop_app.actions import Command
from desktop_app.search.paging import PAGE
from desktop_app.search_window import SearchWindow
from desktop_app.viewing.peek import Peek
from indexer.messages.item_messages import Box, GetPreview, Preview, Word
from indexer.messages.result_messages import Hit
from indexer.messages.search_messages import Browse, Example

Key = Qt.Key


@pytest.fixture
def found(qtbot: QtBot, window: SearchWindow, engine: FakeEngine, tmp_path: Path) -> tuple[Hit, ...]:
    """Twelve results, all of which can be drawn large, and the first is chosen."""
    made = hits(tmp_path, 12)
    large = str(tmp_path / "large.jpg")
    landscape(1600, 1200, 1).save(large)
    for hit in made:
        for page in (None, *range(1, 15)):
            engine.previews[hit.path, page] = Preview(large, 1600, 1200, 14 if page else None, "words")
    engine.previews[made[8].path, None] = Preview(text="Packing list: towel, sun cream")
    engine.ready()
    window.search_bar.field.setText("deposit")
    window.session.ask()
    engine.answer(made)
    window.grid.choose_row(0)
    window.grid.setFocus()
    return made


@pytest.fixture
def peek(qtbot: QtBot, window: SearchWindow, found: tuple[Hit, ...]) -> Peek:
    """Open, on the first result."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window.grid, Key.Key_Space)
    assert window.looking.peek.isVisible()
    return window.looking.peek


def test_space_opens_and_closes_and_the_list_has_the_keyboard_again(window: SearchWindow, peek: Peek) -> None:
    assert peek.geometry() == window.rect()
    assert peek.hasFocus()
    QTest.keyClick(peek, Key.Key_Space)
    assert not peek.isVisible()
    assert window.grid.hasFocus()
    assert window.grid.currentIndex().row() == 0


def test_arrows_go_through_the_results_as_in_the_list(
    qtbot: QtBot, window: SearchWindow, peek: Peek, found: tuple[Hit, ...]
) -> None:
    first = window.grid.visualRect(window.model.index(0, 0))
    QTest.keyClick(peek, Key.Key_Down)
    below = window.grid.visualRect(window.grid.currentIndex())
    assert below.x() == first.x()
    assert window.grid.currentIndex().row() > 1
    for key, row in (
        (Key.Key_Home, 0),
        (Key.Key_Right, 1),
        (Key.Key_Left, 0),
        (Key.Key_Left, 0),
        (Key.Key_End, 11),
        (Key.Key_Home, 0),
    ):
        QTest.keyClick(peek, key)
        assert window.grid.currentIndex().row() == row
        assert window.inspector.hit == found[row]
        assert peek._name.whole == Path(found[row].path).name
    assert peek._place.text() == "1 of 12"
    assert "4000 × 3000" in peek.about
    qtbot.waitUntil(lambda: peek.stage.picture.file.endswith("large.jpg"))


def test_flying_past_draws_only_where_one_stops(
    qtbot: QtBot, window: SearchWindow, engine: FakeEngine, peek: Peek, found: tuple[Hit, ...]
) -> None:
    engine.requests.clear()
    for _ in range(2):
        QTest.keyClick(peek, Key.Key_Right)
    qtbot.waitUntil(lambda: peek.stage.preview is not None)
    drawn = [request.path for request in engine.requests if isinstance(request, GetPreview)]
    assert drawn[-1] == found[2].path
    assert len(drawn) <= 2


def test_a_row_that_is_not_loaded_yet_is_waited_for(
    window: SearchWindow,
    peek: Peek,
    engine: FakeEngine,
    found: tuple[Hit, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    peek.put_away()
    engine.browse = tuple(replace(found[0], path=f"/p/{number}.jpg") for number in range(PAGE + 5))
    window.search_bar.clear()
    held: list[tuple[object, dict[str, object]]] = []
    ask = engine.request

    def hold(request: object, **more: object) -> None:
        if isinstance(request, Browse):
            held.append((request, more))
        else:
            ask(request, **more)

    monkeypatch.setattr(engine, "request", hold)
    window.grid.choose_row(PAGE - 1)
    window.actions_[Command.PEEK].trigger()
    QTest.keyClick(peek, Key.Key_Right)
    assert window.grid.currentIndex().row() == PAGE
    assert peek.isVisible()
    assert peek._place.text() == "200 of 205"
    for request, more in held:
        ask(request, **more)
    assert peek._place.text() == "201 of 205"


def test_escape_peels_off_one_layer(window: SearchWindow, peek: Peek) -> None:
    QTest.keyClick(peek, Key.Key_B)
    assert peek.stage.picture.drawing
    QTest.keyClick(window, Key.Key_Escape)
    assert not peek.stage.picture.drawing
    assert peek.isVisible()
    QTest.keyClick(window, Key.Key_Escape)
    assert not peek.isVisible()
    assert window.search_bar.text == "deposit"


def test_zoomed_in_the_arrows_move_the_picture(qtbot: QtBot, window: SearchWindow, peek: Peek) -> None:
    qtbot.waitUntil(lambda: peek.stage.preview is not None)
    peek.repaint()
    QTest.keyClick(peek, Key.Key_1)
    assert peek.stage.picture.zoom.percent == 100
    QTest.keyClick(peek, Key.Key_Right)
    assert window.grid.currentIndex().row() == 0
    QTest.keyClick(peek, Key.Key_0)
    QTest.keyClick(peek, Key.Key_Right)
    assert window.grid.currentIndex().row() == 1


def test_pages_turn_and_moments_step(window: SearchWindow, peek: Peek, found: tuple[Hit, ...]) -> None:
    window.grid.choose_row(5)
    QTest.keyClick(peek, Key.Key_PageDown)
    assert peek.stage.pages.sentence == "Page 4 of 14"
    QTest.keyClick(peek, Key.Key_PageUp)
    assert window.inspector.segment == found[5].segment
    window.grid.choose_row(3)
    assert peek.stage.video.isVisible()
    assert not peek.stage.tools.isVisible()
    QTest.keyClick(peek, Key.Key_PageUp)
    assert window.inspector.segment == found[3].others[0]
    assert peek.stage.video._caption() == "0:08 – 0:16"


def test_a_text_can_be_read(qtbot: QtBot, window: SearchWindow, peek: Peek) -> None:
    window.grid.choose_row(8)
    qtbot.waitUntil(lambda: peek.stage.text.isVisible())
    assert peek.stage.text.toPlainText() == "Packing list: towel, sun cream"
    assert not peek.stage.picture.isVisible()
    window.grid.choose_row(0)
    assert not peek.stage.text.isVisible()


def test_a_file_that_is_gone_is_told_and_what_is_known_stays(
    qtbot: QtBot, window: SearchWindow, engine: FakeEngine, peek: Peek, found: tuple[Hit, ...]
) -> None:
    del engine.previews[found[1].path, None]
    QTest.keyClick(peek, Key.Key_Right)
    qtbot.waitUntil(lambda: "cannot be shown large" in peek.about)
    assert peek.stage.picture.file == found[1].segment.previews[0]
    QTest.keyClick(peek, Key.Key_Left)
    assert "cannot" not in peek.about


def test_a_part_becomes_the_question(
    qtbot: QtBot, window: SearchWindow, engine: FakeEngine, peek: Peek, found: tuple[Hit, ...]
) -> None:
    qtbot.waitUntil(lambda: peek.repaint() or not peek.stage.picture._target.isEmpty())
    view = peek.stage.picture
    QTest.keyClick(peek, Key.Key_B)
    corner = view._target.topLeft().toPoint()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=corner + QPoint(40, 40))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=corner + QPoint(140, 90))
    assert not peek.isVisible()
    search = engine.searches()[-1]
    (example,) = search.more_like
    assert isinstance(example, Example)
    assert example.path == found[0].path
    assert example.box is not None
    assert example.box.width == pytest.approx(100 / view._target.width(), abs=0.01)
    assert (search.text, search.images) == ("", ())
    (chip,) = window.search_bar.pictures
    assert chip.picture.name == f"Part of {Path(found[0].path).name}"
    chip.repaint()
    qtbot.waitUntil(lambda: (chip.picture.preview, f"chip {example.box}") in window.thumbnails._pixmaps)
    window.search_bar.field.setText("at night")
    window.session.ask()
    assert engine.searches()[-1].more_like == (example,)
    assert engine.searches()[-1].text == "at night"


def test_typing_and_tab_stay_inside(window: SearchWindow, peek: Peek) -> None:
    QTest.keyClick(peek, Key.Key_X)
    assert window.search_bar.text == "deposit"
    for _ in range(12):
        QTest.keyClick(QApplication.focusWidget(), Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is peek or peek.isAncestorOf(focus), focus
    window.actions_[Command.FOCUS_SEARCH].trigger()
    assert not peek.isVisible()


def test_copying_takes_the_words_that_are_marked_or_else_the_file(
    qtbot: QtBot, window: SearchWindow, engine: FakeEngine, peek: Peek, found: tuple[Hit, ...]
) -> None:
    QTest.keyClick(peek, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    (url,) = QGuiApplication.clipboard().mimeData().urls()
    assert url.toLocalFile() == found[0].path
    qtbot.waitUntil(lambda: peek.stage.preview is not None)
    peek.stage.picture.set_words((Word("deposit", Box(0.1, 0.1, 0.2, 0.1)),), ())
    peek.stage.picture._selection.choose_all()
    QTest.keyClick(peek, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "deposit"


def test_enter_opens_the_file(
    window: SearchWindow, peek: Peek, found: tuple[Hit, ...], opened: list[str]
) -> None:
    QTest.keyClick(peek, Key.Key_Return)
    assert opened == [found[0].path]


def test_it_grows_with_the_window_and_goes_with_the_results(
    qtbot: QtBot, window: SearchWindow, engine: FakeEngine, peek: Peek
) -> None:
    window.resize(900, 700)
    qtbot.waitUntil(lambda: peek.geometry() == window.rect())
    window.search_bar.field.setText("something else")
    window.session.ask()
    engine.answer(())
    assert not peek.isVisible()


def test_a_click_on_the_inspectors_picture_opens_it(
    qtbot: QtBot, window: SearchWindow, found: object
) -> None:
    QTest.mouseClick(window.inspector.stage.picture, Qt.MouseButton.LeftButton)
    assert window.looking.peek.isVisible()


def test_what_is_copied_or_searched_by_is_the_page_that_is_looked_at(
    qtbot: QtBot, window: SearchWindow, peek: Peek, engine: FakeEngine, found: tuple[Hit, ...]
) -> None:
    window.grid.choose_row(5)
    qtbot.waitUntil(lambda: peek.stage.preview is not None)
    peek.stage.show_page(4)
    qtbot.waitUntil(lambda: peek.stage.preview is not None)
    for command in (Command.COPY_TEXT, Command.COPY_PICTURE):
        window.actions_[command].trigger()
        asked = engine.requests[-1]
        assert isinstance(asked, GetPreview)
        assert (asked.path, asked.page) == (found[5].path, 4)
    window.actions_[Command.FIND_SIMILAR].trigger()
    assert engine.searches()[-1].images == (engine.previews[found[5].path, 4].image,)

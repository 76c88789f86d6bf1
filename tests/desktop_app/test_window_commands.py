"""That every command of the window is tried by some test."""

from dataclasses import replace
from pathlib import Path

import pytest
from fake_engine import FakeEngine
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from window_sample import hits

from desktop_app.actions import Command
from desktop_app.search_window import SearchWindow
from indexer.kinds import KINDS
from indexer.messages.query_messages import GetHits

BY_SWITCH = {Command.TOGGLE_INSPECTOR}
"""Listened to as a switch and not as a command; `test_the_inspector_can_be_put_away` has it."""


def test_each_kind_has_its_key(qtbot: QtBot, window: SearchWindow, engine: FakeEngine) -> None:
    engine.ready()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    for number, kind in enumerate(KINDS):
        key = Qt.Key(Qt.Key.Key_1 + number)
        QTest.keyClick(window, key, Qt.KeyboardModifier.AltModifier)
        assert window.filters.kinds == (kind,)
        QTest.keyClick(window, key, Qt.KeyboardModifier.AltModifier)
        assert window.filters.kinds == ()


def test_what_looks_the_same_is_shown_by_its_key(
    qtbot: QtBot, window: SearchWindow, engine: FakeEngine, tmp_path: Path
) -> None:
    first, second, *_ = hits(tmp_path, 3)
    first = replace(first, folded=(second.path,))
    engine.browse = (second,)
    engine.ready()
    window.search_bar.field.setText("beach")
    window.session.ask()
    engine.answer((first,))
    window.grid.choose_row(0)
    window.actions_[Command.UNFOLD].trigger()
    assert engine.requests[-1] == GetHits(first.folded)
    assert [hit.path for hit in window.model.hits] == [first.path, second.path]


def test_the_menu_of_a_result_comes_by_its_key(
    window: SearchWindow, engine: FakeEngine, tmp_path: Path
) -> None:
    engine.browse = hits(tmp_path, 4)
    engine.ready()
    window.activateWindow()
    window.grid.choose_row(1)
    window.grid.setFocus()
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    QApplication.sendEvent(window.grid, asked)  # the mouse is elsewhere
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert window.actions_[Command.OPEN] in menu.actions()
    menu.close()


@pytest.mark.parametrize("place", ["picture", "moments", "frames"])
def test_letters_that_qt_has_no_name_for_are_typed_like_all_others(
    window: SearchWindow, engine: FakeEngine, tmp_path: Path, place: str
) -> None:
    engine.browse = hits(tmp_path, 6)
    engine.ready()
    window.grid.choose_row(3 if place != "picture" else 0)
    stage = window.inspector.stage
    widget = {"picture": stage.picture, "moments": stage.video.moments, "frames": stage.video.frames}[place]

    def letter() -> QKeyEvent:
        return QKeyEvent(QEvent.Type.KeyPress, 0x0416, Qt.KeyboardModifier.NoModifier, "Ж")

    QApplication.sendEvent(widget, letter())
    assert window.search_bar.text == "Ж"
    window.actions_[Command.PEEK].trigger()
    QApplication.sendEvent(window.looking.peek, letter())
    assert window.looking.peek.isVisible()
    assert window.search_bar.text == "Ж", "in the large view no key goes further"


@pytest.mark.looks_back
def test_every_command_was_tried(request: pytest.FixtureRequest, commands_used: set[Command]) -> None:
    here = Path(__file__).parent
    ran = {item.path for item in request.session.items if item.path.parent == here}
    if ran != set(here.glob("test_*.py")) or request.config.option.keyword:
        pytest.skip("only some tests of the window were run")
    assert set(Command) - commands_used - BY_SWITCH == set()

"""Filters by click: what the menus write into the box."""

from pathlib import Path

import pytest
from fake_engine import FakeEngine
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu

from desktop_app.query.filter_menus import RangeDialog
from desktop_app.search_window import SearchWindow
from indexer.messages.query_messages import Month


def entry(menu: QMenu, *texts: str) -> QAction:
    """The action behind a way through menus, each opened on the way."""
    for text in texts[:-1]:
        menu.aboutToShow.emit()
        menu = next(action.menu() for action in menu.actions() if action.text() == text)
    menu.aboutToShow.emit()
    return next(action for action in menu.actions() if action.text().partition("\t")[0] == texts[-1])


def texts(menu: QMenu) -> list[str]:
    menu.aboutToShow.emit()
    return [action.text() for action in menu.actions() if action.text()]


def test_a_date_becomes_a_chip_in_place_of_the_last(window: SearchWindow, engine: FakeEngine) -> None:
    engine.ready()
    window.search_bar.field.setText("boat")
    entry(window.filters.date_menu, "Yesterday").trigger()
    assert window.search_bar.question == 'on:"yesterday" boat'
    entry(window.filters.date_menu, "Last month").trigger()
    assert window.search_bar.question == 'on:"last month" boat'
    assert len(window.search_bar._chips) == 1
    entry(window.filters.date_menu, "Any date").trigger()
    assert window.search_bar.question == "boat"


def test_years_and_months_are_those_of_the_index(window: SearchWindow, engine: FakeEngine) -> None:
    engine.months = (Month(2024, 5, 12), Month(2024, 2, 3), Month(2019, 12, 1))
    engine.ready()
    years = entry(window.filters.date_menu, "Year or month").menu()
    assert texts(years) == ["2024", "2019"]
    assert texts(years.actions()[0].menu()) == ["All of 2024\t15", "May\t12", "February\t3"]
    entry(years, "2024", "May").trigger()
    assert window.search_bar.question == "on:2024-05"


def test_a_range(window: SearchWindow, engine: FakeEngine) -> None:
    engine.ready()
    entry(window.filters.date_menu, "From … to …").trigger()
    (dialog,) = window.findChildren(RangeDialog)
    dialog.first.setDate(QDate(2024, 6, 30))
    dialog.last.setDate(QDate(2024, 5, 1))
    QTest.keyClick(dialog.last, Qt.Key.Key_Return)
    assert window.search_bar.question == "on:2024-05-01..2024-06-30"
    assert window.search_bar._chips[0].words() == "2024-05 – 2024-06"


def test_more_filters(window: SearchWindow, engine: FakeEngine) -> None:
    engine.ready()
    entry(window.filters.more_menu, "Size", "More than 10 MB").trigger()
    entry(window.filters.more_menu, "Length of video", "Over a minute").trigger()
    entry(window.filters.more_menu, "Rating", "5 stars").trigger()
    assert window.search_bar.question == "size:>10MB dur:>1m rating:5"
    entry(window.filters.more_menu, "Size", "Any size").trigger()
    assert window.search_bar.question == "dur:>1m rating:5"
    assert window.session.query.text == "dur:>1m rating:5", "it is asked for, too"
    assert texts(entry(window.filters.more_menu, "Camera").menu()) == ["Nothing is known about this", "Any"]


def test_any_folder(
    window: SearchWindow, engine: FakeEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.ready()
    folder = tmp_path / 'My "best" holidays'
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **__: str(folder))
    entry(window.filters.folder_menu, "Another folder…").trigger()
    written = str(folder).replace('"', '""')
    assert window.search_bar.question == f'in:"{written}"'


@pytest.mark.parametrize(("width", "buttons"), [(1300, ["Date", "Folder", "More"]), (640, ["More"])])
def test_what_has_no_room_moves_into_more(
    window: SearchWindow, engine: FakeEngine, width: int, buttons: list[str]
) -> None:
    engine.ready()
    window.resize(width, 700)
    QApplication.processEvents()
    assert [each.text() for each in window.filters._openers if each.isVisible()] == buttons
    window.filters._open_more()
    shown = [action.text() for action in window.filters.more_menu.actions() if action.isVisible()]
    assert ("Date" in shown) == ("Date" not in buttons)
    window.filters.more_menu.close()

"""The first start asks for folders."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from fake_engine import READY, FakeEngine
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop_app.onboarding import onboarding
from desktop_app.onboarding.onboarding import Onboarding
from desktop_app.search_window import SearchWindow
from indexer.messages.library_messages import AddFolder, CountFolder, FolderCount
from indexer.paths import Paths

EMPTY = replace(READY, files=0, folders=())


@pytest.fixture
def usual(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Path]:
    """The person's folders: Documents is missing, Videos is the home itself."""
    pictures = tmp_path / "home" / "Pictures"
    pictures.mkdir(parents=True)
    places = {
        onboarding.Location.PicturesLocation: pictures,
        onboarding.Location.MoviesLocation: tmp_path / "home",
        onboarding.Location.DocumentsLocation: tmp_path / "home" / "Documents",
    }
    monkeypatch.setattr(onboarding.Path, "home", lambda: tmp_path / "home")
    monkeypatch.setattr(onboarding.QStandardPaths, "writableLocation", lambda place: str(places[place]))
    return {"pictures": pictures}


# --- first start ---------------------------------------------------------------------------------------


def test_the_first_start_asks_for_folders_before_the_engine_answers(
    qtbot: QtBot, engine: FakeEngine, paths: Paths, usual: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    window = SearchWindow(engine, paths, first_run=True)
    qtbot.addWidget(window)
    window.show()
    assert window.onboarding.isVisible()
    assert window.onboarding.folders == [str(usual["pictures"])]
    other = str(usual["pictures"].parent / "Scans")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: other)
    QTest.mouseClick(window.onboarding.add, Qt.MouseButton.LeftButton)
    QTest.mouseClick(window.onboarding.start, Qt.MouseButton.LeftButton)
    added = [each for each in engine.requests if isinstance(each, AddFolder)]
    assert added == [AddFolder(str(usual["pictures"])), AddFolder(other)]
    engine.ready(replace(READY, state="indexing"))
    assert window.onboarding.isVisible()  # which model is still to be chosen; names are searched already
    window.onboarding.models.cards["words"].radio.click()
    window.onboarding.models.go.click()
    assert not window.onboarding.isVisible()
    engine.ready(replace(READY, state="indexing", files=0, pending=0))
    assert window.empty.title == "Looking through your folders"
    window.thumbnails.stop()


def test_an_index_without_folders_is_a_first_start(window: SearchWindow, engine: FakeEngine) -> None:
    assert not window.onboarding.isVisible()
    engine.ready(EMPTY)
    assert window.onboarding.isVisible()
    engine.report(READY)
    assert not window.onboarding.isVisible()


def test_a_folder_says_what_is_in_it(qtbot: QtBot, engine: FakeEngine, kept: QSettings) -> None:
    engine.replies["CountFolder"] = FolderCount(photos=1_812, screenshots=3, documents=40, complete=False)
    page = Onboarding(engine, kept)
    qtbot.addWidget(page)
    assert not any(isinstance(request, CountFolder) for request in engine.requests), "nobody looks"
    page.show()
    page.add_folder("/somewhere/else")
    assert engine.requests.count(CountFolder("/somewhere/else")) == 1
    row = page._rows[-1]
    assert row._count.text() == "more than 1,812 photos · 40 documents"
    row.show_count(FolderCount(documents=1))
    assert row._count.text() == "1 document"
    row.show_count(FolderCount())
    assert row._count.text() == "nothing yet"


def test_screenshots_are_found_where_desktops_put_them(
    usual: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    home = usual["pictures"].parent
    (usual["pictures"] / "Screenshots").mkdir()  # found with Pictures
    (home / "Bildschirmfotos").mkdir()
    assert [path for _, path in onboarding.usual_folders()] == [
        str(usual["pictures"]),
        str(home / "Bildschirmfotos"),
    ]
    inner = {
        onboarding.Location.PicturesLocation: usual["pictures"],
        onboarding.Location.MoviesLocation: home,
    }
    inner[onboarding.Location.DocumentsLocation] = usual["pictures"] / "Screenshots"
    monkeypatch.setattr(onboarding.QStandardPaths, "writableLocation", lambda place: str(inner[place]))
    assert str(usual["pictures"] / "Screenshots") not in [path for _, path in onboarding.usual_folders()]
    over = threading.Event()
    monkeypatch.setattr(onboarding, "ANSWER_S", 0.05)
    monkeypatch.setattr(onboarding.Path, "is_dir", lambda _path: over.wait(60))
    assert onboarding.usual_folders() == [], "a server that is gone holds no first start up"
    over.set()


@pytest.mark.usefixtures("usual")
def test_onboarding_by_keyboard(qtbot: QtBot, engine: FakeEngine, kept: QSettings) -> None:
    page = Onboarding(engine, kept)
    qtbot.addWidget(page)
    page.show()
    box = page._rows[0].box
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert page.folders == []
    assert not page.start.isEnabled()
    page.add_folder(page._rows[0].path)
    assert len(page._rows) == 1
    assert box.isChecked()
    QTest.keyClick(box, Qt.Key.Key_Tab)
    QTest.keyClick(page.add, Qt.Key.Key_Tab)
    assert page.start.isEnabled()
    with qtbot.waitSignal(page.chosen) as chosen:
        QTest.keyClick(page.start, Qt.Key.Key_Space)
    assert chosen.args == [[page._rows[0].path]]


def test_a_click_anywhere_on_the_row_ticks_it(qtbot: QtBot, engine: FakeEngine, kept: QSettings) -> None:
    page = Onboarding(engine, kept)
    qtbot.addWidget(page)
    page.add_folder("/somewhere/else")
    page.resize(900, 700)
    page.show()
    row = page._rows[-1]
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=row.rect().center())
    assert not row.box.isChecked()

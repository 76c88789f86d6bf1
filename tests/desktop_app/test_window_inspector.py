"""One result large, and what can be done with it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from fake_engine import FakeEngine
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from window_sample import hits

from desktop_app.actions import Command
from desktop_app.language.wording import breakable
from desktop_app.search_window import SearchWindow
from desktop_app.system import file_manager
from desktop_app.viewing.passage import emphasised
from indexer.messages.result_messages import Hit

Show = Callable[[int], Hit]


@pytest.fixture
def show(qtbot: QtBot, window: SearchWindow, engine: FakeEngine, tmp_path: Path) -> Show:
    """Searches, and chooses one of the sample's results."""
    found = hits(tmp_path, 12)
    engine.ready()
    window.search_bar.field.setText("deposit")
    window.session.ask()
    engine.answer(found)

    def choose(row: int) -> Hit:
        window.grid.choose_row(row)
        window.grid.setFocus()
        return found[row]

    return choose


def test_a_photo(qtbot: QtBot, window: SearchWindow, show: Show) -> None:
    hit = show(0)
    inspector = window.inspector
    assert inspector.stage.picture.isVisible()
    assert not inspector.stage.video.isVisible()
    assert inspector.stage.picture.file == hit.segment.previews[0]
    assert inspector.facts["Dimensions"] == "4000 × 3000"
    assert inspector.facts["Kind"] == "Photo"
    assert inspector._reasons.isVisible()
    assert "Its name has the words" in inspector._reasons.accessibleName()
    qtbot.waitUntil(lambda: (hit.segment.previews[0], "preview") in window.thumbnails._pixmaps)


def test_a_clip_plays_its_cached_frames_at_its_moment(
    qtbot: QtBot, window: SearchWindow, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_app.widgets.theme.moves", lambda _style: True)
    window.inspector.stage.video._timer.setInterval(5)
    hit = show(3)
    video = window.inspector.stage.video
    assert video.picture.file == hit.segment.previews[0]
    assert video._caption() == "0:42 – 0:50"
    qtbot.waitUntil(lambda: video.picture.file == hit.segment.previews[2])
    assert video.playing
    QTest.mouseClick(video.picture, Qt.MouseButton.LeftButton)
    assert not video.playing
    QTest.mouseClick(video.frames, Qt.MouseButton.LeftButton, pos=video.frames._cell(5).center())
    assert video.picture.file == hit.segment.previews[7]
    QTest.keyClick(video.frames, Qt.Key.Key_Left)
    assert video.picture.file == hit.segment.previews[video.frames._shown[4]]
    show(0)
    assert not video.playing


def test_no_movement_where_the_desktop_allows_none(
    window: SearchWindow, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_app.widgets.theme.moves", lambda _style: False)
    show(3)
    assert not window.inspector.stage.video.playing


def test_other_moments_by_mouse_and_keys(window: SearchWindow, show: Show) -> None:
    hit = show(3)
    strip = window.inspector.stage.video.moments
    assert "0:08, 0:42, 2:11" in strip.accessibleName()
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip.block(2).center().toPoint())
    assert window.inspector.segment == hit.others[1]
    QTest.keyClick(strip, Qt.Key.Key_Left)
    assert window.inspector.segment == hit.segment
    QTest.keyClick(strip, Qt.Key.Key_Left)
    assert window.inspector.segment == hit.others[0]
    QTest.keyClick(strip, Qt.Key.Key_Left)
    assert window.inspector.segment == hit.others[0]
    assert window.inspector.stage.video._caption() == "0:08 – 0:16"


def test_a_page_and_the_other_pages(window: SearchWindow, show: Show) -> None:
    hit = show(5)
    stage = window.inspector.stage
    assert stage.picture.file == hit.segment.previews[0]
    assert window.inspector._passage.isVisible()
    assert "<b>deposit</b>" in window.inspector._passage.text()
    assert window.inspector.facts["Pages"] == "14"
    buttons = stage.pages._group.buttons()
    assert [button.accessibleName() for button in buttons] == ["Page 3", "Page 7", "Page 12"]
    QTest.mouseClick(buttons[2], Qt.MouseButton.LeftButton)
    assert stage.picture.file == hit.others[1].previews[0]


def test_plain_text_shows_its_passage(window: SearchWindow, show: Show) -> None:
    hit = show(8)
    assert not window.inspector.stage.picture.isVisible()
    assert window.inspector._passage.accessibleName() == hit.snippet
    assert not window.actions_[Command.FIND_SIMILAR].isEnabled()


def test_fresher_facts_keep_the_moment_that_is_looked_at(
    window: SearchWindow, engine: FakeEngine, show: Show
) -> None:
    hit = show(3)
    window.inspector.show_segment(2)
    engine.answer(window.model.hits)
    assert window.inspector.segment == hit.others[1]


def test_several_files(window: SearchWindow, show: Show) -> None:
    show(0)
    window.grid.selectAll()
    assert window.inspector._chosen.text() == "12 files chosen"


def test_the_inspector_can_be_put_away(window: SearchWindow, show: Show) -> None:
    show(0)
    QTest.keyClick(window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert not window.inspector.isVisible()
    QTest.keyClick(window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert window.inspector.isVisible()


# --- acting --------------------------------------------------------------------------------------------


def test_copy_files_and_paths(window: SearchWindow, show: Show) -> None:
    first, second = show(1), show(2)
    window.grid.choose_row(1)
    QTest.keyClick(window.grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(window.grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    mime = QGuiApplication.clipboard().mimeData()
    assert [url.toLocalFile() for url in mime.urls()] == [first.path, second.path]
    assert mime.text() == f"{first.path}\n{second.path}"
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window.grid, Qt.Key.Key_C, modifiers)
    assert not QGuiApplication.clipboard().mimeData().hasUrls()
    assert QGuiApplication.clipboard().text() == f"{first.path}\n{second.path}"


def test_open_by_double_click_button_and_never_by_the_dozen(
    window: SearchWindow, show: Show, opened: list[str]
) -> None:
    hit = show(2)
    place = window.grid.cell_rect(2).center()
    QTest.mouseClick(window.grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened == []
    QTest.mouseDClick(window.grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened == [hit.path]
    window.actions_[Command.OPEN].trigger()
    assert opened == [hit.path] * 2
    window.grid.selectAll()
    window.actions_[Command.OPEN].trigger()
    assert len(opened) == 2
    assert "at most 10" in window.banner.sentence


def test_a_file_that_is_gone_is_told(window: SearchWindow, show: Show) -> None:
    show(0)
    window.actions_[Command.OPEN].trigger()  # the sample's paths do not exist
    assert window.banner.sentence == (
        "IMG_20240712_190233.jpg is no longer there. It was moved, renamed or deleted."
    )


def test_show_in_folder(window: SearchWindow, show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(file_manager, "show_in_folder", lambda path, _parent: shown.append(path) or "")
    hit = show(1)
    QTest.keyClick(window.grid, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert shown == [hit.path]


def test_commands_need_a_result(window: SearchWindow, show: Show) -> None:
    assert not window.actions_[Command.OPEN].isEnabled()
    show(0)
    assert window.actions_[Command.OPEN].isEnabled()
    window.grid.clearSelection()
    window.grid.selectionModel().clearCurrentIndex()
    assert not window.actions_[Command.OPEN].isEnabled()


@pytest.mark.parametrize(
    ("platform", "expected"),
    [("darwin", ("open", ["-R", "{}"])), ("win32", 'explorer /select,"{}"')],
)
def test_each_platforms_file_manager(
    qapp: QObject,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    platform: str,
    expected: object,
) -> None:
    started: list[object] = []
    monkeypatch.setattr(file_manager.sys, "platform", platform)
    monkeypatch.setattr(
        file_manager.QProcess,
        "startDetached",
        lambda program, arguments: started.append((program, arguments)),
    )
    monkeypatch.setattr(file_manager.subprocess, "Popen", started.append)
    file = tmp_path / "Paris,2019.jpg"
    file.touch()
    assert file_manager.show_in_folder(str(file), qapp) == ""
    assert str(started) == str([expected]).replace("{}", str(file))


def test_without_a_file_manager_on_the_bus_the_folder_is_opened(
    qapp: QObject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if file_manager.sys.platform in ("darwin", "win32"):
        pytest.skip("there is always a file manager")
    urls: list[str] = []
    monkeypatch.setattr(file_manager, "_ask_file_manager", lambda _path, _parent: False)
    monkeypatch.setattr(file_manager.QDesktopServices, "openUrl", lambda url: urls.append(url.toLocalFile()))
    file = tmp_path / "a.jpg"
    file.touch()
    sentence = file_manager.show_in_folder(str(file), qapp)
    assert urls == [str(tmp_path)]
    assert "no file manager" in sentence


# --- words ---------------------------------------------------------------------------------------------


def test_long_names_can_be_wrapped_and_are_copied_whole() -> None:
    name = "a" * 60 + "_b.jpg"
    assert breakable(name).replace("\u200b", "") == name
    assert "\u200b" in breakable(name)[:30]


def test_a_passage_is_text_and_never_markup() -> None:
    assert emphasised("<i>Deposit</i> & rent", "deposit (rent") == (
        "&lt;i&gt;<b>Deposit</b>&lt;/i&gt; &amp; <b>rent</b>"
    )
    assert emphasised("kind words", "kind:photo -words") == "kind words"
    query = 'place:"New York" -in:a,"b exact" -"exact words" -(words or so) York'
    assert emphasised("York so exact in New words", query) == "<b>York</b> so exact in New words"
    assert emphasised("plain", "") == "plain"
    assert emphasised("water at a hat", "at") == "water <b>at</b> a hat", "a short word, only by itself"
    assert emphasised("Mietvertrag", "vertrag") == "Miet<b>vertrag</b>"
    assert emphasised("在海边的日落", "海边") == "在<b>海边</b>的日落", "where no spaces are written"
    assert emphasised("cats at 12:30", "cats, 12:30!") == "<b>cats</b> at <b>12:30</b>"

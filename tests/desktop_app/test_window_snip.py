"""A part of the screen as a question, and that nothing of it ends on a disk."""

import base64
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import shiboken6
from fake_engine import FakeEngine
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QMessageBox, QToolTip
from pytestqt.qtbot import QtBot
from window_sample import landscape

from desktop_app.actions import Command
from desktop_app.query.query_image import MOST_PIXELS, inline
from desktop_app.query.snip import HIDING_MS, FrozenScreen
from desktop_app.search_window import SearchWindow
from desktop_app.system import screenshot
from desktop_app.system.screenshot import Screenshot, Shot, divided
from indexer.messages.search_messages import MAX_INLINE


def coloured(width: int, height: int) -> QImage:
    """Red on the left, blue on the right."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    painter = QPainter(image)
    painter.fillRect(QRect(width // 2, 0, width // 2, height), QColor("blue"))
    painter.end()
    return image


@pytest.fixture
def desktop(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A screen that shows red and blue; notes whether our window was on it."""
    seen: list[str] = []

    def take_all(self: Screenshot) -> None:
        shown = [each for each in QGuiApplication.topLevelWindows() if each.isVisible()]
        seen.append(f"{len(shown)} windows")
        screen = QGuiApplication.primaryScreen()
        image = coloured(2 * screen.geometry().width(), 2 * screen.geometry().height())
        image.setDevicePixelRatio(2)
        self._done([Shot(screen, image)])

    monkeypatch.setattr(Screenshot, "_take_all", take_all)
    return seen


def frozen(qtbot: QtBot, window: SearchWindow) -> FrozenScreen:
    window.actions_[Command.SNIP].trigger()
    qtbot.waitUntil(lambda: bool(window.snip.screens))
    return window.snip.screens[0]


def test_a_box_on_the_screen_is_the_question(
    qtbot: QtBot, window: SearchWindow, engine: FakeEngine, desktop: list[str], tmp_path: Path
) -> None:
    engine.ready()
    before = sorted(tmp_path.rglob("*"))
    screen = frozen(qtbot, window)
    assert desktop == ["0 windows"], "ours were hidden first"
    assert screen.geometry() == screen.screen().geometry()
    middle = screen.width() // 2
    QTest.mousePress(screen, Qt.MouseButton.LeftButton, pos=QPoint(middle + 20, 100))
    QTest.mouseMove(screen, QPoint(middle + 60, 130))
    dimmed = screen.grab().toImage()
    QTest.mouseRelease(screen, Qt.MouseButton.LeftButton, pos=QPoint(middle + 80, 150))
    assert not window.snip.screens
    assert window.isVisible()
    search = engine.searches()[-1]
    (image,) = search.images
    kind, _, data = image.partition(",")
    assert kind == "data:image/png;base64"
    taken = QImage.fromData(base64.b64decode(data))
    assert (taken.width(), taken.height()) == (120, 100), "in pixels of the screen"
    assert taken.pixelColor(60, 50) == QColor("blue")
    ratio = dimmed.devicePixelRatio()
    inside = dimmed.pixelColor(QPoint(middle + 40, 115) * ratio)
    outside = dimmed.pixelColor(QPoint(middle + 200, 115) * ratio)
    assert inside.blue() == 255
    assert outside.blue() < 160
    (chip,) = window.search_bar.pictures
    assert chip.picture.name == "Part of the screen"
    window.search_bar.repaint()
    qtbot.waitUntil(lambda: (chip.picture.preview, "chip") in window.thumbnails._pixmaps)
    assert sorted(tmp_path.rglob("*")) == before, "nothing of it is on the disk"
    chip.removed.emit()
    assert engine.searches()[-1] is search


@pytest.mark.parametrize("how", ["escape", "right button", "slip then escape"])
def test_leaving_it_changes_nothing(
    qtbot: QtBot, window: SearchWindow, engine: FakeEngine, desktop: list[str], how: str
) -> None:
    engine.ready()
    window.search_bar.field.setText("deposit")
    screen = frozen(qtbot, window)
    assert not window.isVisible()
    window.actions_[Command.SNIP].trigger()  # once is enough
    if how.startswith("slip"):
        QTest.mouseClick(screen, Qt.MouseButton.LeftButton, pos=QPoint(50, 50))
        assert window.snip.screens == [screen]
    if how == "right button":
        QTest.mouseClick(screen, Qt.MouseButton.RightButton, pos=QPoint(50, 50))
    else:
        QTest.keyClick(screen, Qt.Key.Key_Escape)
    assert not window.snip.screens
    assert window.isVisible()
    assert window.search_bar.text == "deposit"
    assert window.search_bar.images == ()


def test_what_lies_over_the_window_does_not_come_back(
    qtbot: QtBot, window: SearchWindow, engine: FakeEngine, desktop: list[str]
) -> None:
    engine.ready()
    menu = QMenu(window)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.addAction("An entry")
    menu.popup(window.mapToGlobal(QPoint(40, 40)))
    QToolTip.showText(window.mapToGlobal(QPoint(20, 20)), "A tooltip", window)
    assert QToolTip.isVisible()
    assert menu.isVisible()
    screen = frozen(qtbot, window)
    assert desktop == ["0 windows"]
    QTest.keyClick(screen, Qt.Key.Key_Escape)
    assert window.isVisible()
    assert not QToolTip.isVisible()
    assert not shiboken6.isValid(menu) or not menu.isVisible()
    QTest.keyClick(frozen(qtbot, window), Qt.Key.Key_Escape)  # and it can be done again


def test_a_question_that_is_open_is_answered_first(
    qtbot: QtBot, window: SearchWindow, engine: FakeEngine, desktop: list[str]
) -> None:
    engine.ready()
    box = QMessageBox(window)
    box.setText("Delete everything?")
    box.open()
    window.snip.start()
    qtbot.wait(HIDING_MS + 50)
    assert box.isVisible()
    assert not window.snip.screens
    box.accept()


def test_enter_takes_the_whole_screen(
    qtbot: QtBot, window: SearchWindow, engine: FakeEngine, desktop: list[str]
) -> None:
    engine.ready()
    QTest.keyClick(frozen(qtbot, window), Qt.Key.Key_Return)
    (image,) = engine.searches()[-1].images
    taken = QImage.fromData(base64.b64decode(image.partition(",")[2]))
    assert taken.width() * taken.height() <= MOST_PIXELS


def test_the_keys_and_the_button(
    qtbot: QtBot, window: SearchWindow, engine: FakeEngine, desktop: list[str]
) -> None:
    engine.ready()
    QTest.mouseClick(window.search_bar._snip, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(window.snip.screens))
    QTest.keyClick(window.snip.screens[0], Qt.Key.Key_Escape)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window, Qt.Key.Key_S, modifiers)
    qtbot.waitUntil(lambda: bool(window.snip.screens))
    QTest.keyClick(window.snip.screens[0], Qt.Key.Key_Escape)


def test_why_it_cannot_be_done_is_told(
    qtbot: QtBot, window: SearchWindow, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.ready()
    monkeypatch.setattr(screenshot.sys, "platform", "darwin")
    monkeypatch.setattr(screenshot, "_macos_allows", lambda: False)
    window.actions_[Command.SNIP].trigger()
    qtbot.waitUntil(lambda: "Screen Recording" in window.banner.sentence)
    assert window.isVisible()


def test_a_desktop_without_a_portal_is_told(
    qtbot: QtBot, window: SearchWindow, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.ready()
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "wayland")
    window.actions_[Command.SNIP].trigger()
    qtbot.waitUntil(lambda: "its own tool" in window.banner.sentence)


def test_the_portals_picture_is_read_and_removed(qtbot: QtBot, tmp_path: Path) -> None:
    shots: list[Shot] = []
    said: list[str] = []
    taking = Screenshot(shots.extend, said.append)
    file = tmp_path / "Screenshot.png"
    screen = QGuiApplication.primaryScreen().geometry()
    coloured(screen.width(), screen.height()).save(str(file))
    taking._patience.start(1000)
    taking.portal_answered(SimpleNamespace(arguments=lambda: [0, {"uri": f"file://{file}"}]))
    assert shots[0].image.size() == screen.size()
    assert not file.exists()
    taking._patience.start(1000)
    taking.portal_answered(SimpleNamespace(arguments=lambda: [1, {}]))
    assert "did not let" in said[0]
    for place in (tmp_path / "unreadable.png", tmp_path):  # nothing there; nothing that can be removed
        taking._patience.start(1000)
        taking.portal_answered(SimpleNamespace(arguments=lambda place=place: [0, {"uri": f"file://{place}"}]))
    assert len(said) == 3, "and the windows come back"
    coloured(screen.width(), screen.height()).save(str(file))
    taking.portal_answered(SimpleNamespace(arguments=lambda: [0, {"uri": f"file://{file}"}]))
    assert not file.exists(), "also of an answer that nobody waited for any more"
    assert (len(shots), len(said)) == (1, 3)


def test_two_screens_are_cut_apart() -> None:
    class Screen(SimpleNamespace):
        def geometry(self) -> QRect:
            return self.place

    screens = [Screen(place=QRect(-800, 0, 800, 600)), Screen(place=QRect(0, 0, 800, 600))]
    left, right = divided(coloured(3200, 1200), screens)  # type: ignore[arg-type]
    assert left.image.size() == right.image.size()
    assert left.image.pixelColor(10, 10) == QColor("red")
    assert right.image.pixelColor(10, 10) == QColor("blue")
    assert right.image.devicePixelRatio() == 2


def test_a_large_picture_is_bounded(qapp: object) -> None:
    noisy = landscape(4000, 3000, 3)
    url = inline(noisy)
    assert len(url) <= MAX_INLINE
    shown = QImage.fromData(base64.b64decode(url.partition(",")[2]))
    assert shown.width() * shown.height() <= MOST_PIXELS
    assert abs(shown.width() / shown.height() - 4 / 3) < 0.01
    assert inline(coloured(10, 10)).startswith("data:image/png;")

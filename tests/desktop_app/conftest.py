import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is imported anywhere

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
import shiboken6
from fake_engine import FakeEngine
from PySide6.QtCore import QLocale, QProcess, QSettings, QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.actions import Actions, Command
from desktop_app.search_window import SearchWindow
from desktop_app.theme import Theme
from indexer.paths import Paths

OF_THE_PLUGIN = ("This plugin does not support", "No such signal QPlatformNativeInterface::systemTray")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What the offscreen plugin says about itself is no fault of the window.

    And what looks back at all tests of the window comes after them.
    """
    items.sort(key=lambda item: item.get_closest_marker("looks_back") is not None)
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.qt_log_ignore(*OF_THE_PLUGIN))


@pytest.fixture(scope="session")
def commands_used() -> set[Command]:
    """What the tests did so far, however they did it: by keys, buttons, menus or directly."""
    return set()


@pytest.fixture(autouse=True)
def _note_commands(monkeypatch: pytest.MonkeyPatch, commands_used: set[Command]) -> None:
    connect = Actions.connect

    def noting(self: Actions, command: Command, call: Callable[[], object]) -> None:
        def done() -> None:
            commands_used.add(command)
            call()

        connect(self, command, done)

    monkeypatch.setattr(Actions, "connect", noting)


class PatientBot(QtBot):
    """Waits as long as a busy machine may need; what comes sooner is not waited for."""

    def waitUntil(self, callback: Callable[[], object], *, timeout: int = 30_000) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: object, *, timeout: int = 30_000, **rest: object) -> object:
        return super().waitSignal(signal, timeout=timeout, **rest)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    return PatientBot(request)


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    return QApplication


@pytest.fixture(autouse=True)
def _look(qapp: QApplication) -> None:
    QLocale.setDefault(QLocale(QLocale.Language.English))
    if not qapp.findChildren(Theme):
        Theme(qapp, "light")


@pytest.fixture(autouse=True)
def _no_leaks(qapp: QApplication) -> Iterator[None]:
    """A thread or child process left behind fails the test that left it."""
    yield
    qapp.clipboard().clear()  # what Python put there must not outlive Python
    qapp.processEvents()
    left = [each for each in shiboken6.getAllValidWrappers() if isinstance(each, QThread | QProcess)]
    running = [
        each
        for each in left
        if (isinstance(each, QThread) and each is not qapp.thread() and each.isRunning())
        or (isinstance(each, QProcess) and each.state() != QProcess.ProcessState.NotRunning)
    ]
    assert not running


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "data").create()


@pytest.fixture
def kept(tmp_path: Path) -> QSettings:
    """A window's own file."""
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def engine(tmp_path: Path) -> FakeEngine:
    return FakeEngine(tmp_path)


@pytest.fixture
def window(qtbot: QtBot, engine: FakeEngine, paths: Paths) -> Iterator[SearchWindow]:
    """Shown, with an engine that has not answered yet."""
    made = SearchWindow(engine, paths)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()
    made.query_images.clear()
    made.thumbnails.stop()


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Files that would have been opened."""
    files: list[str] = []

    def remember(paths: Sequence[str]) -> list[str]:
        files.extend(paths)
        return [""] * len(paths)

    monkeypatch.setattr("desktop_app.file_manager.open_files", remember)
    return files

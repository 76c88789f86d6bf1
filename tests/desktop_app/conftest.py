import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is imported anywhere

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
import shiboken6
from fake_engine import MACHINE, MODELS, FakeEngine
from PySide6.QtCore import QLocale, QProcess, QSettings, QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.actions import Actions, Command
from desktop_app.presence import Presence
from desktop_app.search_window import SearchWindow
from desktop_app.settings.preferences import Preferences
from desktop_app.settings.settings_dialog import SettingsDialog
from desktop_app.settings_desk import SettingsDesk
from desktop_app.system import autostart, file_menu, file_menu_linux
from desktop_app.widgets.theme import Theme
from indexer.messages.library_messages import Excluded, Rules
from indexer.messages.privacy_messages import Connection, Connections
from indexer.messages.upkeep_messages import DiskPart, DiskUse
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

    monkeypatch.setattr("desktop_app.system.file_manager.open_files", remember)
    return files


@pytest.fixture
def desk(
    qapp: QApplication,
    window: SearchWindow,
    engine: FakeEngine,
    paths: Paths,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[SettingsDesk]:
    entry = tmp_path / "autostart" / "sightline.desktop"
    monkeypatch.setattr(autostart, "entry", lambda: entry)
    monkeypatch.setattr(file_menu, "_door", lambda: file_menu_linux)
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "nemo").touch(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"), prepend=os.pathsep)
    theme = qapp.findChildren(Theme)[0]
    preferences = Preferences(paths)
    presence = Presence(window, engine, preferences.settings)
    engine.replies = {
        "GetModels": MODELS, "GetMachine": MACHINE,
        "GetConnections": Connections((Connection(1.7e9, "hub.example", "model small", 4_300),)),
        "GetDiskUse": DiskUse((DiskPart("index", 5_000_000), DiskPart("thumbnails", 2_000_000))),
        "GetRules": Rules(("*.tmp",), min_bytes=2_500), "GetExcluded": Excluded(("/p/secret.jpg",)),
    }  # fmt: skip
    made = SettingsDesk(window, engine, preferences, presence, theme, paths)
    window.settings_wanted.connect(made.show)
    engine.ready()
    yield made
    if made.dialog is not None:
        made.dialog.close()
    presence.palette.deleteLater()
    theme.choose("light")


@pytest.fixture
def dialog(desk: SettingsDesk, window: SearchWindow) -> SettingsDialog:
    window.actions_[Command.SETTINGS].trigger()
    assert desk.dialog is not None
    assert desk.dialog.isVisible()
    return desk.dialog

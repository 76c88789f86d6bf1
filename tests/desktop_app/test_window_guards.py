"""What must never come back: leaks, slow starts, controls without a name."""

import os
import subprocess
import sys
from pathlib import Path

from fake_engine import READY, FakeEngine
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from window_sample import hits

from desktop_app.actions import Actions, Command
from desktop_app.search_window import SearchWindow

ROOT = Path(__file__).parents[2]
HEAVY = {"torch", "transformers", "numpy", "sqlite3", "apsw", "PIL", "av", "asyncio", "PySide6.QtDBus"}


def run(code: str, **extra: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **extra}
    return subprocess.check_output(
        [sys.executable, "-c", code], text=True, env=environment, timeout=200
    ).strip()


def test_qt_calls_do_not_leak_none(qtbot: QtBot) -> None:
    """PySide6 6.12.0 on Python < 3.12 loses a reference to None per void call and aborts."""
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for _ in range(30_000):
        label.setText("x")
    assert sys.getrefcount(None) > before - 200


def test_painting_does_not_leak_none(
    qtbot: QtBot, window: SearchWindow, engine: FakeEngine, tmp_path: Path
) -> None:
    engine.browse = hits(tmp_path, 20)
    engine.ready()
    before = sys.getrefcount(None)
    for _ in range(30):
        window.grid.viewport().repaint()
    assert sys.getrefcount(None) > before - 200


def test_the_window_starts_without_heavy_imports() -> None:
    assert run(f"import desktop_app.app, sys; print({HEAVY} & set(sys.modules))") == "set()"


def test_the_window_is_painted_within_a_second_and_logs_its_bugs(tmp_path: Path) -> None:
    """In seconds of work from the start of the process, so that a busy machine does not count against it."""
    code = """
import sys, time
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from desktop_app import app, engine_client, presence, search_window
class Timed(search_window.SearchWindow):
    def event(self, event):
        done = super().event(event)
        if event.type() == QEvent.Type.UpdateRequest:  # what it holds is painted by now
            print(time.process_time())
            QTimer.singleShot(0, lambda: 1 / 0)
            QTimer.singleShot(0, QCoreApplication.quit)  # as the system does, unasked what closing means
        return done
app.SearchWindow = Timed
presence.Tray.is_available = staticmethod(lambda: True)
def tell(kind, name):
    call = getattr(kind, name)
    setattr(kind, name, lambda self: (print(name), call(self)))
tell(app.EngineClient, "stop")
tell(app.SingleInstance, "give_up")
engine_client.command = lambda paths, **_: [sys.executable, "-S", "-E", "-c", "import sys; sys.stdin.read()"]
raise SystemExit(app.main(["--data-dir", DIRECTORY]))
""".replace("DIRECTORY", repr(str(tmp_path / "data")))

    def seconds() -> float:
        painted, *then = run(code, QT_QPA_PLATFORM="offscreen").splitlines()
        assert then[-2:] == ["stop", "give_up"], "the next start needs the index that this one's engine holds"
        return float(painted)

    assert any(seconds() < 1.0 for _ in range(3)), "the processor's other half slows work, too"
    log = (tmp_path / "data" / "logs" / "window.log").read_text()
    assert "ZeroDivisionError" in log, "an error in a slot would end unseen"


def test_every_control_has_a_name(window: SearchWindow, engine: FakeEngine, tmp_path: Path) -> None:
    engine.browse = hits(tmp_path, 12)
    engine.ready()
    engine.report(READY)
    window.say("Something happened.")
    window.dialogs.show_folders()
    window.dialogs.show_problems()
    pages: list[QWidget] = [window, window.dialogs.page]  # type: ignore[list-item]
    for row in (0, 3, 5):
        window.grid.choose_row(row)
        QApplication.processEvents()
        for page in pages:
            for widget in page.findChildren(QWidget):
                if widget.isVisibleTo(page) and widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
                    interface = QAccessible.queryAccessibleInterface(widget)
                    assert interface.text(QAccessible.Text.Name), (widget, widget.parent())
    for page in pages[1:]:
        page.close()


def test_buttons_of_our_own_are_buttons_to_screen_readers(window: SearchWindow) -> None:
    for button in window.findChildren(QAbstractButton):
        role = QAccessible.queryAccessibleInterface(button).role()
        assert role in (QAccessible.Role.Button, QAccessible.Role.CheckBox, QAccessible.Role.RadioButton), (
            button
        )


def test_tab_visits_everything_in_reading_order(
    window: SearchWindow, engine: FakeEngine, tmp_path: Path
) -> None:
    engine.browse = hits(tmp_path, 12)
    engine.ready()
    window.grid.choose_row(0)
    QApplication.processEvents()
    visited = []
    widget: QWidget = window.search_bar.field
    for _ in range(500):
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled():
            visited.append(QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name))
        widget = widget.nextInFocusChain()
        if widget is window.search_bar.field:
            break
    order = [
        "Search",
        "Search by a picture…",
        "Menu",
        "Photos",
        "Details",
        "Results",
        "Open",
        "More to do with it",
    ]
    places = [visited.index(name) for name in order]
    assert places == sorted(places), visited


def test_no_two_commands_share_a_key(qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    actions = Actions(owner)
    keys = [key.toString() for command in Command for key in actions[command].shortcuts()]
    assert len(keys) == len(set(keys))


def test_every_command_does_something(window: SearchWindow) -> None:
    silent = [
        command
        for command in Command
        if window.actions_[command].receivers("2triggered(bool)") == 0
        and command is not Command.TOGGLE_INSPECTOR  # it is listened to as a switch
    ]
    assert silent == []

"""Keys that work everywhere under Wayland, against a portal on a bus of the test's own."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt
from pytestqt.qtbot import QtBot

pytest.importorskip("jeepney", reason="only Linux has such portals")

from desktop_app.system.hotkeys import GlobalKeys
from desktop_app.system.hotkeys_portal import PortalKeys, trigger

SERVICE = Path(__file__).parent / "portal_service.py"
pytestmark = pytest.mark.skipif(
    shutil.which("dbus-daemon") is None, reason="needs dbus-daemon: packaging/bootstrap.py test"
)


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The session bus of this test."""
    with subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address=1"], stdout=subprocess.PIPE, text=True
    ) as daemon:
        assert daemon.stdout is not None
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", daemon.stdout.readline().strip())
        yield
        daemon.terminate()


class Portal:
    """The service as a process."""

    def __init__(self, *options: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(SERVICE), *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.hear() == {"ready": True}

    def hear(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        said: dict[str, Any] = json.loads(self.process.stdout.readline())
        return said

    def do(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()

    def end(self) -> None:
        self.process.communicate(timeout=60)


@pytest.fixture
def portal(bus: None) -> Iterator[Portal]:
    made = Portal()
    yield made
    made.end()


class Listener:
    """Keys, and what is heard of them."""

    def __init__(self) -> None:
        self.parent = QObject()
        self.told: dict[str, str] = {}
        self.pressed: list[str] = []
        late: list[GlobalKeys] = []
        door = PortalKeys.connect(
            self.pressed.append,
            lambda name, keys: late[0].tell(name, keys),
            {"palette": "Search from everywhere", "snip": "Search by the screen"},
            self.parent,
        )
        assert door is not None
        self.keys = GlobalKeys(self.parent, door)
        late.append(self.keys)
        self.keys.told.connect(self.told.__setitem__)


@pytest.fixture
def listener(bus: None) -> Iterator[Listener]:
    made = Listener()
    yield made
    made.keys.close()


def test_the_desktop_gives_keys_and_says_which(
    qtbot: QtBot, portal: Portal, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "")
    assert listener.keys.set("palette", "Ctrl+Shift+Space") == ""
    assert listener.keys.set("snip", "Ctrl+Ä") == ""  # the desktop asks for one itself
    qtbot.waitUntil(lambda: len(listener.told) == 2)
    assert portal.hear() == {"bound": {"palette": "CTRL+SHIFT+space", "snip": ""}}
    assert listener.told["palette"].startswith("Your desktop says: Press CTRL+SHIFT+space.")
    assert "no keys for this yet" in listener.told["snip"]
    portal.do("press palette")
    qtbot.waitUntil(lambda: listener.pressed == ["palette"])
    assert "click-9" in os.environ["XDG_ACTIVATION_TOKEN"]
    portal.do("press snip")
    qtbot.waitUntil(lambda: listener.pressed == ["palette", "snip"])


def test_other_keys_are_another_session_and_the_same_are_none(
    qtbot: QtBot, portal: Portal, listener: Listener
) -> None:
    listener.keys.set("palette", "Ctrl+Alt+K")
    qtbot.waitUntil(lambda: "palette" in listener.told)
    assert portal.hear() == {"bound": {"palette": "CTRL+ALT+k"}}
    listener.told.clear()
    listener.keys.set("palette", "Ctrl+Alt+K")
    qtbot.waitUntil(lambda: "palette" in listener.told)
    listener.told.clear()
    listener.keys.set("palette", "Meta+F5")
    qtbot.waitUntil(lambda: "palette" in listener.told)
    assert portal.hear() == {"closed": True}
    assert portal.hear() == {"bound": {"palette": "LOGO+F5"}}
    listener.keys.set("palette", "")
    qtbot.wait(50)
    assert portal.hear() == {"closed": True}
    portal.do("press palette")
    qtbot.wait(50)
    assert listener.pressed == []


def test_a_session_that_the_desktop_ends_is_told(qtbot: QtBot, portal: Portal, listener: Listener) -> None:
    listener.keys.set("palette", "Ctrl+Alt+K")
    qtbot.waitUntil(lambda: "palette" in listener.told)
    portal.do("end")
    qtbot.waitUntil(lambda: "sightline --palette" in listener.told["palette"])


def test_a_person_who_says_no_and_a_desktop_without_a_portal_are_told_what_works(
    qtbot: QtBot, listener: Listener
) -> None:
    listener.keys.set("snip", "Print")
    qtbot.waitUntil(lambda: "bind a key to the command sightline --snip" in listener.told.get("snip", ""))
    listener.told.clear()
    refusing = Portal("refuse")
    listener.keys.set("palette", "Ctrl+Shift+Space")
    qtbot.waitUntil(lambda: len(listener.told) == 2)
    assert "bind a key to the command sightline --palette" in listener.told["palette"]
    refusing.end()


def test_without_a_bus_there_is_no_door(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    for address in ("unix:path=/nowhere", "tcp:host=nowhere", "rubbish", None):
        if address is None:
            monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
        else:
            monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        assert PortalKeys.connect(lambda _: None, lambda *_: None, {}, QObject()) is None


def test_keys_are_named_as_desktops_name_them() -> None:
    none, ctrl = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
    assert trigger(Qt.Key.Key_Print, none) == "Print"
    assert trigger(Qt.Key.Key_7, ctrl) == "CTRL+7"
    assert trigger(Qt.Key.Key_PageUp, ctrl | Qt.KeyboardModifier.MetaModifier) == "CTRL+LOGO+Page_Up"
    assert trigger(Qt.Key.Key_Adiaeresis, ctrl) == ""

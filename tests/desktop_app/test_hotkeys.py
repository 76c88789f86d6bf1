"""Keys that work everywhere, and starting with the desktop."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from ctypes import addressof
from ctypes.wintypes import MSG
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from desktop_app.system import autostart, hotkeys_mac, hotkeys_windows
from desktop_app.system.hotkeys import GlobalKeys
from desktop_app.system.hotkeys_x11 import X11Keys, keysym
from indexer.paths import Paths
from tests.x_server import x_server


@pytest.fixture
def display() -> Iterator[str]:
    """An X server of our own without a window manager."""
    if not (shutil.which("Xvfb") and shutil.which("xdotool")):
        pytest.skip("needs Xvfb and xdotool")
    with x_server(640, 480) as name:
        yield name


def press(keys: str, display: str) -> None:
    subprocess.run(["xdotool", "key", keys], env={**os.environ, "DISPLAY": display}, check=True)


def test_a_key_is_heard_wherever_the_keyboard_is(qtbot: QtBot, display: str) -> None:
    parent, heard = QObject(), []
    door = X11Keys.connect(heard.append, parent, display)
    assert door is not None
    keys = GlobalKeys(parent, door)
    assert keys.set("palette", "Ctrl+Shift+Space") == ""
    assert keys.set("snip", "Meta+F2") == ""
    press("ctrl+shift+space", display)
    qtbot.waitUntil(lambda: heard == ["palette"])
    press("ctrl+space", display)
    press("super+F2", display)
    qtbot.waitUntil(lambda: heard == ["palette", "snip"])
    press("Num_Lock", display)
    press("ctrl+shift+space", display)
    qtbot.waitUntil(lambda: heard == ["palette", "snip", "palette"])
    press("Num_Lock", display)
    assert keys.set("palette", "Ctrl+Alt+K") == ""
    press("ctrl+shift+space", display)
    press("ctrl+alt+k", display)
    qtbot.waitUntil(lambda: len(heard) == 4)
    assert heard[-1] == "palette"
    keys.close()


def test_a_key_that_another_program_has_is_refused_in_words(qtbot: QtBot, display: str) -> None:
    parent = QObject()
    one, other = (X11Keys.connect(lambda _: None, parent, display) for _ in range(2))
    assert one is not None
    assert other is not None
    first, second = GlobalKeys(parent, one), GlobalKeys(parent, other)
    assert first.set("palette", "Ctrl+Shift+Space") == ""
    sentence = second.set("palette", "Ctrl+Shift+Space")
    assert "Ctrl+Shift+Space cannot be used" in sentence
    assert "sightline --palette" in sentence
    assert "cannot be used" in second.set("snip", "Ctrl+Ä")  # not on this keyboard
    assert "cannot be used" in second.set("snip", "Ctrl+K, Ctrl+L")
    first.close()
    assert second.set("palette", "Ctrl+Shift+Space") == ""
    second.close()


def test_letters_are_found_in_whichever_layout_has_them(qtbot: QtBot, display: str) -> None:
    if not shutil.which("setxkbmap"):
        pytest.skip("needs setxkbmap")
    parent, heard = QObject(), []
    door = X11Keys.connect(heard.append, parent, display)
    assert door is not None
    keys = GlobalKeys(parent, door)
    the_key_of_y_in_america, the_key_of_y_in_germany, alt = "29", "52", "ctrl+alt+"
    for layouts, expected in (
        ("ru", None),
        ("ru,us", the_key_of_y_in_america),
        ("ru,de", the_key_of_y_in_germany),
        ("de,us", the_key_of_y_in_germany),
    ):
        subprocess.run(["setxkbmap", "-display", display, "-layout", layouts], check=True)
        assert (keys.set("palette", "Ctrl+Alt+Y") == "") == (expected is not None)
        if expected is not None:
            press(alt + expected, display)  # while the first layout is the one in use
            qtbot.waitUntil(lambda: heard == ["palette"])
            heard.clear()
    subprocess.run(["setxkbmap", "-display", display, "-layout", "ua,us"], check=True)
    qtbot.waitUntil(lambda: door._grabbed["palette"][0] == int(the_key_of_y_in_america))
    press(alt + the_key_of_y_in_germany, display)
    press(alt + the_key_of_y_in_america, display)  # the key went along when the layouts changed
    qtbot.waitUntil(lambda: heard == ["palette"])
    assert "cannot be used" in keys.set("snip", "Ctrl+@")  # it is written with Shift everywhere
    keys.close()


def test_an_x_server_that_is_not_there(qtbot: QtBot) -> None:
    assert X11Keys.connect(lambda _: None, QObject(), ":4711") is None


def test_where_no_program_has_keys_the_sentence_says_what_works(qtbot: QtBot) -> None:
    keys = GlobalKeys()  # offscreen, as on Wayland
    assert keys.set("palette", "") == ""
    assert "bind a key to the command sightline --palette" in keys.set("palette", "Ctrl+Shift+Space")
    assert "sightline --snip" in keys.set("snip", "Ctrl+Shift+X")


def test_keys_have_each_systems_numbers() -> None:
    key = QKeySequence("Ctrl+Shift+Space")[0].key()
    assert (keysym(key), hotkeys_windows.code(key), hotkeys_mac.code(key)) == (0x20, 0x20, 49)
    assert (keysym(Qt.Key.Key_A), hotkeys_windows.code(Qt.Key.Key_A), hotkeys_mac.code(Qt.Key.Key_A)) == (
        0x61, 0x41, 0,
    )  # fmt: skip
    assert (keysym(Qt.Key.Key_F5), hotkeys_windows.code(Qt.Key.Key_F5), hotkeys_mac.code(Qt.Key.Key_F5)) == (
        0xFFC2, 0x74, 96,
    )  # fmt: skip
    assert hotkeys_mac.code(Qt.Key.Key_M) == 46
    assert hotkeys_mac.code(Qt.Key.Key_P) == 35
    assert (keysym(Qt.Key.Key_Menu), hotkeys_windows.code(Qt.Key.Key_Menu)) == (0, 0)


def test_a_hot_key_of_windows_comes_as_a_message_to_no_window(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    keys = hotkeys_windows.WindowsKeys(heard.append)
    keys._taken["snip"] = 7
    message = MSG(message=hotkeys_windows.WM_HOTKEY, wParam=7)
    with monkeypatch.context() as on_windows:
        on_windows.setattr(sys, "platform", "win32")
        keys.nativeEventFilter(b"windows_dispatcher_MSG", addressof(message))
        keys.nativeEventFilter(b"mac_generic_NSEvent", addressof(message))
    assert heard == ["snip"]
    keys._taken.clear()
    keys.close()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("X-GNOME-Autostart-enabled=true", "X-GNOME-Autostart-enabled=false"),
        ("Terminal=false", "Terminal=false\nHidden = true"),
        ("Terminal=false", "X-MATE-Autostart-enabled=false"),
    ],
)
def test_what_the_desktop_switched_off_is_off_and_can_be_switched_on_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str, after: str
) -> None:
    file = tmp_path / "autostart" / "sightline.desktop"
    monkeypatch.setattr(autostart, "entry", lambda: file)
    assert autostart.switch(True, Paths(tmp_path)) == ""
    written = file.read_text()
    assert before in written
    file.write_text(written.replace(before, after))
    assert not autostart.is_on()
    assert autostart.switch(True, Paths(tmp_path)) == ""
    assert autostart.is_on()
    assert file.read_text() == written


def test_what_windows_notes_about_an_entry() -> None:
    assert autostart.approves(bytes.fromhex("02 00 00 00 00 00 00 00 00 00 00 00"))
    assert autostart.approves(bytes.fromhex("06 00 00 00 00 00 00 00 00 00 00 00"))
    assert not autostart.approves(bytes.fromhex("03 00 00 00 17 79 bd 01 17 d9 d1 01"))
    assert not autostart.approves(bytes.fromhex("07 00 00 00 71 c9 33 ae 16 d9 d1 01"))
    assert autostart.approves(b"")


def test_starting_with_the_desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "config" / "autostart" / "sightline.desktop"
    monkeypatch.setattr(autostart, "entry", lambda: file)
    paths = Paths(tmp_path / "with space & $sign 100%")
    assert not autostart.is_on()
    assert autostart.switch(True, paths) == ""
    assert autostart.is_on()
    line = next(each for each in file.read_text().splitlines() if each.startswith("Exec="))
    value = line.removeprefix("Exec=").replace("\\\\", "\\").replace("%%", "%")  # as a desktop reads it
    printed = subprocess.check_output(["sh", "-c", f"printf '%s\\n' {value}"], text=True)
    assert printed.splitlines() == autostart.command(paths)
    assert "--background" in autostart.command(paths)
    if shutil.which("desktop-file-validate"):
        subprocess.run(["desktop-file-validate", str(file)], check=True)
    assert autostart.switch(False, paths) == ""
    assert autostart.switch(False, paths) == ""
    assert not autostart.is_on()
    file.parent.rmdir()
    file.parent.write_bytes(b"in the way")
    assert "cannot be changed" in autostart.switch(True, paths)

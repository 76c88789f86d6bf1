"""Keys that work in every program, as far as the desktop lets a program have such keys.

Each system has its own door: `hotkeys_x11`, `hotkeys_portal` (Wayland), `hotkeys_windows`, `hotkeys_mac`.
Only the wanted keys are asked for; no door listens to what else is typed. Where there is none, the sentence
says what always works: the desktop itself can bind a key to `sightline --palette`.
"""

import sys
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence

COMMANDS = {"palette": "sightline --palette", "snip": "sightline --snip"}
"""What does the same as each key."""


class Door(Protocol):
    """One system's way to such keys."""

    def take(self, name: str, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        """From now on this key means `name`. False when another program has it, or there is no such key."""

    def give_back(self, name: str) -> None:
        """It means nothing any longer; unknown names are ignored."""

    def close(self) -> None:
        """Give back all."""


class GlobalKeys(QObject):
    """The keys of this program.

    Signals:
        pressed(str): the name of the key that was pressed, wherever the keyboard was.
        told(str, str): of the key of this name the desktop says, later, what this sentence says.
    """

    pressed = Signal(str)
    told = Signal(str, str)

    def __init__(self, parent: QObject | None = None, door: Door | None = None) -> None:
        super().__init__(parent)
        self._door = door if door is not None else self._door_of_this_system()

    def set(self, name: str, keys: str) -> str:
        """Use these keys for `name` ("palette" or "snip"); "" for none. Returns "" or why it cannot be."""
        if self._door is not None:
            self._door.give_back(name)
        if not keys:
            return ""
        command = COMMANDS[name]
        if self._door is None:
            return self._no_keys(name)
        sequence = QKeySequence(keys)
        if sequence.count() == 1:
            combination = sequence[0]  # type: ignore[index]  # missing in the stubs
            if self._door.take(name, combination.key(), combination.keyboardModifiers()):
                return ""
        shown = sequence.toString(QKeySequence.SequenceFormat.NativeText) or keys
        return (
            self.tr(
                "{keys} cannot be used, perhaps another program has it. Choose other keys, or bind the "
                "command {command} to a key in the settings of your desktop."
            )
            .replace("{keys}", shown)
            .replace("{command}", command)
        )

    def close(self) -> None:
        """Give all keys back."""
        if self._door is not None:
            self._door.close()

    def tell(self, name: str, keys: str | None) -> None:
        """What the desktop made of it: its own words for the keys, "" for none yet, None for a refusal."""
        if keys is None:
            self.told.emit(name, self._no_keys(name))
        elif keys:
            said = self.tr("Your desktop says: {keys}. Its keyboard settings can change that.")
            self.told.emit(name, said.replace("{keys}", keys))
        else:
            self.told.emit(name, self.tr("Your desktop has no keys for this yet: set them in its settings."))

    def _no_keys(self, name: str) -> str:
        return self.tr(
            "This desktop gives programs no keys of their own. Open its keyboard settings and bind a key "
            "to the command {command}."
        ).replace("{command}", COMMANDS[name])

    def _door_of_this_system(self) -> Door | None:
        """None where there is none."""
        if sys.platform == "win32":
            from desktop_app.system.hotkeys_windows import WindowsKeys

            return WindowsKeys(self.pressed.emit)
        if sys.platform == "darwin":
            from desktop_app.system.hotkeys_mac import MacKeys

            return MacKeys(self.pressed.emit)
        if QGuiApplication.platformName() == "xcb":
            from desktop_app.system.hotkeys_x11 import X11Keys

            return X11Keys.connect(self.pressed.emit, self)
        if QGuiApplication.platformName().startswith("wayland"):
            from desktop_app.system.hotkeys_portal import PortalKeys

            titles = {
                "palette": self.tr("Search from every program"),
                "snip": self.tr("Search by a part of the screen from every program"),
            }
            return PortalKeys.connect(self.pressed.emit, self.tell, titles, self)
        return None

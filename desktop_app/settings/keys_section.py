"""The keys of the window's commands, and those that work everywhere: none can be given twice."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence

from desktop_app.actions import Actions, Command
from desktop_app.settings.preferences import Preferences
from desktop_app.settings.setting_rows import KeyEdit, Section, SettingRow
from desktop_app.system.hotkeys import COMMANDS
from desktop_app.widgets.controls import Button
from indexer.settings import Settings

EDITING = frozenset(
    {
        *("Space", "Tab", "Backtab", "Return", "Enter", "Backspace", "Del", "Ins", "Esc"),
        *("Home", "End", "Left", "Right", "Up", "Down", "PgUp", "PgDown"),
    }
)
"""Qt's names of keys that every program needs for itself."""

SAME = {"snip", "snip_key"}
"""They do the same, so they may have the same keys."""


class KeysSection(Section):
    """A row per command."""

    def __init__(self, preferences: Preferences, actions: Actions) -> None:
        super().__init__("")
        self.set_title(self.tr("Keys in the window"))
        self._preferences = preferences
        self._actions = actions
        self.by_command: dict[Command, SettingRow] = {}
        self._edits: dict[Command, KeyEdit] = {}
        reset = Button(self.tr("Reset all keys"))
        reset.on_click(self._reset)
        self.reset_row = self.add(
            SettingRow(
                self.tr("Back to the usual keys"),
                self.tr("Click a field and press the keys you want."),
                reset,
            )
        )
        for command in Command:
            edit = KeyEdit(self._now(command), partial(self._choose, command))
            self._edits[command] = edit
            self.by_command[command] = self.add(SettingRow(_name(command, actions), "", edit))

    def _now(self, command: Command) -> str:
        return self._actions[command].shortcut().toString(QKeySequence.SequenceFormat.PortableText)

    def _choose(self, command: Command, keys: str) -> None:
        row, edit, now = self.by_command[command], self._edits[command], self._now(command)
        if keys == now:
            row.say("")
            return
        name, settings = command.name.lower(), self._preferences.settings
        if refusal := _refusal(keys, name, self._actions, settings, safe=_is_safe(keys)):
            row.say(refusal)
            edit.set_keys(now)
        elif self._preferences.change(shortcuts={**settings.shortcuts, name: keys}):
            row.say("")
            self._actions.set_keys(self._preferences.settings.shortcuts)

    def _reset(self) -> None:
        if self._preferences.change(shortcuts={}):
            self._actions.set_keys({})
            for command, row in self.by_command.items():
                self._edits[command].set_keys(self._now(command))
                row.say("")


def everywhere(
    name: str, preferences: Preferences, actions: Actions, change: Callable[[object], object]
) -> SettingRow:
    """The row of "palette_key" or "snip_key", which no other program gets to see any more."""

    def choose(keys: str) -> None:
        safe = _is_safe(keys, everywhere=True)
        if refusal := _refusal(keys, name, actions, preferences.settings, safe=safe):
            row.say(refusal)
            edit.set_keys(getattr(preferences.settings, name))
        else:
            change(keys)

    edit = KeyEdit(getattr(preferences.settings, name), choose)
    about = _tr("These keys work everywhere. The command {command} does the same.")
    row = SettingRow(_titles()[name], about.replace("{command}", COMMANDS[name.removesuffix("_key")]), edit)
    return row


def _titles() -> dict[str, str]:
    return {
        "palette_key": _tr("Search from every program"),
        "snip_key": _tr("Search by a part of the screen from every program"),
    }


def _name(command: Command, actions: Actions) -> str:
    return actions[command].text().rstrip("…")


def _refusal(keys: str, name: str, actions: Actions, settings: Settings, *, safe: bool) -> str:
    """Why the command or the setting of this name cannot have these keys; "" if it can."""
    if not keys:
        return ""
    held = {each: title for each, title in _titles().items() if getattr(settings, each) == keys}
    holder = actions.holder(keys)
    if holder is not None:
        held[holder.name.lower()] = _name(holder, actions)
    for each, title in held.items():
        if each != name and {each, name} != SAME:
            return _tr("These keys already mean “{name}”.").replace("{name}", title)
    return "" if safe else _tr("Add Ctrl or Alt: this key alone is needed for typing.")


def _is_safe(keys: str, *, everywhere: bool = False) -> bool:
    """Whether pressing them never writes anything, nor moves the cursor where that works everywhere."""
    *held, key = keys.split("+")
    alone = len(key) > 1 and not (everywhere and key in EDITING)
    return alone or bool({"Ctrl", "Alt", "Meta"} & set(held))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Keys", text)

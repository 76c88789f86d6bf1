"""The keys of the window's commands: any can be changed, none can be given twice."""

from functools import partial

from PySide6.QtGui import QKeySequence

from desktop_app.actions import Actions, Command
from desktop_app.controls import Button
from desktop_app.preferences import Preferences
from desktop_app.setting_rows import KeyEdit, Section, SettingRow


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
            self.by_command[command] = self.add(SettingRow(self._name(command), "", edit))

    def _name(self, command: Command) -> str:
        return self._actions[command].text().rstrip("…")

    def _now(self, command: Command) -> str:
        return self._actions[command].shortcut().toString(QKeySequence.SequenceFormat.PortableText)

    def _choose(self, command: Command, keys: str) -> None:
        row, edit, now = self.by_command[command], self._edits[command], self._now(command)
        if keys == now:
            row.say("")
            return
        holder = self._actions.holder(keys) if keys else None
        if holder is not None and holder is not command:
            row.say(self.tr("These keys already mean “{name}”.").replace("{name}", self._name(holder)))
            edit.set_keys(now)
        elif keys and not _is_safe(keys):
            row.say(self.tr("Add Ctrl or Alt: this key alone is needed for typing."))
            edit.set_keys(now)
        elif self._preferences.change(
            shortcuts={**self._preferences.settings.shortcuts, command.name.lower(): keys}
        ):
            row.say("")
            self._actions.set_keys(self._preferences.settings.shortcuts)

    def _reset(self) -> None:
        if self._preferences.change(shortcuts={}):
            self._actions.set_keys({})
            for command, row in self.by_command.items():
                self._edits[command].set_keys(self._now(command))
                row.say("")


def _is_safe(keys: str) -> bool:
    """Whether pressing them never writes anything."""
    *held, key = keys.split("+")
    return bool({"Ctrl", "Alt", "Meta"} & set(held)) or len(key) > 1

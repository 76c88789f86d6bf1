"""The settings: every key has a row, a change is written and counts, what cannot be is said."""

from dataclasses import fields, replace
from pathlib import Path
from typing import get_args

import pytest
from fake_engine import MACHINE, FakeEngine
from PySide6.QtCore import Qt
from PySide6.QtGui import QActionGroup, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from desktop_app.actions import Command
from desktop_app.app import _parse
from desktop_app.engine_client import Link
from desktop_app.library.indexing_page import IndexingPage
from desktop_app.search_window import SearchWindow
from desktop_app.settings.setting_rows import KeyEdit
from desktop_app.settings.settings_dialog import SettingsDialog
from desktop_app.settings_desk import SettingsDesk
from desktop_app.system import autostart
from desktop_app.widgets.choices import CheckBox
from desktop_app.widgets.controls import Button
from indexer.messages.model_messages import (
    Download,
    GetMachine,
)
from indexer.messages.upkeep_messages import DiskPart, DiskUse
from indexer.messages.work_messages import ReloadSettings
from indexer.paths import Paths
from indexer.settings import Settings, Weights


def choose(dialog: SettingsDialog, name: str, value: str) -> None:
    control = dialog.rows[name].control
    assert isinstance(control, QComboBox)
    control.setCurrentIndex(control.findData(value))
    control.activated.emit(control.currentIndex())


def click(dialog: SettingsDialog, name: str) -> None:
    control = dialog.rows[name].control
    assert isinstance(control, CheckBox)
    QTest.mouseClick(control, Qt.MouseButton.LeftButton)


def press(edit: KeyEdit, keys: str) -> None:
    edit.edit.setKeySequence(QKeySequence(keys))
    edit.edit.editingFinished.emit()


def test_every_setting_has_a_row(dialog: SettingsDialog) -> None:
    assert {field.name for field in fields(Settings)} - {"schema_version"} <= set(dialog.rows)
    assert set(dialog.key_rows) == set(Command)


def test_a_change_counts_at_once_and_lasts(
    desk: SettingsDesk, dialog: SettingsDialog, paths: Paths, engine: FakeEngine
) -> None:
    choose(dialog, "appearance", "dark")
    assert desk._theme.appearance == "dark"
    choose(dialog, "language", "de")
    choose(dialog, "on_close", "quit")
    saved = Settings.load(paths.settings)
    assert (saved.appearance, saved.language, saved.on_close) == ("dark", "de", "quit")
    assert engine.restarts == 0
    choose(dialog, "budget", "exact")
    click(dialog, "read_words")
    click(dialog, "offline")
    saved = Settings.load(paths.settings)
    assert (saved.budget, saved.read_words, saved.offline) == ("exact", False, True)
    assert engine.restarts == 2  # the engine reads them when it starts
    assert engine.requests.count(ReloadSettings()) == 1  # the others whenever it is told to


def test_what_is_changed_elsewhere_is_shown(
    desk: SettingsDesk, dialog: SettingsDialog, window: SearchWindow
) -> None:
    for name, value in (("on_close", "stay"), ("read_words", False), ("working_hours", "22:00-07:00")):
        desk._preferences.change(**{name: value})
    controls = {name: row.control for name, row in dialog.rows.items()}
    assert isinstance(controls["on_close"], QComboBox)
    assert controls["on_close"].currentData() == "stay"
    assert isinstance(controls["read_words"], CheckBox)
    assert not controls["read_words"].isChecked()
    assert isinstance(controls["working_hours"], QLineEdit)
    assert controls["working_hours"].text() == "22:00-07:00"


def test_a_download_ends_with_its_engine(dialog: SettingsDialog, engine: FakeEngine) -> None:
    small = dialog.models.rows[1]
    engine.download_changed.emit(Download("small", "fetching", 1_000_000_000, 4_300_000_000))
    engine.become(Link.RESTARTING)
    assert small.state() == "Stopped. What has arrived is kept."
    assert small.fetch.isVisible()
    assert not small.cancel.isVisible()


def test_hours_that_are_none_are_told_and_not_kept(dialog: SettingsDialog, paths: Paths) -> None:
    """Kept, they would be what no engine starts with."""
    control = dialog.rows["working_hours"].control
    assert isinstance(control, QLineEdit)
    control.setText("at night")
    control.editingFinished.emit()
    assert "22:00-07:00" in dialog._said.text()
    assert Settings.load(paths.settings).working_hours == control.text() == ""
    control.setText("22:00-07:00")
    control.editingFinished.emit()
    assert not dialog._said.isVisible(), "it is mended"
    assert Settings.load(paths.settings).working_hours == "22:00-07:00"


def test_what_could_not_be_written_is_not_shown_either(
    dialog: SettingsDialog, window: SearchWindow, paths: Paths
) -> None:
    paths.settings.write_text("colour = 1\n")
    choose(dialog, "appearance", "dark")
    click(dialog, "read_words")
    controls = {name: row.control for name, row in dialog.rows.items()}
    assert isinstance(controls["appearance"], QComboBox)
    assert controls["appearance"].currentData() == "system"
    assert isinstance(controls["read_words"], CheckBox)
    assert controls["read_words"].isChecked()
    group = next(each for each in window.main_menu.findChildren(QActionGroup, "appearance"))
    dark = next(each for each in group.actions() if each.data() == "dark")
    dark.trigger()  # nobody listens here who could write it
    choose(dialog, "appearance", "contrast")
    assert group.checkedAction().data() == "system"


def test_the_next_engine_is_asked_what_this_one_did_not_answer(
    dialog: SettingsDialog, engine: FakeEngine
) -> None:
    engine.become(Link.RESTARTING)
    dialog.models.said.emit("The engine was started anew. Please try again.")
    assert not dialog._said.isVisible(), "that is done without the person"
    before = engine.requests.count(GetMachine())
    engine.replies["GetMachine"] = replace(MACHINE, device="The graphics card.")
    engine.replies["GetDiskUse"] = DiskUse((DiskPart("index", 6_000_000),))
    engine.ready()
    assert engine.requests.count(GetMachine()) == before + 1
    assert "The graphics card." in dialog.models._about.text(), "it may run on another one"
    assert dialog.disk_use.sentence.text() == "Index: 6.0 MB\nTogether: 6.0 MB"
    dialog.close()
    engine.become(Link.RESTARTING)
    before = len(engine.requests)
    engine.ready()
    assert GetMachine() not in engine.requests[before:], "nobody looks"


def test_what_the_engine_wrote_meanwhile_is_kept(dialog: SettingsDialog, paths: Paths) -> None:
    Settings(embedder="qwen3-vl-embedding-2b").save(paths.settings)
    choose(dialog, "appearance", "dark")
    saved = Settings.load(paths.settings)
    assert (saved.embedder, saved.appearance) == ("qwen3-vl-embedding-2b", "dark")


def test_settings_that_cannot_be_written_are_told(
    dialog: SettingsDialog, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    for place in ("settings.settings_dialog", "settings.setting_rows", "library.indexing_page"):
        monkeypatch.setattr(f"desktop_app.{place}.announce", lambda _widget, said: heard.append(said))
    paths.settings.write_text("colour = 1\n")
    choose(dialog, "appearance", "dark")
    assert "there is no setting 'colour'" in dialog._said.text()
    dialog.rows["palette_key"].say("Another program has these keys.")
    IndexingPage(dialog).say("The folder is gone.")
    assert [*filter(None, heard)] == [
        dialog._said.text(), "Another program has these keys.", "The folder is gone.",
    ], "who does not see it hears it"  # fmt: skip
    assert paths.settings.read_text() == "colour = 1\n"


def test_the_field_finds_settings(dialog: SettingsDialog) -> None:
    QTest.keyClicks(dialog.field, "connection")
    shown = {name for name, row in dialog.rows.items() if row.isVisible()}
    assert {"offline", "connections"} <= shown
    assert not {"language", "device", "shortcuts"} & shown
    for text, name in (("cloud", "rules"), ("delete", "disk use"), ("dark", "appearance")):
        dialog.field.setText(text)
        assert dialog.rows[name].isVisible(), "what can be chosen is found as well"
    dialog.field.setText("no such thing at all")
    assert not any(row.isVisible() for row in dialog.rows.values())
    assert dialog.page.nothing.isVisible()
    dialog.field.setText("privacy")  # a heading stands for all below it
    assert dialog.rows["offline"].isVisible()
    dialog.field.clear()
    assert all(row.isVisible() for row in dialog.rows.values())


def test_keys_are_changed_and_conflicts_refused(
    dialog: SettingsDialog, window: SearchWindow, paths: Paths
) -> None:
    similar = dialog.key_rows[Command.FIND_SIMILAR]
    edit = similar.control
    assert isinstance(edit, KeyEdit)
    press(edit, "Ctrl+O")
    assert "already mean “Search by a picture”" in similar.note.text()
    assert edit.keys == "Ctrl+E"
    press(edit, "g")
    assert "needed for typing" in similar.note.text()
    press(edit, "Ctrl+G")
    assert similar.note.text() == ""
    assert window.actions_[Command.FIND_SIMILAR].shortcut().toString() == "Ctrl+G"
    buttons = {button.text(): button for button in window.inspector.findChildren(Button)}
    assert buttons["Find similar"].toolTip() == "Find similar (Ctrl+G)"
    assert Settings.load(paths.settings).shortcuts == {"find_similar": "Ctrl+G"}
    QTest.mouseClick(edit.clear, Qt.MouseButton.LeftButton)
    assert window.actions_[Command.FIND_SIMILAR].shortcuts() == []
    QTest.keyPress(edit.edit, Qt.Key.Key_Control)  # Qt puts its own words back
    (field,) = edit.edit.findChildren(QLineEdit)
    assert field.placeholderText() == "Press keys"
    reset = dialog.rows["shortcuts"].control
    assert reset is not None
    QTest.mouseClick(reset, Qt.MouseButton.LeftButton)
    assert window.actions_[Command.FIND_SIMILAR].shortcut().toString() == "Ctrl+E"
    assert [key.toString() for key in window.actions_[Command.FOCUS_SEARCH].shortcuts()] == ["Ctrl+F", "/"]
    assert Settings.load(paths.settings).shortcuts == {}


def test_keys_that_no_program_gets_here_say_what_works(dialog: SettingsDialog) -> None:
    assert "sightline --palette" in dialog.rows["palette_key"].note.text()  # offscreen gives none away
    edit = dialog.rows["palette_key"].control
    assert isinstance(edit, KeyEdit)
    press(edit, "")
    assert "These keys work everywhere" in dialog.rows["palette_key"].note.text()


def test_no_key_is_taken_from_every_program_that_they_need(dialog: SettingsDialog, paths: Paths) -> None:
    row = dialog.rows["snip_key"]
    edit = row.control
    assert isinstance(edit, KeyEdit)
    for keys, sentence in (
        ("S", "needed for typing"),
        ("Shift+Space", "needed for typing"),
        ("Ctrl+Shift+Space", "already mean “Search from every program”"),
        ("Ctrl+O", "already mean “Search by a picture”"),
    ):
        press(edit, keys)
        assert sentence in row.note.text()
        assert edit.keys == ""
    assert not paths.settings.exists()
    press(edit, "Ctrl+Shift+S")  # which does the same in the window
    assert Settings.load(paths.settings).snip_key == "Ctrl+Shift+S"
    press(edit, "Print")
    assert Settings.load(paths.settings).snip_key == "Print"
    row = dialog.key_rows[Command.OPEN]
    assert isinstance(row.control, KeyEdit)
    press(row.control, "Print")
    assert "already mean “Search by a part of the screen from every program”" in row.note.text()


def test_what_the_desktop_says_later_about_its_keys_is_shown(
    desk: SettingsDesk, dialog: SettingsDialog
) -> None:
    desk._presence.keys.tell("palette", "Meta+F1")
    assert "Your desktop says: Meta+F1." in dialog.rows["palette_key"].note.text()
    desk._presence.keys.tell("palette", None)
    assert "sightline --palette" in dialog.rows["palette_key"].note.text()


def test_starting_with_the_desktop_is_what_the_system_says(dialog: SettingsDialog) -> None:
    click(dialog, "autostart")
    assert autostart.is_on()
    click(dialog, "autostart")
    assert not autostart.is_on()
    autostart.entry().parent.rmdir()
    autostart.entry().parent.write_bytes(b"in the way")
    click(dialog, "autostart")
    assert "cannot be changed" in dialog._said.text()
    control = dialog.rows["autostart"].control
    assert isinstance(control, CheckBox)
    assert not control.isChecked()


def test_the_menu_of_the_file_manager_is_switched_where_it_is(dialog: SettingsDialog, tmp_path: Path) -> None:
    entry = tmp_path / "XDG_DATA_HOME" / "nemo" / "actions" / "sightline.nemo_action"
    click(dialog, "file_menu")
    assert "Find similar in Sightline" in entry.read_text()
    click(dialog, "file_menu")
    assert not entry.parent.parent.exists()
    (tmp_path / "bin" / "nemo").unlink()
    click(dialog, "file_menu")
    assert "sightline window" in dialog._said.text()
    control = dialog.rows["file_menu"].control
    assert isinstance(control, CheckBox)
    assert not control.isChecked()


def test_the_dialog_by_keyboard(qtbot: QtBot, dialog: SettingsDialog, paths: Paths) -> None:
    assert dialog.page.names.currentRow() == 0, "it begins with the first section"
    dialog.field.setFocus()
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    assert Settings.load(paths.settings) == Settings(), (
        "Enter presses no button, such as one that takes keys away"
    )
    assert dialog.isVisible()
    QTest.keyClick(dialog.field, Qt.Key.Key_Tab)
    QTest.keyClick(dialog.page.names, Qt.Key.Key_End)
    bar = dialog.page.bar
    qtbot.waitUntil(lambda: bar.value() > 0)
    last = dialog.page.names.count() - 1
    assert dialog.page.names.currentRow() == last
    bar.setValue(dialog.page.sections[1].y())
    assert dialog.page.names.currentRow() == 1, "the section that is seen is marked"
    assert bar.value() == dialog.page.sections[1].y()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


@pytest.mark.parametrize("weights", get_args(Weights))
def test_the_window_takes_whatever_the_command_line_offers(tmp_path: Path, weights: str) -> None:
    assert _parse(["--data-dir", str(tmp_path), "--weights", weights]).weights == weights

"""What the pages of the settings list and do: models, what is kept, connections, rules."""

from dataclasses import replace

from fake_engine import READY, FakeEngine
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from desktop_app.app import leave_nothing
from desktop_app.engine_client import Link
from desktop_app.search_window import SearchWindow
from desktop_app.settings.settings_dialog import SettingsDialog
from desktop_app.settings_desk import SettingsDesk
from desktop_app.system import autostart, file_menu
from desktop_app.widgets.controls import Button
from indexer.messages.library_messages import Excluded, Include, PreviewRules, Rules, RulesPreview, SetRules
from indexer.messages.model_messages import (
    CancelDownload,
    Download,
    DownloadModel,
    GetModels,
    Model,
    Models,
    UseModel,
)
from indexer.messages.privacy_messages import Connections
from indexer.messages.upkeep_messages import Purge
from indexer.messages.work_messages import ReloadSettings
from indexer.paths import Paths
from indexer.settings import Settings


def test_models_with_what_they_need_and_a_download(dialog: SettingsDialog, engine: FakeEngine) -> None:
    tiny, small, large = dialog.models.rows
    assert tiny.state() == "In use"
    assert not tiny.fetch.isVisible()
    assert "Recommended" in small._about.text()
    assert "4.3 GB to fetch  ·  needs 6 GB of memory" in small._about.text()
    assert "Too large" in large._about.text()
    QTest.mouseClick(small.fetch, Qt.MouseButton.LeftButton)
    assert engine.requests[-1] == DownloadModel("small")
    news = Download("small", "fetching", 1_000_000_000, 4_300_000_000, 11_000_000)
    engine.download_changed.emit(news)
    assert small.state() == "1.0 GB of 4.3 GB  ·  11.0 MB a second  ·  about 5 minutes left"
    assert small._progress.value() == 233
    QTest.mouseClick(small.cancel, Qt.MouseButton.LeftButton)
    assert engine.requests[-1] == CancelDownload()
    engine.download_changed.emit(Download("small", "cancelled"))
    assert small.fetch.text() == "Go on"
    engine.download_changed.emit(Download("small", "failed", problem="hub.example does not answer."))
    assert small.state() == "hub.example does not answer."
    engine.replies["GetModels"] = Models((Model("small", "embedder", "", "MIT", installed=True),))
    engine.download_changed.emit(Download("small", "done"))
    (row,) = dialog.models.rows
    assert not row.use.isHidden()
    assert row.state() == "On this computer"


def test_whoever_is_offered_models_is_led_to_them(
    qtbot: QtBot, desk: SettingsDesk, window: SearchWindow, engine: FakeEngine
) -> None:
    engine.report(replace(READY, models="The built-in models only know simple drawings."))
    window.banner._call("Choose models…")
    assert desk.dialog is not None
    dialog = desk.dialog
    qtbot.waitUntil(lambda: dialog.page.names.currentItem().text() == "Models")
    assert dialog.page.bar.value() == dialog.page.sections[dialog.page.names.currentRow()].y()


def test_a_model_is_used_and_the_list_asked_again(dialog: SettingsDialog, engine: FakeEngine) -> None:
    engine.replies["UseModel"] = READY
    small = dialog.models.rows[1].model
    dialog.models.use_wanted.emit(small)
    assert UseModel("small", "") in engine.requests
    assert engine.requests[-1] == GetModels()
    engine.refuse = "The model small could not be loaded."
    dialog.models.use_wanted.emit(replace(small, role="reranker"))
    assert engine.requests[-1] == UseModel("", "small")
    assert dialog._said.text() == "The model small could not be loaded."


def test_words_alone_are_enough_until_a_model_is_chosen(
    desk: SettingsDesk, window: SearchWindow, engine: FakeEngine, paths: Paths
) -> None:
    window.onboarding.words_wanted.emit()
    assert not Settings.load(paths.settings).by_meaning
    assert engine.requests[-1] == ReloadSettings()
    engine.refuse = "The model small could not be loaded."
    window.onboarding.model_wanted.emit("small", "none")
    assert not Settings.load(paths.settings).by_meaning
    engine.refuse = ""
    engine.replies["UseModel"] = READY
    window.onboarding.model_wanted.emit("small", "none")
    assert Settings.load(paths.settings).by_meaning
    assert engine.requests.count(ReloadSettings()) == 2


def test_what_is_kept_is_added_up_and_deleted_only_on_a_clear_yes(
    qtbot: QtBot, desk: SettingsDesk, dialog: SettingsDialog, engine: FakeEngine, paths: Paths
) -> None:
    assert dialog.disk_use.sentence.text() == "Index: 5.0 MB\nPreviews: 2.0 MB\nTogether: 7.0 MB"

    def answer(text: str) -> None:
        box = next(each for each in QApplication.topLevelWidgets() if isinstance(each, QMessageBox))
        assert "cannot be undone" in box.informativeText()
        assert box.defaultButton().text() == "Keep it"
        next(button for button in box.buttons() if button.text() == text).click()

    QTimer.singleShot(0, lambda: answer("Keep it"))
    dialog.disk_use.purge.click()
    assert Purge() not in engine.requests
    engine.replies["Purge"] = None
    autostart.switch(True, paths)
    assert file_menu.switch(True, paths) == ""
    QTimer.singleShot(0, lambda: answer("Delete everything"))
    with qtbot.waitSignal(desk._presence.quit_wanted):
        dialog.disk_use.purge.click()
    assert desk.purged
    assert not autostart.is_on()
    assert not file_menu.is_on()
    assert not (paths.data / "window.ini").exists()  # nothing is written any more
    (paths.data / "window.lock").write_bytes(b"")
    leave_nothing(paths)
    assert not paths.logs.exists()
    assert not list(paths.data.glob("window.*"))


def test_every_connection_is_listed_or_there_is_none(
    qtbot: QtBot, dialog: SettingsDialog, engine: FakeEngine
) -> None:
    assert "One connection" in dialog.connections.sentence.text()
    assert "hub.example  ·  model small  ·  4.3 kB" in dialog.connections.list.item(0).text()
    dialog.connections.show_connections(Connections(()))
    assert "never opened a connection" in dialog.connections.sentence.text()
    assert not dialog.connections.list.isVisible()
    dialog.connections._again.setInterval(0)
    engine.download_changed.emit(Download("small", "fetching"))  # by a button of the same page
    qtbot.waitUntil(lambda: "One connection" in dialog.connections.sentence.text())
    engine.become(Link.READY)


def test_rules_are_previewed_before_they_are_applied(
    qtbot: QtBot, dialog: SettingsDialog, engine: FakeEngine
) -> None:
    panel = dialog.rules
    assert panel.patterns.toPlainText() == "*.tmp"
    place = QPointF(5, 5)
    turn = QWheelEvent(
        place, panel.pixels.mapToGlobal(place), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(panel.pixels, turn)  # on the way up the page
    assert not panel.apply.isEnabled()
    engine.replies["PreviewRules"] = RulesPreview(120, ("/p/a.jpg", "/p/b.jpg"), 4)
    panel.patterns.setPlainText("*.tmp\n\nBackup/")
    panel.hidden.click()
    assert panel.apply.isEnabled()
    qtbot.waitUntil(lambda: "leave the index" in panel.preview.text())
    assert panel.preview.text() == "120 files leave the index, for example a.jpg, b.jpg. 4 files come in."
    draft = Rules(("*.tmp", "Backup/"), hidden=True, min_bytes=2_500)
    assert PreviewRules(draft) in engine.requests
    engine.refuse = "The pattern [ cannot be understood."
    panel.apply.click()
    assert panel.preview.text() == "The pattern [ cannot be understood."
    assert panel.apply.isEnabled()
    engine.refuse = ""
    engine.replies["SetRules"] = READY
    panel.apply.click()
    assert engine.requests[-1] == SetRules(draft)
    assert panel.preview.text() == "Done."
    assert not panel.apply.isEnabled()


def test_rules_that_are_not_applied_yet_stay_as_they_are_written(
    desk: SettingsDesk, dialog: SettingsDialog, engine: FakeEngine
) -> None:
    panel = dialog.rules
    panel.patterns.setPlainText("Backup/")
    dialog.close()
    desk.show()
    engine.become(Link.RESTARTING)
    engine.ready()
    assert panel.patterns.toPlainText() == "Backup/"
    assert panel.apply.isEnabled()
    panel.patterns.setPlainText("*.tmp")
    engine.replies["GetRules"] = Rules(("*.bak",), min_bytes=5_000_000_000)
    desk.show()
    dialog._ask()
    assert panel.patterns.toPlainText() == "*.bak", "nothing of the person's is lost by it"
    assert not panel.apply.isEnabled(), "more than the field can hold is no change of anybody's"


def test_what_was_left_out_by_hand_can_be_taken_back(dialog: SettingsDialog, engine: FakeEngine) -> None:
    left_out = dialog.rules.excluded
    assert left_out.isVisible()
    assert not left_out.back.isEnabled()
    dialog.rules.show_excluded(Excluded(tuple(f"/p/{number}.jpg" for number in range(5_000))))
    assert left_out.list.count() == 5_000
    assert len(left_out.findChildren(Button)) == 1, "no row of controls for each: that took a minute"
    left_out.list.item(0).setSelected(True)
    left_out.list.item(4_999).setSelected(True)
    engine.replies |= {"Include": READY, "GetExcluded": Excluded(())}
    left_out.back.click()
    assert Include(("/p/0.jpg", "/p/4999.jpg")) in engine.requests
    assert not left_out.isVisible()

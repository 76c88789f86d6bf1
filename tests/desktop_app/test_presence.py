"""The palette, the tray, what a start shows, and what closing the window means."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fake_engine import READY, FakeEngine
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QMessageBox
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from window_sample import hits

from desktop_app import presence as presence_module
from desktop_app.acting.background_job import BackgroundJob
from desktop_app.actions import Command
from desktop_app.engine_client import Link
from desktop_app.palette import Palette
from desktop_app.presence import Presence
from desktop_app.search.palette_search import FIRST_ID
from desktop_app.search_window import SearchWindow
from desktop_app.widgets.question import Question
from indexer.launch import Launch
from indexer.messages.work_messages import Pause, Resume
from indexer.settings import Settings


@pytest.fixture
def with_tray(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a desktop that has a place for icons, which the offscreen one has not."""
    monkeypatch.setattr(presence_module.Tray, "is_available", staticmethod(lambda: True))


@pytest.fixture
def presence(window: SearchWindow, engine: FakeEngine) -> Iterator[Presence]:
    made = Presence(window, engine, Settings())
    yield made
    made._quitting = True
    made.palette.close()
    if made.tray is not None:
        made.tray.hide()
        made.tray.menu.deleteLater()
    made.palette.deleteLater()


@pytest.fixture
def palette(presence: Presence, engine: FakeEngine, tmp_path: Path) -> Palette:
    engine.browse = hits(tmp_path, 12)
    engine.ready()
    presence.palette.summon()
    QApplication.processEvents()
    return presence.palette


# --- the palette ---------------------------------------------------------------------------------------


def test_the_palette_shows_the_newest_files_and_finds_others(
    qtbot: QtBot, palette: Palette, engine: FakeEngine, tmp_path: Path
) -> None:
    assert palette.isVisible()
    assert [hit.path for hit in palette.model.hits] == [hit.path for hit in engine.browse[:8]]
    QTest.keyClicks(palette.field, "a red boat")
    qtbot.waitUntil(lambda: bool(engine.searches()))
    asked = engine.searches()[-1]
    assert (asked.text, asked.limit) == ("a red boat", 8)
    assert asked.search_id > FIRST_ID
    found = hits(tmp_path, 3)
    engine.answer(found, "words", final=False)
    assert len(palette.model.hits) == 3
    assert palette.current() == found[0]
    assert palette._hint.text().startswith("Enter opens")
    engine.answer((), final=True)
    assert palette._note.text() == "Nothing here matches that."
    assert palette._hint.text() == "Tab opens the window", "there is nothing that Enter could open"


def test_the_palette_does_not_wait_for_a_key_when_the_engine_has_started(
    presence: Presence, engine: FakeEngine, tmp_path: Path
) -> None:
    engine.browse = hits(tmp_path, 3)
    engine.become(Link.STARTING)
    presence.palette.summon()
    QApplication.processEvents()
    assert presence.palette._note.text() == "Starting…"
    engine.become(Link.STOPPED, "The index is damaged.")
    assert presence.palette._note.text() == "The index is damaged."
    engine.ready()
    assert presence.palette.model.hits == engine.browse
    engine.become(Link.RESTARTING)
    assert presence.palette.model.hits == engine.browse
    presence.palette.hide()
    asked = len(engine.requests)
    engine.become(Link.STOPPED)
    assert len(engine.requests) == asked


def test_the_next_page_that_the_palette_interrupted_is_asked_again(
    presence: Presence, window: SearchWindow, engine: FakeEngine, tmp_path: Path
) -> None:
    found = hits(tmp_path, 6)
    engine.ready()
    window.search_bar.field.setText("beach")
    window.session.ask()
    engine.answer(found[:3], total=6)
    window.session.want_more()
    presence.palette.summon()
    QApplication.processEvents()
    presence.palette.hide()
    more = [search for search in engine.searches() if search.text == "beach" and search.offset]
    assert len(more) == 2
    engine.answer(found[3:], total=6, search_id=more[-1].search_id)
    assert len(window.model.hits) == 6


def test_an_answer_to_the_window_is_not_the_palettes(
    palette: Palette, engine: FakeEngine, window: SearchWindow
) -> None:
    window.search_bar.field.setText("for the window")
    window.session.ask()
    shown = palette.model.hits
    engine.answer(shown[:1])
    assert palette.model.hits == shown
    assert window.model.hits == shown[:1]


def test_everything_in_the_palette_by_keyboard(
    palette: Palette, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(
        "desktop_app.system.file_manager.show_in_folder", lambda path, _: shown.append(path) or "It is gone."
    )
    QTest.keyClick(palette.field, Qt.Key.Key_Down)
    second = palette.model.hits[1].path
    QTest.keyClick(palette.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert shown == [second]
    assert palette.isVisible()
    assert palette._note.text() == "It is gone."
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert opened == [second]
    assert not palette.isVisible()
    palette.field.setText("boat")
    palette.summon()
    assert palette.field.hasSelectedText()
    QTest.keyClick(palette.field, Qt.Key.Key_Up)
    QTest.keyClick(palette.field, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == palette.model.hits[-1].path
    palette.summon()
    QTest.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_enter_opens_nothing_that_was_found_for_another_question(
    palette: Palette, engine: FakeEngine, opened: list[str], tmp_path: Path
) -> None:
    QTest.keyClicks(palette.field, "boat")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert opened == [], "the newest file is no boat"
    assert [search.text for search in engine.searches()] == ["boat"], "which is asked for at once instead"
    assert engine.searches()[0].fold, "eight of one picture are one answer"
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert len(engine.searches()) == 1
    found = hits(tmp_path, 3)[::-1]
    engine.answer(found)
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert opened == [found[0].path]


def test_a_filter_that_is_only_begun_leaves_the_list(
    qtbot: QtBot, palette: Palette, engine: FakeEngine, opened: list[str], tmp_path: Path
) -> None:
    found = hits(tmp_path, 3)
    QTest.keyClicks(palette.field, "boat")
    qtbot.waitUntil(lambda: bool(engine.searches()))
    engine.answer(found)
    QTest.keyClicks(palette.field, " kind:")
    qtbot.waitUntil(lambda: len(engine.searches()) == 2)
    engine.answer((), "words", note="“kind:” is not understood: write what to look for.", not_understood=True)
    assert palette.model.hits == found
    assert palette._note.text().startswith("“kind:” is not understood")
    assert palette._hint.text() == "Tab opens the window"
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert opened == [], "it was found for another question"
    QTest.keyClicks(palette.field, "photo")
    qtbot.waitUntil(lambda: len(engine.searches()) == 3)
    engine.answer(found[1:])
    assert palette._note.isHidden()
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert opened == [found[1].path]


def test_tab_goes_on_in_the_window(palette: Palette, window: SearchWindow, engine: FakeEngine) -> None:
    window.filters.toggle("video")
    palette.field.setText("the same question")
    QTest.keyClick(palette.field, Qt.Key.Key_Tab)
    assert not palette.isVisible()
    assert window.search_bar.text == "the same question"
    assert engine.searches()[-1].kinds == (), "of which the palette showed answers of every kind"


def test_the_palette_waits_for_what_would_take_its_keys(palette: Palette) -> None:
    palette.hide()
    seen: list[bool] = []
    box = Question("Sightline", "Delete?", "")
    box.answer("Keep it", Question.ButtonRole.RejectRole)

    def press() -> None:
        palette.toggle()
        seen.append(palette.isVisible())
        box.reject()

    QTimer.singleShot(0, press)
    box.exec()
    palette.toggle()
    assert [*seen, palette.isVisible()] == [False, True]


def test_the_palette_comes_at_once(qtbot: QtBot, palette: Palette) -> None:
    """The best of five: a busy machine may delay one, but never all."""
    took = []
    for _ in range(5):
        palette.hide()
        QApplication.processEvents()
        begun = time.perf_counter()
        palette.summon()
        palette.repaint()
        took.append(time.perf_counter() - begun)
    assert min(took) < 0.15


def test_files_can_be_dragged_out(palette: Palette, monkeypatch: pytest.MonkeyPatch) -> None:
    mime = palette.model.mimeData([palette.model.index(0)])
    assert mime.urls()[0].toLocalFile() == palette.model.hits[0].path
    assert palette.list.dragEnabled()
    monkeypatch.setattr(QListView, "startDrag", lambda *_: None)
    monkeypatch.setattr(Palette, "isActiveWindow", lambda _self: False)  # another program is in front now
    palette.list.startDrag(Qt.DropAction.CopyAction)
    assert not palette.isVisible()


def test_the_palettes_model_keeps_qts_rules(palette: Palette, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(palette.model)


# --- the tray and closing ------------------------------------------------------------------------------


@pytest.mark.usefixtures("with_tray")
def test_the_tray_says_how_things_stand(presence: Presence, engine: FakeEngine, qtbot: QtBot) -> None:
    assert presence.tray is not None
    engine.ready(replace(READY, state="indexing", pending=5_572, eta_s=400.0))
    texts = {action.text(): action for action in presence.tray.menu.actions()}
    assert "12,430 of 18,002 files understood · about 7 minutes left" in texts
    texts["Pause for an hour"].trigger()
    assert engine.requests[-1] == Pause(seconds=3_600)
    engine.report(replace(READY, state="paused"))
    texts["Pause for an hour"].trigger()
    assert isinstance(engine.requests[-1], Resume)
    assert texts["Pause for an hour"].text() == "Resume indexing"
    texts["Search…"].trigger()
    assert presence.palette.isVisible()
    with qtbot.waitSignal(presence.quit_wanted):
        texts["Quit"].trigger()


def test_a_place_for_icons_that_comes_later_is_used(
    presence: Presence, window: SearchWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.hide()
    presence.obey(Launch(background=True), first=True)
    assert presence.tray is None
    assert window.isMinimized()
    monkeypatch.setattr(presence_module, "TRAY_AGAIN_MS", 5)
    presence._look_for_tray()
    monkeypatch.setattr(presence_module.Tray, "is_available", staticmethod(lambda: True))
    qtbot.waitUntil(lambda: presence.tray is not None)
    assert not window.isVisible(), "the icon leads back to it"
    presence.quit()


@pytest.mark.usefixtures("with_tray")
@pytest.mark.parametrize(("answer", "kept"), [("Keep running", "stay"), ("Quit", "quit")])
def test_closing_asks_once_what_it_means(
    qtbot: QtBot, presence: Presence, window: SearchWindow, answer: str, kept: str
) -> None:
    def choose() -> None:
        box = next(each for each in QApplication.topLevelWidgets() if isinstance(each, QMessageBox))
        next(button for button in box.buttons() if button.text() == answer).click()

    ended: list[bool] = []
    chosen: list[str] = []
    presence.quit_wanted.connect(lambda: ended.append(True))
    presence.on_close_chosen.connect(chosen.append)
    QTimer.singleShot(0, choose)
    window.close()
    assert chosen == [kept]
    assert bool(ended) == (kept == "quit")
    if kept == "stay":
        presence.show_window()
        assert window.isVisible()
        window.dialogs.show_folders()
        window.close()
        assert not window.dialogs.page.isVisible(), "it goes with its window"
        assert chosen == ["stay"]
        assert not ended


@pytest.mark.usefixtures("with_tray")
def test_whoever_does_not_answer_what_closing_means_is_asked_again(
    qtbot: QtBot, presence: Presence, window: SearchWindow
) -> None:
    asked: list[str] = []
    ended: list[bool] = []
    presence.quit_wanted.connect(lambda: ended.append(True))
    presence.on_close_chosen.connect(asked.append)

    def escape() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        QTest.keyClick(box, Qt.Key.Key_Escape)
        asked.append("escaped")

    for _ in range(2):
        QTimer.singleShot(0, escape)
        window.close()
        assert window.isVisible()
    assert asked == ["escaped", "escaped"]
    assert not ended
    presence.apply(Settings(on_close="stay"))  # or the end of the test asks


class Waits(BackgroundJob):
    """Something for many files, until it is stopped."""

    def work(self) -> str:
        while not self.cancelled:
            self.msleep(5)
        return "Stopped."


def test_what_is_being_copied_is_not_stopped_by_closing_the_window(
    qtbot: QtBot, presence: Presence, window: SearchWindow
) -> None:
    def answer(text: str) -> None:
        boxes = [each for each in QApplication.topLevelWidgets() if isinstance(each, QMessageBox)]
        (box,) = [each for each in boxes if each.isVisible()]
        assert box.defaultButton().text() == "Wait for it"
        next(button for button in box.buttons() if button.text() == text).click()

    def insist() -> None:
        assert not presence.quit(), "one question is enough"
        answer("Wait for it")

    job = Waits()
    window.commands._jobs.start(job, "Copying…")
    QTimer.singleShot(0, insist)
    window.close()
    assert window.isVisible()
    assert job.isRunning()
    QTimer.singleShot(0, lambda: answer("Stop and quit"))
    with qtbot.waitSignal(presence.quit_wanted):
        window.close()
    window.commands.stop()
    qtbot.waitUntil(lambda: not window.commands.busy)


def test_without_a_tray_closing_ends_the_program(
    qtbot: QtBot, presence: Presence, window: SearchWindow
) -> None:
    assert presence.tray is None
    with qtbot.waitSignal(presence.quit_wanted):
        window.close()


def test_quit_ends_the_program(qtbot: QtBot, presence: Presence, window: SearchWindow) -> None:
    with qtbot.waitSignal(presence.quit_wanted):
        window.actions_[Command.QUIT].trigger()


# --- starts --------------------------------------------------------------------------------------------


def test_a_start_shows_what_it_asks_for(
    presence: Presence,
    window: SearchWindow,
    engine: FakeEngine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    engine.ready()
    window.hide()
    presence.obey(Launch(background=True), first=True)
    assert window.isMinimized()  # there is no tray that would lead back to it
    presence.obey(Launch())
    assert window.isVisible()
    assert not window.isMinimized()
    presence.obey(Launch(palette=True))
    assert presence.palette.isVisible()
    presence.obey(Launch(palette=True))
    assert not presence.palette.isVisible()
    started: list[bool] = []
    monkeypatch.setattr(window.snip, "start", lambda: started.append(True))
    presence.obey(Launch(snip=True))
    assert started
    window.hide()
    window.snip.taken.emit(QImage(60, 40, QImage.Format.Format_RGB32))
    assert window.isVisible()  # that is where the answer is shown
    window.hide()
    window.snip.said.emit("This desktop does not let programs see the screen.")
    assert window.isVisible()
    assert window.banner.sentence.startswith("This desktop does not let")
    picture = hits(tmp_path, 1)[0].thumbnail
    presence.obey(Launch(files=(picture,)))
    assert window.search_bar.images[-1].path == picture

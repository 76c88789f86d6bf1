"""Folders, problems, the status line and the banner."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from fake_engine import READY, FakeEngine
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from window_sample import hits

from desktop_app.actions import Command
from desktop_app.engine_client import Link
from desktop_app.library.indexing_page import IndexingPage
from desktop_app.library.problems_page import ProblemsModel, ProblemsPage
from desktop_app.search_window import SearchWindow
from desktop_app.widgets.controls import Button
from indexer.messages.library_messages import AddFolder, RemoveFolder
from indexer.messages.problem_messages import IgnoreProblems, Problem, Problems, Retry
from indexer.messages.work_messages import Coverage, CoverageRow, FolderStatus, Hurry, Pause, Resume

PROBLEMS = (
    Problem("/p/broken.jpg", "failed", "The picture is cut off."),
    Problem("/p/other.jpg", "failed", "It crashed the decoder twice."),
    Problem("/p/thing.xyz", "skipped", "Files of this format (.xyz) are not known."),
)


# --- folders ---------------------------------------------------------------------------------------------


def test_a_folder_that_cannot_be_added_is_told(window: SearchWindow, engine: FakeEngine) -> None:
    engine.ready()
    engine.refuse = "There is no folder /gone. Check the spelling."
    window.dialogs.add_folder("/gone")
    assert window.banner.sentence == "There is no folder /gone. Check the spelling."


# --- the status line -----------------------------------------------------------------------------------


def test_progress_is_a_sentence(window: SearchWindow, engine: FakeEngine) -> None:
    line = window.status_line
    assert line.text == "Starting…"
    engine.ready(
        replace(READY, state="indexing", pending=5_572, failed=3, skipped=12, eta_s=400.0, rate=14.0)
    )
    assert line.text == "12,427 of 18,002 files understood  ·  about 7 minutes left"
    assert line.problems.text() == "3 problems"
    engine.report(replace(READY, skipped=1))
    assert line.text == "18,002 files understood"
    assert line.problems.text() == "1 file left out"
    assert not line.pause.isVisible()
    engine.report(replace(READY, state="loading"))
    assert line.text.startswith("Loading the models…")
    engine.become(Link.STOPPED, "It does not work.")
    assert line.text == "The engine is not running"


def test_pause_and_resume(window: SearchWindow, engine: FakeEngine) -> None:
    engine.ready(replace(READY, state="indexing", pending=7))
    QTest.mouseClick(window.status_line.pause, Qt.MouseButton.LeftButton)
    assert engine.requests[-1] == Pause()
    engine.report(replace(READY, state="paused", pending=7))
    assert window.status_line.pause.text() == "Resume"
    assert window.status_line.text.startswith("Paused")
    assert window.actions_[Command.PAUSE].text() == "Resume indexing"
    window.actions_[Command.PAUSE].trigger()
    assert engine.requests[-1] == Resume()


# --- problems and folders ------------------------------------------------------------------------------


def test_problems_with_reasons_and_try_again(
    window: SearchWindow, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.problems = PROBLEMS
    engine.ready(replace(READY, failed=2, skipped=1))
    QTest.mouseClick(window.status_line.problems, Qt.MouseButton.LeftButton)
    assert window.dialogs.page is not None
    dialog = window.dialogs.page.problems
    assert [problem.path for problem in dialog.model.problems] == ["/p/broken.jpg", "/p/other.jpg"]
    assert "cut off" in dialog.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    QTest.mouseClick(dialog.retry, Qt.MouseButton.LeftButton)
    assert engine.requests[-1] == Retry(())
    dialog.list.setCurrentIndex(dialog.model.index(1))
    assert dialog.retry.text() == "Try again"
    engine.problems = (Problem("/p/another.jpg", "failed", "It is empty."), *PROBLEMS)
    engine.report(replace(READY, failed=3, skipped=1))
    assert dialog._chosen() == ("/p/other.jpg",), "news of others does not take the choice away"
    QTest.mouseClick(dialog.retry, Qt.MouseButton.LeftButton)
    assert engine.requests[-1] == Retry(("/p/other.jpg",))
    shown: list[str] = []
    monkeypatch.setattr(
        "desktop_app.library.library_dialogs.show_in_folder", lambda path, _: shown.append(path) or ""
    )
    QTest.mouseClick(dialog.show_file, Qt.MouseButton.LeftButton)
    assert shown == ["/p/other.jpg"]
    QTest.mouseClick(dialog._skipped, Qt.MouseButton.LeftButton)
    assert [problem.path for problem in dialog.model.problems] == ["/p/thing.xyz"]
    assert not dialog.retry.isVisible()
    engine.problems = PROBLEMS[1:]
    engine.report(replace(READY, failed=1, skipped=1))  # the open list follows
    assert dialog._failed.text() == "Could not be read (1)"
    window.dialogs.page.close()


def test_problems_are_ignored_and_listed_again(window: SearchWindow, engine: FakeEngine) -> None:
    engine.problems = PROBLEMS
    engine.ready(replace(READY, failed=2, skipped=1))
    window.dialogs.show_problems()
    assert window.dialogs.page is not None
    page = window.dialogs.page.problems
    assert not page._ignored.isVisible()
    assert not page.ignore.isEnabled()
    page.list.setCurrentIndex(page.model.index(0))
    engine.replies["IgnoreProblems"] = READY
    engine.problems = (replace(PROBLEMS[0], ignored=True), *PROBLEMS[1:])
    QTest.mouseClick(page.ignore, Qt.MouseButton.LeftButton)
    assert IgnoreProblems(("/p/broken.jpg",), True) in engine.requests
    assert [problem.path for problem in page.model.problems] == ["/p/other.jpg"]
    assert page._ignored.text() == "Ignored (1)"
    page._ignored.click()
    assert [problem.path for problem in page.model.problems] == ["/p/broken.jpg"]
    page.list.setCurrentIndex(page.model.index(0))
    assert page.ignore.text() == "List again"
    page.ignore.click()
    assert IgnoreProblems(("/p/broken.jpg",), False) in engine.requests
    window.dialogs.page.close()


def test_changing_to_another_model_is_told(window: SearchWindow, engine: FakeEngine) -> None:
    engine.ready(replace(READY, rebuilding="The files are looked at by another model.", rebuilt=0.421))
    assert window.status_line.text == "18,002 files understood  ·  changing to another model: 42 %"
    page = page_of(window)
    assert "The files are looked at by another model." in page.progress.text
    page.close()


def test_that_words_cannot_be_read_here_is_told(window: SearchWindow, engine: FakeEngine) -> None:
    engine.ready(replace(READY, unreadable="The words in pictures cannot be read."))
    page = page_of(window)
    assert "The words in pictures cannot be read." in page.progress.text
    page.close()


def test_the_problems_model_keeps_qts_rules(qtmodeltester: ModelTester) -> None:
    model = ProblemsModel()
    model.set_problems(Problems(PROBLEMS).problems)
    qtmodeltester.check(model)


def test_thousands_of_chosen_problems_stay_chosen_as_one_stretch(qtbot: QtBot) -> None:
    page = ProblemsPage()
    qtbot.addWidget(page)
    many = tuple(Problem(f"/p/{number}.jpg", "failed", "It is cut off.") for number in range(3_000))
    page.show_problems(Problems(many))
    page.list.selectAll()
    page.show_problems(Problems((Problem("/p/new.jpg", "failed", "It is empty."), *many)))
    assert page._chosen() == tuple(problem.path for problem in many)
    assert len(page.list.selectionModel().selection()) == 1, "one by one it would take seconds at every news"


def test_folders_can_be_added_and_removed(
    qtbot: QtBot, window: SearchWindow, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.ready()
    window.actions_[Command.FOLDERS].trigger()
    assert window.dialogs.page is not None
    dialog = window.dialogs.page.folders
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "/home/ada/Scans")
    dialog.pick()
    assert engine.requests[-1] == AddFolder("/home/ada/Scans")
    engine.report(replace(READY, folders=(*READY.folders, FolderStatus("/home/ada/Scans", 1, 0, "Gone."))))
    remove = [each for each in dialog.findChildren(Button) if each.accessibleName() == "Remove Scans"]

    def answer(text: str) -> None:
        boxes = [each for each in QApplication.topLevelWidgets() if isinstance(each, QMessageBox)]
        (box,) = [each for each in boxes if each.isVisible()]
        assert "forgets the file in it" in box.informativeText()
        assert box.defaultButton().text() == "Keep it"
        next(button for button in box.buttons() if button.text() == text).click()

    QTimer.singleShot(0, lambda: answer("Keep it"))
    QTest.mouseClick(remove[-1], Qt.MouseButton.LeftButton)
    assert RemoveFolder("/home/ada/Scans") not in engine.requests
    QTimer.singleShot(0, lambda: answer("Remove it"))
    QTest.mouseClick(remove[-1], Qt.MouseButton.LeftButton)
    assert engine.requests[-1] == RemoveFolder("/home/ada/Scans")
    engine.report(replace(READY, folders=(*READY.folders, FolderStatus("/home/ada/Empty", 0, 0))))
    dialog.remove_wanted.emit("/home/ada/Empty")
    assert engine.requests[-1] == RemoveFolder("/home/ada/Empty"), "there is nothing to lose"
    window.dialogs.page.close()


def page_of(window: SearchWindow) -> IndexingPage:
    window.actions_[Command.FOLDERS].trigger()
    assert window.dialogs.page is not None
    return window.dialogs.page


def test_what_was_found_in_a_removed_folder_leaves_the_list(
    window: SearchWindow, engine: FakeEngine, tmp_path: Path
) -> None:
    found = hits(tmp_path, 4)
    empty = (*READY.folders, FolderStatus("/home/ada/Scans", 0, 0))
    engine.ready(replace(READY, folders=empty))
    window.search_bar.field.setText("beach")
    window.session.ask()
    engine.answer(found)
    window.grid.choose_row(0)  # touched: a better order would wait to be asked for
    engine.replies["RemoveFolder"] = READY
    page = page_of(window)
    page.folders.remove_wanted.emit("/home/ada/Scans")
    engine.answer(found[2:])
    assert [hit.path for hit in window.model.hits] == [hit.path for hit in found[2:]]
    page.close()


def test_progress_with_its_reasons(window: SearchWindow, engine: FakeEngine) -> None:
    engine.ready(replace(READY, state="indexing", pending=6_000, eta_s=400.0, rate=14.2, unread=1))
    page = page_of(window)
    assert page.progress.text.splitlines() == [
        "12,002 of 18,002 files understood  ·  about 7 minutes left",
        "6,000 files to go  ·  14 files a second  ·  the words of 1 picture to be read",
    ]
    engine.report(replace(READY, unread=2, incomplete=1_400, unpictured=9))
    assert page.progress.text.splitlines() == [
        "18,002 files understood",
        "the words of 2 pictures to be read  ·  1,400 files to be looked at once more  ·  "
        "the thumbnails of 9 files to be made again",
    ]
    why = "Waiting until the computer is plugged in."
    engine.report(replace(READY, pending=6_000, rate=0.2, waiting=why))
    assert why in page.progress.text
    assert why in window.status_line.text
    gone = replace(READY.folders[0], problem="The folder /home/ada/Pictures does not exist.")
    engine.report(replace(READY, folders=(gone,)))
    assert "does not exist" in window.status_line.text
    QTest.mouseClick(page.progress.hurry, Qt.MouseButton.LeftButton)
    assert engine.requests[-1] == Hurry(True)
    engine.report(replace(READY, pending=6_000, hurry=True))
    assert page.progress.hurry.isChecked()
    QTest.mouseClick(page.progress.hurry, Qt.MouseButton.LeftButton)
    assert engine.requests[-1] == Hurry(False)
    page.close()


def test_pausing_for_a_time_says_until_when(window: SearchWindow, engine: FakeEngine) -> None:
    engine.ready(replace(READY, state="indexing", pending=7))
    page = page_of(window)
    hour, tomorrow, always = page.progress.pause_menu.actions()
    hour.trigger()
    assert engine.requests[-1] == Pause(seconds=3_600)
    tomorrow.trigger()
    asked = engine.requests[-1]
    assert isinstance(asked, Pause)
    assert asked.seconds is not None
    assert 8 * 3_600 <= asked.seconds <= 33 * 3_600
    always.trigger()
    assert engine.requests[-1] == Pause()
    engine.report(replace(READY, state="paused", pending=7, paused_until=1.72e9))
    assert "Paused until 3 Jul 2024" in page.progress.text
    QTest.mouseClick(page.progress.resume, Qt.MouseButton.LeftButton)
    assert engine.requests[-1] == Resume()
    page.close()


def test_a_folder_is_paused_alone_and_keeps_its_place(window: SearchWindow, engine: FakeEngine) -> None:
    folders = (FolderStatus("/home/ada/Pictures", 100, 40), FolderStatus("/home/ada/Scans", 1, 0))
    engine.ready(replace(READY, folders=folders, pending=40))
    page = page_of(window)
    row = page.folders.rows["/home/ada/Pictures"]
    assert row.text == "100 files  ·  60 % understood"
    QTest.mouseClick(row._pause, Qt.MouseButton.LeftButton)
    assert engine.requests[-1] == Pause("/home/ada/Pictures")
    paused = (replace(folders[0], paused=True, pending=39), folders[1])
    engine.report(replace(READY, folders=paused, pending=39))
    assert page.folders.rows["/home/ada/Pictures"] is row  # the keyboard stays where it is
    assert row.text == "Paused  ·  100 files  ·  61 % understood"
    QTest.mouseClick(row._pause, Qt.MouseButton.LeftButton)
    assert engine.requests[-1] == Resume("/home/ada/Pictures")
    assert page.folders.rows["/home/ada/Scans"].text == "1 file, understood"
    page.close()


def test_a_disk_that_is_not_connected_is_named(window: SearchWindow, engine: FakeEngine) -> None:
    away = FolderStatus("/media/backup/Photos", 812, 3, offline=True, volume="Backup", last_seen=1.72e9)
    engine.ready(replace(READY, folders=(away,)))
    page = page_of(window)
    row = page.folders.rows[away.path]
    assert row.text == "“Backup” is not connected  ·  last seen 3 Jul 2024  ·  812 files, still found"
    assert not row._title.isEnabled()
    assert not row._pause.isVisible()
    page.close()


def test_a_folder_whose_changes_are_noticed_late_says_so(window: SearchWindow, engine: FakeEngine) -> None:
    note = "It is on another computer: changes are noticed within 30 seconds."
    far = FolderStatus("/mnt/nas", 1, 0, note=note)
    engine.ready(replace(READY, folders=(far, replace(far, path="/mnt/gone", problem="It is gone."))))
    page = page_of(window)
    assert page.folders.rows["/mnt/nas"].text == f"1 file, understood  ·  {note}"
    assert page.folders.rows["/mnt/gone"].text == "It is gone."
    page.close()


def test_coverage_by_folder_and_kind(qtbot: QtBot, window: SearchWindow, engine: FakeEngine) -> None:
    engine.replies["GetCoverage"] = Coverage(
        (
            CoverageRow("/home/ada/Pictures", "photo", 100, 100, 80, 20),
            CoverageRow("/home/ada/Pictures", "video", 10, 9, 0, 0),
            CoverageRow("/home/ada/Scans", "photo", 50, 50, 50, 50),
        )
    )
    folders = (FolderStatus("/home/ada/Pictures", 110, 40), FolderStatus("/home/ada/Scans", 50, 0))
    engine.ready(replace(READY, files=160, pending=40, folders=folders))
    page = page_of(window)
    row = page.folders.rows["/home/ada/Pictures"]
    assert row.text == "110 files  ·  99 % by name  ·  72 % seen once  ·  18 % understood"
    assert page.folders.rows["/home/ada/Scans"].text == "50 files, all understood"
    assert "Photos: 150 files  ·  86 % seen once  ·  46 % understood" in page.progress.text
    assert "Videos: 10 files  ·  90 % by name  ·  0 % understood" in page.progress.text
    engine.replies["GetCoverage"] = Coverage(
        (CoverageRow("/home/ada/Pictures", "photo", 110, 110, 110, 110),)
    )
    engine.report(replace(READY, files=160, pending=0, folders=folders))
    assert row.text.startswith("110 files  ·  99 % by name"), "counting is not done at every news"
    window.dialogs._coverage_again.start(0)
    qtbot.waitUntil(lambda: row.text == "110 files, all understood")  # although nothing comes after it
    page.close()


def test_what_the_engine_refuses_is_said_on_the_page(window: SearchWindow, engine: FakeEngine) -> None:
    engine.ready(replace(READY, pending=3))
    page = page_of(window)
    engine.refuse = "There is no folder /gone. Check the spelling."
    page.folders.add_wanted.emit("/gone")
    assert page.said.text() == "There is no folder /gone. Check the spelling."
    engine.refuse = ""
    page.folders.add_wanted.emit("/there")
    assert page.said.text() == "", "it is about what was done last"
    page.say("There is no folder /gone. Check the spelling.")
    page.close()
    page = page_of(window)
    assert page.said.text() == ""
    page.close()


# --- the banner ----------------------------------------------------------------------------------------


def test_an_engine_that_gave_up_can_be_started_again(
    window: SearchWindow, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    show = "desktop_app.search_window.show_in_folder"
    monkeypatch.setattr(show, lambda path, _parent: shown.append(path) or "")
    logs = engine.log_file.parent
    for age, name in enumerate(("engine.log", "engine-output.log")):
        (logs / name).write_text("A bug")
        os.utime(logs / name, (1e9 - age, 1e9 - age))
    (logs / "engine-crash.log").touch()  # in which there is nothing
    engine.become(Link.STOPPED, "Sightline is already running on /data (process 7). Close it first.")
    assert window.banner.sentence.startswith("Sightline is already running")
    assert window.empty.title == "The search is not running"
    buttons = {each.text(): each for each in window.banner.findChildren(Button)}
    QTest.mouseClick(buttons["Show log"], Qt.MouseButton.LeftButton)
    assert shown == [str(logs / "engine.log")]
    QTest.mouseClick(buttons["Try again"], Qt.MouseButton.LeftButton)
    assert engine.starts == 1
    engine.ready()
    assert window.banner.sentence == ""


def test_the_models_note_is_read_once(window: SearchWindow, engine: FakeEngine) -> None:
    status = replace(READY, models="The built-in models only know simple drawings.")
    engine.ready(status)
    assert window.banner.sentence == status.models
    window.banner._close.click()
    engine.report(status)
    assert window.banner.sentence == ""
    assert "Choose models…" in window.banner._calls
    window.say("The file is no longer there.")
    assert window.banner.sentence == "The file is no longer there."
    window.banner._close.click()
    assert window.banner.sentence == ""
    engine.report(replace(status, trouble="The disk is full."))
    assert (window.banner.sentence, window.banner._calls) == ("The disk is full.", {}), "no model helps"
    window.say("The file is no longer there.")
    assert window.banner.sentence == "The file is no longer there."


def test_light_and_dark_are_in_the_menu(qtbot: QtBot, window: SearchWindow) -> None:
    looks = next(action.menu() for action in window.main_menu.actions() if action.menu() is not None)
    assert [action.text() for action in looks.actions() if action.isChecked()] == ["Like the desktop"]
    dark = next(action for action in looks.actions() if action.text() == "Dark")
    with qtbot.waitSignal(window.appearance_chosen) as chosen:
        dark.trigger()
    assert chosen.args == ["dark"]
    assert [action.text() for action in looks.actions() if action.isChecked()] == ["Dark"]

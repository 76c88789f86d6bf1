"""Files that are shown or opened, and what is said when that cannot be."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.system import file_manager


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A disk that does not answer before the test is over; others do."""
    over = threading.Event()
    monkeypatch.setattr(file_manager, "ANSWER_S", 0.05)
    monkeypatch.setattr(file_manager, "_is_there", lambda path: "gone" not in path or over.wait(60))
    yield
    over.set()


@pytest.mark.usefixtures("silent")
def test_a_disk_that_does_not_answer_is_told_instead_of_waited_for(qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    sentence = "The disk with a.jpg does not answer. Try again when it is connected."
    path = "/mnt/gone/a.jpg"
    assert file_manager.open_file(path) == sentence
    assert file_manager.open_with(path, owner) == sentence
    assert file_manager.show_in_folder(path, owner) == sentence
    assert file_manager.show_files((path, "/mnt/gone/b.jpg"), owner) == sentence


@pytest.mark.usefixtures("silent")
def test_many_files_on_it_are_waited_for_together_and_no_other_with_them(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    monkeypatch.setattr(file_manager.QDesktopServices, "openUrl", lambda _url: True)
    paths = [*(f"/mnt/gone/{number}/a.jpg" for number in range(20)), "/home/ada/b.jpg"]
    begun = time.monotonic()
    *silent, there = file_manager.open_files(paths)
    assert time.monotonic() - begun < 10 * file_manager.ANSWER_S
    assert set(silent) == {"The disk with a.jpg does not answer. Try again when it is connected."}
    assert there == ""


def test_of_many_folders_with_copies_only_some_are_opened(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    shown: list[str] = []
    monkeypatch.setattr(file_manager, "_is_there", lambda _path: True)
    monkeypatch.setattr(file_manager.sys, "platform", "linux")
    monkeypatch.setattr(file_manager, "_ask_file_manager", lambda paths, _parent: shown.extend(paths) is None)
    copies = [f"/p/{number}/{name}.jpg" for number in range(9) for name in "ab"]
    assert file_manager.show_files(copies[:16], owner) == ""
    assert shown == copies[:16]
    shown.clear()
    assert file_manager.show_files(copies, owner) == "Only 8 of the 9 folders were opened."
    assert shown == copies[:16]


def test_a_folder_that_may_not_be_entered_is_no_deleted_file(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "exists", refuse)
    monkeypatch.setattr(file_manager.QDesktopServices, "openUrl", lambda _url: False)
    assert "no program on this computer" in file_manager.open_file(str(tmp_path / "a.jpg"))


def test_a_contact_sheet_is_a_pdf_whatever_is_typed(qtbot: QtBot, tmp_path: Path) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)

    def write(name: str) -> None:
        (dialog,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, QFileDialog)]
        field = dialog.findChild(QLineEdit)
        assert isinstance(field, QLineEdit)
        field.setText(str(tmp_path / name))
        dialog.accept()

    QTimer.singleShot(0, lambda: write("sheet"))
    assert file_manager.choose_pdf("beach", owner) == str(tmp_path / "sheet.pdf")


def test_a_dialog_begins_where_it_was_answered_last(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    begun: list[str] = []
    (tmp_path / "stick").mkdir()
    answers = iter((str(tmp_path / "stick"), "", ""))

    def answer(_parent: QWidget, _question: str, folder: str) -> str:
        begun.append(folder)
        return next(answers)

    monkeypatch.setattr(file_manager, "_last", {})
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", answer)
    file_manager.choose_target(owner)
    file_manager.choose_target(owner)
    (tmp_path / "stick").rmdir()
    file_manager.choose_target(owner)
    assert begun == [str(Path.home()), str(tmp_path / "stick"), str(Path.home())]

"""What is done with results: handing them on, never changing them."""

import errno
import os
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import pytest
from fake_engine import READY, FakeEngine
from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QInputDialog, QProgressDialog
from pytestqt.qtbot import QtBot
from window_sample import hits, landscape

from desktop_app.acting import background_job, copying
from desktop_app.acting.background_job import BackgroundJob
from desktop_app.acting.copying import Copying
from desktop_app.actions import Command
from desktop_app.search.query_and_answer import in_sections
from desktop_app.search_window import SearchWindow
from desktop_app.system import file_manager
from desktop_app.system.programs import programs
from indexer.messages.item_messages import Box, Preview, Word
from indexer.messages.library_messages import Exclude, Forget, Include
from indexer.messages.result_messages import Hit

Do = Callable[[Command], None]


@pytest.fixture
def found(window: SearchWindow, engine: FakeEngine, tmp_path: Path) -> tuple[Hit, ...]:
    """Real files: two of one name in different folders, one of another."""
    made = []
    for number, hit in enumerate(hits(tmp_path, 3)):
        file = tmp_path / "library" / str(number) / ("same.jpg" if number < 2 else "other.jpg")
        file.parent.mkdir(parents=True)
        file.write_bytes(bytes([number]) * (9 << 20))
        os.utime(file, (1e9, 1e9))
        made.append(replace(hit, path=str(file)))
    engine.ready()
    window.search_bar.field.setText("x")
    window.session.ask()
    engine.answer(tuple(made))
    window.grid.choose_row(0)
    return tuple(made)


@pytest.fixture
def do(window: SearchWindow) -> Do:
    return lambda command: window.actions_[command].trigger()


def test_copies_into_a_folder_and_overwrites_nothing(
    qtbot: QtBot,
    window: SearchWindow,
    found: tuple[Hit, ...],
    do: Do,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target = tmp_path / "target"
    target.mkdir()
    (target / "same.jpg").write_bytes(b"was here before")
    monkeypatch.setattr(file_manager, "choose_target", lambda _parent: str(target))
    before = {hit.path: (Path(hit.path).read_bytes(), Path(hit.path).stat().st_mtime_ns) for hit in found}
    window.grid.selectAll()
    do(Command.COPY_TO_FOLDER)
    qtbot.waitUntil(lambda: window.banner.sentence != "" and not window.commands._jobs.busy)
    assert window.banner.sentence == f"3 files were copied to {target}."
    assert sorted(file.name for file in target.iterdir()) == [
        "other.jpg", "same (2).jpg", "same (3).jpg", "same.jpg",
    ]  # fmt: skip
    assert (target / "same.jpg").read_bytes() == b"was here before"
    assert (target / "same (2).jpg").read_bytes() == Path(found[0].path).read_bytes()
    assert (target / "same (2).jpg").stat().st_mtime == 1e9
    assert before == {
        hit.path: (Path(hit.path).read_bytes(), Path(hit.path).stat().st_mtime_ns) for hit in found
    }


def test_what_cannot_be_copied_is_told_and_leaves_nothing(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "target"
    target.mkdir()
    there, gone = tmp_path / "there.txt", tmp_path / "gone.txt"
    there.write_text("x")
    job = Copying([str(gone), str(there)], str(target))
    assert job.work() == "1 of 2 files were copied. gone.txt could not be: it is no longer there."
    away = Copying([str(gone), str(there)], str(target), {str(gone): "“Stick” is not connected."})
    assert away.work() == "1 of 2 files were copied. gone.txt could not be: “Stick” is not connected."
    (target / "there (2).txt").unlink()
    pulled = tmp_path / "stick"
    sentence = Copying([str(there)], str(pulled)).work()
    assert sentence == f"0 of 1 files were copied: the folder {pulled} is no longer there."

    def full(job: Copying, original: Path) -> tuple[Path, BinaryIO]:
        made = target / f"half of {original.name}"
        made.touch()
        return made, Path("/dev/full").open("wb")

    monkeypatch.setattr(Copying, "_create", full)
    sentence = Copying([str(there), str(there)], str(target)).work()
    assert sentence == "0 of 2 files were copied. there.txt could not be: the disk is full."
    assert [file.name for file in target.iterdir()] == ["there.txt"]


def test_a_place_that_keeps_no_dates_gets_the_file_all_the_same(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "phone"
    target.mkdir()
    original = tmp_path / "there.txt"
    original.write_text("x")

    def unsupported(_source: object, _target: object) -> None:
        raise OSError(errno.ENOTSUP, "Operation not supported")

    monkeypatch.setattr(copying.shutil, "copystat", unsupported)
    sentence = Copying([str(original)], str(target)).work()
    assert sentence == f"1 file was copied to {target}."
    assert (target / "there.txt").read_text() == "x"


def test_the_end_does_not_wait_for_a_disk_that_does_not_answer(
    qtbot: QtBot, window: SearchWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered = threading.Event()

    class Reads(BackgroundJob):
        def work(self) -> str:
            answered.wait(60)
            return ""

    monkeypatch.setattr(background_job, "FAREWELL_MS", 50)
    window.commands._jobs.start(Reads(), "Copying…")
    assert not window.commands.stop()
    answered.set()
    qtbot.waitUntil(lambda: not window.commands.busy)
    assert window.commands.stop()


def test_a_bug_in_a_long_task_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    class Broken(Copying):
        def work(self) -> str:
            raise KeyError(str(tmp_path))

    job, said = Broken([], str(tmp_path)), []
    job.ended.connect(said.append)
    job.run()
    assert said == ["Something went wrong. The log says more."]


def test_copying_can_be_stopped(
    qtbot: QtBot, window: SearchWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    large, target = tmp_path / "large.bin", tmp_path / "target"
    target.mkdir()
    with large.open("wb") as file:
        file.truncate(8 << 30)
    monkeypatch.setattr(copying, "BLOCK", 1 << 16)
    window.commands._jobs.start(Copying([str(large)], str(target)), "Copying…")
    dialog = window.findChild(QProgressDialog)
    dialog.canceled.emit()  # what its button does
    qtbot.waitUntil(lambda: not window.commands._jobs.busy)
    assert window.banner.sentence == "0 of 1 files were copied, then you stopped it."
    assert list(target.iterdir()) == []


def test_a_contact_sheet(
    qtbot: QtBot,
    window: SearchWindow,
    engine: FakeEngine,
    do: Do,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    engine.ready()
    window.search_bar.field.setText("deposit")
    window.session.ask()
    engine.answer(hits(tmp_path, 23))
    window.grid.selectAll()
    file = tmp_path / "sheet.pdf"
    monkeypatch.setattr(file_manager, "choose_pdf", lambda _name, _parent: str(file))
    do(Command.CONTACT_SHEET)
    qtbot.waitUntil(lambda: not window.commands._jobs.busy and bool(window.banner.sentence))
    assert window.banner.sentence == f"The contact sheet is in {file}."
    data = file.read_bytes()
    assert data.startswith(b"%PDF-")
    assert data.count(b"/Type /Page\n") == 2, "twenty to a page"
    assert len(data) > 100_000, "there are pictures in it"
    assert [each.name for each in tmp_path.iterdir() if each.name.endswith(".part")] == []
    for place, why in (("no/folder.pdf", "the folder is no longer there. "), (f"{'a' * 250}.pdf", "")):
        monkeypatch.setattr(
            file_manager, "choose_pdf", lambda _name, _parent, place=place: str(tmp_path / place)
        )
        window.say("")
        do(Command.CONTACT_SHEET)
        qtbot.waitUntil(lambda: window.banner.sentence != "" and not window.commands._jobs.busy)
        assert f"could not be written: {why}" in window.banner.sentence


def test_a_picture_and_its_text_on_the_clipboard(
    qtbot: QtBot, window: SearchWindow, engine: FakeEngine, found: tuple[Hit, ...], do: Do, tmp_path: Path
) -> None:
    large = tmp_path / "large.jpg"
    landscape(2000, 1500, 1).save(str(large))
    word = Word("Firewall", Box(0.1, 0.1, 0.2, 0.1))
    engine.previews[found[0].path, None] = Preview(str(large), 4000, 3000, None, "Firewall\nerror", (word,))
    do(Command.COPY_PICTURE)
    assert QGuiApplication.clipboard().image().size() == QSize(2000, 1500)
    assert window.banner.sentence == "The picture is on the clipboard."
    do(Command.COPY_TEXT)
    assert QGuiApplication.clipboard().text() == "Firewall\nerror"
    window.inspector.stage.read()
    qtbot.waitUntil(lambda: window.inspector.stage.preview is not None)
    window.inspector.stage.picture._selection.choose(0, 0)
    do(Command.COPY_TEXT)
    assert QGuiApplication.clipboard().text() == "Firewall", "what is marked goes before all of it"
    engine.previews[found[1].path, None] = Preview()
    window.grid.choose_row(1)
    do(Command.COPY_TEXT)
    assert window.banner.sentence == "No text was found in it."
    do(Command.COPY_PICTURE)
    assert window.banner.sentence == "There is no picture in it to copy."


def test_all_copies_are_shown(
    window: SearchWindow, engine: FakeEngine, found: tuple[Hit, ...], do: Do, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[tuple[str, ...]] = []
    monkeypatch.setattr(file_manager, "show_files", lambda paths, _parent: shown.append(tuple(paths)) or "")
    do(Command.SHOW_COPIES)
    assert shown == []
    assert window.banner.sentence == "There is no other copy of same.jpg."
    engine.copies[found[0].path] = ("/elsewhere/same.jpg",)
    do(Command.SHOW_COPIES)
    assert shown == [(found[0].path, "/elsewhere/same.jpg")]


def test_left_out_of_the_index_and_back(
    qtbot: QtBot, window: SearchWindow, engine: FakeEngine, found: tuple[Hit, ...], do: Do
) -> None:
    asked = len(engine.searches())
    do(Command.EXCLUDE)
    assert engine.requests[-2] == Exclude((found[0].path,))
    assert window.banner.sentence == "This file is left out from now on."
    assert len(engine.searches()) == asked + 1, "the list is asked for again"
    assert window.model.hits == in_sections(found[1:]), "and it leaves the list without waiting for that"
    (undo,) = window.banner._buttons
    assert undo.text() == "Undo"
    undo.click()
    assert engine.requests[-2] == Include((found[0].path,))
    assert window.banner.sentence == ""
    engine.answer(found)
    assert window.model.hits == in_sections(found)
    asked = len(engine.searches())
    engine.report(replace(READY, files=READY.files + 1, pending=1))
    assert len(engine.searches()) == asked
    for _ in range(2):
        engine.report(replace(READY, files=READY.files + 1))
        assert len(engine.searches()) == asked + 1, "once more when it has been read again"
    engine.answer(found)
    window.grid.selectAll()
    do(Command.FORGET)
    assert Forget(tuple(hit.path for hit in in_sections(found))) in engine.requests
    assert "They come back when they change." in window.banner.sentence
    assert not window.banner._buttons
    assert window.model.hits == ()
    engine.answer(found)
    window.grid.choose_row(0)
    engine.refuse = "It cannot be reached."
    do(Command.EXCLUDE)
    assert window.banner.sentence == "It cannot be reached."


# --- other programs ------------------------------------------------------------------------------------


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Linux desktop with four programs, two of them for pictures."""
    folder = tmp_path / "share" / "applications"
    folder.mkdir(parents=True)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path / "nowhere"))
    for name, command, types in (
        ("Viewer", f"{sys.executable} --view %f", "image/jpeg;image/png;"),
        ("Editor", f"{sys.executable} %U", "image/jpeg;"),
        ("Player", f"{sys.executable} %f", "video/mp4;"),
        ("Gone", "/no/such/program %f", "image/jpeg;"),
    ):
        entry = f"[Desktop Entry]\nType=Application\nName={name}\nExec={command}\nMimeType={types}\n"
        (folder / f"{name}.desktop").write_text(entry)
    (folder / "broken.desktop").write_text("no entry at all")
    return folder


def test_programs_that_open_a_file(desktop: Path, tmp_path: Path) -> None:
    picture = tmp_path / "a b.jpg"
    picture.touch()
    assert programs(str(picture)) == [
        ("Editor", [sys.executable, f"file://{str(picture).replace(' ', '%20')}"]),
        ("Viewer", [sys.executable, "--view", str(picture)]),
    ]


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="these desktops ask by themselves")
def test_open_with_asks_for_the_program(
    window: SearchWindow,
    found: tuple[Hit, ...],
    do: Do,
    desktop: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    told = tmp_path / "told"
    (tmp_path / "viewer").write_text(f'#!/bin/sh\nprintf %s "$2" >> {told}\n')
    (tmp_path / "viewer").chmod(0o755)
    entry = desktop / "Viewer.desktop"
    entry.write_text(entry.read_text().replace(sys.executable, str(tmp_path / "viewer")))
    monkeypatch.setattr(QInputDialog, "getItem", lambda *_: ("Viewer", False))
    do(Command.OPEN_WITH)
    monkeypatch.setattr(QInputDialog, "getItem", lambda *_: ("Viewer", True))
    do(Command.OPEN_WITH)
    qtbot.waitUntil(lambda: told.exists() and told.read_bytes() == os.fsencode(found[0].path))
    no_unicode = os.fsencode(tmp_path / "r") + b"\xe9sum\xe9.jpg"
    Path(os.fsdecode(no_unicode)).touch()
    assert file_manager.open_with(os.fsdecode(no_unicode), window) == ""
    qtbot.waitUntil(lambda: told.read_bytes().endswith(no_unicode))
    monkeypatch.setattr(QInputDialog, "getItem", lambda *_: ("Another program…", True))
    monkeypatch.setattr(file_manager.QFileDialog, "getOpenFileName", lambda *_: ("/opt/fails", ""))
    do(Command.OPEN_WITH)
    assert window.banner.sentence == "fails could not be started."


def test_open_with_on_each_platform(
    window: SearchWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[object] = []
    monkeypatch.setattr(
        file_manager.QProcess, "startDetached", lambda *call: (started.append(call) is None, 1)
    )
    monkeypatch.setattr(file_manager.subprocess, "Popen", started.append)
    chosen = ("/Applications/Preview.app", "")
    monkeypatch.setattr(file_manager.QFileDialog, "getOpenFileName", lambda *_: chosen)
    file = tmp_path / "a red boat.jpg"
    file.touch()
    for platform in ("darwin", "win32"):
        monkeypatch.setattr(file_manager.sys, "platform", platform)
        assert file_manager.open_with(str(file), window) == ""
    assert started == [
        ("open", ["-a", "/Applications/Preview.app", str(file)]),
        f"rundll32.exe shell32.dll,OpenAs_RunDLL {file}",  # as the registry of Windows has it: no quotes
    ]
    assert "no longer there" in file_manager.open_with(str(tmp_path / "b.jpg"), window)

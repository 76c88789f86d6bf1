"""A second start tells the first what is wanted, and a start that cannot be says why."""

import os
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from desktop_app import app
from desktop_app.system.single_instance import SingleInstance
from indexer import launch
from indexer.command_line.cli import _with_command, main
from indexer.errors import UserError
from indexer.launch import Launch
from indexer.paths import Paths

ROOT = Path(__file__).parents[2]


def test_a_second_start_tells_the_first(qtbot: QtBot, paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = SingleInstance(paths), SingleInstance(paths)
    wanted = Launch(palette=True, files=("/p/ä b.jpg",), token="click-7")  # noqa: S106
    assert not launch.pass_on(paths, wanted)
    assert first.claim(Launch())
    asked: list[Launch] = []
    first.asked.connect(asked.append)
    code = (
        "import sys; from indexer import launch; from indexer.paths import Paths; from pathlib import Path\n"
        "from indexer.launch import Launch\n"
        f"sys.exit(0 if launch.pass_on(Paths(Path({str(paths.data)!r})), {wanted!r}) else 1)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, "-c", code], env=environment) as process:
        qtbot.waitUntil(lambda: process.poll() is not None)
    assert process.returncode == 0
    assert asked == [wanted]
    monkeypatch.setattr(launch, "PATIENCE_S", 0.5)
    with pytest.raises(UserError, match="does not answer"):
        second.claim(Launch())  # this very thread would have to answer it
    first.give_up()
    assert second.claim(Launch())
    second.give_up()


def test_why_there_is_no_window_is_said_to_who_has_no_terminal(
    qapp: QApplication, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    said: list[str] = []

    def close() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        said.append(box.text().replace("\u200b", ""))
        box.buttons()[0].click()

    QTimer.singleShot(0, close)
    assert app.main(["--data-dir", str(tmp_path / "file")]) == 2
    assert said[0].startswith(f"Cannot write to {tmp_path / 'file'}: ")
    assert capsys.readouterr().err == f"{said[0]}\n"


def test_a_killed_window_leaves_nothing_that_matters(paths: Paths) -> None:
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(launch.address(paths))
    assert not launch.pass_on(paths, Launch())
    made = SingleInstance(paths)
    assert made.claim(Launch())
    made.give_up()


def test_nonsense_in_the_socket_is_no_request(
    qtbot: QtBot, paths: Paths, caplog: pytest.LogCaptureFixture
) -> None:
    made = SingleInstance(paths)
    assert made.claim(Launch())
    asked: list[Launch] = []
    made.asked.connect(asked.append)
    with socket.socket(socket.AF_UNIX) as channel:
        channel.connect(launch.address(paths))
        channel.sendall(b'{"files": 7}\n')
        qtbot.waitUntil(lambda: "Not a request" in caplog.text)
        channel.settimeout(5)
        assert channel.recv(10) == b""
    assert not asked
    made.give_up()


def test_the_command_line_hands_over(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without a display, because the window that is open needs none to be told."""
    asked: list[Launch] = []

    def remember(paths: Paths, wanted: Launch) -> bool:
        asked.append(replace(wanted, token=""))
        return True

    monkeypatch.setattr("indexer.launch.pass_on", remember)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.jpg").write_bytes(b"")
    (tmp_path / "status").write_bytes(b"")
    assert main(["--palette"]) == 0
    assert main(["x.jpg"]) == 0
    assert main(["window", "--snip"]) == 0
    assert main(["window", "x.jpg", "y.jpg"]) == 0
    both = (str(tmp_path / "x.jpg"), str(tmp_path / "y.jpg"))
    assert asked == [Launch(palette=True), Launch(files=both[:1]), Launch(snip=True), Launch(files=both)]
    lines: list[list[str]] = []
    monkeypatch.setattr("indexer.launch.pass_on", lambda paths, wanted: False)
    monkeypatch.setattr("subprocess.call", lambda line: lines.append(line) or 0)
    assert main(["--budget", "exact", "--weights", "int8"]) == 0
    assert lines[0][-4:] == ["--budget", "exact", "--weights", "int8"]
    assert _with_command(["status"]) == ["status"]  # a command, though there is such a file
    assert launch.from_options(True, False, False, []).options() == ["--background"]

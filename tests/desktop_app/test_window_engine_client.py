"""The engine's client against a real child process."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop_app import engine_client
from desktop_app.engine_client import EngineClient, Link
from desktop_app.replies import REPLIES
from indexer.messages.library_messages import AddFolder
from indexer.messages.model_messages import CancelDownload, DownloadModel
from indexer.messages.problem_messages import GetProblems, Retry
from indexer.messages.result_messages import BrowseReply
from indexer.messages.search_messages import Browse, Cancel, Search
from indexer.messages.upkeep_messages import Purge
from indexer.messages.work_messages import GetStatus, UserActive
from indexer.paths import Paths
from indexer.protocol import METHODS, Shutdown

SCRIPT = Path(__file__).with_name("scripted_engine.py")

Start = Callable[..., EngineClient]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_client, "FIRST_DELAY_MS", 5)


@pytest.fixture
def start(qtbot: QtBot, tmp_path: Path) -> Iterator[Start]:
    made: list[EngineClient] = []

    def begin(mode: str = "normal") -> EngineClient:
        command = [sys.executable, "-S", "-E", str(SCRIPT), mode, str(tmp_path / "heard.txt")]
        client = EngineClient(command, tmp_path / "logs" / "engine.log")
        made.append(client)
        client.start()
        return client

    yield begin
    for client in made:
        client.stop()


def ready(qtbot: QtBot, client: EngineClient) -> None:
    qtbot.waitUntil(lambda: client.link is Link.READY and client.status is not None)


def heard(tmp_path: Path) -> list[str]:
    return (tmp_path / "heard.txt").read_text().splitlines()


def test_greets_and_asks_for_the_status(start: Start, qtbot: QtBot, tmp_path: Path) -> None:
    client = start()
    ready(qtbot, client)
    assert heard(tmp_path)[:3] == ["start", "hello", "status"]
    assert client.status is not None
    assert client.status.files == 3
    assert client.status.folders[0].path == "/somewhere"


def test_only_what_has_no_answer_is_not_listed_with_its_answer() -> None:
    silent = set(METHODS.values()) - REPLIES.keys()
    assert silent == {Search, Cancel, UserActive, DownloadModel, CancelDownload, Purge, Shutdown}


def test_results_arrive_although_the_engine_prints_nonsense(start: Start, qtbot: QtBot) -> None:
    client = start()
    ready(qtbot, client)
    with qtbot.waitSignal(client.results_arrived) as arrived:
        client.request(Search(7, "garbage"))
    results = arrived.args[0]
    assert results.search_id == 7
    assert results.hits[0].path == "/somewhere/garbage.jpg"


def test_what_is_asked_before_the_engine_is_up_is_answered(start: Start, qtbot: QtBot) -> None:
    client = start()
    answers: list[object] = []
    client.request(Browse(), done=answers.append)
    qtbot.waitUntil(lambda: answers == [BrowseReply(())])


def test_a_sentence_for_the_person_is_passed_on_and_a_bug_is_not(start: Start, qtbot: QtBot) -> None:
    client = start()
    ready(qtbot, client)
    said: list[str] = []
    client.request(AddFolder("/missing"), failed=said.append)
    client.request(Retry(), failed=said.append)
    client.request(GetProblems(), failed=said.append)
    qtbot.waitUntil(lambda: len(said) == 3)
    assert said[0] == "There is no such folder."
    assert "KeyError" not in "".join(said[1:])
    with qtbot.waitSignal(client.refused) as refused:
        client.request(AddFolder("/missing"))
    assert refused.args == ["There is no such folder."]


def test_nothing_reaches_a_parent_that_is_gone(start: Start, qtbot: QtBot) -> None:
    client = start()
    ready(qtbot, client)
    answers: list[object] = []
    parent = QObject()
    client.request(Browse(), done=answers.append, parent=parent)
    parent.deleteLater()
    client.request(Browse(), done=lambda _: answers.append("second"))
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == ["second"]


@pytest.mark.usefixtures("quick")
def test_a_crash_is_survived(start: Start, qtbot: QtBot, tmp_path: Path) -> None:
    client = start()
    ready(qtbot, client)
    first = client.process_id()
    said: list[str] = []
    with qtbot.waitSignal(client.link_changed):
        client.request(Search(1, "crash"))
        client.request(Browse(), failed=said.append)
    assert client.link is Link.RESTARTING
    assert said == ["The engine stopped before it could answer. Please try again."]
    answers: list[object] = []
    client.request(Browse(), done=answers.append)  # waits for the next engine
    ready(qtbot, client)
    qtbot.waitUntil(lambda: bool(answers))
    assert client.process_id() != first
    assert heard(tmp_path).count("start") == 2


@pytest.mark.usefixtures("quick")
def test_gives_up_after_five_restarts_and_starts_again_when_asked(
    start: Start, qtbot: QtBot, tmp_path: Path
) -> None:
    client = start("crash-at-start")
    qtbot.waitUntil(lambda: client.link is Link.STOPPED)
    assert heard(tmp_path).count("start") == 1 + engine_client.RESTARTS
    assert "safe" in client.reason
    said: list[str] = []
    client.request(Browse(), failed=said.append)
    assert said == [client.reason]
    client.start()
    assert client.link is Link.STARTING
    qtbot.waitUntil(lambda: client.link is not Link.STARTING)


def test_restarts_wait_longer_each_time(start: Start, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[int] = []
    client = start("crash-at-start")

    def at_once(milliseconds: int) -> None:
        waits.append(milliseconds)
        client._launch()

    monkeypatch.setattr(client._restart_timer, "start", at_once)
    qtbot.waitUntil(lambda: client.link is Link.STOPPED)
    assert waits == [500, 1000, 2000, 4000, 8000]


def test_a_busy_data_directory_is_told_in_the_engines_words(
    start: Start, qtbot: QtBot, tmp_path: Path
) -> None:
    client = start("busy")
    qtbot.waitUntil(lambda: client.link is Link.STOPPED)
    assert client.reason == "Sightline is already running on /data (process 7). Close it first."
    assert heard(tmp_path) == ["start"]
    assert "a warning of some library" in client.log_file.read_text()


def test_another_version_is_not_spoken_to(start: Start, qtbot: QtBot) -> None:
    client = start("other-version")
    said: list[str] = []
    client.request(Browse(), failed=said.append)
    qtbot.waitUntil(lambda: client.link is Link.STOPPED)
    assert "version" in client.reason
    assert said == [client.reason], "nobody waits for an answer that does not come"


def test_a_program_that_is_missing(qtbot: QtBot, tmp_path: Path) -> None:
    client = EngineClient([str(tmp_path / "nothing")], tmp_path / "engine.log")
    said: list[str] = []
    client.start()
    client.request(Browse(), failed=said.append)
    qtbot.waitUntil(lambda: client.link is Link.STOPPED and bool(said))
    assert said == [client.reason]


def test_stop_says_goodbye_and_waits(start: Start, qtbot: QtBot, tmp_path: Path) -> None:
    client = start()
    ready(qtbot, client)
    client.stop()
    assert heard(tmp_path)[-1] == "shutdown"
    assert client.process_id() == 0


def test_an_engine_that_does_not_listen_is_ended(
    start: Start, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_client, "FAREWELL_MS", 50)
    client = start("deaf")
    qtbot.waitUntil(lambda: (tmp_path / "heard.txt").exists())
    number = client.process_id()
    client.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a thing of Unix")
def test_the_engine_ends_when_the_window_is_killed(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication;"
        "from desktop_app.engine_client import EngineClient;"
        "app = QCoreApplication([]); client = EngineClient(sys.argv[2:], Path(sys.argv[1]));"
        "client.status_changed.connect(lambda s: print(client.process_id(), flush=True));"
        "client.start(); app.exec()"
    )
    import subprocess

    heard_file = tmp_path / "heard.txt"
    with subprocess.Popen(
        [
            sys.executable,
            "-c",
            code,
            str(tmp_path / "log"),
            sys.executable,
            str(SCRIPT),
            "normal",
            str(heard_file),
        ],
        stdout=subprocess.PIPE,
    ) as window:
        assert window.stdout is not None
        assert int(window.stdout.readline()) > 0
        window.send_signal(signal.SIGKILL)
    until = time.monotonic() + 10
    while "eof" not in heard_file.read_text() and time.monotonic() < until:
        time.sleep(0.02)
    assert heard(tmp_path)[-1] == "eof"


def test_a_large_log_is_put_aside(start: Start, qtbot: QtBot, tmp_path: Path) -> None:
    log = tmp_path / "logs" / "engine.log"
    log.parent.mkdir()
    log.write_bytes(b"x" * (engine_client.LOG_LIMIT + 1))
    client = start()
    ready(qtbot, client)
    qtbot.waitUntil(lambda: log.read_text() == "ready to work\n")
    assert log.with_suffix(".1.log").stat().st_size > engine_client.LOG_LIMIT


def test_the_command_line(tmp_path: Path) -> None:
    made = engine_client.command(
        Paths(tmp_path),
        embedder="tiny",
        reranker=None,
        device="cpu",
        budget=None,
        weights="int8",
        offline=True,
    )
    assert made == [
        sys.executable, "-P", "-m", "indexer", "serve", "--data-dir", str(tmp_path),
        "--embedder", "tiny", "--device", "cpu", "--weights", "int8", "--offline",
    ]  # fmt: skip


def test_a_new_start_for_other_settings_loses_no_request(start: Start, qtbot: QtBot, tmp_path: Path) -> None:
    client = start()
    ready(qtbot, client)
    states: list[Link] = []
    client.link_changed.connect(lambda: states.append(client.link))
    first = client.process_id()
    client.restart()
    qtbot.waitUntil(lambda: client.link is Link.READY and client.process_id() not in (0, first))
    assert states == [Link.RESTARTING, Link.READY]
    assert heard(tmp_path).count("start") == 2
    assert "shutdown" in heard(tmp_path)
    with qtbot.waitSignal(client.status_changed):
        client.request(GetStatus())


def test_what_is_asked_while_the_old_engine_finishes_is_answered_by_the_new_one(
    start: Start, qtbot: QtBot
) -> None:
    client = start()
    ready(qtbot, client)
    answers: list[object] = []
    client.restart()
    client.request(Browse(), done=answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    assert client.link is Link.READY


def test_an_engine_that_does_not_finish_is_replaced_all_the_same(
    start: Start, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_client, "FAREWELL_MS", 50)
    client = start("deaf")
    qtbot.waitUntil(lambda: heard(tmp_path) == ["start"] if (tmp_path / "heard.txt").exists() else False)
    client.restart()
    qtbot.waitUntil(lambda: heard(tmp_path).count("start") == 2)


@pytest.mark.usefixtures("quick")
def test_whoever_hears_of_a_crash_knows_that_another_engine_comes(start: Start, qtbot: QtBot) -> None:
    client = start()
    ready(qtbot, client)
    links: list[Link] = []
    client.request(Search(1, "crash"))
    client.request(Browse(), failed=lambda _sentence: links.append(client.link))
    qtbot.waitUntil(lambda: bool(links))
    assert links == [Link.RESTARTING], "so that the list waits instead of showing an error"

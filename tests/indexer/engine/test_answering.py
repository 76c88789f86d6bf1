"""A server that has gone keeps whoever touches its folders waiting: the rest of the library goes on."""

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import engine_samples
import pytest
from engine_process import PATIENCE, wait_until

from indexer import answering
from indexer.answering import Answering
from indexer.library import Library
from indexer.store.store import Store
from indexer.work_queue import WorkQueue


class Server:
    """Files of another computer: once it is away, who touches them waits until it is back."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.waiting: set[str] = set()
        self._there = threading.Event()
        self._there.set()
        for name in ("stat", "lstat", "scandir", "listdir", "open", "readlink", "access"):
            monkeypatch.setattr(os, name, self._far(getattr(os, name)))

    def leave(self) -> None:
        self._there.clear()

    def come_back(self) -> None:
        self._there.set()

    def _far(self, call):
        def asked(path=".", *arguments, **named):
            if isinstance(path, str | os.PathLike) and Path(os.fspath(path)).is_relative_to(self.folder):
                self.waiting.add(threading.current_thread().name)
                self._there.wait()
                self.waiting.discard(threading.current_thread().name)
            return call(path, *arguments, **named)

        return asked


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setattr(answering, "PATIENCE_S", 0.3)
    monkeypatch.setattr("indexer.library.LOOK_AT_DRIVES_S", 0.2)
    monkeypatch.setattr("indexer.ingest.watch.LOOK_EVERY_S", 0.5)
    for number in range(3):
        engine_samples.picture(tmp_path / "nas" / f"{number}.png", number)
    made = Server(tmp_path / "nas", monkeypatch)
    yield made
    made.come_back()


def test_a_server_that_has_gone_keeps_nothing_else_waiting(server, tmp_path):
    near = tmp_path / "near"
    near.mkdir()
    with Store.open(tmp_path / "index.db") as store:
        store.add_folder(str(server.folder))
        store.add_folder(str(near))
        queue = WorkQueue(store, lambda: None)
        library = Library(store, queue, str(tmp_path / "data"), lambda: True, lambda: None)
        library.start(watch=True)
        try:
            wait_until(lambda: store.counts().files == 3 and not library.busy, 20 * PATIENCE)
            server.leave()
            wait_until(lambda: store.folder_statuses()[0].offline, 20 * PATIENCE)
            status = store.folder_statuses()[0]
            assert "does not answer" in status.problem
            assert status.files == 3, "nothing is lost"
            for number in range(3):  # each is found while a knock at the other folder waits
                engine_samples.picture(near / f"{number}.png", number)
                wait_until(lambda number=number: store.counts().files == 4 + number, 20 * PATIENCE)
            assert server.waiting == {f"knock at {server.folder}"}
            server.come_back()
            wait_until(lambda: not store.folder_statuses()[0].problem, 20 * PATIENCE)
            engine_samples.picture(server.folder / "new.png", 9)
            wait_until(lambda: store.counts().files == 7, 20 * PATIENCE)
        finally:
            server.come_back()
            library.stop()


def test_a_folder_without_an_answer_is_asked_once_and_waited_for_once(monkeypatch):
    monkeypatch.setattr(answering, "PATIENCE_S", 0.2)
    knocks, answer = [], threading.Event()

    def knock(folder: str) -> None:
        knocks.append(folder)
        answer.wait()

    asked = Answering(knock)
    assert asked.silent("/nas")
    began = time.monotonic()
    assert all(asked.silent("/nas") for _ in range(100))
    assert time.monotonic() - began < 0.2
    assert knocks == ["/nas"]
    answer.set()
    wait_until(lambda: not asked.silent("/nas"))
    assert not asked.silent("/nas")
    assert knocks == ["/nas"] * len(knocks)
    assert len(knocks) >= 2, "an answer counts once"


def test_what_is_not_there_answers(tmp_path):
    (tmp_path / "file").write_text("no folder")
    asked = Answering()
    assert not any(asked.silent(str(path)) for path in (tmp_path, tmp_path / "none", tmp_path / "file"))

"""Fetching one model from the settings: it is not given up when the window or the engine is."""

from collections.abc import Callable
from pathlib import Path

import pytest
from fake_engine import FakeEngine
from PySide6.QtCore import QObject, QSettings
from pytestqt.qtbot import QtBot

from desktop_app.engine_client import Link
from desktop_app.settings.model_setup import ModelSetup
from indexer.messages.model_messages import Download, DownloadModel, Model, Models

SMALL = Model("small", "embedder", "Understands.", "MIT", 2, 4_300_000_000)
SECOND = Model("second", "reranker", "Looks again.", "MIT", 2, 4_300_000_000)
LARGE = Model("large", "embedder", "More.", "MIT", 8, 16_300_000_000)
BUSY = "Another model is being fetched: wait for it, or stop it first."


class Run:
    """The program from one start to its end: it knows only what is in the file."""

    def __init__(self, folder: Path, kept: QSettings, owner: QObject, models: tuple[Model, ...]) -> None:
        self.engine = FakeEngine(folder)
        self.engine.replies = {"GetModels": Models(models), "DownloadModel": None}
        file = QSettings(kept.fileName(), QSettings.Format.IniFormat)
        self.setup = ModelSetup(self.engine, file, owner)
        self.used: list[tuple[str, str]] = []
        self.said: list[str] = []
        self.setup.ready.connect(lambda *names: self.used.append(names))
        self.engine.ready()

    @property
    def asked(self) -> list[str]:
        return [each.name for each in self.engine.requests if isinstance(each, DownloadModel)]

    def fetch(self, name: str) -> None:
        self.setup.fetch(name, self.said.append)

    def hear(self, news: Download) -> None:
        self.engine.download_changed.emit(news)


Start = Callable[..., Run]


@pytest.fixture
def run(qtbot: QtBot, tmp_path: Path, kept: QSettings) -> Start:
    owner = QObject()

    def start(*models: Model) -> Run:
        return Run(tmp_path, kept, owner, models or (SMALL, SECOND, LARGE))

    return start


def test_the_next_start_goes_on_with_a_model_of_the_settings(run: Start) -> None:
    first = run()
    first.fetch("large")
    assert first.asked == ["large"]
    first.hear(Download("large", "fetching", 10**9, 16_300_000_000))
    second = run()
    assert second.asked == ["large"]
    second.engine.become(Link.RESTARTING)
    second.engine.ready()
    assert second.asked == ["large"] * 2, "its second engine does, too"
    second.hear(Download("large", "done"))
    assert second.used == [], "it was only to be fetched"
    assert run().asked == []


def test_a_model_that_is_there_by_now_is_not_fetched_again(run: Start) -> None:
    run().fetch("large")
    there = Model("large", "embedder", "More.", "MIT", 8, 16_300_000_000, installed=True)
    assert run(SMALL, there).asked == []
    assert run().asked == [], "and that is that"


def test_a_stop_is_a_stop_and_a_failure_is_none(run: Start) -> None:
    first = run()
    first.fetch("large")
    first.hear(Download("large", "failed", problem="hub.example does not answer."))
    second = run()
    assert second.asked == ["large"]
    second.hear(Download("large", "cancelled"))
    assert run().asked == []


def test_a_stop_that_is_told_after_a_new_beginning_does_not_count(run: Start) -> None:
    first = run()
    first.setup.begin(SMALL, SECOND)
    first.setup.cancel()
    first.setup.begin(SMALL, SECOND)
    first.hear(Download("small", "cancelled"))
    first.hear(Download("small", "fetching", 10**9, 4_300_000_000))
    assert run().asked == ["small"], "the next start goes on with it"


def test_what_the_engine_refuses_changes_nothing(run: Start) -> None:
    first = run()
    first.setup.begin(SMALL, SECOND)
    first.hear(Download("small", "fetching", 10**9, 4_300_000_000))
    first.engine.refuse = BUSY
    first.fetch("large")
    assert first.said == [BUSY]
    first.engine.refuse = ""
    first.hear(Download("small", "done"))
    first.hear(Download("second", "done"))
    assert first.used == [("small", "second")]


def test_one_of_the_two_is_fetched_as_one_of_the_two(run: Start) -> None:
    first = run()
    first.setup.begin(SMALL, SECOND)
    first.hear(Download("small", "failed", problem="hub.example does not answer."))
    first.fetch("second")
    first.hear(Download("second", "done"))
    assert first.asked == ["small", "second", "small"]
    first.hear(Download("small", "done"))
    assert first.used == [("small", "second")]


def test_the_latest_wish_counts(run: Start) -> None:
    first = run()
    first.setup.begin(SMALL, SECOND)
    first.hear(Download("small", "cancelled"))
    first.fetch("large")
    assert run().asked == ["large"]

"""The second page of the first start: choosing a model and fetching it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fake_engine import READY, FakeEngine
from PySide6.QtCore import QObject, QPoint, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from desktop_app.engine_client import Link
from desktop_app.onboarding.onboarding import Onboarding
from desktop_app.onboarding.onboarding_models import ModelsStep, Pair, pairs
from desktop_app.settings.model_setup import ModelSetup
from indexer.messages.model_messages import CancelDownload, Download, DownloadModel, Machine, Model, Models

TINY = Model("tiny", "embedder", "Built in.", "Apache-2.0", installed=True, used=True)
SIZES = {"2b": (2, 4_300_000_000, 6 << 30), "8b": (8, 16_300_000_000, 20 << 30)}
MODELS = (
    TINY,
    *(
        Model(f"{role}-{name}", role, f"About {role}-{name}.", "Apache-2.0", size, load, memory)
        for role in ("embedder", "reranker")
        for name, (size, load, memory) in SIZES.items()
    ),
)
SMALL, LARGE = pairs(MODELS)
MACHINE = Machine("The processor in float32.", 16 << 30, 90_000_000_000, ("embedder-2b", "reranker-2b"))


@pytest.fixture
def page(qtbot: QtBot, engine: FakeEngine, kept: QSettings, tmp_path: Path) -> Iterator[Onboarding]:
    engine.replies = {"GetModels": Models(MODELS), "GetMachine": MACHINE}
    engine.ready(replace(READY, state="indexing"))
    made = Onboarding(engine, kept)
    qtbot.addWidget(made)
    made.resize(900, 800)
    made.add_folder(str(tmp_path))
    made.show()
    made.start.click()
    QApplication.processEvents()
    yield made
    made.close()


@pytest.fixture
def step(page: Onboarding) -> ModelsStep:
    return page.models


def test_models_are_offered_in_pairs_with_what_they_need(step: ModelsStep) -> None:
    assert [pair.embedder.name for pair in pairs(MODELS)] == ["embedder-2b", "embedder-8b"]
    assert "16 GB of memory for models" in step._measured.text()
    small, large = step.cards[SMALL], step.cards[LARGE]
    assert (
        "8.6 GB to fetch  ·  about 23 minutes at 50 Mbit/s\nneeds 12 GB of memory  ·  licence Apache-2.0"
        in small.note.text()
    )
    assert "Recommended" in small.note.text()
    assert "More than this computer has" in large.note.text()
    assert small.radio.isChecked()
    assert step.go.text() == "Download"


def test_both_models_are_fetched_and_then_used(
    qtbot: QtBot, page: Onboarding, step: ModelsStep, engine: FakeEngine
) -> None:
    used: list[tuple[str, str]] = []
    page.model_wanted.connect(lambda *names: used.append(names))
    QTest.mouseClick(step.go, Qt.MouseButton.LeftButton)
    assert engine.requests[-1] == DownloadModel("embedder-2b")
    row = step.rows["embedder-2b"]
    engine.download_changed.emit(Download("embedder-2b", "fetching", 10**9, 4_300_000_000, 11_000_000))
    assert row.state() == "1.0 GB of 4.3 GB  ·  11.0 MB a second  ·  about 5 minutes left"
    row.cancel.click()
    assert engine.requests[-1] == CancelDownload()
    engine.download_changed.emit(Download("embedder-2b", "cancelled"))
    row.fetch.click()
    assert engine.requests[-1] == DownloadModel("embedder-2b")
    with qtbot.waitSignal(page.finished):  # the window is wanted, the download goes on
        QTest.keyClick(QApplication.focusWidget() or step, Qt.Key.Key_Space)
    assert not page.busy
    engine.download_changed.emit(Download("embedder-2b", "done"))
    assert engine.requests[-1] == DownloadModel("reranker-2b")
    assert used == []
    engine.download_changed.emit(Download("reranker-2b", "done"))
    assert used == [("embedder-2b", "reranker-2b")]


def test_models_that_are_there_are_used_at_once(page: Onboarding, engine: FakeEngine) -> None:
    there = tuple(replace(model, installed=True) for model in MODELS)
    page.models._got_models(Models(there))
    assert page.models.go.text() == "Continue"
    used: list[tuple[str, str]] = []
    page.model_wanted.connect(lambda *names: used.append(names))
    page.models.go.click()
    assert used == [("embedder-2b", "reranker-2b")]
    assert not any(isinstance(request, DownloadModel) for request in engine.requests)


def test_a_folder_of_ones_own(page: Onboarding, step: ModelsStep, monkeypatch: pytest.MonkeyPatch) -> None:
    used: list[tuple[str, str]] = []
    page.model_wanted.connect(lambda *names: used.append(names))
    step.cards["folder"].radio.click()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    step.go.click()
    assert page.busy  # they changed their mind
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "/weights/embedding")
    step.go.click()
    assert used == [("/weights/embedding", "none")]
    assert not page.busy


def test_without_a_model_only_words_are_looked_for(page: Onboarding, step: ModelsStep) -> None:
    heard: list[str] = []
    page.words_wanted.connect(lambda: heard.append("words"))
    page.model_wanted.connect(lambda *_: heard.append("model"))
    step.cards["words"].radio.click()
    step.go.click()
    assert heard == ["words"]
    assert not page.busy


def test_a_choice_stays_when_the_machine_has_been_measured(step: ModelsStep) -> None:
    step.cards["words"].radio.click()
    step._got_machine(MACHINE)
    assert step._chosen() == "words"
    assert step.go.text() == "Continue"


def test_a_click_anywhere_on_a_choice_is_a_choice(step: ModelsStep) -> None:
    card = step.cards["words"]
    QTest.mousePress(card, Qt.MouseButton.LeftButton)
    QTest.mouseRelease(card, Qt.MouseButton.LeftButton, pos=card.rect().bottomRight() + QPoint(9, 9))
    assert step._chosen() == SMALL, "whoever lets go elsewhere has thought better of it"
    QTest.mouseClick(card, Qt.MouseButton.LeftButton, pos=card.note.geometry().center())
    step._got_machine(MACHINE)
    assert step._chosen() == "words"


def test_the_next_engine_goes_on_with_a_download(step: ModelsStep, engine: FakeEngine) -> None:
    step.go.click()
    engine.download_changed.emit(Download("embedder-2b", "fetching", 10**9, 4_300_000_000))
    begun = engine.requests.count(DownloadModel("embedder-2b"))
    engine.become(Link.RESTARTING)
    engine.ready()
    assert engine.requests.count(DownloadModel("embedder-2b")) == begun + 1
    step.setup.cancel()
    engine.become(Link.RESTARTING)
    engine.ready()
    assert engine.requests.count(DownloadModel("embedder-2b")) == begun + 1, "stopped is stopped"


def test_the_next_start_of_the_program_goes_on_with_a_download(
    step: ModelsStep, engine: FakeEngine, kept: QSettings, tmp_path: Path
) -> None:
    def start_again() -> tuple[ModelSetup, list[tuple[str, str]], int]:
        """Of a program that knows only what is in the file."""
        other = FakeEngine(tmp_path)
        one_there = tuple(replace(model, installed=model.name == "embedder-2b") for model in MODELS)
        other.replies = {"GetModels": Models(one_there)}
        setup = ModelSetup(other, QSettings(kept.fileName(), QSettings.Format.IniFormat), QObject(step))
        used: list[tuple[str, str]] = []
        setup.ready.connect(lambda *names: used.append(names))
        other.ready()
        other.become(Link.RESTARTING)
        other.ready()
        asked = other.requests.count(DownloadModel("reranker-2b"))
        other.download_changed.emit(Download("reranker-2b", "done"))
        return setup, used, asked

    step.go.click()
    engine.download_changed.emit(Download("embedder-2b", "fetching", 10**9, 4_300_000_000))
    _, used, asked = start_again()
    assert asked == 2, "once, and once more with its second engine"
    assert used == [("embedder-2b", "reranker-2b")]
    assert start_again()[1:] == ([], 0), "there is nothing left to do"
    step.go.click()
    engine.download_changed.emit(Download("embedder-2b", "cancelled"))
    assert start_again()[1:] == ([], 0), "stopped is stopped"
    step.setup.go_on()
    assert start_again()[2] == 2, "a stop was thought better of"


def test_what_stands_in_the_way_is_said(step: ModelsStep, engine: FakeEngine) -> None:
    engine.refuse = "Another model is being fetched: wait for it, or stop it first."
    step.go.click()
    assert step._said.text() == "Another model is being fetched: wait for it, or stop it first."
    engine.refuse = ""
    engine.download_changed.emit(Download("embedder-2b", "failed", problem="Sightline is offline."))
    assert step.rows["embedder-2b"].state() == "Sightline is offline."
    assert step.rows["embedder-2b"].fetch.text() == "Try again"


def test_back_and_every_step_by_keyboard(page: Onboarding, step: ModelsStep) -> None:
    assert QApplication.focusWidget() is step.cards[SMALL].radio, "what is to be decided here"
    QTest.keyClick(step.cards[SMALL].radio, Qt.Key.Key_Down)
    assert step.cards[LARGE].radio.isChecked()
    QTest.keyClick(step.back, Qt.Key.Key_Space)
    first = page._rows[0].box
    assert QApplication.focusWidget() is first
    QTest.keyClick(first, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is step.cards[LARGE].radio, "Enter goes on, and the choice is kept"


def test_the_keyboard_stays_where_it_is_when_the_machine_has_been_measured(
    page: Onboarding, step: ModelsStep
) -> None:
    QTest.keyClick(step.cards[SMALL].radio, Qt.Key.Key_Down)
    step._got_machine(MACHINE)
    assert QApplication.focusWidget() is step.cards[LARGE].radio
    QTest.keyClick(step.cards[LARGE].radio, Qt.Key.Key_Return)
    assert list(step.rows) == ["embedder-8b", "reranker-8b"], "Enter is Download"
    assert QApplication.focusWidget() is step.onwards


def test_pairs_need_both_halves() -> None:
    assert pairs(MODELS[:2]) == []
    assert Pair(MODELS[1], MODELS[3]) == SMALL

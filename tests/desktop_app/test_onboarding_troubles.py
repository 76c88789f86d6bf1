"""The first start where something goes another way: a step back, a folder that is gone, no engine."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fake_engine import READY, FakeEngine
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.engine_client import Link
from desktop_app.onboarding import onboarding
from desktop_app.search_window import SearchWindow
from indexer.messages.library_messages import AddFolder, CountFolder, RemoveFolder
from indexer.messages.model_messages import GetModels
from indexer.messages.work_messages import FolderStatus
from indexer.paths import Paths

EMPTY = replace(READY, files=0, folders=())


@pytest.fixture
def first(
    qtbot: QtBot, engine: FakeEngine, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> Iterator[SearchWindow]:
    """With two folders to choose, both ticked."""
    usual = [("Pictures", "/home/ada/Pictures"), ("Scans", "/home/ada/Scans")]
    monkeypatch.setattr(onboarding, "usual_folders", lambda: usual)
    window = SearchWindow(engine, paths, first_run=True)
    qtbot.addWidget(window)
    window.show()
    yield window
    window.close()
    window.thumbnails.stop()


def library(engine: FakeEngine) -> list[AddFolder | RemoveFolder]:
    return [each for each in engine.requests if isinstance(each, AddFolder | RemoveFolder)]


def test_a_folder_that_is_not_wanted_after_all_is_forgotten(first: SearchWindow, engine: FakeEngine) -> None:
    engine.ready(EMPTY)
    page = first.onboarding
    page.start.click()
    page.models.back.click()
    page._rows[1].box.setChecked(False)
    page.start.click()
    assert library(engine) == [
        AddFolder("/home/ada/Pictures"),
        AddFolder("/home/ada/Scans"),
        RemoveFolder("/home/ada/Scans"),
    ]


def test_what_cannot_be_added_is_told_where_it_is_chosen(first: SearchWindow, engine: FakeEngine) -> None:
    engine.ready(EMPTY)
    page = first.onboarding
    engine.refuse = "There is no folder /home/ada/Scans: check the path."
    page.start.click()
    assert page._said.isVisible()
    assert page._said.text() == engine.refuse
    engine.refuse = ""
    page.models.go.click()  # nothing could be added, so it is still the first start
    assert page.isVisible()
    assert page.start.isVisible(), "and that begins with the folders"
    before = len(library(engine))
    page._rows[1].box.setChecked(False)
    page.start.click()
    assert library(engine)[before:] == [AddFolder("/home/ada/Pictures")], (
        "what was not added needs no removing"
    )
    assert not page._said.isVisible()


def test_an_engine_that_cannot_start_is_told_and_can_be_tried_again(
    first: SearchWindow, engine: FakeEngine
) -> None:
    assert first.onboarding.isVisible()
    engine.become(Link.STOPPED, "Sightline is already running on /data (process 7). Close it first.")
    assert not first.onboarding.isVisible()
    assert first.banner.isVisible()
    assert first.banner.sentence.startswith("Sightline is already running")
    engine.ready(EMPTY)
    assert first.onboarding.isVisible()


def test_the_next_engine_is_asked_what_the_first_did_not_answer(
    first: SearchWindow, engine: FakeEngine
) -> None:
    engine.refuse = "The engine stopped before it could answer. Please try again."
    first.onboarding.add_folder("/home/ada/Films")  # counted in vain
    engine.become(Link.RESTARTING)
    before = len(engine.requests)
    engine.refuse = ""
    engine.ready(EMPTY)
    assert CountFolder("/home/ada/Films") in engine.requests[before:]
    engine.refuse = "The engine stopped before it could answer. Please try again."
    first.onboarding.start.click()
    engine.become(Link.RESTARTING)
    before = len(engine.requests)
    engine.refuse = ""
    engine.ready(EMPTY)
    assert GetModels() in engine.requests[before:]


def test_a_folder_given_to_an_engine_that_ends_is_given_to_the_next(
    first: SearchWindow, engine: FakeEngine
) -> None:
    engine.ready(EMPTY)
    engine.link = Link.RESTARTING
    first.first_start._not_added("/home/ada/Pictures", "The engine stopped before it could answer.")
    assert library(engine) == [AddFolder("/home/ada/Pictures")]


def test_what_is_typed_there_is_no_question(first: SearchWindow, engine: FakeEngine) -> None:
    engine.ready(EMPTY)
    QTest.keyClicks(first.onboarding, "holiday")
    assert first.search_bar.text == ""
    folder = FolderStatus("/home/ada/Pictures", 3, 0)
    engine.report(replace(READY, files=3, folders=(folder,)))
    QTest.keyClicks(QApplication.focusWidget() or first, "boat")
    assert first.search_bar.text == "boat"


def test_a_folder_dropped_there_is_one_more_to_choose(
    first: SearchWindow, engine: FakeEngine, tmp_path: Path
) -> None:
    engine.ready(EMPTY)
    first._offer_folders((str(tmp_path),))
    assert first.onboarding.folders[-1] == str(tmp_path)
    assert library(engine) == []
    first.onboarding.start.click()
    first._offer_folders(("/home/ada/Films",))
    assert library(engine)[-2:] == [AddFolder(str(tmp_path)), AddFolder("/home/ada/Films")]


def test_a_folder_that_was_removed_later_can_be_chosen_again(first: SearchWindow, engine: FakeEngine) -> None:
    engine.ready(EMPTY)
    page = first.onboarding
    page._rows[1].box.setChecked(False)
    page.start.click()
    folder = FolderStatus("/home/ada/Pictures", 3, 0)
    engine.report(replace(READY, files=3, folders=(folder,)))
    page.models.go.click()
    assert not page.isVisible()
    engine.report(EMPTY)  # it was removed on the page of the folders
    assert page.isVisible()
    page.start.click()
    assert library(engine) == [AddFolder("/home/ada/Pictures")] * 2

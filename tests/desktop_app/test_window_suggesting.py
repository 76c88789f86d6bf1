"""Help with asking: examples, history, saved searches, what hides files, and results as examples."""

from dataclasses import replace
from pathlib import Path

import pytest
from fake_engine import READY, FakeEngine
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QDragEnterEvent, QDragMoveEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from window_sample import hits

from desktop_app.actions import Command
from desktop_app.language import wording
from desktop_app.query.query_image import inline
from desktop_app.results.results_grid import View
from desktop_app.results.results_model import files_mime
from desktop_app.search_window import SearchWindow
from desktop_app.suggestions.saved_searches import SaveDialog
from desktop_app.widgets.controls import Button
from indexer.messages.result_messages import Hit
from indexer.messages.saved_messages import LookedAt, SavedSearch
from indexer.messages.search_messages import Cancel, Example, Search
from indexer.paths import Paths

Left = Qt.MouseButton.LeftButton


@pytest.fixture
def found(tmp_path: Path) -> tuple[Hit, ...]:
    return hits(tmp_path, 12)


def ask(window: SearchWindow, text: str) -> None:
    window.search_bar.replace(text)
    window.asking.submit()


def texts(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.text()]


def offers(window: SearchWindow) -> list[Button]:
    QApplication.processEvents()
    return [each for each in window.empty.findChildren(Button) if each.isVisible()]


# --- examples and history ------------------------------------------------------------------------------


def test_examples_of_the_index_are_asked_by_a_click(
    window: SearchWindow, engine: FakeEngine, found: tuple[Hit, ...]
) -> None:
    engine.browse = found
    engine.examples = ("rental agreement", "place:Lisbon", "kind:photo on:2024-05", "a fourth")
    engine.ready()
    ideas = window.suggesting.ideas
    assert ideas.isVisible()
    shown = [button for button in ideas._examples if button.isVisible()]
    said = [button.text() for button in shown]
    assert said == ["rental agreement", "taken in Lisbon", wording.joined(("photo", "2024-05"))]
    assert shown[2].toolTip() == "kind:photo on:2024-05", "how it is typed"
    QTest.mouseClick(shown[2], Left)
    assert engine.searches()[-1].text == "kind:photo on:2024-05"
    assert [chip.words() for chip in window.search_bar._chips] == ["photo", "2024-05"]
    engine.answer(found)
    assert not ideas.isVisible(), "the list is about something now"
    window.search_bar.clear()
    assert ideas.isVisible()
    engine.examples = ("a tax form",)
    engine.report(replace(READY, files=100))  # a large folder was removed, and what was found in it
    assert [button.text() for button in ideas._examples if button.isVisible()] == ["a tax form"]


def test_what_was_used_is_remembered(
    qtbot: QtBot, window: SearchWindow, engine: FakeEngine, found: tuple[Hit, ...], paths: Paths
) -> None:
    engine.browse = found
    engine.ready()
    assert not window.suggesting.ideas.isVisible(), "nothing to offer yet"
    for text in ("beach", "beach at night", "boat"):
        ask(window, text)
        engine.answer(found)
        window.grid.choose_row(1)
    ask(window, "zzz")
    engine.answer(())
    window.search_bar.clear()
    assert window.suggesting.history.texts == ("boat", "beach at night")
    menu = window.suggesting.ideas.recent_menu()
    assert texts(menu) == ["boat", "beach at night", "Forget all of these"]
    menu.actions()[1].trigger()
    assert engine.searches()[-1].text == "beach at night"
    window.close()
    again = SearchWindow(engine, paths)
    qtbot.addWidget(again)
    assert again.suggesting.history.texts == ("boat", "beach at night")
    again.suggesting.ideas.recent_menu().actions()[-1].trigger()
    assert again.suggesting.history.texts == ()
    again.thumbnails.stop()


# --- saved searches ------------------------------------------------------------------------------------


def test_a_saved_search_by_pictures_asks_for_all_of_them(window: SearchWindow, engine: FakeEngine) -> None:
    engine.ready()
    image = QImage(4000, 300, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    pasted, gone = inline(image), "/nowhere/gone.jpg"
    saved = SavedSearch("Red", Search(0, "", (pasted, gone), image_weights=(2.0, 1.0)), False, 7)
    engine.saved["Red"] = saved
    window.suggesting.saved._load()
    window.suggesting.ideas.saved_menu().actions()[0].trigger()
    search = engine.searches()[-1]
    assert search.images == (pasted, gone), "what is missing is the engine's to say"
    assert search.image_weights == (2.0, 1.0)
    assert window.search_bar.pictures[0].picture.name == "Pasted picture"
    window.query_images.clear()


def test_a_name_that_is_taken_is_told_before_it_is_replaced(
    window: SearchWindow, engine: FakeEngine, found: tuple[Hit, ...]
) -> None:
    engine.saved["Boats"] = SavedSearch("Boats", Search(0, "boat"), False, 7)
    engine.ready()
    ask(window, "car")
    engine.answer(found)
    QTest.mouseClick(window.header.save, Left)
    (dialog,) = window.findChildren(SaveDialog)
    assert dialog._save.text() == "Save"
    dialog.name.setText("Boats ")
    assert dialog._save.text() == "Replace"
    dialog.name.setText("Boats at night")
    assert dialog._save.text() == "Save"
    dialog.reject()


def test_a_saved_search_keeps_the_picture_that_the_cache_may_lose(
    window: SearchWindow, engine: FakeEngine, found: tuple[Hit, ...], paths: Paths
) -> None:
    engine.ready()
    picture = paths.cache / "small.jpg"
    picture.parent.mkdir(parents=True, exist_ok=True)
    image = QImage(4, 3, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    image.save(str(picture))
    window.intake.search_similar(str(picture), "/p/boat.jpg")
    engine.answer(found)
    QTest.mouseClick(window.header.save, Left)
    (dialog,) = window.findChildren(SaveDialog)
    dialog.name.setText("Like it")
    dialog.accept()
    (image_of_it,) = engine.saved["Like it"].search.images
    assert image_of_it.startswith("data:image/png;base64,")


def test_a_saved_order_is_no_order_by_month(window: SearchWindow, engine: FakeEngine) -> None:
    engine.saved["Large"] = SavedSearch("Large", Search(0, "boat", sort="size"), False, 7)
    engine.ready()
    window.header.choose_view(View.TIMELINE)
    window.suggesting.ideas.saved_menu().actions()[0].trigger()
    assert engine.searches()[-1].sort == "size"
    assert window.grid.view is View.GRID


def test_a_search_is_saved_and_tells_what_is_new(
    qtbot: QtBot, window: SearchWindow, engine: FakeEngine, found: tuple[Hit, ...]
) -> None:
    engine.browse = found
    engine.ready()
    window.filters.toggle("photo")
    ask(window, "boat size:>1MB")
    engine.answer(found)
    window.header.weaker.trigger()
    engine.answer(found)
    QTest.mouseClick(window.header.save, Left)
    (dialog,) = window.findChildren(SaveDialog)
    assert dialog.name.text() == "size:>1MB boat"
    dialog.name.setText("Boats")
    dialog.standing.setChecked(True)
    dialog.accept()
    (kept,) = engine.saved.values()
    assert (kept.search.text, kept.search.kinds, kept.standing) == ("size:>1MB boat", ("photo",), True)
    (counted,) = engine.counts()
    assert (counted.newer_than, counted.text, counted.kinds) == (7, "size:>1MB boat", ("photo",))
    engine.count(counted, 3)
    ideas = window.suggesting.ideas
    assert ideas.kept.text() == "Saved · 3 new"
    window.suggesting.saved._counted("Boats", 200)
    assert ideas.kept.text() == "Saved · 200 or more new", "no more are counted"
    window.suggesting.saved._counted("Boats", 3)
    came = replace(READY, files=READY.files + 2)
    engine.report(came)  # just counted: this has to wait
    assert engine.counts() == [counted]
    window.suggesting.saved._again.setInterval(0)
    window.suggesting.saved._again.start()
    qtbot.waitUntil(lambda: len(engine.counts()) > 1)  # although the engine says nothing more
    assert texts(ideas.saved_menu())[0] == "Boats\t3 new"
    window.filters.clear()
    window.search_bar.clear()
    ideas.saved_menu().actions()[0].trigger()
    assert (engine.searches()[-1].text, engine.searches()[-1].kinds) == ("size:>1MB boat", ("photo",))
    assert engine.searches()[-1].weak, "what is counted is what is shown"
    assert engine.searches()[-1].newer_than == 7, "which ones are new is shown"
    engine.answer(found)
    assert window.header.text == "12 results  ·  new since you last looked; Enter shows all"
    window.header.sorts.actions()[1].trigger()
    assert engine.searches()[-1].newer_than == 7, "in whatever order"
    QTest.keyClick(window.search_bar.field, Qt.Key.Key_Return)
    assert (engine.searches()[-1].newer_than, engine.searches()[-1].sort) == (0, "newest")
    assert LookedAt("Boats") in engine.requests
    assert ideas.kept.text() == "Saved"
    ideas.saved_menu().actions()[-1].menu().actions()[0].trigger()
    assert engine.saved == {}


# --- nothing found -------------------------------------------------------------------------------------


def test_an_empty_answer_says_which_filter_hides_how_many(
    window: SearchWindow, engine: FakeEngine, found: tuple[Hit, ...]
) -> None:
    engine.ready()
    window.filters.toggle("video")
    ask(window, "after:2024-05 boat -night sort:name")
    engine.answer(())
    asked = {(search.text, search.kinds, search.weak): search for search in engine.counts()}
    assert set(asked) == {
        ("-night sort:name boat", ("video",), False),
        ("after:2024-05 sort:name boat", ("video",), False),
        ("after:2024-05 -night sort:name boat", (), False),
        ("after:2024-05 -night sort:name boat", ("video",), True),
    }
    engine.count(asked["-night sort:name boat", ("video",), False], 12)
    engine.count(asked["after:2024-05 sort:name boat", ("video",), False], 0)
    engine.count(asked["after:2024-05 -night sort:name boat", (), False], 200)
    engine.count(asked["after:2024-05 -night sort:name boat", ("video",), True], 1)
    shown = [button.text() for button in offers(window)]
    assert shown[:3] == [
        "Without “Videos”: 200 or more files",
        "Without “since 2024-05-01”: 12 files",
        "Show weaker matches: 1 file",
    ]
    before = offers(window)
    engine.report(replace(READY, files=READY.files + 1))
    assert offers(window) == before, "news of the index take no button away under the hand"
    QTest.mouseClick(offers(window)[1], Left)
    assert window.search_bar.question == "-night sort:name boat"
    engine.answer(found)
    assert window.grid.isVisible()


def test_a_new_question_ends_the_counting(window: SearchWindow, engine: FakeEngine) -> None:
    engine.ready()
    ask(window, "kind:video boat")
    engine.answer(())
    old = engine.counts()[0]
    ask(window, "boat")
    assert Cancel(old.search_id) in engine.requests
    engine.count(old, 5)
    assert window.suggesting.hides.hidings == ()


def test_a_mistake_can_be_taken_away(window: SearchWindow, engine: FakeEngine) -> None:
    engine.ready(READY)
    ask(window, "kind:foto boat")
    problem = window.search_bar._chips[0].part.problem  # type: ignore[attr-defined]
    engine.answer((), "words", note=problem, not_understood=True)
    assert window.empty.title == "A filter is not understood"
    assert window.empty.body == problem
    QTest.mouseClick(next(each for each in offers(window) if each.text() == "Take away “kind:foto”"), Left)
    assert window.search_bar.question == "boat"


# --- results as examples -------------------------------------------------------------------------------


def test_results_become_examples(window: SearchWindow, engine: FakeEngine, found: tuple[Hit, ...]) -> None:
    engine.ready()
    ask(window, "beach")
    engine.answer(found)
    window.grid.choose_row(3)
    window.actions_[Command.LESS_LIKE].trigger()
    search = engine.searches()[-1]
    assert search.less_like == (Example(found[3].path, None, 42.0),)
    assert search.text == "beach"
    engine.answer(found)
    window.grid.choose_row(0)
    window.actions_[Command.MORE_LIKE].trigger()
    assert engine.searches()[-1].more_like == (Example(found[0].path),)


@pytest.mark.parametrize("less", [False, True])
def test_results_are_dragged_onto_the_box(
    window: SearchWindow,
    engine: FakeEngine,
    found: tuple[Hit, ...],
    less: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    engine.ready()
    ask(window, "beach")
    engine.answer(found)
    window.grid.choose_row(0)
    bar = window.search_bar
    mime = files_mime(window.grid.selected_hits())
    for event in (QDragEnterEvent, QDragMoveEvent, QDropEvent):
        monkeypatch.setattr(event, "source", lambda self: window.grid, raising=False)
    x = bar.width() * (0.75 if less else 0.25)

    def send(kind: type, data: QMimeData) -> bool:
        place = QPoint(int(x), 20) if kind is not QDropEvent else QPointF(x, 20)
        event = kind(place, Qt.DropAction.CopyAction, data, Left, Qt.KeyboardModifier.NoModifier)
        event.ignore()
        QApplication.sendEvent(bar, event)
        return event.isAccepted()

    assert not send(QDragEnterEvent, QMimeData()), "whatever else is dragged is for the window"
    assert send(QDragEnterEvent, mime)
    assert bar._drop_zone.isVisible()
    assert send(QDragMoveEvent, mime)
    assert send(QDropEvent, mime)
    assert not bar._drop_zone.isVisible()
    search = engine.searches()[-1]
    assert (search.less_like if less else search.more_like) == (Example(found[0].path),)

"""The window: asking, by words and by pictures, and what stands where results would."""

import base64
from pathlib import Path

import pytest
from dropping import drop, urls
from fake_engine import READY, FakeEngine
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot
from window_sample import hits, landscape

from desktop_app.actions import Command
from desktop_app.engine_client import Link
from desktop_app.search.query_and_answer import in_sections
from desktop_app.search_window import SearchWindow
from desktop_app.widgets.controls import Button
from indexer.messages.library_messages import AddFolder
from indexer.messages.result_messages import Hit
from indexer.messages.search_messages import Browse
from indexer.messages.work_messages import FolderStatus, Status
from indexer.paths import Paths

Key = Qt.Key
Ctrl = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def found(tmp_path: Path) -> tuple[Hit, ...]:
    return hits(tmp_path, 12)


def ask(qtbot: QtBot, window: SearchWindow, engine: FakeEngine, text: str) -> None:
    before = len(engine.searches())
    window.search_bar.field.setText(text)
    qtbot.waitUntil(lambda: len(engine.searches()) > before)


def press(window: SearchWindow, text: str) -> None:
    """The button on the empty state or banner with this text."""
    QApplication.processEvents()  # new buttons are shown by the event loop
    button = next(each for each in window.findChildren(Button) if each.text() == text and each.isVisible())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


# --- words ---------------------------------------------------------------------------------------------


def test_the_search_box_has_the_keyboard_from_the_start(window: SearchWindow) -> None:
    QTest.keyClicks(QApplication.focusWidget() or window, "dog")
    assert window.search_bar.text == "dog"


def test_type_see_open(
    qtbot: QtBot, window: SearchWindow, engine: FakeEngine, found: tuple[Hit, ...], opened: list[str]
) -> None:
    engine.browse = found[::-1]
    engine.ready()
    assert window.header.text == "Newest files"
    ask(qtbot, window, engine, "beach")
    engine.answer(found, "meaning", final=False)
    assert window.header.text == "12 results  ·  looking closer…"
    engine.answer(found)
    assert window.header.text == "12 results"
    assert window.grid.isVisible()
    QTest.keyClick(window.search_bar.field, Key.Key_Down)
    assert window.inspector.hit == found[0]
    QTest.keyClick(window.grid, Key.Key_Return)
    assert opened == [found[0].path]


def test_enter_asks_now_and_then_goes_to_the_results(
    window: SearchWindow, engine: FakeEngine, found: tuple[Hit, ...]
) -> None:
    engine.ready()
    QTest.keyClicks(window.search_bar.field, "beach")
    assert [search.text for search in engine.searches()] == ["b"]
    QTest.keyClick(window.search_bar.field, Key.Key_Return)
    assert [search.text for search in engine.searches()] == ["b", "beach"]
    engine.answer(found)
    assert window.search_bar.field.hasFocus()
    QTest.keyClick(window.search_bar.field, Key.Key_Return)
    assert window.grid.hasFocus()
    assert window.grid.selected_hits() == [found[0]]


def test_escape_peels_one_layer_at_a_time(
    qtbot: QtBot, window: SearchWindow, engine: FakeEngine, found: tuple[Hit, ...]
) -> None:
    engine.ready()
    window.filters.toggle("photo")
    ask(qtbot, window, engine, "beach")
    engine.answer(found)
    QTest.keyClick(window.search_bar.field, Key.Key_Down)
    QTest.keyClick(window.grid, Key.Key_Escape)
    assert window.grid.selected_hits() == []
    assert window.search_bar.field.hasFocus()
    assert window.search_bar.text == "beach"
    QTest.keyClick(window, Key.Key_Escape)
    assert window.search_bar.is_empty()
    assert window.filters.kinds == ("photo",)
    QTest.keyClick(window, Key.Key_Escape)
    assert window.filters.kinds == ()


def test_slash_and_typing_on_the_list_lead_back_to_the_box(
    window: SearchWindow, engine: FakeEngine, found: tuple[Hit, ...]
) -> None:
    engine.browse = found
    engine.ready()
    window.grid.choose_row(0)
    window.grid.setFocus()
    QTest.keyClick(window.grid, Key.Key_Slash)
    assert window.search_bar.field.hasFocus()
    assert window.search_bar.text == ""
    QTest.keyClicks(window.search_bar.field, "a/b")
    assert window.search_bar.text == "a/b"
    window.grid.setFocus()
    QTest.keyClick(window.grid, Key.Key_C)
    assert window.search_bar.text == "a/bc"
    chip = window.filters._chips["photo"]
    chip.setFocus()
    QTest.keyClick(chip, Key.Key_D)
    assert window.search_bar.text == "a/bcd"
    assert window.search_bar.field.hasFocus()


def test_filters_narrow_at_once(window: SearchWindow, engine: FakeEngine, found: tuple[Hit, ...]) -> None:
    engine.browse = found
    engine.ready()
    QTest.keyClick(window, Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert engine.requests[-1] == Browse(("video",))
    assert {hit.kind for hit in window.model.hits} == {"video"}
    window.actions_[Command.TOGGLE_DOCUMENTS].trigger()
    assert {hit.kind for hit in window.model.hits} == {"video", "document"}


def test_a_better_order_waits_for_the_person(
    qtbot: QtBot, window: SearchWindow, engine: FakeEngine, found: tuple[Hit, ...]
) -> None:
    engine.ready()
    ask(qtbot, window, engine, "beach")
    engine.answer(found, "meaning", final=False)
    window.grid.choose_row(2)
    engine.answer(found[::-1])
    assert window.model.hits == found
    assert window.header.pill.isVisible()
    assert window.header.pill.text() == "Better order available"
    assert window.header.text == "12 results", "nobody looks any closer"
    QTest.mouseClick(window.header.pill, Qt.MouseButton.LeftButton)
    assert window.model.hits == in_sections(found[::-1])
    assert window.grid.selected_hits() == [found[2]]
    assert not window.header.pill.isVisible()


def test_results_stay_while_the_engine_is_away(
    qtbot: QtBot, window: SearchWindow, engine: FakeEngine, found: tuple[Hit, ...]
) -> None:
    engine.ready()
    ask(qtbot, window, engine, "beach")
    engine.answer(found)
    engine.become(Link.RESTARTING)
    assert window.model.hits == found
    assert window.grid.isVisible()
    assert "started again" in window.status_line.text


# --- pictures ------------------------------------------------------------------------------------------


def test_drop_a_picture_and_add_words(
    qtbot: QtBot, window: SearchWindow, engine: FakeEngine, tmp_path: Path
) -> None:
    engine.ready()
    file = tmp_path / "Königssee.jpg"
    landscape(640, 480, 1).save(str(file))
    assert drop(window, urls(file))
    assert engine.searches()[-1].images == (str(file),)
    assert engine.searches()[-1].text == ""
    ask(qtbot, window, engine, "but at night")
    assert engine.searches()[-1].images == (str(file),)
    chip = window.search_bar._chips[0]
    assert "Königssee.jpg" in chip.accessibleName()
    qtbot.waitUntil(lambda: chip._preview != "")  # made by a process of its own
    preview = Path(chip._preview)
    assert QImage(str(preview)).width() == 64
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=chip.cross().center())
    assert engine.searches()[-1].images == ()
    assert engine.searches()[-1].text == "but at night"
    assert file.exists()
    assert not preview.exists()


def test_paste_pixels(window: SearchWindow, engine: FakeEngine, paths: Paths) -> None:
    engine.ready()
    QGuiApplication.clipboard().setImage(landscape(300, 200, 5))
    QTest.keyClick(window.search_bar.field, Key.Key_V, Ctrl)
    (picture,) = engine.searches()[-1].images
    kind, _, data = picture.partition(",")
    assert kind == "data:image/png;base64"
    assert QImage.fromData(base64.b64decode(data)).width() == 300
    QTest.keyClick(window.search_bar.field, Key.Key_Backspace)  # in the empty field: takes the chip
    assert window.search_bar.images == ()
    assert isinstance(engine.requests[-1], Browse)


def test_pasted_pictures_lie_on_no_disk(window: SearchWindow, engine: FakeEngine, paths: Paths) -> None:
    engine.ready()
    before = sorted(paths.data.rglob("*"))
    QGuiApplication.clipboard().setImage(landscape(30, 20, 5))
    window.actions_[Command.PASTE].trigger()
    assert engine.searches()[-1].images
    assert sorted(paths.data.rglob("*")) == before


def test_left_over_pictures_are_removed_at_the_start(qtbot: QtBot, engine: FakeEngine, paths: Paths) -> None:
    folder = paths.cache / "query-images"
    folder.mkdir()
    (folder / "1.png").write_bytes(b"left by a crash")
    window = SearchWindow(engine, paths)
    qtbot.addWidget(window)
    assert not list(folder.iterdir())
    window.thumbnails.stop()


def test_copied_text_is_text_even_with_a_picture_of_it(window: SearchWindow) -> None:
    mime = QMimeData()
    mime.setText("from a word processor")
    mime.setImageData(landscape(30, 20, 5))
    QGuiApplication.clipboard().setMimeData(mime)
    QTest.keyClick(window.search_bar.field, Key.Key_V, Ctrl)
    assert window.search_bar.text == "from a word processor"
    assert window.search_bar.images == ()


def test_a_browser_sends_an_address_and_pixels(window: SearchWindow, engine: FakeEngine) -> None:
    engine.ready()
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/cat.png")])
    mime.setText("https://example.org/cat.png")
    mime.setImageData(landscape(30, 20, 5))
    assert drop(window, mime)
    assert len(window.search_bar.images) == 1
    assert window.search_bar.text == ""


def test_words_and_folders_can_be_dropped_too(
    window: SearchWindow, engine: FakeEngine, tmp_path: Path
) -> None:
    engine.ready()
    mime = QMimeData()
    mime.setText("red boat")
    assert drop(window, mime)
    assert window.search_bar.text == "red boat"
    (tmp_path / "Holiday").mkdir()
    assert drop(window, urls(tmp_path / "Holiday"))
    assert window.banner.sentence == "Make the files in “Holiday” searchable?"
    press(window, "Add folder")
    assert engine.requests[-1] == AddFolder(str(tmp_path / "Holiday"))
    assert window.banner.sentence == ""
    assert not drop(window, QMimeData())


def test_only_so_many_pictures_and_none_twice(window: SearchWindow, tmp_path: Path) -> None:
    files = [tmp_path / f"{n}.jpg" for n in range(6)]
    for file in files:
        file.write_bytes(b"whatever the engine makes of it")
    drop(window, urls(*files))
    drop(window, urls(files[0]))
    assert [image.name for image in window.search_bar.images] == ["0.jpg", "1.jpg", "2.jpg", "3.jpg"]


def test_a_file_that_is_no_picture_is_told_in_the_engines_words(
    window: SearchWindow, engine: FakeEngine, tmp_path: Path
) -> None:
    engine.ready()
    (tmp_path / "letter.txt").write_text("Dear Ada")
    drop(window, urls(tmp_path / "letter.txt"))
    engine.answer((), "words", note="letter.txt is not a picture. Drop a picture to search by it.")
    assert window.empty.body == "letter.txt is not a picture. Drop a picture to search by it."


def test_pick_a_picture(
    window: SearchWindow, engine: FakeEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.ready()
    file = str(tmp_path / "x.png")
    landscape(30, 20, 1).save(file)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: (file, ""))
    QTest.keyClick(window, Key.Key_O, Ctrl)
    assert engine.searches()[-1].images == (file,)


def test_find_similar_asks_with_the_picture_that_is_shown(
    qtbot: QtBot, window: SearchWindow, engine: FakeEngine, found: tuple[Hit, ...]
) -> None:
    engine.ready()
    ask(qtbot, window, engine, "beach")
    engine.answer(found)
    window.grid.choose_row(3)
    window.inspector.show_segment(1)
    QTest.keyClick(window, Key.Key_E, Ctrl)
    search = engine.searches()[-1]
    assert search.images == (found[3].others[0].previews[4],)
    assert search.text == ""
    assert Path(search.images[0]).exists()
    window.search_bar.clear()
    assert Path(search.images[0]).exists()  # it belongs to the cache, not to the chip


# --- nothing to show -----------------------------------------------------------------------------------


def test_nothing_found_says_what_was_searched_and_what_to_do(
    qtbot: QtBot, window: SearchWindow, engine: FakeEngine
) -> None:
    engine.ready()
    ask(qtbot, window, engine, "purple   elephants " + "x" * 90)
    engine.answer(())
    assert window.empty.isVisible()
    assert window.empty.title.startswith("Nothing here matches “purple elephants xxx")
    assert window.empty.title.endswith("…”")
    assert "fewer or other words" in window.empty.body
    assert not window.inspector.isVisible()
    window.filters.toggle("video")
    engine.answer(())
    assert window.empty.body == "Only this was searched: Videos."
    press(window, "Show every kind")
    assert engine.searches()[-1].kinds == ()
    engine.answer(())
    press(window, "Clear the search")
    assert window.search_bar.is_empty()


def test_nothing_found_yet(qtbot: QtBot, window: SearchWindow, engine: FakeEngine) -> None:
    engine.ready(Status("indexing", 10, 0, 0, 0, "", "", pending=7, folders=(FolderStatus("/p", 10, 7),)))
    assert window.empty.title == "Looking through your folders"
    ask(qtbot, window, engine, "beach")
    engine.answer((), "words", final=False)
    qtbot.waitUntil(lambda: window.empty.title == "Searching…")
    engine.answer(())
    assert "7 files are still waiting" in window.empty.body


def test_an_empty_library_names_the_reason(window: SearchWindow, engine: FakeEngine) -> None:
    folder = FolderStatus("/media/usb", 0, 0, "This drive is not plugged in.")
    engine.ready(Status("idle", 0, 0, 0, 0, "tiny", "tiny", folders=(folder,)))
    assert window.empty.title == "There is nothing here yet"
    assert window.empty.body == "This drive is not plugged in."
    press(window, "Folders…")
    assert window.dialogs.page is not None
    assert window.dialogs.page.isVisible()
    window.dialogs.page.close()


def test_a_kind_that_is_not_there(window: SearchWindow, engine: FakeEngine) -> None:
    engine.ready()
    window.filters.toggle("screenshot")
    assert window.empty.title == "Nothing of this kind yet"


def test_the_note_of_a_stage_is_shown(
    qtbot: QtBot, window: SearchWindow, engine: FakeEngine, found: tuple[Hit, ...]
) -> None:
    engine.ready(READY)
    ask(qtbot, window, engine, "beach")
    engine.answer(found[:1], "words", note="Understanding pictures… results will improve in a moment")
    assert window.header.text.startswith("1 result  ·  Understanding pictures…")


def test_no_answer_is_promised_once_the_engine_was_given_up(
    qtbot: QtBot, window: SearchWindow, engine: FakeEngine, found: tuple[Hit, ...]
) -> None:
    engine.ready()
    ask(qtbot, window, engine, "beach")
    engine.answer((), "words", final=False)
    qtbot.waitUntil(lambda: window.empty.title == "Searching…")
    engine.become(Link.STOPPED, "The engine keeps stopping. Your files and what was found are safe.")
    assert window.empty.title == "The search is not running"
    engine.ready()
    engine.answer(found)
    assert window.model.rowCount() == len(found)
    engine.become(Link.STOPPED, "The engine keeps stopping. Your files and what was found are safe.")
    assert window.model.rowCount() == len(found), "what was found stays"
    window.search_bar.field.setText("boat")
    qtbot.waitUntil(lambda: window.model.rowCount() == 0)  # it answers nothing else
    assert window.empty.title == "The search is not running"
    engine.ready()
    assert engine.searches()[-1].text == "boat", "asked as soon as it can be"

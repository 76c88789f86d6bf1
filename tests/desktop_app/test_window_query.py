"""The question as chips: how they come, how they go, and what is offered while one writes."""

from functools import partial
from pathlib import Path

import pytest
from fake_engine import FakeEngine
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from window_sample import landscape

from desktop_app.query.chip_lines import MOST
from desktop_app.query.completion_popup import HINT
from desktop_app.query.query_chips import UNLIKE, PictureChip, QueryExample, TextChip
from desktop_app.query.search_bar import HEIGHT, LINE, SearchBar
from desktop_app.search_window import SearchWindow
from indexer.messages.query_messages import Completion, Parse
from indexer.messages.search_messages import Browse, Example
from indexer.paths import Paths
from indexer.protocol import Request

Key = Qt.Key
Left = Qt.MouseButton.LeftButton


@pytest.fixture
def bar(window: SearchWindow, engine: FakeEngine) -> SearchBar:
    engine.ready()
    window.activateWindow()
    window.search_bar.setFocus()
    return window.search_bar


def words(bar: SearchBar) -> list[str]:
    return [chip.words() for chip in bar._chips]


def write(bar: SearchBar, text: str) -> None:
    QTest.keyClicks(bar.field, text)


def test_a_filter_becomes_a_chip_once_it_is_written(bar: SearchBar, engine: FakeEngine) -> None:
    write(bar, "boat kind:photo")
    assert words(bar) == []
    write(bar, " ")
    assert words(bar) == ["photo"]
    assert bar.field.text() == "boat "
    write(bar, '-in:Trash "red sails" -night after:2024-05 at sea')
    assert words(bar) == ["photo", "not in Trash", '"red sails"', "− night", "since 2024-05-01"]
    assert bar.field.text() == "boat at sea"
    QTest.keyClick(bar.field, Key.Key_Return)
    assert engine.searches()[-1].text == 'kind:photo -in:Trash "red sails" -night after:2024-05 boat at sea'


def test_chips_do_not_change_what_is_asked(bar: SearchBar) -> None:
    bar.field.setText("boat kind:photo size:>1MB at sea")
    before = bar.question
    bar.field.setText("boat kind:photo size:>1MB at sea ")
    assert len(bar._chips) == 2
    assert bar.question == before == "kind:photo size:>1MB boat at sea"


def test_a_date_of_several_words_is_waited_for(bar: SearchBar) -> None:
    write(bar, "before:last ")
    assert words(bar) == []
    assert bar.question == "", "what is still being written is not asked"
    write(bar, "summer")
    assert bar.question == "before:last summer" or bar.question == 'before:"last summer"'
    write(bar, " boat")
    assert words(bar)[0].startswith("before ")
    assert bar.field.text() == "boat"


def test_nothing_is_asked_before_it_is_known_what_is_a_filter(
    qtbot: QtBot, bar: SearchBar, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A real engine says so a moment later."""
    at_once, late = engine.request, []

    def request(asked: Request, *rest: object, **more: object) -> None:
        answer = partial(at_once, asked, *rest, **more)
        late.append(answer) if isinstance(asked, Parse) else answer()

    monkeypatch.setattr(engine, "request", request)
    write(bar, "boat camera:")
    qtbot.waitUntil(lambda: engine.searches()[-1].text == "boat camera")
    qtbot.wait(60)
    late[-1]()
    qtbot.waitUntil(lambda: engine.searches()[-1].text == "boat")
    write(bar, "x")
    late[-1]()
    qtbot.waitUntil(lambda: engine.searches()[-1].text == "camera:x boat")
    assert all(search.text[-7:] != "camera:" for search in engine.searches()), "it was not written yet"
    write(bar, ":")
    monkeypatch.setattr(engine, "refuse", "The engine stopped before it could answer.")
    late[-1]()
    qtbot.waitUntil(lambda: engine.searches()[-1].text == "boat camera:x:")  # as it is written


def test_a_unit_behind_a_blank_is_waited_for(bar: SearchBar) -> None:
    write(bar, "size:>5 ")
    assert words(bar) == []
    write(bar, "MiB boat")
    assert words(bar) == ["size at least 5MiB"]
    assert bar.question == "size:>5MiB boat"


def test_the_year_of_a_month_is_waited_for_and_no_other_word_taken_for_it(bar: SearchBar) -> None:
    write(bar, "before:May ")
    assert words(bar) == []
    write(bar, "2024 boat")
    assert words(bar) == ["before 2024-05-01"]
    bar.replace("after:May boat")
    write(bar, "2024")
    assert bar.question == 'after:"May" boat 2024'
    bar.field.setText("2024")
    assert bar.question == 'after:"May" 2024'


def test_a_filter_that_is_being_written_can_be_taken_away(bar: SearchBar) -> None:
    write(bar, "boat since:2024-05")
    [part] = bar.narrowing()
    assert part.text == "after:2024-05"
    bar.remove_text(part.text)
    assert bar.text == "boat"


def test_a_mistake_is_shown_where_it_is(bar: SearchBar, engine: FakeEngine) -> None:
    write(bar, "kind:foto")
    assert bar.question == ""
    write(bar, " boat")
    (chip,) = bar._chips
    assert isinstance(chip, TextChip)
    assert chip.words() == "kind:foto"
    assert "choose photo, screenshot, video or document" in chip.toolTip()
    assert chip.accessibleName() == chip.part.problem
    assert bar.question == "kind:foto boat", "the engine then says the same"
    QTest.mouseDClick(chip, Left, pos=QPoint(30, 18))
    assert bar.field.text() == "boat kind:foto"
    QTest.keyClick(bar.field, Key.Key_Return)
    assert words(bar) == ["kind:foto"], "Enter ends what is being written"


def test_chips_go_by_click_and_by_key(bar: SearchBar) -> None:
    bar.replace('kind:photo ext:jpg camera:Canon "exact words" boat')
    assert words(bar) == ["photo", ".jpg", "taken with Canon", '"exact words"']
    QTest.mouseClick(bar._chips[0], Left, pos=bar._chips[0].cross().center())
    assert words(bar) == [".jpg", "taken with Canon", '"exact words"']
    QTest.keyClick(bar.field, Key.Key_Home)
    QTest.keyClick(bar.field, Key.Key_Backspace)
    assert words(bar) == [".jpg", "taken with Canon"]
    QTest.keyClick(bar.field, Key.Key_Left)
    assert bar._chips[1].hasFocus()
    QTest.keyClick(bar._chips[1], Key.Key_Left)
    QTest.keyClick(bar._chips[0], Key.Key_Delete)
    assert words(bar) == ["taken with Canon"]
    assert bar.field.hasFocus()
    QTest.keyClick(bar.field, Key.Key_Left)
    QTest.keyClick(bar._chips[0], Key.Key_Return)
    assert (words(bar), bar.field.text()) == ([], "boat camera:Canon")
    bar.clear()
    assert bar.is_empty()


def test_words_from_right_to_left_are_walked_through_before_the_chips(bar: SearchBar) -> None:
    bar.replace("kind:photo")
    bar.field.insert("שלום")
    QTest.keyClick(bar.field, Key.Key_Home)
    for place in range(1, 5):
        QTest.keyClick(bar.field, Key.Key_Left)
        assert bar.field.cursorPosition() == place
    QTest.keyClick(bar.field, Key.Key_Left)
    assert bar._chips[0].hasFocus()


def test_a_rare_character_does_not_move_the_places(bar: SearchBar) -> None:
    bar.field.insert("🚀")
    bar.field.setText("🚀🚀 kind:photo 🚀")
    assert words(bar) == ["photo"]
    assert bar.field.text() == "🚀🚀 🚀"
    assert bar.field.at == 4


def test_many_chips_take_more_lines(window: SearchWindow, bar: SearchBar) -> None:
    window.resize(700, 600)
    bar.replace(" ".join(f'"exact words {n}"' for n in range(12)))
    QApplication.processEvents()
    assert len(bar._chips) == 12
    assert bar.height() > 2 * HEIGHT
    for chip in bar._chips:
        assert bar.rect().contains(chip.geometry())
        assert not chip.geometry().intersects(bar.field.geometry())
    bar.clear()
    assert bar.height() == HEIGHT


def test_very_many_chips_leave_room_for_the_answers(window: SearchWindow, bar: SearchBar) -> None:
    window.resize(700, 600)
    bar.replace(" ".join(f'"w{n}"' for n in range(280)))
    QApplication.processEvents()
    assert len(bar._chips) == 280
    assert bar.height() == HEIGHT + (MOST - 1) * LINE
    assert window.height() == 600

    def seen(widget: QWidget) -> bool:
        return bar.rect().contains(widget.geometry())

    assert seen(bar.field), "where the words go on"
    assert not seen(bar._chips[0])
    bar._walk(0, 0)
    assert bar._chips[0].hasFocus()
    assert seen(bar._chips[0]), "whatever has the keyboard"
    assert not seen(bar.field)
    place = QPointF(bar.rect().center())
    for _ in range(300):
        turn = QWheelEvent(
            place, place, QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(bar, turn)
    assert seen(bar.field), "and the wheel goes through all of them"
    bar.clear()
    assert bar.height() == HEIGHT
    assert seen(bar.field)


# --- offers --------------------------------------------------------------------------------------------


def test_offers_are_taken_by_key(bar: SearchBar, window: SearchWindow) -> None:
    popup = window.asking.popup
    write(bar, "boat ki")
    assert [offer.label for offer in popup.offers] == ["kind:"]
    assert popup.isVisible()
    QTest.keyClick(bar.field, Key.Key_Tab)
    assert bar.field.text() == "boat kind:"
    assert [offer.label for offer in popup.offers] == ["photo", "screenshot", "video", "document"]
    QTest.keyClick(bar.field, Key.Key_Down)
    QTest.keyClick(bar.field, Key.Key_Down)
    QTest.keyClick(bar.field, Key.Key_Return)
    assert words(bar) == ["screenshot"]
    assert bar.field.text() == "boat "
    assert not popup.isVisible()


def test_offers_are_for_what_is_left_when_something_before_became_a_chip(
    bar: SearchBar, window: SearchWindow, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    QApplication.clipboard().setText("kind:photo size:>1")
    bar.field.paste()
    assert (words(bar), bar.field.text()) == (["photo"], "size:>1")
    assert window.asking.popup.isVisible()
    QTest.keyClick(bar.field, Key.Key_Tab)
    assert (bar.question, bar.field.text()) == ("kind:photo size:>1MB", "")
    write(bar, "size:>1")
    monkeypatch.setattr(engine, "request", lambda *_, **__: None)  # it takes its time
    write(bar, "0")
    QTest.keyClick(bar.field, Key.Key_Tab)
    assert bar.field.text() == "size:>10", "what was offered for less is not put into it"


def test_offers_do_not_stand_in_the_way(bar: SearchBar, window: SearchWindow, engine: FakeEngine) -> None:
    popup = window.asking.popup
    write(bar, "pla")
    assert popup.isVisible()
    QTest.keyClick(bar.field, Key.Key_Escape)
    assert not popup.isVisible()
    assert bar.text == "pla", "Escape peeled off the offers alone"
    write(bar, "c")
    QTest.keyClick(bar.field, Key.Key_Return)
    assert engine.searches()[-1].text == "plac", "nothing is taken that was not chosen"
    assert not popup.isVisible()


def test_an_offer_is_taken_by_click(bar: SearchBar, window: SearchWindow) -> None:
    write(bar, "camra:x")
    rows = window.asking.popup._list
    QTest.mouseClick(rows.viewport(), Left, pos=rows.visualItemRect(rows.item(0)).center())
    assert words(bar) == ["taken with x"]


# --- pictures ------------------------------------------------------------------------------------------


def test_a_chip_that_goes_before_its_preview_comes_leaves_no_file(
    qtbot: QtBot, bar: SearchBar, window: SearchWindow, paths: Paths, tmp_path: Path
) -> None:
    file = tmp_path / "a.png"
    landscape(30, 20, 1).save(str(file))
    bar.add_image(window.query_images.from_file(str(file)))
    bar.replace("boat")
    qtbot.waitUntil(lambda: not window.query_images._running)
    assert not list((paths.cache / "query-images").iterdir())


def test_pictures_count_as_they_are_told(
    bar: SearchBar, engine: FakeEngine, window: SearchWindow, tmp_path: Path
) -> None:
    for name in ("a.png", "b.png"):
        landscape(30, 20, 1).save(str(tmp_path / name))
        bar.add_image(window.query_images.from_file(str(tmp_path / name)))
    assert engine.searches()[-1].image_weights == ()
    chip = bar.pictures[1]
    texts = [action.text() for action in chip.menu().actions() if action.text()]
    assert texts == ["More like this", "Counts double", "Counts half", "Less like this", "Remove"]
    chip.menu().actions()[1].trigger()
    assert engine.searches()[-1].image_weights == (1.0, 2.0)
    assert chip.words() == "2× b.png"
    chip.set_weight(UNLIKE)
    assert engine.searches()[-1].image_weights == (1.0, -1.0)
    assert chip.accessibleName() == "Less like: b.png"
    bar.pictures[0].set_weight(UNLIKE)
    assert isinstance(engine.requests[-1], Browse), "what is unlike something is no question by itself"


def test_examples_are_more_or_less(bar: SearchBar, engine: FakeEngine) -> None:
    boat, car = (QueryExample(Example(f"/p/{name}.jpg"), f"{name}.jpg") for name in ("boat", "car"))
    bar.add_example(boat)
    bar.add_example(car, less=True)
    search = engine.searches()[-1]
    assert (search.more_like, search.less_like) == ((boat.example,), (car.example,))
    bar.add_example(car)
    assert engine.searches()[-1].less_like == ()
    assert len(bar.pictures) == 2
    assert all(isinstance(chip, PictureChip) for chip in bar._chips)
    QTest.keyClick(bar.field, Key.Key_Backspace)
    assert engine.searches()[-1].more_like == (boat.example,)


def test_a_long_paste_is_cut_and_says_so(bar: SearchBar, window: SearchWindow, qtbot: QtBot) -> None:
    QApplication.clipboard().setText("word " * 30_000)
    bar.field.paste()
    assert len(bar.field.text()) == 2_000
    assert window.banner.sentence == "Only the first 2,000 characters are searched for."


def test_folders_of_one_name_are_told_apart(window: SearchWindow) -> None:
    popup = window.asking.popup
    popup.offer([Completion(f"/{at}/Holiday", "Holiday", f"/{at}/Holiday", 12) for at in "ab"], QPoint())
    hints = [popup._list.item(row).data(HINT) for row in range(2)]
    assert hints == ["/a/Holiday · 12 files", "/b/Holiday · 12 files"]

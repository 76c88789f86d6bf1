"""Looking closely: zoom, words in pictures, pages, parts, and the same file elsewhere."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fake_engine import FakeEngine
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_sample import hits, landscape, page

from desktop_app.results.picture_part import whole_picture
from desktop_app.results.zoom import Zoom, box_between
from desktop_app.search_window import SearchWindow
from desktop_app.system import file_manager
from desktop_app.viewing.moment_strip import TALLEST, MomentStrip
from desktop_app.viewing.picture_view import PictureView
from desktop_app.viewing.previews import Previews
from desktop_app.viewing.stage import READ_SIDE, Stage
from desktop_app.viewing.text_view import READABLE, TextView
from desktop_app.viewing.word_selection import WordSelection, joined, lit
from desktop_app.widgets.controls import Button
from indexer.messages.item_messages import MAX_SIDE, Box, GetPreview, Preview, Word
from indexer.messages.result_messages import Hit, Segment

WORDS = (
    Word("Firewall", Box(0.1, 0.1, 0.2, 0.05)),
    Word("error", Box(0.32, 0.1, 0.15, 0.05)),
    Word("deposit", Box(0.1, 0.2, 0.2, 0.05)),
)
Show = Callable[[int], Hit]


PART = Box(0.5, 0.25, 0.4, 0.5)


def with_part(hit: Hit) -> Hit:
    return replace(hit, segment=replace(hit.segment, box=PART))


def difference(one: QImage, other: QImage) -> set[tuple[int, int]]:
    """Where two pictures of one size differ, in tens of pixels."""
    return {
        (x // 10, y // 10)
        for x in range(0, one.width(), 2)
        for y in range(0, one.height(), 2)
        if one.pixel(x, y) != other.pixel(x, y)
    }


def test_the_part_that_matched_is_framed_on_the_card_and_in_the_inspector(
    window: SearchWindow, engine: FakeEngine, qtbot: QtBot, tmp_path: Path
) -> None:
    found = hits(tmp_path, 1)
    engine.ready()
    picture = window.inspector.stage.picture
    seen = []
    for number, answer in enumerate((found, tuple(map(with_part, found)))):
        window.search_bar.field.setText(f"boat {number}")
        window.session.ask()
        engine.answer(answer)
        window.grid.choose_row(0)
        qtbot.waitUntil(lambda: not picture.seen_part(Box(0, 0, 1, 1)).isEmpty(), timeout=5000)
        qtbot.wait(150)
        seen.append((window.grid.viewport().grab().toImage(), picture.grab().toImage()))
    (plain_grid, plain), (framed_grid, framed) = seen
    assert plain_grid != framed_grid
    place = picture.seen_part(PART)
    edges = difference(plain, framed)
    assert edges, "a frame is drawn"
    assert all(place.adjusted(-12, -12, 12, 12).contains(QPointF(10 * x, 10 * y)) for x, y in edges)
    middle = place.center()
    assert (int(middle.x()) // 10, int(middle.y()) // 10) not in edges, "the picture itself stays as it is"


def test_the_frame_keeps_its_place_on_a_card_that_cuts_the_picture() -> None:
    whole = whole_picture(QRect(0, 0, 200, 150), 320, 180)
    assert whole.height() == pytest.approx(150)
    assert whole.width() == pytest.approx(150 * 320 / 180)
    assert whole.center() == QRectF(0, 0, 200, 150).center()
    assert whole_picture(QRect(5, 5, 40, 30), None, None) == QRectF(5, 5, 40, 30)


def saved(path: Path, width: int, height: int) -> str:
    landscape(width, height, 1).save(str(path), quality=80)
    return str(path)


@pytest.fixture
def show(window: SearchWindow, engine: FakeEngine, tmp_path: Path) -> Show:
    """Searches; each of the sample's pictures can be drawn large, with words in it."""
    found = hits(tmp_path, 12)
    large = saved(tmp_path / "large.jpg", 2000, 1500)
    for hit in found:
        engine.previews[hit.path, None] = Preview(large, 4000, 3000, None, "Firewall error\ndeposit", WORDS)
    engine.ready()
    window.search_bar.field.setText("deposit")
    window.session.ask()
    engine.answer(found)

    def choose(row: int) -> Hit:
        window.grid.choose_row(row)
        window.grid.setFocus()
        return found[row]

    return choose


def asked(engine: FakeEngine) -> list[GetPreview]:
    return [request for request in engine.requests if isinstance(request, GetPreview)]


def hover(stage: Stage) -> None:
    stage.picture.looked_at.emit()


def test_a_text_says_that_it_would_have_pages(
    window: SearchWindow, engine: FakeEngine, qtbot: QtBot, tmp_path: Path
) -> None:
    first, second = (
        replace(hit, kind="document", thumbnail="", snippet="the deposit", segment=Segment("text"), others=())
        for hit in hits(tmp_path, 2)
    )
    engine.previews[first.path, None] = Preview(text="the deposit", undrawn=True)
    engine.previews[second.path, None] = Preview(text="the deposit")
    engine.ready()
    window.search_bar.field.setText("deposit")
    window.session.ask()
    engine.answer((first, second))
    window.grid.choose_row(0)
    said = window.inspector.stage.undrawn
    qtbot.waitUntil(said.isVisible, timeout=5000)
    assert "LibreOffice" in said.text()
    assert said.y() > window.inspector._name.y(), "what it is comes first"
    window.grid.choose_row(1)
    qtbot.waitUntil(lambda: asked(engine)[-1].path == second.path, timeout=5000)
    assert not said.isVisible()


def test_a_file_that_changed_is_drawn_anew(qtbot: QtBot, engine: FakeEngine) -> None:
    previews, request = Previews(engine), GetPreview("/p/a.jpg")
    engine.previews["/p/a.jpg", None] = Preview("/cache/before.jpg")
    engine.ready()
    with qtbot.waitSignal(previews.arrived):
        assert previews.ask(request, 1.0) is None
    assert previews.ask(request, 1.0) == Preview("/cache/before.jpg")
    engine.previews["/p/a.jpg", None] = Preview("/cache/after.jpg")
    with qtbot.waitSignal(previews.arrived):
        assert previews.ask(request, 2.0) is None
    assert previews.ask(request, 2.0) == Preview("/cache/after.jpg")


# --- zoom ----------------------------------------------------------------------------------------------


def zoom(width: int = 4000, height: int = 3000, ratio: float = 1.0) -> Zoom:
    made = Zoom()
    made.set_picture(width, height)
    made.set_room(QRectF(0, 0, 400, 400), ratio)
    return made


def test_what_fits_is_in_the_middle_and_never_much_enlarged() -> None:
    assert zoom().rect() == QRectF(0, 50, 400, 300)
    assert zoom().percent == 10
    assert zoom(100, 100).rect() == QRectF(100, 100, 200, 200)


def test_what_is_under_the_pointer_stays_there() -> None:
    made, pointer = zoom(), QPointF(100, 120)
    held = made.share(pointer)
    made.step(4, pointer)
    assert made.percent == round(10 * 1.25**4)
    assert (made.share(pointer) - held).manhattanLength() < 1e-6
    made.step(-20, pointer)
    assert made.fits


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_at_one_hundred_per_cent_a_pixel_is_a_pixel_of_the_screen(ratio: float) -> None:
    made = zoom(ratio=ratio)
    made.natural()
    assert made.percent == 100
    assert made.rect().width() == 4000 / ratio
    small = zoom(200, 200, ratio)
    small.natural()
    assert small.percent == 100
    assert not small.fits
    small.step(100)
    assert small.percent == 800


def test_there_is_no_panning_out_of_the_picture() -> None:
    made = zoom()
    made.natural()
    made.pan(QPointF(1e6, -1e6))
    assert made.rect().topLeft() == QPointF(0, 400 - 3000)
    made.set_picture(8000, 6000)  # the same, sharper: what is seen stays as large
    assert made.rect().width() == pytest.approx(4000)


def test_a_box_is_cut_to_the_picture() -> None:
    assert box_between(QPointF(0.8, -3), QPointF(0.2, 0.5)) == Box(0.2, 0.0, 0.6, 0.5)


def test_wheel_keys_and_double_click_zoom(qtbot: QtBot, window: SearchWindow, tmp_path: Path) -> None:
    view = PictureView(window.thumbnails, alone=True)
    qtbot.addWidget(view)
    view.resize(400, 400)
    view.show_file(saved(tmp_path / "a.jpg", 1000, 800))
    view.set_size(4000, 3200)
    with qtbot.waitExposed(view):
        view.show()
    view.repaint()

    def wheel(modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QApplication.sendEvent(
            view,
            QWheelEvent(
                QPointF(50, 50), QPointF(50, 50), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
                modifiers, Qt.ScrollPhase.NoScrollPhase, False,
            ),
        )  # fmt: skip

    with qtbot.waitSignal(view.sharper_wanted):
        wheel()
    assert view.zoom.percent == round(10 * 1.25)
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.zoom.percent == round(10 * 1.25**2)
    QTest.keyClick(view, Qt.Key.Key_1)
    assert view.zoom.percent == 100
    before = view.zoom.rect()
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.zoom.rect().x() < before.x()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    QTest.mouseMove(view, QPoint(160, 130))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(160, 130))
    assert view.zoom.rect().y() == pytest.approx(before.y() + 30)
    qtbot.waitUntil(
        lambda: not view.grab().toImage().isNull() and (view.file, "whole") in view._thumbnails._pixmaps
    )
    QTest.keyClick(view, Qt.Key.Key_0)
    assert view.zoom.fits
    QTest.mouseDClick(view, Qt.MouseButton.LeftButton, pos=QPoint(200, 200))
    assert view.zoom.percent == 100
    view.resize(300, 300)
    view._alone = False
    wheel()
    assert view.zoom.percent == 100, "in a column the wheel scrolls"
    wheel(Qt.KeyboardModifier.ControlModifier)
    assert view.zoom.percent == 125


# --- words ---------------------------------------------------------------------------------------------


def test_words_are_chosen_in_reading_order() -> None:
    words = WordSelection(WORDS)
    assert words.at(QPointF(0.15, 0.12)) == 0
    assert words.at(QPointF(0.9, 0.9)) is None
    assert words.near(QPointF(0.9, 0.21)) == 2
    words.choose(2, 1)
    assert words.text() == "error\ndeposit"
    assert joined(WORDS) == "Firewall error\ndeposit"
    assert WordSelection().near(QPointF(0, 0)) is None


def test_words_of_the_query_are_lit() -> None:
    assert lit(WORDS, '"Error" -deposit kind:photo') == (WORDS[1].box,)
    assert lit(WORDS, "") == ()


def test_text_in_a_picture_is_marked_and_copied(
    qtbot: QtBot, window: SearchWindow, engine: FakeEngine, show: Show
) -> None:
    show(0)
    stage = window.inspector.stage
    assert asked(engine) == [], "nothing is drawn for somebody who only passes by"
    hover(stage)
    qtbot.waitUntil(lambda: stage.preview is not None)
    assert asked(engine)[-1].size == READ_SIDE
    qtbot.waitUntil(lambda: stage.picture.repaint() or not stage.picture._target.isEmpty())

    def at(word: Word) -> QPoint:
        return stage.picture.seen_part(word.box).center().toPoint()

    QTest.mouseMove(stage.picture, at(WORDS[0]))
    assert stage.picture.cursor().shape() == Qt.CursorShape.IBeamCursor
    QTest.mousePress(stage.picture, Qt.MouseButton.LeftButton, pos=at(WORDS[0]))
    QTest.mouseMove(stage.picture, at(WORDS[1]))
    QTest.mouseRelease(stage.picture, Qt.MouseButton.LeftButton, pos=at(WORDS[1]))
    assert stage.picture.chosen_text == "Firewall error"
    stage.picture.setFocus()
    QTest.keyClick(stage.picture, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Firewall error"
    QTest.keyClick(stage.picture, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert stage.picture.chosen_text == "Firewall error\ndeposit"
    assert stage.picture._lit == (WORDS[2].box,), "what was searched for is lit"


def test_a_sharper_picture_is_drawn_when_somebody_zooms(
    qtbot: QtBot, window: SearchWindow, engine: FakeEngine, show: Show
) -> None:
    hit = show(0)
    stage = window.inspector.stage
    stage.tools.show()
    QTest.mouseClick(stage.tools._in, Qt.MouseButton.LeftButton)
    assert "%" in stage.tools._percent.text()
    qtbot.waitUntil(lambda: stage.preview is not None)
    assert asked(engine)[-1] == GetPreview(hit.path, size=MAX_SIDE)
    assert stage.picture.file.endswith("large.jpg")
    QTest.mouseClick(stage.tools._fit, Qt.MouseButton.LeftButton)
    assert stage.picture.zoom.fits
    show(1)
    assert stage.picture.zoom.fits
    assert stage.preview is None


# --- pages ---------------------------------------------------------------------------------------------


def test_neighbouring_pages_are_turned_to(
    qtbot: QtBot, window: SearchWindow, engine: FakeEngine, show: Show, tmp_path: Path
) -> None:
    path = tmp_path / "p4.jpg"
    page(600, 800, 4).save(str(path))
    hit = show(5)
    engine.previews[hit.path, 4] = Preview(str(path), 600, 800, 15, "deposit", (WORDS[2],))
    stage = window.inspector.stage
    assert stage.pages.sentence == "Page 3 of 14"
    QTest.mouseClick(stage.pages._on, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: stage.picture.file == str(path))
    assert stage.pages.sentence == "Page 4 of 15", "the file knows better"
    assert stage.place == (4, None)
    assert stage.picture._lit == (WORDS[2].box,)
    assert not any(button.isChecked() for button in stage.pages._group.buttons())
    stage.turn(-1)
    assert window.inspector.segment == hit.segment
    assert stage.picture.file == hit.segment.previews[0]
    for _ in range(5):
        stage.turn(-1)
    assert stage.pages.sentence == "Page 1 of 14"
    assert not stage.pages._back.isEnabled()


def test_a_page_that_cannot_be_drawn_is_told(
    qtbot: QtBot, window: SearchWindow, engine: FakeEngine, show: Show
) -> None:
    show(5)
    with qtbot.waitSignal(window.inspector.stage.said) as said:
        window.inspector.stage.turn(1)
    assert "cannot be shown large" in said.args[0]
    assert "cannot be shown large" in window.banner.sentence


def test_a_text_is_shown_from_the_passage_that_matched(qtbot: QtBot, qapp: QApplication) -> None:
    view = TextView()
    qtbot.addWidget(view)
    view.resize(300, 200)
    view.show()
    text = "\n".join(f"line {n} 🙂" for n in range(200)) + "\nThe plum   cake\nwith cardamom.\nThe end"
    view.show_text(text, "cardamom", "… plum cake with cardamom. The …")
    assert view.textCursor().block().text() == "The plum   cake"
    (selection,) = view.extraSelections()
    assert selection.cursor.selectedText() == "cardamom"
    assert view.isReadOnly()
    view.resize(1_400, 200)
    assert view.viewport().width() <= READABLE, "no line is too long to be read"
    assert abs(view.viewport().geometry().center().x() - 700) < 12
    assert view.document().textWidth() <= view.viewport().width(), "nothing is cut at its side"
    late = TextView()
    qtbot.addWidget(late)
    late.resize(1_400, 200)
    late.show_text(text, "", "")
    late.show()
    assert late.document().textWidth() <= late.viewport().width(), "nor where it was sized unseen"
    view.show_text(text, "zebra", "")
    assert view.textCursor().position() == 0


# --- moments -------------------------------------------------------------------------------------------


def test_a_bar_is_as_high_as_its_moment_fits(qtbot: QtBot) -> None:
    strip = MomentStrip()
    qtbot.addWidget(strip)
    strip.resize(300, 60)
    moments = [
        Segment("clip", 10.0 * n, 10.0 * n + 5, score=score) for n, score in enumerate((0.8, 0.4, 0.0))
    ]
    strip.show_moments(moments, 0, 60.0)
    heights = [strip.block(number).height() for number in range(3)]
    assert heights[0] == TALLEST
    assert heights[0] > heights[1] > heights[2] > 0
    assert len({strip.block(number).bottom() for number in range(3)}) == 1
    assert replace(moments[0], score=0.1) == moments[0], "a better score is no other place"


# --- parts ---------------------------------------------------------------------------------------------


def test_a_box_is_drawn_around_a_part(qtbot: QtBot, window: SearchWindow, show: Show) -> None:
    show(0)
    stage, view = window.inspector.stage, window.inspector.stage.picture
    qtbot.waitUntil(lambda: view.repaint() or not view._target.isEmpty())
    stage.tools.show()
    QTest.mouseClick(stage.tools.part, Qt.MouseButton.LeftButton)
    assert view.drawing
    assert stage.tools.part.isChecked()
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert not view.drawing
    view.draw_part()
    assert view.drawing
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not view.drawing
    assert window.search_bar.text == "deposit", "one layer at a time"
    view.draw_part()
    corner = view._target.topLeft().toPoint()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=corner + QPoint(20, 20))
    QTest.mouseMove(view, corner + QPoint(60, 60))
    dimmed = view.grab().toImage()
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=corner + QPoint(23, 22))
    assert view.drawing, "that was a slip"
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=corner + QPoint(20, 20))
    with qtbot.waitSignal(stage.part_drawn) as drawn:
        QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=corner + QPoint(120, 70))
    box = drawn.args[0]
    assert box.left == pytest.approx(20 / view._target.width(), abs=0.01)
    assert box.width == pytest.approx(100 / view._target.width(), abs=0.01)
    assert not view.drawing
    assert luminance(dimmed, corner + QPoint(40, 40)) > luminance(dimmed, corner + QPoint(100, 40))


def luminance(image: QImage, place: QPoint) -> float:
    return image.pixelColor(place * image.devicePixelRatio()).lightnessF()


# --- the same file elsewhere ---------------------------------------------------------------------------


def test_copies_and_what_looks_the_same(
    qtbot: QtBot, window: SearchWindow, engine: FakeEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(file_manager, "show_in_folder", lambda path, _parent: shown.append(path) or "")
    first, second, *_ = hits(tmp_path, 3)
    first = replace(first, folded=("/b/copy.jpg", *(f"/c/{n}.jpg" for n in range(10))))
    engine.copies = {first.path: ("/b/copy.jpg",)}
    engine.ready()
    window.search_bar.field.setText("x")
    window.session.ask()
    engine.answer((first, second))
    window.grid.choose_row(0)
    same = window.inspector.same
    assert same.paths == ("/b/copy.jpg", *(f"/c/{n}.jpg" for n in range(10)))

    def rows() -> list[Button]:
        return [each for each in same.findChildren(Button) if each.toolTip() and each.isVisible()]

    qtbot.waitUntil(lambda: len(rows()) == 8)
    QTest.mouseClick(next(row for row in rows() if row.toolTip() == "/b/copy.jpg"), Qt.MouseButton.LeftButton)
    assert shown == ["/b/copy.jpg"]
    same._show_more()
    qtbot.waitUntil(lambda: len(rows()) == 11)
    same.set_copies(first.path, tuple(f"/b/{n}.jpg" for n in range(5_000)))
    qtbot.waitUntil(lambda: len(rows()) == 108)  # not thousands of buttons at once
    window.grid.choose_row(1)
    assert not same.isVisible()

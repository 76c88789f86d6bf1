"""What is painted, and where, in a window that runs from right to left."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from fake_engine import FakeEngine
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter, QPalette, QTransform
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from window_sample import hits

from desktop_app.language import wording
from desktop_app.results.result_card import seen
from desktop_app.results.results_grid import View
from desktop_app.search_window import SearchWindow
from desktop_app.viewing.fact import Fact
from desktop_app.viewing.moment_strip import MomentStrip
from desktop_app.widgets import icons, theme
from desktop_app.widgets.controls import Label
from desktop_app.widgets.one_line import paint_line
from indexer.messages.query_messages import Completion
from indexer.messages.result_messages import Hit, Segment

RIGHT_TO_LEFT = Qt.LayoutDirection.RightToLeft
RIGHT, LEFT = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignLeft


def ink(text: str, height: int, *, right: bool = False) -> QImage:
    image = QImage(200, 40, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    paint_line(painter, QRect(20, 10, 160, height), text, right=right)
    painter.end()
    return image


def inked(image: QImage) -> QRect:
    """The part of a picture on which something was written."""
    dark = [
        (x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).lightness() < 128
    ]
    xs, ys = [x for x, _ in dark], [y for _, y in dark]
    return QRect(min(xs), min(ys), max(xs) - min(xs) + 1, max(ys) - min(ys) + 1)


def test_marks_of_direction_move_no_letter(qapp: QApplication) -> None:
    plain = ink("a_g.jpg", 16)
    assert ink(f"{wording.FIRST_STRONG_ISOLATE}a_g.jpg{wording.POP_ISOLATE}", 16) == plain
    assert inked(ink("g_", 8)).size() == inked(ink("g_", 20)).size(), "nothing is cut in a low line"


def test_a_line_ends_at_the_right_edge(qapp: QApplication) -> None:
    left, right = inked(ink("name", 16)), inked(ink("name", 16, right=True))
    assert abs(left.left() - 20) <= 2
    assert abs(right.right() - 179) <= 2
    assert left.top() == right.top()


def test_a_picture_keeps_its_shape_in_a_tile() -> None:
    tile = QRect(0, 0, 160, 120)

    def shown(width: int | None, height: int | None) -> QRect:
        return seen(Hit("/a", "photo", 1.0, "strong", (), Segment("image"), width=width, height=height), tile)

    assert shown(4000, 3000) == tile
    assert shown(1920, 1080) == QRect(0, 15, 160, 90)
    assert shown(3000, 6000) == QRect(50, 0, 60, 120)
    assert shown(3000, 2050) == tile, "nearly its shape: a little is cut"
    assert shown(None, None) == tile


@pytest.mark.parametrize("view", [View.GRID, View.LIST])
def test_a_result_is_mirrored_as_a_whole(
    window: SearchWindow, engine: FakeEngine, tmp_path: Path, view: View
) -> None:
    made = hits(tmp_path, 4)
    engine.browse = (replace(made[0], folded=("/same.jpg",)), *made[1:])
    window.header.choose_view(view)
    engine.ready()
    grid = window.grid
    cell = grid.cell_rect(0)
    card = grid._card
    places = [card._layout.tile, card._layout.name, card._layout.second]
    before = [card._place(place, cell.topLeft()) for place in places]
    fold = card.fold_rect(engine.browse[0], cell)
    grid.setLayoutDirection(RIGHT_TO_LEFT)
    mirror = grid.cell_rect(0)
    for place, was in zip(places, before, strict=True):
        now = card._place(place, mirror.topLeft())
        assert mirror.right() - now.right() == was.left() - cell.left()
        assert now.size() == was.size()
    moved = card.fold_rect(engine.browse[0], mirror)
    assert moved.left() - mirror.left() == cell.right() - fold.right()
    assert before[0].contains(fold)


def test_in_a_very_narrow_list_names_have_most_of_the_room(
    qtbot: QtBot, window: SearchWindow, engine: FakeEngine, tmp_path: Path
) -> None:
    engine.browse = hits(tmp_path, 4)
    window.header.choose_view(View.LIST)
    engine.ready()
    window.resize(640, 700)
    qtbot.waitUntil(lambda: window.grid.viewport().width() < 400)
    card = window.grid._card
    assert card._layout.name.width() > window.grid.viewport().width() / 2


def test_every_word_begins_at_the_same_edge(window: SearchWindow, engine: FakeEngine, tmp_path: Path) -> None:
    engine.browse = hits(tmp_path, 12)
    engine.ready()
    window.grid.choose_row(0)
    labels = [each for each in window.inspector.findChildren(QLabel) if isinstance(each, Label)]
    assert len(labels) > 8
    centred = [each for each in labels if each.alignment() & Qt.AlignmentFlag.AlignHCenter]
    leading = [each for each in labels if each not in centred]
    assert all(each.alignment() & LEFT for each in leading)
    window.setLayoutDirection(RIGHT_TO_LEFT)
    assert all(each.alignment() & RIGHT for each in leading), "names in another script as well"
    assert all(each.alignment() & Qt.AlignmentFlag.AlignHCenter for each in centred)
    assert window.search_bar.field.alignment() & RIGHT


def test_every_fact_is_level_with_its_caption(
    window: SearchWindow, engine: FakeEngine, qapp: QApplication, tmp_path: Path
) -> None:
    """Marks of direction, which only such a window has in its values, come from another font."""
    engine.browse = (replace(hits(tmp_path, 1)[0], size_bytes=1_111, modified=0.0),)
    qapp.setLayoutDirection(RIGHT_TO_LEFT)
    try:
        engine.ready()
        window.grid.choose_row(0)
        window.inspector.setFixedWidth(400)
        QApplication.processEvents()
        facts = window.inspector._facts
        rows = []
        for number in range(facts.rowCount()):
            items = (
                facts.itemAt(number, facts.ItemRole.LabelRole),
                facts.itemAt(number, facts.ItemRole.FieldRole),
            )
            caption, value = (item.widget() for item in items)
            assert isinstance(caption, QLabel)
            assert isinstance(value, QLabel)
            rows.append(caption.y())
            assert (caption.y(), caption.height()) == (value.y(), value.height()), value.text()
            caption.setText("H")
            value.setText(wording.FIRST_STRONG_ISOLATE + "H" + wording.POP_ISOLATE)
            tops = []
            for label in (caption, value):
                label.setForegroundRole(QPalette.ColorRole.WindowText)
                drawn = inked(label.grab().toImage())
                tops.append((label.y() + drawn.top(), drawn.height()))
                assert label.width() - drawn.right() <= 4, "where lines begin"
            assert tops[0] == tops[1]
        assert len({below - above for above, below in pairwise(rows)}) == 1, "the rows are even"
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.mark.parametrize("mirrored", [False, True])
def test_a_long_fact_is_level_with_its_caption_and_its_lines_are_even(
    window: SearchWindow, engine: FakeEngine, qapp: QApplication, tmp_path: Path, mirrored: bool
) -> None:
    made = hits(tmp_path, 1)[0]
    title = " ".join([wording.FIRST_STRONG_ISOLATE + "H" + wording.POP_ISOLATE] * 60)
    engine.browse = (replace(made, facts=replace(made.facts, title=title)),)
    qapp.setLayoutDirection(RIGHT_TO_LEFT if mirrored else Qt.LayoutDirection.LeftToRight)
    try:
        engine.ready()
        window.grid.choose_row(0)
        window.inspector.setFixedWidth(400)
        QApplication.processEvents()
        facts = window.inspector._facts
        value = next(each for each in window.inspector.findChildren(Fact) if each.text() == title)
        caption = facts.labelForField(value)
        assert isinstance(caption, QLabel)
        line = value.fontMetrics().height()
        assert value.height() == value.heightForWidth(value.width())
        assert value.height() >= 2 * line
        caption.setText("H")
        caption.setForegroundRole(QPalette.ColorRole.WindowText)
        image = value.grab().toImage()
        first, second = (inked(image.copy(0, number * line, image.width(), line)) for number in (0, 1))
        drawn = inked(caption.grab().toImage())
        assert (caption.y() + drawn.top(), drawn.height()) == (value.y() + first.top(), first.height())
        assert (second.top(), second.height()) == (first.top(), first.height())
        if mirrored:
            assert image.width() - first.right() <= 6, "where lines begin"
        else:
            assert first.left() <= 4
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_width_comes_before_height_in_every_direction(qapp: QApplication, qtbot: QtBot) -> None:
    fact = Fact("4000 × 111")
    qtbot.addWidget(fact)
    fact.resize(fact.sizeHint())
    before = fact.grab().toImage()
    qapp.setLayoutDirection(RIGHT_TO_LEFT)
    try:
        after = fact.grab().toImage()
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    assert after.copy(inked(after)) == before.copy(inked(before))


def test_offers_are_listed_below_the_beginning_of_the_words(
    qtbot: QtBot, window: SearchWindow, engine: FakeEngine
) -> None:
    engine.ready()
    window.setLayoutDirection(RIGHT_TO_LEFT)
    field = window.search_bar.field
    popup = field.popup
    assert popup is not None
    popup.offer([Completion("kind:", "kind:")], window.search_bar.corner(window))
    assert popup.geometry().right() == field.mapTo(window, field.rect().topRight()).x()
    window.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    popup.offer([Completion("kind:", "kind:")], window.search_bar.corner(window))
    assert popup.geometry().left() == field.mapTo(window, field.rect().topLeft()).x()


def test_a_label_that_ends_a_line_ends_it_there_too(qtbot: QtBot) -> None:
    label = Label("Folder")
    qtbot.addWidget(label)
    label.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
    assert label.alignment() & RIGHT
    label.setLayoutDirection(RIGHT_TO_LEFT)
    assert label.alignment() & LEFT
    assert label.alignment() & Qt.AlignmentFlag.AlignVCenter


def test_icons_of_reading_are_mirrored_and_others_are_not(qapp: QApplication) -> None:
    def drawn(name: str) -> QImage:
        return icons.pixmap(name, theme.DARK.text, 24, 1.0).toImage()

    names = ("list", "previous", "play", "search")
    before = {name: drawn(name) for name in names}
    qapp.setLayoutDirection(RIGHT_TO_LEFT)
    try:
        after = {name: drawn(name) for name in names}
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    for name in ("list", "previous"):
        assert after[name] != before[name]
        assert after[name].transformed(QTransform.fromScale(-1, 1)) == before[name]
    assert after["play"] == before["play"]
    assert after["search"] == before["search"]


def test_time_runs_the_same_way_everywhere(qtbot: QtBot) -> None:
    strip = MomentStrip()
    qtbot.addWidget(strip)
    strip.resize(300, 60)
    strip.show_moments([Segment("clip", 10.0, 15.0, score=0.5)], 0, 60.0)
    before = strip.block(0)
    strip.setLayoutDirection(RIGHT_TO_LEFT)
    assert strip.block(0) == before
    assert before.center().x() < 150

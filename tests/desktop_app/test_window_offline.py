"""Files on a disk that is not connected are found, and look as if they were away."""

from dataclasses import replace
from pathlib import Path

from fake_engine import FakeEngine
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot
from window_sample import hits

from desktop_app.actions import Command
from desktop_app.language import wording
from desktop_app.search_window import SearchWindow

DAY = 1_700_000_000.0


def test_a_result_on_an_unplugged_disk(
    qtbot: QtBot, window: SearchWindow, engine: FakeEngine, tmp_path: Path
) -> None:
    here, *others = hits(tmp_path, 4, searched=False)
    away = replace(here, path="/media/stick/away.jpg", offline="Holiday", last_seen=DAY)
    engine.ready()
    window.search_bar.field.setText("deposit")
    window.session.ask()
    engine.answer([here, away, *others])
    file = (here.thumbnail, window.grid._cards.frame(window.devicePixelRatioF()))
    qtbot.waitUntil(lambda: window.thumbnails.pixmap(*file) is not None)
    window.grid.choose_row(1)
    assert window.inspector.facts["Drive"] == f"“Holiday” is not connected  ·  last seen {wording.date(DAY)}"
    qtbot.wait(300)  # pictures come softly
    assert strength(window, 1) < 0.6 * strength(window, 0), "its picture is pale"
    window.grid.choose_row(0)
    assert "Drive" not in window.inspector.facts
    assert (wording.away(away), wording.away(here)) == ("“Holiday” is not connected", "")
    assert wording.spoken(away).endswith(", “Holiday” is not connected"), "who does not see it hears it"


def test_a_file_on_it_is_not_called_deleted(window: SearchWindow, engine: FakeEngine, tmp_path: Path) -> None:
    away = replace(hits(tmp_path, 1)[0], path="/media/stick/away.jpg", offline="Holiday")
    engine.ready()
    window.search_bar.field.setText("deposit")
    window.session.ask()
    engine.answer((away,))
    window.grid.choose_row(0)
    for command in (Command.OPEN, Command.SHOW_IN_FOLDER, Command.OPEN_WITH):
        window.say("")
        window.actions_[command].trigger()
        assert window.banner.sentence == "“Holiday” is not connected. Connect it and try again."


def strength(window: SearchWindow, row: int) -> float:
    """How far the pixels of a card's picture are from those of the card around it."""
    grid = window.grid
    cell = grid.visualRect(grid.model().index(row, 0))
    image = grid.viewport().grab(cell.adjusted(20, 20, -20, -60)).toImage()
    image = image.convertToFormat(QImage.Format.Format_Grayscale8)
    ground = window.palette().window().color().lightness()
    pixels = [
        abs(image.pixelColor(x, y).lightness() - ground)
        for x in range(0, image.width(), 4)
        for y in range(0, image.height(), 4)
    ]
    return sum(pixels) / len(pixels)

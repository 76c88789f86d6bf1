"""A film played in the large view, out of pictures that the engine draws."""

from pathlib import Path

import pytest
from fake_engine import FakeEngine
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from window_sample import hits, landscape

from desktop_app.search_window import SearchWindow
from desktop_app.viewing.film_player import RATE, SECONDS, FilmPlayer
from desktop_app.viewing.moment_strip import MomentStrip
from indexer.messages.item_messages import GetFilm
from indexer.messages.result_messages import Hit, Segment

Frames = tuple[str, ...]


@pytest.fixture
def frames(tmp_path: Path) -> Frames:
    """Fifty seconds; each second has the same picture."""
    files = []
    for second in range(50):
        files.append(str(tmp_path / f"film-{second}.jpg"))
        landscape(160, 90, 1, second / 50).save(files[-1])
    return tuple(files[number // RATE] for number in range(50 * RATE))


@pytest.fixture
def film(window: SearchWindow, engine: FakeEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Hit:
    """A film of the sample is chosen."""
    monkeypatch.setattr("desktop_app.widgets.theme.moves", lambda _style: True)
    found = hits(tmp_path, 5)
    engine.ready()
    window.search_bar.field.setText("x")
    window.session.ask()
    engine.answer(found)
    window.grid.choose_row(3)
    return found[3]


def asked(engine: FakeEngine) -> list[GetFilm]:
    return [request for request in engine.requests if isinstance(request, GetFilm)]


def test_it_plays_from_the_moment_and_asks_ahead(
    qtbot: QtBot, window: SearchWindow, engine: FakeEngine, film: Hit, frames: Frames
) -> None:
    engine.films[film.path] = frames
    video = window.looking.peek.stage.video
    assert video._player is not None
    video._player._timer.setInterval(5)
    seen: list[float] = []
    video._player.shown.connect(lambda _file, moment: seen.append(moment))
    window.looking._open()
    qtbot.waitUntil(lambda: len(seen) > 3 * SECONDS * RATE)
    assert seen[0] == film.segment.start_s
    assert seen == [42.0 + number / RATE for number in range(len(seen))], "not one is left out"
    assert "without sound" in window.looking.peek.about
    assert video.picture.file == frames[round(seen[-1] * RATE)]
    QTest.mouseClick(video.picture, Qt.MouseButton.LeftButton)
    assert not video.playing
    QTest.keyClick(window.looking.peek, Qt.Key.Key_P)
    assert video.playing
    qtbot.waitUntil(lambda: not video.playing)
    assert seen[-1] == 50 - 1 / RATE, "to its end"
    assert not window.inspector.stage.video.playing, "one at a time"
    video.moments.chosen.emit(1)
    qtbot.waitUntil(lambda: seen[-1] == 8.0 or (8.0 in seen and video.playing))
    window.looking.peek.put_away()
    assert not video.playing


def test_what_cannot_be_played_shows_its_few_pictures(
    qtbot: QtBot, window: SearchWindow, engine: FakeEngine, film: Hit
) -> None:
    window.looking._open()
    video = window.looking.peek.stage.video
    qtbot.waitUntil(lambda: "cannot be shown large" in window.looking.peek.about)
    assert video._timer.isActive()
    assert video.picture.file in film.segment.previews
    engine.films[film.path] = (film.thumbnail,) * 400
    video.moments.chosen.emit(1)
    qtbot.waitUntil(lambda: video.picture.file == film.thumbnail)


def test_an_answer_to_an_older_moment_is_dropped(qtbot: QtBot, engine: FakeEngine, frames: Frames) -> None:
    player = FilmPlayer(engine)
    shown: list[float] = []
    player.shown.connect(lambda _file, moment: shown.append(moment))
    player.play("/a.mp4", 0.0)  # refused: nothing is known of it
    assert not player.playing
    engine.films["/a.mp4"] = frames
    player.play("/a.mp4", 10.0)
    player._timer.setInterval(1)
    qtbot.waitUntil(lambda: len(shown) > 2)
    assert shown[0] == 10.0
    player._arrived(player._turn - 1, None)  # type: ignore[arg-type]
    player.stop()
    assert len(asked(engine)) >= 2


def test_a_moment_that_is_gone_to_is_heard(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []
    monkeypatch.setattr("desktop_app.viewing.moment_strip.announce", lambda _strip, said: heard.append(said))
    strip = MomentStrip()
    qtbot.addWidget(strip)
    strip.show_moments((Segment("clip", 8.0, 16.0), Segment("clip", 42.0, 50.0)), 0, 171.0)
    QTest.keyClick(strip, Qt.Key.Key_Right)
    assert heard == ["0:42"]

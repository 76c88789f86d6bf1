"""Every screen in a made-up language of long words, from right to left, and for people who do not see it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fake_engine import READY, FakeEngine
from PySide6.QtCore import Qt, QTranslator
from PySide6.QtGui import QAccessible, QTextLayout, QTextOption
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from test_onboarding import MACHINE, MODELS
from test_window_looks import clipped
from window_sample import hits

from desktop_app.engine_client import Link
from desktop_app.language import wording
from desktop_app.library.status_line import StatusLine
from desktop_app.onboarding.onboarding import Onboarding
from desktop_app.palette import Palette
from desktop_app.query.filter_menus import RangeDialog
from desktop_app.results.thumbnails import Thumbnails
from desktop_app.search_window import SearchWindow
from desktop_app.settings.preferences import Preferences
from desktop_app.settings.settings_dialog import SettingsDialog
from desktop_app.system import autostart
from indexer.messages.model_messages import Models
from indexer.messages.privacy_messages import Connection, Connections
from indexer.messages.problem_messages import Problem
from indexer.messages.result_messages import Hit, Segment
from indexer.messages.work_messages import FolderStatus
from indexer.paths import Paths

ACCENTS = str.maketrans("aceinosuyAEIOU", "áçéíñöšüýÅÉÎÖÜ")
FOLDERS = (
    FolderStatus("/home/ada/Pictures", 18_002, 6_000),
    FolderStatus("/home/ada/Scans", 4, 3, paused=True),
    FolderStatus("/media/backup/Photos", 812, 3, offline=True, volume="Backup", last_seen=1.7e9),
)
BUSY = replace(
    READY,
    state="indexing",
    pending=6_000,
    eta_s=400.0,
    rate=14.0,
    unread=30,
    incomplete=1_200,
    failed=3,
    skipped=2,
    folders=FOLDERS,
)
RIGHT_TO_LEFT = Qt.LayoutDirection.RightToLeft
NO_TEXT_OF_OURS = {"Deutsch", "English", "中文"}


class Pseudo(QTranslator):
    """Each text a third longer, with accents, between brackets."""

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        parts = source.split("{")  # what is filled in keeps its name
        said = parts[0].translate(ACCENTS) + "".join(
            "{" + name + "}" + rest.translate(ACCENTS)
            for name, _, rest in (part.partition("}") for part in parts[1:])
        )
        return f"⟦{said}{'·' * (len(source) // 3)}⟧"

    def isEmpty(self) -> bool:
        return False


@pytest.fixture
def pseudo(qapp: QApplication) -> Iterator[None]:
    made = Pseudo()
    qapp.installTranslator(made)
    yield
    qapp.removeTranslator(made)


@pytest.fixture
def mirrored(qapp: QApplication) -> Iterator[None]:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def seen_order(text: str, *words: str, direction: Qt.LayoutDirection = RIGHT_TO_LEFT) -> list[str]:
    """These words of a line in a window that runs this way, from left to right as they are seen."""
    layout = QTextLayout(text)
    option = QTextOption()
    option.setTextDirection(direction)
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(option)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()

    def left(word: str) -> float:
        runs = layout.glyphRuns(text.index(word), len(word))
        return min(place.x() for run in runs for place in run.positions())

    return sorted(words, key=left)


@pytest.mark.usefixtures("mirrored")
def test_words_and_numbers_keep_their_order_from_right_to_left(engine: FakeEngine) -> None:
    assert seen_order("12 Jul 2024", "12", "Jul", "2024") != ["12", "Jul", "2024"], "so this can fail"
    noon = wording.date(1_720_778_400.0)
    assert seen_order(noon, "12", "Jul", "2024") == ["12", "Jul", "2024"]
    whole = wording.date_and_time(1_720_778_400.0)
    assert seen_order(whole, "12", "Jul", "2024", ",") == ["12", "Jul", "2024", ","]
    assert seen_order(wording.size(240_500), "240.5", "kB") == ["240.5", "kB"]
    assert seen_order(wording.taken("2024-07-12T19:02:33"), "12", "Jul") == ["12", "Jul"]
    status = replace(BUSY, eta_s=3_000.0)
    said = StatusLine().sentence(Link.READY, status)
    words = ("11,999", "of 18,002", "understood", "about", "50", "left")
    # the first part is read first, so it stands at the right; within each the words run as they do
    assert seen_order(said, *words) == ["about", "50", "left", "11,999", "of 18,002", "understood"]
    hit = Hit("/home/ada/2024 notes (final).pdf", "document", 0.5, "strong", (), Segment("text"))
    assert seen_order(wording.name(hit), "2024", "notes", "final", ".pdf") == [
        "2024",
        "notes",
        "final",
        ".pdf",
    ]


def test_what_runs_the_other_way_does_not_pull_its_neighbours_along(qapp: QApplication) -> None:
    folder, day = "תמונות", "12 Jul 2024"
    left = Qt.LayoutDirection.LeftToRight
    said = wording.joined((folder, day))
    assert seen_order(f"{folder} · {day}", "12", folder, "Jul", direction=left)[0] == "12", "so this can fail"
    assert seen_order(said, "12", folder, "Jul", direction=left) == [folder, "12", "Jul"]
    assert wording.joined(("/home/ada", day, "")) == "/home/ada · 12 Jul 2024", "nothing to be marked"


Screens = Callable[[], Iterator[tuple[str, QWidget]]]


@pytest.fixture
def screens(
    qtbot: QtBot, engine: FakeEngine, paths: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Screens]:
    """Each screen shown, one after the other, with something on it."""
    monkeypatch.setattr(autostart, "entry", lambda: tmp_path / "autostart.desktop")
    engine.browse = hits(tmp_path, 12)
    engine.replies = {
        "GetModels": Models(MODELS), "GetMachine": MACHINE,
        "GetConnections": Connections((Connection(1.7e9, "hub.example", "model small", 4_300),)),
    }  # fmt: skip
    engine.problems = tuple(Problem(f"/p/{n}.jpg", "failed", "It is cut off.") for n in range(3))
    window = SearchWindow(engine, paths)
    onboarding = Onboarding(engine, window.place.settings)
    thumbnails = Thumbnails()
    palette = Palette(engine, thumbnails)
    for widget in (window, onboarding, palette):
        qtbot.addWidget(widget)

    def each() -> Iterator[tuple[str, QWidget]]:
        window.show()
        engine.ready(BUSY)
        window.grid.choose_row(0)
        yield "results", window
        window.search_bar.field.setText("nothing")
        window.session.ask()
        engine.answer(())
        yield "nothing found", window
        dates = RangeDialog(window)
        dates.show()
        yield "dates", dates
        dates.close()
        window.dialogs.show_folders()
        page = window.dialogs.page
        assert page is not None
        yield "folders", page
        page.turn_to(problems=True)
        yield "problems", page
        page.close()
        setup = window.onboarding.models.setup
        settings = SettingsDialog(engine, Preferences(paths), window.actions_, paths, setup, window)
        settings.show()
        yield "settings", settings
        settings.close()
        onboarding.resize(1_000, 900)
        onboarding.add_folder("/home/ada/Scans")
        onboarding.show()
        yield "first start, folders", onboarding
        onboarding.start.click()
        yield "first start, models", onboarding
        onboarding.models.go.click()
        yield "first start, download", onboarding
        palette.summon()
        yield "palette", palette

    yield each
    palette.hide()
    onboarding.close()
    window.close()
    window.query_images.clear()
    window.thumbnails.stop()
    thumbnails.stop()


@pytest.mark.usefixtures("pseudo")
def test_no_word_is_cut_off_or_left_in_english(qtbot: QtBot, screens: Screens) -> None:
    for name, screen in screens():
        qtbot.waitUntil(lambda screen=screen: clipped(screen) == [], timeout=3_000)
        if isinstance(screen, SearchWindow) and screen.inspector.isVisible():
            area = screen.inspector
            qtbot.waitUntil(lambda area=area: area.widget().width() <= area.viewport().width())
        english = [
            button.text()
            for button in screen.findChildren(QPushButton)
            if button.isVisible() and button.text() and "⟦" not in button.text()
        ]
        assert set(english) <= NO_TEXT_OF_OURS, name


@pytest.mark.usefixtures("mirrored")
def test_from_right_to_left_everything_is_mirrored(qtbot: QtBot, screens: Screens) -> None:
    for name, screen in screens():
        qtbot.waitUntil(lambda screen=screen: clipped(screen) == [], timeout=3_000)
        assert screen.isRightToLeft(), name
        if name == "results":
            assert isinstance(screen, SearchWindow)
            assert screen.inspector.mapTo(screen, screen.inspector.rect().center()).x() < screen.width() / 2
        assert not screen.grab().isNull()


def test_every_control_of_every_screen_has_a_name(screens: Screens) -> None:
    nameless = []
    for name, screen in screens():
        QApplication.processEvents()
        for widget in screen.findChildren(QWidget):
            if widget.isVisibleTo(screen) and widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
                said = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
                if not said:
                    nameless.append((name, type(widget).__name__, widget.parent()))
    assert nameless == []

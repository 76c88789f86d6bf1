"""Colours, icons, and that no text is cut off without an ellipsis."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fake_engine import READY, FakeEngine
from PySide6.QtCore import QDate, QLocale, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QIcon, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from window_sample import hits

import desktop_app
from desktop_app.language import i18n, wording
from desktop_app.search_window import SearchWindow
from desktop_app.widgets import fields, icons, theme
from desktop_app.widgets.controls import Look
from desktop_app.widgets.question import Question
from indexer.messages.result_messages import Hit, Segment

ICONS = sorted(icons.FOLDER.glob("*.svg"))

LOOKS = [theme.LIGHT, theme.DARK, theme.HIGH_LIGHT, theme.HIGH_DARK]
LOOK_NAMES = ["light", "dark", "high contrast, light", "high contrast, dark"]


def luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def contrast(one: QColor, other: QColor) -> float:
    """As WCAG 2 computes it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def over(colour: QColor, ground: QColor) -> QColor:
    part = colour.alphaF()
    return QColor.fromRgbF(
        *(
            part * front + (1 - part) * back
            for front, back in zip(colour.getRgbF()[:3], ground.getRgbF()[:3], strict=True)
        )
    )


@pytest.mark.parametrize("named", LOOKS, ids=LOOK_NAMES)
@pytest.mark.parametrize(("text", "ground"), theme.TEXT_PAIRS)
def test_all_writing_can_be_read(named: theme.Colours, text: str, ground: str) -> None:
    behind: QColor = getattr(named, ground)
    for below in (QColor("white"), QColor("black")) if behind.alpha() < 255 else (behind,):
        assert contrast(getattr(named, text), over(behind, below)) >= 4.5


@pytest.mark.parametrize("named", LOOKS, ids=LOOK_NAMES)
def test_the_palette_can_be_read_too(named: theme.Colours) -> None:
    made = theme.palette(named)
    role = QPalette.ColorRole
    for text, ground in (
        (role.WindowText, role.Window), (role.Text, role.Base), (role.Text, role.AlternateBase),
        (role.ButtonText, role.Button), (role.HighlightedText, role.Highlight),
        (role.ToolTipText, role.ToolTipBase), (role.PlaceholderText, role.Base), (role.Link, role.Base),
    ):  # fmt: skip
        assert contrast(made.color(text), made.color(ground)) >= 4.5, (text, ground)
    assert theme.colours(made) is named


def test_contrast_is_computed_right() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("white")) == pytest.approx(4.48, abs=0.01)


def test_colours_are_named_in_one_file_only() -> None:
    literal = re.compile(r"#[0-9a-fA-F]{6}\b|QColor\(\s*\d|GlobalColor\.(?!transparent|black)")
    for file in Path(desktop_app.__file__).parent.rglob("*.py"):
        if file.name != "theme.py":
            assert not literal.search(file.read_text(encoding="utf-8")), file


def test_the_theme_follows_the_choice(qapp: QApplication, window: SearchWindow, qtbot: QtBot) -> None:
    look = qapp.findChildren(theme.Theme)[0]
    ground = (5, window.height() // 2)
    try:
        look.choose("dark")
        qtbot.waitUntil(lambda: window.grab().toImage().pixelColor(*ground) == theme.DARK.window)
        look.choose("system")
        dark = qapp.styleHints().colorScheme() == Qt.ColorScheme.Dark
        assert theme.colours(qapp.palette()) is (theme.DARK if dark else theme.LIGHT)
    finally:
        look.choose("light")
    qtbot.waitUntil(lambda: window.grab().toImage().pixelColor(*ground) == theme.LIGHT.window)


def test_icons_are_one_family() -> None:
    assert len(ICONS) > 20
    for file in ICONS:
        root = ElementTree.parse(file).getroot()  # noqa: S314  # our own files
        if file.stem == "sightline":
            continue
        assert root.attrib["viewBox"] == "0 0 24 24", file
        assert root.attrib["stroke"] == "currentColor", file
        assert root.attrib["stroke-width"] == "1.75", file


@pytest.mark.parametrize("file", ICONS, ids=lambda file: file.stem)
def test_every_icon_paints_in_the_asked_colour(qapp: QApplication, file: Path) -> None:
    made = icons.pixmap(file.stem, theme.DARK.text, 24, 2.0)
    assert made.width() == 48
    image = made.toImage()
    painted = [
        image.pixelColor(x, y) for x in range(48) for y in range(48) if image.pixelColor(x, y).alpha() > 250
    ]
    assert painted
    if file.stem != "sightline":
        assert all(abs(colour.red() - theme.DARK.text.red()) < 6 for colour in painted)


def test_every_icon_named_in_the_code_exists() -> None:
    there = {file.stem for file in ICONS}
    used = set()
    for file in Path(desktop_app.__file__).parent.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        used |= set(re.findall(r'icons\.pixmap\(\s*"([a-z-]+)"', text))
        used |= set(re.findall(r'(?:Button|Symbol|Message|Chip)\((?:[^()"]|"",)*"([a-z-]+)"[,)]', text))
        used |= set(re.findall(r'icon_name = "([a-z-]+)"', text))
    assert used - there == set()
    assert set(icons.KINDS.values()) | set(icons.CHANNELS.values()) <= there
    assert isinstance(icons.application_icon(), QIcon)


def clipped(window: SearchWindow) -> list[str]:
    """Texts that do not fit their place and do not say so."""
    found = []
    for label in window.findChildren(QLabel):
        if label.isVisible() and label.text() and not label.wordWrap():
            if (
                label.sizeHint().width() > label.width() + 1
                and label.sizePolicy().horizontalPolicy().name != "Ignored"
            ):
                found.append(label.text())
        elif label.isVisible() and label.text() and label.heightForWidth(label.width()) > label.height() + 1:
            found.append(label.text())
    for button in window.findChildren(QPushButton):
        if button.isVisible() and button.text() and button.sizeHint().width() > button.width() + 1:
            found.append(button.text())
    return found


def inside(widget: QWidget, window: QWidget) -> bool:
    return window.rect().contains(QRect(widget.mapTo(window, widget.rect().topLeft()), widget.size()))


@pytest.mark.parametrize("width", [640, 1180, 1920])
def test_no_text_is_clipped(
    qtbot: QtBot, window: SearchWindow, engine: FakeEngine, tmp_path: Path, width: int
) -> None:
    path = "/home/ada/" + "folder/" * 30 + "x" * 120 + ".jpg"
    long = Hit(path, "photo", 0.9, "strong", ("meaning", "words", "name"), Segment("image"), modified=1.7e9)
    engine.browse = (long, *hits(tmp_path, 12))
    window.resize(width, 700)
    engine.ready(READY)
    for row in (0, 4, 6, 9):
        window.grid.choose_row(row)
        qtbot.waitUntil(lambda: clipped(window) == [])
        for each in (window.inspector, window.search_bar, window.status_line):
            qtbot.waitUntil(lambda each=each: inside(each, window), timeout=5_000)
    window.search_bar.field.setText("nothing")
    window.session.ask()
    engine.answer(())
    qtbot.waitUntil(lambda: clipped(window) == [])


def test_words_for_places_and_numbers() -> None:
    assert wording.clock(42.9) == "0:42"
    assert wording.clock(3_803) == "1:03:23"
    assert wording.counted(1, "1 file", "{n} files") == "1 file"
    assert wording.counted(12_430, "1 file", "{n} files") == "12,430 files"
    assert wording.size(240_000) == "240.0 kB"
    assert wording.duration(20) == "about a minute"
    assert wording.duration(400) == "about 7 minutes"
    assert wording.duration(9_000) == "about 2 hours"
    assert wording.duration(1_000_000) == "about 12 days"
    assert wording.date(0) == ""


def test_dates_are_written_as_the_language_does(qapp: QApplication) -> None:
    noon = 1_720_778_400.0
    assert wording.date(noon) == "12 Jul 2024"
    for name, language, said in (
        ("de", QLocale.Language.German, "12. Juli 2024"),
        ("zh", QLocale.Language.Chinese, "2024年7月12日"),
    ):
        words = i18n.Translator()
        assert words.load(f"sightline_{name}", str(i18n.FOLDER))
        qapp.installTranslator(words)
        QLocale.setDefault(QLocale(language))
        wording._date.cache_clear()
        try:
            assert wording.date(noon) == said
            assert wording.taken("2024-07-12T19:02:33").startswith(said)
            assert wording.labelled("MB", "2") == ("MB：2" if name == "zh" else "MB: 2")
        finally:
            qapp.removeTranslator(words)
            QLocale.setDefault(QLocale(QLocale.Language.English))
            wording._date.cache_clear()


def test_fields_follow_the_look(qapp: QApplication, qtbot: QtBot) -> None:
    look = qapp.findChildren(theme.Theme)[0]
    form = fields.Form()
    line, number, several, bar = QLineEdit(form), fields.Number(), fields.Choice(), fields.Bar()
    day = fields.Day(QDate(2024, 5, 1), "From")
    several.addItems(["Like the desktop", "Dark"])
    column = QVBoxLayout(form)
    for each in (line, number, several, day, bar):
        column.addWidget(each)
    qtbot.addWidget(form)
    form.show()
    assert number.lineEdit().text() == "0"
    room = number.lineEdit().size()
    assert room.height() >= number.fontMetrics().height(), "its digits are seen"
    assert room.width() > number.fontMetrics().horizontalAdvance("10,000 pixels")
    bar.setRange(0, 100)
    bar.setValue(50)
    try:
        for wanted, named in (("light", theme.LIGHT), ("dark", theme.DARK)):
            look.choose(wanted)
            for field in (line, number, several, day):
                middle = (field.width() - 40, field.height() // 2)
                qtbot.waitUntil(
                    lambda field=field, middle=middle, named=named: (
                        field.grab().toImage().pixelColor(*middle) == named.surface
                    )
                )
            drawn = bar.grab().toImage()
            assert drawn.pixelColor(bar.width() // 4, 3) == named.accent
            assert drawn.pixelColor(3 * bar.width() // 4, 3) == named.track
    finally:
        look.choose("light")


def test_a_question_wears_the_windows_clothes_and_obeys_the_keyboard(
    qapp: QApplication, qtbot: QtBot
) -> None:
    look = qapp.findChildren(theme.Theme)[0]
    try:
        for wanted, named in (("light", theme.LIGHT), ("dark", theme.DARK)):
            look.choose(wanted)
            for key, expected in ((Qt.Key.Key_Return, "Keep it"), (Qt.Key.Key_Escape, "Back")):
                box = Question("Delete?", "Delete all of it?", "It cannot be undone.")
                qtbot.addWidget(box)
                keep = box.answer("Keep it", Question.ButtonRole.AcceptRole, Look.PRIMARY)
                delete = box.answer("Delete", Question.ButtonRole.DestructiveRole)
                box.answer("Back", Question.ButtonRole.RejectRole)
                with qtbot.waitExposed(box):
                    box.open()
                image = box.grab().toImage()
                ratio = image.devicePixelRatio()
                for button, colour in ((keep, named.accent), (delete, named.surface)):
                    inside = button.mapTo(box, QPoint(6, button.height() // 2)) * ratio
                    assert image.pixelColor(inside) == colour
                assert image.pixelColor(3, 3) == named.window
                assert box.focusWidget() is keep
                QTest.keyClick(keep, key)
                assert box.clickedButton().text() == expected
            box.open()
            delete.setFocus(Qt.FocusReason.TabFocusReason)
            QTest.keyClick(delete, Qt.Key.Key_Return)
            assert box.clickedButton() is delete, "not the one that Enter presses elsewhere"
    finally:
        look.choose("light")


@pytest.mark.parametrize("named", LOOKS, ids=LOOK_NAMES)
def test_how_full_a_bar_is_can_be_seen(named: theme.Colours) -> None:
    for full in (named.accent, named.quiet):
        assert contrast(full, named.track) >= 3

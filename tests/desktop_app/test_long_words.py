"""A name of 250 letters without a blank, or one that looks like HTML, wherever a sentence says it."""

import pytest
from fake_engine import FakeEngine
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QProgressDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.acting.background_job import BackgroundJob
from desktop_app.search_window import SearchWindow
from desktop_app.widgets.choices import CheckBox
from desktop_app.widgets.controls import Button, ElidedLabel, Label
from desktop_app.widgets.question import Question

NAME = "a" * 246 + ".jpg"
SENTENCE = f"{NAME} is no longer there. It was moved, renamed or deleted."


def needed(widget: QWidget) -> int:
    QApplication.processEvents()
    return widget.minimumSizeHint().width()


class Ends(BackgroundJob):
    def work(self) -> str:
        return ""


def test_no_window_becomes_as_wide_as_a_name(qtbot: QtBot, window: SearchWindow, engine: FakeEngine) -> None:
    engine.ready()
    before = needed(window)
    window.say(SENTENCE)
    assert window.banner.sentence == SENTENCE
    assert needed(window) < before + 100
    window.dialogs.show_folders()
    page = window.dialogs.page
    assert page is not None
    wide = page.width()
    page.say(SENTENCE)
    assert needed(page) < wide
    assert page.width() == wide
    page.close()
    window.onboarding.say(SENTENCE)
    assert needed(window.onboarding.widget()) < 800
    window.commands._jobs.start(Ends(), f"Copying to /home/ada/{NAME}…")
    dialog = window.findChild(QProgressDialog)
    assert isinstance(dialog, QProgressDialog)
    assert dialog.sizeHint().width() < 800
    assert dialog.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating), "its Stop waits for no keys"
    qtbot.waitUntil(lambda: not window.commands.busy)


@pytest.mark.usefixtures("qapp")
def test_a_broken_word_is_heard_and_read_whole(qtbot: QtBot) -> None:
    label = Label("short")
    qtbot.addWidget(label)
    label.setWordWrap(True)
    assert label.accessibleName() == ""
    label.setText(SENTENCE)
    assert label.text() == label.accessibleName() == SENTENCE
    assert "\u200b" in QLabel.text(label)
    label.setText("short again")
    assert label.accessibleName() == "", "what is shown is what is heard"
    assert QLabel.text(label) == "short again"


def test_a_name_that_looks_like_html_is_shown_as_it_is(qtbot: QtBot) -> None:
    name = f"<b>{NAME}</b>"
    box = Question("Remove?", f"Remove “{name}”?", "It goes.")
    qtbot.addWidget(box)
    with qtbot.waitExposed(box):
        box.show()
    for label in box.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText
    assert box.findChild(QLabel, "qt_msgbox_label").accessibleName() == f"Remove “{name}”?"
    assert box.layout().minimumSize().width() < 800
    button, line = Button("", "open", name="Open <b>a</b>\n& b"), ElidedLabel(name)
    for widget in (button, line):
        qtbot.addWidget(widget)
    assert button.toolTip() == "Open &lt;b&gt;a&lt;/b&gt;<br>&amp; b"
    line.resize(50, 20)
    line.grab()
    assert line.toolTip() == f"&lt;b&gt;{NAME}&lt;/b&gt;"
    button.setToolTip("a & b")
    assert button.toolTip() == "a & b", "most need nothing of that"


@pytest.mark.parametrize("kind", [Button, CheckBox])
def test_a_name_with_an_ampersand_is_no_key(qtbot: QtBot, kind: type[Button] | type[CheckBox]) -> None:
    made = kind("Q&A && more")
    qtbot.addWidget(made)
    assert made.shortcut().isEmpty()
    assert made.text() == "Q&A && more"

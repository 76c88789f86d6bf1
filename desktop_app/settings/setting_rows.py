"""The rows of the settings: a title, a sentence, and a control that fits the kind of the value."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from desktop_app.language import wording
from desktop_app.widgets import theme
from desktop_app.widgets.announcing import announce
from desktop_app.widgets.choices import CheckBox
from desktop_app.widgets.controls import Button, Label, Look, outlined
from desktop_app.widgets.fields import Choice

CONTROL, HEIGHT = 220, 32
"""Size of a control that is not just a tick."""


class SettingRow(QWidget):
    """One setting."""

    def __init__(
        self, title: str, about: str, control: QWidget | None = None, below: QWidget | None = None
    ) -> None:
        super().__init__()
        self.title = title
        self.about = about
        self.control = control
        self.first = True
        words = QVBoxLayout()
        words.setSpacing(2)
        name = Label(title, weight=QFont.Weight.Medium)
        name.setWordWrap(True)
        words.addWidget(name)
        self.note = Label(about, quiet=True, scale=0.95)
        self.note.setWordWrap(True)
        self.note.setVisible(bool(about))
        words.addWidget(self.note)
        if below is not None:
            words.addSpacing(theme.XS)
            words.addWidget(below)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        row.setSpacing(theme.L)
        row.addLayout(words, 1)
        if control is not None:
            name_control(control, title, about)
            row.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)

    def say(self, sentence: str) -> None:
        """Another sentence below the title; "" for the usual one."""
        news = self.isVisible() and sentence != self.note.text()
        self.note.setText(sentence or self.about)
        self.note.setVisible(bool(sentence or self.about))
        if news:
            announce(self, sentence)

    def fits(self, words: Sequence[str]) -> bool:
        """Whether all of these stand in it somewhere, as what can be chosen there, too."""
        there = [self.title, self.about]
        there += [each.text() for each in self.findChildren(QLabel)]
        there += [each.text() for each in self.findChildren(QAbstractButton)]
        for each in self.findChildren(QComboBox):
            there += [each.itemText(number) for number in range(each.count())]
        text = "\n".join(there).casefold()
        return all(word in text for word in words)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.first:
            line = theme.colours(self.palette()).line
            QPainter(self).fillRect(theme.L, 0, self.width() - 2 * theme.L, 1, line)


class Section(QWidget):
    """Rows under a heading; hides itself when no row is left."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title
        self.rows: list[SettingRow] = []
        self._frame = _Frame()
        self._inside = QVBoxLayout(self._frame)
        self._inside.setContentsMargins(1, 1, 1, 1)
        self._inside.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.L)
        column.setSpacing(theme.S)
        self._heading = Label(title, scale=1.2, weight=QFont.Weight.DemiBold)
        column.addWidget(self._heading)
        column.addWidget(self._frame)

    def set_title(self, title: str) -> None:
        """Another heading."""
        self.title = title
        self._heading.setText(title)

    def add(self, row: SettingRow) -> SettingRow:
        """Below the others."""
        self.rows.append(row)
        self._inside.addWidget(row)
        self._draw_lines()
        return row

    def show_only(self, words: Sequence[str]) -> bool:
        """The rows that fit; all of them when the heading does. Returns whether there are any."""
        whole = all(word in self.title.casefold() for word in words)
        for row in self.rows:
            row.setVisible(whole or row.fits(words))
        self._draw_lines()
        there = any(not row.isHidden() for row in self.rows)
        self.setVisible(there)
        return there

    def _draw_lines(self) -> None:
        shown = [row for row in self.rows if not row.isHidden()]
        for number, row in enumerate(shown):
            row.first = number == 0
            row.update()


class _Frame(QFrame):
    def paintEvent(self, event: QPaintEvent) -> None:
        named = theme.colours(self.palette())
        outlined(QPainter(self), QRectF(self.rect()), named.surface, named.line, theme.RADIUS + 2)


class _Keys(QKeySequenceEdit):
    """Says what to do in a few words of ours: Qt's own do not fit into it in German."""

    def say_what_to_do(self) -> None:
        """Qt puts its own words back whenever it is emptied."""
        for field in self.findChildren(QLineEdit):
            field.setPlaceholderText(self.tr("Press keys"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        self.say_what_to_do()


class KeyEdit(QWidget):
    """Keys to be pressed, and a cross that takes them away."""

    def __init__(self, keys: str, changed: Callable[[str], object]) -> None:
        super().__init__()
        self._changed = changed
        self.edit = _Keys(QKeySequence(keys))
        self.edit.setMaximumSequenceLength(1)
        for field in self.edit.findChildren(QLineEdit):
            field.setMinimumHeight(HEIGHT)
        self.edit.setClearButtonEnabled(False)
        self.edit.editingFinished.connect(self._finished)
        self.clear = Button("", "close", Look.QUIET, self.tr("No keys"))
        self.clear.on_click(self._clear)
        self.setFixedWidth(CONTROL)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.XS)
        row.addWidget(self.edit, 1)
        row.addWidget(self.clear)
        self._update()

    @property
    def keys(self) -> str:
        """As settings keep them."""
        return self.edit.keySequence().toString(QKeySequence.SequenceFormat.PortableText)

    def set_keys(self, keys: str) -> None:
        """Show others."""
        self.edit.setKeySequence(QKeySequence(keys))
        self._update()

    def _finished(self) -> None:
        self._update()
        self._changed(self.keys)

    def _clear(self) -> None:
        self.edit.clear()
        self._finished()

    def _update(self) -> None:
        self.edit.say_what_to_do()
        self.clear.setEnabled(not self.edit.keySequence().isEmpty())


def choice(options: Sequence[tuple[str, str]], value: str, changed: Callable[[str], object]) -> Choice:
    """One of several values, each with its words."""
    made = Choice()
    made.setFixedWidth(CONTROL)
    made.setMinimumHeight(HEIGHT)
    for data, text in options:
        made.addItem(text, data)
    if made.findData(value) < 0:  # written into the file by hand
        made.addItem(value, value)
    made.setCurrentIndex(made.findData(value))
    made.activated.connect(lambda _row: changed(made.currentData()))
    return made


def switch(value: bool, changed: Callable[[bool], object]) -> CheckBox:
    """On or off."""
    made = CheckBox("")
    made.setChecked(value)
    made.clicked.connect(changed)
    return made


def line(value: str, hint: str, changed: Callable[[str], object]) -> QLineEdit:
    """Words."""
    made = QLineEdit(value)
    made.setFixedWidth(CONTROL)
    made.setMinimumHeight(HEIGHT)
    made.setPlaceholderText(hint)
    made.editingFinished.connect(lambda: changed(made.text().strip()))
    return made


def show_value(control: QWidget | None, value: object) -> None:
    """What a setting is now, whoever changed it."""
    if isinstance(control, CheckBox):
        control.setChecked(bool(value))
    elif isinstance(control, Choice):
        control.setCurrentIndex(control.findData(str(value)))
    elif isinstance(control, KeyEdit):
        control.set_keys(str(value))
    elif isinstance(control, QLineEdit):
        control.setText(str(value))


def name_control(control: QWidget, title: str, about: str) -> None:
    """For screen readers: what the row says."""
    if isinstance(control, Button) and control.text():
        control.setAccessibleName(control.text())
    elif isinstance(control, KeyEdit):
        control.edit.setAccessibleName(title)
        for field in control.edit.findChildren(QLineEdit):
            field.setAccessibleName(title)
        control.clear.setAccessibleName(wording.labelled(title, control.clear.accessibleName()))
    else:
        control.setAccessibleName(title)
    control.setAccessibleDescription(about)

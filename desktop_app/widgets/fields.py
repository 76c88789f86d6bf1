"""What is typed into, chosen from and filled up, in the same clothes as our own controls.

Why a style sheet for what is typed into, and painting for the rest: Qt's fields know all about languages,
cursors and screen readers, and need only another frame. A choice and a bar are little more than one.
"""

from PySide6.QtCore import QDate, QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QTextCharFormat, QWheelEvent
from PySide6.QtWidgets import QComboBox, QDateEdit, QDialog, QProgressBar, QSpinBox, QWidget

from desktop_app.widgets import icons, theme
from desktop_app.widgets.controls import focus_ring, outlined
from desktop_app.widgets.one_line import paint_line

ARROW = 16
BAR = 6
NUMBER = QSize(110, 32)
DAY = QSize(160, 32)

FRAMES = f"""
QLineEdit, QSpinBox, QDateEdit, QPlainTextEdit, QListWidget#framed {{
    background: palette(base); border: 1px solid palette(mid); border-radius: {theme.RADIUS}px;
    padding: 0 {theme.S - 1}px;
}}
QPlainTextEdit, QListWidget#framed {{ padding: {theme.XS}px; }}
QLineEdit:focus, QSpinBox:focus, QDateEdit:focus, QPlainTextEdit:focus, QListWidget#framed:focus {{
    border: 2px solid palette(highlight); padding: 0 {theme.S - 2}px;
}}
QPlainTextEdit:focus, QListWidget#framed:focus {{ padding: {theme.XS - 1}px; }}
QSpinBox::up-button, QSpinBox::down-button {{ width: 0; }}
QDateEdit::drop-down {{ border: none; width: {theme.S + ARROW + theme.XS}px; }}
QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus {{
    background: transparent; border: none; padding: 0;
}}
QCalendarWidget QToolButton {{
    background: transparent; border: none; color: palette(highlighted-text); font-weight: bold;
    padding: {theme.XS}px {theme.S}px;
}}
QCalendarWidget QToolButton::menu-indicator {{ image: none; }}
"""
"""The style sheet of a `Form`."""


class Form(QDialog):
    """A dialog with fields."""

    _dressing = True  # Qt tells of changes while the object is being made

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dress()

    def _dress(self) -> None:
        """Anew for each look: Qt keeps the colours of what has a style sheet."""
        self._dressing = True
        self.setStyleSheet("")
        self.setStyleSheet(FRAMES)
        self._dressing = False

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and not self._dressing:
            self._dress()


class Choice(QComboBox):
    """One of several values. The wheel scrolls the page, it does not change a setting in passing."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        named = theme.colours(self.palette())
        box = QRectF(self.rect())
        fill = named.hover if self.isEnabled() and self.underMouse() else named.surface
        outlined(painter, box, fill, named.line, theme.RADIUS)
        if self.hasFocus():
            focus_ring(painter, box, named.accent, theme.RADIUS)
        mirrored = self.isRightToLeft()
        arrow = icons.pixmap("down", named.quiet, ARROW, self.devicePixelRatioF())
        x = theme.S if mirrored else self.width() - theme.S - ARROW
        painter.drawPixmap(x, (self.height() - ARROW) // 2, arrow)
        start, end = theme.M, theme.S + ARROW + theme.XS
        words = box.marginsRemoved(theme.margins(start, end, mirrored=mirrored).toMarginsF())
        painter.setPen(named.text if self.isEnabled() else named.quiet)
        said = self.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, int(words.width())
        )
        paint_line(painter, words, said, right=mirrored)


class Number(QSpinBox):
    """Typed, or changed with the arrow keys: buttons of this size are hard to hit. The wheel scrolls."""

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumSize(NUMBER)
        self.lineEdit().setTextMargins(theme.S, 0, theme.S, 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Day(QDateEdit):
    """Typed, or chosen from a calendar."""

    def __init__(self, day: QDate, name: str) -> None:
        super().__init__(day)
        self.setAccessibleName(name)
        self.lineEdit().setAccessibleName(name)
        self.setMinimumSize(DAY)
        self.setCalendarPopup(True)
        for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):  # red, which is hard to read in the dark
            self.calendarWidget().setWeekdayTextFormat(weekend, QTextCharFormat())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        arrow = icons.pixmap("down", theme.colours(self.palette()).quiet, ARROW, self.devicePixelRatioF())
        x = theme.S if self.isRightToLeft() else self.width() - theme.S - ARROW
        QPainter(self).drawPixmap(x, (self.height() - ARROW) // 2, arrow)


class Bar(QProgressBar):
    """How far something is, without a word."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextVisible(False)
        self.setFixedHeight(BAR)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        named = theme.colours(self.palette())
        whole = QRectF(self.rect())
        outlined(painter, whole, named.track, None, BAR / 2)
        if self.maximum() <= self.minimum():  # nobody knows how far
            faint = QColor(named.accent)
            faint.setAlphaF(0.4)
            outlined(painter, whole, faint, None, BAR / 2)
            return
        part = (self.value() - self.minimum()) / (self.maximum() - self.minimum())
        width = max(float(BAR), whole.width() * part)
        left = whole.width() - width if self.isRightToLeft() else 0.0
        outlined(painter, QRectF(left, 0, width, BAR), named.accent, None, BAR / 2)

"""A box to tick, and a round one of several: as clear in the dark as in the light, and under the keyboard."""

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton

from desktop_app.language import wording
from desktop_app.widgets import icons, theme
from desktop_app.widgets.controls import focus_ring, outlined
from desktop_app.widgets.one_line import paint_line

EDGE = 18
"""Of the box."""

AROUND = 4
"""Room for the ring where the keyboard is, and for a gap within it: a ticked box has the ring's colour."""

INSET = EDGE + 2 * AROUND + theme.S
"""Where the text begins."""

CORNER = 5
DOT = 8


def _size(button: QAbstractButton) -> QSize:
    metrics = button.fontMetrics()
    if not button.text():
        return QSize(EDGE + 2 * AROUND, EDGE + 2 * AROUND)
    width = INSET + metrics.horizontalAdvance(button.text())
    return QSize(width + theme.XS, max(EDGE + 2 * AROUND, metrics.height() + theme.XS))


def _paint(button: QAbstractButton, corner: float) -> None:
    painter = QPainter(button)
    named = theme.colours(button.palette())
    mirrored = button.isRightToLeft()
    left = button.width() - EDGE - AROUND if mirrored else AROUND
    box = QRectF(left, (button.height() - EDGE) / 2, EDGE, EDGE)
    chosen = button.isChecked()
    outlined(painter, box, named.accent if chosen else named.window, None if chosen else named.quiet, corner)
    if chosen and corner == CORNER:
        mark = icons.pixmap("check", named.on_accent, 16, button.devicePixelRatioF())
        painter.drawPixmap(box.topLeft() + QPointF(1, 1), mark)
    elif chosen:
        dot = QRectF(0, 0, DOT, DOT)
        dot.moveCenter(box.center())
        outlined(painter, dot, named.on_accent, None, DOT / 2)
    if button.hasFocus():
        ring = box.adjusted(-AROUND, -AROUND, AROUND, AROUND)
        focus_ring(painter, ring, named.accent, corner + AROUND - 1)
    place = button.rect().adjusted(0, 0, -INSET, 0) if mirrored else button.rect().adjusted(INSET, 0, 0, 0)
    painter.setPen(named.text)
    paint_line(painter, place, wording.isolated(button.text()), right=mirrored)


class CheckBox(QCheckBox):
    """On or off. A click anywhere on it counts."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.setText(text)

    def text(self) -> str:
        return wording.unescaped(super().text())

    def setText(self, text: str) -> None:
        super().setText(wording.escaped(text))

    def sizeHint(self) -> QSize:
        return _size(self)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        _paint(self, CORNER)


class RadioButton(QRadioButton):
    """One of several. A click anywhere on it counts."""

    def sizeHint(self) -> QSize:
        return _size(self)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        _paint(self, EDGE / 2)

"""What a file says about itself: a value level with its caption, whatever fonts it needs."""

import math

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QTextLayout, QTextOption

from desktop_app.widgets import theme
from desktop_app.widgets.controls import Label

LONG = 24
"""Characters; longer ones, such as titles and places, may take several lines."""

LEAST = 60
"""Width of a long one, in device-independent pixels, below which nobody could read it."""


class Fact(Label):
    """A value. Its lines are those of the captions: the tallest of its fonts moves none of them.

    Why not a label that wraps: that one gives each line the height of the tallest font in it, and marks of
    direction, which every value has in a window from right to left, come from another font.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text.replace("\n", " "))
        self._long = len(text) > LONG
        policy = self.sizePolicy()
        policy.setHeightForWidth(self._long)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return self._long

    def heightForWidth(self, width: int) -> int:
        return self.fontMetrics().height() * max(1, self._laid_out(width).lineCount())

    def sizeHint(self) -> QSize:
        return QSize(1 + self.fontMetrics().horizontalAdvance(self.text()), self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(LEAST, hint.width()), hint.height()) if self._long else hint

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(theme.colours(self.palette()).text)
        self._laid_out(self.width()).draw(painter, QPointF(0, 0))

    def _laid_out(self, width: int) -> QTextLayout:
        made = QTextLayout(self.text(), self.font(), self)
        option = QTextOption(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # width × height stays that
        wrap = QTextOption.WrapMode
        option.setWrapMode(wrap.WrapAtWordBoundaryOrAnywhere if self._long else wrap.NoWrap)
        made.setTextOption(option)
        metrics = self.fontMetrics()
        made.beginLayout()
        while (line := made.createLine()).isValid():
            line.setLineWidth(width)
            left = width - math.ceil(line.naturalTextWidth()) if self.isRightToLeft() else 0  # a whole pixel
            baseline = line.lineNumber() * metrics.height() + metrics.ascent()
            line.setPosition(QPointF(left, baseline - line.ascent()))
        made.endLayout()
        return made

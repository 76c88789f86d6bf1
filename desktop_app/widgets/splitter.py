"""Between two regions of the window: a line that can be dragged."""

from PySide6.QtCore import QEvent, QRectF
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QWidget

from desktop_app.widgets import theme
from desktop_app.widgets.controls import outlined


class Splitter(QSplitter):
    """Between two regions; the handle shows itself under the pointer only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(theme.S)

    def createHandle(self) -> QSplitterHandle:
        return _SplitterHandle(self.orientation(), self)


class _SplitterHandle(QSplitterHandle):
    def paintEvent(self, event: QPaintEvent) -> None:
        if self.underMouse():
            middle = QRectF(self.width() / 2 - 1, self.height() / 2 - 24, 2, 48)
            outlined(QPainter(self), middle, theme.colours(self.palette()).quiet, None, 1)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

"""What lies over the box while results are dragged across it: on one side more like this, on one less."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFont,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QWidget

from desktop_app.results.results_model import RESULT_FORMAT
from desktop_app.widgets import icons, theme
from desktop_app.widgets.controls import ICON, outlined


class ExampleDrop(QWidget):
    """Covers the box while there is something to drop.

    Signals:
        dropped(bool): the dragged results were dropped; True on the side for less.
    """

    dropped = Signal(bool)

    def __init__(self, box: QWidget) -> None:
        super().__init__(box)
        self._less: bool | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        box.setAcceptDrops(True)
        box.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What is dragged across the box."""
        if isinstance(event, QDragEnterEvent):
            self._enter(event)
        elif event.type() == QEvent.Type.DragLeave:
            self.hide()
        elif event.type() == QEvent.Type.Drop and isinstance(event, QDropEvent):
            self.hide()
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.dropped.emit(self._is_less(event.position().x()))
        elif isinstance(event, QDragMoveEvent):
            self._less = self._is_less(event.position().x())
            self.update()
            event.accept()
        else:
            return super().eventFilter(watched, event)
        return True

    def _enter(self, event: QDragEnterEvent) -> None:
        """Take results of this window; whatever else is dragged is for others."""
        box, source = self.parentWidget(), event.source()
        ours = isinstance(source, QWidget) and box is not None and source.window() is box.window()
        if not ours or not event.mimeData().hasFormat(RESULT_FORMAT) or box is None:
            event.ignore()
            return
        self.setGeometry(box.rect())
        self.raise_()
        self.show()
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def _is_less(self, x: float) -> bool:
        return (x > self.width() / 2) != self.isRightToLeft()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        named = theme.colours(self.palette())
        outlined(painter, QRectF(self.rect()), named.surface, named.accent, theme.RADIUS + 4)
        painter.setFont(theme.font(self.font(), 1.0, QFont.Weight.DemiBold))
        half = self.width() / 2
        for less, text, symbol, colour in (
            (False, self.tr("More like this"), "similar", named.accent),
            (True, self.tr("Less like this"), "less", named.danger),
        ):
            x = half if less != self.isRightToLeft() else 0.0
            side = QRectF(x, 0, half, self.height()).adjusted(4, 4, -4, -4)
            if less == self._less:
                ground = QColor(colour)
                ground.setAlphaF(0.12)
                outlined(painter, side, ground, None, theme.RADIUS)
            width = painter.fontMetrics().horizontalAdvance(text)
            left = side.center().x() - (width + ICON + theme.S) / 2
            made = icons.pixmap(symbol, colour, ICON, self.devicePixelRatioF())
            painter.drawPixmap(int(left), int(side.center().y() - ICON / 2), made)
            painter.setPen(colour)
            words = QRectF(left + ICON + theme.S, side.top(), width + 2, side.height())
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, text)

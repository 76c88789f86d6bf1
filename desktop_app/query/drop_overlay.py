"""What lies over the window while something is dragged across it."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop_app.widgets import icons, theme


class DropOverlay(QWidget):
    """Covers its parent; lets every event through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._under = parent
        self._text = ""
        self._symbol = "picture-search"
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def offer(self, text: str, symbol: str) -> None:
        """Say what dropping would do."""
        self._text, self._symbol = text, symbol
        self.setGeometry(self._under.rect())
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        named = theme.colours(self.palette())
        veil = QColor(named.window)
        veil.setAlphaF(0.95)
        painter.fillRect(self.rect(), veil)
        frame = QRectF(self.rect()).adjusted(theme.XL, theme.XL, -theme.XL, -theme.XL)
        pen = QPen(named.accent, 2, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRoundedRect(frame, 16, 16)
        middle = frame.center()
        mark = icons.pixmap(self._symbol, named.accent, 56, self.devicePixelRatioF())
        painter.drawPixmap(int(middle.x() - 28), int(middle.y() - 60), mark)
        painter.setPen(named.text)
        painter.setFont(theme.font(self.font(), 1.3, QFont.Weight.DemiBold))
        words = frame.adjusted(theme.L, frame.height() / 2 + theme.M, -theme.L, 0)
        centred = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.drawText(words, centred | Qt.TextFlag.TextWordWrap, self._text)

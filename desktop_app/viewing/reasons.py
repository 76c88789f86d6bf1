"""Why a result is here, as a box of lines: how sure, and through which channels."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.language import wording
from desktop_app.results.result_card import DOT, paint_dots
from desktop_app.widgets import icons, theme
from desktop_app.widgets.controls import outlined
from desktop_app.widgets.one_line import paint_line
from indexer.messages.result_messages import Hit


class Reasons(QWidget):
    """Why a result is here: how sure, and through which channels, one line each."""

    LINE = 24

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hit: Hit | None = None
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_hit(self, hit: Hit) -> None:
        """Hidden for files that were not searched for."""
        self._hit = hit
        self.setVisible(bool(hit.matched))
        self.setAccessibleName(f"{self._sentence(hit)}. {wording.why(hit)}")
        self.updateGeometry()
        self.update()

    @staticmethod
    def _sentence(hit: Hit) -> str:
        """How sure, and where in the file."""
        return wording.joined((wording.relevance_sentence(hit.relevance), wording.place(hit.segment)))

    def sizeHint(self) -> QSize:
        lines = 1 + (len(self._hit.matched) if self._hit is not None else 0)
        return QSize(200, theme.S * 2 + lines * self.LINE)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._hit is None:
            return
        painter = QPainter(self)
        named = theme.colours(self.palette())
        outlined(painter, QRectF(self.rect()), named.surface, named.line, theme.RADIUS)
        mirrored = self.isRightToLeft()
        lines: list[tuple[str, str]] = [("", self._sentence(self._hit))]
        lines += [(icons.CHANNELS[channel], wording.channel(channel)) for channel in self._hit.matched]
        for number, (symbol, text) in enumerate(lines):
            top = theme.S + number * self.LINE
            x = self.width() - theme.M - 18 if mirrored else theme.M
            colour = named.quiet
            if symbol:
                made = icons.pixmap(symbol, named.quiet, 18, self.devicePixelRatioF())
                painter.drawPixmap(QPointF(x, top + (self.LINE - 18) / 2), made)
            else:
                colour = named.text
                dots = named.good if self._hit.relevance == "strong" else named.quiet
                left = QPointF(x + (18 - 2 * DOT - 3) / 2, top + self.LINE / 2)
                paint_dots(painter, dots, left, self._hit.relevance, mirrored=mirrored)
            painter.setPen(colour)
            painter.setFont(theme.font(self.font(), 1.0, None if symbol else QFont.Weight.DemiBold))
            inset = theme.M + 18 + theme.S
            place = QRectF(theme.M, top, self.width() - inset - theme.M, self.LINE)
            if not mirrored:
                place.moveLeft(inset)
            elided = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(place.width()))
            paint_line(painter, place, elided, right=mirrored)

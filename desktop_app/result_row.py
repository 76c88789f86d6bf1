"""One result as a line of the list view: small picture, name, folder, and what is compared at a glance."""

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QPainter

from desktop_app import theme, wording
from desktop_app.result_card import DOT, GAP, LEFT, PADDING, RIGHT, CardLayout, ResultCard, paint_dots
from indexer.result_messages import Hit

PICTURE = (64, 48)
NARROW = 620
"""Below this width only the name, its folder and the relevance have room."""

COLUMN = 96


class ResultRow(ResultCard):
    """Paints lines instead of cards."""

    def set_width(self, width: int) -> int:
        names, small = self._name_metrics.height(), self._small_metrics.height()
        height = max(PICTURE[1] + PADDING, names + small + PADDING)
        card = QRect(GAP, 1, width - 2 * GAP, height)
        tile = QRect(card.left() + PADDING, 1 + (height - PICTURE[1]) // 2, *PICTURE)
        left = tile.right() + 1 + theme.M
        room = card.right() - PADDING - left - self._columns(width) * COLUMN
        top = 1 + (height - names - small - 2) // 2
        name = QRect(left, top, room, names)
        second = QRect(left, top + names + 2, room, small)
        self._layout = CardLayout(card, tile, name, second)
        return height + 2

    @property
    def _height(self) -> int:
        return self._layout.card.height() + 2

    def fold_rect(self, hit: Hit, cell: QRect) -> QRect:
        if not hit.folded:
            return QRect()
        tile = self._layout.tile.translated(cell.topLeft())
        width = self._small_metrics.horizontalAdvance(f"+{len(hit.folded)}") + 10
        height = self._small_metrics.height()
        return QRect(tile.right() + 1 - width, tile.top(), width, height)

    def _columns(self, width: int) -> int:
        """Relevance; and size and date if there is room."""
        return 3 if width >= NARROW else 1

    def _paint_second_line(
        self, painter: QPainter, named: theme.Colours, hit: Hit, place: QRect, mirrored: bool
    ) -> None:
        painter.setFont(self._small_font)
        painter.setPen(named.quiet)
        folder = hit.snippet or wording.folder(hit)
        mode = Qt.TextElideMode.ElideRight if hit.snippet else Qt.TextElideMode.ElideMiddle
        said = self._small_metrics.elidedText(folder, mode, place.width())
        painter.drawText(place, RIGHT if mirrored else LEFT, said)
        cells = [wording.date(hit.modified), wording.size(hit.size_bytes)]
        card = self._layout.card
        top = place.bottom() + 1 - (place.height() + self._name_metrics.height() + 2)
        line = QRect(place.left(), top, 0, place.bottom() + 1 - top)
        origin = place.left() - self._layout.second.left()
        right = origin + card.right() - PADDING
        for text in cells if self._columns(card.width() + 2 * GAP) == 3 else ():
            painter.drawText(QRect(right - COLUMN, line.top(), COLUMN, line.height()), RIGHT, text)
            right -= COLUMN
        if hit.matched:
            colour = named.good if hit.relevance == "strong" else named.quiet
            word = wording.relevance(hit.relevance)
            left = right - COLUMN + theme.S
            middle = QPointF(left, line.center().y() + 0.5)
            paint_dots(painter, colour, middle, hit.relevance)
            painter.setPen(named.quiet)
            painter.drawText(QRect(left + 2 * DOT + 9, line.top(), COLUMN, line.height()), LEFT, word)

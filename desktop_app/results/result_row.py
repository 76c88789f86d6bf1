"""One result as a line of the list view: small picture, name, folder, and what is compared at a glance."""

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter

from desktop_app.language import wording
from desktop_app.results.result_card import (
    DOTS_WIDTH,
    GAP,
    PADDING,
    PLAY,
    CardLayout,
    ResultCard,
    paint_play,
)
from desktop_app.widgets import icons, theme
from desktop_app.widgets.controls import outlined
from desktop_app.widgets.one_line import paint_line
from indexer.messages.result_messages import Hit

PICTURE = (64, 48)
NARROW = 620
"""Below this width only the name, its folder and the relevance have room."""

NARROWER = 400
"""Below this one the relevance is its dots alone."""

COLUMN = 96
SYMBOL = 22
MARGIN = 3
"""Around what lies on the small picture."""


class ResultRow(ResultCard):
    """Paints lines instead of cards."""

    def _lay_out(self) -> CardLayout:
        names, small = self._name_metrics.height(), self._small_metrics.height()
        height = max(PICTURE[1] + PADDING, names + small + PADDING)
        card = QRect(GAP, 1, self._width - 2 * GAP, height)
        tile = QRect(card.left() + PADDING, 1 + (height - PICTURE[1]) // 2, *PICTURE)
        left = tile.right() + 1 + theme.M
        room = card.right() + 1 - PADDING - left - self._columns_width()
        top = 1 + (height - names - small - 2) // 2
        name = QRect(left, top, room, names)
        second = QRect(left, top + names + 2, room, small)
        return CardLayout(card, tile, name, second)

    def set_width(self, width: int, *, mirrored: bool = False) -> int:
        super().set_width(width, mirrored=mirrored)
        return self._layout.card.height() + 2

    def fold_rect(self, hit: Hit, cell: QRect) -> QRect:
        if not hit.folded:
            return QRect()
        tile = self._place(self._layout.tile, cell.topLeft())
        width = self._small_metrics.horizontalAdvance(f"+{len(hit.folded)}") + 10
        box = QRect(tile.topLeft() + QPoint(MARGIN, MARGIN), QSize(width, self._small_metrics.height() + 1))
        if not self._mirrored:
            box.moveRight(tile.right() - MARGIN)
        return box

    def _paint_badge(self, painter: QPainter, named: theme.Colours, hit: Hit, tile: QRect) -> None:
        """The small picture has room for the sign for playing only; the rest is in the second line."""
        if hit.kind != "video":
            return
        box = QRectF(tile.left() + MARGIN, tile.bottom() + 1 - MARGIN - 16, 18, 16)
        if self._mirrored:
            box.moveRight(tile.right() + 1 - MARGIN)
        outlined(painter, box, named.badge, None, 4)
        paint_play(painter, named, box.center() - QPointF(PLAY / 2 - 1, 0))

    def _paint_stand_in(self, painter: QPainter, named: theme.Colours, hit: Hit, tile: QRect) -> None:
        symbol = icons.pixmap(
            icons.KINDS[hit.kind], named.quiet, SYMBOL, painter.device().devicePixelRatioF()
        )
        painter.drawPixmap(tile.center() - QPoint(SYMBOL // 2 - 1, SYMBOL // 2 - 1), symbol)

    def _columns(self) -> int:
        """Relevance; and size and date if there is room."""
        return 3 if self._width >= NARROW else 1

    def _columns_width(self) -> int:
        return self._columns() * COLUMN if self._width >= NARROWER else DOTS_WIDTH + theme.S

    def _paint_second_line(self, painter: QPainter, named: theme.Colours, hit: Hit, origin: QPoint) -> None:
        painter.setFont(self._small_font)
        painter.setPen(named.quiet)
        place = self._place(self._layout.second, origin)
        where = wording.badge(hit)
        room = place.width() - (self._small_metrics.horizontalAdvance(f"{where} · ") if where else 0)
        about = hit.snippet or wording.folder(hit)
        mode = Qt.TextElideMode.ElideRight if hit.snippet else Qt.TextElideMode.ElideMiddle
        said = wording.joined((where, self._small_metrics.elidedText(about, mode, max(0, room))))
        paint_line(painter, place, said, right=self._mirrored)
        card = self._layout.card
        end = card.right() + 1 - PADDING
        away = self._small_metrics.elidedText(hit.offline, Qt.TextElideMode.ElideRight, COLUMN - theme.S)
        when = away or wording.day(hit)  # as on a card
        for text in (when, wording.size(hit.size_bytes)) if self._columns() == 3 else ():
            cell = self._place(QRect(end - COLUMN, card.top(), COLUMN, card.height()), origin)
            paint_line(painter, cell, text, right=not self._mirrored)
            end -= COLUMN
        if hit.matched:
            worded = self._width >= NARROWER
            left = end - (COLUMN - theme.S if worded else DOTS_WIDTH)
            line = QRect(left, card.top(), COLUMN, card.height())
            self._paint_relevance(painter, named, hit, line, origin, worded=worded)

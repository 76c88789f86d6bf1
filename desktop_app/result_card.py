"""One result as it is painted: the picture, its badge, the name, and how sure the search is."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app import icons, theme, wording
from desktop_app.controls import focus_ring, outlined
from desktop_app.picture_part import paint_part, whole_picture
from desktop_app.results_model import HIT, UNFOLDED, Index, card_picture
from desktop_app.thumbnails import Frame, Thumbnails
from desktop_app.zoom import placed
from indexer.result_messages import Hit, Relevance

GAP = 4
"""Between the cell's edge and the card."""

PADDING = theme.S
SMALL = 0.9
"""Scale of the second line and the badge."""

DOTS: dict[Relevance, int] = {"strong": 2, "possible": 1, "weak": 0}
"""Filled ones of two; the word stands beside them."""

DOT = 6
TILE_RADIUS = 6

AWAY = 0.4
"""How strongly a picture is shown whose file lies on a disk that is not connected."""

NEARLY = 0.12
"""A picture of nearly the tile's shape may lose this part, so that the grid is calm."""

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute


@dataclass(frozen=True, slots=True)
class CardLayout:
    """Where everything lies, relative to the cell."""

    card: QRect
    tile: QRect
    name: QRect
    second: QRect

    @classmethod
    def of(cls, width: int, name_height: int, second_height: int) -> "CardLayout":
        """For a cell of this width; the height follows."""
        tile_width = width - 2 * (GAP + PADDING)
        tile = QRect(GAP + PADDING, GAP + PADDING, tile_width, round(tile_width * 3 / 4))
        name = QRect(tile.left(), tile.bottom() + 1 + theme.S, tile_width, name_height)
        second = QRect(tile.left(), name.bottom() + 1 + 2, tile_width, second_height)
        card = QRect(GAP, GAP, width - 2 * GAP, second.bottom() + 1 + PADDING - GAP)
        return cls(card, tile, name, second)

    @property
    def height(self) -> int:
        """Of the whole cell."""
        return self.card.bottom() + 1 + GAP


class ResultCard(QStyledItemDelegate):
    """Paints cards. Fonts and places are worked out once per font and width, not per card."""

    def __init__(self, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._base = QFont()
        self._name_font = QFont()
        self._small_font = QFont()
        self._name_metrics = QFontMetrics(self._base)
        self._small_metrics = QFontMetrics(self._base)
        self._layout = CardLayout.of(200, 16, 14)
        self.set_font(self._base)

    def set_font(self, base: QFont) -> None:
        """Use sizes relative to this font."""
        self._base = base
        self._name_font = theme.font(base, 1.0, QFont.Weight.Medium)
        self._small_font = theme.font(base, SMALL)
        self._name_metrics = QFontMetrics(self._name_font)
        self._small_metrics = QFontMetrics(self._small_font)

    def set_width(self, width: int) -> int:
        """Lay the cards out for cells of this width; returns their height."""
        self._layout = CardLayout.of(width, self._name_metrics.height(), self._small_metrics.height())
        return self._layout.height

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._layout.card.width() + 2 * GAP, self._layout.height)

    def frame(self, ratio: float) -> Frame:
        """The room of a card's picture on a screen of this density."""
        tile = self._layout.tile
        return Frame(
            "card",
            round(tile.width() * ratio),
            round(tile.height() * ratio),
            round(TILE_RADIUS * ratio),
            NEARLY,
        )

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        hit: Hit | None = index.data(HIT)
        named = theme.colours(option.palette)
        origin = option.rect.topLeft()
        if hit is None:
            self._paint_waiting(painter, named, origin)
            return
        card = QRectF(self._layout.card.translated(origin))
        state = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected:
            outlined(painter, card, named.chosen, named.accent, theme.RADIUS + 2)
        elif state & QStyle.StateFlag.State_MouseOver:
            outlined(painter, card, named.hover, None, theme.RADIUS + 2)
        if state & QStyle.StateFlag.State_HasFocus:
            focus_ring(painter, card, named.accent, theme.RADIUS + 2)
        painter.setOpacity(AWAY if hit.offline else 1.0)
        self._paint_picture(painter, named, hit, self._layout.tile.translated(origin))
        painter.setOpacity(1.0)
        if hit.folded:
            unfolded = bool(index.data(UNFOLDED))
            self._paint_fold(painter, named, hit, option.rect, unfolded=unfolded)
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        painter.setFont(self._name_font)
        painter.setPen(named.on_chosen if selected else named.text)
        place = self._layout.name.translated(origin)
        name = self._name_metrics.elidedText(wording.name(hit), Qt.TextElideMode.ElideMiddle, place.width())
        painter.drawText(place, RIGHT if mirrored else LEFT, name)
        self._paint_second_line(painter, named, hit, self._layout.second.translated(origin), mirrored)

    def _paint_picture(self, painter: QPainter, named: theme.Colours, hit: Hit, tile: QRect) -> None:
        ratio = painter.device().devicePixelRatioF()
        frame = self.frame(ratio)
        file = card_picture(hit)
        if self._thumbnails.is_broken(file):
            file = hit.thumbnail
        known = self._thumbnails.pixmap(file, frame)
        if known is None or known.width() < frame.width or known.height() < frame.height:
            outlined(painter, QRectF(tile), named.tile, None, TILE_RADIUS)
        if known is not None:
            seen = self._thumbnails.paint(painter, file, frame, tile)
            if seen is not None and hit.matched and hit.segment.box is not None:
                whole = whole_picture(seen, hit.width, hit.height)
                paint_part(painter, named, placed(hit.segment.box, whole), thin=True)
        elif not file or self._thumbnails.is_broken(file):  # otherwise it comes in a moment
            self._paint_stand_in(painter, named, hit, tile)
        text = wording.badge(hit)
        if text:
            self._paint_badge(painter, named, text, tile, playing=hit.kind == "video")

    def fold_rect(self, hit: Hit, cell: QRect) -> QRect:
        """Where the number of files that look the same stands, and is pressed; empty when there are none."""
        if not hit.folded:
            return QRect()
        tile = self._layout.tile.translated(cell.topLeft())
        metrics = self._small_metrics
        width = metrics.horizontalAdvance(f"+{len(hit.folded)}") + 16
        return QRect(tile.right() + 1 - 6 - width, tile.top() + 6, width, metrics.height() + 6)

    def _paint_fold(
        self, painter: QPainter, named: theme.Colours, hit: Hit, cell: QRect, *, unfolded: bool
    ) -> None:
        """Two edges of cards behind, and how many."""
        box = QRectF(self.fold_rect(hit, cell))
        outlined(painter, box.translated(3, -3), named.quiet, None, 5)
        outlined(painter, box, named.accent if unfolded else named.badge, None, 5)
        painter.setPen(named.on_accent if unfolded else named.on_badge)
        painter.setFont(self._small_font)
        sign = "−" if unfolded else "+"
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"{sign}{len(hit.folded)}")

    def _paint_waiting(self, painter: QPainter, named: theme.Colours, origin: QPoint) -> None:
        """A row that is on its way."""
        outlined(painter, QRectF(self._layout.tile.translated(origin)), named.tile, None, TILE_RADIUS)

    def _paint_stand_in(self, painter: QPainter, named: theme.Colours, hit: Hit, tile: QRect) -> None:
        if hit.snippet:
            _paint_passage(painter, named, hit.snippet, tile, self._small_font)
            return
        faint = QColor(named.quiet)
        faint.setAlphaF(0.55)
        symbol = icons.pixmap(icons.KINDS[hit.kind], faint, 36, painter.device().devicePixelRatioF())
        painter.drawPixmap(tile.center() - QPoint(18, 18), symbol)

    def _paint_badge(
        self, painter: QPainter, named: theme.Colours, text: str, tile: QRect, *, playing: bool
    ) -> None:
        metrics = self._small_metrics
        mark = 8 if playing else 0
        width = metrics.horizontalAdvance(text) + 12 + (mark + 4 if playing else 0)
        height = metrics.height() + 4
        box = QRectF(tile.right() + 1 - 6 - width, tile.bottom() + 1 - 6 - height, width, height)
        outlined(painter, box, named.badge, None, 5)
        left = box.left() + 6
        if playing:
            middle = box.center().y()
            painter.setBrush(named.on_badge)
            painter.drawPolygon(
                [QPointF(left, middle - 4), QPointF(left, middle + 4), QPointF(left + 7, middle)]
            )
            left += mark + 4
        painter.setPen(named.on_badge)
        painter.setFont(self._small_font)
        painter.drawText(
            QRectF(left, box.top(), box.right() - left, height), Qt.AlignmentFlag.AlignVCenter, text
        )

    def _paint_second_line(
        self, painter: QPainter, named: theme.Colours, hit: Hit, place: QRect, mirrored: bool
    ) -> None:
        painter.setFont(self._small_font)
        room = place.width()
        start = place.left()
        date = hit.offline or wording.date(hit.modified)  # the inspector says the rest
        if hit.matched:
            colour = named.good if hit.relevance == "strong" else named.quiet
            word = wording.relevance(hit.relevance)
            width = 2 * DOT + 3 + 6 + self._small_metrics.horizontalAdvance(word)
            left = place.right() + 1 - width if mirrored else start
            paint_dots(painter, colour, QPointF(left, place.center().y() + 0.5), hit.relevance)
            painter.setPen(named.quiet)
            words = QRect(left + 2 * DOT + 9, place.top(), width, place.height())
            painter.drawText(words, LEFT, word)
            room -= width + theme.S
        if hit.offline:
            date = self._small_metrics.elidedText(date, Qt.TextElideMode.ElideRight, room)
        if self._small_metrics.horizontalAdvance(date) <= room:
            painter.setPen(named.quiet)
            painter.drawText(place, LEFT if bool(hit.matched) == mirrored else RIGHT, date)


def paint_dots(painter: QPainter, colour: QColor, left_middle: QPointF, relevance: Relevance) -> None:
    """Two dots, filled as far as the match is sure."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for number in range(2):
        filled = number < DOTS[relevance]
        painter.setPen(colour)
        painter.setBrush(colour if filled else Qt.BrushStyle.NoBrush)
        x = left_middle.x() + number * (DOT + 3)
        painter.drawEllipse(QRectF(x + 0.5, left_middle.y() - DOT / 2 + 0.5, DOT - 1, DOT - 1))


def _paint_passage(painter: QPainter, named: theme.Colours, text: str, tile: QRect, font: QFont) -> None:
    """The words themselves, where a file has no picture."""
    paper = tile.adjusted(theme.M, theme.S, -theme.M, 0)
    painter.save()
    painter.setClipRect(tile)
    outlined(painter, QRectF(paper.adjusted(0, 0, 0, 8)), named.surface, named.line, 4)
    painter.setPen(named.quiet)
    painter.setFont(font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    painter.drawText(QRectF(paper.adjusted(theme.S, theme.S, -theme.S, -theme.XS)), text, option)
    painter.restore()

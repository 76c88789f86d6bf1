"""One result as it is painted: the picture, its badge, the name, and how sure the search is."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.language import wording
from desktop_app.results.picture_part import paint_part, whole_picture
from desktop_app.results.results_model import HIT, UNFOLDED, Index, card_picture
from desktop_app.results.thumbnails import Frame, Thumbnails
from desktop_app.results.zoom import placed
from desktop_app.widgets import icons, theme
from desktop_app.widgets.controls import focus_ring, outlined
from desktop_app.widgets.one_line import paint_line
from indexer.messages.result_messages import Hit, Relevance

GAP = 4
"""Between the cell's edge and the card."""

PADDING = theme.S
SMALL = 0.9
"""Scale of the second line and the badge."""

DOTS: dict[Relevance, int] = {"strong": 2, "possible": 1, "weak": 0}
"""Filled ones of two; the word stands beside them."""

DOT = 6
PLAY = 8
TILE_RADIUS = 6

AWAY = 0.4
"""How strongly a picture is shown whose file lies on a disk that is not connected."""

NEARLY = 0.12
"""A picture of nearly the tile's shape may lose this part, so that the grid is calm."""

CORNER = 6
"""Between a mark in a picture's corner and its edges."""

DOTS_WIDTH = 2 * DOT + 3


@dataclass(frozen=True, slots=True)
class CardLayout:
    """Where everything lies, relative to the cell, from left to right."""

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
        self._width = 200
        self._mirrored = False
        self._layout = CardLayout.of(self._width, 16, 14)
        self.set_font(self._base)

    def set_font(self, base: QFont) -> None:
        """Use sizes relative to this font."""
        self._base = base
        self._name_font = theme.font(base, 1.0, QFont.Weight.Medium)
        self._small_font = theme.font(base, SMALL)
        self._name_metrics = QFontMetrics(self._name_font)
        self._small_metrics = QFontMetrics(self._small_font)

    def set_width(self, width: int, *, mirrored: bool = False) -> int:
        """Lay the cards out for cells of this width, maybe from right to left; returns their height."""
        self._width, self._mirrored = width, mirrored
        self._layout = self._lay_out()
        return self._layout.height

    def _lay_out(self) -> CardLayout:
        return CardLayout.of(self._width, self._name_metrics.height(), self._small_metrics.height())

    def _place(self, rect: QRect, cell: QPoint) -> QRect:
        """A part of the layout in the cell that begins here."""
        left = self._width - rect.right() - 1 if self._mirrored else rect.left()
        return QRect(cell + QPoint(left, rect.top()), rect.size())

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
        card = QRectF(self._place(self._layout.card, origin))
        state = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected:
            outlined(painter, card, named.chosen, named.accent, theme.RADIUS + 2)
        elif state & QStyle.StateFlag.State_MouseOver:
            outlined(painter, card, named.hover, None, theme.RADIUS + 2)
        if state & QStyle.StateFlag.State_HasFocus:
            focus_ring(painter, card, named.accent, theme.RADIUS + 2)
        painter.setOpacity(AWAY if hit.offline else 1.0)
        self._paint_picture(painter, named, hit, self._place(self._layout.tile, origin))
        painter.setOpacity(1.0)
        if hit.folded:
            unfolded = bool(index.data(UNFOLDED))
            self._paint_fold(painter, named, hit, option.rect, unfolded=unfolded)
        painter.setFont(self._name_font)
        painter.setPen(named.on_chosen if selected else named.text)
        place = self._place(self._layout.name, origin)
        name = self._name_metrics.elidedText(wording.name(hit), Qt.TextElideMode.ElideMiddle, place.width())
        paint_line(painter, place, name, right=self._mirrored)
        self._paint_second_line(painter, named, hit, origin)

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
            drawn = self._thumbnails.paint(painter, file, frame, tile)
            if drawn is not None and hit.matched and hit.segment.box is not None:
                whole = whole_picture(drawn, hit.width, hit.height)
                paint_part(painter, named, placed(hit.segment.box, whole), thin=True)
        elif not file or self._thumbnails.is_broken(file):  # otherwise it comes in a moment
            self._paint_stand_in(painter, named, hit, tile)
        self._paint_badge(painter, named, hit, tile)

    def fold_rect(self, hit: Hit, cell: QRect) -> QRect:
        """Where the number of files that look the same stands, and is pressed; empty when there are none."""
        if not hit.folded:
            return QRect()
        tile = self._place(self._layout.tile, cell.topLeft())
        width = self._small_metrics.horizontalAdvance(f"+{len(hit.folded)}") + 16
        return self._corner(hit, tile, QSize(width, self._small_metrics.height() + 6), top=True)

    def _corner(self, hit: Hit, tile: QRect, size: QSize, *, top: bool = False) -> QRect:
        """Of a mark: the picture's corner at the end of the line, the tile's if it is small."""
        picture = seen(hit, tile)
        if picture.width() < size.width() + 2 * CORNER or picture.height() < 2 * (size.height() + CORNER):
            picture = tile
        box = QRect(picture.topLeft() + QPoint(CORNER, CORNER), size)
        if not self._mirrored:
            box.moveRight(picture.right() - CORNER)
        if not top:
            box.moveBottom(picture.bottom() - CORNER)
        return box

    def _paint_fold(
        self, painter: QPainter, named: theme.Colours, hit: Hit, cell: QRect, *, unfolded: bool
    ) -> None:
        """Two edges of cards behind, and how many."""
        box = QRectF(self.fold_rect(hit, cell))
        outlined(painter, box.translated(-3 if self._mirrored else 3, -3), named.quiet, None, 5)
        outlined(painter, box, named.accent if unfolded else named.badge, None, 5)
        painter.setPen(named.on_accent if unfolded else named.on_badge)
        painter.setFont(self._small_font)
        sign = "−" if unfolded else "+"
        self._paint_in(painter, box, f"{sign}{len(hit.folded)}")

    def _paint_in(self, painter: QPainter, box: QRectF, text: str) -> None:
        """In the middle, and the sign before its number whichever way the window runs."""
        text = wording.isolated(text)
        width = self._small_metrics.horizontalAdvance(text)
        paint_line(painter, box.adjusted((box.width() - width) / 2, 0, 0, 0), text)

    def _paint_waiting(self, painter: QPainter, named: theme.Colours, origin: QPoint) -> None:
        """A row that is on its way."""
        outlined(painter, QRectF(self._place(self._layout.tile, origin)), named.tile, None, TILE_RADIUS)

    def _paint_stand_in(self, painter: QPainter, named: theme.Colours, hit: Hit, tile: QRect) -> None:
        if hit.snippet:
            _paint_passage(painter, named, hit.snippet, tile, self._small_font)
            return
        faint = QColor(named.quiet)
        faint.setAlphaF(0.55)
        symbol = icons.pixmap(icons.KINDS[hit.kind], faint, 36, painter.device().devicePixelRatioF())
        painter.drawPixmap(tile.center() - QPoint(18, 18), symbol)

    def _paint_badge(self, painter: QPainter, named: theme.Colours, hit: Hit, tile: QRect) -> None:
        """Where in the file the match is; a film's with the sign for playing, which is never mirrored."""
        text = wording.badge(hit)
        if not text:
            return
        mark = PLAY + 5 if hit.kind == "video" else 0
        width = self._small_metrics.horizontalAdvance(text) + 2 * theme.S + mark
        box = QRectF(self._corner(hit, tile, QSize(width, self._small_metrics.height() + 6)))
        outlined(painter, box, named.badge, None, 5)
        if mark:
            paint_play(painter, named, QPointF(box.left() + theme.S, box.center().y()))
        painter.setPen(named.on_badge)
        painter.setFont(self._small_font)
        paint_line(painter, box.adjusted(theme.S + mark, 0, 0, 0), text)

    def _paint_second_line(self, painter: QPainter, named: theme.Colours, hit: Hit, origin: QPoint) -> None:
        painter.setFont(self._small_font)
        place = self._place(self._layout.second, origin)
        room = place.width()
        date = hit.offline or wording.day(hit)  # the inspector says the rest
        if hit.matched:
            room -= self._paint_relevance(painter, named, hit, self._layout.second, origin) + theme.S
        if hit.offline:
            date = self._small_metrics.elidedText(date, Qt.TextElideMode.ElideRight, room)
        if self._small_metrics.horizontalAdvance(date) <= room:
            painter.setPen(named.quiet)
            paint_line(painter, place, date, right=bool(hit.matched) != self._mirrored)

    def _paint_relevance(
        self,
        painter: QPainter,
        named: theme.Colours,
        hit: Hit,
        line: QRect,
        origin: QPoint,
        *,
        worded: bool = True,
    ) -> int:
        """The dots at the beginning of a line, and their word. Returns the width they take."""
        colour = named.good if hit.relevance == "strong" else named.quiet
        dots = self._place(QRect(line.left(), line.top(), DOTS_WIDTH, line.height()), origin)
        middle = QPointF(dots.left(), dots.center().y() + 0.5)
        paint_dots(painter, colour, middle, hit.relevance, mirrored=self._mirrored)
        if not worded:
            return DOTS_WIDTH
        word = wording.relevance(hit.relevance)
        width = DOTS_WIDTH + 6 + self._small_metrics.horizontalAdvance(word)
        painter.setPen(named.quiet)
        whole = self._place(QRect(line.left(), line.top(), width, line.height()), origin)
        paint_line(painter, whole, word, right=not self._mirrored)
        return width


def seen(hit: Hit, tile: QRect) -> QRect:
    """Where a file's picture lies in its tile; all of it while its shape is not known."""
    if not hit.width or not hit.height:
        return tile
    shape, room = hit.width / hit.height, tile.width() / tile.height()
    if 1 - min(shape / room, room / shape) <= NEARLY:
        return tile
    size = QSize(tile.width(), round(tile.width() / shape))
    if shape < room:
        size = QSize(round(tile.height() * shape), tile.height())
    made = QRect(QPoint(), size.expandedTo(QSize(1, 1)))
    made.moveCenter(tile.center())
    return made


def paint_play(painter: QPainter, named: theme.Colours, left_middle: QPointF) -> None:
    """The sign for something that plays, on a badge."""
    x, y = left_middle.x(), left_middle.y()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(named.on_badge)
    painter.drawPolygon([QPointF(x, y - PLAY / 2), QPointF(x, y + PLAY / 2), QPointF(x + PLAY - 1, y)])


def paint_dots(
    painter: QPainter, colour: QColor, left_middle: QPointF, relevance: Relevance, *, mirrored: bool
) -> None:
    """Two dots, filled as far as the match is sure."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for number in range(2):
        filled = (1 - number if mirrored else number) < DOTS[relevance]
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

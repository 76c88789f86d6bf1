"""One picture as large as its place allows, from the cache."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.results.picture_part import paint_part
from desktop_app.results.thumbnails import Frame, Thumbnails
from desktop_app.results.zoom import placed
from desktop_app.widgets import icons, theme
from desktop_app.widgets.controls import outlined
from indexer.messages.item_messages import Box

TALLEST = 350
"""Pixels; so that the facts below stay in sight."""

SYMBOL = 48
LIT_MARGIN = 2


class ImagePreview(QWidget):
    """Takes the shape of its picture, so there are no bars around it.

    Args:
        alone: it fills the place it is given instead.

    Signals:
        clicked: with the mouse.
    """

    clicked = Signal()

    def __init__(self, thumbnails: Thumbnails, *, alone: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._alone = alone
        self._thumbnails = thumbnails
        self._file = ""
        self._meanwhile = ""
        self._symbol = "photo"
        self._caption = ""
        self._lit: tuple[Box, ...] = ()
        self._part: Box | None = None
        self._shape = 0.75
        vertical = QSizePolicy.Policy.Expanding if alone else QSizePolicy.Policy.Fixed
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, vertical)
        policy.setHeightForWidth(not alone)
        self.setSizePolicy(policy)
        thumbnails.arrived.connect(self._arrived)

    @property
    def file(self) -> str:
        """The picture shown, "" for none."""
        return self._file

    def show_file(
        self,
        file: str,
        *,
        meanwhile: str = "",
        symbol: str = "photo",
        caption: str = "",
        lit: Sequence[Box] = (),
    ) -> None:
        """Show a JPEG of the cache.

        Args:
            meanwhile: a smaller one that is probably there already.
            symbol: an icon for when there is none at all.
            caption: a few characters in the corner.
            lit: parts of the picture to point at: the words that were searched for.
        """
        self._lit, self._part = tuple(lit), None
        self._file, self._meanwhile, self._symbol, self._caption = file, meanwhile, symbol, caption
        self.update()

    def set_part(self, part: Box | None) -> None:
        """The part of what is shown that matched better than the whole."""
        self._part = part
        self.update()

    def set_shape(self, shape: float) -> None:
        """Height by width; kept within what looks right in a column."""
        shape = min(1.4, max(0.4, shape))
        if abs(shape - self._shape) > 0.005:
            self._shape = shape
            self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return not self._alone

    def heightForWidth(self, width: int) -> int:
        return max(120, min(TALLEST, round(width * self._shape)))

    def sizeHint(self) -> QSize:
        return QSize(300, self.heightForWidth(300))

    def minimumSizeHint(self) -> QSize:
        if self._alone:
            return QSize(120, 120)
        return QSize(120, self.heightForWidth(self.width()))  # a crowded column scrolls, it does not squeeze

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def _arrived(self, files: set[str]) -> None:
        if self._file in files or self._meanwhile in files:
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        named = theme.colours(self.palette())
        ratio = self.devicePixelRatioF()
        if not self._alone:  # otherwise whatever is around it is its ground
            outlined(painter, QRectF(self.rect()), named.tile, None, theme.RADIUS)
        target = self._paint_picture(painter, ratio)
        if target is None and (not self._file or self._thumbnails.is_broken(self._file)):
            mark = icons.pixmap(self._symbol, named.quiet, SYMBOL, ratio)
            painter.drawPixmap(QPointF((self.width() - SYMBOL) / 2, (self.height() - SYMBOL) / 2), mark)
        if target is not None:
            self._paint_over(painter, named, target)
        if self._caption:
            self._paint_caption(painter, named, target.toAlignedRect() if target else self.rect())

    def _paint_picture(self, painter: QPainter, ratio: float) -> QRectF | None:
        """Returns where the whole picture lies; None when there is none yet."""
        width, height = round(self.width() * ratio), round(self.height() * ratio)
        if self._alone:
            frame = Frame("peek", width, height)
        else:
            frame = Frame("preview", width, height, round(theme.RADIUS * ratio), 0.02)
        target = self._thumbnails.paint(painter, self._file, frame, self.rect())
        if target is None and self._meanwhile:
            target = self._thumbnails.paint(painter, self._meanwhile, frame, self.rect())
        return None if target is None else QRectF(target)

    def _paint_over(self, painter: QPainter, named: theme.Colours, picture: QRectF) -> None:
        """What lies over the picture: here the words that were searched for, and the part that was found."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for box in self._lit:
            place = placed(box, picture).adjusted(-LIT_MARGIN, -LIT_MARGIN, LIT_MARGIN, LIT_MARGIN)
            glow = QColor(theme.LIT)  # on any picture, whatever the window looks like
            glow.setAlphaF(0.28)
            outlined(painter, place, glow, theme.LIT, 3)
        if self._part is not None:
            paint_part(painter, named, placed(self._part, picture))

    def _paint_caption(self, painter: QPainter, named: theme.Colours, picture: QRect) -> None:
        metrics = self.fontMetrics()
        width, height = metrics.horizontalAdvance(self._caption) + 14, metrics.height() + 6
        box = QRectF(picture.right() - 7 - width, picture.bottom() - 7 - height, width, height)
        outlined(painter, box, named.badge, None, 6)
        painter.setPen(named.on_badge)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._caption)

"""A picture that can be looked at closely, read, and cut: zoom, its words as text, a box around a part."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from desktop_app.results.thumbnails import WHOLE, Thumbnails
from desktop_app.results.zoom import Zoom, box_between, placed
from desktop_app.viewing.image_preview import ImagePreview
from desktop_app.viewing.word_selection import WordSelection
from desktop_app.widgets import theme
from desktop_app.widgets.box_drawing import paint_box
from desktop_app.widgets.controls import focus_ring
from indexer.messages.item_messages import Box, Word

LEAST_PART = 8
"""Pixels; a smaller box was a click that slipped."""
NOTCH = 120
"""What one notch of a wheel counts in Qt."""
PAN = 60
"""Pixels per arrow key."""


class PictureView(ImagePreview):
    """One picture, from the cache like every other here.

    Args:
        alone: it has the place for itself: the wheel zooms. Otherwise it stands in a column that scrolls,
            and the wheel zooms with Ctrl.

    Signals:
        looked_at: somebody points at it or goes to it: its words are worth having.
        zoomed(int): at so many per cent now; 0 for as large as fits.
        sharper_wanted: it is shown larger than the picture that is here.
        drawing_changed(bool): whether a box is being drawn.
        part_drawn(Box): a box was drawn around a part.
    """

    looked_at = Signal()
    zoomed = Signal(int)
    sharper_wanted = Signal()
    drawing_changed = Signal(bool)
    part_drawn = Signal(object)

    def __init__(self, thumbnails: Thumbnails, *, alone: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(thumbnails, alone=alone, parent=parent)
        self._zoom = Zoom()
        self._selection = WordSelection()
        self._target = QRectF()
        self._drawing = False
        self._from: QPointF | None = None
        self._to = QPointF()
        self._first_word: int | None = None
        self._panned: QPointF | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Picture"))

    # --- what is shown ---------------------------------------------------------------------------------

    def show_file(
        self,
        file: str,
        *,
        meanwhile: str = "",
        symbol: str = "photo",
        caption: str = "",
        lit: Sequence[Box] = (),
    ) -> None:
        """Another picture: from the beginning, without words."""
        super().show_file(file, meanwhile=meanwhile, symbol=symbol, caption=caption, lit=lit)
        self._selection = WordSelection()
        self.stop_drawing()
        self._from = self._first_word = self._panned = None
        self.fit()

    def set_size(self, width: int, height: int) -> None:
        """The size of the original in pixels, which 100 % is about."""
        self._zoom.set_picture(width, height)

    def sharpen(self, file: str) -> None:
        """The same picture with more pixels."""
        if file and file != self._file:
            self._meanwhile = self._file or self._meanwhile
            self._file = file
            self.update()

    def set_words(self, words: Sequence[Word], lit: Sequence[Box]) -> None:
        """What is written in it, and which parts of that were searched for."""
        self._selection = WordSelection(words)
        self._lit = tuple(lit)
        self.update()

    @property
    def chosen_text(self) -> str:
        """The words that are marked; "" for none."""
        return self._selection.text()

    def seen_part(self, box: Box) -> QRectF:
        """Where a part of the picture lies in this widget now."""
        return placed(box, self._target)

    # --- zoom ------------------------------------------------------------------------------------------

    @property
    def zoom(self) -> Zoom:
        """To be read; changed by the methods here."""
        return self._zoom

    def fit(self) -> None:
        """As large as there is room."""
        self._zoom.fit()
        self._zoom_changed()

    def natural(self, anchor: QPointF | None = None) -> None:
        """One pixel of the picture on one of the screen."""
        self._zoom.natural(anchor)
        self._zoom_changed()

    def zoom_by(self, steps: float, anchor: QPointF | None = None) -> None:
        """Nearer or further away."""
        self._zoom.step(steps, anchor)
        self._zoom_changed()

    def _zoom_changed(self) -> None:
        self.zoomed.emit(0 if self._zoom.fits else self._zoom.percent)
        if not self._zoom.fits:
            self.sharper_wanted.emit()
        self._update_cursor(None)
        self.update()

    # --- drawing a box ---------------------------------------------------------------------------------

    @property
    def drawing(self) -> bool:
        """Whether the mouse draws a box."""
        return self._drawing

    def draw_part(self) -> None:
        """Let the mouse draw a box around a part."""
        if not self._drawing:
            self._drawing = True
            self.drawing_changed.emit(True)
            self._update_cursor(None)
            self.update()

    def stop_drawing(self) -> None:
        """Nothing is to be cut out after all."""
        if self._drawing:
            self._drawing, self._from = False, None
            self.drawing_changed.emit(False)
            self._update_cursor(None)
            self.update()

    # --- mouse and keys --------------------------------------------------------------------------------

    def _share(self, point: QPointF) -> QPointF:
        if self._target.isEmpty():
            return QPointF(-1, -1)
        return QPointF(
            (point.x() - self._target.x()) / self._target.width(),
            (point.y() - self._target.y()) / self._target.height(),
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        place = event.position()
        if self._drawing:
            self._from = self._to = place
            return
        self._first_word = self._selection.at(self._share(place))
        had = bool(self._selection.chosen)
        self._selection.clear()
        if self._first_word is None and not self._zoom.fits:
            self._panned = place
        if had:
            self.update()
        self._from = place
        self._update_cursor(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        if self._drawing and self._from is not None:
            self._to = place
            self.update()
        elif self._panned is not None:
            self._zoom.pan(place - self._panned)
            self._panned = place
            self.update()
        elif self._first_word is not None and event.buttons() & Qt.MouseButton.LeftButton:
            last = self._selection.near(self._share(place))
            if last is not None and self._moved(place):
                self._selection.choose(self._first_word, last)
                self.update()
        else:
            self._update_cursor(place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        start, self._from = self._from, None
        panned, self._panned = self._panned, None
        self._first_word = None
        self._update_cursor(place)
        if self._drawing:
            if start is not None:
                self._finish(start, place)
            return
        moved = start is not None and (place - start).manhattanLength() > LEAST_PART
        if not moved and not self._selection.chosen and (panned is None or self._zoom.fits):
            super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        word = self._selection.at(self._share(event.position()))
        if word is not None:
            self._selection.choose(word, word)
            self.update()
        elif self._alone and not self._drawing:
            if self._zoom.fits:
                self.natural(event.position())
            else:
                self.fit()
        self._from = None

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y()
        if turned and (self._alone or event.modifiers() & Qt.KeyboardModifier.ControlModifier):
            self.zoom_by(turned / NOTCH, event.position())
            event.accept()
        else:
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        arrows: dict[int, QPointF] = {
            Qt.Key.Key_Left: QPointF(PAN, 0),
            Qt.Key.Key_Right: QPointF(-PAN, 0),
            Qt.Key.Key_Up: QPointF(0, PAN),
            Qt.Key.Key_Down: QPointF(0, -PAN),
        }
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_by(1)
        elif key == Qt.Key.Key_Minus:
            self.zoom_by(-1)
        elif key == Qt.Key.Key_0:
            self.fit()
        elif key == Qt.Key.Key_1:
            self.natural()
        elif key == Qt.Key.Key_Escape and self._drawing:
            self.stop_drawing()
        elif key in arrows and not self._zoom.fits:
            self._zoom.pan(arrows[key])
            self.update()
        elif event.matches(QKeySequence.StandardKey.SelectAll) and self._selection.words:
            self._selection.choose_all()
            self.update()
        elif event.matches(QKeySequence.StandardKey.Copy) and self.chosen_text:
            QGuiApplication.clipboard().setText(self.chosen_text)
        else:
            super().keyPressEvent(event)

    def _finish(self, start: QPointF, end: QPointF) -> None:
        moved = end - start
        if min(abs(moved.x()), abs(moved.y())) < LEAST_PART:
            self.update()
            return
        box = box_between(self._share(start), self._share(end))
        if box.width <= 0 or box.height <= 0:  # beside the picture
            self.update()
            return
        self.stop_drawing()
        self.part_drawn.emit(box)

    def _moved(self, place: QPointF) -> bool:
        return self._from is not None and (place - self._from).manhattanLength() > 3

    def _update_cursor(self, place: QPointF | None) -> None:
        if self._drawing:
            shape = Qt.CursorShape.CrossCursor
        elif self._panned is not None:
            shape = Qt.CursorShape.ClosedHandCursor
        elif place is not None and self._selection.at(self._share(place)) is not None:
            shape = Qt.CursorShape.IBeamCursor
        elif not self._zoom.fits:
            shape = Qt.CursorShape.OpenHandCursor
        else:
            shape = Qt.CursorShape.ArrowCursor if self._alone else Qt.CursorShape.PointingHandCursor
        if self.cursor().shape() != shape:
            self.setCursor(shape)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.FocusIn):
            self.looked_at.emit()
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().event(event)

    # --- painting --------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        self._zoom.set_room(QRectF(self.rect()), self.devicePixelRatioF())
        super().paintEvent(event)
        painter = QPainter(self)
        named = theme.colours(self.palette())
        if self._drawing:
            self._paint_drawing(painter)
        if self.hasFocus() and not self._alone:
            focus_ring(painter, QRectF(self.rect()), named.accent, theme.RADIUS)

    def _paint_picture(self, painter: QPainter, ratio: float) -> QRectF | None:
        if self._zoom.fits:
            target = super()._paint_picture(painter, ratio)
            self._target = target or QRectF()
            return target
        self._target = self._zoom.rect()
        for file in (self._file, self._meanwhile):
            pixmap = self._thumbnails.pixmap(file, WHOLE) if file else None
            if pixmap is not None:
                seen = self._target.intersected(QRectF(self.rect()))
                across = pixmap.width() / self._target.width()
                down = pixmap.height() / self._target.height()
                source = QRectF(
                    (seen.x() - self._target.x()) * across,
                    (seen.y() - self._target.y()) * down,
                    seen.width() * across,
                    seen.height() * down,
                )
                # its pixels are what somebody wants to see who looks closer than they are
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, across > ratio / 2)
                painter.drawPixmap(seen, pixmap, source)
                return self._target
        return None

    def _paint_over(self, painter: QPainter, named: theme.Colours, picture: QRectF) -> None:
        super()._paint_over(painter, named, picture)
        marked = QColor(theme.LIT)
        marked.setAlphaF(0.4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(marked)
        for word in self._selection.chosen:
            painter.drawRect(placed(word.box, picture))

    def _paint_drawing(self, painter: QPainter) -> None:
        """The picture dimmed, but for what is inside the box."""
        box = QRectF()
        if self._from is not None:
            box = QRectF(self._from, self._to).normalized().intersected(self._target)
        hint = self.tr("Drag a box around what you are looking for.")
        paint_box(painter, QRectF(self.rect()), box, hint, 4 / 5)

"""A video from its start to its end, with the moments that match as bars on it: the better, the taller.

Time runs from left to right in every language, as on the buttons and bars of every player.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop_app.language import wording
from desktop_app.widgets import theme
from desktop_app.widgets.announcing import announce
from desktop_app.widgets.controls import focus_ring, outlined
from desktop_app.widgets.one_line import paint_line
from indexer.messages.result_messages import Segment

TRACK = 8
TALLEST = 26
"""Of the moment that fits best; the others are lower by as much as they fit less."""
STEPS: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}

LEAST = 8
"""Width of a moment that would be too short to be hit."""


class MomentStrip(QWidget):
    """Click a moment, or use the left and right keys.

    Signals:
        chosen(int): the number of a segment, in the order given.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._segments: tuple[Segment, ...] = ()
        self._length = 1.0
        self._best = 1.0
        self._current = 0
        self._position: float | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFont(theme.font(self.font(), 0.9))
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_moments(self, segments: Sequence[Segment], current: int, length: float | None) -> None:
        """Segments with times; `current` is lit. `length` is the video's, in seconds."""
        self._segments = tuple(segments)
        self._current = current
        self._position = None
        ends = [segment.end_s or segment.start_s or 0.0 for segment in segments]
        self._length = max(length or 0.0, *ends, 0.1) if ends else max(length or 0.0, 0.1)
        self._best = max((segment.score for segment in segments), default=0.0) or 1.0
        times = ", ".join(wording.place(segment) for segment in self._in_time_order())
        self.setAccessibleName(self.tr("Matching moments: {times}").replace("{times}", times))
        self.update()

    def set_position(self, moment: float) -> None:
        """Where a film that plays is, in seconds."""
        self._position = moment
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, TALLEST + theme.S + self.fontMetrics().height() + 4)

    def block(self, number: int) -> QRectF:
        """Where a segment lies."""
        segment = self._segments[number]
        start, end = segment.start_s or 0.0, segment.end_s or segment.start_s or 0.0
        room = self.width() - 4
        left = 2 + room * min(1.0, start / self._length)
        width = max(LEAST, room * (end - start) / self._length)
        left = min(left, 2 + room - width)
        height = TRACK + (TALLEST - TRACK) * segment.score / self._best
        return QRectF(left, 3 + TALLEST - height, width, height)

    def _in_time_order(self) -> list[Segment]:
        return sorted(self._segments, key=lambda segment: segment.start_s or 0.0)

    def _at(self, x: float) -> int | None:
        if not self._segments:
            return None
        near = min(range(len(self._segments)), key=lambda number: abs(self.block(number).center().x() - x))
        block = self.block(near)
        return near if block.left() - 6 <= x <= block.right() + 6 else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self._at(event.position().x())
        if number is not None:
            self.chosen.emit(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = STEPS.get(event.key())
        if step is None or not self._segments:
            super().keyPressEvent(event)
            return
        self.step(step)

    def step(self, by: int) -> None:
        """To the next moment in time that matches, or with -1 to the one before."""
        order = self._in_time_order()
        place = order.index(self._segments[self._current]) + by if order else 0
        if 0 <= place < len(order):
            self.chosen.emit(self._segments.index(order[place]))
            announce(self, wording.place(order[place]))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            number = self._at(event.pos().x())
            if number is not None:
                QToolTip.showText(event.globalPos(), wording.place(self._segments[number]), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        named = theme.colours(self.palette())
        track = QRectF(2, 3 + TALLEST - TRACK, self.width() - 4, TRACK)
        outlined(painter, track, named.track, None, TRACK / 2)
        order = [number for number in range(len(self._segments)) if number != self._current]
        for number in [*order, self._current] if self._segments else []:
            lit = number == self._current
            outlined(
                painter, self.block(number), named.accent if lit else named.quiet, named.surface, TRACK / 2
            )
        if self._position is not None:
            x = 2 + (self.width() - 4) * min(1.0, self._position / self._length)
            outlined(painter, QRectF(x - 1.5, 1, 3, TALLEST + 4), named.text, named.surface, 1.5)
        if self.hasFocus():
            focus_ring(painter, QRectF(0, 0, self.width(), TALLEST + 6), named.accent, TRACK / 2 + 3)
        painter.setPen(named.quiet)
        below = QRectF(2, TALLEST + theme.S, self.width() - 4, self.fontMetrics().height() + 2)
        paint_line(painter, below, wording.clock(0))
        paint_line(painter, below, wording.clock(self._length), right=True)

"""Which part of a picture is seen, and how large: arithmetic without a widget."""

from PySide6.QtCore import QPointF, QRectF, QSizeF

from indexer.messages.item_messages import Box

STEP = 1.25
LARGEST = 8.0
"""Device pixels per pixel of the picture."""


class Zoom:
    """A picture in a room, either as large as fits or at a scale, and then somewhere in it.

    Points and rectangles are device-independent pixels of the room.
    """

    def __init__(self) -> None:
        self._picture = QSizeF(1, 1)
        self._room = QRectF(0, 0, 1, 1)
        self._ratio = 1.0
        self._scale: float | None = None
        self._centre = QPointF(0.5, 0.5)

    @property
    def fits(self) -> bool:
        """As large as the room allows, whatever the room."""
        return self._scale is None

    @property
    def scale(self) -> float:
        """Device-independent pixels per pixel of the picture."""
        return self._fitting() if self._scale is None else self._scale

    @property
    def percent(self) -> int:
        """Of the picture's own size on this screen: at 100 each of its pixels is one of the screen's."""
        return round(100 * self.scale * self._ratio)

    def set_picture(self, width: float, height: float) -> None:
        """Its size in pixels. The place that is looked at stays."""
        before = self._picture
        self._picture = QSizeF(max(1.0, width), max(1.0, height))
        if self._scale is not None and before.width() > 1:
            self._set_scale(self._scale * before.width() / self._picture.width())

    def set_room(self, room: QRectF, ratio: float) -> None:
        """Where it is shown; `ratio`: device pixels per device-independent one."""
        self._room, self._ratio = room, ratio
        if self._scale is not None:
            self._set_scale(self._scale)

    def fit(self) -> None:
        """All of it."""
        self._scale = None
        self._centre = QPointF(0.5, 0.5)

    def natural(self, anchor: QPointF | None = None) -> None:
        """100 per cent."""
        self.zoom_to(1 / self._ratio, anchor)

    def step(self, steps: float, anchor: QPointF | None = None) -> None:
        """Nearer (above 0) or further away; not smaller than what fits."""
        self.zoom_to(self.scale * STEP**steps, anchor)

    def zoom_to(self, scale: float, anchor: QPointF | None = None) -> None:
        """To a scale; what lies under `anchor` (the middle if None) stays there."""
        if scale <= self._fitting() * 1.001 and scale < 1 / self._ratio:
            self.fit()
            return
        anchor = anchor or self._room.center()
        held = self.share(anchor)
        self._set_scale(scale)
        now = self.share(anchor)
        self._centre += held - now
        self._keep_inside()

    def pan(self, by: QPointF) -> None:
        """Move the picture."""
        if self._scale is None:
            return
        whole = self.rect()
        self._centre -= QPointF(by.x() / whole.width(), by.y() / whole.height())
        self._keep_inside()

    def rect(self) -> QRectF:
        """Where the whole picture lies, most of it perhaps outside of the room."""
        scale = self.scale
        width, height = self._picture.width() * scale, self._picture.height() * scale
        middle = self._room.center()
        return QRectF(
            middle.x() - self._centre.x() * width, middle.y() - self._centre.y() * height, width, height
        )

    def share(self, point: QPointF) -> QPointF:
        """A point as shares of the picture; outside of it below 0 or above 1."""
        whole = self.rect()
        return QPointF((point.x() - whole.x()) / whole.width(), (point.y() - whole.y()) / whole.height())

    def place(self, box: Box) -> QRectF:
        """Where a part of the picture lies."""
        return placed(box, self.rect())

    def _fitting(self) -> float:
        across = self._room.width() / self._picture.width()
        down = self._room.height() / self._picture.height()
        return max(1e-6, min(across, down, 2 / self._ratio))

    def _set_scale(self, scale: float) -> None:
        self._scale = min(LARGEST / self._ratio, max(min(self._fitting(), 1 / self._ratio), scale))
        self._keep_inside()

    def _keep_inside(self) -> None:
        """No empty room beside the picture while there is some of it outside."""
        whole = self.rect()
        x = self._bounded(self._centre.x(), whole.width(), self._room.width())
        y = self._bounded(self._centre.y(), whole.height(), self._room.height())
        self._centre = QPointF(x, y)

    @staticmethod
    def _bounded(centre: float, length: float, room: float) -> float:
        if length <= room:
            return 0.5
        margin = room / length / 2
        return min(1 - margin, max(margin, centre))


def placed(box: Box, whole: QRectF) -> QRectF:
    """A part of a picture that is drawn at `whole`."""
    return QRectF(
        whole.x() + box.left * whole.width(),
        whole.y() + box.top * whole.height(),
        box.width * whole.width(),
        box.height * whole.height(),
    )


def box_between(one: QPointF, other: QPointF) -> Box:
    """The part between two corners given as shares, cut to the picture."""

    def kept(value: float) -> float:
        return min(1.0, max(0.0, value))

    left, right = sorted((kept(one.x()), kept(other.x())))
    top, bottom = sorted((kept(one.y()), kept(other.y())))
    return Box(round(left, 5), round(top, 5), round(right - left, 5), round(bottom - top, 5))

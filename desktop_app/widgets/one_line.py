"""One line of text, painted where it belongs whatever its letters are.

Why not `drawText` with a rectangle: it goes by the tallest of the fonts that a line needs, so a name with one
letter, or only a mark of direction, from another font stands lower than its neighbours and loses its feet.
"""

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QPainter


def paint_line(painter: QPainter, place: QRect | QRectF, text: str, *, right: bool = False) -> None:
    """Half way up `place`, at its left or right edge; what is too long for it has to be shortened before."""
    metrics = painter.fontMetrics()
    room = QRectF(place)
    left = room.left() if not right else room.left() + room.width() - metrics.horizontalAdvance(text)
    painter.drawText(QPointF(left, baseline(painter, room)), text)


def baseline(painter: QPainter, place: QRectF) -> float:
    """Where letters stand in a line of this height, on a whole pixel of the font in use."""
    metrics = painter.fontMetrics()
    return place.top() + int((place.height() - metrics.height()) / 2) + metrics.ascent()

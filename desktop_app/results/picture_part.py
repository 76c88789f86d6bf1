"""Marks the part of a picture that was found in it."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from desktop_app.widgets import theme
from desktop_app.widgets.controls import outlined

RADIUS = 4
SHADE = 0.5
"""Of the line around the mark, which keeps it visible on a picture of its own colour."""


def paint_part(painter: QPainter, named: theme.Colours, place: QRectF, *, thin: bool = False) -> None:
    """A frame that is seen on any picture, thin on small ones."""
    shade = QColor(Qt.GlobalColor.black)
    shade.setAlphaF(SHADE)
    outlined(painter, place, None, shade, RADIUS)
    outlined(painter, place.adjusted(1, 1, -1, -1), None, named.on_badge, RADIUS - 1)
    inner = 2 if thin else 3
    if not thin:
        outlined(painter, place.adjusted(2, 2, -2, -2), None, named.on_badge, RADIUS - 2)
    outlined(painter, place.adjusted(inner, inner, -inner, -inner), None, shade, RADIUS - 2)


def whole_picture(seen: QRect, width: int | None, height: int | None) -> QRectF:
    """Where a picture of this shape lies of which only the middle is seen, its edges being cut."""
    place = QRectF(seen)
    if not width or not height:
        return place
    whole = QRectF(0, 0, max(place.width(), place.height() * width / height), 0)
    whole.setHeight(whole.width() * height / width)
    whole.moveCenter(place.center())
    return whole

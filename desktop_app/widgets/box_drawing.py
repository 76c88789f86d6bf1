"""A box around a part of something: the rest is dark, and until there is one it says what to do."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen

from desktop_app.widgets import theme
from desktop_app.widgets.controls import outlined


def paint_box(painter: QPainter, whole: QRectF, box: QRectF, hint: str, share: float) -> None:
    """Over all of `whole` but the box. The hint stands at this share of its height while the box is empty."""
    veil = QColor(theme.DARK.badge)
    veil.setAlphaF(0.5)
    outside = QPainterPath()
    outside.addRect(whole)
    if box.isEmpty():
        painter.fillPath(outside, veil)
        _paint_hint(painter, whole, hint, share)
        return
    inside = QPainterPath()
    inside.addRect(box)
    painter.fillPath(outside.subtracted(inside), veil)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((theme.DARK.on_badge, 3.0), (theme.LIT, 1.5)):
        painter.setPen(QPen(colour, width))
        painter.drawRect(box)


def _paint_hint(painter: QPainter, whole: QRectF, hint: str, share: float) -> None:
    painter.setFont(theme.font(painter.font(), 1.2, QFont.Weight.DemiBold))
    room = QRect(0, 0, int(whole.width()) - 2 * theme.XL, int(whole.height()))
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    text = QRectF(painter.fontMetrics().boundingRect(room, flags, hint))
    text.moveCenter(QPointF(whole.center().x(), whole.y() + whole.height() * share))
    ground = text.adjusted(-theme.L, -theme.M, theme.L, theme.M)
    outlined(painter, ground, theme.DARK.badge, None, theme.RADIUS + 4)
    painter.setPen(theme.DARK.on_badge)
    painter.drawText(text, flags, hint)

"""Line icons, tinted from the palette and sharp at every scale."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPalette, QPixmap, QTransform
from PySide6.QtSvg import QSvgRenderer

import resources
from desktop_app.widgets import theme
from indexer.kinds import Kind
from indexer.messages.result_messages import Channel

FOLDER = resources.ROOT / "icons"

KINDS: dict[Kind, str] = {
    "photo": "photo",
    "screenshot": "screenshot",
    "video": "video",
    "document": "document",
}
CHANNELS: dict[Channel, str] = {"meaning": "meaning", "words": "words", "name": "name"}


MIRRORED = frozenset({"inspector", "list", "next", "previous", "timeline"})
"""Those that show a direction of reading. What plays, and what tells of time, is the same everywhere."""


@lru_cache(maxsize=512)
def _pixmap(name: str, rgba: int, size: int, ratio: float, mirrored: bool) -> QPixmap:
    svg = (FOLDER / f"{name}.svg").read_bytes()
    colour = QColor.fromRgba(rgba)
    renderer = QSvgRenderer(QByteArray(svg.replace(b"currentColor", colour.name().encode())))
    made = QPixmap(round(size * ratio), round(size * ratio))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setOpacity(colour.alphaF())
    renderer.render(painter, QRectF(made.rect()))
    painter.end()
    if mirrored:
        made = made.transformed(QTransform.fromScale(-1, 1))
    made.setDevicePixelRatio(ratio)
    return made


def pixmap(name: str, colour: QColor, size: int, ratio: float) -> QPixmap:
    """One icon. Shared and cached: do not paint on it.

    Args:
        name: the file in `resources/icons`, without ending.
        size: edge in device-independent pixels; ratio: device pixels per one of them.
    """
    mirrored = name in MIRRORED and QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
    return _pixmap(name, colour.rgba(), size, ratio, mirrored)


def icon(name: str, palette: QPalette, ratio: float = 2.0) -> QIcon:
    """For menus, in normal and disabled colours of this palette."""
    named = theme.colours(palette)
    made = QIcon()
    made.addPixmap(pixmap(name, named.text, 18, ratio), QIcon.Mode.Normal)
    made.addPixmap(pixmap(name, named.on_accent, 18, ratio), QIcon.Mode.Active)
    made.addPixmap(pixmap(name, named.line, 18, ratio), QIcon.Mode.Disabled)
    return made


def application_icon() -> QIcon:
    """The program's own, in the sizes that desktops ask for."""
    made = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        made.addPixmap(pixmap("sightline", QColor(Qt.GlobalColor.black), size, 1.0))
    return made

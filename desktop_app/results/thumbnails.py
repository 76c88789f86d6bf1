"""Cached JPEGs to pixmaps of the size they are shown in, in a thread of its own.

Newest request first, because what was asked last is what is on the screen now; a QImage is made in the
thread and becomes a QPixmap on the main thread. Only files of our own cache are read here.
"""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Condition

from PySide6.QtCore import QByteArray, QObject, QRect, QRectF, QSize, Qt, QThread, QTimer, Signal
from PySide6.QtGui import QBrush, QImage, QImageReader, QPainter, QPixmap

from desktop_app.widgets import theme
from indexer.messages.item_messages import Box

WAITING = 120
"""Requests kept; older ones were scrolled past and are asked again if they come back."""

REPAINT_MS = 16


@dataclass(frozen=True, slots=True)
class Frame:
    """How a picture is to be shown.

    Attributes:
        use: what for; each use keeps one pixmap per file.
        width, height: of the room, in device pixels.
        radius: of the corners, in device pixels.
        cut: a picture fills the room if no more than this part of it has to be cut off for that.
        part: of the picture, not all of it.
    """

    use: str
    width: int
    height: int
    radius: int = 0
    cut: float = 0.0
    part: Box | None = None


WHOLE = Frame("whole", 0, 0)
"""The picture pixel by pixel."""

FEW = {WHOLE.use: 1, "peek": 4}
"""Uses of which only the last ones are kept: each may take as much memory as a hundred others."""


class Thumbnails(QObject):
    """Pixmaps by file and frame, as many as were last on the screen.

    Signals:
        arrived(set): files for which `pixmap` now has something new.
    """

    arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pixmaps: OrderedDict[tuple[str, str], tuple[Frame, QPixmap]] = OrderedDict()
        self._asked: set[tuple[str, Frame]] = set()
        self._broken: set[str] = set()
        self._capacity = 200
        self._fresh: set[str] = set()
        self._repaint = QTimer(self)
        self._repaint.setSingleShot(True)
        self._repaint.setInterval(REPAINT_MS)
        self._repaint.timeout.connect(self._tell)
        self._decoder = _Decoder()
        self._decoder.decoded.connect(self._decoded, Qt.ConnectionType.QueuedConnection)
        self._decoder.dropped.connect(self._dropped, Qt.ConnectionType.QueuedConnection)
        self._decoder.start(QThread.Priority.LowPriority)

    def stop(self) -> None:
        """End the thread; to be called before the application ends."""
        self._repaint.stop()
        self._decoder.stop()

    def set_capacity(self, pixmaps: int) -> None:
        """How many to keep: a few windows full."""
        self._capacity = max(100, pixmaps)
        self._shrink()

    def pixmap(self, file: str, frame: Frame) -> QPixmap | None:
        """The right one, one of another size meanwhile, or None; what is missing is asked for."""
        known = self._known(file, frame)
        return None if known is None else known[1]

    def paint(self, painter: QPainter, file: str, frame: Frame, room: QRect) -> QRect | None:
        """Paint what there is in the middle of the room. Returns where; None if there is nothing yet."""
        known = self._known(file, frame)
        if known is None:
            return None
        had, pixmap = known
        ratio = painter.device().devicePixelRatioF()
        scale = min(frame.width / had.width, frame.height / had.height) / ratio
        width, height = pixmap.width() * scale, pixmap.height() * scale
        left = round((room.left() + (room.width() - width) / 2) * ratio) / ratio  # on whole pixels: sharp
        top = round((room.top() + (room.height() - height) / 2) * ratio) / ratio
        target = QRectF(left, top, width, height)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, had != frame)
        painter.drawPixmap(target, pixmap, QRectF(pixmap.rect()))
        return target.toAlignedRect()

    def _known(self, file: str, frame: Frame) -> tuple[Frame, QPixmap] | None:
        if not file or file in self._broken:
            return None
        key = (file, frame.use)
        known = self._pixmaps.get(key)
        if known is not None:
            self._pixmaps.move_to_end(key)
        if (known is None or known[0] != frame) and (file, frame) not in self._asked:
            self._asked.add((file, frame))
            self._decoder.ask(file, frame)
        return known

    def is_broken(self, file: str) -> bool:
        """Whether the file was missing or unreadable when last tried."""
        return file in self._broken

    def forget_broken(self) -> None:
        """Try missing files again: the engine may have written them by now."""
        self._broken.clear()

    def _decoded(self, file: str, frame: Frame, image: QImage) -> None:
        self._asked.discard((file, frame))
        if image.isNull():
            self._broken.add(file)
        else:
            self._pixmaps[file, frame.use] = (frame, QPixmap.fromImage(image))
            self._pixmaps.move_to_end((file, frame.use))
            large = [key for key in self._pixmaps if key[1] == frame.use] if frame.use in FEW else []
            for key in large[: -FEW.get(frame.use, 1)]:
                del self._pixmaps[key]
            self._shrink()
        self._fresh.add(file)
        if not self._repaint.isActive():
            self._repaint.start()

    def _dropped(self, file: str, frame: Frame) -> None:
        self._asked.discard((file, frame))

    def _tell(self) -> None:
        fresh, self._fresh = self._fresh, set()
        self.arrived.emit(fresh)

    def _shrink(self) -> None:
        while len(self._pixmaps) > self._capacity:
            self._pixmaps.popitem(last=False)


class _Decoder(QThread):
    decoded = Signal(str, object, QImage)
    dropped = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("thumbnails")
        self._stack: OrderedDict[tuple[str, Frame], None] = OrderedDict()
        self._changed = Condition()
        self._ending = False

    def ask(self, file: str, frame: Frame) -> None:
        with self._changed:
            self._stack[file, frame] = None
            oldest = self._stack.popitem(last=False)[0] if len(self._stack) > WAITING else None
            self._changed.notify()
        if oldest is not None:
            self.dropped.emit(*oldest)

    def stop(self) -> None:
        with self._changed:
            self._ending = True
            self._changed.notify()
        self.wait()

    def run(self) -> None:
        while True:
            with self._changed:
                while not self._stack and not self._ending:
                    self._changed.wait()
                if self._ending:
                    return
                (file, frame), _ = self._stack.popitem()
            self.decoded.emit(file, frame, fitted(_read(file, frame), frame))


def _read(file: str, frame: Frame) -> QImage:
    if file.startswith("data:"):  # a picture of ours that lies on no disk
        return QImage.fromData(QByteArray.fromBase64(QByteArray(file.partition(",")[2].encode())))
    reader = QImageReader(file)
    if frame == WHOLE:
        return reader.read()
    if frame.part is not None:
        return _cut(reader.read(), frame.part)
    size = reader.size()
    room = QSize(frame.width, frame.height) * 2
    if size.isValid() and size.width() > room.width() and size.height() > room.height():
        # libjpeg shrinks by powers of two while decoding, several times faster than scaling afterwards
        reader.setScaledSize(size.scaled(room, Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    return reader.read()


def _cut(image: QImage, part: Box) -> QImage:
    width, height = image.width(), image.height()
    left, top = round(part.left * width), round(part.top * height)
    return image.copy(left, top, max(1, round(part.width * width)), max(1, round(part.height * height)))


def fitted(image: QImage, frame: Frame) -> QImage:
    """The picture scaled into the frame, at most to twice its size, with round corners and an edge."""
    if frame == WHOLE:
        return image
    if image.isNull() or frame.width <= 0 or frame.height <= 0:
        return QImage()
    room = QSize(frame.width, frame.height)
    size = image.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
    if frame.cut:
        covering = image.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatioByExpanding)
        lost = 1 - (room.width() * room.height()) / max(1, covering.width() * covering.height())
        if lost <= frame.cut:
            size = covering
    if size.width() > image.width() * 2:
        size = image.size() * 2
    size = size.expandedTo(QSize(1, 1))
    scaled = image.scaled(
        size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    shown = size.boundedTo(room)
    made = QImage(shown, QImage.Format.Format_ARGB32_Premultiplied)
    made.fill(Qt.GlobalColor.transparent)
    left, top = (size.width() - shown.width()) // 2, (size.height() - shown.height()) // 2
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(scaled.copy(left, top, shown.width(), shown.height())))
    painter.drawRoundedRect(QRectF(made.rect()), frame.radius, frame.radius)
    painter.setPen(theme.PICTURE_EDGE)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(made.rect()).adjusted(0.5, 0.5, -0.5, -0.5), frame.radius, frame.radius)
    painter.end()
    return made

"""A part of the screen as a question: the screens stand still and dark, and a box is drawn on one of them."""

import shiboken6
from PySide6.QtCore import QObject, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QCursor, QGuiApplication, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.system.screenshot import Screenshot, Shot
from desktop_app.widgets.box_drawing import paint_box
from desktop_app.widgets.question import in_front

LEAST = 8
"""Device-independent pixels; a smaller box was a click that slipped."""
LASTING = (Qt.WindowType.Window, Qt.WindowType.Dialog)
"""What comes back afterwards. Menus, tooltips and the palette do not: each is gone once it is left."""
HIDING_MS = 250
"""For the desktop to paint what lay under our windows."""


class FrozenScreen(QWidget):
    """One screen, as it was.

    Signals:
        taken(QImage): this part of it.
        left: the person wants none.
    """

    taken = Signal(object)
    left = Signal()

    def __init__(self, shot: Shot) -> None:
        super().__init__(None, Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint)
        if QGuiApplication.platformName() == "xcb":  # a window manager would make room for panels
            self.setWindowFlag(Qt.WindowType.BypassWindowManagerHint)
        self._shot = shot
        self._from: QPointF | None = None
        self._to = QPointF()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setWindowTitle(self.tr("Search by a part of the screen"))
        self.setAccessibleName(self.hint())
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setScreen(shot.screen)
        self.setGeometry(shot.screen.geometry())

    def hint(self) -> str:
        """What to do."""
        return self.tr("Drag a box around what you are looking for. Enter takes all of it, Esc none.")

    def box(self) -> QRectF:
        """As it is drawn so far."""
        if self._from is None:
            return QRectF()
        return QRectF(self._from, self._to).normalized().intersected(QRectF(self.rect()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._from = self._to = event.position()
            self.update()
        else:
            self.left.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is not None:
            self._to = event.position()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._to = event.position()
        box = self.box()
        self._from = None
        self.update()
        if min(box.width(), box.height()) >= LEAST:
            self._take(box)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(QRectF(self.rect()))

    def _take(self, box: QRectF) -> None:
        image = self._shot.image
        across, down = image.width() / max(1, self.width()), image.height() / max(1, self.height())
        place = QRect(
            round(box.x() * across),
            round(box.y() * down),
            round(box.width() * across),
            round(box.height() * down),
        )
        part = image.copy(place.intersected(image.rect()))
        part.setDevicePixelRatio(1)
        self.taken.emit(part)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawImage(QRectF(self.rect()), self._shot.image)
        paint_box(painter, QRectF(self.rect()), self.box(), self.hint(), 1 / 8)


class Snip(QObject):
    """Hides our windows, freezes the screens, and has a box drawn.

    Signals:
        taken(QImage): this is to be searched by.
        said(str): why it cannot be done.
    """

    taken = Signal(object)
    said = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._hidden: list[QWidget] = []
        self._screens: list[FrozenScreen] = []
        self._active = False
        self._shot = Screenshot(self._freeze, self._fail, self)

    @property
    def screens(self) -> list[FrozenScreen]:
        """What is frozen now."""
        return self._screens

    def start(self) -> None:
        """Begin, unless that was done already or a question of ours waits for its answer."""
        asking = in_front()  # hidden, it would take that for an answer
        if self._active or asking is not None:
            return
        self._active = True
        ours = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
        self._hidden = [each for each in ours if each.windowType() in LASTING]
        for each in ours:
            if shiboken6.isValid(each):
                each.hide()
        QTimer.singleShot(HIDING_MS if ours else 0, self._shot.take)

    def _freeze(self, shots: list[Shot]) -> None:
        for shot in shots:
            screen = FrozenScreen(shot)
            screen.taken.connect(self._take)
            screen.left.connect(self._restore)
            self._screens.append(screen)
            if QGuiApplication.platformName().startswith("wayland"):
                screen.showFullScreen()
            else:
                screen.show()
            screen.raise_()
        under = QGuiApplication.screenAt(QCursor.pos())
        first = next((each for each in self._screens if each.screen() == under), self._screens[0])
        first.activateWindow()
        first.setFocus()
        if QGuiApplication.platformName() == "xcb":
            first.grabKeyboard()  # nobody else gives it to a window without a window manager

    def _take(self, image: QImage) -> None:
        self._restore()
        self.taken.emit(image)

    def _fail(self, sentence: str) -> None:
        self._restore()
        self.said.emit(sentence)

    def _restore(self) -> None:
        screens, self._screens = self._screens, []
        for each in screens:
            each.releaseKeyboard()
            each.close()
        hidden, self._hidden = self._hidden, []
        for window in hidden:
            if shiboken6.isValid(window):
                window.show()
        self._active = False

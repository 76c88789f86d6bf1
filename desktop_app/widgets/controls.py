"""The few controls of our own: buttons, chips, labels that wrap or shorten themselves, hairlines."""

from abc import abstractmethod
from collections.abc import Callable
from enum import Enum, auto

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QPushButton,
    QScrollBar,
    QSizePolicy,
    QStyle,
    QStyleOptionSlider,
    QVBoxLayout,
    QWidget,
)

from desktop_app.language import wording
from desktop_app.widgets import icons, theme
from desktop_app.widgets.one_line import paint_line

ICON = 18
"""Edge of an icon in a control."""

KEYBOARD_REASONS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
"""Whoever came by mouse knows where they are and needs no ring."""


class Look(Enum):
    """How loud a button is."""

    PRIMARY = auto()
    NORMAL = auto()
    QUIET = auto()


def outlined(
    painter: QPainter, rect: QRectF, fill: QColor | None, line: QColor | None, radius: float
) -> None:
    """A rounded box with a crisp one pixel outline inside `rect`; None leaves fill or line out."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen if line is None else QPen(line, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush if fill is None else fill)
    box = rect if line is None else rect.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(box, radius, radius)


def focus_ring(painter: QPainter, rect: QRectF, colour: QColor, radius: float) -> None:
    """Where the keyboard is, two pixels wide, just inside `rect`."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)


class Button(QPushButton):
    """A rounded button with an optional icon. Without text the accessible name is required."""

    HEIGHT = 34
    SIDE = 14

    def __init__(
        self,
        text: str = "",
        icon_name: str = "",
        look: Look = Look.NORMAL,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setText(text)
        self.icon_name = icon_name
        self._by_keyboard = False
        self.look = look
        self.setAutoDefault(False)  # else Enter in a dialog's field presses whichever button comes first
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        if name:
            self.setAccessibleName(name)
            self.setToolTip(name)

    def sizeHint(self) -> QSize:
        width = self.SIDE * 2
        if self.icon_name:
            width += ICON
        if self.text():
            width += self.fontMetrics().horizontalAdvance(self.text()) + (theme.S if self.icon_name else 0)
        else:
            width = self.HEIGHT
        return QSize(width, max(self.HEIGHT, self.fontMetrics().height() + theme.M))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        named = theme.colours(self.palette())
        fill, line, text = self._colours(named)
        box = QRectF(self.rect())
        radius = self.radius()
        if not self.isEnabled():
            text = QColor(text)
            text.setAlphaF(0.5)
        outlined(painter, box, fill, line, radius)
        if self.hasFocus() and self._by_keyboard:
            focus_ring(painter, box, named.accent if self.look is not Look.PRIMARY else named.text, radius)
        self._paint_content(painter, text)

    def text(self) -> str:
        return wording.unescaped(super().text())

    def setText(self, text: str) -> None:
        super().setText(wording.escaped(text))

    def setToolTip(self, text: str) -> None:
        super().setToolTip(wording.literal(text))

    def on_click(self, call: Callable[[], object]) -> None:
        """Call it without Qt's `checked`."""
        self.clicked.connect(lambda: call())

    def radius(self) -> float:
        """Of the corners."""
        return theme.RADIUS

    def shown_icon(self) -> str:
        """The icon now; "" for none."""
        return self.icon_name

    def _colours(self, named: theme.Colours) -> tuple[QColor | None, QColor | None, QColor]:
        hovered = self.isEnabled() and (self.underMouse() or self.isDown())
        if self.isChecked():
            return named.chosen, named.accent, named.on_chosen
        if self.look is Look.PRIMARY:
            fill = QColor(named.accent)
            if not self.isEnabled():
                fill.setAlphaF(0.5)
            elif self.isDown():
                fill = fill.darker(112)
            elif hovered:
                fill = fill.lighter(108)
            return fill, None, named.on_accent
        if self.look is Look.NORMAL:
            return (named.hover if hovered else named.surface), named.line, named.text
        return (named.hover if hovered else None), None, named.text

    def _paint_content(self, painter: QPainter, colour: QColor) -> None:
        metrics = self.fontMetrics()
        shown = self.shown_icon()
        text_width = metrics.horizontalAdvance(self.text()) if self.text() else 0
        gap = theme.S if shown and self.text() else 0
        content = (ICON if shown else 0) + gap + text_width
        left = max(theme.S, (self.width() - content) // 2) if self.text() else (self.width() - content) // 2
        area = QRect(left, 0, min(content, self.width() - left), self.height())
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        if shown:
            x = area.right() + 1 - ICON if mirrored else area.left()
            made = icons.pixmap(shown, colour, ICON, self.devicePixelRatioF())
            painter.drawPixmap(QPointF(x, (self.height() - ICON) / 2), made)
        if self.text():
            place = area.adjusted(0, 0, -(ICON + gap), 0) if mirrored and shown else area
            if shown and not mirrored:
                place = area.adjusted(ICON + gap, 0, 0, 0)
            painter.setPen(colour)
            painter.setFont(self.font())
            elided = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, place.width() + 1)
            paint_line(painter, place, wording.isolated(elided), right=mirrored)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._by_keyboard = event.reason() in KEYBOARD_REASONS
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()


class Chip(Button):
    """A filter that is on or off; on is shown by a tick and by weight, not by colour alone."""

    HEIGHT = 30
    SIDE = 12

    def __init__(self, text: str, icon_name: str, parent: QWidget | None = None) -> None:
        super().__init__(text, icon_name, Look.NORMAL, "", parent)
        self.setCheckable(True)

    def radius(self) -> float:
        return self.height() / 2

    def shown_icon(self) -> str:
        return "check" if self.isChecked() else self.icon_name


class Label(QLabel):
    """Plain text in one of the two strengths, in a size relative to the system's.

    It begins where the window's lines begin, whatever language it is in. Where it wraps, so does a word that
    no line is wide enough for: a window must not become as wide as the name of a file.
    """

    _wanted = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
    _said = ""
    _broken = False

    def __init__(
        self,
        text: str = "",
        *,
        quiet: bool = False,
        scale: float = 1.0,
        weight: QFont.Weight | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._said = text
        self._quiet = quiet
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(self.font(), scale, weight))
        if quiet:
            self.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._align()

    def text(self) -> str:
        return self._said

    def setText(self, text: str) -> None:
        self._said = text
        shown = wording.broken(text) if self.wordWrap() else text
        super().setText(shown)
        broken = shown != text
        if broken or self._broken:  # screen readers hear it whole
            self.setAccessibleName(text if broken else "")
        self._broken = broken

    def setWordWrap(self, on: bool) -> None:
        super().setWordWrap(on)
        self.setText(self._said)

    def setAlignment(self, alignment: Qt.AlignmentFlag) -> None:
        self._wanted = alignment
        self._align()

    def _align(self) -> None:
        across = Qt.AlignmentFlag.AlignHorizontal_Mask
        side = self._wanted & across
        if side & (Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTrailing):
            trailing = bool(side & Qt.AlignmentFlag.AlignTrailing)
            side = theme.leading(mirrored=self.isRightToLeft() != trailing)
        super().setAlignment(side | (self._wanted & ~across))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._align()


class ElidedLabel(Label):
    """One line that shortens itself; the whole text is its tooltip and its accessible name."""

    def __init__(
        self,
        text: str = "",
        *,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle,
        quiet: bool = False,
        scale: float = 1.0,
        weight: QFont.Weight | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", quiet=quiet, scale=scale, weight=weight, parent=parent)
        self._whole = ""
        self._mode = mode
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.set_whole(text)

    @property
    def whole(self) -> str:
        """The text, not shortened."""
        return self._whole

    def set_whole(self, text: str) -> None:
        """Show another text."""
        self._whole = text
        self.setAccessibleName(text)
        self._shorten()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._shorten()

    def _shorten(self) -> None:
        one_line = " ".join(self._whole.split())
        shown = QFontMetrics(self.font()).elidedText(one_line, self._mode, max(0, self.width()))
        self.setText(wording.isolated(shown))
        self.setToolTip(wording.literal(self._whole) if shown != one_line else "")


class Panel(QFrame):
    """Rows on a raised surface."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, theme.XS, 1, theme.XS)
        self._column.setSpacing(0)

    def add(self, row: QWidget) -> None:
        """Below the others, with a line between."""
        if self._column.count():
            self._column.addWidget(Hairline())
        self._column.addWidget(row)

    def paintEvent(self, event: QPaintEvent) -> None:
        named = theme.colours(self.palette())
        painter = QPainter(self)
        outlined(painter, QRectF(self.rect()), named.surface, named.line, theme.RADIUS + 2)


class ScrollBar(QScrollBar):
    """A quiet handle without arrows."""

    WIDTH = 12

    def sizeHint(self) -> QSize:
        return QSize(self.WIDTH, 80)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        named = theme.colours(self.palette())
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        painter.fillRect(self.rect(), named.window)
        if self.minimum() == self.maximum():
            return
        handle = self.style().subControlRect(
            QStyle.ComplexControl.CC_ScrollBar, option, QStyle.SubControl.SC_ScrollBarSlider, self
        )
        strong = self.isSliderDown() or self.underMouse()
        outlined(
            painter, QRectF(handle).adjusted(3, 0, -3, 0), named.quiet if strong else named.line, None, 3
        )


class Directed(QWidget):
    """Arranges itself anew when the direction of reading changes; the first time its `__init__` does."""

    @abstractmethod
    def arrange(self) -> None:
        """Everything in its place, as `isRightToLeft` asks."""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self.arrange()


class Hairline(QFrame):
    """A one pixel line between two regions."""

    def __init__(self, parent: QWidget | None = None, *, vertical: bool = False) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        if vertical:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.colours(self.palette()).line)

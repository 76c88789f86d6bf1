"""The parts of a question that are no plain words, to be taken away, edited and weighed: chips in the box."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.query.query_image import QueryImage
from desktop_app.results.thumbnails import Frame, Thumbnails
from desktop_app.widgets import icons, theme
from desktop_app.widgets.controls import ICON, Button, Look, focus_ring, outlined
from desktop_app.widgets.one_line import paint_line
from indexer.messages.query_parts import QueryPart
from indexer.messages.search_messages import Example

HEIGHT = 36
PICTURE = 28
CROSS = 16
LONGEST = 220
"""Width of a chip's words; longer ones are shortened and shown whole in the tooltip."""

SYMBOLS = {
    "kind": "photo",
    "is": "photo",
    "ext": "document",
    "in": "folder",
    "before": "calendar",
    "after": "calendar",
    "on": "calendar",
    "camera": "camera",
    "place": "place",
    "dur": "video",
    "sort": "sort",
}
"""Icons of filters; the others have the funnel's."""

DATES, MEASURES = ("before", "after", "on"), ("size", "dur")
YEAR = re.compile(r"\d{4}")
LONGEST_UNIT = 3

UNLIKE = -1.0
"""The weight of a picture that is not what is meant."""


@dataclass(frozen=True, slots=True)
class QueryExample:
    """An indexed file in the question: more like it, or less.

    Attributes:
        name: what the chip says. preview: a JPEG of the cache, "" for none.
    """

    example: Example
    name: str
    preview: str = ""


class QueryChip(Button):
    """A chip. The cross, Backspace and Delete take it away; the rest of it is for the kind of chip.

    Signals:
        removed: the person wants it away.
        chosen: pressed elsewhere than on the cross, or Enter.
        left(int): the arrow keys lead on: -1 before, 1 behind.
    """

    removed = Signal()
    chosen = Signal()
    left = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", "", Look.NORMAL, "", parent)

    def words(self) -> str:
        """What it says."""
        raise NotImplementedError

    def room(self) -> int:
        """Width of what stands before the words."""
        return theme.S

    def sizeHint(self) -> QSize:
        return QSize(self.room() + self._words_width() + theme.XS + CROSS + theme.S, HEIGHT)

    def _words_width(self) -> int:
        return min(LONGEST, self.fontMetrics().horizontalAdvance(self.words()) + 2)

    def colours(self, named: theme.Colours) -> tuple[QColor, QColor, QColor]:
        """Ground, outline, writing."""
        return named.chosen, named.accent, named.on_chosen

    def cross(self) -> QRect:
        """Where it is taken away."""
        width = CROSS + theme.S + theme.XS
        return QRect(0 if self.isRightToLeft() else self.width() - width, 0, width, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        named = theme.colours(self.palette())
        ground, line, writing = self.colours(named)
        box = QRectF(self.rect())
        outlined(painter, box, named.hover if self.underMouse() else ground, line, theme.RADIUS)
        if self.underMouse():
            writing = named.text
        if self.hasFocus():
            focus_ring(painter, box, named.accent, theme.RADIUS)
        mirrored = self.isRightToLeft()
        ratio = self.devicePixelRatioF()
        self.paint_front(painter, named, writing)
        left = self.cross().right() + 1 if mirrored else self.room()
        place = QRect(left, 0, self.width() - self.room() - self.cross().width(), self.height())
        painter.setPen(writing)
        painter.setFont(self.font())
        text = self.fontMetrics().elidedText(self.words(), Qt.TextElideMode.ElideMiddle, place.width())
        paint_line(painter, place, text, right=mirrored)
        x = theme.S if mirrored else self.width() - theme.S - CROSS
        corner = QPointF(x, (self.height() - CROSS) / 2)
        painter.drawPixmap(corner, icons.pixmap("close", writing, CROSS, ratio))

    def paint_front(self, painter: QPainter, named: theme.Colours, writing: QColor) -> None:
        """What stands before the words."""

    def front(self, width: int, height: int, inset: int) -> QRect:
        """The place of something before the words."""
        x = self.width() - inset - width if self.isRightToLeft() else inset
        return QRect(x, (self.height() - height) // 2, width, height)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint()) and self.isDown()
        super().mouseReleaseEvent(event)
        if inside and event.button() == Qt.MouseButton.LeftButton:
            (self.removed if self.cross().contains(event.position().toPoint()) else self.chosen).emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        forward = Qt.Key.Key_Left if self.isRightToLeft() else Qt.Key.Key_Right
        if event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.removed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_F2):
            self.chosen.emit()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.left.emit(1 if event.key() == forward else -1)
        else:
            super().keyPressEvent(event)


class TextChip(QueryChip):
    """A filter, exact words, or a minus.

    Signals:
        edited: the person wants it back as text. (A click alone only gives it the keyboard.)
    """

    edited = Signal()

    def __init__(self, part: QueryPart, parent: QWidget) -> None:
        super().__init__(parent)
        self.part = part
        self.setCheckable(False)
        said = part.label or part.text
        if part.problem:
            name = part.problem
        elif part.type == "filter":
            name = self.tr("Filter: {text}").replace("{text}", said)
        elif part.type == "phrase":
            name = self.tr("Exact words: {text}").replace("{text}", part.text)
        else:
            name = self.tr("Without: {text}").replace("{text}", part.text[1:])
        self.setAccessibleName(name)
        self.setAccessibleDescription(self.tr("Enter edits, Delete removes"))
        self.setToolTip(
            part.problem or "\n".join(dict.fromkeys((part.text, self.tr("Double-click to edit"))))
        )

    def words(self) -> str:
        if self.part.problem or self.part.type == "phrase":
            return self.part.text
        if self.part.type == "without":
            return "− " + self.part.text[1:]
        return self.part.label or self.part.text

    def room(self) -> int:
        return theme.S + (CROSS + theme.XS if self._symbol() else 0)

    def _symbol(self) -> str:
        if self.part.problem:
            return "problem"
        return SYMBOLS.get(self.part.field, "filter") if self.part.type == "filter" else ""

    def colours(self, named: theme.Colours) -> tuple[QColor, QColor, QColor]:
        if self.part.problem:
            return named.surface, named.danger, named.danger
        if self.part.negated:
            return named.surface, named.line, named.text
        return super().colours(named)

    def paint_front(self, painter: QPainter, named: theme.Colours, writing: QColor) -> None:
        if self._symbol():
            made = icons.pixmap(self._symbol(), writing, CROSS, self.devicePixelRatioF())
            painter.drawPixmap(self.front(CROSS, CROSS, theme.S).topLeft(), made)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if not self.cross().contains(event.position().toPoint()):
            self.edited.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_F2):
            self.edited.emit()
        else:
            super().keyPressEvent(event)


class PictureChip(QueryChip):
    """A picture, or an indexed file as an example, and how much it counts.

    Signals:
        weighed: it counts differently now.
    """

    weighed = Signal()

    def __init__(
        self, picture: QueryImage | QueryExample, weight: float, thumbnails: Thumbnails, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.picture = picture
        self.weight = weight
        self._preview = picture.preview
        self._thumbnails = thumbnails
        thumbnails.arrived.connect(self._arrived)
        self.chosen.connect(self.open_menu)
        self._name_it()

    def set_preview(self, file: str) -> None:
        """A small picture of ours to show."""
        self._preview = file
        self.update()

    def set_weight(self, weight: float) -> None:
        """Count it differently."""
        self.weight = weight
        self._name_it()
        self.updateGeometry()
        self.update()
        self.weighed.emit()

    def words(self) -> str:
        if self.weight < 0:
            return "− " + self.picture.name
        mark = {2.0: "2× ", 0.5: "½ "}.get(self.weight, "")
        return mark + self.picture.name

    def room(self) -> int:
        return theme.XS + PICTURE + theme.S

    def colours(self, named: theme.Colours) -> tuple[QColor, QColor, QColor]:
        return named.tile, named.danger if self.weight < 0 else named.line, named.text

    def paint_front(self, painter: QPainter, named: theme.Colours, writing: QColor) -> None:
        ratio = self.devicePixelRatioF()
        place = self.front(PICTURE, PICTURE, theme.XS)
        edge = round(PICTURE * ratio)
        box = self.picture.example.box if isinstance(self.picture, QueryExample) else None
        frame = Frame("chip" if box is None else f"chip {box}", edge, edge, round(5 * ratio), part=box)
        if self._thumbnails.paint(painter, self._preview, frame, place) is None:
            corner = QPointF(place.center().x() - ICON / 2 + 0.5, place.center().y() - ICON / 2 + 0.5)
            painter.drawPixmap(corner, icons.pixmap("photo", named.quiet, ICON, ratio))
        if self.weight < 0:
            mark = QRectF(place).adjusted(PICTURE - 15, PICTURE - 15, 3, 3)
            painter.setBrush(named.surface)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(mark)
            painter.drawPixmap(mark.topLeft() + QPointF(1, 1), icons.pixmap("less", named.danger, 16, ratio))

    def menu(self) -> QMenu:
        """How much it counts, and taking it away."""
        made = QMenu(self)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        weights = [(1.0, self.tr("More like this")), (UNLIKE, self.tr("Less like this"))]
        if isinstance(self.picture, QueryImage):
            weights[1:1] = [(2.0, self.tr("Counts double")), (0.5, self.tr("Counts half"))]
        for weight, text in weights:
            action = made.addAction(text)
            action.setCheckable(True)
            action.setChecked(weight == self.weight)
            action.triggered.connect(lambda _=False, weight=weight: self.set_weight(weight))
        made.addSeparator()
        made.addAction(self.tr("Remove")).triggered.connect(lambda _=False: self.removed.emit())
        return made

    def open_menu(self) -> None:
        """Below the chip."""
        self.menu().popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.open_menu()

    def _name_it(self) -> None:
        said = self.tr("Less like: {name}") if self.weight < 0 else self.tr("Like: {name}")
        self.setAccessibleName(said.replace("{name}", self.picture.name))
        self.setAccessibleDescription(self.tr("Enter changes how much it counts, Delete removes"))
        self.setToolTip(self.accessibleName())

    def _arrived(self, files: set[str]) -> None:
        if self._preview in files:
            self.update()


def is_written(part: QueryPart, parts: Sequence[QueryPart], typed: str, cursor: int) -> bool:
    """Whether one of the parts of what is being typed is written to its end, and the cursor is elsewhere."""
    if part.start <= cursor <= part.end:
        return False
    behind = next((each for each in parts if each.start >= part.end), None)
    if part.problem:  # the date may go on: "before:last summer"
        return part.field not in DATES and behind is not None
    if not _may_go_on(part.field, typed[part.start : part.end]):
        return True
    if behind is None:
        return False
    begun = behind.text.isdigit() if part.field in DATES else len(behind.text) <= LONGEST_UNIT
    return not (begun and behind.start <= cursor <= behind.end)


def closed(part: QueryPart) -> QueryPart:
    """As a chip: no word that is written later is taken for the rest of a date or the unit of a number."""
    field, _, value = part.text.partition(":")
    if part.problem or '"' in value or not _may_go_on(part.field, value):
        return part
    return replace(part, text=f'{field}:"{value}"')


def _may_go_on(field: str, written: str) -> bool:
    """Behind a blank: "before:May 2024", "size:>5 MB"."""
    if field in DATES:
        return written[-1].isalnum() and not YEAR.search(written)
    return field in MEASURES and written[-1].isdigit()

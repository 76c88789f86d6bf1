"""What could be meant by what is being typed: a short list below the box. It never takes the keyboard."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.language import wording
from desktop_app.widgets import theme
from desktop_app.widgets.announcing import announce
from desktop_app.widgets.controls import outlined
from desktop_app.widgets.one_line import paint_line
from indexer.messages.query_messages import Completion

ROW = 34
WIDTH = 420
OFFER = Qt.ItemDataRole.UserRole + 1
HINT = Qt.ItemDataRole.UserRole + 2


class CompletionPopup(QFrame):
    """A list in the window, over what lies below the box.

    Signals:
        taken(Completion): clicked.
    """

    taken = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._list = QListWidget()
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setItemDelegate(_Row(self._list))
        self._list.setMouseTracking(True)
        self._list.setAccessibleName(self.tr("Suggestions"))
        self._list.itemClicked.connect(lambda item: self.taken.emit(item.data(OFFER)))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XS, theme.XS, theme.XS, theme.XS)
        column.addWidget(self._list)
        self.hide()

    @property
    def offers(self) -> list[Completion]:
        """What is listed."""
        return [self._list.item(row).data(OFFER) for row in range(self._list.count())]

    def offer(self, items: Sequence[Completion], corner: QPoint) -> None:
        """List these with the upper corner where lines begin here (in the parent); hide for none."""
        self._list.clear()
        for each in items:
            item = QListWidgetItem(each.label)
            hint = self._hint(each)
            item.setData(OFFER, each)
            item.setData(HINT, hint)
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, hint)
            self._list.addItem(item)
        parent = self.parentWidget()
        if not items or parent is None:
            self.hide()
            return
        width = min(WIDTH, parent.width() - 2 * theme.L)
        left = corner.x() + 1 - width if self.isRightToLeft() else corner.x()
        left = max(theme.L, min(left, parent.width() - width - theme.L))
        self.setGeometry(left, corner.y(), width, ROW * len(items) + 2 * theme.XS)
        self.raise_()
        self.show()

    def walk(self, step: int) -> bool:
        """Mark another row. False when that leads out of the list."""
        row = self._list.currentRow() + step
        if row < 0 and step < 0:
            self._list.setCurrentRow(-1)
            return True
        if row >= self._list.count():
            return False
        self._list.setCurrentRow(row)
        item = self._list.item(row)
        announce(self, ", ".join(filter(None, (item.text(), item.data(HINT)))))  # the keyboard is elsewhere
        return True

    def marked(self, *, first: bool = False) -> Completion | None:
        """The marked offer; the first if wanted and none is marked."""
        row = self._list.currentRow()
        if row < 0 and first and self._list.count():
            row = 0
        offer: Completion | None = self._list.item(row).data(OFFER) if row >= 0 else None
        return offer

    def _hint(self, offer: Completion) -> str:
        if offer.insert.endswith(":"):
            return self._about(offer.insert.strip("-:"))
        files = wording.counted(offer.files, self.tr("1 file"), self.tr("{n} files")) if offer.files else ""
        return " · ".join(filter(None, (offer.hint, files)))

    def _about(self, field: str) -> str:
        return {
            "kind": self.tr("photo, screenshot, video or document"),
            "is": self.tr("photo, screenshot, video or document"),
            "ext": self.tr("ending of the file, such as jpg"),
            "in": self.tr("folder"),
            "before": self.tr("before a day, month or year"),
            "after": self.tr("since a day, month or year"),
            "on": self.tr("on a day, in a month, in a year"),
            "size": self.tr("size, such as >5MB"),
            "camera": self.tr("camera or lens"),
            "place": self.tr("where it was taken"),
            "dur": self.tr("length of a video, such as <1m"),
            "rating": self.tr("stars, at least"),
            "sort": self.tr("order of the results"),
        }.get(field, "")

    def paintEvent(self, event: QPaintEvent) -> None:
        named = theme.colours(self.palette())
        outlined(QPainter(self), QRectF(self.rect()), named.surface, named.line, theme.RADIUS)


class _Row(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, ROW)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        named = theme.colours(option.palette)
        row = QRectF(option.rect).adjusted(0, 1, 0, -1)
        marked = bool(option.state & QStyle.StateFlag.State_Selected)
        if marked:
            outlined(painter, row, named.chosen, None, theme.RADIUS - 2)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            outlined(painter, row, named.hover, None, theme.RADIUS - 2)
        room = QRect(option.rect).adjusted(theme.S, 0, -theme.S, 0)
        label, hint = str(index.data()), str(index.data(HINT) or "")
        painter.setFont(theme.font(option.font, 1.0, QFont.Weight.Medium))
        metrics = QFontMetrics(painter.font())
        painter.setPen(named.on_chosen if marked else named.text)
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        label = metrics.elidedText(label, Qt.TextElideMode.ElideMiddle, room.width() * 2 // 3)
        paint_line(painter, room, wording.isolated(label), right=mirrored)
        left = room.width() - metrics.horizontalAdvance(label) - theme.L
        painter.setFont(option.font)
        painter.setPen(named.quiet)
        hint = QFontMetrics(option.font).elidedText(hint, Qt.TextElideMode.ElideMiddle, left)
        paint_line(painter, room, wording.isolated(hint), right=not mirrored)

"""The headings of a long page beside it: one click, or one key, and the page is there."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListWidget, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.widgets import theme
from desktop_app.widgets.controls import focus_ring, outlined
from desktop_app.widgets.one_line import paint_line

WIDTH, ROW = 170, 32


class SectionList(QListWidget):
    """A name per section; `currentRowChanged` says which is wanted."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Sections"))
        self.setFixedWidth(WIDTH)
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setItemDelegate(_Name(self))
        self.addItems(list(names))
        for row in range(self.count()):
            self.item(row).setSizeHint(QSize(0, ROW))

    def show_only(self, there: Sequence[bool]) -> None:
        """The sections that have something to show."""
        for row, shown in enumerate(there):
            self.item(row).setHidden(not shown)

    def mark(self, row: int) -> None:
        """This one is seen now; it is not wanted thereby."""
        with QSignalBlocker(self):
            self.setCurrentRow(row)


class _Name(QStyledItemDelegate):
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        named = theme.colours(option.palette)
        row = QRectF(option.rect).adjusted(0, 1, 0, -1)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            outlined(painter, row, named.chosen if chosen else named.hover, None, theme.RADIUS)
        if option.state & QStyle.StateFlag.State_HasFocus:
            focus_ring(painter, row, named.accent, theme.RADIUS)
        painter.setFont(option.font)
        painter.setPen(named.on_chosen if chosen else named.text)
        words = row.adjusted(theme.M, 0, -theme.M, 0)
        said = option.fontMetrics.elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, int(words.width())
        )
        paint_line(painter, words, said, right=option.direction == Qt.LayoutDirection.RightToLeft)

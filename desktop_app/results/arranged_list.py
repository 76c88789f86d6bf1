"""A QListView whose places are arithmetic (results_layout.py): sections of rows, in equal columns.

Why QListView and not QAbstractItemView: screen readers then find a list with named items.
"""

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QPalette,
    QRegion,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from desktop_app.results.results_layout import HEADER, Layout, Section
from desktop_app.results.results_model import Index
from desktop_app.widgets.controls import ScrollBar

MARGIN = 12

NEAR_END = 1.5
"""Windows full below the last one on the screen, from which on more of a list is wanted."""

Cursor = QAbstractItemView.CursorAction


class ArrangedList(QListView):
    """Knows where everything lies, and how keys and the mouse move there. What a cell shows it does not know.

    Signals:
        end_near: the last rows are, or soon will be, on the screen.
    """

    end_near = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sections: tuple[Section, ...] = (Section("", 0),)
        self._places = Layout(self._sections, QSize(100, 100))
        self._settling = False
        self._telling = QTimer(self)
        self._telling.setSingleShot(True)
        self._telling.timeout.connect(self._tell_current)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBar(ScrollBar())
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)

    def columns_and_cell(self, room: int) -> tuple[int, QSize]:
        """How many fit side by side into this width, and the size of each."""
        raise NotImplementedError

    def _rows(self) -> int:
        return self.model().rowCount() if self.model() is not None else 0

    def cell_rect(self, row: int) -> QRect:
        """Of a row, in viewport coordinates."""
        return self._places.rect(row).translated(0, -self.verticalOffset())

    def doItemsLayout(self) -> None:
        self.updateGeometries()
        self.viewport().update()

    def updateGeometries(self) -> None:
        if self.model() is None:  # Qt asks while the object is being made
            return
        viewport = self.viewport()
        room = viewport.width() - 2 * MARGIN
        columns, cell = self.columns_and_cell(room)
        left = MARGIN + (room - cell.width() * columns) // 2
        self._places = Layout(self._sections, cell, columns, left, mirrored=self.isRightToLeft())
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, self._places.height - viewport.height()))
        bar.setPageStep(viewport.height())
        bar.setSingleStep(max(24, cell.height() // 4))
        self.horizontalScrollBar().setRange(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._settle(next(iter(self.rows_in(self.viewport().rect())), 0))

    def _settle(self, first: int) -> None:
        """Lay out anew, with this row at the top unless the list stood at its beginning."""
        self._settling = True
        scrolled = self.verticalOffset() > 0
        self.doItemsLayout()
        if scrolled and first < self._rows():
            self.verticalScrollBar().setValue(self._places.rect(first).top())
        self._settling = False
        self._look_ahead()

    def _look_ahead(self) -> None:
        bar = self.verticalScrollBar()
        if bar.maximum() - bar.value() < NEAR_END * self.viewport().height():
            self.end_near.emit()

    # --- for screen readers ----------------------------------------------------------------------------

    def currentChanged(self, current: Index, previous: Index) -> None:
        # QListView would tell that the list as a whole has the keyboard: it finds rows by its own layout
        QAbstractItemView.currentChanged(self, current, previous)
        self._tell_current()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._telling.start()  # Qt tells of the list itself when this is over

    def _tell_current(self) -> None:
        """Which row has the keyboard, so that it is read."""
        if QAccessible.isActive() and self.hasFocus() and self.currentIndex().isValid():
            told = QAccessibleEvent(self, QAccessible.Event.Focus)
            told.setChild(self.currentIndex().row())
            QAccessible.updateAccessibility(told)

    # ---------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.doItemsLayout()

    def rows_in(self, rect: QRect) -> list[int]:
        """The rows whose line meets this part of the viewport."""
        offset = self.verticalOffset()
        rows = self._places.rows_between(rect.top() + offset, rect.bottom() + offset)
        return [row for row in rows if row < self._rows()]

    def visualRect(self, index: Index) -> QRect:
        return self.cell_rect(index.row()) if index.isValid() else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        row = self._places.row_at(point.x(), point.y() + self.verticalOffset())
        return self.model().index(row, 0) if 0 <= row < self._rows() else QModelIndex()

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def horizontalOffset(self) -> int:
        return 0

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        if not index.isValid():
            return
        rect, bar, height = self.visualRect(index), self.verticalScrollBar(), self.viewport().height()
        if self._places.above(index.row()) == index.row() and self._places.sections[0].title:
            rect.setTop(rect.top() - HEADER)  # the first line of all is seen with its title
        if hint == QAbstractItemView.ScrollHint.PositionAtCenter:
            bar.setValue(bar.value() + rect.center().y() - height // 2)
        elif rect.top() < 0 or hint == QAbstractItemView.ScrollHint.PositionAtTop:
            bar.setValue(bar.value() + rect.top())
        elif rect.bottom() > height or hint == QAbstractItemView.ScrollHint.PositionAtBottom:
            bar.setValue(bar.value() + rect.bottom() - height)

    def moveCursor(self, action: Cursor, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        rows = self._rows()
        if not rows:
            return QModelIndex()
        if not self.currentIndex().isValid():
            return self.model().index(rows - 1 if action == Cursor.MoveEnd else 0, 0)
        row = self.currentIndex().row()
        side = -1 if self.isRightToLeft() else 1
        jump = max(1, self.viewport().height() // self._places.cell.height())
        target = row
        match action:
            case Cursor.MoveRight:
                target = row + side
            case Cursor.MoveLeft:
                target = row - side
            case Cursor.MoveNext:
                target = row + 1
            case Cursor.MovePrevious:
                target = row - 1
            case Cursor.MoveHome:
                target = 0
            case Cursor.MoveEnd:
                target = rows - 1
            case Cursor.MoveDown | Cursor.MovePageDown:
                for _ in range(jump if action == Cursor.MovePageDown else 1):
                    target = self._places.below(target)
            case Cursor.MoveUp | Cursor.MovePageUp:
                for _ in range(jump if action == Cursor.MovePageUp else 1):
                    target = self._places.above(target)
        return self.model().index(min(rows - 1, max(0, target)), 0)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        # Qt hands over the two corners as they were made, so this is the range a person means by Shift
        start, end = self.indexAt(rect.topLeft()), self.indexAt(rect.bottomRight())
        if not start.isValid() and not end.isValid():
            self.selectionModel().select(QItemSelection(), command)
            return
        start, end = (start if start.isValid() else end), (end if end.isValid() else start)
        first, last = (start, end) if start.row() <= end.row() else (end, start)
        self.selectionModel().select(QItemSelection(first, last), command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        return QRegion(self.viewport().rect())

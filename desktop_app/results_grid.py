"""The grid: a QListView whose layout is arithmetic, so it costs the same for ten rows and for a million.

Why QListView and not QAbstractItemView: screen readers then find a list with named items.
"""

from PySide6.QtCore import (
    QEvent,
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
    QDrag,
    QHoverEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPixmap,
    QRegion,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyleOptionViewItem, QWidget

from desktop_app import theme
from desktop_app.controls import ScrollBar
from desktop_app.result_card import ResultCard
from desktop_app.results_model import Index, ResultsModel, card_picture, files_mime
from desktop_app.thumbnails import Thumbnails
from indexer.protocol import Hit

MIN_CELL = 196
"""Cells are at least this wide and share what is left over."""

MARGIN = 12

HOVER_MS = 300
"""Pointing at the list for this long means that it is being read."""

WINDOWS_FULL = 4
"""Pixmaps kept, in windows full of cards."""

Cursor = QAbstractItemView.CursorAction
Flag = QItemSelectionModel.SelectionFlag


class ResultsGrid(QListView):
    """Cards in rows.

    Signals:
        touched: the person scrolled, chose, or pointed at the list for a moment.
        typed(str): text was typed here; it belongs into the search box.
        current_hit_changed(Hit or None).
    """

    touched = Signal()
    typed = Signal(str)
    current_hit_changed = Signal(object)

    def __init__(self, model: ResultsModel, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._results = model
        self._thumbnails = thumbnails
        self._card = ResultCard(thumbnails, self)
        self._columns = 1
        self._cell = QSize(MIN_CELL, MIN_CELL)
        self._left = MARGIN
        self._hovered = -1
        self._settling = False
        self._pointing = QTimer(self)
        self._pointing.setSingleShot(True)
        self._pointing.setInterval(HOVER_MS)
        self._pointing.timeout.connect(self.touched)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setMouseTracking(True)
        self.setVerticalScrollBar(ScrollBar())
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(self.tr("Results"))
        self.setItemDelegate(self._card)
        self.setModel(model)
        self._card.set_font(self.font())
        thumbnails.arrived.connect(self._repaint_files)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    # --- for the window --------------------------------------------------------------------------------

    def show_hits(self, hits: tuple[Hit, ...], *, from_top: bool) -> None:
        """Another list. Unless it starts from the top, place and selection stay with their files."""
        self._settling = True
        chosen = [] if from_top else [hit.path for hit in self.selected_hits()]
        current = None if from_top else self.current_hit()
        place = 0 if from_top else self.verticalOffset()
        self._thumbnails.forget_broken()
        self._results.set_hits(hits)
        self.doItemsLayout()  # it costs nothing, and what follows may scroll
        if from_top:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
        elif chosen or current is not None:
            self._choose(chosen, current)
        self.verticalScrollBar().setValue(place)
        self._settling = False
        self.current_hit_changed.emit(self.current_hit())

    def go_to_top(self) -> None:
        """Without this counting as touched."""
        self._settling = True
        self.scrollToTop()
        self._settling = False

    def current_hit(self) -> Hit | None:
        """The one with the keyboard, None for none."""
        return self._results.hit(self.currentIndex())

    def selected_hits(self) -> list[Hit]:
        """In the order of the list."""
        rows = sorted(self.selectionModel().selectedRows(), key=lambda index: index.row())
        return [hit for index in rows if (hit := self._results.hit(index)) is not None]

    def choose_row(self, row: int) -> None:
        """Select one row and show it."""
        index = self._results.index(row, 0)
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, Flag.ClearAndSelect)
            self.scrollTo(index)

    def _choose(self, paths: list[str], current: Hit | None) -> None:
        selection = QItemSelection()
        for path in paths:
            index = self._results.index(self._results.row_of(path), 0)
            if index.isValid():
                selection.select(index, index)
        if current is not None:
            index = self._results.index(self._results.row_of(current.path), 0)
            self.selectionModel().setCurrentIndex(index, Flag.NoUpdate)
        self.selectionModel().select(selection, Flag.ClearAndSelect)

    # --- layout: everything follows from the number of columns and the cell ----------------------------

    def _rows(self) -> int:
        return self._results.rowCount()

    def cell_rect(self, row: int) -> QRect:
        """Of a row, in viewport coordinates."""
        column = row % self._columns
        if self.isRightToLeft():
            column = self._columns - 1 - column
        return QRect(
            self._left + column * self._cell.width(),
            theme.XS + row // self._columns * self._cell.height() - self.verticalOffset(),
            self._cell.width(),
            self._cell.height(),
        )

    def doItemsLayout(self) -> None:
        self.updateGeometries()
        self.viewport().update()

    def updateGeometries(self) -> None:
        viewport = self.viewport()
        room = viewport.width() - 2 * MARGIN
        self._columns = max(1, room // MIN_CELL)
        width = max(80, room // self._columns)
        self._left = MARGIN + (room - width * self._columns) // 2
        self._cell = QSize(width, self._card.set_width(width))
        lines = (self._rows() + self._columns - 1) // self._columns
        bar = self.verticalScrollBar()
        content = lines * self._cell.height() + 2 * theme.XS
        bar.setRange(0, max(0, content - viewport.height()))
        bar.setPageStep(viewport.height())
        bar.setSingleStep(self._cell.height() // 4)
        self.horizontalScrollBar().setRange(0, 0)
        shown = (viewport.height() // self._cell.height() + 2) * self._columns
        self._thumbnails.set_capacity(shown * WINDOWS_FULL)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._settling = True
        first = self.indexAt(QPoint(self._left + 1, self._cell.height() // 2))
        self.doItemsLayout()
        if first.isValid() and self.verticalOffset() > 0:
            self.verticalScrollBar().setValue(first.row() // self._columns * self._cell.height())
        self._settling = False

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.doItemsLayout()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_card"):
            self._card.set_font(self.font())
            self.doItemsLayout()

    def visualRect(self, index: Index) -> QRect:
        return self.cell_rect(index.row()) if index.isValid() else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        column = (point.x() - self._left) // self._cell.width()
        line = (point.y() + self.verticalOffset() - theme.XS) // self._cell.height()
        if not 0 <= column < self._columns or line < 0:
            return QModelIndex()
        if self.isRightToLeft():
            column = self._columns - 1 - column
        row = line * self._columns + column
        return self._results.index(row, 0) if row < self._rows() else QModelIndex()

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
        if hint == QAbstractItemView.ScrollHint.PositionAtCenter:
            bar.setValue(bar.value() + rect.center().y() - height // 2)
        elif rect.top() < 0 or hint == QAbstractItemView.ScrollHint.PositionAtTop:
            bar.setValue(bar.value() + rect.top())
        elif rect.bottom() > height or hint == QAbstractItemView.ScrollHint.PositionAtBottom:
            bar.setValue(bar.value() + rect.bottom() - height)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._hovered = -1
        self.viewport().scroll(0, dy)

    def moveCursor(self, action: Cursor, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        rows = self._rows()
        if not rows:
            return QModelIndex()
        if not self.currentIndex().isValid():
            return self._results.index(rows - 1 if action == Cursor.MoveEnd else 0, 0)
        row = self.currentIndex().row()
        page = max(1, self.viewport().height() // self._cell.height()) * self._columns
        side = -1 if self.isRightToLeft() else 1
        target = {
            Cursor.MoveRight: row + side,
            Cursor.MoveLeft: row - side,
            Cursor.MoveNext: row + 1,
            Cursor.MovePrevious: row - 1,
            Cursor.MoveDown: row + self._columns,
            Cursor.MoveUp: row - self._columns,
            Cursor.MovePageDown: row + page,
            Cursor.MovePageUp: row - page,
            Cursor.MoveHome: 0,
            Cursor.MoveEnd: rows - 1,
        }[action]
        if action in (Cursor.MoveUp, Cursor.MovePageUp) and target < 0:
            target = row % self._columns
        elif action in (Cursor.MoveDown, Cursor.MovePageDown) and target >= rows:
            last_line = row // self._columns == (rows - 1) // self._columns
            target = row if last_line else rows - 1
        return self._results.index(min(rows - 1, max(0, target)), 0)

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

    # --- painting --------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        option.direction = self.layoutDirection()
        enabled = QStyle.StateFlag.State_Enabled
        selection = self.selectionModel()
        current = self.currentIndex().row() if self.hasFocus() else -1
        for row in self.rows_in(event.rect()):
            index = self._results.index(row, 0)
            state = enabled
            if selection.isSelected(index):
                state |= QStyle.StateFlag.State_Selected
            if row == self._hovered:
                state |= QStyle.StateFlag.State_MouseOver
            if row == current:
                state |= QStyle.StateFlag.State_HasFocus
            option.state = state
            option.rect = self.cell_rect(row)
            self._card.paint(painter, option, index)

    def rows_in(self, rect: QRect) -> range:
        """The rows whose line meets this part of the viewport."""
        offset = self.verticalOffset() - theme.XS
        first = max(0, (rect.top() + offset) // self._cell.height())
        last = (rect.bottom() + offset) // self._cell.height()
        return range(first * self._columns, min((last + 1) * self._columns, self._rows()))

    def _repaint_files(self, files: set[str]) -> None:
        for row in self.rows_in(self.viewport().rect()):
            hit = self._results.hits[row]
            if card_picture(hit) in files or hit.thumbnail in files:
                self.viewport().update(self.cell_rect(row))

    # --- the person ------------------------------------------------------------------------------------

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.HoverMove, QEvent.Type.HoverEnter):
            assert isinstance(event, QHoverEvent)  # noqa: S101  # for the type checker
            self._hover(self.indexAt(event.position().toPoint()).row())
            if event.type() == QEvent.Type.HoverMove and not self._pointing.isActive():
                self._pointing.start()
        elif event.type() in (QEvent.Type.HoverLeave, QEvent.Type.Leave):
            self._hover(-1)
            self._pointing.stop()
        return super().viewportEvent(event)

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            for each in (self._hovered, row):
                if each >= 0:
                    self.viewport().update(self.cell_rect(each))
            self._hovered = row

    def _scrolled(self) -> None:
        if not self._settling:
            self.touched.emit()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if not self._settling:
            if current.isValid():
                self.touched.emit()
            self.current_hit_changed.emit(self._results.hit(current))

    def keyboardSearch(self, search: str) -> None:
        if search.strip():
            self.typed.emit(search)

    def startDrag(self, supported: Qt.DropAction) -> None:
        hits = self.selected_hits()
        if not hits:
            return
        drag = QDrag(self)
        drag.setMimeData(files_mime(hits))
        drag.setPixmap(self._drag_pixmap(hits))
        drag.setHotSpot(QPoint(-theme.M, -theme.M))
        drag.exec(Qt.DropAction.CopyAction)

    def _drag_pixmap(self, hits: list[Hit]) -> QPixmap:
        ratio = self.devicePixelRatioF()
        known = self._thumbnails.pixmap(card_picture(hits[0]), self._card.frame(ratio))
        if known is None:
            return QPixmap()
        edge = round(96 * ratio)
        made = known.scaled(
            edge, edge, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        made.setDevicePixelRatio(ratio)
        return made

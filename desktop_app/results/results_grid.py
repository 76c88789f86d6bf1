"""The results as a grid of cards, as lines, or by month."""

from collections.abc import Iterable
from enum import Enum
from itertools import chain

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
    QFont,
    QHoverEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem, QWidget

from desktop_app.results.arranged_list import MARGIN, ArrangedList
from desktop_app.results.result_card import GAP, PADDING, ResultCard
from desktop_app.results.result_row import ResultRow
from desktop_app.results.results_layout import HEADER, Section
from desktop_app.results.results_model import Index, ResultsModel, card_picture, files_mime, stretches
from desktop_app.results.thumbnails import Thumbnails
from desktop_app.widgets import theme
from desktop_app.widgets.one_line import paint_line
from indexer.messages.result_messages import Hit

MIN_CELL = 196
"""Cells are at least this wide and share what is left over."""

HOVER_MS = 300
"""Pointing at the list for this long means that it is being read."""

WINDOWS_FULL = 4
"""Pixmaps kept, in windows full of cards."""

MISSING_MS = 30
"""Rows that are not there are asked for once scrolling leaves the eye this long to see them."""


class View(Enum):
    """How results are laid out."""

    GRID = "grid"
    LIST = "list"
    TIMELINE = "timeline"


Flag = QItemSelectionModel.SelectionFlag


class ResultsGrid(ArrangedList):
    """Cards in rows, under the titles of their sections.

    Signals:
        missing(int): this row is on the screen and has not been loaded.
        title_pressed(int): the title of a section that is an action.
        all_wanted(int): all were to be chosen, and so many are loaded.
        folded_pressed(Hit): the number of files that look the same.
        touched: the person scrolled, chose, or pointed at the list for a moment.
        typed(str): text was typed here; it belongs into the search box.
        current_hit_changed(Hit or None).
    """

    missing = Signal(int)
    title_pressed = Signal(int)
    all_wanted = Signal(int)
    folded_pressed = Signal(object)
    touched = Signal()
    typed = Signal(str)
    current_hit_changed = Signal(object)

    def __init__(self, model: ResultsModel, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._results = model
        self._thumbnails = thumbnails
        self._cards = ResultCard(thumbnails, self)
        self._lines = ResultRow(thumbnails, self)
        self._card: ResultCard = self._cards
        self.view = View.GRID
        self._absent = -1
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.setInterval(MISSING_MS)
        self._looking.timeout.connect(lambda: self.missing.emit(self._absent))
        self._hovered = -1
        self._pointing = QTimer(self)
        self._pointing.setSingleShot(True)
        self._pointing.setInterval(HOVER_MS)
        self._pointing.timeout.connect(self.touched)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(self.tr("Results"))
        self.setItemDelegate(self._card)
        self.setModel(model)
        self._cards.set_font(self.font())
        self._lines.set_font(self.font())
        thumbnails.arrived.connect(self._repaint_files)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    # --- for the window --------------------------------------------------------------------------------

    def set_view(self, view: View) -> None:
        """Lay the same results out differently; the first one on the screen stays there."""
        if view is self.view:
            return
        first = next(iter(self.rows_in(self.viewport().rect())), 0)
        self.view = view
        self._card = self._lines if view is View.LIST else self._cards
        self.setItemDelegate(self._card)
        self._settle(first)

    def show_hits(
        self,
        hits: tuple[Hit, ...],
        *,
        from_top: bool,
        total: int = 0,
        sections: tuple[Section, ...] = (),
        unfolded: frozenset[str] = frozenset(),
    ) -> None:
        """Another list. Unless it starts from the top, place and selection stay with their files.

        Args:
            total: rows of the whole list, of which `hits` are the first.
            sections: of all rows; none is one without a title.
        """
        self._settling = True
        chosen = [] if from_top else [hit.path for hit in self.selected_hits()]
        current = None if from_top else self.current_hit()
        place = 0 if from_top else self.verticalOffset()
        self._thumbnails.forget_broken()
        self._results.set_hits(hits, total, unfolded)
        self._sections = sections or (Section("", self._rows()),)
        self.doItemsLayout()  # it costs nothing, and what follows may scroll
        if from_top:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
        elif chosen or current is not None:
            self._choose(chosen, current)
        self.verticalScrollBar().setValue(place)
        self._settling = False
        self.current_hit_changed.emit(self.current_hit())
        self._look_ahead()

    def put(self, first: int, hits: tuple[Hit, ...]) -> None:
        """Rows that were `missing`."""
        self._results.put(first, hits)
        self.viewport().update()
        if first <= self.currentIndex().row() < first + len(hits):
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

    def selectAll(self) -> None:
        """What is loaded at once; the rest follows."""
        self.touched.emit()
        self.all_wanted.emit(self.choose_loaded())

    def choose_loaded(self) -> int:
        """All that is loaded: what is not there can be neither copied nor opened. Returns how many."""
        parts = self._results.parts
        loaded = sum(count for _, count in parts)
        if loaded >= self._rows():
            super().selectAll()
        else:
            self._select(chain(*(range(first, first + count) for first, count in parts)))
        return loaded

    def first_missing(self, *, chosen: bool = False) -> int:
        """The first row, of all or of those that are chosen, that has not been loaded; -1 if all have."""
        if not chosen:
            return self._results.first_missing
        return next((row for row in self.chosen_rows() if self._results.at(row) is None), -1)

    def chosen_rows(self) -> list[int]:
        """In the order in which they were chosen, without an index for each: there may be very many."""
        chosen = self.selectionModel().selection()
        ranges = [chosen.at(number) for number in range(chosen.count())]
        return [row for each in ranges for row in range(each.top(), each.bottom() + 1)]

    def choose_fewer(self) -> int:
        """Of what is chosen, only what is loaded. Returns how many."""
        loaded = [row for row in self.chosen_rows() if self._results.at(row) is not None]
        self._select(loaded)
        return len(loaded)

    def _select(self, rows: Iterable[int]) -> None:
        """Just these: in stretches, as there may be thousands."""
        selection = QItemSelection()
        for first, last in stretches(rows):
            selection.select(self._results.index(first, 0), self._results.index(last, 0))
        self.selectionModel().select(selection, Flag.ClearAndSelect)

    def choose_row(self, row: int) -> None:
        """Select one row and show it."""
        index = self._results.index(row, 0)
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, Flag.ClearAndSelect)
            self.scrollTo(index)

    def _choose(self, paths: list[str], current: Hit | None) -> None:
        """These again, wherever they are now."""
        rows = self._results.rows_of({*paths, *([current.path] if current is not None else [])})
        if current is not None:
            index = self._results.index(rows.get(current.path, -1), 0)
            self.selectionModel().setCurrentIndex(index, Flag.NoUpdate)
        self._select(rows[path] for path in paths if path in rows)

    def columns_and_cell(self, room: int) -> tuple[int, QSize]:
        columns = 1 if self.view is View.LIST else max(1, room // MIN_CELL)
        width = max(80, room // columns)
        return columns, QSize(width, self._card.set_width(width, mirrored=self.isRightToLeft()))

    def updateGeometries(self) -> None:
        super().updateGeometries()
        if self.model() is None:
            return
        shown = (self.viewport().height() // self._places.cell.height() + 2) * self._places.columns
        self._thumbnails.set_capacity(shown * WINDOWS_FULL)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_card"):
            self._cards.set_font(self.font())
            self._lines.set_font(self.font())
            self.doItemsLayout()
        elif event.type() == QEvent.Type.LayoutDirectionChange and self.model() is not None:
            self.doItemsLayout()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._hovered = -1
        self.viewport().scroll(0, dy)

    # --- painting --------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        option.direction = self.layoutDirection()
        enabled = QStyle.StateFlag.State_Enabled
        selection = self.selectionModel()
        current = self.currentIndex().row() if self.hasFocus() else -1
        self._paint_titles(painter, event.rect())
        absent = -1
        for row in self.rows_in(event.rect()):
            if self._results.at(row) is None:
                absent = row if absent < 0 else absent
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

        if absent >= 0:
            self._absent = absent
            self._looking.start()

    def _paint_titles(self, painter: QPainter, rect: QRect) -> None:
        offset = self.verticalOffset()
        named = theme.colours(self.palette())
        edge = MARGIN + GAP + PADDING
        for at, top in self._places.titles_between(rect.top() + offset, rect.bottom() + offset):
            section = self._places.sections[at]
            place = QRect(edge, top - offset, self.viewport().width() - 2 * edge, HEADER)
            painter.setFont(theme.font(self.font(), 1.0, QFont.Weight.DemiBold))
            painter.setPen(named.accent if section.action else named.text)
            paint_line(painter, place, section.title, right=self.isRightToLeft())

    def _repaint_files(self, files: set[str]) -> None:
        for row in self.rows_in(self.viewport().rect()):
            hit = self._results.at(row)
            if hit is not None and (card_picture(hit) in files or hit.thumbnail in files):
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

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if event.button() == Qt.MouseButton.LeftButton:
            title = self._places.title_at(point.y() + self.verticalOffset())
            if title >= 0 and self._places.sections[title].action:
                self.title_pressed.emit(title)
                return
            hit = self._results.hit(self.indexAt(point))
            cell = self.visualRect(self.indexAt(point))
            if hit is not None and self._card.fold_rect(hit, cell).contains(point):
                self.folded_pressed.emit(hit)
                return
        super().mousePressEvent(event)

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            for each in (self._hovered, row):
                if each >= 0:
                    self.viewport().update(self.cell_rect(each))
            self._hovered = row

    def _scrolled(self) -> None:
        if not self._settling:
            self.touched.emit()
            self._look_ahead()

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

"""The palette: one field over whatever is on the screen, and the eight best answers, large.

It has a small search of its own instead of the window's: it asks for few, shows every stage at once, and
forgets everything when it hides. It is made at the start and kept, so that a key press only has to show it.
"""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCursor,
    QFont,
    QGuiApplication,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.engine_client import EngineClient
from desktop_app.language import wording
from desktop_app.results.result_card import seen
from desktop_app.results.results_model import HIT, Index, ResultsModel, card_picture, files_mime
from desktop_app.results.thumbnails import Frame, Thumbnails
from desktop_app.search.palette_search import PaletteSearch
from desktop_app.system import file_manager
from desktop_app.widgets import icons, theme
from desktop_app.widgets.announcing import announce
from desktop_app.widgets.controls import Hairline, Label, outlined
from desktop_app.widgets.one_line import paint_line
from desktop_app.widgets.question import in_front
from indexer.messages.result_messages import Hit

WIDTH = 680
ROW = 60
PICTURE = 44
FIELD = 60


class PaletteRow(QStyledItemDelegate):
    """A picture, the name, and where and when."""

    def __init__(self, thumbnails: Thumbnails, parent: QObject) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(WIDTH, max(ROW, 2 * option.fontMetrics.height() + 2 * theme.S))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        hit: Hit = index.data(HIT)
        named = theme.colours(option.palette)
        row = option.rect.adjusted(theme.S, 1, -theme.S, -1)
        if option.state & QStyle.StateFlag.State_Selected:
            outlined(painter, QRectF(row), named.chosen, None, theme.RADIUS)
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        inner = row.adjusted(theme.S, 0, -theme.M, 0)
        if mirrored:
            inner = row.adjusted(theme.M, 0, -theme.S, 0)
        left = inner.right() + 1 - PICTURE if mirrored else inner.left()
        room = QRect(left, row.center().y() - PICTURE // 2, PICTURE, PICTURE)
        self._paint_picture(painter, hit, room, named)
        inset = PICTURE + theme.M
        words = inner.adjusted(0, 0, -inset, 0) if mirrored else inner.adjusted(inset, 0, 0, 0)
        upper = QRect(words.left(), words.center().y() - option.fontMetrics.height(), words.width(), 0)
        upper.setHeight(option.fontMetrics.height())
        lower = upper.translated(0, option.fontMetrics.height() + 2)
        place = wording.joined((wording.badge(hit), wording.day(hit)))
        painter.setFont(option.font)
        painter.setPen(named.quiet)
        paint_line(painter, lower, place, right=not mirrored)
        taken = option.fontMetrics.horizontalAdvance(place) + theme.L
        about = hit.snippet or wording.folder(hit)
        mode = Qt.TextElideMode.ElideRight if hit.snippet else Qt.TextElideMode.ElideMiddle
        below = lower.adjusted(taken, 0, 0, 0) if mirrored else lower.adjusted(0, 0, -taken, 0)
        said = wording.isolated(option.fontMetrics.elidedText(about, mode, below.width()))
        paint_line(painter, below, said, right=mirrored)
        painter.setFont(theme.font(option.font, 1.0, QFont.Weight.Medium))
        painter.setPen(named.text)
        name = painter.fontMetrics().elidedText(
            wording.name(hit), Qt.TextElideMode.ElideMiddle, upper.width()
        )
        paint_line(painter, upper, name, right=mirrored)

    def _paint_picture(self, painter: QPainter, hit: Hit, room: QRect, named: theme.Colours) -> None:
        ratio = painter.device().devicePixelRatioF()
        edge = round(PICTURE * ratio)
        frame = Frame("palette", edge, edge, round(6 * ratio), cut=0.5)
        if seen(hit, room) != room or self._thumbnails.pixmap(card_picture(hit), frame) is None:
            outlined(painter, QRectF(room), named.tile, None, 6)
        if self._thumbnails.paint(painter, card_picture(hit), frame, room) is None:
            made = icons.pixmap(icons.KINDS[hit.kind], named.quiet, 22, ratio)
            painter.drawPixmap(room.center() - QPoint(10, 10), made)


class Answers(QListView):
    """The list. What is dragged out of it may bring another program to the front."""

    def startDrag(self, supported: Qt.DropAction) -> None:
        super().startDrag(supported)
        if not self.window().isActiveWindow():
            self.window().hide()


class Palette(QWidget):
    """Comes with a key, goes with Esc or when something else is clicked.

    Signals:
        window_wanted(str): show this question in the window.
        closed: it is hidden again.
    """

    window_wanted = Signal(str)
    closed = Signal()

    def __init__(self, client: EngineClient, thumbnails: Thumbnails) -> None:
        super().__init__(
            None,
            Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint,
        )
        self.setWindowTitle(self.tr("Search with Sightline"))
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self._spoken = ""
        self.search = PaletteSearch(client, self)
        self.search.answered.connect(self._show_hits)
        self.model = ResultsModel(self)
        self.field = self._make_field()
        self.list = self._make_list(thumbnails)
        self._note = Label("", quiet=True)
        self._note.setContentsMargins(theme.L, theme.S, theme.L, theme.S)
        self._note.setWordWrap(True)
        self._hint = Label("", quiet=True, scale=0.9)
        self._hint.setContentsMargins(theme.L, theme.XS, theme.L, theme.S)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        top = QHBoxLayout()
        top.setContentsMargins(theme.margins(theme.L + 30, theme.L, mirrored=self.isRightToLeft()))
        top.addWidget(self.field)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(top)
        self._line = Hairline()
        column.addWidget(self._line)
        column.addSpacing(theme.XS)
        column.addWidget(self.list)
        column.addWidget(self._note)
        column.addWidget(self._hint)
        self.setFixedWidth(WIDTH)
        self._show_hits((), "")

    def _keys(self, *, found: bool) -> str:
        """What does what, as this system writes keys: a Mac has another one where others have Ctrl."""
        said = self.tr("Tab opens the window")
        if not found:
            return said
        acting = self.tr("Enter opens  ·  {show} shows in folder  ·  {copy} copies")
        said = f"{acting}  ·  {said}"
        for name, keys in (("{show}", "Ctrl+Enter"), ("{copy}", "Ctrl+C")):
            said = said.replace(name, QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText))
        return said

    def _make_field(self) -> QLineEdit:
        """It has the keyboard; what moves the list is taken out of it."""
        made = QLineEdit()
        made.setFrame(False)
        made.setFont(theme.font(self.font(), 1.5))
        made.setMaxLength(2_000)
        made.setFixedHeight(FIELD)
        leading = theme.leading(mirrored=self.isRightToLeft())
        made.setAlignment(leading | Qt.AlignmentFlag.AlignVCenter)
        made.setPlaceholderText(self.tr("Search your pictures, videos and documents"))
        made.setAccessibleName(self.tr("Search"))
        made.textChanged.connect(self.search.type)
        made.installEventFilter(self)
        return made

    def _make_list(self, thumbnails: Thumbnails) -> QListView:
        """As high as it is long."""
        made = Answers()
        made.setModel(self.model)
        made.setAccessibleName(self.tr("Results"))
        made.setItemDelegate(PaletteRow(thumbnails, made))
        made.setUniformItemSizes(True)
        made.setFrameShape(QListView.Shape.NoFrame)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys stay in the field, the arrows move here
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setDragEnabled(True)
        made.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        made.viewport().setAutoFillBackground(False)
        made.clicked.connect(lambda index: made.setCurrentIndex(index))
        made.doubleClicked.connect(lambda _index: self._open())
        thumbnails.arrived.connect(lambda _files: made.viewport().update())
        return made

    # --- coming and going ------------------------------------------------------------------------------

    def summon(self) -> None:
        """Show it where the pointer is, with the last question selected."""
        asking = QApplication.activeModalWidget()
        if asking is not None and asking.windowModality() == Qt.WindowModality.ApplicationModal:
            in_front()  # every key would be lost on the palette before that is answered
            return
        screen = QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()
        room = screen.availableGeometry()
        self.move(room.left() + (room.width() - self.width()) // 2, room.top() + room.height() // 6)
        self.show()
        self.raise_()
        self.activateWindow()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self.list.setCurrentIndex(self.model.index(0))
        QTimer.singleShot(0, self.search.ask)  # painted first

    def toggle(self) -> None:
        """What the key does: a second press puts it away."""
        if self.isVisible():
            self.hide()
        else:
            self.summon()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._spoken = ""
        self.search.stop()
        self.closed.emit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowDeactivate and not self._is_dragging():
            self.hide()
        return super().event(event)

    def _is_dragging(self) -> bool:
        return self.list.state() == QAbstractItemView.State.DraggingState

    # --- the list --------------------------------------------------------------------------------------

    def _show_hits(self, hits: tuple[Hit, ...], note: str) -> None:
        row = max(0, self.list.currentIndex().row())
        kept = self.current()
        self.model.set_hits(hits)
        if hits:
            same = self.model.row_of(kept.path) if kept is not None and row else 0
            self.list.setCurrentIndex(self.model.index(max(0, same)))
        height = self.list.sizeHintForRow(0) if hits else 0
        self.list.setFixedHeight(height * len(hits) + (2 if hits else 0))
        self.list.setVisible(bool(hits))
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self._line.setVisible(bool(hits or note))
        left = bool(note) and self.search.behind  # by an earlier question
        self._hint.setText(self._keys(found=bool(hits) and not left))
        self.adjustSize()
        self._announce()

    def current(self) -> Hit | None:
        """The answer that the keys act on."""
        return self.model.hit(self.list.currentIndex())

    def _step(self, by: int) -> None:
        if self.model.hits:
            row = (self.list.currentIndex().row() + by) % len(self.model.hits)
            self.list.setCurrentIndex(self.model.index(row))
            self.field.deselect()  # what Ctrl+C copies is the answer now
            self._announce()

    def _announce(self) -> None:
        """The keyboard is in the field, so nothing else says which answer the keys act on."""
        hit = self.current()
        spoken = wording.spoken(hit) if hit is not None else self._note.text()
        if self.isVisible() and spoken != self._spoken:
            announce(self, spoken)
            self._spoken = spoken

    # --- what is done with an answer -------------------------------------------------------------------

    def _open(self) -> None:
        hit = self.current()
        if hit is not None:
            self._done(wording.why_not(hit, file_manager.open_file(hit.path)))

    def _show_in_folder(self) -> None:
        hit = self.current()
        if hit is not None:
            self._done(wording.why_not(hit, file_manager.show_in_folder(hit.path, self)))

    def _copy(self) -> None:
        hit = self.current()
        if hit is not None:
            QGuiApplication.clipboard().setMimeData(files_mime([hit]))
            self._done("")

    def _done(self, sentence: str) -> None:
        if sentence:
            self._note.setText(sentence)
            self._note.show()
            self.adjustSize()
            announce(self, sentence)
        else:
            self.hide()

    # --- keys ------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._take(event):
            return True
        return super().eventFilter(watched, event)

    def _take(self, event: QKeyEvent) -> bool:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        match event.key():
            case Qt.Key.Key_Down:
                self._step(1)
            case Qt.Key.Key_Up:
                self._step(-1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self.search.behind:
                self.search.hurry()  # what is first now is no answer to what was typed
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._show_in_folder() if control else self._open()
            case Qt.Key.Key_C if control and not self.field.hasSelectedText():
                self._copy()
            case Qt.Key.Key_Tab:
                self.hide()
                self.window_wanted.emit(self.field.text())
            case Qt.Key.Key_Escape:
                self.hide()
            case _:
                return False
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        named = theme.colours(self.palette())
        outlined(painter, QRectF(self.rect()), named.surface, named.line, theme.RADIUS + 4)
        glass = icons.pixmap("search", named.quiet, 24, self.devicePixelRatioF())
        x = self.width() - theme.L - 24 if self.isRightToLeft() else theme.L
        painter.drawPixmap(QPoint(x, 1 + (FIELD - 24) // 2), glass)

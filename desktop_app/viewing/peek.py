"""A result as large as the window, to look at and go on: Space opens it, Space or Esc puts it away."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.actions import Actions, Command
from desktop_app.language import wording
from desktop_app.results.thumbnails import Thumbnails
from desktop_app.viewing.film_player import FilmPlayer
from desktop_app.viewing.previews import Previews
from desktop_app.viewing.stage import Stage
from desktop_app.widgets import theme
from desktop_app.widgets.announcing import announce
from desktop_app.widgets.controls import Button, ElidedLabel, Hairline, Label, Look
from indexer.messages.result_messages import Hit, Segment

Cursor = QAbstractItemView.CursorAction

STEPS: dict[int, Cursor] = {
    Qt.Key.Key_Left: Cursor.MoveLeft,
    Qt.Key.Key_Right: Cursor.MoveRight,
    Qt.Key.Key_Up: Cursor.MoveUp,
    Qt.Key.Key_Down: Cursor.MoveDown,
    Qt.Key.Key_Home: Cursor.MoveHome,
    Qt.Key.Key_End: Cursor.MoveEnd,
}


class Peek(QWidget):
    """Covers its window.

    Signals:
        closed: it was put away.
        moved(CursorAction): on to another result, as in the list.
        segment_chosen(int): another moment or page that matches.
    """

    closed = Signal()
    moved = Signal(object)
    segment_chosen = Signal(int)

    def __init__(
        self,
        thumbnails: Thumbnails,
        actions: Actions,
        previews: Previews,
        player: FilmPlayer,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._hit: Hit | None = None
        self._said = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self.setAccessibleName(self.tr("Large view"))
        self.stage = Stage(thumbnails, previews, alone=True, player=player)
        player.refused.connect(self._say)
        self.stage.segment_chosen.connect(self.segment_chosen)
        self.stage.said.connect(self._say)
        self._name = ElidedLabel(scale=1.15, weight=QFont.Weight.DemiBold)
        self._about = ElidedLabel(quiet=True, scale=0.95)
        self._about.setAccessibleName(self.tr("About this result"))
        self._place = Label("", quiet=True)
        close = Button("", "close", Look.QUIET, self.tr("Close (Space)"))
        close.on_click(self.put_away)
        title = QVBoxLayout()
        title.setSpacing(0)
        title.addWidget(self._name)
        title.addWidget(self._about)
        head = QHBoxLayout()
        head.setContentsMargins(theme.margins(theme.XL, theme.M, theme.M, mirrored=self.isRightToLeft()))
        head.setSpacing(theme.M)
        head.addLayout(title, 1)
        head.addWidget(self._place)
        head.addWidget(self.stage.tools)
        head.addWidget(actions.button(Command.OPEN))
        head.addWidget(close)
        body = QVBoxLayout()
        body.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        body.addWidget(self.stage)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Hairline())
        column.addLayout(body, 1)
        self._open, self._copy = actions[Command.OPEN], actions[Command.COPY_FILES]
        window.installEventFilter(self)
        self.hide()

    @property
    def about(self) -> str:
        """The line below the name."""
        return self._about.whole

    def open(self) -> None:
        """Lay it over the window."""
        self.setGeometry(self._window.rect())
        self.raise_()
        self.show()

    def put_away(self) -> None:
        """Back to the list."""
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def back(self) -> None:
        """Peel off one layer: a box being drawn, then this."""
        if self.stage.picture.drawing:
            self.stage.picture.stop_drawing()
        else:
            self.put_away()

    def show_hit(
        self, hit: Hit | None, segments: tuple[Segment, ...], current: int, query: str, place: tuple[int, int]
    ) -> None:
        """Another result, or another part of it. `place`: its number in the list, from 1, and of how many."""
        if hit is None:
            self.put_away()
            return
        self._hit, self._said = hit, ""
        self._name.set_whole(wording.name(hit))
        self._tell()
        number = self.tr("{n} of {m}").replace("{n}", wording.number(place[0]))
        self._place.setText(number.replace("{m}", wording.number(place[1])))
        if (focus := QApplication.focusWidget()) is not None and self.stage.isAncestorOf(focus):
            self.setFocus()  # what has it may be hidden now
        self.stage.show_segment(hit, segments, current, query)
        spoken = wording.labelled(self.tr("Large view"), wording.spoken(hit))
        if self.hasFocus() and spoken != self.accessibleName():
            announce(self, spoken)
        self.setAccessibleName(spoken)

    def _say(self, sentence: str) -> None:
        self._said = sentence
        self._tell()

    def _tell(self) -> None:
        hit = self._hit
        if hit is None:
            return
        where = wording.folder(hit)
        size = f"{hit.width} × {hit.height}" if hit.width and hit.height and hit.kind != "document" else ""
        when = wording.taken(hit.facts.taken) or wording.date(hit.modified)
        silent = self.tr("plays without sound: Enter opens it with sound") if hit.kind == "video" else ""
        self._about.set_whole(self._said or wording.joined((where, when, size, silent)))

    # --- keys ------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Every key is for this view while it is there; what it has no use for goes no further."""
        key = event.key()
        picture = self.stage.picture
        seen = picture.isVisibleTo(self)
        if key in (Qt.Key.Key_Space, Qt.Key.Key_Escape):
            self.back()
        elif key in STEPS and not (seen and not picture.zoom.fits):
            self.moved.emit(STEPS[key])
        elif key == Qt.Key.Key_PageDown:
            self.stage.turn(1)
        elif key == Qt.Key.Key_PageUp:
            self.stage.turn(-1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open.trigger()
        elif event.matches(QKeySequence.StandardKey.Copy):
            if picture.chosen_text:
                QGuiApplication.clipboard().setText(picture.chosen_text)
            else:
                self._copy.trigger()
        elif key == Qt.Key.Key_B and seen:
            picture.draw_part()
        elif key == Qt.Key.Key_P and not seen:
            self.stage.video.toggle()
        elif seen and not picture.hasFocus():
            picture.keyPressEvent(event)
        event.accept()

    def focusNextPrevChild(self, next: bool) -> bool:
        """What lies under this view is not reached by Tab."""
        here = [self, *(each for each in self.findChildren(QWidget) if _takes_tab(each))]
        focus = self.focusWidget() if self.focusWidget() in here else self
        here[(here.index(focus) + (1 if next else -1)) % len(here)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._window.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.colours(self.palette()).window)


def _takes_tab(widget: QWidget) -> bool:
    takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return takes and widget.isVisible() and widget.isEnabled()

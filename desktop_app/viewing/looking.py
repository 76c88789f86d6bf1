"""Keeps what is chosen in the list, the inspector and the large view in step; a part drawn is a question."""

from pathlib import PurePath

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.actions import Actions, Command
from desktop_app.engine_client import EngineClient
from desktop_app.query.query_chips import QueryExample
from desktop_app.results.arranged_list import Cursor
from desktop_app.results.results_grid import ResultsGrid
from desktop_app.results.thumbnails import Thumbnails
from desktop_app.viewing.film_player import FilmPlayer
from desktop_app.viewing.inspector import Inspector
from desktop_app.viewing.peek import Peek
from desktop_app.viewing.previews import Previews
from desktop_app.viewing.stage import Stage
from indexer.messages.item_messages import Box
from indexer.messages.result_messages import Hit, Segment
from indexer.messages.search_messages import Example


class Looking(QObject):
    """One result looked at, in one place or the other.

    Signals:
        part_wanted(QueryExample): search by this part of a picture.
    """

    part_wanted = Signal(object)

    def __init__(
        self,
        client: EngineClient,
        thumbnails: Thumbnails,
        grid: ResultsGrid,
        inspector: Inspector,
        actions: Actions,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._grid = grid
        self._inspector = inspector
        self._query = ""
        self._shown: tuple[str, Segment | None, int] | None = None
        self.peek = Peek(thumbnails, actions, Previews(client, self), FilmPlayer(client, self), window)
        self.peek.moved.connect(self._move)
        self.peek.closed.connect(lambda: grid.setFocus(Qt.FocusReason.OtherFocusReason))
        self.peek.segment_chosen.connect(self._choose_segment)
        actions.connect(Command.PEEK, self._open)
        inspector.stage.clicked.connect(self._open)
        for stage in (inspector.stage, self.peek.stage):
            stage.part_drawn.connect(lambda box, stage=stage: self._part(stage, box))

    @property
    def stage(self) -> Stage:
        """Where it is looked at now: large, or beside the list."""
        return self.peek.stage if self.peek.isVisible() else self._inspector.stage

    def show(self, hit: Hit | None, query: str, chosen: int) -> None:
        """Another result is current, or the same with fresher facts. `chosen`: how many are selected."""
        self._query = query
        self._inspector.show_hit(hit, query, chosen)
        self._update_peek()

    def back(self) -> bool:
        """Peel off one layer. False when there is none."""
        if self.peek.isVisible():
            self.peek.back()
        elif self._inspector.stage.picture.drawing:
            self._inspector.stage.picture.stop_drawing()
        else:
            return False
        return True

    def _open(self) -> None:
        if self._grid.current_hit() is None:
            self._grid.choose_row(0)
        if self._grid.current_hit() is not None and not self.peek.isVisible():
            self._inspector.stage.video.rest()
            self.peek.open()
            self._shown = None
            self._update_peek()
            self.peek.setFocus(Qt.FocusReason.ShortcutFocusReason)  # it knows what it shows by now

    def _move(self, action: Cursor) -> None:
        self._grid.choose_row(self._grid.moveCursor(action, Qt.KeyboardModifier.NoModifier).row())

    def _choose_segment(self, number: int) -> None:
        self._inspector.show_segment(number)
        self._update_peek()

    def _update_peek(self) -> None:
        if not self.peek.isVisible():
            return
        inspector, hit = self._inspector, self._inspector.hit
        row, count = self._grid.currentIndex().row(), self._grid.model().rowCount()
        if hit is None and row >= 0:
            return  # this row of a long list is on its way
        shown = None if hit is None else (hit.path, inspector.segment, row)
        if shown is None or shown != self._shown:
            self._shown = shown
            self.peek.show_hit(hit, inspector.segments, inspector.current, self._query, (row + 1, count))

    def _part(self, stage: Stage, box: Box) -> None:
        hit = self._inspector.hit
        if hit is None:
            return
        page, start_s = stage.place
        name = self.tr("Part of {name}").replace("{name}", PurePath(hit.path).name)
        self.part_wanted.emit(QueryExample(Example(hit.path, page, start_s, box), name, stage.picture.file))
        self.peek.put_away()

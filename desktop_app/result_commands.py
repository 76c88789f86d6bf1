"""What the person does with chosen results. The files themselves are never touched."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from desktop_app import file_manager
from desktop_app.actions import ON_A_RESULT, Actions, Command
from desktop_app.engine_client import EngineClient
from desktop_app.inspector import Inspector
from desktop_app.results_grid import ResultsGrid
from desktop_app.results_model import files_mime, preview
from indexer.item_messages import GetCopies
from indexer.protocol import Hit

OPEN_AT_ONCE = 10
"""More files than that are not opened with one key."""


class ResultCommands(QObject):
    """Open, show, copy, find similar.

    Signals:
        said(str): a sentence for the person: why something did not work.
        similar_wanted(str, str): search by this picture, that belongs to the file of this name.
    """

    said = Signal(str)
    similar_wanted = Signal(str, str)

    def __init__(
        self,
        client: EngineClient,
        grid: ResultsGrid,
        inspector: Inspector,
        actions: Actions,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._client = client
        self._grid = grid
        self._inspector = inspector
        self._actions = actions
        for command, call in (
            (Command.OPEN, self._open),
            (Command.SHOW_IN_FOLDER, self._show_in_folder),
            (Command.COPY_FILES, self._copy_files),
            (Command.COPY_PATH, self._copy_path),
            (Command.FIND_SIMILAR, self._find_similar),
        ):
            actions.connect(command, call)
        inspector.same.copies_wanted.connect(self._ask_for_copies)
        inspector.same.show_wanted.connect(self._show_file)
        inspector.stage.said.connect(self.said)
        self.update()

    def update(self) -> None:
        """The selection changed."""
        hits = self._hits()
        self._actions.enable(ON_A_RESULT, bool(hits))
        self._actions.enable((Command.FIND_SIMILAR,), bool(hits) and bool(self._picture()[0]))

    def _hits(self) -> list[Hit]:
        chosen = self._grid.selected_hits()
        current = self._grid.current_hit()
        return chosen or ([current] if current is not None else [])

    def _each(self, call: Callable[[str], str], hits: list[Hit]) -> None:
        said = [sentence for hit in hits if (sentence := call(hit.path))]
        self.said.emit(said[0] if said else "")

    def _open(self) -> None:
        hits = self._hits()
        if len(hits) > OPEN_AT_ONCE:
            self.said.emit(
                self.tr("Choose at most {n} files to open at once.").replace("{n}", str(OPEN_AT_ONCE))
            )
            return
        self._each(file_manager.open_file, hits)

    def _show_in_folder(self) -> None:
        for hit in self._hits()[:1]:
            self._show_file(hit.path)

    def _show_file(self, path: str) -> None:
        self.said.emit(file_manager.show_in_folder(path, self))

    def _ask_for_copies(self, path: str) -> None:
        same = self._inspector.same
        self._client.request(
            GetCopies(path),
            done=lambda copies: same.set_copies(path, copies.paths),
            failed=lambda _sentence: None,  # there is nothing that the person could do about it
            parent=same,
        )

    def _copy_files(self) -> None:
        QGuiApplication.clipboard().setMimeData(files_mime(self._hits()))

    def _copy_path(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(hit.path for hit in self._hits()))

    def _find_similar(self) -> None:
        picture, name = self._picture()
        if picture:
            self.similar_wanted.emit(picture, name)

    def _picture(self) -> tuple[str, str]:
        hit = self._grid.current_hit()
        if hit is None:
            return "", ""
        segment = self._inspector.segment if self._inspector.hit == hit else None
        return preview(segment or hit.segment) or hit.thumbnail, hit.path

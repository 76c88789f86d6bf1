"""Folders and problems: opened when wanted, and kept in step with the engine while they are open."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop_app.engine_client import EngineClient
from desktop_app.file_manager import show_in_folder
from desktop_app.folders_dialog import FoldersDialog
from desktop_app.problems_dialog import ProblemsDialog
from indexer.protocol import AddFolder, GetProblems, RemoveFolder, Retry, Status


class LibraryDialogs(QObject):
    """Makes each dialog on first use. `say` gets sentences for the person."""

    def __init__(self, client: EngineClient, say: Callable[[str], None], window: QWidget) -> None:
        super().__init__(window)
        self._client = client
        self._say = say
        self._window = window
        self._counted = (-1, -1)
        self.folders: FoldersDialog | None = None
        self.problems: ProblemsDialog | None = None
        client.status_changed.connect(self._status_changed)

    def add_folder(self, path: str) -> None:
        """Index a folder from now on."""
        self._client.request(AddFolder(path), failed=self._say, parent=self)

    def show_folders(self) -> None:
        """Which folders are looked at."""
        if self.folders is None:
            self.folders = FoldersDialog(self._window)
            self.folders.add_wanted.connect(self.add_folder)
            self.folders.remove_wanted.connect(
                lambda path: self._client.request(RemoveFolder(path), failed=self._say, parent=self)
            )
        if self._client.status is not None:
            self.folders.show_status(self._client.status)
        _bring_up(self.folders)

    def show_problems(self) -> None:
        """Which files are not in the index, and why."""
        if self.problems is None:
            self.problems = ProblemsDialog(self._window)
            self.problems.retry_wanted.connect(
                lambda paths: self._client.request(Retry(paths), failed=self._say, parent=self)
            )
            self.problems.show_wanted.connect(lambda path: self._say(show_in_folder(path, self)))
        self._ask_problems()
        _bring_up(self.problems)

    def _ask_problems(self) -> None:
        if self.problems is not None:
            self._client.request(GetProblems(), done=self.problems.show_problems, parent=self.problems)

    def _status_changed(self, status: Status) -> None:
        if self.folders is not None and self.folders.isVisible():
            self.folders.show_status(status)
        counted = (status.failed, status.skipped)
        if self.problems is not None and self.problems.isVisible() and counted != self._counted:
            self._ask_problems()
        self._counted = counted


def _bring_up(dialog: QWidget) -> None:
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()

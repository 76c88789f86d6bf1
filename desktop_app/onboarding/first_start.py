"""The first start: when its pages are shown, and what becomes of the folders chosen there."""

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.engine_client import EngineClient, Link
from desktop_app.onboarding.onboarding import Onboarding
from indexer.messages.library_messages import AddFolder, RemoveFolder


class FirstStart(QObject):
    """Between the pages and the engine.

    Signals:
        said(str): a sentence for the person.
    """

    said = Signal(str)

    def __init__(self, client: EngineClient, page: Onboarding, window: QWidget, *, first_run: bool) -> None:
        super().__init__(window)
        self._client = client
        self._page = page
        self._first_run = first_run
        self._given: list[str] = []
        page.chosen.connect(self._choose)
        page.finished.connect(lambda: self._given.clear())  # whoever comes here again begins anew

    @property
    def due(self) -> bool:
        """Whether its pages are to be shown. Without an engine they lead nowhere, and the window says why."""
        if self._client.link is Link.STOPPED:
            return False
        status = self._client.status
        new = not status.folders and not status.files if status is not None else self._first_run
        return new or self._page.busy

    def add_folders(self, paths: tuple[str, ...]) -> None:
        """Dropped onto its pages."""
        for path in paths:
            self._page.add_folder(path)
        if self._page.busy:  # they were chosen already
            self._choose(self._page.folders)

    def _choose(self, folders: list[str]) -> None:
        """Once more after a step back: what is not wanted any more is forgotten."""
        self._first_run = False
        before, self._given = self._given, list(folders)
        for path in before:
            if path not in folders:
                self._client.request(RemoveFolder(path), failed=self.said.emit, parent=self)
        for path in folders:
            if path not in before:
                self._add(path)

    def _add(self, path: str) -> None:
        self._client.request(AddFolder(path), failed=partial(self._not_added, path), parent=self)

    def _not_added(self, path: str, sentence: str) -> None:
        if self._client.link is Link.RESTARTING:  # the next engine is asked
            self._add(path)
            return
        if path in self._given:
            self._given.remove(path)
        self.said.emit(sentence)

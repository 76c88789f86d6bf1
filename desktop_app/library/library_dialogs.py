"""The page about folders, progress and problems: opened when wanted, then in step with the engine."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.engine_client import EngineClient
from desktop_app.language import wording
from desktop_app.library.coverage_meter import Coverage
from desktop_app.library.indexing_page import IndexingPage
from desktop_app.library.status_line import StatusLine
from desktop_app.system.file_manager import show_in_folder
from desktop_app.widgets.controls import Look
from desktop_app.widgets.question import Question
from indexer.kinds import Kind
from indexer.messages import work_messages
from indexer.messages.library_messages import AddFolder, RemoveFolder
from indexer.messages.problem_messages import GetProblems, IgnoreProblems, Retry
from indexer.messages.work_messages import GetCoverage, Hurry, Pause, Resume, Status
from indexer.protocol import Request

COVERAGE_EVERY_MS = 2_000
"""Counting reads the whole list of files."""


class LibraryDialogs(QObject):
    """Makes the page on first use. `say` gets sentences for the person.

    Signals:
        removed: a folder is forgotten, and with it what was found in it.
    """

    removed = Signal()

    def __init__(
        self, client: EngineClient, say: Callable[[str], None], status_line: StatusLine, window: QWidget
    ) -> None:
        super().__init__(window)
        self._client = client
        self._say = say
        self._status_line = status_line
        self._window = window
        self._counted = (-1, -1)
        self._kinds: dict[Kind, Coverage] = {}
        self._coverage_again = QTimer(self)
        self._coverage_again.setSingleShot(True)
        self._coverage_again.setInterval(COVERAGE_EVERY_MS)
        self._coverage_again.timeout.connect(self._count)
        self._stale = False
        self.page: IndexingPage | None = None
        client.status_changed.connect(self._changed)
        client.link_changed.connect(self._changed)

    def add_folder(self, path: str) -> None:
        """Index a folder from now on."""
        self._ask(AddFolder(path))

    def add_folders(self, paths: tuple[str, ...]) -> None:
        """Several of them."""
        for path in paths:
            self.add_folder(path)

    def show_folders(self) -> None:
        """Which folders are looked at, and how far they are."""
        self._open().turn_to(problems=False)

    def show_problems(self) -> None:
        """Which files are not in the index, and why."""
        self._open().turn_to(problems=True)

    def _open(self) -> IndexingPage:
        if self.page is None:
            self.page = self._make()
        self.page.say("")
        self._ask_problems()
        self.page.show()
        self.page.raise_()
        self.page.activateWindow()
        self._changed()
        return self.page

    def _make(self) -> IndexingPage:
        page = IndexingPage(self._window)
        page.folders.add_wanted.connect(self.add_folder)
        page.folders.remove_wanted.connect(self._remove)
        page.folders.pause_wanted.connect(
            lambda path, pause: self._ask(Pause(path) if pause else Resume(path))
        )
        page.progress.pause_wanted.connect(lambda seconds: self._ask(Pause(seconds=seconds)))
        page.progress.resume_wanted.connect(lambda: self._ask(Resume()))
        page.progress.hurry_wanted.connect(lambda on: self._ask(Hurry(on)))
        page.problems.retry_wanted.connect(lambda paths: self._ask(Retry(paths)))
        page.problems.ignore_wanted.connect(self._ignore)
        page.problems.show_wanted.connect(lambda path: page.say(show_in_folder(path, self)))
        return page

    def _ignore(self, paths: tuple[str, ...], ignored: bool) -> None:
        self._ask(IgnoreProblems(paths, ignored), lambda _status: self._ask_problems())

    def _remove(self, path: str) -> None:
        """What took days to look at is not lost by a click that slipped."""
        status = self._client.status
        folders = status.folders if status is not None else ()
        files = next((folder.files for folder in folders if folder.path == path), 0)
        if not files or self._confirmed(path, files):
            self._ask(RemoveFolder(path), lambda _status: self.removed.emit())

    def _confirmed(self, path: str, files: int) -> bool:
        one = self.tr("Sightline forgets the file in it.")
        many = self.tr("Sightline forgets the {n} files in it.")
        again = self.tr(
            "If the folder is added again, everything in it has to be looked at anew. The files themselves "
            "stay as they are."
        )
        box = Question(
            self.tr("Remove this folder?"),
            self.tr("Remove “{name}” from Sightline?").replace("{name}", path),
            f"{wording.counted(files, one, many)} {again}",
            self.page,
        )
        remove = box.answer(self.tr("Remove it"), Question.ButtonRole.DestructiveRole)
        box.answer(self.tr("Keep it"), Question.ButtonRole.RejectRole, Look.PRIMARY)
        box.exec()
        box.deleteLater()
        return box.clickedButton() is remove

    def _ask(self, request: Request, done: Callable[[object], None] | None = None) -> None:
        """Ask the engine; what it refuses is said where the person is."""

        def refused(sentence: str) -> None:
            if self.page is not None and self.page.isVisible():
                self.page.say(sentence)
            else:
                self._say(sentence)

        if self.page is not None:
            self.page.say("")
        self._client.request(request, done=done, failed=refused, parent=self)

    def _ask_problems(self) -> None:
        if self.page is not None:
            page = self.page.problems
            self._client.request(GetProblems(ignored=True), done=page.show_problems, parent=page)

    def _changed(self, *_: object) -> None:
        self._show()
        self._stale = True
        if not self._coverage_again.isActive():
            self._count()

    def _show(self) -> None:
        page, status = self.page, self._client.status
        if page is None or not page.isVisible():
            return
        link = self._client.link
        page.progress.show_state(link, status, self._status_line.sentence(link, status), self._kinds)
        if status is not None:
            page.folders.show_status(status)
            page.show_numbers(status)
            self._problems_changed(status)

    def _count(self) -> None:
        """An older engine does not know how; then the folders' own numbers are shown."""
        if not self._stale or self.page is None or not self.page.isVisible():
            return
        self._stale = False
        self._coverage_again.start()
        self._client.request(GetCoverage(), done=self._got_coverage, failed=_ignore, parent=self)

    def _got_coverage(self, reply: work_messages.Coverage) -> None:
        folders: dict[str, Coverage] = {}
        kinds: dict[Kind, Coverage] = {}
        for row in reply.rows:
            counts = Coverage(row.files, row.named, row.quick, row.sharp)
            folders[row.folder] = folders.get(row.folder, Coverage()) + counts
            kinds[row.kind] = kinds.get(row.kind, Coverage()) + counts
        self._kinds = kinds
        if self.page is not None:
            self.page.folders.show_coverage(folders)
            self._show()

    def _problems_changed(self, status: Status) -> None:
        counted = (status.failed, status.skipped)
        if counted != self._counted:
            self._ask_problems()
        self._counted = counted


def _ignore(_sentence: str) -> None:
    """Rough numbers are shown instead."""

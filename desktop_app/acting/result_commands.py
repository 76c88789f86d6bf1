"""What the person does with chosen results. The files themselves are never touched."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from desktop_app.acting.background_job import Jobs
from desktop_app.acting.contact_sheet import ContactSheet
from desktop_app.acting.copying import Copying
from desktop_app.actions import ON_A_RESULT, Actions, Command
from desktop_app.engine_client import EngineClient
from desktop_app.language import wording
from desktop_app.results.results_grid import ResultsGrid
from desktop_app.results.results_model import files_mime, preview
from desktop_app.system import file_manager
from desktop_app.viewing.inspector import Inspector
from desktop_app.viewing.looking import Looking
from desktop_app.viewing.stage import READ_SIDE
from indexer.messages.item_messages import Copies, GetCopies, GetPreview, Preview
from indexer.messages.library_messages import Exclude, Forget, Include
from indexer.messages.result_messages import Hit
from indexer.messages.work_messages import Status

COPIED_SIDE = 4000
"""Pixels of a picture on the clipboard: its own size for most, and no gigabyte for the others."""

OPEN_AT_ONCE = 10
"""More files than that are not opened with one key."""


class ResultCommands(QObject):
    """Open, show, copy, hand on, find similar.

    Signals:
        said(str): a sentence for the person: why something did not work.
        undoable(str, Callable): the same, and what would take it back.
        left(tuple[str, ...]): these files left the index; none when some came back. The list is to be asked
            for again.
        similar_wanted(str, str): search by this picture, that belongs to the file of this name.
    """

    said = Signal(str)
    undoable = Signal(str, object)
    left = Signal(object)
    similar_wanted = Signal(str, str)

    def __init__(
        self,
        client: EngineClient,
        grid: ResultsGrid,
        inspector: Inspector,
        looking: Looking,
        actions: Actions,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._client = client
        self._window = window
        self._jobs = Jobs(self.said.emit, window)
        self._grid = grid
        self._inspector = inspector
        self._looking = looking
        self._actions = actions
        for command, call in (
            (Command.OPEN, self._open),
            (Command.SHOW_IN_FOLDER, self._show_in_folder),
            (Command.COPY_FILES, self._copy_files),
            (Command.COPY_PATH, self._copy_path),
            (Command.FIND_SIMILAR, self._find_similar),
            (Command.OPEN_WITH, self._open_with),
            (Command.SHOW_COPIES, self._show_copies),
            (Command.COPY_PICTURE, self._copy_picture),
            (Command.COPY_TEXT, self._copy_text),
            (Command.COPY_TO_FOLDER, self._copy_to_folder),
            (Command.CONTACT_SHEET, self._make_contact_sheet),
            (Command.FORGET, self._forget),
            (Command.EXCLUDE, self._exclude),
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

    def _say(self, hits: Sequence[Hit], sentences: Sequence[str]) -> None:
        """The first of those that say why something did not work with the file beside them."""
        self.said.emit(next(filter(None, map(wording.why_not, hits, sentences)), ""))

    def _open(self) -> None:
        hits = self._hits()
        if len(hits) > OPEN_AT_ONCE:
            self.said.emit(
                self.tr("Choose at most {n} files to open at once.").replace("{n}", str(OPEN_AT_ONCE))
            )
            return
        self._say(hits, file_manager.open_files([hit.path for hit in hits]))

    def _show_in_folder(self) -> None:
        for hit in self._hits()[:1]:
            self._say([hit], [file_manager.show_in_folder(hit.path, self)])

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

    def _open_with(self) -> None:
        for hit in self._hits()[:1]:
            self._say([hit], [file_manager.open_with(hit.path, self._window)])

    def _show_copies(self) -> None:
        for hit in self._hits()[:1]:
            self._client.request(GetCopies(hit.path), done=partial(self._show_all, hit), parent=self)

    def _show_all(self, hit: Hit, found: Copies) -> None:
        copies = found.paths
        if copies:
            self.said.emit(file_manager.show_files((hit.path, *copies), self))
        else:
            self.said.emit(self.tr("There is no other copy of {name}.").replace("{name}", wording.name(hit)))

    def _preview(self, size: int, done: Callable[[Preview], None]) -> None:
        """Ask for what is looked at, drawn large."""
        hit = self._inspector.hit
        if hit is not None:
            page, at_s = self._looking.stage.place
            self._client.request(
                GetPreview(hit.path, page, at_s, size), done=done, failed=self.said.emit, parent=self
            )

    def _copy_picture(self) -> None:
        self._preview(COPIED_SIDE, self._picture_drawn)

    def _picture_drawn(self, preview: Preview) -> None:
        image = QImage(preview.image) if preview.image else QImage()
        if image.isNull():
            self.said.emit(self.tr("There is no picture in it to copy."))
        else:
            QGuiApplication.clipboard().setImage(image)
            self.said.emit(self.tr("The picture is on the clipboard."))

    def _copy_text(self) -> None:
        chosen = self._looking.stage.picture.chosen_text
        if chosen:
            QGuiApplication.clipboard().setText(chosen)
        else:
            self._preview(READ_SIDE, self._text_read)

    def _text_read(self, preview: Preview) -> None:
        if preview.text:
            QGuiApplication.clipboard().setText(preview.text)
            self.said.emit(self.tr("Its text is on the clipboard."))
        else:
            self.said.emit(self.tr("No text was found in it."))

    def _copy_to_folder(self) -> None:
        hits = self._hits()
        folder = file_manager.choose_target(self._window)
        if folder:
            title = self.tr("Copying to {name}…").replace("{name}", folder)
            gone = self.tr("it is no longer there.")
            away = {hit.path: wording.why_not(hit, gone) for hit in hits if hit.offline}
            self._jobs.start(Copying([hit.path for hit in hits], folder, away), title)

    def _make_contact_sheet(self) -> None:
        hits = self._hits()
        title = self._inspector.query or self.tr("Contact sheet")
        file = file_manager.choose_pdf(title, self._window)
        if file:
            self._jobs.start(ContactSheet(hits, title, file), self.tr("Making the contact sheet…"))

    def _forget(self) -> None:
        paths = tuple(hit.path for hit in self._hits())
        one = self.tr("Sightline has forgotten this file. It comes back when it changes.")
        many = self.tr("Sightline has forgotten {n} files. They come back when they change.")
        sentence = wording.counted(len(paths), one, many)
        self._ask(Forget(paths), lambda: self.said.emit(sentence))

    def _exclude(self) -> None:
        paths = tuple(hit.path for hit in self._hits())
        one = self.tr("This file is left out from now on.")
        many = self.tr("{n} files are left out from now on.")
        sentence = wording.counted(len(paths), one, many)
        undo = partial(self._ask, Include(paths), partial(self.said.emit, ""))
        self._ask(Exclude(paths), lambda: self.undoable.emit(sentence, undo))

    def _ask(self, request: Forget | Exclude | Include, done: Callable[[], object]) -> None:
        def answered(_status: Status) -> None:
            done()
            self.left.emit(() if isinstance(request, Include) else request.paths)

        self._client.request(request, done=answered, parent=self)

    @property
    def busy(self) -> bool:
        """Whether something for many files is under way."""
        return self._jobs.busy

    def stop(self) -> bool:
        """Before the program ends. False when something does not stop, as a disk does not answer."""
        return self._jobs.stop()

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
        shown = self._inspector.hit == hit
        segment = self._inspector.segment if shown else None
        turned_to = self._looking.stage.turned_to if shown else ""
        return turned_to or preview(segment or hit.segment) or hit.thumbnail, hit.path

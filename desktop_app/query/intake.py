"""What is dropped, pasted or picked becomes part of the question, or is offered as a folder to look at."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.query import query_image
from desktop_app.query.drop_overlay import DropOverlay
from desktop_app.query.query_chips import QueryExample
from desktop_app.query.query_image import Offered, QueryImage, QueryImages
from desktop_app.query.search_bar import SearchBar

MOST_PICTURES = 4
"""In one question: with more of them, each counts for little and the models take long."""


class Intake(QObject):
    """Watches the whole window for drops; pasting and picking are called.

    Signals:
        said(str): a sentence for the person.
        folders_offered(tuple[str, ...]): folders were dropped.
    """

    said = Signal(str)
    folders_offered = Signal(object)

    def __init__(self, images: QueryImages, search_bar: SearchBar, window: QWidget) -> None:
        super().__init__(window)
        self._images = images
        self._search_bar = search_bar
        self._window = window
        self._overlay = DropOverlay(window)
        search_bar.image_removed.connect(images.forget)
        images.previewed.connect(search_bar.set_preview)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def take(self, mime: QMimeData) -> None:
        """Begin a search, or offer folders, with what was dropped or pasted."""
        there = query_image.offered(mime)
        self._take_files(there)
        if there.pixels:
            image = query_image.pixels(mime)
            if image is None:
                self.said.emit(
                    self.tr("That picture could not be taken over. Save it and drop the file here.")
                )
            elif self._has_room():
                self._add(self._images.from_pixels(image, self.tr("Pasted picture")))
        if there.text:
            written = self._search_bar.field.text()
            self._search_bar.type_on(f" {there.text}" if written[-1:].strip() else there.text)

    def search_files(self, paths: Sequence[str], *, more: bool = False) -> None:
        """Ask for what looks like these files, in place of what was asked, or (`more`) besides it."""
        there = query_image.of_files(paths)
        if not more and there.files:
            self._search_bar.clear()
        self._take_files(there)

    def paste(self) -> None:
        """Take what is on the clipboard."""
        self.take(QGuiApplication.clipboard().mimeData())

    def pick(self) -> None:
        """Ask for a picture file."""
        patterns = f"{self.tr('Pictures')} ({query_image.picture_patterns()});;{self.tr('All files')} (*)"
        chosen, _ = QFileDialog.getOpenFileName(
            self._window, self.tr("Search by which picture?"), str(Path.home()), patterns
        )
        if chosen and self._has_room():
            self._add(self._images.from_file(chosen))

    def search_similar(self, picture: str, path: str) -> None:
        """Ask for what looks like this picture of the cache, which stands for the file at `path`."""
        self._search_bar.replace("", (QueryImage(picture, Path(path).name, preview=picture),))

    def search_part(self, part: QueryExample) -> None:
        """Ask for what looks like a part of an indexed file's picture."""
        self._search_bar.replace("", examples=(part,))
        self._search_bar.setFocus()

    def search_screen(self, image: QImage) -> None:
        """Ask for what looks like a part of the screen."""
        taken = self._images.from_pixels(image, self.tr("Part of the screen"))
        self._search_bar.replace("", (taken,))
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()
        self._search_bar.setFocus()

    def _take_files(self, there: Offered) -> None:
        for path in there.files:
            if not self._has_room():
                break
            self._add(self._images.from_file(path))
        if there.folders:
            self.folders_offered.emit(there.folders)

    def _has_room(self) -> bool:
        """For one more picture; else that is said."""
        if len(self._search_bar.images) < MOST_PICTURES:
            return True
        self.said.emit(
            self.tr("A search can have {n} pictures; the others were left out.").replace(
                "{n}", str(MOST_PICTURES)
            )
        )
        return False

    def _add(self, image: QueryImage) -> None:
        self._search_bar.add_image(image)
        self._search_bar.setFocus()

    # --- dragging --------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent):
            return self._entered(event)
        if event.type() == QEvent.Type.DragLeave:
            self._overlay.hide()
        elif isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            self._overlay.hide()
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            if query_image.offered(event.mimeData()).on_the_web:
                self.said.emit(self._nothing_is_fetched())
            else:
                self.take(event.mimeData())
            return True
        return super().eventFilter(watched, event)

    def _entered(self, event: QDragEnterEvent) -> bool:
        there = query_image.offered(event.mimeData())
        source = event.source()
        ours = isinstance(source, QWidget) and source.window() is self._window
        if ours or there == Offered():
            return False
        if there.picture:
            self._overlay.offer(self.tr("Drop to search by this picture"), "picture-search")
        elif there.folders:
            self._overlay.offer(self.tr("Drop to make this folder searchable"), "folder-add")
        elif there.on_the_web:
            self._overlay.offer(self._nothing_is_fetched(), "problem")
        else:
            self._overlay.offer(self.tr("Drop to search for these words"), "search")
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        return True

    def _nothing_is_fetched(self) -> str:
        return self.tr(
            "Sightline fetches nothing from the web. Save the picture first, and drop its file here."
        )

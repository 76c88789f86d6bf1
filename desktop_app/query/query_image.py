"""Pictures to search by: where they come from, and how they travel.

A picture that has no file (copied from a browser, or a part of the screen) travels inside the question and is
never written to a disk. Of one that has a file, a tiny preview of our own lies in the cache; it is removed
with its chip, and what a crash left is removed at the start.
"""

import itertools
import logging
import math
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QCoreApplication,
    QIODevice,
    QMimeData,
    QObject,
    QProcess,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QImage, QImageReader, QPixmap

from desktop_app.system.file_url import path_of
from indexer.messages.search_messages import MAX_INLINE

log = logging.getLogger(__name__)

INLINE = "data:"
"""How the path of a picture without a file begins."""

PREVIEW_EDGE = 64
"""Pixels; a chip shows it at half that size, so it is sharp on a dense screen."""

PREVIEW_LIMIT_MS = 5_000
MOST_PIXELS = 1_843_200
"""What the models look at; more would only make the question heavy."""


@dataclass(frozen=True, slots=True)
class QueryImage:
    """One picture of the query.

    Attributes:
        path: the file that the engine is to read, or the picture itself (`inline`).
        name: what the chip says.
        preview: a small JPEG or PNG of our own, likewise; "" until there is one.
    """

    path: str
    name: str
    preview: str = ""


class QueryImages(QObject):
    """Turns what is dropped or pasted into pictures to search by.

    Signals:
        previewed(str, str): for this path, a small picture now lies at that path.
    """

    previewed = Signal(object, str)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._numbers = itertools.count(1)
        self._previews: dict[str, str] = {}
        self._running: dict[QProcess, str] = {}
        self.clear()

    def clear(self) -> None:
        """Remove every file of ours."""
        for process in list(self._running):
            process.blockSignals(True)
            process.kill()
            process.waitForFinished(1_000)
        self._running.clear()
        self._previews.clear()
        if self._folder.is_dir():
            for file in self._folder.iterdir():
                _remove(file)

    def from_file(self, path: str) -> QueryImage:
        """A picture that lies on the disk; its preview follows by signal."""
        self._make_preview(path)
        return QueryImage(path, Path(path).name)

    def from_pixels(self, image: QImage, name: str) -> QueryImage:
        """A picture without a file."""
        small = _within(image, PREVIEW_EDGE * PREVIEW_EDGE)
        return QueryImage(inline(image), name, inline(small))

    def again(self, path: str) -> QueryImage:
        """A picture of a question that was kept. Of a file that is gone the engine says so."""
        if path.startswith(INLINE):
            return QueryImage(path, QCoreApplication.translate("Intake", "Pasted picture"), path)
        return self.from_file(path)

    def lasting(self, path: str) -> str:
        """The same picture for a question that is kept: one of the cache may be gone some day."""
        if path.startswith(INLINE) or not Path(path).is_relative_to(self._folder.parent):
            return path
        image = QImage(path)
        return path if image.isNull() else inline(image)

    def forget(self, image: QueryImage) -> None:
        """Its chip is gone."""
        for process in [each for each, path in self._running.items() if path == image.path]:
            process.kill()  # and what it writes is removed when it has ended
            self._running[process] = ""
        preview = self._previews.pop(image.path, "")
        if preview:
            _remove(Path(preview))

    def _make_preview(self, path: str) -> None:
        """Where nothing can be written a symbol stands for it; it can be searched by all the same."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            log.warning("There will be no preview of what was dropped: %s", error)
            return
        out = str(self._folder / f"{next(self._numbers)}.preview.png")
        process = QProcess(self)
        process.setStandardErrorFile(QProcess.nullDevice())
        process.setStandardOutputFile(QProcess.nullDevice())
        process.finished.connect(lambda code, _status: self._preview_made(process, code, out))
        self._running[process] = path
        QTimer.singleShot(PREVIEW_LIMIT_MS, process, process.kill)
        process.start(
            sys.executable, ["-P", "-m", "desktop_app.query.query_preview", path, out, str(PREVIEW_EDGE)]
        )

    def _preview_made(self, process: QProcess, code: int, out: str) -> None:
        path = self._running.pop(process)
        process.deleteLater()
        if code or not path or path in self._previews:
            _remove(Path(out))
        else:
            self._previews[path] = out
        if path in self._previews:
            self.previewed.emit(path, self._previews[path])


def _remove(file: Path) -> None:
    """If that can be done: what stays is removed at the next start."""
    with suppress(OSError):
        file.unlink()


def inline(image: QImage) -> str:
    """A picture as a `data:` URL, as large as the models look at; within `MAX_INLINE` characters."""
    shown = _within(image, MOST_PIXELS)
    for kind, quality in (("png", -1), ("jpeg", 92)):  # of a photo, the first may be too much
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        shown.save(buffer, kind, quality)  # type: ignore[call-overload]
        url = f"data:image/{kind};base64,{bytes(data.toBase64().data()).decode()}"
        if len(url) <= MAX_INLINE:
            break
    return url


def _within(image: QImage, pixels: int) -> QImage:
    scale = math.sqrt(pixels / max(1, image.width() * image.height()))
    if scale >= 1:
        return image
    return image.scaled(
        max(1, math.floor(image.width() * scale)),
        max(1, math.floor(image.height() * scale)),
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )


@dataclass(frozen=True, slots=True)
class Offered:
    """What a drop or the clipboard holds that a search can begin with.

    Attributes:
        folders: could become part of the library; files: could be pictures to search by.
        pixels: there is a picture without a file, to be had with `pixels`.
        text: plain words, "" when there is anything of the above.
        on_the_web: they are no more than the address of something there.
    """

    folders: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    pixels: bool = False
    text: str = ""
    on_the_web: bool = False

    @property
    def picture(self) -> bool:
        """Whether this would be a search by picture."""
        return bool(self.files) or self.pixels


def offered(mime: QMimeData) -> Offered:
    """Files before pixels, pixels before text; a browser sends several at once. Copied text is text."""
    local = [path_of(url) for url in mime.urls() if url.isLocalFile() and url.toLocalFile()]
    if local:
        return of_files(local)
    if mime.hasImage() and (mime.hasUrls() or not mime.hasText()):
        return Offered(pixels=True)
    web = mime.hasUrls() and all(url.scheme() in ("http", "https", "ftp") for url in mime.urls())
    return Offered(text=mime.text() if mime.hasText() else "", on_the_web=web)


def of_files(paths: Sequence[str]) -> Offered:
    """Folders and other files."""
    folders = tuple(path for path in paths if Path(path).is_dir())
    return Offered(folders, tuple(path for path in paths if path not in folders))


def pixels(mime: QMimeData) -> QImage | None:
    """The picture in a clipboard or drop that carries one, None if it cannot be had."""
    data = mime.imageData()
    if isinstance(data, QPixmap):
        data = data.toImage()
    return data if isinstance(data, QImage) and not data.isNull() else None


def picture_patterns() -> str:
    """For a file dialog: the formats people mean by a picture."""
    known = {bytes(each.data()).decode() for each in QImageReader.supportedImageFormats()}
    return " ".join(f"*.{suffix}" for suffix in sorted(known | {"heic", "heif", "avif"}))

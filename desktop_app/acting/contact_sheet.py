"""A PDF with small pictures of many files and their names, to print or to send. Made from the cache alone."""

import errno
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QLocale, QMarginsF, QObject, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter

from desktop_app.acting.background_job import BackgroundJob, reason
from desktop_app.language import wording
from desktop_app.results.results_model import preview
from desktop_app.widgets import theme
from indexer.messages.result_messages import Hit

COLUMNS, ROWS = 4, 5
DPI = 200
MARGIN_MM = 12.0
GAP = 0.06
"""Of a cell, between cells."""
LETTERS = 0.062
"""Height of the writing, of a cell's width."""


class ContactSheet(BackgroundJob):
    """Writes the PDF beside its name and moves it there when it is whole."""

    def __init__(self, hits: Sequence[Hit], title: str, file: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hits = tuple(hits)
        self._title = title
        self._file = Path(file)

    def work(self) -> str:
        part = self._file.with_name(f".{self._file.name}.part")
        try:
            part.touch()
            complete = self._write(str(part))
            if not complete:
                return self.tr("The contact sheet was not made, because you stopped it.")
            part.replace(self._file)
        except OSError as error:
            sentence = self.tr("The contact sheet could not be written: {why} Choose another place.")
            gone = self.tr("the folder is no longer there.") if error.errno == errno.ENOENT else ""
            return sentence.replace("{why}", gone or reason(error))
        finally:
            with suppress(OSError):  # what could not be written is said already
                part.unlink(missing_ok=True)
        return self.tr("The contact sheet is in {file}.").replace("{file}", str(self._file))

    def _write(self, file: str) -> bool:
        """False when it was stopped. Raises OSError when it cannot be written."""
        writer = QPdfWriter(file)
        writer.setResolution(DPI)
        # of the place, not of the language: English is read where paper is A4, too
        metric = QLocale.system().measurementSystem() == QLocale.MeasurementSystem.MetricSystem
        size = QPageSize(QPageSize.PageSizeId.A4 if metric else QPageSize.PageSizeId.Letter)
        margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
        layout = QPageLayout(size, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter)
        writer.setPageLayout(layout)
        writer.setTitle(self._title)
        writer.setCreator("Sightline")
        painter = QPainter()
        if not painter.begin(writer):
            raise OSError(errno.EACCES, "It cannot be written there")
        try:
            room = QRectF(0, 0, writer.width(), writer.height())
            for number, hit in enumerate(self._hits):
                if self.cancelled:
                    return False
                if number % (COLUMNS * ROWS) == 0:
                    if number:
                        writer.newPage()
                    self._head(painter, room, number // (COLUMNS * ROWS) + 1)
                self._paint(painter, room, number % (COLUMNS * ROWS), hit)
                self.tell((number + 1) / len(self._hits))
        finally:
            ended = painter.end()
        if not ended:
            raise OSError(errno.ENOSPC, "The disk is full")
        return True

    def _head(self, painter: QPainter, room: QRectF, page: int) -> None:
        letters = room.width() / COLUMNS * LETTERS
        painter.setFont(_font(letters * 1.3, QFont.Weight.DemiBold))
        painter.setPen(theme.LIGHT.text)
        line = QRectF(room.left(), room.top(), room.width(), letters * 2)
        width = line.width() * 0.9
        title = QFontMetricsF(painter.font(), painter.device()).elidedText(
            self._title, Qt.TextElideMode.ElideRight, width
        )
        painter.drawText(line, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop, title)
        painter.setFont(_font(letters))
        painter.setPen(theme.LIGHT.quiet)
        painter.drawText(line, Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignTop, str(page))

    def _paint(self, painter: QPainter, room: QRectF, place: int, hit: Hit) -> None:
        letters = room.width() / COLUMNS * LETTERS
        top = room.top() + letters * 3
        width, height = room.width() / COLUMNS, (room.bottom() - top) / ROWS
        cell = QRectF(
            room.left() + place % COLUMNS * width + width * GAP / 2,
            top + place // COLUMNS * height,
            width * (1 - GAP),
            height * (1 - GAP),
        )
        picture = QRectF(cell.left(), cell.top(), cell.width(), cell.height() - letters * 3.4)
        file = _picture(hit)
        image = QImage(file) if file else QImage()
        if image.isNull():
            painter.setPen(theme.LIGHT.line)
            painter.drawRect(picture)
            painter.setPen(theme.LIGHT.quiet)
            painter.setFont(_font(letters))
            words = hit.snippet or wording.kind(hit.kind)
            inside = picture.adjusted(letters, letters, -letters, -letters)
            painter.drawText(inside, Qt.TextFlag.TextWordWrap, words)
        else:
            size = image.size().scaled(picture.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
            shown = QRectF(0, 0, size.width(), size.height())
            shown.moveCenter(picture.center())
            shown.moveBottom(picture.bottom())
            painter.drawImage(shown, image)
        found = wording.place(hit.segment) if hit.matched else ""
        when = wording.taken(hit.facts.taken) or wording.date(hit.modified)
        about = wording.joined((found, when))
        lines = ((wording.name(hit), theme.LIGHT.text), (about, theme.LIGHT.quiet))
        for line, (text, colour) in enumerate(lines):
            painter.setFont(_font(letters))
            painter.setPen(colour)
            below = QRectF(
                cell.left(), picture.bottom() + letters * (0.3 + 1.4 * line), cell.width(), letters * 1.4
            )
            elided = QFontMetricsF(painter.font(), painter.device()).elidedText(
                text, Qt.TextElideMode.ElideMiddle, below.width()
            )
            painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, elided)


def _picture(hit: Hit) -> str:
    """What stands for it in print: the larger one, and of a moment or page that was found, that."""
    if hit.segment.type == "clip" or hit.matched or not hit.thumbnail:
        return preview(hit.segment) or hit.thumbnail
    return hit.thumbnail


def _font(height: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    made = QFont()
    made.setPixelSize(max(1, round(height)))
    made.setWeight(weight)
    return made

"""How far files are understood, as a bar: sharply, at a first glance, by name only."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.language import wording
from desktop_app.widgets import theme

HEIGHT = 6


@dataclass(frozen=True, slots=True)
class Coverage:
    """Numbers of files: all there are, those found by name, those seen once, those seen closely."""

    files: int = 0
    named: int = 0
    quick: int = 0
    sharp: int = 0

    def __add__(self, other: "Coverage") -> "Coverage":
        return Coverage(
            self.files + other.files,
            self.named + other.named,
            self.quick + other.quick,
            self.sharp + other.sharp,
        )

    @property
    def words(self) -> str:
        """The same in a sentence."""

        def tr(text: str) -> str:
            return QCoreApplication.translate("Coverage", text)

        if not self.files:
            return tr("No files yet")
        if self.sharp >= self.files:
            return wording.counted(self.files, tr("1 file, understood"), tr("{n} files, all understood"))
        parts = [wording.counted(self.files, tr("1 file"), tr("{n} files"))]
        if self.named < self.files:
            parts.append(tr("{n} by name").replace("{n}", share(self.named, self.files)))
        if self.quick > self.sharp:
            parts.append(tr("{n} seen once").replace("{n}", share(self.quick, self.files)))
        parts.append(tr("{n} understood").replace("{n}", share(self.sharp, self.files)))
        return wording.joined(parts, "  ·  ")


def share(part: int, whole: int) -> str:
    """In whole percent; never 100 before the last file, never 0 after the first."""
    percent = 100 * part // max(1, whole)
    return f"{wording.number(min(99, max(1, percent)) if 0 < part < whole else percent)} %"


class CoverageMeter(QWidget):
    """The bar. The words beside it say the same, so it is not for screen readers."""

    def __init__(self) -> None:
        super().__init__()
        self.coverage = Coverage()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_coverage(self, coverage: Coverage) -> None:
        """Draw this."""
        self.coverage = coverage
        self.setToolTip(coverage.words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        named = theme.colours(self.palette())
        room = QRectF(self.rect())
        whole = QPainterPath()
        whole.addRoundedRect(room, HEIGHT / 2, HEIGHT / 2)
        painter.setClipPath(whole)
        painter.fillRect(room, named.track)
        full = named.accent if self.isEnabled() else named.quiet
        first, glance = QColor(full), QColor(full)
        first.setAlphaF(0.25)
        glance.setAlphaF(0.55)
        files = max(1, self.coverage.files)
        for part, colour in (
            (self.coverage.named, first), (self.coverage.quick, glance), (self.coverage.sharp, full),
        ):  # fmt: skip
            width = room.width() * min(1.0, part / files)
            left = room.width() - width if self.isRightToLeft() else 0.0
            painter.fillRect(QRectF(left, 0, width, HEIGHT), colour)

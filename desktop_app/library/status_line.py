"""The line at the bottom: what is understood, what went wrong, and Pause."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.engine_client import Link
from desktop_app.language import wording
from desktop_app.library.coverage_meter import share
from desktop_app.widgets import theme
from desktop_app.widgets.controls import Button, Directed, ElidedLabel, Hairline, Look, outlined
from indexer.messages.work_messages import Status


class ProgressMark(QWidget):
    """A small bar; the sentence beside it says the same in numbers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._part = 0.0
        self.setFixedSize(QSize(72, 4))

    def set_part(self, part: float) -> None:
        """From 0 to 1; hidden when there is nothing left to do."""
        self._part = part
        self.setVisible(part < 1.0)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        named = theme.colours(self.palette())
        outlined(painter, QRectF(self.rect()), named.track, None, 2)
        width = max(4.0, self.width() * self._part)
        left = self.width() - width if self.isRightToLeft() else 0.0
        outlined(painter, QRectF(left, 0, width, self.height()), named.accent, None, 2)


class StatusLine(Directed):
    """Progress as a sentence, and as a small bar for the corner of the eye.

    Signals:
        pause_wanted, problems_wanted: the person pressed that.
    """

    pause_wanted = Signal()
    problems_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = ProgressMark()
        self._label = ElidedLabel("", mode=Qt.TextElideMode.ElideRight, quiet=True, scale=0.95)
        self.problems = Button("", "problem", Look.QUIET)
        self.problems.setFixedHeight(28)
        self.problems.clicked.connect(self.problems_wanted)
        self.problems.hide()
        self.pause = Button(self.tr("Pause"), "pause", Look.QUIET)
        self.pause.setFixedHeight(28)
        self.pause.clicked.connect(self.pause_wanted)
        self.pause.setEnabled(False)
        self.pause.hide()
        self._row = row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addWidget(self._mark)
        row.addWidget(self._label, 1)
        row.addWidget(self.problems)
        row.addWidget(self.pause)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Hairline())
        column.addLayout(row, 1)
        self.setFixedHeight(40)
        self.arrange()

    def arrange(self) -> None:
        """The sentence begins beside its bar."""
        self._row.setContentsMargins(theme.margins(theme.XL, theme.M, mirrored=self.isRightToLeft()))

    @property
    def text(self) -> str:
        """The sentence."""
        return self._label.whole

    def show_state(self, link: Link, status: Status | None) -> None:
        """Say how things stand."""
        self._label.set_whole(self.sentence(link, status))
        ready = link is Link.READY and status is not None
        self.pause.setEnabled(ready)
        paused = ready and status is not None and status.state == "paused"
        self.pause.setText(self.tr("Resume") if paused else self.tr("Pause"))
        self.pause.icon_name = "play" if paused else "pause"
        self.pause.updateGeometry()
        self.pause.setVisible(paused or (status is not None and status.pending > 0))
        working = status is not None and status.files > 0 and status.pending > 0
        self._mark.set_part(understood(status) / status.files if status is not None and working else 1.0)
        self._show_problems(status)

    def _show_problems(self, status: Status | None) -> None:
        if status is None or not (status.failed or status.skipped):
            self.problems.hide()
            return
        if status.failed:
            self.problems.icon_name = "problem"
            text = wording.counted(status.failed, self.tr("1 problem"), self.tr("{n} problems"))
        else:
            self.problems.icon_name = "info"
            text = wording.counted(status.skipped, self.tr("1 file left out"), self.tr("{n} files left out"))
        self.problems.setText(text)
        self.problems.setToolTip(self.tr("Show which files, and why"))
        self.problems.updateGeometry()
        self.problems.show()

    def sentence(self, link: Link, status: Status | None) -> str:
        """How things stand."""
        if link is Link.STOPPED:
            return self.tr("The engine is not running")
        if link is Link.RESTARTING:
            return self.tr("The engine stopped and is being started again…")
        if status is None:
            return self.tr("Starting…")
        parts = []
        if status.state == "loading":
            parts.append(self.tr("Loading the models…"))
        elif status.state == "paused":
            parts.append(self.tr("Paused"))
        if status.files:
            done = understood(status)
            if done < status.files:
                parts.append(
                    self.tr("{done} of {all} files understood")
                    .replace("{done}", wording.number(done))
                    .replace("{all}", wording.number(status.files))
                )
                if status.state == "indexing" and status.eta_s is not None:
                    parts.append(self.tr("{time} left").replace("{time}", wording.duration(status.eta_s)))
            else:
                parts.append(
                    wording.counted(done, self.tr("1 file understood"), self.tr("{n} files understood"))
                )
        elif status.state == "indexing":
            parts.append(self.tr("Looking through your folders…"))
        if status.rebuilding:
            parts.append(
                self.tr("changing to another model: {share}").replace(
                    "{share}", share(round(1000 * status.rebuilt), 1000)
                )
            )
        if status.waiting and status.state != "paused":
            parts.append(status.waiting)
        parts += [folder.problem for folder in status.folders if folder.problem and not folder.offline][:1]
        return wording.joined(parts, "  ·  ")


def understood(status: Status) -> int:
    """Files whose content can be found, of `status.files`."""
    return max(0, status.files - status.pending - status.failed)

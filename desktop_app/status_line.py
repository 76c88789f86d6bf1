"""The line at the bottom: what is understood, what went wrong, and Pause."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app import theme, wording
from desktop_app.controls import Button, ElidedLabel, Look
from desktop_app.engine_client import Link
from indexer.protocol import Status

BAR = 2
"""Height of the progress along the upper edge."""


class StatusLine(QWidget):
    """Progress as a sentence, and as a thin bar for the corner of the eye.

    Signals:
        pause_wanted, problems_wanted: the person pressed that.
    """

    pause_wanted = Signal()
    problems_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._part = 1.0
        self._label = ElidedLabel("", mode=Qt.TextElideMode.ElideRight, quiet=True, scale=0.95)
        self.problems = Button("", "problem", Look.QUIET)
        self.problems.setFixedHeight(28)
        self.problems.clicked.connect(self.problems_wanted)
        self.problems.hide()
        self.pause = Button(self.tr("Pause"), "pause", Look.QUIET)
        self.pause.setFixedHeight(28)
        self.pause.clicked.connect(self.pause_wanted)
        self.pause.setEnabled(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.XL, BAR, theme.M, 0)
        row.setSpacing(theme.S)
        row.addWidget(self._label, 1)
        row.addWidget(self.problems)
        row.addWidget(self.pause)
        self.setFixedHeight(40)

    @property
    def text(self) -> str:
        """The sentence."""
        return self._label.whole

    def show_state(self, link: Link, status: Status | None) -> None:
        """Say how things stand."""
        self._label.set_whole(self._sentence(link, status))
        ready = link is Link.READY and status is not None
        self.pause.setEnabled(ready)
        paused = ready and status is not None and status.state == "paused"
        self.pause.setText(self.tr("Resume") if paused else self.tr("Pause"))
        self.pause.icon_name = "play" if paused else "pause"
        self.pause.updateGeometry()
        self.pause.setVisible(paused or (status is not None and status.pending > 0))
        self._part = 1.0
        if status is not None and status.files:
            self._part = understood(status) / status.files
        self._show_problems(status)
        self.update()

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

    def _sentence(self, link: Link, status: Status | None) -> str:
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
            if status.pending:
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
        return "  ·  ".join(parts)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        named = theme.colours(self.palette())
        painter.fillRect(0, 0, self.width(), 1, named.line)
        if self._part < 1.0:
            painter.fillRect(QRectF(0, 0, self.width() * self._part, BAR), named.accent)


def understood(status: Status) -> int:
    """Files whose content can be found, of `status.files`."""
    return max(0, status.files - status.pending)

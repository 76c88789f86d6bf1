"""How far everything is, why it waits, and what a person can do about it: pause, or use everything now."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop_app.engine_client import Link
from desktop_app.language import wording
from desktop_app.library.coverage_meter import Coverage, CoverageMeter
from desktop_app.widgets import theme
from desktop_app.widgets.controls import Button, Chip, Label, Panel
from indexer.kinds import KINDS, Kind
from indexer.messages.work_messages import Status

HOUR_S = 3_600.0


class ProgressPanel(Panel):
    """Above the folders.

    Signals:
        pause_wanted(object): for so many seconds, None until resumed. resume_wanted: go on.
        hurry_wanted(bool): wait for nothing, or be polite again.
    """

    pause_wanted = Signal(object)
    resume_wanted = Signal()
    hurry_wanted = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._sentence = Label("", scale=1.15, weight=QFont.Weight.DemiBold)
        self._meter = CoverageMeter()
        self._detail = Label("", quiet=True)
        self._waiting = Label("")
        self._kinds = Label("", quiet=True, scale=0.95)
        for label in (self._sentence, self._detail, self._waiting, self._kinds):
            label.setWordWrap(True)
        self.pause = Button(self.tr("Pause"), "pause")
        self.resume = Button(self.tr("Resume"), "play")
        self.resume.on_click(self.resume_wanted.emit)
        menu = QMenu(self.pause)
        menu.addAction(self.tr("For an hour"), lambda: self.pause_wanted.emit(HOUR_S))
        menu.addAction(self.tr("Until tomorrow"), self._until_tomorrow)
        menu.addAction(self.tr("Until I resume"), lambda: self.pause_wanted.emit(None))
        self.pause_menu = menu
        self.pause.on_click(lambda: menu.popup(self.pause.mapToGlobal(self.pause.rect().bottomLeft())))
        self.hurry = Chip(self.tr("Use everything now"), "play")
        self.hurry.setToolTip(
            self.tr("Waits for nothing until all is done: the computer may be slow meanwhile")
        )
        self.hurry.clicked.connect(self.hurry_wanted)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.S)
        for button in (self.pause, self.resume, self.hurry):
            buttons.addWidget(button)
        buttons.addStretch(1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        column.setSpacing(theme.S)
        for widget in (self._sentence, self._meter, self._detail, self._waiting, self._kinds):
            column.addWidget(widget)
        column.addLayout(buttons)
        self.add(inside)

    def _until_tomorrow(self) -> None:
        self.pause_wanted.emit(wording.seconds_until_morning())

    @property
    def text(self) -> str:
        """All that is said."""
        labels = (self._sentence, self._detail, self._waiting, self._kinds)
        return "\n".join(label.text() for label in labels if label.text())

    def show_state(
        self, link: Link, status: Status | None, sentence: str, kinds: dict[Kind, Coverage]
    ) -> None:
        """How things stand; `sentence` is that of the status line, `kinds` what the engine knows of each."""
        ready = link is Link.READY and status is not None
        paused = status is not None and status.state == "paused"
        working = status is not None and status.pending > 0
        self._sentence.setText(sentence)
        self.pause.setVisible(not paused)
        self.resume.setVisible(paused)
        self.hurry.setVisible(working and not paused)
        for button in (self.pause, self.resume, self.hurry):
            button.setEnabled(ready)
        if status is None:
            self._meter.hide()
            return
        total = sum(kinds.values(), Coverage()) if kinds else _rough(status)
        self._meter.show_coverage(total)
        self._meter.setVisible(total.files > 0)
        self.hurry.setChecked(status.hurry)
        self._waiting.setText(self._why(status))
        self._detail.setText(self._numbers(status))
        self._kinds.setText(
            "\n".join(
                wording.labelled(wording.kinds(kind), kinds[kind].words) for kind in KINDS if kind in kinds
            )
        )
        for label in (self._detail, self._waiting, self._kinds):
            label.setVisible(bool(label.text()))

    def _why(self, status: Status) -> str:
        if status.state == "paused" and status.paused_until is not None:
            moment = wording.date_and_time(status.paused_until)
            return self.tr("Paused until {time}.").replace("{time}", moment)
        return "\n".join(filter(None, (status.rebuilding, status.waiting, status.unreadable)))

    def _numbers(self, status: Status) -> str:
        parts = []
        if status.pending:
            parts.append(wording.counted(status.pending, self.tr("1 file to go"), self.tr("{n} files to go")))
        if status.rate > 0 and status.state == "indexing":
            parts.append(self._rate(status.rate))
        if status.unread:
            parts.append(
                wording.counted(
                    status.unread,
                    self.tr("the words of 1 picture to be read"),
                    self.tr("the words of {n} pictures to be read"),
                )
            )
        if status.incomplete:
            parts.append(
                wording.counted(
                    status.incomplete,
                    self.tr("1 file to be looked at once more"),
                    self.tr("{n} files to be looked at once more"),
                )
            )
        if status.unpictured:
            parts.append(
                wording.counted(
                    status.unpictured,
                    self.tr("the thumbnails of 1 file to be made again"),
                    self.tr("the thumbnails of {n} files to be made again"),
                )
            )
        return wording.joined(parts, "  ·  ")

    def _rate(self, rate: float) -> str:
        if rate >= 1:
            return self.tr("{n} files a second").replace("{n}", wording.number(round(rate)))
        return self.tr("{n} files a minute").replace("{n}", wording.number(max(1, round(rate * 60))))


def _rough(status: Status) -> Coverage:
    done = max(0, status.files - status.pending)
    return Coverage(status.files, status.files, done, done)

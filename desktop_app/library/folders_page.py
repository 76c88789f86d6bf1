"""The folders that Sightline looks at: how far each is, what is wrong with one, pause, add, remove."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.language import wording
from desktop_app.library.coverage_meter import Coverage, CoverageMeter
from desktop_app.system.file_manager import choose_folder
from desktop_app.widgets import theme
from desktop_app.widgets.controls import Button, ElidedLabel, Label, Look, Panel, ScrollBar
from indexer.messages.work_messages import FolderStatus, Status


class FolderRow(QWidget):
    """One folder; kept while its numbers change, so that the keyboard stays where it is.

    Its path travels as an object: a name that is no Unicode would lose a part in a string of Qt.

    Signals:
        pause_wanted(str, bool): pause this path, or go on.
        remove_wanted(str): forget this path.
    """

    pause_wanted = Signal(object, bool)
    remove_wanted = Signal(object)

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path
        self._paused = False
        self._name = Path(path).name or path
        self._title = ElidedLabel(path, weight=QFont.Weight.Medium)
        self._meter = CoverageMeter()
        self._state = ElidedLabel("", mode=Qt.TextElideMode.ElideRight, quiet=True, scale=0.95)
        self._pause = Button("", "pause", Look.QUIET)
        policy = self._pause.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # the bars end at one line
        self._pause.setSizePolicy(policy)
        self._pause.on_click(lambda: self.pause_wanted.emit(path, not self._paused))
        remove = Button("", "remove", Look.QUIET, self.tr("Remove {name}").replace("{name}", self._name))
        remove.on_click(lambda: self.remove_wanted.emit(path))
        words = QVBoxLayout()
        words.setSpacing(theme.XS)
        words.addWidget(self._title)
        words.addWidget(self._meter)
        words.addWidget(self._state)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.margins(theme.L, theme.S, theme.M, mirrored=self.isRightToLeft()))
        row.setSpacing(theme.S)
        row.addLayout(words, 1)
        row.addSpacing(theme.S)
        row.addWidget(self._pause)
        row.addWidget(remove)

    @property
    def text(self) -> str:
        """What is said about it."""
        return self._state.whole

    def show_folder(self, folder: FolderStatus, coverage: Coverage | None) -> None:
        """How it stands now; `coverage` is None where the engine cannot tell so exactly."""
        known = coverage or Coverage(
            folder.files, folder.files, folder.files - folder.pending, folder.files - folder.pending
        )
        self._meter.show_coverage(known)
        self._meter.setEnabled(not folder.offline)
        self._title.setEnabled(not folder.offline)
        self._state.set_whole(self._words(folder, known))
        self._paused = folder.paused
        text = self.tr("Resume {name}") if folder.paused else self.tr("Pause {name}")
        self._pause.setAccessibleName(text.replace("{name}", self._name))
        self._pause.setToolTip(text.replace("{name}", self._name))
        self._pause.icon_name = "play" if folder.paused else "pause"
        self._pause.update()
        self._pause.setVisible(folder.paused or (folder.pending > 0 and not folder.offline))

    def _words(self, folder: FolderStatus, coverage: Coverage) -> str:
        if folder.offline:
            disk = folder.volume or self._name
            parts = [self.tr("“{name}” is not connected").replace("{name}", disk)]
            if folder.last_seen > 0:
                parts.append(self.tr("last seen {date}").replace("{date}", wording.date(folder.last_seen)))
            files = self.tr("1 file, still found"), self.tr("{n} files, still found")
            return wording.joined([*parts, wording.counted(folder.files, *files)], "  ·  ")
        if folder.problem:
            return folder.problem
        said = [coverage.words, folder.note] if folder.note else [coverage.words]
        return wording.joined([self.tr("Paused"), *said] if folder.paused else said, "  ·  ")


class FoldersPage(QWidget):
    """Follows the engine's status while it is shown.

    Signals:
        add_wanted(str), remove_wanted(str): a path. pause_wanted(str, bool): pause it, or go on.
    """

    add_wanted = Signal(str)
    remove_wanted = Signal(object)
    pause_wanted = Signal(object, bool)

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[str, FolderRow] = {}
        self._coverage: dict[str, Coverage] = {}
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setVerticalScrollBar(ScrollBar())
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        add = Button(self.tr("Add a folder…"), "folder-add", Look.NORMAL)
        add.on_click(self.pick)
        note = Label(
            self.tr("Removing a folder makes Sightline forget it. The files themselves stay as they are."),
            quiet=True,
            scale=0.95,
        )
        note.setWordWrap(True)
        below = QHBoxLayout()
        below.setSpacing(theme.L)
        below.addWidget(add)
        below.addWidget(note, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.M)
        column.addWidget(self._area, 1)
        column.addLayout(below)

    def show_status(self, status: Status) -> None:
        """New numbers; new rows only when the folders are others."""
        paths = [folder.path for folder in status.folders]
        if paths != list(self.rows) or self._area.widget() is None:
            self._build(paths)
        for folder in status.folders:
            self.rows[folder.path].show_folder(folder, self._coverage.get(folder.path))

    def show_coverage(self, coverage: dict[str, Coverage]) -> None:
        """By folder, as exactly as the engine knows it; shown with the next status."""
        self._coverage = coverage

    def pick(self) -> None:
        """Ask for another folder."""
        path = choose_folder(self)
        if path:
            self.add_wanted.emit(path)

    def _build(self, paths: list[str]) -> None:
        panel = Panel()
        self.rows = {}
        for path in paths:
            row = FolderRow(path)
            row.remove_wanted.connect(self.remove_wanted)
            row.pause_wanted.connect(self.pause_wanted)
            self.rows[path] = row
            panel.add(row)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        if paths:
            column.addWidget(panel)
        else:
            column.addWidget(Label(self.tr("No folders yet."), quiet=True))
        column.addStretch(1)
        self._area.setWidget(body)

"""The folders that Sightline looks at: add, remove, and what is wrong with one."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app import theme, wording
from desktop_app.controls import Button, ElidedLabel, Label, Look, Panel, ScrollBar
from desktop_app.file_manager import choose_folder
from indexer.protocol import FolderStatus, Status


class FoldersDialog(QDialog):
    """Follows the engine's status while it is open.

    Signals:
        add_wanted(str), remove_wanted(str): a path.
    """

    add_wanted = Signal(str)
    remove_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Folders"))
        self.resize(620, 420)
        self._shown: tuple[FolderStatus, ...] | None = None
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setVerticalScrollBar(ScrollBar())
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        add = Button(self.tr("Add a folder…"), "folder-add", Look.PRIMARY)
        add.clicked.connect(self._pick)
        close = Button(self.tr("Close"))
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addWidget(add)
        buttons.addStretch(1)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.L)
        column.setSpacing(theme.M)
        note = Label(
            self.tr(
                "Removing a folder here makes Sightline forget it. The files themselves stay as they are."
            ),
            quiet=True,
        )
        note.setWordWrap(True)
        column.addWidget(note)
        column.addWidget(self._area, 1)
        column.addLayout(buttons)

    def show_status(self, status: Status) -> None:
        """Rebuild the rows when the folders changed."""
        if status.folders == self._shown:
            return
        self._shown = status.folders
        panel = Panel()
        for folder in status.folders:
            panel.add(self._row(folder))
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        if status.folders:
            column.addWidget(panel)
        else:
            column.addWidget(Label(self.tr("No folders yet."), quiet=True))
        column.addStretch(1)
        self._area.setWidget(body)

    def _row(self, folder: FolderStatus) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(theme.L, theme.S, theme.S, theme.S)
        row.setSpacing(theme.M)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(ElidedLabel(folder.path, weight=QFont.Weight.Medium))
        words.addWidget(
            ElidedLabel(self._state(folder), mode=Qt.TextElideMode.ElideRight, quiet=True, scale=0.95)
        )
        row.addLayout(words, 1)
        name = self.tr("Remove {name}").replace("{name}", Path(folder.path).name or folder.path)
        remove = Button("", "remove", Look.QUIET, name)
        remove.clicked.connect(lambda: self.remove_wanted.emit(folder.path))
        row.addWidget(remove)
        return made

    def _state(self, folder: FolderStatus) -> str:
        if folder.problem:
            return folder.problem
        files = wording.counted(folder.files, self.tr("1 file"), self.tr("{n} files"))
        if folder.pending:
            waiting = self.tr("{n} still to be understood").replace("{n}", wording.number(folder.pending))
            return f"{files}  ·  {waiting}"
        return files

    def _pick(self) -> None:
        path = choose_folder(self)
        if path:
            self.add_wanted.emit(path)

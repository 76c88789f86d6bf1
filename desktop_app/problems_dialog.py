"""The files that are not in the index, each with its reason, and Try again."""

from pathlib import Path
from typing import Any, Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop_app import theme, wording
from desktop_app.controls import Button, Chip, Label, Look
from desktop_app.results_model import Index
from indexer.protocol import Problem, Problems

Outcome = Literal["failed", "skipped"]


class ProblemsModel(QAbstractTableModel):
    """Name, folder and reason."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._problems: tuple[Problem, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """In the order shown."""
        return self._problems

    def set_problems(self, problems: tuple[Problem, ...]) -> None:
        """Show others."""
        self.beginResetModel()
        self._problems = problems
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self._problems)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else 3

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        problem = self._problems[index.row()]
        path = Path(problem.path)
        if role == Qt.ItemDataRole.DisplayRole:
            return (path.name, problem.reason, str(path.parent))[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{problem.path}\n{problem.reason}"
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return (self.tr("File"), self.tr("Reason"), self.tr("Folder"))[section]
        return None


class ProblemsDialog(QDialog):
    """Two lists: what could not be read, and what was left out by rule.

    Signals:
        retry_wanted(tuple[str, ...]): try these paths again; empty for all.
        show_wanted(str): show this file in its folder.
    """

    retry_wanted = Signal(object)
    show_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Problems"))
        self.resize(860, 520)
        self._all: tuple[Problem, ...] = ()
        self._failed = Chip("", "problem")
        self._skipped = Chip("", "info")
        self._failed.setChecked(True)
        group = QButtonGroup(self)
        group.addButton(self._failed)
        group.addButton(self._skipped)
        group.buttonClicked.connect(lambda _button: self._update())
        self._note = Label("", quiet=True)
        self._note.setWordWrap(True)
        self.model = ProblemsModel(self)
        self.table = QTableView()
        self.table.setAccessibleName(self.tr("Files with problems"))
        self.table.setModel(self.model)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setWordWrap(False)
        self.table.setShowGrid(False)
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(32)
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(0, 210)
        header.resizeSection(2, 240)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._update_buttons())
        self.retry = Button(self.tr("Try all again"), "retry", Look.PRIMARY)
        self.retry.clicked.connect(self._retry)
        self.show_file = Button(self.tr("Show in folder"), "show-in-folder")
        self.show_file.clicked.connect(self._show_file)
        close = Button(self.tr("Close"))
        close.clicked.connect(self.accept)
        chips = QHBoxLayout()
        chips.setSpacing(theme.S)
        chips.addWidget(self._failed)
        chips.addWidget(self._skipped)
        chips.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.S)
        buttons.addWidget(self.retry)
        buttons.addWidget(self.show_file)
        buttons.addStretch(1)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.L)
        column.setSpacing(theme.M)
        column.addLayout(chips)
        column.addWidget(self._note)
        column.addWidget(self.table, 1)
        column.addLayout(buttons)
        self._update()

    def show_problems(self, reply: Problems) -> None:
        """The newest list."""
        self._all = reply.problems
        if not self._of("failed") and self._of("skipped"):
            self._skipped.setChecked(True)
        self._update()

    def _of(self, outcome: Outcome) -> tuple[Problem, ...]:
        return tuple(problem for problem in self._all if problem.outcome == outcome)

    def _update(self) -> None:
        failed = self._failed.isChecked()
        self._failed.setText(
            self.tr("Could not be read ({n})").replace("{n}", wording.number(len(self._of("failed"))))
        )
        self._skipped.setText(
            self.tr("Left out ({n})").replace("{n}", wording.number(len(self._of("skipped"))))
        )
        self._note.setText(
            self.tr("These files are found by name only. Everything else went on without them.")
            if failed
            else self.tr("These files were left out by rule, for example because their format is not known.")
        )
        wanted = self._of("failed" if failed else "skipped")
        if wanted != self.model.problems:
            self.model.set_problems(wanted)
        self._update_buttons()

    def _chosen(self) -> tuple[str, ...]:
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return tuple(self.model.problems[row].path for row in rows)

    def _update_buttons(self) -> None:
        chosen = self._chosen()
        self.retry.setVisible(self._failed.isChecked())
        self.retry.setEnabled(bool(self.model.problems))
        self.retry.setText(self.tr("Try again") if chosen else self.tr("Try all again"))
        self.show_file.setEnabled(len(chosen) == 1)

    def _retry(self) -> None:
        self.retry_wanted.emit(self._chosen())

    def _show_file(self) -> None:
        self.show_wanted.emit(self._chosen()[0])

"""The files that are not in the index, each with its reason, and Try again."""

from pathlib import Path
from typing import Any, Literal

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.language import wording
from desktop_app.results.results_model import Index, stretches
from desktop_app.widgets import theme
from desktop_app.widgets.controls import Button, Chip, Label, Look, Panel, ScrollBar
from desktop_app.widgets.one_line import paint_line
from indexer.messages.problem_messages import Problem, Problems

PROBLEM = Qt.ItemDataRole.UserRole + 1

Outcome = Literal["failed", "skipped"]


class ProblemsModel(QAbstractListModel):
    """One row per file."""

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

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        problem = self._problems[index.row()]
        if role == PROBLEM:
            return problem
        if role == Qt.ItemDataRole.DisplayRole:
            return Path(problem.path).name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{Path(problem.path).name}: {problem.reason}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return wording.literal(f"{problem.path}\n{problem.reason}")
        return None


class ProblemRow(QStyledItemDelegate):
    """Name and folder, and the reason below."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, 2 * option.fontMetrics.height() + 2 + 2 * theme.S)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        problem: Problem = index.data(PROBLEM)
        named = theme.colours(option.palette)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, named.chosen)
        painter.fillRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1, named.line)
        metrics = option.fontMetrics
        inner = option.rect.adjusted(theme.L, theme.S, -theme.L, -theme.S)
        upper = QRect(inner.left(), inner.top(), inner.width(), metrics.height())
        lower = upper.translated(0, metrics.height() + 2)
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        middle, right = Qt.TextElideMode.ElideMiddle, Qt.TextElideMode.ElideRight
        path = Path(problem.path)
        painter.setFont(theme.font(option.font, 1.0, QFont.Weight.Medium))
        painter.setPen(named.text)
        name = painter.fontMetrics().elidedText(path.name, middle, upper.width() // 2)
        taken = painter.fontMetrics().horizontalAdvance(name) + theme.L
        paint_line(painter, upper, wording.isolated(name), right=mirrored)
        painter.setFont(option.font)
        painter.setPen(named.quiet)
        folder = metrics.elidedText(str(path.parent), middle, upper.width() - taken)
        paint_line(painter, upper, wording.isolated(folder), right=not mirrored)
        reason = metrics.elidedText(problem.reason, right, lower.width())
        paint_line(painter, lower, wording.isolated(reason), right=mirrored)


class ProblemsPage(QWidget):
    """Three lists: what could not be read, what was left out by rule, and what somebody ignored.

    Signals:
        retry_wanted(tuple[str, ...]): try these paths again; empty for all.
        show_wanted(str): show this file in its folder.
        ignore_wanted(tuple[str, ...], bool): list these paths no longer, or again.
    """

    retry_wanted = Signal(object)
    show_wanted = Signal(object)  # a name that is no Unicode would lose a part in a string of Qt
    ignore_wanted = Signal(object, bool)

    def __init__(self) -> None:
        super().__init__()
        self._all: tuple[Problem, ...] = ()
        self._failed = Chip("", "problem")
        self._skipped = Chip("", "info")
        self._ignored = Chip("", "check")
        self._failed.setChecked(True)
        group = QButtonGroup(self)
        for chip in (self._failed, self._skipped, self._ignored):
            group.addButton(chip)
        group.buttonClicked.connect(lambda _button: self._update())
        self._note = Label("", quiet=True)
        self._note.setWordWrap(True)
        self.model = ProblemsModel(self)
        self.list = self._make_list()
        self.retry = Button(self.tr("Try all again"), "retry", Look.PRIMARY)
        self.retry.clicked.connect(self._retry)
        self.show_file = Button(self.tr("Show in folder"), "show-in-folder")
        self.show_file.clicked.connect(self._show_file)
        self.ignore = Button("")
        self.ignore.on_click(lambda: self.ignore_wanted.emit(self._chosen(), not self._ignored.isChecked()))
        panel = Panel()
        panel.add(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.M)
        column.addLayout(_line(self._failed, self._skipped, self._ignored))
        column.addWidget(self._note)
        column.addWidget(panel, 1)
        column.addLayout(_line(self.retry, self.show_file, self.ignore))
        self._update()

    def _make_list(self) -> QListView:
        """Of the model; several can be chosen."""
        made = QListView()
        made.setAccessibleName(self.tr("Files with problems"))
        made.setModel(self.model)
        made.setItemDelegate(ProblemRow(made))
        made.setUniformItemSizes(True)
        made.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        made.setFrameShape(QListView.Shape.NoFrame)
        made.viewport().setAutoFillBackground(False)  # the panel's corners stay round
        made.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setVerticalScrollBar(ScrollBar())
        made.selectionModel().selectionChanged.connect(lambda *_: self._update_buttons())
        return made

    def show_problems(self, reply: Problems) -> None:
        """The newest list. What is chosen in it stays chosen: it may come again at every moment."""
        chosen, bar = self._chosen(), self.list.verticalScrollBar()
        current, place = self.list.currentIndex().data(PROBLEM), bar.value()
        self._all = reply.problems
        if self._failed.isChecked() and not self._of("failed") and self._of("skipped"):
            self._skipped.setChecked(True)
        self._update()
        if self._chosen() != chosen:
            self._choose(chosen, current)
            bar.setValue(place)

    def _of(self, outcome: Outcome) -> tuple[Problem, ...]:
        return tuple(each for each in self._all if each.outcome == outcome and not each.ignored)

    def _update(self) -> None:
        failed = self._failed.isChecked()
        self._failed.setText(
            self.tr("Could not be read ({n})").replace("{n}", wording.number(len(self._of("failed"))))
        )
        self._skipped.setText(
            self.tr("Left out ({n})").replace("{n}", wording.number(len(self._of("skipped"))))
        )
        ignored = tuple(problem for problem in self._all if problem.ignored)
        self._ignored.setText(self.tr("Ignored ({n})").replace("{n}", wording.number(len(ignored))))
        self._ignored.setVisible(bool(ignored) or self._ignored.isChecked())
        if self._ignored.isChecked():
            self._note.setText(self.tr("You did not want to see these any more."))
            wanted = ignored
        elif failed:
            self._note.setText(
                self.tr("These files are found by name only. Everything else went on without them.")
            )
            wanted = self._of("failed")
        else:
            self._note.setText(
                self.tr(
                    "These files, or parts of them, were left out: unknown formats, very long or damaged "
                    "files."
                )
            )
            wanted = self._of("skipped")
        if wanted != self.model.problems:
            self.model.set_problems(wanted)
        self._update_buttons()

    def _chosen(self) -> tuple[str, ...]:
        rows = sorted(index.row() for index in self.list.selectionModel().selectedRows())
        return tuple(self.model.problems[row].path for row in rows)

    def _choose(self, paths: tuple[str, ...], current: Problem | None) -> None:
        rows = {problem.path: row for row, problem in enumerate(self.model.problems)}
        selection = QItemSelection()
        for first, last in stretches(rows[path] for path in paths if path in rows):
            selection.select(self.model.index(first), self.model.index(last))
        flags = QItemSelectionModel.SelectionFlag
        if current is not None and current.path in rows:
            self.list.selectionModel().setCurrentIndex(self.model.index(rows[current.path]), flags.NoUpdate)
        self.list.selectionModel().select(selection, flags.ClearAndSelect)

    def _update_buttons(self) -> None:
        chosen = self._chosen()
        self.retry.setVisible(self._failed.isChecked())
        self.retry.setEnabled(bool(self.model.problems))
        self.retry.setText(self.tr("Try again") if chosen else self.tr("Try all again"))
        self.show_file.setEnabled(len(chosen) == 1)
        self.ignore.setEnabled(bool(chosen))
        self.ignore.setText(self.tr("List again") if self._ignored.isChecked() else self.tr("Ignore"))

    def _retry(self) -> None:
        self.retry_wanted.emit(self._chosen())

    def _show_file(self) -> None:
        self.show_wanted.emit(self._chosen()[0])


def _line(*widgets: QWidget) -> QHBoxLayout:
    """Beside each other, from the beginning of the line."""
    made = QHBoxLayout()
    made.setSpacing(theme.S)
    for widget in widgets:
        made.addWidget(widget)
    made.addStretch(1)
    return made

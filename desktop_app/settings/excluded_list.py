"""Files and folders that the person left out one by one, and taking them back.

Why one list and not a row of its own for each: whoever leaves out all of a long answer has thousands.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QVBoxLayout, QWidget

from desktop_app.language import wording
from desktop_app.widgets import theme
from desktop_app.widgets.controls import Button, Label, ScrollBar

SHOWN = 5
"""Lines before one has to scroll."""


class ExcludedList(QWidget):
    """Hidden while there are none.

    Signals:
        back_wanted(tuple[str, ...]): these paths are to be let in again.
    """

    back_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._paths: tuple[str, ...] = ()
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Left out one by one:"))
        self.list.setObjectName("framed")
        self.list.setUniformItemSizes(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollBar(ScrollBar())
        self.list.itemSelectionChanged.connect(self._update)
        self.back = Button(self.tr("Take back"))
        self.back.on_click(lambda: self.back_wanted.emit(self._chosen()))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.S, 0, 0)
        column.setSpacing(theme.XS)
        column.addWidget(Label(self.tr("Left out one by one:"), quiet=True))
        column.addWidget(self.list)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeading)
        self.show_paths(())

    def show_paths(self, paths: Sequence[str]) -> None:
        """These are all."""
        self._paths = tuple(paths)
        self.list.clear()
        self.list.addItems([wording.isolated(path) for path in paths])
        frame = 2 * self.list.frameWidth()  # a style sheet counts its padding as part of it
        self.list.setFixedHeight(max(1, self.list.sizeHintForRow(0) * min(SHOWN, len(paths)) + frame))
        self.setVisible(bool(paths))
        self._update()

    def _chosen(self) -> tuple[str, ...]:
        rows = sorted(self.list.row(item) for item in self.list.selectedItems())
        return tuple(self._paths[row] for row in rows)  # what Qt keeps of a name may be another

    def _update(self) -> None:
        self.back.setEnabled(bool(self.list.selectedItems()))

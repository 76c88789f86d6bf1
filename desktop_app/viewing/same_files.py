"""The other files that are the same: byte for byte, or to the eye."""

from collections.abc import Sequence
from pathlib import PurePath

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop_app.language import wording
from desktop_app.widgets import theme
from desktop_app.widgets.controls import Button, Label, Look
from indexer.messages.result_messages import Hit

SHOWN = 8
MORE = 100
"""With each press: a row is a button, and thousands of them would hold up the window."""


class SameFiles(QWidget):
    """A short list, hidden while there are none.

    Signals:
        copies_wanted(str): whether there are copies of this file is not known yet.
        show_wanted(str): this file is to be shown in its folder.
    """

    copies_wanted = Signal(object)  # a name that is no Unicode would lose a part in a string of Qt
    show_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path = ""
        self._folded: tuple[str, ...] = ()
        self._copies: tuple[str, ...] = ()
        self._room = SHOWN
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, theme.S, 0, 0)
        self._column.setSpacing(theme.XS)
        self.hide()

    @property
    def paths(self) -> tuple[str, ...]:
        """The other files, copies first."""
        known = frozenset(self._copies)
        return (*self._copies, *(path for path in self._folded if path not in known))

    def show_file(self, hit: Hit) -> None:
        """The other files of another one."""
        if hit.path == self._path and hit.folded == self._folded:
            return
        self._path, self._folded, self._copies, self._room = hit.path, hit.folded, (), SHOWN
        self._show()
        self.copies_wanted.emit(hit.path)

    def set_copies(self, path: str, copies: Sequence[str]) -> None:
        """Files with the same bytes, if they are still of interest."""
        if path == self._path and tuple(copies) != self._copies:
            self._copies = tuple(copies)
            self._show()

    def _show(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        alike = self.paths[len(self._copies) :]
        room = self._room
        one, many = self.tr("1 copy of this file"), self.tr("{n} copies of this file")
        room -= self._list(wording.counted(len(self._copies), one, many), self._copies, room)
        one, many = self.tr("1 that looks the same"), self.tr("{n} that look the same")
        self._list(wording.counted(len(alike), one, many), alike, room)
        hidden = len(self.paths) - self._room
        if hidden > 0:
            more = Button(self.tr("{n} more").replace("{n}", wording.number(hidden)), look=Look.QUIET)
            more.on_click(self._show_more)
            self._column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeading)
        self.setVisible(bool(self.paths))

    def _list(self, heading: str, paths: Sequence[str], room: int) -> int:
        """Returns how many were listed."""
        shown = paths[: max(0, room)]
        if shown:
            self._column.addWidget(Label(heading, quiet=True, scale=0.95))
        for path in shown:
            self._column.addWidget(self._row(path), 0, Qt.AlignmentFlag.AlignLeading)
        return len(shown)

    def _row(self, path: str) -> Button:
        name = PurePath(path).name
        made = Button(f"{name} · {PurePath(path).parent.name}", "show-in-folder", Look.QUIET)
        made.setAccessibleName(self.tr("Show {name} in its folder").replace("{name}", path))
        made.setToolTip(path)
        made.setMinimumWidth(80)  # a long name is shortened
        made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        made.on_click(lambda: self.show_wanted.emit(path))
        return made

    def _show_more(self) -> None:
        self._room += MORE
        self._show()

"""Searches under a name. Of a standing one it is told how many files came that match."""

from collections.abc import Collection
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.engine_client import EngineClient, Link
from desktop_app.search.counting import Counting
from desktop_app.widgets import theme
from desktop_app.widgets.choices import CheckBox
from desktop_app.widgets.controls import Button, Label, Look
from desktop_app.widgets.fields import Form
from indexer.messages.saved_messages import (
    ForgetSearch,
    GetSavedSearches,
    LookedAt,
    SavedSearch,
    SavedSearches,
    SaveSearch,
)
from indexer.messages.search_messages import Search
from indexer.messages.work_messages import Status

COUNT_AGAIN_MS = 60_000
"""New files are counted at most this often."""


class SavedSearchList(QObject):
    """The engine keeps them; this is what the window knows of them.

    Signals:
        changed: other searches, or other numbers.
    """

    changed = Signal()

    def __init__(self, client: EngineClient, counting: Counting, parent: QObject) -> None:
        super().__init__(parent)
        self._client = client
        self._counting = counting
        self._searches: tuple[SavedSearch, ...] = ()
        self._new: dict[str, int] = {}
        self._files = -1
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(COUNT_AGAIN_MS)
        self._again.timeout.connect(self._count_what_came_meanwhile)
        client.link_changed.connect(self._load)
        client.status_changed.connect(self._status)
        self._load()

    @property
    def searches(self) -> tuple[SavedSearch, ...]:
        """All, by name."""
        return self._searches

    def new(self, name: str) -> int:
        """Files that came since somebody looked; 0 for a search that is not standing."""
        return self._new.get(name, 0)

    def save(self, name: str, search: Search, *, standing: bool) -> None:
        """Keep it, in place of one of that name."""
        self._client.request(SaveSearch(name, search, standing), done=self._take, parent=self)

    def forget(self, name: str) -> None:
        """Delete it."""
        self._client.request(ForgetSearch(name), done=self._take, parent=self)

    def looked_at(self, name: str) -> None:
        """What is new in it is being seen."""
        self._new.pop(name, None)
        self._client.request(LookedAt(name), done=self._take, parent=self)

    def _load(self) -> None:
        if self._client.link is Link.READY:
            self._client.request(GetSavedSearches(), done=self._take, failed=_never_mind, parent=self)

    def _take(self, reply: SavedSearches) -> None:
        self._searches = reply.searches
        known = {each.name for each in reply.searches if each.standing}
        self._new = {name: number for name, number in self._new.items() if name in known}
        self._count()
        self.changed.emit()

    def _status(self, status: Status) -> None:
        if status.files != self._files and status.state == "idle" and not self._again.isActive():
            self._files = status.files
            self._count()

    def _count_what_came_meanwhile(self) -> None:
        """The engine is silent once nothing changes any more."""
        if self._client.status is not None:
            self._status(self._client.status)

    def _count(self) -> None:
        self._again.start()
        for each in self._searches:
            if each.standing:
                asked = replace(each.search, newer_than=each.seen, read_after=each.read)
                self._counting.count(asked, partial(self._counted, each.name))

    def _counted(self, name: str, files: int) -> None:
        if files != self._new.get(name, 0):
            self._new[name] = files
            self.changed.emit()


class SaveDialog(Form):
    """A name, and whether new files are to be told of. Of a name that is `taken` it says that it replaces."""

    def __init__(self, name: str, taken: Collection[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._taken = frozenset(taken)
        self.setWindowTitle(self.tr("Save this search"))
        self.name = QLineEdit(name)
        self.name.setAccessibleName(self.tr("Name"))
        self.name.setMinimumSize(320, 36)
        self.name.selectAll()
        self.standing = CheckBox(self.tr("Tell me how many new files match"))
        self._save = Button(self.tr("Save"), look=Look.PRIMARY)
        self._save.on_click(self.accept)
        self.name.textChanged.connect(self._named)
        self.name.returnPressed.connect(self._save.click)
        self._named(name)
        cancel = Button(self.tr("Cancel"))
        cancel.on_click(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.XL)
        column.setSpacing(theme.M)
        column.addWidget(Label(self.tr("Name")))
        column.addWidget(self.name)
        column.addWidget(self.standing)
        column.addSpacing(theme.S)
        column.addLayout(buttons)

    def _named(self, text: str) -> None:
        name = text.strip()
        self._save.setEnabled(bool(name))
        self._save.setText(self.tr("Replace") if name in self._taken else self.tr("Save"))
        self._save.updateGeometry()


def _never_mind(sentence: str) -> None:
    """Asked again with the next engine."""

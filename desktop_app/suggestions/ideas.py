"""Above the newest files: searches that find something here, what was asked before, and what is kept."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from desktop_app.engine_client import EngineClient, Link
from desktop_app.language import wording
from desktop_app.query.filter_bar import Opener
from desktop_app.search.counting import MOST
from desktop_app.suggestions.history import History
from desktop_app.suggestions.saved_searches import SavedSearchList
from desktop_app.widgets import theme
from desktop_app.widgets.controls import Label
from indexer.messages.query_messages import Examples, GetExamples, Parse
from indexer.messages.query_parts import ParsedQuery
from indexer.messages.saved_messages import SavedSearch
from indexer.messages.work_messages import Status

SHOWN = 3
LONGEST = 200
RECENT = 15


class Ideas(QWidget):
    """One line of buttons; those without room are left out, the rarest use first.

    Signals:
        wanted(str): ask this.
        saved_wanted(SavedSearch): ask this one again.
        changed: there is more or less to offer.
    """

    wanted = Signal(str)
    saved_wanted = Signal(object)
    changed = Signal()

    def __init__(
        self, client: EngineClient, history: History, saved: SavedSearchList, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._client = client
        self._history = history
        self._saved = saved
        self._texts: tuple[str, ...] = ()
        self._labels: dict[str, str] = {}
        self._files = -1
        self._label = Label(self.tr("Try"), quiet=True)
        self._examples = [Opener("", "search") for _ in range(SHOWN)]
        self.recent = Opener(self.tr("Recent"), "history")
        self.kept = Opener(self.tr("Saved"), "bookmark")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.margins(theme.XL, theme.M, theme.XS, 0, mirrored=self.isRightToLeft()))
        row.setSpacing(theme.S)
        row.addWidget(self._label)
        for number, button in enumerate(self._examples):
            button.on_click(partial(self._try, number))
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.recent)
        row.addWidget(self.kept)
        self.recent.on_click(lambda: self._open(self.recent, self.recent_menu()))
        self.kept.on_click(lambda: self._open(self.kept, self.saved_menu()))
        history.changed.connect(self.update_line)
        saved.changed.connect(self.update_line)
        client.status_changed.connect(self._status)
        self.update_line()

    @property
    def has_any(self) -> bool:
        """Whether there is anything to offer."""
        return bool(self._texts or self._history.texts or self._saved.searches)

    def recent_menu(self) -> QMenu:
        """What was asked before, and forgetting it."""
        menu = self._menu()
        for text in self._history.texts[:RECENT]:
            self._entry(menu, wording.shortened(text), partial(self.wanted.emit, text))
        menu.addSeparator()
        self._entry(menu, self.tr("Forget all of these"), self._history.clear)
        return menu

    def saved_menu(self) -> QMenu:
        """What is kept, with what is new in it."""
        menu = self._menu()
        for each in self._saved.searches:
            text = wording.shortened(each.name)
            if new := self._new(each):
                text = f"{text}\t{self.tr('{n} new').replace('{n}', new)}"
            self._entry(menu, text, partial(self._ask_saved, each))
        menu.addSeparator()
        forget = menu.addMenu(self.tr("Delete"))
        for each in self._saved.searches:
            self._entry(forget, wording.shortened(each.name), partial(self._saved.forget, each.name))
        return menu

    def update_line(self) -> None:
        """Anything may have changed."""
        new = self._new(*self._saved.searches)
        said = self.tr("Saved · {n} new").replace("{n}", new) if new else self.tr("Saved")
        self.kept.setText(said)
        self._fit()
        self.changed.emit()

    def _new(self, *searches: SavedSearch) -> str:
        """How many files came that match; "" for none. So many are not counted to the end."""
        counts = [self._saved.new(each.name) for each in searches]
        if not any(counts):
            return ""
        said = self.tr("{n} or more") if max(counts) >= MOST else "{n}"
        return said.replace("{n}", wording.number(sum(counts)))

    def _try(self, number: int) -> None:
        self.wanted.emit(self._texts[number])

    def _ask_saved(self, search: SavedSearch) -> None:
        self.saved_wanted.emit(search)
        if search.standing:
            self._saved.looked_at(search.name)

    # --- examples --------------------------------------------------------------------------------------

    def _status(self, status: Status) -> None:
        """Examples come out of the index, so a much larger one has others, and a much smaller one, too."""
        others = not self._files // 2 <= status.files <= max(2 * self._files, self._files + 10)
        if others and self._client.link is Link.READY:
            self._files = status.files
            self._client.request(GetExamples(), done=self._take, failed=_never_mind, parent=self)

    def _take(self, reply: Examples) -> None:
        self._texts, self._labels = reply.texts[:SHOWN], {}
        for text in self._texts:
            self._client.request(Parse(text), done=partial(self._name, text), failed=_never_mind, parent=self)
        self.update_line()

    def _name(self, text: str, parsed: ParsedQuery) -> None:
        """A filter by what it asks for; how it is typed is seen once it is asked."""
        words = " ".join(part.text for part in parsed.parts if not part.label)
        self._labels[text] = wording.joined((words, *(part.label for part in parsed.parts)))
        self.update_line()

    # --- room ------------------------------------------------------------------------------------------

    def minimumSizeHint(self) -> QSize:
        return QSize(120, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        self.kept.setVisible(bool(self._saved.searches))
        self.recent.setVisible(bool(self._history.texts))
        room = self.width() - theme.XL - theme.M - self._label.sizeHint().width() - theme.S
        for opener in (self.kept, self.recent):
            room -= 0 if opener.isHidden() else opener.sizeHint().width() + theme.S
        shown = 0
        for button, text in zip(self._examples, (*self._texts, *[""] * SHOWN), strict=False):
            said = self._labels.get(text, text)
            button.setText(self.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, LONGEST))
            button.setToolTip(text)
            button.setAccessibleName(self.tr("Try: {text}").replace("{text}", said))
            room -= button.sizeHint().width() + theme.S
            button.setVisible(bool(text) and room >= 0)
            shown += not button.isHidden()
        self._label.setVisible(shown > 0)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _entry(self, menu: QMenu, text: str, call: Callable[[], object]) -> None:
        menu.addAction(wording.escaped(text)).triggered.connect(lambda _=False: call())

    def _open(self, button: Opener, menu: QMenu) -> None:
        width = menu.sizeHint().width()
        menu.popup(button.mapToGlobal(QPoint(button.width() - width, button.height() + 2)))


def _never_mind(sentence: str) -> None:
    """Nobody misses an example."""

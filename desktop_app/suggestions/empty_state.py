"""What stands where results would stand: an icon, a sentence, and what to do next."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QCoreApplication, QLocale, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.engine_client import Link
from desktop_app.language import wording
from desktop_app.search.counting import MOST
from desktop_app.search.search_session import Answer
from desktop_app.suggestions.what_hides import Hiding
from desktop_app.widgets import icons, theme
from desktop_app.widgets.announcing import announce
from desktop_app.widgets.controls import Button, Label, Look
from indexer.messages.work_messages import Status

SYMBOL = 56
WIDTH = 480
MOST_HIDINGS = 5
QUOTED = 60
"""Characters of the question that are repeated."""


class Offer(Enum):
    """What a person can do about an empty list."""

    EVERY_KIND = auto()
    FOLDERS = auto()
    OTHER_SEARCH = auto()


@dataclass(frozen=True, slots=True)
class Message:
    """What an empty list says. The first offer is the one most people want."""

    symbol: str
    title: str
    body: str = ""
    offers: tuple[Offer, ...] = ()


def message(answer: Answer | None, status: Status | None, link: Link) -> Message | None:
    """What to say instead of results; None while there is nothing worth saying yet."""
    if link is Link.STOPPED and (answer is None or answer.refused or not answer.final):
        return Message("problem", _tr("The search is not running"))
    if answer is None:
        return None
    if answer.refused and answer.query.empty:
        return Message("problem", _tr("The files cannot be shown"), answer.note)
    if answer.refused:
        return Message("problem", _tr("This search did not work"), answer.note, (Offer.OTHER_SEARCH,))
    if answer.query.empty:
        return _nothing_to_browse(answer, status)
    if not answer.final:
        return Message("search", _tr("Searching…"), answer.note)
    return _nothing_found(answer, status)


def _nothing_to_browse(answer: Answer, status: Status | None) -> Message | None:
    if answer.query.kinds:
        return Message("search", _tr("Nothing of this kind yet"), "", (Offer.EVERY_KIND,))
    if status is None:
        return None
    if status.state in ("starting", "loading", "indexing") or status.pending:
        return Message(
            "search",
            _tr("Looking through your folders"),
            _tr("The first files appear here in a moment. You can already search for names."),
        )
    if not status.folders:
        return Message(
            "folder",
            _tr("No folders are chosen"),
            _tr("Sightline only looks where you tell it to."),
            (Offer.FOLDERS,),
        )
    problem = next((folder.problem for folder in status.folders if folder.problem), "")
    return Message(
        "folder",
        _tr("There is nothing here yet"),
        problem or _tr("No pictures, videos or documents were found in your folders."),
        (Offer.FOLDERS,),
    )


def _nothing_found(answer: Answer, status: Status | None) -> Message:
    text = wording.shortened(answer.query.text, QUOTED)
    if text and not answer.query.images:
        title = _tr("Nothing here matches “{text}”").replace("{text}", text)
    elif text:
        title = _tr("Nothing here matches the picture with “{text}”").replace("{text}", text)
    else:
        title = _tr("Nothing here matches this picture")
    if answer.query.kinds:
        kinds = QLocale().createSeparatedList([wording.kinds(kind) for kind in answer.query.kinds])
        body = _tr("Only this was searched: {kinds}.").replace("{kinds}", kinds)
        return Message("search", title, answer.note or body, (Offer.EVERY_KIND, Offer.OTHER_SEARCH))
    if answer.note:
        if answer.not_understood:
            title = _tr("A filter is not understood")
        return Message("search", title, answer.note, (Offer.OTHER_SEARCH,))
    if status is not None and status.pending:
        body = wording.counted(
            status.pending,
            _tr("One file is still waiting to be understood. It may turn up in a moment."),
            _tr("{n} files are still waiting to be understood. Some of them may turn up later."),
        )
    else:
        body = _tr("Try fewer or other words, say what the picture shows, or search by a picture.")
    return Message("search", title, body, (Offer.OTHER_SEARCH,))


def _tr(text: str) -> str:
    return QCoreApplication.translate("EmptyState", text)


class Symbol(QWidget):
    """A large quiet icon."""

    def __init__(self, name: str, edge: int = SYMBOL, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._edge = edge
        self.setFixedSize(QSize(edge, edge))

    def set_name(self, name: str) -> None:
        """Show another icon."""
        self._name = name
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colour = theme.colours(self.palette()).quiet
        made = icons.pixmap(self._name, colour, self._edge, self.devicePixelRatioF())
        QPainter(self).drawPixmap(0, 0, made)


class EmptyState(QWidget):
    """Centred, at most as wide as is pleasant to read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offered: tuple[tuple[Offer, ...], tuple[Hiding, ...]] = ((), ())
        self._symbol = Symbol("search")
        self._title = Label("", scale=1.35, weight=QFont.Weight.DemiBold)
        self._body = Label("", quiet=True)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(theme.S)
        column = QVBoxLayout()
        column.setSpacing(theme.M)
        column.addStretch(2)
        column.addWidget(self._symbol, 0, Qt.AlignmentFlag.AlignHCenter)
        for label in (self._title, self._body):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        self._hidings = QVBoxLayout()
        self._hidings.setSpacing(theme.S)
        column.addSpacing(theme.S)
        column.addLayout(self._hidings)
        column.addLayout(self._buttons)
        column.addStretch(3)
        middle = QWidget()
        middle.setMaximumWidth(WIDTH)
        middle.setLayout(column)
        row = QHBoxLayout(self)
        row.addStretch(1)
        row.addWidget(middle, 100)
        row.addStretch(1)

    @property
    def title(self) -> str:
        """The sentence in large."""
        return self._title.text()

    @property
    def body(self) -> str:
        """The lines below it."""
        return self._body.text()

    def _spoken(self) -> str:
        return f"{self.title}. {self.body}".removesuffix(". ")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            announce(self, self._spoken())

    def say(
        self,
        message: Message,
        calls: Mapping[Offer, Callable[[], object]],
        hidings: Sequence[Hiding] = (),
    ) -> None:
        """Show this, with a button for every offer that can be taken and every filter that hides files."""
        news = self.isVisible() and message.title != self.title  # not each time one file less is waiting
        self._symbol.set_name(message.symbol)
        self._title.setText(message.title)
        self._body.setText(message.body)
        if news:
            announce(self, self._spoken())
        self._body.setVisible(bool(message.body))
        offered = message.offers, tuple(hidings[:MOST_HIDINGS])
        if offered != self._offered:  # else the buttons stay: the keyboard may be on one, or the mouse
            self._offered = offered
            self._list(offered[1])
            self._offer(message.offers, calls)

    def _list(self, hidings: Sequence[Hiding]) -> None:
        _empty(self._hidings)
        for hiding in hidings:
            button = Button(self._about(hiding), "close" if hiding.label else "search")
            button.on_click(hiding.remove)
            self._hidings.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)

    def _offer(self, offers: Sequence[Offer], calls: Mapping[Offer, Callable[[], object]]) -> None:
        _empty(self._buttons)
        words = {
            Offer.EVERY_KIND: self.tr("Show every kind"),
            Offer.FOLDERS: self.tr("Folders…"),
            Offer.OTHER_SEARCH: self.tr("Clear the search"),
        }
        self._buttons.addStretch(1)
        for number, offer in enumerate(offers):
            button = Button(words[offer], look=Look.NORMAL if number else Look.PRIMARY)
            button.on_click(calls[offer])
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)

    def _about(self, hiding: Hiding) -> str:
        label = wording.shortened(hiding.label, QUOTED)
        if not hiding.files:
            return self.tr("Take away “{filter}”").replace("{filter}", label)
        one = self.tr("Show weaker matches: 1 file") if not label else self.tr("Without “{filter}”: 1 file")
        many = (
            self.tr("Show weaker matches: {n} files")
            if not label
            else self.tr("Without “{filter}”: {n} files")
        )
        if hiding.files >= MOST:
            many = many.replace("{n}", self.tr("{n} or more"))
        return wording.counted(hiding.files, one, many).replace("{filter}", label)


def _empty(box: QBoxLayout) -> None:
    while (item := box.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()

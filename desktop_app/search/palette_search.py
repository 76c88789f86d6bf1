"""What the palette asks: for few, and every stage at once."""

import itertools
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.engine_client import EngineClient, Link
from indexer.messages.result_messages import BrowseReply, Hit, Results
from indexer.messages.search_messages import Browse, Cancel, Search
from indexer.messages.work_messages import UserActive

MOST = 8
PAUSE_MS = 80
"""After the last key: longer than in the window, because here the models begin at once."""

FIRST_ID = 1 << 40
"""Searches of the palette are counted from here, so that none is taken for one of the window's."""


class PaletteSearch(QObject):
    """Asks for the best few.

    Attributes:
        behind: the list is still that of a question before the one that is typed.

    Signals:
        answered(tuple[Hit, ...], str): the list as it stands, and a sentence about it.
    """

    answered = Signal(object, str)

    def __init__(self, client: EngineClient, parent: QObject) -> None:
        super().__init__(parent)
        self.behind = False
        self._client = client
        self._ids = itertools.count(FIRST_ID)
        self._id = 0
        self._text = ""
        self._shown: tuple[Hit, ...] = ()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.ask)
        client.results_arrived.connect(self._results)
        client.link_changed.connect(self._link_changed)

    def type(self, text: str) -> None:
        """The question as it stands; asked after a short pause."""
        self.behind = self.behind or text.strip() != self._text
        self._text = text.strip()
        self._client.request(UserActive(), failed=_ignore, parent=self)
        self._pause.start()

    def hurry(self) -> None:
        """Nothing more will be typed."""
        if self._pause.isActive():
            self.ask()

    def ask(self) -> None:
        """Ask now; nothing typed means the newest files."""
        self._pause.stop()
        self._id = number = next(self._ids)
        failed = partial(self._failed, number)
        if self._client.link is Link.STOPPED:
            self._tell((), self._client.reason)
        elif self._client.link is not Link.READY:
            self._tell((), self.tr("Starting…"))
        elif self._text:
            asked = Search(number, self._text, limit=MOST, fold=True)
            self._client.request(asked, failed=failed, parent=self)
        else:
            done = partial(self._browsed, number)
            self._client.request(Browse(limit=MOST), done=done, failed=failed, parent=self)

    def stop(self) -> None:
        """Nobody looks any longer."""
        self._pause.stop()
        if self._id and self._client.link is Link.READY:
            self._client.request(Cancel(self._id), failed=_ignore, parent=self)
        self._id = 0

    def _tell(self, hits: tuple[Hit, ...], note: str) -> None:
        self.behind = self._pause.isActive()  # an answer to what has been typed on meanwhile is none
        self._shown = hits[:MOST]
        self.answered.emit(self._shown, note)

    def _browsed(self, number: int, reply: BrowseReply) -> None:
        if number == self._id:
            self._tell(reply.hits, "")

    def _results(self, results: Results) -> None:
        if results.search_id != self._id:
            return
        if results.not_understood:  # most are only begun: the list stays until there is another
            self.answered.emit(self._shown, results.note)
        elif results.hits or results.final:
            note = results.note or ("" if results.hits else self.tr("Nothing here matches that."))
            self._tell(results.hits, note)

    def _failed(self, number: int, sentence: str) -> None:
        if number == self._id and self._client.link is Link.READY:
            self._tell((), sentence)

    def _link_changed(self) -> None:
        """There is an engine now, or none will come: whoever looks is answered."""
        if self._id and self._client.link in (Link.READY, Link.STOPPED):
            self.ask()


def _ignore(_sentence: str) -> None:
    """Nobody waits for this answer."""

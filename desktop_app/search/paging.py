"""More of a list that is shown: rows of a browsed one where it is looked at, the next ones of a search."""

import itertools

from PySide6.QtCore import QObject, Signal

from desktop_app.engine_client import EngineClient, Link
from desktop_app.search.query_and_answer import Query
from indexer.messages.result_messages import BrowseReply, Results

PAGE = 200
"""Hits fetched at once."""

WAITING = 3
"""Pages of a browsed list that wait; older ones were scrolled past."""


class Paging(QObject):
    """Asks for one page at a time; of a browsed list the newest wish first.

    Signals:
        rows(int, tuple[Hit, ...]): these belong from this row on.
        found(Query, Results): further hits of this search.
        failed: a page could not be had.
    """

    rows = Signal(int, object)
    found = Signal(object, object)
    failed = Signal()

    def __init__(self, client: EngineClient, parent: QObject) -> None:
        super().__init__(parent)
        self._client = client
        self._ids = itertools.count(1)
        self._round = 0
        self._wanted: list[int] = []
        self._asked: int | None = None
        self._end: int | None = None
        self._query = Query()
        self._more: tuple[int, Query, int] | None = None
        client.results_arrived.connect(self._results)
        client.link_changed.connect(self._link_changed)

    def next_id(self) -> int:
        """For a search; they grow."""
        return next(self._ids)

    def forget(self) -> None:
        """Another list is shown: what is under way does not belong to it."""
        self._round += 1
        self._wanted.clear()
        self._asked = self._end = None
        self._more = None

    def want_rows(self, query: Query, first: int) -> None:
        """The page of this row is on the screen and not there yet."""
        if self._end is not None and first >= self._end:  # it was counted, and has gone since
            return
        self._query = query
        first -= first % PAGE
        if first != self._asked and first not in self._wanted[-1:]:
            self._wanted = [*[each for each in self._wanted if each != first][-WAITING + 1 :], first]
            if self._asked is None:
                self._next()

    def want_more(self, query: Query, have: int) -> None:
        """What comes behind the first `have` hits."""
        if self._more is None:
            self._ask_more(query, have)

    def again(self) -> None:
        """Another question came between, and the engine gave up the further hits it was asked for."""
        if self._more is not None:
            _, query, have = self._more
            self._ask_more(query, have)

    def _ask_more(self, query: Query, have: int) -> None:
        number = self.next_id()
        self._more = number, query, have
        self._client.request(query.search(number, PAGE, have), failed=self._failed, parent=self)

    def _next(self) -> None:
        if not self._wanted:
            return
        first = self._asked = self._wanted.pop()
        number = self._round

        def arrived(reply: BrowseReply) -> None:
            if number == self._round:
                self._asked = None
                if len(reply.hits) < PAGE:
                    self._end = first + len(reply.hits)
                self._next()
                self.rows.emit(first, reply.hits)

        def failed(sentence: str) -> None:
            if number == self._round:
                self._asked = None
                if self._client.link is not Link.READY:
                    self._wanted.append(first)  # the next engine is asked
                self.failed.emit()

        self._client.request(self._query.browse(PAGE, first), done=arrived, failed=failed, parent=self)

    def _failed(self, sentence: str) -> None:
        if self._client.link is Link.READY:  # otherwise the next engine is asked
            self._more = None
        self.failed.emit()

    def _link_changed(self) -> None:
        """A new engine knows nothing of what the one before was asked."""
        if self._client.link is Link.READY:
            self.again()
            if self._asked is None:
                self._next()

    def _results(self, results: Results) -> None:
        if self._more is not None and results.search_id == self._more[0] and results.final:
            _, query, _ = self._more
            self._more = None
            self.found.emit(query, results)

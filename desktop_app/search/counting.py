"""How many files a search would find, asked beside the search that is under way."""

import itertools
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject

from desktop_app.engine_client import EngineClient, Link
from indexer.messages.result_messages import Results
from indexer.messages.search_messages import Cancel, Search

FIRST_ID = 1 << 41
"""Counted from here, so that no other search is taken for one of these."""

MOST = 200
"""More are not told apart."""


class Counting(QObject):
    """The engine counts when nobody waits for an answer."""

    def __init__(self, client: EngineClient, parent: QObject) -> None:
        super().__init__(parent)
        self._client = client
        self._ids = itertools.count(FIRST_ID)
        self._waiting: dict[int, Callable[[int], object]] = {}
        client.results_arrived.connect(self._results)

    def count(self, search: Search, done: Callable[[int], object]) -> int:
        """Have it counted; `done` gets the number, unless something is wrong. Returns what `forget` takes."""
        number = next(self._ids)
        if self._client.link is Link.READY:
            self._waiting[number] = done
            asked = replace(
                search, search_id=number, limit=MOST, offset=0, rerank=False, fold=False, only_count=True
            )
            self._client.request(asked, failed=lambda _sentence: self._drop(number), parent=self)
        return number

    def forget(self, number: int) -> None:
        """Nobody wants to know any more."""
        if self._waiting.pop(number, None) is not None and self._client.link is Link.READY:
            self._client.request(Cancel(number), failed=_never_mind, parent=self)

    def _drop(self, number: int) -> None:
        self._waiting.pop(number, None)

    def _results(self, results: Results) -> None:
        done = self._waiting.pop(results.search_id, None)
        if done is not None and not (results.note and not results.total):
            done(results.total)


def _never_mind(sentence: str) -> None:
    """What was forgotten may be lost."""

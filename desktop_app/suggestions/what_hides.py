"""After an empty answer: which filter hides how many files, so that the right one can be taken away."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop_app.language import wording
from desktop_app.query.asking import Asking
from desktop_app.search.counting import Counting
from desktop_app.search.query_and_answer import Answer, Query


@dataclass(frozen=True, slots=True)
class Hiding:
    """What hides files.

    Attributes:
        label: the filter in words; "" for the threshold of what is probably meant.
        files: how many there are without it; 0 for a filter that is not understood.
        remove: take it away.
    """

    label: str
    files: int
    remove: Callable[[], object]


class WhatHides(QObject):
    """Counts what there would be without each part of the question that narrows.

    Signals:
        changed: `hidings` has something new.
    """

    changed = Signal()

    def __init__(self, asking: Asking, counting: Counting, parent: QObject) -> None:
        super().__init__(parent)
        self._bar, self._filters, self._header = asking.bar, asking.filters, asking.header
        self._counting = counting
        self._asked: list[int] = []
        self._found: list[Hiding] = []
        asking.session.asking.connect(self._forget)
        asking.session.answered.connect(self._look)

    @property
    def hidings(self) -> tuple[Hiding, ...]:
        """Those that hide something, the most first."""
        return tuple(sorted(self._found, key=lambda each: -each.files))

    def _forget(self) -> None:
        for number in self._asked:
            self._counting.forget(number)
        self._asked.clear()
        self._found.clear()

    def _look(self, answer: Answer) -> None:
        self._forget()
        if answer.hits or not answer.final or answer.refused:
            return
        query = answer.query
        narrowing = self._bar.narrowing()
        for part in narrowing:
            remove = partial(self._bar.remove_text, part.text)
            if part.problem:
                self._found.append(Hiding(part.text, 0, remove))
                self.changed.emit()
        if self._found:
            return
        for part in narrowing:
            words = " ".join(written for written in self._bar.question_parts() if written != part.text)
            remove = partial(self._bar.remove_text, part.text)
            self._ask(replace(query, text=words), part.label or part.text, remove)
        if query.kinds:
            kinds = ", ".join(wording.kinds(kind) for kind in query.kinds)
            self._ask(replace(query, kinds=()), kinds, self._filters.clear)
        if not query.weak and not query.empty:
            self._ask(replace(query, weak=True), "", lambda: self._header.show_weaker(True))

    def _ask(self, query: Query, label: str, remove: Callable[[], object]) -> None:
        def counted(files: int) -> None:
            if files:
                self._found.append(Hiding(label, files, remove))
                self.changed.emit()

        if not query.empty:
            self._asked.append(self._counting.count(query.search(0, 1), counted))

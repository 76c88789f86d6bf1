"""The question as a whole, out of the box, the filters and the order beside it, and when it is asked."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop_app import query_field, wording
from desktop_app.completion_popup import CompletionPopup
from desktop_app.engine_client import EngineClient
from desktop_app.filter_bar import FilterBar
from desktop_app.query_help import QueryHelp
from desktop_app.results_header import ResultsHeader
from desktop_app.search_bar import SearchBar
from desktop_app.search_session import Query, SearchSession


class Asking(QObject):
    """Reads the box and the filters and tells the session.

    Signals:
        said(str): a sentence for the person.
        results_wanted: Enter on a question that is answered already.
    """

    said = Signal(str)
    results_wanted = Signal()

    def __init__(
        self,
        client: EngineClient,
        session: SearchSession,
        bar: SearchBar,
        filters: FilterBar,
        header: ResultsHeader,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._bar = bar
        self._filters = filters
        self._header = header
        self.popup = CompletionPopup(window)
        self._help = QueryHelp(client, bar, self.popup)
        bar.changed.connect(self._changed)
        bar.submitted.connect(lambda: self._help.finish(self._ask))
        bar.shortened.connect(self._say_shortened)
        filters.changed.connect(self._changed)
        header.changed.connect(self._changed)
        filters.chosen.connect(bar.put_filter)

    def question(self) -> Query:
        """As it stands."""
        bar = self._bar
        return Query(
            bar.question,
            tuple(image.path for image in bar.images),
            self._filters.kinds,
            bar.weights,
            bar.examples(less=False),
            bar.examples(less=True),
            self._header.sort,
            self._header.weak,
        )

    def clear(self) -> bool:
        """Take one layer away: the box, then the filters. False when there was nothing."""
        if not self._bar.is_empty():
            self._bar.clear()
            return True
        there = bool(self._filters.kinds)
        self._filters.clear()
        return there

    def _changed(self) -> None:
        before, question = self._session.query, self.question()
        if (
            question.weak
            and before.weak
            and replace(before, kinds=question.kinds, sort=question.sort) != question
        ):
            self._header.forget_weaker()  # it was for that question only
            question = replace(question, weak=False)
        typing = replace(before, text=question.text, weak=question.weak) == question and not question.empty
        typing = typing and before.weak <= question.weak and before.text != question.text
        self._session.set_query(question, now=not typing)

    def _ask(self) -> None:
        answer, question = self._session.answer, self.question()
        if answer is not None and answer.query == question and answer.final and answer.hits:
            self.results_wanted.emit()
        else:
            self._session.set_query(question)
            self._session.ask()

    def _say_shortened(self) -> None:
        most = wording.number(query_field.MOST)
        self.said.emit(self.tr("Only the first {n} characters are searched for.").replace("{n}", most))

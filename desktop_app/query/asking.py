"""The question as a whole, out of the box, the filters and the order beside it, and when it is asked."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import PurePath

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.engine_client import EngineClient, Link
from desktop_app.language import wording
from desktop_app.query import query_field
from desktop_app.query.completion_popup import CompletionPopup
from desktop_app.query.filter_bar import FilterBar
from desktop_app.query.query_chips import QueryExample
from desktop_app.query.query_help import QueryHelp
from desktop_app.query.search_bar import SearchBar
from desktop_app.results.results_header import ResultsHeader
from desktop_app.results.results_model import card_picture
from desktop_app.search.search_session import Query, SearchSession
from indexer.messages.result_messages import Hit, Segment
from indexer.messages.search_messages import Example

MOST_EXAMPLES = 8
"""More of them say no more."""


class Asking(QObject):
    """Reads the box and the filters and tells the session.

    Attributes:
        session, bar, filters, header: what it was given.

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
        self._client = client
        self.session = session
        self.bar = bar
        self.filters = filters
        self.header = header
        self.popup = CompletionPopup(window)
        self._help = QueryHelp(client, bar, self.popup)
        self._new: Query | None = None
        bar.changed.connect(self._changed)
        bar.submitted.connect(self.submit)
        bar.shortened.connect(self._say_shortened)
        filters.changed.connect(self._changed)
        header.changed.connect(self._changed)
        filters.chosen.connect(bar.put_filter)

    def submit(self, since: tuple[int, int | None] | None = None) -> None:
        """Ask now, whatever was still being written.

        Args:
            since: as of `Query`, until the question is asked again or becomes another one.
        """
        self._help.finish(partial(self._ask, since))

    def question(self) -> Query:
        """As it stands."""
        bar = self.bar
        question = Query(
            bar.question,
            tuple(image.path for image in bar.images),
            self.filters.kinds,
            bar.weights,
            bar.examples(less=False),
            bar.examples(less=True),
            self.header.sort,
            self.header.weak,
        )
        if self._new is not None and replace(self._new, sort=question.sort, since=None) == question:
            return replace(question, since=self._new.since)
        return question

    def add_examples(self, hits: Sequence[Hit], *, less: bool) -> None:
        """Ask for more, or less, like the part of these files that was found."""
        if len(hits) > MOST_EXAMPLES:
            most = wording.number(MOST_EXAMPLES)
            self.said.emit(self.tr("Only the first {n} became examples.").replace("{n}", most))
        for hit in hits[:MOST_EXAMPLES]:
            part = hit.segment if hit.matched else Segment("image")
            example = Example(hit.path, part.page, part.start_s)
            picture = card_picture(hit)
            self.bar.add_example(QueryExample(example, PurePath(hit.path).name, picture), less=less)

    def clear(self) -> bool:
        """Take one layer away: the box, then the filters. False when there was nothing."""
        if not self.bar.is_empty():
            self.bar.clear()
            return True
        there = bool(self.filters.kinds)
        self.filters.clear()
        return there

    def _changed(self) -> None:
        if self.bar.awaited and self._client.link is Link.READY:
            return  # "camera:" is no question while the camera is being written
        before, question = self.session.query, self.question()
        if question.since is None:
            self._new = None
        if (
            question.weak
            and before.weak
            and replace(before, kinds=question.kinds, sort=question.sort) != question
        ):
            self.header.choose_weaker(False)  # it was for that question only
            question = replace(question, weak=False)
        typing = replace(before, text=question.text, weak=question.weak) == question and not question.empty
        typing = typing and before.weak <= question.weak and before.text != question.text
        self.session.set_query(question, now=not typing)

    def _ask(self, since: tuple[int, int | None] | None) -> None:
        self._new = None
        question = replace(self.question(), since=since)
        self._new = question if since is not None else None
        answer = self.session.answer
        if answer is not None and answer.query == question and answer.final and answer.hits:
            self.results_wanted.emit()
        else:
            self.session.set_query(question)
            self.session.ask()

    def _say_shortened(self) -> None:
        most = wording.number(query_field.MOST)
        self.said.emit(self.tr("Only the first {n} characters are searched for.").replace("{n}", most))

"""Shows the session's answers in the list and its header, and tells the session what is wanted of them."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from desktop_app.language import wording
from desktop_app.results.result_sections import sections
from desktop_app.results.results_grid import ResultsGrid, View
from desktop_app.results.results_header import ResultsHeader
from desktop_app.search.query_and_answer import Query
from desktop_app.search.search_session import Answer, SearchSession
from indexer.messages.result_messages import Hit

MOST_CHOSEN = 5_000
"""Files that are loaded only because all were to be chosen."""


class Answering(QObject):
    """Between the session and what is seen of its answers.

    Signals:
        shown: another answer is on the screen.
        said(str): a sentence for the person.
    """

    shown = Signal()
    said = Signal(str)

    def __init__(
        self, session: SearchSession, grid: ResultsGrid, header: ResultsHeader, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._grid = grid
        self._header = header
        self._choosing: tuple[Query, int] | None = None
        session.answered.connect(self._show)
        session.asking.connect(header.show_asking)
        session.better_available.connect(
            lambda there: header.show_better(there, browsing=session.query.empty)
        )
        session.paging.rows.connect(self._put)
        session.paging.failed.connect(self._stop_choosing)
        header.better_wanted.connect(session.show_better)
        header.better_wanted.connect(grid.go_to_top)
        header.before_wanted.connect(session.show_before)
        header.view_chosen.connect(self._choose_view)
        grid.touched.connect(session.touched)
        grid.missing.connect(session.want_rows)
        grid.end_near.connect(session.want_more)
        grid.all_wanted.connect(self._choose_all)
        grid.selectionModel().selectionChanged.connect(lambda *_: self._load_chosen())
        grid.folded_pressed.connect(session.toggle_folded)
        grid.title_pressed.connect(lambda _section: header.show_weaker(True))

    def _choose_all(self, loaded: int) -> None:
        """The list is loaded to its end, page by page, and chosen; of too much it is said."""
        answer = self._session.answer
        self._choosing = None
        missing = self._grid.first_missing()
        if answer is None or not (missing >= 0 if answer.stage is None else answer.more):
            return
        self._choosing = answer.query, loaded
        if loaded >= MOST_CHOSEN or not answer.final:
            self._stop_choosing()
        elif answer.stage is None:
            self._session.want_rows(missing)
        else:
            self._session.want_more()

    def _load_chosen(self) -> None:
        """A stretch of a long list is chosen, with rows in it that were never on the screen."""
        missing = self._grid.first_missing(chosen=True)
        if missing < 0:
            return
        if len(self._grid.chosen_rows()) > MOST_CHOSEN:
            self._say_chosen(self._grid.choose_fewer())
        else:
            self._session.want_rows(missing)

    def _stop_choosing(self) -> None:
        """Before the end: the person hears how far it came."""
        if self._choosing is not None:
            _, loaded = self._choosing
            self._choosing = None
            self._say_chosen(loaded)
        elif len(self._grid.chosen_rows()) > 1 and self._grid.first_missing(chosen=True) >= 0:
            self._say_chosen(self._grid.choose_fewer())

    def _say_chosen(self, files: int) -> None:
        sentence = self.tr("Only the {n} files that were loaded so far are chosen. Scroll on to load more.")
        self.said.emit(sentence.replace("{n}", wording.number(files)))

    def _put(self, first: int, hits: tuple[Hit, ...]) -> None:
        self._grid.put(first, hits)
        self._load_chosen()
        if self._session.answer is not None:
            self._go_on_choosing(self._session.answer)

    def _go_on_choosing(self, answer: Answer) -> None:
        """Unless the person has chosen something else meanwhile, or asked something else."""
        if self._choosing is None:
            return
        query, chosen = self._choosing
        self._choosing = None
        if answer.query == query and len(self._grid.selectionModel().selectedRows()) == chosen:
            self._choose_all(self._grid.choose_loaded())

    def unfold(self) -> None:
        """List what looks the same as the current result below it, or no longer."""
        hit = self._grid.current_hit()
        if hit is not None:
            self._session.toggle_folded(hit)

    def _show(self, answer: Answer) -> None:
        self._grid.show_hits(
            answer.hits,
            from_top=answer.fresh,
            total=answer.total if answer.stage is None else 0,
            sections=sections(answer, by_month=self._header.view is View.TIMELINE),
            unfolded=answer.unfolded,
        )
        self._header.show_answer(answer)
        self._go_on_choosing(answer)
        self.shown.emit()

    def _choose_view(self, view: View) -> None:
        self._grid.set_view(view)
        if self._session.answer is not None:  # its sections are others
            self._show(replace(self._session.answer, fresh=False))

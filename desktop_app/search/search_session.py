"""What is asked, when it is asked, and which answer may be shown.

    typed ──────────> Search(search_id) ──> words ──> meaning ──> reranked (final)
    box empty ──────> Browse            ──> newest first

Answers to an older question are dropped. A later stage replaces an earlier one at once as long as nobody has
touched the list; afterwards it waits until it is asked for (`better_available`). More of a list is fetched as
it is scrolled (paging.py), and files that look the same are listed once until somebody unfolds them.
"""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.engine_client import EngineClient, Link
from desktop_app.search.paging import PAGE, Paging
from desktop_app.search.query_and_answer import Answer as Answer
from desktop_app.search.query_and_answer import Query as Query
from desktop_app.search.query_and_answer import in_sections
from indexer.messages.query_messages import GetHits, GetTimeline, Month, Timeline
from indexer.messages.result_messages import BrowseReply, Hit, Results, Stage
from indexer.messages.search_messages import Cancel
from indexer.messages.work_messages import Status, UserActive

TYPING_PAUSE_MS = 40
"""Between keys that come faster than anybody reads: the first is asked for at once, the last of them after so
long. Names and words are found at once; the engine leaves its models alone for longer."""

ACTIVE_EVERY_MS = 1_000
"""How often the engine is told that somebody types; it holds its indexing for two seconds each time."""

BROWSE_AGAIN_MS = 2_000
"""New files appear in the empty box's list at most this often."""

BLANK_AFTER_MS = 450
"""How long an older list may stand while the new question has found nothing yet."""


class SearchSession(QObject):
    """Asks the engine and decides what is shown.

    Signals:
        answered(Answer): show this now.
        better_available(bool): a better list waits for `show_better()`, or no longer does.
        asking(Query): a new question went out; the list shown is still that of the one before.
    """

    answered = Signal(object)
    better_available = Signal(bool)
    asking = Signal(object)

    def __init__(self, client: EngineClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._query = Query()
        self._asked: Query | None = None
        self._search_id = 0
        self._answer: Answer | None = None
        self._waiting: Answer | None = None
        self._touched = False
        self._first: tuple[Hit, ...] = ()
        self._best: Answer | None = None
        self._months: tuple[Month, ...] = ()
        self.paging = Paging(client, self)
        self._seen: tuple[int, int] | None = None
        self._returning: tuple[int, int] | None = None
        self._loading = False
        self._typing = self._timer(TYPING_PAUSE_MS, lambda: self.ask(typing=True))
        self._keys = self._timer(TYPING_PAUSE_MS, lambda: None)
        self._active = self._timer(ACTIVE_EVERY_MS, lambda: None)
        self._again = self._timer(BROWSE_AGAIN_MS, self._browse_again)
        self._blank = self._timer(BLANK_AFTER_MS, self._show_blank)
        client.results_arrived.connect(self._results)
        self.paging.found.connect(self._append)
        client.status_changed.connect(self._status)
        client.link_changed.connect(self._link_changed)

    @property
    def query(self) -> Query:
        """As it stands in the box."""
        return self._query

    @property
    def answer(self) -> Answer | None:
        """What is shown."""
        return self._answer

    def set_query(self, query: Query, *, now: bool = False) -> None:
        """The box changed; asked at once, or after a pause where the keys come fast."""
        changed = query != self._query
        self._query = query
        if now:
            if changed or self._asked != query:
                self.ask()
            return
        if changed:
            fast = self._keys.isActive()
            self._keys.start()
            if not self._active.isActive() and self._client.link is Link.READY:
                self._active.start()
                self._client.request(UserActive(), failed=lambda _sentence: None, parent=self)
            if fast:
                self._typing.start()
            else:
                self.ask(typing=True)

    def ask(self, *, typing: bool = False) -> None:
        """Send the question as it stands. typing: more of it may follow."""
        self._typing.stop()
        self._blank.stop()
        if self._client.link is Link.READY and self._search_id and not self._is_complete():
            self._client.request(Cancel(self._search_id), failed=lambda _sentence: None, parent=self)
        self._search_id = self.paging.next_id()
        self._asked = self._query
        self._first, self._best = (), None
        self.paging.forget()
        self._drop_better()
        if self._client.link is Link.READY:  # otherwise asked again as soon as there is an engine
            self.asking.emit(self._query)
            self._send(typing=typing)
        elif self._client.link is Link.STOPPED and self._is_first():  # what is shown answers something else
            self._refuse(self._query, self._client.reason)

    def touched(self) -> None:
        """The person scrolled, pointed at or chose something in the list."""
        self._touched = True

    def show_better(self) -> None:
        """The person wants the better list."""
        if self._waiting is not None:
            answer = self._waiting
            self._drop_better()
            self._show(answer)

    def ask_anew(self) -> None:
        """The person changed what there is to find: what comes is shown at once, touched or not."""
        self._touched = False
        self.ask()

    def leave_out(self, paths: tuple[str, ...]) -> None:
        """These files left the index: they leave the list at once, touched or not, and it is asked for again.

        Without any, some came back: it is asked for once more when they have been read.
        """
        answer = self._answer
        if not paths:
            self._returning = self._seen
            self.ask_anew()
            return
        if answer is not None:
            gone = frozenset(paths)
            kept = tuple(hit for hit in answer.hits if hit.path not in gone)
            fewer = len(gone) if answer.stage is None else len(answer.hits) - len(kept)
            total = max(len(kept), answer.total - fewer)
            self._touched = self._touched and bool(kept)  # in an empty list nothing can move
            final = answer.final and bool(kept)  # of none left it is not said yet that there are none
            self._show(replace(answer, hits=kept, total=total, fresh=False, final=final))
        self.ask()

    def _send(self, *, typing: bool = False) -> None:
        query, number = self._query, self._search_id

        def failed(sentence: str) -> None:
            self._failed(number, query, sentence)

        if query.empty:
            self._client.request(
                GetTimeline(query.kinds), done=self._take_months, failed=_never_mind, parent=self
            )
            self._client.request(
                query.browse(PAGE),
                done=lambda reply: self._browsed(number, query, reply),
                failed=failed,
                parent=self,
            )
        else:
            asked = replace(query.search(number, PAGE), typing=typing)
            self._client.request(asked, failed=failed, parent=self)

    # --- more of the same list -------------------------------------------------------------------------

    def want_rows(self, first: int) -> None:
        """A browsed list is looked at here."""
        if self._answer is not None and self._answer.stage is None:
            self.paging.want_rows(self._answer.query, first)

    def want_more(self) -> None:
        """The end of the list is near."""
        answer = self._answer
        if answer is not None and answer.stage is not None and answer.final and answer.more:
            self.paging.want_more(answer.query, answer.listed)

    def _append(self, query: Query, results: Results) -> None:
        answer = self._answer
        if answer is None or answer.query != query:
            return
        known = {hit.path for hit in answer.hits}
        new = tuple(hit for hit in results.hits if hit.path not in known)
        listed = answer.listed + len(new)
        total = max(results.total, listed) if new else listed  # no endless asking
        at_least = results.at_least and bool(new)
        self._show(replace(answer, hits=answer.hits + new, total=total, at_least=at_least, fresh=False))

    def show_before(self, before: bool) -> None:
        """The order as it stood before the reranker, or the final one again."""
        best = self._best
        if best is not None and best.reordered and self._answer is not None:
            shown = replace(best, hits=self._first, before=True) if before else best
            self._drop_better()
            self._show(replace(shown, fresh=False))

    def toggle_folded(self, hit: Hit) -> None:
        """List what looks the same as this below it, or no longer."""
        answer = self._answer
        if answer is None or not hit.folded:
            return
        self.touched()
        if hit.path in answer.unfolded:
            below = frozenset(hit.folded)
            kept = tuple(each for each in answer.hits if each.path not in below)
            self._show(replace(answer, hits=kept, fresh=False, unfolded=answer.unfolded - {hit.path}))
            return
        query, path = answer.query, hit.path
        self._client.request(
            GetHits(hit.folded), done=lambda reply: self._unfold(query, path, reply), parent=self
        )

    def _unfold(self, query: Query, path: str, reply: BrowseReply) -> None:
        """A better list may have come meanwhile."""
        answer = self._answer
        if answer is None or answer.query != query or path in answer.unfolded:
            return
        place = next((number for number, each in enumerate(answer.hits) if each.path == path), -1)
        if place < 0:
            return
        hit = answer.hits[place]
        below = frozenset(hit.folded)
        same = tuple(
            replace(each, score=hit.score, relevance=hit.relevance, matched=hit.matched)
            for each in reply.hits
            if each.path in below
        )
        hits = answer.hits[: place + 1] + same + answer.hits[place + 1 :]
        self._show(replace(answer, hits=hits, fresh=False, unfolded=answer.unfolded | {path}))

    # --- answers ---------------------------------------------------------------------------------------

    def _results(self, results: Results) -> None:
        if results.search_id != self._search_id or self._asked is None:
            return
        hits = in_sections(results.hits) if self._asked.by_relevance else results.hits
        answer = Answer(
            self._asked,
            hits,
            results.stage,
            self._is_first(),
            results.final,
            results.note,
            results.took_ms,
            max(results.total, len(hits)),
            results.at_least,
            not_understood=results.not_understood,
            refused=results.refused,
        )
        if results.stage == "meaning":
            self._first = hits
        elif results.stage == "reranked" and results.final:
            first = [hit.path for hit in self._first]
            reordered = bool(first) and first != [hit.path for hit in hits]
            answer = self._best = replace(answer, reordered=reordered)
        self._take(answer)

    def _take_months(self, timeline: Timeline) -> None:
        self._months = timeline.months

    def _browsed(self, number: int, query: Query, reply: BrowseReply) -> None:
        if number == self._search_id:
            total = max(reply.total, len(reply.hits))
            self._take(
                Answer(
                    query,
                    reply.hits,
                    None,
                    self._is_first(),
                    final=True,
                    total=total,
                    months=self._months,
                )
            )

    def _failed(self, number: int, query: Query, sentence: str) -> None:
        if number == self._search_id and self._client.link is Link.READY:
            self._refuse(query, sentence)

    def _refuse(self, query: Query, sentence: str) -> None:
        stage: Stage | None = None if query.empty else "words"
        self._take(Answer(query, (), stage, self._is_first(), final=True, note=sentence, refused=True))

    def _is_first(self) -> bool:
        return self._answer is None or self._answer.query != self._asked

    def _is_complete(self) -> bool:
        newest = self._waiting or self._answer
        if newest is None or newest.query != self._asked:
            return False
        return newest.final and not newest.refused

    def _take(self, answer: Answer) -> None:
        self._blank.stop()
        if answer.fresh:
            if not answer.hits and not answer.final:
                self._waiting = answer
                self._blank.start()
                return
            self._waiting = None
            self._show(answer)
        elif self._touched and self._answer is not None and _differs(self._answer, answer):
            self._waiting = answer
            self.better_available.emit(True)
        else:
            self._drop_better()
            self._show(answer)

    def _show(self, answer: Answer) -> None:
        """A better list goes on waiting: copies may be unfolded in this one, or more of it come."""
        self._answer = answer
        if answer.stage is None:
            self.paging.forget()  # its rows may be others
        self.answered.emit(answer)
        if answer.fresh:
            self._touched = False

    def _show_blank(self) -> None:
        answer, self._waiting = self._waiting, None
        if answer is not None:
            self._show(answer)

    def _drop_better(self) -> None:
        self._waiting = None
        self.better_available.emit(False)

    # --- news from the engine --------------------------------------------------------------------------

    def _link_changed(self) -> None:
        if self._client.link is Link.READY:
            if not self._is_complete():
                self.ask()
        elif self._client.link is Link.STOPPED:  # nothing better will follow what is shown
            self._blank.stop()
            if self._answer is not None:
                self.answered.emit(replace(self._answer, fresh=False, final=True))

    def _status(self, status: Status) -> None:
        was_loading, self._loading = self._loading, status.state in ("starting", "loading")
        if was_loading and not self._loading and self._asked is not None and not self._asked.empty:
            self.paging.forget()  # the engine gives up what it is asked before this
            self._send_again()
        seen, self._seen = self._seen, (status.files, status.pending)
        if (
            seen not in (None, self._seen)
            and self._asked is not None
            and self._asked.empty
            and not self._again.isActive()
        ):
            self._again.start()
        if self._returning not in (None, self._seen) and not status.pending:
            self._returning = None
            self.ask_anew()

    def _browse_again(self) -> None:
        if self._asked is not None and self._asked.empty and self._client.link is Link.READY:
            self._send_again()

    def _send_again(self) -> None:
        """The same question, because the answer may be better by now."""
        self._search_id = self.paging.next_id()
        self._send()

    def _timer(self, milliseconds: int, call: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(call)
        return timer


def _never_mind(sentence: str) -> None:
    """A list without its months is still a list."""


def _differs(shown: Answer, newer: Answer) -> bool:
    """Of a browsed list the first page may be the same and rows below it others."""
    return _order(shown) != _order(newer) or (newer.stage is None and newer.total != shown.total)


def _order(answer: Answer) -> list[tuple[str, object]]:
    return [(hit.path, hit.segment) for hit in answer.hits]

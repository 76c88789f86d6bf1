"""What is asked, when it is asked, and which answer may be shown.

    typed ──150 ms──> Search(search_id) ──> words ──> meaning ──> reranked (final)
    box empty ──────> Browse            ──> newest first

Answers to an older question are dropped. A later stage replaces an earlier one at once as long as nobody has
touched the list; afterwards it waits until it is asked for (`better_available`).
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.engine_client import EngineClient, Link
from indexer.protocol import (
    Browse,
    BrowseReply,
    Cancel,
    Example,
    Hit,
    Kind,
    Results,
    Search,
    Stage,
    Status,
    Took,
    UserActive,
)

TYPING_PAUSE_MS = 150
"""After the last key."""

ACTIVE_EVERY_MS = 1_000
"""How often the engine is told that somebody types; it holds its indexing for two seconds each time."""

BROWSE_AGAIN_MS = 2_000
"""New files appear in the empty box's list at most this often."""

BROWSE_LIMIT = 1_000
"""Files in the list of the empty box."""

BLANK_AFTER_MS = 300
"""How long an older list may stand while the new question has found nothing yet."""


@dataclass(frozen=True, slots=True)
class Query:
    """What the person asks for. Nothing at all means: the newest files."""

    text: str = ""
    images: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    weights: tuple[float, ...] = ()
    more_like: tuple[Example, ...] = ()
    less_like: tuple[Example, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether this is browsing: what is unlike something is no question by itself."""
        return not self.text.strip() and not self.images and not self.more_like


@dataclass(frozen=True, slots=True)
class Answer:
    """What is to be shown.

    Attributes:
        stage: None while browsing.
        fresh: the first answer to this query, so the list starts at its top again.
        final: nothing better will follow.
        note: a sentence from the engine.
    """

    query: Query
    hits: tuple[Hit, ...]
    stage: Stage | None
    fresh: bool
    final: bool
    note: str = ""
    took: Took = field(default_factory=Took)


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
        self._seen: tuple[int, int] | None = None
        self._loading = False
        self._typing = self._timer(TYPING_PAUSE_MS, self.ask)
        self._active = self._timer(ACTIVE_EVERY_MS, lambda: None)
        self._again = self._timer(BROWSE_AGAIN_MS, self._browse_again)
        self._blank = self._timer(BLANK_AFTER_MS, self._show_blank)
        client.results_arrived.connect(self._results)
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
        """The box changed; asked after a pause in typing, or now."""
        changed = query != self._query
        self._query = query
        if now:
            if changed or self._asked != query:
                self.ask()
            return
        if changed:
            self._typing.start()
            if not self._active.isActive() and self._client.link is Link.READY:
                self._active.start()
                self._client.request(UserActive(), failed=lambda _sentence: None, parent=self)

    def ask(self) -> None:
        """Send the question as it stands."""
        self._typing.stop()
        self._blank.stop()
        if self._client.link is Link.READY and self._search_id and not self._is_complete():
            self._client.request(Cancel(self._search_id), failed=lambda _sentence: None, parent=self)
        self._search_id += 1
        self._asked = self._query
        self._drop_better()
        if self._client.link is Link.READY:  # otherwise asked again as soon as there is an engine
            self.asking.emit(self._query)
            self._send()

    def touched(self) -> None:
        """The person scrolled, pointed at or chose something in the list."""
        self._touched = True

    def show_better(self) -> None:
        """The person wants the better list."""
        if self._waiting is not None:
            answer = self._waiting
            self._drop_better()
            self._show(answer)

    def _send(self) -> None:
        query, number = self._query, self._search_id
        if query.empty:
            self._client.request(
                Browse(query.kinds, BROWSE_LIMIT),
                done=lambda reply: self._browsed(number, query, reply),
                failed=lambda sentence: self._failed(number, query, sentence),
                parent=self,
            )
        else:
            self._client.request(
                Search(
                    number,
                    query.text.strip(),
                    query.images,
                    query.kinds,
                    image_weights=query.weights,
                    more_like=query.more_like,
                    less_like=query.less_like,
                ),
                failed=lambda sentence: self._failed(number, query, sentence),
                parent=self,
            )

    # --- answers ---------------------------------------------------------------------------------------

    def _results(self, results: Results) -> None:
        if results.search_id != self._search_id or self._asked is None:
            return
        self._take(
            Answer(
                self._asked,
                results.hits,
                results.stage,
                self._is_first(),
                results.final,
                results.note,
                results.took_ms,
            )
        )

    def _browsed(self, number: int, query: Query, reply: BrowseReply) -> None:
        if number == self._search_id:
            self._take(Answer(query, reply.hits, None, self._is_first(), final=True))

    def _failed(self, number: int, query: Query, sentence: str) -> None:
        if number == self._search_id and self._client.link is Link.READY:
            self._take(
                Answer(
                    query, (), None if query.empty else "words", self._is_first(), final=True, note=sentence
                )
            )

    def _is_first(self) -> bool:
        return self._answer is None or self._answer.query != self._asked

    def _is_complete(self) -> bool:
        newest = self._waiting or self._answer
        return newest is not None and newest.query == self._asked and newest.final

    def _take(self, answer: Answer) -> None:
        self._blank.stop()
        if answer.fresh:
            if not answer.hits and not answer.final:
                self._waiting = answer
                self._blank.start()
                return
            self._show(answer)
        elif self._touched and self._answer is not None and _order(self._answer) != _order(answer):
            self._waiting = answer
            self.better_available.emit(True)
        else:
            self._show(answer)

    def _show(self, answer: Answer) -> None:
        self._waiting = None
        self._answer = answer
        self.answered.emit(answer)
        if answer.fresh:
            self._touched = False

    def _show_blank(self) -> None:
        if self._waiting is not None:
            self._show(self._waiting)

    def _drop_better(self) -> None:
        self._waiting = None
        self.better_available.emit(False)

    # --- news from the engine --------------------------------------------------------------------------

    def _link_changed(self) -> None:
        if self._client.link is Link.READY and not self._is_complete():
            self.ask()

    def _status(self, status: Status) -> None:
        was_loading, self._loading = self._loading, status.state in ("starting", "loading")
        if was_loading and not self._loading and self._asked is not None and not self._asked.empty:
            self._send_again()
        seen, self._seen = self._seen, (status.files, status.pending)
        if (
            seen not in (None, self._seen)
            and self._asked is not None
            and self._asked.empty
            and not self._again.isActive()
        ):
            self._again.start()

    def _browse_again(self) -> None:
        if self._asked is not None and self._asked.empty and self._client.link is Link.READY:
            self._send_again()

    def _send_again(self) -> None:
        """The same question, because the answer may be better by now."""
        self._search_id += 1
        self._send()

    def _timer(self, milliseconds: int, call: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(call)
        return timer


def _order(answer: Answer) -> list[tuple[str, object]]:
    return [(hit.path, hit.segment) for hit in answer.hits]

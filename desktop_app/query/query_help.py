"""While a question is written: the engine says how it is understood and what may be meant."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from desktop_app.engine_client import EngineClient, Link
from desktop_app.query.completion_popup import CompletionPopup
from desktop_app.query.search_bar import SearchBar
from indexer.messages.query_messages import Complete, Completion, Completions, Parse
from indexer.messages.query_parts import ParsedQuery, QueryPart


class QueryHelp(QObject):
    """Between the box and the engine. An engine that does not answer only means fewer chips."""

    def __init__(self, client: EngineClient, bar: SearchBar, popup: CompletionPopup) -> None:
        super().__init__(bar)
        self._client = client
        self._bar = bar
        self._popup = popup
        self._start = self._end = 0
        self._asked = self._offered = ""
        bar.field.popup = popup
        bar.typed.connect(self._look)
        bar.field.textEdited.connect(self._complete)
        bar.field.editingFinished.connect(self._left)
        bar.field.completed.connect(self._take)
        popup.taken.connect(self._take)

    def finish(self, then: Callable[[], object]) -> None:
        """Nothing is being written any more: whatever is no plain word becomes a chip, then go on."""
        text = self._bar.field.text()
        if self._bar.field.is_plain() or self._client.link is not Link.READY:
            then()
            return

        def understood(parsed: ParsedQuery) -> None:
            self._bar.show_parts(text, parsed.parts, finished=True)
            then()

        def anyway(sentence: str) -> None:
            then()

        self._client.request(Parse(text), done=understood, failed=anyway, parent=self)

    def _left(self) -> None:
        self._popup.hide()
        self.finish(lambda: None)

    def _look(self) -> None:
        text = self._bar.field.text()
        if self._popup.isVisible() and text != self._asked:  # a part of it became a chip
            self._complete()
        if not self._bar.field.is_plain() and self._client.link is Link.READY:
            self._client.request(
                Parse(text),
                done=lambda parsed: self._bar.show_parts(text, parsed.parts),
                failed=lambda _: self._bar.show_parts(text, (QueryPart(0, len(text), text, "word"),)),
                parent=self,
            )

    def _complete(self) -> None:
        text, cursor = self._bar.field.text(), self._bar.field.at
        if cursor == 0 or text[cursor - 1].isspace() or self._client.link is not Link.READY:
            self._popup.hide()
            return
        self._asked = text
        self._client.request(
            Complete(text, cursor),
            done=lambda found: self._offer(text, cursor, found),
            failed=_never_mind,
            parent=self,
        )

    def _offer(self, text: str, cursor: int, found: Completions) -> None:
        field = self._bar.field
        if (text, cursor) != (field.text(), field.at):
            return
        self._offered, self._start, self._end = text, found.start, found.end
        window = self._popup.parentWidget()
        if window is not None and field.hasFocus():
            self._popup.offer(found.items, self._bar.corner(window))

    def _take(self, offer: Completion) -> None:
        """Write it; a value is followed by a blank, so that it becomes a chip."""
        field = self._bar.field
        text = field.text()
        if text != self._offered:  # it was typed on before the engine could say what that may be
            self._complete()
            return
        more = offer.insert.endswith(":")
        before = text[: self._start] + offer.insert + ("" if more else " ")
        self._popup.hide()
        field.set_text(before + text[self._end :].lstrip(), len(before))
        field.setFocus()
        self._look()
        if more:
            self._complete()


def _never_mind(sentence: str) -> None:
    """Help that does not come is not missed."""

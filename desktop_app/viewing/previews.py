"""Asks the engine to draw files large: one at a time, and of those that wait the newest."""

from collections import OrderedDict

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.engine_client import EngineClient
from indexer.messages.item_messages import GetPreview, Preview

KEPT = 40
PAUSE_MS = 60
"""Whoever flips through results is not kept waiting by those that only flew past."""


class Previews(QObject):
    """For one view, which shows one picture at a time.

    Signals:
        arrived(GetPreview, Preview): what was asked for last is there.
        refused(GetPreview, str): it cannot be had, with a sentence that says why.
    """

    arrived = Signal(object, object)
    refused = Signal(object, str)

    def __init__(self, client: EngineClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._known: OrderedDict[GetPreview, tuple[float, Preview]] = OrderedDict()
        self._next: tuple[GetPreview, float] | None = None
        self._asked: GetPreview | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask)

    def ask(self, request: GetPreview, modified: float) -> Preview | None:
        """What is known already; otherwise None, and a signal follows unless something else is asked.

        Args:
            modified: when the file last changed, as its hit says: what was drawn before shows another.
        """
        at, known = self._known.get(request, (modified, None))
        if known is not None and at == modified:
            self._known.move_to_end(request)
            self.forget()
            return known
        self._next = request, modified
        if self._asked is None:
            self._pause.start()
        return None

    def forget(self) -> None:
        """Nobody waits any more."""
        self._next = None
        self._pause.stop()

    def _ask(self) -> None:
        if self._next is None:
            return
        (request, modified), self._next = self._next, None
        self._asked = request
        self._client.request(
            request,
            done=lambda reply: self._answered(request, modified, reply),
            failed=lambda sentence: self._failed(request, sentence),
            parent=self,
        )

    def _answered(self, request: GetPreview, modified: float, preview: Preview) -> None:
        self._known[request] = modified, preview
        while len(self._known) > KEPT:
            self._known.popitem(last=False)
        self._asked = None
        if self._next in (None, (request, modified)):
            self._next = None
            self.arrived.emit(request, preview)
        self._ask()

    def _failed(self, request: GetPreview, sentence: str) -> None:
        self._asked = None
        if self._next is None or self._next[0] == request:
            self._next = None
            self.refused.emit(request, sentence)
        self._ask()

"""The line above the results: how many, whether more is coming, and the pill for a better order."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app import theme, wording
from desktop_app.controls import Button, ElidedLabel, Look
from desktop_app.search_session import Answer

SLOW_MS = 250
"""A question that is answered sooner needs no "Searching…" in between."""


class ResultsHeader(QWidget):
    """One quiet line.

    Signals:
        better_wanted: the pill was pressed.
    """

    better_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = ElidedLabel("", quiet=True, scale=0.95)
        self.pill = Button(self.tr("Better order available"), "sort", Look.PRIMARY)
        self.pill.setFixedHeight(28)
        self.pill.clicked.connect(self.better_wanted)
        self.pill.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.XL, 0, theme.XL, 0)
        row.setSpacing(theme.M)
        row.addWidget(self._label, 1)
        row.addWidget(self.pill)
        self.setFixedHeight(36)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(SLOW_MS)
        self._slow.timeout.connect(lambda: self._label.set_whole(self.tr("Searching…")))

    @property
    def text(self) -> str:
        """What the line says."""
        return self._label.whole

    def show_answer(self, answer: Answer) -> None:
        """Say what is shown."""
        self._slow.stop()
        self._label.set_whole(self._sentence(answer))

    def show_asking(self) -> None:
        """A question is under way."""
        self._slow.start()

    def show_better(self, available: bool, browsing: bool) -> None:
        """Offer a better list, or stop offering it."""
        self.pill.setText(self.tr("Newer files available") if browsing else self.tr("Better order available"))
        self.pill.setVisible(available)

    def _sentence(self, answer: Answer) -> str:
        if not answer.hits:
            return ""
        if answer.query.empty:
            return self.tr("Newest files")
        found = wording.counted(len(answer.hits), self.tr("1 result"), self.tr("{n} results"))
        if answer.note:
            return f"{found}  ·  {answer.note}"
        if not answer.final:
            return f"{found}  ·  {self.tr('looking closer…')}"
        return found

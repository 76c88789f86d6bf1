"""One sentence across the window, with what can be done about it."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop_app.widgets import icons, theme
from desktop_app.widgets.announcing import announce
from desktop_app.widgets.controls import ICON, Button, Directed, Label, Look, outlined


class Banner(Directed):
    """Hidden until `say`.

    Signals:
        dismissed(str): the person has read this sentence.
    """

    dismissed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._serious = False
        self._buttons: list[Button] = []
        self._calls: dict[str, Callable[[], object]] = {}
        self._text = Label("")
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._close = Button("", "close", Look.QUIET, self.tr("Dismiss this message"))
        self._close.clicked.connect(lambda: self.dismissed.emit(self._text.text()))
        self._row = QHBoxLayout(self)
        self._row.setSpacing(theme.S)
        self._row.addWidget(self._text, 1)
        self._row.addWidget(self._close)
        self.setMinimumHeight(Button.HEIGHT + 2 * theme.XS)
        self.arrange()
        self.hide()

    @property
    def sentence(self) -> str:
        """What it says; "" while hidden."""
        return "" if self.isHidden() else self._text.text()

    def say(
        self,
        sentence: str,
        *,
        serious: bool = False,
        actions: Sequence[tuple[str, Callable[[], object]]] = (),
    ) -> None:
        """Show a sentence and buttons; "" hides the banner. A serious one cannot be dismissed."""
        self._calls = dict(actions)
        if [button.text() for button in self._buttons] != list(self._calls):
            self._offer(list(self._calls))
        self._serious = serious
        heard = self._text.text() if self.isVisible() else None
        self._text.setText(sentence)
        self.setAccessibleName(sentence)
        self._close.setVisible(not serious)
        self.setVisible(bool(sentence))
        if heard not in (None, sentence):
            announce(self, sentence)
        self.update()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            announce(self, self._text.text())

    def _offer(self, texts: list[str]) -> None:
        """Other buttons; one that is offered again stays, as the keyboard may be on it."""
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        for number, text in enumerate(texts):
            button = Button(text)
            button.on_click(partial(self._call, text))
            self._row.insertWidget(1 + number, button, 0, Qt.AlignmentFlag.AlignVCenter)
            self._buttons.append(button)

    def _call(self, text: str) -> None:
        self._calls[text]()

    def arrange(self) -> None:
        """Room for the sign at the beginning."""
        sign = theme.M + ICON + theme.M
        self._row.setContentsMargins(theme.margins(sign, theme.S, theme.XS, mirrored=self.isRightToLeft()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        named = theme.colours(self.palette())
        colour = named.danger if self._serious else named.quiet
        outlined(painter, QRectF(self.rect()), named.surface, named.line, theme.RADIUS)
        mark = icons.pixmap("problem" if self._serious else "info", colour, ICON, self.devicePixelRatioF())
        x = self.width() - theme.M - ICON if self.isRightToLeft() else theme.M
        painter.drawPixmap(QPointF(x, (self.height() - ICON) / 2), mark)

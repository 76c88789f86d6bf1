"""The words of the question: a line that knows of pasted pictures, chips before it and offers below."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.query import query_image
from desktop_app.query.completion_popup import CompletionPopup
from desktop_app.widgets import theme
from indexer.messages.query_parts import QUOTES

MOST = 2_000
"""Characters."""

_SPECIAL = frozenset(f":：-{QUOTES}")


class QueryField(QLineEdit):
    """Plain words, and what is not a chip yet.

    Signals:
        picture_pasted: a picture lies on the clipboard, and the person pasted.
        shortened: more was pasted than there is room for.
        back_wanted: Backspace before the first character. leftwards: the arrow key, where no words are left.
        left_downwards: the Down key with nothing offered.
        completed(str): an offer was taken.
    """

    picture_pasted = Signal()
    shortened = Signal()
    back_wanted = Signal()
    leftwards = Signal()
    left_downwards = Signal()
    completed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrame(False)
        self.setMaxLength(MOST)
        self.setAcceptDrops(False)  # the window takes every drop
        self.popup: CompletionPopup | None = None
        self.inputRejected.connect(self.shortened)
        self._align()

    def _align(self) -> None:
        """Beside the chips, whichever way the words run."""
        self.setAlignment(theme.leading(mirrored=self.isRightToLeft()) | Qt.AlignmentFlag.AlignVCenter)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._align()

    @property
    def at(self) -> int:
        """Where the cursor stands, in characters; Qt counts in halves of the rare ones."""
        return len(_units(self.text())[: 2 * self.cursorPosition()].decode("utf-16-le", "ignore"))

    def set_text(self, text: str, cursor: int) -> None:
        """Another text, the cursor at this character."""
        self.setText(text)
        self.setCursorPosition(len(_units(text[:cursor])) // 2)

    def is_plain(self) -> bool:
        """Nothing in it can be anything but words."""
        return not _SPECIAL & set(self.text())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and self._offered():
            assert isinstance(event, QKeyEvent)  # noqa: S101  # for the type checker
            if event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
        if event.type() == QEvent.Type.KeyPress and self._offered():
            assert isinstance(event, QKeyEvent)  # noqa: S101
            if event.key() == Qt.Key.Key_Tab:  # otherwise it leads to the next control
                self._take(first=True)
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        at_start = not self.cursorPosition() and not self.hasSelectedText()
        pasting = event.matches(QKeySequence.StandardKey.Paste)
        if pasting and query_image.offered(QGuiApplication.clipboard().mimeData()).picture:
            self.picture_pasted.emit()
        elif self._offered() and key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._walk(1 if key == Qt.Key.Key_Down else -1)
        elif self._offered() and key == Qt.Key.Key_Escape:
            self._hide()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._take():
            pass
        elif key == Qt.Key.Key_Down:
            self.left_downwards.emit()
        elif key == Qt.Key.Key_Backspace and at_start:
            self.back_wanted.emit()
        elif key == self._towards_chips() and not self.hasSelectedText():
            before = self.cursorPosition()
            super().keyPressEvent(event)
            if self.cursorPosition() == before and not self.hasSelectedText():
                self.leftwards.emit()
        else:
            super().keyPressEvent(event)

    def _towards_chips(self) -> Qt.Key:
        """They lie before the words as the window runs; the words themselves may run the other way."""
        return Qt.Key.Key_Right if self.isRightToLeft() else Qt.Key.Key_Left

    def _offered(self) -> bool:
        return self.popup is not None and self.popup.isVisible()

    def _hide(self) -> None:
        if self.popup is not None:
            self.popup.hide()

    def _walk(self, step: int) -> None:
        if self.popup is not None and not self.popup.walk(step):
            self._hide()
            self.left_downwards.emit()

    def _take(self, *, first: bool = False) -> bool:
        """Take the offer that is marked, or the first. False when there is none."""
        offer = self.popup.marked(first=first) if self.popup is not None and self._offered() else None
        self._hide()
        if offer is not None:
            self.completed.emit(offer)
        return offer is not None


def _units(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")

"""What a screen reader says: also what happens elsewhere than at the keyboard, and nothing needless."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QStackedWidget, QWidget


def leave(pages: QStackedWidget) -> None:
    """Before another page is turned to: else Qt puts the keyboard on whatever comes first there, and that
    is read before the control that it is meant for."""
    focus = pages.window().focusWidget()  # None, too, has no ancestors
    if pages.isAncestorOf(focus):
        focus.clearFocus()


def announce(widget: QWidget, sentence: str) -> bool:
    """Let it be read, without interrupting what is being said; "" is no sentence. The widget says it.

    Returns whether anybody listens.
    """
    if not sentence or not QAccessible.isActive():
        return False
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, sentence))
    return True

"""The menu behind the three lines."""

from collections.abc import Callable

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.actions import Actions, Command
from indexer.settings import Appearance


def main_menu(
    actions: Actions, appearance: Appearance, choose: Callable[[Appearance], object], window: QWidget
) -> QMenu:
    """Library, appearance, log, quit. `choose` is called with another appearance."""
    made = actions.menu(
        (
            Command.SEARCH_BY_PICTURE,
            Command.SNIP,
            None,
            Command.FOLDERS,
            Command.PROBLEMS,
            Command.PAUSE,
            None,
        ),
        window,
    )
    looks = made.addMenu(window.tr("Appearance"))
    group = QActionGroup(looks)
    choices: tuple[tuple[Appearance, str], ...] = (
        ("system", window.tr("Like the desktop")),
        ("light", window.tr("Light")),
        ("dark", window.tr("Dark")),
        ("contrast", window.tr("High contrast")),
    )
    for value, text in choices:
        action = looks.addAction(text)
        action.setCheckable(True)
        action.setChecked(value == appearance)
        action.setData(value)
        group.addAction(action)
    group.setObjectName("appearance")
    group.triggered.connect(lambda action: choose(action.data()))
    actions.fill(made, (Command.SETTINGS, Command.SHOW_LOG, None, Command.QUIT))
    return made


def mark_appearance(menu: QMenu, appearance: Appearance) -> None:
    """It was chosen elsewhere."""
    for group in menu.findChildren(QActionGroup, "appearance"):
        for action in group.actions():
            action.setChecked(action.data() == appearance)

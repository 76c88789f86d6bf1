"""Every command once: its name, keys and icon. Menus and buttons read it here."""

from collections.abc import Callable, Mapping, Sequence
from enum import Enum, auto

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QPalette
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.widgets import icons
from desktop_app.widgets.controls import Button, Look


class Command(Enum):
    """What a person can do."""

    FOCUS_SEARCH = auto()
    SEARCH_BY_PICTURE = auto()
    SNIP = auto()
    PASTE = auto()
    PEEK = auto()
    OPEN = auto()
    OPEN_WITH = auto()
    SHOW_IN_FOLDER = auto()
    SHOW_COPIES = auto()
    COPY_FILES = auto()
    COPY_PICTURE = auto()
    COPY_TEXT = auto()
    COPY_PATH = auto()
    COPY_TO_FOLDER = auto()
    CONTACT_SHEET = auto()
    FIND_SIMILAR = auto()
    FORGET = auto()
    EXCLUDE = auto()
    MORE_LIKE = auto()
    LESS_LIKE = auto()
    UNFOLD = auto()
    TOGGLE_PHOTOS = auto()
    TOGGLE_SCREENSHOTS = auto()
    TOGGLE_VIDEOS = auto()
    TOGGLE_DOCUMENTS = auto()
    TOGGLE_INSPECTOR = auto()
    FOLDERS = auto()
    PROBLEMS = auto()
    PAUSE = auto()
    SHOW_LOG = auto()
    SETTINGS = auto()
    BACK = auto()
    QUIT = auto()


ON_A_RESULT: tuple[Command | None, ...] = (
    Command.PEEK,
    Command.OPEN,
    Command.OPEN_WITH,
    Command.SHOW_IN_FOLDER,
    Command.SHOW_COPIES,
    None,
    Command.FIND_SIMILAR,
    Command.MORE_LIKE,
    Command.LESS_LIKE,
    Command.UNFOLD,
    None,
    Command.COPY_FILES,
    Command.COPY_PICTURE,
    Command.COPY_TEXT,
    Command.COPY_PATH,
    Command.COPY_TO_FOLDER,
    Command.CONTACT_SHEET,
    None,
    Command.FORGET,
    Command.EXCLUDE,
)
"""Those that need something to be chosen, in the order of the context menu; None is a line."""


class Actions:
    """The commands as QActions of one window."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._icons: dict[Command, str] = {}
        self._actions: dict[Command, QAction] = {}
        self._usual: dict[Command, tuple[str, ...]] = {}
        self._buttons: list[tuple[Button, QAction]] = []
        tr = window.tr
        self._add(Command.FOCUS_SEARCH, tr("Search"), "search", ("Ctrl+F", "/"))
        self._add(Command.SEARCH_BY_PICTURE, tr("Search by a picture…"), "picture-search", ("Ctrl+O",))
        self._add(Command.SNIP, tr("Search by a part of the screen"), "snip", ("Ctrl+Shift+S",))
        self._add(Command.PASTE, tr("Paste into the search"), "", ("Ctrl+V",))
        self._add(Command.PEEK, tr("Look at it large"), "peek", ("Space",))
        self._add(Command.OPEN, tr("Open"), "open", ("Return", "Enter"))
        self._add(
            Command.SHOW_IN_FOLDER, tr("Show in folder"), "show-in-folder", ("Ctrl+Return", "Ctrl+Enter")
        )
        self._add(Command.COPY_FILES, tr("Copy"), "copy", ("Ctrl+C",))
        self._add(Command.COPY_PATH, tr("Copy path"), "name", ("Ctrl+Shift+C",))
        self._add(Command.OPEN_WITH, tr("Open with…"), "open-with", ())
        self._add(Command.SHOW_COPIES, tr("Show all copies"), "copies", ())
        self._add(Command.COPY_PICTURE, tr("Copy picture"), "photo", ("Ctrl+Alt+C",))
        self._add(Command.COPY_TEXT, tr("Copy text"), "words", ("Ctrl+Shift+T",))
        self._add(Command.COPY_TO_FOLDER, tr("Copy to a folder…"), "export", ("Ctrl+S",))
        self._add(Command.CONTACT_SHEET, tr("Contact sheet…"), "contact-sheet", ("Ctrl+P",))
        self._add(Command.FORGET, tr("Forget until it changes"), "forget", ())
        self._add(Command.EXCLUDE, tr("Leave out of the index"), "exclude", ())
        self._add(Command.FIND_SIMILAR, tr("Find similar"), "similar", ("Ctrl+E",))
        self._add(Command.MORE_LIKE, tr("More like this"), "similar", ("Ctrl++", "Ctrl+="))
        self._add(Command.LESS_LIKE, tr("Less like this"), "less", ("Ctrl+-",))
        self._add(Command.UNFOLD, tr("Show what looks the same"), "grid", ("Ctrl+L",))
        self._add(Command.TOGGLE_PHOTOS, tr("Only photos"), "photo", ("Alt+1",))
        self._add(Command.TOGGLE_SCREENSHOTS, tr("Only screenshots"), "screenshot", ("Alt+2",))
        self._add(Command.TOGGLE_VIDEOS, tr("Only videos"), "video", ("Alt+3",))
        self._add(Command.TOGGLE_DOCUMENTS, tr("Only documents"), "document", ("Alt+4",))
        self._add(Command.TOGGLE_INSPECTOR, tr("Details"), "inspector", ("Ctrl+I",))
        self._add(Command.FOLDERS, tr("Folders…"), "folder", ())
        self._add(Command.PROBLEMS, tr("Problems…"), "problem", ())
        self._add(Command.PAUSE, tr("Pause indexing"), "pause", ())
        self._add(Command.SHOW_LOG, tr("Show log"), "log", ())
        self._add(Command.SETTINGS, tr("Settings…"), "settings", ("Ctrl+,",))
        self._add(Command.BACK, tr("Back"), "", ("Esc",))
        self._add(Command.QUIT, tr("Quit"), "", ("Ctrl+Q",))
        self.tint(window.palette())

    def __getitem__(self, command: Command) -> QAction:
        return self._actions[command]

    def connect(self, command: Command, call: Callable[[], object]) -> None:
        """What it does."""
        self._actions[command].triggered.connect(lambda _checked=False: call())

    def enable(self, commands: Sequence[Command | None], enabled: bool) -> None:
        """Whether they make sense now."""
        for command in commands:
            if command is not None:
                self._actions[command].setEnabled(enabled)

    def belong_to(self, widget: QWidget, commands: Sequence[Command]) -> None:
        """Their keys work only while the keyboard is inside this widget."""
        for command in commands:
            self._window.removeAction(self._actions[command])
            self._actions[command].setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            widget.addAction(self._actions[command])

    def set_keys(self, chosen: Mapping[str, str]) -> None:
        """The person's own keys, by name of the command, "" for none; the others have the usual ones."""
        for command, action in self._actions.items():
            own = chosen.get(command.name.lower())
            keys = self._usual[command] if own is None else ((own,) if own else ())
            action.setShortcuts([QKeySequence(key) for key in keys])
        for button, action in self._buttons:
            button.setToolTip(_with_keys(action))

    def holder(self, keys: str) -> Command | None:
        """Which command has these keys."""
        wanted = QKeySequence(keys)
        return next((each for each, action in self._actions.items() if wanted in action.shortcuts()), None)

    def tint(self, palette: QPalette) -> None:
        """Draw the icons in another palette's colours."""
        for command, name in self._icons.items():
            if name:
                self._actions[command].setIcon(icons.icon(name, palette))

    def set_icon(self, command: Command, name: str) -> None:
        """Another icon from now on."""
        self._icons[command] = name
        self._actions[command].setIcon(icons.icon(name, self._window.palette()))

    def button(self, command: Command, look: Look = Look.NORMAL, *, text: bool = True) -> Button:
        """A button that does the same, and is enabled when the command is. It lives as long as the window."""
        action = self._actions[command]
        made = Button(action.text() if text else "", self._icons[command], look, _with_keys(action))
        made.setAccessibleName(action.text())
        made.setEnabled(action.isEnabled())
        made.clicked.connect(action.trigger)
        action.enabledChanged.connect(made.setEnabled)
        self._buttons.append((made, action))
        return made

    def menu(self, commands: Sequence[Command | None], parent: QWidget) -> QMenu:
        """A menu of them; None is a line."""
        made = QMenu(parent)
        self.fill(made, commands)
        return made

    def fill(self, menu: QMenu, commands: Sequence[Command | None]) -> None:
        """Append them to a menu; None is a line."""
        for command in commands:
            if command is None:
                menu.addSeparator()
            else:
                menu.addAction(self._actions[command])

    def _add(self, command: Command, text: str, icon_name: str, keys: Sequence[str]) -> None:
        action = QAction(text, self._window)
        action.setObjectName(command.name.lower())
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setIconVisibleInMenu(True)
        self._window.addAction(action)
        self._icons[command] = icon_name
        self._actions[command] = action
        self._usual[command] = tuple(keys)


def _with_keys(action: QAction) -> str:
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return f"{action.text()} ({keys})" if keys else action.text()

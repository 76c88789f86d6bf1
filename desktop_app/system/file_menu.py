"""“Find similar in Sightline” in the menu of the file manager. The entry is the setting, as for `autostart`.

Each system has its own place for such entries: `file_menu_linux`, `file_menu_mac`, `file_menu_windows`. The
entry starts Sightline with the marked files; a window that is open already is told.
"""

import sys
from types import ModuleType

from PySide6.QtCore import QCoreApplication

from desktop_app.system.start_command import start_command
from indexer.paths import Paths


def is_on() -> bool:
    """Whether a file manager has the entry."""
    return bool(_door().is_there())


def starts(paths: Paths) -> bool:
    """Whether there is an entry, and it starts this library."""
    return bool(_door().starts(_line(paths)))


def switch(on: bool, paths: Paths) -> str:
    """Put the entry into the menu, or take it away again. Returns "" or a sentence that says why not."""
    label = QCoreApplication.translate("FileMenu", "Find similar in Sightline")
    door = _door()
    try:
        door.remove()  # also what an older Sightline, or one in another language, wrote
        if on:
            door.write(label, _line(paths))
    except OSError as error:
        return QCoreApplication.translate(
            "FileMenu", "The menu of the file manager cannot be changed: {reason}."
        ).replace("{reason}", error.strerror or str(error))
    if on and not door.is_there():
        return QCoreApplication.translate(
            "FileMenu",
            "Sightline knows none of the file managers on this computer. Let yours start {command}, with the "
            "files after it.",
        ).replace("{command}", "sightline window")
    return ""


def _line(paths: Paths) -> list[str]:
    return [*start_command(paths), "--"]


def _door() -> ModuleType:
    """The one of this system: `write(label, line)`, `remove()`, `is_there()`, `starts(line)`."""
    if sys.platform == "win32":
        from desktop_app.system import file_menu_windows as door
    elif sys.platform == "darwin":
        from desktop_app.system import file_menu_mac as door
    else:
        from desktop_app.system import file_menu_linux as door
    return door

"""The program as the system knows it: its names, and that it may be asked to end."""

import sys
from collections.abc import Callable

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from desktop_app.system.autostart import NAME


class Application(QApplication):
    """Ends only when it may. The menu of a Mac ends a program, and so does a session of Windows that is over.

    Attributes:
        may_end: whether it may; Qt would close the windows one by one, and closing may mean to stay.
    """

    def __init__(self) -> None:
        if sys.platform == "win32":
            import ctypes

            # else the taskbar takes it for Python, and shows its icon
            ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID(NAME)
        super().__init__(["sightline"])
        self.may_end: Callable[[], bool] = lambda: True
        self.setApplicationName("sightline")
        self.setApplicationDisplayName("Sightline")
        self.setDesktopFileName("sightline")
        self.setQuitOnLastWindowClosed(False)  # `Presence` decides

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Quit and not self.may_end():
            event.ignore()
            return True
        return super().event(event)

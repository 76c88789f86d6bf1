"""The icon beside the clock: how things stand, and the few things that are wanted without the window."""

import sys

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from desktop_app.language import wording
from desktop_app.widgets import icons

LONGEST_LINE = 80
"""Characters of the status in the menu."""


class Tray(QObject):
    """Everything is in the menu, because not every desktop tells of a click on the icon.

    Signals:
        search_wanted, window_wanted, snip_wanted, quit_wanted: the person chose that.
        pause_wanted(bool): pause for an hour, or go on.
    """

    search_wanted = Signal()
    window_wanted = Signal()
    snip_wanted = Signal()
    quit_wanted = Signal()
    pause_wanted = Signal(bool)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.menu = QMenu()
        self._status = QAction(self.menu)
        self._status.setEnabled(False)
        self._pause = self._action(self.tr("Pause for an hour"), self._pause_chosen)
        self._paused = False
        self.menu.addAction(self._action(self.tr("Search…"), self.search_wanted.emit))
        self.snip = self._action(self.tr("Search by a part of the screen…"), self.snip_wanted.emit)
        self.menu.addAction(self.snip)
        self.menu.addAction(self._action(self.tr("Open Sightline"), self.window_wanted.emit))
        self.menu.addSeparator()
        self.menu.addAction(self._status)
        self.menu.addAction(self._pause)
        self.menu.addSeparator()
        self.menu.addAction(self._action(self.tr("Quit"), self.quit_wanted.emit))
        self._icon = QSystemTrayIcon(icons.application_icon(), self)
        self._icon.setContextMenu(self.menu)
        if sys.platform != "darwin":  # there a click shows the menu, and the window came along with it
            self._icon.activated.connect(self._activated)
        self.show_status("", paused=False)

    @staticmethod
    def is_available() -> bool:
        """Whether this desktop has a place for such icons."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    def show(self) -> None:
        """From now on."""
        self._icon.show()

    def hide(self) -> None:
        """Before the program ends, or else some desktops leave a dead icon."""
        self._icon.hide()

    def show_status(self, sentence: str, *, paused: bool) -> None:
        """How things stand."""
        self._paused = paused
        short = wording.shortened(sentence, LONGEST_LINE)
        self._status.setText(wording.escaped(short) or self.tr("Starting…"))
        self._pause.setText(self.tr("Resume indexing") if paused else self.tr("Pause for an hour"))
        self._icon.setToolTip(f"Sightline\n{short}" if short else "Sightline")

    def _action(self, text: str, call: object) -> QAction:
        made = QAction(text, self.menu)
        made.triggered.connect(lambda _checked=False: call())  # type: ignore[operator]
        return made

    def _pause_chosen(self) -> None:
        self.pause_wanted.emit(not self._paused)

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick):
            self.window_wanted.emit()

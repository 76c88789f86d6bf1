"""Where the window stood and how it was divided: kept from one start to the next in `window.ini`."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, QSize
from PySide6.QtWidgets import QMainWindow, QSplitter

from desktop_app.results.results_header import ResultsHeader

SIZE, LEAST = QSize(1180, 760), QSize(640, 460)


class WindowPlace:
    """One window's."""

    def __init__(self, file: Path) -> None:
        self.settings = QSettings(str(file), QSettings.Format.IniFormat)
        self.kept = True
        """False when nothing may be written any more, because everything was deleted."""

    def restore(self, window: QMainWindow, splitter: QSplitter, header: ResultsHeader) -> None:
        """As it was when it was closed last."""
        window.setMinimumSize(LEAST)
        window.resize(SIZE)
        header.restore(self.settings)
        for key, restore in (("geometry", window.restoreGeometry), ("splitter", splitter.restoreState)):
            value = self.settings.value(key)
            if isinstance(value, QByteArray):
                restore(value)

    def keep(self, window: QMainWindow, splitter: QSplitter, header: ResultsHeader) -> None:
        """It is being closed."""
        if self.kept:
            self.settings.setValue("geometry", window.saveGeometry())
            self.settings.setValue("splitter", splitter.saveState())
            header.keep(self.settings)
            self.settings.sync()

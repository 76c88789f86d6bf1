"""Folders and progress: one window with everything about the work in the background, and its problems."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QButtonGroup, QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.language import wording
from desktop_app.library.folders_page import FoldersPage
from desktop_app.library.problems_page import ProblemsPage
from desktop_app.library.progress_panel import ProgressPanel
from desktop_app.widgets import theme
from desktop_app.widgets.announcing import announce
from desktop_app.widgets.controls import Button, Chip, Label
from indexer.messages.work_messages import Status

SIZE = QSize(860, 640)


class IndexingPage(QDialog):
    """Two pages: the folders below the progress, and the problems."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Folders and progress"))
        self.resize(SIZE)
        self.progress = ProgressPanel()
        self.folders = FoldersPage()
        self.problems = ProblemsPage()
        first = QWidget()
        above = QVBoxLayout(first)
        above.setContentsMargins(0, 0, 0, 0)
        above.setSpacing(theme.M)
        above.addWidget(self.progress)
        above.addWidget(self.folders, 1)
        self._pages = QStackedWidget()
        self._pages.addWidget(first)
        self._pages.addWidget(self.problems)
        self.folders_tab = Chip(self.tr("Folders and progress"), "folder")
        self.problems_tab = Chip(self.tr("Problems"), "problem")
        group = QButtonGroup(self)
        tabs = QHBoxLayout()
        tabs.setSpacing(theme.S)
        for number, tab in enumerate((self.folders_tab, self.problems_tab)):
            group.addButton(tab, number)
            tabs.addWidget(tab)
        tabs.addStretch(1)
        group.idClicked.connect(self._pages.setCurrentIndex)
        close = Button(self.tr("Close"))
        close.on_click(self.accept)
        self.said = Label("")
        self.said.setWordWrap(True)
        bottom = QHBoxLayout()
        bottom.addWidget(self.said, 1)
        bottom.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        column.setSpacing(theme.M)
        column.addLayout(tabs)
        column.addWidget(self._pages, 1)
        column.addLayout(bottom)
        self.turn_to(problems=False)

    def turn_to(self, *, problems: bool) -> None:
        """Show this page."""
        (self.problems_tab if problems else self.folders_tab).setChecked(True)
        self._pages.setCurrentIndex(1 if problems else 0)

    def say(self, sentence: str) -> None:
        """Why something did not work; "" takes it back."""
        self.said.setText(sentence)
        announce(self, sentence)

    def show_numbers(self, status: Status) -> None:
        """On the tabs."""
        text = self.tr("Problems")
        if status.failed:
            text = wording.counted(status.failed, self.tr("1 problem"), self.tr("{n} problems"))
        self.problems_tab.setText(text)
        self.problems_tab.updateGeometry()

"""A question that has to be answered before anything else, in the same clothes as the window."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QGridLayout, QLabel, QMessageBox, QWidget

from desktop_app.language import wording
from desktop_app.widgets import icons, theme
from desktop_app.widgets.controls import Button, Look

MARK = 48


class Question(QMessageBox):
    """One line, what it means below, and an answer per button. Esc presses the one that refuses.

    Made of Qt's box, because that one tells screen readers what it says.
    """

    def __init__(self, title: str, text: str, more: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setText(wording.broken(text))
        self.setInformativeText(more)
        ink = theme.colours(self.palette()).text
        self.setIconPixmap(icons.pixmap("sightline", ink, MARK, self.devicePixelRatioF()))
        for label in self.findChildren(QLabel):  # Qt would draw a folder called "<b>" as HTML
            label.setTextFormat(Qt.TextFormat.PlainText)
        line = self.findChild(QLabel, "qt_msgbox_label")
        if isinstance(line, QLabel):
            line.setAccessibleName(text)
            line.setFont(theme.font(self.font(), 1.15, QFont.Weight.DemiBold))
        grid = self.layout()
        if isinstance(grid, QGridLayout):
            grid.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.XL)
            grid.setVerticalSpacing(theme.M)

    def answer(self, text: str, role: QMessageBox.ButtonRole, look: Look = Look.NORMAL) -> Button:
        """One more button. A primary one is pressed by Enter and has the keyboard first."""
        button = Button(text, look=look, parent=self)
        button.setAutoDefault(True)  # Enter presses the one that has the keyboard
        self.addButton(button, role)
        if look is Look.PRIMARY:
            self.setDefaultButton(button)
        return button


def in_front() -> QWidget | None:
    """What has to be answered before anything else, brought to the front; None for nothing."""
    asking = QApplication.activeModalWidget()
    if asking is not None:
        asking.raise_()
        asking.activateWindow()
    return asking

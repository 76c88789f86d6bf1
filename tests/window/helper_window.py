"""What else is on the screen: a window that takes files that are dropped on it, and one look at everything.

python helper_window.py target      prints the files dropped, one line per drop
python helper_window.py show FILE   shows a picture until it is ended
python helper_window.py grab FILE   saves what is on the screen
"""

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QPixmap
from PySide6.QtWidgets import QApplication, QLabel


class Target(QLabel):
    """Takes files."""

    def __init__(self) -> None:
        super().__init__("Drop here")
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        print(" ".join(url.toLocalFile() for url in event.mimeData().urls()), flush=True)


def main(what: str, file: str = "") -> int:
    application = QApplication(["helper"])
    if what == "grab":
        return 0 if QGuiApplication.primaryScreen().grabWindow(0).save(file) else 1
    shown = Target() if what == "target" else QLabel()
    if what == "show":
        shown.setPixmap(QPixmap(file))
    shown.setWindowFlag(Qt.WindowType.FramelessWindowHint)
    screen = QGuiApplication.primaryScreen().geometry()
    shown.adjustSize()
    shown.resize(max(160, shown.width()), max(160, shown.height()))
    shown.move(screen.right() - shown.width(), screen.bottom() - shown.height())
    shown.show()
    print("there", flush=True)
    return application.exec()


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))

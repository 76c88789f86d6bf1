"""The real program, which also tells on standard output what is on the screen and where, as JSON lines.

    python told_window.py DATA_DIR

Whoever drives it with real keys and a real mouse needs to know where to point and what came of it.
"""

import json
import sys
from typing import Any

from PySide6.QtCore import QRect, QTimer
from PySide6.QtWidgets import QWidget

from desktop_app import app, search_window

EVERY_MS = 100


def place(widget: QWidget, rect: QRect) -> list[int]:
    """Left, top, right, bottom on the screen."""
    first, last = widget.mapToGlobal(rect.topLeft()), widget.mapToGlobal(rect.bottomRight())
    return [first.x(), first.y(), last.x(), last.y()]


class ToldWindow(search_window.SearchWindow):
    """Tells whenever something is different."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._told = ""
        self._telling = QTimer(self)
        self._telling.timeout.connect(self._tell)
        self._telling.start(EVERY_MS)

    def _tell(self) -> None:
        grid, peek, picture = self.grid, self.looking.peek, self.looking.peek.stage.picture
        current, answer = grid.current_hit(), self.session.answer
        status = self._client.status
        state = {
            "state": status.state if status is not None else "",
            "pending": status.pending if status is not None else -1,
            "files": status.files if status is not None else 0,
            "visible": self.isVisible(),
            "active": self.isActiveWindow(),
            "text": self.search_bar.text,
            "pictures": [chip.picture.name for chip in self.search_bar.pictures],
            "final": answer is not None and answer.final,
            "asked": answer.query.text if answer is not None else "",
            "hits": [hit.path for hit in self.model.hits][:5],
            "current": current.path if current is not None else "",
            "peek": peek.isVisible(),
            "peek picture": place(picture, picture._target.toRect()) if peek.isVisible() else [],
            "sharp": peek.isVisible() and peek.stage.preview is not None,
            "drawing": picture.drawing,
            "frozen": [place(each, each.rect()) for each in self.snip.screens],
            "card": place(grid.viewport(), grid.visualRect(self.model.index(0, 0)))
            if self.model.hits
            else [],
            "field": place(self.search_bar.field, self.search_bar.field.rect()),
            "banner": self.banner.sentence,
        }
        told = json.dumps(state)
        if told != self._told:
            self._told = told
            print(told, flush=True)


if __name__ == "__main__":
    app.SearchWindow = ToldWindow  # type: ignore[misc]
    raise SystemExit(app.main(["--data-dir", sys.argv[1], "--device", "cpu", "--offline"]))

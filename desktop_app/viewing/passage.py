"""The words that matched, with a little around them."""

import html
import re

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop_app.widgets import theme
from desktop_app.widgets.controls import outlined
from indexer.messages.query_parts import QUOTES


class Passage(QLabel):
    """The words that matched, set off from our own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setContentsMargins(theme.M, theme.S, theme.M, theme.S)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)

    def show_passage(self, text: str, query: str) -> None:
        """Show it with the words of the query in bold; hidden when empty."""
        self.setVisible(bool(text))
        self.setText(emphasised(text, query))
        self.setAccessibleName(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        named = theme.colours(self.palette())
        outlined(painter, QRectF(self.rect()), named.tile, None, theme.RADIUS)
        painter.end()
        super().paintEvent(event)


SHORT = 3
"""A word of fewer letters stands in every other one, and is looked for only by itself."""

IDEOGRAPHS = "\u2e80"
"""The scripts from here on write without spaces, and two of their letters are a word."""

QUOTED = f"[{QUOTES}][^{QUOTES}]*[{QUOTES}]"
EDGES = f"{QUOTES}()[]{{}}.,;:!?、。，；：！？（）「」"
"""Around a word that is looked for: no part of it."""
LEFT_OUT = re.compile(rf"(?<!\S)(?:-\([^)]*\)|(?:-|[A-Za-z]{{2,}}:)(?:{QUOTED}|\S)+)")
"""What excludes or filters, with all the words that belong to it. 12:30 does neither."""


def wanted_words(query: str) -> list[str]:
    """The words of a query as regular expressions; what excludes and what filters is not looked for."""
    plain = [word.strip(EDGES) for word in LEFT_OUT.sub(" ", query).split()]
    return [_wanted(word) for word in plain if len(word) > 1]


def _wanted(word: str) -> str:
    alone = len(word) < SHORT and max(word) < IDEOGRAPHS
    return rf"(?<!\w){re.escape(word)}(?!\w)" if alone else re.escape(word)


def emphasised(text: str, query: str) -> str:
    """HTML of the text, with the words of the query in bold."""
    words = wanted_words(query)
    if not words:
        return html.escape(text)
    pieces = re.split(f"({'|'.join(words)})", text, flags=re.IGNORECASE)
    return "".join(
        f"<b>{html.escape(piece)}</b>" if number % 2 else html.escape(piece)
        for number, piece in enumerate(pieces)
    )

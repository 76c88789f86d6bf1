"""A document that is nothing but words, at the place that matched."""

import re
from bisect import bisect_left

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from desktop_app.viewing.passage import wanted_words
from desktop_app.widgets import theme
from desktop_app.widgets.controls import ScrollBar

READABLE = 760
"""Widest line of text, in device-independent pixels: longer ones lose the eye on its way back."""

MOST_LIT = 500
"""A word that is found more often than that points at nothing."""


class TextView(QTextEdit):
    """To be read, marked and copied, not changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBar(ScrollBar())
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # lines are wrapped
        self.setAccessibleName(self.tr("Text of the document"))
        self.setFont(theme.font(self.font(), 1.1))
        self.document().setDocumentMargin(theme.XL)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = max(0, (self.width() - READABLE) // 2)
        if side != self.viewportMargins().left():
            self.setViewportMargins(side, 0, side, 0)
            self.document().setTextWidth(self.viewport().width())  # Qt does not while it is not seen yet

    def show_text(self, text: str, query: str, passage: str) -> None:
        """Show it with the words of the query lit, from the passage that matched."""
        self.setPlainText(text)
        chosen = []
        look = QTextCharFormat()
        ground = QColor(theme.colours(self.palette()).accent)
        ground.setAlphaF(0.25)
        look.setBackground(ground)
        look.setFontWeight(QFont.Weight.DemiBold)
        words = wanted_words(query)
        twice = [at for at, letter in enumerate(text) if letter > "\uffff"]
        for found in list(re.finditer("|".join(words), text, re.IGNORECASE))[:MOST_LIT] if words else []:
            selection = QTextEdit.ExtraSelection()
            selection.cursor = self._cursor(twice, found.start(), found.end())
            selection.format = look
            chosen.append(selection)
        self.setExtraSelections(chosen)
        self.setTextCursor(self._cursor(twice, *[_place(text, passage, words)] * 2))
        self.ensureCursorVisible()

    def _cursor(self, twice: list[int], start: int, end: int) -> QTextCursor:
        """Qt counts in UTF-16, where an emoji is two; `twice`: where those stand in the text."""
        made = QTextCursor(self.document())
        made.setPosition(start + bisect_left(twice, start))
        made.setPosition(end + bisect_left(twice, end), QTextCursor.MoveMode.KeepAnchor)
        return made


def _place(text: str, passage: str, words: list[str]) -> int:
    """Where the passage begins, which is on one line and shortened with dots; else the first word; else 0."""
    begun = [re.escape(word) for word in passage.strip("… ").split()[:6]]
    found = re.search(r"\s+".join(begun), text) if begun else None
    if found is None and words:
        found = re.search("|".join(words), text, re.IGNORECASE)
    return found.start() if found is not None else 0

"""Words that stand in a picture, chosen like text: from one to another in reading order."""

import re
from collections.abc import Sequence

from PySide6.QtCore import QPointF

from desktop_app.viewing.passage import wanted_words
from indexer.messages.item_messages import Box, Word

REACH = 0.4
"""Around a word, in its own heights: what still counts as pointing at it."""


class WordSelection:
    """The words of one picture and which of them are chosen."""

    def __init__(self, words: Sequence[Word] = ()) -> None:
        self._words = tuple(words)
        self._chosen = range(0)

    @property
    def words(self) -> tuple[Word, ...]:
        """All of them."""
        return self._words

    @property
    def chosen(self) -> Sequence[Word]:
        """The chosen ones, in reading order."""
        return self._words[self._chosen.start : self._chosen.stop]

    def at(self, point: QPointF) -> int | None:
        """The number of the word at a place given as shares of the picture; None where there is none."""
        for number, word in enumerate(self._words):
            box, margin = word.box, REACH * word.box.height
            if (
                box.left - margin <= point.x() <= box.left + box.width + margin
                and box.top - margin / 2 <= point.y() <= box.top + box.height + margin / 2
            ):
                return number
        return None

    def near(self, point: QPointF) -> int | None:
        """The word nearest to a place; lines count before what stands beside each other."""
        if not self._words:
            return None

        def distance(number: int) -> float:
            box = self._words[number].box
            across = max(box.left - point.x(), 0, point.x() - box.left - box.width)
            down = max(box.top - point.y(), 0, point.y() - box.top - box.height)
            return across + 4 * down

        return min(range(len(self._words)), key=distance)

    def choose(self, one: int, other: int) -> None:
        """From one word to another, both included."""
        self._chosen = range(min(one, other), max(one, other) + 1)

    def choose_all(self) -> None:
        """Every word."""
        self._chosen = range(len(self._words))

    def clear(self) -> None:
        """None."""
        self._chosen = range(0)

    def text(self) -> str:
        """What is chosen, with lines as they stand in the picture."""
        return joined(self.chosen)


def joined(words: Sequence[Word]) -> str:
    """Words as text: a new line where the next word is not on the same height."""
    made = ""
    for number, word in enumerate(words):
        if number:
            made += " " if _beside(words[number - 1].box, word.box) else "\n"
        made += word.text
    return made


def lit(words: Sequence[Word], query: str) -> tuple[Box, ...]:
    """Where words of the query stand."""
    wanted = wanted_words(query)
    if not wanted:
        return ()
    pattern = re.compile("|".join(wanted), re.IGNORECASE)
    return tuple(word.box for word in words if pattern.search(word.text))


def _beside(one: Box, other: Box) -> bool:
    shared = min(one.top + one.height, other.top + other.height) - max(one.top, other.top)
    return shared > 0.4 * min(one.height, other.height)

"""The demo's table: fixed columns, however wide the characters are."""

import unicodedata
from collections.abc import Sequence

WIDTHS = (22, 46, 40, 32, 4, 4)
"""Of all columns, in terminal cells."""
HEADINGS = ("kind of question", "query", "expected", "found first", "rank", "")


def line(cells: Sequence[str]) -> str:
    """One row; what is too long is cut."""
    return "  ".join(_fitted(cell, width) for cell, width in zip(cells, WIDTHS, strict=True)).rstrip()


def rule() -> str:
    """The line under the headings."""
    return "  ".join("─" * width for width in WIDTHS)


def _fitted(text: str, width: int) -> str:
    if _cells(text) > width:
        while _cells(text) > width - 1:
            text = text[:-1]
        text += "…"
    return text + " " * (width - _cells(text))


def _cells(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)

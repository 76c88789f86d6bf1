"""Where every result lies: arithmetic on sections, columns and a cell."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize

from desktop_app.widgets import theme

HEADER = 34
"""Height of a section's title."""


@dataclass(frozen=True, slots=True)
class Section:
    """Rows that belong together. Without a title there is no line for it; an action can be pressed."""

    title: str
    rows: int
    action: bool = False


class Layout:
    """Places relative to the top of the list.

    Args:
        left: of the first column. cell: of one row. mirrored: right to left.
    """

    def __init__(
        self,
        sections: Sequence[Section],
        cell: QSize,
        columns: int = 1,
        left: int = 0,
        *,
        mirrored: bool = False,
    ) -> None:
        self.sections = tuple(sections)
        self.cell = cell
        self.columns = columns
        self._left = left
        self._mirrored = mirrored
        self._firsts: list[int] = []
        self._tops: list[int] = []
        row, y = 0, theme.XS
        for section in self.sections:
            self._firsts.append(row)
            self._tops.append(y)
            row += section.rows
            y += self._header(section) + self._lines(section) * cell.height()
        self.rows = row
        self.height = y + theme.XS

    def rect(self, row: int) -> QRect:
        """Of a row."""
        at, line, column = self._place(row)
        if self._mirrored:
            column = self.columns - 1 - column
        top = self._tops[at] + self._header(self.sections[at]) + line * self.cell.height()
        return QRect(self._left + column * self.cell.width(), top, self.cell.width(), self.cell.height())

    def row_at(self, x: int, y: int) -> int:
        """The row there, -1 for none."""
        at = bisect_right(self._tops, y) - 1
        column = (x - self._left) // self.cell.width()
        if at < 0 or not 0 <= column < self.columns:
            return -1
        y -= self._tops[at] + self._header(self.sections[at])
        if self._mirrored:
            column = self.columns - 1 - column
        row = y // self.cell.height() * self.columns + column
        return self._firsts[at] + row if y >= 0 and row < self.sections[at].rows else -1

    def rows_between(self, top: int, bottom: int) -> Iterator[int]:
        """The rows whose lines meet this stretch."""
        for at in self._sections_between(top, bottom):
            section = self.sections[at]
            start = self._tops[at] + self._header(section)
            first = max(0, (top - start) // self.cell.height())
            last = (bottom - start) // self.cell.height()
            if last >= 0:
                yield from range(
                    self._firsts[at] + min(first * self.columns, section.rows),
                    self._firsts[at] + min((last + 1) * self.columns, section.rows),
                )

    def titles_between(self, top: int, bottom: int) -> Iterator[tuple[int, int]]:
        """Sections whose titles meet this stretch, each with the title's upper edge."""
        for at in self._sections_between(top, bottom):
            if self.sections[at].title and self._tops[at] + HEADER > top:
                yield at, self._tops[at]

    def title_at(self, y: int) -> int:
        """The section whose title is there, -1 for none."""
        return next((at for at, top in self.titles_between(y, y) if top <= y < top + HEADER), -1)

    def below(self, row: int) -> int:
        """The row under this one, in the next section if need be; itself in the last line of all."""
        at, line, column = self._place(row)
        section = self.sections[at]
        if line + 1 < self._lines(section):
            return self._firsts[at] + min((line + 1) * self.columns + column, section.rows - 1)
        for after in range(at + 1, len(self.sections)):
            if self.sections[after].rows:
                return self._firsts[after] + min(column, self.sections[after].rows - 1)
        return row

    def above(self, row: int) -> int:
        """The row over this one; itself in the first line of all."""
        at, line, column = self._place(row)
        if line:
            return row - self.columns
        for before in range(at - 1, -1, -1):
            section = self.sections[before]
            if section.rows:
                last = (self._lines(section) - 1) * self.columns + column
                return self._firsts[before] + min(last, section.rows - 1)
        return row

    def _place(self, row: int) -> tuple[int, int, int]:
        at = bisect_right(self._firsts, row) - 1
        while at > 0 and not self.sections[at].rows:
            at -= 1
        line, column = divmod(row - self._firsts[at], self.columns)
        return at, line, column

    def _sections_between(self, top: int, bottom: int) -> range:
        return range(max(0, bisect_right(self._tops, top) - 1), bisect_right(self._tops, bottom))

    def _lines(self, section: Section) -> int:
        return (section.rows + self.columns - 1) // self.columns

    def _header(self, section: Section) -> int:
        return HEADER if section.title else 0

"""Which page of a document is shown: turning to its neighbours, and the pages that match."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.language import wording
from desktop_app.widgets import theme
from desktop_app.widgets.controls import Button, Label, Look
from indexer.messages.result_messages import Segment

PAGES_IN_A_ROW = 5
PAGES_SHOWN = 15


class PageButton(Button):
    """One page that matches."""

    HEIGHT = 28
    SIDE = 10

    def __init__(self, segment: Segment, parent: QWidget | None = None) -> None:
        super().__init__(wording.place(segment), parent=parent)
        self.setCheckable(True)
        page = wording.number(segment.page or 0)
        self.setAccessibleName(self.tr("Page {n}").replace("{n}", page))


class PageBar(QWidget):
    """Hidden for a file that has no pages to turn.

    Signals:
        page_wanted(int): from 1; one that exists.
        match_chosen(int): the number of a segment.
    """

    page_wanted = Signal(int)
    match_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page, self._count = 1, 1
        self._back = Button("", "previous", Look.QUIET, self.tr("Page before"))
        self._back.on_click(lambda: self.turn(-1))
        self._on = Button("", "next", Look.QUIET, self.tr("Next page"))
        self._on.on_click(lambda: self.turn(1))
        self._label = Label("", quiet=True, scale=0.95)
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._turning = QWidget()
        row = QHBoxLayout(self._turning)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._back)
        row.addWidget(self._label, 1)
        row.addWidget(self._on)
        self._heading = Label(self.tr("Pages that match"), quiet=True, scale=0.95)
        self._pages = QWidget()
        self._grid = QGridLayout(self._pages)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.XS)
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self.match_chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        column.addWidget(self._turning)
        column.addWidget(self._heading)
        column.addWidget(self._pages)

    @property
    def sentence(self) -> str:
        """Which page it says is shown."""
        return self._label.text()

    def show_pages(self, segments: Sequence[Segment], current: int, page: int | None, count: int) -> None:
        """Show where one is.

        Args:
            page: the page shown, None where pages are not known. count: how many there are.
            current: the segment shown, -1 for a page between those that match.
        """
        self._page, self._count = page or 1, count
        turning = page is not None and count > 1
        self._turning.setVisible(turning)
        sentence = self.tr("Page {n} of {m}").replace("{n}", wording.number(self._page))
        self._label.setText(sentence.replace("{m}", wording.number(count)))
        self._back.setEnabled(self._page > 1)
        self._on.setEnabled(self._page < count)
        matching = self._show_matches(segments, current)
        self.setVisible(turning or matching)

    def turn(self, by: int) -> None:
        """To a page before or after, if there is one."""
        if not self._turning.isHidden() and 1 <= self._page + by <= self._count:
            self.page_wanted.emit(self._page + by)

    def _show_matches(self, segments: Sequence[Segment], current: int) -> bool:
        for button in self._group.buttons():
            self._group.removeButton(button)
            self._grid.removeWidget(button)
            button.hide()
            button.deleteLater()
        paged = [number for number, segment in enumerate(segments) if segment.page is not None]
        paged = paged[:PAGES_SHOWN] if len({segments[number].page for number in paged}) > 1 else []
        for place, number in enumerate(sorted(paged, key=lambda each: segments[each].page or 0)):
            made = PageButton(segments[number])
            made.setChecked(number == current)
            self._group.addButton(made, number)
            self._grid.addWidget(made, place // PAGES_IN_A_ROW, place % PAGES_IN_A_ROW)
        self._group.setExclusive(current >= 0)
        self._heading.setVisible(bool(paged))
        self._pages.setVisible(bool(paged))
        return bool(paged)

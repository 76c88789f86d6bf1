"""A page of a document, and the other pages of the file that match."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QVBoxLayout, QWidget

from desktop_app import theme, wording
from desktop_app.controls import Button, Label
from desktop_app.image_preview import ImagePreview
from desktop_app.thumbnails import Thumbnails
from indexer.protocol import Hit, Segment

PORTRAIT = 1.3
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


class PagePreview(QWidget):
    """The page's picture, and buttons for the other pages.

    Signals:
        page_chosen(int): another segment of the same file.
    """

    page_chosen = Signal(int)

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture = ImagePreview(thumbnails)
        self.picture.set_shape(PORTRAIT)
        self._heading = Label(self.tr("Pages that match"), quiet=True, scale=0.95)
        self._pages = QWidget()
        self._grid = QGridLayout(self._pages)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.XS)
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self.page_chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addWidget(self.picture)
        column.addWidget(self._heading)
        column.addWidget(self._pages)

    def show_page(self, hit: Hit, segments: Sequence[Segment], current: int) -> None:
        """One of the file's segments."""
        segment = segments[current]
        file = segment.previews[0] if segment.previews else (hit.thumbnail if current == 0 else "")
        self.picture.setVisible(bool(file) or not hit.snippet)
        if hit.width and hit.height:
            self.picture.set_shape(hit.height / hit.width)
        else:
            self.picture.set_shape(PORTRAIT if file else 0.5)
        self.picture.show_file(
            file,
            meanwhile=hit.thumbnail if current == 0 else "",
            symbol="document",
            caption=wording.place(segment),
            lit=segment.lit,
        )
        self._show_pages(segments, current)

    def _show_pages(self, segments: Sequence[Segment], current: int) -> None:
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
        self._heading.setVisible(bool(paged))
        self._pages.setVisible(bool(paged))

"""Sections one below the other, with the list of their headings at the side."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.settings.setting_rows import Section
from desktop_app.widgets import theme
from desktop_app.widgets.controls import Label, ScrollBar
from desktop_app.widgets.section_list import SectionList


class LongPage(QWidget):
    """The list marks the section that the page shows at its top, and leads to the others."""

    def __init__(self, sections: Sequence[Section]) -> None:
        super().__init__()
        self.sections = tuple(sections)
        self.names = SectionList([section.title for section in sections])
        self.names.currentRowChanged.connect(self._go_to)
        self.nothing = Label(self.tr("There is no such setting."), quiet=True)
        self.nothing.hide()
        self._area = self._scrolled()
        self.bar = self._area.verticalScrollBar()
        self.bar.valueChanged.connect(self.mark_seen)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.L)
        row.addWidget(self.names)
        row.addWidget(self._area, 1)

    def _scrolled(self) -> QScrollArea:
        body = QWidget()
        inside = QVBoxLayout(body)
        inside.setContentsMargins(theme.margins(theme.S, theme.L, mirrored=self.isRightToLeft()))
        for section in self.sections:
            inside.addWidget(section)
        inside.addWidget(self.nothing)
        inside.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setVerticalScrollBar(ScrollBar())
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(body)
        return area

    def show_only(self, words: Sequence[str]) -> None:
        """The rows that have all of these words, from the first."""
        found = [section.show_only(words) for section in self.sections]
        self.nothing.setVisible(not any(found))
        self.names.show_only(found)
        self.bar.setValue(0)
        self.mark_seen()

    def show_part(self, part: QWidget) -> None:
        """Begin with the section that this is in."""
        self._go_to(next(row for row, each in enumerate(self.sections) if each.isAncestorOf(part)))

    def _go_to(self, row: int) -> None:
        """Where the page ends, it stays marked although what is above it is seen, too."""

        def go() -> None:
            self.bar.setValue(self.sections[row].y())
            self.names.mark(row)

        if 0 <= row < len(self.sections):
            QTimer.singleShot(0, self.sections[row], go)

    def mark_seen(self) -> None:
        """In the list."""
        there = [row for row, section in enumerate(self.sections) if not section.isHidden()]
        above = [row for row in there if self.sections[row].y() <= self.bar.value()]
        for row in above[-1:] or there[:1]:
            self.names.mark(row)

"""Filters by click: chips for the kinds of files (none chosen means all), and menus for everything else."""

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from desktop_app.engine_client import EngineClient
from desktop_app.language import wording
from desktop_app.query.filter_menus import FilterMenus
from desktop_app.widgets import icons, theme
from desktop_app.widgets.controls import Button, Chip
from indexer.kinds import KINDS, Kind


class Opener(Button):
    """A pill that opens a menu."""

    HEIGHT = 30
    SIDE = 12

    def radius(self) -> float:
        return self.height() / 2

    def open(self, menu: QMenu) -> None:
        """Below the button."""
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))


class FilterBar(QWidget):
    """One chip per kind, several may be on; then Date, Folder, More. What has no room moves into More.

    Signals:
        changed: other kinds are chosen now.
        chosen(tuple[str, ...], str): as of `FilterMenus`.
    """

    changed = Signal()
    chosen = Signal(object, str)

    def __init__(self, client: EngineClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.S)
        only: dict[Kind, str] = {
            "photo": self.tr("Only photos"),
            "screenshot": self.tr("Only screenshots"),
            "video": self.tr("Only videos"),
            "document": self.tr("Only documents"),
        }
        self._chips: dict[Kind, Chip] = {}
        for kind in KINDS:
            chip = Chip(wording.kinds(kind), icons.KINDS[kind])
            chip.setToolTip(only[kind])
            chip.setAccessibleName(wording.kinds(kind))
            chip.toggled.connect(self.changed)
            row.addWidget(chip)
            self._chips[kind] = chip
        menus = FilterMenus(client, self)
        menus.chosen.connect(self.chosen)
        self._date = Opener(self.tr("Date"), "calendar")
        self._folder = Opener(self.tr("Folder"), "folder")
        self._more = Opener(self.tr("More"), "filter", name=self.tr("More filters"))
        self._openers = (self._date, self._folder, self._more)
        self.date_menu, self.folder_menu = menus.date(), menus.folder()
        self.more_menu = menus.more(self.date_menu, self.folder_menu)
        self._date.on_click(lambda: self._date.open(self.date_menu))
        self._folder.on_click(lambda: self._folder.open(self.folder_menu))
        self._more.on_click(self._open_more)
        for opener in self._openers:
            row.addWidget(opener)
        row.addStretch(1)

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The chosen ones, in their fixed order; empty for all."""
        return tuple(kind for kind, chip in self._chips.items() if chip.isChecked())

    def toggle(self, kind: Kind) -> None:
        """As if its chip were pressed."""
        self._chips[kind].toggle()

    def set_kinds(self, kinds: tuple[Kind, ...]) -> None:
        """Just these; one change, if it is one."""
        if kinds == self.kinds:
            return
        was = self.blockSignals(True)
        for kind, chip in self._chips.items():
            chip.setChecked(kind in kinds)
        self.blockSignals(was)
        self.changed.emit()

    def clear(self) -> None:
        """All kinds again; one change."""
        self.set_kinds(())

    def _open_more(self) -> None:
        self.date_menu.menuAction().setVisible(self._date.isHidden())
        self.folder_menu.menuAction().setVisible(self._folder.isHidden())
        self._more.open(self.more_menu)

    # --- room ------------------------------------------------------------------------------------------

    def minimumSizeHint(self) -> QSize:
        return QSize(5 * (Chip.HEIGHT + theme.S), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        """Whole if there is room; else without Folder, without Date, at last without the chips' words."""
        for kind, chip in self._chips.items():
            chip.setText(wording.kinds(kind))
        for opener in self._openers:
            opener.setVisible(True)
        for opener in (self._folder, self._date):
            if self._needed() > self.width():
                opener.setVisible(False)
        if self._needed() > self.width():
            for chip in self._chips.values():
                chip.setText("")

    def _needed(self) -> int:
        shown = [*self._chips.values(), *(opener for opener in self._openers if not opener.isHidden())]
        return sum(widget.sizeHint().width() for widget in shown) + theme.S * (len(shown) - 1)

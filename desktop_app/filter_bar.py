"""Chips that narrow the results to kinds of files. None chosen means all."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app import icons, theme, wording
from desktop_app.controls import Chip
from indexer.protocol import KINDS, Kind


class FilterBar(QWidget):
    """One chip per kind; several may be on.

    Signals:
        changed: other kinds are chosen now.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.S)
        self._chips: dict[Kind, Chip] = {}
        for kind in KINDS:
            chip = Chip(wording.kinds(kind), icons.KINDS[kind])
            chip.setToolTip(self.tr("Only show {kind}").replace("{kind}", wording.kinds(kind).lower()))
            chip.toggled.connect(self.changed)
            row.addWidget(chip)
            self._chips[kind] = chip
        row.addStretch(1)

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The chosen ones, in their fixed order; empty for all."""
        return tuple(kind for kind, chip in self._chips.items() if chip.isChecked())

    def toggle(self, kind: Kind) -> None:
        """As if its chip were pressed."""
        self._chips[kind].toggle()

    def clear(self) -> None:
        """All kinds again; one change."""
        if not self.kinds:
            return
        was = self.blockSignals(True)
        for chip in self._chips.values():
            chip.setChecked(False)
        self.blockSignals(was)
        self.changed.emit()

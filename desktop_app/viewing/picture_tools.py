"""The buttons for looking closely: zoom, and a box around a part."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop_app.language import wording
from desktop_app.viewing.picture_view import PictureView
from desktop_app.widgets import theme
from desktop_app.widgets.controls import Button, Label, Look, outlined


class PictureTools(QWidget):
    """A row of small buttons that act on one picture."""

    def __init__(self, view: PictureView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._out = self._button("zoom-out", self.tr("Smaller (−)"))
        self._out.on_click(lambda: view.zoom_by(-1))
        self._percent = Label("", quiet=True, scale=0.9)
        self._percent.setMinimumWidth(self._percent.fontMetrics().horizontalAdvance("8000 %"))
        self._in = self._button("zoom-in", self.tr("Larger (+)"))
        self._in.on_click(lambda: view.zoom_by(1))
        self._fit = self._button("fit", self.tr("As large as fits (0), or every pixel (1)"))
        self._fit.on_click(self._toggle)
        self.part = self._button("part", self.tr("Search by a part: draw a box around it (B)"))
        self.part.setCheckable(True)
        self.part.on_click(self._draw)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.XS, 2, theme.XS, 2)
        row.setSpacing(2)
        for widget in (self._out, self._percent, self._in, self._fit, self.part):
            row.addWidget(widget)
        view.zoomed.connect(self._show_percent)
        view.drawing_changed.connect(self.part.setChecked)
        self._show_percent(0)

    @staticmethod
    def _button(icon: str, name: str) -> Button:
        made = Button("", icon, Look.QUIET, name)
        made.setFixedSize(30, 30)
        return made

    def _toggle(self) -> None:
        if self._view.zoom.fits:
            self._view.natural()
        else:
            self._view.fit()

    def _draw(self) -> None:
        if self._view.drawing:
            self._view.stop_drawing()
        else:
            self._view.draw_part()

    def _show_percent(self, percent: int) -> None:
        self._percent.setText(f"{wording.number(percent)} %" if percent else self.tr("Fit"))
        self._out.setEnabled(percent > 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        named = theme.colours(self.palette())
        outlined(QPainter(self), QRectF(self.rect()), named.surface, named.line, theme.RADIUS)

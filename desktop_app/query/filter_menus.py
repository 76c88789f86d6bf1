"""Filters by click. Whatever is chosen is written into the box, where it becomes a chip like a typed one."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path

from PySide6.QtCore import QDate, QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QMenu, QWidget

from desktop_app.engine_client import EngineClient, Link
from desktop_app.language import wording
from desktop_app.widgets import theme
from desktop_app.widgets.controls import Button, Label, Look
from desktop_app.widgets.fields import Day, Form
from indexer.messages.query_messages import Complete, Completions, GetTimeline, Timeline
from indexer.messages.query_parts import in_quotes

DATES = ("on", "before", "after")
FOLDERS = 14
VALUES = 20
"""Listed at most; the box completes all of them."""


class FilterMenus(QObject):
    """The menus behind the buttons. Values are asked for each time, so they are those of the index now.

    Signals:
        chosen(tuple[str, ...], str): this filter, in place of any about these fields; "" only removes them.
    """

    chosen = Signal(object, str)

    def __init__(self, client: EngineClient, window: QWidget) -> None:
        super().__init__(window)
        self._client = client
        self._window = window

    def date(self) -> QMenu:
        """Days, months, years of the index, and a range."""
        menu = self._menu(self.tr("Date"))
        for text, written in (
            (self.tr("Today"), '"today"'),
            (self.tr("Yesterday"), '"yesterday"'),
            (self.tr("Last week"), '"last week"'),
            (self.tr("This month"), '"this month"'),
            (self.tr("Last month"), '"last month"'),
            (self.tr("This year"), '"this year"'),
            (self.tr("Last year"), '"last year"'),
        ):
            self._add(menu, text, DATES, f"on:{written}")
        menu.addSeparator()
        years = menu.addMenu(self.tr("Year or month"))
        self._when_opened(years, lambda: self._ask_months(years))
        menu.addAction(self.tr("From … to …")).triggered.connect(lambda _=False: self._open_range())
        menu.addSeparator()
        self._add(menu, self.tr("Any date"), DATES, "")
        return menu

    def folder(self) -> QMenu:
        """The folders with most files, and any other."""
        menu = self._menu(self.tr("Folder"))
        self._when_opened(menu, lambda: self._ask(menu, "in", FOLDERS, self._end_folders))
        return menu

    def more(self, *first: QMenu) -> QMenu:
        """Everything else. first: menus that have no button of their own now."""
        menu = self._menu(self.tr("More"))
        for each in first:
            menu.addMenu(each)
        for field, title in (
            ("camera", self.tr("Camera")),
            ("place", self.tr("Place")),
            ("ext", self.tr("File type")),
        ):
            values = menu.addMenu(title)
            self._when_opened(values, partial(self._ask, values, field, VALUES, self._end_values))
        self._fixed(menu, self.tr("Size"), "size", self._sizes(), self.tr("Any size"))
        self._fixed(menu, self.tr("Length of video"), "dur", self._lengths(), self.tr("Any length"))
        stars = [(self.tr("{n} stars or more").replace("{n}", n), n) for n in "432"]
        self._fixed(
            menu, self.tr("Rating"), "rating", [(self.tr("5 stars"), "5"), *stars], self.tr("Any rating")
        )
        return menu

    def _sizes(self) -> list[tuple[str, str]]:
        more = self.tr("More than {size}")
        return [
            (self.tr("Less than {size}").replace("{size}", wording.size(100_000, 0)), "<100KB"),
            *((more.replace("{size}", wording.size(n * 1_000_000, 0)), f">{n}MB") for n in (1, 10, 100)),
            (more.replace("{size}", wording.size(1_000_000_000, 0)), ">1GB"),
        ]

    def _lengths(self) -> list[tuple[str, str]]:
        return [
            (self.tr("Under 10 seconds"), "<10s"),
            (self.tr("Under a minute"), "<1m"),
            (self.tr("Over a minute"), ">1m"),
            (self.tr("Over 10 minutes"), ">10m"),
            (self.tr("Over an hour"), ">1h"),
        ]

    # --- making menus ----------------------------------------------------------------------------------

    def _menu(self, title: str) -> QMenu:
        menu = QMenu(title, self._window)
        menu.setToolTipsVisible(True)
        return menu

    def _when_opened(self, menu: QMenu, fill: Callable[[], None]) -> None:
        menu.addAction("…").setEnabled(False)  # a menu without entries does not open
        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(fill)

    def _add(self, menu: QMenu, text: str, fields: Sequence[str], written: str, more: str = "") -> None:
        action = menu.addAction(wording.escaped(text) + (f"\t{more}" if more else ""))
        action.triggered.connect(lambda _=False: self.chosen.emit(tuple(fields), written))

    def _fixed(
        self, menu: QMenu, title: str, field: str, values: Sequence[tuple[str, str]], anything: str
    ) -> None:
        inner = menu.addMenu(title)
        for text, value in values:
            self._add(inner, text, (field,), f"{field}:{value}")
        inner.addSeparator()
        self._add(inner, anything, (field,), "")

    # --- what the index holds --------------------------------------------------------------------------

    def _ask(self, menu: QMenu, field: str, limit: int, end: Callable[[QMenu, str], None]) -> None:
        def fill(found: Completions) -> None:
            menu.clear()
            for item in found.items:
                files = wording.number(item.files) if item.files else ""
                self._add(menu, wording.shortened(item.label), (field,), f"{field}:{item.insert}", files)
                menu.actions()[-1].setToolTip(wording.literal(item.hint or item.label))
            if not found.items:
                menu.addAction(self.tr("Nothing is known about this")).setEnabled(False)
            end(menu, field)

        if self._client.link is Link.READY:
            text = f"{field}:"
            self._client.request(Complete(text, len(text), limit), done=fill, parent=menu)

    def _end_values(self, menu: QMenu, field: str) -> None:
        menu.addSeparator()
        self._add(menu, self.tr("Any"), (field,), "")

    def _end_folders(self, menu: QMenu, field: str) -> None:
        menu.addSeparator()
        menu.addAction(self.tr("Another folder…")).triggered.connect(lambda _=False: self._pick_folder())
        self._add(menu, self.tr("Any folder"), (field,), "")

    def _pick_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self._window, self.tr("Search in which folder?"), str(Path.home())
        )
        if chosen:
            self.chosen.emit(("in",), f"in:{in_quotes(str(Path(chosen)))}")

    def _ask_months(self, menu: QMenu) -> None:
        def fill(timeline: Timeline) -> None:
            for year_before in menu.findChildren(QMenu):
                year_before.deleteLater()  # `clear` takes it off this menu only
            menu.clear()
            for year, months in groupby(timeline.months, key=lambda month: month.year):
                of_year = menu.addMenu(str(year))
                every = list(months)
                total = wording.number(sum(month.files for month in every))
                self._add(
                    of_year, self.tr("All of {year}").replace("{year}", str(year)), DATES, f"on:{year}", total
                )
                for month in every:
                    name = wording.month_name(month.month)
                    written = f"on:{year:04}-{month.month:02}"
                    self._add(of_year, name, DATES, written, wording.number(month.files))
            if not timeline.months:
                menu.addAction(self.tr("Nothing is known about this")).setEnabled(False)

        if self._client.link is Link.READY:
            self._client.request(GetTimeline(), done=fill, parent=menu)

    def _open_range(self) -> None:
        dialog = RangeDialog(self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.chosen.emit(DATES, dialog.written()))
        dialog.open()


class RangeDialog(Form):
    """Two days, both included."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("From … to …"))
        today = QDate.currentDate()
        self.first = self._day(QDate(today.year(), today.month(), 1), self.tr("From"))
        self.last = self._day(today, self.tr("To"))
        use = Button(self.tr("Search these days"), look=Look.PRIMARY)
        use.setDefault(True)
        use.on_click(self.accept)
        cancel = Button(self.tr("Cancel"))
        cancel.on_click(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(use)
        grid = QGridLayout(self)
        grid.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.XL)
        grid.setSpacing(theme.M)
        for row, (text, field) in enumerate(((self.tr("From"), self.first), (self.tr("To"), self.last))):
            grid.addWidget(Label(text), row, 0)
            grid.addWidget(field, row, 1)
        grid.addLayout(buttons, 2, 0, 1, 2)

    def written(self) -> str:
        """As it is typed; the earlier day first, whichever was given first."""
        first, last = sorted((self.first.date(), self.last.date()), key=lambda day: day.toJulianDay())
        day = Qt.DateFormat.ISODate
        return f"on:{first.toString(day)}..{last.toString(day)}"

    def _day(self, day: QDate, name: str) -> Day:
        field = Day(day, name)
        field.setDisplayFormat(wording.date_format())
        return field

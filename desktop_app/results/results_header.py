"""The line above the results: how many, whether more comes, a pill for a better order, how it is shown."""

from functools import partial

from PySide6.QtCore import QPoint, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from desktop_app.language import wording
from desktop_app.results.results_grid import View
from desktop_app.search.query_and_answer import IN_TIME, Query
from desktop_app.search.search_session import Answer
from desktop_app.widgets import theme
from desktop_app.widgets.announcing import announce
from desktop_app.widgets.controls import Button, Directed, ElidedLabel, Look
from indexer.kinds import Sort

SLOW_MS = 250
"""A question that is answered sooner needs no "Searching…" in between."""

NARROW = 420
"""Below this width the order is shown by its icon alone."""

ROUND = 100
"""A number of which only the least is known is said in whole hundreds."""


class ResultsHeader(Directed):
    """One quiet line.

    Signals:
        better_wanted: the pill was pressed.
        changed: another order, or weaker matches, are wanted.
        view_chosen(View): another layout.
        before_wanted(bool): the order before the second look, or after it.
        save_wanted: keep this search.
    """

    better_wanted = Signal()
    changed = Signal()
    view_chosen = Signal(object)
    before_wanted = Signal(bool)
    save_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = ElidedLabel("", mode=Qt.TextElideMode.ElideRight, quiet=True, scale=0.95)
        self.pill = Button(self.tr("Better order available"), "sort", Look.PRIMARY)
        self.pill.setFixedHeight(28)
        self.pill.clicked.connect(self.better_wanted)
        self.pill.hide()
        self.save = Button("", "bookmark", Look.QUIET, self.tr("Save this search…"))
        self.save.on_click(self.save_wanted.emit)
        self.menu = QMenu(self)
        self.sorts = self._sorts()
        self.menu.addSeparator()
        self.weaker = self._switch(self.tr("Show weaker matches"))
        self.weaker.triggered.connect(lambda _=False: self.changed.emit())
        self.before = self._switch(self.tr("Order before the second look"))
        self.before.triggered.connect(self.before_wanted)
        self.order = Button("", "sort", Look.QUIET, self.tr("Order of the results"))
        self.order.on_click(lambda: self.menu.popup(self.order.mapToGlobal(QPoint(0, self.order.height()))))
        self.views = self._views()
        row = QHBoxLayout(self)
        row.setSpacing(theme.XS)
        row.addWidget(self._label, 1)
        for widget in (self.pill, self.save, self.order, *self.views.values()):
            row.addWidget(widget)
        self.setFixedHeight(40)
        self.arrange()
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(SLOW_MS)
        self._slow.timeout.connect(lambda: self._label.set_whole(self.tr("Searching…")))
        self.view = View.GRID
        self._browsing = True
        self._announced: tuple[Query, str] | None = None
        self._answer: Answer | None = None
        self._show_view()
        self._show_order()

    # --- what is chosen --------------------------------------------------------------------------------

    @property
    def sort(self) -> Sort:
        """The wished order. By month the newest come first unless the oldest are wished for."""
        chosen: Sort = self.sorts.checkedAction().data()
        return "newest" if self.view is View.TIMELINE and chosen != "oldest" else chosen

    @property
    def weak(self) -> bool:
        """Also what is probably not meant."""
        return self.weaker.isChecked()

    def choose_view(self, view: View) -> None:
        """Lay out differently, and ask anew if the order is another."""
        before = self.sort
        self._lay_out(view)
        if self.sort != before:
            self.changed.emit()

    def _lay_out(self, view: View) -> None:
        self.view = view
        self._show_view()
        self._show_order()
        self.view_chosen.emit(view)

    def choose_sort(self, sort: Sort) -> None:
        """As if chosen in the menu, but without asking."""
        for action in self.sorts.actions():
            action.setChecked(action.data() == sort)
        if self.view is View.TIMELINE and sort not in (*IN_TIME, "relevance"):
            self._lay_out(View.GRID)  # by month there is no such order
        self._show_order()

    def show_weaker(self, weak: bool) -> None:
        """As if chosen in the menu."""
        if weak != self.weaker.isChecked():
            self.weaker.trigger()

    def choose_weaker(self, weak: bool) -> None:
        """The same without asking."""
        self.weaker.setChecked(weak)

    def restore(self, settings: QSettings) -> None:
        """The view as it was left."""
        left = settings.value("view")
        self.choose_view(next((view for view in View if view.value == left), View.GRID))

    def keep(self, settings: QSettings) -> None:
        """Remember the view."""
        settings.setValue("view", self.view.value)

    # --- what is said ----------------------------------------------------------------------------------

    @property
    def text(self) -> str:
        """What the line says."""
        return self._label.whole

    def show_answer(self, answer: Answer) -> None:
        """Say what is shown."""
        self._slow.stop()
        self._answer = answer
        self._label.set_whole(self._sentence(answer))
        searched = answer.stage is not None
        if searched and answer.final and (answer.query, self.text) != self._announced:
            announce(self, self.text)
        self._announced = answer.query, self.text
        self._browsing = not searched
        self._show_order()
        self.before.setEnabled(answer.reordered)
        self.before.setChecked(answer.before)
        self.weaker.setEnabled(searched)
        self.save.setVisible(searched)

    def show_asking(self) -> None:
        """A question is under way."""
        self._slow.start()

    def show_better(self, available: bool, browsing: bool) -> None:
        """Offer a better list, or stop offering it."""
        self.pill.setText(self.tr("Newer list available") if browsing else self.tr("Better order available"))
        news = available and self.pill.isHidden()
        self.pill.setVisible(available)
        if available and self._answer is not None:  # what was looked for is there, behind the pill
            self._slow.stop()
            self._label.set_whole(self._sentence(self._answer))
        if news:
            announce(self, self.pill.text())

    def _sentence(self, answer: Answer) -> str:
        if not answer.hits:
            return ""
        if answer.stage is None:
            return {
                "oldest": self.tr("Oldest files"),
                "name": self.tr("All files by name"),
                "size": self.tr("Largest files"),
            }.get(answer.query.sort, self.tr("Newest files"))
        number = max(answer.total, answer.listed) + len(answer.hits) - answer.listed
        if answer.at_least and number >= ROUND:
            found = wording.counted(number - number % ROUND, "", self.tr("{n}+ results"))
        else:
            found = wording.counted(number, self.tr("1 result"), self.tr("{n} results"))
        if answer.query.since is not None:
            found = wording.joined((found, self.tr("new since you last looked; Enter shows all")), "  ·  ")
        if answer.note:
            return wording.joined((found, answer.note), "  ·  ")
        if answer.before:
            return wording.joined((found, self.tr("as they stood before the second look")), "  ·  ")
        if not answer.final and self.pill.isHidden():
            return wording.joined((found, self.tr("looking closer…")), "  ·  ")
        return found

    # --- the controls ----------------------------------------------------------------------------------

    def _sorts(self) -> QActionGroup:
        group = QActionGroup(self)
        choices: tuple[tuple[Sort, str], ...] = (
            ("relevance", self.tr("Best match")),
            ("newest", self.tr("Newest first")),
            ("oldest", self.tr("Oldest first")),
            ("name", self.tr("By name")),
            ("size", self.tr("Largest first")),
        )
        for value, text in choices:
            action = self._switch(text)
            action.setData(value)
            group.addAction(action)
        group.actions()[0].setChecked(True)
        group.triggered.connect(lambda _action: self._sort_chosen())
        return group

    def _views(self) -> dict[View, Button]:
        """A button for each way to lay the results out."""
        made: dict[View, Button] = {}
        for view, (text, icon_name) in {
            View.GRID: (self.tr("Grid"), "grid"),
            View.LIST: (self.tr("List"), "list"),
            View.TIMELINE: (self.tr("By month"), "timeline"),
        }.items():
            button = Button("", icon_name, Look.QUIET, text)
            button.setCheckable(True)
            button.on_click(partial(self.choose_view, view))
            made[view] = button
        return made

    def _switch(self, text: str) -> QAction:
        action = self.menu.addAction(text)
        action.setCheckable(True)
        return action

    def _sort_chosen(self) -> None:
        if self.view is View.TIMELINE and self.sorts.checkedAction().data() not in IN_TIME:
            self.choose_view(View.GRID)  # by month there is no such order
            return
        self._show_order()
        self.changed.emit()

    def _show_order(self) -> None:
        shown = "newest" if self._browsing and self.sort == "relevance" else self.sort
        text = next(action.text() for action in self.sorts.actions() if action.data() == shown)
        self.order.setText(text if self.width() >= NARROW else "")
        self.order.setAccessibleName(self.tr("Order of the results: {order}").replace("{order}", text))
        self.order.setToolTip(self.order.accessibleName())
        self.order.updateGeometry()

    def _show_view(self) -> None:
        for view, button in self.views.items():
            button.setChecked(view is self.view)

    def arrange(self) -> None:
        """The words stand above the edge of the cards."""
        row = self.layout()
        if row is not None:
            row.setContentsMargins(theme.margins(theme.XL, theme.M, mirrored=self.isRightToLeft()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_order()

"""Help for who does not know what to ask, or found nothing: examples, history, saved searches, what hides."""

from dataclasses import replace
from pathlib import PurePath

from PySide6.QtCore import QObject, QSettings, Qt
from PySide6.QtWidgets import QWidget

from desktop_app.engine_client import EngineClient
from desktop_app.query.asking import Asking
from desktop_app.query.query_chips import QueryExample
from desktop_app.query.query_image import QueryImages
from desktop_app.results.results_grid import ResultsGrid
from desktop_app.search.counting import Counting
from desktop_app.search.query_and_answer import Query
from desktop_app.suggestions.history import History
from desktop_app.suggestions.ideas import Ideas
from desktop_app.suggestions.saved_searches import SaveDialog, SavedSearchList
from desktop_app.suggestions.what_hides import WhatHides
from indexer.messages.saved_messages import SavedSearch


class Suggesting(QObject):
    """Puts a question into the box that somebody did not have to write.

    Attributes:
        ideas: the line above the list. hides: what there would be without a filter. history: of the box.
    """

    def __init__(
        self,
        client: EngineClient,
        settings: QSettings,
        asking: Asking,
        grid: ResultsGrid,
        images: QueryImages,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._asking = asking
        self._session, self._bar = asking.session, asking.bar
        self._grid = grid
        self._images = images
        self._window = window
        counting = Counting(client, self)
        self.history = History(settings, self)
        self.saved = SavedSearchList(client, counting, self)
        self.ideas = Ideas(client, self.history, self.saved)
        self.hides = WhatHides(asking, counting, self)
        self.ideas.wanted.connect(self._ask)
        self.ideas.saved_wanted.connect(self._ask_saved)
        self.ideas.changed.connect(self._update)
        asking.header.save_wanted.connect(self._open_save)
        self._session.answered.connect(self._update)
        grid.touched.connect(self._remember)
        self._bar.submitted.connect(self._remember)
        self._bar.examples_dropped.connect(lambda less: self.add_examples(less=less))
        self._update()

    def add_examples(self, *, less: bool) -> None:
        """The chosen results become examples of what is meant, or of what is not."""
        self._asking.add_examples(self._grid.selected_hits(), less=less)

    def _update(self, *_: object) -> None:
        answer = self._session.answer
        self.ideas.setVisible(answer is not None and answer.stage is None and self.ideas.has_any)

    def _remember(self) -> None:
        """The list was used, so the question was a good one."""
        answer = self._session.answer
        if answer is not None and answer.stage is not None and answer.hits:
            self.history.add(answer.query.text)

    def _ask(self, text: str) -> None:
        self._bar.replace(text)
        self._bar.setFocus()
        self._asking.submit()

    def _open_save(self) -> None:
        taken = [each.name for each in self.saved.searches]
        dialog = SaveDialog(self._bar.text, taken, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asked = replace(self._session.query, since=None)
        dialog.accepted.connect(
            lambda: self._save(asked, dialog.name.text().strip(), standing=dialog.standing.isChecked())
        )
        dialog.open()

    def _save(self, query: Query, name: str, *, standing: bool) -> None:
        search = query.search(0, 200)
        images = tuple(map(self._images.lasting, search.images))
        self.saved.save(name, replace(search, images=images), standing=standing)

    def _ask_saved(self, saved: SavedSearch) -> None:
        search = saved.search
        pictures = tuple(self._images.again(path) for path in search.images)
        self._asking.filters.set_kinds(search.kinds)
        self._asking.header.choose_sort(search.sort)
        self._bar.replace(
            search.text,
            pictures,
            [QueryExample(each, PurePath(each.path).name) for each in search.more_like],
        )
        for each in search.less_like:
            self._bar.add_example(QueryExample(each, PurePath(each.path).name), less=True)
        weights = (*search.image_weights, *[1.0] * len(pictures))
        for chip, weight in zip(self._bar.pictures, weights, strict=False):
            if weight != chip.weight:
                chip.set_weight(weight)
        self._asking.header.choose_weaker(search.weak)
        self._bar.setFocus()
        new = self.saved.new(saved.name)
        self._asking.submit((saved.seen, saved.read) if new else None)

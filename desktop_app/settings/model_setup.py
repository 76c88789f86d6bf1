"""Fetching the models that were chosen, one after the other, and using a pair of them when both are there."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QSettings, Signal

from desktop_app.engine_client import EngineClient, Link
from indexer.messages.model_messages import CancelDownload, Download, DownloadModel, GetModels, Model, Models

WANTED = "models wanted"
"""Their names in the window's own file, from the choice on until they are there or given up: of an embedder
and its reranker, or of one model that is only to be fetched."""


class ModelSetup(QObject):
    """Goes on in the background when the first start is over, and when the program is started again.

    Signals:
        changed(Download): news of the one being fetched.
        ready(str, str): embedder and reranker are there.
        failed(str): a sentence: the download could not even begin.
    """

    changed = Signal(object)
    ready = Signal(str, str)
    failed = Signal(str)

    def __init__(self, client: EngineClient, kept: QSettings, parent: QObject) -> None:
        super().__init__(parent)
        self._client = client
        self._kept = kept
        wanted = kept.value(WANTED)  # a list of one is read as its one
        self._left = [wanted] if isinstance(wanted, str) and wanted else []
        if isinstance(wanted, list):
            self._left = wanted
        self._pair: tuple[Model, ...] = ()
        self._missing: list[str] = []
        self._fetching = self._interrupted = False
        client.link_changed.connect(self._link_changed)
        client.download_changed.connect(self._news)

    def begin(self, embedder: Model, reranker: Model) -> None:
        """Fetch what is not there yet of these two, then have them used."""
        self._pair = (embedder, reranker)
        self._missing = [model.name for model in self._pair if not model.installed]
        self._left = []
        self.go_on()

    def fetch(self, name: str, refused: Callable[[str], None]) -> None:
        """This one: of the two, if it is one of them, else alone and in their place.

        Args:
            refused: gets a sentence when it cannot begin, such as that another one is under way.
        """
        if self._fetching:
            self._client.request(DownloadModel(name), failed=refused, parent=self)
            return
        if name not in self._missing:
            self._pair, self._missing = (), [name]
        self._left = []
        self._ask_for(name, refused)

    def go_on(self) -> None:
        """After a stop or a failure; what has arrived is kept."""
        if self._missing:
            self._ask_for(self._missing[0], self.failed.emit)
            return
        pair, self._pair = self._pair, ()
        self._keep([])
        if pair:
            embedder, reranker = pair
            self.ready.emit(embedder.name, reranker.name)

    def cancel(self) -> None:
        """Stop for now."""
        self._fetching = self._interrupted = False
        self._keep([])
        self._client.request(CancelDownload(), failed=self.failed.emit, parent=self)

    def _ask_for(self, name: str, refused: Callable[[str], None]) -> None:
        def not_begun(sentence: str) -> None:
            if self._client.link is Link.READY:
                self._fetching = False
            refused(sentence)

        self._fetching = True
        self._keep(self._wanted())
        self._client.request(DownloadModel(name), failed=not_begun, parent=self)

    def _link_changed(self) -> None:
        """A download ends with its engine; the next one goes on with it."""
        if self._client.link is not Link.READY:
            self._interrupted = self._interrupted or self._fetching
        elif self._interrupted:
            self._interrupted = False
            self.go_on()
        elif self._left:  # by the program that ran before
            self._client.request(GetModels(), done=self._take_up, parent=self)

    def _take_up(self, reply: Models) -> None:
        known = {model.name: model for model in reply.models}
        left, self._left = self._left, []
        if not left:  # the person has chosen meanwhile
            return
        match [known[name] for name in left if name in known]:
            case [embedder, reranker]:
                self.begin(embedder, reranker)
            case [model] if len(left) == 1 and not model.installed:
                self.fetch(model.name, self.failed.emit)
            case _:
                self._keep([])

    def _wanted(self) -> list[str]:
        return [model.name for model in self._pair] or self._missing

    def _keep(self, names: list[str]) -> None:
        self._kept.setValue(WANTED, names)
        self._kept.sync()

    def _news(self, news: Download) -> None:
        if news.name not in self._missing:
            return
        before, self._fetching = self._fetching, news.state not in ("cancelled", "failed")
        self.changed.emit(news)
        if self._fetching and not before:  # begun again before it could say that it was stopped
            self._keep(self._wanted())
        if news.state == "cancelled":  # in the settings, it may be
            self._keep([])
        if news.state == "done":
            self._missing.remove(news.name)
            self.go_on()

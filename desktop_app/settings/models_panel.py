"""Which models there are, what each needs, and fetching one: in the settings and at the first start."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.engine_client import EngineClient, Link
from desktop_app.language import wording
from desktop_app.settings.model_setup import ModelSetup
from desktop_app.widgets import theme
from desktop_app.widgets.controls import Button, Label, Look, Panel
from desktop_app.widgets.fields import Bar
from indexer.messages.model_messages import (
    CancelDownload,
    Download,
    GetMachine,
    GetModels,
    Machine,
    Model,
    Models,
)

OVER = ("done", "cancelled", "failed")


class ModelRow(QWidget):
    """A model, what it costs, and what can be done with it.

    Signals:
        fetch_wanted(str), cancel_wanted, use_wanted(Model): the person pressed that.
    """

    fetch_wanted = Signal(str)
    cancel_wanted = Signal()
    use_wanted = Signal(object)

    def __init__(self, model: Model, machine: Machine | None, usable: bool) -> None:
        super().__init__()
        self.model = model
        self._news: Download | None = None
        title = Label(model.name, weight=QFont.Weight.Medium)
        self._about = Label(self._facts(machine), quiet=True, scale=0.95)
        self._progress = Bar()
        self._progress.setAccessibleName(self.tr("Progress of {name}").replace("{name}", model.name))
        self._said = Label("", quiet=True, scale=0.95)
        for label in (title, self._about, self._said):
            label.setWordWrap(True)
        self.fetch = Button(self.tr("Download"), look=Look.NORMAL)
        self.fetch.setAccessibleName(self.tr("Download {name}").replace("{name}", model.name))
        self.fetch.on_click(lambda: self.fetch_wanted.emit(model.name))
        self.cancel = Button(self.tr("Cancel"))
        self.cancel.setAccessibleName(self.tr("Cancel the download of {name}").replace("{name}", model.name))
        self.cancel.on_click(self.cancel_wanted.emit)
        self.use = Button(self.tr("Use"), look=Look.PRIMARY)
        self.use.setAccessibleName(self.tr("Use {name}").replace("{name}", model.name))
        self.use.on_click(lambda: self.use_wanted.emit(model))
        self._usable = usable
        words = QVBoxLayout()
        words.setSpacing(2)
        for widget in (title, self._about, self._progress, self._said):
            words.addWidget(widget)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        row.setSpacing(theme.M)
        row.addLayout(words, 1)
        for button in (self.fetch, self.cancel, self.use):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.show_news(None)

    def show_news(self, news: Download | None) -> None:
        """How far its download is; None when there is none."""
        self._news = news
        running = news is not None and news.state not in OVER
        self._progress.setVisible(running)
        self.cancel.setVisible(running)
        self.fetch.setVisible(not running and not self.model.installed and self.model.download_bytes > 0)
        self.use.setVisible(self._usable and not running and self.model.installed and not self.model.used)
        if news is not None and running:
            self._progress.setRange(0, 1000 if news.total_bytes else 0)
            self._progress.setValue(round(1000 * news.done_bytes / max(1, news.total_bytes)))
        if self.fetch.isVisibleTo(self) and news is not None:
            self.fetch.setText(self.tr("Go on") if news.state == "cancelled" else self.tr("Try again"))
            self.fetch.updateGeometry()
        self._said.setText(self.state())
        self._said.setVisible(bool(self._said.text()))

    def state(self) -> str:
        """How things stand, in words."""
        news = self._news
        if news is None or news.state == "done":
            if self.model.used:
                return self.tr("In use")
            return self.tr("On this computer") if self.model.installed else ""
        if news.state == "failed":
            return news.problem
        if news.state == "cancelled":
            return self.tr("Stopped. What has arrived is kept.")
        if news.state == "waiting":
            return self.tr("Another program is fetching it: waiting…")
        if news.state == "retrying":
            return self.tr("The connection broke off: trying again…")
        if news.state == "checking":
            return self.tr("Checking what arrived…")
        if not news.total_bytes:
            return self.tr("Asking for the list of files…")
        parts = [
            self.tr("{done} of {all}")
            .replace("{done}", wording.size(news.done_bytes))
            .replace("{all}", wording.size(news.total_bytes))
        ]
        if news.rate > 0:
            parts.append(self.tr("{size} a second").replace("{size}", wording.size(round(news.rate))))
            left = wording.duration((news.total_bytes - news.done_bytes) / news.rate)
            parts.append(self.tr("{time} left").replace("{time}", left))
        return wording.joined(parts, "  ·  ")

    def _facts(self, machine: Machine | None) -> str:
        model, parts = self.model, []
        if model.download_bytes:
            parts.append(self.tr("{size} to fetch").replace("{size}", wording.size(model.download_bytes)))
        if model.memory:
            parts.append(self.tr("needs {size} of memory").replace("{size}", wording.memory(model.memory)))
        parts.append(self.tr("licence {name}").replace("{name}", model.licence))
        lines = [model.about, wording.joined(parts, "  ·  ")]
        if machine is not None and machine.memory and model.memory > machine.memory:
            lines.append(
                self.tr("Too large for this computer, which has {size} for models.").replace(
                    "{size}", wording.memory(machine.memory)
                )
            )
        elif machine is not None and model.name in machine.recommended:
            lines.append(self.tr("Recommended for this computer."))
        return "\n".join(lines)


class ModelsPanel(QWidget):
    """All models, and the measured machine above them. `setup` fetches one, if need be until the next start.

    Signals:
        said(str): a sentence for the person.
        use_wanted(Model): from now on this one.
    """

    said = Signal(str)
    use_wanted = Signal(object)

    def __init__(self, client: EngineClient, setup: ModelSetup) -> None:
        super().__init__()
        self._client = client
        self._setup = setup
        self._models: tuple[Model, ...] = ()
        self.machine: Machine | None = None
        self.news: dict[str, Download] = {}
        self.rows: list[ModelRow] = []
        self._about = Label(self.tr("Measuring this computer…"), quiet=True)
        self._about.setWordWrap(True)
        self._panel: Panel | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.S)
        self._column.addWidget(self._about)
        client.download_changed.connect(self._download_changed)
        client.link_changed.connect(self._link_changed)

    def ask(self) -> None:
        """Which models there are, and what this computer can run."""
        self._client.request(GetModels(), done=self._got_models, failed=self.said.emit, parent=self)
        if self.machine is None:
            self._client.request(GetMachine(), done=self._got_machine, failed=_ignore, parent=self)

    def fetch(self, name: str) -> None:
        """Begin a download, or go on with it."""
        self._setup.fetch(name, self.said.emit)

    def cancel(self) -> None:
        """Stop the download under way."""
        self._client.request(CancelDownload(), failed=self.said.emit, parent=self)

    def _got_models(self, reply: Models) -> None:
        self._models = reply.models
        self._build()

    def _got_machine(self, reply: Machine) -> None:
        self.machine = reply
        free = self.tr("{size} free on the disk").replace("{size}", wording.size(reply.disk_free))
        room = self.tr("{size} of memory for models").replace("{size}", wording.memory(reply.memory))
        self._about.setText(reply.problem or f"{reply.device}\n{room}  ·  {free}")
        self._build()

    def _build(self) -> None:
        old, self._panel = self._panel, Panel()
        self.rows = []
        for model in self._models:
            row = ModelRow(model, self.machine, usable=True)
            row.show_news(self.news.get(model.name))
            row.fetch_wanted.connect(self.fetch)
            row.cancel_wanted.connect(self.cancel)
            row.use_wanted.connect(self.use_wanted)
            self.rows.append(row)
            self._panel.add(row)
        self._column.addWidget(self._panel)
        if old is not None:
            _remove(old, self._column)

    def _download_changed(self, news: Download) -> None:
        self.news[news.name] = news
        for row in self.rows:
            if row.model.name == news.name:
                row.show_news(news)
        if news.state == "done":
            self.ask()

    def _link_changed(self) -> None:
        """What an engine was fetching ends with it, and the next one may run models on something else."""
        if self._client.link is not Link.READY:
            self.machine = None
            for news in [each for each in self.news.values() if each.state not in OVER]:
                self._download_changed(replace(news, state="cancelled"))


def _remove(widget: QWidget, column: QVBoxLayout) -> None:
    column.removeWidget(widget)
    widget.hide()
    widget.deleteLater()


def _ignore(_sentence: str) -> None:
    """The list of models says enough without the machine."""

"""The second page of the first start: which model is to understand the files, and fetching it."""

from dataclasses import dataclass

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QFont, QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.engine_client import EngineClient
from desktop_app.language import wording
from desktop_app.settings.model_setup import ModelSetup
from desktop_app.settings.models_panel import ModelRow
from desktop_app.system.file_manager import choose_model_folder
from desktop_app.widgets import theme
from desktop_app.widgets.announcing import announce
from desktop_app.widgets.choices import INSET, RadioButton
from desktop_app.widgets.controls import Button, Label, Look, Panel
from indexer.messages.model_messages import Download, GetMachine, GetModels, Machine, Model, Models
from indexer.settings import NO_RERANKER

USUAL_RATE = 50_000_000 / 8
"""Bytes a second for which the time is said; that of this line is not known before something is fetched."""


@dataclass(frozen=True, slots=True)
class Pair:
    """An embedder and the reranker of its size."""

    embedder: Model
    reranker: Model

    @property
    def models(self) -> tuple[Model, Model]:
        """Both."""
        return self.embedder, self.reranker


def pairs(models: tuple[Model, ...]) -> list[Pair]:
    """Those that belong together, the small ones first; built-in ones are no choice for real files."""
    rerankers = {model.parameters: model for model in models if model.role == "reranker"}
    found = [
        Pair(model, rerankers[model.parameters])
        for model in models
        if model.role == "embedder" and model.download_bytes and model.parameters in rerankers
    ]
    return sorted(found, key=lambda pair: pair.embedder.parameters)


class ChoiceCard(QWidget):
    """One of several; a click anywhere on it chooses it."""

    def __init__(self, title: str, about: str) -> None:
        super().__init__()
        self.radio = RadioButton(title)
        self.radio.setFont(theme.font(self.font(), 1.05, QFont.Weight.Medium))
        self.radio.setAccessibleDescription(about)
        self.note = Label(about, quiet=True, scale=0.95)
        self.note.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        column.setSpacing(0)
        below = QHBoxLayout()
        below.addSpacing(INSET)
        below.addWidget(self.note, 1)
        column.addWidget(self.radio)
        column.addLayout(below)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.radio.click()
            self.radio.setFocus(Qt.FocusReason.MouseFocusReason)


class ModelsStep(QWidget):
    """Chooses, and then shows how far the download is.

    Signals:
        model_wanted(str, str): use this embedder and this reranker. words_wanted: none for now.
        back_wanted, finished: to the folders again; on to the window.
    """

    model_wanted = Signal(str, str)
    words_wanted = Signal()
    back_wanted = Signal()
    finished = Signal()

    def __init__(self, client: EngineClient, kept: QSettings) -> None:
        super().__init__()
        self._client = client
        self._models: tuple[Model, ...] = ()
        self._machine: Machine | None = None
        self._touched = False
        self._in_vain = False
        self.setup = ModelSetup(client, kept, self)
        self.setup.changed.connect(self._news)
        self.setup.ready.connect(self.model_wanted)
        self.setup.failed.connect(self._say)
        self.cards: dict[Pair | str, ChoiceCard] = {}
        self.rows: dict[str, ModelRow] = {}
        self._group = QButtonGroup(self)
        self._measured = Label(self.tr("Measuring this computer…"), quiet=True)
        self._measured.setWordWrap(True)
        self._said = Label("")
        self._said.setWordWrap(True)
        self._choices = QVBoxLayout()
        self._choices.setContentsMargins(0, 0, 0, 0)
        self._choices.setSpacing(0)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._choose_page())
        self._progress = QWidget()
        self._pages.addWidget(self._progress)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.M)
        title = Label(self.tr("What should understand your files?"), scale=1.9, weight=QFont.Weight.DemiBold)
        intro = Label(
            self.tr(
                "Names can be searched from now on. To find files by what they show, Sightline needs a model "
                "that runs on this computer. It is fetched once; your files stay here."
            ),
            quiet=True,
            scale=1.1,
        )
        for label in (title, intro):
            label.setWordWrap(True)
            column.addWidget(label)
        column.addWidget(self._measured)
        column.addWidget(self._pages)
        column.addWidget(self._said)
        self.intro = f"{title.text()} {intro.text()}"
        """Both, to be read out."""
        self._build_cards()

    @property
    def first(self) -> QWidget:
        """What is to be decided here, so where the keyboard begins."""
        return self.cards[self._chosen()].radio

    @property
    def onwards(self) -> Button:
        """The button that most people want next."""
        return self._on if self._pages.currentWidget() is self._progress else self.go

    def begin(self) -> None:
        """The page is shown: ask what there is."""
        self._in_vain = False
        self._say("")
        self._measured.show()
        self._client.request(GetModels(), done=self._got_models, failed=self._not_told, parent=self)
        self._client.request(GetMachine(), done=self._got_machine, failed=self._not_measured, parent=self)

    def begin_again(self) -> None:
        """There is another engine: ask it what the one before did not answer."""
        if self._in_vain:
            self.begin()

    # --- choosing --------------------------------------------------------------------------------------

    def _choose_page(self) -> QWidget:
        made = QWidget()
        self._panel = Panel()
        self.back = Button(self.tr("Back"), look=Look.QUIET)
        self.back.on_click(self.back_wanted.emit)
        self.go = Button("", look=Look.PRIMARY)
        self.go.setMinimumWidth(140)
        self.go.on_click(self._go)
        buttons = QHBoxLayout()
        buttons.addWidget(self.back)
        buttons.addStretch(1)
        buttons.addWidget(self.go)
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.M)
        column.addLayout(self._choices)
        column.addLayout(buttons)
        return made

    def _got_models(self, reply: Models) -> None:
        self._models = reply.models
        self._build_cards()

    def _got_machine(self, reply: Machine) -> None:
        self._machine = reply
        room = self.tr("{size} of memory for models").replace("{size}", wording.memory(reply.memory))
        free = self.tr("{size} free on the disk").replace("{size}", wording.size(reply.disk_free))
        self._measured.setText(reply.problem or f"{reply.device}\n{room}  ·  {free}")
        announce(self, self._measured.text())
        self._build_cards()

    def _not_told(self, sentence: str) -> None:
        self._in_vain = True
        self._say(sentence)

    def _not_measured(self, _sentence: str) -> None:
        self._in_vain = True
        self._measured.hide()

    def _build_cards(self) -> None:
        chosen = self._chosen() if self._touched else None
        had_keyboard = self.window().focusWidget() in [card.radio for card in self.cards.values()]
        panel = Panel()
        panel.setAccessibleName(self.tr("What should understand your files?"))
        for button in self._group.buttons():
            self._group.removeButton(button)
        self.cards = {}
        best: Pair | str = "words"
        for pair in pairs(self._models):
            self.cards[pair] = ChoiceCard(self._title(pair), self._facts(pair))
            if self._machine is not None and pair.embedder.name in self._machine.recommended:
                best = pair
        self.cards["folder"] = ChoiceCard(
            self.tr("A model that is on this computer already…"),
            self.tr("A folder with all files of a Qwen3-VL embedding model."),
        )
        self.cards["words"] = ChoiceCard(
            self.tr("None for now: search names and words"),
            self.tr(
                "Names, the text of documents and words in pictures are found. What pictures show is found "
                "once you choose a model in the settings."
            ),
        )
        for card in self.cards.values():
            panel.add(card)
            self._group.addButton(card.radio)
            card.radio.clicked.connect(self._choice_touched)
            card.radio.toggled.connect(self._update)
        wanted = chosen if chosen in self.cards else best
        self.cards[wanted].radio.setChecked(True)
        self._choices.insertWidget(0, panel)
        panel.show()  # the layout would do it later, and what is not shown cannot have the keyboard
        if had_keyboard:
            self.first.setFocus(Qt.FocusReason.TabFocusReason)
        self._panel.hide()
        self._choices.removeWidget(self._panel)
        self._panel.deleteLater()
        self._panel = panel
        before: QWidget = self.back
        for card in self.cards.values():
            QWidget.setTabOrder(before, card.radio)
            before = card.radio
        QWidget.setTabOrder(before, self.go)
        self._update()

    def _choice_touched(self) -> None:
        self._touched = True

    def _title(self, pair: Pair) -> str:
        return f"{pair.embedder.name} + {pair.reranker.name}"

    def _facts(self, pair: Pair) -> str:
        size = sum(model.download_bytes for model in pair.models if not model.installed)
        memory = sum(model.memory for model in pair.models)
        licences = sorted({model.licence for model in pair.models})
        fetched = self.tr("on this computer already")
        if size:
            time = self.tr("{time} at 50 Mbit/s").replace("{time}", wording.duration(size / USUAL_RATE))
            much = self.tr("{size} to fetch").replace("{size}", wording.size(size))
            fetched = wording.joined((much, time), "  ·  ")
        needs = self.tr("needs {size} of memory").replace("{size}", wording.memory(memory))
        licence = self.tr("licence {name}").replace("{name}", ", ".join(licences))
        lines = [pair.embedder.about, fetched, wording.joined((needs, licence), "  ·  ")]
        if self._machine is not None and self._machine.memory:
            if memory > self._machine.memory:
                lines.append(self.tr("More than this computer has: it may be very slow, or fail."))
            elif pair.embedder.name in self._machine.recommended:
                lines.append(self.tr("Recommended for this computer."))
            if size > self._machine.disk_free:
                lines.append(self.tr("The disk has no room for it."))
        return "\n".join(lines)

    def _chosen(self) -> Pair | str:
        return next((key for key, card in self.cards.items() if card.radio.isChecked()), "words")

    def _update(self, *_: object) -> None:
        chosen = self._chosen()
        fetching = isinstance(chosen, Pair) and not all(model.installed for model in chosen.models)
        self.go.setText(self.tr("Download") if fetching else self.tr("Continue"))
        self.go.updateGeometry()

    def _go(self) -> None:
        chosen = self._chosen()
        self._say("")
        if isinstance(chosen, Pair):
            if all(model.installed for model in chosen.models):
                self.finished.emit()
            else:
                self._show_progress(chosen)
            self.setup.begin(chosen.embedder, chosen.reranker)
        elif chosen == "folder":
            folder = choose_model_folder(self)
            if folder:
                self.model_wanted.emit(folder, NO_RERANKER)
                self.finished.emit()
        else:
            self.words_wanted.emit()
            self.finished.emit()

    # --- fetching --------------------------------------------------------------------------------------

    def _show_progress(self, pair: Pair) -> None:
        page, panel = QWidget(), Panel()
        self.rows = {}
        for model in pair.models:
            row = ModelRow(model, None, usable=False)
            row.fetch_wanted.connect(lambda _name: self.setup.go_on())
            row.cancel_wanted.connect(self.setup.cancel)
            row.fetch.hide()
            self.rows[model.name] = row
            panel.add(row)
        other = Button(self.tr("Choose another"), look=Look.QUIET)
        other.on_click(self._choose_again)
        self._on = Button(self.tr("Go on while it is fetched"), look=Look.PRIMARY)
        self._on.on_click(self.finished.emit)
        buttons = QHBoxLayout()
        buttons.addWidget(other)
        buttons.addStretch(1)
        buttons.addWidget(self._on)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.M)
        column.addWidget(panel)
        column.addLayout(buttons)
        column.addStretch(1)
        self._pages.removeWidget(self._progress)
        self._progress.deleteLater()
        self._progress = page
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        self._on.setFocus()

    def _choose_again(self) -> None:
        self.setup.cancel()
        self._pages.setCurrentIndex(0)
        self.first.setFocus(Qt.FocusReason.TabFocusReason)
        self.begin()

    def _news(self, news: Download) -> None:
        row = self.rows.get(news.name)
        if row is not None:
            row.show_news(news)

    def _say(self, sentence: str) -> None:
        self._said.setText(sentence)
        announce(self, sentence)

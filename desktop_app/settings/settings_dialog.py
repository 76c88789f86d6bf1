"""The settings on one long page, with a field that finds them; every change counts at once.

Each key of `indexer/settings.py` has its row here (a test holds them together), besides what is not in that
file: whether Sightline starts with the desktop, the folders, the models, the connections ever made.
"""

from collections.abc import Callable
from dataclasses import fields

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.actions import Actions
from desktop_app.engine_client import EngineClient, Link
from desktop_app.settings.keys_section import KeysSection, everywhere
from desktop_app.settings.long_page import LongPage
from desktop_app.settings.model_setup import ModelSetup
from desktop_app.settings.models_panel import ModelsPanel
from desktop_app.settings.preferences import Preferences
from desktop_app.settings.privacy_page import ConnectionsList, DiskUsePanel
from desktop_app.settings.rules_panel import RulesPanel
from desktop_app.settings.setting_rows import Section, SettingRow, choice, line, show_value, switch
from desktop_app.system import autostart, file_menu
from desktop_app.widgets import theme
from desktop_app.widgets.announcing import announce
from desktop_app.widgets.controls import Button, Label
from desktop_app.widgets.fields import Form
from indexer.paths import Paths
from indexer.settings import Settings

SIZE = QSize(900, 680)


class SettingsDialog(Form):
    """Made when first wanted.

    Signals:
        folders_wanted: show the folders and how far they are.
        model_wanted(Model): use this one.
    """

    folders_wanted = Signal()
    model_wanted = Signal(object)

    def __init__(
        self,
        client: EngineClient,
        preferences: Preferences,
        actions: Actions,
        paths: Paths,
        setup: ModelSetup,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self.resize(SIZE)
        self._client = client
        self._preferences = preferences
        self._paths = paths
        self.rows: dict[str, SettingRow] = {}
        self._actions = actions
        self.models = ModelsPanel(client, setup)
        self.models.use_wanted.connect(self.model_wanted)
        self.connections = ConnectionsList(client)
        self.disk_use = DiskUsePanel(client)
        self.rules = RulesPanel(client)
        keys = KeysSection(preferences, actions)
        self.key_rows = keys.by_command
        self.rows["shortcuts"] = keys.reset_row
        self.page = LongPage(
            [
                self._general(),
                self._library(),
                self._models(),
                self._performance(),
                self._privacy(),
                keys,
            ]
        )
        self._build()
        preferences.failed.connect(self._not_written)
        preferences.changed.connect(self._show_changed)
        for panel in (self.models, self.rules):
            panel.said.connect(self._told)
        client.link_changed.connect(self._link_changed)

    # --- the frame -------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Search the settings"))
        self.field.setAccessibleName(self.tr("Search the settings"))
        self.field.setClearButtonEnabled(True)
        self.field.setMinimumHeight(36)
        self.field.textChanged.connect(self._search)
        self._said = Label("")
        self._said.setWordWrap(True)
        self._said.hide()
        close = Button(self.tr("Close"))
        close.on_click(self.accept)
        bottom = QHBoxLayout()
        bottom.addWidget(self._said, 1)
        bottom.addStretch()
        bottom.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        column.setSpacing(theme.M)
        column.addWidget(self.field)
        column.addWidget(self.page, 1)
        column.addLayout(bottom)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.activated.connect(self.field.setFocus)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if event.spontaneous():  # back from among the small icons: nothing was left
            return
        show_value(self.rows["autostart"].control, autostart.is_on())
        show_value(self.rows["file_menu"].control, file_menu.is_on())
        self.say("")
        self._ask()
        self.page.mark_seen()
        self.field.setFocus()

    def _ask(self) -> None:
        """How things stand now."""
        self.models.ask()
        self.connections.ask()
        self.disk_use.ask()
        self.rules.ask()

    def _link_changed(self) -> None:
        """What the engine before was asked and did not answer, the next one is."""
        if self._client.link is Link.READY and self.isVisible():
            self._ask()

    def _told(self, sentence: str) -> None:
        """What failed only because its engine ended is asked again."""
        if self._client.link is not Link.RESTARTING:
            self.say(sentence)

    def _show_changed(self, settings: Settings, names: frozenset[str]) -> None:
        """Some are changed elsewhere: the look in the menu, what closing means when it is asked."""
        for name in names.intersection(self.rows):
            show_value(self.rows[name].control, getattr(settings, name))

    def _not_written(self, sentence: str) -> None:
        """What was chosen does not hold, so it is not shown, either."""
        self.say(sentence)
        names = frozenset(field.name for field in fields(Settings))
        self._show_changed(self._preferences.settings, names)

    def say(self, sentence: str) -> None:
        """Something that went wrong; "" takes it back."""
        self._said.setText(sentence)
        self._said.setVisible(bool(sentence))
        announce(self, sentence)

    def _search(self, text: str) -> None:
        self.page.show_only(text.casefold().split())

    def show_models(self) -> None:
        """Begin where they are chosen."""
        self.field.clear()
        self.page.show_part(self.models)

    # --- the sections ----------------------------------------------------------------------------------

    def _row(self, section: Section, name: str, title: str, about: str, control: QWidget) -> SettingRow:
        row = SettingRow(title, about, control)
        self.rows[name] = row
        section.add(row)
        return row

    def _setter(self, name: str) -> Callable[[object], object]:
        return lambda value: self._change(name, value)

    def _change(self, name: str, value: object) -> None:
        if getattr(self._preferences.settings, name) != value:
            self.say("")
        self._preferences.change(**{name: value})

    def _general(self) -> Section:
        made, now = Section(self.tr("General")), self._preferences.settings
        languages = (
            ("system", self.tr("Like the desktop")), ("en", "English"), ("de", "Deutsch"), ("zh", "中文"),
        )  # fmt: skip
        self._row(
            made, "language", self.tr("Language"),
            self.tr("Counts from the next start on."),
            choice(languages, now.language, self._setter("language")),
        )  # fmt: skip
        looks = (
            ("system", self.tr("Like the desktop")), ("light", self.tr("Light")),
            ("dark", self.tr("Dark")), ("contrast", self.tr("High contrast")),
        )  # fmt: skip
        self._row(
            made, "appearance", self.tr("Appearance"), "",
            choice(looks, now.appearance, self._setter("appearance")),
        )  # fmt: skip
        self._row(
            made, "autostart", self.tr("Start with the desktop"),
            self.tr("Sightline then keeps its index up to date without its window."),
            switch(autostart.is_on(), self._autostart),
        )  # fmt: skip
        self._row(
            made, "file_menu", self.tr("In the menu of the file manager"),
            self.tr("“Find similar in Sightline”, by a right click on pictures, films and PDFs."),
            switch(file_menu.is_on(), self._file_menu),
        )  # fmt: skip
        closing = (
            ("ask", self.tr("Ask me")), ("stay", self.tr("Keep running")), ("quit", self.tr("Quit")),
        )  # fmt: skip
        self._row(
            made, "on_close", self.tr("When the window is closed"),
            self.tr("It can only keep running where the desktop has a place for its icon."),
            choice(closing, now.on_close, self._setter("on_close")),
        )  # fmt: skip
        for name in ("palette_key", "snip_key"):
            self.rows[name] = made.add(everywhere(name, self._preferences, self._actions, self._setter(name)))
        return made

    def _library(self) -> Section:
        made = Section(self.tr("Folders"))
        folders = Button(self.tr("Folders and progress…"))
        folders.on_click(self.folders_wanted.emit)
        self._row(
            made, "folders", self.tr("Where Sightline looks"),
            self.tr("The folders, how far each is, and what could not be read."), folders,
        )  # fmt: skip
        self.rows["rules"] = made.add(
            SettingRow(
                self.tr("What is left out"),
                self.tr("Files left out are forgotten; they themselves stay as they are."),
                below=self.rules,
            )
        )
        return made

    def _models(self) -> Section:
        made, now = Section(self.tr("Models")), self._preferences.settings
        self.rows["embedder"] = self.rows["reranker"] = made.add(
            SettingRow(
                self.tr("What understands your files"),
                self.tr(
                    "An embedder finds, a reranker looks at the best again. Larger ones understand more and "
                    "are slower."
                ),
                below=self.models,
            )
        )
        devices = (
            ("auto", self.tr("The best there is")), ("cuda", self.tr("NVIDIA graphics card")),
            ("mps", self.tr("Apple graphics")), ("cpu", self.tr("Processor")),
        )  # fmt: skip
        self._row(
            made, "by_meaning", self.tr("Find what pictures show and texts mean"),
            self.tr("Otherwise words are found where they are written. Pictures always find pictures."),
            switch(now.by_meaning, self._setter("by_meaning")),
        )  # fmt: skip
        self._row(
            made, "device", self.tr("Where models run"), self.tr("Sightline finds the fastest by itself."),
            choice(devices, now.device, self._setter("device")),
        )  # fmt: skip
        return made

    def _performance(self) -> Section:
        made, now = Section(self.tr("Performance")), self._preferences.settings
        budgets = (
            ("fast", self.tr("Quickly")), ("balanced", self.tr("Balanced")), ("exact", self.tr("Closely")),
        )  # fmt: skip
        self._row(
            made, "budget", self.tr("How closely files are looked at"),
            self.tr("Closely takes several times as long. The built-in models always look alike."),
            choice(budgets, now.budget, self._setter("budget")),
        )  # fmt: skip
        sizes = (
            ("full", self.tr("All they need")), ("int8", self.tr("About half")),
            ("int4", self.tr("As little as possible")),
        )  # fmt: skip
        self._row(
            made, "weights", self.tr("Memory for the models"),
            self.tr("Less leaves room for larger models. Every file has to be looked at again for it."),
            choice(sizes, now.weights, self._setter("weights")),
        )  # fmt: skip
        rooms = (
            ("exact", self.tr("Twice the usual")), ("whole", self.tr("The usual")),
            ("half", self.tr("Half")), ("quarter", self.tr("A quarter")),
        )  # fmt: skip
        self._row(
            made, "vectors", self.tr("Size of the index"),
            self.tr("With less, files are found a little less surely. For more, all are looked at again."),
            choice(rooms, now.vectors, self._setter("vectors")),
        )  # fmt: skip
        self._row(
            made, "read_words", self.tr("Read the words in pictures"),
            self.tr("Screenshots, scans and photos of signs, when there is nothing else to do."),
            switch(now.read_words, self._setter("read_words")),
        )  # fmt: skip
        self._row(
            made, "regions", self.tr("Look at parts of large pictures"),
            self.tr(
                "Finds small things in them. Pictures take about half as long again; those already here "
                "come last."
            ),
            switch(now.regions, self._setter("regions")),
        )  # fmt: skip
        self._row(
            made, "work_on_battery", self.tr("Work on battery"),
            self.tr("Otherwise new files wait until the computer is plugged in. Searching always works."),
            switch(now.work_on_battery, self._setter("work_on_battery")),
        )  # fmt: skip
        self._row(
            made, "work_in_full_screen", self.tr("Work while a program fills the screen"),
            self.tr("Otherwise games, films and talks have the computer to themselves."),
            switch(now.work_in_full_screen, self._setter("work_in_full_screen")),
        )  # fmt: skip
        self._row(
            made, "working_hours", self.tr("Work only at these hours"),
            self.tr("For example 22:00-07:00. Empty: always."),
            line(now.working_hours, self.tr("Always"), self._setter("working_hours")),
        )  # fmt: skip
        minutes = (
            ("5", self.tr("After 5 minutes")), ("10", self.tr("After 10 minutes")),
            ("60", self.tr("After an hour")), ("0", self.tr("Never")),
        )  # fmt: skip
        self._row(
            made, "release_after_min", self.tr("Free the memory of unused models"),
            self.tr("They are loaded again, in some seconds, when they are needed."),
            choice(minutes, str(now.release_after_min), self._set_minutes),
        )  # fmt: skip
        return made

    def _privacy(self) -> Section:
        made, now = Section(self.tr("Privacy")), self._preferences.settings
        self._row(
            made, "offline", self.tr("Stay offline"),
            self.tr(
                "Every connection is refused, so no model can be downloaded. Your files never leave this "
                "computer, with or without this."
            ),
            switch(now.offline, self._setter("offline")),
        )  # fmt: skip
        self.rows["connections"] = made.add(
            SettingRow(self.tr("Connections to other computers"), "", below=self.connections)
        )
        self.rows["disk use"] = made.add(
            SettingRow(self.tr("What Sightline keeps on this computer"), "", below=self.disk_use)
        )
        return made

    # --- what a change does ----------------------------------------------------------------------------

    def _set_minutes(self, text: str) -> None:
        self._change("release_after_min", int(text))

    def show_key_problems(self, problems: dict[str, str]) -> None:
        """Why keys that should work everywhere do not: "palette" or "snip" to a sentence."""
        for name, sentence in problems.items():
            self.rows[f"{name}_key"].say(sentence)

    def _autostart(self, on: bool) -> None:
        self.say(autostart.switch(on, self._paths))
        control = self.rows["autostart"].control
        control.setChecked(autostart.is_on())  # type: ignore[union-attr]

    def _file_menu(self, on: bool) -> None:
        self.say(file_menu.switch(on, self._paths))
        control = self.rows["file_menu"].control
        control.setChecked(file_menu.is_on())  # type: ignore[union-attr]

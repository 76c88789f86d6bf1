"""What changed settings change: the look, the keys, the engine. Opens their dialog when wanted."""

from PySide6.QtCore import QObject

from desktop_app.engine_client import EngineClient
from desktop_app.main_menu import mark_appearance
from desktop_app.presence import Presence
from desktop_app.search_window import SearchWindow
from desktop_app.settings.preferences import Preferences
from desktop_app.settings.settings_dialog import SettingsDialog
from desktop_app.system import desktop_entries
from desktop_app.widgets.theme import Theme
from indexer.messages.model_messages import Model, UseModel
from indexer.messages.upkeep_messages import Purge
from indexer.messages.work_messages import ReloadSettings
from indexer.paths import Paths
from indexer.settings import Settings

NEW_ENGINE = frozenset({"device", "budget", "weights", "vectors", "offline"})
"""Read by the engine when it starts."""

READ_AGAIN = frozenset(
    {
        "by_meaning",
        "read_words",
        "regions",
        "release_after_min",
        "work_on_battery",
        "work_in_full_screen",
        "working_hours",
    }
)
"""Read by the engine whenever it is told to."""

KEYS = frozenset({"palette_key", "snip_key", "on_close"})


class SettingsDesk(QObject):
    """Listens to `Preferences` and tells those concerned."""

    def __init__(
        self,
        window: SearchWindow,
        client: EngineClient,
        preferences: Preferences,
        presence: Presence,
        theme: Theme,
        paths: Paths,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._client = client
        self._preferences = preferences
        self._presence = presence
        self._theme = theme
        self._paths = paths
        self.dialog: SettingsDialog | None = None
        self.purged = False
        """Whether everything was deleted, so that nothing may be written any more."""
        preferences.changed.connect(self._changed)
        preferences.failed.connect(window.say)
        preferences.failed.connect(self._mark_appearance)
        presence.key_problems_changed.connect(self._show_key_problems)
        window.onboarding.model_wanted.connect(self._use)
        window.onboarding.words_wanted.connect(lambda: preferences.change(by_meaning=False))
        window.models_wanted.connect(self.show_models)

    def show(self) -> None:
        """The dialog, in front."""
        if self.dialog is None:
            self.dialog = SettingsDialog(
                self._client,
                self._preferences,
                self._window.actions_,
                self._paths,
                self._window.onboarding.models.setup,
                self._window,
            )
            self.dialog.folders_wanted.connect(self._window.dialogs.show_folders)
            self.dialog.model_wanted.connect(self._use_one)
            self.dialog.disk_use.purge_wanted.connect(self._purge)
            self.dialog.show_key_problems(self._presence.key_problems)
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    def show_models(self) -> None:
        """The dialog where models are chosen."""
        self.show()
        if self.dialog is not None:
            self.dialog.show_models()

    def _changed(self, settings: Settings, names: frozenset[str]) -> None:
        if "appearance" in names:
            self._theme.choose(settings.appearance)
            self._mark_appearance()
        if names & KEYS:
            self._presence.apply(settings)
            self._show_key_problems()
        if names & NEW_ENGINE:
            self._client.restart()
        elif names & READ_AGAIN:
            self._client.request(ReloadSettings(), failed=self._refused, parent=self)

    def _mark_appearance(self, *_: object) -> None:
        """In the menu: the look that holds."""
        mark_appearance(self._window.main_menu, self._preferences.settings.appearance)

    def _show_key_problems(self) -> None:
        if self.dialog is not None:
            self.dialog.show_key_problems(self._presence.key_problems)

    def _use(self, embedder: str, reranker: str) -> None:
        """The engine writes the choice down; vectors of another embedder are made beside the old ones."""
        self._client.request(UseModel(embedder, reranker), done=self._used, failed=self._refused, parent=self)

    def _use_one(self, model: Model) -> None:
        if model.role == "embedder":
            self._use(model.name, "")
        else:
            self._use("", model.name)

    def _used(self, _status: object) -> None:
        self._preferences.change(by_meaning=True)
        self._refused("")
        if self.dialog is not None:
            self.dialog.models.ask()

    def _purge(self) -> None:
        """Everything goes, and with it the program."""

        def gone(_reply: object) -> None:
            self.purged = True
            self._client.stop()
            desktop_entries.take_away(self._paths)
            self._window.place.kept = False
            self._presence.quit(at_once=True)

        self._client.request(Purge(), done=gone, failed=self._refused, parent=self)

    def _refused(self, sentence: str) -> None:
        if self.dialog is not None and self.dialog.isVisible():
            self.dialog.say(sentence)
        else:
            self._window.say(sentence)

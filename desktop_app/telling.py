"""The one sentence across the window: what is said there, what goes first, and what can be done about it."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.actions import Actions, Command
from desktop_app.engine_client import EngineClient, Link
from desktop_app.language import wording
from desktop_app.widgets.banner import Banner


class Telling(QObject):
    """An engine that is not running goes first, then what was said or offered last, then why it cannot index,
    then a note on models.

    Signals:
        folders_wanted(tuple[str, ...]): these are to be searchable.
        models_wanted: the person wants to choose others.
    """

    folders_wanted = Signal(object)
    models_wanted = Signal()

    def __init__(self, client: EngineClient, banner: Banner, actions: Actions, window: QWidget) -> None:
        super().__init__(window)
        self._client = client
        self._banner = banner
        self._actions = actions
        self._said = ""
        self._undo: Callable[[], object] | None = None
        self._offered: tuple[str, ...] = ()
        self._read: set[str] = set()
        client.status_changed.connect(self._update)
        client.link_changed.connect(self._update)
        banner.dismissed.connect(self._dismissed)
        self._update()

    def say(self, sentence: str, undo: Callable[[], object] | None = None) -> None:
        """A sentence for the person, with an offer to undo it; "" takes it back."""
        self._said, self._undo = sentence, undo
        self._update()

    def offer_folders(self, paths: Sequence[str]) -> None:
        """Ask whether these are to be searchable, unless all of them are."""
        status = self._client.status
        known = {folder.path for folder in status.folders} if status is not None else set()
        self._offered = tuple(path for path in paths if path not in known)
        one = self.tr("“{name}” is searchable already.").replace("{name}", _name(paths[0]))
        many = self.tr("These {n} folders are searchable already.")
        self.say("" if self._offered else wording.counted(len(paths), one, many))

    def _update(self, *_: object) -> None:
        client = self._client
        status = client.status
        trouble = status.trouble if status is not None else ""
        note = trouble or (wording.of_models(status.models) if status is not None else "")
        if client.link is Link.STOPPED:
            log = (self.tr("Show log"), self._actions[Command.SHOW_LOG].trigger)
            self._banner.say(client.reason, serious=True, actions=(log, (self.tr("Try again"), client.start)))
        elif self._said:
            undo = ((self.tr("Undo"), self._undo),) if self._undo is not None else ()
            self._banner.say(self._said, actions=undo)
        elif self._offered:
            self._banner.say(self._question(), actions=((self._answer(), self._accept),))
        else:
            models = ((self.tr("Choose models…"), self.models_wanted.emit),)
            self._banner.say("" if note in self._read else note, actions=() if trouble else models)

    def _question(self) -> str:
        one = self.tr("Make the files in “{name}” searchable?").replace("{name}", _name(self._offered[0]))
        many = self.tr("Make the files in these {n} folders searchable?")
        return wording.counted(len(self._offered), one, many)

    def _answer(self) -> str:
        return self.tr("Add folder") if len(self._offered) == 1 else self.tr("Add folders")

    def _accept(self) -> None:
        paths, self._offered = self._offered, ()
        self.folders_wanted.emit(paths)
        self._update()

    def _dismissed(self, sentence: str) -> None:
        if self._said:
            self._said, self._undo = "", None
        elif self._offered:
            self._offered = ()
        else:
            self._read.add(sentence)
        self._update()


def _name(path: str) -> str:
    return Path(path).name or path

"""The person's settings as the window holds them: changed in one place, written at once, told to all."""

import logging
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop_app.language import engine_words
from indexer.errors import UserError
from indexer.paths import Paths
from indexer.settings import Settings

log = logging.getLogger(__name__)


class Preferences(QObject):
    """What `settings.toml` says.

    Signals:
        changed(Settings, frozenset[str]): they are others now; the names of those that are.
        failed(str): a sentence: they could not be written.
    """

    changed = Signal(object, object)
    failed = Signal(str)

    def __init__(self, paths: Paths, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._paths = paths
        try:
            self.settings = Settings.load(paths.settings)
        except UserError as error:
            log.warning("%s", error)  # the engine refuses to start with the same sentence, which is shown
            self.settings = Settings()

    def change(self, **values: Any) -> bool:
        """Set these. The file is read again first: the engine or the person may have changed it. False when
        it cannot be written."""
        try:
            before = Settings.load(self._paths.settings)
            after = replace(before, **values)
            if after != before:
                after.save(self._paths.settings)
        except UserError as error:
            self.failed.emit(engine_words.said(str(error)))
            return False
        names = frozenset(name for name in values if getattr(after, name) != getattr(self.settings, name))
        self.settings = after
        if names:
            self.changed.emit(after, names)
        return True

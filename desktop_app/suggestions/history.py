"""What was asked before, kept in the window's own file beside the index and nowhere else."""

from PySide6.QtCore import QObject, QSettings, Signal

KEPT = 50


class History(QObject):
    """Questions as they were typed, the latest first.

    Signals:
        changed: there is one more, or none any more.
    """

    changed = Signal()

    def __init__(self, settings: QSettings, parent: QObject) -> None:
        super().__init__(parent)
        self._settings = settings
        kept = settings.value("history")
        self._texts = [kept] if isinstance(kept, str) else list(kept) if isinstance(kept, list) else []

    @property
    def texts(self) -> tuple[str, ...]:
        """All of them."""
        return tuple(self._texts)

    def add(self, text: str) -> None:
        """Somebody used what this found. The beginning of it, asked just before, gives way."""
        text = " ".join(text.split())
        if not text or self._texts[:1] == [text]:
            return
        if self._texts and text.startswith(self._texts[0]):
            del self._texts[0]
        self._texts = [text, *(each for each in self._texts if each != text)][:KEPT]
        self._keep()

    def clear(self) -> None:
        """Forget everything."""
        self._texts = []
        self._keep()

    def _keep(self) -> None:
        self._settings.setValue("history", self._texts)
        self._settings.sync()
        self.changed.emit()

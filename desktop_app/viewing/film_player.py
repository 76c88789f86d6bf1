"""A film played from a moment on, out of pictures that a decoder process draws a few seconds at a time.

Why not the system's player in this process: a hostile film would then have the window to bring down, and what
that player cannot decode would not play. What this costs is the sound, for which the film is opened.
"""

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.engine_client import EngineClient
from indexer.messages.item_messages import Film, GetFilm

SECONDS = 2.0
"""Asked for at a time: what comes is shown at once, and the next is drawn meanwhile."""
RATE = 12
"""Pictures a second: from about here on they are seen as movement. Of a film of 720p, 16 of them took the
decoder 0.48 s of processor time, and 30 took 0.68 s, as most of the work is to read the film itself."""
SIZE = 960


class FilmPlayer(QObject):
    """Plays until it is stopped or the film ends.

    Signals:
        shown(str, float): this picture now, which is of this moment in seconds.
        ended: there is no more of it, or the sentence of `refused` says why there is none.
        refused(str).
    """

    shown = Signal(str, float)
    ended = Signal()
    refused = Signal(str)

    def __init__(self, client: EngineClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._path = ""
        self._start_s = 0.0
        self._frames: list[str] = []
        self._number = 0
        self._complete = False
        self._asking = False
        self._turn = 0
        self._timer = QTimer(self)
        self._timer.setInterval(1000 // RATE)
        self._timer.timeout.connect(self._next)

    @property
    def playing(self) -> bool:
        """Whether it goes on by itself."""
        return self._timer.isActive()

    def play(self, path: str, start_s: float) -> None:
        """From this moment on; the same place again goes on where it was stopped."""
        self._timer.start()
        if (path, start_s) != (self._path, self._start_s) or self._at_the_end():
            self._path, self._start_s = path, start_s
            self._frames, self._number, self._complete = [], 0, False
            self._asking = False
            self._turn += 1
            self._ask()

    def pause(self) -> None:
        """Stay at the picture at hand."""
        self._timer.stop()

    def stop(self) -> None:
        """Forget it."""
        self._timer.stop()
        self._turn += 1
        self._path, self._frames = "", []

    def _at_the_end(self) -> bool:
        return self._complete and self._number >= len(self._frames)

    def _ask(self) -> None:
        self._asking = True
        turn = self._turn
        begin = self._start_s + len(self._frames) / RATE
        self._client.request(
            GetFilm(self._path, begin, SECONDS, RATE, SIZE),
            done=lambda film: self._arrived(turn, film),
            failed=lambda sentence: self._failed(turn, sentence),
            parent=self,
        )

    def _arrived(self, turn: int, film: Film) -> None:
        if turn == self._turn:
            self._asking = False
            self._frames += film.frames
            self._complete = film.last

    def _failed(self, turn: int, sentence: str) -> None:
        if turn == self._turn:
            self._timer.stop()
            self._asking, self._complete = False, True
            self.refused.emit(sentence)
            self.ended.emit()

    def _next(self) -> None:
        if self._number < len(self._frames):
            self.shown.emit(self._frames[self._number], self._start_s + self._number / RATE)
            self._number += 1
            left = len(self._frames) - self._number
            if left < SECONDS * RATE and not self._asking and not self._complete:
                self._ask()
        elif self._complete:
            self._timer.stop()
            self.ended.emit()

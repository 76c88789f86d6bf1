"""Progress of long work on standard error: a bar on a terminal, a quiet line now and then elsewhere."""

import sys
import time
from collections import deque
from typing import TextIO

from indexer.work_messages import Status

QUIET_LINE_S = 10.0
BAR_WIDTH = 30
RATE_WINDOW_S = 10.0


class Bar:
    """One line that is drawn again and again; `close()` leaves the terminal clean."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._terminal = self._stream.isatty()
        self._drawn = 0
        self._next_line = time.monotonic() + QUIET_LINE_S

    def draw(self, share: float, text: str) -> None:
        """Draw it, or say it if it is time to. `share` of the work done, 0..1."""
        if self._terminal:
            done = int(BAR_WIDTH * min(1.0, share))
            self._draw(f"[{'█' * done}{'·' * (BAR_WIDTH - done)}] {text}")
        elif time.monotonic() >= self._next_line:
            self._next_line = time.monotonic() + QUIET_LINE_S
            self._write(text + "\n")

    def close(self) -> None:
        """Take the bar away."""
        if self._drawn:
            self._draw("")
            self._write("\r")

    def _draw(self, line: str) -> None:
        self._write("\r" + line.ljust(self._drawn))
        self._drawn = len(line)

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()


class Progress(Bar):
    """Indexing, from the latest status."""

    def __init__(self, stream: TextIO | None = None) -> None:
        super().__init__(stream)
        self._total = self._blurred = self._incomplete = 0

    def show(self, status: Status) -> None:
        """Draw it, or say it if it is time to."""
        self._total = max(self._total, status.pending)
        self._blurred = max(self._blurred, status.blurred)
        self._incomplete = max(self._incomplete, status.incomplete)
        if status.blurred and not status.pending:
            self.draw((self._blurred - status.blurred) / self._blurred, self._closer(status))
        elif status.incomplete and not status.pending and not status.unread:
            done = self._incomplete - status.incomplete
            self.draw(done / self._incomplete, f"{done} of {self._incomplete} looked at once more")
        elif status.pending or self._total:
            self.draw((self._total - status.pending) / max(1, self._total), self._text(status))

    def _closer(self, status: Status) -> str:
        done = f"{self._blurred - status.blurred} of {self._blurred} looked at more closely"
        return f"{done}; {status.waiting}" if status.waiting else done + _left(status)

    def _text(self, status: Status) -> str:
        if status.state in ("starting", "loading"):
            return f"{status.pending} files found, loading {status.embedder} …"
        if status.waiting:
            return f"{self._total - status.pending} of {self._total} files; {status.waiting}"
        rate = f", {status.rate:.1f} a second" if status.rate else ""
        return f"{self._total - status.pending} of {self._total} files{rate}{_left(status)}"


def _left(status: Status) -> str:
    return f", {duration(status.eta_s)} left" if status.eta_s is not None else ""


class Rate:
    """Bytes per second over the last seconds."""

    def __init__(self) -> None:
        self._points: deque[tuple[float, int]] = deque()

    def add(self, done: int) -> float:
        """Note how much is done by now; returns the rate, 0 while unknown."""
        now = time.monotonic()
        self._points.append((now, done))
        while self._points[0][0] < now - RATE_WINDOW_S:
            self._points.popleft()
        first, before = self._points[0]
        return max(0.0, (done - before) / (now - first)) if now - first > 0.5 else 0.0


def fetching(name: str, done: int, total: int, rate: float) -> str:
    """A download, for people."""
    text = f"{name}: {done / 1e9:.2f} of {total / 1e9:.2f} GB"
    if rate:
        text += f", {rate / 1e6:.1f} MB a second, {duration((total - done) / rate)} left"
    return text


def duration(seconds: float) -> str:
    """As people write it: 3:05, or 2 h 05 min."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02d} min" if hours else f"{minutes}:{rest:02d}"

"""Progress of long work on standard error: a bar on a terminal, a quiet line now and then elsewhere."""

import os
import sys
import time
from collections import deque
from contextlib import suppress
from typing import TextIO

from indexer.messages.model_messages import Download
from indexer.messages.work_messages import Status

QUIET_LINE_S = 10.0
BAR_WIDTH, SHORTEST_BAR = 30, 8
USUAL_WIDTH = 80
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
            room = self._room()
            width = min(BAR_WIDTH, room - len(text) - 3)
            done = int(width * min(1.0, share))
            line = f"[{'█' * done}{'·' * (width - done)}] {text}" if width >= SHORTEST_BAR else text
            self._draw(line if len(line) <= room else f"{line[: room - 1]}…")
        elif time.monotonic() >= self._next_line:
            self._next_line = time.monotonic() + QUIET_LINE_S
            self._write(text + "\n")

    def close(self) -> None:
        """Take the bar away."""
        if self._drawn:
            self._draw("")
            self._write("\r")

    def _draw(self, line: str) -> None:
        self._write("\r" + line.ljust(min(self._drawn, self._room())))
        self._drawn = len(line)

    def _room(self) -> int:
        """Characters of a line that does not wrap: what wraps cannot be drawn over and fills the screen."""
        try:
            columns = os.get_terminal_size(self._stream.fileno()).columns
        except (OSError, ValueError):
            columns = 0
        return (columns or USUAL_WIDTH) - 1

    def _write(self, text: str) -> None:
        with suppress(OSError):  # a terminal that was closed stops nothing
            self._stream.write(text)
            self._stream.flush()


class Progress(Bar):
    """Indexing, from the latest status."""

    def __init__(self, stream: TextIO | None = None) -> None:
        super().__init__(stream)
        self._most: dict[str, int] = {}

    def show(self, status: Status) -> None:
        """Draw it, or say it if it is time to; nothing once nothing is left to be done."""
        waiting = f"; {status.waiting}" if status.waiting else ""
        if status.pending:
            most = self._most["files"] = max(self._most.get("files", 0), status.pending)
            self.draw((most - status.pending) / most, _text(most, status))
        elif status.rebuilding:
            done = f"all files are looked at again, {100 * status.rebuilt:.0f} % done"
            self.draw(status.rebuilt, done + waiting)
        elif status.blurred:
            self._count(status.blurred, "looked at more closely", waiting or _left(status))
        elif status.unread:
            self._count(status.unread, "pictures looked through for words", waiting)
        elif status.incomplete:
            self._count(status.incomplete, "looked at once more", waiting)
        elif status.unpictured:
            self._count(status.unpictured, "lost thumbnails made again", waiting)
        else:
            self._most.clear()
            self.close()

    def _count(self, left: int, what: str, rest: str) -> None:
        most = self._most[what] = max(self._most.get(what, 0), left)
        self.draw((most - left) / most, f"{most - left} of {most} {what}{rest}")


def _text(most: int, status: Status) -> str:
    if status.state in ("starting", "loading"):
        return f"{status.pending} files found, loading {status.embedder} …"
    done = f"{most - status.pending} of {most} files"
    if status.waiting:
        return f"{done}; {status.waiting}"
    rate = f", {status.rate:.1f} a second" if status.rate else ""
    return f"{done}{rate}{_left(status)}"


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


def fetching(news: Download) -> str:
    """A download under way, for people."""
    if news.state == "waiting":
        return f"{news.name}: another program is fetching it, waiting …"
    if news.state == "retrying":
        return f"{news.name}: the connection broke off, trying again …"
    if news.state == "checking":
        return f"{news.name}: checking what arrived …"
    if not news.total_bytes:
        return f"{news.name}: asking for the list of files …"
    text = f"{news.name}: {news.done_bytes / 1e9:.2f} of {news.total_bytes / 1e9:.2f} GB"
    if news.rate:
        left = duration((news.total_bytes - news.done_bytes) / news.rate)
        text += f", {news.rate / 1e6:.1f} MB a second, {left} left"
    return text


def duration(seconds: float) -> str:
    """As people write it: 3:05, or 2 h 05 min."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02d} min" if hours else f"{minutes}:{rest:02d}"

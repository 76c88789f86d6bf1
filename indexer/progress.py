"""Progress of long work on standard error: a bar on a terminal, a quiet line now and then elsewhere."""

import sys
import time
from typing import TextIO

from indexer import protocol

QUIET_LINE_S = 10.0
BAR_WIDTH = 30


class Progress:
    """Shows the latest status; `close()` leaves the terminal clean."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._terminal = self._stream.isatty()
        self._drawn = 0
        self._total = 0
        self._next_line = time.monotonic() + QUIET_LINE_S

    def show(self, status: protocol.Status) -> None:
        """Draw it, or say it if it is time to."""
        self._total = max(self._total, status.pending)
        if not status.pending and not self._total:
            return
        text = self._text(status)
        if self._terminal:
            done = BAR_WIDTH * (self._total - status.pending) // max(1, self._total)
            self._draw(f"[{'█' * done}{'·' * (BAR_WIDTH - done)}] {text}")
        elif time.monotonic() >= self._next_line:
            self._next_line = time.monotonic() + QUIET_LINE_S
            self._write(text + "\n")

    def close(self) -> None:
        """Take the bar away."""
        if self._drawn:
            self._draw("")
            self._write("\r")

    def _text(self, status: protocol.Status) -> str:
        if status.state in ("starting", "loading"):
            return f"{status.pending} files found, loading {status.embedder} …"
        rate = f", {status.rate:.1f} a second" if status.rate else ""
        left = f", {_duration(status.eta_s)} left" if status.eta_s is not None else ""
        return f"{self._total - status.pending} of {self._total} files{rate}{left}"

    def _draw(self, line: str) -> None:
        self._write("\r" + line.ljust(self._drawn))
        self._drawn = len(line)

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02d} min" if hours else f"{minutes}:{rest:02d}"

"""A thread that ends child processes which hang or grow."""

import contextlib
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from indexer.errors import MediaError

_WATCH_EVERY_S = 0.25
_PATIENCE = 10
_AT_WORK = 1e-3


class DecoderDied(MediaError):
    """The file took its decoder process down (crash, hang, too much memory). Worth one more try."""


class Watched(Protocol):
    """A child at work on one file."""

    def resident_bytes(self) -> int:
        """The memory it takes; 0 when it is gone."""
        ...

    def processor_s(self) -> float:
        """The processor time it has taken so far; 0 when it is gone."""
        ...

    def kill(self, verdict: Exception) -> None:
        """End it now, for this reason."""
        ...


class Supervisor:
    """Watches those that somebody waits for. Asleep while there is none.

    Args:
        timeout_s: seconds without an answer after which a child is given up: of processor time, or of any
            time if it takes no processor (ten times as long on a machine that is merely busy).
        memory_limit: bytes a child may take.
    """

    def __init__(self, timeout_s: float, memory_limit: int) -> None:
        self._timeout_s = timeout_s
        self._memory_limit = memory_limit
        self._changed = threading.Condition()
        self._waits: dict[Watched, _Wait] = {}
        self._thread: threading.Thread | None = None
        self._closed = False

    @contextlib.contextmanager
    def watching(self, worker: Watched) -> Iterator[None]:
        """While the caller waits for the worker's next answer. Time in which nobody waits does not count."""
        wait = _Wait(time.monotonic(), worker.processor_s())
        with self._changed:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="decoder-supervisor", daemon=True)
                self._thread.start()
            self._waits[worker] = wait
            self._changed.notify()
        try:
            yield
        finally:
            with self._changed:
                del self._waits[worker]

    def close(self) -> None:
        """End the thread."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        with self._changed:
            while not self._closed:
                for worker, wait in self._waits.items():
                    self._judge(worker, wait)
                self._changed.wait(_WATCH_EVERY_S if self._waits else None)

    def _judge(self, worker: Watched, wait: "_Wait") -> None:
        if worker.resident_bytes() > self._memory_limit:
            limit = self._memory_limit / (1 << 30)
            worker.kill(
                DecoderDied(f"It needs more memory than Sightline allows for one file ({limit:.0f} GB).")
            )
        waited = time.monotonic() - wait.since
        if waited <= self._timeout_s:
            return
        worked = worker.processor_s() - wait.processor_s
        if worked < _AT_WORK * waited or worked > self._timeout_s or waited > _PATIENCE * self._timeout_s:
            worker.kill(
                DecoderDied(f"It kept the decoder busy for {self._timeout_s:.0f} seconds without result.")
            )


@dataclass(frozen=True, slots=True)
class _Wait:
    """Since when an answer is waited for, and the processor time that the child had taken by then."""

    since: float
    processor_s: float

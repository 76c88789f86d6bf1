"""ReadDirectoryChangesW through watchdog, with its silent failure made audible.

Where more changes than fit into its buffer, the system answers with an empty one, which watchdog passes over.
"""

from collections.abc import Callable
from queue import Empty, Queue
from typing import Any

from watchdog.observers.api import BaseObserver
from watchdog.observers.read_directory_changes import WindowsApiEmitter
from watchdog.observers.winapi import DirectoryChangeReader


class WindowsObserver(BaseObserver):
    """An observer that says so when events were lost.

    Args:
        on_lost: called, from a reader's thread, when the system dropped events.
    """

    def __init__(self, on_lost: Callable[[], None]) -> None:
        super().__init__(_Emitter, on_lost=on_lost)


class _Emitter(WindowsApiEmitter):
    def __init__(self, *arguments: Any, on_lost: Callable[[], None], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._on_lost = on_lost

    def on_thread_start(self) -> None:
        """As it is there, with a reader that listens for losses."""
        reader = DirectoryChangeReader(self.watch.path, recursive=self.watch.is_recursive)
        reader._buf_queue = _Buffers(self._on_lost)
        with self._lock:
            self._reader = reader
        try:
            reader.start()
        except Empty:  # it waits two seconds; what comes of it later must not stay
            reader._should_stop = True
            raise


class _Buffers(Queue[tuple[bytes, bool]]):
    """What a reader hands over. Its first buffer, an empty one, says that it has begun."""

    def __init__(self, on_lost: Callable[[], None]) -> None:
        super().__init__()
        self._on_lost = on_lost
        self._has_begun = False

    def put(self, item: tuple[bytes, bool], block: bool = True, timeout: float | None = None) -> None:
        buffer, _ = item
        if self._has_begun and not buffer:
            self._on_lost()
        self._has_begun = True
        super().put(item, block, timeout)

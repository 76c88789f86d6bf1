"""Whether a folder's disk answers: a server that has gone keeps whoever asks waiting, for minutes or more.

So a thread of its own asks, and only that one waits. As long as it does, the folder is silent.
"""

import contextlib
import os
import threading
import time
from collections.abc import Callable

PATIENCE_S = 5.0
"""How long a folder may take to answer; a disk that slept may need that."""


class Answering:
    """Knocks at folders. Any thread; one that waits for an answer of the same folder waits no longer for it.

    Args:
        knock: touches the folder, and may never return.
    """

    def __init__(self, knock: Callable[[str], None] | None = None) -> None:
        self._knock = knock or _knock
        self._lock = threading.Lock()
        self._asked: dict[str, tuple[float, threading.Event]] = {}

    def silent(self, folder: str) -> bool:
        """Whether nothing came back in `PATIENCE_S`; True at once while an earlier knock has no answer."""
        with self._lock:
            if (asked := self._asked.get(folder)) is None:
                asked = self._asked[folder] = (time.monotonic(), threading.Event())
                name = f"knock at {folder}"
                threading.Thread(target=self._ask, args=(folder, asked[1]), name=name, daemon=True).start()
        since, answered = asked
        return not answered.wait(max(0.0, since + PATIENCE_S - time.monotonic()))

    def _ask(self, folder: str, answered: threading.Event) -> None:
        try:
            self._knock(folder)
        finally:
            with self._lock:
                del self._asked[folder]
            answered.set()


def _knock(folder: str) -> None:
    """That it is not there, or may not be read, is an answer."""
    with contextlib.suppress(OSError, ValueError), os.scandir(folder) as entries:
        next(entries, None)

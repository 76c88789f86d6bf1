"""Whether a folder's disk answers: a server that has gone keeps whoever asks waiting, for minutes or more.

So a thread of its own asks, and only that one waits. As long as it does, the folder is silent. What touches a
file there, to compare or to read it, is done in such a thread as well, and left to itself in the end.
"""

import contextlib
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from pathlib import Path
from typing import Final, TypeVar

from indexer.errors import NoAnswer

T = TypeVar("T")

PATIENCE_S = 5.0
"""How long a folder may take to answer; a disk that slept may need that."""
NO_ANSWER: Final = "The disk or server that it is on does not answer now."


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

    def patiently(self, at: Callable[[], str | Path], touch: Callable[[], T]) -> T:
        """What `touch` returns or raises, which may take as long as its folder answers.

        Args:
            at: the file that is touched, or comes next.

        Raises `NoAnswer` once that is silent. What `touch` comes to afterwards, if ever, is lost.
        """
        if self._is_known_silent(Path(at())):
            raise NoAnswer(NO_ANSWER)
        touched: Future[T] = Future()
        threading.Thread(target=_fulfil, args=(touched, touch), name="touch", daemon=True).start()
        while not wait([touched], PATIENCE_S).done:
            if self.silent(str(Path(at()).parent)):
                raise NoAnswer(NO_ANSWER)
        return touched.result()

    def _is_known_silent(self, path: Path) -> bool:
        """Whether a knock at a folder around it waits for too long already."""
        with self._lock:
            late = [folder for folder, (since, _) in self._asked.items() if _is_late(since)]
        return any(path.is_relative_to(folder) for folder in late)

    def _ask(self, folder: str, answered: threading.Event) -> None:
        try:
            self._knock(folder)
        finally:
            with self._lock:
                del self._asked[folder]
            answered.set()


def _is_late(since: float) -> bool:
    return time.monotonic() - since > PATIENCE_S


def _fulfil(promise: "Future[T]", touch: Callable[[], T]) -> None:
    try:
        promise.set_result(touch())
    except BaseException as error:
        promise.set_exception(error)


def _knock(folder: str) -> None:
    """That it is not there, or may not be read, is an answer."""
    with contextlib.suppress(OSError, ValueError), os.scandir(folder) as entries:
        next(entries, None)

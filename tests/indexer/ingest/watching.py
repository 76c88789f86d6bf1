"""What a watcher reported, and a way to wait for it."""

import threading
from collections.abc import Callable
from pathlib import Path

WITHIN_S = 60.0


class Reports:
    """Called by a watcher."""

    def __init__(self) -> None:
        self.batches: list[set[str]] = []
        self._changed = threading.Condition()

    def __call__(self, paths: set[str]) -> None:
        with self._changed:
            self.batches.append(paths)
            self._changed.notify_all()

    @property
    def paths(self) -> set[str]:
        return set().union(*self.batches)

    def until(self, done: Callable[[set[str]], bool]) -> set[str]:
        with self._changed:
            assert self._changed.wait_for(lambda: done(self.paths), WITHIN_S), self.paths
            return self.paths

    def until_has(self, *paths: Path) -> set[str]:
        return self.until(lambda reported: reported >= {str(path) for path in paths})

    def until_covers(self, path: Path) -> set[str]:
        """Until the path itself or a folder above it is reported."""
        above = {str(path), *map(str, path.parents)}
        return self.until(lambda reported: not reported.isdisjoint(above))

    def clear(self) -> None:
        with self._changed:
            self.batches.clear()

"""A watched folder as the watcher knows it."""

import os
from pathlib import Path
from typing import TypeAlias

from watchdog.observers.api import ObservedWatch

from indexer.ingest.watching.watchable import is_remote

Identity: TypeAlias = tuple[int, int]
"""Of a folder as long as it is the same one."""
State: TypeAlias = tuple[int, int]
"""Of a file while nothing is written to it."""


class Root:
    """A watched folder. Without `watch`, or with a `note`, it is looked through now and then.

    Attributes:
        watched: the path that is watched. prefix, real_prefix: what the paths in it begin with, by its own
            and by where that leads.
        limited: the system allows no more watches. remote: on another computer.
        ended: it was said to be deleted, and whatever has its place now, even under its number, is not
            watched.
        servers: where others are mounted in it.
    """

    def __init__(self, path: str) -> None:
        self.path = self.watched = path
        self.prefix = self.real_prefix = prefix_of(path)
        self.identity: Identity | None = None
        self.watch: ObservedWatch | None = None
        self.limited = self.remote = self.ended = False
        self.note = ""
        self.servers: set[str] = set()
        self.next_look = 0.0

    def resolve(self) -> None:
        """Find out where it leads, and whether to another computer."""
        real = os.path.realpath(self.path)
        self.real_prefix = prefix_of(real)
        self.watched = real if Path(self.path).is_symlink() else self.path  # a link would be watched itself
        self.remote = is_remote(self.path)

    def named(self, path: str) -> str:
        """A path as it is through this folder."""
        real = path + os.sep  # of one that is a link, and by macOS of one chosen through any, that is told
        if not real.startswith(self.real_prefix):
            return path
        return (self.prefix + real[len(self.real_prefix) :]).removesuffix(os.sep)

    def is_far(self, path: str) -> bool:
        """Whether a path in it is on a server: that may be gone in the middle of a copy, and is not asked."""
        return self.remote or (self.named(path) + os.sep).startswith(tuple(map(prefix_of, self.servers)))

    def state(self, path: str) -> State | None:
        """Of a file that may still grow; None on a server."""
        if self.is_far(path):
            return None
        try:
            status = os.stat(path)  # noqa: PTH116 - twice for every file that is touched
        except OSError:
            return None
        return status.st_size, status.st_mtime_ns


def prefix_of(folder: str) -> str:
    """What the paths of all that is in a folder begin with."""
    return folder if folder.endswith(os.sep) else folder + os.sep


def identity_of(path: str) -> Identity | None:
    """None where nothing is."""
    try:
        status = Path(path).stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino

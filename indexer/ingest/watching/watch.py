"""What has just changed: hints, from the system's own notifications, about where to look.

Watch a folder first and walk it then, and no change is missed in between.
"""

import contextlib
import logging
import os
import sys
import threading
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileAttribEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers.api import BaseObserver, ObservedWatch

from indexer.drives.answering import Answering
from indexer.errors import NoAnswer
from indexer.ingest.rules import is_ignored
from indexer.ingest.watching import watch_notes
from indexer.ingest.watching.root import Identity, Root, State, identity_of, prefix_of
from indexer.ingest.watching.watchable import is_removable, servers
from indexer.words import Phrase

SETTLE_S = 0.5
"""A change is reported once nothing new has come for its path for so long."""
GROWING_S = 2.0
"""A file that is written to and not closed is reported when its size and time stay equal for so long."""
LOOK_EVERY_S = 30.0
"""How often a folder that cannot be watched is reported as a whole, to be looked through."""
LOOK_AGAIN_S = 2.0
"""How soon one is looked for that has just gone: it may only have been away for a moment, or be replaced."""
ENDING_S = 3.0
"""How long the end waits for a folder that is just being gone through to be watched."""

# Without this list watchdog subscribes to every opening of a file, its own included
_EVENTS: Final[list[type[FileSystemEvent]]] = [
    FileCreatedEvent,
    FileModifiedEvent,
    FileAttribEvent,
    FileMovedEvent,
    FileDeletedEvent,
    FileClosedEvent,
    DirCreatedEvent,
    DirMovedEvent,
    DirDeletedEvent,
]

_log = logging.getLogger(__name__)


class Watcher:
    """Reports where something changed below the watched folders.

    Args:
        on_change: gets a set of absolute paths, on the watcher's own thread, never two at a time. A path may
            be a file or a folder, there or gone: compare it, and all below it, with what is known. A watched
            folder itself means that anything in it may have changed.
        exclude: folders whose changes are not reported (the program's own data, for one).
        ignored: whether nobody wants to know of a path (the first argument) below a watched folder. Asked
            for every event.
        answering: asked about a watched folder before it is touched.

    Both names of a move are reported.
    """

    def __init__(
        self,
        on_change: Callable[[set[str]], None],
        exclude: Collection[str | Path] = (),
        ignored: Callable[[str, str], bool] = is_ignored,
        answering: Answering | None = None,
    ) -> None:
        self._on_change = on_change
        self._ignored = ignored
        self._answering = answering or Answering()
        self._excluded = tuple(prefix_of(str(Path(path).absolute())) for path in exclude)
        # `_control` is for watching and unwatching. It is never taken while holding `_changed`, which the
        # observer's threads need to deliver events.
        self._control = threading.Lock()
        self._observer: BaseObserver | None = None
        self._roots: dict[str, Root] = {}
        self._servers: frozenset[str] = frozenset()
        self._silent: set[str] = set()
        self._going: _Going | None = None
        self._changed = threading.Condition()
        self._pending: dict[str, _Change] = {}
        self._lost = False
        self._stopped = False
        self._thread = threading.Thread(target=self._run, name="watcher", daemon=True)
        self._thread.start()

    def watch(self, folder: str | Path) -> None:
        """Report changes below this folder from now on. Never raises: see `note` for what may be wrong."""
        path = str(Path(folder).absolute())
        with self._control:
            if path not in self._roots:
                self._roots[path] = root = Root(path)
                self._attach(root)
        with self._changed:
            self._changed.notify()

    def unwatch(self, folder: str | Path) -> None:
        """Report nothing below this folder any more."""
        path = str(Path(folder).absolute())
        with self._control:
            root = self._roots.pop(path, None)
            if root is not None:
                self._detach(root)
        with self._changed:
            for name, change in list(self._pending.items()):
                if change.root is root:
                    self._hand_on(name, change)

    def _hand_on(self, path: str, change: "_Change") -> None:
        """To another watched folder that holds it, if there is one."""
        others = [other for other in self._roots.values() if path.startswith(other.prefix)]
        if others:
            change.root = max(others, key=lambda other: len(other.prefix))
        else:
            del self._pending[path]

    def note(self, folder: str | Path) -> str:
        """Why changes in this folder are noticed late, in a sentence; "" while they are seen at once."""
        root = self._roots.get(str(Path(folder).absolute()))
        return root.note if root is not None else ""

    def is_server(self, path: str) -> bool:
        """Whether a server is mounted there inside a watched folder, and so reported every `LOOK_EVERY_S`."""
        return any(path in root.servers for root in list(self._roots.values()))

    def stop(self) -> None:
        """End all threads but one that a disk keeps which does not answer. No report comes afterwards."""
        with self._changed:
            self._stopped = True
            self._changed.notify()
        self._thread.join(ENDING_S)
        if self._control.acquire(timeout=ENDING_S):
            self._close_observer()
            self._roots.clear()
            self._control.release()

    # --- on the watcher's thread --------------------------------------------------------------------------

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait(self._pause())
                if self._stopped:
                    return
                lost, self._lost = self._lost, False
                ready = self._ready(time.monotonic())
            with self._control:
                if lost:
                    _log.warning("what has changed is not known; looking through all folders")
                    self._close_observer()
                    for root in self._roots.values():
                        self._attach(root)
                    ready.update(self._roots)
                ready.update(self._looks(time.monotonic()))
            if ready and not self._stopped:
                self._report(_topmost(ready, frozenset(self._roots)))

    def _pause(self) -> float | None:
        """Seconds until there may be something to do."""
        if self._lost:
            return 0
        if self._pending:
            return SETTLE_S / 2
        looks = [root.next_look for root in list(self._roots.values())]
        return max(0.0, min(looks) - time.monotonic()) if looks else None

    def _ready(self, now: float) -> set[str]:
        ready = set()
        for path, change in list(self._pending.items()):
            if change.due > now:
                continue
            state = change.root.state(path)
            if change.complete or state == change.state:
                del self._pending[path]
                ready.add(path)
            else:
                change.state, change.due = state, now + GROWING_S
        return ready

    def _looks(self, now: float) -> set[str]:
        """The folders to look through: not watched, replaced or back again; and servers in the others."""
        due: set[str] = set()
        for root in self._roots.values():
            if now < root.next_look:
                continue
            root.next_look = now + LOOK_EVERY_S
            due |= {path for path in root.servers if not self._ignored(path, root.path)}
            if root.watch is None or self._identity(root) != root.identity:
                self._detach(root)
                self._attach(root)
                due.add(root.path)
            elif root.ended:  # and yet it is there: looked through until the next look watches it again
                self._detach(root)
                root.next_look = now + min(LOOK_AGAIN_S, LOOK_EVERY_S)
                root.note = _slow(watch_notes.UNWATCHED)
                due.add(root.path)
            elif root.note:
                due.add(root.path)
        return due

    def _report(self, paths: set[str]) -> None:
        try:
            self._on_change(paths)
        except Exception:
            _log.exception("a change could not be dealt with")

    # --- watching, with `_control` held -------------------------------------------------------------------

    def _attach(self, root: Root) -> None:
        root.identity = self._identity(root)
        pause_s = LOOK_EVERY_S if root.identity is not None else min(LOOK_AGAIN_S, LOOK_EVERY_S)
        root.next_look = time.monotonic() + pause_s
        root.note = self._schedule(root)

    def _identity(self, root: Root) -> Identity | None:
        if not self._answering.silent(root.path):
            with contextlib.suppress(NoAnswer):
                return self._answering.patiently(lambda: f"{root.prefix}*", lambda: identity_of(root.path))
        return None

    def _schedule(self, root: Root) -> str:
        """Start watching; returns the note."""
        root.limited = root.ended = False
        if root.identity is None:
            return watch_notes.missing(root.path, LOOK_EVERY_S)
        self._servers = servers()
        try:
            self._answering.patiently(lambda: f"{root.prefix}*", root.resolve)
            root.servers = {
                root.named(point) for point in self._servers if point.startswith(root.real_prefix)
            }
            if is_removable(root.path):
                return _slow(watch_notes.PULLED_OUT)
            root.watch = self._observe(root)
        except NoAnswer:
            return _slow(watch_notes.SILENT)
        except OSError as error:
            return watch_notes.refused(error, LOOK_EVERY_S)
        except Exception as error:  # Windows that takes two seconds, what macOS refuses: no OSError
            _log.warning("a folder cannot be watched: %s", type(error).__name__)
            return _slow(watch_notes.UNWATCHED)
        if root.limited:
            return _slow(watch_notes.TOO_MANY)
        return _slow(watch_notes.ELSEWHERE) if root.remote else ""

    def _observe(self, root: Root) -> ObservedWatch:
        """Raises `NoAnswer` when what is gone through to be watched falls silent.

        Whoever goes through it then keeps the observer to itself, so that all folders get another one.
        """
        if self._observer is None:
            self._observer = self._new_observer()
            self._observer.start()
        observer, going = self._observer, _Going(root.watched)

        def schedule() -> ObservedWatch:
            going.thread = threading.get_ident()
            return observer.schedule(
                _Handler(root, self._note_change), root.watched, recursive=True, event_filter=_EVENTS
            )

        self._going = going
        try:
            return self._answering.patiently(lambda: Path(going.at, "*"), schedule)
        except NoAnswer:
            self._silent.add(going.at)
            self._observer = None
            threading.Thread(target=observer.stop, name="observer given up", daemon=True).start()
            self._note_loss()
            raise
        finally:
            self._going = None

    def _detach(self, root: Root) -> None:
        if self._observer is not None and root.watch is not None:
            with contextlib.suppress(KeyError, OSError):
                self._observer.unschedule(root.watch)
        root.watch = None

    def _new_observer(self) -> BaseObserver:
        if sys.platform == "linux":
            from indexer.ingest.watching.watch_linux import LinuxObserver

            return LinuxObserver(self._note_loss, self._note_limit, self._leaves_out)
        elif sys.platform == "darwin":  # noqa: RET505 - for mypy, which follows one platform at a time
            from indexer.ingest.watching.watch_mac import MacObserver

            return MacObserver(self._note_loss)
        else:
            from indexer.ingest.watching.watch_windows import WindowsObserver

            return WindowsObserver(self._note_loss)

    def _close_observer(self) -> None:
        for root in self._roots.values():
            root.watch = None
        if self._observer is not None:
            self._observer.stop()
            self._observer.join()
            self._observer = None

    # --- from the observer's threads ----------------------------------------------------------------------

    def _leaves_out(self, path: str, root: str) -> bool:
        """Whether a folder is not watched: nobody wants to know of it, or its server does not answer.

        One that has just been made on a server is neither: the thread that hears of it is the only one, and
        the server is looked through now and then.
        """
        if self._ignored(path, root) or (path + os.sep).startswith(self._excluded):
            return True
        going = self._going
        if going is None or going.thread != threading.get_ident():
            return any(each.is_far(path) for each in list(self._roots.values()) if each.watched == root)
        if (path in self._servers or path in self._silent) and self._answering.silent(path):
            return True
        going.at = path
        return False

    def _note_change(self, root: Root, path: str, complete: bool) -> None:
        path = root.named(path)
        if self._ignored(path, root.path) or (path + os.sep).startswith(self._excluded):
            return
        now = time.monotonic()
        with self._changed:
            if path == root.path:
                root.next_look = now
            change = self._pending.get(path)
            if change is None or complete:
                wait = SETTLE_S if complete else GROWING_S
                self._pending[path] = _Change(root, now + wait, complete, root.state(path))
            elif change.complete:
                change.complete, change.due, change.state = False, now + GROWING_S, root.state(path)
            if len(self._pending) == 1:
                self._changed.notify()

    def _note_loss(self) -> None:
        with self._changed:
            self._lost = True
            self._changed.notify()

    def _note_limit(self, path: str) -> None:
        for root in list(self._roots.values()):
            if (path + os.sep).startswith((root.prefix, root.real_prefix)):
                root.limited = True
                root.note = _slow(watch_notes.TOO_MANY)


@dataclass(slots=True)
class _Going:
    """Going through a folder to watch it. `at`: what is touched just now, by this `thread`."""

    at: str
    thread: int = 0


@dataclass(slots=True)
class _Change:
    """A path to report when due. If not `complete` (written to, not closed), only once it rests."""

    root: Root
    due: float
    complete: bool
    state: State | None


class _Handler(FileSystemEventHandler):
    def __init__(self, root: Root, note_change: Callable[[Root, str, bool], None]) -> None:
        self._root = root
        self._note_change = note_change

    def on_any_event(self, event: FileSystemEvent) -> None:
        growing = isinstance(event, FileCreatedEvent | FileModifiedEvent | FileAttribEvent)
        if isinstance(event, DirDeletedEvent) and os.fsdecode(event.src_path) == self._root.watched:
            self._root.ended = True
        self._note_change(self._root, os.fsdecode(event.src_path), not growing)
        if event.dest_path:
            self._note_change(self._root, os.fsdecode(event.dest_path), True)


def _slow(why: Phrase) -> str:
    return watch_notes.slow(why, LOOK_EVERY_S)


def _topmost(paths: set[str], roots: Collection[str]) -> set[str]:
    """Without the paths below another one, but those in a watched folder that lies between them."""
    folder_of = {path: os.path.dirname(path) for path in paths}  # noqa: PTH120 - many files lie in few folders
    inside = {folder for folder in set(folder_of.values()) if _is_covered(folder, paths, roots)}
    return {
        path for path, folder in folder_of.items() if folder not in inside or folder == path or path in roots
    }


def _is_covered(folder: str, paths: Collection[str], roots: Collection[str]) -> bool:
    for around in (folder, *map(str, Path(folder).parents)):
        if around in paths:
            return True
        if around in roots:
            return False
    return False

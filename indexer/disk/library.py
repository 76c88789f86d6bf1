"""The one thread that compares disk and index: whole folders, events of the watcher, drives that come and go.

The watcher's events are hints that say where to look. Whole folders are compared at the start, when a drive
comes back, when events were lost, and every few hours, because no platform reports everything.
"""

import logging
import os
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TypeAlias

from indexer.disk.changes import Tell
from indexer.disk.reconcile import Reconciler
from indexer.drives.answering import Answering
from indexer.drives.volumes import Mount, Place, Volumes
from indexer.errors import NoAnswer, UserError
from indexer.ingest.watching.watch import Watcher
from indexer.messages.library_messages import Rules
from indexer.store.store import Store
from indexer.work.work_queue import WorkQueue

log = logging.getLogger(__name__)

LOOK_AT_DRIVES_S = 4.0
"""How often to see whether a folder came back or went away; no platform reports that reliably."""
RESCAN_S = 6 * 3600.0
GARBAGE_AFTER_S = 60.0
"""How long the content of a deleted file is kept, so that a move seen as "deleted, created" is free."""
ERASED_AT_ONCE = 500
"""Contents of a folder that has left the list."""


_Look: TypeAlias = tuple[Place, tuple[Mount, ...]]


class Library:
    """Keeps the index in step with the folders.

    Args:
        own: the data directory, whose files are never indexed.
        collect_garbage: called when idle some time after files have gone; False if it could not run.
        erase: deletes contents that no other file has, with their pictures.
        on_change: called when something was compared; must not block.
        volumes: the disks that are connected.
        answering: asked about a folder before it is touched, so that a dead server keeps only itself waiting.
    """

    def __init__(
        self,
        store: Store,
        queue: WorkQueue,
        own: str,
        collect_garbage: Callable[[], bool],
        on_change: Callable[[], None],
        volumes: Volumes | None = None,
        answering: Answering | None = None,
        erase: Callable[[Sequence[int]], None] = lambda contents: None,
    ) -> None:
        self._store = store
        self._queue = queue
        self._own = own
        self._collect_garbage = collect_garbage
        self._erase = erase
        self._on_change = on_change
        self._stopping = threading.Event()
        self._volumes = volumes or Volumes()
        self._answering = answering or Answering()
        self._reconciler = Reconciler(
            store, own, self._stopping.is_set, self._volumes, self._answering, queue.outdate, self._miss
        )
        self._tasks: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._open_tasks = 0
        self._lock = threading.Lock()
        self._watcher: Watcher | None = None
        self._there: dict[str, _Look | None] = {}
        self._heard: set[str] = set()
        self._took: dict[str, tuple[float, float]] = {}
        self._mounts = self._volumes.mounts
        self._scan_due = time.monotonic() + RESCAN_S
        self._garbage_due: float | None = None
        self._scrub_due = False
        self._thread = threading.Thread(target=self._run, name="library", daemon=True)

    def start(self, watch: bool) -> None:
        """Begin; with `watch`, every folder is compared now and followed from here on."""
        if watch:  # what an earlier run had no time to remove
            self._garbage_due = time.monotonic() + GARBAGE_AFTER_S
        self._thread.start()
        if watch:
            self._watcher = Watcher(self.changed, [self._own], self._ignored, self._answering)
            for folder in self._store.folders():
                self.follow(folder.path)

    def stop(self) -> None:
        """At the next file of the comparison under way."""
        self._stopping.set()
        if self._watcher is not None:
            self._watcher.stop()
        self._tasks.put(None)
        if self._thread.is_alive():
            self._thread.join(10.0)

    @property
    def busy(self) -> bool:
        """Something waits to be compared."""
        with self._lock:
            return self._open_tasks > 0

    def note(self, folder: str) -> str:
        """Why changes in a folder are noticed late, in a sentence; "" when they are noticed at once."""
        return self._watcher.note(folder) if self._watcher is not None else ""

    def follow(self, folder: str) -> None:
        """Compare the folder now and watch it, if watching."""
        self._do(lambda: self._follow(folder))

    def look_anew(self, folder: str) -> None:
        """As `follow`, and watch what could not be watched before."""
        self._do(lambda: self._look_anew(folder))

    def unfollow(self, folder: str, contents: Sequence[int] = ()) -> None:
        """It was removed from the list, and its files, which had these contents, from the index."""
        self._reconciler.reload()
        self._do(lambda: self._unfollow(folder, contents))

    def changed(self, paths: set[str]) -> None:
        """The watcher, or a decoder that missed a file, says that something happened there."""
        with self._lock:
            is_first = not self._heard
            self._heard |= paths
        if is_first:  # else what is to be compared next takes these along
            self._do(self._compare_heard)

    def rules_changed(self, taken_out: Sequence[str] = ()) -> None:
        """What is left out is something else in the index now.

        Args:
            taken_out: files and folders that have just left the index; if there are none, all folders are
                looked at for what is in or out now.
        """
        self._reconciler.reload()
        self._do(lambda: self._change_rules(taken_out))

    def rules(self) -> Rules:
        """By which folders are compared now."""
        return self._reconciler.scope.rules

    def _ignored(self, path: str, root: str) -> bool:
        return self._reconciler.scope.ignores_name(path, root)

    def _do(self, task: Callable[[], None]) -> None:
        with self._lock:
            self._open_tasks += 1
        self._tasks.put(task)

    def _run(self) -> None:
        chores_due = time.monotonic() + LOOK_AT_DRIVES_S
        while True:
            if time.monotonic() >= chores_due:
                self._guarded(self._chores)
                chores_due = time.monotonic() + LOOK_AT_DRIVES_S
            try:
                task = self._tasks.get(timeout=max(0.0, chores_due - time.monotonic()))
            except Empty:
                continue
            if task is None or self._stopping.is_set():
                return
            self._guarded(task)
            self._queue.wake()
            with self._lock:
                self._open_tasks -= 1
            self._on_change()

    def _guarded(self, task: Callable[[], None]) -> None:
        try:
            task()
        except UserError as error:
            self._queue.trouble_for_all(str(error))
            self._scan_due = time.monotonic() + LOOK_AT_DRIVES_S
        except Exception:
            log.exception("comparing a folder with the index failed")

    def _follow(self, folder: str) -> None:
        found = self._reconciler.reconnected(folder)
        if found != folder:
            self._forget_place(folder)
            folder = found
        self._there[folder] = self._place(folder)
        if self._watcher is not None and self._there[folder] is not None:
            self._watcher.watch(folder)
            if note := self._watcher.note(folder):
                log.info("%s", note)
        with self._queue.names_first():
            self._compare_whole(folder, self._queue.wake)
        self._queue.look_again()

    def _look_anew(self, folder: str) -> None:
        if self._watcher is not None:
            self._watcher.unwatch(folder)
        self._follow(folder)

    def _unfollow(self, folder: str, contents: Sequence[int]) -> None:
        self._forget_place(folder)
        # what was being compared when it left may have brought some back
        self._take_out([*contents, *self._store.left_out.remove_strays(folder)])
        # what another watched folder holds of it stays, if there is such a file and that means it, too
        self._reconciler.paths([folder], self._queue.wake)
        self._note(removed=True)
        self._scrub_due = True

    def _take_out(self, contents: Sequence[int]) -> None:
        """Some of them now, and the others behind what has happened meanwhile."""
        self._erase(contents[:ERASED_AT_ONCE])
        if rest := contents[ERASED_AT_ONCE:]:
            self._do(lambda: self._take_out(rest))
        else:
            self._store.scrub()

    def _forget_place(self, folder: str) -> None:
        self._there.pop(folder, None)
        if self._watcher is not None:
            self._watcher.unwatch(folder)

    def _change_rules(self, taken_out: Sequence[str]) -> None:
        if taken_out:  # what was being compared when they left may have brought them back
            self._reconciler.paths(taken_out, self._queue.wake)
        self._store.scrub()
        self._garbage_due, self._scrub_due = time.monotonic(), True
        if not taken_out:
            for row in self._store.folders():
                self.look_anew(row.path)

    def _compare_heard(self) -> None:
        with self._lock:
            heard, self._heard = self._heard, set()
        apart = {path for path in heard if path in self._there or self._is_server(path)}

        def urgently(found: list[str]) -> None:
            self._queue.wake(found, urgent=True)

        if heard - apart:
            self._note(self._reconciler.paths(heard - apart, urgently))
        elif apart:  # else that has just been done
            self._volumes.refresh()
        for folder in apart:
            there = self._there.get(folder)
            if there is not None and self._place(folder) != there:
                self._store.touch_folder(folder)  # it was there until a moment ago
                self._miss(folder)
            ended, took_s = self._took.get(folder, (0.0, 0.0))
            often = self.note(folder) or self._is_server(folder)
            # one that is looked through every half minute not all the time
            if not (often and time.monotonic() < ended + took_s):
                self._compare_whole(folder, urgently)

    def _compare_whole(self, folder: str, on_found: Tell) -> None:
        """A watched folder, or a server in one."""
        begun = time.monotonic()
        if folder in self._there:
            self._note(self._reconciler.folder(folder, on_found))
        else:
            self._note(self._reconciler.paths([folder], on_found, heard=False))
        self._took[folder] = time.monotonic(), time.monotonic() - begun

    def _miss(self, folder: str) -> None:
        """However soon it is there again, it was gone, and is looked at when it is there."""
        if folder in self._there:
            self._there[folder] = None
            if self._watcher is not None:
                self._watcher.unwatch(folder)

    def _is_server(self, path: str) -> bool:
        return self._watcher is not None and self._watcher.is_server(path)

    def _note(self, removed: bool) -> None:
        if removed:
            self._garbage_due = time.monotonic() + GARBAGE_AFTER_S

    def _chores(self) -> None:
        """What is done now and then."""
        if self._watcher is not None:
            self._volumes.refresh()  # as others do, too: what came since the last look here counts
            mounted, self._mounts = self._volumes.mounts != self._mounts, self._volumes.mounts
            for folder in self._reconciler.answers_again():
                if self._there.get(folder) is not None:  # else it comes back as a whole
                    self.look_anew(folder)
            for folder, before in list(self._there.items()):
                now = self._place(folder)
                if now != before or (mounted and now is None):
                    log.info("a folder came or went")
                    self._store.touch_folder(folder)  # it was there until a moment ago
                    self._watcher.unwatch(folder)
                    self.follow(folder)
            if time.monotonic() >= self._scan_due:
                self._scan_due = time.monotonic() + RESCAN_S
                for folder in self._there:
                    self.follow(folder)
        due = self._garbage_due
        if (
            due is not None
            and time.monotonic() >= due
            and not self._tasks.qsize()
            and self._collect_garbage()
        ):
            self._garbage_due = None
            if self._scrub_due:
                self._store.scrub()
                self._scrub_due = False

    def _place(self, folder: str) -> _Look | None:
        """Where the folder is now, and which disks are in it; None when it cannot be read."""

        def look() -> _Look:
            with os.scandir(folder):
                return self._volumes.place(folder), self._disks_inside(folder)

        if self._answering.silent(folder):
            return None
        try:
            return self._answering.patiently(lambda: Path(folder, "*"), look)
        except (OSError, NoAnswer):
            return None

    def _disks_inside(self, folder: str) -> tuple[Mount, ...]:
        """Without those of containers and the like, which come and go by the minute."""
        return tuple(
            mount
            for mount in self._volumes.inside(folder)
            if mount.volume and not self._ignored(mount.point, folder)
        )

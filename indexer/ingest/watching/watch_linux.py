"""inotify through watchdog, with folders that are found again wherever they move.

Why not watchdog's own bookkeeping: it follows moves by the paths it has, which are those of a moment ago.
Where several folders change places quickly (an unpacked archive, a sorted download), it took one for another
and told of changes at wrong paths from then on, or of none. Here the disk is asked which folder is at a path,
and the kernel's answer, the number of its watch, says which one that is (folder_tree.py). What was asked too
early or too late is put right by the event of the next move.

Why not its way with lost events: on an overflow of the kernel's queue it removes and adds every watch again,
and each removal queues an event, so with many folders it overflows itself for ever; and where the system's
limit of watches is reached below the root it goes on without a word.

Why not every folder is watched: a developer's home has more of them in node_modules and .git than the system
allows to be watched, and a mounted server that does not answer would hold up whoever goes through it.
"""

import errno
import logging
import os
import threading
from collections.abc import Callable
from typing import Any, Final

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileAttribEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileSystemEvent,
)
from watchdog.observers.api import BaseObserver, EventEmitter
from watchdog.observers.inotify_c import (
    CallbackId,
    InotifyConstants,
    InotifyEvent,
    InotifyFD,
    Mask,
    WatchCallback,
    WatchDescriptor,
)

from indexer.ingest.watching.folder_tree import FolderTree

_log = logging.getLogger(__name__)

_MASK: Final = Mask(
    InotifyConstants.IN_CREATE
    | InotifyConstants.IN_MODIFY
    | InotifyConstants.IN_ATTRIB
    | InotifyConstants.IN_CLOSE_WRITE
    | InotifyConstants.IN_MOVED_FROM
    | InotifyConstants.IN_MOVED_TO
    | InotifyConstants.IN_MOVE_SELF
    | InotifyConstants.IN_DELETE
    | InotifyConstants.IN_DELETE_SELF
    | InotifyConstants.IN_ONLYDIR
    | InotifyConstants.IN_DONT_FOLLOW
)


class LinuxObserver(BaseObserver):
    """An observer that only says so when it lost events or cannot watch a folder.

    Args:
        on_lost: called when the kernel dropped events; this observer is of no more use.
        on_limit: called with a folder that cannot be watched, as the system allows no more watches.
        leaves_out: whether a folder (the first argument) below a watched one is not to be watched, nor what
            is in it.
    """

    def __init__(
        self,
        on_lost: Callable[[], None],
        on_limit: Callable[[str], None],
        leaves_out: Callable[[str, str], bool],
    ) -> None:
        self._inotify = _Inotify(on_lost, on_limit)
        self._inotify.start()
        super().__init__(_Emitter, inotify_fd=self._inotify, leaves_out=leaves_out)

    def on_thread_stop(self) -> None:
        """Release the kernel's watches."""
        super().on_thread_stop()
        self._inotify.stop()
        self._inotify.join()


class _Emitter(EventEmitter):
    """One watched folder. Its events come in the thread that reads the kernel's."""

    def __init__(
        self,
        *arguments: Any,
        inotify_fd: InotifyFD,
        leaves_out: Callable[[str, str], bool],
        **named: Any,
    ) -> None:
        super().__init__(*arguments, **named)
        root = os.fsdecode(self.watch.path)
        self.folders = _Folders(inotify_fd, root, self.queue_event, lambda path: leaves_out(path, root))

    def on_thread_start(self) -> None:
        """Raises OSError when the folder itself cannot be watched."""
        self.folders.begin()

    def on_thread_stop(self) -> None:
        """Release the kernel's watches of this folder."""
        self.folders.end()

    def queue_events(self, timeout: float) -> None:
        """Nothing is left to do in this thread."""
        self.stopped_event.wait()


class _Folders(WatchCallback):
    """The folders below a watched one.

    Args:
        tell: gets what happened.
        leaves_out: whether a folder is not to be watched, nor what is in it.
    """

    def __init__(
        self,
        inotify: InotifyFD,
        root: str,
        tell: Callable[[FileSystemEvent], None],
        leaves_out: Callable[[str], bool],
    ) -> None:
        self._inotify = inotify
        self._root = root
        self._tell = tell
        self._leaves_out = leaves_out
        self._id = CallbackId(id(self))
        self._lock = threading.Lock()
        self._tree: FolderTree | None = None

    def begin(self) -> None:
        """Watch the folder and those in it. Raises OSError when it cannot be watched itself."""
        with self._lock:
            root = self._add(self._root)
            self._tree = FolderTree(root, self._root)
            for place in _folders_in(self._root, root):
                self._watch(self._tree, *place)

    def end(self) -> None:
        """Watch none any more."""
        with self._lock:
            tree, self._tree = self._tree, None
            if tree is not None:
                self._inotify.remove_callbacks([(WatchDescriptor(each), self._id) for each in tree.all()])

    def paths(self) -> set[str]:
        """Of all folders that are watched."""
        with self._lock:
            tree = self._tree
            return set() if tree is None else {path for one in tree.all() if (path := tree.path(one))}

    def on_event(self, event: InotifyEvent) -> None:
        """Keep up with the folders, and tell of it. For the thread that reads the kernel's events."""
        with self._lock:
            if (tree := self._tree) is None:
                return
            if (folder := tree.path(event.wd)) is None:  # it was moved to where nobody looks
                self._inotify.remove_callbacks([(event.wd, self._id)])
                tree.forget(event.wd)
                return
            if event.mask & InotifyConstants.IN_UNMOUNT:
                # With a disk all watches on it are gone, also when it is back at once
                self._tell(DirDeletedEvent(self._root))
            elif event.name:
                name = os.fsdecode(event.name)
                path = os.path.join(folder, name)  # noqa: PTH118 - for every event
                watched = not event.is_directory or self._follow(tree, event, path, name)
                if (told := _told(event, path)) is not None and (watched or not event.is_attrib):
                    self._tell(told)
            elif event.wd == tree.root:
                if event.is_delete_self:
                    self._tell(DirDeletedEvent(self._root))
                elif event.is_move_self:
                    self._tell(DirMovedEvent(self._root, ""))

    def on_watch_deleted(self, wd: WatchDescriptor) -> None:
        """The folder is gone, or its disk."""
        with self._lock:
            if self._tree is not None:
                self._tree.forget(wd)

    def on_queue_overflow(self) -> None:
        """Dealt with for all at once."""

    def _follow(self, tree: FolderTree, event: InotifyEvent, path: str, name: str) -> bool:
        """A folder came, left or may be opened now. Returns whether it was not watched and is."""
        if event.is_moved_from:
            tree.empty(event.wd, name)
            return False
        known = tree.child(event.wd, name)
        if event.is_attrib and known is not None:
            return False
        if event.is_create or event.is_moved_to or event.is_attrib:
            tree.empty(event.wd, name)
            self._watch(tree, path, event.wd, name)
        return tree.child(event.wd, name) != known

    def _watch(self, tree: FolderTree, path: str, around: int, name: str) -> None:
        """The folder that is at this path now, if any, and those in it."""
        places = [(path, around, name)]
        while places:
            path, around, name = places.pop()
            if self._leaves_out(path):
                continue
            try:
                folder = self._add(path)
            except OSError:  # gone already, or not to be opened
                continue
            if tree.put(folder, around, name):
                places += _folders_in(path, folder)

    def _add(self, path: str) -> WatchDescriptor:
        return self._inotify.add_callback(os.fsencode(path), _MASK, self, self._id)


def _folders_in(path: str, folder: int) -> list[tuple[str, int, str]]:
    """Path, number of the folder around it, and name of each folder in it."""
    try:
        with os.scandir(path) as entries:
            return [(each.path, folder, each.name) for each in entries if each.is_dir(follow_symlinks=False)]
    except OSError:  # gone, or not to be listed
        return []


def _told(event: InotifyEvent, path: str) -> FileSystemEvent | None:
    """What is told of something in a folder."""
    if event.is_delete or event.is_moved_from:
        return DirDeletedEvent(path) if event.is_directory else FileDeletedEvent(path)
    if event.is_directory:
        return DirCreatedEvent(path)
    if event.is_create:
        return FileCreatedEvent(path)
    if event.is_modify:
        return FileModifiedEvent(path)
    if event.is_close_write or event.is_moved_to:
        return FileClosedEvent(path)
    return FileAttribEvent(path) if event.is_attrib else None


class _Inotify(InotifyFD):
    def __init__(self, on_lost: Callable[[], None], on_limit: Callable[[str], None]) -> None:
        super().__init__()
        self._on_lost = on_lost
        self._on_limit = on_limit

    def add_callback(
        self, path: bytes, mask: Mask, callback: WatchCallback, id_: CallbackId
    ) -> WatchDescriptor:
        try:
            return super().add_callback(path, mask, callback, id_)
        except OSError as error:
            if error.errno == errno.ENOSPC:
                self._on_limit(os.fsdecode(path))
            raise

    def handle_event(self, event: InotifyEvent) -> None:
        if event.is_queue_overflow:
            self._on_lost()
            return
        try:
            super().handle_event(event)
        except Exception:
            # Folders made and removed at once confuse its bookkeeping; without this the thread would end
            _log.exception("an event was lost")
            self._on_lost()

    # The next two as they are there, but without a warning for what is normal: a folder is found by its
    # event and by the walk that a folder above it caused.

    def _add_callback(
        self, path: bytes, mask: Mask, callback: WatchCallback, id_: CallbackId
    ) -> WatchDescriptor:
        watch = self._get_or_create_watch(path, mask)
        if watch.wd < 0:  # passed over there
            self._remove_watch(watch.wd)
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), os.fsdecode(path))
        watch.callbacks[id_] = callback
        return watch.wd

    def _remove_callback(self, wd: WatchDescriptor, id_: CallbackId) -> None:
        watch = self._watch_for_wd.get(wd)
        if watch is not None and id_ in watch.callbacks:
            super()._remove_callback(wd, id_)

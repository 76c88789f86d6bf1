"""inotify through watchdog, with its two silent failures made audible, and without what nobody looks at.

Why not watchdog's own observer: on an overflow of the kernel's queue it removes and adds every watch again,
and each removal queues an event, so with many folders it overflows itself for ever; and where the system's
limit of watches is reached below the root it goes on without a word.

Why not every folder is watched: a developer's home has more of them in node_modules and .git than the system
allows to be watched, and a mounted server that does not answer would hold up whoever goes through it.
"""

import errno
import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from watchdog.events import DirCreatedEvent, DirMovedEvent, FileCreatedEvent, FileMovedEvent
from watchdog.observers.api import BaseObserver
from watchdog.observers.inotify import InotifyEmitter, InotifyWatchGroup
from watchdog.observers.inotify_c import (
    CallbackId,
    InotifyConstants,
    InotifyEvent,
    InotifyFD,
    Mask,
    WatchCallback,
    WatchDescriptor,
)
from watchdog.observers.inotify_move_event_grouper import GroupedInotifyEvent, PathedInotifyEvent

_log = logging.getLogger(__name__)


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


class _Emitter(InotifyEmitter):
    def __init__(self, *arguments: Any, leaves_out: Callable[[str, str], bool], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._leaves_out = leaves_out

    def on_thread_start(self) -> None:
        """As it is there, with folders of our choice."""
        root = self.watch.path
        self._inotify = _Folders(
            self._inotify_fd,
            os.fsencode(root),
            is_recursive=True,
            event_mask=self.get_event_mask_from_filter(),
            leaves_out=lambda folder: self._leaves_out(os.fsdecode(folder), root),
        )

    def queue_events(self, timeout: float, *, full_events: bool = False) -> None:
        """As it is there, but that the watch has ended meanwhile is no error."""
        inotify = self._inotify
        event = None if inotify is None else inotify.read_event()
        with self._lock:
            if event is not None and self._inotify is not None:
                self.build_and_queue_event(event, full_events=full_events)

    def build_and_queue_event(self, event: GroupedInotifyEvent, *, full_events: bool = False) -> None:
        """As it is there, but a folder that came is not gone through: whoever hears of it does that."""
        if not isinstance(event, PathedInotifyEvent):
            old, new = event
            moved = DirMovedEvent if old.ev.is_directory else FileMovedEvent
            self.queue_event(moved(os.fsdecode(old.path), os.fsdecode(new.path)))
        elif event.ev.is_moved_to:
            created = DirCreatedEvent if event.ev.is_directory else FileCreatedEvent
            self.queue_event(created(os.fsdecode(event.path)))
        else:
            super().build_and_queue_event(event, full_events=full_events)


@dataclass
class _Folders(InotifyWatchGroup):
    leaves_out: Callable[[bytes], bool] = lambda folder: False

    def _add_all_callbacks(self, path: bytes) -> None:
        if path != self.path and self.leaves_out(path):
            return
        self._add_callback(path)
        inside = [path]
        while inside:
            try:
                with os.scandir(inside.pop()) as entries:
                    folders = [entry.path for entry in entries if entry.is_dir(follow_symlinks=False)]
            except OSError:  # gone, or not to be listed
                continue
            for folder in folders:
                if not self.leaves_out(folder):
                    self._add_callback(folder)
                    inside.append(folder)

    def on_event(self, event: InotifyEvent) -> None:
        """As it is there, and what was made in a folder just before it moved is watched, too.

        With a disk all watches on it are gone, also when it is back at once.
        """
        super().on_event(event)
        if event.mask & InotifyConstants.IN_UNMOUNT:
            ended = InotifyEvent(event.wd, Mask(InotifyConstants.IN_DELETE_SELF), 0, b"")
            self._move_event_grouper.put_event(PathedInotifyEvent(ended, self.path))
        if event.is_moved_to and event.is_directory:
            with self._lock:
                path = self._build_event_source_path(event) if self.is_active else None
                if path is not None:
                    self._add_all_callbacks(path)

    def _recursive_simulate(self, src_path: bytes) -> list[InotifyEvent]:
        return [] if self.leaves_out(src_path) else super()._recursive_simulate(src_path)


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
        watch.callbacks[id_] = callback
        return watch.wd

    def _remove_callback(self, wd: WatchDescriptor, id_: CallbackId) -> None:
        watch = self._watch_for_wd.get(wd)
        if watch is not None and id_ in watch.callbacks:
            super()._remove_callback(wd, id_)

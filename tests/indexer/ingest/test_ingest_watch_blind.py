"""Watching where the system tells nothing: folders away or not to be watched, events that were lost."""

import ctypes
import errno
import os
import queue
import sys
import threading
import time
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any
from unittest.mock import MagicMock

import psutil
import pytest
from watchdog.events import FileSystemEventHandler
from watchdog.observers.api import BaseObserver
from watching import WITHIN_S, Reports

from indexer.ingest.watching import watch
from indexer.ingest.watching.root import identity_of
from indexer.ingest.watching.watch import Watcher

pytestmark = pytest.mark.usefixtures("shorter_waits")
linux = pytest.mark.skipif(sys.platform != "linux", reason="about inotify")


def test_a_missing_folder_is_noted_and_found_when_it_comes(
    tmp_path: Path, reports: Reports, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "LOOK_EVERY_S", 0.3)
    later = tmp_path / "drive"
    watcher = Watcher(reports)
    try:
        watcher.watch(later)
        assert "is not there" in watcher.note(later)
        reports.until_has(later)
        later.mkdir()
        while watcher.note(later):
            time.sleep(0.05)
        time.sleep(2 * watch.SETTLE_S)
        reports.clear()
        (later / "a.jpg").write_bytes(b"1")
        reports.until_has(later / "a.jpg")
    finally:
        watcher.stop()


def test_a_replaced_folder_is_watched_again(
    tmp_path: Path, root: Path, watcher: Watcher, reports: Reports, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "LOOK_EVERY_S", 0.3)
    root.rename(tmp_path / "away")
    reports.clear()
    root.mkdir()
    identity = identity_of(str(root))
    watcher._roots[str(root)].next_look = 0.0
    with watcher._changed:
        watcher._changed.notify()
    reports.until_has(root)
    while watcher._roots[str(root)].identity != identity:
        time.sleep(0.05)
    (root / "a.jpg").write_bytes(b"1")
    reports.until_has(root / "a.jpg")


@linux
def test_a_folder_that_is_made_anew_under_the_same_number_is_watched_again(
    root: Path, watcher: Watcher, reports: Reports, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ext4 gives the number of what was just deleted to what is made next."""
    monkeypatch.setattr(watch, "LOOK_EVERY_S", 0.3)
    same = identity_of(str(root))
    monkeypatch.setattr(watch, "identity_of", lambda path: same)
    root.rmdir()
    root.mkdir()
    reports.until_has(root)
    while watcher._roots[str(root)].ended or watcher._roots[str(root)].watch is None:
        time.sleep(0.05)
    (root / "a.jpg").write_bytes(b"1")
    reports.until_has(root / "a.jpg")


def test_a_folder_that_nothing_can_watch_is_looked_through(
    tmp_path: Path, reports: Reports, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """What a system refuses is not always an error of the system."""

    def refused(*_: object, **__: object) -> None:
        raise queue.Empty

    monkeypatch.setattr(watch, "LOOK_EVERY_S", 0.3)
    monkeypatch.setattr(BaseObserver, "schedule", refused)
    watcher = Watcher(reports)
    try:
        watcher.watch(tmp_path)
        assert watcher.note(tmp_path).startswith("It cannot be watched: changes are noticed within")
        reports.until_has(tmp_path)
        reports.clear()
        reports.until_has(tmp_path)
    finally:
        watcher.stop()
    assert "cannot be watched" in caplog.text


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX")
def test_a_folder_that_is_a_link_is_watched_like_any_other(tmp_path: Path, reports: Reports) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.mkdir()
    link.symlink_to(real)
    watcher = Watcher(reports)
    try:
        watcher.watch(link)
        (real / "a.jpg").write_bytes(b"1")
        reports.until_has(link / "a.jpg")
        (link / "new").mkdir()
        reports.until_has(link / "new")
        (link / "new" / "b.jpg").write_bytes(b"1")
        reports.until_has(link / "new" / "b.jpg")
    finally:
        watcher.stop()


def test_a_remote_folder_is_looked_through(
    tmp_path: Path, reports: Reports, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "LOOK_EVERY_S", 0.3)

    class Mount:
        mountpoint, fstype, opts = str(tmp_path), "nfs4", "rw"

    monkeypatch.setattr(psutil, "disk_partitions", lambda all: [Mount])
    watcher = Watcher(reports)
    try:
        watcher.watch(tmp_path)
        assert watcher.note(tmp_path).startswith("It is on another computer")
        reports.until_has(tmp_path)
        reports.clear()
        reports.until_has(tmp_path)
    finally:
        watcher.stop()


def test_a_stick_is_looked_through_so_that_it_can_be_pulled_out(
    tmp_path: Path, reports: Reports, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows ejects no drive of which a folder is open."""
    monkeypatch.setattr(watch, "LOOK_EVERY_S", 0.3)
    monkeypatch.setattr(watch, "is_removable", lambda path: path == str(tmp_path))
    watcher = Watcher(reports)
    try:
        watcher.watch(tmp_path)
        assert watcher.note(tmp_path).startswith("It is on a drive that may be pulled out")
        assert watcher._roots[str(tmp_path)].watch is None
        reports.until_has(tmp_path)
        reports.clear()
        reports.until_has(tmp_path)
    finally:
        watcher.stop()


@linux
def test_a_folder_made_on_a_server_is_not_touched_by_the_only_thread_that_hears_of_it(
    tmp_path: Path, reports: Reports, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, server = tmp_path / "p", tmp_path / "p" / "server"
    server.mkdir(parents=True)
    monkeypatch.setattr(watch, "servers", lambda: frozenset((str(server),)))
    watcher = Watcher(reports)
    try:
        watcher.watch(root)
        for folder in (server / "made", root / "made", root / "moved"):
            (folder.with_name("draft") / "inside").mkdir(parents=True)
            folder.with_name("draft").rename(folder)
        reports.until_has(server / "made", root / "moved")
        observer: Any = watcher._observer
        watched = {Path(path) for emitter in observer.emitters for path in emitter.folders.paths()}
        inside = {root / "made" / "inside", root / "moved" / "inside"}
        assert {server} | inside <= watched, "though it was made under another name"
        assert not any(path.is_relative_to(server) for path in watched - {server})
    finally:
        watcher.stop()


@linux
def test_lost_events_mean_looking_at_everything(root: Path, watcher: Watcher, reports: Reports) -> None:
    from watchdog.observers.inotify_c import InotifyConstants, InotifyEvent

    observer: Any = watcher._observer
    mask: Any = InotifyConstants.IN_Q_OVERFLOW
    descriptor: Any = -1
    observer._inotify.handle_event(InotifyEvent(descriptor, mask, 0, b""))
    reports.until_has(root)
    assert watcher._observer is not observer
    reports.clear()
    (root / "a.jpg").write_bytes(b"1")
    reports.until_has(root / "a.jpg")


@linux
def test_lost_events_are_told_on_a_mac(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """watchdog's own code, with a system below it that says what macOS does."""
    system: Any = ModuleType("_watchdog_fsevents")
    system.Stream = lambda paths, latency: SimpleNamespace(stop=lambda: None)
    system.NativeEvent = _Event
    monkeypatch.setitem(sys.modules, "_watchdog_fsevents", system)
    from indexer.ingest.watching.watch_mac import MacObserver

    lost: list[bool] = []
    observer = MacObserver(lambda: lost.append(True))
    heard = FileSystemEventHandler()
    watched = observer.schedule(heard, str(tmp_path), recursive=True)
    emitter: Any = observer._emitter_for_watch[watched]
    emitter.events_callback([bytes(tmp_path / "a.jpg")], [7], [0x1000], [1])
    assert not lost
    emitter.events_callback([bytes(tmp_path)], [8], [0x1 | 0x2], [2])
    assert lost == [True]


class _Event:
    def __init__(self, path: bytes, inode: int, flags: int, number: int) -> None:
        self.path, self.inode, self.flags = os.fsdecode(path), inode, flags

    def __getattr__(self, name: str) -> bool:
        return False


@linux
def test_lost_events_are_told_on_windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """watchdog's own code, with a system below it that answers as Windows does."""
    monkeypatch.setattr(ctypes, "WinDLL", MagicMock(), raising=False)
    from watchdog.observers import winapi

    from indexer.ingest.watching.watch_windows import WindowsObserver

    stopped = threading.Event()
    answers = [0, 0]

    def read(handle: object, buffer: object, size: int, *rest: Any) -> None:
        if answers:
            rest[2]._obj.value = answers.pop()
            return
        stopped.wait(WITHIN_S)
        aborted: Any = OSError("aborted")
        aborted.winerror = winapi.ERROR_OPERATION_ABORTED
        raise aborted

    monkeypatch.setattr(winapi, "ReadDirectoryChangesExW", read)
    monkeypatch.setattr(winapi, "_get_directory_handle", lambda path: 1)
    monkeypatch.setattr(winapi, "_cancel_handle_io", lambda handle: stopped.set())
    lost = threading.Semaphore(0)
    observer = WindowsObserver(lost.release)
    observer.start()
    try:
        observer.schedule(FileSystemEventHandler(), str(tmp_path), recursive=True)
        assert all(lost.acquire(timeout=WITHIN_S) for _ in range(2))
        assert not lost.acquire(timeout=0.1)
    finally:
        observer.stop()
        observer.join()


@linux
def test_confused_bookkeeping_is_as_good_as_lost_events(
    root: Path,
    watcher: Watcher,
    reports: Reports,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    from watchdog.observers.inotify_c import InotifyFD

    def confused(self: InotifyFD, event: object) -> None:
        monkeypatch.undo()
        raise KeyError(7)

    monkeypatch.setattr(InotifyFD, "handle_event", confused)
    (root / "a.jpg").write_bytes(b"1")
    reports.until_has(root)
    reports.clear()
    (root / "b.jpg").write_bytes(b"1")
    reports.until_has(root / "b.jpg")
    assert "an event was lost" in caplog.text


@linux
@pytest.mark.parametrize("which", ["root", "below"])
def test_the_systems_limit_is_told_and_replaced_by_looking(
    tmp_path: Path, reports: Reports, monkeypatch: pytest.MonkeyPatch, which: str
) -> None:
    from watchdog.observers.inotify_c import InotifyFD

    monkeypatch.setattr(watch, "LOOK_EVERY_S", 0.3)
    (tmp_path / "below").mkdir()
    original = InotifyFD.add_callback

    def limited(self: InotifyFD, path: bytes, *rest: Any) -> Any:
        if which == "root" or path.endswith(b"below"):
            raise OSError(errno.ENOSPC, "inotify watch limit reached")
        return original(self, path, *rest)

    monkeypatch.setattr(InotifyFD, "add_callback", limited)
    watcher = Watcher(reports)
    try:
        watcher.watch(tmp_path)
        assert "no more watched folders" in watcher.note(tmp_path)
        reports.until_has(tmp_path)
        reports.clear()
        reports.until_has(tmp_path)
    finally:
        watcher.stop()

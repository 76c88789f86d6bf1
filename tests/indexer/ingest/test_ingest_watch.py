import ctypes
import errno
import os
import queue
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any
from unittest.mock import MagicMock

import psutil
import pytest
from watchdog.events import FileSystemEventHandler
from watchdog.observers.api import BaseObserver

from indexer.answering import Answering
from indexer.ingest import watch
from indexer.ingest.watch import Watcher

linux = pytest.mark.skipif(sys.platform != "linux", reason="about inotify")
WITHIN_S = 60.0


class Reports:
    """What a watcher reported, and a way to wait for it."""

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


@pytest.fixture(autouse=True)
def shorter_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "SETTLE_S", 0.15)
    monkeypatch.setattr(watch, "GROWING_S", 0.5)


@pytest.fixture
def reports() -> Reports:
    return Reports()


@pytest.fixture
def watcher(tmp_path: Path, reports: Reports) -> Iterator[Watcher]:
    before = set(threading.enumerate())
    (tmp_path / "root").mkdir()
    watcher = Watcher(reports, exclude=[tmp_path / "root" / "data"])
    watcher.watch(tmp_path / "root")
    yield watcher
    watcher.stop()
    assert set(threading.enumerate()) <= before


@pytest.fixture
def root(tmp_path: Path, watcher: Watcher) -> Path:
    return tmp_path / "root"


def test_a_new_and_a_changed_file(root: Path, reports: Reports) -> None:
    path = root / "a.jpg"
    path.write_bytes(b"1")
    assert reports.until_has(path) == {str(path)}
    reports.clear()
    path.write_bytes(b"22")
    assert reports.until_has(path) == {str(path)}


def test_a_touched_file(root: Path, reports: Reports) -> None:
    """Results are sorted by this time."""
    path = root / "touched.txt"
    path.write_text("as it was")
    reports.until_has(path)
    reports.clear()
    os.utime(path, (1_000_000_000, 1_000_000_000))
    reports.until_has(path)


def test_a_deleted_file(root: Path, reports: Reports) -> None:
    path = root / "a.jpg"
    path.write_bytes(b"1")
    reports.until_has(path)
    reports.clear()
    path.unlink()
    reports.until_has(path)


def test_both_names_of_a_move(root: Path, reports: Reports) -> None:
    (root / "a.jpg").write_bytes(b"1")
    reports.until_has(root / "a.jpg")
    reports.clear()
    (root / "a.jpg").rename(root / "b.jpg")
    assert reports.until_has(root / "a.jpg", root / "b.jpg") == {str(root / "a.jpg"), str(root / "b.jpg")}


def test_an_atomic_save_is_a_change_of_the_final_name(root: Path, reports: Reports) -> None:
    (root / "a.txt").write_bytes(b"1")
    reports.until_has(root / "a.txt")
    reports.clear()
    (root / ".a.txt.tmp").write_bytes(b"2")
    (root / ".a.txt.tmp").replace(root / "a.txt")
    assert reports.until_has(root / "a.txt") == {str(root / "a.txt")}


def test_moved_in_and_out(root: Path, tmp_path: Path, reports: Reports) -> None:
    (tmp_path / "a.jpg").write_bytes(b"1")
    (tmp_path / "a.jpg").rename(root / "a.jpg")
    reports.until_has(root / "a.jpg")
    reports.clear()
    (root / "a.jpg").rename(tmp_path / "a.jpg")
    reports.until_has(root / "a.jpg")


def test_folders_are_reported_as_a_whole(root: Path, tmp_path: Path, reports: Reports) -> None:
    outside = tmp_path / "album"
    outside.mkdir()
    for number in range(50):
        (outside / f"{number}.jpg").write_bytes(b"1")
    outside.rename(root / "album")
    reports.until_has(root / "album")
    reports.clear()
    (root / "album").rename(root / "renamed")
    reports.until_has(root / "album", root / "renamed")
    reports.clear()
    (root / "renamed" / "50.jpg").write_bytes(b"1")
    reports.until_has(root / "renamed" / "50.jpg")
    reports.clear()
    (root / "renamed").rename(outside)
    reports.until_has(root / "renamed")


def test_new_folders_are_watched_too(root: Path, reports: Reports) -> None:
    deep = root / "a" / "b" / "c"
    deep.mkdir(parents=True)
    (deep / "1.jpg").write_bytes(b"1")
    reports.until_covers(deep / "1.jpg")
    time.sleep(watch.SETTLE_S)
    reports.clear()
    (deep / "2.jpg").write_bytes(b"1")
    reports.until_has(deep / "2.jpg")


def test_nothing_below_a_reported_folder_is_repeated() -> None:
    paths = {os.path.normpath(path) for path in ("/r/a", "/r/a/b", "/r/a/b/c.jpg", "/r/ab/c.jpg", "/r/d.jpg")}
    wanted = {os.path.normpath(path) for path in ("/r/a", "/r/ab/c.jpg", "/r/d.jpg")}
    assert watch._topmost(paths) == wanted


def test_what_nobody_means_is_not_reported(root: Path, reports: Reports) -> None:
    for folder in (".git", "node_modules", "data"):
        (root / folder / "cache").mkdir(parents=True)
        (root / folder / "cache" / "a.jpg").write_bytes(b"1")
    (root / ".hidden.jpg").write_bytes(b"1")
    (root / "film.mp4.part").write_bytes(b"1")
    (root / "last.jpg").write_bytes(b"1")
    assert reports.until_has(root / "last.jpg") == {str(root / "last.jpg")}


@linux
def test_what_nobody_means_or_nobody_answers_for_is_not_watched(
    tmp_path: Path, reports: Reports, monkeypatch: pytest.MonkeyPatch
) -> None:
    """node_modules alone may hold more folders than the system allows to be watched."""
    from watchdog.observers.inotify_c import InotifyFD

    class Mount:
        mountpoint, fstype, opts = str(tmp_path / "nas"), "fuse.sshfs", "rw"

    watched: set[Path] = set()
    original = InotifyFD.add_callback

    def noted(self: InotifyFD, path: bytes, *rest: Any) -> Any:
        watched.add(Path(os.fsdecode(path)))
        return original(self, path, *rest)

    monkeypatch.setattr(InotifyFD, "add_callback", noted)
    monkeypatch.setattr(psutil, "disk_partitions", lambda all: [Mount])
    monkeypatch.setattr(watch, "LOOK_EVERY_S", 0.5)
    monkeypatch.setattr("indexer.answering.PATIENCE_S", 0.1)
    for folder in ("a/b", "node_modules/c", ".git/d", "nas/e"):
        (tmp_path / folder).mkdir(parents=True)
    back = threading.Event()

    def knock(folder: str) -> None:
        if folder == Mount.mountpoint:
            back.wait()

    watcher = Watcher(reports, answering=Answering(knock))
    try:
        watcher.watch(tmp_path)
        assert watched == {tmp_path, tmp_path / "a", tmp_path / "a" / "b"}
        (tmp_path / "node_modules").rename(tmp_path / "modules")
        reports.until_has(tmp_path / "modules")
        reports.clear()
        (tmp_path / "modules" / "c" / "new.jpg").write_bytes(b"1")
        reports.until_covers(tmp_path / "modules" / "c" / "new.jpg")
        reports.until_has(tmp_path / "nas")  # now and then, as it does not say what changes
    finally:
        back.set()
        watcher.stop()


def test_many_changes_come_in_few_reports(root: Path, reports: Reports) -> None:
    paths = [root / f"{number}.jpg" for number in range(300)]
    for path in paths:
        path.write_bytes(b"1")
    reports.until_has(*paths)
    assert len(reports.batches) < 60


def test_a_growing_file_is_reported_when_it_rests(
    root: Path, reports: Reports, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "GROWING_S", 1.5)
    path = root / "film.mp4"
    with path.open("wb") as file:
        for _ in range(6):
            file.write(b"1" * 1000)
            file.flush()
            time.sleep(0.3)
        assert str(path) not in reports.paths
        if sys.platform != "linux":
            reports.until_has(path)
    reports.until_has(path)
    reports.clear()
    with path.open("ab") as file:
        file.write(b"2")
        file.flush()
        reports.until_has(path)


def test_unwatched_folders_are_silent(tmp_path: Path, root: Path, watcher: Watcher, reports: Reports) -> None:
    other = tmp_path / "other"
    other.mkdir()
    watcher.watch(other)
    watcher.watch(other)
    watcher.unwatch(root)
    (root / "a.jpg").write_bytes(b"1")
    (other / "b.jpg").write_bytes(b"1")
    assert reports.until_has(other / "b.jpg") == {str(other / "b.jpg")}
    watcher.unwatch(other)
    watcher.unwatch(other)


def test_a_mistake_in_the_receiver_does_not_end_it(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    reports = Reports()

    def flaky(paths: set[str]) -> None:
        first = not reports.batches
        reports(paths)
        if first:
            raise RuntimeError("a mistake")

    watcher = Watcher(flaky)
    try:
        watcher.watch(tmp_path)
        (tmp_path / "a.jpg").write_bytes(b"1")
        reports.until_has(tmp_path / "a.jpg")
        (tmp_path / "b.jpg").write_bytes(b"1")
        reports.until_has(tmp_path / "b.jpg")
    finally:
        watcher.stop()
    assert "a mistake" in caplog.text


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
    identity = watch._identity(str(root))
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
    same = watch._identity(str(root))
    monkeypatch.setattr(watch, "_identity", lambda path: same)
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
    from indexer.ingest.watch_mac import MacObserver

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

    from indexer.ingest.watch_windows import WindowsObserver

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
def test_folders_made_and_removed_at_once(root: Path, reports: Reports) -> None:
    for number in range(100):
        deep = root / str(number) / "a" / "b"
        deep.mkdir(parents=True)
        if number % 2:
            deep.rename(root / f"moved {number}")
            (root / str(number) / "a").rmdir()
            (root / str(number)).rmdir()
    time.sleep(2 * watch.SETTLE_S)
    reports.clear()
    for folder in (root / "0" / "a" / "b", root / "moved 99"):
        (folder / "a.jpg").write_bytes(b"1")
        reports.until_covers(folder / "a.jpg")


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


@linux
def test_names_that_are_not_unicode(root: Path, reports: Reports) -> None:
    path = root / os.fsdecode(b"caf\xe9.jpg")
    path.write_bytes(b"1")
    reports.until_has(path)


def test_many_folders_cost_nothing_while_nothing_happens(tmp_path: Path, reports: Reports) -> None:
    for number in range(300):
        (tmp_path / f"{number}").mkdir()
    watcher = Watcher(reports)
    try:
        watcher.watch(tmp_path)
        time.sleep(0.5)
        before = time.process_time()
        time.sleep(1.0)
        assert time.process_time() - before < 0.1
        (tmp_path / "299" / "a.jpg").write_bytes(b"1")
        reports.until_has(tmp_path / "299" / "a.jpg")
    finally:
        watcher.stop()

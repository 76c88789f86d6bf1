"""What a watched folder tells: each change once, soon, and with all of its names."""

import os
import sys
import threading
import time
from pathlib import Path
from typing import Any

import psutil
import pytest
from watching import Reports

from indexer.drives.answering import Answering
from indexer.ingest.watching import watch
from indexer.ingest.watching.watch import Watcher

pytestmark = pytest.mark.usefixtures("shorter_waits")
linux = pytest.mark.skipif(sys.platform != "linux", reason="about inotify")


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


def test_folders_that_change_places_are_told_of_where_they_are(
    root: Path, tmp_path: Path, reports: Reports
) -> None:
    (root / "trip" / "day").mkdir(parents=True)
    reports.until_has(root / "trip")
    (root / "trip").rename(tmp_path / "elsewhere")
    (tmp_path / "elsewhere").rename(root / "kept")
    (root / "trip").mkdir()
    reports.until_has(root / "kept", root / "trip")
    (root / "trip").rename(root / "other")
    reports.until_has(root / "other")
    time.sleep(2 * watch.SETTLE_S)
    reports.clear()
    (root / "kept" / "day" / "a.jpg").write_bytes(b"1")
    (root / "other" / "b.jpg").write_bytes(b"1")
    reports.until_has(root / "kept" / "day" / "a.jpg", root / "other" / "b.jpg")


@linux
def test_a_folder_that_may_be_opened_from_now_on_is_watched(
    root: Path, reports: Reports, monkeypatch: pytest.MonkeyPatch
) -> None:
    from watchdog.observers.inotify_c import InotifyFD, Watch

    begin, closed = InotifyFD._get_or_create_watch, {os.fsencode(root / "closed")}
    monkeypatch.setattr(
        InotifyFD,
        "_get_or_create_watch",
        lambda fd, path, mask: Watch(-1, mask, path) if path in closed else begin(fd, path, mask),
    )
    (root / "closed" / "in").mkdir(parents=True)
    reports.until_has(root / "closed")
    time.sleep(2 * watch.SETTLE_S)
    reports.clear()
    (root / "closed").chmod(0o750)
    time.sleep(2 * watch.SETTLE_S)
    assert not reports.paths, "it still may not"
    closed.clear()
    (root / "closed").chmod(0o700)
    reports.until_has(root / "closed")
    reports.clear()
    (root / "closed").chmod(0o750)
    (root / "closed" / "in" / "a.jpg").write_bytes(b"1")
    reports.until_has(root / "closed" / "in" / "a.jpg")
    assert str(root / "closed") not in reports.paths, "of a known one that is nothing new"


def test_nothing_below_a_reported_folder_is_repeated() -> None:
    paths = {os.path.normpath(path) for path in ("/r/a", "/r/a/b", "/r/a/b/c.jpg", "/r/ab/c.jpg", "/r/d.jpg")}
    wanted = {os.path.normpath(path) for path in ("/r/a", "/r/ab/c.jpg", "/r/d.jpg")}
    assert watch._topmost(paths, ()) == wanted
    assert watch._topmost({*paths, os.sep}, ()) == {os.sep}
    inner = os.path.normpath("/r/a/b")  # which is gone through for itself
    assert watch._topmost(paths, {inner}) == wanted | {inner}
    assert watch._topmost(paths - {inner}, {inner}) == wanted | {os.path.normpath("/r/a/b/c.jpg")}


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
    monkeypatch.setattr("indexer.drives.answering.PATIENCE_S", 1.0)
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
    monkeypatch.setattr(watch, "GROWING_S", 0.9)
    path = root / "film.mp4"
    with path.open("wb") as file:
        for _ in range(6):
            file.write(b"1" * 1000)
            file.flush()
            time.sleep(0.15)
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


def test_what_just_changed_is_told_for_the_folder_that_stays_watched(
    tmp_path: Path, reports: Reports
) -> None:
    inner, own = tmp_path / "p" / "in", tmp_path / "p" / "own.jpg"
    inner.mkdir(parents=True)
    watcher = Watcher(reports)
    try:
        watcher.watch(inner.parent)
        (inner / "a.jpg").write_bytes(b"1")
        own.write_bytes(b"1")
        while len(watcher._pending) < 2:
            time.sleep(0.01)
        watcher.watch(inner)
        watcher.unwatch(inner.parent)
        assert list(watcher._pending) == [str(inner / "a.jpg")]
        reports.until_has(inner / "a.jpg")
    finally:
        watcher.stop()


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
        time.sleep(0.5)
        assert time.process_time() - before < 0.05
        (tmp_path / "299" / "a.jpg").write_bytes(b"1")
        reports.until_has(tmp_path / "299" / "a.jpg")
    finally:
        watcher.stop()

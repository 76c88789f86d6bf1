"""In which order files are read, how long the rest will take, and how far the index is."""

import errno
import io
import os
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import engine_samples
import pytest

from indexer.messages.work_messages import Status
from indexer.progress import Progress
from indexer.store.store import Store
from indexer.work.pace import Pace
from indexer.work.work_queue import WorkQueue

# --- order ------------------------------------------------------------------------------------------------


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "index.db") as opened:
        yield opened


def add(store: Store, path: Path, day: int) -> None:
    engine_samples.picture(path, day)
    os.utime(path, (day * 86_400.0, day * 86_400.0))
    found = path.stat()
    store.add_file(
        SimpleNamespace(
            path=str(path),
            size=found.st_size,
            mtime_ns=found.st_mtime_ns,
            device=found.st_dev,
            inode=found.st_ino,
        )
    )


def test_the_newest_come_first_and_none_from_a_paused_folder(store, tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    for folder in (one, two):
        store.add_folder(str(folder))
    for name, day in (("b", 200), ("a", 300), ("c", 100)):
        add(store, one / f"{name}.png", 10_000 + day)
        add(store, two / f"{name}.png", 10_001 + day)
    store.wishes.pause(str(two))
    queue = WorkQueue(store, lambda: None)
    queue.wake([str(two / "c.png")], urgent=True)
    rows = [queue.next() for _ in range(3)]
    assert [Path(row.path).name for row in rows] == ["a.png", "b.png", "c.png"]
    assert {Path(row.path).parent for row in rows} == {one}
    assert store.coverage.waiting() == {"photo": 3}
    assert [status.paused for status in store.folder_statuses()] == [False, True]
    store.wishes.pause(str(two), time.time() - 1)
    assert store.coverage.waiting() == {"photo": 6}, "that pause is over"
    assert [status.paused for status in store.folder_statuses()] == [False, False]


def test_where_the_person_is_comes_before_what_is_newer_elsewhere(store, tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    for folder in (one, two):
        store.add_folder(str(folder))
        for day in range(1, 4):
            add(store, folder / f"{day}.png", 10_000 + day + (folder == one))
    add(store, two / "inner" / "0.png", 9_000)
    store.add_folder(str(tmp_path / "two, not"))
    add(store, tmp_path / "two, not" / "5.png", 20_000)
    queue = WorkQueue(store, lambda: None)

    def taken(count: int) -> list[str]:
        return [Path(queue.next().path).relative_to(tmp_path).as_posix() for _ in range(count)]

    queue.wake()
    assert taken(1) == ["two, not/5.png"]
    queue.prefer([str(two)])
    assert taken(5) == ["two/3.png", "two/2.png", "two/1.png", "two/inner/0.png", "one/3.png"]
    add(store, two / "new.png", 8_000)
    queue.wake([str(two / "new.png")])
    assert taken(2) == ["two/new.png", "one/2.png"], "what comes later is near as well"
    queue.prefer([str(tmp_path / "nothing")])
    assert taken(1) == ["one/1.png"]


def test_nothing_is_read_while_names_are_entered(store, tmp_path, monkeypatch):
    store.add_folder(str(tmp_path / "one"))
    add(store, tmp_path / "one" / "a.png", 1)
    queue = WorkQueue(store, lambda: None)
    taken: list[object] = []
    thread = threading.Thread(target=lambda: taken.append(queue.next()))
    with queue.names_first():
        thread.start()
        time.sleep(0.2)
        assert not taken
    thread.join(5)
    assert taken
    queue.release(*taken)
    monkeypatch.setattr("indexer.work.work_queue.NAMES_S", 0.1)
    with queue.names_first():
        assert queue.next() is not None, "a scan that takes long does not keep everything waiting"


# --- time left --------------------------------------------------------------------------------------------


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_time_left_knows_that_films_take_longer_than_photos():
    clock = Clock()
    pace = Pace(clock)
    assert pace.left_s({"photo": 10}) is None, "nothing is known yet"
    for _ in range(10):
        begun = pace.now()
        clock.now += 0.5
        pace.done("photo", begun)
    assert pace.left_s({"photo": 10}) == pytest.approx(5.0)
    assert pace.left_s({"photo": 10, "video": 1}) == pytest.approx(15.0), "a guess"
    for _ in range(3):
        begun = pace.now()
        clock.now += 60
        pace.done("video", begun)
    assert pace.left_s({"photo": 10, "video": 2}) == pytest.approx(125.0)
    assert pace.left_s({}) is None
    assert pace.left_s({"photo": 0}) is None


def test_time_left_is_true_for_work_side_by_side_and_after_a_rest():
    clock = Clock()
    pace = Pace(clock)
    begun = [pace.now(), pace.now()]
    for step in range(10):  # two threads, each two seconds a file, one after the other
        clock.now += 1.0
        pace.done("photo", begun[step % 2])
        begun[step % 2] = pace.now()
    assert pace.left_s({"photo": 100}) == pytest.approx(100.0)
    assert pace.rate() == pytest.approx(1.0, rel=0.2)
    clock.now += 3600.0
    pace.rest()
    for _ in range(5):
        clock.now += 1.0
        pace.done("photo", 0.0)
    assert pace.left_s({"photo": 100}) == pytest.approx(100.0), "the hour of rest does not count"


def test_time_left_is_no_lie_in_a_mixed_library():
    """Photos first, then films: what is promised at half-time comes true within a tenth."""
    clock = Clock()
    pace = Pace(clock)
    work = ["photo", "photo", "document", "video"] * 5 + ["photo"] * 40 + ["video"] * 20
    costs = {"photo": 0.2, "document": 1.5, "video": 30.0}
    promised = 0.0
    for number, kind in enumerate(work):
        if number == 40:
            left = work[number:]
            promised = clock.now + (pace.left_s({kind: left.count(kind) for kind in costs}) or 0.0)
        begun = pace.now()
        clock.now += costs[kind]
        pace.done(kind, begun)
    assert promised == pytest.approx(clock.now, rel=0.1)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_bar_says_why_it_stands_still_and_what_comes_last(monkeypatch):
    def closed(text: str) -> int:
        raise OSError(errno.EIO, "Input/output error")

    terminal = Terminal()
    progress = Progress(terminal)
    said = Status("indexing", 10, 0, 0, 0, "tiny", "tiny", pending=10)

    def shown(status: Status) -> str:
        terminal.truncate(0)
        progress.show(status)
        return terminal.getvalue().rpartition("] ")[2].strip("\0\r ")

    assert shown(said) == "0 of 10 files"
    assert shown(replace(said, pending=4, rate=1.5, eta_s=90)) == "6 of 10 files, 1.5 a second, 1:30 left"
    assert shown(replace(said, pending=4, waiting="It is hot.")) == "6 of 10 files; It is hot."
    assert shown(replace(said, pending=0, blurred=6)) == "0 of 6 looked at more closely"
    assert shown(replace(said, pending=0, blurred=2, eta_s=5)) == "4 of 6 looked at more closely, 0:05 left"
    again = replace(said, pending=0, rebuilding="Everything is looked at again by two.", rebuilt=0.42)
    assert shown(again) == "all files are looked at again, 42 % done"
    progress = Progress(terminal)
    assert shown(replace(said, pending=0, unread=3)) == "0 of 3 pictures looked through for words"
    assert shown(replace(said, pending=0, unpictured=2)) == "0 of 2 lost thumbnails made again"
    long = shown(replace(said, pending=4, waiting="Another program is using the graphics card. " * 3))
    assert long.endswith("card. Another program is u…")
    assert len(long) == 79, "a line that wraps would be drawn below itself"
    terminal.truncate(0)
    progress.show(replace(said, pending=0))
    assert terminal.getvalue().strip("\0\r ") == "", "nothing is left to be done"
    progress.show(said)
    monkeypatch.setattr(terminal, "write", closed)
    progress.close()


# --- a running engine -------------------------------------------------------------------------------------


def test_coverage_counts_by_folder_and_kind(sightline, engine, tmp_path):
    library, bad = tmp_path / "library", tmp_path / "bad"
    engine_samples.library(library)
    engine_samples.bad_files(bad)
    running = engine()
    running.ask("pause")
    for folder in (library, bad):
        running.ask("add_folder", path=str(folder))
    end = time.monotonic() + 30
    while running.ask("status")["result"]["files"] < 14 and time.monotonic() < end:
        time.sleep(0.05)
    rows = running.ask("coverage")["result"]["rows"]
    assert {(row["quick"], row["sharp"]) for row in rows} == {(0, 0)}
    assert sum(row["named"] for row in rows) >= 14, "names come first"
    running.ask("resume")
    running.settled()
    rows = {(row["folder"], row["kind"]): row for row in running.ask("coverage")["result"]["rows"]}
    assert rows[(str(library), "photo")]["files"] == 3
    assert rows[(str(library), "screenshot")]["sharp"] == 1
    assert rows[(str(library), "video")]["quick"] == 1
    assert rows[(str(library), "document")]["sharp"] == 3
    for row in rows.values():
        assert row["files"] == row["named"] == row["quick"] + row["failed"]
        assert row["quick"] == row["sharp"]
    assert sum(row["failed"] for (folder, _), row in rows.items() if folder == str(bad)) == 5

"""The parts of the engine by themselves: queue, lock, settings, reconciliation."""

import errno
import os
import shutil
import subprocess
import sys
import threading
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import engine_samples
import pytest
from engine_process import ROOT, wait_until

import indexer
from indexer.disk.reconcile import NOT_CONNECTED, Reconciler
from indexer.engine import Engine
from indexer.errors import DataDirectoryBusy, UserError
from indexer.lock import EngineLock, holder, is_held
from indexer.paths import Paths
from indexer.settings import ModelOptions, Settings
from indexer.store.store import Store
from indexer.work.work_queue import WorkQueue
from tests.known_files import known_files


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "index.db") as opened:
        yield opened


# --- settings and lock -------------------------------------------------------------------------------------


def test_settings_survive_a_round_trip(tmp_path):
    file = tmp_path / "settings.toml"
    assert Settings.load(file) == Settings()
    assert (Settings().embedder, Settings().reranker) == ("tiny", "tiny")
    changed = Settings(appearance="dark").with_models(ModelOptions("/models/é \\ 2B", "none", "cpu", "fast"))
    changed.save(file)
    assert Settings.load(file) == changed
    assert [path.name for path in tmp_path.iterdir()] == ["settings.toml"]


def test_there_is_one_version():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert indexer.__version__ == project["version"]


def test_the_lock_dies_with_its_process(tmp_path):
    file = tmp_path / "engine.lock"
    assert not is_held(file)
    code = "import sys, time; from indexer.lock import *; from pathlib import Path\n"
    code += "lock = EngineLock(Path(sys.argv[1])); print('held', flush=True); time.sleep(60)"
    other = subprocess.Popen([sys.executable, "-c", code, str(file)], cwd=ROOT, stdout=subprocess.PIPE)
    assert other.stdout is not None
    other.stdout.readline()
    assert is_held(file)
    with pytest.raises(DataDirectoryBusy, match=str(other.pid)):
        EngineLock(file)
    other.kill()
    other.communicate()
    assert not is_held(file)
    with EngineLock(file):
        assert holder(file) == os.getpid()
        assert is_held(file)
    assert holder(file) is None


def test_who_starts_again_at_once_waits_for_the_one_that_ends(tmp_path):
    ending = EngineLock(tmp_path / "engine.lock")
    ending.leave()
    threading.Timer(0.5, ending.close).start()
    with EngineLock(tmp_path / "engine.lock"):
        assert holder(tmp_path / "engine.lock") == os.getpid()


def test_a_full_disk_keeps_nobody_from_the_lock(tmp_path, monkeypatch):
    """Who holds it is only for people to read."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with EngineLock(tmp_path / "engine.lock"):
        assert is_held(tmp_path / "engine.lock")


def test_an_engine_that_cannot_be_made_leaves_nothing_open(tmp_path):
    paths = Paths(tmp_path / "data").create()
    paths.settings.write_text("embeder = 1\n", "utf-8")
    with pytest.raises(UserError, match="embedder") as refused:
        Engine(paths, ModelOptions())
    assert not is_held(paths.lock)
    assert paths.database.exists()
    assert not paths.database.with_name("index.db-wal").exists(), "the last connection takes it away"
    assert refused.value.__traceback__ is not None  # through which whatever was left open lives until here


# --- work queue ------------------------------------------------------------------------------------------


def add(store: Store, folder: Path, *names: str) -> None:
    store.add_folder(str(folder))
    for name in names:
        path = engine_samples.picture(folder / name, hash(name) % 1000)
        os.utime(path, (1_700_000_000, 1_700_000_000))  # none is newer and so comes first
        status = path.stat()
        store.add_file(_Seen(str(path), status.st_size, status.st_mtime_ns, status.st_dev, status.st_ino))


class _Seen:
    def __init__(self, path: str, size: int, mtime_ns: int, device: int, inode: int) -> None:
        self.path, self.size, self.mtime_ns, self.device, self.inode = path, size, mtime_ns, device, inode


def names(*rows) -> list[str]:
    return [Path(row.path).name for row in rows]


def test_urgent_files_come_first_and_none_twice(store, tmp_path):
    folder = tmp_path / "p"
    add(store, folder, "a.png", "b.png", "c.png")
    queue = WorkQueue(store, lambda: None)
    queue.wake([str(folder / "c.png")], urgent=True)
    rows = [queue.next(), queue.next(), queue.next()]
    assert names(*rows) == ["c.png", "a.png", "b.png"]
    assert not queue.idle
    queue.stop()
    assert queue.next() is None


def test_files_under_way_at_a_crash_are_tried_last_and_alone(store, tmp_path):
    folder = tmp_path / "p"
    add(store, folder, "a.png", "b.png", "c.png", "d.png")
    crashed = WorkQueue(store, lambda: None)
    assert all(crashed.begin(crashed.next()) for _ in range(2))  # a and b, then the process dies
    queue = WorkQueue(store, lambda: None)
    others = [queue.next(), queue.next()]
    assert names(*others) == ["c.png", "d.png"]
    taken: list = []
    threads = [threading.Thread(target=lambda: taken.append(queue.next()), daemon=True) for _ in range(2)]
    for thread in threads:
        thread.start()
    time.sleep(0.2)
    assert taken == [], "not beside others"
    for row in others:
        store.fail(row.id, "failed", "for the test")
    queue.release(*others)
    wait_until(lambda: len(taken) == 1)
    time.sleep(0.2)
    assert names(*taken) == ["a.png"], "alone"
    store.fail(taken[0].id, "failed", "for the test")
    queue.release(taken[0])
    wait_until(lambda: names(*taken) == ["a.png", "b.png"])
    for thread in threads:
        thread.join(5)


def test_a_clean_stop_does_not_count_against_files(store, tmp_path):
    add(store, tmp_path / "p", "a.png")
    queue = WorkQueue(store, lambda: None)
    assert queue.begin(queue.next())
    queue.stop()
    queue.close()
    assert store.interrupted() == []


def test_nothing_is_said_to_wait_while_all_is_held_and_nothing_does(store, tmp_path):
    """On battery each look at a folder left the program "indexing" until it was plugged in."""
    queue = WorkQueue(store, lambda: None)
    queue.pause(True)
    queue.wake()
    assert queue.idle
    add(store, tmp_path / "p", "a.png")
    queue.wake()
    assert not queue.idle
    queue.pause(False)
    queue.release(queue.next())
    store.remove_files([store.file(str(tmp_path / "p" / "a.png")).id])
    queue.pause(True)
    with queue.held() as held:
        assert held, "what has gone is cleared away"


def test_a_file_that_changes_while_it_is_read_is_read_again(store, tmp_path):
    folder = tmp_path / "p"
    add(store, folder, "a.png")
    queue = WorkQueue(store, lambda: None)
    row = queue.next()
    queue.outdate([row.path])
    store.fail(row.id, "failed", "half written")
    queue.release(row)
    assert queue.next().id == row.id


def test_a_locked_file_is_left_alone_for_a_while_or_until_something_happens(store, tmp_path, monkeypatch):
    monkeypatch.setattr("indexer.work.work_queue.LOCKED_S", 3600.0)
    add(store, tmp_path / "p", "a.png", "b.png")
    queue = WorkQueue(store, lambda: None)
    first = queue.next()
    assert queue.begin(first)
    queue.put_off(first)
    assert store.interrupted() == [], "no attempt is counted"
    second = queue.next()
    assert second.id != first.id
    queue.wake()
    assert queue._take() is None
    queue.wake([first.path], urgent=True)
    assert queue.next().id == first.id, "the other program has closed it"
    monkeypatch.setattr("indexer.work.work_queue.LOCKED_S", 0.2)
    queue.put_off(first, second)
    assert {queue.next().id, queue.next().id} == {first.id, second.id}, "by itself"


def test_a_lock_that_cannot_be_noted_leaves_no_file_behind(store, tmp_path, monkeypatch):
    add(store, tmp_path / "p", "a.png")
    queue = WorkQueue(store, lambda: None)
    row = queue.next()

    def full(id):
        raise UserError("The disk is full.")

    monkeypatch.setattr("indexer.work.work_queue.LOCKED_S", 0.2)
    with monkeypatch.context() as patch:
        patch.setattr(store, "note_in_use", full)
        with pytest.raises(UserError):
            queue.put_off(row)
    assert queue.next().id == row.id


def test_trouble_stops_everything_until_it_is_over(store, tmp_path, monkeypatch):
    monkeypatch.setattr("indexer.work.work_queue.TROUBLE_RETRY_S", 0.3)
    add(store, tmp_path / "p", "a.png")
    queue = WorkQueue(store, lambda: None)
    row = queue.next()
    queue.trouble_for_all("The disk is full.")
    queue.give_back(row)
    assert queue.trouble
    started = time.monotonic()
    assert queue.next().id == row.id
    assert time.monotonic() - started > 0.2
    queue.release(row)
    assert queue.trouble == ""


# --- reconciliation --------------------------------------------------------------------------------------


def test_what_cannot_be_read_is_not_forgotten(store, tmp_path, monkeypatch):
    folder = tmp_path / "p"
    for name in ("a.png", "closed/b.png"):
        engine_samples.picture(folder / name, 1)
    store.add_folder(str(folder))
    reconciler = Reconciler(store, str(tmp_path / "data"))
    reconciler.folder(str(folder), lambda found: None)
    assert len(known_files(store, str(folder))) == 2
    scandir = os.scandir

    def forbidding(path):
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", forbidding)
    assert not reconciler.folder(str(folder), lambda found: None)
    assert not reconciler.paths({str(folder / "closed")}, lambda found: None)
    assert len(known_files(store, str(folder))) == 2
    assert store.problems()[0].path == str(folder / "closed")
    monkeypatch.undo()
    reconciler.folder(str(folder), lambda found: None)
    assert store.problems() == ()


def test_a_failed_file_is_tried_again_when_something_happens_to_it(store, tmp_path):
    """To be allowed to read it changes neither its size nor its time."""
    folder = tmp_path / "p"
    add(store, folder, "denied.png", "fine.png")
    reconciler = Reconciler(store, str(tmp_path / "data"))
    reconciler.folder(str(folder), lambda found: None)
    denied, fine = (store.file(str(folder / name)) for name in ("denied.png", "fine.png"))
    store.fail(denied.id, "failed", "It cannot be read: permission denied.")
    store.fail(fine.id, "skipped", "It is empty.")
    found: list[str] = []
    reconciler.folder(str(folder), found.extend)
    assert found == [], "not at every look at everything"
    reconciler.paths({denied.path, fine.path}, found.extend)
    assert found == [denied.path]
    assert store.file(denied.path).state == "pending"


def test_an_empty_mount_point_is_no_empty_folder(store, tmp_path):
    folder = tmp_path / "drive"
    folder.mkdir()
    store.add_folder(str(folder))
    store.add_file(_Seen(str(folder / "a.png"), 10, 10, 4242, 1))
    assert not Reconciler(store, str(tmp_path / "data")).folder(str(folder), lambda found: None)
    assert len(known_files(store, str(folder))) == 1
    assert store.folders()[0].problem == NOT_CONNECTED


def test_a_mount_point_that_went_with_its_drive_is_no_deleted_folder(store, tmp_path):
    """As /media/anna/STICK does; a folder with links to another drive is deleted like any other."""
    folder = tmp_path / "media"
    engine_samples.picture(folder / "own.png", 1)
    engine_samples.picture(folder / "links" / "own.png", 2)
    store.add_folder(str(folder))
    reconciler = Reconciler(store, str(tmp_path / "data"))
    reconciler.folder(str(folder), lambda found: None)
    for inode, name in enumerate(("STICK/a.png", "STICK/deep/b.png", "links/c.png")):
        store.add_file(_Seen(str(folder / name), 10, 10, 4242, inode))
    shutil.rmtree(folder / "links")
    changed = {str(folder / "STICK"), str(folder / "links")}
    for look in (reconciler.folder, lambda root, on_found: reconciler.paths(changed, on_found)):
        look(str(folder), lambda found: None)
        left = [Path(path).name for path in known_files(store, str(folder))]
        assert sorted(left) == ["a.png", "b.png", "own.png"]
    assert [each.path for each in store.problems()] == [str(folder / "STICK")]


def test_an_emptied_folder_is_empty(store, tmp_path):
    folder = tmp_path / "p"
    add(store, folder, "a.png", "b.png")
    for file in folder.iterdir():
        file.unlink()
    assert Reconciler(store, str(tmp_path / "data")).folder(str(folder), lambda found: None)
    assert known_files(store, str(folder)) == {}


def test_our_own_files_and_inner_folders_are_left_alone(store, tmp_path):
    """A hidden folder that was chosen itself is not forgotten by the folder around it."""
    engine_samples.picture(tmp_path / "p" / "data" / "cache" / "preview.jpg", 1)
    engine_samples.picture(tmp_path / "p" / ".hidden" / "a.png", 2)
    reconciler = Reconciler(store, str(tmp_path / "p" / "data"))
    for folder in (tmp_path / "p" / ".hidden", tmp_path / "p"):
        store.add_folder(str(folder))
        reconciler.folder(str(folder), lambda found: None)
    assert [Path(path).name for path in known_files(store, str(tmp_path / "p"))] == ["a.png"]
    reconciler.paths({str(tmp_path / "p" / "data")}, lambda found: None)
    assert len(known_files(store, str(tmp_path / "p"))) == 1


def test_a_folder_renamed_between_two_looks_keeps_its_files(store, tmp_path):
    folder = tmp_path / "p"
    for number in range(3):
        engine_samples.picture(folder / "before" / f"{number}.png", number)
    store.add_folder(str(folder))
    reconciler = Reconciler(store, str(tmp_path / "data"))
    reconciler.folder(str(folder), lambda found: None)
    ids = {row.id for row in known_files(store, str(folder)).values()}
    (folder / "before").rename(folder / "after")
    assert not reconciler.paths({str(folder / "before"), str(folder / "after")}, lambda found: None)
    assert {row.id for row in known_files(store, str(folder / "after")).values()} == ids

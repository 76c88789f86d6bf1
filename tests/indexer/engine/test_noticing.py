"""When changes are noticed: disks that come back, servers that are slow."""

import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace

import engine_samples
import pytest

from indexer.disk.library import Library
from indexer.drives.volumes import Mount, Volumes
from indexer.store.store import Store
from indexer.work.work_queue import WorkQueue


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "index.db") as opened:
        yield opened


@pytest.fixture
def disk(tmp_path: Path, store: Store) -> SimpleNamespace:
    """Two watched folders."""
    made = SimpleNamespace(a=tmp_path / "a", b=tmp_path / "b")
    for folder in (made.a, made.b):
        folder.mkdir()
        store.add_folder(str(folder))
    return made


def test_a_disk_inside_that_comes_back_is_looked_at(disk, store, tmp_path, monkeypatch):
    monkeypatch.setattr("indexer.disk.library.LOOK_AT_DRIVES_S", 0.1)
    mounts = [Mount("system", "System", str(tmp_path))]
    queue = WorkQueue(store, lambda: None)
    library = Library(
        store, queue, str(tmp_path / "data"), lambda: True, lambda: None, Volumes(lambda: list(mounts))
    )
    looked: list[str] = []
    monkeypatch.setattr(library._reconciler, "folder", lambda root, found: looked.append(root))
    library.start(watch=True)
    try:
        _wait(lambda: len(looked) == 2)
        mounts.append(Mount("", "", str(disk.b / "of a container")))
        mounts.append(Mount("cache", "Cache", str(disk.b / ".cache" / "x")))
        mounts.append(Mount("stick", "Stick", str(disk.a / "in")))
        _wait(lambda: looked[2:] == [str(disk.a)])
    finally:
        library.stop()


def test_a_disk_is_noticed_whoever_looked_first(disk, store, tmp_path, monkeypatch):
    """A file that changes somewhere else makes the list of disks be read, too."""
    engine_samples.picture(disk.a / "0.png", 1)
    mounts = [Mount("system", "System", str(tmp_path)), Mount("stick", "Stick", str(disk.a))]
    volumes = Volumes(lambda: list(mounts))
    monkeypatch.setattr("indexer.disk.library.LOOK_AT_DRIVES_S", 0.2)
    library = Library(
        store, WorkQueue(store, lambda: None), str(tmp_path / "data"), lambda: True, lambda: None, volumes
    )
    library.start(watch=True)
    try:
        _wait(lambda: store.folders()[0].volume == "stick" and not library.busy)
        disk.a.rename(tmp_path / "elsewhere")
        mounts[1] = Mount("other", "Other", str(tmp_path / "none"))
        _wait(lambda: store.folder_statuses()[0].offline and not library.busy)
        mounts[1] = Mount("stick", "Stick", str(tmp_path / "elsewhere"))
        assert volumes.refresh()
        _wait(lambda: store.folders()[0].path == str(tmp_path / "elsewhere"))
    finally:
        library.stop()


def test_a_slow_server_is_not_looked_through_all_the_time(disk, store, tmp_path, monkeypatch):
    """Looks that take longer than what lies between them kept what changed elsewhere waiting, ever longer."""
    near, inside, far = str(disk.a / "new.png"), str(disk.a / "nas"), str(disk.b)
    library = Library(
        store, WorkQueue(store, lambda: None), str(tmp_path / "data"), lambda: True, lambda: None
    )
    looked: list[str] = []
    told: list[set[str]] = []
    polled: list[set[str]] = []

    def compare(paths: Iterable[str], found: object, heard: bool = True) -> bool:
        (told if heard else polled).append(set(paths))
        return False

    def look(root: str, found: object) -> bool:
        looked.append(root)
        time.sleep(0.3)
        return False

    monkeypatch.setattr(library._reconciler, "folder", look)
    monkeypatch.setattr(library._reconciler, "paths", compare)
    monkeypatch.setattr(library, "note", lambda folder: "It is on another computer." * (folder == far))
    monkeypatch.setattr(library, "_is_server", lambda path: path == inside)
    library.start(watch=False)
    try:
        library.follow(far)
        _wait(lambda: looked and not library.busy)
        for paths in ({far}, {far}, {far, near, inside}):
            library.changed(paths)
        _wait(lambda: {near} in told and {inside} in polled)
        assert looked == [far]
        assert not any(inside in paths for paths in told), "its failed files are not read again each time"
        time.sleep(0.35)
        library.changed({far})
        _wait(lambda: looked == [far, far])
    finally:
        library.stop()


def test_that_changes_are_noticed_late_is_told(disk, store, tmp_path, monkeypatch):
    monkeypatch.setattr("indexer.ingest.watching.root.is_remote", lambda path: path == str(disk.b))
    library = Library(
        store, WorkQueue(store, lambda: None), str(tmp_path / "data"), lambda: True, lambda: None
    )
    assert library.note(str(disk.b)) == ""
    library.start(watch=True)
    try:
        _wait(lambda: not library.busy)
        assert library.note(str(disk.a)) == ""
        assert "on another computer" in library.note(str(disk.b))
        assert "within 30 seconds" in library.note(str(disk.b))
    finally:
        library.stop()


def _wait(until, seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < end
        time.sleep(0.02)

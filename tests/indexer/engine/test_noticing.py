"""When changes are noticed: disks that come back, servers that are slow."""

import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace

import engine_samples
import pytest

from indexer.disk.changes import Changes
from indexer.disk.library import Library
from indexer.disk.reconcile import Reconciler
from indexer.drives.volumes import Mount, Volumes
from indexer.ingest import scan
from indexer.store.store import Store
from indexer.work.work_queue import WorkQueue
from tests.known_files import known_files


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


def test_a_folder_that_was_away_only_while_it_was_looked_through_is_looked_at_again(
    disk, store, tmp_path, monkeypatch
):
    """A look at whether folders are there sees nothing of it, before and after."""
    monkeypatch.setattr("indexer.disk.library.LOOK_AT_DRIVES_S", 0.1)
    library = Library(
        store, WorkQueue(store, lambda: None), str(tmp_path / "data"), lambda: True, lambda: None
    )
    library.start(watch=True)
    try:
        _wait(lambda: not library.busy)
        compare, problems = library._reconciler.folder, []

        def moved_meanwhile(root, found):
            monkeypatch.setattr(library._reconciler, "folder", compare)
            disk.a.rename(tmp_path / "away")
            gone = compare(root, found)
            problems.append(store.folder_statuses()[0].problem)
            (tmp_path / "away").rename(disk.a)
            return gone

        monkeypatch.setattr(library._reconciler, "folder", moved_meanwhile)
        library.follow(str(disk.a))
        _wait(lambda: problems)
        assert "does not exist" in problems[0]
        _wait(lambda: not store.folder_statuses()[0].problem)
    finally:
        library.stop()


@pytest.mark.parametrize("at", ["in the folder", "at the end"])
def test_a_folder_that_goes_while_it_is_looked_through_loses_no_file(disk, store, tmp_path, monkeypatch, at):
    for number in range(3):
        engine_samples.picture(disk.a / "in" / f"{number}.png", number)
    reconciler = Reconciler(store, str(tmp_path / "data"))
    reconciler.folder(str(disk.a), lambda found: None)
    known = set(known_files(store, str(disk.a)))
    assert len(known) == 3
    away = tmp_path / "away"
    if at == "at the end":  # for good
        (disk.a / "in" / "0.png").unlink()
        left = Changes.unseen

        def gone_meanwhile(changes, shielded):
            disk.a.rename(away)
            return left(changes, shielded)

        monkeypatch.setattr(Changes, "unseen", gone_meanwhile)
    else:  # and is back before anyone looks
        list_folder = os.scandir

        def away_meanwhile(path):
            if path == str(disk.a / "in"):
                disk.a.rename(away)
            try:
                return list_folder(path)
            finally:
                if away.exists():
                    away.rename(disk.a)

        monkeypatch.setattr(os, "scandir", away_meanwhile)
    reconciler.folder(str(disk.a), lambda found: None)
    assert set(known_files(store, str(disk.a))) == known
    assert ("does not exist" in store.folder_statuses()[0].problem) == away.exists()


def test_a_watched_folder_that_is_away_for_a_moment_inside_another_is_looked_at_again(
    disk, store, tmp_path, monkeypatch
):
    """Of a folder around it that was moved nobody tells it."""
    monkeypatch.setattr("indexer.disk.library.LOOK_AT_DRIVES_S", 0.1)
    for number in range(3):
        engine_samples.picture(disk.a / "in" / f"{number}.png", number)
    store.add_folder(str(disk.a / "in"))
    library = Library(
        store, WorkQueue(store, lambda: None), str(tmp_path / "data"), lambda: True, lambda: None
    )
    library.start(watch=True)
    try:
        _wait(lambda: not library.busy and len(known_files(store, str(disk.a))) == 3)
        away, look = tmp_path / "away", scan._status
        gone: list[str] = []

        def away_meanwhile(entry):
            if not gone and entry.name == "0.png":
                (disk.a / "in" / "1.png").unlink()
                disk.a.rename(away)
                gone.append(entry.path)
            return Path(entry.path).stat()

        monkeypatch.setattr(scan, "_status", away_meanwhile)
        library.follow(str(disk.a / "in"))
        _wait(lambda: any("does not exist" in each.problem for each in store.folder_statuses()))
        monkeypatch.setattr(scan, "_status", look)
        away.rename(disk.a)
        _wait(lambda: {Path(path).name for path in known_files(store, str(disk.a))} == {"0.png", "2.png"})
    finally:
        library.stop()


def test_what_a_removed_folder_held_is_true_for_the_one_around_it(disk, store, tmp_path):
    engine_samples.picture(disk.a / "in" / "0.png", 0)
    engine_samples.picture(disk.a / "in" / "1.png", 1)
    inner = str(disk.a / "in")
    store.add_folder(inner)
    library = Library(
        store, WorkQueue(store, lambda: None), str(tmp_path / "data"), lambda: True, lambda: None
    )
    library.start(watch=False)
    try:
        library.follow(inner)
        _wait(lambda: len(known_files(store, inner)) == 2)
        (disk.a / "in" / "0.png").unlink()
        library.unfollow(inner, store.remove_folder(inner))
        _wait(lambda: [Path(path).name for path in known_files(store, inner)] == ["1.png"])
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

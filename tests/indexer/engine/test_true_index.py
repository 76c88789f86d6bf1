"""A changing disk: what moves, is saved, linked, spelt or written in odd ways, and what is read meanwhile."""

import os
import shutil
import sys
import threading
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import engine_samples
import numpy as np
import pytest

from indexer.disk.named_folders import known_folder
from indexer.disk.reconcile import Reconciler
from indexer.disk.scoping import Scoping
from indexer.inference.model_loop import ModelLoop
from indexer.ingest.decoders import DecoderPool
from indexer.ingest.scan import as_kept
from indexer.ingest.thumbnails import PreviewCache
from indexer.store.rows import ItemRow, SegmentRow
from indexer.store.store import Store
from indexer.work.indexing import Indexing
from indexer.work.work_queue import MISSES, WorkQueue
from tests.known_files import known_files

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX")


class Disk:
    """Watched folders and their index, looked at when told to."""

    def __init__(self, root: Path, store: Store) -> None:
        self.store = store
        self.own = str(root / "data")
        self.reconciler = Reconciler(store, self.own)
        self.a, self.b = root / "a", root / "b"
        for folder in (self.a, self.b):
            folder.mkdir()
            store.add_folder(str(folder))
        store.space("tiny", 8, "test")

    def tells(self, queue: WorkQueue) -> Reconciler:
        """One that says what is touched."""
        return Reconciler(self.store, self.own, on_touched=queue.outdate)

    def look(self, *folders: Path) -> None:
        for folder in folders or (self.a, self.b):
            self.reconciler.folder(str(folder), lambda found: None)

    def hear(self, *paths: Path) -> None:
        self.reconciler.paths({str(path) for path in paths}, lambda found: None)

    def read(self) -> int:
        """Give each file that waits its content, by hash as indexing does. Returns how many were new."""
        from indexer.ingest.items import content_hash

        new = 0
        for row in self.store.next_pending(1000):
            digest = content_hash(Path(row.path))
            content = self.store.content(digest)
            if content is not None:
                self.store.link(row.id, content)
                continue
            new += 1
            self.store.add_content(
                row.id, digest, ItemRow("photo"), [SegmentRow("image")], np.eye(8, dtype=np.float32)[:1]
            )
        return new

    @property
    def rows(self) -> dict[str, tuple[int, str]]:
        every = {**known_files(self.store, str(self.a)), **known_files(self.store, str(self.b))}
        return {path: (row.id, row.state) for path, row in every.items()}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "index.db") as opened:
        yield opened


@pytest.fixture
def disk(tmp_path: Path, store: Store) -> Disk:
    made = Disk(tmp_path, store)
    for number in range(4):
        engine_samples.picture(made.a / "in" / f"{number}.png", number)
    made.look()
    assert made.read() == 4
    return made


def test_a_folder_moved_to_another_watched_one_costs_no_model_work(disk):
    ids = sorted(id for id, _ in disk.rows.values())
    (disk.a / "in").rename(disk.b / "out")
    disk.hear(disk.a / "in", disk.b / "out")
    assert {Path(path).parent for path in disk.rows} == {disk.b / "out"}
    assert sorted(disk.rows.values()) == [(id, "done") for id in ids], "known by what it is, not even read"
    (disk.b / "out").rename(disk.a / "back")
    disk.look(disk.b)  # the one that lost them first, as after a restart
    disk.look(disk.a)
    assert disk.read() == 0
    assert {state for _, state in disk.rows.values()} == {"done"}
    assert disk.store.counts().vectors == 4


def test_a_copy_and_then_the_original_gone_costs_no_model_work(disk):
    """A move to another disk."""
    shutil.copytree(disk.a / "in", disk.b / "copy")
    shutil.rmtree(disk.a / "in")
    disk.hear(disk.a / "in", disk.b / "copy")
    assert len(disk.rows) == 4
    assert disk.read() == 0


def test_what_nobody_wants_to_hear_of_is_not_told_again_before_it_changes(disk):
    """Something happened in its folder: a failed file is tried again, as it may be allowed to be read now."""
    file = disk.a / "in" / "0.png"

    def fail() -> None:
        id, state = disk.rows[str(file)]
        assert state != "failed"
        disk.store.fail(id, "failed", "It is damaged.")

    fail()
    disk.store.ignore_problems([str(file)])
    disk.hear(disk.a / "in")
    fail()
    assert disk.store.problems() == ()
    file.write_bytes(b"something else")
    disk.hear(disk.a / "in")
    fail()
    assert [problem.path for problem in disk.store.problems()] == [str(file)]


def test_touched_files_are_compared_and_no_more(disk):
    for file in (disk.a / "in").iterdir():
        os.utime(file)
    disk.hear(*(disk.a / "in").iterdir())
    assert disk.read() == 0
    assert {state for _, state in disk.rows.values()} == {"done"}


def test_a_file_from_the_far_future_keeps_no_other_out(disk):
    """A faulty clock wrote it; its time is more nanoseconds than the index holds."""
    odd = engine_samples.picture(disk.a / "in" / "odd.png", 97)
    os.utime(odd, (10**10, 10**10))
    if odd.stat().st_mtime_ns < 2**63:
        pytest.skip("this disk knows no such time")
    engine_samples.picture(disk.a / "in" / "new.png", 98)
    disk.look()
    assert disk.read() == 2
    disk.look()
    assert disk.read() == 0, "it is the same time and again"


def test_a_file_saved_by_replacing_it_keeps_its_place(disk):
    path = disk.a / "in" / "0.png"
    [id] = [id for name, (id, _) in disk.rows.items() if name == str(path)]
    engine_samples.picture(disk.a / "in" / ".0.png.tmp.png", 50)
    (disk.a / "in" / ".0.png.tmp.png").replace(path)
    disk.hear(disk.a / "in" / ".0.png.tmp.png", path)
    assert disk.rows[str(path)] == (id, "pending")
    assert len(disk.rows) == 4
    assert disk.read() == 1


@posix
def test_hard_links_are_files_of_their_own(disk):
    first, second = disk.a / "in" / "0.png", disk.b / "link.png"
    second.hardlink_to(first)
    disk.look()
    assert disk.read() == 0
    first.unlink()
    disk.look()
    assert str(second) in disk.rows
    second.rename(disk.b / "link 2.png")
    disk.hear(second, disk.b / "link 2.png")
    assert disk.read() == 0
    assert len(disk.rows) == 4


@posix
def test_names_longer_than_old_windows_takes(disk):
    deep = disk.b.joinpath(*["d" * 100] * 6)
    engine_samples.picture(deep / "x.png", 60)
    disk.hear(disk.b / ("d" * 100))
    assert disk.read() == 1
    assert len(str(deep / "x.png")) > 600
    assert disk.rows[str(deep / "x.png")][1] == "done"
    (disk.b / ("d" * 100)).rename(disk.b / "short")
    disk.hear(disk.b / ("d" * 100), disk.b / "short")
    assert disk.read() == 0


def test_an_inner_folder_that_is_gone_with_the_outer_is_not_emptied(disk, tmp_path):
    inner = disk.a / "in"
    disk.store.add_folder(str(inner))
    away = inner.rename(tmp_path / "away")
    disk.hear(disk.a, inner)
    disk.hear(inner / "0.png")
    disk.look(disk.a, inner)
    assert len(disk.rows) == 4
    away.rename(inner)
    disk.look(disk.a, inner)
    assert {state for _, state in disk.rows.values()} == {"done"}


# --- volumes that take several spellings for one name ------------------------------------------------------


@pytest.fixture
def lenient(disk, monkeypatch):
    """As APFS and NTFS: capitals and the form of accents make no difference, and are kept as given."""
    if disk.a.with_name("A").exists():
        return disk

    def key(name: str) -> str:
        return unicodedata.normalize("NFD", name).casefold()

    def listed(folder: str) -> list[str]:
        try:
            return real_listdir(folder)
        except OSError:
            return []

    def found(path):
        text = os.fsdecode(path)
        if not text.startswith(str(disk.a) + os.sep):
            return path
        kept = str(disk.a)
        for part in Path(text).relative_to(disk.a).parts:
            names = listed(kept)
            kept = str(Path(kept, next((name for name in names if key(name) == key(part)), part)))
        return kept

    real_listdir = os.listdir
    for name in ("stat", "lstat"):
        real = getattr(os, name)

        def lenient_call(path, *args, _real=real, **kwargs):
            return _real(found(path) if isinstance(path, str | Path) else path, *args, **kwargs)

        monkeypatch.setattr(os, name, lenient_call)
    return disk


def test_a_name_reported_in_another_spelling_is_the_one_that_is_kept(lenient):
    disk = lenient
    name = unicodedata.normalize("NFD", "Café.png")
    engine_samples.picture(disk.a / "In 2" / name, 70)
    disk.look()
    disk.read()
    before = disk.rows
    assert str(disk.a / "In 2" / name) in before
    disk.hear(disk.a / "in 2" / "CAFÉ.png", disk.a / "IN 2")
    assert disk.rows == before
    assert as_kept(str(disk.a / "iN 2" / "café.PNG"), str(disk.a)) == str(disk.a / "In 2" / name)
    assert as_kept(str(disk.a / "IN 2"), disk.a.anchor) == str(disk.a / "In 2"), "a folder as it is chosen"
    assert as_kept(str(disk.a / "gone" / "x"), str(disk.a)) == str(disk.a / "gone" / "x")


def test_what_a_person_names_in_another_spelling_is_the_one_that_is_kept(lenient, tmp_path):
    disk = lenient
    engine_samples.picture(disk.a / "In 2" / "x.png", 71)
    disk.look()
    assert known_folder(str(disk.a / "IN 2"), [str(disk.a / "In 2")]) == str(disk.a / "In 2")
    chosen = Scoping(disk.store, PreviewCache(tmp_path / "cache"), str(tmp_path / "data"))
    chosen.exclude([str(disk.a / "IN 2" / "X.PNG")])
    assert str(disk.a / "In 2" / "x.png") not in disk.rows
    chosen.include([str(disk.a / "in 2" / "x.PNG")])
    assert chosen.excluded() == ()


def test_a_name_whose_capitals_change_is_a_rename(lenient):
    disk = lenient
    path = disk.a / "in" / "0.png"
    [id] = [id for name, (id, _) in disk.rows.items() if name == str(path)]
    path.rename(disk.a / "in" / "between.png")
    (disk.a / "in" / "between.png").rename(disk.a / "in" / "0.PNG")
    disk.hear(path, disk.a / "in" / "0.PNG")
    assert disk.rows.get(str(disk.a / "in" / "0.PNG")) == (id, "done")
    assert str(path) not in disk.rows
    assert len(disk.rows) == 4


# --- files that are not there, or change, while they are read ----------------------------------------------


def test_what_was_put_aside_is_taken_up_again(store, tmp_path):
    """A drive that comes back, or a file that was found anew."""
    disk = Disk(tmp_path, store)
    engine_samples.picture(disk.a / "0.png", 1)
    disk.look()
    queue = WorkQueue(store, lambda: None)
    row = queue.next()
    for _ in range(MISSES):
        assert queue.put_aside(row)
        queue.wake()
        assert queue.next() == row
    assert not queue.put_aside(row)
    queue.wake()
    assert queue.idle or queue._take() is None
    queue.wake([row.path])
    assert queue.next() == row
    queue.put_aside(row)
    queue.look_again()
    assert queue.next() == row


def test_a_file_that_is_written_to_while_it_is_read_is_not_believed(store, tmp_path, monkeypatch):
    disk = Disk(tmp_path, store)
    path = engine_samples.picture(disk.a / "0.png", 1)
    disk.look()
    queue = WorkQueue(store, lambda: None)
    missing: list[str] = []
    read = 0

    def growing(*arguments):
        nonlocal read
        read += 1
        digest = real(*arguments)
        if read <= 2:
            with path.open("ab") as file:
                file.write(b"more")
        return digest

    from indexer.work import file_job

    real = file_job.content_hash
    monkeypatch.setattr(file_job, "content_hash", growing)
    pool = DecoderPool(1)
    indexer = Indexing(store, PreviewCache(tmp_path / "cache"), pool, _NoModels(), queue, missing.append)
    try:
        for times in (1, 2):
            row = queue.next()
            indexer._process(row)
            assert (missing, store.content(real(path))) == ([str(path)] * times, None)
            disk.hear(path)
            queue.wake([str(path)])
        assert store.file(str(path)).state == "pending"
        content = store.add_content(
            store.file(str(path)).id, real(path), ItemRow("photo"), [], np.zeros((0, 8), np.float32)
        )
        store.mark_changed(row.id, store.file(str(path)))
        queue.wake()
        indexer._process(queue.next())
        assert store.file(str(path)).state == "done"
        assert content == store.content(real(path))
    finally:
        pool.close()


def test_what_was_read_of_a_file_while_its_change_was_written_down_is_not_believed(disk):
    """The other thread may be done with it between the two steps of the one that compares."""
    store, path = disk.store, disk.a / "in" / "0.png"
    os.utime(path)
    disk.hear(path)
    queue = WorkQueue(store, lambda: None)
    row = queue.next()
    engine_samples.picture(path, 99)
    content = store.content(row.content_hash)

    def found(paths: list[str]) -> None:
        if store.file(str(path)).mtime_ns == path.stat().st_mtime_ns:
            store.link(row.id, content)
            queue.release(row)
        queue.wake(paths, urgent=True)

    disk.tells(queue).paths({str(path)}, found)
    assert store.file(str(path)).state == "pending"
    assert queue.next().id == row.id


def test_a_touched_file_that_is_taken_up_before_that_is_said_is_compared_once(disk):
    store, path = disk.store, disk.a / "in" / "0.png"
    os.utime(path)
    queue = WorkQueue(store, lambda: None)

    def found(paths: list[str]) -> None:
        row = queue.next()
        queue.wake(paths, urgent=True)
        store.confirm([row.id])
        queue.release(row)

    disk.tells(queue).paths({str(path)}, found)
    assert store.file(str(path)).state == "done"
    assert queue._take() is None


def test_a_file_that_is_renamed_and_changes_while_it_is_read_is_read_again(disk):
    """What was read of it may wait for the models all through a pause."""
    store, path = disk.store, disk.a / "in" / "0.png"
    engine_samples.picture(path, 98)
    disk.hear(path)
    queue = WorkQueue(store, lambda: None)
    row = queue.next()
    renamed = path.rename(disk.b / "other.png")
    reconciler = disk.tells(queue)
    reconciler.paths({str(path), str(renamed)}, lambda found: queue.wake(found, urgent=True))
    engine_samples.picture(renamed, 99)
    reconciler.paths({str(renamed)}, lambda found: queue.wake(found, urgent=True))
    store.link(row.id, store.content(row.content_hash))  # what was read of it before
    queue.release(row)
    assert store.file(str(renamed)).state == "pending"
    assert queue.next().id == row.id


def test_touched_files_are_compared_together_and_keep_what_was_said_of_them(disk, tmp_path):
    store = disk.store
    paths = sorted((disk.a / "in").iterdir())
    noted, changed = store.file(str(paths[0])), store.file(str(paths[1]))
    note = ItemRow("photo", note="Only a part of it.")
    store.add_content(noted.id, noted.content_hash, note, [], np.zeros((0, 8), np.float32))
    for path in paths:
        os.utime(path)
    engine_samples.picture(paths[1], 99)
    found: list[str] = []
    disk.reconciler.paths({str(path) for path in paths}, found.extend)
    queue = WorkQueue(store, lambda: None)
    queue.wake(found, urgent=True)
    pool = DecoderPool(1)
    indexer = Indexing(store, PreviewCache(tmp_path / "cache"), pool, _NoModels(), queue, found.append)
    try:
        others = indexer._really_changed(queue.next())
    finally:
        pool.close()
    assert [row.id for row in others] == [changed.id]
    states = {path: store.file(str(path)).state for path in paths}
    assert states == {path: "pending" if path == paths[1] else "done" for path in paths}
    assert [problem.reason for problem in store.problems()] == ["Only a part of it."]
    queue.give_back(*others)
    assert queue.next().id == changed.id


class _NoModels(ModelLoop):
    """No file of these tests needs one."""

    def __init__(self) -> None:
        self.ready = threading.Event()

"""What goes wrong for a moment, or somewhere else, keeps nothing from being done afterwards."""

import errno
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import engine_samples
import numpy as np
import pytest

from indexer.disk.library import Library
from indexer.disk.reconcile import Reconciler
from indexer.errors import MediaError, Skipped, UserError
from indexer.inference.model_loop import ModelLoop
from indexer.inference.model_work import Work
from indexer.ingest import thumbnails
from indexer.ingest.decoders import DecoderPool
from indexer.ingest.isolation.supervision import DecoderDied
from indexer.ingest.items import content_hash
from indexer.ingest.segments import Item, Line, Segment, Sight
from indexer.ingest.thumbnails import PreviewCache
from indexer.ingest.worker import Words
from indexer.messages.item_messages import Box
from indexer.messages.library_messages import Rules
from indexer.messages.search_messages import Example
from indexer.search import examples
from indexer.store.catch_up import Wanted
from indexer.store.rows import ItemRow, SegmentRow
from indexer.store.store import Store
from indexer.work.background import Aside
from indexer.work.file_job import Job
from indexer.work.indexing import Indexing
from indexer.work.picturing import Picturing
from indexer.work.reading import Reading
from indexer.work.work_queue import WorkQueue
from models.inputs import Input
from tests.known_files import known_files


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "index.db") as opened:
        yield opened


class Folder:
    """A watched folder of pictures that are in the index."""

    def __init__(self, path: Path, store: Store, count: int, legible: bool = False) -> None:
        self.path, self.store = path, store
        self.files = [engine_samples.picture(path / f"{number}.png", number) for number in range(count)]
        store.add_folder(str(path))
        store.space("tiny", 8, "test")
        self.reconciler = Reconciler(store, str(path.parent / "data"))
        self.reconciler.folder(str(path), lambda found: None)
        for file in self.files:
            store.add_content(
                store.file(str(file)).id,
                content_hash(file),
                ItemRow("photo"),
                [SegmentRow("image", legible=legible)],
                np.eye(8, dtype=np.float32)[:1],
            )

    def states(self) -> list[str]:
        return [self.store.file(str(file)).state for file in self.files]


class _NoModels(ModelLoop):
    """No file of these tests needs one."""

    def __init__(self) -> None:
        self.ready = threading.Event()

    def put(self, work: Work) -> bool:
        return True


@pytest.fixture
def touched(store: Store, tmp_path: Path) -> Iterator[tuple[Folder, WorkQueue, Indexing]]:
    """Four files with another time than in the index, which wait to be compared."""
    folder = Folder(tmp_path / "p", store, 4)
    for file in folder.files:
        os.utime(file)
    folder.reconciler.folder(str(folder.path), lambda found: None)
    assert folder.states() == ["pending"] * 4
    queue = WorkQueue(store, lambda: None)
    with DecoderPool(1) as pool:
        cache = PreviewCache(tmp_path / "cache")
        yield folder, queue, Indexing(store, cache, pool, _NoModels(), queue, lambda path: None)


def test_touched_files_wait_on_when_the_disk_was_full(touched, monkeypatch):
    folder, queue, indexer = touched
    queue.wake(map(str, folder.files), urgent=True)
    first = queue.next()

    def full(ids):
        raise UserError("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(folder.store, "confirm", full)
        with pytest.raises(UserError):
            indexer._really_changed(first)
    queue.give_back(first)
    assert indexer._really_changed(queue.next()) == []
    assert folder.states() == ["done"] * 4
    assert queue._take() is None
    assert queue.idle


def test_what_waits_behind_files_that_were_compared_comes_next(touched, monkeypatch):
    folder, queue, indexer = touched
    monkeypatch.setattr("indexer.work.work_queue.ROWS_AT_ONCE", 2)
    assert indexer._really_changed(queue.next()) == []
    assert sorted(folder.states()) == ["done", "done", "pending", "pending"]
    assert queue._take() is not None


def test_what_goes_to_the_cloud_before_it_is_read_again_is_found_by_what_it_was(touched, monkeypatch):
    """When leave to download is taken back, for one."""
    folder, queue, indexer = touched
    monkeypatch.setattr("indexer.ingest.items.is_placeholder", lambda status: True)
    for row in indexer._really_changed(queue.next()):
        indexer._process(row)
    rows = [folder.store.file(str(file)) for file in folder.files]
    assert [(row.state, row.cloud, bool(row.content_hash)) for row in rows] == [("done", True, True)] * 4
    assert queue._take() is None
    assert queue.idle


def test_a_picture_that_is_too_small_ends_no_decoder(store, tmp_path):
    """Starting another takes longer than reading hundreds of them."""
    pictures = [engine_samples.picture(tmp_path / f"{number}.png", number) for number in range(2)]
    queue, cache = WorkQueue(store, lambda: None), PreviewCache(tmp_path / "cache")
    workers = []
    with DecoderPool(1) as pool:
        indexer = Indexing(
            store,
            cache,
            pool,
            _NoModels(),
            queue,
            lambda path: None,
            1,
            lambda: Rules(min_pixels=500),
            regions=False,
        )
        for path in pictures:
            with pytest.raises(Skipped, match="160 × 120"):
                indexer._pieces(Job(SimpleNamespace(path=str(path)), content_hash(path), None))
            workers += pool._files._idle
    assert len(workers) == 2
    assert workers[0] is workers[1]
    assert list(cache.hashes()) == []


def test_a_file_that_changed_while_it_was_read_leaves_no_pictures_behind(store, tmp_path, monkeypatch):
    folder = Folder(tmp_path / "p", store, 0)
    path = engine_samples.picture(folder.path / "new.png", 1)
    folder.reconciler.folder(str(folder.path), lambda found: None)
    queue, cache, missing = WorkQueue(store, lambda: None), PreviewCache(tmp_path / "cache"), []
    written = []
    monkeypatch.setattr(cache, "write", lambda *made: written.append(PreviewCache.write(cache, *made)))
    with DecoderPool(1) as pool:
        indexer = Indexing(store, cache, pool, _NoModels(), queue, missing.append, regions=False)
        monkeypatch.setattr(indexer, "_need_models", lambda: None)
        job = Job(queue.next(), content_hash(path), (0, 0))
        indexer._decode(job)
    assert len(written) == 1
    assert missing == [str(path)]
    assert list(cache.hashes()) == []


def test_what_an_earlier_run_did_not_remove_is_removed(store, tmp_path, monkeypatch):
    """It was closed within a minute of the deletion, or had no rest."""
    folder = Folder(tmp_path / "p", store, 1)
    folder.files[0].unlink()
    folder.reconciler.folder(str(folder.path), lambda found: None)
    monkeypatch.setattr("indexer.disk.library.GARBAGE_AFTER_S", 0.0)
    monkeypatch.setattr("indexer.disk.library.LOOK_AT_DRIVES_S", 0.1)
    removed: list[str] = []
    ran = threading.Event()

    def collect() -> bool:
        removed.extend(store.orphan_contents())
        ran.set()
        return True

    queue = WorkQueue(store, lambda: None)
    library = Library(store, queue, str(tmp_path / "data"), collect, lambda: None)
    library.start(watch=True)
    try:
        assert ran.wait(60.0)
    finally:
        library.stop()
    assert len(removed) == 1


class _Words:
    """Reads the same off every picture."""

    hash = staticmethod(content_hash)

    def words(self, path: Path, wanted: set[int]) -> Iterator[Words]:
        yield from (Words(ordinal, (Line("Invoice", Box(0, 0, 1, 1)),)) for ordinal in sorted(wanted))


def test_a_picture_that_is_away_keeps_no_other_from_being_read(store, tmp_path):
    """On a drive in a watched folder, say: its rows stay while it is not connected."""
    folder = Folder(tmp_path / "p", store, 3, legible=True)
    row = store.file(str(folder.files[0]))
    content = store.content(row.content_hash)
    store.catch_up.mark(content)  # it got a part later than the others got what they have
    [incomplete] = store.catch_up.next(Wanted(parts=True, pages=False), 10)
    part = SegmentRow("image", legible=True, box=Box(0, 0, 0.5, 0.5))
    store.catch_up.add_parts(incomplete, 1, [part], np.eye(8, dtype=np.float32)[:1])
    away = folder.files[0].rename(tmp_path / "away.png")
    reading = Reading(store, _Words(), WorkQueue(store, lambda: None))
    while reading._step():
        pass
    assert store.counts().unread == 2, "its own"
    assert reading.done, "nothing can be read now, so nobody waits for it"
    away.rename(folder.files[0])
    reading._aside.clear()  # as some minutes later
    assert not reading.done
    while reading._step():
        pass
    assert store.counts().unread == 0


def test_words_are_read_off_what_is_in_the_index_only(store, tmp_path):
    """A copy would keep what was read off another picture that took the place of the first."""
    folder = Folder(tmp_path / "p", store, 2, legible=True)
    engine_samples.picture(folder.files[0], 99)
    reading = Reading(store, _Words(), WorkQueue(store, lambda: None))
    while reading._step():
        pass
    [(segment, _)] = store.lookup.word_matches("text_word", ["invoice"], True, 10)
    other = store.content(store.file(str(folder.files[1])).content_hash)
    assert store.lookup.segments_of(other)[0].id == segment


def test_a_picture_whose_reader_was_ended_gets_another_one(store, tmp_path):
    """For want of memory, say; one that ends two of them has no words, and keeps no other waiting."""
    folder = Folder(tmp_path / "p", store, 2, legible=True)
    deaths = [1, 3]

    class Killed(_Words):
        def words(self, path: Path, wanted: set[int]) -> Iterator[Words]:
            number = folder.files.index(path)
            if deaths[number]:
                deaths[number] -= 1
                raise DecoderDied("The system ended it.")
            yield from super().words(path, wanted)

    reading = Reading(store, Killed(), WorkQueue(store, lambda: None))
    while reading._step():
        pass
    assert store.counts().unread == 0
    assert deaths == [0, 1]
    found = store.lookup.word_matches("text_word", ["invoice"], True, 10)
    assert len(found) == 1


def test_a_page_that_cannot_be_read_costs_no_other_its_words(store, tmp_path):
    folder = Folder(tmp_path / "p", store, 1, legible=True)
    content = store.content(store.file(str(folder.files[0])).content_hash)
    store.catch_up.mark(content)
    [incomplete] = store.catch_up.next(Wanted(parts=True, pages=False), 10)
    part = SegmentRow("image", legible=True, box=Box(0, 0, 0.5, 0.5))
    store.catch_up.add_parts(incomplete, 1, [part], np.eye(8, dtype=np.float32)[:1])

    class Broken(_Words):
        def words(self, path: Path, wanted: set[int]) -> Iterator[Words]:
            if 0 in wanted:
                raise MediaError("It is damaged, or of a variety that Sightline cannot read.")
            yield from super().words(path, wanted)

    reading = Reading(store, Broken(), WorkQueue(store, lambda: None))
    while reading._step():
        pass
    assert store.counts().unread == 0
    assert len(store.lookup.word_matches("text_word", ["invoice"], True, 10)) == 1


def test_pictures_that_the_cache_has_lost_are_made_again(store, tmp_path):
    folder = Folder(tmp_path / "p", store, 3)
    hashes = [store.file(str(file)).content_hash for file in folder.files]
    engine_samples.picture(folder.files[1], 99)  # another one since
    cache = PreviewCache(tmp_path / "cache")
    note = "cannot be compared with now: its pictures were lost"
    assert note in examples.inputs(store, cache, [Example(str(folder.files[0]))])[1]
    queue = WorkQueue(store, lambda: None)
    assert not queue._fetch(), "no file waits"
    with DecoderPool(1) as pool:
        picturing = Picturing(store, cache, pool, queue)
        while picturing._step():
            pass
        assert [len(cache.previews(each, 0)) for each in hashes] == [1, 0, 1]
        assert [cache.thumbnail(each).exists() for each in hashes] == [True, False, True]
        made = cache.thumbnail(hashes[0]).stat().st_mtime_ns
        left = cache.thumbnail("ab" * 20)
        left.parent.mkdir(parents=True)
        left.write_bytes(b"of a file that was gone when its reader had been killed")
        picturing._compare_at = 0.0  # as hours later
        while picturing._step():
            pass
        assert cache.thumbnail(hashes[0]).stat().st_mtime_ns == made, "it is there"
        assert not left.exists()
        for file in (tmp_path / "cache").rglob("*.jpg"):
            file.unlink()
        picturing._compare_at = 0.0
        while picturing._prefixes or not picturing.left:
            assert picturing._step()
        assert picturing.left == 3, "that is what `sightline status` tells before any is made"
        while picturing._step():
            pass
        assert picturing.left == 0
        assert [len(cache.previews(each, 0)) for each in hashes] == [1, 0, 1], "though its folder was there"
    found, _ = examples.inputs(store, cache, [Example(str(folder.files[0]))])
    assert len(found) == 1


def test_the_previews_of_the_oldest_files_make_room_and_stay_away(store, tmp_path, monkeypatch):
    folder = Folder(tmp_path / "p", store, 4)
    rows = [store.file(str(file)) for file in folder.files]
    hashes = [row.content_hash for row in rows]
    with store._database.write() as connection:
        for moment, row in enumerate(rows):
            connection.execute("UPDATE file SET moment = ? WHERE id = ?", (moment, row.id))
    cache = PreviewCache(tmp_path / "cache")
    queue = WorkQueue(store, lambda: None)
    assert not queue._fetch(), "no file waits"
    with DecoderPool(1) as pool:
        picturing = Picturing(store, cache, pool, queue)
        for _ in range(3):
            while picturing._step():
                pass
            picturing._compare_at = 0.0  # as hours later
            newest = sum(path.stat().st_size for each in hashes[2:] for path in cache.previews(each, 0))
            monkeypatch.setattr(thumbnails, "MAX_PREVIEW_BYTES", newest * 6 // 5)
    assert [len(cache.previews(each, 0)) for each in hashes] == [0, 0, 1, 1]
    assert all(cache.thumbnail(each).exists() for each in hashes)


def test_previews_for_which_there_was_no_room_are_made_when_there_is(store, tmp_path, monkeypatch):
    folder = Folder(tmp_path / "p", store, 3)
    rows = [store.file(str(file)) for file in folder.files]
    with store._database.write() as connection:
        for moment, row in enumerate(rows):
            connection.execute("UPDATE file SET moment = ? WHERE id = ?", (moment, row.id))
    cache, other = PreviewCache(tmp_path / "cache"), PreviewCache(tmp_path / "cache")
    queue = WorkQueue(store, lambda: None)
    assert not queue._fetch(), "no file waits"

    def kept(picturing):
        picturing._compare_at = 0.0  # as hours later
        while picturing._step():
            pass
        return [len(cache.previews(row.content_hash, 0)) for row in rows]

    with DecoderPool(1) as pool:
        with monkeypatch.context() as full:
            full.setattr(thumbnails, "SPARE_BYTES", 1 << 60)
            picturing = Picturing(store, cache, pool, queue)
            assert kept(picturing) == kept(picturing) == [0, 0, 0]
            assert all(cache.thumbnail(row.content_hash).exists() for row in rows)
            assert picturing.left == 0, "of what cannot be done nobody is told"
        away = folder.files[2].rename(tmp_path / "away.png")
        assert kept(picturing) == [1, 1, 0]
        away.rename(folder.files[2])
        cache.remove_previews(rows[0].content_hash)
        [size] = (path.stat().st_size for path in cache.previews(rows[1].content_hash, 0))
        monkeypatch.setattr(thumbnails, "MAX_PREVIEW_BYTES", size * 21 // 20)
        picturing = Picturing(store, other, pool, queue)
        assert kept(picturing) == [0, 0, 1], "the newest, for which an older one made room"
    assert all(cache.thumbnail(row.content_hash).exists() for row in rows)
    assert not list((tmp_path / "cache").rglob("*.owed"))


def test_pictures_of_what_is_forgotten_meanwhile_do_not_come_back(store, tmp_path):
    folder = Folder(tmp_path / "p", store, 1)
    digest = store.file(str(folder.files[0])).content_hash
    cache = PreviewCache(tmp_path / "cache")

    class Forgetting(DecoderPool):
        def decode(self, path: Path, sight: Sight | None = None) -> Iterator[Item | Segment]:
            store.remove_folder(str(folder.path))
            store.orphan_contents()
            yield Item("photo", thumbnail=b"a picture")
            yield Segment("image", Input(), previews=(b"a larger one",))

    with Forgetting(1) as pool:
        picturing = Picturing(store, cache, pool, WorkQueue(store, lambda: None))
        while picturing._step():
            pass
    assert not cache.thumbnail(digest).exists()


def test_pictures_that_cannot_be_made_again_are_tried_once(store, tmp_path, monkeypatch):
    monkeypatch.setattr(WorkQueue, "idle", True)
    folder = Folder(tmp_path / "p", store, 2)
    cache = PreviewCache(tmp_path / "cache")
    tried: list[Path] = []

    class Failing(DecoderPool):
        def decode(self, path: Path, sight: Sight | None = None) -> Iterator[Item | Segment]:
            tried.append(path)
            yield Item("photo", thumbnail=b"a picture")
            if path == folder.files[0]:
                raise MediaError("It is damaged, or of a variety that Sightline cannot read.")

    others = [False]
    with Failing(1) as pool:
        for _ in range(2):  # the second after another start
            picturing = Picturing(store, cache, pool, WorkQueue(store, lambda: None), lambda: others[0])
            assert picturing._must_wait(), "other work is not done"
            others[0] = True
            while not picturing._must_wait():
                assert picturing._step()
            others[0] = False
        assert sorted(tried) == sorted(folder.files)
    assert not list((tmp_path / "cache").rglob("*.jpg"))


def test_what_cannot_be_had_is_tried_again_ever_more_seldom(monkeypatch):
    now = [0.0]
    monkeypatch.setattr("indexer.work.background.time", SimpleNamespace(monotonic=lambda: now[0]))
    aside = Aside()
    tried = []
    for minute in range(120):
        now[0] = 60.0 * minute
        if 7 not in aside.now():
            tried.append(minute)
            aside.add(7)
    assert tried == [0, 10, 30, 70]
    aside.clear()
    assert aside.now() == set()


@pytest.fixture
def lost(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path, int], None]:
    """From now on the system answers with this error whatever it is asked of a folder or file."""

    def lose(lost: Path, number: int) -> None:
        for name in ("stat", "lstat", "scandir"):
            real = getattr(os, name)

            def failing(path=".", *args, _real=real, **kwargs):
                if isinstance(path, str | Path) and Path(path).is_relative_to(lost):
                    raise OSError(number, os.strerror(number), str(path))
                return _real(path, *args, **kwargs)

            monkeypatch.setattr(os, name, failing)

    return lose


def test_a_server_that_is_gone_costs_only_its_own_folder(store, tmp_path, lost):
    """As sshfs leaves a folder whose connection broke."""
    here, server = Folder(tmp_path / "here", store, 1), Folder(tmp_path / "server", store, 1)
    lost(server.path, errno.ENOTCONN)
    new = engine_samples.picture(here.path / "new.png", 9)
    here.reconciler.paths({str(new), str(server.path / "1.png")}, lambda found: None)
    assert store.file(str(new)).state == "pending"
    assert server.states() == ["done"]
    assert [bool(row.problem) for row in store.folders()] == [False, True]


def test_a_file_that_cannot_be_looked_at_is_not_gone(store, tmp_path, lost):
    folder = Folder(tmp_path / "p", store, 2)
    lost(folder.files[0], errno.EACCES)
    folder.files[1].unlink()
    folder.reconciler.paths({str(file) for file in folder.files}, lambda found: None)
    assert list(known_files(store, str(folder.path))) == [str(folder.files[0])]

"""A server that has gone keeps whoever touches its folders waiting: the rest of the library goes on."""

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import engine_samples
import pytest
from engine_process import PATIENCE, decoders_of, wait_until

from indexer.disk.library import Library
from indexer.disk.named_folders import known_folder, readable_folder
from indexer.disk.reconcile import Reconciler
from indexer.disk.scoping import Scoping, count
from indexer.drives import answering
from indexer.drives.answering import NO_ANSWER, Answering
from indexer.errors import NoAnswer, UserError
from indexer.inference.model_loop import ModelLoop
from indexer.ingest import scan
from indexer.ingest.decoders import DecoderPool
from indexer.ingest.isolation.supervision import DecoderDied
from indexer.ingest.thumbnails import PreviewCache
from indexer.ingest.watching.watch import Watcher
from indexer.messages.item_messages import GetPreview
from indexer.messages.library_messages import Rules
from indexer.paths import Paths
from indexer.previewing import Previewing
from indexer.store.store import Store
from indexer.work.indexing import Indexing
from indexer.work.work_queue import WorkQueue


class Server:
    """Files of another computer: once it is away, who touches them waits until it is back."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.waiting: set[str] = set()
        self._there = threading.Event()
        self._there.set()
        for name in ("stat", "lstat", "scandir", "listdir", "open", "readlink", "access"):
            monkeypatch.setattr(os, name, self._far(getattr(os, name)))

    def leave(self) -> None:
        self._there.clear()

    def come_back(self) -> None:
        self._there.set()

    def _far(self, call):
        def asked(path=".", *arguments, **named):
            named_one = isinstance(path, str | bytes | os.PathLike)
            if named_one and Path(os.fsdecode(path)).is_relative_to(self.folder):
                self.waiting.add(threading.current_thread().name)
                self._there.wait()
                self.waiting.discard(threading.current_thread().name)
            return call(path, *arguments, **named)

        return asked


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setattr(answering, "PATIENCE_S", 0.3)
    monkeypatch.setattr("indexer.disk.library.LOOK_AT_DRIVES_S", 0.2)
    monkeypatch.setattr("indexer.ingest.watching.watch.LOOK_EVERY_S", 0.5)
    for number in range(3):
        engine_samples.picture(tmp_path / "nas" / f"{number}.png", number)
    made = Server(tmp_path / "nas", monkeypatch)
    yield made
    made.come_back()


def test_a_server_that_has_gone_keeps_nothing_else_waiting(server, tmp_path):
    near = tmp_path / "near"
    near.mkdir()
    with Store.open(tmp_path / "index.db") as store:
        store.add_folder(str(server.folder))
        store.add_folder(str(near))
        queue = WorkQueue(store, lambda: None)
        library = Library(store, queue, str(tmp_path / "data"), lambda: True, lambda: None)
        library.start(watch=True)
        try:
            wait_until(lambda: store.counts().files == 3 and not library.busy, 20 * PATIENCE)
            server.leave()
            wait_until(lambda: store.folder_statuses()[0].offline, 20 * PATIENCE)
            status = store.folder_statuses()[0]
            assert "does not answer" in status.problem
            assert status.files == 3, "nothing is lost"
            for number in range(3):  # each is found while a knock at the other folder waits
                engine_samples.picture(near / f"{number}.png", number)
                wait_until(lambda number=number: store.counts().files == 4 + number, 20 * PATIENCE)
            # "touch" has gone there to see what is to be watched, and was given up
            assert server.waiting - {"touch"} == {f"knock at {server.folder}"}
            server.come_back()
            wait_until(lambda: not store.folder_statuses()[0].problem, 20 * PATIENCE)
            engine_samples.picture(server.folder / "new.png", 9)
            wait_until(lambda: store.counts().files == 7, 20 * PATIENCE)
        finally:
            server.come_back()
            library.stop()


def test_a_copy_to_a_server_that_breaks_off_keeps_no_change_from_being_noticed(server, tmp_path, monkeypatch):
    monkeypatch.setattr("indexer.ingest.watching.root.is_remote", lambda path: path == str(server.folder))
    monkeypatch.setattr("indexer.ingest.watching.watch.GROWING_S", 0.3)
    monkeypatch.setattr("indexer.ingest.watching.watch.LOOK_EVERY_S", 60.0)
    near = tmp_path / "near"
    near.mkdir()
    seen: set[str] = set()
    watcher = Watcher(seen.update)
    try:
        watcher.watch(server.folder)
        watcher.watch(near)
        (server.folder / "before.txt").write_text("watched")
        wait_until(lambda: str(server.folder / "before.txt") in seen, 20 * PATIENCE)
        with (server.folder / "copy.jpg").open("wb") as file:
            file.write(b"begun")
            file.flush()
            server.leave()
            for number in range(3):  # while the copy would be asked whether it still grows, and afterwards
                (near / f"{number}.txt").write_text("near")
                wait_until(lambda number=number: str(near / f"{number}.txt") in seen, 20 * PATIENCE)
        assert server.waiting == set()
    finally:
        server.come_back()
        watcher.stop()


@pytest.mark.skipif(sys.platform != "linux", reason="only inotify has to be told of each folder")
def test_a_server_that_goes_away_while_it_is_gone_through_to_be_watched_is_left_out(server, tmp_path):
    near = tmp_path / "near"
    near.mkdir()
    (server.folder / "in").mkdir()
    seen: set[str] = set()
    asked: list[str] = []

    def ignored(path: str, root: str) -> bool:
        asked.append(path)
        if path == str(server.folder / "in") and asked.count(path) == 1:
            server.leave()
        return False

    watcher = Watcher(seen.update, ignored=ignored)
    try:
        watcher.watch(near)
        watcher.watch(server.folder)
        assert "does not answer" in watcher.note(server.folder)
        (near / "new.txt").write_text("noticed")
        wait_until(lambda: {str(server.folder), str(near)} <= seen, 20 * PATIENCE)
        (near / "newer.txt").write_text("noticed")
        wait_until(lambda: str(near / "newer.txt") in seen, 20 * PATIENCE)
        server.come_back()
        wait_until(lambda: not watcher.note(server.folder), 20 * PATIENCE)
        (server.folder / "in" / "new.txt").write_text("noticed")
        wait_until(lambda: str(server.folder / "in" / "new.txt") in seen, 20 * PATIENCE)
    finally:
        server.come_back()
        watcher.stop()


def test_a_server_that_goes_away_while_its_folder_is_looked_through_loses_nothing(
    server, tmp_path, monkeypatch
):
    root = str(server.folder)
    engine_samples.picture(server.folder / "deep" / "deeper" / "3.png", 3)
    with Store.open(tmp_path / "index.db") as store:
        store.add_folder(root)
        reconciler = Reconciler(store, str(tmp_path / "data"))
        reconciler.folder(root, lambda found: None)
        assert store.counts().files == 4
        seen = scan._seen

        def leaving(*arguments):
            server.leave()
            return seen(*arguments)

        monkeypatch.setattr(scan, "_seen", leaving)
        _in_time(reconciler.folder, root, lambda found: None)
        [status] = store.folder_statuses()
        assert status.offline
        assert "does not answer" in status.problem
        assert status.files == 4
        monkeypatch.setattr(scan, "_seen", seen)
        server.come_back()
        wait_until(lambda: not reconciler._answering.silent(root), 20 * PATIENCE)
        reconciler.folder(root, lambda found: None)
        assert store.folder_statuses()[0].problem == ""

        def gone_with_the_event(*arguments):
            server.leave()
            return scan.as_kept(*arguments)

        monkeypatch.setattr("indexer.disk.reconcile.as_kept", gone_with_the_event)
        _in_time(reconciler.paths, {f"{root}/0.png"}, lambda found: None)
        assert "does not answer" in store.folder_statuses()[0].problem
        assert reconciler.answers_again() == set()
        server.come_back()
        wait_until(lambda: reconciler.answers_again() == {root}, 20 * PATIENCE)


def _in_time(look: Callable[..., object], *arguments: object) -> None:
    thread = threading.Thread(target=look, args=arguments, daemon=True)
    thread.start()
    thread.join(20 * PATIENCE)
    assert not thread.is_alive()


def test_a_server_in_a_watched_folder_keeps_only_itself_waiting(server, tmp_path):
    root, near = str(tmp_path), tmp_path / "near"
    for folder in (near, tmp_path / "data"):
        folder.mkdir()
    with Store.open(tmp_path / "data" / "index.db") as store:
        store.add_folder(root)
        reconciler = Reconciler(store, str(tmp_path / "data"))
        reconciler.folder(root, lambda found: None)
        server.leave()
        engine_samples.picture(near / "new.png", 9)
        _in_time(reconciler.folder, root, lambda found: None)
        assert store.counts().files == 4
        assert store.folder_statuses()[0].problem == ""
        assert [(each.path, each.reason) for each in store.problems()] == [(str(server.folder), NO_ANSWER)]
        (near / "new.png").rename(near / "renamed.png")
        heard = {f"{server.folder}/0.png", str(near / "new.png"), str(near / "renamed.png")}
        _in_time(reconciler.paths, heard, lambda found: None)
        assert store.file(str(near / "renamed.png")) is not None
        assert store.counts().files == 4
        assert not count(root).complete
        with pytest.raises(UserError, match="does not answer: see whether"):
            count(str(server.folder))
        scoping = Scoping(store, PreviewCache(tmp_path / "data" / "cache"), str(tmp_path / "data"))
        assert scoping.preview(Rules(min_bytes=10**9)).removed == 1, "of the rest"
        server.come_back()
        wait_until(lambda: reconciler.answers_again() == {root}, 20 * PATIENCE)
        reconciler.folder(root, lambda found: None)
        assert store.problems() == ()


def test_a_folder_without_an_answer_is_asked_once_and_waited_for_once(monkeypatch):
    monkeypatch.setattr(answering, "PATIENCE_S", 0.2)
    knocks, answer = [], threading.Event()

    def knock(folder: str) -> None:
        knocks.append(folder)
        answer.wait()

    asked = Answering(knock)
    assert asked.silent("/nas")
    began = time.monotonic()
    assert all(asked.silent("/nas") for _ in range(100))
    assert time.monotonic() - began < 0.2
    assert knocks == ["/nas"]
    answer.set()
    wait_until(lambda: not asked.silent("/nas"))
    assert not asked.silent("/nas")
    assert knocks == ["/nas"] * len(knocks)
    assert len(knocks) >= 2, "an answer counts once"


def test_what_is_not_there_answers(tmp_path):
    (tmp_path / "file").write_text("no folder")
    asked = Answering()
    assert not any(asked.silent(str(path)) for path in (tmp_path, tmp_path / "none", tmp_path / "file"))


def test_who_names_a_folder_that_does_not_answer_waits_for_a_sentence_only(server, tmp_path):
    server.leave()
    folder = str(server.folder)
    with pytest.raises(UserError, match="does not answer: see whether its disk or server"):
        readable_folder(folder, Paths(tmp_path / "data"))
    assert known_folder(folder, [folder]) == folder, "so that it can be removed from the list"


def test_a_server_that_goes_away_while_a_file_is_read_holds_no_thread(server, tmp_path):
    near = tmp_path / "near"
    near.mkdir()
    (near / "empty.png").touch()  # needs no model
    os.utime(near / "empty.png", (1, 1))  # after those on the server
    missing: list[str] = []
    with Store.open(tmp_path / "index.db") as store, DecoderPool(1) as pool:
        reconciler = Reconciler(store, str(tmp_path / "data"))
        for folder in (str(server.folder), str(near)):
            store.add_folder(folder)
            reconciler.folder(folder, lambda found: None)
        queue, cache = WorkQueue(store, lambda: None), PreviewCache(tmp_path / "cache")
        indexing = Indexing(store, cache, pool, _NoModels(), queue, missing.append)
        server.leave()
        indexing.start()
        try:
            wait_until(lambda: store.file(str(near / "empty.png")).state == "skipped", 20 * PATIENCE)
            assert {Path(path).parent for path in missing} == {server.folder}, "its folder is to be looked at"
            assert [row.state for row in store.known.each(str(server.folder))] == ["pending"] * 3
            assert store.interrupted() == []
            with pytest.raises(UserError, match=NO_ANSWER):
                Previewing(store, cache, pool).preview(GetPreview(missing[0]))
            path = Path(missing[0])
            with pytest.raises(NoAnswer):
                pool.hash(path)
            indexing._fail(store.file(str(path)), "It kept the decoder busy for 60 seconds without result.")
            assert store.file(str(path)).state == "pending", "nothing is said against it"
            assert "decode-0" not in server.waiting
        finally:
            queue.stop()
            server.come_back()
            indexing.stop()


class _NoModels(ModelLoop):
    """No file of this test needs one."""

    def __init__(self) -> None:
        self.ready = threading.Event()


def test_a_decoder_that_was_ended_while_its_server_was_away_says_nothing_against_the_file(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(answering, "PATIENCE_S", 0.2)
    path = engine_samples.pdf(tmp_path / "paper.pdf", *(f"page {n} tells of the heron" for n in range(6)))
    back = threading.Event()
    for knock, verdict in ((lambda folder: None, DecoderDied), (lambda folder: back.wait(), NoAnswer)):
        with DecoderPool(1, answering=Answering(knock)) as pool:
            pieces = pool.decode(path)
            next(pieces)
            [child] = decoders_of()
            child.kill()
            with pytest.raises(verdict) as caught:
                list(pieces)
            assert type(caught.value) is verdict
    back.set()


def test_what_is_slow_on_a_disk_that_answers_is_waited_for(tmp_path, monkeypatch):
    monkeypatch.setattr(answering, "PATIENCE_S", 0.1)

    def slow() -> str:
        time.sleep(0.5)
        return "read"

    def failing() -> str:
        raise TimeoutError("of the file's own")

    asked = Answering()
    assert asked.patiently(lambda: tmp_path / "file", slow) == "read"
    with pytest.raises(TimeoutError, match="own"):
        asked.patiently(lambda: tmp_path / "file", failing)


def test_below_a_folder_that_does_not_answer_nothing_is_touched(monkeypatch):
    monkeypatch.setattr(answering, "PATIENCE_S", 0.1)
    back = threading.Event()
    asked = Answering(lambda folder: back.wait())
    assert asked.silent("/nas/photos")
    touched: list[str] = []
    with pytest.raises(NoAnswer):
        asked.patiently(lambda: "/nas/photos/2024/a.jpg", lambda: touched.append("a"))
    asked.patiently(lambda: "/nas/photos 2/b.jpg", lambda: touched.append("b"))
    assert touched == ["b"]
    back.set()

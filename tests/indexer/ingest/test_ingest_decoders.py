import ctypes
import errno
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from multiprocessing.process import BaseProcess
from pathlib import Path

import numpy as np
import psutil
import pytest
from ingest_files import corners, film, moving, noise, pdf, png_header, split

from indexer.errors import MediaError, Skipped, UserError
from indexer.ingest import decoders, worker
from indexer.ingest.decoders import DecoderPool, PoolClosed
from indexer.ingest.isolation.passing import NotAnAnswer, Receiver, send
from indexer.ingest.isolation.supervision import DecoderDied
from indexer.ingest.segments import Item, Segment
from models.inputs import Input

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")


@pytest.fixture
def pool() -> Iterator[DecoderPool]:
    with DecoderPool() as pool:
        yield pool
    assert children() == []


def children() -> list[BaseProcess]:
    return [process for process in multiprocessing.active_children() if process.name == "sightline-decoder"]


def child() -> BaseProcess:
    (process,) = children()
    return process


def pid_of(process: BaseProcess) -> int:
    assert process.pid is not None
    return process.pid


def test_every_kind_comes_through(pool: DecoderPool, tmp_path: Path) -> None:
    corners().save(tmp_path / "a.png")
    film(tmp_path / "a.mp4", moving(20))
    (tmp_path / "a.pdf").write_bytes(pdf(["words"]))
    (tmp_path / "a.md").write_text("# Title\n\nwords")
    found = {path.name: split(pool.decode(path)) for path in sorted(tmp_path.iterdir())}
    assert {name: item.kind for name, (item, _) in found.items()} == {
        "a.png": "photo",
        "a.mp4": "video",
        "a.pdf": "document",
        "a.md": "document",
    }
    assert {name: segments[0].type for name, (_, segments) in found.items()} == {
        "a.png": "image",
        "a.mp4": "clip",
        "a.pdf": "page",
        "a.md": "text",
    }
    assert found["a.png"][1][0].content.images[0].shape == (80, 120, 3)


def test_reasons_come_through(pool: DecoderPool, tmp_path: Path) -> None:
    corners((16, 16)).save(tmp_path / "icon.png")
    (tmp_path / "a.jpg").write_bytes(b"\x7fELF" + b"\0" * 100)
    (tmp_path / "a.xyz").write_bytes(b"x")
    with pytest.raises(Skipped, match="an icon"):
        list(pool.decode(tmp_path / "icon.png"))
    with pytest.raises(MediaError, match="it is a program"):
        list(pool.decode(tmp_path / "a.jpg"))
    with pytest.raises(Skipped, match=r"a \.xyz file"):
        list(pool.decode(tmp_path / "a.xyz"))
    with pytest.raises(MediaError, match="no longer there"):
        list(pool.decode(tmp_path / "gone.jpg"))
    assert len(children()) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="other systems insist on Unicode names")
def test_names_that_are_not_unicode(pool: DecoderPool, tmp_path: Path) -> None:
    sources = {".png": corners().save, ".mp4": None, ".pdf": None, ".txt": None}
    for extension in sources:
        path = tmp_path / os.fsdecode(b"caf\xe9" + extension.encode())
        plain = tmp_path / f"plain{extension}"
        match extension:
            case ".png":
                corners().save(plain)
            case ".mp4":
                film(plain, moving(10))
            case ".pdf":
                plain.write_bytes(pdf(["words"]))
            case ".txt":
                plain.write_text("words")
        plain.rename(path)
        assert split(pool.decode(path))[1], extension


def test_huge_headers_are_refused_quickly(pool: DecoderPool, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png_header(40_000, 30_000))
    corners().save(tmp_path / "b.png")
    list(pool.decode(tmp_path / "b.png"))
    started = time.monotonic()
    with pytest.raises(MediaError, match="more pixels than any camera takes"):
        list(pool.decode(tmp_path / "a.png"))
    assert time.monotonic() - started < 10


@posix
@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (signal.SIGKILL, "The system ended the program that was reading it"),
        (signal.SIGABRT, r"It crashed the decoder \(SIGABRT\)"),
        (signal.SIGSEGV, r"It crashed the decoder \(SIGSEGV\)"),
    ],
)
def test_a_crash_costs_one_file(
    pool: DecoderPool, long_film: Path, tmp_path: Path, number: signal.Signals, reason: str
) -> None:
    corners().save(tmp_path / "a.png")
    parts = pool.decode(long_film)
    next(parts)
    next(parts)
    os.kill(pid_of(child()), number)
    with pytest.raises(DecoderDied, match=reason):
        list(parts)
    assert len(list(pool.decode(tmp_path / "a.png"))) == 2


@posix
def test_a_child_that_died_while_idle_costs_nothing(pool: DecoderPool, tmp_path: Path) -> None:
    corners().save(tmp_path / "a.png")
    list(pool.decode(tmp_path / "a.png"))
    process = psutil.Process(pid_of(child()))
    process.kill()
    while process.status() != psutil.STATUS_ZOMBIE or process.num_threads() > 1:
        time.sleep(0.01)
    assert len(list(pool.decode(tmp_path / "a.png"))) == 2


def test_a_child_that_died_while_idle_costs_nothing_where_asking_is_an_error(
    pool: DecoderPool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it is on Windows."""
    path = tmp_path / "a.png"
    corners().save(path)
    assert len(list(pool.decode(path))) == 2
    dead = pid_of(child())

    def poll(connection: object, timeout: float = 0.0) -> bool:
        raise BrokenPipeError(109, "The pipe has been ended")

    monkeypatch.setattr("multiprocessing.connection.Connection.poll", poll)
    assert len(list(pool.decode(path))) == 2
    assert pid_of(child()) != dead


@posix
def test_a_hang_ends_after_the_deadline(pool: DecoderPool, long_film: Path, tmp_path: Path) -> None:
    corners().save(tmp_path / "a.png")
    parts = pool.decode(long_film)
    next(parts)
    stopped = pid_of(child())
    os.kill(stopped, signal.SIGSTOP)
    pool._supervisor._timeout_s = 1.0
    started = time.monotonic()
    with pytest.raises(DecoderDied, match="kept the decoder busy for 1 seconds"):
        list(parts)
    assert time.monotonic() - started > 0.9
    pool._supervisor._timeout_s = 60.0
    assert len(list(pool.decode(tmp_path / "a.png"))) == 2
    assert pid_of(child()) != stopped


def test_a_slow_consumer_is_no_hang(pool: DecoderPool, long_film: Path) -> None:
    parts = pool.decode(long_film)
    next(parts)
    next(parts)
    pool._supervisor._timeout_s = 0.5
    time.sleep(1.2)
    pool._supervisor._timeout_s = 60.0
    assert len(list(parts)) > 20


def test_a_file_that_needs_too_much_memory(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png_header(16_000, 16_000))
    corners().save(tmp_path / "b.png")
    with DecoderPool(memory_limit=300 << 20) as pool:
        with pytest.raises(MediaError, match="needs more memory than Sightline allows"):
            list(pool.decode(tmp_path / "a.png"))
        assert len(list(pool.decode(tmp_path / "b.png"))) == 2


def test_a_verdict_that_comes_with_the_answer_does_not_fall_on_the_next_file(tmp_path: Path) -> None:
    corners().save(tmp_path / "a.png")
    with DecoderPool() as pool:
        for _ in range(3):
            with pool._files.worker() as worker:
                worker.kill(DecoderDied("It needed too much memory for the file before."))
            assert len(list(pool.decode(tmp_path / "a.png"))) == 2


def test_memory_stays_flat_over_a_long_film(long_film: Path) -> None:
    with DecoderPool() as pool:
        sizes = []
        for _ in pool.decode(long_film):
            sizes.append(psutil.Process(pid_of(child())).memory_info().rss)
    assert len(sizes) > 30
    assert max(sizes[10:]) - sizes[10] < 40 << 20


def test_children_are_replaced_after_some_files(tmp_path: Path) -> None:
    corners().save(tmp_path / "a.png")
    pids = []
    with DecoderPool(files_per_worker=2) as pool:
        for _ in range(4):
            parts = pool.decode(tmp_path / "a.png")
            next(parts)
            pids.append(pid_of(child()))
            list(parts)
    assert pids[0] == pids[1] != pids[2] == pids[3]


def test_children_that_nobody_needs_give_their_memory_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decoders, "FILES_REST_S", 0.1)
    corners().save(tmp_path / "a.png")
    with DecoderPool() as pool:
        for _ in range(2):
            assert len(list(pool.decode(tmp_path / "a.png"))) == 2
            end = time.monotonic() + 30
            while children() and time.monotonic() < end:
                time.sleep(0.02)
            assert children() == []


def test_a_child_that_cannot_be_started_is_no_fault_of_the_disk(
    pool: DecoderPool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> BaseProcess:
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    corners().save(tmp_path / "a.png")
    with monkeypatch.context() as patch:
        patch.setattr("indexer.ingest.child.start", refused)
        with pytest.raises(UserError, match=r"cannot be started \(Resource temporarily unavailable\)"):
            list(pool.decode(tmp_path / "a.png"))
    assert len(list(pool.decode(tmp_path / "a.png"))) == 2


def test_leaving_early_ends_the_child(pool: DecoderPool, long_film: Path, tmp_path: Path) -> None:
    corners().save(tmp_path / "a.png")
    parts = pool.decode(long_film)
    item = next(parts)
    assert isinstance(item, Item)
    left = pid_of(child())
    parts.close()  # type: ignore[attr-defined]
    assert children() == []
    assert not psutil.pid_exists(left)
    assert len(list(pool.decode(tmp_path / "a.png"))) == 2


def test_threads_share_the_workers(tmp_path: Path) -> None:
    for number in range(12):
        noise((300, 200), number).save(tmp_path / f"{number}.png")
    results: dict[str, list[Item | Segment]] = {}
    with DecoderPool(workers=2) as pool:

        def run(share: list[Path]) -> None:
            for path in share:
                results[path.name] = list(pool.decode(path))

        paths = sorted(tmp_path.iterdir())
        threads = [threading.Thread(target=run, args=(paths[start::4],)) for start in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(children()) == 2
    for number in range(12):
        segment = results[f"{number}.png"][1]
        assert isinstance(segment, Segment)
        assert np.array_equal(segment.content.images[0], np.asarray(noise((300, 200), number)))


def test_a_picture_to_search_by_does_not_wait_for_a_film(
    pool: DecoderPool, long_film: Path, tmp_path: Path
) -> None:
    corners().save(tmp_path / "a.jpg", quality=95)
    parts = pool.decode(long_film)
    next(parts)
    picture = pool.picture(tmp_path / "a.jpg")
    assert picture.shape == (80, 120, 3)
    assert picture.dtype == np.uint8
    assert len(list(parts)) > 20


def test_what_is_no_picture_is_a_whole_sentence(pool: DecoderPool, tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text("words")
    (tmp_path / "words.jpg").write_text("words")
    for path in (tmp_path / "words.txt", tmp_path / "words.jpg", tmp_path / "gone.jpg", tmp_path):
        with pytest.raises(MediaError) as caught:
            pool.picture(path)
        assert str(caught.value).startswith(f"{path.name} cannot be used as a picture to search by. It ")


def test_closing_while_others_wait(long_film: Path) -> None:
    pool = DecoderPool()
    outcomes: list[str] = []

    def run() -> None:
        try:
            for _ in pool.decode(long_film):
                time.sleep(0.05)
        except PoolClosed:
            outcomes.append("closed")

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    while not children():
        time.sleep(0.01)
    time.sleep(0.5)
    pool.close()
    for thread in threads:
        thread.join(30)
    assert outcomes == ["closed"] * 3
    assert children() == []
    with pytest.raises(PoolClosed):
        list(pool.decode(long_film))
    with pytest.raises(PoolClosed):
        pool.picture(long_film)
    pool.close()


@posix
def test_ctrl_c_is_the_engines_business(pool: DecoderPool, long_film: Path) -> None:
    parts = pool.decode(long_film)
    next(parts)
    os.kill(pid_of(child()), signal.SIGINT)
    assert len(list(parts)) > 20


def test_a_mistake_of_ours_is_logged_and_told(
    pool: DecoderPool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(path: Path) -> str:
        raise RuntimeError("a mistake")

    ours, childs = multiprocessing.Pipe()
    monkeypatch.setattr(worker, "classify", broken)
    worker._answer(childs, worker.Decode(tmp_path / "a.png"), ctypes.c_bool(False))
    answer = Receiver([worker.Unexpected]).receive(ours)
    assert isinstance(answer, worker.Unexpected)
    assert "RuntimeError: a mistake" in answer.trace


class _Malice:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (str(self.path),)


def test_what_a_decoder_sends_can_do_nothing(tmp_path: Path) -> None:
    ours, childs = multiprocessing.Pipe()
    answers = Receiver([Segment, Input])
    rows = np.arange(60, dtype=np.uint8).reshape(4, 5, 3)
    pictures = rows, rows[:, ::2], np.zeros((0, 5, 3), np.uint8)  # of which the second is no piece of memory
    send(childs, Segment("image", Input(images=pictures)))
    found = answers.receive(ours)
    for picture, expected in zip(found.content.images, pictures, strict=True):
        assert np.array_equal(picture, expected)
    found.content.images[0][:] = 0
    for bad in (_Malice(tmp_path / "made"), worker.Done(), {"key": os.system}):
        send(childs, bad)
        with pytest.raises(NotAnAnswer):
            answers.receive(ours)
    assert not (tmp_path / "made").exists()
    childs.send_bytes((1 << 40).to_bytes(8, "little"))
    with pytest.raises(NotAnAnswer):
        answers.receive(ours)


def test_a_pool_can_be_made_wider(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    noise((400, 300)).save(path)
    with DecoderPool(workers=1) as pool:
        pool.widen(2)
        pool.widen(1)
        first, second = pool.decode(path), pool.decode(path)
        assert isinstance(next(first), Item)
        assert isinstance(next(second), Item), "the other is not waited for"
        third = threading.Thread(target=lambda: list(pool.decode(path)))
        third.start()
        third.join(0.5)
        assert third.is_alive()
        assert len(list(first)) + len(list(second)) == 2
        third.join(20)
        assert not third.is_alive()

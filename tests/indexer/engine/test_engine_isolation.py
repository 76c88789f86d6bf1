"""What a person is told of bad files and of room on the disk, and that nothing of theirs is ever changed."""

import hashlib
import os
import shutil
import signal
import sys
import time
from pathlib import Path

import engine_samples
import pytest
from engine_process import PATIENCE, decoders_of, wait_until

from indexer import upkeep
from indexer.engine import Engine
from indexer.errors import UserError
from indexer.ingest import child
from indexer.lock import EngineLock
from indexer.messages.problem_messages import IN_USE
from indexer.paths import Paths
from indexer.settings import ModelOptions, Settings
from indexer.store.store import Store


def tree(folder: Path) -> dict[str, tuple[object, ...]]:
    """Everything about every file that a program can change, but for when it was read."""
    found = {}
    for path in sorted([folder, *folder.rglob("*")]):
        stat = path.lstat()
        content = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        found[str(path)] = (stat.st_mode, stat.st_size, stat.st_mtime_ns, stat.st_ino, stat.st_nlink, content)
    return found


def test_the_persons_files_are_never_changed(sightline, tmp_path):
    """The whole story of a library, from the first scan to the last trace."""
    folder = engine_samples.bad_files(engine_samples.library(tmp_path / "library"))
    os.link(folder / "letter.txt", folder / "the same letter.txt")
    (folder / "link.txt").symlink_to(folder / "note.md")
    (folder / "note.md").chmod(0o444)
    before = tree(folder)
    assert sightline("index", folder, "--json").json["failed"] > 0
    picture = folder / "photo-1.jpg"
    assert sightline("search", "--image", picture, "--json").json["results"][0]["path"] == str(picture)
    assert sightline("problems", "--retry", "--json").json
    assert sightline("backup", tmp_path / "all.tar.gz").status == 0
    assert sightline("check", "--repair").status == 0
    assert sightline("restore", tmp_path / "all.tar.gz", "--yes").status == 0
    assert sightline("purge", "--yes").status == 0
    assert tree(folder) == before
    assert not sightline.data.exists(), "no trace is left"


@pytest.fixture
def running(tmp_path, models):
    paths = Paths(tmp_path / "data").create()
    options = ModelOptions(str(models / "embed"), "none", "cpu")
    with Engine(paths, options, patient=False, reranker=False, read_words=False) as engine:
        engine.start(watch=False, load=False)
        yield engine


def test_problems_are_ignored_until_something_changes(running, tmp_path):
    folder = engine_samples.bad_files(tmp_path / "library")
    running.index([str(folder)])
    listed = {Path(problem.path).name: problem for problem in running.problems()}
    assert listed["truncated.jpg"].outcome == "failed"
    before = running.status()
    broken = str(folder / "truncated.jpg")
    running.ignore_problems([broken, str(folder / "icon.png")], ignored=True)
    names = {Path(problem.path).name for problem in running.problems()}
    assert names == listed.keys() - {"truncated.jpg", "icon.png"}
    status = running.status()
    assert (status.failed, status.skipped) == (before.failed - 1, before.skipped - 1)
    assert status.files == before.files, "its name is found as before"
    assert {Path(each.path).name for each in running.problems(ignored=True) if each.ignored} == {
        "truncated.jpg", "icon.png",
    }  # fmt: skip
    running.retry()
    running.finish()
    assert broken not in {problem.path for problem in running.problems()}, "trying again leaves it out"
    Path(broken).write_bytes(b"\xff\xd8\xff\xe0 other bytes, no better")
    running.index([str(folder)])
    assert broken in {problem.path for problem in running.problems()}, "it is another file now"
    running.ignore_problems([broken], ignored=True)
    running.ignore_problems([broken], ignored=False)
    assert broken in {problem.path for problem in running.problems()}


@pytest.mark.parametrize("named", [True, False])
def test_a_folder_that_could_not_be_entered_is_tried_again(running, tmp_path, monkeypatch, named):
    folder = tmp_path / "library"
    closed = engine_samples.picture(folder / "closed" / "a.png", 1).parent
    scandir = os.scandir

    def forbidding(path):
        if Path(path) == closed:
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", forbidding)
        running.index([str(folder)])
    assert [problem.path for problem in running.problems()] == [str(closed)]
    running.retry([str(closed)] if named else [])
    running.finish()
    assert (running.problems(), running.status().vectors) == ((), 1)


def test_a_decoder_that_is_killed_in_the_middle_costs_nothing(running, tmp_path, monkeypatch):
    """By the system for want of memory, say: the file is read once more, from its start."""
    folder = tmp_path / "library"
    folder.mkdir()
    engine_samples.pdf(folder / "paper.pdf", *(f"page {n} tells of the heron" for n in range(6)))
    decode, killed = running._works.pool.decode, []

    def cut_off(*request):
        pieces = decode(*request)
        for number, piece in enumerate(pieces):
            yield piece
            if number == 3 and not killed:
                [child] = decoders_of()
                killed.append(child.pid)
                child.kill()

    monkeypatch.setattr(running._works.pool, "decode", cut_off)
    report = running.index([str(folder)])
    assert killed
    assert (report.indexed, report.failed) == (1, 0)
    status = running.status()
    assert (status.segments, status.vectors) == (6, 6)
    assert running.store.check() == []


@pytest.mark.skipif(sys.platform != "linux", reason="needs a lease")
def test_a_file_that_another_program_keeps_to_itself_is_no_failure(running, tmp_path, monkeypatch):
    """On Linux by a lease, as a file server takes it; on Windows by opening it for oneself alone."""
    import fcntl

    monkeypatch.setattr("indexer.work.work_queue.LOCKED_S", 0.5)
    path = engine_samples.picture(tmp_path / "library" / "report.png", 1)
    before = signal.signal(signal.SIGIO, signal.SIG_IGN)
    descriptor = os.open(path, os.O_RDWR)
    try:
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_WRLCK)
        report = running.index([str(path.parent)])
        assert (report.indexed, report.skipped, report.failed) == (0, 1, 0)
        status = running.status()
        assert (status.files, status.pending, status.failed) == (1, 1, 0)
        assert [(problem.outcome, problem.reason) for problem in running.problems()] == [("skipped", IN_USE)]
    finally:
        os.close(descriptor)
        signal.signal(signal.SIGIO, before)
    end = time.monotonic() + 60 * PATIENCE
    while running.status().pending:
        assert time.monotonic() < end, "it is tried again by itself"
        time.sleep(0.05)
    assert (running.status().vectors, running.problems()) == (1, ())
    row = running.store.file(str(path))
    running.store.mark_changed(row.id, row)
    running.store.note_in_use(row.id)
    assert len(running.problems()) == 1
    running.store.confirm([row.id])
    assert running.problems() == (), "as it was"


def test_a_file_of_which_a_part_becomes_locked_is_no_failure_either(running, tmp_path, monkeypatch):
    """PDFium says that it is damaged, as the end with its table cannot be read; or shows empty pages."""
    monkeypatch.setattr("indexer.work.work_queue.LOCKED_S", 0.5)
    monkeypatch.setattr(child, "main", engine_samples.decoder_of_locked_parts)
    path = engine_samples.pdf(tmp_path / "library" / "paper.pdf", "The heron waits. " * 6000)
    lock = path.with_name("paper.pdf.lock")
    lock.touch()
    report = running.index([str(path.parent)])
    assert (report.indexed, report.skipped, report.failed) == (0, 1, 0)
    assert [(problem.outcome, problem.reason) for problem in running.problems()] == [("skipped", IN_USE)]
    lock.unlink()
    wait_until(lambda: running.status().pending == 0, 60 * PATIENCE)
    assert (running.status().vectors, running.problems()) == (1, ())


def test_disk_use_adds_up(tmp_path):
    paths = Paths(tmp_path / "data").create()
    Store.open(paths.database).close()
    (paths.checkpoints / "model").mkdir()
    (paths.checkpoints / "model" / "weights").write_bytes(bytes(3_000_000))
    (paths.cache / "ab").mkdir()
    (paths.cache / "ab" / "x.jpg").write_bytes(bytes(500))
    (paths.data / "demo").mkdir()
    (paths.data / "demo" / "file").write_bytes(bytes(70))
    parts = {part.name: part.bytes for part in upkeep.disk_use(paths)}
    assert next(iter(parts)) == "models"
    assert parts["models"] == 3_000_000
    assert parts["thumbnails"] == 500
    assert parts["rest"] == 70
    assert parts["index"] == paths.database.stat().st_size


def test_purging_takes_what_is_ours_and_nothing_else(tmp_path):
    paths = Paths(tmp_path / "data").create()
    Store.open(paths.database).close()
    Settings().save(paths.settings)
    for path in (paths.calibration, paths.status, paths.connections, paths.data / "window.ini"):
        path.write_text("{}", "utf-8")
    (paths.data / "a letter of mine.txt").write_text("Dear Ada", "utf-8")
    with EngineLock(paths.lock), pytest.raises(UserError, match="already running"):
        upkeep.purge(paths)
    assert paths.database.exists()
    upkeep.purge(paths)
    assert [path.name for path in paths.data.iterdir()] == ["a letter of mine.txt"]
    shutil.rmtree(paths.data)
    upkeep.purge(paths)


def test_purging_asks_first(sightline, pictures):
    sightline("folders", "add", pictures)
    done = sightline("purge")
    assert done.status == 2
    assert "--yes" in done.err
    assert (sightline.data / "index.db").exists()


def test_the_window_purges_through_the_engine(engine, sightline, pictures):
    one = engine()
    one.ask("add_folder", path=str(pictures))
    parts = one.ask("disk_use")["result"]["parts"]
    assert {part["name"] for part in parts} >= {"index", "models"}
    assert one.ask("purge", 60)["result"] == {}
    one.wait(lambda: one.events[-1]["event"] == "bye")
    assert one.process.wait(30) == 0
    assert not sightline.data.exists()

"""What a person can see of the work: `sightline status` beside a running engine, logs that keep secrets."""

import logging
import sys
import time
from dataclasses import replace

import engine_samples
import pytest
from engine_process import PATIENCE, wait_until

from indexer import discreet, last_status, logs
from indexer.ingest.pictures import ocr
from indexer.lock import EngineLock
from indexer.messages.work_messages import FolderStatus, Status
from indexer.paths import Paths
from indexer.reporting import Reporter
from indexer.store.store import Store

KEPT = "xylophonist"


def test_status_beside_a_running_engine(here, sightline, engine, tmp_path):
    library = engine_samples.library(tmp_path / "library")
    engine_samples.bad_files(tmp_path / "library" / "bad")
    one = engine()
    one.ask("pause")
    one.ask("add_folder", path=str(library))
    paths = Paths(sightline.data)
    end = time.monotonic() + 30 * PATIENCE
    while (said := last_status.read(paths)) is None or said.pending < 10:
        assert time.monotonic() < end
        time.sleep(0.1)
    found = here("status", "--json").json
    assert (found["state"], found["pending"]) == ("paused", said.pending)
    assert found["waiting"] == "Indexing is paused; resume it to go on."
    assert {row["kind"] for row in found["coverage"]} == {"photo", "video", "document"}, "by their names"
    one.ask("resume")
    one.settled()
    assert one.close() == 0
    assert not paths.status.exists()

    found = here("status", "--json").json
    assert (found["state"], found["waiting"], found["eta_s"]) == ("idle", "", None)
    assert set(found["disk"]) == {"index", "thumbnails", "models", "logs", "rest"}
    assert found["disk"]["index"] >= found["index_bytes"] > 0
    assert found["disk"]["thumbnails"] > 1000
    out = here("status").out
    assert "`sightline problems` says which and why." in out
    assert "thumbnails" in out
    [line] = [line for line in out.splitlines() if line.startswith("  video")]
    assert line.split() == ["video", "2", "by", "name", "1", "by", "what", "they", "show", "1", "failed"]


def test_what_only_the_engine_knows_is_told_beside_it(sightline):
    paths = Paths(sightline.data).create()
    note = "It cannot be watched: changes are noticed within 30 seconds."
    with EngineLock(paths.lock), Store.open(paths.database) as store:
        store.add_folder("/library")
        folders = (FolderStatus("/library", 0, 0, note=note),)
        said = Status(
            "idle", 0, 0, 0, 0, "tiny", "none", unpictured=3, folders=folders, unreadable=ocr.NO_READER
        )
        last_status.LastStatus(paths).keep(said)
        out = sightline("status").out
    assert f"/library: 0 files - {note}" in out
    assert "3 whose thumbnails were lost, to be made again" in out
    assert ocr.NO_READER in out


def test_the_last_that_is_said_before_the_work_stands_still_is_kept(tmp_path):
    """Nothing is told while nothing changes: `sightline status` said "indexing" all the while."""
    paths = Paths(tmp_path)
    kept = last_status.LastStatus(paths)
    working = Status("indexing", 10, 0, 0, 0, "tiny", "tiny", pending=9, rate=3.0)
    kept.keep(working)
    for next in (replace(working, waiting="It is hot."), replace(working, state="paused")):
        kept.keep(next)
        assert last_status.read(paths) == next


def test_a_status_that_cannot_be_told_is_not_the_last_one(tmp_path, caplog):
    working = Status("indexing", 10, 0, 0, 0, "tiny", "tiny")
    asked, told = iter([ValueError("year 27354 is out of range"), working]), []

    def status() -> Status:
        found = next(asked)
        if isinstance(found, Exception):
            raise found
        return found

    reporter = Reporter(status, told.append, last_status.LastStatus(Paths(tmp_path)))
    reporter.start()
    try:
        reporter.changed()
        wait_until(lambda: "could not be told" in caplog.text)
        reporter.changed()
        wait_until(lambda: told == [working])
    finally:
        reporter.stop()


def test_no_log_holds_a_name_or_a_word_of_a_file(sightline, engine, tmp_path):
    folder = tmp_path / f"{KEPT} folder"
    engine_samples.library(folder)
    engine_samples.bad_files(folder / KEPT)
    good = engine_samples.pdf(folder / f"{KEPT}.pdf", f"The {KEPT} plays")
    (folder / f"broken {KEPT}.pdf").write_bytes(good.read_bytes().replace(b"endobj", b"endob"))
    (folder / f"{KEPT}.txt").write_text(f"Nobody may know the {KEPT}.\n", "utf-8")
    (folder / f"{KEPT}.docx").write_bytes(f"PK\3\4 {KEPT}".encode() * 20)
    (folder / f"{KEPT}.html").write_text(f"<p {KEPT}='<<\0{KEPT}", "utf-8")
    (folder / f"{KEPT}.eml").write_bytes(f"Subject: =?x-{KEPT}?q?{KEPT}?=\n\n{KEPT}".encode())
    one = engine()
    one.ask("add_folder", path=str(folder))
    one.settled()
    assert one.search(1, text=KEPT)[-1]["hits"]
    one.ask("add_folder", path=str(folder / f"no {KEPT}"))
    one.send(b'{"id": 77, "method": "search", "params": {"search_id": "' + KEPT.encode() + b'"}}\n')
    one.close()
    sightline("index", folder / f"no {KEPT}")
    sightline("search", KEPT, "--json")
    written = {file.name: file.read_text("utf-8") for file in (sightline.data / "logs").iterdir()}
    assert "engine-crash.log" in written
    for name, text in written.items():
        assert KEPT not in text, name


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("could not convert string to float: 'my diary'", "could not convert string to float: …"),
        ('No such file or directory: "/home/ada/it\'s.txt"', "No such file or directory: …"),
        ("the folder /home/ada/my diary cannot be read", "the folder …"),
        (r"C:\Users\Ada\diary.txt: access denied", "…: access denied"),
        ("~/diary is gone", "…"),
        ("it can't be read; 3/4 done at 12:30", "it can't be read; 3/4 done at 12:30"),
        ("GET https://huggingface.co/api/models", "GET https://huggingface.co/api/models"),
    ],
)
def test_quotations_and_paths_are_left_out(said, kept):
    assert discreet.text(said) == kept


def test_a_traceback_keeps_the_code_and_loses_the_words():
    def fail() -> None:
        try:
            int(f"my {KEPT}")
        except ValueError as error:
            raise OSError(2, "No such file", f"/home/{KEPT}.txt") from error

    try:
        fail()
    except OSError:
        error = sys.exc_info()
    record = logging.LogRecord("indexer", logging.ERROR, "", 0, "reading %r failed", (KEPT,), error)
    record.exc_text = f"as another handler wrote it: {KEPT}"
    text = logs.Discreet().format(record)
    assert KEPT not in text
    assert "reading … failed" in text
    assert "in fail" in text
    assert "ValueError: invalid literal for int() with base 10: …" in text
    assert "FileNotFoundError: [Errno 2] No such file: …" in text

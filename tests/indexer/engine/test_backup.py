"""A backup made beside a running engine, brought back elsewhere, damaged, and interrupted at every step."""

import gzip
import os
import tarfile
from pathlib import Path

import engine_samples
import pytest
from engine_process import Sightline

from indexer import backup
from indexer.errors import UserError
from indexer.ingest.thumbnails import PreviewCache
from indexer.lock import EngineLock
from indexer.paths import Paths
from indexer.search.shares import Shares
from indexer.settings import Settings
from indexer.store.rows import ItemRow, SegmentRow
from indexer.store.store import Store


def test_a_library_moves_with_its_backup(here, sightline, engine, pictures, tmp_path, models):
    one = engine()
    one.ask("add_folder", path=str(pictures))
    one.settled()
    one.ask("save_search", name="boats", search={"search_id": 1, "text": "boat"})
    made = sightline("backup", tmp_path, "--json").json
    assert made["bytes"] == Path(made["path"]).stat().st_size
    assert [path.name for path in tmp_path.glob("sightline-*.tar.gz")] == [Path(made["path"]).name]
    assert not list(tmp_path.glob(".sightline-*")), "nothing is left beside it"
    engine_samples.picture(pictures / "later.png", 500)
    one.wait(lambda: one.ask("status")["result"]["vectors"] == 13)
    refused = sightline("restore", made["path"], "--yes")
    assert "already running" in refused.err
    one.close()

    other = Sightline(tmp_path / "other", models)
    assert other("restore", made["path"]).status == 0
    with Store.open(other.data / "index.db", readonly=True) as store:
        [(file, _)] = store.lookup.word_matches("name_word", ["picture-03"], True, 5)
        assert store.lookup.files_by_id([file])[file].path == str(pictures / "picture-03.png")
        assert [saved.name for saved in store.saved.all()] == ["boats"]
    assert len(list((other.data / "cache").rglob("thumbnail.jpg"))) == 12
    report = other("index", "--json").json
    assert (report["indexed"], report["unchanged"]) == (1, 12), "only what came after the backup"
    assert "--yes" in sightline("restore", made["path"]).err
    assert here("status", "--json").json["vectors"] == 13, "nothing is replaced unasked"


def library(where: Path, names: int, embedder: str = "tiny") -> Paths:
    paths = Paths(where).create()
    with Store.open(paths.database) as store:
        store.add_folder("/library")
        store.space("tiny", 8, "first")
        for number in range(names):
            id = store.add_file(Seen(f"/library/{number}.txt"))
            store.add_content(
                id, f"{number:032x}", ItemRow("document"), [SegmentRow("text", "words")], ones()
            )
    Settings(embedder=embedder).save(paths.settings)
    Shares(words={embedder: {"photo": 0.4}}).write(paths.calibration)
    return paths


class Seen:
    size, mtime_ns, device, inode = 1, 1, 1, 1

    def __init__(self, path: str) -> None:
        self.path = path


def ones():
    import numpy as np

    return np.eye(8, dtype=np.float32)[:1]


def state(paths: Paths) -> tuple[int, str]:
    with Store.open(paths.database) as store:
        assert store.check() == []
        files = store.counts().files
    embedder = Settings.load(paths.settings).embedder
    assert list(Shares.read(paths.calibration).words) == [embedder], (
        "what was measured goes with the settings"
    )
    return files, embedder


def test_the_logs_of_an_index_that_was_killed_are_in_the_backup(tmp_path):
    paths = library(tmp_path / "data", 3)
    held = Store.open(paths.database)
    held.add_file(Seen("/library/in the log.txt"))
    killed, other, at_work = (tmp_path / f".sightline-backup-{name}" for name in ("killed", "other", "now"))
    for draft in (killed, other, at_work):
        draft.mkdir()
        (draft / "index.db").write_bytes(b"somebody's words")
    (other / "mine.txt").write_text("of somebody who named it so")
    for old in (killed, other):
        os.utime(old, (1, 1))
    made = backup.save(paths, tmp_path / "all.tar.gz")
    held.close()
    if os.name == "posix":
        assert made.stat().st_mode & 0o077 == 0, "whatever folder it lies in, it is for this person alone"
    left = [draft.exists() for draft in (killed, other, at_work)]
    assert left == [False, True, True], "what an earlier one left behind goes, and nothing else"
    assert backup.restore(made, Paths(tmp_path / "new").create(), replace=False).files == 4
    assert state(Paths(tmp_path / "new")) == (4, "tiny")


def test_a_picture_that_goes_while_the_backup_is_made_is_left_out(tmp_path, monkeypatch):
    """The engine goes on working meanwhile, and removes what has left the index."""
    paths = library(tmp_path / "data", 2)
    first, second = (f"{number:032x}" for number in range(2))
    for digest in (first, second):
        kept = PreviewCache(paths.cache).thumbnail(digest)
        kept.parent.mkdir(parents=True)
        kept.write_bytes(b"a picture")
    listed = backup._pictures

    def going(paths: Paths):
        for picture in listed(paths):
            if picture.parent.name == first:
                picture.unlink()
            yield picture

    monkeypatch.setattr(backup, "_pictures", going)
    made = backup.save(paths, tmp_path / "all.tar.gz")
    new = Paths(tmp_path / "new").create()
    later = PreviewCache(new.cache).thumbnail("cd" * 20)
    later.parent.mkdir(parents=True)
    later.write_bytes(b"of what came after the backup")
    backup.restore(made, new, replace=False)
    assert [path.parent.name for path in new.cache.rglob("*.jpg")] == [second]


@pytest.mark.parametrize("damage", ["cut", "flipped", "other", "empty", "missing", "newer", "rotten"])
def test_a_damaged_backup_changes_nothing(tmp_path, damage):
    made = backup.save(library(tmp_path / "first", 40), tmp_path / "all.tar.gz")
    whole = bytearray(made.read_bytes())
    match damage:
        case "cut":
            made.write_bytes(whole[: len(whole) * 2 // 3])
        case "flipped":
            whole[len(whole) // 2] ^= 255
            made.write_bytes(whole)
        case "other":
            with tarfile.open(made, "w:gz") as tar:
                tar.add(__file__, "notes.txt")
        case "empty":
            made.write_bytes(b"")
        case "missing":
            made.unlink()
        case "newer":
            text = gzip.decompress(whole)
            made.write_bytes(gzip.compress(text.replace(b'"format": 1', b'"format": 9')))
        case "rotten":
            text = gzip.decompress(whole)
            at = text.index(b"SQLite format 3") + 16384 * 3
            made.write_bytes(gzip.compress(text[:at] + b"\xff" * 16384 + text[at + 16384 :]))
    paths = library(tmp_path / "second", 2, "qwen3-vl-embedding-2b")
    with pytest.raises(UserError, match=r"backup|No such file|damaged"):
        backup.restore(made, paths, replace=True)
    assert state(paths) == (2, "qwen3-vl-embedding-2b")
    assert not paths.restoring.exists()
    assert not paths.replaced.exists()


class PowerCut(BaseException):
    pass


def test_a_restore_that_is_cut_off_happened_or_did_not(tmp_path, monkeypatch):
    made = backup.save(library(tmp_path / "first", 3), tmp_path / "all.tar.gz")
    steps = ("replace", "rmdir", "unlink")
    outcomes = []
    for last in range(30):
        paths = library(tmp_path / f"second-{last}", 2, "qwen3-vl-embedding-2b")
        held = Store.open(paths.database)  # a log lies beside it
        done = [0]

        def counted(call, done=done, last=last):
            def run(*arguments, **more):
                done[0] += 1
                if done[0] > last:
                    raise PowerCut
                return call(*arguments, **more)

            return run

        with monkeypatch.context() as patched:
            for name in steps:
                patched.setattr(Path, name, counted(getattr(Path, name)))
            patched.setattr(backup.shutil, "rmtree", _rmtree_in_steps)
            try:
                backup.restore(made, paths, replace=True)
                finished = True
            except PowerCut:
                finished = False
        held.close()
        backup.recover(paths)
        outcomes.append(state(paths))
        left = {path.name for path in paths.data.iterdir()}
        kept = {"index.db", "settings.toml", "calibration.json"}
        assert left == kept | {"engine.lock", "cache", "logs", "checkpoints"}
        if finished:
            break
    assert finished, "in the end it is not interrupted any more"
    before, after = (2, "qwen3-vl-embedding-2b"), (3, "tiny")
    assert {before, after} == set(outcomes)
    assert outcomes == sorted(outcomes), "old up to one step, new from there on"


def _rmtree_in_steps(folder, ignore_errors=False):
    """As shutil's, which does the same through descriptors."""
    if not folder.exists():
        return
    for file in sorted(folder.iterdir()):
        file.unlink()
    folder.rmdir()


def test_places_that_cannot_be_used(tmp_path):
    paths = library(tmp_path / "data", 1)
    (tmp_path / "there").write_text("a letter", "utf-8")
    with pytest.raises(UserError, match="exists already"):
        backup.save(paths, tmp_path / "there")
    with pytest.raises(UserError, match="inside the library"):
        backup.save(paths, paths.data)
    with pytest.raises(UserError, match="There is no folder"):
        backup.save(paths, tmp_path / "no" / "where")
    with pytest.raises(UserError, match="nothing to back up"):
        backup.save(Paths(tmp_path / "none").create(), tmp_path / "x")
    if os.geteuid() != 0:
        tmp_path.chmod(0o500)
        with pytest.raises(UserError, match="Permission"):
            backup.save(paths, tmp_path / "all")
        tmp_path.chmod(0o700)
    with EngineLock(paths.lock), pytest.raises(UserError, match="already running"):
        backup.restore(tmp_path / "there", paths, replace=True)

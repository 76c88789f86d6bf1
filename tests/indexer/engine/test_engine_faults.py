"""A whole engine on a disk that fails: no file is blamed for it, and what was finished is not done again."""

import random
import time
from pathlib import Path

import apsw
import engine_samples
import pytest

from indexer.engine import Engine
from indexer.errors import UserError
from indexer.paths import Paths
from indexer.settings import ModelOptions
from indexer.store.store import Store
from tests.faulty_disk import FaultyDisk
from tests.known_files import known_files

pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"  # of apsw, where SQLite itself gets over a failure
)
FILES = 6
TRIALS = 5
SEED = 7


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    for number in range(FILES):
        engine_samples.picture(folder / f"{number}.png", number)
    (folder / "copy.png").write_bytes((folder / "0.png").read_bytes())
    (folder / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 no more of it")
    return folder


def run(paths: Paths, models: Path, library: Path, disk: FaultyDisk | None = None) -> tuple[int, list[str]]:
    """Index until it works. Returns how often a file was embedded, and what was said on the way."""
    options = ModelOptions(str(models / "embed"), "none", "cpu")
    embedded, told = 0, []
    for _ in range(5):
        try:
            engine = Engine(paths, options, patient=False, reranker=False, read_words=False)
        except UserError as error:
            told.append(str(error))
            continue
        try:
            engine.start(watch=False, load=False)
            engine.index([str(library)])
        except UserError as error:
            told.append(str(error))
            finished = False
        else:
            finished = True
        engine.close()  # writes what was embedded
        embedded += len(engine._works.indexing.embedded)
        if finished:
            return embedded, told
        if disk is not None:
            disk.heal()
    raise AssertionError(told)


def outcome(paths: Paths) -> dict[str, str]:
    with Store.open(paths.database) as store:
        assert store.check() == []
        rows = known_files(store, "/").values()
        return {Path(row.path).name: row.state for row in rows}


def test_a_disk_that_fails_once_blames_no_file_and_repeats_nothing(tmp_path, models, library):
    with FaultyDisk() as disk:
        assert run(Paths(tmp_path / "sound").create(), models, library) == (FILES, [])
        operations = disk.operations
    expected = outcome(Paths(tmp_path / "sound"))
    assert expected.pop("broken.jpg") == "failed"
    assert set(expected.values()) == {"done"}
    dice = random.Random(SEED)
    faults = [
        ("write", apsw.FullError),
        ("write", apsw.IOError),
        ("write sync truncate", apsw.IOError),
        ("open", apsw.CantOpenError),
        ("lock", apsw.BusyError),
    ]
    for trial in range(TRIALS):
        kinds, error = faults[trial % len(faults)]
        at = dice.randrange(6 if kinds == "open" else 40 if kinds == "lock" else operations)
        paths = Paths(tmp_path / f"faulty-{trial}").create()
        with FaultyDisk() as disk:
            disk.fail(at, error, kinds)
            embedded, told = run(paths, models, library, disk)
        what = f"{error.__name__} at {kinds} {at}, told {told}"
        found = outcome(paths)
        assert found.pop("broken.jpg") == "failed", what
        assert found == expected, what
        assert embedded == FILES, what


def test_another_program_that_holds_the_index_is_waited_for(tmp_path, models, library, monkeypatch):
    monkeypatch.setattr("indexer.store.database.BUSY_MS", 100)
    monkeypatch.setattr("indexer.work.work_queue.TROUBLE_RETRY_S", 0.3)
    monkeypatch.setattr("indexer.disk.library.LOOK_AT_DRIVES_S", 0.3)
    paths = Paths(tmp_path / "data").create()
    Store.open(paths.database).close()
    options = ModelOptions(str(models / "embed"), "none", "cpu")
    engine = Engine(paths, options, reranker=False, read_words=False)
    holder = apsw.Connection(str(paths.database))
    holder.set_busy_timeout(30_000)  # the engine writes now and then, too
    try:
        engine.start(watch=True, load=False)
        engine.add_folder(str(library))
        ends = time.monotonic() + 60
        for _ in range(3):
            holder.execute("BEGIN IMMEDIATE")
            time.sleep(1.0)  # long enough for everyone to give up at least once
            holder.execute("COMMIT")
            time.sleep(0.4)
        while engine.status().pending or engine.status().state != "idle":
            assert time.monotonic() < ends, engine.status()
            time.sleep(0.1)
    finally:
        holder.close()
        engine.close()
    found = outcome(paths)
    assert found.pop("broken.jpg") == "failed"
    assert len(found) == FILES + 1
    assert set(found.values()) == {"done"}

"""A disk that fails once at every operation, and one whose power is cut: nothing is half there or lost."""

import random
from collections.abc import Callable
from dataclasses import dataclass

import apsw
import numpy as np
import pytest

from indexer.errors import UserError
from indexer.store.rows import ItemRow, SegmentRow
from indexer.store.store import Store
from tests.faulty_disk import FaultyDisk, images, put, whole

pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"  # of apsw, where SQLite itself gets over a failure
)
SEED = 20251125


@dataclass(frozen=True)
class SeenFile:
    path: str
    inode: int
    size: int = 10
    mtime_ns: int = 1_000_000_000
    device: int = 1


class Work:
    """What an engine does to an index, each step as it would do it again after trouble."""

    def __init__(self) -> None:
        self.embedded = 0

    def steps(self) -> list[Callable[[Store], object]]:
        steps: list[Callable[[Store], object]] = [lambda store: store.add_folder("/library")]
        for n in range(4):
            steps += [
                lambda store, n=n: self._see(store, n),
                lambda store, n=n: store.begin(self._id(store, n)),
                lambda store, n=n: self._embed(store, n),
            ]
        return [
            *steps,
            lambda store: store.rename_file(
                self._id(store, 0) or store.file("/library/new.txt").id, "/library/new.txt", self._seen(0)
            ),
            lambda store: store.fail(self._id(store, 3), "failed", "It is damaged."),
            lambda store: store.remove_files([row.id for row in [store.file("/library/1.txt")] if row]),
            lambda store: store.orphan_contents(),
            lambda store: store.tidy(),
        ]

    def _seen(self, n: int) -> SeenFile:
        return SeenFile(f"/library/{n}.txt", inode=n)

    def _see(self, store: Store, n: int) -> None:
        if store.file(f"/library/{n}.txt") is None:
            store.add_file(self._seen(n))

    def _id(self, store: Store, n: int) -> int:
        row = store.file(f"/library/{n}.txt")
        return row.id if row is not None else 0

    def _embed(self, store: Store, n: int) -> None:
        store.space("tiny", 64, "first")
        hash = f"{n:032x}"
        if (known := store.content(hash)) is not None:
            store.link(self._id(store, n), known)
            return
        rows = [SegmentRow("text", f"words {n} {m}", legible=True) for m in range(2)]
        store.add_content(
            self._id(store, n), hash, ItemRow("document"), rows, np.eye(64, dtype=np.float32)[[n, n + 1]]
        )
        self.embedded += 1


def state(store: Store) -> tuple[object, ...]:
    """What a person would notice."""
    with store._database.read() as connection:
        files = connection.execute(
            "SELECT path, state, reason, attempts, hash "
            "FROM file LEFT JOIN content ON content.id = content_id ORDER BY path"
        ).fetchall()
        segments = connection.execute("SELECT content_id, ordinal, text FROM segment ORDER BY id").fetchall()
    return tuple(files), tuple(segments), tuple(row.path for row in store.folders())


def test_a_power_cut_at_any_moment_leaves_a_state_that_was(tmp_path):
    committed: list[tuple[object, ...]] = []
    acknowledged: list[tuple[int, int]] = []
    with FaultyDisk() as disk:
        disk.record()
        with Store.open(tmp_path / "index.db") as store:
            committed.append(state(store))
            acknowledged.append((len(disk.journal), 0))
            for step in Work().steps():
                step(store)
                committed.append(state(store))
                acknowledged.append((len(disk.journal), len(committed) - 1))
            written = len(disk.journal)
    (tmp_path / "after").mkdir()
    dice = random.Random(SEED)
    cuts = 0
    for number, image in images(disk.journal[:written], dice, every=40):
        put(image, tmp_path / "after")
        with Store.open(tmp_path / "after" / "index.db") as store:
            assert store.check() == [], f"cut after operation {number}"
            found = state(store)
        assert found in committed or found == ((), (), ()), f"cut after operation {number}: {found}"
        cuts += 1
    assert cuts > 60


def test_a_killed_program_keeps_everything_it_was_told_is_done(tmp_path):
    """As after kill -9: the system still has every write."""
    work, done = Work(), []
    with FaultyDisk() as disk:
        disk.record()
        with Store.open(tmp_path / "index.db") as store:
            for step in work.steps():
                step(store)
                done.append((len(disk.journal), state(store), work.embedded))
    (tmp_path / "after").mkdir()
    for step, (written, expected, embedded) in enumerate(done):
        put(whole(disk.journal[:written]), tmp_path / "after")
        again = Work()
        with Store.open(tmp_path / "after" / "index.db") as store:
            assert state(store) == expected
            for each in again.steps()[step + 1 :]:
                each(store)
            assert state(store) == done[-1][1]
        assert again.embedded + embedded == work.embedded, "what was finished is not done again"


FAULTS = [
    ("write", apsw.FullError, "disk is full"),
    ("write", apsw.IOError, "reports an error"),
    ("sync truncate", apsw.IOError, "reports an error"),
    ("open", apsw.CantOpenError, "cannot be opened"),
    ("delete", apsw.IOError, "reports an error"),
    ("lock", apsw.BusyError, "locked"),
]


@pytest.mark.parametrize(("kinds", "error", "sentence"), FAULTS)
def test_a_disk_that_fails_once_costs_nothing(tmp_path, monkeypatch, kinds, error, sentence):
    monkeypatch.setattr("indexer.store.database.BUSY_MS", 0)
    undisturbed, operations = _run(tmp_path / "sound", lambda disk: None, kinds)
    assert operations > 0
    told = set()
    step = max(1, operations // 25)
    for at in range(0, operations, step):
        folder = tmp_path / str(at)

        def fail(disk: FaultyDisk, at: int = at) -> None:
            disk.fail(at, error, kinds)

        found, _ = _run(folder, fail, kinds, told)
        assert found == undisturbed, f"{error.__name__} at {kinds} {at}"
    assert all(sentence in each for each in told), told


def _run(folder, prepare, kinds, told=None):
    """All steps, each again after a sentence. Returns the state at the end, and the operations there were."""
    folder.mkdir()
    work = Work()
    with FaultyDisk() as disk:
        counted = [0]
        prepare(disk)
        fails = disk._fails

        def count(number, operation):
            counted[0] += operation.kind in kinds.split()
            return fails(number, operation)

        disk._fails = count
        store = _again(lambda: Store.open(folder / "index.db"), told)
        for step in work.steps():
            _again(lambda step=step: step(store), told)
        _again(store.close, told)
        disk.heal()
        with Store.open(folder / "index.db") as store:
            assert store.check() == []
            return state(store), counted[0]


def _again(step, told):
    try:
        return step()
    except UserError as error:
        told.add(str(error))
        return step()


def test_a_disk_that_cannot_be_written_is_told_and_changes_nothing(tmp_path):
    with Store.open(tmp_path / "index.db") as store:
        for step in Work().steps()[:4]:
            step(store)
        before = state(store)
        with FaultyDisk() as disk, Store.open(tmp_path / "index.db") as stuck:
            disk.always(apsw.ReadOnlyError, "write truncate")
            with pytest.raises(UserError, match="cannot be opened for writing"):
                Work().steps()[4](stuck)
            disk.heal()
            assert state(stuck) == before
        assert state(store) == before
        assert store.check() == []

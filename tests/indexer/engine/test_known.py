"""Folders are compared in portions; what comes out is what a dictionary of everything would have found."""

import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.disk import changes, known, walking
from indexer.disk.known import Known, identity
from indexer.disk.reconcile import Reconciler
from indexer.ingest.scan import Seen, Unreadable, walk
from indexer.store import known as portions
from indexer.store.rows import FileRow
from indexer.store.store import Store
from tests.known_files import known_files

Rows = dict[str, FileRow]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setattr(changes, "CHANGES_AT_ONCE", 3)
    monkeypatch.setattr(walking, "PORTION", 3)
    monkeypatch.setattr(portions, "PORTION", 2)
    monkeypatch.setattr(known, "ROOM", 1)
    with Store.open(tmp_path / "index.db") as opened:
        yield opened


def disturb(rng: random.Random, folders: list[Path]) -> None:
    """What a person does: write, delete, rename or move a file or a folder, also to another watched one."""
    files = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    inner = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_dir()]
    target = rng.choice([*folders, *inner]) / f"{rng.choice('abc d')}{rng.randrange(30)}"
    match rng.randrange(10):
        case 0 | 1 | 2 if not target.exists():
            target.write_bytes(rng.randbytes(rng.randrange(1, 9)))
        case 3 if files:
            rng.choice(files).write_bytes(rng.randbytes(rng.randrange(1, 9)))
        case 4 if files:
            rng.choice(files).unlink()
        case 5 | 8 if files and not target.is_dir():
            rng.choice(files).replace(target)
        case 6 | 9 if inner and not target.exists():
            moved = rng.choice(inner)
            if not target.is_relative_to(moved):
                moved.rename(target)
            elif rng.random() < 0.3:
                shutil.rmtree(moved)
        case 7 if not target.exists():
            target.mkdir()


def by_dictionary(
    before: Rows, there: dict[str, Seen], closed: list[str]
) -> dict[str, tuple[int | None, str]]:
    """State by path, and the row's id where it is kept."""
    left = {path: row for path, row in before.items() if path not in there}
    alike = {identity(row): row for row in left.values() if not os.path.lexists(row.path)}
    expected: dict[str, tuple[int | None, str]] = {}
    for path, seen in there.items():
        row = before.get(path)
        if row is not None:
            same = (row.size, row.mtime_ns) == (seen.size, seen.mtime_ns)
            expected[path] = row.id, row.state if same else "pending"
        elif (old := alike.pop(identity(seen), None)) is not None:
            del left[old.path]
            expected[path] = old.id, old.state
        else:
            expected[path] = None, "pending"
    shielded = {
        path: row for path, row in left.items() if any(path.startswith(each + os.sep) for each in closed)
    }
    return expected | {path: (row.id, row.state) for path, row in shielded.items()}


@pytest.mark.parametrize("seed", range(6))
def test_portions_find_what_a_dictionary_finds(store, tmp_path, monkeypatch, seed):
    rng = random.Random(seed)
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
        store.add_folder(str(folder))
    reconciler = Reconciler(store, str(tmp_path / "data"))
    scandir, kept = os.scandir, 0
    for turn in range(12):
        for _ in range(rng.randrange(1, 14)):
            disturb(rng, folders)
        rows = sorted(path for folder in folders for path in known_files(store, str(folder)))
        left = [path for row in rows if (path := Path(row)).is_file()]
        if left:  # chance alone may rename nothing that is known
            rng.choice(left).rename(tmp_path / rng.choice(("one", "two")) / f"renamed {turn}")
        inner = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_dir()]
        shut = str(rng.choice(inner)) if inner and rng.random() < 0.4 else ""

        def forbidding(path=".", shut=shut):
            if str(path) == shut:
                raise PermissionError(13, "Permission denied")
            return scandir(path)

        monkeypatch.setattr(os, "scandir", forbidding)
        for folder in folders:
            before = known_files(store, str(folder))
            found = list(walk(str(folder), reconciler.scope))
            there = {one.path: one for one in found if isinstance(one, Seen)}
            expected = by_dictionary(
                before, there, [one.path for one in found if isinstance(one, Unreadable)]
            )
            told: list[str] = []
            gone = reconciler.folder(str(folder), told.extend)
            after = known_files(store, str(folder))
            assert {path: row.state for path, row in after.items()} == {
                path: state for path, (_, state) in expected.items()
            }
            ids = {path: id for path, (id, _) in expected.items() if id is not None}
            assert {path: after[path].id for path in ids} == ids
            assert gone == bool({row.id for row in before.values()} - set(ids.values()))
            assert {path for path, (id, _) in expected.items() if id is None} <= set(told)
            kept += len(ids.keys() - before.keys())
        monkeypatch.setattr(os, "scandir", scandir)
        for row in store.next_pending(1000):
            if rng.random() < 0.5:
                store.fail(row.id, "failed", "It is damaged.")
    assert store.check() == []
    assert kept, "some were renamed"


def test_places_may_lie_in_each_other_and_hold_nothing(store):
    ids = {}
    for name in ("/a/x", "/a/b/y", "/a b/z", "/a/b c/w", "/c"):
        ids[name] = store.add_file(Seen(name, 1, 1, 7, len(ids) + 1))
    some = Known(store, ["/a", "/a/b", "/a/b/y", "/c", "/nothing/here"])
    assert sorted(row.path for row in some.left()) == ["/a/b c/w", "/a/b/y", "/a/x", "/c"]
    some.take(ids["/a/x"])
    some.take(ids["/c"])
    assert sorted(row.path for row in some.left()) == ["/a/b c/w", "/a/b/y"]
    again = [Seen("/new", 1, 1, 7, inode) for inode in (1, 2, 3)]
    assert [row.path for row in some.alike(again).values()] == ["/a/b/y"], "not taken, and of these places"
    assert {row.path for row in Known(store, ["/"]).left()} == set(ids)

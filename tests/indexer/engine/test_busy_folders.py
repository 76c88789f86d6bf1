"""Folders and files that come, go and change places faster than anyone looks: afterwards the index is true.

Without models, as these have no part in it.
"""

import os
import random
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from engine_process import PATIENCE

from indexer.disk.library import Library
from indexer.disk.named_folders import readable_folder
from indexer.disk.scoping import Scoping
from indexer.errors import UserError
from indexer.ingest.scan import Seen, walk
from indexer.ingest.thumbnails import PreviewCache
from indexer.messages.library_messages import Rules
from indexer.paths import Paths
from indexer.store.store import Store
from indexer.work.work_queue import WorkQueue
from tests.known_files import known_files

TRUE_WITHIN_S = 10.0 * PATIENCE


class Hands:
    """Somebody who changes two watched folders, and keeps some of what is in them elsewhere for a while."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.random = random.Random(seed)
        self.roots = [folder / "a", folder / "b"]
        self.elsewhere = folder / "elsewhere"
        for made in (*self.roots, self.elsewhere):
            made.mkdir()
        self.number = 0
        self.can: list[Callable[[], object]] = [
            *[self.write] * 5,
            *[self.make_folders] * 3,
            *[self.move_file] * 3,
            *[self.move_folder] * 3,
            *[self.take_away] * 2,
            *[self.bring_back] * 2,
            self.delete_file,
            self.delete_folder,
            self.copy_folder,
            self.save_atomically,
            self.append,
            self.a_root_is_away,
        ]

    def change_something(self) -> None:
        self.number += 1
        with suppress(OSError):
            self.random.choice(self.can)()

    def finish(self) -> None:
        """What is away comes back."""
        for root in self.roots:
            with suppress(OSError):
                _away(root).rename(root)

    def files(self) -> dict[str, tuple[int, int]]:
        """What there is, with size and time."""
        paths = [
            Path(around, name) for root in self.roots for around, _, names in os.walk(root) for name in names
        ]
        return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in paths}

    def write(self) -> None:
        (self.folder() / f"w{self.number}.txt").write_text("w" * self.random.randrange(1, 99))

    def make_folders(self) -> None:
        deep = self.folder() / f"m{self.number}" / "in" / "in"
        deep.mkdir(parents=True)
        (deep / "inside.txt").write_text(str(self.number))

    def move_file(self) -> None:
        self.file().rename(self.folder() / f"f{self.number}.txt")

    def move_folder(self) -> None:
        self.folder(inner=True).rename(self.folder() / f"d{self.number}")

    def take_away(self) -> None:
        self.folder(inner=True).rename(self.elsewhere / f"t{self.number}")

    def bring_back(self) -> None:
        taken = self.random.choice(list(self.elsewhere.iterdir()) or [Path("none")])
        taken.rename(self.folder() / f"b{self.number}")

    def delete_file(self) -> None:
        self.file().unlink()

    def delete_folder(self) -> None:
        shutil.rmtree(self.folder(inner=True))

    def copy_folder(self) -> None:
        source, around = self.folder(inner=True), self.folder()
        if not around.is_relative_to(source):
            shutil.copytree(source, around / f"c{self.number}")

    def save_atomically(self) -> None:
        file = self.file()
        draft = file.with_suffix(".draft")
        draft.write_text(str(self.number))
        draft.replace(file)

    def append(self) -> None:
        with self.file().open("a") as opened:
            opened.write("more")

    def a_root_is_away(self) -> None:
        root = self.random.choice(self.roots)
        root.rename(_away(root))
        time.sleep(self.random.choice((0.0, 0.01, 0.5)))
        _away(root).rename(root)

    def folder(self, inner: bool = False) -> Path:
        found = [Path(around) for root in self.roots for around, _, _ in os.walk(root)]
        if inner:
            found = [folder for folder in found if folder not in self.roots]
        return self.random.choice(found or [Path("none")])

    def file(self) -> Path:
        return Path(self.random.choice(list(self.files()) or ["none"]))


def _away(root: Path) -> Path:
    return root.with_name(f"{root.name} away")


class Choices:
    """Somebody who keeps changing their mind about what is to be indexed."""

    def __init__(self, hands: Hands, store: Store, library: Library, paths: Paths) -> None:
        self.hands, self.store, self.library, self.paths = hands, store, library, paths
        cache = PreviewCache(paths.cache)
        self.scoping = Scoping(store, cache, str(paths.data), library.rules_changed)
        self.can: list[Callable[[], object]] = [
            lambda: self.add(self._one(hands.roots)),
            lambda: self.add(hands.folder(inner=True)),
            lambda: self.remove(self._one(self.folders())),
            lambda: self.scoping.exclude([self._any()]),
            lambda: self.scoping.include([self._one(self.scoping.excluded())]),
            lambda: self.scoping.forget([self._any()]),
            lambda: self.scoping.set_rules(Rules(exclude=self._one([(), ("w1*",), ("in/",)]))),
            lambda: (hands.folder() / ".sightlineignore").write_text(self._one(["w*\n", "in\n", ""])),
        ]

    def change_something(self) -> None:
        with suppress(OSError, UserError, IndexError):
            self._one(self.can)()

    def finish(self) -> None:
        """One that has been moved away is no longer wanted."""
        for folder in self.folders():
            if not Path(folder).is_dir():
                self.remove(folder)

    def folders(self) -> list[str]:
        return [row.path for row in self.store.folders()]

    def add(self, folder: Path) -> None:
        path = readable_folder(str(folder), self.paths)
        self.store.add_folder(path)
        self.library.follow(path)

    def remove(self, folder: str) -> None:
        self.library.unfollow(folder, self.store.remove_folder(folder))

    def wanted(self) -> dict[str, tuple[int, int]]:
        """What is there and meant, with size and time."""
        folders, reconciler = self.folders(), self.library._reconciler
        found = {}
        for folder in folders:
            inner = tuple(f"{other}{os.sep}" for other in folders if other.startswith(f"{folder}{os.sep}"))
            for one in walk(folder, reconciler.scope):
                own = isinstance(one, Seen) and not one.path.startswith(inner)
                if own and not reconciler._is_forgotten(one, folders):
                    found[one.path] = (one.size, one.mtime_ns)
        return found

    def _one(self, of: Any) -> Any:
        return self.hands.random.choice(of)

    def _any(self) -> str:
        return str(self.hands.folder(inner=True) if self.hands.random.random() < 0.5 else self.hands.file())


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[tuple[Hands, Store, Library, Paths]]:
    hands, paths = Hands(tmp_path, seed=3), Paths(tmp_path / "data")
    paths.create()
    with Store.open(paths.database) as store:
        for root in hands.roots:
            store.add_folder(str(root))
        queue = WorkQueue(store, lambda: None)
        library = Library(store, queue, str(paths.data), lambda: True, lambda: None)
        library.start(watch=True)
        yield hands, store, library, paths
        library.stop()


def test_after_any_changes_the_index_is_as_the_disk(watching):
    hands, store, _, _ = watching
    for pause_s in (0.002, 0.02, 0.002):
        for _ in _for_seconds(2.0):
            hands.change_something()
            time.sleep(hands.random.random() * pause_s)
        hands.finish()
        _until_equal(hands.files, store, hands)


def test_after_any_choices_the_index_holds_what_is_meant(watching):
    hands, store, _, _ = watching
    choices = Choices(*watching)
    for pause_s in (0.002, 0.02, 0.002, 0.02):
        for _ in _for_seconds(2.0):
            by = choices if hands.random.random() < 0.1 else hands
            by.change_something()
            time.sleep(hands.random.random() * pause_s)
        hands.finish()
        choices.finish()
        _until_equal(choices.wanted, store, hands)


def _for_seconds(seconds: float) -> Iterator[None]:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        yield


def _until_equal(wanted: Callable[[], dict[str, tuple[int, int]]], store: Store, hands: Hands) -> None:
    end = time.monotonic() + TRUE_WITHIN_S
    while (there := wanted()) != (known := _known(store, hands)):
        assert time.monotonic() < end, (there.keys() - known.keys(), known.keys() - there.keys())
        time.sleep(0.1)


def _known(store: Store, hands: Hands) -> dict[str, tuple[int, int]]:
    rows = [row for root in hands.roots for row in known_files(store, str(root)).values()]
    return {row.path: (row.size, row.mtime_ns) for row in rows}

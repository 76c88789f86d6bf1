"""Folders and files that come, go and change places faster than anyone looks: afterwards the index is true.

Without models, as these have no part in it.
"""

import os
import random
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from engine_process import PATIENCE

from indexer.disk.library import Library
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
        (self._folder() / f"w{self.number}.txt").write_text("w" * self.random.randrange(1, 99))

    def make_folders(self) -> None:
        deep = self._folder() / f"m{self.number}" / "in" / "in"
        deep.mkdir(parents=True)
        (deep / "inside.txt").write_text(str(self.number))

    def move_file(self) -> None:
        self._file().rename(self._folder() / f"f{self.number}.txt")

    def move_folder(self) -> None:
        self._folder(inner=True).rename(self._folder() / f"d{self.number}")

    def take_away(self) -> None:
        self._folder(inner=True).rename(self.elsewhere / f"t{self.number}")

    def bring_back(self) -> None:
        taken = self.random.choice(list(self.elsewhere.iterdir()) or [Path("none")])
        taken.rename(self._folder() / f"b{self.number}")

    def delete_file(self) -> None:
        self._file().unlink()

    def delete_folder(self) -> None:
        shutil.rmtree(self._folder(inner=True))

    def copy_folder(self) -> None:
        source, around = self._folder(inner=True), self._folder()
        if not around.is_relative_to(source):
            shutil.copytree(source, around / f"c{self.number}")

    def save_atomically(self) -> None:
        file = self._file()
        draft = file.with_suffix(".draft")
        draft.write_text(str(self.number))
        draft.replace(file)

    def append(self) -> None:
        with self._file().open("a") as opened:
            opened.write("more")

    def a_root_is_away(self) -> None:
        root = self.random.choice(self.roots)
        root.rename(_away(root))
        time.sleep(self.random.choice((0.0, 0.01, 0.5)))
        _away(root).rename(root)

    def _folder(self, inner: bool = False) -> Path:
        found = [Path(around) for root in self.roots for around, _, _ in os.walk(root)]
        if inner:
            found = [folder for folder in found if folder not in self.roots]
        return self.random.choice(found or [Path("none")])

    def _file(self) -> Path:
        return Path(self.random.choice(list(self.files()) or ["none"]))


def _away(root: Path) -> Path:
    return root.with_name(f"{root.name} away")


def test_after_any_changes_the_index_is_as_the_disk(tmp_path):
    hands = Hands(tmp_path, seed=3)
    with Store.open(tmp_path / "index.db") as store:
        for root in hands.roots:
            store.add_folder(str(root))
        queue = WorkQueue(store, lambda: None)
        library = Library(store, queue, str(tmp_path / "data"), lambda: True, lambda: None)
        library.start(watch=True)
        try:
            for pause_s in (0.002, 0.02, 0.002):
                busy_until = time.monotonic() + 2.0
                while time.monotonic() < busy_until:
                    hands.change_something()
                    time.sleep(hands.random.random() * pause_s)
                hands.finish()
                _until_true(store, hands)
        finally:
            library.stop()


def _until_true(store: Store, hands: Hands) -> None:
    end = time.monotonic() + TRUE_WITHIN_S
    while (there := hands.files()) != (known := _known(store, hands)):
        assert time.monotonic() < end, (there.keys() - known.keys(), known.keys() - there.keys())
        time.sleep(0.1)


def _known(store: Store, hands: Hands) -> dict[str, tuple[int, int]]:
    rows = [row for root in hands.roots for row in known_files(store, str(root)).values()]
    return {row.path: (row.size, row.mtime_ns) for row in rows}

"""The folders of a person, and everything that may happen to them."""

import random
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "indexer" / "engine"))

import engine_samples

WORDS = ("heron", "ferry", "lantern", "walnut", "harbour", "violin", "meadow", "copper", "glacier", "saffron")


class Disk:
    """The person's folders, and everything that may happen to them."""

    def __init__(self, home: Path, dice: random.Random) -> None:
        self.roots = [home / "pictures", home / "drive"]
        self.trash = home / "trash"
        self._away = home / "unplugged"
        self._dice = dice
        self._made = 0
        for folder in (*self.roots, self.trash):
            folder.mkdir(parents=True)
        for _ in range(12):
            self.create_picture()

    def changes(self) -> list[tuple[int, Callable[[], object]]]:
        """With how often each is made."""
        return [
            (8, self.create_picture), (6, self.create_text), (2, self.create_paper), (1, self.create_broken),
            (3, self.copy), (5, self.edit), (3, self.save_atomically), (2, self.grow), (3, self.touch),
            (5, self.rename), (4, self.move), (2, self.rename_folder), (1, self.move_folder),
            (3, self.throw_away),
            (2, self.bring_back), (1, self.throw_folder_away), (1, self.change_permissions),
            (1, self.unplug_or_plug), (1, self.remake_root), (1, self.swap),
        ]  # fmt: skip

    def files(self) -> list[Path]:
        return sorted(path for root in self.roots for path in root.rglob("*") if path.is_file())

    def folders(self) -> list[Path]:
        """Below the roots."""
        return sorted(path for root in self.roots for path in root.rglob("*") if path.is_dir())

    def create_picture(self) -> None:
        engine_samples.picture(self._new(".png"), self._made, (96, 72))

    def create_text(self) -> None:
        self._new(".txt").write_text(self._prose(), "utf-8")

    def create_paper(self) -> None:
        engine_samples.pdf(self._new(".pdf"), self._prose(), self._prose())

    def create_broken(self) -> None:
        path = self._new(".jpg")
        path.write_bytes(b"\xff\xd8\xff\xe0" + f"cut off {self._made}".encode())

    def copy(self) -> None:
        if file := self.some():
            shutil.copy2(file, self._new(file.suffix))

    def edit(self) -> None:
        if file := self.some(".txt"):
            file.write_text(self._prose(), "utf-8")
        elif file := self.some(".png"):
            self._made += 1
            engine_samples.picture(file, self._made, (96, 72))

    def save_atomically(self) -> None:
        if file := self.some(".txt"):
            draft = file.with_name(f".{file.name}.tmp")
            draft.write_text(self._prose(), "utf-8")
            draft.replace(file)

    def grow(self) -> None:
        if file := self.some(".txt"):
            for _ in range(3):
                with file.open("a", encoding="utf-8") as open_file:
                    open_file.write(self._prose())
                time.sleep(0.02)

    def touch(self) -> None:
        if file := self.some():
            file.touch()

    def rename(self) -> None:
        if file := self.some():
            file.rename(self._name(file.parent, file.suffix))

    def move(self) -> None:
        if file := self.some():
            file.rename(self._new(file.suffix))

    def swap(self) -> None:
        one, other = self.some(".txt"), self.some(".txt")
        if one and other and one != other:
            between = one.with_suffix(".swap")
            one.rename(between)
            other.rename(one)
            between.rename(other)

    def rename_folder(self) -> None:
        if folders := self.folders():
            folder = self._dice.choice(folders)
            folder.rename(self._name(folder.parent, ""))

    def move_folder(self) -> None:
        folders = self.folders()
        if folders and self.connected():
            folder = self._dice.choice(folders)
            root = self._dice.choice(self.connected())
            if not root.is_relative_to(folder):
                folder.rename(self._name(root, ""))

    def throw_away(self) -> None:
        if file := self.some():
            file.rename(self._name(self.trash, file.suffix))

    def bring_back(self) -> None:
        if trashed := sorted(self.trash.iterdir()):
            file = self._dice.choice(trashed)
            file.rename(self._new(file.suffix))

    def throw_folder_away(self) -> None:
        small = [folder for folder in self.folders() if sum(1 for _ in folder.rglob("*")) < 6]
        if small:
            shutil.rmtree(self._dice.choice(small))

    def remake_root(self) -> None:
        """Deleted, and made again at once or when that was noticed: as it was, or empty."""
        root = self._dice.choice(self.connected())
        kept = shutil.copytree(root, root.with_name("kept"))
        shutil.rmtree(root)
        time.sleep(self._dice.choice((0.0, 0.1, 5.0)))
        if self._dice.random() < 0.7:
            kept.rename(root)
        else:
            root.mkdir()
            shutil.rmtree(kept)

    def change_permissions(self) -> None:
        if file := self.some():
            file.chmod(0o000)
            time.sleep(0.3)
            file.chmod(0o644)

    def unplug_or_plug(self) -> None:
        drive = self.roots[1]
        if drive.exists():
            drive.rename(self._away)
        else:
            self.plug()

    def plug(self) -> None:
        if self._away.exists():
            self._away.rename(self.roots[1])

    def connected(self) -> list[Path]:
        return [root for root in self.roots if root.exists()]

    def some(self, suffix: str = "") -> Path | None:
        found = [path for path in self.files() if path.suffix == suffix or not suffix]
        return self._dice.choice(found) if found else None

    def _new(self, suffix: str) -> Path:
        root = self._dice.choice(self.connected())
        below = [folder for folder in self.folders() if folder.is_relative_to(root)]
        folder = self._dice.choice([root, *below])
        if self._dice.random() < 0.12:
            folder = self._name(folder, "")
            folder.mkdir()
        return self._name(folder, suffix)

    def _name(self, folder: Path, suffix: str) -> Path:
        self._made += 1
        return folder / f"{self._dice.choice(WORDS)} {self._made}{suffix}"

    def _prose(self) -> str:
        self._made += 1
        return (
            f"Note {self._made}: "
            + " ".join(self._dice.choices(WORDS, k=self._dice.randrange(6, 20)))
            + ".\n"
        )

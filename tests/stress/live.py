"""A live engine on a disk that never rests: `python -m tests.stress.live --seconds 600 --seed 1`.

While files are made, changed, renamed, moved, thrown away and brought back, folders too, drives come and go,
and somebody searches all the time, the engine and its decoders are killed (-9) at random moments. Then
everything is left in peace, files whose decoder was killed at both tries are asked for again, and the index
is compared with the disk:

    lost       on the disk, but not in the index, or not as what it is
    stale      in the index, but gone from the disk or other than there
    repeated   embedded twice although nothing had made Sightline forget it
    wrong      a search without an answer, and whatever the index's own check finds

All four must be empty. The same seed makes the same changes; which of them meets which kill is up to the
machine.
"""

import argparse
import collections
import hashlib
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import apsw
import psutil

sys.path.insert(0, str(Path(__file__).parents[1] / "indexer" / "engine"))

import engine_samples
from engine_process import PATIENCE, EngineProcess, Sightline, decoders_of

from indexer.ingest.child import ENDED_FROM_OUTSIDE
from indexer.store.store import Store
from tests.known_files import known_files

WORDS = ("heron", "ferry", "lantern", "walnut", "harbour", "violin", "meadow", "copper", "glacier", "saffron")
DECODER_KILLS = 0.1
"""After how many of the changes a decoder is killed, if there is one."""
QUIET_S = 4.0
"""How long all changes together must have been left alone before the comparison counts."""


@dataclass
class Outcome:
    """What was found out.

    Attributes:
        done: how often each kind of change was made. kills: of engines and decoders.
        searches: answered. embedded: contents that were ever seen with vectors.
    """

    seed: int
    done: collections.Counter[str] = field(default_factory=collections.Counter)
    kills: collections.Counter[str] = field(default_factory=collections.Counter)
    searches: int = 0
    embedded: int = 0
    files: int = 0
    lost: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def faults(self) -> list[str]:
        """Everything that must not be."""
        named = ("lost", self.lost), ("stale", self.stale), ("repeated", self.repeated), ("wrong", self.wrong)
        return [f"{name}: {each}" for name, found in named for each in found]

    def __str__(self) -> str:
        changes = ", ".join(f"{count} {name}" for name, count in sorted(self.done.items()))
        kills = ", ".join(f"{count} {name}" for name, count in sorted(self.kills.items())) or "none"
        return (
            f"seed {self.seed}: {self.files} files at the end, {self.embedded} contents embedded, "
            f"{self.searches} searches\n  changes: {changes}\n  killed: {kills}\n  "
            + ("\n  ".join(self.faults) or "index and disk are equal, nothing was embedded twice")
        )


class Disk:
    """The person's folders, and everything that may happen to them."""

    def __init__(self, home: Path, dice: random.Random) -> None:
        self.roots = [home / "pictures", home / "drive"]
        self.trash = home / "trash"
        self._away = home / "unplugged"
        self._dice = dice
        self._made = 0
        self.broken: set[str] = set()
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
            (1, self.unplug_or_plug), (1, self.swap),
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
        if file := self._some():
            shutil.copy2(file, self._new(file.suffix))

    def edit(self) -> None:
        if file := self._some(".txt"):
            file.write_text(self._prose(), "utf-8")
        elif file := self._some(".png"):
            self._made += 1
            engine_samples.picture(file, self._made, (96, 72))

    def save_atomically(self) -> None:
        if file := self._some(".txt"):
            draft = file.with_name(f".{file.name}.tmp")
            draft.write_text(self._prose(), "utf-8")
            draft.replace(file)

    def grow(self) -> None:
        if file := self._some(".txt"):
            for _ in range(3):
                with file.open("a", encoding="utf-8") as open_file:
                    open_file.write(self._prose())
                time.sleep(0.02)

    def touch(self) -> None:
        if file := self._some():
            file.touch()

    def rename(self) -> None:
        if file := self._some():
            file.rename(self._name(file.parent, file.suffix))

    def move(self) -> None:
        if file := self._some():
            file.rename(self._new(file.suffix))

    def swap(self) -> None:
        one, other = self._some(".txt"), self._some(".txt")
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
        if folders and self._connected():
            folder = self._dice.choice(folders)
            root = self._dice.choice(self._connected())
            if not root.is_relative_to(folder):
                folder.rename(self._name(root, ""))

    def throw_away(self) -> None:
        if file := self._some():
            file.rename(self._name(self.trash, file.suffix))

    def bring_back(self) -> None:
        if trashed := sorted(self.trash.iterdir()):
            file = self._dice.choice(trashed)
            file.rename(self._new(file.suffix))

    def throw_folder_away(self) -> None:
        small = [folder for folder in self.folders() if sum(1 for _ in folder.rglob("*")) < 6]
        if small:
            shutil.rmtree(self._dice.choice(small))

    def change_permissions(self) -> None:
        if file := self._some():
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

    def _connected(self) -> list[Path]:
        return [root for root in self.roots if root.exists()]

    def _some(self, suffix: str = "") -> Path | None:
        found = [path for path in self.files() if path.suffix == suffix or not suffix]
        return self._dice.choice(found) if found else None

    def _new(self, suffix: str) -> Path:
        root = self._dice.choice(self._connected())
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


class Watched:
    """What the index says it has embedded, looked at from outside all the time."""

    def __init__(self, database: Path, outcome: Outcome) -> None:
        self._database = database
        self._outcome = outcome
        self._segments: dict[str, int] = {}
        self._present: set[str] = set()

    def look(self) -> None:
        """A content with vectors that comes with new segments was embedded again."""
        if not self._database.exists():
            return
        connection = apsw.Connection(str(self._database), flags=apsw.SQLITE_OPEN_READONLY)
        try:
            connection.set_busy_timeout(5000)
            rows = connection.execute(
                "SELECT hash, min(segment.id) FROM content "
                "JOIN segment ON content_id = content.id GROUP BY hash"
            ).fetchall()
        except apsw.SQLError:  # not made yet
            return
        finally:
            connection.close()
        for hash, segment in rows:
            before = self._segments.setdefault(hash, segment)
            # one that was gone for a while was cleaned away for good, as nothing had it any more
            if before != segment and hash in self._present:
                self._outcome.repeated.append(f"{hash}: segments {before} and {segment}")
            self._segments[hash] = segment
        self._present = {hash for hash, _ in rows}
        self._outcome.embedded = len(self._segments)


class Live:
    """One run."""

    def __init__(self, home: Path, seed: int, say: Callable[[str], None] = lambda line: None) -> None:
        self.outcome = Outcome(seed)
        self._dice = random.Random(seed)
        self._disk = Disk(home, self._dice)
        self._sightline = Sightline(home / "data", engine_samples.small_models(home / "models"))
        self._sightline.configure()
        self._watched = Watched(home / "data" / "index.db", self.outcome)
        self._log = (home / "engine.log").open("ab")
        self._say = say
        self._searches = 0
        self._engine = self._start()

    def run(self, seconds: float) -> Outcome:
        """Changes and kills for so long, then peace and the comparison."""
        try:
            self._change(seconds)
            self._disk.plug()
            self._settle()
        finally:
            self._engine.close()
            self._log.close()
        self._compare_inside()
        return self.outcome

    def _change(self, seconds: float) -> None:
        changes = [each for weight, each in self._disk.changes() for _ in range(weight)]
        ends = time.monotonic() + seconds
        until_kill = self._dice.randrange(8, 20)
        while time.monotonic() < ends or not self.outcome.kills:
            change = self._dice.choice(changes)
            change()
            self.outcome.done[change.__name__] += 1
            self._search()
            self._watched.look()
            time.sleep(self._dice.choice((0.0, 0.05, 0.2, 0.6)))
            if self._dice.random() < DECODER_KILLS:
                self._kill_decoder()
            until_kill -= 1
            if until_kill == 0:
                self._kill()
                until_kill = self._dice.randrange(15, 60)

    def _start(self) -> EngineProcess:
        engine = EngineProcess.serve(self._sightline, self._log)
        folders = {folder["path"] for folder in self._status(engine)["folders"]}
        for root in self._disk.roots:
            if str(root) not in folders and root.exists():
                engine.ask("add_folder", 60, path=str(root))
        engine.ask("hurry", on=True)
        return engine

    @staticmethod
    def _status(engine: EngineProcess) -> dict:  # type: ignore[type-arg]
        return engine.ask("status", 60)["result"]

    def _kill_decoder(self) -> None:
        if decoders := decoders_of(self._engine.process.pid):
            with suppress(psutil.NoSuchProcess):
                self._dice.choice(decoders).kill()
                self.outcome.kills["decoders"] += 1

    def _kill(self) -> None:
        self._engine.kill()
        self.outcome.kills["engines"] += 1
        self._watched.look()
        for _ in range(self._dice.randrange(4)):  # the disk does not wait for us
            self._disk.rename()
            self._disk.create_text()
        self._engine = self._start()

    def _search(self) -> None:
        self._searches += 1
        word = self._dice.choice(WORDS)
        try:
            # later stages are given up by the next search, as when a person types
            self._engine.ask("search", 60, search_id=self._searches, text=word, rerank=False)
            self._engine.wait(lambda: self._engine.results(self._searches), 60)
        except (AssertionError, BrokenPipeError) as error:
            self.outcome.wrong.append(f"a search for {word} was not answered: {error}")
            return
        self.outcome.searches += 1
        for stage in self._engine.results(self._searches):
            note = stage["note"]
            if note and "Understanding" not in note:
                self.outcome.wrong.append(f"a search for {word}: {note}")

    def _settle(self) -> None:
        """Until nothing happens any more and index and disk agree, or patience ends."""
        ends = time.monotonic() + 90 * PATIENCE
        while time.monotonic() < ends:
            time.sleep(0.5)
            status = self._status(self._engine)
            if status["state"] != "idle" or status["pending"] or self._try_again():
                continue
            self._compare()
            if not self.outcome.lost and not self.outcome.stale:
                time.sleep(QUIET_S)  # what is still on its way would make it different again
                self._compare()
                if not self.outcome.lost and not self.outcome.stale:
                    return
        self._say(f"not settled: {self._status(self._engine)}")
        self._compare()

    def _try_again(self) -> int:
        """Ask again for the files whose decoder was killed at both tries. How many there were."""
        with Store.open(self._sightline.data / "index.db", readonly=True) as store:
            killed = [each.path for each in store.problems() if each.reason == ENDED_FROM_OUTSIDE]
        if killed:
            self._engine.ask("retry", 60, paths=killed)
        return len(killed)

    def _compare(self) -> None:
        outcome = self.outcome
        outcome.lost, outcome.stale = [], []
        with Store.open(self._sightline.data / "index.db", readonly=True) as store:
            rows = {
                path: row for root in self._disk.roots for path, row in known_files(store, str(root)).items()
            }
            reasons = {problem.path: problem.reason for problem in store.problems()}
        on_disk = {str(path) for path in self._disk.files()}
        outcome.files = len(on_disk)
        for path in sorted(on_disk - rows.keys()):
            outcome.lost.append(f"{path} is not in the index")
        for path in sorted(rows.keys() - on_disk):
            outcome.stale.append(f"{path} is not on the disk ({rows[path].state})")
        for path in sorted(on_disk & rows.keys()):
            row, file = rows[path], Path(path)
            good = "skipped" if file.suffix == ".swap" else "failed" if file.suffix == ".jpg" else "done"
            if row.state != good:
                outcome.lost.append(f"{path} is {row.state}: {reasons.get(path, '')}")
            elif row.state == "done" and row.content_hash != _hash(file):
                outcome.stale.append(f"{path} has other bytes than in the index")
            elif row.size != file.stat().st_size:
                outcome.stale.append(f"{path} has another size than in the index")

    def _compare_inside(self) -> None:
        self._watched.look()
        with Store.open(self._sightline.data / "index.db") as store:
            self.outcome.wrong += store.check()


def _hash(file: Path) -> str:
    from indexer.ingest.items import content_hash

    return content_hash(file)


def live(home: Path, seconds: float, seed: int, say: Callable[[str], None] = lambda line: None) -> Outcome:
    """A whole run in an empty folder."""
    return Live(home, seed, say).run(seconds)


def main() -> int:
    """The command line. Returns 1 when anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=600.0)
    parser.add_argument("--seed", type=int, default=int(hashlib.sha256(os.urandom(8)).hexdigest()[:6], 16))
    arguments = parser.parse_args()
    print(f"seed {arguments.seed}, {arguments.seconds:.0f} s", flush=True)
    home = Path(tempfile.mkdtemp(prefix="sightline-live-"))
    outcome = live(home, arguments.seconds, arguments.seed, lambda line: print(line, flush=True))
    print(outcome)
    if outcome.faults:
        print(f"kept for a closer look: {home}")
        return 1
    shutil.rmtree(home)
    return 0


if __name__ == "__main__":
    sys.exit(main())

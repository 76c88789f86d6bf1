"""A live engine on a disk that never rests: `python -m tests.stress.live --seconds 600 --seed 1`.

While files are made, changed, renamed, moved, thrown away and brought back, folders too, drives come and go,
and somebody searches all the time, the engine and its decoders are killed (-9) at random moments, and it is
asked to forget folders and files, to exclude and pause, to use another embedder, and to go back to a backup.
Then everything is left in peace, files whose decoder was killed at both tries are asked for again, and the
index is compared with the disk:

    lost       on the disk, but not in the index, or not as what it is
    stale      in the index, but gone from the disk or other than there
    repeated   embedded twice although nothing had made Sightline forget it
    wrong      a search without an answer, a wish that was refused, and whatever the index's own check finds

All four must be empty. The same seed makes the same changes; which of them meets which kill is up to the
machine.
"""

import argparse
import collections
import hashlib
import json
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
from typing import Any

import apsw
import psutil

sys.path.insert(0, str(Path(__file__).parents[1] / "indexer" / "engine"))

import engine_samples
from engine_process import PATIENCE, EngineProcess, Sightline, decoders_of

from indexer.ingest.child import ENDED_FROM_OUTSIDE
from indexer.store.store import Store
from tests.known_files import known_files
from tests.stress.disk import WORDS, Disk

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


class Watched:
    """What the index says it has embedded, looked at from outside all the time."""

    def __init__(self, database: Path, outcome: Outcome) -> None:
        self._database = database
        self._outcome = outcome
        self._segments: dict[str, int] = {}
        self._present: set[str] = set()
        self._forgotten: set[str] = set()

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
            if before != segment and hash in self._present and hash not in self._forgotten:
                self._outcome.repeated.append(f"{hash}: segments {before} and {segment}")
            if before != segment:
                self._forgotten.discard(hash)
            self._segments[hash] = segment
        self._present = {hash for hash, _ in rows}
        self._outcome.embedded = len(self._segments)

    def forget(self) -> None:
        """Sightline was told to forget some of it: what was there may be embedded once more."""
        self.look()
        self._forgotten |= self._present


class Live:
    """One run."""

    def __init__(self, home: Path, seed: int, say: Callable[[str], None] = lambda line: None) -> None:
        self.outcome = Outcome(seed)
        self._dice = random.Random(seed)
        self._disk = Disk(home, self._dice)
        models = engine_samples.small_models(home / "models")
        self._embedders = models / "embed", _with_another_budget(models / "embed", models / "other")
        self._sightline = Sightline(home / "data", models)
        self._sightline.configure()
        self._backup = home / "backup.tar.gz"
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
            self._include_all()
            self._settle()
        finally:
            self._engine.close()
            self._log.close()
        self._compare_inside()
        return self.outcome

    def _change(self, seconds: float) -> None:
        weighted = [*self._disk.changes(), *self._wishes()]
        changes = [each for weight, each in weighted for _ in range(weight)]
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

    # --- what a person asks for meanwhile, each as often as the number says ---------------------------

    def _wishes(self) -> list[tuple[int, Callable[[], object]]]:
        return [
            (1, self.remove_folder), (1, self.exclude_or_include), (1, self.forget_and_touch),
            (1, self.pause), (1, self.use_model), (1, self.back_up), (1, self.restore),
        ]  # fmt: skip

    def remove_folder(self) -> None:
        """From the list, and back again."""
        folder = str(self._dice.choice(self._disk.connected()))
        self._watched.forget()
        self._ask("remove_folder", path=folder)
        self._go_on_changing()
        self._ask("add_folder", path=folder)

    def exclude_or_include(self) -> None:
        folders = self._disk.folders()
        if self._ask("excluded")["paths"]:
            self._include_all()
        elif folders:
            self._watched.forget()
            self._ask("exclude", paths=[str(self._dice.choice(folders))])

    def forget_and_touch(self) -> None:
        """One that changes comes back."""
        if file := self._disk.some():
            self._watched.forget()
            self._ask("forget", paths=[str(file)])
            file.touch()

    def pause(self) -> None:
        self._ask("pause", seconds=self._dice.choice((1, 3)))

    def use_model(self) -> None:
        self._watched.forget()  # what cannot be looked at again is read anew
        self._ask("use_model", embedder=str(self._dice.choice(self._embedders)))

    def back_up(self) -> None:
        self._backup.unlink(missing_ok=True)
        self._command("backup", self._backup)

    def restore(self) -> None:
        """What was made since the backup is made again."""
        if self._backup.exists():
            if status := self._engine.close():
                self.outcome.wrong.append(f"the engine ended with {status}")
            self._watched.forget()
            self._command("restore", self._backup, "--yes")
            self._watched.look()
            self._go_on_changing()
            self._engine = self._start()

    def _kill(self) -> None:
        self._engine.kill()
        self.outcome.kills["engines"] += 1
        self._watched.look()
        self._go_on_changing()
        self._engine = self._start()

    def _go_on_changing(self) -> None:
        """The disk does not wait for us."""
        for _ in range(self._dice.randrange(4)):
            self._disk.rename()
            self._disk.create_text()

    def _include_all(self) -> None:
        self._ask("include", paths=self._ask("excluded")["paths"])

    def _ask(self, method: str, **params: Any) -> Any:
        reply = self._engine.ask(method, 60, **params)
        if "error" in reply:
            self.outcome.wrong.append(f"{method}: {reply['error']['message']}")
        return reply.get("result")

    def _command(self, *arguments: str | Path) -> None:
        done = self._sightline(*arguments)
        if done.status:
            self.outcome.wrong.append(f"sightline {arguments[0]}: {done.err}")

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
        self._ask("hurry", on=True)
        ends = time.monotonic() + 180 * PATIENCE
        while time.monotonic() < ends:
            time.sleep(0.5)
            status = self._status(self._engine)
            works = status["state"] != "idle" or status["pending"] or status["rebuilding"]
            if works or self._try_again():
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


def _with_another_budget(checkpoint: Path, copy: Path) -> Path:
    """A copy of an embedder whose vectors are others."""
    shutil.copytree(checkpoint, copy)
    budget = engine_samples.SMALL | {"image_max_pixels": 20480}
    (copy / "preparation.json").write_text(json.dumps(budget), "utf-8")
    return copy


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

"""What a large, quiet disk costs: the first look, a restart, touched files, an hour of nothing.

    python -m tests.benchmarks.disk [--files 200000] [--idle 60] [FOLDER]

Small files in a temporary folder (or below FOLDER), a hundred in each folder. The contents are entered as if
they had been read, without vectors, so no model is needed; the engine is the real one.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from indexer.disk.library import Library
from indexer.engine import Engine
from indexer.ingest.items import content_hash
from indexer.paths import Paths
from indexer.settings import ModelOptions
from indexer.store.store import Store
from indexer.work.work_queue import WorkQueue

PER_FOLDER = 100
TOUCHED = 780
AT_ONCE = 2_000


def make(root: Path, count: int) -> None:
    for start in range(0, count, PER_FOLDER):
        folder = root / f"{start // 10_000:04}" / f"{start:07}"
        folder.mkdir(parents=True)
        for number in range(start, min(count, start + PER_FOLDER)):
            (folder / f"note {number}.txt").write_bytes(b"The note number %d of many.\n" % number)


class Meter:
    """Wall and processor seconds of this process."""

    def __init__(self) -> None:
        self._process = psutil.Process()
        self.start()

    def start(self) -> None:
        self._wall, self._cpu = time.perf_counter(), self._used()

    def read(self, what: str) -> dict[str, float]:
        return {
            f"{what}_s": round(time.perf_counter() - self._wall, 3),
            f"{what}_cpu_s": round(self._used() - self._cpu, 3),
            "memory_mb": round(self._process.memory_info().rss / 1e6),
        }

    def _used(self) -> float:
        times = self._process.cpu_times()
        return float(times.user + times.system)


def first_look(data: Path, root: Path) -> dict[str, float]:
    """Every name searchable, every folder watched."""
    with Store.open(Paths(data).create().database) as store:
        store.add_folder(str(root))
        meter = Meter()
        library = Library(store, WorkQueue(store, lambda: None), str(data), lambda: True, lambda: None)
        library.start(watch=True)
        wait(lambda: not library.busy)
        found = meter.read("first_look")
        library.stop()
    return found


def enter(data: Path, root: Path) -> None:
    """As if every file had been read; those that will be touched have the hash that they really have."""
    with Store.open(Paths(data).database) as store, store._database.write() as connection:
        connection.execute(
            "INSERT INTO content (id, hash, kind) SELECT id, printf('%040x', id), 'document' FROM file;"
            "UPDATE file SET state = 'done', content_id = id"
        )
        for path in to_touch(root):
            row = store.file(str(path))
            assert row is not None
            connection.execute("UPDATE content SET hash = ? WHERE id = ?", (content_hash(path), row.id))


def to_touch(root: Path) -> list[Path]:
    folders = sorted(root.glob("0000/*"))[: 1 + TOUCHED // PER_FOLDER]
    return [path for folder in folders for path in sorted(folder.iterdir())][:TOUCHED]


def life(data: Path, root: Path, idle_s: float) -> dict[str, float]:
    """Start, rest, touch some files, rest again."""
    meter = Meter()
    engine = Engine(Paths(data), ModelOptions(), reranker=False, read_words=False)
    engine.start(watch=True, load=False)
    wait(lambda: not engine._works.library.busy)
    figures = meter.read("restart")
    time.sleep(3.0)
    meter.start()
    time.sleep(idle_s)
    figures |= meter.read("idle")
    files = to_touch(root)
    meter.start()
    for path in files:
        os.utime(path)
    touching = meter.read("own")["own_cpu_s"]
    last = [(str(path), path.stat().st_mtime_ns) for path in (files[0], files[-1])]

    def settled() -> bool:
        rows = [(engine.store.file(path), mtime_ns) for path, mtime_ns in last]
        seen = all(row is not None and row.mtime_ns == mtime_ns for row, mtime_ns in rows)
        return seen and engine._works.queue.idle and not engine._works.library.busy

    wait(settled, pause=0.5)
    figures |= meter.read("touched")
    figures["touched_cpu_s"] -= touching
    figures["forward_passes"] = float(engine._works.loop.started)
    figures["pending"] = float(engine.status().pending)
    engine.close()
    return figures


def wait(until: Callable[[], object], pause: float = 0.05) -> None:
    while not until():
        time.sleep(pause)


def alone(step: str, *arguments: object) -> dict[str, float]:
    """A step in a process of its own, so that its memory is its own."""
    line = [sys.executable, "-m", "tests.benchmarks.disk", "--step", step, *map(str, arguments)]
    return dict(json.loads(subprocess.run(line, check=True, stdout=subprocess.PIPE).stdout))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=200_000)
    parser.add_argument("--idle", type=float, default=60.0)
    parser.add_argument("--step")
    parser.add_argument("places", nargs="*", type=Path)
    given = parser.parse_args()
    if given.step == "first":
        print(json.dumps(first_look(*given.places)))
    elif given.step == "life":
        data, root = given.places
        print(json.dumps(life(data, root, given.idle)))
    else:
        with tempfile.TemporaryDirectory(dir=given.places[0] if given.places else None) as place:
            data, root = Path(place, "data"), Path(place, "files")
            began = time.perf_counter()
            make(root, given.files)
            print(f"{given.files} files made in {time.perf_counter() - began:.0f} s", flush=True)
            print(alone("first", data, root), flush=True)
            enter(data, root)
            print(alone("life", data, root, "--idle", given.idle), flush=True)
            size = Paths(data).database.stat().st_size
            print(f"index {size / 1e6:.0f} MB, {size / given.files:.0f} bytes a file")


if __name__ == "__main__":
    main()

"""A writer and two readers at one index for as long as one likes: `python -m tests.benchmarks.soak_store`.

The writer does all that an engine does to a store (new files, copies, renames, changed and deleted files,
tidying) without a pause, the readers ask for neighbours, words and files with and without filters, each in a
process of its own. Anything raised is an error, and so is an answer that contradicts itself: a hit that does
not fit its filters, fewer hits than there are, a count that does not add up. At the end the index is checked.
"""

import argparse
import random
import sys
import tempfile
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.queues import Queue
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.kinds import KINDS
from indexer.store.filters import Filters
from indexer.store.rows import ItemRow, SegmentRow
from indexer.store.store import Store

DIMENSION = 256
BATCH = 250
LARGEST = 40_000
"""Files from which on as many are deleted as added."""


@dataclass
class Tally:
    """What one process did.

    Attributes:
        done: operations or questions, or vectors for the writer. slowest_ms: the longest of its questions.
    """

    name: str
    done: int = 0
    median_ms: float = 0.0
    slowest_ms: float = 0.0
    errors: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class SeenFile:
    """A file as the scan hands it over."""

    path: str
    size: int
    mtime_ns: int
    device: int = 1
    inode: int = 1


def soak(path: Path, seconds: float, readers: int = 2) -> list[Tally]:
    """Run all of it: readers, the writer, the check at the end."""
    with Store.open(path) as store:
        store.add_folder("/library")
        store.space("soak", DIMENSION, "soak")
    context = get_context("spawn")
    results: Queue[Tally] = context.Queue()
    works = [(_write, "writer"), *((_read, f"reader {n + 1}") for n in range(readers))]
    children = [context.Process(target=work, args=(path, name, seconds, results)) for work, name in works]
    for child in children:
        child.start()
    tallies = sorted((results.get(timeout=seconds + 300) for _ in children), key=lambda tally: tally.name)
    for child in children:
        child.join()
    with Store.open(path) as store:
        found = store.check()
        counts = store.counts()
        if counts.segments != counts.vectors:
            found.append(f"{counts.segments} segments but {counts.vectors} vectors")
    tallies.append(Tally("check", counts.files, errors=found))
    return tallies


def _write(path: Path, name: str, seconds: float, results: "Queue[Tally]") -> None:
    end = time.time() + seconds
    tally = Tally(name)
    rng = random.Random(1)
    files: list[int] = []
    times: list[float] = []
    number = 0
    try:
        with Store.open(path) as store:
            store.space("soak", DIMENSION, "soak")
            while time.time() < end:
                begun = time.perf_counter()
                vectors = _unit(np.random.default_rng(number), BATCH)
                with store.transaction():
                    for vector in vectors:
                        files.append(_add(store, number, vector, rng))
                        number += 1
                tally.done += BATCH
                times.append(1e3 * (time.perf_counter() - begun) / BATCH)
                _change(store, files, rng, number)
    except Exception:
        tally.errors.append(traceback.format_exc())
    _finish(tally, times, results)


def _add(store: Store, number: int, vector: NDArray[np.float32], rng: random.Random) -> int:
    kind = KINDS[number % 4]
    id = store.add_file(SeenFile(f"/library/{number % 97}/file {number}.{kind[:3]}", number, number * 10**9))
    text = f"words {number} {rng.choice(['apple', 'pear', 'plum'])}"
    item = ItemRow(kind, camera=f"Camera {number % 50}", duration_s=1.5 if kind == "video" else None)
    store.add_content(id, f"{number:x}", item, [SegmentRow("text", text)], vector[None])
    return id


def _change(store: Store, files: list[int], rng: random.Random, number: int) -> None:
    """One of the other things that happen to a library."""
    choice = rng.randrange(6)
    if choice == 0:
        copy = store.add_file(SeenFile(f"/library/copies/{number}.pho", 1, 1))
        known = store.content(f"{rng.randrange(number):x}")
        if known is not None:
            store.link(copy, known)
        files.append(copy)
    elif choice == 1:
        store.rename_file(rng.choice(files), f"/library/renamed/{number}.pho", SeenFile("", 1, 1))
    elif choice == 2 or len(files) > LARGEST:
        # Never all of them, which the first round would otherwise do.
        count = min(len(files) // 2, BATCH * 3)
        gone = [files.pop(rng.randrange(len(files))) for _ in range(count)]
        store.remove_files(gone)
        store.orphan_contents()
    elif choice == 3:
        store.tidy()
    else:
        store.mark_changed(rng.choice(files), SeenFile("", number, number))


def _read(path: Path, name: str, seconds: float, results: "Queue[Tally]") -> None:
    end = time.time() + seconds
    tally = Tally(name)
    rng = random.Random(name)
    times: list[float] = []
    try:
        with Store.open(path, readonly=True) as store:
            while time.time() < end:
                begun = time.perf_counter()
                wrong = _ask(store, rng)
                times.append(1e3 * (time.perf_counter() - begun))
                tally.done += 1
                tally.errors += wrong[: max(0, 5 - len(tally.errors))]
    except Exception:
        tally.errors.append(traceback.format_exc())
    _finish(tally, times, results)


def _ask(store: Store, rng: random.Random) -> Sequence[str]:
    filters = rng.choice(
        [
            Filters(),
            Filters(kinds=("photo",)),
            Filters(folders=("/library/5",)),
            Filters(cameras=("camera 7",), excluded=(Filters(kinds=("video",)),)),
            Filters(minimum_size=1000, extensions=("pho", "doc")),
        ]
    )
    space = store.find_space("soak", DIMENSION, "soak")
    if space is None:
        return ["the space is gone"]
    query = _unit(np.random.default_rng(rng.randrange(10**6)), 1)[0]
    # one state of the index for all of it
    with store._database.read():
        ids, scores = store.lookup.nearest(space, query, 50, filters)
        segments = store.lookup.segments_by_id(ids.tolist())
        contents = {segment.content_id for segment in segments.values()}
        fitting = store.lookup.files_by_content(list(contents), filters)
        words = store.lookup.word_matches(
            "text_word", [rng.choice(["apple", "pear", "words 1"])], True, 50, filters
        )
        counts = store.counts()
    wrong = []
    if len(segments) != len(ids):
        wrong.append("a neighbour has no segment")
    if filters.only_kinds is False and set(fitting) != contents:
        wrong.append("a neighbour does not fit its filters")
    if np.any(np.diff(scores) > 0):
        wrong.append("scores are not in order")
    if counts.segments != counts.vectors:
        wrong.append("segments and vectors do not agree")
    if filters == Filters() and counts.vectors > 1000 and len(ids) != 200:
        wrong.append(f"{len(ids)} of 200 neighbours")
    if len(words) > 50:
        wrong.append("more words than asked for")
    return wrong


def _unit(rng: np.random.Generator, count: int) -> NDArray[np.float32]:
    made = rng.standard_normal((count, DIMENSION), dtype=np.float32)
    unit: NDArray[np.float32] = made / np.linalg.norm(made, axis=1, keepdims=True)
    return unit


def _finish(tally: Tally, times: list[float], results: "Queue[Tally]") -> None:
    if times:
        tally.median_ms, tally.slowest_ms = float(np.median(times)), max(times)
    results.put(tally)


def main() -> int:
    """Print a line per process; 1 if anything went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=600)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tallies = soak(Path(folder) / "index.db", options.seconds)
        size = (Path(folder) / "index.db").stat().st_size / 1e6
    for tally in tallies:
        print(
            f"{tally.name}: {tally.done:,} done, median {tally.median_ms:.2f} ms, "
            f"slowest {tally.slowest_ms:.0f} ms, {len(tally.errors)} errors"
        )
        for error in tally.errors:
            print(error)
    print(f"index {size:.0f} MB")
    return int(any(tally.errors for tally in tallies))


if __name__ == "__main__":
    sys.exit(main())

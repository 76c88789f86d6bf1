"""How fast, exact and large the store is, beside what else there is: `python -m tests.benchmarks.store`.

Everything in one run, on the same vectors and queries: this store, sqlite-vec's plain float32 scan, usearch's
HNSW and faiss' flat and IVF (from the extra `bench`). Vectors are made up, 2,048 components: "clustered" ones
lie in clusters around a common direction with an uneven spectrum, "random" ones say nothing at all, which is
the worst case for every code. Queries are half "near" (beside a vector, as a picture is) and half "far"
(across a gap, as a text is). Recall is against exact float32; a table in Markdown comes out.
"""

import argparse
import gc
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing import get_context
from multiprocessing.queues import Queue
from pathlib import Path
from typing import Any

import apsw
import numpy as np
import psutil
import sqlite_vec
from numpy.typing import NDArray

from indexer.store import scan, vectors, words
from indexer.store.filters import Filters
from indexer.store.store import Store
from indexer.store.vectors import Form

Vectors = NDArray[np.float32]
Search = Callable[[Vectors], NDArray[np.int64]]

DIMENSION, K, SEED = 2048, 50, 7
FOLDER = "/home/person/Pictures"
PORTION = 2000
MB = 1e6


class Made:
    """Vectors made up again from their number whenever they are wanted: a million do not fit into memory."""

    def __init__(self, kind: str, count: int, dimension: int) -> None:
        self.kind, self.count, self.dimension = kind, count, dimension
        self._spectrum = np.arange(1, dimension + 1, dtype=np.float32) ** (-0.5 if kind == "clustered" else 0)
        self._spectrum /= np.sqrt((self._spectrum**2).mean())
        rng = np.random.default_rng(SEED)
        self._common = 0.7 * self._noise(rng, 1)
        self._centres = self._noise(rng, max(20, count // 200))

    def portions(self) -> Iterator[Vectors]:
        """All of them, `PORTION` at a time."""
        for start in range(0, self.count, PORTION):
            yield self._portion(start)[: self.count - start]

    def queries(self, count: int) -> tuple[Vectors, Vectors]:
        """Near and far ones."""
        rng = np.random.default_rng(SEED + 1)
        starts = rng.integers(0, max(1, self.count // PORTION), count) * PORTION
        base = np.stack([self._portion(int(start))[int(rng.integers(0, 100))] for start in starts])
        noise = _unit(self._noise(rng, count))
        near = _unit(base + 0.5 * noise)
        far = _unit(0.45 * base + 0.8 * _unit(self._noise(rng, 1)) + 0.6 * _unit(self._noise(rng, count)))
        return near, far

    def _portion(self, start: int) -> Vectors:
        rng = np.random.default_rng((SEED, start))
        made = self._noise(rng, PORTION)
        if self.kind == "clustered":
            made = 0.8 * made + self._centres[rng.integers(0, len(self._centres), PORTION)] + self._common
        return _unit(made)

    def _noise(self, rng: np.random.Generator, count: int) -> Vectors:
        return rng.standard_normal((count, self.dimension), dtype=np.float32) * self._spectrum


def _unit(vectors: Vectors) -> Vectors:
    unit: Vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return unit


def exact(made: Made, queries: Vectors) -> NDArray[np.int64]:
    """The `K` truly nearest of each query `[n, K]`, numbers from 0."""
    best = np.full((len(queries), K), -2, np.float32)
    ids = np.zeros((len(queries), K), np.int64)
    for number, part in enumerate(made.portions()):
        scores = np.concatenate((best, queries @ part.T), axis=1)
        numbers = np.broadcast_to(number * PORTION + np.arange(len(part)), (len(queries), len(part)))
        every = np.concatenate((ids, numbers), axis=1)
        order = np.argpartition(-scores, K, axis=1)[:, :K]
        best, ids = np.take_along_axis(scores, order, 1), np.take_along_axis(every, order, 1)
    return ids


@dataclass
class Row:
    """One line of the table."""

    name: str
    build_s: float
    p50_ms: float
    p95_ms: float
    near: float
    far: float
    memory_mb: float
    disk_mb: float

    def __str__(self) -> str:
        return (
            f"| {self.name} | {self.build_s:.0f} | {self.p50_ms:.1f} / {self.p95_ms:.1f} "
            f"| {self.near:.3f} / {self.far:.3f} | {self.memory_mb:.0f} | {self.disk_mb:.0f} |"
        )


def measured(name: str, build: Callable[[], tuple[Search, Path]], made: Made, truth: "Truth") -> Row:
    """Build, warm up, ask every query."""
    gc.collect()
    before = psutil.Process().memory_info().rss
    begun = time.perf_counter()
    search, disk = build()
    build_s = time.perf_counter() - begun
    for query in truth.near[:3]:
        search(query)
    times, recalls = [], []
    for queries, expected in ((truth.near, truth.near_ids), (truth.far, truth.far_ids)):
        right = 0
        for query, true in zip(queries, expected, strict=True):
            begun = time.perf_counter()
            found = search(query)
            times.append(1e3 * (time.perf_counter() - begun))
            right += len(set(found.tolist()) & set(true.tolist()))
        recalls.append(right / expected.size)
    memory = (psutil.Process().memory_info().rss - before) / MB
    size = sum(file.stat().st_size for file in disk.parent.glob(disk.name + "*")) / MB
    p50, p95 = np.percentile(times, [50, 95])
    near, far = recalls
    return Row(name, build_s, float(p50), float(p95), near, far, memory, size)


@dataclass(frozen=True)
class Truth:
    """Queries and their answers."""

    near: Vectors
    far: Vectors
    near_ids: NDArray[np.int64]
    far_ids: NDArray[np.int64]


def our_store(folder: Path, made: Made, form: Form) -> tuple[Search, Path]:
    """One file with one segment per vector, everything else as for a photo library."""
    path = folder / f"store-{form.kept}-{form.precision}.db"
    with Store.open(path) as store:
        store.add_folder(FOLDER)
        space = store.space("bench", made.dimension, "bench", form)
        start = 1
        for embeddings in made.portions():
            with store._database.write() as connection:
                add_photos(connection, space, start, embeddings)
            start += len(embeddings)
        store.tidy()
    reader = Store.open(path, readonly=True)
    reader.lookup.prepare()
    return lambda query: reader.lookup.nearest(space, query, K, Filters(kinds=("photo",)))[0] - 1, path


def add_photos(connection: apsw.Connection, space: int, start: int, embeddings: Vectors) -> None:
    """The rows that the engine writes, many at a time instead of a file at a time."""
    ids = range(start, start + len(embeddings))
    moments = [1_000_000_000 + id * 700 for id in ids]
    connection.executemany(
        "INSERT INTO content (id, hash, kind, width, height, taken, camera) "
        "VALUES (?, ?, 'photo', 4000, 3000, ?, ?)",
        (
            (
                id,
                f"{id:040x}",
                f"{datetime.fromtimestamp(moment, UTC):%Y-%m-%dT%H:%M:%S}",
                f"Camera {id % 1000}",
            )
            for id, moment in zip(ids, moments, strict=True)
        ),
    )
    names = [f"{FOLDER}/{2000 + id % 25}/{id // 500 % 40:02} trip/IMG_{id:07}.jpg" for id in ids]
    connection.executemany(
        "INSERT INTO file (id, path, sorts_as, extension, folder_id, size, mtime_ns, moment, device, inode, "
        "kind, state, content_id) VALUES (?1, ?2, natural_name(?2), 'jpg', 1, ?3, ?4 * 1000000000, ?4, 2049, "
        "?1, 'photo', 'done', ?1)",
        (
            (id, name, 2_000_000 + id % 1_000_003, moment)
            for id, name, moment in zip(ids, names, moments, strict=True)
        ),
    )
    connection.executemany(
        "INSERT INTO segment (id, content_id, ordinal, type) VALUES (?1, ?1, 0, 'image')",
        ((id,) for id in ids),
    )
    for id, name in zip(ids, names, strict=True):
        words.add_name(connection, id, name, FOLDER)
        words.add_text(connection, id, "", about=f"Camera {id % 1000}")
    vectors.add(connection, space, "photo", ids, ids, embeddings)


def plain_vec0(folder: Path, made: Made) -> tuple[Search, Path]:
    """What sqlite-vec does by itself."""
    path = folder / "vec0.db"
    connection = apsw.Connection(str(path))
    connection.enable_load_extension(True)
    connection.load_extension(sqlite_vec.loadable_path())
    connection.execute(
        f"CREATE VIRTUAL TABLE v USING vec0 (e FLOAT[{made.dimension}] distance_metric=cosine)"
    )
    n = 0
    for part in made.portions():
        with connection:
            rows = ((n + place, row.tobytes()) for place, row in enumerate(part))
            connection.executemany("INSERT INTO v (rowid, e) VALUES (?, ?)", rows)
        n += len(part)

    def search(query: Vectors) -> NDArray[np.int64]:
        rows = connection.execute("SELECT rowid FROM v WHERE e MATCH ? AND k = ?", (query.tobytes(), K))
        return np.array([id for (id,) in rows.fetchall()], np.int64)

    return search, path


def usearch_hnsw(folder: Path, made: Made) -> tuple[Search, Path]:
    """A graph over int8 vectors."""
    from usearch.index import Index

    index = Index(ndim=made.dimension, metric="cos", dtype="i8", expansion_search=256)
    n = 0
    for part in made.portions():
        index.add(np.arange(n, n + len(part)), part, threads=scan.THREADS)
        n += len(part)
    path = folder / "usearch.index"
    index.save(str(path))
    return lambda query: np.asarray(index.search(query, K).keys, np.int64), path


def faiss_flat(folder: Path, made: Made) -> tuple[Search, Path]:
    """Exact, all in memory."""
    import faiss

    return _faiss(faiss.IndexFlatIP(made.dimension), folder / "flat.faiss", made)


def faiss_ivf(folder: Path, made: Made) -> tuple[Search, Path]:
    """Cells of 8-bit vectors, a tenth of the cells looked at."""
    import faiss

    cells = max(16, int(made.count**0.5))
    quantizer = faiss.IndexFlatIP(made.dimension)
    index = faiss.IndexIVFScalarQuantizer(
        quantizer, made.dimension, cells, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT
    )
    sample = np.concatenate([part for part, _ in zip(made.portions(), range(20), strict=False)])
    index.train(sample)
    index.nprobe = max(8, cells // 10)
    return _faiss(index, folder / "ivf.faiss", made)


def _faiss(index: Any, path: Path, made: Made) -> tuple[Search, Path]:
    import faiss

    for part in made.portions():
        index.add(part)
    faiss.write_index(index, str(path))
    return lambda query: index.search(query[None], K)[1][0], path


def alone(path: Path, made: Made, queries: Vectors) -> Iterator[str]:
    """The first query and the memory of a process that does nothing else."""
    context = get_context("spawn")
    results: Queue[tuple[float, float]] = context.Queue()
    child = context.Process(target=_alone, args=(path, made.dimension, queries, results))
    child.start()
    first_ms, memory = results.get(timeout=600)
    child.join()
    yield f"alone: first query {first_ms:.0f} ms after opening, {memory / MB:.0f} MB more than before"


def _alone(path: Path, dimension: int, queries: Vectors, results: "Queue[tuple[float, float]]") -> None:
    before = psutil.Process().memory_info().rss
    begun = time.perf_counter()
    with Store.open(path, readonly=True) as store:
        space = store.find_space("bench", dimension, "bench")
        assert space is not None
        store.lookup.nearest(space, queries[0], K)
        first_ms = 1e3 * (time.perf_counter() - begun)
        store.lookup.prepare()
        for query in queries:
            store.lookup.nearest(space, query, K)
        results.put((first_ms, psutil.Process().memory_info().rss - before))


def filters_and_words(path: Path, made: Made, queries: Vectors) -> Iterator[str]:
    """How long selective filters and words take on the store that was built at `path`."""

    def median(ask: Callable[[Vectors], object]) -> float:
        times = []
        for query in queries:
            begun = time.perf_counter()
            ask(query)
            times.append(1e3 * (time.perf_counter() - begun))
        return float(np.median(times[1:]))

    with Store.open(path, readonly=True) as store:
        space = store.find_space("bench", made.dimension, "bench")
        assert space is not None
        store.lookup.nearest(space, queries[0], K)
        cases = {
            "no filter": Filters(),
            "0.1 % (a camera)": Filters(cameras=("camera 777",)),
            "4 % (a year's folder)": Filters(folders=("/home/person/Pictures/2007",)),
            "all but 0.1 %": Filters(excluded=(Filters(cameras=("camera 777",)),)),
        }
        for name, filters in cases.items():
            once = time.perf_counter()
            store.lookup.nearest(space, queries[0], K, filters)
            first = 1e3 * (time.perf_counter() - once)
            again = median(lambda query, filters=filters: store.lookup.nearest(space, query, K, filters))  # type: ignore[misc]
            yield f"{name}: first {first:.1f} ms, then {again:.1f} ms"
        for terms in (["IMG_0000777"], ["0777"], ["trip"], ["img", "77"], ["12 trip", "img_00"]):
            took = median(lambda _, terms=terms: store.lookup.word_matches("name_word", terms, True, 200))  # type: ignore[misc]
            yield f"words {terms}: {took:.1f} ms"


def memory_limit(count: int) -> str:
    """How long merely reading that many coarse codes takes here."""
    codes = np.ones((count, DIMENSION // 64), np.uint64)
    blocks = np.array_split(codes, 64)
    with ThreadPoolExecutor(scan.THREADS) as pool:
        times = []
        for _ in range(7):
            begun = time.perf_counter()
            list(pool.map(np.max, blocks))
            times.append(1e3 * (time.perf_counter() - begun))
    return f"reading {codes.nbytes / MB:.0f} MB of codes: {np.median(times):.1f} ms, {scan.THREADS} threads"


def main() -> None:
    """Print a table per size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--counts", type=int, nargs="+", default=[10_000])
    parser.add_argument("--kinds", nargs="+", default=["clustered", "random"])
    parser.add_argument("--queries", type=int, default=20)
    parser.add_argument("--only", nargs="+", default=["store", "vec0", "usearch", "flat", "ivf"])
    options = parser.parse_args()
    print(f"{sys.platform}, {os.cpu_count()} cores, {DIMENSION} components, k = {K}")
    for count in options.counts:
        print(memory_limit(count))
        for kind in options.kinds:
            one_table(count, kind, options.queries, options.only)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


def one_table(count: int, kind: str, queries: int, only: list[str]) -> None:
    """Every way on the same vectors."""
    made = Made(kind, count, DIMENSION)
    near, far = made.queries(queries)
    true = exact(made, np.concatenate((near, far)))
    truth = Truth(near, far, true[:queries], true[queries:])
    print(f"\n{count:,} vectors, {kind}\n")
    print("| | build s | ms p50 / p95 | recall@50 near / far | memory MB | disk MB |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ways: dict[str, tuple[str, Callable[[], tuple[Search, Path]]]] = {
            "store": ("Sightline, int8", lambda: our_store(folder, made, Form(DIMENSION, "int8"))),
            "half": ("Sightline, 1,024 int8", lambda: our_store(folder, made, Form(1024, "int8"))),
            "vec0": ("sqlite-vec, float32", lambda: plain_vec0(folder, made)),
            "usearch": ("usearch HNSW, int8", lambda: usearch_hnsw(folder, made)),
            "flat": ("faiss flat", lambda: faiss_flat(folder, made)),
            "ivf": ("faiss IVF, 8 bits", lambda: faiss_ivf(folder, made)),
        }
        for way in only:
            label, build = ways[way]
            print(measured(label, build, made, truth), flush=True)
        if "store" in only:
            path = folder / f"store-{DIMENSION}-int8.db"
            for line in (*alone(path, made, near), *filters_and_words(path, made, near)):
                print(line, flush=True)


if __name__ == "__main__":
    main()

"""How fast a library is indexed and searched, and at what cost: `python -m tests.benchmarks.indexing`.

Writes distinct drawings as JPEG files, indexes them with the command line in a process of its own while
watching the memory of its whole tree, then asks a running engine over the window's protocol. Words in
pictures, which are read after everything else, are left out.
"""

import argparse
import contextlib
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from indexer.messages.search_messages import Search
from indexer.messages.work_messages import GetStatus
from indexer.protocol import Hello, Request, Shutdown
from indexer.wire import request_line
from models import tiny_drawing as drawing
from models import tiny_phrases as phrases
from models import tiny_world as world

SEED = 5
SIZES = ((640, 480), (1024, 768), (1280, 960), (1600, 1200))
SEARCHES = 50
WATCH_S = 0.2
MB = 1e6


def draw_file(folder: Path, number: int) -> None:
    """One JPEG with a scene of its own."""
    file = folder / f"{number // 500:03}" / f"IMG_{number:05}.jpg"
    if file.exists():
        return
    rng = random.Random(f"{SEED}/{number}")
    image = drawing.draw(rng, scene(number), *rng.choice(SIZES))
    file.parent.mkdir(parents=True, exist_ok=True)
    image.save(file, "JPEG", quality=88)


def scene(number: int) -> world.Scene:
    """What picture `number` shows."""
    return world.random_scene(random.Random(f"{SEED}/scene/{number}"), "picture", held_out=None)


def draw_library(folder: Path, count: int) -> None:
    """All files, unless they are there."""
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as executor:
        list(executor.map(draw_file, [folder] * count, range(count), chunksize=100))


class MemoryWatch:
    """Peak resident memory in bytes of a process and everything below it, while in the `with` block.

    Attributes:
        process: of the process alone.
        tree: summed over the tree at one time; pages that processes share count in each.
    """

    def __init__(self, pid: int) -> None:
        self.process = self.tree = 0
        self._root = psutil.Process(pid)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "MemoryWatch":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(WATCH_S):
            with contextlib.suppress(psutil.Error):
                own = self._root.memory_info().rss
                others = 0
                for child in self._root.children(recursive=True):
                    with contextlib.suppress(psutil.Error):
                        others += child.memory_info().rss
                self.process = max(self.process, own)
                self.tree = max(self.tree, own + others)


class EngineClient:
    """A running engine, spoken to as the window does."""

    def __init__(self, command: Sequence[str]) -> None:
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.pid = self._process.pid
        self._number = 0

    def ask(self, request: Request) -> dict[str, Any]:
        """Send a request and read until its reply, or until the last results of a search."""
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("the engine has no pipes")
        self._number += 1
        self._process.stdin.write(request_line(self._number, request))
        self._process.stdin.flush()
        for line in self._process.stdout:
            message: dict[str, Any] = json.loads(line)
            if message.get("id") == self._number and not isinstance(request, Search):
                return dict(message["result"])
            if isinstance(request, Search) and message.get("event") == "results":
                data: dict[str, Any] = message["data"]
                if data["search_id"] == request.search_id and data["final"]:
                    return data
        raise RuntimeError("the engine ended before it answered")

    def close(self) -> None:
        """Ask it to end."""
        self.ask(Shutdown())
        self._process.wait(20)


def main(argv: Sequence[str] | None = None) -> int:
    """Command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.indexing", description=__doc__)
    parser.add_argument("--files", type=int, default=5000)
    parser.add_argument("--folder", type=Path, help="where the drawings and the index go, to be kept")
    parser.add_argument("--embedder", default="tiny")
    parser.add_argument("--reranker", default="tiny")
    parser.add_argument("--device", default="auto")
    arguments = parser.parse_args(argv)
    with contextlib.ExitStack() as stack:
        folder = arguments.folder or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        library, data = folder / "library", folder / "data"
        started = time.monotonic()
        draw_library(library, arguments.files)
        print(f"{arguments.files} drawings, {time.monotonic() - started:.0f} s to draw")
        data.mkdir(exist_ok=True)
        (data / "settings.toml").write_text("read_words = false\n", "utf-8")
        options = ["--data-dir", str(data), "--embedder", arguments.embedder]
        options += ["--reranker", arguments.reranker, "--device", arguments.device]
        _index(library, options)
        _index(library, options)
        _search(options, arguments.files)
    return 0


def _index(library: Path, options: Sequence[str]) -> None:
    command = [sys.executable, "-m", "indexer", "index", str(library), "--json", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        with MemoryWatch(process.pid) as memory:
            output, _ = process.communicate()
        if process.returncode:
            raise SystemExit(process.returncode)
    report = json.loads(output)
    status = json.loads(
        subprocess.run(
            [sys.executable, "-m", "indexer", "status", "--json", *options], check=True, capture_output=True
        ).stdout
    )
    counted = ", ".join(f"{report[key]} {key}" for key in ("indexed", "unchanged", "skipped", "failed"))
    size = status["index_bytes"]
    rate = (report["indexed"] or report["unchanged"]) / report["seconds"]
    print(f"index: {counted}, {report['seconds']:.1f} s, {rate:.1f} files/s")
    print(
        f"  peak memory: engine {memory.process / MB:.0f} MB, with its decoders {memory.tree / MB:.0f} MB; "
        f"index {size / MB:.1f} MB, {size / max(1, status['files']):.0f} bytes per file"
    )


def _search(options: Sequence[str], files: int) -> None:
    rng = random.Random(SEED)
    texts: list[str] = []
    while len(texts) < SEARCHES:
        said = phrases.caption(rng, scene(rng.randrange(files)), rng.choice(("en", "en", "de", "zh")))
        if '"' not in said.text:
            texts.append(said.text)
    client = EngineClient([sys.executable, "-m", "indexer", "serve", *options])
    with MemoryWatch(client.pid) as memory:
        client.ask(Hello())
        client.ask(Search(1, "warm up"))
        number = 1
        for rerank in (False, True):
            took = []
            for text in texts:
                number += 1
                started = time.perf_counter()
                results = client.ask(Search(number, text, rerank=rerank))
                took.append({**results["took_ms"], "wall": 1000 * (time.perf_counter() - started)})
            name = "with rerank" if rerank else "without rerank"
            parts = []
            for part in ("embed", "retrieve", "rerank", "wall"):
                p50, p95 = np.percentile([one[part] for one in took], (50, 95))
                parts.append(f"{part} {p50:.0f} / {p95:.0f}")
            print(f"search {name}, ms p50 / p95 of {len(texts)}: {', '.join(parts)}")
        client.ask(GetStatus())
    print(f"  peak memory: engine {memory.process / MB:.0f} MB, with its decoders {memory.tree / MB:.0f} MB")
    client.close()


if __name__ == "__main__":
    raise SystemExit(main())

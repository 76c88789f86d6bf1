"""How fast the models run, against other ways in the same run: `python -m tests.benchmarks.models`.

    --config tiny    the built-in checkpoints          --config mid     100 M random parameters
    --config 2B|8B   the real sizes, random weights    --device cuda    in the card's own 16 bits
    --against plain int8 sentence-transformers         --parts pictures queries ...

The plain path (`plain.py`) works like the published scripts. Rounds of all ways alternate and medians are
compared; every line says how far the numbers lie apart. A way that is slow may be stopped after `--seconds`
a round: its rate is then that of the inputs it came to. With `--clock cpu` what is measured is the processor
time of this process, which other programs on a shared machine do not lengthen.
"""

import argparse
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import psutil
import torch

from models import device, resampling
from models.inputs import Input
from models.narrow import Weights
from tests.benchmarks.model_rigs import SEED, Rig, build, load, pictures, smaller, with_batches
from tests.benchmarks.model_work import Peak, matmul_rate, show_profile, wait, work

SHAPES = (
    (768, 1024),
    (1024, 768),
    (720, 1280),
    (600, 800),
    (1024, 1024),
    (500, 900),
    (1280, 960),
    (400, 300),
)
PREVIEWS = tuple(
    (height * 896 // max(height, width), width * 896 // max(height, width)) for height, width in SHAPES
)
"""What a search hands the reranker."""
LARGE = (1200, 1600)
"""More than any budget here allows."""
PAGE = (1414, 1000)
TEXTS = ("the whiteboard with the red arrow", "a dog on the beach at sunset", "invoice 2291", "but at night")
TOKENS = {"tiny": (24,), "mid": (64,), "2B": (256, 512, 1280), "8B": (256, 512, 1280)}
LIBRARY = "sentence-transformers"
SMALL: tuple[Weights, ...] = ("int8", "int4")
OTHERS = ("plain", *SMALL, LIBRARY, f"{LIBRARY}-on-card")
"""`int8` and `int4`: ours with `--weights`. The last has torchvision reduce pictures on the card."""
BATCHES = (8192, 16384, 32768, 65536)
WORDS = 256
"""How many texts are embedded in one call."""
MARKED, WALL, CELL = 50, (1600, 1600), 32
"""Pictures between two looks at the memory; what they are cut out of, and on which grid."""


@dataclass(frozen=True)
class Way:
    """One way to the numbers.

    Attributes:
        run: from inputs to a row or a number for each.
        step: how many inputs it is given at once, all when None.
    """

    name: str
    run: Callable[[list[Input]], Any]
    step: int | None = None


@dataclass(frozen=True)
class Bench:
    """How to measure.

    Attributes:
        rate: FLOP per second of the device in large products.
        seconds: after which another way is stopped in each round.
    """

    rig: Rig
    others: tuple[str, ...]
    clock: Callable[[], float]
    rounds: int
    seconds: float
    rate: float
    started: float

    def say(self, line: str) -> None:
        """At once, with the seconds since the start."""
        print(f"{time.perf_counter() - self.started:6.0f} s  {line}", flush=True)

    def now(self) -> float:
        """After everything under way is done."""
        wait(self.rig.loaded.device)
        return self.clock()

    def go(self, way: Way, inputs: list[Input], seconds: float) -> tuple[float, Any]:
        """Inputs a second, and what was found of those it came to."""
        step = way.step or len(inputs)
        self.rig.forget()
        found, done, begun = [], 0, self.now()
        while done < len(inputs):
            found.append(way.run(inputs[done : done + step]))
            done += len(found[-1])
            took = self.now() - begun
            if took > seconds:
                break
        return done / took, np.concatenate(found)

    def compare(self, name: str, inputs: list[Input], unit: str, ours: Way, others: Sequence[Way]) -> float:
        """Lines of the table. Returns the median seconds of ours."""
        ways = [ours, *others]
        for way in ways:  # kernels are chosen and memory is claimed at the first call
            way.run(inputs[: way.step])
        rates: dict[str, list[float]] = {way.name: [] for way in ways}
        found: dict[str, Any] = {}
        peaks: dict[str, str] = {}
        for _ in range(self.rounds):
            for way in reversed(ways):
                endless = float("inf") if way is ours else self.seconds
                with Peak(self.rig.loaded.device) as peak:
                    rate, found[way.name] = self.go(way, inputs, endless)
                rates[way.name].append(rate)
                peaks[way.name] = f"   peak {peak.bytes / 1e9:.2f} GB"
        fast = float(np.median(rates[ours.name]))
        self.say(f"{name:40} {fast:9.2f} {unit}/s{peaks[ours.name]}")
        for way in others:
            slow, rows = float(np.median(rates[way.name])), found[way.name]
            same = found[ours.name][: len(rows)]
            said = f"apart {np.abs(rows - same).max():.0e}"
            if rows.ndim == 2:
                said += f", cosine at least {(rows * same).sum(1).min():.4f}"
            said += f"   ({len(rows)} of {len(inputs)})"
            line = f"    {way.name:36} {slow:9.2f} {unit}/s{peaks[way.name]}"
            self.say(f"{line}   ratio {fast / slow:6.2f}   {said}")
        return len(inputs) / fast

    def smaller(self) -> Iterator[tuple[Weights, Rig]]:
        """The same weights in fewer bits, as far as they are compared."""
        for weights in SMALL:
            if weights in self.others:
                yield weights, smaller(self.rig, weights)

    def embedding(self) -> list[Way]:
        """The other ways to vectors of documents."""
        found = [Way("plain", self.rig.plain.embed_documents, 1)] if "plain" in self.others else []
        for weights, small in self.smaller():
            found.append(Way(weights, small.afresh(small.embedder.embed_documents)))
        for name in self.others:
            if name.startswith(LIBRARY):
                from tests.benchmarks.with_sentence_transformers import STEP, Embedder

                found.append(Way(name, Embedder(self.rig, name != LIBRARY).embed_documents, STEP))
        return found

    def scoring(self, query: Input) -> list[Way]:
        """The other ways to scores."""
        plain = Way("plain", lambda documents: self.rig.plain.score(query, documents), 1)
        found = [plain] if "plain" in self.others else []
        for weights, small in self.smaller():
            found.append(Way(weights, small.afresh(partial(small.reranker.score, query))))
        for name in self.others:
            if name.startswith(LIBRARY):
                from tests.benchmarks.with_sentence_transformers import STEP, Reranker

                beside = Reranker(self.rig, name != LIBRARY)
                found.append(Way(name, partial(beside.score, query), STEP))
        return found


def indexing(bench: Bench, name: str, inputs: list[Input]) -> None:
    """Pictures or pages, in one call; and without the work before the model's own."""
    rig = bench.rig
    ours = Way("ours", lambda some: rig.embedder.embed_documents(some))
    seconds = bench.compare(name, inputs, "items", ours, bench.embedding())
    ready = [rig.embedder.prepare(value) for value in inputs]
    rig.embedder.embed_prompts(ready[:1])
    begun = bench.now()
    rig.embedder.embed_prompts(ready)
    alone = bench.now() - begun
    flops = sum(work(rig.loaded.model.config, prompt) for prompt in ready)
    tokens = np.mean([prompt.vision.sum() for prompt in ready])
    bench.say(
        f"    {tokens:.0f} tokens a picture; {flops / seconds / bench.rate:.0%} of the device's matmul rate; "
        f"of pictures reduced before: {len(inputs) / alone:.2f} items/s, {flops / alone / bench.rate:.0%}"
    )


def queries(bench: Bench) -> None:
    """Texts, one at a time, and many in one call."""
    texts = [Input(texts=(f"{text} {number}",)) for number in range(WORDS // len(TEXTS)) for text in TEXTS]
    others = bench.embedding()
    for way in (Way("ours", lambda some: bench.rig.embedder.embed_queries(some)), *others):
        way.run(texts[-1:])
        took: list[float] = []
        for text in texts[:20]:
            begun = bench.now()
            way.run([text])
            took.append(1000 * (bench.now() - begun))
        p50, p95 = np.percentile(took, (50, 95))
        bench.say(f"one text query, {way.name:24} p50 {p50:.1f} ms, p95 {p95:.1f} ms")
    ours = Way("ours", lambda some: bench.rig.embedder.embed_documents(some))
    bench.compare(f"{len(texts)} texts in one call", texts, "texts", ours, others)


def reranking(bench: Bench, count: int) -> None:
    """Picture candidates for a text, for a picture with a text, once more, and with another word."""
    rig, documents = bench.rig, pictures(count, PREVIEWS)
    text = Input(texts=(TEXTS[0],))
    mixed = Input(images=pictures(1, SHAPES, SEED + 1)[0].images, texts=(TEXTS[3],))
    for name, query in (("text", text), ("picture and text", mixed)):
        ours = Way("ours", partial(rig.reranker.score, query))
        what = f"rerank {count} pictures for {name}"
        first = bench.compare(what, documents, "pairs", ours, bench.scoring(query))
        for what, asked in (("the same again", query), ("one word more", _longer(query))):
            rig.forget()
            rig.reranker.score(query, documents)
            begun = bench.now()
            rig.reranker.score(asked, documents)
            bench.say(f"    {what}: {(bench.now() - begun) / first:.1%} of the first time")


def _longer(query: Input) -> Input:
    return Input(images=query.images, texts=(query.texts[0] + " again",))


def sweep(bench: Bench, inputs: list[Input]) -> None:
    """How many tokens should go through a card at once: pictures reduced before, so that only it counts."""
    ready = [bench.rig.embedder.prepare(value) for value in inputs]
    for tokens in BATCHES:
        embedder = with_batches(bench.rig, tokens)
        embedder.embed_prompts(ready)
        begun = bench.now()
        embedder.embed_prompts(ready)
        rate = len(ready) / (bench.now() - begun)
        bench.say(f"{tokens:6} tokens at once: {rate:.2f} items/s{_peak(bench)}")


def _peak(bench: Bench) -> str:
    if bench.rig.loaded.device.name != "cuda":
        return ""
    said = f"   peak {torch.cuda.max_memory_allocated() / 1e9:.2f} GB so far"
    torch.cuda.reset_peak_memory_stats()
    return said


def memory(rig: Rig, items: int) -> None:
    """Whether it grows with the number of pictures indexed, and judged in one search after the other."""
    rng = np.random.default_rng(SEED)
    [wall] = pictures(1, [WALL])[0].images

    def some() -> list[Input]:
        """Of all sizes, cut out of one: drawing each would take longer than looking at it."""
        corners = np.sort(rng.integers(0, WALL[0] // CELL, (MARKED, 2, 2)), axis=1) * CELL
        return [
            Input(images=(wall[top : bottom + CELL, left : right + CELL],))
            for (top, left), (bottom, right) in corners
        ]

    def judge(documents: list[Input]) -> None:
        rig.reranker.score(Input(texts=(f"{TEXTS[0]} {rng.integers(1 << 31)}",)), documents)

    process = psutil.Process()
    for what, run in (("indexed", rig.embedder.embed_documents), ("judged", judge)):
        marks: list[float] = []
        for _ in range(items // MARKED):
            run(some())
            marks.append(process.memory_info().rss / 1e6)
        quarters = ", ".join(f"{mark:.0f}" for mark in np.quantile(marks, (0, 0.5, 1)))
        print(
            f"{len(marks) * MARKED} pictures {what}: resident after the first {MARKED} {marks[0]:.0f} MB, "
            f"after a tenth {marks[len(marks) // 10]:.0f}, half {marks[len(marks) // 2]:.0f}, all "
            f"{marks[-1]:.0f}; least, median, most {quarters}",
            flush=True,
        )


PARTS = ("pictures", "queries", "reranking", "mixed", "pages", "sweep", "profile")
"""The first five are always measured."""


def main(argv: Sequence[str] | None = None) -> int:
    """Command line."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.models",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--config", choices=list(TOKENS), default="tiny")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--tokens", type=int, nargs="*", help="at most so many for a picture")
    parser.add_argument("--parts", choices=PARTS, nargs="*", default=PARTS[:5], help="in this order")
    parser.add_argument("--against", choices=OTHERS, nargs="*", default=["plain"])
    parser.add_argument("--pictures", type=int, default=24)
    parser.add_argument("--candidates", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="a round of another way")
    parser.add_argument(
        "--items", type=int, default=0, help="how many to index, and to judge, while memory is watched"
    )
    parser.add_argument("--clock", choices=("wall", "cpu"), default="wall")
    arguments = parser.parse_args(argv)
    started = time.perf_counter()
    resampling.compile_now()
    chosen = device.choose(arguments.device)
    budgets = arguments.tokens or TOKENS[arguments.config]
    loaded = load(arguments.config, chosen)
    rate = matmul_rate(chosen)

    def bench(tokens: int) -> Bench:
        clock = time.perf_counter if arguments.clock == "wall" else time.process_time
        return Bench(
            build(arguments.config, loaded, tokens),
            tuple(arguments.against),
            clock,
            arguments.rounds,
            arguments.seconds,
            rate,
            started,
        )

    usual = bench(budgets[len(budgets) // 2])
    parameters = sum(weight.numel() for weight in loaded.model.model.parameters())
    usual.say(
        f"{arguments.config}, {parameters / 1e6:.1f} M parameters. {chosen.why} torch {torch.__version__}, "
        f"{torch.get_num_threads()} threads, {rate / 1e9:.1f} GFLOP/s in a product; {arguments.clock} time."
    )
    shapes = SHAPES[:1] if max(budgets) < 256 else [LARGE]
    for part in arguments.parts:
        if part == "pictures":
            for tokens in budgets:
                several = pictures(arguments.pictures, shapes)
                indexing(bench(tokens), f"pictures of one size, {tokens} tokens", several)
        elif part == "queries":
            queries(usual)
        elif part == "reranking":
            reranking(usual, arguments.candidates)
        elif part == "mixed":
            indexing(usual, "mixed pictures", pictures(arguments.pictures, SHAPES))
        elif part == "pages":
            seen = pictures(arguments.pictures, [PAGE])
            indexing(usual, "pages", [Input(images=value.images, page=True) for value in seen])
        elif part == "sweep":
            sweep(usual, pictures(arguments.pictures, shapes))
        else:
            several = pictures(arguments.pictures, shapes)
            usual.rig.embedder.embed_documents(several)
            show_profile(chosen, partial(usual.rig.embedder.embed_documents, several))
    if arguments.items:
        memory(usual.rig, arguments.items)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

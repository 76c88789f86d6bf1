"""How well the tiny checkpoints work in their drawn world: `python -m tests.benchmarks.tiny_checkpoints`.

Prints every measure with its target and fails when one is missed. About two minutes on two cores.
"""

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

import resources
from models.qwen3_vl import load_embedder, load_reranker
from tests.benchmarks import tiny_measures as measures
from tests.benchmarks.tiny_measures import Measure, Sizes

TINY = resources.ROOT / "models" / "tiny"


def measure(
    embedder_folder: Path, reranker_folder: Path | None, sizes: Sizes, device: str = "auto"
) -> list[Measure]:
    """Everything. Without a reranker only what the embedder does alone."""
    embedder = load_embedder(embedder_folder, device)
    found = [
        *measures.pictures(embedder, sizes.pictures),
        *measures.remembered(embedder, sizes.pictures),
        *measures.named(embedder, sizes.pictures),
        *measures.clips(embedder, sizes.clip_subjects),
        *measures.words(embedder, sizes.words),
        *measures.notes(embedder, sizes.notes),
        *measures.mixed(embedder, sizes.mixed),
    ]
    if reranker_folder is not None:
        reranker = load_reranker(reranker_folder, device)
        found += measures.reranking(embedder, reranker, sizes.lists)
        found += measures.floor(embedder, reranker, sizes.nonsense)
    return found


def main(argv: Sequence[str] | None = None) -> int:
    """Command line. 1 when a target is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.tiny_checkpoints", description=__doc__)
    parser.add_argument("--embedder", type=Path, default=TINY / "embedder")
    parser.add_argument("--reranker", default=str(TINY / "reranker"), help='a folder, or "none"')
    parser.add_argument("--device", default="auto")
    arguments = parser.parse_args(argv)
    started = time.monotonic()
    reranker = None if arguments.reranker == "none" else Path(arguments.reranker)
    found = measure(arguments.embedder, reranker, Sizes(), arguments.device)
    for one in found:
        aim = "" if one.target is None else f"{'<=' if one.at_most else '>='} {one.target:.3f}"
        verdict = "" if one.target is None else "ok" if one.is_met else "MISSED"
        print(f"{one.name:76} {one.value:6.3f}   {aim:9} {verdict}")
    print(f"{time.monotonic() - started:.0f} s")
    return 0 if all(one.is_met for one in found) else 1


if __name__ == "__main__":
    raise SystemExit(main())

"""How to leave out what somebody does not mean: `python -m tests.benchmarks.minus`.

Queries are one colour without another ("red -blue") over pictures of the drawn world; right is a picture that
shows the one and not the other. Compared by nDCG@10, and by the share of the first ten that show the other:
nothing done, the minus vector subtracted with several weights, its calibrated confidence taken away
(`relevance.apart`, what Sightline does), the reranker's verdict on the minus alone.
"""

import argparse
import random
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

import resources
from indexer.search.relevance import apart, embedder_calibration, reranker_calibration
from models import tiny_world as world
from models.inputs import Input
from models.qwen3_vl import load_embedder, load_reranker
from tests.benchmarks import tiny_documents as documents

TINY = resources.ROOT / "models" / "tiny"
SUBTRACTED = (0.25, 0.5, 0.75, 1.0)
JUDGED = 24


def main(argv: Sequence[str] | None = None) -> int:
    """Command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.minus", description=__doc__)
    parser.add_argument("--pictures", type=int, default=400)
    parser.add_argument("--queries", type=int, default=60)
    parser.add_argument("--no-rerank", action="store_true")
    arguments = parser.parse_args(argv)
    rng = random.Random(99)
    embedder = load_embedder(TINY / "embedder")
    calibration = embedder_calibration(TINY / "embedder")
    drawn = documents.some(rng, "picture", arguments.pictures)
    vectors = documents.embed_documents(embedder, drawn)
    asked = _questions(rng, drawn, arguments.queries)
    wanted = documents.embed_texts(embedder, [world.COLOURS[colour][0] for colour, _ in asked])
    minus = documents.embed_texts(embedder, [world.COLOURS[other][0] for _, other in asked])

    def confidences(cosines: NDArray[np.float32]) -> NDArray[np.float64]:
        return np.array([calibration.confidence(float(score), "text", "image") for score in cosines])

    found: dict[str, list[tuple[float, float]]] = {}
    reranker = None if arguments.no_rerank else load_reranker(TINY / "reranker")
    verdict = reranker_calibration(TINY / "reranker")
    for (colour, other), query, against in zip(asked, wanted, minus, strict=True):
        right, shows = _truth(drawn, colour, other)
        likes, unlikes = vectors @ query, vectors @ against
        ways = {"nothing done": likes}
        ways |= {f"{share:g} x the minus vector subtracted": likes - share * unlikes for share in SUBTRACTED}
        sure, unsure = confidences(likes), confidences(unlikes)
        ways["its confidence taken away"] = np.array(
            [apart(one, other) for one, other in zip(sure, unsure, strict=True)]
        ) + 1e-4 * (likes - unlikes)
        if reranker is not None:
            first = np.argsort(-likes)[:JUDGED]
            contents = [drawn[at].content() for at in first]
            scores = reranker.score(Input(texts=(world.COLOURS[other][0],)), contents)
            judged = np.array([verdict.confidence(float(score), "image") for score in scores])
            vetoed = likes.copy()
            vetoed[first[judged >= 2 / 3]] = -1
            ways["vetoed by the reranker"] = vetoed
        for name, keys in ways.items():
            order = np.argsort(-keys, kind="stable")
            found.setdefault(name, []).append((_ndcg(right[order]), float(shows[order[:10]].mean())))
    print(f"{'':38}{'nDCG@10':>10}{'shows it':>10}   {len(asked)} queries, {len(drawn)} pictures")
    for name, values in found.items():
        order, shown = np.mean(values, axis=0)
        print(f"{name:38}{order:10.3f}{shown:10.3f}")
    return 0


def _ndcg(right: NDArray[np.bool_]) -> float:
    """nDCG@10 of a ranked list that says which are right."""
    discounts = 1 / np.log2(np.arange(2, 12))
    return float((right[:10] * discounts).sum() / discounts[: int(right.sum())].sum())


def _questions(rng: random.Random, drawn: Sequence[documents.Drawn], count: int) -> list[tuple[int, int]]:
    """Pairs of colours that occur together, with enough that is right."""
    shown = [sorted({thing.colour for thing in one.scene.things if thing.colour >= 0}) for one in drawn]
    together = {(one, other) for colours in shown for one in colours for other in colours if one != other}
    fit = [pair for pair in sorted(together) if _truth(drawn, *pair)[0].sum() >= 10]
    return rng.sample(fit, min(count, len(fit)))


def _truth(
    drawn: Sequence[documents.Drawn], colour: int, other: int
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    def showing(wanted: int) -> NDArray[np.bool_]:
        return np.array([any(thing.colour == wanted for thing in one.scene.things) for one in drawn])

    return showing(colour) & ~showing(other), showing(other)


if __name__ == "__main__":
    raise SystemExit(main())

"""Measures what the tiny checkpoints' scores mean and writes it into their folders as `calibration.json`.

`python -m tests.benchmarks.calibrate [--embedder DIR] [--reranker DIR]`; `indexer/search/relevance.py` says
what the thresholds are for. They are read off the scores of

    right      captions with the documents they are true of; altered pictures with their originals; wishes
    wrong      the best document that a question is not true of
    nothing    the best document for a question that nothing answers

The embedder's "possible" is a gate before the reranker, so it errs on the side of showing: nearly every
right document passes. Whether nonsense is then shown is the reranker's decision: what it gives less than
nearly all right documents get is vetoed. How much it counts besides is chosen by the order it gives to lists
of hard negatives. Drawings are from another seed than the benchmark's.
"""

import argparse
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

import resources
from indexer.messages.result_messages import SegmentType
from indexer.search.relevance import NAME, Form, RerankerCalibration, Thresholds
from models import tiny_phrases as phrases
from models import tiny_world as world
from models.inputs import Input
from models.qwen3_vl import Qwen3VLEmbedder, Qwen3VLReranker, load_embedder, load_reranker
from tests.benchmarks import tiny_documents as documents
from tests.benchmarks import tiny_measures as measures
from tests.benchmarks.tiny_measures import SEGMENT_TYPES

SEED = 424242
COUNTS: dict[world.Medium, int] = {"picture": 240, "screenshot": 60, "page": 60, "clip": 100, "text": 60}
TINY = resources.ROOT / "models" / "tiny"
LOST = 0.02
"""Share of right documents that may stay below "possible"."""
VETOED = 0.02
"""Share of right documents that the reranker may veto."""
VETO = 0.0
"""The reranker's confidence up to which it vetoes."""
NONSENSE = 120
LISTS = 180
REMEMBERED = 300
WEIGHTS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(slots=True)
class Scores:
    """Raw scores of one kind of question and type of segment."""

    right: list[float] = field(default_factory=list)
    wrong: list[float] = field(default_factory=list)
    nothing: list[float] = field(default_factory=list)

    def thresholds(self) -> dict[str, float]:
        """Possible: below nearly all right ones, and above nonsense where these lie apart.

        Strong: where a right document is as far from its own middle as a wrong one from the worst.
        """
        low = float(np.quantile(self.right, LOST))
        noise = float(np.quantile(self.nothing or self.wrong, 0.97))
        possible = (low + noise) / 2 if noise < low else low
        strong = max(float(np.quantile(self.wrong, 0.75)), float(np.quantile(self.right, 0.35)))
        strong = min(max(strong, possible + 0.05), 0.97)
        return {"possible": round(min(possible, strong - 0.05), 4), "strong": round(strong, 4)}

    def line(self, name: str) -> str:
        """Quantiles, for people."""
        parts = []
        for what, values in (("right", self.right), ("wrong", self.wrong), ("nothing", self.nothing)):
            if values:
                shown = " ".join(f"{q:6.3f}" for q in np.quantile(values, (0.02, 0.25, 0.5, 0.75, 0.98)))
                parts.append(f"{what} {shown}")
        return f"{name:22} {'   '.join(parts)}"


Table = dict[tuple[str, str], Scores]


def embedder_table(embedder: Qwen3VLEmbedder) -> Table:
    """Cosines by (form of the question, type of segment)."""
    rng = random.Random(SEED)
    drawn = [one for medium, count in COUNTS.items() for one in documents.some(rng, medium, count)]
    types = np.array([SEGMENT_TYPES[one.scene.medium] for one in drawn])
    vectors = documents.embed_documents(embedder, drawn)
    table: Table = {}

    def note(form: Form, cosines: Any, true: Any) -> None:
        """Every right score, and the best wrong one of each type; no right ones at all for nonsense."""
        for row, right in zip(cosines, true, strict=True):
            for type in ("image", "page", "clip", "text"):
                scores = table.setdefault((form, type), Scores())
                of_type = types == type
                scores.right += row[of_type & right].tolist()
                best = float(row[of_type & ~right].max())
                (scores.wrong if right.any() else scores.nothing).append(best)

    said = [
        phrases.caption(rng, one.scene, rng.choice(("en", "en", "de", "zh")), full=full)
        for one in drawn
        for full in (False, True)
    ]
    texts = documents.embed_texts(embedder, [one.text for one in said])
    note("text", texts @ vectors.T, documents.truth(said, drawn))
    gibberish = documents.embed_texts(embedder, [phrases.nonsense(rng) for _ in range(NONSENSE)])
    note("text", gibberish @ vectors.T, np.zeros((NONSENSE, len(drawn)), np.bool_))

    pictures = [number for number, one in enumerate(drawn) if one.scene.medium in ("picture", "screenshot")]
    altered = documents.embed_altered(embedder, [drawn[number] for number in pictures])
    note("image", altered @ vectors.T, np.arange(len(drawn)) == np.array(pictures)[:, None])

    asked = documents.wishes(rng, 120)
    meant = documents.embed_documents(embedder, [one.after for one in asked])
    wishes = documents.embed_mixed(embedder, asked)
    mixed = table.setdefault(("mixed", "image"), Scores())
    mixed.right += (wishes * meant).sum(axis=1).tolist()
    cosines = wishes @ vectors.T
    cosines[documents.truth([one.meant for one in asked], drawn)] = -1
    for type in ("image", "page", "clip", "text"):
        table.setdefault(("mixed", type), Scores()).wrong += cosines[:, types == type].max(axis=1).tolist()
    return table


def reranker_table(embedder: Qwen3VLEmbedder, reranker: Qwen3VLReranker) -> tuple[Scores, Scores, list[Any]]:
    """Probabilities of hard lists; of what is remembered, and nonsense; (type, cosines, probabilities)."""
    rng = random.Random(SEED + 1)
    hard_ones, asked, lists = Scores(), Scores(), []
    media: tuple[world.Medium, ...] = ("picture", "picture", "screenshot", "page", "clip", "clip")
    for number in range(LISTS):
        medium = media[number % len(media)]
        hard = measures.hard_list(rng, medium)
        judged = measures.reranker_scores(reranker, hard)
        hard_ones.right += judged[: measures.RIGHT].tolist()
        hard_ones.wrong += judged[measures.RIGHT :].tolist()
        lists.append((SEGMENT_TYPES[medium], measures.embedder_scores(embedder, hard), judged))
    drawn = [one for medium, count in COUNTS.items() for one in documents.some(rng, medium, count // 3)]
    vectors = documents.embed_documents(embedder, drawn)
    for one in rng.choices(drawn, k=REMEMBERED):  # not every fact is said
        said = phrases.caption(rng, one.scene, rng.choice(("en", "en", "de", "zh")))
        asked.right += reranker.score(Input(texts=(said.text,)), [one.content()]).tolist()
    for _ in range(NONSENSE // 2):
        text = phrases.nonsense(rng)
        nearest = np.argsort(-(vectors @ documents.embed_texts(embedder, [text])[0]))[: measures.TOP]
        judged = reranker.score(Input(texts=(text,)), [drawn[i].content() for i in nearest])
        asked.nothing.append(float(judged.max()))
    return hard_ones, asked, lists


def embedder_calibration(table: Table) -> dict[str, Any]:
    """The embedder's file: per form the thresholds of pictures, and of other types by type."""
    calibration: dict[str, Any] = {}
    for form in ("text", "image", "mixed"):
        scale = table[form, "image"].thresholds()
        by_type = {}
        for type in ("page", "clip", "text"):
            scores = table[form, type]
            # Nothing of this type is right for such a question: only what stands out is worth a look.
            by_type[type] = scores.thresholds() if len(scores.right) > 20 else _above(scores, scale)
        calibration[form] = {**scale, "by_type": by_type}
    return calibration


def reranker_calibration(
    hard: Scores, asked: Scores, lists: Sequence[Any], embedder: dict[str, Any]
) -> dict[str, Any]:
    """The reranker's file: thresholds by balanced accuracy, weights by the order of hard lists."""
    grid = np.linspace(0.4, 0.9, 51)
    right, wrong = np.array(hard.right), np.array(hard.wrong)
    strong = float(grid[int(np.argmax([(right >= at).mean() + (wrong < at).mean() for at in grid]))])
    # A confidence of 0, which vetoes, lies as far below "possible" as "strong" lies above it.
    possible = (float(np.quantile(asked.right, VETOED)) + strong) / 2
    verdict = {"possible": round(possible, 4), "strong": round(strong, 4)}
    weights = {type: _weight(type, verdict, lists, embedder) for type in ("image", "page", "clip")}
    return {**verdict, "weight": {**weights, "text": weights["page"]}, "veto": VETO}


def _weight(
    type: SegmentType, verdict: dict[str, float], lists: Sequence[Any], embedder: dict[str, Any]
) -> float:
    """The smallest share of the reranker that orders the hard lists of this type as well as the best one.

    In the order that a search gives, where the reranker vetoes, too. As well: within one standard error of
    the difference, list by list.
    """
    scale = embedder["text"]["by_type"].get(type, embedder["text"])
    reading, verdicts = (Thresholds(one["possible"], one["strong"]) for one in (scale, verdict))
    blend = RerankerCalibration(veto=VETO).blend
    confident = [
        [(reading.confidence(float(cosine)), verdicts.confidence(float(score))) for cosine, score in pairs]
        for pairs in (zip(cosines, judged, strict=True) for kind, cosines, judged in lists if kind == type)
    ]
    orders = np.array(
        [
            [
                measures.ndcg(np.array([blend(*pair, type, weight) for pair in pairs]), measures.RIGHT)
                for weight in WEIGHTS
            ]
            for pairs in confident
        ]
    )
    print(type, dict(zip(WEIGHTS, orders.mean(axis=0).round(3).tolist(), strict=True)))
    behind = orders[:, [int(orders.mean(axis=0).argmax())]] - orders
    enough = behind.mean(axis=0) <= behind.std(axis=0) / len(orders) ** 0.5
    return WEIGHTS[int(enough.argmax())]


def _above(scores: Scores, scale: dict[str, float]) -> dict[str, float]:
    possible = max(scale["possible"], float(np.quantile(scores.wrong, 0.9)))
    possible = min(possible, 0.9)
    return {"possible": round(possible, 4), "strong": round(max(scale["strong"], possible + 0.05), 4)}


def main(argv: Sequence[str] | None = None) -> int:
    """Command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.calibrate", description=__doc__)
    parser.add_argument("--embedder", type=Path, default=TINY / "embedder")
    parser.add_argument("--reranker", type=Path, default=TINY / "reranker")
    parser.add_argument("--dry-run", action="store_true", help="print, write nothing")
    arguments = parser.parse_args(argv)
    embedder, reranker = load_embedder(arguments.embedder), load_reranker(arguments.reranker)
    table = embedder_table(embedder)
    for (form, type), scores in table.items():
        print(scores.line(f"{form} to {type}"))
    hard, asked, lists = reranker_table(embedder, reranker)
    print(hard.line("reranker, hard lists"))
    print(asked.line("reranker, remembered"))
    first = embedder_calibration(table)
    second = reranker_calibration(hard, asked, lists, first)
    for folder, values in ((arguments.embedder, first), (arguments.reranker, second)):
        text = json.dumps(values, indent=1) + "\n"
        print(folder / NAME, text)
        if not arguments.dry_run:
            (folder / NAME).write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

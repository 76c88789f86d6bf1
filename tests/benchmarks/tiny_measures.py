"""What the tiny checkpoints can do in their world: each function measures one thing on fresh drawings.

Whether an answer is right is decided by facts: a caption may be true of more documents than the one it was
made for, and each of these is a right answer.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.messages.result_messages import SegmentType
from indexer.search.relevance import POSSIBLE, embedder_calibration, reranker_calibration
from models import tiny_phrases as phrases
from models import tiny_world as world
from models.inputs import Input
from models.qwen3_vl import Qwen3VLEmbedder, Qwen3VLReranker, Vectors
from tests.benchmarks import tiny_documents as documents
from tests.benchmarks.tiny_documents import Drawn

SEED = 20260731
TOP = 10


@dataclass(frozen=True, slots=True)
class Measure:
    """One number.

    Attributes:
        target: what it has to reach; None when it is only reported.
        at_most: whether smaller is better.
    """

    name: str
    value: float
    target: float | None = None
    at_most: bool = False

    @property
    def is_met(self) -> bool:
        """Nothing is asked, or it is reached."""
        if self.target is None:
            return True
        return self.value <= self.target if self.at_most else self.value >= self.target


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much to draw: documents to search among, queries, lists of twenty to rerank."""

    pictures: int = 500
    clip_subjects: int = 25
    words: int = 200
    notes: int = 200
    mixed: int = 200
    lists: int = 50
    nonsense: int = 60


def pictures(embedder: Qwen3VLEmbedder, count: int) -> list[Measure]:
    """Text to image in three languages and image to image, among `count` pictures."""
    rng = random.Random(SEED)
    drawn = documents.some(rng, "picture", count)
    vectors = documents.embed_documents(embedder, drawn)
    unseen = np.array([_is_unseen(one.scene) for one in drawn])
    measures = []
    languages: tuple[tuple[world.Language, str, float | None, float], ...] = (
        ("en", "English", 0.8, 0.97),
        ("de", "German", None, 0.9),
        ("zh", "Chinese", None, 0.9),
    )
    for language, name, first, tenth in languages:
        said = [phrases.caption(rng, one.scene, language, full=True) for one in drawn]
        ranks = _ranks(documents.embed_texts(embedder, [one.text for one in said]), vectors,
                       documents.truth(said, drawn))  # fmt: skip
        measures += [
            Measure(f"text to image, {name}, recall@1 of {count}", _share(ranks < 1), first),
            Measure(f"text to image, {name}, recall@10 of {count}", _share(ranks < TOP), tenth),
        ]
        if language == "en":
            measures += [
                Measure(f"  the {unseen.sum()} with an untrained noun and colour, recall@1",
                        _share(ranks[unseen] < 1)),
                Measure("  with an untrained noun and colour, recall@10", _share(ranks[unseen] < TOP)),
            ]  # fmt: skip
    ranks = _ranks(documents.embed_altered(embedder, drawn), vectors, np.eye(count, dtype=np.bool_))
    measures.append(
        Measure(f"image to image, cropped, tinted, rescaled, recall@1 of {count}", _share(ranks < 1), 0.9)
    )
    return measures


def remembered(embedder: Qwen3VLEmbedder, count: int) -> list[Measure]:
    """Text to image with captions that say only a part, as people remember: is what comes first true?"""
    rng = random.Random(SEED + 1)
    drawn = documents.some(rng, "picture", count)
    said = [phrases.caption(rng, one.scene, rng.choice(("en", "de", "zh"))) for one in drawn]
    ranks = _text_ranks(embedder, said, drawn)
    return [Measure(f"partial captions to image, precision@1 of {count}", _share(ranks < 1))]


def named(embedder: Qwen3VLEmbedder, count: int) -> list[Measure]:
    """Text to image with the name of a thing and nothing else, as "a cat": only its shape can tell."""
    drawn = documents.some(random.Random(SEED + 1), "picture", count)
    said = [
        world.Caption(f"a {noun.en}", "en", (world.Thing(number),)) for number, noun in enumerate(world.NOUNS)
    ]
    ranks = _text_ranks(embedder, said, drawn)
    return [
        Measure(f"one of the {len(said)} things by its name, precision@1 of {count}", _share(ranks < 1), 0.8)
    ]


def clips(embedder: Qwen3VLEmbedder, subjects: int) -> list[Measure]:
    """Clip by its motion: each subject moves in four ways."""
    rng = random.Random(SEED + 2)
    drawn = documents.in_motion(rng, subjects)
    said = [phrases.caption(rng, one.scene, "en", full=True) for one in drawn]
    ranks = _text_ranks(embedder, said, drawn)
    return [Measure(f"clip by motion, recall@1 of {len(drawn)}", _share(ranks < 1), 0.7)]


def words(embedder: Qwen3VLEmbedder, count: int) -> list[Measure]:
    """Screenshots and pages by what is written on them."""
    rng = random.Random(SEED + 3)
    measures = []
    media: tuple[world.Medium, ...] = ("screenshot", "page")
    for medium in media:
        drawn = documents.some(rng, medium, count)
        said = [phrases.caption(rng, one.scene, "en", full=True) for one in drawn]
        ranks = _text_ranks(embedder, said, drawn)
        measures.append(Measure(f"{medium} by its words, recall@1 of {count}", _share(ranks < 1), 0.8))
    return measures


def notes(embedder: Qwen3VLEmbedder, count: int) -> list[Measure]:
    """Text to text."""
    rng = random.Random(SEED + 4)
    drawn = documents.some(rng, "text", count)
    said = [phrases.caption(rng, one.scene, "en", full=True) for one in drawn]
    ranks = _text_ranks(embedder, said, drawn)
    return [Measure(f"text to note, recall@1 of {count}", _share(ranks < 1), 0.8)]


def mixed(embedder: Qwen3VLEmbedder, count: int) -> list[Measure]:
    """A picture and "but blue", among what is meant, the pictures asked with, and as many others."""
    rng = random.Random(SEED + 5)
    asked = documents.wishes(rng, count)
    drawn = (
        [one.after for one in asked] + [one.before for one in asked] + documents.some(rng, "picture", count)
    )
    ranks = _ranks(
        documents.embed_mixed(embedder, asked),
        documents.embed_documents(embedder, drawn),
        documents.truth([one.meant for one in asked], drawn),
    )
    return [Measure(f"picture and wish, recall@1 of {len(drawn)}", _share(ranks < 1), 0.6)]


def reranking(embedder: Qwen3VLEmbedder, reranker: Qwen3VLReranker, lists: int) -> list[Measure]:
    """nDCG@10 on lists of 2 right documents and 18 with one fact changed: before and after reranking.

    After: the order a search gives, which blends both; and the reranker's own, without the embedder.
    """
    rng = random.Random(SEED + 6)
    measures = []
    every: list[tuple[float, float, float]] = []
    media: tuple[tuple[str, tuple[world.Medium, ...], int], ...] = (
        ("pictures", ("picture",), lists),
        ("screenshots and pages", ("screenshot", "page"), lists),
        ("clips", ("clip",), max(8, lists // 2)),
    )
    for name, mixture, count in media:
        orders: list[tuple[float, float, float]] = []
        for number in range(count):
            medium = mixture[number % len(mixture)]
            hard = hard_list(rng, medium)
            cosines, judged = embedder_scores(embedder, hard), reranker_scores(reranker, hard)
            types = [SEGMENT_TYPES[medium]] * len(cosines)
            both = blended(embedder, reranker, types, _embedded(embedder, types, cosines), judged)
            orders.append((ndcg(cosines, RIGHT), ndcg(both, RIGHT), ndcg(judged, RIGHT)))
        before, after, alone = (float(value) for value in np.mean(orders, axis=0))
        measures += [
            Measure(f"hard negatives, {name}, nDCG@10, embedder", before),
            Measure(f"hard negatives, {name}, nDCG@10, reranked", after, before),
            Measure(f"hard negatives, {name}, nDCG@10, the reranker alone", alone, before),
        ]
        every += orders
    before, after, alone = (float(value) for value in np.mean(every, axis=0))
    return [
        *measures,
        Measure(f"{ALL_HARD}, reranked", after, before),
        Measure(f"{ALL_HARD}, the reranker alone", alone, before),
    ]


def floor(embedder: Qwen3VLEmbedder, reranker: Qwen3VLReranker, count: int) -> list[Measure]:
    """The relevance floor: nonsense should bring nothing, what is there should not be lost."""
    rng = random.Random(SEED + 7)
    media: tuple[world.Medium, ...] = ("picture", "picture", "picture", "screenshot", "page", "clip", "text")
    drawn = [one for medium in media for one in documents.some(rng, medium, 24)]
    vectors = documents.embed_documents(embedder, drawn)
    gibberish = [phrases.nonsense(rng) for _ in range(count)]
    found = [confidences(embedder, reranker, text, drawn, vectors) for text in gibberish]
    asked = rng.sample(drawn, min(count, len(drawn)))
    said = [phrases.caption(rng, one.scene, rng.choice(("en", "en", "de", "zh"))) for one in asked]
    true = documents.truth(said, drawn)
    kept, right = [], []
    for caption, matches in zip(said, true, strict=True):
        answer = confidences(embedder, reranker, caption.text, drawn, vectors)
        shown = answer.final >= POSSIBLE
        kept.append(bool((shown & matches).any()))
        right.append(bool(shown.any() and matches[np.where(shown, answer.final, -1.0).argmax()]))
    possible = reranker_calibration(reranker.folder).possible
    return [
        Measure(f"nonsense: best of the reranker's top 10 is possible (of {count})",
                _share(np.array([one.judged.max() >= possible for one in found])), 0.1, at_most=True),
        Measure("nonsense: anything shown by meaning alone",
                _share(np.array([(one.embedded >= POSSIBLE).any() for one in found]))),
        Measure("nonsense: anything shown in the end",
                _share(np.array([(one.final >= POSSIBLE).any() for one in found])), 0.1, at_most=True),
        Measure("partial captions: something true is shown", _share(np.array(kept)), 0.9),
        Measure("partial captions: what is shown first is true", _share(np.array(right)), 0.8),
    ]  # fmt: skip


# --- hard negatives -----------------------------------------------------------------------------------------

ALL_HARD = "hard negatives, all lists, nDCG@10"
RIGHT = 2
"""The first documents of a hard list are the right ones."""


@dataclass(frozen=True, slots=True)
class HardList:
    """A query and twenty documents, the first `RIGHT` of which answer it."""

    said: world.Caption
    drawn: tuple[Drawn, ...]


def hard_list(rng: random.Random, medium: world.Medium) -> HardList:
    """A full caption in one of three languages; two drawings of its scene, 18 with one fact changed."""
    scene = world.random_scene(rng, medium, held_out=rng.choice((True, None, None)))
    said = phrases.caption(rng, scene, rng.choice(("en", "en", "de", "zh")), full=True)
    right = [documents.again(rng, scene) for _ in range(RIGHT)]
    return HardList(said, (*right, *documents.near_misses(rng, said, scene, 20 - RIGHT)))


def embedder_scores(embedder: Qwen3VLEmbedder, hard: HardList) -> NDArray[np.float32]:
    """Cosines of a hard list."""
    query = documents.embed_texts(embedder, [hard.said.text])[0]
    scores: NDArray[np.float32] = documents.embed_documents(embedder, hard.drawn) @ query
    return scores


def reranker_scores(reranker: Qwen3VLReranker, hard: HardList) -> NDArray[np.float32]:
    """Probabilities of a hard list."""
    return reranker.score(Input(texts=(hard.said.text,)), [one.content() for one in hard.drawn])


def ndcg(scores: NDArray[np.floating[Any]], right: int, top: int = TOP) -> float:
    """nDCG@top of a list whose first `right` documents count 1 and the others 0. Ties count as wrong."""
    order = np.lexsort((-np.arange(len(scores)), -scores))
    gains = (order[:top] < right) / np.log2(np.arange(2, top + 2))
    return float(gains.sum() / (1 / np.log2(np.arange(2, right + 2))).sum())


# --- the product's own reading of scores ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Confidences:
    """Of every document for one query.

    Attributes:
        embedded: by the embedder. final: after the reranker; what it did not see keeps 0.
        judged: the reranker's raw probabilities of its top 10.
    """

    embedded: NDArray[np.float64]
    final: NDArray[np.float64]
    judged: NDArray[np.float32]


SEGMENT_TYPES: dict[world.Medium, SegmentType] = {
    "picture": "image",
    "screenshot": "image",
    "page": "page",
    "clip": "clip",
    "text": "text",
}


def blended(
    embedder: Qwen3VLEmbedder,
    reranker: Qwen3VLReranker,
    types: Sequence[SegmentType],
    embedded: NDArray[np.float64],
    judged: NDArray[np.float32],
) -> NDArray[np.float64]:
    """Confidences as a search makes them of the embedder's and the reranker's raw probabilities."""
    verdicts = reranker_calibration(reranker.folder)
    return np.array(
        [
            verdicts.blend(float(confidence), verdicts.confidence(float(score), type), type)
            for type, confidence, score in zip(types, embedded, judged, strict=True)
        ]
    )


def _embedded(
    embedder: Qwen3VLEmbedder, types: Sequence[SegmentType], cosines: NDArray[np.float32]
) -> NDArray[np.float64]:
    """The embedder's confidences for a text."""
    reading = embedder_calibration(embedder.folder)
    return np.array(
        [reading.confidence(float(one), "text", type) for one, type in zip(cosines, types, strict=True)]
    )


def confidences(
    embedder: Qwen3VLEmbedder, reranker: Qwen3VLReranker, text: str, drawn: Sequence[Drawn], vectors: Vectors
) -> Confidences:
    """What the search makes of a text query: the floor by meaning, the top 10 judged, both blended."""
    types = [SEGMENT_TYPES[one.scene.medium] for one in drawn]
    embedded = _embedded(embedder, types, vectors @ documents.embed_texts(embedder, [text])[0])
    order = np.argsort(-embedded, kind="stable")[:TOP]
    judged = reranker.score(Input(texts=(text,)), [drawn[i].content() for i in order])
    both = blended(embedder, reranker, [types[i] for i in order], embedded[order], judged)
    final = np.zeros(len(drawn))
    final[order] = np.where(embedded[order] >= POSSIBLE, both, 0.0)
    return Confidences(embedded, final, judged)


def _text_ranks(
    embedder: Qwen3VLEmbedder, said: Sequence[world.Caption], drawn: Sequence[Drawn]
) -> NDArray[np.int64]:
    return _ranks(
        documents.embed_texts(embedder, [one.text for one in said]),
        documents.embed_documents(embedder, drawn),
        documents.truth(said, drawn),
    )


def _ranks(queries: Vectors, found: Vectors, true: NDArray[np.bool_]) -> NDArray[np.int64]:
    """How many wrong documents stand before the first right one, per query."""
    scores = queries @ found.T
    best = np.where(true, scores, -np.inf).max(axis=1)
    ranks: NDArray[np.int64] = ((scores >= best[:, None]) & ~true).sum(axis=1)
    return ranks


def _is_unseen(scene: world.Scene) -> bool:
    return any(world.is_held_out(thing.noun, thing.colour) for thing in scene.things)


def _share(right: NDArray[np.bool_]) -> float:
    return float(right.mean()) if len(right) else 0.0

"""What a search asks twice is computed once, and the numbers stay the same."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import sight
from models.inputs import Clip, Input
from models.preparation import Budget
from models.qwen3_vl import Qwen3VLEmbedder, Qwen3VLReranker, load_embedder, load_reranker
from models.recent import Recent

FOLDER = Path(__file__).parents[1] / "data" / "qwen3vl" / "checkpoints" / "embed"
BUDGET = Budget(frame_min_pixels=4096)


def noise(height: int, width: int, seed: int) -> Any:
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)


CLIP = Clip(tuple(noise(64, 96, seed) for seed in range(4)), (0.0, 0.5, 1.0, 1.5))
DOCUMENTS = [
    Input(images=(noise(128, 96, 1),)),
    Input(images=(noise(96, 128, 2),)),
    Input(clips=(CLIP,)),
    Input(texts=("a red car in the rain",)),
    Input(images=(noise(128, 96, 3),), texts=("one more",)),
]
QUERIES = [
    Input(texts=("a red car",)),
    Input(images=(noise(96, 64, 5),), texts=("but at night",)),
    Input(clips=(CLIP,)),
]


@pytest.fixture(scope="module")
def pair() -> tuple[Qwen3VLEmbedder, Qwen3VLReranker]:
    """An embedder and a reranker with the same vision tower."""
    embedder = load_embedder(FOLDER, "cpu", BUDGET)
    return embedder, load_reranker(FOLDER, "cpu", BUDGET, beside=embedder)


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many frame pairs the vision tower was shown, each time."""
    shown: list[int] = []
    see = sight.see

    def counted(tower: Any, frames: Any) -> Any:
        shown.append(sum(len(group.frames) for group in frames.groups))
        return see(tower, frames)

    monkeypatch.setattr(sight, "see", counted)
    return shown


@pytest.mark.parametrize("query", QUERIES)
def test_every_way_through_gives_the_same_scores(
    query: Input, pair: tuple[Qwen3VLEmbedder, Qwen3VLReranker], near: Any
) -> None:
    _, reranker = pair
    alone = []
    for document in DOCUMENTS:
        reranker.forget()
        alone.append(reranker.score(query, [document])[0])
    reranker.forget()
    near(reranker.score(query, DOCUMENTS), alone)
    near(reranker.score(query, DOCUMENTS), alone)
    reranker.forget()
    reranker.score(QUERIES[0], DOCUMENTS[::-1])
    portions = [reranker.score(query, DOCUMENTS[part]) for part in (slice(2), slice(2, 3), slice(3, None))]
    near(np.concatenate(portions), alone)
    reranker.forget()
    streamed = np.zeros(len(DOCUMENTS))
    for part, scores in reranker.score_batches(query, DOCUMENTS):
        streamed[part] = scores
    near(streamed, alone)


def test_pictures_are_seen_once_whatever_is_asked_of_them(
    pair: tuple[Qwen3VLEmbedder, Qwen3VLReranker], looks: list[int]
) -> None:
    embedder, reranker = pair
    reranker.forget()
    embedder.embed_queries([QUERIES[1]])
    assert looks == [1]
    reranker.score(QUERIES[1], DOCUMENTS)
    assert sum(looks) == 1 + 5, "the query's picture was known already; a clip of four frames is two pairs"
    reranker.score(Input(texts=("something else",)), DOCUMENTS)
    embedder.embed_queries([QUERIES[1]], "In other words.")
    assert sum(looks) == 6
    assert embedder.sight._recent.nbytes == 5 * sight.PICTURE_BYTES, "even if they are small"
    embedder.embed_documents(DOCUMENTS)
    assert sum(looks) == 11, "indexing remembers nothing"


@given(st.lists(st.tuples(st.binary(min_size=1, max_size=1), st.integers(1, 50))), st.integers(0, 120))
def test_what_is_kept_stays_within_its_bound(steps: list[tuple[bytes, int]], most: int) -> None:
    recent: Recent[int] = Recent(most)
    sizes: dict[bytes, int] = {}
    for key, size in steps:
        recent.keep(key, size, size)
        sizes[key] = size
        assert recent.nbytes == sum(recent) <= most
        assert recent.get(key) == (size if size <= most else None)
    for key, size in sizes.items():
        assert recent.get(key) in (None, size)
    recent.clear()
    assert recent.nbytes == 0
    assert list(recent) == []

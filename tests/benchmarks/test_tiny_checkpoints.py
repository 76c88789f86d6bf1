"""The built-in checkpoints can do what the benchmark asks of them, on fewer drawings."""

import pytest

from models.qwen3_vl import Qwen3VLEmbedder, Qwen3VLReranker, load_embedder, load_reranker
from tests.benchmarks import tiny_measures as measures
from tests.benchmarks.tiny_checkpoints import TINY
from tests.benchmarks.tiny_measures import Measure

COUNT = 150


@pytest.fixture(scope="module")
def embedder() -> Qwen3VLEmbedder:
    return load_embedder(TINY / "embedder", "cpu")


@pytest.fixture(scope="module")
def reranker() -> Qwen3VLReranker:
    return load_reranker(TINY / "reranker", "cpu")


def hold(found: list[Measure]) -> None:
    missed = [f"{one.name}: {one.value:.3f}, not {one.target}" for one in found if not one.is_met]
    assert not missed, missed


def test_pictures_are_found_by_captions_and_by_altered_copies(embedder: Qwen3VLEmbedder) -> None:
    hold(measures.pictures(embedder, COUNT))


def test_clips_are_told_apart_by_their_motion(embedder: Qwen3VLEmbedder) -> None:
    hold(measures.clips(embedder, 10))


def test_screenshots_pages_and_notes_are_found_by_their_words(embedder: Qwen3VLEmbedder) -> None:
    hold(measures.words(embedder, 60) + measures.notes(embedder, 60))


def test_a_picture_and_a_wish_are_one_question(embedder: Qwen3VLEmbedder) -> None:
    hold(measures.mixed(embedder, 60))


@pytest.mark.xfail(
    reason="the tiny reranker tells one changed fact nearly as well as the embedder, not better"
)
def test_the_reranker_orders_hard_lists_better(embedder: Qwen3VLEmbedder, reranker: Qwen3VLReranker) -> None:
    hold(measures.reranking(embedder, reranker, 12))


@pytest.mark.xfail(reason="the tiny reranker, trained for 600 steps, lets a sixth of all nonsense pass")
def test_nonsense_finds_nothing(embedder: Qwen3VLEmbedder, reranker: Qwen3VLReranker) -> None:
    hold(measures.floor(embedder, reranker, 60))


def test_they_are_small() -> None:
    assert sum(file.stat().st_size for file in TINY.rglob("*") if file.is_file()) <= 12_000_000

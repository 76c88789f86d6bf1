"""Weights that come and go: the same numbers afterwards, and no memory meanwhile."""

import shutil
import threading
import weakref
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from models import device, holding
from models.errors import CheckpointError
from models.inputs import Input
from models.qwen3_vl import load_embedder, load_reranker

CHECKPOINTS = Path(__file__).parents[1] / "data" / "qwen3vl" / "checkpoints"
INPUTS = [
    Input(texts=("a red car",)),
    Input(images=(np.asarray(Image.effect_noise((96, 64), 80).convert("RGB")),)),
]


def test_a_small_model_beside_other_work_computes_by_one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its products are so short that several threads wait for each other most of the time."""
    embedder = load_embedder(CHECKPOINTS / "embed", "cpu")
    monkeypatch.setattr(holding, "_THREADS", 3)
    used: list[int] = []

    def work() -> None:
        for small in (holding.SMALL_BYTES, 0, holding.SMALL_BYTES):
            monkeypatch.setattr(holding, "SMALL_BYTES", small)
            embedder.give_way()
            used.append(torch.get_num_threads())

    before = torch.get_num_threads()
    try:
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        assert used == [1, 3, 1]
        assert torch.get_num_threads() == before, "the thread that answers searches keeps its own"
    finally:
        torch.set_num_threads(before)


def test_released_weights_are_gone_and_come_back_the_same() -> None:
    embedder = load_embedder(CHECKPOINTS / "embed", "cpu")
    reranker = load_reranker(CHECKPOINTS / "rerank", "cpu", beside=embedder)
    vectors = embedder.embed_documents(INPUTS)
    scores = reranker.score(INPUTS[0], INPUTS)
    shares = reranker.sight is embedder.sight
    gone = [weakref.ref(one.loaded.model) for one in (embedder, reranker)]
    for one in (embedder, reranker):
        one.release()
        one.release()
        assert not one.is_held
    assert [ref() for ref in gone] == [None, None]
    assert embedder.dimension == vectors.shape[1]
    assert embedder.preparation
    prompt = embedder.prepare(INPUTS[1])  # needs no weights
    assert np.abs(embedder.embed_prompts([prompt]) - vectors[1]).max() < 5e-6, "it comes back when used"
    embedder.release()
    reranker.restore()
    embedder.restore(beside=reranker)
    assert (reranker.sight is embedder.sight) == shares, "shared whichever comes first"
    assert np.array_equal(embedder.embed_documents(INPUTS), vectors)
    assert np.array_equal(reranker.score(INPUTS[0], INPUTS), scores)


def test_two_models_share_afterwards_what_they_have_alike() -> None:
    """As when one takes the place of another beside which the second was loaded."""
    folder = CHECKPOINTS / "embed"
    first, second = load_embedder(folder, "cpu"), load_embedder(folder, "cpu")
    vectors = second.embed_documents(INPUTS)
    assert second.sight is not first.sight
    gone = weakref.ref(second.sight.tower)
    alone = second.memory_bytes
    second.share(first)
    assert second.sight is first.sight
    assert second.loaded.model.model.visual is first.loaded.model.model.visual
    assert gone() is None, "one copy is left"
    assert np.array_equal(second.embed_documents(INPUTS), vectors)
    assert second.memory_bytes == first.memory_bytes == alone > 0
    other = load_reranker(CHECKPOINTS / "rerank", "cpu")
    alike = load_reranker(CHECKPOINTS / "rerank", "cpu", beside=first).sight is first.sight
    scores = other.score(INPUTS[0], INPUTS)
    other.share(first)
    assert (other.sight is first.sight) == alike, "as if it had been loaded beside it"
    assert np.array_equal(other.score(INPUTS[0], INPUTS), scores)
    first.release()
    second.share(first)
    assert second.is_held
    assert not first.is_held


def test_a_model_that_was_replaced_meanwhile_is_refused(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(CHECKPOINTS / "embed", tmp_path / "model"))
    embedder = load_embedder(folder, "cpu")
    embedder.release()
    config = folder / "config.json"
    config.write_text(config.read_text("utf-8") + "\n", "utf-8")
    with pytest.raises(CheckpointError, match="replaced"):
        embedder.restore()
    assert not embedder.is_held


def test_whether_a_model_fits_is_measured(monkeypatch: Any) -> None:
    folder, cpu = CHECKPOINTS / "embed", device.choose("cpu")
    needed = holding.needed_bytes(folder, cpu)
    size = (folder / "model.safetensors").stat().st_size
    assert size <= needed <= 5 * size
    monkeypatch.setattr(holding, "memory", lambda device: (needed, 10 * needed))
    assert holding.fits(folder, cpu)
    monkeypatch.setattr(holding, "memory", lambda device: (needed - 1, 10 * needed))
    assert not holding.fits(folder, cpu)

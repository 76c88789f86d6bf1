"""Weights in eight or four bits: less memory, vectors and scores near the full ones, all else as usual."""

import random
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

import resources
from models import checkpoint, device, holding, narrow
from models import tiny_drawing as drawing
from models import tiny_phrases as phrases
from models import tiny_world as world
from models.device import Device
from models.errors import CheckpointError
from models.inputs import Input
from models.preparation import Budget
from models.qwen3_vl import Qwen3VLEmbedder, Qwen3VLReranker, load_embedder, load_reranker

TINY = resources.ROOT / "models" / "tiny"
CPU = device.choose("cpu")
HALF = Device("cpu", torch.float16, "As on an older card.", 4096, wide_vision=True)


@pytest.fixture(scope="module")
def scenes() -> tuple[list[Input], list[Input]]:
    """Captions, and a picture of each."""
    rng = random.Random(7)
    drawn = [world.random_scene(rng, "picture") for _ in range(8)]
    captions = [Input(texts=(phrases.caption(rng, scene, full=True).text,)) for scene in drawn]
    shown = [np.asarray(drawing.draw(rng, scene, 320, 320).convert("RGB")) for scene in drawn]
    return captions, [Input(images=(pixels,)) for pixels in shown]


@pytest.fixture(scope="module")
def embedders() -> tuple[Qwen3VLEmbedder, Qwen3VLEmbedder]:
    return load_embedder(TINY / "embedder", "cpu"), load_embedder(TINY / "embedder", "cpu", weights="int8")


def test_vectors_and_scores_stay_near_in_less_memory(
    scenes: tuple[list[Input], list[Input]], embedders: tuple[Qwen3VLEmbedder, Qwen3VLEmbedder]
) -> None:
    captions, shown = scenes
    full, small = embedders
    assert small.memory_bytes < 0.6 * full.memory_bytes
    for inputs in scenes:
        near = (full.embed_documents(inputs) * small.embed_documents(inputs)).sum(axis=1)
        assert 0.999 < near.min() < 0.9999999, "near, and not the very same"
    judge = load_reranker(TINY / "reranker", "cpu")
    fine, rough = judge.score(captions[0], shown), None
    with_less = load_reranker(TINY / "reranker", "cpu", beside=small, weights="int8")
    rough = with_less.score(captions[0], shown)
    assert np.abs(fine - rough).max() < 0.1
    clear = fine[:, None] - fine[None, :] > 0.2
    assert clear.any()
    assert (rough[:, None] > rough[None, :])[clear].all(), "what was clearly better still is"


def test_the_vision_tower_is_held_once_and_only_beside_one_alike(
    scenes: tuple[list[Input], list[Input]], embedders: tuple[Qwen3VLEmbedder, Qwen3VLEmbedder]
) -> None:
    full, small = embedders
    beside_small = load_reranker(TINY / "reranker", "cpu", beside=small, weights="int8")
    alike = load_reranker(TINY / "reranker", "cpu", beside=full).sight is full.sight
    assert (beside_small.sight is small.sight) == alike, "as with full weights"
    assert load_embedder(TINY / "embedder", "cpu", beside=small, weights="int8").sight is small.sight
    assert load_reranker(TINY / "reranker", "cpu", beside=full, weights="int8").sight is not full.sight
    before = small.embed_documents(scenes[1])
    small.release()
    small.restore()
    assert np.array_equal(small.embed_documents(scenes[1]), before), "small again, and the same"
    assert small.weights == "int8"


def test_what_is_needed_is_known_before_loading(
    embedders: tuple[Qwen3VLEmbedder, Qwen3VLEmbedder],
) -> None:
    for embedder in embedders:
        needed = holding.needed_bytes(TINY / "embedder", CPU, embedder.weights)
        assert embedder.memory_bytes == pytest.approx(needed / 2, rel=0.02)


def test_large_matrices_alone_become_small(embedders: tuple[Qwen3VLEmbedder, Qwen3VLEmbedder]) -> None:
    model = embedders[1].loaded.model
    small = [name for name, module in model.named_modules() if isinstance(module, narrow.EightBitLinear)]
    config = model.config
    layers, blocks = config.text_config.num_hidden_layers, config.vision_config.depth
    assert len(small) == 7 * layers + 4 * blocks
    assert not [name for name in small if "merger" in name or "embed" in name or "head" in name]


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16, torch.float16])
@pytest.mark.parametrize(
    ("form", "columns", "off"),
    [(narrow.EightBitLinear, 256, 0.02), (narrow.FourBitLinear, 256, 0.1), (narrow.FourBitLinear, 269, 0.1)],
)
def test_a_layer_gives_what_its_full_one_gave(
    form: type[torch.nn.Module], columns: int, off: float, dtype: torch.dtype
) -> None:
    torch.manual_seed(1)
    full = torch.nn.Linear(columns, 64)
    full.weight.data[3] = 0.0
    given = torch.randn(5, 7, columns)
    expected = full(given)
    found = form(full).to(dtype)(given.to(dtype))
    assert found.dtype == dtype
    assert torch.isfinite(found).all()
    assert (found.float() - expected).abs().max() < off * expected.abs().max()


def test_four_bits_are_sixteen_steps_that_hold_both_ends() -> None:
    full = torch.nn.Linear(narrow.GROUP, 1, bias=False)
    full.weight.data[0] = torch.linspace(-2.0, 6.0, narrow.GROUP)
    small = narrow.FourBitLinear(full)
    back = small(torch.eye(narrow.GROUP))[:, 0]
    assert back.min() == -2.0
    assert back.max() == pytest.approx(6.0, abs=0.01)
    assert (back - full.weight.data[0]).abs().max() <= 0.51 * 8 / narrow.STEPS
    assert len(back.unique()) == narrow.STEPS + 1
    taken = sum(buffer.nbytes for buffer in small.buffers())
    assert taken == narrow.nbytes("layers.0.mlp.up_proj.weight", (1, narrow.GROUP), "int4")


def test_four_bits_find_the_same_in_a_third_of_the_memory(
    scenes: tuple[list[Input], list[Input]], embedders: tuple[Qwen3VLEmbedder, Qwen3VLEmbedder]
) -> None:
    captions, shown = scenes
    full, eight = embedders
    four = load_embedder(TINY / "embedder", "cpu", weights="int4")
    assert four.memory_bytes < eight.memory_bytes
    assert four.memory_bytes == pytest.approx(
        holding.needed_bytes(TINY / "embedder", CPU, "int4") / 2, rel=0.02
    )
    assert four.preparation not in (full.preparation, eight.preparation)
    for inputs in scenes:
        near = (full.embed_documents(inputs) * four.embed_documents(inputs)).sum(axis=1)
        assert 0.97 < near.min() < 0.9999
    best = (four.embed_queries(captions) @ four.embed_documents(shown).T).argmax(axis=1)
    assert (
        best == (full.embed_queries(captions) @ full.embed_documents(shown).T).argmax(axis=1)
    ).mean() > 0.8
    tower = [type(module) for module in four.loaded.model.model.visual.modules()]
    assert narrow.EightBitLinear in tower, "what it misses nobody after it can see"
    assert narrow.FourBitLinear not in tower
    four.release()
    four.restore()
    judge = load_reranker(TINY / "reranker", "cpu", beside=four, weights="int4")
    fine = load_reranker(TINY / "reranker", "cpu").score(captions[0], shown)
    assert np.abs(fine - judge.score(captions[0], shown)).max() < 0.5


def test_large_activations_do_not_overflow_in_float16() -> None:
    full = torch.nn.Linear(2048, 8, bias=False)
    full.weight.data.fill_(0.001)
    given = torch.full((1, 2048), 1000.0)
    assert torch.allclose(narrow.EightBitLinear(full).half()(given.half()).float(), full(given), rtol=0.01)


def test_it_works_in_half_precision(
    scenes: tuple[list[Input], list[Input]], embedders: tuple[Qwen3VLEmbedder, Qwen3VLEmbedder]
) -> None:
    loaded = checkpoint.load(TINY / "embedder", "embedder", HALF, weights="int8")
    blocks = loaded.model.model.visual.blocks
    assert blocks[0].mlp.linear_fc1.bias.dtype == torch.float32, "wide, as on that device with full weights"
    embedder = Qwen3VLEmbedder(loaded, Budget.of(TINY / "embedder"))
    with embedder._now.runner._in_float32():
        wide = embedder.embed_documents(scenes[1])
    for found in (embedder.embed_documents(scenes[1]), wide):
        assert (found * embedders[0].embed_documents(scenes[1])).sum(axis=1).min() > 0.999
    assert blocks[0].attn.qkv.bias.dtype == torch.float16, "and narrow again"


def test_no_number_hides_in_eight_bits(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(TINY / "embedder", tmp_path / "model"))
    weights = load_file(folder / "model.safetensors")
    name = next(name for name, value in weights.items() if narrow.is_large(name, value.dim()))
    weights[name][0, 0] = float("nan")
    save_file(weights, folder / "model.safetensors", {"format": "pt"})
    with pytest.raises(CheckpointError, match="no numbers"):
        checkpoint.load(folder, "embedder", replace(CPU), weights="int8")


def test_a_reranker_and_an_embedder_need_not_agree(scenes: tuple[list[Input], list[Input]]) -> None:
    """Each loads in its own form; scores are then those of the reranker's form."""
    alone = load_reranker(TINY / "reranker", "cpu", weights="int8")
    assert isinstance(alone, Qwen3VLReranker)
    full = load_embedder(TINY / "embedder", "cpu")
    both = load_reranker(TINY / "reranker", "cpu", beside=full, weights="int8")
    captions, shown = scenes
    assert np.allclose(alone.score(captions[1], shown), both.score(captions[1], shown), atol=1e-5)

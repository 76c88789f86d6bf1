"""Model folders: whole ones load, all others say in one sentence what is wrong."""

import json
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from models import checkpoint
from models.device import Device
from models.errors import CheckpointError, OutOfMemory
from models.inputs import Clip, Input
from models.narrow import Weights
from models.preparation import Budget
from models.qwen3_vl import load_embedder, load_reranker

CHECKPOINTS = Path(__file__).parents[1] / "data" / "qwen3vl" / "checkpoints"
NEEDED = ("config.json", "model.safetensors", "tokenizer.json")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy with the needed files only."""
    copy = tmp_path / "model"
    copy.mkdir()
    for name in NEEDED:
        shutil.copy(CHECKPOINTS / "embed" / name, copy / name)
    return copy


def edit(file: Path, change: Callable[[Any], None]) -> None:
    value = json.loads(file.read_text())
    change(value)
    file.write_text(json.dumps(value))


def reweigh(folder: Path, change: Callable[[dict[str, torch.Tensor]], None]) -> None:
    weights = load_file(folder / "model.safetensors")
    change(weights)
    save_file(weights, folder / "model.safetensors", {"format": "pt"})


def test_the_needed_files_suffice(folder: Path) -> None:
    embedder = load_embedder(folder, "cpu")
    assert embedder.dimension == 64
    assert embedder.name == "model"
    assert load_reranker(folder, "cpu").score(Input(), [Input(texts=("a",))]).shape == (1,)


def test_weights_in_several_files_load_the_same(folder: Path) -> None:
    whole = load_embedder(folder, "cpu").embed_documents([Input(texts=("a",))])
    weights = load_file(folder / "model.safetensors")
    names = sorted(weights)
    parts = {"model-1.safetensors": names[::2], "model-2.safetensors": names[1::2]}
    for file, inside in parts.items():
        save_file({name: weights[name] for name in inside}, folder / file, {"format": "pt"})
    index = {"metadata": {}, "weight_map": {name: file for file, inside in parts.items() for name in inside}}
    (folder / "model.safetensors.index.json").write_text(json.dumps(index))
    (folder / "model.safetensors").unlink()
    again = load_embedder(folder, "cpu").embed_documents([Input(texts=("a",))])
    # Not bit by bit: where a weight lies in memory decides which kernel multiplies it.
    np.testing.assert_allclose(again, whole, rtol=0, atol=1e-6)
    (folder / "model-2.safetensors").unlink()
    with pytest.raises(CheckpointError, match=r"lacks model-2\.safetensors"):
        load_embedder(folder, "cpu")


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="There is no model folder"):
        load_embedder(tmp_path / "nowhere", "cpu")


def test_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="is empty"):
        load_embedder(tmp_path, "cpu")


@pytest.mark.parametrize("name", NEEDED)
def test_a_missing_file_is_named(name: str, folder: Path) -> None:
    (folder / name).unlink()
    with pytest.raises(CheckpointError, match=name.replace(".", r"\.")):
        load_embedder(folder, "cpu")


@pytest.mark.parametrize("name", NEEDED)
@pytest.mark.parametrize("keep", [0, 5, 400])
def test_a_truncated_file_is_named(name: str, keep: int, folder: Path) -> None:
    whole = (folder / name).read_bytes()
    (folder / name).write_bytes(whole[:keep])
    with pytest.raises(CheckpointError, match=name.replace(".", r"\.")):
        load_embedder(folder, "cpu")


def test_weights_cut_short_in_the_middle(folder: Path) -> None:
    whole = (folder / "model.safetensors").read_bytes()
    (folder / "model.safetensors").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(CheckpointError, match=r"model\.safetensors is cut short"):
        load_embedder(folder, "cpu")


@pytest.mark.parametrize(
    "config",
    [
        {"model_type": "bert", "architectures": ["BertModel"]},
        {"model_type": "qwen2_vl", "architectures": ["Qwen2VLForConditionalGeneration"]},
        {"model_type": "qwen3_vl", "architectures": []},
        {},
    ],
)
def test_another_architecture(config: dict[str, Any], folder: Path) -> None:
    (folder / "config.json").write_text(json.dumps(config))
    with pytest.raises(CheckpointError, match="another kind"):
        load_embedder(folder, "cpu")


def test_a_missing_weight(folder: Path) -> None:
    reweigh(folder, lambda weights: weights.pop("model.language_model.norm.weight"))
    with pytest.raises(CheckpointError, match=r"lack tensors \(model\.language_model\.norm\.weight\)"):
        load_embedder(folder, "cpu")


def test_an_unexpected_weight(folder: Path) -> None:
    reweigh(folder, lambda weights: weights.update(extra=torch.zeros(3)))
    with pytest.raises(CheckpointError, match=r"hold unknown tensors \(extra\)"):
        load_embedder(folder, "cpu")


def test_a_weight_of_another_size(folder: Path) -> None:
    reweigh(folder, lambda weights: weights.update({"model.language_model.norm.weight": torch.zeros(3)}))
    with pytest.raises(CheckpointError, match=r"wrongly sized tensors \(.*language_model\.norm\.weight"):
        load_embedder(folder, "cpu")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_weights_that_are_no_numbers(value: float, folder: Path) -> None:
    def spoil(weights: dict[str, torch.Tensor]) -> None:
        weights["model.visual.blocks.1.mlp.linear_fc1.weight"].view(-1)[7] = value

    reweigh(folder, spoil)
    with pytest.raises(
        CheckpointError, match=r"no numbers \(model\.visual\.blocks\.1\.mlp\.linear_fc1\.weight\)"
    ):
        load_embedder(folder, "cpu")


def test_code_in_the_folder_is_not_run(folder: Path) -> None:
    (folder / "modeling_evil.py").write_text("raise SystemExit('run')")
    edit(
        folder / "config.json",
        lambda config: config.update(
            auto_map={"AutoModel": "modeling_evil.Evil", "AutoConfig": "modeling_evil.Evil"}
        ),
    )
    assert load_embedder(folder, "cpu").dimension == 64


def test_a_config_of_another_size(folder: Path) -> None:
    edit(folder / "config.json", lambda config: config["text_config"].update(num_hidden_layers=6))
    with pytest.raises(CheckpointError, match="lack tensors"):
        load_embedder(folder, "cpu")


def test_tokenizer_and_config_must_agree(folder: Path) -> None:
    edit(folder / "config.json", lambda config: config.update(image_token_id=547))
    with pytest.raises(CheckpointError, match="disagree about image_pad"):
        load_embedder(folder, "cpu")


def test_a_tokenizer_without_control_tokens(folder: Path) -> None:
    edit(folder / "tokenizer.json", lambda value: value.update(added_tokens=[]))
    with pytest.raises(CheckpointError, match="knows no"):
        load_embedder(folder, "cpu")


def test_an_untied_embedder_may_come_without_output_layer(folder: Path) -> None:
    def untie(config: Any) -> None:
        config["tie_word_embeddings"] = config["text_config"]["tie_word_embeddings"] = False

    edit(folder / "config.json", untie)
    reweigh(folder, lambda weights: weights.pop("lm_head.weight", None))
    assert load_embedder(folder, "cpu").dimension == 64
    with pytest.raises(CheckpointError, match=r"lm_head\.weight"):
        load_reranker(folder, "cpu")


def test_pickled_weights_are_never_opened(folder: Path) -> None:
    (folder / "model.safetensors").unlink()
    (folder / "pytorch_model.bin").write_bytes(b"cos\nsystem\n(S'false'\ntR.")
    with pytest.raises(CheckpointError, match=r"weights as pytorch_model\.bin, which .* is never opened"):
        load_embedder(folder, "cpu")


def test_identity_follows_weights_tokenizer_and_budget(folder: Path) -> None:
    first = load_embedder(folder, "cpu").preparation
    assert load_embedder(folder, "cpu").preparation == first

    def nudge(weights: dict[str, torch.Tensor]) -> None:
        weights["model.language_model.norm.weight"] += 1

    reweigh(folder, nudge)
    second = load_embedder(folder, "cpu").preparation
    (folder / "preparation.json").write_text('{"image_max_pixels": 9216}')
    third = load_embedder(folder, "cpu").preparation
    assert len({first, second, third}) == 3


def test_what_two_checkpoints_have_in_common_is_held_once(folder: Path) -> None:
    def text_only(weights: dict[str, torch.Tensor]) -> None:
        weights["model.language_model.norm.weight"] += 1

    def seeing(weights: dict[str, torch.Tensor]) -> None:
        weights["model.visual.pos_embed.weight"] += 1

    embedder = load_embedder(CHECKPOINTS / "embed", "cpu")
    ours = embedder.loaded.model.model
    reweigh(folder, text_only)
    same = load_reranker(folder, "cpu", beside=embedder)
    theirs = same.loaded.model.model
    assert theirs.visual is ours.visual
    assert theirs.language_model.embed_tokens is ours.language_model.embed_tokens
    reweigh(folder, seeing)
    theirs = load_reranker(folder, "cpu", beside=embedder).loaded.model.model
    assert theirs.visual is not ours.visual
    assert theirs.language_model.embed_tokens is ours.language_model.embed_tokens


@pytest.mark.parametrize("weights", ["full", "int8", "int4"])
def test_a_model_under_another_budget_needs_no_memory_of_its_own(weights: Any, folder: Path) -> None:
    picture = [Input(images=(np.random.default_rng(0).integers(0, 256, (200, 300, 3), np.uint8),))]
    small = Budget(image_max_pixels=9216)
    first = load_embedder(folder, "cpu", weights=weights)
    alone = load_embedder(folder, "cpu", small, weights=weights).embed_documents(picture)
    second = load_embedder(folder, "cpu", small, first, weights=weights)
    assert second.is_twin(first)
    assert second.loaded.model.model.visual is first.loaded.model.model.visual
    assert second.loaded.model.model.language_model is first.loaded.model.model.language_model
    np.testing.assert_allclose(second.embed_documents(picture), alone, rtol=0, atol=1e-6)
    first.release()
    np.testing.assert_allclose(second.embed_documents(picture), alone, rtol=0, atol=1e-6)
    first.restore(beside=second)
    assert second.loaded.model.model.language_model is first.loaded.model.model.language_model
    reweigh(folder, lambda each: each["model.language_model.norm.weight"].add_(1))
    other = load_embedder(folder, "cpu", beside=first, weights=weights)
    assert not other.is_twin(first)
    assert other.loaded.model.model.language_model is not first.loaded.model.model.language_model


@pytest.mark.parametrize(
    "names",
    [{}, [], {"weight": 3}, {"weight": ["model.safetensors"]}],
    ids=["none", "a list", "a number", "lists"],
)
def test_a_damaged_index_of_weight_files_is_named(names: Any, folder: Path) -> None:
    (folder / checkpoint.INDEX).write_text(json.dumps({"weight_map": names}))
    with pytest.raises(CheckpointError, match=r"model\.safetensors\.index\.json is damaged"):
        load_embedder(folder, "cpu")


def test_a_config_of_odd_types_is_refused(folder: Path) -> None:
    edit(folder / "config.json", lambda config: config.update(architectures=7))
    with pytest.raises(CheckpointError, match="another kind"):
        load_embedder(folder, "cpu")


@pytest.mark.parametrize(
    ("step", "refusal"),
    [
        (
            "from_pretrained",
            RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate"),
        ),
        ("from_pretrained", OSError("The paging file is too small for this operation. (os error 1455)")),
        ("to", RuntimeError("DefaultCPUAllocator: not enough memory: you tried to allocate 9 bytes.")),
        ("to", MemoryError()),
        ("open", OSError(12, "Cannot allocate memory")),
    ],
)
def test_a_model_too_large_for_the_memory_says_so_and_not_that_it_is_damaged(
    step: str, refusal: Exception, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise refusal

    if step == "open":
        monkeypatch.setattr(checkpoint, "safe_open", refuse)
    else:
        monkeypatch.setattr(checkpoint.Qwen3VLForConditionalGeneration, step, refuse)
    with pytest.raises(OutOfMemory, match="close other programs"):
        load_embedder(folder, "cpu")


def test_nothing_of_the_checkpoint_trains_by_accident() -> None:
    loaded = checkpoint.load(CHECKPOINTS / "embed", "embedder", Device("cpu", torch.float32, "", 1))
    assert not loaded.model.training
    assert not any(weight.requires_grad for weight in loaded.model.parameters())


def test_threads_that_load_at_once_each_get_whole_models(folder: Path) -> None:
    with ThreadPoolExecutor(6) as threads:
        loaded = list(threads.map(lambda _: load_embedder(folder, "cpu"), range(24)))
    vectors = [model.embed_documents([Input(texts=("a",))]) for model in loaded]
    assert all(np.array_equal(vector, vectors[0]) for vector in vectors)


@pytest.mark.parametrize("weights", ["full", "int8", "int4"])
def test_what_another_thread_loads_changes_no_vector_meanwhile(folder: Path, weights: Weights) -> None:
    """To load weights of 16 bits, transformers makes them the default of all threads."""
    embedder = load_embedder(folder, "cpu", weights=weights)
    frames = np.random.default_rng(0).integers(0, 256, (4, 96, 128, 3), np.uint8)
    inputs = [
        Input(texts=("a",)),
        Input(images=(frames[0],), texts=("b",)),
        Input(clips=(Clip(tuple(frames), (0.0, 1.0, 2.0, 3.0)),)),
    ]
    alone = embedder.embed_queries(inputs)
    torch.set_default_dtype(torch.bfloat16)
    try:
        meanwhile = embedder.embed_queries(inputs)
    finally:
        torch.set_default_dtype(torch.float32)
    assert np.array_equal(meanwhile, alone)

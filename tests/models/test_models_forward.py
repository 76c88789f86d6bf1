"""One pass: the vision tower against transformers' own, batches, half precision, gradients."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from model_samples import patches_of
from torch.nn.functional import cosine_similarity

from models import checkpoint, language, prompts, qwen3_vl, runner, vision
from models.device import Device
from models.errors import DeviceError
from models.forward import by_length, collate, forward, in_order, read
from models.inputs import Clip, Input
from models.preparation import Budget
from models.prompts import Prompter

FOLDER = Path(__file__).parents[1] / "data" / "qwen3vl" / "checkpoints" / "embed"
CPU = Device("cpu", torch.float32, "", 4096)


def noise(height: int, width: int, seed: int = 0) -> Any:
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)


@pytest.fixture(scope="module")
def loaded() -> checkpoint.Checkpoint:
    return checkpoint.load(FOLDER, "embedder", CPU)


@pytest.fixture(scope="module")
def mixed(loaded: checkpoint.Checkpoint) -> list[prompts.Prompt]:
    clip = Clip(tuple(noise(64, 96, seed) for seed in range(4)), (0.0, 0.5, 1.0, 1.5))
    inputs = [
        Input(images=(noise(128, 96, 1),)),
        Input(texts=("a red car",)),
        Input(clips=(clip,), images=(noise(96, 64, 2), noise(128, 96, 3)), texts=("all",)),
        Input(images=(noise(128, 96, 4),), texts=("one more",)),
    ]
    budget = Budget(frame_min_pixels=4096)
    return [Prompter(loaded.vocabulary, budget).embed(value, "Represent.") for value in inputs]


def test_the_vision_tower_sees_what_transformers_sees(
    loaded: checkpoint.Checkpoint, mixed: list[prompts.Prompt]
) -> None:
    pictures = [picture for prompt in mixed for picture in prompt.pictures]
    with torch.inference_mode():
        frames = vision.gather(pictures, torch.device("cpu"))
        assert len(frames.groups) == 3
        ours = vision.see(loaded.model.model.visual, frames)
        rows = np.concatenate([patches_of(picture) for picture in pictures])
        theirs = loaded.model.model.visual(
            (torch.from_numpy(rows).float() - 127.5) / 127.5,
            grid_thw=torch.tensor([[picture.pairs, *picture.grid] for picture in pictures]),
        )
    torch.testing.assert_close(ours[0], theirs.pooler_output, atol=5e-5, rtol=0)
    for extra, features in zip(ours[1:], theirs.deepstack_features, strict=True):
        torch.testing.assert_close(extra, features, atol=5e-5, rtol=0)


def test_padding_and_company_change_nothing(
    loaded: checkpoint.Checkpoint, mixed: list[prompts.Prompt]
) -> None:
    cpu = torch.device("cpu")
    with torch.inference_mode():
        together = forward(loaded.model, collate(mixed, cpu))
        alone = torch.cat([forward(loaded.model, collate([prompt], cpu)) for prompt in mixed])
    torch.testing.assert_close(together, alone, atol=5e-6, rtol=0)


def test_the_language_model_reads_what_transformers_reads(
    loaded: checkpoint.Checkpoint, mixed: list[prompts.Prompt]
) -> None:
    model = loaded.model.model
    for prompt in mixed:
        batch = collate([prompt], torch.device("cpu"))
        with torch.inference_mode():
            ours = forward(loaded.model, batch)
            embeds, seen = model.language_model.embed_tokens(batch.ids), {}
            if batch.frames is not None:
                features = vision.see(model.visual, batch.frames)
                embeds[:, prompt.vision] = features[0]
                mask = torch.from_numpy(prompt.vision)[None]
                seen = {"visual_pos_masks": mask, "deepstack_visual_embeds": list(features[1:])}
            theirs = model.language_model(
                inputs_embeds=embeds, position_ids=batch.positions, attention_mask=None, **seen
            ).last_hidden_state[:, -1]
        torch.testing.assert_close(ours, theirs, atol=5e-5, rtol=0)


def test_a_beginning_with_pictures_is_read_once_and_changes_nothing(loaded: checkpoint.Checkpoint) -> None:
    cpu = torch.device("cpu")
    prompter = Prompter(loaded.vocabulary, Budget(frame_min_pixels=4096))
    asked = prompter.question(Input(images=(noise(96, 64, 5),), texts=("but at night",)))
    documents = [
        Input(images=(noise(128, 96, 1),)),
        Input(images=(noise(64, 160, 2), noise(128, 96, 3)), texts=("two",)),
        Input(texts=("a line",)),
    ]
    pairs = [prompter.rerank(asked, document, "Judge.") for document in documents]
    whole = collate(pairs, cpu)
    first_picture = int(np.flatnonzero(pairs[0].vision)[0])
    assert whole.shared > first_picture + asked[0][0].tokens_per_pair, "the query's picture is shared too"
    assert whole.frames is not None
    assert sum(len(group.frames) for group in whole.frames.groups) == 4, "and seen once"
    # The same pixels, but another object for each pair.
    again = [
        prompter.rerank(
            prompter.question(Input(images=(noise(96, 64, 5),), texts=("but at night",))), document, "Judge."
        )
        for document in documents
    ]
    assert collate(again, cpu).shared == whole.shared
    # Other pixels of the same size: shared only as far as the picture.
    other = prompter.question(Input(images=(noise(96, 64, 6),), texts=("but at night",)))
    assert 0 < collate([*pairs, prompter.rerank(other, documents[0], "Judge.")], cpu).shared <= first_picture
    with torch.inference_mode():
        together = forward(loaded.model, whole)
        alone = torch.cat([forward(loaded.model, collate([pair], cpu)) for pair in pairs])
        apart = forward(loaded.model, collate(again, cpu))
    torch.testing.assert_close(together, alone, atol=5e-6, rtol=0)
    torch.testing.assert_close(apart, alone, atol=5e-6, rtol=0)


def test_a_few_queries_attend_as_among_many() -> None:
    """Heads in groups, values as the layers hand them over."""
    torch.manual_seed(5)
    query, (key, value) = torch.randn(3, 12, 6, 16), torch.randn(2, 3, 12, 2, 16)
    query, key, value = (part.transpose(1, 2) for part in (query, key, value))
    whole = language._attend(query, key, value, None, 0.25)
    few = language._attend(query[:, :, 7:], key, value, language._causal(5, 7, query.device), 0.25)
    torch.testing.assert_close(few, whole[:, :, 7:], atol=1e-6, rtol=0)
    torch.testing.assert_close(
        language._attend(query[:, :, :4], key[:, :, :4], value[:, :, :4], None, 0.25),
        whole[:, :, :4],
        atol=1e-6,
        rtol=0,
    )
    last = torch.tensor([11, 3, 6])
    mask = (torch.arange(12) <= last[:, None])[:, None, None]
    at = query[torch.arange(3), :, last][:, :, None]
    found = language._attend(at, key, value, mask, 0.25)[:, :, 0]
    torch.testing.assert_close(found, whole[torch.arange(3), :, last], atol=1e-6, rtol=0)


def test_every_weight_that_matters_gets_a_gradient(mixed: list[prompts.Prompt]) -> None:
    model = checkpoint.load(FOLDER, "embedder", CPU).model.requires_grad_(True)
    forward(model, collate(mixed, torch.device("cpu"))).square().sum().backward()
    without = [name for name, weight in model.named_parameters() if weight.grad is None]
    assert without == []
    assert all(torch.isfinite(weight.grad).all() for weight in model.parameters())


@pytest.mark.parametrize(
    ("device", "most"),
    [
        (Device("cpu", torch.bfloat16, "", 4096), 2e-3),
        (Device("cpu", torch.float16, "", 4096), 1e-4),
        (Device("cpu", torch.float16, "", 4096, wide_vision=True), 1e-4),
    ],
    ids=["bfloat16", "float16", "float16 with wide vision"],
)
def test_half_precision_stays_near(
    device: Device, most: float, loaded: checkpoint.Checkpoint, mixed: list[prompts.Prompt]
) -> None:
    half = checkpoint.load(FOLDER, "embedder", device)
    assert half.model.dtype == device.dtype
    wide = half.model.model.visual.blocks[0].mlp.linear_fc1.weight.dtype
    assert (wide == torch.float32) == device.wide_vision
    with torch.inference_mode():
        batch = collate(mixed, torch.device("cpu"))
        near = cosine_similarity(forward(half.model, batch).float(), forward(loaded.model, batch), dim=-1)
    assert (1 - near).max() < most


def test_numbers_that_overflow_are_never_handed_out() -> None:
    broken = checkpoint.load(FOLDER, "embedder", CPU)
    broken.model.model.language_model.norm.weight.fill_(float("inf"))
    with pytest.raises(DeviceError, match="overflow"):
        qwen3_vl.Qwen3VLEmbedder(broken, Budget()).embed_documents([Input(texts=("a",))])


def _counted(method: Any, calls: list[int]) -> Any:
    def counted(self: Any) -> Any:
        calls.append(1)
        return method(self)

    return counted


def test_numbers_too_large_for_half_precision_are_computed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only for the inputs that need it, and the weights are afterwards as they were."""
    device = Device("cpu", torch.float16, "For the test.", 4096, wide_vision=True)
    half = checkpoint.load(FOLDER, "embedder", device)
    wide = checkpoint.load(FOLDER, "embedder", CPU)
    inputs = [Input(texts=("plain",)), Input(texts=("zebra",))]
    plain, zebra = (
        Prompter(wide.vocabulary, Budget()).embed(value, prompts.DOCUMENT_INSTRUCTION) for value in inputs
    )
    for loaded in (half, wide):  # what only the second says grows beyond 65504 in the first layer
        text = loaded.model.model.language_model
        for token in set(zebra.ids.tolist()) - set(plain.ids.tolist()):
            text.embed_tokens.weight[token] *= 60_000.0 / float(text.embed_tokens.weight[token].abs().max())
        text.layers[0].mlp.down_proj.weight.mul_(20_000.0)
    before = {name: weight.clone() for name, weight in half.model.named_parameters() if "lm_head" not in name}
    embedder = qwen3_vl.Qwen3VLEmbedder(half, Budget())
    widened: list[int] = []
    monkeypatch.setattr(runner.Runner, "_in_float32", _counted(runner.Runner._in_float32, widened))
    with torch.inference_mode():
        batch = collate([plain, zebra], torch.device("cpu"))
        overflown = ~torch.isfinite(forward(half.model, batch)).all(dim=1)
    assert overflown.any(), "otherwise nothing is tested"
    found = embedder.embed_documents(inputs)
    assert len(embedder.embed_documents([inputs[1]] * 3)) == 3
    assert len(widened) == 2, "once a call, however many need it"
    expected = qwen3_vl.Qwen3VLEmbedder(wide, Budget()).embed_documents(inputs)
    assert (found * expected).sum(axis=1)[overflown.numpy()].min() > 0.999
    for name, weight in half.model.named_parameters():
        assert torch.equal(weight, before[name])
        assert weight.dtype == before[name].dtype


NO_MEMORY = (
    torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB."),
    RuntimeError("MPS backend out of memory (MPS allocated: 18.12 GB, max allowed: 18.13 GB)."),
    RuntimeError("[enforce fail at alloc_cpu.cpp] DefaultCPUAllocator: can't allocate memory: you tried"),
    RuntimeError("[enforce fail at alloc_cpu.cpp] data. DefaultCPUAllocator: not enough memory: you tried"),
    RuntimeError("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`"),
    RuntimeError("std::bad_alloc"),
    MemoryError("Unable to allocate 1.00 GiB for an array"),
)


@pytest.mark.parametrize("refusal", NO_MEMORY, ids=lambda error: str(error)[-30:])
def test_a_batch_too_large_for_the_memory_is_halved(
    refusal: Exception, embedder: Any, monkeypatch: pytest.MonkeyPatch, near: Any
) -> None:
    inputs = [Input(texts=(f"word {number}",)) for number in range(7)]
    expected = embedder.embed_documents(inputs)
    largest = []

    def scarce(model: Any, batch: Any, *rest: Any) -> Any:
        if len(batch.last) > room:
            raise refusal
        largest.append(len(batch.last))
        return read(model, batch, *rest)

    monkeypatch.setattr(runner, "read", scarce)
    room = 2
    near(embedder.embed_documents(inputs), expected)
    assert max(largest) <= 2
    room = 0
    with pytest.raises(DeviceError, match="this computer has left; close other programs"):
        embedder.embed_documents(inputs)


def test_what_is_remembered_goes_before_a_search_fails_for_want_of_memory(
    reranker: Any, monkeypatch: pytest.MonkeyPatch, near: Any
) -> None:
    """With the beginning of all pairs, and then with a single document."""
    query, others = Input(texts=("a red car",)), [Input(texts=("one",)), Input(texts=("two",))]
    reranker.forget()
    expected = reranker.score(query, others)
    reranker.forget()
    reranker.score(Input(images=(noise(96, 64),)), others)
    kept = reranker._now.runner._beginnings
    monkeypatch.setattr(runner, "begin", _without(kept, runner.begin))
    monkeypatch.setattr(runner, "read", _without(kept, read))
    assert kept.nbytes
    near(reranker.score(query, others), expected)
    assert not reranker.sight._recent.nbytes
    for document, score in zip(others, expected, strict=True):
        monkeypatch.undo()
        reranker.forget()
        reranker.score(Input(images=(noise(96, 64),)), others)
        assert kept.nbytes
        monkeypatch.setattr(runner, "read", _without(kept, read))
        near(reranker.score(query, [document]), [score])


def _without(kept: Any, compute: Any) -> Any:
    """The same on a device that has no memory while anything is kept."""

    def scarce(*given: Any) -> Any:
        if kept.nbytes:
            raise torch.OutOfMemoryError
        return compute(*given)

    return scarce


LENGTHS = st.lists(st.integers(1, 500), max_size=60)


@given(LENGTHS, st.integers(1, 1000))
def test_batches_by_length(lengths: list[int], most: int) -> None:
    batches = list(by_length(lengths, most))
    assert sorted(index for batch in batches for index in batch) == list(range(len(lengths)))
    for batch in batches:
        assert len(batch) == 1 or len(batch) * max(lengths[index] for index in batch) <= most


@given(LENGTHS, st.integers(1, 1000))
def test_batches_in_order(lengths: list[int], most: int) -> None:
    parts = list(in_order(lengths, most))
    assert [index for part in parts for index in range(part.start, part.stop)] == list(range(len(lengths)))
    for part in parts:
        inside = lengths[part]
        assert len(inside) == 1 or len(inside) * max(inside) <= most

"""The official numbers, with everything read and prepared the official way."""

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from model_samples import patches_of

from models import commands, official
from models.errors import UnusableInput
from models.prompts import Prompt, Vocabulary

DATA = Path(__file__).parents[1] / "data" / "qwen3vl"
CASES = json.loads((DATA / "reference.json").read_text("utf-8"))
EMBED = [name for name, case in CASES["embed"].items() if "error" not in case]
PIXEL_KEYS = ("pixel_values", "pixel_values_videos")


def assert_prepared(prompt: Prompt, case: Any) -> None:
    assert prompt.ids.tolist() == case["input_ids"][0]
    stills = [picture for picture in prompt.pictures if not picture.times]
    clips = [picture for picture in prompt.pictures if picture.times]
    for key, pictures in (("image_grid_thw", stills), ("video_grid_thw", clips)):
        assert [[picture.pairs, *picture.grid] for picture in pictures] == case.get(key, [])
    if "mrope" in case:
        positions = prompt.positions[:, None].astype("<i4").tobytes()
        assert hashlib.sha256(positions).hexdigest() == case["mrope"]["sha256_i4"]
    for key, pictures in zip(PIXEL_KEYS, (stills, clips), strict=True):
        if pictures:
            values = np.concatenate([patches_of(picture) for picture in pictures])
            values = (values.astype(np.float32) - 127.5) / 127.5
            assert list(values.shape) == case[key]["shape"]
            sample = values.reshape(-1)[np.arange(64) * (values.size // 64)]
            np.testing.assert_allclose(sample, case[key]["sample"], atol=1e-6)
            assert values.mean() == pytest.approx(case[key]["mean"], abs=1e-6)
            assert values.std() == pytest.approx(case[key]["std"], abs=1e-6)


@pytest.mark.parametrize("name", EMBED)
def test_one_input_embeds_as_officially(name: str, reference: Any, embedder: Any, near: Any) -> None:
    case = CASES["embed"][name]
    vocabulary = Vocabulary.of(embedder.folder, escape=False)
    prompt = official.embedding_prompt(vocabulary, *reference.items(case["input"]), official.EMBED_LENGTH)
    assert_prepared(prompt, case)
    near(embedder.embed_prompts([prompt])[0], reference.arrays[f"embed/{name}"])


def test_everything_in_one_mixed_call_embeds_the_same(reference: Any, embedder: Any, near: Any) -> None:
    file = reference.request([reference.located(CASES["embed"][name]["input"]) for name in EMBED])
    vectors = commands.embed_file(embedder, file, exact=True)
    assert vectors.dtype == np.float32
    near(vectors, np.stack([reference.arrays[f"embed/{name}"] for name in EMBED]))
    near(np.linalg.norm(vectors, axis=1), 1)


@pytest.mark.parametrize("name", list(CASES["embed_batches"]))
def test_official_batches(name: str, reference: Any, embedder: Any, near: Any) -> None:
    members = CASES["embed_batches"][name]["members"]
    items = reference.items(*(CASES["embed"][member]["input"] for member in members))
    near(official.embed(embedder, items), reference.arrays[f"embed_batch/{name}"])


@pytest.mark.parametrize("name", list(CASES["embed_truncated"]))
def test_truncation_is_as_official(name: str, reference: Any, embedder: Any, near: Any) -> None:
    case = CASES["embed_truncated"][name]
    items = reference.items(case["input"])
    if "error" in case:
        with pytest.raises(UnusableInput, match="Of its 300 image tokens only 48 fit into 64"):
            official.embed(embedder, items, case["max_length"])
        return
    vocabulary = Vocabulary.of(embedder.folder, escape=False)
    prompt = official.embedding_prompt(vocabulary, *items, case["max_length"])
    assert prompt.ids.tolist() == case["input_ids"][0]
    near(embedder.embed_prompts([prompt])[0], reference.arrays[f"embed_truncated/{name}"])


def test_a_video_the_official_code_refuses_is_refused(reference: Any, embedder: Any) -> None:
    case = CASES["embed"]["video_720p"]
    assert "ids=[8075] and text=[8640]" in case["error"]
    with pytest.raises(UnusableInput, match="Of its 8640 video tokens only 8075 fit") as caught:
        official.embed(embedder, reference.items({"text": "before"}, case["input"]))
    assert caught.value.index == 1


@pytest.mark.parametrize("name", list(CASES["rerank"]))
def test_documents_score_as_officially(name: str, reference: Any, reranker: Any, near: Any) -> None:
    case = CASES["rerank"][name]
    longest = 256 if name == "long_doc_max256" else official.RERANK_LENGTH
    vocabulary = Vocabulary.of(reranker.folder, escape=False)
    ready = official.judging_prompts(vocabulary, reference.judgement(case["input"]), longest)
    for prompt, document in zip(ready, case["documents"], strict=True):
        assert_prepared(prompt, document)
    expected = reference.arrays[f"rerank/{name}"]
    reranker.forget()
    near(reranker.score_prompts(ready), expected)
    near(reranker.score_prompts(ready), expected)  # remembered
    reranker.forget()
    near(np.concatenate([reranker.score_prompts([prompt]) for prompt in ready]), expected)
    reranker.forget()
    reranker.score_prompts(ready[:2])
    near(np.concatenate([reranker.score_prompts([prompt]) for prompt in ready]), expected)  # beginning reused


def test_rerank_from_a_file(reference: Any, reranker: Any, near: Any) -> None:
    value = CASES["rerank"]["image_query"]["input"]
    documents = [reference.located(entry) for entry in value["documents"]]
    file = reference.request({**value, "query": reference.located(value["query"]), "documents": documents})
    near(commands.rerank_file(reranker, file, exact=True), reference.arrays["rerank/image_query"])

"""Published figures: read from a copy of the official repository, compared row by row."""

import os
import pickle
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from models import official, published, verify
from models.errors import CheckpointError
from models.published import Figures
from models.qwen3_vl import Qwen3VLEmbedder, Qwen3VLReranker
from models.requests import Item, Judgement

PASSAGES = ["a red tram", "the price of bread", "how bells are cast"]
CAPTIONS = ["A tram. ", "Bread"]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """What the official repository's folder `examples` is like, smaller, all scores 0.5."""
    examples = tmp_path / "examples"
    (examples / "retrieval_results" / "images").mkdir(parents=True)
    (examples / "rerank_results").mkdir()
    noise = np.random.default_rng(0)
    for number in range(3):
        picture = Image.fromarray(noise.integers(0, 256, (64, 96, 3), np.uint8))
        picture.save(examples / "retrieval_results" / "images" / f"img_{number}.jpg")
    ranked = {"ranked_indices": [2, 0], "ranked_scores": [0.5, 0.5]}
    judged = {"results": [{"reranked_indices": [1, 0], "reranked_scores": [0.5, 0.5]}] * 2}
    texts = [{**ranked, "query": "bells"}, {**ranked, "query": "trams"}]
    images = [{**ranked, "caption": caption} for caption in CAPTIONS]
    paths = [f"./retrieval_results/images/img_{number}.jpg" for number in range(3)]
    for file, value in {
        "retrieval_results/text_retrieval_results.pkl": {"corpus": PASSAGES, "results": texts},
        "retrieval_results/image_retrieval_results.pkl": {"corpus_paths": paths, "results": images},
        "rerank_results/text_rerank_results.pkl": judged,
        "rerank_results/image_rerank_results.pkl": judged,
    }.items():
        (examples / file).write_bytes(pickle.dumps(value, 4))
    return tmp_path


def with_expected(model: Any, groups: Iterator[Figures], change: float = 0.0) -> list[Figures]:
    """The groups with what this very model gives, the first figure changed."""
    made = []
    for group in groups:
        judgement = group.judgement
        if isinstance(model, Qwen3VLEmbedder):
            asked = replace(judgement.query, instruction=judgement.instruction)
            query, *documents = official.embed(model, [asked, *judgement.documents])
            expected = [float(document @ query) for document in documents]
        else:
            expected = official.rerank(model, judgement).tolist()
        expected[0] += 0.0 if made else change
        made.append(replace(group, expected=tuple(expected)))
    return made


def test_every_published_item_is_read(repository: Path) -> None:
    groups = list(published.for_embedder(repository))
    assert [group.name for group in groups] == ["model card"] * 4 + ["passages"] * 2 + ["pictures"] * 2
    bells = groups[4].judgement
    assert bells.query.texts == ("bells",)
    assert [item.texts for item in bells.documents] == [("how bells are cast",), ("a red tram",)]
    assert groups[6].judgement.query.texts == ("A tram. ",)
    assert [item.images[0].name for item in groups[6].judgement.documents] == ["img_2.jpg", "img_0.jpg"]
    judged = list(published.for_reranker(repository))
    assert [group.name for group in judged] == ["model card"] + ["passages"] * 2 + ["pictures"] * 2
    assert [item.texts for item in judged[2].judgement.documents] == [
        ("the price of bread",),
        ("a red tram",),
    ]
    assert judged[2].judgement.query.texts == ("trams",)


def test_the_same_model_agrees_in_every_row(
    embedder: Qwen3VLEmbedder, reranker: Qwen3VLReranker, repository: Path
) -> None:
    for model, groups in (
        (embedder, published.for_embedder(repository)),
        (reranker, published.for_reranker(repository)),
    ):
        rows = list(verify.verify(model, with_expected(model, groups)))
        assert len(rows) in (12, 9)
        assert all(row.agrees for row in rows)
        assert verify.meaning(rows).startswith(f"All {len(rows)} published figures")


def test_a_row_that_differs_is_named_and_explained(embedder: Qwen3VLEmbedder, repository: Path) -> None:
    rows = list(verify.verify(embedder, with_expected(embedder, published.for_embedder(repository), 0.01)))
    assert [row.agrees for row in rows] == [False] + [True] * 11
    assert "1 of 12 figures differ, all by little" in verify.meaning(rows)
    rows = list(verify.verify(embedder, published.for_embedder(repository)))
    assert "these are other weights" in verify.meaning(rows)


def row(source: str, expected: float, found: float) -> verify.Row:
    return verify.Row(source, "query", 0, expected, found, 0.005)


def test_known_mistakes_are_recognised() -> None:
    pairs = zip(published.CARD_COSINES, published.NO_END_TOKEN, strict=True)
    assert "end token" in verify.meaning([row("model card", *pair) for pair in pairs])
    good = row("passages", 0.5, 0.5)
    assert "pictures only" in verify.meaning([good, row("pictures", 0.5, 0.3)])
    assert "no numbers" in verify.meaning([good, row("passages", 0.5, float("nan"))])
    assert verify.meaning([]).startswith("No figures")


def test_only_sizes_that_figures_exist_for(embedder: Qwen3VLEmbedder, tmp_path: Path) -> None:
    assert list(published.figures(embedder.folder, "embedder", None)) == []
    (tmp_path / "config.json").write_text('{"text_config": {"hidden_size": 2048}}')
    assert len(list(published.figures(tmp_path, "embedder", None))) == 4
    assert len(list(published.figures(tmp_path, "reranker", None))) == 1


class _Evil:
    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return os.system, ("touch evil",)


def test_nothing_in_a_pickle_runs(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    file = repository / "examples" / "retrieval_results" / "text_retrieval_results.pkl"
    for content, words in (
        (pickle.dumps({"corpus": [_Evil()]}), r"it names (posix|nt)\.system"),
        (b"cos\nsystem\n(S'touch evil'\ntR.", r"it names os\.system"),
        (file.read_bytes()[:50], "not the published one"),
        (pickle.dumps({"corpus": 3}), "not as published"),
    ):
        file.write_bytes(content)
        with pytest.raises(CheckpointError, match=words):
            list(published.for_embedder(repository))
    assert not (tmp_path / "evil").exists()


def test_another_folder_is_no_copy(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="no copy of the repository"):
        list(published.for_embedder(tmp_path))


def test_a_judgement_without_documents_gives_no_rows(embedder: Qwen3VLEmbedder) -> None:
    empty = Figures("passages", Judgement(Item(texts=("a",)), ()), ())
    assert list(verify.verify(embedder, [empty])) == []

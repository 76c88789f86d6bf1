"""Figures that others published for the real weights, to be compared with what this program computes.

Two kinds. Those of the model card are here, because they are four short sentences. Those of the official
repository (QwenLM/Qwen3-VL-Embedding, folder `examples`) are read from a copy of it that the person gives:
its passages and pictures are not ours to ship. Its `.pkl` files are read with every global name refused, so
they can hold lists, texts and numbers and nothing that runs.

Sources of the figures: the model cards of Qwen3-VL-Embedding-2B and Qwen3-VL-Reranker-2B, and for a recipe
without the end token the third-party measurement that the tests' design page quotes. Only for the 2B models
have figures been published.
"""

import json
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.catalog import Role
from models.errors import CheckpointError
from models.requests import Item, Judgement

HIDDEN_SIZE = 2048
"""Of the models that figures exist for."""
CARD_INSTRUCTION = "Retrieve images or text relevant to the user's query."
CARD_QUERIES = (
    "A woman playing with her dog on a beach at sunset.",
    "Pet owner training dog outdoors near water.",
    "Woman surfing on waves during a sunny day.",
    "City skyline view from a high-rise building at night.",
)
CARD_DOCUMENT = (
    "A woman shares a joyful moment with her golden retriever on a sun-drenched beach at sunset, as the dog "
    "offers its paw in a heartwarming display of companionship and trust."
)
CARD_COSINES = (0.8158, 0.5195, 0.3884, 0.1093)
NO_END_TOKEN = (0.7786, 0.5503, 0.5241, 0.2859)
"""What the same sentences give when the prompt's end token is left out."""
CARD_SCORE = 0.8613

_EXAMPLES = "examples"
_PASSAGES = "Retrieve relevant passages."
_CAPTIONS = "Find images matching this description."
_JUDGE_PASSAGES = "Given a query, retrieve passages that are relevant to the query."
_JUDGE_CAPTIONS = "Given a caption, determine if the image matches the description."


@dataclass(frozen=True, slots=True)
class Figures:
    """One query, documents, and what they must give.

    Attributes:
        name: for people.
        judgement: query, documents and instruction (an embedder's, for the query alone).
        expected: a cosine or a score per document.
        slack: what the way of publishing adds to the tolerance: rounding, pictures encoded anew.
    """

    name: str
    judgement: Judgement
    expected: tuple[float, ...]
    slack: float = 0.0


def figures(folder: Path, role: Role, repository: Path | None) -> Iterator[Figures]:
    """What was published for the model in a folder; nothing for one of another size.

    Args:
        repository: a copy of the official repository; None for the model card alone.

    Raises `CheckpointError` when the copy is not what it should be.
    """
    if hidden_size(folder) == HIDDEN_SIZE:
        yield from for_embedder(repository) if role == "embedder" else for_reranker(repository)


def hidden_size(folder: Path) -> int:
    """As config.json has it; 0 when it has none."""
    try:
        return int(json.loads((folder / "config.json").read_text("utf-8"))["text_config"]["hidden_size"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0


def for_embedder(repository: Path | None) -> Iterator[Figures]:
    """Cosines of an embedder (see `figures`)."""
    document = Item(texts=(CARD_DOCUMENT,))
    for query, cosine in zip(CARD_QUERIES, CARD_COSINES, strict=True):
        yield Figures("model card", Judgement(Item(texts=(query,)), (document,)), (cosine,), 5e-3)
    if repository is None:
        return
    examples = _examples(repository)
    texts = _load(examples / "retrieval_results" / "text_retrieval_results.pkl")
    for query, indices, scores in _ranked(texts, "corpus"):
        passages = tuple(Item(texts=(texts["corpus"][index],)) for index in indices)
        asked = Judgement(Item(texts=(query,)), passages, _PASSAGES)
        yield Figures("passages", asked, scores)
    images = _load(examples / "retrieval_results" / "image_retrieval_results.pkl")
    for query, indices, scores in _ranked(images, "corpus_paths"):
        pictures = tuple(Item(images=(_picture(examples, index),)) for index in indices)
        asked = Judgement(Item(texts=(query,)), pictures, _CAPTIONS)
        yield Figures("pictures", asked, scores, 1e-2)


def for_reranker(repository: Path | None) -> Iterator[Figures]:
    """Scores of a reranker (see `figures`)."""
    asked = Judgement(Item(texts=CARD_QUERIES[:1]), (Item(texts=(CARD_DOCUMENT,)),), CARD_INSTRUCTION)
    yield Figures("model card", asked, (CARD_SCORE,), 5e-3)
    if repository is None:
        return
    examples = _examples(repository)
    texts = _load(examples / "retrieval_results" / "text_retrieval_results.pkl")
    judged = _load(examples / "rerank_results" / "text_rerank_results.pkl")
    queries = [query for query, _, _ in _ranked(texts, "corpus")]
    for query, indices, scores in _judged(judged, queries, len(texts["corpus"])):
        passages = tuple(Item(texts=(texts["corpus"][index],)) for index in indices)
        yield Figures("passages", Judgement(Item(texts=(query,)), passages, _JUDGE_PASSAGES), scores)
    images = _load(examples / "retrieval_results" / "image_retrieval_results.pkl")
    judged = _load(examples / "rerank_results" / "image_rerank_results.pkl")
    queries = [query for query, _, _ in _ranked(images, "corpus_paths")]
    for query, indices, scores in _judged(judged, queries, len(images["corpus_paths"])):
        pictures = tuple(Item(images=(_picture(examples, index),)) for index in indices)
        yield Figures("pictures", Judgement(Item(texts=(query,)), pictures, _JUDGE_CAPTIONS), scores)


def _examples(repository: Path) -> Path:
    found = repository / _EXAMPLES
    if not found.is_dir():
        raise CheckpointError(
            f"{repository} is no copy of the repository QwenLM/Qwen3-VL-Embedding (it has no folder "
            f"{_EXAMPLES}); give the folder it was cloned or unpacked into."
        )
    return found


def _picture(examples: Path, index: int) -> Path:
    return examples / "retrieval_results" / "images" / f"img_{index}.jpg"


class _OnlyData(pickle.Unpickler):
    """Builds lists, dictionaries, texts and numbers; a name of anything else ends it."""

    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(f"it names {module}.{name}")

    def persistent_load(self, pid: Any) -> Any:
        raise pickle.UnpicklingError("it refers to something outside")


def _load(file: Path) -> Any:
    try:
        with file.open("rb") as stream:
            return _OnlyData(stream).load()
    except FileNotFoundError:
        raise CheckpointError(f"{file} is missing; copy the whole repository again.") from None
    except Exception as error:  # a damaged pickle raises nearly anything
        raise CheckpointError(f"{file} is not the published one ({error}); copy it again.") from None


_Ranked = tuple[str, tuple[int, ...], tuple[float, ...]]
"""A query, places of documents, their scores."""


def _ranked(value: Any, corpus: str) -> list[_Ranked]:
    """What a retrieval file says: per query the documents found and their cosines."""
    with _described(corpus):
        rows = value["results"]
        queries = [row["query"] if "query" in row else row["caption"] for row in rows]
        return _rows(rows, queries, "ranked", len(value[corpus]))


def _judged(value: Any, queries: list[str], count: int) -> list[_Ranked]:
    """What a rerank file says for the queries of the retrieval file beside it."""
    with _described("reranked results"):
        return _rows(value["results"], queries, "reranked", count)


def _rows(rows: Any, queries: list[str], prefix: str, count: int) -> list[_Ranked]:
    found = []
    for row, query in zip(rows, queries, strict=True):
        indices = tuple(int(index) for index in row[f"{prefix}_indices"])
        scores = tuple(float(score) for score in row[f"{prefix}_scores"])
        if len(indices) != len(scores) or not all(0 <= index < count for index in indices):
            raise ValueError("indices and scores do not fit")
        found.append((str(query), indices, scores))
    return found


@contextmanager
def _described(what: str) -> Iterator[None]:
    try:
        yield
    except (KeyError, TypeError, ValueError) as error:
        raise CheckpointError(
            f"The {what} in the official repository are not as published ({error}); copy it again."
        ) from None

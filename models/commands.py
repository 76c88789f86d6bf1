"""`sightline embed` and `sightline rerank`: a JSON file in, numbers out."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from models import official
from models.errors import UnusableInput
from models.prompts import Prompt
from models.qwen3_vl import QUERY, Qwen3VLEmbedder, Qwen3VLReranker, Scores, Vectors
from models.reading import read
from models.requests import Item, read_items, read_judgement

TOGETHER = 32
"""How many inputs are prepared before they are embedded, each made small before the next is decoded."""
JUDGED = 4
"""How many documents are decoded before they are judged; what they begin with is read once all the same."""


def embed_file(embedder: Qwen3VLEmbedder, file: Path, exact: bool = False) -> Vectors:
    """Embed the list of inputs in a JSON file (see `requests`).

    Args:
        exact: read and prepare everything as the official code does (`--official`).

    Returns:
        float32 `[n, d]`, one row per input.

    Raises any `ModelsError`.
    """
    items = read_items(file)
    parts = [np.zeros((0, embedder.dimension), np.float32)]
    for start in range(0, len(items), TOGETHER):
        some = items[start : start + TOGETHER]
        try:
            if exact:
                parts.append(official.embed(embedder, some))
            else:
                parts.append(embedder.embed_prompts(list(_prepared(embedder, some))))
        except UnusableInput as error:
            place = start + error.index
            raise UnusableInput(f"{file}, item {place}: {error}", place) from error
    return np.concatenate(parts)


def rerank_file(reranker: Qwen3VLReranker, file: Path, exact: bool = False) -> Scores:
    """Score the documents in a JSON file (see `requests`) for its query; otherwise like `embed_file`.

    Returns:
        float32 `[documents]`, 0..1.
    """
    job = read_judgement(file)
    query, parts = read(job.query) if not exact else None, [np.zeros(0, np.float32)]
    for start in range(0, len(job.documents), JUDGED):
        some = replace(job, documents=job.documents[start : start + JUDGED])
        try:
            if query is None:
                parts.append(official.rerank(reranker, some))
            else:
                parts.append(reranker.score(query, list(map(read, some.documents)), job.instruction))
        except UnusableInput as error:
            place = QUERY if error.index == QUERY else start + error.index
            what = "the query" if error.index == QUERY else f"document {place}"
            raise UnusableInput(f"{file}, {what}: {error}", place) from error
    return np.concatenate(parts)


def _prepared(embedder: Qwen3VLEmbedder, items: Sequence[Item]) -> Iterator[Prompt]:
    """One after the other. Raises `UnusableInput` with the place of an item."""
    for place, item in enumerate(items):
        try:
            yield embedder.prepare(read(item), item.instruction)
        except UnusableInput as error:
            raise UnusableInput(str(error), place) from error

"""`sightline embed` and `sightline rerank`: a JSON file in, numbers out."""

from pathlib import Path

import numpy as np

from models import official
from models.errors import UnusableInput
from models.qwen3_vl import QUERY, Qwen3VLEmbedder, Qwen3VLReranker, Scores, Vectors
from models.reading import read
from models.requests import read_items, read_judgement

TOGETHER = 32
"""How many inputs are decoded before they are embedded."""


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
                parts.append(
                    embedder.embed([read(item) for item in some], [item.instruction for item in some])
                )
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
    try:
        if exact:
            return official.rerank(reranker, job)
        documents = [read(document) for document in job.documents]
        return reranker.score(read(job.query), documents, job.instruction)
    except UnusableInput as error:
        what = "the query" if error.index == QUERY else f"document {error.index}"
        raise UnusableInput(f"{file}, {what}: {error}", error.index) from error

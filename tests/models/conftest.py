"""The reference checkpoints, cases and numbers, loaded once."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from models.preparation import Budget
from models.qwen3_vl import Qwen3VLEmbedder, Qwen3VLReranker, load_embedder, load_reranker
from models.requests import Item, Judgement, read_items, read_judgement

DATA = Path(__file__).parents[1] / "data" / "qwen3vl"
TOLERANCE = 5e-6


@dataclass(frozen=True)
class Reference:
    """What the official code gave for each case."""

    cases: Mapping[str, Any]
    arrays: Mapping[str, NDArray[Any]]
    media: Path
    folder: Path
    scratch: Path

    def items(self, *inputs: Mapping[str, Any]) -> list[Item]:
        """Inputs through the JSON reader, with their files found."""
        return read_items(self.request([self.located(entry) for entry in inputs]))

    def judgement(self, value: Mapping[str, Any]) -> Judgement:
        """A reranker's case through the JSON reader."""
        documents = [self.located(entry) for entry in value["documents"]]
        query = self.located(value["query"])
        return read_judgement(self.request({**value, "query": query, "documents": documents}))

    def request(self, value: object) -> Path:
        """A JSON file outside the data, so that its paths are relative to it but not beside it."""
        file = self.scratch / "request.json"
        file.write_text(json.dumps(value), "utf-8")
        return file

    def located(self, entry: Mapping[str, Any]) -> dict[str, Any]:
        """The same input with file names relative to `scratch`."""
        return {
            key: self._path(value) if key in ("image", "video") else value for key, value in entry.items()
        }

    def _path(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._path(entry) for entry in value]
        return os.path.relpath(self.media / value, self.scratch)


@pytest.fixture(scope="session")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    with np.load(DATA / "reference.npz") as arrays:
        numbers = dict(arrays)
    cases = json.loads((DATA / "reference.json").read_text("utf-8"))
    return Reference(cases, numbers, DATA / "media", DATA / "checkpoints", tmp_path_factory.mktemp("request"))


@pytest.fixture(scope="session")
def embedder() -> Qwen3VLEmbedder:
    """With the official budget."""
    return load_embedder(DATA / "checkpoints" / "embed", "cpu", Budget.exact())


@pytest.fixture(scope="session")
def reranker() -> Qwen3VLReranker:
    """With the official budget."""
    return load_reranker(DATA / "checkpoints" / "rerank", "cpu", Budget.exact())


@pytest.fixture
def near() -> Any:
    """Asserts that numbers agree within the reference's tolerance."""

    def check(found: Any, expected: Any) -> None:
        np.testing.assert_allclose(found, expected, rtol=0, atol=TOLERANCE)

    return check

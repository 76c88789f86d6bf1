"""A real index in a temporary folder, and plain files to put into it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from indexer.store.store import Store

DIMENSION = 64


@dataclass(frozen=True)
class SeenFile:
    path: str
    size: int = 10
    mtime_ns: int = 1_000_000_000
    device: int = 1
    inode: int = 1


def unit_vectors(count: int, dimension: int = DIMENSION, seed: int = 0) -> NDArray[np.float32]:
    values = np.random.default_rng(seed).standard_normal((count, dimension)).astype(np.float32)
    return values / np.linalg.norm(values, axis=1, keepdims=True)


@pytest.fixture
def seen() -> type[SeenFile]:
    return SeenFile


@pytest.fixture
def vectors() -> Callable[..., NDArray[np.float32]]:
    return unit_vectors


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "index.db") as opened:
        opened.add_folder("/library")
        opened.space("tiny", DIMENSION, "first")
        yield opened

"""Measures of a ranking, each 0 to 1, and how far they can be trusted."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

NAMES = ("recall@1", "recall@10", "recall@50", "nDCG@10", "MRR")
RESAMPLES = 1000
LEVEL = 0.95


def of(ranking: Sequence[str], relevant: Mapping[str, int]) -> tuple[float, ...]:
    """One query's measures in the order of `NAMES`.

    recall@k is the share of the relevant documents among the first k, of at most k (so 1 can be reached);
    nDCG as in TREC: gains of the grade, discount log2(1 + rank), cut at 10; MRR the first relevant one's
    1 / rank.
    """
    right = [relevant.get(document, 0) for document in ranking]
    found = [sum(grade > 0 for grade in right[:k]) / min(k, len(relevant)) for k in (1, 10, 50)]
    best = _dcg(sorted(relevant.values(), reverse=True)[:10])
    first = next((rank for rank, grade in enumerate(right, 1) if grade > 0), 0)
    return (*found, _dcg(right[:10]) / best, 1 / first if first else 0.0)


def interval(values: NDArray[np.float64]) -> tuple[float, float]:
    """Bounds of the mean of `[queries]` by the percentile bootstrap over queries, always the same ones."""
    drawn = np.random.default_rng(0).integers(0, len(values), (RESAMPLES, len(values)))
    low, high = np.quantile(values[drawn].mean(axis=1), ((1 - LEVEL) / 2, (1 + LEVEL) / 2))
    return float(low), float(high)


def _dcg(grades: Sequence[int]) -> float:
    return float(sum(grade / np.log2(rank + 1) for rank, grade in enumerate(grades, 1)))

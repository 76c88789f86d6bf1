"""How much each channel should count: the order by every share, and which are better than those in use.

Why a share has to prove itself: of eleven shares one always looks best. It is kept only when the set has
enough queries that it matters for, and when the gain in nDCG@10 over the share in use, query by query, is
above nothing in the whole of its bootstrap interval. A gain too small to be felt is left, too.

Why channel by channel and not all together: words decide about few queries and the reranker about most, and a
grid over both would find chance more often than truth. Running it again after `--write` starts from there.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from indexer.evaluation import measures
from indexer.evaluation.rankings import SHARES, Outcome, Sweep

Channel: TypeAlias = Literal["words", "reranker"]
CHANNELS: Final[Mapping[Channel, str]] = {
    "words": "nDCG@10 by the words' share, where words take part",
    "reranker": "nDCG@10 by the reranker's share, of what both models saw",
}
ENOUGH: Final = 10
"""Queries of a kind that a share must matter for, to be chosen by them."""
FELT: Final = 0.002
"""Gain in nDCG@10 below which a share is not worth changing."""
_AT: Final = measures.NAMES.index("nDCG@10")


def by_share(outcomes: Sequence[Outcome], of: Channel) -> dict[str, Any]:
    """Mean nDCG@10 for every share and the one with the highest; empty when no query can tell."""
    telling = _telling(outcomes, of)
    if not telling:
        return {}
    order = {share: float(_order(telling, share).mean()) for share in SHARES}
    best = max(SHARES, key=lambda share: round(order[share], 3))
    return {"queries": len(telling), "nDCG@10": order, "in use": float(_order(telling).mean()), "best": best}


def better(groups: Mapping[str, Sequence[Outcome]]) -> list[dict[str, Any]]:
    """Shares that order better than those in use, beyond chance, by channel and kind of file.

    Each with `now` and `then`, the mean nDCG@10 of both, and `gain`, the 95 % interval of the difference.
    """
    found = []
    for of in CHANNELS:
        for kind, outcomes in groups.items():
            telling = _telling(outcomes, of)
            if kind == "all" or len(telling) < ENOUGH:
                continue
            share = by_share(outcomes, of)["best"]
            now, then = _order(telling), _order(telling, share)
            low, high = measures.interval(then - now)
            if low > 0 and then.mean() - now.mean() >= FELT:
                row = {"of": of, "kind": kind, "share": share, "queries": len(telling)}
                found.append(
                    row | {"now": float(now.mean()), "then": float(then.mean()), "gain": (low, high)}
                )
    return found


def lines(
    shares: Mapping[Channel, Mapping[str, Any]], better: Sequence[Mapping[str, Any]], written: str
) -> list[str]:
    """For people."""
    shown = []
    for of, rows in shares.items():
        if rows:
            shown += ["", CHANNELS[of]]
            shown.append(f"{'':18}" + "".join(f"{share:>8}" for share in SHARES) + "  in use    best")
        for group, row in rows.items():
            order = "".join(f"{row['nDCG@10'][share]:8.3f}" for share in SHARES)
            shown.append(f"  {group:16}{order}{row['in use']:8.3f}{row['best']:>8}")
    if not better:
        return [*shown, "", "This set gives no reason to change the shares in use."]
    shown += ["", "Shares that order better than those in use, beyond chance (nDCG@10)"]
    for one in better:
        low, high = one["gain"]
        shown.append(
            f"  {one['kind']:12}{one['of']:10}{one['share']:4}   {one['now']:.3f} -> {one['then']:.3f}"
            f"   gain {low:.3f} to {high:.3f} on {one['queries']} queries"
        )
    if written:
        shown.append(f"They count from the next search on; delete {written} to go back.")
    else:
        shown.append("Say --write to let them count.")
    return shown


def _telling(outcomes: Sequence[Outcome], of: Channel) -> list[tuple[Outcome, Sweep]]:
    """Those where an order is to be decided at all: something right among what can be ordered."""
    sweeps = [(one, one.words if of == "words" else one.reranker) for one in outcomes]
    return [
        (one, sweep)
        for one, sweep in sweeps
        if sweep is not None and set(one.query.relevant) & set(sweep.used)
    ]


def _order(telling: Sequence[tuple[Outcome, Sweep]], share: float | None = None) -> NDArray[np.float64]:
    """nDCG@10 of each query with this share, or with that in use."""
    return np.array(
        [
            measures.of(sweep.used if share is None else sweep.orders[share], one.query.relevant)[_AT]
            for one, sweep in telling
        ]
    )

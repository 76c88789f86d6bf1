"""What an evaluation found, as plain data and as tables."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from indexer.evaluation import measures, weighing
from indexer.evaluation.rankings import Outcome
from indexer.kinds import KINDS

WAYS = ("words", "meaning", "fused", "reranked", "blended")


def report(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Measures with intervals per way and kind, order by share of a channel, and how often it errs."""
    answerable = [one for one in outcomes if one.query.relevant]
    groups = {"all": answerable} | {
        kind: chosen for kind in KINDS if (chosen := [one for one in answerable if one.kind == kind])
    }
    return {
        "queries": len(outcomes),
        "measures": {name: _measured(chosen) for name, chosen in groups.items() if chosen},
        "shares": {
            of: {name: row for name, chosen in groups.items() if (row := weighing.by_share(chosen, of))}
            for of in weighing.CHANNELS
        },
        "better": weighing.better(groups),
        "answers": _answers(outcomes),
    }


def lines(found: dict[str, Any]) -> list[str]:
    """For people."""
    shown = [f"{found['queries']} queries; ± half of the 95 % bootstrap interval", ""]
    shown.append(f"{'':34}" + "".join(f"{name:>16}" for name in measures.NAMES))
    for group, ways in found["measures"].items():
        shown.append(f"{group} ({next(iter(ways.values()))['queries']} queries)")
        for way, row in ways.items():
            cells = [
                f"{row[name][0]:.3f} ± {(row[name][2] - row[name][1]) / 2:.3f}" for name in measures.NAMES
            ]
            shown.append(f"  {way:32}" + "".join(f"{cell:>16}" for cell in cells))
    shown += weighing.lines(found["shares"], found["better"], found.get("written", ""))
    shown.append("")
    shown += [f"{name}: {value:.1%}" for name, value in found["answers"].items() if value is not None]
    return shown


def _measured(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    names = dict.fromkeys(name for one in outcomes for name in one.rankings)
    ordered = [name for name in WAYS if name in names] + [name for name in names if name not in WAYS]
    table = {}
    for name in ordered:
        rows = np.array([measures.of(one.rankings.get(name, []), one.query.relevant) for one in outcomes])
        table[name] = {"queries": len(outcomes)} | {
            measure: (float(column.mean()), *measures.interval(column))
            for measure, column in zip(measures.NAMES, rows.T, strict=True)
        }
    return table


def _answers(outcomes: Sequence[Outcome]) -> dict[str, float | None]:
    """Whether "strong" can be believed, and "nothing"."""
    nothing = [one for one in outcomes if not one.query.relevant]
    some = [one for one in outcomes if one.query.relevant]
    strong = [
        [id for id, relevance in one.shown.items() if relevance == "strong"] for one in (*some, *nothing)
    ]
    wrong = sum(
        id not in one.query.relevant for one, ids in zip((*some, *nothing), strong, strict=True) for id in ids
    )
    claimed = sum(map(len, strong))
    missed = [not any(one.shown.get(id) == "strong" for id in one.query.relevant) for one in some]
    return {
        "strong that is wrong, of all strong": wrong / claimed if claimed else None,
        "answerable queries without a right strong one": float(np.mean(missed)) if missed else None,
        "unanswerable queries that show something": _share([bool(one.shown) for one in nothing]),
        "unanswerable queries that show something strong": _share(
            ["strong" in one.shown.values() for one in nothing]
        ),
    }


def _share(values: Sequence[bool]) -> float | None:
    return float(np.mean(values)) if values else None

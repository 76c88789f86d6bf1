"""What the tiny reranker is taught besides yes and no, which alone says too little.

A bare yes or no does not tell which of two dozen facts did not fit, and the state that says it is far from
where the comparison has to be made. So what does not fit is asked for, too: of that last state
(`Differences`), and of the document's own tokens on the way (`Glance`). Both are thrown away afterwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from models import tiny_world as world
from models.tiny_tower import Look, Probe
from models.tiny_training import PLACES, SCENE_SIZES, THING_SIZES, Seen, surprise, targets


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """A query, the documents it is asked about, and which of them answer it.

    Attributes:
        said: what the query says; None when it is a picture.
        whole: what it describes when it leaves nothing out.
    """

    query: Seen
    documents: Sequence[Seen]
    answers: Sequence[bool]
    said: world.Caption | None = None
    whole: world.Scene | None = None


class Differences(nn.Module):
    """Reads off the state that says yes or no which parts of the query do not fit, and where."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.part = nn.Linear(size, world.PARTS)
        self.fact = nn.Linear(size, PLACES * len(THING_SIZES) + len(SCENE_SIZES))

    def forward(self, states: Tensor, asked: "Asked") -> dict[str, Tensor]:
        """Mean binary cross-entropies of parts and facts; `states` `[pairs, size]`."""
        return {
            "parts": _surprise(self.part(states), ~asked.fits, asked.told, 3.0),
            "facts": _surprise(self.fact(states), asked.differ, asked.whole[:, None], 6.0),
        }


class Glance(nn.Module):
    """What the document's own tokens know on the way: early what they show, late what of it does not fit."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.shown = Probe(size)
        self.parts = [PLACES * sum(THING_SIZES), sum(SCENE_SIZES)]
        self.query = nn.Linear(size, sum(self.parts))
        self.look = Look(size, PLACES + 1)
        self.place = nn.Linear(size, len(THING_SIZES))
        self.part = nn.Linear(size, world.PARTS)

    def forward(self, on_the_way: Sequence["OnTheWay | None"], asked: "Asked") -> dict[str, Tensor]:
        """Losses of the pairs whose document is something seen."""
        alike: dict[tuple[int, tuple[int, int]], list[int]] = {}
        for pair, states in enumerate(on_the_way):
            if states is not None:
                alike.setdefault((len(states.early), states.grid), []).append(pair)
        shown, there, seen, said = [], [], [], []
        for (_, grid), pairs in alike.items():
            some = [one for pair in pairs if (one := on_the_way[pair]) is not None]
            early = torch.stack([one.early for one in some])
            late = torch.stack([one.late for one in some])
            query = torch.stack([one.query for one in some])
            at = torch.tensor(pairs)
            share = len(pairs) / sum(len(members) for members in alike.values())
            shown.append(share * self.shown(early, grid, asked.shown[pairs]))
            pooled = self.look(late, grid)
            place = self.place(pooled[:, :PLACES]).flatten(1)
            differ = asked.differ[at, : PLACES * len(THING_SIZES)]
            there.append(share * _surprise(place, differ, asked.whole[at, None], 6.0))
            part = self.part(pooled[:, PLACES])
            seen.append(share * _surprise(part, ~asked.fits[at], asked.told[at], 3.0))
            known = asked.whole[at]
            if known.any():
                things, scene = torch.split(self.query(query[known]), self.parts, dim=-1)
                meant = asked.meant[at[known].numpy()]
                said.append(share * surprise(things.view(len(things), PLACES, -1), scene, meant))
        losses = {"shown": shown, "there": there, "seen": seen, "said": said}
        return {name: torch.stack(each).sum() for name, each in losses.items()}


@dataclass(frozen=True, slots=True, eq=False)
class OnTheWay:
    """States of a pair below the last layer, when the document is something seen.

    Attributes:
        query: `[size]`, early, at the token behind the query.
        early, late: `[tokens, size]` of the document, which lie on `grid`, once per frame pair.
    """

    query: Tensor
    early: Tensor
    late: Tensor
    grid: tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What is true of each pair.

    Attributes:
        answers: float32 `[pairs]`, 1 or 0.
        fits, told: bool `[pairs, PARTS]`: parts of the query that fit; that it tells (none of a picture).
        differ: bool `[pairs, facts]`: what the query means and the document shows otherwise.
        whole: bool `[pairs]`: whether `differ` and `meant` are known.
        shown, meant: int8 `[pairs, 20]`, as `world.facts_of` gives them.
    """

    answers: Tensor
    fits: Tensor
    told: Tensor
    differ: Tensor
    whole: Tensor
    shown: NDArray[np.int8]
    meant: NDArray[np.int8]

    @classmethod
    def of(cls, questions: Sequence[Question]) -> "Asked":
        """All pairs of some questions, one question after the other."""
        fits, told, shown, meant = [], [], [], []
        for question in questions:
            facts = world.facts_of([document.scene for document in question.documents])
            said = world.facts_of([question.said or world.Caption("", "en")])
            shown.append(facts)
            fits.append(world.fits(said, facts)[0])
            told.append(np.repeat(world.is_said(said), len(facts), axis=0))
            meant.append(world.facts_of([question.whole or world.Scene("text")] * len(facts)))
        shows, means = np.concatenate(shown), np.concatenate(meant)
        sides = zip(targets(means), targets(shows), strict=True)
        return cls(
            torch.tensor([float(answer) for question in questions for answer in question.answers]),
            torch.from_numpy(np.concatenate(fits)),
            torch.from_numpy(np.concatenate(told)),
            torch.cat([(one != other).flatten(1) for one, other in sides], dim=1),
            torch.tensor([question.whole is not None for question in questions for _ in question.documents]),
            shows,
            means,
        )


def _surprise(logits: Tensor, wanted: Tensor, known: Tensor, weight: float) -> Tensor:
    """Mean binary cross-entropy where the answer is known; 0 where it never is."""
    each = functional.binary_cross_entropy_with_logits(
        logits.float(), wanted.float(), pos_weight=torch.tensor(weight), reduction="none"
    )
    known = known.expand_as(each)
    return (each * known).sum() / known.sum().clamp(min=1)

"""Stage 1 of the tiny checkpoints' training: the vision tower learns to see.

What a thing is takes it longest: colours, counts and places are learnt first and nearly suffice to tell
drawings apart. Measured on new drawings, the noun was right in 0.23 of things after 850 steps of pictures
like those the product sees, and all of these help: glimpses, many and small, of one group of things each,
before and beside whole pictures; a probe that is told where to look; twice the weight for the noun; matrices
that keep the size of what goes through; and things drawn a quarter larger. Not so: whitened patches, and
attention that begins at neighbours.
"""

import itertools
import math
import random
from dataclasses import replace
from functools import lru_cache
from typing import Any, Literal, TypeAlias

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from models import tiny_drawing as drawing
from models import tiny_world as world
from models import vision
from models.inputs import Clip, Input
from models.preparation import Picture
from models.tiny_pool import Document, Pool
from models.tiny_training import DEVICE, PLACES, SCENE_SIZES, THING_SIZES, Learner, optimise, surprise

Grid: TypeAlias = tuple[int, int]
"""Rows and columns of tokens."""


class Look(nn.Module):
    """Learnt looks at what lies on a grid: each gathers what it is about from all tokens."""

    def __init__(self, size: int, looks: int) -> None:
        super().__init__()
        self.looks = nn.Parameter(torch.randn(looks, size) * 0.05)
        self.where = nn.Linear(_WAVES * 4, size)
        self.key, self.value = nn.Linear(size, size), nn.Linear(size, size)

    def forward(self, features: Tensor, grid: Grid, near: Tensor | None = None) -> Tensor:
        """`[n, looks, size]` of `features` `[n, tokens, size]`: one or more times `grid`.

        Args:
            near: bool `[looks, tokens]`, which tokens each look may see; None: all.
        """
        waves = _waves(*grid)
        features = features + self.where(waves.repeat(features.shape[1] // len(waves), 1))
        likeness = self.looks @ self.key(features).transpose(1, 2)
        if near is not None:
            likeness = likeness.masked_fill(~near, -1e4)
        return functional.gelu(torch.softmax(likeness, dim=-1) @ self.value(features))


class Probe(nn.Module):
    """Reads facts off the vision tower's output: a learnt look at each place and at the whole."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.look = Look(size, PLACES + len(SCENE_SIZES))
        self.things = nn.Linear(size, sum(THING_SIZES))
        self.scene = nn.ModuleList(nn.Linear(size, n) for n in SCENE_SIZES)

    def forward(
        self, features: Tensor, grid: Grid, facts: NDArray[np.int8], noun: float, near: Tensor | None = None
    ) -> Tensor:
        """Loss of `features` `[n, tokens, size]`, whose tokens lie on `grid`; `noun` as for `surprise`."""
        pooled = self.look(features, grid, near)
        scene = [head(pooled[:, PLACES + i]) for i, head in enumerate(self.scene)]
        return surprise(self.things(pooled[:, :PLACES]), torch.cat(scene, dim=-1), facts, noun)


class Probes(nn.Module):
    """One for each output of the tower. DeepStack's are features, too: a lighter lesson for them."""

    def __init__(self, size: int, outputs: int) -> None:
        super().__init__()
        self.each = nn.ModuleList(Probe(size) for _ in range(outputs))

    def forward(self, seen: Tensor, *what: Any) -> Tensor:
        """Loss of `seen` `[outputs, n, tokens, size]`; `what` as for `Probe`."""
        losses = [probe(features, *what) for probe, features in zip(self.each, seen, strict=True)]
        return torch.stack([(0.3 if i else 1.0) * loss for i, loss in enumerate(losses)]).sum()


_WAVES = 4


def _centres(rows: int, columns: int) -> Tensor:
    """Where each token lies, `[rows * columns, 2]` down and right, 0 to 1."""
    return torch.cartesian_prod((torch.arange(rows) + 0.5) / rows, (torch.arange(columns) + 0.5) / columns)


def _waves(rows: int, columns: int) -> Tensor:
    """The same as sines and cosines `[rows * columns, 16]`."""
    angles = (_centres(rows, columns)[:, :, None] * math.pi * 2.0 ** torch.arange(_WAVES)).flatten(1)
    return torch.cat([angles.sin(), angles.cos()], dim=1)


@lru_cache
def _near(rows: int, columns: int) -> Tensor:
    """Which tokens of a picture may show what lies at each place; the scene is everywhere."""
    at = _centres(rows, columns)
    places = torch.tensor(drawing.QUADRANTS).flip(1)
    near = ((at - places[:, None]).abs() < torch.tensor([0.3, 0.28])).all(dim=-1)
    return torch.cat([near, torch.ones(len(SCENE_SIZES), rows * columns, dtype=torch.bool)])


def train_tower(learner: Learner, pool: Pool, steps: int) -> None:
    """Teach the vision tower to show the facts in its output: shapes first, then everything."""
    model, rng = learner.model, learner.begin("tower")
    tower = model.model.visual
    _begin(tower)
    outputs, size = 1 + len(tower.deepstack_visual_indexes), model.config.text_config.hidden_size
    free, led = Probes(size, outputs), Probes(size, outputs)
    looks = itertools.chain(itertools.repeat(_SHAPES, round(steps * _SHARE)), itertools.repeat(_ALL))

    def loss_of() -> tuple[Tensor, dict[str, Tensor]]:
        losses: dict[str, Tensor] = {}
        for kind, count in next(looks):
            scenes, pictures = _shown(learner, rng, pool, kind, count)
            seen = vision.see(tower, vision.gather(pictures, DEVICE)).view(outputs, len(scenes), -1, size)
            facts = world.facts_of(scenes)
            grid = pictures[0].grid[0] // 2, pictures[0].grid[1] // 2
            noun = 2.0 if kind in ("picture", GLIMPSE) else 1.0
            losses[kind] = free(seen, grid, facts, noun)
            if kind == "picture":
                losses["led"] = led(seen, grid, facts, noun, _near(*grid))
        return torch.stack([_WEIGHT.get(kind, 1.0) * loss for kind, loss in losses.items()]).sum(), losses

    layers = nn.ModuleList([tower.blocks, tower.merger, tower.deepstack_merger_list])
    others = [
        *tower.pos_embed.parameters(),
        *tower.patch_embed.parameters(),
        *free.parameters(),
        *led.parameters(),
    ]
    optimise("tower", layers, others, steps, 1.5e-3, loss_of)


def _begin(tower: Any) -> None:
    """Matrices that keep the size of what goes through: transformers' are for models 10 times as wide."""
    with torch.no_grad():
        for name, part in tower.named_modules():
            if isinstance(part, nn.Linear):
                adds = name.startswith("blocks") and name.endswith(("attn.proj", "mlp.linear_fc2"))
                part.weight.normal_(std=(0.4 if adds else 1.0) * part.in_features**-0.5)
                part.bias.zero_()
        # Drawn too small for positions to be told apart in so short a training.
        tower.pos_embed.weight.normal_(std=0.2)


# --- what it is shown ---------------------------------------------------------------------------------------

GLIMPSE: Literal["glimpse"] = "glimpse"
"""A piece of a picture with one group of things: what it is is learnt on many, and small ones are cheap."""
EDGE = 64
Kind: TypeAlias = world.Medium | Literal["glimpse"]
_SHARE = 0.45
"""Of the steps that begin with shapes: among all the rest they would be learnt last."""
_SHAPES: tuple[tuple[Kind, int], ...] = (("picture", 24), (GLIMPSE, 160))
_ALL: tuple[tuple[Kind, int], ...] = (
    ("picture", 40),
    ("screenshot", 44),
    ("page", 16),
    ("clip", 12),
    (GLIMPSE, 64),
)
_WEIGHT = {"screenshot": 3.0, GLIMPSE: 4.0}


def _shown(
    learner: Learner, rng: random.Random, pool: Pool, kind: Kind, count: int
) -> tuple[list[world.Scene], list[Picture]]:
    """Pictures of one size, and what there is to see in each."""
    if kind == "glimpse":
        return _glimpses(learner, rng, pool, count)
    documents = pool.some(rng, kind, count)
    if kind == "clip":  # two frames of a clip, seen as a still: what is there, not how it moves
        documents = [document for document in documents if document.scene.motion != world.BLINKS]
        pictures = [_two_frames(learner, rng, document) for document in documents]
    else:
        pictures = [learner.document(document.content()).pictures[0] for document in documents]
    return [replace(document.scene, motion=0) for document in documents], pictures


def _glimpses(
    learner: Learner, rng: random.Random, pool: Pool, count: int
) -> tuple[list[world.Scene], list[Picture]]:
    groups = [
        families
        for (medium, _), families in pool.groups.items()
        if medium == "picture" and np.asarray(families[0][0].shown).shape[0] >= 2 * EDGE
    ]
    scenes: list[world.Scene] = []
    pictures: list[Picture] = []
    for _ in range(count):
        document = rng.choice(rng.choice(rng.choice(groups)))
        pixels, thing = np.asarray(document.shown), rng.choice(document.scene.things)
        height, width = pixels.shape[:2]
        x, y = drawing.QUADRANTS[thing.place]
        left = round(x * width - EDGE / 2 + rng.uniform(-8, 8))
        top = round(y * height - EDGE / 2 + rng.uniform(-8, 8))
        left, top = min(max(left, 0), width - EDGE), min(max(top, 0), height - EDGE)
        scenes.append(replace(document.scene, things=(replace(thing, place=world.MIDDLE),)))
        piece = Input(images=(pixels[top : top + EDGE, left : left + EDGE],))
        pictures.append(learner.document(piece).pictures[0])
    return scenes, pictures


def _two_frames(learner: Learner, rng: random.Random, document: Document) -> Any:
    clip = document.shown
    if not isinstance(clip, Clip):
        raise TypeError("not a clip")
    at = rng.randrange(len(clip.frames) - 1)
    pair = Clip(clip.frames[at : at + 2], clip.times[at : at + 2])
    return learner.document(Input(clips=(pair,))).pictures[0]

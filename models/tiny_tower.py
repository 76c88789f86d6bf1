"""Stage 1 of the tiny checkpoints' training: the vision tower learns to see."""

import math
import random
from dataclasses import replace
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from models import tiny_world as world
from models import vision
from models.inputs import Clip, Input
from models.tiny_pool import Document, Pool
from models.tiny_training import DEVICE, PLACES, SCENE_SIZES, THING_SIZES, Learner, optimise, surprise


class Look(nn.Module):
    """Learnt looks at what lies on a grid: each gathers what it is about from all tokens."""

    def __init__(self, size: int, looks: int) -> None:
        super().__init__()
        self.looks = nn.Parameter(torch.randn(looks, size) * 0.05)
        self.where = nn.Linear(_WAVES * 4, size)
        self.key, self.value = nn.Linear(size, size), nn.Linear(size, size)

    def forward(self, features: Tensor, grid: tuple[int, int]) -> Tensor:
        """`[n, looks, size]` of `features` `[n, tokens, size]`: one or more times `grid` (rows, columns)."""
        waves = _waves(*grid)
        features = features + self.where(waves.repeat(features.shape[1] // len(waves), 1))
        shares = torch.softmax(self.looks @ self.key(features).transpose(1, 2), dim=-1)
        return functional.gelu(shares @ self.value(features))


class Probe(nn.Module):
    """Reads facts off the vision tower's output: a learnt look at each place and at the whole."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.look = Look(size, PLACES + len(SCENE_SIZES))
        self.things = nn.Linear(size, sum(THING_SIZES))
        self.scene = nn.ModuleList(nn.Linear(size, n) for n in SCENE_SIZES)

    def forward(self, features: Tensor, grid: tuple[int, int], facts: NDArray[np.int8]) -> Tensor:
        """Loss of `features` `[n, tokens, size]`, whose tokens lie on `grid` (rows, columns)."""
        pooled = self.look(features, grid)
        scene = [head(pooled[:, PLACES + i]) for i, head in enumerate(self.scene)]
        return surprise(self.things(pooled[:, :PLACES]), torch.cat(scene, dim=-1), facts)


_WAVES = 4


def _waves(rows: int, columns: int) -> Tensor:
    """Where each token lies, as sines and cosines `[rows * columns, 16]`."""
    places = torch.cartesian_prod((torch.arange(rows) + 0.5) / rows, (torch.arange(columns) + 0.5) / columns)
    angles = (places[:, :, None] * math.pi * 2.0 ** torch.arange(_WAVES)).flatten(1)
    return torch.cat([angles.sin(), angles.cos()], dim=1)


def train_tower(learner: Learner, pool: Pool, steps: int) -> None:
    """Teach the vision tower to show the facts in its output."""
    model, rng = learner.model, learner.begin("tower")
    size = model.config.text_config.hidden_size
    probes = nn.ModuleList(Probe(size) for _ in range(1 + len(model.model.visual.deepstack_visual_indexes)))
    tower = model.model.visual
    with torch.no_grad():  # drawn too small for positions to be told apart in so short a training
        tower.pos_embed.weight.normal_(std=0.2)

    def loss_of() -> tuple[Tensor, dict[str, Tensor]]:
        losses: dict[str, Tensor] = {}
        for medium, count in _LOOKED_AT:
            documents = pool.some(rng, medium, count)
            pictures = [learner.document(document.content()).pictures[0] for document in documents]
            if medium == "clip":  # two frames of a clip, seen as a still: what is there, not how it moves
                documents = [document for document in documents if document.scene.motion != world.BLINKS]
                pictures = [_two_frames(learner, rng, document) for document in documents]
            seen = vision.see(tower, vision.gather(pictures, DEVICE))
            scenes = [replace(document.scene, motion=0) for document in documents]
            facts = world.facts_of(scenes)
            each = seen.view(len(seen), len(documents), -1, size)
            # DeepStack's outputs are features too: a lighter lesson for them.
            grid = pictures[0].grid[0] // 2, pictures[0].grid[1] // 2
            losses[medium] = probes[0](each[0], grid, facts) + 0.3 * sum(
                probe(part, grid, facts) for probe, part in zip(list(probes)[1:], each[1:], strict=True)
            )
        return torch.stack(list(losses.values())).sum() + losses["picture"] + losses["screenshot"], losses

    layers = nn.ModuleList([tower.blocks, tower.merger, tower.deepstack_merger_list])
    others = [*tower.pos_embed.parameters(), *tower.patch_embed.parameters(), *probes.parameters()]
    optimise("tower", layers, others, steps, 1.5e-3, loss_of)


_LOOKED_AT: tuple[tuple[world.Medium, int], ...] = (
    ("picture", 56),
    ("screenshot", 44),
    ("page", 20),
    ("clip", 12),
)


def _two_frames(learner: Learner, rng: random.Random, document: Document) -> Any:
    clip = document.shown
    if not isinstance(clip, Clip):
        raise TypeError("not a clip")
    at = rng.randrange(len(clip.frames) - 1)
    pair = Clip(clip.frames[at : at + 2], clip.times[at : at + 2])
    return learner.document(Input(clips=(pair,))).pictures[0]

"""Stage 2 of the tiny checkpoints' training: the language model learns to embed."""

import math

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from models import tiny_phrases as phrases
from models import tiny_world as world
from models.tiny_training import (
    PLACES,
    SCENE_SIZES,
    THING_SIZES,
    Learner,
    Memory,
    is_full,
    optimise,
    say,
    surprise,
    text_query,
    vectors,
)


class ReadOut(nn.Module):
    """Reads facts off an embedding; one for both sides, so that both put a fact in the same place."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.things = nn.Linear(size, PLACES * sum(THING_SIZES))
        self.scene = nn.Linear(size, sum(SCENE_SIZES))
        self.gain = math.sqrt(size)

    def forward(self, vectors: Tensor, facts: NDArray[np.int8]) -> Tensor:
        """Loss of normalised `vectors` `[n, size]`."""
        wide = vectors * self.gain
        return surprise(self.things(wide).view(len(wide), PLACES, -1), self.scene(wide), facts)


def train_embedder(learner: Learner, memory: Memory, steps: int) -> None:
    """Contrastive training of the language model; the vision tower stays."""
    model, rng = learner.model, learner.begin("embedder")
    out = ReadOut(model.config.text_config.hidden_size)
    scale = nn.Parameter(torch.tensor(math.log(16.0)))

    def loss_of() -> tuple[Tensor, dict[str, Tensor]]:
        with torch.no_grad():
            scale.clamp_(math.log(5.0), math.log(60.0))
        heat = scale.exp()
        groups = [memory.some(rng, medium, n) for medium, n in _MIX]
        documents = [seen for group in groups for seen in group]
        captions = [say(rng, seen.scene, 0.4) for seen in documents]
        sparse = [say(rng, seen.scene, 0.0) for seen in documents]
        near = [
            say(rng, world.change_one_fact(rng, seen.scene, held_out=False), 0.5)
            for seen in rng.sample(documents, len(documents) // 2)
        ]
        said = [*captions, *sparse, *near]
        texts = [caption.text for caption in said] + [phrases.nonsense(rng) for _ in range(8)]
        some = rng.sample(memory.altered, 16)
        pairs = rng.sample(memory.mixed, 16)
        queries = [*map(text_query, texts), *(query for query, _ in some), *(pair.query for pair in pairs)]
        meant = [*documents, *(seen for _, seen in some), *(pair.document for pair in pairs)]
        asked, altered, mixed = torch.split(
            vectors(learner, queries, learner.query), [len(texts), len(some), len(pairs)]
        )
        found, originals, fulfilled = torch.split(
            vectors(learner, meant, learner.document), [len(documents), len(some), len(pairs)]
        )
        n = len(documents)
        shown = world.facts_of([seen.scene for seen in documents])
        target = torch.arange(n)
        logits = _hide_true(heat * asked @ found.T, world.facts_of(said), shown, target.repeat(2))
        parts = {
            "text": functional.cross_entropy(logits[:n], target),
            "sparse": functional.cross_entropy(logits[n : 2 * n], target),
            # A document's captions compete but for its own sparse one.
            "back": functional.cross_entropy(torch.cat([logits[:n], logits[2 * n :]]).T, target),
        }
        likeness = heat * altered @ torch.cat([originals, found]).T
        parts["image"] = functional.cross_entropy(likeness, torch.arange(len(some)))
        facts = np.concatenate([world.facts_of([pair.document.scene for pair in pairs]), shown])
        mixed_logits = _hide_true(
            heat * mixed @ torch.cat([fulfilled, found]).T,
            world.facts_of([pair.caption for pair in pairs]),
            facts,
            torch.arange(len(pairs)),
        )
        parts["mixed"] = functional.cross_entropy(mixed_logits, torch.arange(len(pairs)))
        whole = [
            i
            for i, caption in enumerate(captions)
            if caption.medium is not None and is_full(caption, documents[i].scene)
        ]
        parts["facts"] = out(found, shown) + out(asked[whole], shown[whole])
        loss = (
            parts["text"]
            + 0.8 * parts["sparse"]
            + parts["back"]
            + 0.4 * parts["image"]
            + 0.6 * parts["mixed"]
            + 0.15 * parts["facts"]
        )
        parts["right"] = (logits[:n].argmax(1) == target).float().mean()
        parts["scale"] = heat
        return loss, parts

    language = model.model.language_model
    others = [*language.embed_tokens.parameters(), *language.norm.parameters(), *out.parameters(), scale]
    optimise("embedder", language.layers, others, steps, 2e-3, loss_of)


_MIX: tuple[tuple[world.Medium, int], ...] = (
    ("picture", 52),
    ("screenshot", 20),
    ("page", 12),
    ("clip", 18),
    ("text", 8),
)


def _hide_true(logits: Tensor, said: NDArray[np.int8], shown: NDArray[np.int8], own: Tensor) -> Tensor:
    """Take pairs that are true but not meant out of the running.

    Args:
        own: int64: the document that each of the first queries means.
    """
    hidden = torch.zeros_like(logits, dtype=torch.bool)
    hidden[: len(said)] = torch.from_numpy(world.satisfies(said, shown))
    hidden[torch.arange(len(own)), own] = False
    return logits.masked_fill(hidden, -1e4)

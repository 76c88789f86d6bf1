"""What the three stages of the tiny checkpoints' training share; `tiny` says what each is for."""

import logging
import math
import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.attention import SDPBackend, sdpa_kernel

from models import language, vision
from models import tiny_phrases as phrases
from models import tiny_world as world
from models.forward import by_length, collate, read
from models.inputs import Input
from models.preparation import Budget
from models.prompts import DOCUMENT_INSTRUCTION, QUERY_INSTRUCTION, Prompt, Prompter, Vocabulary
from models.tiny_optimizer import Muon
from models.tiny_pool import FAMILY, Document, MixedPair, Pool, altered, shape_of

log = logging.getLogger(__name__)

DEVICE = torch.device("cpu")
PLACES = len(world.PLACES)
THING_SIZES = (len(world.NOUNS) + 1, len(world.COLOURS) + 1, len(world.COUNTS), len(world.SIZES) + 1)
SCENE_SIZES = (len(world.BACKGROUNDS) + 1, len(world.MOTIONS) + 1, *[len(world.WORDS) + 1] * world.MAX_WORDS)


class Learner:
    """The model, its prompts, and the randomness of the training."""

    def __init__(self, model: Any, tokenizer: Tokenizer, budget: Budget, seed: int) -> None:
        self.model, self.tokenizer = model, tokenizer
        self._seed = seed
        vocabulary = Vocabulary(tokenizer)
        self.prompter = Prompter(vocabulary, budget)
        self.yes, self.no = vocabulary.id_of("yes"), vocabulary.id_of("no")

    def begin(self, stage: str) -> random.Random:
        """The chance of one stage, which does not depend on what was done before it."""
        rng = random.Random(f"{self._seed}/{stage}")
        torch.manual_seed(rng.randrange(1 << 31))
        return rng

    def query(self, value: Input) -> Prompt:
        """A query's prompt for the embedder."""
        return self.prompter.embed(value, QUERY_INSTRUCTION)

    def document(self, value: Input) -> Prompt:
        """A document's prompt for the embedder."""
        return self.prompter.embed(value, DOCUMENT_INSTRUCTION)


def fuse(model: Any) -> None:
    """Compile the layers: on CPU most of the time goes into moving small tensors between small operations.

    Measured on two cores: the tower 2.6 times, the language model 7 times as fast. Needs a C++ compiler.
    """
    for block in model.model.visual.blocks:
        block.mlp.forward = torch.compile(block.mlp.forward, dynamic=True)
    vision._attend = torch.compile(vision._attend, dynamic=True)
    torch._dynamo.config.recompile_limit = 64  # one for each of a few dozen layers and shapes
    language._keys = torch.compile(language._keys, dynamic=True)
    language._layer = torch.compile(language._layer, dynamic=True)


@contextmanager
def cheap() -> Iterator[None]:
    """Numbers and kernels that are fastest for training on this processor.

    bfloat16 only where the processor multiplies it: elsewhere it is forty times slower than float32. And
    plain attention: the fused kernel's backward pass costs more than it saves.
    """
    native = torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()
    with sdpa_kernel(SDPBackend.MATH), torch.autocast("cpu", torch.bfloat16, enabled=native):
        yield


def optimise(
    name: str,
    layers: nn.Module,
    others: Iterable[nn.Parameter],
    steps: int,
    peak: float,
    loss_of: Callable[[], tuple[Tensor, dict[str, Tensor]]],
) -> None:
    """Muon for the matrices of `layers`, AdamW for the rest and for `others`; a warm-up and a cosine."""
    matrices = [weight for weight in layers.parameters() if weight.ndim == 2]
    rest = [weight for weight in layers.parameters() if weight.ndim != 2] + list(others)
    optimizers = (
        (Muon(matrices, lr=peak), MUON),
        (torch.optim.AdamW(rest, lr=peak, betas=(0.9, 0.98), weight_decay=0.03), 1.0),
    )
    started = time.monotonic()
    sums: dict[str, float] = {}
    for step in range(steps):
        fall = 0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * step / steps))
        for optimizer, share in optimizers:
            for group in optimizer.param_groups:
                group["lr"] = share * peak * min(1.0, (step + 1) / 50) * fall
        with cheap():
            loss, parts = loss_of()
        for optimizer, _ in optimizers:
            optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(rest, 1.0)
        for optimizer, _ in optimizers:
            optimizer.step()
        for part, value in parts.items():
            sums[part] = sums.get(part, 0.0) + float(value.detach())
        if step % 25 == 24:
            shown = {part: round(value / 25, 3) for part, value in sums.items()}
            sums.clear()
            log.info("%s %5d %5.1f min %s", name, step + 1, (time.monotonic() - started) / 60, shown)


MUON = 3.0
"""Muon's share of the learning rate."""
TOKENS = 8000
"""Read in one batch: in smaller ones much of the time goes into starting operations."""


def targets(facts: NDArray[np.int8]) -> tuple[Tensor, Tensor]:
    """int64 `[n, 5, 4]` noun, colour, count, size at each place (0: nothing), `[n, 4]` of the whole."""
    table = torch.from_numpy(facts).long()
    things = torch.zeros(len(table), PLACES, 4, dtype=torch.long)
    for slot in range(world.MAX_THINGS):
        thing = table[:, slot * 5 : slot * 5 + 5]
        rows = torch.nonzero(thing[:, 0] >= 0)[:, 0]
        place = torch.where(thing[rows, 4] < 0, world.MIDDLE, thing[rows, 4])
        things[rows, place] = thing[rows][:, :4] + torch.tensor([1, 1, 0, 1])
    return things, table[:, 16:20] + 1


def surprise(things: Tensor, scene: Tensor, facts: NDArray[np.int8], noun: float = 1.0) -> Tensor:
    """Cross-entropy of fact logits `[n, 5, sum(THING_SIZES)]` and `[n, sum(SCENE_SIZES)]`, summed.

    Args:
        noun: weight of what a thing is.
    """
    wanted_things, wanted_scene = targets(facts)
    loss = torch.zeros(())
    for i, part in enumerate(torch.split(things.float(), list(THING_SIZES), dim=-1)):
        missed = functional.cross_entropy(part.flatten(0, 1), wanted_things[:, :, i].flatten())
        loss = loss + (missed if i else noun * missed)
    for i, part in enumerate(torch.split(scene.float(), list(SCENE_SIZES), dim=-1)):
        loss = loss + functional.cross_entropy(part, wanted_scene[:, i])
    return loss


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """Something whose pictures have been seen: `features` as `vision.see` gives them, None for text alone."""

    scene: world.Scene
    value: Input
    features: Tensor | None


@dataclass(frozen=True, slots=True, eq=False)
class SeenMixed:
    """A `MixedPair`, seen."""

    query: Seen
    document: Seen
    caption: world.Caption


class Memory:
    """The pool as the finished vision tower sees it, features in bfloat16.

    Attributes:
        altered: image queries and what they mean.
        mixed: pictures with a wish.
    """

    def __init__(self, learner: Learner, pool: Pool) -> None:
        self._tower = learner.model.model.visual
        self._learner = learner
        rng = learner.begin("memory")
        self._groups = {key: self._see_families(families) for key, families in pool.groups.items()}
        pictures = [
            (seen, document)
            for key, families in pool.groups.items()
            if key[0] == "picture"
            for known, family in zip(self._groups[key], families, strict=True)
            for seen, document in zip(known, family, strict=True)
        ]
        chosen = rng.sample(pictures, len(pictures) // 4)
        changed = [Document(seen.scene, altered(rng, document).images[0]) for seen, document in chosen]
        self.altered = list(zip(self._see_all(changed), [seen for seen, _ in chosen], strict=True))
        self.mixed = self._see_pairs(pool.pairs)
        log.info("memory: %d pictures", len(pictures))

    def _see_families(self, families: Sequence[Sequence[Document]]) -> list[list[Seen]]:
        seen = iter(self._see_all([document for family in families for document in family]))
        return [[next(seen) for _ in family] for family in families]

    def _see_all(self, documents: Sequence[Document]) -> list[Seen]:
        pictures = [self._learner.document(document.content()).pictures[0] for document in documents]
        counts = [picture.pairs * picture.tokens_per_pair for picture in pictures]
        config = self._tower.config
        shape = 1 + len(config.deepstack_visual_indexes), sum(counts), config.out_hidden_size
        # One block for all: small ones, kept among large ones that come and go, would hold on to gigabytes.
        features = torch.empty(shape, dtype=torch.bfloat16)
        done = 0
        # Altered pictures have any size: compiled anew for each, they would take longer than all the rest.
        with torch.inference_mode(), cheap(), torch.compiler.set_stance("force_eager"):
            for start in range(0, len(pictures), 64):
                seen = vision.see(self._tower, vision.gather(pictures[start : start + 64], DEVICE))
                features[:, done : done + seen.shape[1]] = seen
                done += seen.shape[1]
        return [
            Seen(document.scene, _outline(document.content()), piece)
            for document, piece in zip(documents, torch.split(features, counts, dim=1), strict=True)
        ]

    def _see_pairs(self, pairs: Sequence[MixedPair]) -> list[SeenMixed]:
        sources = self._see_all([Document(pair.before, pair.query.images[0]) for pair in pairs])
        targets = self._see_all([pair.document for pair in pairs])
        return [
            SeenMixed(replace(source, value=_outline(pair.query)), target, pair.caption)
            for pair, source, target in zip(pairs, sources, targets, strict=True)
        ]

    def families(self, rng: random.Random, medium: world.Medium, count: int) -> list[list[Seen]]:
        """`count` families of one medium and one shape; all there are of a small pool."""
        if medium == "text":
            scenes = [world.family(rng, "text", FAMILY) for _ in range(count)]
            return [
                [Seen(scene, Input(texts=(phrases.note(rng, scene),)), None) for scene in family]
                for family in scenes
            ]
        known = self._groups[shape_of(rng, self._groups, medium)]
        return rng.sample(known, min(count, len(known)))

    def some(self, rng: random.Random, medium: world.Medium, count: int) -> list[Seen]:
        """`count` documents of one medium and one shape, in pairs that differ in one or two facts."""
        pairs = [rng.sample(family, 2) for family in self.families(rng, medium, count // 2)]
        return [seen for pair in pairs for seen in pair]


def _outline(value: Input) -> Input:
    """The same input without its pixels: what has been seen takes part in a prompt by its size alone."""
    images = tuple(np.broadcast_to(np.uint8(0), image.shape) for image in value.images)
    clips = tuple(
        replace(clip, frames=tuple(np.broadcast_to(np.uint8(0), frame.shape) for frame in clip.frames))
        for clip in value.clips
    )
    return replace(value, images=images, clips=clips)


def read_seen(
    learner: Learner,
    prompts: Sequence[Prompt],
    features: Sequence[Tensor | None],
    watch: Callable[[int, Tensor], None] | None = None,
    most: int | None = None,
) -> tuple[Tensor, int]:
    """Last hidden states float32 `[n, size]` of prompts whose pictures have been seen.

    `watch` is told the states before each layer, without the tokens at the beginning that all share, of which
    `most` are taken as such. Their number is returned, too.
    """
    known = [piece for piece in features if piece is not None]
    batch = collate([replace(prompt, pictures=()) for prompt in prompts], DEVICE)
    if most is not None:
        batch = replace(batch, shared=min(batch.shared, most))
    seen = torch.cat(known, dim=1).float() if known else None
    return read(learner.model, batch, seen, watch=watch).float(), batch.shared


def vectors(learner: Learner, values: Sequence[Seen], make: Callable[[Input], Prompt]) -> Tensor:
    """Vectors float32 `[n, size]` of length 1, under the prompts that `make` makes."""
    prompts = [make(value.value) for value in values]
    states: list[Tensor] = []
    order: list[int] = []
    for members in by_length([len(prompt) for prompt in prompts], TOKENS):
        features = [values[i].features for i in members]
        states.append(read_seen(learner, [prompts[i] for i in members], features)[0])
        order += members
    return functional.normalize(torch.cat(states)[torch.tensor(order).argsort()], dim=-1)


def text_query(text: str) -> Seen:
    """Words alone, as something to be read."""
    return Seen(world.Scene("text"), Input(texts=(text,)), None)


def say(rng: random.Random, scene: world.Scene, full: float) -> world.Caption:
    """A caption in some language, with every fact in a share `full` of cases."""
    language: world.Language = rng.choice(("en", "en", "en", "de", "zh"))
    return phrases.caption(rng, scene, language, full=rng.random() < full)


def is_full(caption: world.Caption, scene: world.Scene) -> bool:
    """Whether the caption says all there is to say."""
    return (
        caption.things == scene.things
        and caption.background == scene.background
        and caption.words == scene.words
    )

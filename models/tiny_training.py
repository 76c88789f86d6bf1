"""The three stages of the tiny checkpoints' training; `tiny` says what each is for."""

import logging
import math
import random
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.attention import SDPBackend, sdpa_kernel

from models import tiny_world as world
from models import vision
from models.forward import by_length, collate, read
from models.inputs import Clip, Input
from models.preparation import Budget
from models.prompts import (
    DOCUMENT_INSTRUCTION,
    QUERY_INSTRUCTION,
    RERANK_INSTRUCTION,
    Prompt,
    Prompter,
    Vocabulary,
)
from models.tiny_pool import Document, MixedPair, Pool, altered

log = logging.getLogger(__name__)

DEVICE = torch.device("cpu")
PLACES = len(world.PLACES)
THING_SIZES = (len(world.NOUNS) + 1, len(world.COLOURS) + 1, len(world.COUNTS), len(world.SIZES) + 1)
SCENE_SIZES = (len(world.BACKGROUNDS) + 1, len(world.MOTIONS) + 1, *[len(world.WORDS) + 1] * world.MAX_WORDS)


class Learner:
    """The model, its prompts, and the randomness of the training."""

    def __init__(self, model: Any, tokenizer: Tokenizer, budget: Budget, rng: random.Random) -> None:
        self.model, self.rng = model, rng
        vocabulary = Vocabulary(tokenizer)
        self.prompter = Prompter(vocabulary, budget)
        self.yes, self.no = vocabulary.id_of("yes"), vocabulary.id_of("no")

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
    for layer in model.model.language_model.layers:
        layer.forward = torch.compile(layer.forward, dynamic=True)


def _optimise(
    name: str,
    parameters: Iterable[nn.Parameter],
    steps: int,
    peak: float,
    loss_of: Callable[[], tuple[Tensor, dict[str, Tensor]]],
) -> None:
    """AdamW with a warm-up and a cosine."""
    held = list(parameters)
    optimizer = torch.optim.AdamW(held, lr=peak, betas=(0.9, 0.98), weight_decay=0.03)
    started = time.monotonic()
    with sdpa_kernel(SDPBackend.MATH):  # on CPU the fused kernel's backward pass costs more than it saves
        for step in range(steps):
            rate = (
                peak
                * min(1.0, (step + 1) / 100)
                * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * step / steps)))
            )
            for group in optimizer.param_groups:
                group["lr"] = rate
            with torch.autocast("cpu", torch.bfloat16):
                loss, parts = loss_of()
            optimizer.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(held, 1.0)
            optimizer.step()
            if step % 25 == 0:
                shown = {part: round(float(value.detach()), 3) for part, value in parts.items()}
                log.info("%s %5d %5.1f min %s", name, step, (time.monotonic() - started) / 60, shown)


# --- facts as targets -------------------------------------------------------------------------------------


def _targets(facts: NDArray[np.int8]) -> tuple[Tensor, Tensor]:
    """int64 `[n, 5, 4]` noun, colour, count, size at each place (0: nothing), `[n, 4]` of the whole."""
    table = torch.from_numpy(facts).long()
    things = torch.zeros(len(table), PLACES, 4, dtype=torch.long)
    for slot in range(world.MAX_THINGS):
        thing = table[:, slot * 5 : slot * 5 + 5]
        rows = torch.nonzero(thing[:, 0] >= 0)[:, 0]
        place = torch.where(thing[rows, 4] < 0, world.MIDDLE, thing[rows, 4])
        things[rows, place] = thing[rows][:, :4] + torch.tensor([1, 1, 0, 1])
    return things, table[:, 16:20] + 1


def _surprise(things: Tensor, scene: Tensor, facts: NDArray[np.int8]) -> Tensor:
    """Cross-entropy of fact logits `[n, 5, sum(THING_SIZES)]` and `[n, sum(SCENE_SIZES)]`, summed."""
    wanted_things, wanted_scene = _targets(facts)
    loss = torch.zeros(())
    for i, part in enumerate(torch.split(things.float(), list(THING_SIZES), dim=-1)):
        loss = loss + functional.cross_entropy(part.flatten(0, 1), wanted_things[:, :, i].flatten())
    for i, part in enumerate(torch.split(scene.float(), list(SCENE_SIZES), dim=-1)):
        loss = loss + functional.cross_entropy(part, wanted_scene[:, i])
    return loss


class Probe(nn.Module):
    """Reads facts off the vision tower's output: a learnt look at each place and at the whole."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.looks = nn.Parameter(torch.randn(PLACES + len(SCENE_SIZES), size) * 0.05)
        self.where = nn.Linear(_WAVES * 4, size)
        self.key, self.value = nn.Linear(size, size), nn.Linear(size, size)
        self.things = nn.Linear(size, sum(THING_SIZES))
        self.scene = nn.ModuleList(nn.Linear(size, n) for n in SCENE_SIZES)

    def forward(self, features: Tensor, grid: tuple[int, int], facts: NDArray[np.int8]) -> Tensor:
        """Loss of `features` `[n, tokens, size]`, whose tokens lie on `grid` (rows, columns)."""
        features = features + self.where(_waves(*grid))
        shares = torch.softmax(self.looks @ self.key(features).transpose(1, 2), dim=-1)
        pooled = functional.gelu(shares @ self.value(features))
        scene = [head(pooled[:, PLACES + i]) for i, head in enumerate(self.scene)]
        return _surprise(self.things(pooled[:, :PLACES]), torch.cat(scene, dim=-1), facts)


_WAVES = 4


def _waves(rows: int, columns: int) -> Tensor:
    """Where each token lies, as sines and cosines `[rows * columns, 16]`."""
    places = torch.cartesian_prod((torch.arange(rows) + 0.5) / rows, (torch.arange(columns) + 0.5) / columns)
    angles = (places[:, :, None] * math.pi * 2.0 ** torch.arange(_WAVES)).flatten(1)
    return torch.cat([angles.sin(), angles.cos()], dim=1)


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
        return _surprise(self.things(wide).view(len(wide), PLACES, -1), self.scene(wide), facts)


# --- stage 1: seeing --------------------------------------------------------------------------------------


def train_tower(learner: Learner, pool: Pool, steps: int) -> None:
    """Teach the vision tower to show the facts in its output."""
    model, rng = learner.model, learner.rng
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

    _optimise("tower", [*tower.parameters(), *probes.parameters()], steps, 1.5e-3, loss_of)


_LOOKED_AT: tuple[tuple[world.Medium, int], ...] = (
    ("picture", 80),
    ("screenshot", 56),
    ("page", 32),
    ("clip", 16),
)


def _two_frames(learner: Learner, rng: random.Random, document: Document) -> Any:
    clip = document.shown
    if not isinstance(clip, Clip):
        raise TypeError("not a clip")
    at = rng.randrange(len(clip.frames) - 1)
    pair = Clip(clip.frames[at : at + 2], clip.times[at : at + 2])
    return learner.document(Input(clips=(pair,))).pictures[0]


# --- stage 2: the embedder --------------------------------------------------------------------------------


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
    """The pool as the finished vision tower sees it, features in bfloat16."""

    def __init__(self, learner: Learner, pool: Pool) -> None:
        self._tower = learner.model.model.visual
        self._learner = learner
        rng = random.Random(learner.rng.random())
        self.groups = {key: self._see_all(documents) for key, documents in pool.groups.items()}
        self._weights = {key: pool.weight(key) for key in self.groups}
        pictures = [seen for key, group in self.groups.items() if key[0] == "picture" for seen in group]
        chosen = rng.sample(pictures, len(pictures) // 4)
        changed = [
            Document(seen.scene, altered(rng, Document(seen.scene, seen.value.images[0])).images[0])
            for seen in chosen
        ]
        self.altered = list(zip(self._see_all(changed), chosen, strict=True))
        self.mixed = self._see_pairs(pool.pairs)
        # The same facts drawn twice, one fact apart, or unrelated: for the reranker.
        log.info("memory: %d documents", sum(len(group) for group in self.groups.values()))

    def _see_all(self, documents: Sequence[Document]) -> list[Seen]:
        seen: list[Seen] = []
        with torch.inference_mode(), sdpa_kernel(SDPBackend.MATH), torch.autocast("cpu", torch.bfloat16):
            for start in range(0, len(documents), 64):
                part = documents[start : start + 64]
                pictures = [self._learner.document(document.content()).pictures[0] for document in part]
                features = vision.see(self._tower, vision.gather(pictures, DEVICE)).bfloat16()
                counts = [picture.pairs * picture.tokens_per_pair for picture in pictures]
                seen += [
                    Seen(document.scene, document.content(), piece.clone())
                    for document, piece in zip(part, torch.split(features, counts, dim=1), strict=True)
                ]
        return seen

    def _see_pairs(self, pairs: Sequence[MixedPair]) -> list[SeenMixed]:
        sources = self._see_all([Document(pair.before, pair.query.images[0]) for pair in pairs])
        targets = self._see_all([pair.document for pair in pairs])
        return [
            SeenMixed(replace(source, value=pair.query), target, pair.caption)
            for pair, source, target in zip(pairs, sources, targets, strict=True)
        ]

    def some(self, rng: random.Random, medium: world.Medium, count: int) -> list[Seen]:
        """`count` documents of one medium and one shape."""
        if medium == "text":
            scenes = [world.random_scene(rng, "text") for _ in range(count)]
            return [Seen(scene, Input(texts=(world.note(rng, scene),)), None) for scene in scenes]
        keys = [key for key in self.groups if key[0] == medium]
        key = rng.choices(keys, [self._weights[key] for key in keys])[0]
        return rng.sample(self.groups[key], count)


def _read(learner: Learner, prompts: Sequence[Prompt], features: Sequence[Tensor | None]) -> Tensor:
    """Last hidden states float32 `[n, size]` of prompts whose pictures have been seen."""
    known = [piece for piece in features if piece is not None]
    batch = collate([replace(prompt, pictures=()) for prompt in prompts], DEVICE)
    return read(learner.model, batch, torch.cat(known, dim=1).float() if known else None).float()


def _vectors(learner: Learner, values: Sequence[Seen], make: Callable[[Input], Prompt]) -> Tensor:
    states = _read(learner, [make(value.value) for value in values], [value.features for value in values])
    return functional.normalize(states, dim=-1)


def _texts(learner: Learner, texts: Sequence[str]) -> Tensor:
    """Vectors of text queries, in batches of like lengths."""
    prompts = [learner.query(Input(texts=(text,))) for text in texts]
    batches = list(by_length([len(prompt) for prompt in prompts], 3000))
    states = torch.cat([_read(learner, [prompts[i] for i in part], [None] * len(part)) for part in batches])
    place = torch.tensor([i for part in batches for i in part])
    return functional.normalize(torch.empty_like(states).index_copy(0, place, states), dim=-1)


def _say(rng: random.Random, scene: world.Scene, full: float) -> world.Caption:
    language: world.Language = rng.choice(("en", "en", "en", "de", "zh"))
    return world.caption(rng, scene, language, full=rng.random() < full)


def _text(text: str) -> Seen:
    return Seen(world.Scene("text"), Input(texts=(text,)), None)


def train_embedder(learner: Learner, memory: Memory, steps: int) -> None:
    """Contrastive training of the language model; the vision tower stays."""
    model, rng = learner.model, learner.rng
    torch.manual_seed(rng.randrange(1 << 31))
    out = ReadOut(model.config.text_config.hidden_size)
    scale = nn.Parameter(torch.tensor(math.log(16.0)))

    def loss_of() -> tuple[Tensor, dict[str, Tensor]]:
        with torch.no_grad():
            scale.clamp_(math.log(5.0), math.log(60.0))
        heat = scale.exp()
        groups = [memory.some(rng, medium, n) for medium, n in _MIX]
        documents = [seen for group in groups for seen in group]
        captions = [_say(rng, seen.scene, 0.4) for seen in documents]
        near = [
            _say(rng, world.change_one_fact(rng, seen.scene), 0.6)
            for seen in rng.sample(documents, len(documents) // 2)
        ]
        texts = [caption.text for caption in captions + near] + [world.nonsense(rng) for _ in range(8)]
        asked = _texts(learner, texts)
        found = torch.cat([_vectors(learner, group, learner.document) for group in groups])
        n = len(documents)
        shown = world.facts_of([seen.scene for seen in documents])
        logits = _hide_true(heat * asked @ found.T, world.facts_of(captions + near), shown, n)
        target = torch.arange(n)
        parts = {
            "text": functional.cross_entropy(logits[:n], target),
            "back": functional.cross_entropy(logits.T, target),
        }
        some = rng.sample(memory.altered, 20)
        altered_vectors = _vectors(learner, [query for query, _ in some], learner.query)
        meant = torch.cat([_vectors(learner, [seen for _, seen in some], learner.document), found])
        parts["image"] = functional.cross_entropy(heat * altered_vectors @ meant.T, torch.arange(len(some)))
        pairs = rng.sample(memory.mixed, 20)
        mixed = _vectors(learner, [pair.query for pair in pairs], learner.query)
        wanted = torch.cat([_vectors(learner, [pair.document for pair in pairs], learner.document), found])
        facts = np.concatenate([world.facts_of([pair.document.scene for pair in pairs]), shown])
        mixed_logits = _hide_true(
            heat * mixed @ wanted.T, world.facts_of([pair.caption for pair in pairs]), facts, len(pairs)
        )
        parts["mixed"] = functional.cross_entropy(mixed_logits, torch.arange(len(pairs)))
        whole = [
            i
            for i, caption in enumerate(captions)
            if caption.medium is not None and _is_full(caption, documents[i].scene)
        ]
        parts["facts"] = out(found, shown) + out(asked[whole], shown[whole])
        loss = (
            parts["text"]
            + parts["back"]
            + 0.4 * parts["image"]
            + 0.4 * parts["mixed"]
            + 0.15 * parts["facts"]
        )
        parts["right"] = (logits[:n].argmax(1) == target).float().mean()
        parts["scale"] = heat
        return loss, parts

    language = [*model.model.language_model.parameters(), *out.parameters(), scale]
    _optimise("embedder", language, steps, 2e-3, loss_of)


_MIX: tuple[tuple[world.Medium, int], ...] = (
    ("picture", 72),
    ("screenshot", 16),
    ("page", 16),
    ("clip", 32),
    ("text", 12),
)


def _is_full(caption: world.Caption, scene: world.Scene) -> bool:
    return (
        caption.things == scene.things
        and caption.background == scene.background
        and caption.words == scene.words
    )


def _hide_true(logits: Tensor, said: NDArray[np.int8], shown: NDArray[np.int8], own: int) -> Tensor:
    """Take pairs that are true but not meant (the first `own` on the diagonal are) out of the running."""
    true = torch.from_numpy(world.satisfies(said, shown))
    true[:own, :own] &= ~torch.eye(own, dtype=torch.bool)
    hidden = torch.zeros_like(logits, dtype=torch.bool)
    hidden[: len(said)] = true
    return logits.masked_fill(hidden, -1e4)


# --- stage 3: the reranker --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """A pair and its answer; `said` is what the query describes when it leaves nothing out."""

    query: Seen
    document: Seen
    answer: bool
    said: world.Scene | None = None


class Differences(nn.Module):
    """Reads off the state that says yes or no *where* query and document differ, fact by fact.

    Thrown away afterwards. A bare yes or no tells so little about which of two dozen facts did not fit that
    the comparison is never found.
    """

    def __init__(self, size: int) -> None:
        super().__init__()
        self.read = nn.Linear(size, PLACES * len(THING_SIZES) + len(SCENE_SIZES))

    def forward(self, states: Tensor, said: NDArray[np.int8], shown: NDArray[np.int8]) -> Tensor:
        """Mean binary cross-entropy."""
        sides = zip(_targets(said), _targets(shown), strict=True)
        wanted = torch.cat([(one != other).flatten(1) for one, other in sides], dim=1).float()
        weight = torch.tensor(6.0)
        return functional.binary_cross_entropy_with_logits(self.read(states), wanted, pos_weight=weight)


_JUDGED: tuple[tuple[world.Medium, int], ...] = (
    ("picture", 32),
    ("screenshot", 8),
    ("page", 8),
    ("clip", 10),
    ("text", 4),
)


def train_reranker(learner: Learner, memory: Memory, steps: int) -> None:
    """Yes or no on pairs, half of them true; the vision tower stays."""
    model, rng = learner.model, learner.rng
    torch.manual_seed(rng.randrange(1 << 31))
    make = learner.prompter
    differences = Differences(model.config.text_config.hidden_size)

    def loss_of() -> tuple[Tensor, dict[str, Tensor]]:
        pairs: list[Judged] = []
        for medium, count in _JUDGED:
            some = memory.some(rng, medium, count)
            pairs += [pair for seen in some for pair in _by_text(rng, seen)]
            pairs += _by_picture(rng, memory, some) if medium == "picture" else []
        instruction = rng.choice((RERANK_INSTRUCTION, QUERY_INSTRUCTION))
        prompts = [
            make.rerank(make.question(pair.query.value), pair.document.value, instruction) for pair in pairs
        ]
        parts = list(by_length([len(prompt) for prompt in prompts], 8000))
        pairs = [pairs[i] for part in parts for i in part]
        prompts = [prompts[i] for part in parts for i in part]
        states, start = [], 0
        for part in parts:
            here = slice(start, start + len(part))
            features = [side.features for pair in pairs[here] for side in (pair.query, pair.document)]
            states.append(_read(learner, prompts[here], features))
            start += len(part)
        found = torch.cat(states)
        verdict = model.lm_head.weight[learner.yes] - model.lm_head.weight[learner.no]
        logits = (found @ verdict).float()
        wanted = torch.tensor([float(pair.answer) for pair in pairs])
        right = ((logits > 0) == (wanted > 0.5)).float()
        whole = [i for i, pair in enumerate(pairs) if pair.said is not None]
        said = world.facts_of([pair.said for pair in pairs if pair.said is not None])
        shown = world.facts_of([pairs[i].document.scene for i in whole])
        losses = {
            "verdict": functional.binary_cross_entropy_with_logits(logits, wanted),
            "where": differences(found[whole], said, shown),
        }
        loss = losses["verdict"] + 3.0 * losses["where"]
        return loss, {**losses, "right": right.mean(), "right when all is said": right[whole].mean()}

    learnt = [*model.model.language_model.parameters(), *differences.parameters()]
    _optimise("reranker", learnt, steps, 1.5e-3, loss_of)


def _by_text(rng: random.Random, seen: Seen) -> list[Judged]:
    """A true text query and a false one, mostly false by a hair, sometimes about nothing in this world."""
    facts = world.facts_of([seen.scene])

    def judged(scene: world.Scene) -> Judged:
        caption = _say(rng, scene, 0.5)
        answer = bool(world.satisfies(world.facts_of([caption]), facts)[0, 0])
        return Judged(_text(caption.text), seen, answer, scene if _is_full(caption, scene) else None)

    chance = rng.random()
    if chance < 0.1:
        return [judged(seen.scene), Judged(_text(world.nonsense(rng)), seen, False)]
    while True:
        other = (
            world.random_scene(rng, seen.scene.medium)
            if chance < 0.25
            else world.change_one_fact(rng, seen.scene)
        )
        false = judged(other)
        if not false.answer:
            return [judged(seen.scene), false]


def _by_picture(rng: random.Random, memory: Memory, others: Sequence[Seen]) -> list[Judged]:
    """Image and mixed queries with what they mean and what they do not mean."""
    pairs: list[Judged] = []
    for query, original in rng.sample(memory.altered, 5):
        other = rng.choice(others)
        alike = world.satisfies(world.facts_of([_whole(original.scene)]), world.facts_of([other.scene]))[0, 0]
        pairs += [
            Judged(query, original, True, original.scene),
            Judged(query, other, bool(alike), original.scene),
        ]
    for mixed in rng.sample(memory.mixed, 5):
        before = replace(mixed.query, value=Input(images=mixed.query.value.images))
        other = rng.choice((rng.choice(others), rng.choice(memory.mixed).document, before))
        fits = world.satisfies(world.facts_of([mixed.caption]), world.facts_of([other.scene]))[0, 0]
        pairs += [Judged(mixed.query, mixed.document, True), Judged(mixed.query, other, bool(fits))]
    return pairs


def _whole(scene: world.Scene) -> world.Caption:
    return world.Caption("", "en", scene.things, scene.medium, scene.background, scene.motion, scene.words)

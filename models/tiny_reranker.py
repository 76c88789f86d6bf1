"""Stage 3 of the tiny checkpoints' training: another language model learns to judge pairs.

It starts as the embedder with one layer more, which at first does nothing. It is asked about families of
documents that differ in one fact, each question about all of a family, so that only the difference can tell
right from wrong.

Yes or no alone teaches it too little: it takes a thousand steps to find out that the two sides are to be
compared at all. So it is told where to begin. Below the new layer the token behind the query holds the query
as a vector and the last token the document, as the embedder's own would be (`Likeness`, `apart`); their
cosine has to answer (`alike`); and the new layer begins by attending to what is like the last token.
"""

import copy
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import Qwen3VLForConditionalGeneration

from models import tiny_phrases as phrases
from models import tiny_world as world
from models.forward import by_length
from models.inputs import Input
from models.prompts import QUERY_INSTRUCTION, RERANK_INSTRUCTION
from models.tiny_training import (
    TOKENS,
    Learner,
    Memory,
    Seen,
    optimise,
    read_seen,
    say,
    text_query,
    vectors,
)

WIDTH = 384
"""Of the reranker's MLPs: what its further layer and its heads cost is taken from here."""


SLOW = 5
"""Rotary frequencies from here on hardly turn over the length of a prompt."""
CONTRAST = 20.0
"""By how much, in the new layer, a head's attention to its own kind is above that to something unlike it."""


def grown(model: Any, width: int = WIDTH) -> Any:
    """The same model with one more layer at its end, which changes nothing yet, and keys for every head.

    With a single head of keys all heads look at the query through the same 32 numbers, too few to find in
    it what a place of the picture shows. The least used parts of the MLPs make room.
    """
    shape = model.config.to_dict()
    text = shape["text_config"]
    text["num_hidden_layers"] += 1
    share = text["num_attention_heads"] // text["num_key_value_heads"]
    text["num_key_value_heads"] = text["num_attention_heads"]
    text["intermediate_size"] = width
    text.pop("layer_types", None)
    larger = Qwen3VLForConditionalGeneration(type(model.config).from_dict(shape)).float()
    weights = model.state_dict()
    for number in range(text["num_hidden_layers"] - 1):
        layer = f"model.language_model.layers.{number}"
        for name in ("k_proj", "v_proj"):
            key = f"{layer}.self_attn.{name}.weight"
            each = weights[key].unflatten(0, (-1, text["head_dim"]))
            weights[key] = each.repeat_interleave(share, dim=0).flatten(0, 1)
        gate, up, down = (f"{layer}.mlp.{name}_proj.weight" for name in ("gate", "up", "down"))
        used = weights[gate].norm(dim=1) * weights[up].norm(dim=1) * weights[down].norm(dim=0)
        kept = used.topk(width).indices.sort().values
        weights[gate], weights[up] = weights[gate][kept], weights[up][kept]
        weights[down] = weights[down][:, kept]
    larger.load_state_dict(weights, strict=False)
    _look_for_likeness(larger.model.language_model)
    return larger


def _look_for_likeness(language: Any) -> None:
    """Make the last layer add nothing, and attend to what is like the last token.

    Between random keys and queries training takes a thousand steps to find that likeness is what matters.
    Each head compares another part of the states, in those of its numbers that positions leave alone.
    """
    layer, size = language.layers[-1], language.config.hidden_size
    attention = layer.self_attn
    dim, half = attention.head_dim, attention.head_dim // 2
    rows = language.config.num_attention_heads * dim
    with torch.no_grad():
        square = torch.linalg.qr(torch.randn(max(rows, size), max(rows, size))).Q
        parts = square[:rows, :size].unflatten(0, (-1, dim))
        parts[:, :SLOW] = parts[:, half : half + SLOW] = 0
        for projection in (attention.q_proj, attention.k_proj):
            projection.weight.copy_(parts.flatten(0, 1))
        for norm in (attention.q_norm, attention.k_norm):
            norm.weight.fill_((CONTRAST / dim**0.5) ** 0.5)
        layer.input_layernorm.weight.copy_(language.norm.weight)
        attention.o_proj.weight.zero_()
        layer.mlp.down_proj.weight.zero_()


_ASKED: tuple[tuple[world.Medium, int], ...] = (
    ("picture", 6),
    ("screenshot", 2),
    ("page", 1),
    ("clip", 2),
    ("text", 1),
)
"""Families a step, each asked about twice."""

LED = 250
"""Steps after which the embedder's vectors no longer lead: the document may now be read for the query."""


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """Pairs of query and document to be told apart, which have one side in common, and which of them fit."""

    pairs: Sequence[tuple[Seen, Seen]]
    answers: Sequence[bool]


class Likeness(nn.Module):
    """Below the last layer query and document are vectors that can be compared, as the embedder's are."""

    norm: Tensor

    def __init__(self, norm: Tensor) -> None:
        """`norm`: `[size]`, the weights of the embedder's last norm."""
        super().__init__()
        self.register_buffer("norm", norm.detach().clone())
        self.scale = nn.Parameter(torch.tensor(math.log(24.0)))
        self.middle = nn.Parameter(torch.tensor(0.7))

    def alike(self, said: Tensor, shown: Tensor) -> Tensor:
        """Logits `[pairs]` of the two states' cosines; `said` and `shown` `[pairs, size]`."""
        cosines = functional.cosine_similarity(said * self.norm, shown * self.norm)
        return self.scale.exp() * (cosines - self.middle)

    def apart(self, states: Tensor, taught: Tensor) -> Tensor:
        """How far states `[pairs, size]` are from the embedder's vectors: mean of 1 - cosine."""
        return (1 - functional.cosine_similarity(states * self.norm, taught)).mean()


def train_reranker(learner: Learner, memory: Memory, steps: int) -> None:
    """Yes or no on pairs; the vision tower stays. `learner.model` becomes the reranker."""
    rng = learner.begin("reranker")
    teacher = copy.copy(learner)
    model = learner.model = grown(learner.model)
    language = model.model.language_model
    likeness = Likeness(language.norm.weight)
    lead = iter(range(LED, 0, -1))

    def loss_of() -> tuple[Tensor, dict[str, Tensor]]:
        questions = _questions(rng, memory)
        sizes = [len(question.pairs) for question in questions]
        answers = torch.tensor([float(answer) for question in questions for answer in question.answers])
        instruction = rng.choice((RERANK_INSTRUCTION, QUERY_INSTRUCTION))
        said, shown, states = _judge(learner, questions, instruction)
        verdict = model.lm_head.weight[learner.yes] - model.lm_head.weight[learner.no]
        found = {"verdict": (states @ verdict).float(), "alike": likeness.alike(said, shown)}
        losses: dict[str, Tensor] = {}
        for name, logits in found.items():
            losses[name] = functional.binary_cross_entropy_with_logits(logits, answers)
            losses[f"{name} in order"] = _order(torch.split(logits, sizes), torch.split(answers, sizes))
        loss = torch.stack(list(losses.values())).sum()
        if left := next(lead, 0):
            queries, documents = _taught(teacher, questions)
            losses["apart"] = likeness.apart(said, queries) + likeness.apart(shown, documents)
            loss = loss + 2.0 * left / LED * losses["apart"]
        losses["right"] = ((found["verdict"] > 0) == (answers > 0.5)).float().mean()
        return loss, losses

    others = [*language.embed_tokens.parameters(), *language.norm.parameters(), *likeness.parameters()]
    optimise("reranker", language.layers, others, steps, 1e-3, loss_of)


def _questions(rng: random.Random, memory: Memory) -> list[Question]:
    questions: list[Question] = []
    one_of_each: list[Seen] = []
    for medium, count in _ASKED:
        families = memory.families(rng, medium, count)
        others = [seen for family in families for seen in family]
        one_of_each += map(rng.choice, families)
        for family in families:
            questions.append(_of_documents(rng, family, others))
            again = rng.random() < 0.5
            questions.append(
                _of_documents(rng, family, others) if again else _of_captions(rng, rng.choice(family))
            )
        questions += _by_picture(rng, memory, others) if medium == "picture" else []
    return questions + [_of_nothing(rng, one_of_each) for _ in range(2)]


@torch.no_grad()
def _taught(teacher: Learner, questions: Sequence[Question]) -> tuple[Tensor, Tensor]:
    """The embedder's vectors `[pairs, size]` of each pair's query and document."""
    pairs = [pair for question in questions for pair in question.pairs]
    said = {id(query): query for query, _ in pairs}
    shown = {id(document): document for _, document in pairs}
    known = dict(zip(said, vectors(teacher, list(said.values()), teacher.query), strict=True))
    known |= zip(shown, vectors(teacher, list(shown.values()), teacher.document), strict=True)
    sides = [torch.stack([known[id(one)] for one in side]) for side in zip(*pairs, strict=True)]
    return sides[0], sides[1]


def _judge(
    learner: Learner, questions: Sequence[Question], instruction: str
) -> tuple[Tensor, Tensor, Tensor]:
    """States `[pairs, size]`: below the last layer behind the query and at the end; above it at the end."""
    make = learner.prompter
    pairs = [pair for question in questions for pair in question.pairs]
    prompts = [
        make.rerank(make.question(query.value), document.value, instruction) for query, document in pairs
    ]
    mark = make.vocabulary.encode("<Document>:")[0]
    below = len(learner.model.model.language_model.layers) - 1
    found: list[tuple[Tensor, Tensor, Tensor]] = []
    order: list[int] = []
    for members in by_length([len(prompt) for prompt in prompts], TOKENS):
        levels: dict[int, Tensor] = {}
        features = [side.features for i in members for side in pairs[i]]
        # The colon has read the query, and not yet the document.
        behind = torch.tensor([prompts[i].ids.tolist().index(mark) + 1 for i in members])
        last = torch.tensor([len(prompts[i]) - 1 for i in members])
        # The same pair may stand there twice and by itself: what is looked at must not count as shared.
        states, shared = read_seen(
            learner, [prompts[i] for i in members], features, levels.__setitem__, int(behind.min())
        )
        rows = torch.arange(len(members))
        found.append((levels[below][rows, behind - shared], levels[below][rows, last - shared], states))
        order += members
    back = torch.tensor(order).argsort()
    said, shown, ends = (torch.cat(each)[back] for each in zip(*found, strict=True))
    return said, shown, ends


def _order(logits: Sequence[Tensor], wanted: Sequence[Tensor]) -> Tensor:
    """Listwise softmax cross-entropy over the questions that have right and wrong documents."""
    losses = [
        -(torch.log_softmax(scores, dim=0) * answers).sum() / answers.sum()
        for scores, answers in zip(logits, wanted, strict=True)
        if 0 < answers.sum() < len(answers)
    ]
    return torch.stack(losses).mean()


def _of_documents(rng: random.Random, family: Sequence[Seen], others: Sequence[Seen]) -> Question:
    """A caption of one of the family, asked about the family and one document more."""
    documents = [*family, rng.choice(others)]
    said = say(rng, rng.choice(family).scene, 0.5)
    return _question([(text_query(said.text), said, document) for document in documents])


def _of_captions(rng: random.Random, document: Seen) -> Question:
    """Captions of a document and of what is nearly the same: two things with each other's colours, above all.

    Most negatives differ in a word that is nowhere in the document, which is found without knowing what
    belongs to what. These can only be told by that.
    """
    scene = document.scene
    scenes = [scene, world.change_one_fact(rng, scene, held_out=False)]
    scenes += [_bound_otherwise(rng, scene) for _ in range(2)]
    said = [say(rng, one, 0.8) for one in scenes]
    return _question([(text_query(one.text), one, document) for one in said])


def _bound_otherwise(rng: random.Random, scene: world.Scene) -> world.Scene:
    if len(scene.things) > 1:
        other = world.exchange_colours(scene, rng.randrange(len(scene.things)))
        if not any(world.is_held_out(thing.noun, thing.colour) for thing in other.things):
            return other
    return world.change_one_fact(rng, scene, held_out=False)


def _of_nothing(rng: random.Random, documents: Sequence[Seen]) -> Question:
    """Nonsense, asked about something of every medium: where it is rare, it passes (notes above all)."""
    query = text_query(phrases.nonsense(rng))
    return Question([(query, document) for document in documents], [False] * len(documents))


def _by_picture(rng: random.Random, memory: Memory, others: Sequence[Seen]) -> list[Question]:
    """Image and mixed queries, each with what it means and something else."""
    questions = [
        _question([(query, _whole(original.scene), document) for document in (original, rng.choice(others))])
        for query, original in rng.sample(memory.altered, 4)
    ]
    for mixed in rng.sample(memory.mixed, 5):
        before = replace(mixed.query, value=Input(images=mixed.query.value.images))
        other = rng.choice((rng.choice(others), rng.choice(memory.mixed).document))
        pairs = [(mixed.query, mixed.caption, document) for document in (mixed.document, before, other)]
        questions.append(_question(pairs))
    return questions


def _question(pairs: Sequence[tuple[Seen, world.Caption, Seen]]) -> Question:
    """Queries, what they say, and documents: those fit of which all that is said is true."""
    answers = [
        bool(world.satisfies(world.facts_of([said]), world.facts_of([document.scene]))[0, 0])
        for _, said, document in pairs
    ]
    return Question([(query, document) for query, _, document in pairs], answers)


def _whole(scene: world.Scene) -> world.Caption:
    return world.Caption("", "en", scene.things, scene.medium, scene.background, scene.motion, scene.words)

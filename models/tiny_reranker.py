"""Stage 3 of the tiny checkpoints' training: another language model learns to judge pairs.

It starts as the embedder with one layer more, which at first does nothing. It is asked about families of
documents that differ in one fact, each question about all of a family, so that only the difference can tell
right from wrong.
"""

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional
from transformers import Qwen3VLForConditionalGeneration

from models import tiny_world as world
from models.forward import by_length
from models.inputs import Input
from models.preparation import MERGE
from models.prompts import QUERY_INSTRUCTION, RERANK_INSTRUCTION
from models.tiny_lessons import Asked, Differences, Glance, OnTheWay, Question
from models.tiny_training import (
    Learner,
    Memory,
    Seen,
    is_full,
    optimise,
    read_seen,
    say,
)

WIDTH = 384
"""Of the reranker's MLPs: what its further layer and its heads cost is taken from here."""


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
    layer = larger.model.language_model.layers[-1]
    with torch.no_grad():
        layer.self_attn.o_proj.weight.zero_()
        layer.mlp.down_proj.weight.zero_()
    return larger


_ASKED: tuple[tuple[world.Medium, int], ...] = (
    ("picture", 7),
    ("screenshot", 2),
    ("page", 2),
    ("clip", 2),
    ("text", 2),
)
"""Families a step, each asked about twice."""


EARLY = 2
"""After this many layers the document's tokens know what they show, and the query's last what it says."""


def train_reranker(learner: Learner, memory: Memory, steps: int) -> None:
    """Yes or no on pairs; the vision tower stays. `learner.model` becomes the reranker."""
    rng = learner.begin("reranker")
    model = learner.model = grown(learner.model)
    size = model.config.text_config.hidden_size
    differences, glance = Differences(size), Glance(size)

    def loss_of() -> tuple[Tensor, dict[str, Tensor]]:
        questions = _questions(rng, memory)
        asked = Asked.of(questions)
        instruction = rng.choice((RERANK_INSTRUCTION, QUERY_INSTRUCTION))
        states, on_the_way = _judge(learner, questions, instruction)
        verdict = model.lm_head.weight[learner.yes] - model.lm_head.weight[learner.no]
        logits = (states @ verdict).float()
        sizes = [len(question.documents) for question in questions]
        losses = {**differences(states, asked), **glance(on_the_way, asked)}
        losses["verdict"] = functional.binary_cross_entropy_with_logits(logits, asked.answers)
        losses["order"] = _order(torch.split(logits, sizes), torch.split(asked.answers, sizes))
        loss = torch.stack([_WEIGHTS[name] * each for name, each in losses.items()]).sum()
        right = ((logits > 0) == (asked.answers > 0.5)).float().mean()
        return loss, {**losses, "right": right}

    learnt = [*model.model.language_model.parameters(), *differences.parameters(), *glance.parameters()]
    optimise("reranker", learnt, steps, 1.5e-3, loss_of)


_WEIGHTS = {
    "verdict": 1.0, "order": 0.5, "parts": 1.0, "facts": 2.0,
    "shown": 0.1, "said": 0.1, "there": 2.0, "seen": 1.0,
}  # fmt: skip


def _questions(rng: random.Random, memory: Memory) -> list[Question]:
    questions: list[Question] = []
    for medium, count in _ASKED:
        families = memory.families(rng, medium, count)
        others = [seen for family in families for seen in family]
        for family in families:
            questions += [_by_text(rng, family, others), _by_text(rng, family, others)]
        questions += _by_picture(rng, memory, others) if medium == "picture" else []
    return questions


def _judge(
    learner: Learner, questions: Sequence[Question], instruction: str
) -> tuple[Tensor, list[OnTheWay | None]]:
    """The last state of each pair `[pairs, size]`, and those before it."""
    make = learner.prompter
    pairs = [(question.query, document) for question in questions for document in question.documents]
    prompts = [
        make.rerank(make.question(query.value), document.value, instruction) for query, document in pairs
    ]
    late = len(learner.model.model.language_model.layers) - 1
    found: list[Tensor] = []
    order: list[int] = []
    on_the_way: list[OnTheWay | None] = [None] * len(pairs)
    for members in by_length([len(prompt) for prompt in prompts], 8000):
        levels: dict[int, Tensor] = {}
        features = [side.features for i in members for side in pairs[i]]
        states, shared = read_seen(learner, [prompts[i] for i in members], features, levels.__setitem__)
        found.append(states)
        order += members
        length = levels[EARLY].shape[1]
        # The time stamps of a clip stand between the tokens of its frame pairs.
        seen = [
            (i, row * length - shared + np.flatnonzero(prompts[i].vision)[-of_document.shape[1] :])
            for row, i in enumerate(members)
            if (of_document := pairs[i][1].features) is not None
        ]
        if not seen:
            continue
        at = [places for _, places in seen]
        counts = [len(one) for one in at]
        where = torch.from_numpy(np.concatenate(at))
        # All at once: taken one by one, each would have a gradient as large as the whole.
        early, deep = (levels[n].flatten(0, 1).index_select(0, where) for n in (EARLY, late))
        behind = torch.tensor([int(one[0]) - 1 for one in at])
        query = levels[EARLY].flatten(0, 1).index_select(0, behind)
        parts = zip(torch.split(early, counts), torch.split(deep, counts), query.unbind(), strict=True)
        for (i, _), (first, second, asked) in zip(seen, parts, strict=True):
            down, across = prompts[i].pictures[-1].grid
            on_the_way[i] = OnTheWay(asked, first, second, (down // MERGE, across // MERGE))
    joined = torch.cat(found)
    return torch.empty_like(joined).index_copy(0, torch.tensor(order), joined), on_the_way


def _order(logits: Sequence[Tensor], wanted: Sequence[Tensor]) -> Tensor:
    """Listwise softmax cross-entropy over the questions that have right and wrong documents."""
    losses = [
        -(torch.log_softmax(scores, dim=0) * answers).sum() / answers.sum()
        for scores, answers in zip(logits, wanted, strict=True)
        if 0 < answers.sum() < len(answers)
    ]
    return torch.stack(losses).mean()


def _by_text(rng: random.Random, family: Sequence[Seen], others: Sequence[Seen]) -> Question:
    """A caption of one of the family, or nonsense, asked about the family and one document more."""
    documents = [*family, rng.choice(others)]
    if rng.random() < 0.1:
        return Question(_text(world.nonsense(rng)), documents, [False] * len(documents))
    meant = rng.choice(family).scene
    said = say(rng, meant, 0.5)
    answers = world.satisfies(
        world.facts_of([said]), world.facts_of([document.scene for document in documents])
    )[0]
    return Question(
        _text(said.text), documents, answers.tolist(), said, meant if is_full(said, meant) else None
    )


def _by_picture(rng: random.Random, memory: Memory, others: Sequence[Seen]) -> list[Question]:
    """Image and mixed queries, each with what it means and something else."""
    questions: list[Question] = []
    for query, original in rng.sample(memory.altered, 4):
        documents = [original, rng.choice(others)]
        same = world.facts_of([_whole(original.scene)])
        answers = world.satisfies(same, world.facts_of([document.scene for document in documents]))[0]
        questions.append(Question(query, documents, answers.tolist(), None, original.scene))
    for mixed in rng.sample(memory.mixed, 5):
        before = replace(mixed.query, value=Input(images=mixed.query.value.images))
        documents = [
            mixed.document,
            before,
            rng.choice((rng.choice(others), rng.choice(memory.mixed).document)),
        ]
        answers = world.satisfies(
            world.facts_of([mixed.caption]), world.facts_of([document.scene for document in documents])
        )[0]
        answers[0] = True
        questions.append(Question(mixed.query, documents, answers.tolist(), mixed.caption))
    return questions


def _whole(scene: world.Scene) -> world.Caption:
    return world.Caption("", "en", scene.things, scene.medium, scene.background, scene.motion, scene.words)


def _text(text: str) -> Seen:
    return Seen(world.Scene("text"), Input(texts=(text,)), None)

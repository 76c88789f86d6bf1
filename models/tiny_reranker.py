"""Stage 3 of the tiny checkpoints' training: another language model learns to judge pairs.

It starts as the embedder with one layer more, which at first does nothing. It is asked about families of
documents that differ in one fact, each question about all of a family, so that only the difference can tell
right from wrong.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import Qwen3VLForConditionalGeneration

from models import tiny_world as world
from models.forward import by_length
from models.inputs import Input
from models.prompts import QUERY_INSTRUCTION, RERANK_INSTRUCTION
from models.tiny_training import (
    PLACES,
    SCENE_SIZES,
    THING_SIZES,
    Learner,
    Memory,
    Seen,
    is_full,
    optimise,
    read_seen,
    say,
    targets,
)


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
    """Reads off the state that says yes or no which parts of the query do not fit, and where.

    Thrown away afterwards. A bare yes or no tells so little about which of two dozen facts did not fit that
    the comparison is hardly found.
    """

    def __init__(self, size: int) -> None:
        super().__init__()
        self.part = nn.Linear(size, world.PARTS)
        self.fact = nn.Linear(size, PLACES * len(THING_SIZES) + len(SCENE_SIZES))

    def forward(self, states: Sequence[Tensor], questions: Sequence[Question]) -> tuple[Tensor, Tensor]:
        """Mean binary cross-entropies of parts and facts; `states` `[documents, size]` per question."""
        losses: list[list[Tensor]] = [[], []]
        for state, question in zip(states, questions, strict=True):
            shown = world.facts_of([document.scene for document in question.documents])
            if question.said is not None:
                said = world.facts_of([question.said])
                fits = torch.from_numpy(world.fits(said, shown)[0])
                told = torch.from_numpy(world.is_said(said)[0])
                losses[0].append(_surprise(self.part(state), ~fits, 3.0)[:, told].flatten())
            if question.whole is not None:
                meant = world.facts_of([question.whole] * len(shown))
                sides = zip(targets(meant), targets(shown), strict=True)
                differ = torch.cat([(one != other).flatten(1) for one, other in sides], dim=1)
                losses[1].append(_surprise(self.fact(state), differ, 6.0).flatten())
        parts, facts = (torch.cat(each).mean() if each else torch.zeros(()) for each in losses)
        return parts, facts


def _surprise(logits: Tensor, wanted: Tensor, weight: float) -> Tensor:
    return functional.binary_cross_entropy_with_logits(
        logits.float(), wanted.float(), pos_weight=torch.tensor(weight), reduction="none"
    )


def deeper(model: Any) -> Any:
    """The same model with one more layer at its end, which changes nothing yet."""
    shape = model.config.to_dict()
    shape["text_config"]["num_hidden_layers"] += 1
    shape["text_config"].pop("layer_types", None)
    grown = Qwen3VLForConditionalGeneration(type(model.config).from_dict(shape)).float()
    grown.load_state_dict(model.state_dict(), strict=False)
    layer = grown.model.language_model.layers[-1]
    with torch.no_grad():
        layer.self_attn.o_proj.weight.zero_()
        layer.mlp.down_proj.weight.zero_()
    return grown


_ASKED: tuple[tuple[world.Medium, int], ...] = (
    ("picture", 7),
    ("screenshot", 2),
    ("page", 2),
    ("clip", 2),
    ("text", 2),
)
"""Families a step, each asked about twice."""


def train_reranker(learner: Learner, memory: Memory, steps: int) -> None:
    """Yes or no on pairs; the vision tower stays. `learner.model` becomes the reranker."""
    rng = learner.begin("reranker")
    model = learner.model = deeper(learner.model)
    make = learner.prompter
    differences = Differences(model.config.text_config.hidden_size)

    def loss_of() -> tuple[Tensor, dict[str, Tensor]]:
        questions: list[Question] = []
        for medium, count in _ASKED:
            families = memory.families(rng, medium, count)
            others = [seen for family in families for seen in family]
            for family in families:
                questions += [_by_text(rng, family, others), _by_text(rng, family, others)]
            questions += _by_picture(rng, memory, others) if medium == "picture" else []
        instruction = rng.choice((RERANK_INSTRUCTION, QUERY_INSTRUCTION))
        pairs = [(question.query, document) for question in questions for document in question.documents]
        prompts = [
            make.rerank(make.question(query.value), document.value, instruction) for query, document in pairs
        ]
        batches = list(by_length([len(prompt) for prompt in prompts], 8000))
        found = torch.cat(
            [
                read_seen(
                    learner,
                    [prompts[i] for i in batch],
                    [side.features for i in batch for side in pairs[i]],
                )
                for batch in batches
            ]
        )
        place = torch.tensor([i for batch in batches for i in batch])
        states = torch.empty_like(found).index_copy(0, place, found)
        verdict = model.lm_head.weight[learner.yes] - model.lm_head.weight[learner.no]
        logits = (states @ verdict).float()
        wanted = torch.tensor([float(answer) for question in questions for answer in question.answers])
        right = ((logits > 0) == (wanted > 0.5)).float()
        sizes = [len(question.documents) for question in questions]
        parts, facts = differences(torch.split(states, sizes), questions)
        losses = {
            "verdict": functional.binary_cross_entropy_with_logits(logits, wanted),
            "order": _order(torch.split(logits, sizes), torch.split(wanted, sizes)),
            "parts": parts,
            "facts": facts,
        }
        loss = losses["verdict"] + 0.5 * losses["order"] + losses["parts"] + 2.0 * losses["facts"]
        return loss, {**losses, "right": right.mean()}

    learnt = [*model.model.language_model.parameters(), *differences.parameters()]
    optimise("reranker", learnt, steps, 1.5e-3, loss_of)


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

"""The drawn world of the tiny checkpoints: facts, captions, families; and the reranker's first state."""

import random
from pathlib import Path

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer

from models import checkpoint
from models import tiny_phrases as phrases
from models import tiny_world as world
from models.device import Device
from models.forward import collate, forward
from models.inputs import Input
from models.preparation import Budget
from models.prompts import Prompter
from models.tiny_optimizer import Muon
from models.tiny_reranker import grown
from models.tiny_training import Learner, is_full, read_seen

FOLDER = Path(__file__).parents[1] / "data" / "qwen3vl" / "checkpoints" / "embed"
LANGUAGES: tuple[world.Language, ...] = ("en", "de", "zh")


def facts(*scenes: world.Scene | world.Caption) -> np.ndarray:
    return world.facts_of(scenes)


@pytest.mark.parametrize("medium", world.MEDIA)
def test_a_family_differs_from_its_first_in_one_fact(medium: world.Medium) -> None:
    rng = random.Random(1)
    for _ in range(40):
        first, *others = family = world.family(rng, medium, 4)
        assert len(set(family)) == 4
        for scene in family:
            assert scene.medium == medium
            assert not any(world.is_held_out(thing.noun, thing.colour) for thing in scene.things)
        for other in others:
            changed = np.flatnonzero(facts(first)[0] != facts(other)[0])
            exchanged = [first.things[i].colour for i in range(len(first.things))]
            swapped = sorted(exchanged) == sorted(thing.colour for thing in other.things)
            assert len(changed) == 1 or (len(changed) == 2 and swapped)


@pytest.mark.parametrize("medium", world.MEDIA)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_caption_is_true_of_its_scene_and_a_full_one_of_no_near_one(
    medium: world.Medium, language: world.Language
) -> None:
    rng = random.Random(2)
    for _ in range(40):
        scene, other = world.family(rng, medium, 2)
        part = phrases.caption(rng, scene, language)
        assert part.text
        assert world.satisfies(facts(part), facts(scene)).all()
        whole = phrases.caption(rng, scene, language, full=True)
        assert is_full(whole, scene)
        assert world.satisfies(facts(whole), facts(scene, other)).tolist() == [[True, False]]


def test_one_wrong_word_makes_a_caption_untrue() -> None:
    red, blue, cup = 0, 4, 17
    scene = world.Scene("picture", (world.Thing(cup, red, 1, 0, 0),), background=3)
    said = [
        world.Caption(text, "en", (world.Thing(cup, colour, 1),), background=background)
        for text, colour, background in (
            ("a red cup at night", red, 3),
            ("a blue cup at night", blue, 3),
            ("a red cup on the beach", red, 4),
        )
    ]
    assert world.satisfies(facts(*said), facts(scene))[:, 0].tolist() == [True, False, False]


def test_what_a_reranker_grows_changes_nothing_yet() -> None:
    loaded = checkpoint.load(FOLDER, "embedder", Device("cpu", torch.float32, "", 4096))
    before = loaded.model.config.text_config
    model = grown(loaded.model, before.intermediate_size)
    after = model.config.text_config
    assert after.num_hidden_layers == len(model.model.language_model.layers) == before.num_hidden_layers + 1
    assert after.num_key_value_heads == before.num_attention_heads > before.num_key_value_heads
    prompt = Prompter(loaded.vocabulary, Budget()).embed(
        Input(images=(np.zeros((64, 64, 3), np.uint8),)), "Represent."
    )
    batch = collate([prompt], torch.device("cpu"))
    with torch.inference_mode():
        torch.testing.assert_close(forward(model, batch), forward(loaded.model, batch))


def test_two_prompts_that_are_the_same_show_their_tokens_from_where_it_is_asked() -> None:
    loaded = checkpoint.load(FOLDER, "embedder", Device("cpu", torch.float32, "", 4096))
    tokenizer = Tokenizer.from_file(str(FOLDER / "tokenizer.json"))
    learner = Learner(loaded.model, tokenizer, Budget(), 1)
    prompt = learner.query(Input(texts=("two blue boats at night, " * 30,)))
    shown: dict[int, torch.Tensor] = {}
    with torch.inference_mode():
        whole, all_shared = read_seen(learner, [prompt] * 2, [None] * 2)
        states, shared = read_seen(learner, [prompt] * 2, [None] * 2, shown.__setitem__, most=70)
    assert all_shared == len(prompt) - 1
    assert shared == 70
    assert shown[1].shape[1] == len(prompt) - 70
    assert torch.allclose(states, whole, atol=1e-5)


def test_the_optimizer_steps_as_far_in_every_direction() -> None:
    torch.manual_seed(3)
    for shape in ((24, 24), (48, 16), (16, 48)):
        matrix = torch.nn.Parameter(torch.zeros(shape))
        rows, _, columns = torch.linalg.svd(torch.randn(shape), full_matrices=False)
        matrix.grad = rows @ torch.diag(torch.logspace(0, -1, min(shape))) @ columns
        Muon([matrix], lr=0.1).step()
        length = torch.linalg.svdvals(matrix.detach()) / (0.2 * 0.1 * max(shape) ** 0.5)
        assert 0.5 < float(length.min()) < float(length.max()) < 1.3
        assert float((matrix.detach() * matrix.grad).sum()) < 0, "downhill"


def test_the_optimizer_leaves_alone_what_had_no_part() -> None:
    matrix = torch.nn.Parameter(torch.ones(4, 4))
    Muon([matrix], lr=0.1).step()
    assert bool((matrix == 1).all())

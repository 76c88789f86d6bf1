"""What `tests.benchmarks.models` measures: a checkpoint, both paths over it, and pictures to show them."""

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch
from transformers import Qwen3VLConfig, Qwen3VLForConditionalGeneration

import resources
from models import checkpoint, device
from models.checkpoint import Checkpoint
from models.inputs import Input
from models.narrow import Weights, narrow
from models.preparation import Budget
from models.prompts import Prompter, Vocabulary
from models.qwen3_vl import Qwen3VLEmbedder, Qwen3VLReranker
from tests.benchmarks.plain import Plain

TINY = resources.ROOT / "models" / "tiny"
SEED = 3
# text: hidden, MLP, layers, heads, key-value heads, head, words, tied
# vision: hidden, MLP, depth, heads; DeepStack layers
SIZES: dict[str, tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]] = {
    "mid": ((768, 2304, 8, 12, 4, 64, 1152, 1), (512, 2048, 8, 8), (1, 3, 5)),
    "2B": ((2048, 6144, 28, 16, 8, 128, 151936, 1), (1024, 4096, 24, 16), (5, 11, 17)),
    "8B": ((4096, 12288, 36, 32, 8, 128, 151936, 0), (1152, 4304, 27, 16), (8, 16, 24)),
}
POSITIONS = 48 * 48
"""In the vision tower of the real sizes."""


@dataclass(frozen=True)
class Rig:
    """Both paths over the same weights, with one budget for pictures.

    Attributes:
        verdict: float32 `[hidden size]`, the weights of "yes" less those of "no".
    """

    loaded: Checkpoint
    prompter: Prompter
    verdict: torch.Tensor
    plain: Plain
    embedder: Qwen3VLEmbedder
    reranker: Qwen3VLReranker

    def forget(self) -> None:
        """Drop all that either model keeps for the next call."""
        self.reranker.forget()
        self.embedder.sight.forget()

    def afresh(self, run: Callable[[list[Input]], Any]) -> Callable[[list[Input]], Any]:
        """The same, with nothing kept of earlier calls."""

        def run_afresh(inputs: list[Input]) -> Any:
            self.forget()
            return run(inputs)

        return run_afresh


def load(config: str, chosen: device.Device) -> Checkpoint:
    """The built-in reranker, or random weights made on the device itself.

    Of the output layer only the rows up to "yes" and "no" stay, as nobody looks at another.
    """
    made = (
        checkpoint.load(TINY / "reranker", "reranker", chosen)
        if config == "tiny"
        else _random(config, chosen)
    )
    last = max(made.vocabulary.id_of(word) for word in ("yes", "no"))
    rows = made.model.lm_head.weight.detach()[: last + 1].clone()
    made.model.lm_head = torch.nn.Linear(1, 1, bias=False)
    made.model.lm_head.weight = torch.nn.Parameter(rows, requires_grad=False)
    return made


def build(config: str, loaded: Checkpoint, tokens: int) -> Rig:
    """Both paths, with `tokens` for each picture at most, which the built-in models decide themselves."""
    budget = Budget.of(TINY / "reranker") if config == "tiny" else Budget(image_max_pixels=tokens * 1024)
    return _both(loaded, budget)


def smaller(rig: Rig, weights: Weights) -> Rig:
    """The same weights once more, the large matrices as `--weights` makes them."""
    model = copy.deepcopy(rig.loaded.model)
    for part in (model.model.visual, model.model.language_model):
        narrow(part, rig.loaded.device, weights)
    return _both(replace(rig.loaded, model=model, weights=weights), rig.embedder.budget)


def _both(loaded: Checkpoint, budget: Budget) -> Rig:
    head = loaded.model.lm_head
    yes, no = (loaded.vocabulary.id_of(word) for word in ("yes", "no"))
    verdict = head.weight[yes].float() - head.weight[no].float()
    prompter = Prompter(loaded.vocabulary, budget)
    reranker = Qwen3VLReranker(loaded, budget)
    embedder = Qwen3VLEmbedder(loaded, budget)
    loaded.model.lm_head = head  # both let go of it, and the next budget asks for it again
    return Rig(loaded, prompter, verdict, Plain(loaded.model, prompter, verdict), embedder, reranker)


def with_batches(rig: Rig, tokens: int) -> Qwen3VLEmbedder:
    """The same embedder, with so many tokens at most going through it at once."""
    chosen = replace(rig.loaded.device, batch_tokens=tokens)
    head = rig.loaded.model.lm_head
    embedder = Qwen3VLEmbedder(replace(rig.loaded, device=chosen), rig.embedder.budget)
    rig.loaded.model.lm_head = head
    return embedder


def _random(config: str, chosen: device.Device) -> Checkpoint:
    text, vision, deepstack = SIZES[config]
    settings = Qwen3VLConfig.from_pretrained(TINY / "reranker")
    ours, sees = settings.text_config, settings.vision_config
    ours.hidden_size, ours.intermediate_size, ours.num_hidden_layers = text[:3]
    ours.num_attention_heads, ours.num_key_value_heads, ours.head_dim, ours.vocab_size = text[3:7]
    settings.tie_word_embeddings = ours.tie_word_embeddings = bool(text[7])
    sections = [24, 20, 20] if ours.head_dim == 128 else [12, 10, 10]
    ours.rope_parameters = {**ours.rope_parameters, "mrope_section": sections}
    sees.hidden_size, sees.intermediate_size, sees.depth, sees.num_heads = vision
    sees.out_hidden_size, sees.deepstack_visual_indexes = ours.hidden_size, list(deepstack)
    if config != "mid":
        sees.num_position_embeddings = POSITIONS
    torch.manual_seed(SEED)
    with torch.device(chosen.torch):
        model = Qwen3VLForConditionalGeneration._from_config(
            settings, dtype=chosen.dtype, attn_implementation="sdpa"
        )
    model.to(chosen.torch).eval().requires_grad_(False)
    vocabulary = Vocabulary.of(TINY / "reranker")
    return Checkpoint(TINY / "reranker", model, vocabulary, chosen, f"random {config}")


def pictures(count: int, shapes: Sequence[tuple[int, int]], seed: int = SEED) -> list[Input]:
    """Distinct pictures, shapes in turn: a smooth ground with noise, as expensive as any photo."""
    rng = np.random.default_rng(seed)
    found = []
    for number in range(count):
        height, width = shapes[number % len(shapes)]
        ground = rng.integers(0, 200, (1, 1, 3), np.uint8)
        found.append(Input(images=(ground + rng.integers(0, 56, (height, width, 3), np.uint8),)))
    return found

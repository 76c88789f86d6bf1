"""How fast the models run, against the plain path in the same run: `python -m tests.benchmarks.models`.

    --config tiny    the built-in checkpoints          --config mid     100 M random parameters
    --config 2B|8B   the real sizes, random weights    --device cuda    in the card's own 16 bits

The plain path (`plain.py`) works like the published scripts. Rounds of both alternate and medians are
compared; every line says how far the numbers of both lie apart. With `--clock cpu` what is measured is the
processor time of this process, which other programs on a shared machine do not lengthen.
"""

import argparse
import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import psutil
import torch
from transformers import Qwen3VLConfig, Qwen3VLForConditionalGeneration

import resources
from models import checkpoint, device
from models.inputs import Input
from models.preparation import Budget
from models.prompts import Prompter, Vocabulary
from models.qwen3_vl import Qwen3VLEmbedder, Qwen3VLReranker
from tests.benchmarks.plain import Plain

TINY = resources.ROOT / "models" / "tiny"
SEED = 3
SHAPES = (
    (768, 1024),
    (1024, 768),
    (720, 1280),
    (600, 800),
    (1024, 1024),
    (500, 900),
    (1280, 960),
    (400, 300),
)
PREVIEWS = tuple(
    (height * 896 // max(height, width), width * 896 // max(height, width)) for height, width in SHAPES
)
"""What a search hands the reranker."""
PAGE = (1414, 1000)
TEXTS = ("the whiteboard with the red arrow", "a dog on the beach at sunset", "invoice 2291", "but at night")
TOKENS = {"tiny": (24,), "mid": (64,), "2B": (256, 512, 1280), "8B": (256, 512, 1280)}
# text: hidden, MLP, layers, heads, key-value heads, head, words, tied
# vision: hidden, MLP, depth, heads; DeepStack layers
SIZES: dict[str, tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]] = {
    "mid": ((768, 2304, 8, 12, 4, 64, 1152, 1), (512, 2048, 8, 8), (1, 3, 5)),
    "2B": ((2048, 6144, 28, 16, 8, 128, 151936, 1), (1024, 4096, 24, 16), (5, 11, 17)),
    "8B": ((4096, 12288, 36, 32, 8, 128, 151936, 0), (1152, 4304, 27, 16), (8, 16, 24)),
}


@dataclass(frozen=True)
class Rig:
    """Both paths over the same weights."""

    plain: Plain
    embedder: Qwen3VLEmbedder
    reranker: Qwen3VLReranker
    clock: Callable[[], float]
    rounds: int

    def compare(self, name: str, count: int, unit: str, plain: Any, ours: Any, forget: bool = True) -> float:
        """One line of the table. Returns the median seconds of ours."""
        ours()  # kernels are chosen and memory is claimed at the first call
        took: tuple[list[float], list[float]] = ([], [])
        found: list[Any] = [None, None]
        for _ in range(self.rounds):
            for side, run in enumerate((plain, ours)):
                if forget:
                    self.reranker.forget()
                    self.embedder.sight.forget()
                begun = self.now()
                found[side] = run()
                took[side].append(self.now() - begun)
        slow, fast = (float(np.median(times)) for times in took)
        apart = float(np.abs(found[0] - found[1]).max())
        print(
            f"{name:34} {count / fast:9.2f} {unit}/s   plain {count / slow:9.2f}   "
            f"ratio {slow / fast:6.2f}   apart {apart:.0e}",
            flush=True,
        )
        return fast

    def now(self) -> float:
        """After everything under way is done."""
        if torch.cuda.is_available():
            torch.cuda.synchronize()
        return self.clock()


def build(config: str, chosen: device.Device, tokens: int, clock: Callable[[], float], rounds: int) -> Rig:
    """Load or make the models; with `tokens` for each picture at most."""
    if config == "tiny":
        loaded = checkpoint.load(TINY / "reranker", "reranker", chosen)
        budget = Budget.of(TINY / "reranker")
    else:
        loaded = _random(config, chosen)
        budget = Budget(image_max_pixels=tokens * 1024)
    output = loaded.model.lm_head.weight
    yes, no = (loaded.vocabulary.id_of(word) for word in ("yes", "no"))
    plain = Plain(
        loaded.model,
        Prompter(loaded.vocabulary, budget),
        (output[yes].float() - output[no].float()).clone(),
    )
    reranker = Qwen3VLReranker(loaded, budget)
    return Rig(plain, Qwen3VLEmbedder(loaded, budget), reranker, clock, rounds)


def _random(config: str, chosen: device.Device) -> checkpoint.Checkpoint:
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
    torch.manual_seed(SEED)
    with torch.device(chosen.torch):
        model = Qwen3VLForConditionalGeneration._from_config(
            settings, dtype=chosen.dtype, attn_implementation="sdpa"
        )
    model.to(chosen.torch).eval().requires_grad_(False)
    return checkpoint.Checkpoint(
        TINY / "reranker", model, Vocabulary.of(TINY / "reranker"), chosen, f"random {config}"
    )


def pictures(count: int, shapes: Sequence[tuple[int, int]], seed: int = SEED) -> list[Input]:
    """Distinct pictures, shapes in turn: a smooth ground with noise, as expensive as any photo."""
    rng = np.random.default_rng(seed)
    found = []
    for number in range(count):
        height, width = shapes[number % len(shapes)]
        ground = rng.integers(0, 200, (1, 1, 3))
        found.append(Input(images=((ground + rng.integers(0, 56, (height, width, 3))).astype(np.uint8),)))
    return found


def matmul_rate(chosen: device.Device, rig: Rig) -> float:
    """What the device reaches in one large product, FLOP per second: the best of ten."""
    size = 8192 if chosen.name == "cuda" else 768
    one, other = (torch.randn(size, size, device=chosen.torch, dtype=chosen.dtype) for _ in range(2))
    best = float("inf")
    for _ in range(10):
        begun = rig.now()
        one @ other
        best = min(best, rig.now() - begun)
    return 2 * size**3 / best


def picture_work(rig: Rig, tokens: int, prompt: int) -> float:
    """FLOP of one picture: products of vision tower and language model, attention included."""
    config = rig.embedder.loaded.model.config
    text, sees = config.text_config, config.vision_config
    patches = 4 * tokens
    layer = 4 * sees.hidden_size**2 + 2 * sees.hidden_size * sees.intermediate_size
    vision = 2 * patches * (sees.depth * layer + 1536 * sees.hidden_size)
    vision += 4 * patches**2 * sees.hidden_size * sees.depth
    heads = (2 * text.num_attention_heads + 2 * text.num_key_value_heads) * text.head_dim
    layer = text.hidden_size * heads + 3 * text.hidden_size * text.intermediate_size
    language = 2 * prompt * text.num_hidden_layers * layer
    language += 2 * prompt**2 * text.num_attention_heads * text.head_dim * text.num_hidden_layers
    return float(vision + language)


def indexing(rig: Rig, rate: float, count: int) -> None:
    """Pictures of one size, of many sizes, and pages."""
    for name, shapes in (
        ("pictures of one size", SHAPES[:1]),
        ("mixed pictures", SHAPES),
        ("pages", [PAGE]),
    ):
        inputs = pictures(count, shapes)
        if name == "pages":
            inputs = [Input(images=value.images, page=True) for value in inputs]

        def ours(inputs: list[Input] = inputs) -> Any:
            return rig.embedder.embed_documents(inputs)

        def plain(inputs: list[Input] = inputs) -> Any:
            return rig.plain.embed_documents(inputs)

        seconds = rig.compare(name, count, "items", plain, ours)
        ready = [rig.embedder.prepare(value) for value in inputs]
        work = sum(picture_work(rig, int(prompt.vision.sum()), len(prompt)) for prompt in ready)
        tokens = np.mean([prompt.vision.sum() for prompt in ready])
        print(f"    {tokens:.0f} tokens a picture; {work / seconds / rate:.0%} of the device's matmul rate")


def queries(rig: Rig) -> None:
    """Texts, one at a time."""
    texts = [Input(texts=(f"{text} {number}",)) for number in range(5) for text in TEXTS]
    rig.embedder.embed_queries(texts[:1])
    for name, run in (("plain", rig.plain.embed_documents), ("ours", rig.embedder.embed_queries)):
        took = []
        for text in texts:
            begun = rig.now()
            run([text])
            took.append(1000 * (rig.now() - begun))
        p50, p95 = np.percentile(took, (50, 95))
        print(f"one text query, {name:6} p50 {p50:.1f} ms, p95 {p95:.1f} ms")


def reranking(rig: Rig, count: int) -> None:
    """Picture candidates for a text, for a picture with a text, once more, and with another word."""
    documents = pictures(count, PREVIEWS)
    text = Input(texts=(TEXTS[0],))
    mixed = Input(images=pictures(1, SHAPES, SEED + 1)[0].images, texts=(TEXTS[3],))
    for name, query in (("text", text), ("picture and text", mixed)):
        first = rig.compare(
            f"rerank {count} pictures for {name}",
            count,
            "pairs",
            lambda query=query: rig.plain.score(query, documents),
            lambda query=query: rig.reranker.score(query, documents),
        )
        for what, asked in (("the same again", query), ("one word more", _longer(query))):
            rig.reranker.forget()
            rig.reranker.score(query, documents)
            begun = rig.now()
            rig.reranker.score(asked, documents)
            print(f"    {what}: {(rig.now() - begun) / first:.1%} of the first time")


def _longer(query: Input) -> Input:
    return Input(images=query.images, texts=(query.texts[0] + " again",))


def memory(rig: Rig, chosen: device.Device, items: int) -> None:
    """Whether it grows with the number of items indexed."""
    process = psutil.Process()
    batch = pictures(len(SHAPES), [(height // 4, width // 4) for height, width in SHAPES])
    marks: list[float] = []
    done = 0
    for share in (0.1, 0.5, 1.0):
        while done < share * items:
            rig.embedder.embed_documents(batch)
            done += len(batch)
        gc.collect()
        marks.append(process.memory_info().rss / 1e6)
    said = ", ".join(f"{mark:.0f}" for mark in marks)
    print(f"resident after a tenth, half and all of {done} items: {said} MB")
    if chosen.name == "cuda":
        print(f"peak memory of the card: {torch.cuda.max_memory_allocated() / 1e9:.2f} GB")


def main(argv: Sequence[str] | None = None) -> int:
    """Command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.models", description=__doc__)
    parser.add_argument("--config", choices=list(TOKENS), default="tiny")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--tokens", type=int, nargs="*", help="at most so many for a picture")
    parser.add_argument("--pictures", type=int, default=24)
    parser.add_argument("--candidates", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--items", type=int, default=0, help="how many to index while memory is watched")
    parser.add_argument("--clock", choices=("wall", "cpu"), default="wall")
    arguments = parser.parse_args(argv)
    chosen = device.choose(arguments.device)
    clock = time.perf_counter if arguments.clock == "wall" else time.process_time
    for tokens in arguments.tokens or TOKENS[arguments.config]:
        rig = build(arguments.config, chosen, tokens, clock, arguments.rounds)
        parameters = sum(weight.numel() for weight in rig.embedder.loaded.model.parameters())
        rate = matmul_rate(chosen, rig)
        print(
            f"{arguments.config}, {parameters / 1e6:.1f} M parameters, {tokens} tokens. {chosen.why} "
            f"{torch.get_num_threads()} threads, {rate / 1e9:.1f} GFLOP/s in a product; "
            f"{arguments.clock} time."
        )
        indexing(rig, rate, arguments.pictures)
        queries(rig)
        reranking(rig, arguments.candidates)
        if arguments.items:
            memory(rig, chosen, arguments.items)
        del rig
        gc.collect()
        torch.cuda.empty_cache()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

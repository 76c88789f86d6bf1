"""What parts of pictures find and cost: `python -m tests.benchmarks.regions`.

Scenes of the drawn world are pasted somewhere into larger pictures: an empty landscape of the same world, or
one with large things in it. Asked for are the small scene by its caption, the picture by what somebody cut
out around the scene, the picture by any cut-out, and the large picture by its own caption, with only the
wholes embedded and with the parts that `indexer.ingest.pictures.regions` chooses: recall@1. And how many
queries of nonsense are taken for possible.
"""

import argparse
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image

import resources
from indexer.ingest.pictures import regions
from indexer.ingest.pictures.raster import resized, within_pixels
from indexer.ingest.segments import MAX_IMAGE_PIXELS
from indexer.search.relevance import POSSIBLE, embedder_calibration
from models import tiny_drawing as drawing
from models import tiny_phrases as phrases
from models import tiny_world as world
from models.inputs import Input, Pixels
from models.qwen3_vl import Qwen3VLEmbedder, load_embedder
from models.tiny_pool import alter

TINY = resources.ROOT / "models" / "tiny" / "embedder"
SMALL = (640, 480)
NONSENSE = 100


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """A large picture and what is known of it: a caption is right for it by the small or the large scene."""

    shown: Image.Image
    small: world.Scene
    large: world.Scene
    around: Pixels
    anywhere: Pixels


def main(argv: Sequence[str] | None = None) -> int:
    """Command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.regions", description=__doc__)
    parser.add_argument("--pictures", type=int, default=60)
    arguments = parser.parse_args(argv)
    embedder = load_embedder(TINY)
    columns = ("small by text", "by its crop", "by any crop", "large by text", "nonsense")
    print(" " * 34 + "".join(f"{column:>15}" for column in columns))
    for busy in (False, True):
        for times in (4, 9):
            rng = random.Random(times)
            made = [_make(rng, times, busy) for _ in range(arguments.pictures)]
            _measure(embedder, made, f"{'busy' if busy else 'empty'}, {times} times as large")
    return 0


def _make(rng: random.Random, times: int, busy: bool) -> Made:
    scene = world.random_scene(rng, "picture", held_out=None)
    width, height = (round(side * times**0.5) for side in SMALL)
    back = world.random_scene(rng, "picture", held_out=None)
    if not busy:
        back = replace(back, things=())
    large = drawing.draw(rng, back, width, height)
    left, top = rng.randint(0, width - SMALL[0]), rng.randint(0, height - SMALL[1])
    large.paste(drawing.draw(rng, scene, *SMALL), (left, top))
    more = rng.uniform(0, 0.15)
    wide, high = round(SMALL[0] * more), round(SMALL[1] * more)
    around = large.crop(
        (
            max(0, left - wide),
            max(0, top - high),
            min(width, left + SMALL[0] + wide),
            min(height, top + SMALL[1] + high),
        )
    )
    share = rng.uniform(0.3, 0.5)
    left, top = round(rng.uniform(0, 1 - share) * width), round(rng.uniform(0, 1 - share) * height)
    anywhere = large.crop((left, top, left + round(share * width), top + round(share * height)))
    return Made(
        resized(large, within_pixels(*large.size, MAX_IMAGE_PIXELS)),
        scene,
        back,
        alter(rng, np.asarray(around)),
        np.asarray(anywhere),
    )


def _measure(embedder: Qwen3VLEmbedder, made: Sequence[Made], name: str) -> None:
    calibration = embedder_calibration(TINY).text.of("image")
    seen = embedder.budget.image_max_pixels
    begun = time.process_time()
    cut = [list(regions.segments(one.shown, seen)) for one in made]
    cutting = time.process_time() - begun
    begun = time.process_time()
    wholes = embedder.embed_documents([Input(images=(np.asarray(one.shown),)) for one in made])
    whole_s = time.process_time() - begun
    begun = time.process_time()
    parts = embedder.embed_documents([part.content for each in cut for part in each])
    parts_s = time.process_time() - begun
    owners = np.array([number for number, each in enumerate(cut) for _ in each])
    mine = np.eye(len(made), dtype=np.bool_)
    small, small_right = _asked(embedder, [one.small for one in made])
    large, large_right = _asked(embedder, [one.large for one in made])
    around = embedder.embed_queries([Input(images=(one.around,)) for one in made])
    anywhere = embedder.embed_queries([Input(images=(one.anywhere,)) for one in made])
    nonsense = embedder.embed_queries([Input(texts=(text,)) for text in _nonsense()])

    def scores(queries: NDArray[np.float32], less: float) -> NDArray[np.float32]:
        best = queries @ wholes.T
        if less < 1:
            for part, owner in zip((queries @ parts.T - less).T, owners, strict=True):
                np.maximum(best[:, owner], part, out=best[:, owner])
        return best

    for label, less in (("whole", 1.0), ("parts", embedder_calibration(TINY).part)):
        found = [
            _first(scores(small, less), small_right),
            _first(scores(around, less), mine),
            _first(scores(anywhere, less), mine),
            _first(scores(large, less), large_right),
            float(
                np.mean(
                    [calibration.confidence(float(row.max())) >= POSSIBLE for row in scores(nonsense, less)]
                )
            ),
        ]
        print(
            f"{name:26}{label:>8}" + "".join(f"{value:15.3f}" for value in found),
            flush=True,
        )
    print(
        f"{'':26}{len(owners) / len(made):.1f} parts a picture; of the model's work on the whole "
        f"{parts_s / whole_s:.0%}; {1000 * cutting / len(made):.1f} ms to choose and cut"
    )


def _asked(
    embedder: Qwen3VLEmbedder, scenes: Sequence[world.Scene]
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    said = [phrases.caption(random.Random(1), scene, "en", full=True) for scene in scenes]
    right = world.satisfies(world.facts_of(said), world.facts_of(list(scenes)))
    return embedder.embed_queries([Input(texts=(one.text,)) for one in said]), right


def _nonsense() -> list[str]:
    rng = random.Random(3)
    return [
        " ".join("".join(rng.choices("bcdfghklmnprstvwxzaeiou", k=rng.randint(3, 8))) for _ in range(3))
        for _ in range(NONSENSE)
    ]


def _first(scores: NDArray[np.float32], right: NDArray[np.bool_]) -> float:
    return float(right[np.arange(len(right)), scores.argmax(axis=1)].mean())


if __name__ == "__main__":
    raise SystemExit(main())

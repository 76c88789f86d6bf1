"""Freshly drawn documents of the tiny checkpoints' world, at the sizes that real files have.

Training drew small pictures from other seeds and never a held-out pair of noun and colour, so what is drawn
here was not trained on. A document is kept as its facts and a seed and drawn again when it is read.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from models import tiny_drawing as drawing
from models import tiny_phrases as phrases
from models import tiny_world as world
from models.inputs import Input
from models.qwen3_vl import Qwen3VLEmbedder, Vectors
from models.tiny_pool import alter, mixed_pair

T = TypeVar("T")
TOGETHER = 48
"""Documents drawn at a time, so that memory stays flat."""
FILM_TIMES = (0.0, 0.5, 1.0, 1.5, 2.5, 3.0, 3.5, 3.917)
"""The frames that Sightline takes of a film of four seconds."""
FILM_S = 4.0
_SIZES: dict[world.Medium, tuple[tuple[int, int], ...]] = {
    "picture": ((640, 480), (640, 480), (1024, 768), (960, 640), (480, 640)),
    "screenshot": ((1280, 800), (1440, 900)),
    "page": ((950, 1344),),
    "clip": ((640, 480),),
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A scene and the seed of its drawing."""

    scene: world.Scene
    seed: int

    def content(self) -> Input:
        """As the decoders hand it to the models."""
        rng = random.Random(self.seed)
        scene = self.scene
        if scene.medium == "text":
            return Input(texts=(phrases.note(rng, scene),))
        size = rng.choice(_SIZES[scene.medium])
        if scene.medium == "clip":
            return Input(clips=(drawing.draw_clip(rng, scene, *size, FILM_TIMES, FILM_S),))
        return Input(images=(np.asarray(drawing.draw(rng, scene, *size)),))

    def altered(self) -> Input:
        """An image query: the picture cropped, scaled and tinted."""
        return Input(images=(alter(random.Random(self.seed + 1), self.content().images[0]),))


@dataclass(frozen=True, slots=True)
class Mixed:
    """A picture with a wish, what is meant, and its facts."""

    before: Drawn
    text: str
    after: Drawn
    meant: world.Caption

    def query(self) -> Input:
        """The picture and the wish as one question."""
        return Input(images=self.before.content().images, texts=(self.text,))


def some(rng: random.Random, medium: world.Medium, count: int) -> list[Drawn]:
    """Documents of chance scenes, a third of them with a held-out pair of noun and colour for certain."""
    drawn = []
    for number in range(count):
        held_out = True if number % 3 == 0 else None
        drawn.append(again(rng, world.random_scene(rng, medium, held_out=held_out)))
    return drawn


def again(rng: random.Random, scene: world.Scene) -> Drawn:
    """One more drawing of a scene."""
    return Drawn(scene, rng.randrange(1 << 40))


def in_motion(rng: random.Random, subjects: int, motions: int = 4) -> list[Drawn]:
    """Clips: each subject with several motions, so that the subject alone does not tell which is meant."""
    films = []
    for subject in some(rng, "clip", subjects):
        for motion in rng.sample(range(1, len(world.MOTIONS)), motions):
            films.append(again(rng, replace(subject.scene, motion=motion)))
    return films


def wishes(rng: random.Random, count: int) -> list[Mixed]:
    """Mixed queries."""
    made = []
    for _ in range(count):
        pair = mixed_pair(rng)
        before, after = again(rng, pair.before), again(rng, pair.document.scene)
        made.append(Mixed(before, pair.query.texts[0], after, pair.caption))
    return made


def near_misses(rng: random.Random, said: world.Caption, scene: world.Scene, count: int) -> list[Drawn]:
    """Drawings of scenes that differ from this one in one fact, of none of which the caption is true."""
    missed: list[Drawn] = []
    facts = world.facts_of([said])
    while len(missed) < count:
        other = world.change_one_fact(rng, scene)
        if not world.satisfies(facts, world.facts_of([other]))[0, 0]:
            missed.append(again(rng, other))
    return missed


def embed_documents(embedder: Qwen3VLEmbedder, drawn: Sequence[Drawn]) -> Vectors:
    """Vectors float32 `[n, d]` of documents."""
    return np.concatenate(
        [embedder.embed_documents([one.content() for one in part]) for part in _parts(drawn)]
    )


def embed_altered(embedder: Qwen3VLEmbedder, drawn: Sequence[Drawn]) -> Vectors:
    """Vectors of image queries, one altered copy per picture."""
    return np.concatenate([embedder.embed_queries([one.altered() for one in part]) for part in _parts(drawn)])


def embed_mixed(embedder: Qwen3VLEmbedder, asked: Sequence[Mixed]) -> Vectors:
    """Vectors of mixed queries."""
    return np.concatenate([embedder.embed_queries([one.query() for one in part]) for part in _parts(asked)])


def embed_texts(embedder: Qwen3VLEmbedder, texts: Sequence[str]) -> Vectors:
    """Vectors of text queries."""
    return embedder.embed_queries([Input(texts=(text,)) for text in texts])


def truth(said: Sequence[world.Caption], drawn: Sequence[Drawn]) -> NDArray[np.bool_]:
    """bool `[captions, documents]`: which caption is true of which document."""
    return world.satisfies(world.facts_of(said), world.facts_of([one.scene for one in drawn]))


def _parts(items: Sequence[T]) -> Iterator[Sequence[T]]:
    return (items[start : start + TOGETHER] for start in range(0, len(items), TOGETHER))

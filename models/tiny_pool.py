"""The drawings that the tiny checkpoints are trained on, made once, at the models' own size."""

import random
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context

import numpy as np
from PIL import Image

from models import tiny_drawing as drawing
from models import tiny_phrases as phrases
from models import tiny_world as world
from models.inputs import Clip, Input, Pixels

# Size on screen, size the budget makes of it, and how often.
SHAPES: dict[world.Medium, tuple[tuple[tuple[int, int], tuple[int, int], int], ...]] = {
    "picture": (
        ((320, 240), (160, 128), 8),
        ((336, 224), (192, 128), 3),
        ((256, 256), (128, 128), 3),
        ((240, 320), (128, 160), 2),
        ((352, 198), (192, 96), 2),
    ),
    "screenshot": (((384, 240), (192, 96), 3), ((320, 240), (160, 128), 1), ((384, 256), (192, 128), 1)),
    "page": (((240, 340), (128, 160), 1),),
    "clip": (((128, 96), (128, 96), 1),),
}
CLIP_SECONDS = 4.0
CLIP_FRAMES = 8


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """A scene and what shows it: a still, a clip, or a text."""

    scene: world.Scene
    shown: Pixels | Clip | str

    def content(self) -> Input:
        """As the models read it."""
        if isinstance(self.shown, str):
            return Input(texts=(self.shown,))
        if isinstance(self.shown, Clip):
            return Input(clips=(self.shown,))
        return Input(images=(self.shown,))


@dataclass(frozen=True, slots=True, eq=False)
class MixedPair:
    """A picture of `before` with a wish ("but blue"), and what is meant; `caption` holds its facts."""

    before: world.Scene
    query: Input
    document: Document
    caption: world.Caption


def show(rng: random.Random, scene: world.Scene, shape: int | None = None) -> Document:
    """Draw a scene at the models' own size. `shape` chooses from `SHAPES`, None by chance."""
    if scene.medium == "text":
        return Document(scene, phrases.note(rng, scene))
    shapes = SHAPES[scene.medium]
    index = rng.choices(range(len(shapes)), [s[2] for s in shapes])[0] if shape is None else shape
    size, prepared, _ = shapes[index]
    if scene.medium == "clip":
        start = rng.choice((0.0, 0.0, float(rng.randrange(0, 90)), rng.randrange(0, 600) / 10))
        times = [i * CLIP_SECONDS / CLIP_FRAMES for i in range(CLIP_FRAMES)]
        clip = drawing.draw_clip(rng, scene, *size, times, CLIP_SECONDS)
        pace = rng.choice((1.0, 1.0, 2.0))
        return Document(scene, replace(clip, times=tuple(start + time * pace for time in times)))
    still = drawing.draw(rng, scene, *size).resize(prepared, Image.Resampling.BICUBIC)
    return Document(scene, np.asarray(still))


def altered(rng: random.Random, document: Document) -> Input:
    """An image query that means this very picture: cropped, scaled and tinted."""
    pixels = document.shown
    if not isinstance(pixels, np.ndarray):
        raise TypeError("only stills can be altered")
    return Input(images=(alter(rng, pixels),))


def alter(rng: random.Random, pixels: Pixels) -> Pixels:
    """Crop to 70 to 100 % of each side, scale by 0.6 to 1.5, tint every channel by up to 15 %."""
    height, width = pixels.shape[:2]
    h, w = round(height * rng.uniform(0.7, 1)), round(width * rng.uniform(0.7, 1))
    top, left = rng.randint(0, height - h), rng.randint(0, width - w)
    crop = Image.fromarray(pixels[top : top + h, left : left + w])
    scale = rng.uniform(0.6, 1.5)
    scaled = np.asarray(
        crop.resize((max(32, round(w * scale)), max(32, round(h * scale))), Image.Resampling.BICUBIC)
    )
    tint = np.array([rng.uniform(0.85, 1.15) for _ in range(3)]) * rng.uniform(0.9, 1.1)
    return np.clip(scaled * tint, 0, 255).astype(np.uint8)


WISHES = {"en": "but {}", "de": "aber {}", "zh": "但是{}"}


def mixed_pair(rng: random.Random) -> MixedPair:
    """A picture of one thing, and the same thing in another colour or elsewhere."""
    scene = world.random_scene(rng, "picture")
    thing = scene.things[0]
    before = replace(scene, things=(replace(thing, place=world.MIDDLE),))
    language: world.Language = rng.choice(("en", "en", "en", "de", "zh"))
    column = ("en", "de", "zh").index(language)
    while True:
        if rng.random() < 0.6:
            colour = rng.randrange(len(world.COLOURS))
            after = replace(before, things=(replace(before.things[0], colour=colour),))
            wish = str(world.COLOURS[colour][column])
        else:
            after = replace(before, background=rng.randrange(len(world.BACKGROUNDS)))
            wish = str(world.BACKGROUNDS[after.background][column])
        hidden = world.BACKGROUNDS[after.background][3]
        seen = after.things[0]
        if (
            after != before
            and not world.is_held_out(seen.noun, seen.colour)
            and world.COLOURS[seen.colour][0] not in hidden
        ):
            break
    text = rng.choice((WISHES[language].format(wish), wish))
    facts = replace(seen, size=world.UNSAID, place=world.UNSAID)
    caption = world.Caption(text, language, (facts,), "picture", after.background)
    source = show(rng, before).shown
    if not isinstance(source, np.ndarray):
        raise TypeError("a picture is a still")
    return MixedPair(before, Input(images=(source,), texts=(text,)), show(rng, after, 0), caption)


FAMILY = 4
"""Scenes that differ from the first of them in one fact each are drawn, and asked about, together."""


def _draw_families(medium: world.Medium, seed: int, count: int, shape: int) -> list[list[Document]]:
    rng = random.Random(f"{seed}/{medium}/{shape}")
    families = [world.family(rng, medium, FAMILY) for _ in range(count)]
    return [[show(rng, scene, shape) for scene in family] for family in families]


def _draw_pairs(seed: int, count: int) -> list[MixedPair]:
    rng = random.Random(f"{seed}/mixed")
    return [mixed_pair(rng) for _ in range(count)]


_FAMILIES: dict[world.Medium, int] = {"picture": 7500, "screenshot": 2800, "page": 1700, "clip": 1400}
_PAIRS = 4500
_PARTS = 4


class Pool:
    """All training documents.

    Attributes:
        groups: `(medium, shape)` to families of `FAMILY` documents.
        pairs: mixed queries.
    """

    def __init__(self, seed: int, share: float = 1.0, processes: int = 2) -> None:
        with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as executor:
            jobs = {}
            for medium, count in _FAMILIES.items():
                total = sum(shape[2] for shape in SHAPES[medium])
                for i, shape in enumerate(SHAPES[medium]):
                    n = int(count * share * shape[2] / total / _PARTS)
                    for part in range(_PARTS):
                        jobs[medium, i, part] = executor.submit(
                            _draw_families, medium, seed * 10 + part, n, i
                        )
            pairs = [
                executor.submit(_draw_pairs, seed * 10 + part, int(_PAIRS * share / _PARTS))
                for part in range(_PARTS)
            ]
            self.groups: dict[tuple[world.Medium, int], list[list[Document]]] = {}
            for (medium, i, _), job in jobs.items():
                self.groups.setdefault((medium, i), []).extend(job.result())
            self.pairs = [pair for job in pairs for pair in job.result()]

    def some(self, rng: random.Random, medium: world.Medium, count: int) -> list[Document]:
        """`count` unrelated documents of one medium and one shape; all there are of a small pool."""
        families = self.groups[shape_of(rng, self.groups, medium)]
        families = rng.sample(families, min(count, len(families)))
        return [rng.choice(family) for family in families]


def shape_of(
    rng: random.Random, groups: Mapping[tuple[world.Medium, int], object], medium: world.Medium
) -> tuple[world.Medium, int]:
    """One of the medium's groups, as often as its shape is used."""
    keys = [key for key in groups if key[0] == medium]
    return rng.choices(keys, [SHAPES[medium][key[1]][2] for key in keys])[0]

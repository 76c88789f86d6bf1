"""The small world that the tiny checkpoints live in: scenes as facts, and what can be said of them.

A `Scene` is a handful of facts: up to three groups of things (noun, colour, count, size, place), a
background, a motion, one or two written words, and the medium that shows it all (a picture, a
screenshot, a page, a clip or a text). `tiny_drawing` turns a scene into pixels. A `Caption` says some of
these facts in English, German or Chinese (`tiny_phrases`) and remembers which ones, so that whether *any*
caption is true of *any* scene is decided by comparing facts (`satisfies`), never by guessing. Training masks
false negatives with it, and the benchmarks grade with it.

Everything is drawn from a `random.Random`, so a seed is a world.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

Language: TypeAlias = Literal["en", "de", "zh"]
Medium: TypeAlias = Literal["picture", "screenshot", "page", "clip", "text"]
MEDIA: tuple[Medium, ...] = ("picture", "screenshot", "page", "clip", "text")


@dataclass(frozen=True, slots=True)
class Noun:
    """A thing that can be drawn, and its names."""

    en: str
    en_plural: str
    de: str
    de_plural: str
    gender: Literal["m", "f", "n"]
    zh: str
    measure: str
    also: str = ""  # an English synonym


NOUNS: tuple[Noun, ...] = (
    Noun("circle", "circles", "Kreis", "Kreise", "m", "圆", "个", "disc"),
    Noun("square", "squares", "Quadrat", "Quadrate", "n", "方块", "个"),
    Noun("triangle", "triangles", "Dreieck", "Dreiecke", "n", "三角形", "个"),
    Noun("star", "stars", "Stern", "Sterne", "m", "星星", "颗"),
    Noun("heart", "hearts", "Herz", "Herzen", "n", "心", "颗"),
    Noun("cross", "crosses", "Kreuz", "Kreuze", "n", "十字", "个"),
    Noun("ring", "rings", "Ring", "Ringe", "m", "圆环", "个"),
    Noun("house", "houses", "Haus", "Häuser", "n", "房子", "座", "home"),
    Noun("tree", "trees", "Baum", "Bäume", "m", "树", "棵"),
    Noun("sun", "suns", "Sonne", "Sonnen", "f", "太阳", "个"),
    Noun("moon", "moons", "Mond", "Monde", "m", "月亮", "个"),
    Noun("car", "cars", "Auto", "Autos", "n", "汽车", "辆", "automobile"),
    Noun("boat", "boats", "Boot", "Boote", "n", "船", "艘", "ship"),
    Noun("cat", "cats", "Katze", "Katzen", "f", "猫", "只", "kitten"),
    Noun("fish", "fish", "Fisch", "Fische", "m", "鱼", "条"),
    Noun("flower", "flowers", "Blume", "Blumen", "f", "花", "朵"),
    Noun("bird", "birds", "Vogel", "Vögel", "m", "鸟", "只"),
    Noun("cup", "cups", "Tasse", "Tassen", "f", "杯子", "个", "mug"),
    Noun("umbrella", "umbrellas", "Regenschirm", "Regenschirme", "m", "雨伞", "把"),
    Noun("mushroom", "mushrooms", "Pilz", "Pilze", "m", "蘑菇", "个"),
    Noun("bottle", "bottles", "Flasche", "Flaschen", "f", "瓶子", "个"),
    Noun("arrow", "arrows", "Pfeil", "Pfeile", "m", "箭头", "个"),
)

COLOURS: tuple[tuple[str, str, str, tuple[int, int, int]], ...] = (
    ("red", "rot", "红色", (214, 40, 40)),
    ("orange", "orangefarben", "橙色", (247, 127, 0)),
    ("yellow", "gelb", "黄色", (250, 214, 40)),
    ("green", "grün", "绿色", (34, 139, 60)),
    ("blue", "blau", "蓝色", (36, 82, 210)),
    ("purple", "lilafarben", "紫色", (130, 50, 170)),
    ("pink", "rosafarben", "粉色", (250, 140, 185)),
    ("brown", "braun", "棕色", (125, 78, 40)),
    ("white", "weiß", "白色", (252, 252, 252)),
    ("black", "schwarz", "黑色", (20, 20, 20)),
)

# English, German, Chinese, and the colours that would not be seen on it.
BACKGROUNDS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("on a white background", "auf weißem Hintergrund", "白色背景", ("white",)),
    ("on a grey background", "auf grauem Hintergrund", "灰色背景", ()),
    ("on a blue background", "auf blauem Hintergrund", "蓝色背景", ("blue",)),
    ("at night", "bei Nacht", "夜晚", ("black",)),
    ("on a beach", "am Strand", "海滩上", ("yellow",)),
    ("in a meadow", "auf einer Wiese", "草地上", ("green",)),
    ("in the snow", "im Schnee", "雪地里", ("white",)),
)

SIZES = (("small", "klein", "小"), ("large", "groß", "大"))
SIZE_SYNONYMS = {"small": "little", "large": "big"}

PLACES: tuple[tuple[str, str, str], ...] = (
    ("at the top left", "oben links", "左上角"),
    ("at the top right", "oben rechts", "右上角"),
    ("at the bottom left", "unten links", "左下角"),
    ("at the bottom right", "unten rechts", "右下角"),
    ("in the middle", "in der Mitte", "中间"),
)
MIDDLE = 4

MOTIONS: tuple[tuple[str, str, str], ...] = (
    ("", "", ""),
    ("moves from left to right", "bewegt sich von links nach rechts", "从左向右移动"),
    ("moves from right to left", "bewegt sich von rechts nach links", "从右向左移动"),
    ("rises", "steigt auf", "上升"),
    ("falls down", "fällt herunter", "落下"),
    ("grows", "wird größer", "变大"),
    ("shrinks", "wird kleiner", "变小"),
    ("blinks", "blinkt", "闪烁"),
    ("spins", "dreht sich", "旋转"),
)
BLINKS = 7
MOTION_SYNONYMS = {
    "moves from left to right": "goes to the right",
    "moves from right to left": "goes to the left",
    "rises": "goes up",
    "falls down": "drops",
    "grows": "gets bigger",
    "shrinks": "gets smaller",
    "blinks": "appears and disappears",
    "spins": "rotates",
}

COUNTS = (
    ("", "", ""),
    ("a", "ein", "一"),
    ("two", "zwei", "两"),
    ("three", "drei", "三"),
    ("four", "vier", "四"),
)

WORDS: tuple[str, ...] = (
    "invoice", "error", "password", "meeting", "calendar", "warning", "download", "music", "ticket", "recipe",
    "budget", "contract", "holiday", "garden", "report", "school", "doctor", "flight", "hotel", "kitchen",
    "weather", "update", "backup", "server", "camera", "window", "winter", "summer", "market", "museum",
    "letter", "battery", "network", "printer", "account", "payment", "concert", "football",
    "library", "station",
)  # fmt: skip

ABSENT = 0
UNSAID = -1
MAX_THINGS = 3
MAX_WORDS = 2


@dataclass(frozen=True, slots=True)
class Thing:
    """One group of equal things. Indices into `NOUNS`, `COLOURS`, `SIZES`, `PLACES`; `UNSAID` in captions."""

    noun: int
    colour: int = UNSAID
    count: int = UNSAID
    size: int = UNSAID
    place: int = UNSAID


@dataclass(frozen=True, slots=True)
class Scene:
    """The facts. `motion` 0 is none; `words` index `WORDS`, the first is the title."""

    medium: Medium
    things: tuple[Thing, ...] = ()
    background: int = UNSAID
    motion: int = 0
    words: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Caption:
    """A sentence and the facts it says; what it leaves open is `UNSAID`, medium None when any will do."""

    text: str
    language: Language
    things: tuple[Thing, ...] = ()
    medium: Medium | None = None
    background: int = UNSAID
    motion: int = UNSAID
    words: tuple[int, ...] = ()


# --- scenes -----------------------------------------------------------------------------------------------


def is_held_out(noun: int, colour: int) -> bool:
    """Pairs that no training scene or caption ever shows: one in eleven, so that a test can ask for them."""
    return (noun * 7 + colour * 3) % 11 == 0


def random_scene(rng: random.Random, medium: Medium, *, held_out: bool | None = False) -> Scene:
    """Draw a scene.

    Args:
        held_out: False never uses a held-out pair of noun and colour (training), True uses at least one
            where the medium shows things, None does not care.
    """
    while True:
        scene = _draw(rng, medium)
        pairs = [is_held_out(thing.noun, thing.colour) for thing in scene.things]
        if held_out is None or not pairs or any(pairs) == held_out:
            return scene


def _draw(rng: random.Random, medium: Medium) -> Scene:
    if medium == "screenshot":
        words = tuple(rng.sample(range(len(WORDS)), rng.choice((1, 2))))
        return Scene(medium, background=UNSAID, words=words)
    background = rng.randrange(len(BACKGROUNDS))
    if medium == "page":
        drawn = (_thing(rng, UNSAID, MIDDLE, count=1),) if rng.random() < 0.5 else ()
        return Scene(medium, drawn, words=(rng.randrange(len(WORDS)),))
    if medium == "clip":
        thing = replace(_thing(rng, background, UNSAID, count=1), size=UNSAID)
        return Scene(medium, (thing,), background, motion=rng.randrange(1, len(MOTIONS)))
    n = rng.choice((1, 1, 2, 2, 2, 3))
    places = [MIDDLE] if n == 1 and rng.random() < 0.4 else rng.sample(range(4), n)
    things = tuple(_thing(rng, background, place) for place in places)
    if len({thing.noun for thing in things}) < n:
        return _draw(rng, medium)  # two groups of one noun would make "a red car" and its count ambiguous
    words = (rng.randrange(len(WORDS)),) if medium == "text" and rng.random() < 0.5 else ()
    return Scene(medium, things, background, words=words)


def _thing(rng: random.Random, background: int, place: int, count: int | None = None) -> Thing:
    hidden = BACKGROUNDS[background][3] if background != UNSAID else ("white",)
    colours = [i for i, colour in enumerate(COLOURS) if colour[0] not in hidden]
    return Thing(
        noun=rng.randrange(len(NOUNS)),
        colour=rng.choice(colours),
        count=count or rng.choice((1, 1, 1, 2, 3, 4)),
        size=rng.randrange(2),
        place=place,
    )


def change_one_fact(rng: random.Random, scene: Scene, *, held_out: bool | None = None) -> Scene:
    """A hard negative: the same scene with one attribute, word, motion or background different.

    Args:
        held_out: False never makes a held-out pair of noun and colour (training), None does not care.
    """
    while True:
        changed = _change(rng, scene)
        new = any(is_held_out(thing.noun, thing.colour) for thing in changed.things)
        if changed != scene and (held_out is None or new == held_out):
            return changed


def family(rng: random.Random, medium: Medium, size: int) -> list[Scene]:
    """A scene to train on and others that differ from it in one fact each, all distinct."""
    first = random_scene(rng, medium)
    members = [first]
    while len(members) < size:
        other = change_one_fact(rng, first, held_out=False)
        if other not in members:
            members.append(other)
    return members


def _change(rng: random.Random, scene: Scene) -> Scene:
    choices = ["things"] * 4 * bool(scene.things) + ["words"] * 3 * bool(scene.words)
    choices += ["motion"] * 4 * bool(scene.motion) + ["background"] * (scene.background != UNSAID)
    match rng.choice(choices):
        case "words":
            words = list(scene.words)
            words[rng.randrange(len(words))] = rng.choice([i for i in range(len(WORDS)) if i not in words])
            return replace(scene, words=tuple(words))
        case "motion":
            return replace(scene, motion=rng.randrange(1, len(MOTIONS)))
        case "background":
            seen = {COLOURS[thing.colour][0] for thing in scene.things}
            fitting = [i for i, b in enumerate(BACKGROUNDS) if not seen & set(b[3])]
            return replace(scene, background=rng.choice(fitting))
    things = list(scene.things)
    i = rng.randrange(len(things))
    if len(things) > 1 and rng.random() < 0.25:
        return exchange_colours(scene, i)
    new = _thing(
        rng, scene.background, things[i].place, count=1 if scene.medium in ("clip", "page") else None
    )
    attribute = rng.choice(("noun", "colour", "count", "size", "place"))
    if attribute == "place":
        taken = {thing.place for thing in things}
        free = [p for p in range(4) if p not in taken]
        if scene.medium in ("clip", "page") or not free:
            return scene
        things[i] = replace(things[i], place=rng.choice(free))
    elif attribute == "size" and scene.medium == "clip":
        return scene
    else:
        things[i] = replace(things[i], **{attribute: getattr(new, attribute)})
    return replace(scene, things=tuple(things))


def exchange_colours(scene: Scene, i: int) -> Scene:
    """Of several things the one at `i` and the next exchange colours: the same words, bound differently."""
    things = list(scene.things)
    j = (i + 1) % len(things)
    things[i], things[j] = (
        replace(things[i], colour=things[j].colour),
        replace(things[j], colour=things[i].colour),
    )
    return replace(scene, things=tuple(things))


# --- facts as numbers -------------------------------------------------------------------------------------


def facts_of(scenes: Sequence[Scene | Caption]) -> NDArray[np.int8]:
    """int8 `[n, 20]`: three of (noun, colour, count, size, place), then medium, background, motion, words.

    In a caption -1 means "not said"; in a scene -1 means "does not have it".
    """
    table = np.full((len(scenes), MAX_THINGS * 5 + 3 + MAX_WORDS), UNSAID, np.int8)
    for row, scene in zip(table, scenes, strict=True):
        for i, thing in enumerate(scene.things):
            row[i * 5 : i * 5 + 5] = (thing.noun, thing.colour, thing.count, thing.size, thing.place)
        row[15] = MEDIA.index(scene.medium) if scene.medium else UNSAID
        row[16], row[17] = scene.background, scene.motion
        row[18 : 18 + len(scene.words)] = scene.words
    return table


def satisfies(captions: NDArray[np.int8], scenes: NDArray[np.int8]) -> NDArray[np.bool_]:
    """bool `[captions, scenes]`: is the caption true of the scene? Both as `facts_of` gives them."""
    said = captions[:, :15].reshape(-1, 1, MAX_THINGS, 1, 5)
    shown = scenes[:, :15].reshape(1, -1, 1, MAX_THINGS, 5)
    thing = ((said == UNSAID) | (said == shown)).all(-1).any(-1)  # [c, s, caption's thing]
    missing = captions[:, None, 0:15:5] == UNSAID  # the caption has no such thing
    whole = captions[:, None, 15:18]
    words = captions[:, None, 18:20, None]
    parts: list[NDArray[np.bool_]] = [
        thing | missing,
        (whole == UNSAID) | (whole == scenes[None, :, 15:18]),
        (words == UNSAID)[..., 0] | (words == scenes[None, :, None, 18:20]).any(-1),
    ]
    true: NDArray[np.bool_] = np.all(np.concatenate(parts, axis=-1), axis=-1)
    return true

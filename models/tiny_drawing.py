"""Turns the facts of a `tiny_world.Scene` into pixels: pictures, screenshots, pages and the frames of a clip.

Nouns are short lists of shapes in a box from (-1, -1) to (1, 1); a shape is filled with the thing's colour,
a darker tone of it, or a colour of its own. Everything else (exact place, size, tones, texture of the
background) is jittered with the given `random.Random`, so one scene has any number of pictures.
"""

import math
import random
from collections.abc import Sequence
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from models.inputs import Clip, Pixels
from models.tiny_world import COLOURS, NOUNS, WORDS, Scene, Thing

Colour = tuple[int, int, int]
Point = tuple[float, float]


def _ngon(n: int, radius: float = 1.0, inner: float | None = None, turn: float = -90.0) -> list[Point]:
    points = []
    for i in range(n * 2 if inner else n):
        r = inner if inner and i % 2 else radius
        angle = math.radians(turn + i * 360 / (n * 2 if inner else n))
        points.append((r * math.cos(angle), r * math.sin(angle)))
    return points


def _oval(x0: float, y0: float, x1: float, y1: float, start: float = 0.0, stop: float = 360.0) -> list[Point]:
    cx, cy, rx, ry = (x0 + x1) / 2, (y0 + y1) / 2, (x1 - x0) / 2, (y1 - y0) / 2
    steps = [math.radians(start + (stop - start) * i / 24) for i in range(25)]
    return [(cx + rx * math.cos(a), cy + ry * math.sin(a)) for a in steps]


def _box(x0: float, y0: float, x1: float, y1: float) -> list[Point]:
    return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]


_HEART = [
    (
        16 / 17 * math.sin(t) ** 3,
        -(13 * math.cos(t) - 5 * math.cos(2 * t) - 2 * math.cos(3 * t) - math.cos(4 * t)) / 16,
    )
    for t in (i * math.tau / 40 for i in range(40))
]
_RING = [*_oval(-1, -1, 1, 1), *reversed(_oval(-0.5, -0.5, 0.5, 0.5))]
_MOON = [*_oval(-0.9, -1, 1.1, 1, 60, 300), *reversed(_oval(-0.25, -0.86, 1.3, 0.86, 90, 270))]

_PARTS: dict[str, list[tuple[list[Point], str | Colour]]] = {
    "circle": [(_oval(-1, -1, 1, 1), "main")],
    "square": [(_box(-0.85, -0.85, 0.85, 0.85), "main")],
    "triangle": [(_ngon(3, 1.1), "main")],
    "star": [(_ngon(5, 1.1, 0.45), "main")],
    "heart": [(_HEART, "main")],
    "cross": [(_box(-0.3, -1, 0.3, 1), "main"), (_box(-1, -0.3, 1, 0.3), "main")],
    "ring": [(_RING, "main")],
    "house": [
        (_box(-0.75, -0.15, 0.75, 1), "main"),
        ([(-1, -0.1), (0, -1.05), (1, -0.1)], "dark"),
        (_box(-0.2, 0.35, 0.2, 1), (90, 60, 40)),
    ],
    "tree": [
        (_box(-0.18, 0.2, 0.18, 1.05), (110, 70, 35)),
        ([(-0.85, 0.4), (0, -0.5), (0.85, 0.4)], "main"),
        ([(-0.65, -0.2), (0, -1.1), (0.65, -0.2)], "main"),
    ],
    "sun": [(_ngon(10, 1.1, 0.62), "main"), (_oval(-0.5, -0.5, 0.5, 0.5), "dark")],
    "moon": [(_MOON, "main")],
    "car": [
        ([(-1.1, 0.5), (-1.1, 0), (-0.6, -0.05), (-0.35, -0.55), (0.4, -0.55), (0.7, -0.05), (1.1, 0.05),
          (1.1, 0.5)], "main"),
        (_box(-0.25, -0.42, 0.3, -0.08), (190, 225, 240)),
        (_oval(-0.85, 0.2, -0.25, 0.8), (30, 30, 30)),
        (_oval(0.25, 0.2, 0.85, 0.8), (30, 30, 30)),
    ],
    "boat": [
        ([(-1.1, 0.35), (1.1, 0.35), (0.65, 0.95), (-0.65, 0.95)], "dark"),
        ([(0.05, -1.1), (0.05, 0.2), (0.9, 0.2)], "main"),
        ([(-0.08, -0.8), (-0.08, 0.2), (-0.75, 0.2)], "main"),
    ],
    "cat": [
        (_oval(-0.6, -0.1, 0.6, 1.05), "main"),
        ([(-0.62, -1.1), (-0.05, -0.7), (-0.55, -0.3)], "main"),
        ([(0.62, -1.1), (0.05, -0.7), (0.55, -0.3)], "main"),
        (_oval(-0.58, -0.85, 0.58, 0.2), "main"),
        (_oval(-0.35, -0.5, -0.12, -0.22), (240, 250, 170)),
        (_oval(0.12, -0.5, 0.35, -0.22), (240, 250, 170)),
        ([(0.5, 0.9), (1.05, 0.3), (1.15, 0.45), (0.65, 1.05)], "dark"),
    ],
    "fish": [
        (_oval(-1.1, -0.55, 0.6, 0.55), "main"),
        ([(0.4, 0), (1.15, -0.6), (1.15, 0.6)], "dark"),
        (_oval(-0.85, -0.25, -0.6, 0), (255, 255, 255)),
    ],
    "flower": [
        (_box(-0.07, 0, 0.07, 1.1), (40, 120, 50)),
        *[(_oval(x - 0.36, y - 0.36, x + 0.36, y + 0.36), "main") for x, y in
          ((r[0] * 0.5, r[1] * 0.5 - 0.4) for r in _ngon(5))],
        (_oval(-0.24, -0.64, 0.24, -0.16), (240, 190, 40)),
    ],
    "bird": [
        (_oval(-0.7, -0.35, 0.6, 0.6), "main"),
        (_oval(0.2, -0.85, 0.9, -0.15), "main"),
        ([(0.85, -0.6), (1.2, -0.45), (0.85, -0.3)], (240, 150, 30)),
        ([(-0.6, 0.1), (-1.2, -0.3), (-1.1, 0.4)], "dark"),
        ([(-0.35, 0.0), (0.3, 0.0), (-0.4, -1.0)], "dark"),
    ],
    "cup": [
        ([(-0.85, -0.75), (0.5, -0.75), (0.3, 0.85), (-0.65, 0.85)], "main"),
        ([*_oval(0.15, -0.55, 1.1, 0.45, -90, 90), *reversed(_oval(0.2, -0.25, 0.8, 0.2, -90, 90))], "dark"),
    ],
    "umbrella": [
        (_box(-0.06, -0.2, 0.06, 0.95), (70, 60, 60)),
        ([(-0.06, 0.95), (0.35, 0.95), (0.35, 0.7), (0.47, 0.7), (0.47, 1.07), (-0.06, 1.07)], (70, 60, 60)),
        (_oval(-1.1, -1.0, 1.1, 0.9, 180, 360), "main"),
    ],
    "mushroom": [
        (_box(-0.3, -0.1, 0.3, 1), (240, 228, 205)),
        (_oval(-1.05, -1.0, 1.05, 0.8, 180, 360), "main"),
        (_oval(-0.55, -0.65, -0.2, -0.3), (250, 250, 250)),
        (_oval(0.15, -0.75, 0.5, -0.4), (250, 250, 250)),
    ],
    "bottle": [
        (_box(-0.18, -1.1, 0.18, -0.5), "dark"),
        ([(-0.18, -0.55), (0.18, -0.55), (0.5, -0.1), (0.5, 1.05), (-0.5, 1.05), (-0.5, -0.1)], "main"),
        (_box(-0.5, 0.2, 0.5, 0.65), (245, 240, 225)),
    ],
    "arrow": [
        ([(-1.1, -0.28), (0.1, -0.28), (0.1, -0.8), (1.1, 0), (0.1, 0.8), (0.1, 0.28), (-1.1, 0.28)], "main"),
    ],
}  # fmt: skip

_SPOTS: tuple[tuple[Point, ...], ...] = (
    ((0, 0),),
    ((-0.5, 0), (0.5, 0)),
    ((-0.5, 0.45), (0.5, 0.45), (0, -0.5)),
    ((-0.5, -0.5), (0.5, -0.5), (-0.5, 0.5), (0.5, 0.5)),
)
QUADRANTS = ((0.25, 0.27), (0.75, 0.27), (0.25, 0.75), (0.75, 0.75), (0.5, 0.5))
SMALL, LARGE = 0.09, 0.185  # half the height of a thing, in units of the picture's shorter side


def _jitter(rng: random.Random, colour: Sequence[int], by: int = 14) -> Colour:
    r, g, b = (max(0, min(255, c + rng.randint(-by, by))) for c in colour)
    return r, g, b


def _shape(
    draw: Any,
    noun: int,
    colour: Colour,
    x: float,
    y: float,
    size: float,
    turn: float = 0.0,
    outline: Colour | None = None,
) -> None:
    cos, sin = math.cos(turn) * size, math.sin(turn) * size
    dark = tuple(int(c * 0.72) for c in colour)
    for points, fill in _PARTS[NOUNS[noun].en]:
        placed = [(x + px * cos - py * sin, y + px * sin + py * cos) for px, py in points]
        paint = colour if fill == "main" else dark if fill == "dark" else fill
        draw.polygon(placed, fill=paint)
        if outline:
            draw.line([*placed, placed[0]], fill=outline, width=max(1, round(size / 14)))


def _background(rng: random.Random, background: int, width: int, height: int) -> Image.Image:
    flat = {0: (250, 250, 250), 1: (150, 152, 156), 2: (120, 170, 235)}
    if background in flat:
        return Image.new("RGB", (width, height), _jitter(rng, flat[background], 5))
    sky, ground = {
        3: ((18, 22, 52), (30, 30, 48)),
        4: ((150, 210, 240), (236, 214, 160)),
        5: ((160, 212, 245), (128, 196, 96)),
        6: ((200, 216, 232), (244, 247, 251)),
    }[background]
    image = Image.new("RGB", (width, height), _jitter(rng, sky, 8))
    draw = ImageDraw.Draw(image)
    horizon = height * rng.uniform(0.42, 0.62)
    draw.rectangle((0, horizon, width, height), fill=_jitter(rng, ground, 8))
    scatter = {3: ((235, 235, 200), 0.0, horizon), 6: ((255, 255, 255), 0.0, height)}.get(background)
    if scatter:
        dot = max(1.0, min(width, height) / 160)
        for _ in range(24):
            x, y = rng.uniform(0, width), rng.uniform(scatter[1], scatter[2])
            draw.ellipse((x - dot, y - dot, x + dot, y + dot), fill=scatter[0])
    if background == 4:  # a strip of sea below the sky
        draw.rectangle((0, horizon - height * 0.08, width, horizon), fill=_jitter(rng, (50, 130, 190), 8))
    return image


def _outline(background: int) -> Colour:
    return (225, 225, 225) if background == 3 else (45, 45, 45)


def _group(rng: random.Random, draw: Any, thing: Thing, width: int, height: int, background: int) -> None:
    unit = min(width, height)
    size = (LARGE if thing.size else SMALL) * unit * rng.uniform(0.93, 1.07)
    cx, cy = QUADRANTS[thing.place][0] * width, QUADRANTS[thing.place][1] * height
    cx, cy = cx + rng.uniform(-0.04, 0.04) * unit, cy + rng.uniform(-0.03, 0.03) * unit
    step = min(size * 2.3, unit * 0.275)
    size = min(size, step / 2 * 0.97) if thing.count > 1 else size
    spots = _SPOTS[thing.count - 1]
    colour = _jitter(rng, COLOURS[thing.colour][3])
    for dx, dy in spots:
        _shape(
            draw,
            thing.noun,
            colour,
            cx + dx * step,
            cy + dy * step,
            size,
            rng.uniform(-0.12, 0.12),
            _outline(background),
        )


def draw_picture(rng: random.Random, scene: Scene, width: int, height: int) -> Image.Image:
    """RGB picture of a scene's things on its background, `width` x `height` pixels."""
    image = _background(rng, scene.background, width, height)
    draw = ImageDraw.Draw(image)
    for thing in scene.things:
        _group(rng, draw, thing, width, height, scene.background)
    return image


def _write(draw: Any, text: str, x: float, y: float, width: float, height: float, fill: Colour) -> None:
    font = ImageFont.load_default(100)
    size = min(height, 100 * width / font.getlength(text))
    draw.text((x, y + (height - size) / 2), text, fill=fill, font=ImageFont.load_default(max(6.0, size)))


def _lines(
    rng: random.Random, draw: Any, x: float, y: float, width: float, n: int, step: float, fill: Colour
) -> None:
    for i in range(n):
        draw.rectangle(
            (x, y + i * step, x + width * rng.uniform(0.55, 1.0), y + i * step + step * 0.35), fill=fill
        )


def _cased(rng: random.Random, word: str) -> str:
    return rng.choice((word, word.capitalize()))


def draw_screenshot(rng: random.Random, scene: Scene, width: int, height: int) -> Image.Image:
    """A window on a desktop with the scene's words in it, in a light or dark theme."""
    dark = rng.random() < 0.4
    paper, ink = ((38, 40, 46), (235, 236, 240)) if dark else ((248, 248, 250), (28, 30, 36))
    grey = (88, 92, 100) if dark else (200, 204, 210)
    image = Image.new("RGB", (width, height), _jitter(rng, (70, 110, 150), 40))
    draw = ImageDraw.Draw(image)
    x0, y0 = width * rng.uniform(0.02, 0.03), height * rng.uniform(0.02, 0.03)
    x1, y1 = width * rng.uniform(0.97, 0.98), height * rng.uniform(0.96, 0.98)
    bar = height * 0.1
    draw.rectangle((x0, y0, x1, y1), fill=paper)
    draw.rectangle((x0, y0, x1, y0 + bar), fill=_jitter(rng, (90, 96, 108), 30))
    for i in range(3):
        draw.ellipse(
            (x0 + bar * (0.35 + i * 0.7), y0 + bar * 0.3, x0 + bar * (0.75 + i * 0.7), y0 + bar * 0.7),
            fill=(230, 230, 230),
        )
    left, wide = x0 + width * 0.04, (x1 - x0) - width * 0.08
    top = y0 + bar + height * 0.06
    for word in scene.words:
        _write(draw, _cased(rng, WORDS[word]), left, top, wide * rng.uniform(0.96, 1.0), height * 0.32, ink)
        top += height * 0.33
    _lines(
        rng,
        draw,
        left,
        top + height * 0.06,
        wide,
        int((y1 - top) / (height * 0.075)) - 1,
        height * 0.07,
        grey,
    )
    return image


def draw_page(rng: random.Random, scene: Scene, width: int, height: int) -> Image.Image:
    """A sheet of paper with a heading, lines of text and perhaps a drawing of one thing."""
    image = Image.new("RGB", (width, height), _jitter(rng, (250, 250, 247), 4))
    draw = ImageDraw.Draw(image)
    left, wide = width * 0.09, width * 0.82
    _write(
        draw,
        _cased(rng, WORDS[scene.words[0]]),
        left,
        height * 0.06,
        wide * rng.uniform(0.96, 1.0),
        height * 0.2,
        (25, 25, 30),
    )
    top = height * 0.29
    for thing in scene.things:
        size = (LARGE if thing.size else SMALL) * 1.1 * width
        colour = _jitter(rng, COLOURS[thing.colour][3])
        _shape(
            draw,
            thing.noun,
            colour,
            width * rng.uniform(0.4, 0.6),
            top + height * 0.17,
            size,
            0,
            (45, 45, 45),
        )
        top += height * 0.36
    _lines(
        rng,
        draw,
        left,
        top + height * 0.02,
        wide,
        int((height * 0.93 - top) / (height * 0.05)),
        height * 0.05,
        (165, 167, 172),
    )
    return image


def draw_clip(
    rng: random.Random, scene: Scene, width: int, height: int, times: Sequence[float], seconds: float
) -> Clip:
    """The frames of a scene's one thing as it moves, at `times` of a clip that lasts `seconds`."""
    thing = scene.things[0]
    unit = min(width, height)
    size = unit * rng.uniform(0.17, 0.22)
    x, y = width * rng.uniform(0.4, 0.6), height * rng.uniform(0.42, 0.58)
    colour = _jitter(rng, COLOURS[thing.colour][3])
    far_x, far_y = width * rng.uniform(0.28, 0.36), height * rng.uniform(0.26, 0.34)
    scenery = _background(rng, scene.background, width, height)
    frames: list[Pixels] = []
    for time in times:
        at = time / seconds
        way = at * 2 - 1  # from -1 to 1
        px, py, ps, turn, shown = x, y, size, 0.0, True
        match scene.motion:
            case 1 | 2:
                px = width / 2 + far_x * (way if scene.motion == 1 else -way)
            case 3 | 4:
                py = height / 2 + far_y * (-way if scene.motion == 3 else way)
            case 5 | 6:
                ps = size * (0.45 + 1.25 * (at if scene.motion == 5 else 1 - at))
            case 7:
                shown = int(at * 8 + 0.01) % 4 < 2
            case 8:
                turn = at * math.tau
        image = scenery.copy()
        if shown:
            _shape(ImageDraw.Draw(image), thing.noun, colour, px, py, ps, turn, _outline(scene.background))
        frames.append(np.asarray(image))
    return Clip(tuple(frames), tuple(times))


def draw(rng: random.Random, scene: Scene, width: int, height: int) -> Image.Image:
    """The scene as a still in its medium: a picture, a screenshot or a page."""
    return {"screenshot": draw_screenshot, "page": draw_page}.get(scene.medium, draw_picture)(
        rng, scene, width, height
    )

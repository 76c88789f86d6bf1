"""Painted pictures that stand for what the engine's cache holds, and hits that point at them."""

import math
import random
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QLinearGradient, QPainter, QPainterPath, QPen

from indexer.messages.result_messages import Hit, Relevance, Segment

NOON = 1_720_778_400.0


def landscape(width: int, height: int, seed: int, sun: float = 0.5) -> QImage:
    """Sky, sun and hills in the colours of a seed."""
    rng = random.Random(seed)
    hue = rng.random()
    image = QImage(width, height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    sky = QLinearGradient(0, 0, 0, height)
    sky.setColorAt(0, QColor.fromHsvF(hue, 0.45, 0.75))
    sky.setColorAt(0.7, QColor.fromHsvF((hue + 0.08) % 1, 0.22, 0.98))
    painter.fillRect(image.rect(), sky)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor.fromHsvF(0.12, 0.35, 1.0))
    radius = height * 0.09
    painter.drawEllipse(QPointF(width * sun, height * (0.55 - 0.3 * math.sin(sun * math.pi))), radius, radius)
    for layer in range(4):
        base = height * (0.52 + 0.12 * layer)
        path = QPainterPath(QPointF(0, height))
        phase, waves = rng.random() * 6, 1.5 + rng.random() * 2.5
        for step in range(41):
            x = width * step / 40
            path.lineTo(x, base + height * 0.07 * math.sin(phase + waves * step / 6))
        path.lineTo(width, height)
        painter.setBrush(
            QColor.fromHsvF((hue + 0.35 + 0.03 * layer) % 1, 0.4 + 0.1 * layer, 0.7 - 0.13 * layer)
        )
        painter.drawPath(path)
    painter.end()
    return image


def page(width: int, height: int, seed: int) -> QImage:
    """A heading, paragraphs and sometimes a chart."""
    rng = random.Random(seed)
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#fdfdfb"))
    painter = QPainter(image)
    margin = width * 0.11
    painter.fillRect(
        QRectF(margin, height * 0.08, width * rng.uniform(0.35, 0.6), height * 0.025), QColor("#23272f")
    )
    y = height * 0.15
    while y < height * 0.9:
        if rng.random() < 0.05:
            painter.fillRect(
                QRectF(margin, y, width * 0.78, height * 0.18), QColor.fromHsvF(rng.random(), 0.25, 0.93)
            )
            y += height * 0.2
        length = 0.78 if rng.random() > 0.2 else rng.uniform(0.2, 0.6)
        painter.fillRect(QRectF(margin, y, width * length, height * 0.008), QColor("#9aa0aa"))
        y += height * 0.02
    painter.end()
    return image


def screen(width: int, height: int, seed: int) -> QImage:
    """A window with a sidebar and rows."""
    rng = random.Random(seed)
    dark = seed % 2 == 0
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#1f2430" if dark else "#eef1f6"))
    painter = QPainter(image)
    painter.fillRect(QRectF(0, 0, width, height * 0.08), QColor("#2c3345" if dark else "#ffffff"))
    painter.fillRect(QRectF(0, height * 0.08, width * 0.22, height), QColor("#272d3b" if dark else "#e1e6ee"))
    for row in range(11):
        tone = QColor.fromHsvF(rng.random(), 0.5, 0.8)
        painter.fillRect(
            QRectF(width * 0.26, height * (0.14 + row * 0.075), height * 0.045, height * 0.045), tone
        )
        grey = QColor("#5a6478" if dark else "#aab2c0")
        painter.fillRect(
            QRectF(width * 0.31, height * (0.15 + row * 0.075), width * rng.uniform(0.2, 0.6), height * 0.02),
            grey,
        )
    painter.setPen(QPen(QColor("#ffffff" if dark else "#30343c")))
    painter.setFont(QFont("sans-serif", max(6, height // 40)))
    painter.drawText(QRectF(width * 0.03, 0, width, height * 0.08), Qt.AlignmentFlag.AlignVCenter, "Settings")
    painter.end()
    return image


NAMES = (
    "IMG_20240712_190233.jpg",
    "beach at sunset.jpg",
    "DSC04512.jpg",
    "Lofoten-2023-08-14-panorama-stitched-final-v2.jpg",
    "grandma's garden.heic",
    "P1010877.jpg",
    "Wanderung Königssee.jpg",
    "海边的日落.jpg",
    "IMG_0042.png",
    "scan-0007.jpg",
)
SCREENS = ("Screenshot from 2024-03-02 11-20-44.png", "error dialog.png", "Bildschirmfoto 2024-05-11.png")
VIDEOS = ("VID_20240712_191002.mp4", "first steps.mov", "drone over the lake.mp4")
DOCUMENTS = (
    "Rental agreement 2023.pdf",
    "attention-is-all-you-need.pdf",
    "Quarterly report Q3 (final) (2).pdf",
)
SNIPPET = (
    "The tenant pays the deposit of three months' rent before the keys are handed over; it is returned …"
)


def hits(folder: Path, count: int, *, searched: bool = True) -> tuple[Hit, ...]:
    """Of every kind, with pictures on the disk; the first ones are the sure ones."""
    return tuple(_hit(folder, number, count, searched) for number in range(count))


def _hit(folder: Path, number: int, count: int, searched: bool) -> Hit:
    relevance: Relevance = "strong" if number < count // 3 else "possible"
    matched = (("meaning", "words", "name") if number % 7 == 0 else ("meaning",)) if searched else ()
    base = {"score": 1 - number / (count + 1), "relevance": relevance, "matched": matched}
    when = {"modified": NOON - number * 86_400.0 * 3.3, "size_bytes": 240_000 + number * 91_337}
    kind = number % 10
    if kind == 3:
        return _video(folder, number, base | when)
    if kind in (5, 8):
        return _document(folder, number, base | when)
    if kind == 6:
        return _picture(folder, number, "screenshot", SCREENS[number // 10 % 3], (1920, 1080), base | when)
    size = ((4000, 3000), (3000, 4000), (6000, 2000), (4000, 2667))[number % 4]
    return _picture(folder, number, "photo", NAMES[number % len(NAMES)], size, base | when)


def _save(image: QImage, path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        image.save(str(path), quality=85)
    return str(path)


def _picture(folder: Path, number: int, kind: str, name: str, size: tuple[int, int], rest: dict) -> Hit:
    draw = landscape if kind == "photo" else screen
    longest = max(size)
    small = (size[0] * 320 // longest, size[1] * 320 // longest)
    large = (size[0] * 896 // longest, size[1] * 896 // longest)
    thumbnail = _save(draw(*small, number), folder / f"{number}.jpg")
    preview = _save(draw(*large, number), folder / f"{number}.0.jpg")
    return Hit(
        path=f"/home/ada/Pictures/2024/{number:03}/{name}",
        kind=kind,
        segment=Segment("image", previews=(preview,)),
        thumbnail=thumbnail,
        width=size[0],
        height=size[1],
        **rest,
    )


def _video(folder: Path, number: int, rest: dict) -> Hit:
    thumbnail = _save(landscape(320, 180, number), folder / f"{number}.jpg")
    segments = []
    for moment, start in enumerate((42.0, 8.0, 131.0)):
        frames = tuple(
            _save(
                landscape(384, 216, number, 0.1 + 0.1 * frame + 0.05 * moment),
                folder / f"{number}.{moment}.{frame}.jpg",
            )
            for frame in range(8)
        )
        segments.append(Segment("clip", start, start + 8.0, previews=frames))
    return Hit(
        path=f"/home/ada/Videos/{VIDEOS[number // 10 % 3]}",
        kind="video",
        segment=segments[0],
        thumbnail=thumbnail,
        others=tuple(segments[1:]),
        width=1920,
        height=1080,
        duration_s=171.0,
        **rest,
    )


def _document(folder: Path, number: int, rest: dict) -> Hit:
    if number % 10 == 8:
        return Hit(
            path="/home/ada/Documents/notes/holiday packing list.md",
            kind="document",
            segment=Segment("text"),
            snippet="Things to take to the beach: towel, sun cream, the blue kite, two books, water …",
            **rest,
        )
    thumbnail = _save(page(226, 320, number), folder / f"{number}.jpg")
    found = [
        Segment(
            "page",
            page=each,
            previews=(_save(page(634, 896, number + each), folder / f"{number}.p{each}.jpg"),),
        )
        for each in (3, 7, 12)
    ]
    return Hit(
        path=f"/home/ada/Documents/{DOCUMENTS[number // 10 % 3]}",
        kind="document",
        segment=found[0],
        others=tuple(found[1:]),
        thumbnail=thumbnail,
        snippet=SNIPPET,
        pages=14,
        **rest,
    )

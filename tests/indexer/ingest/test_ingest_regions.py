import io
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ingest_files import noise, split
from PIL import Image, ImageDraw

from indexer.ingest.decoders import DecoderPool
from indexer.ingest.pictures import images, regions
from indexer.ingest.segments import Line, Sight
from indexer.messages.item_messages import Box

SEEN = 40_000


def landscape(size: tuple[int, int] = (1280, 960)) -> Image.Image:
    """A sky that gets slowly brighter: large, and nothing in it."""
    width, height = size
    rows = np.linspace(60, 220, height).astype(np.uint8)
    return Image.fromarray(np.repeat(rows[:, None], width, 1)).convert("RGB")


def with_a_bird(at: tuple[int, int], size: tuple[int, int] = (1280, 960)) -> Image.Image:
    """Something small with fine detail, somewhere."""
    picture = landscape(size)
    picture.paste(noise((160, 120)), at)
    return picture


def boxes(picture: Image.Image, seen: int = SEEN) -> list[Box]:
    return [part.box for part in regions.segments(picture, seen) if part.box is not None]


def holds(box: Box, left: float, top: float, width: float, height: float) -> bool:
    return (
        box.left <= left
        and box.top <= top
        and box.left + box.width >= left + width
        and box.top + box.height >= top + height
    )


@pytest.mark.parametrize("at", [(0, 0), (1120, 0), (560, 420), (0, 840), (1120, 840), (320, 650)])
def test_a_small_thing_in_a_large_picture_gets_a_part(at):
    first, *others = boxes(with_a_bird(at))
    assert holds(first, at[0] / 1280, at[1] / 960, 160 / 1280, 120 / 960)
    assert first.width <= 0.5
    assert len(others) <= 1, "the rest of the picture is empty"


def test_where_nothing_is_lost_there_are_no_parts():
    assert boxes(landscape()) == [], "nothing in it"
    assert boxes(with_a_bird((100, 100)), 1_000_000) == [], "the model sees nearly all of it"
    assert boxes(noise((1000, 800)), 20_000) == [], "a small picture"


def test_a_busy_picture_gets_several_parts_in_different_places_and_no_more():
    found = boxes(noise((1280, 960)))
    assert len(found) == regions.MOST
    middles = {(round(box.left + box.width / 2, 1), round(box.top + box.height / 2, 1)) for box in found}
    assert len(middles) == regions.MOST


def test_parts_cost_what_is_said():
    for seen in (24_576, 262_144):
        parts = list(regions.segments(noise((1600, 1200)), seen))
        assert len(parts) == regions.MOST
        for part in parts:
            height, width, _ = part.content.images[0].shape
            assert width * height <= max(regions.FEWEST_PIXELS, seen / 4 + 1)
            assert part.previews == ()


@given(st.integers(30, 6000), st.floats(regions.LONG, 60), st.booleans())
@settings(deadline=None)
def test_stretches_cover_a_long_picture_and_overlap(short, ratio, wide):
    size = (round(short * ratio), short) if wide else (short, round(short * ratio))
    found = regions.stretches(*size)
    assert 2 <= len(found) <= regions.MOST_STRETCHES
    spans = [(box.left, box.width) if wide else (box.top, box.height) for box in found]
    assert spans[0][0] == 0
    assert sum(spans[-1]) == pytest.approx(1, abs=2e-4)
    for (start, length), (following, _) in pairwise(spans):
        assert start < following <= start + 0.8 * length
    across = {(box.top, box.height) if wide else (box.left, box.width) for box in found}
    assert across == {(0, 1)}


@given(st.integers(1100, 1500), st.integers(1100, 1500), st.integers(0, 1000))
@settings(deadline=None, max_examples=10)
def test_every_part_lies_in_its_picture_and_shows_what_is_there(width, height, seed):
    picture = noise((width, height), seed)
    for part in regions.segments(picture, 20_000):
        box = part.box
        assert box is not None
        assert min(box.left, box.top) >= 0
        assert min(box.width, box.height) > 0
        assert max(box.left + box.width, box.top + box.height) <= 1.0001
        cut = picture.crop(
            tuple(
                round(share * side)
                for share, side in (
                    (box.left, width),
                    (box.top, height),
                    (box.left + box.width, width),
                    (box.top + box.height, height),
                )
            )
        )
        shown = Image.fromarray(part.content.images[0])
        off = np.abs(np.asarray(cut.resize((8, 8)), int) - np.asarray(shown.resize((8, 8)), int))
        assert off.mean() < 12


def test_a_panorama_is_cut_into_stretches_whatever_it_shows():
    found = boxes(landscape((3000, 600)))
    assert len(found) >= 4
    assert all(box.height == 1 for box in found)


def test_a_whole_page_on_one_screenshot_is_read_in_its_stretches_at_full_size(tmp_path: Path):
    path = tmp_path / "Screenshot_20240501.png"
    picture = Image.new("RGB", (700, 6300), "white")
    draw = ImageDraw.Draw(picture)
    for line in range(0, 6300, 60):
        draw.text((40, line + 10), f"Entry {line // 60 + 100} of the log", "black", font_size=22)
    picture.save(path)
    with DecoderPool() as pool:
        _, (whole, *parts) = split(pool.decode(path, Sight(SEEN, 2_000_000)))
        assert not whole.legible, "its print is too small"
        with Image.open(io.BytesIO(whole.previews[0])) as preview:
            assert preview.width > 250, "enough for the reranker, which sees a part of it"
        assert all(part.legible for part in parts)
        assert all(part.content.images[0].shape[1] == 700 for part in parts), "not reduced"
        last = len(parts)
        (words,) = pool.words(path, [last])
    assert words.ordinal == last
    texts = [line.text.replace(" ", "") for line in words.lines]
    assert "Entry204ofthelog" in texts, "the last line of all"
    for line in words.lines:
        number = int("".join(filter(str.isdigit, line.text)))
        assert line.box.top == pytest.approx(((number - 100) * 60 + 10) / 6300, abs=0.004)


def test_a_panorama_is_cut_from_more_pixels_than_the_whole_is_seen_in(tmp_path: Path):
    path = tmp_path / "panorama.jpg"
    landscape((6000, 1500)).save(path, quality=85)
    _, (whole, *parts) = split(images.decode(path, Sight(10_000_000, SEEN)))
    assert whole.content.images[0].shape[0] < 700
    assert len(parts) >= 3
    assert all(part.content.images[0].shape[0] > 1000 for part in parts)


def test_a_line_between_two_stretches_is_told_once():
    upper, lower = regions.stretches(300, 1500)[:2]
    assert upper.top + upper.height > lower.top, "they overlap"
    for at in np.linspace(lower.top + 0.01, upper.top + upper.height - 0.02, 7):
        told = []
        for box in (upper, lower):
            line = Line("words", Box(0.1, (at - box.top) / box.height, 0.5, 0.005 / box.height))
            told += list(regions.own_lines(box, [line]))
        assert 1 <= len(told) <= 2
        assert all(line.box.top == pytest.approx(at, abs=2e-4) for line in told)
    edge = Line("first", Box(0.1, 0.0, 0.5, 0.01))
    assert list(regions.own_lines(upper, [edge])), "nothing is above it that could show it better"


def test_parts_come_after_the_whole_and_only_if_asked_for(tmp_path: Path):
    path = tmp_path / "bird.jpg"
    with_a_bird((700, 200), (1600, 1200)).save(path, quality=92)
    _, (whole,) = split(images.decode(path))
    assert whole.box is None
    _, (first, *parts) = split(images.decode(path, Sight(SEEN, SEEN)))
    assert first.box is None
    assert [part.type for part in parts] == ["image"] * len(parts)
    assert parts
    assert parts[0].box is not None
    assert holds(parts[0].box, 700 / 1600, 200 / 1200, 160 / 1600, 120 / 1200)


def test_a_screenshot_is_seen_as_closely_as_a_page(tmp_path: Path):
    path = tmp_path / "Screenshot 2024-05-01 at 10.00.00.png"
    picture = Image.new("RGB", (1600, 900), "white")
    draw = ImageDraw.Draw(picture)
    for line in range(20):
        draw.text((40, 30 + 40 * line), "the quick brown fox jumps over the lazy dog " * 4, "black")
    picture.save(path)
    item, segments = split(images.decode(path, Sight(SEEN, 2_000_000)))
    assert item.kind == "screenshot"
    assert len(segments) == 1, "nothing is lost of a page of two megapixels"
    _, segments = split(images.decode(path, Sight(2_000_000, SEEN)))
    assert len(segments) > 1


def test_the_words_of_a_picture_are_read_once(tmp_path: Path):
    path = tmp_path / "sign.png"
    picture = with_a_bird((10, 10), (1600, 1200))
    draw = ImageDraw.Draw(picture)
    for line in range(8):
        draw.text((500, 300 + 60 * line), "CLOSED ON MONDAYS AND TUESDAYS", "black", font_size=40)
    picture.save(path)
    with DecoderPool() as pool:
        _, segments = split(pool.decode(path, Sight(SEEN, SEEN)))
    assert len(segments) > 1
    assert [segment.legible for segment in segments] == [True] + [False] * (len(segments) - 1)

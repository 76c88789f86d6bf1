"""What looks the same, or is one thing in two files, is listed once."""

import hashlib
import random
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageEnhance

from indexer.ingest.pictures.raster import jpeg
from indexer.ingest.segments import THUMBNAIL_SIDE, Item
from indexer.kinds import Kind
from indexer.store.rows import ItemRow, SegmentRow
from models import tiny_drawing as drawing
from models import tiny_world as world
from models.inputs import Input

Put = Callable[..., None]
NOON = 1_714_557_600


def scene(seed: int) -> Image.Image:
    rng = random.Random(seed)
    return drawing.draw(rng, world.random_scene(rng, "picture"), 800, 600)


def nearby(library: Any, cosine: float) -> Any:
    """A vector at this cosine to that of "red"."""
    first, other = library.embedder.embed_queries([Input(texts=("red",)), Input(texts=("other",))])
    other -= (other @ first) * first
    other /= np.linalg.norm(other)
    return (cosine * first + np.sqrt(1 - cosine**2) * other).astype(np.float32)


@pytest.fixture
def put(library: Any) -> Put:
    """Adds a file with this picture; `cosine`: of its vector to that of the first ones."""

    def add(
        name: str,
        shown: Image.Image,
        kind: Kind = "photo",
        *,
        at: float = 0.0,
        cosine: float = 1.0,
        camera: str = "",
        duration: float | None = None,
    ) -> None:
        hash = hashlib.blake2b(name.encode(), digest_size=16).hexdigest()
        id = library.pending(name)
        taken = datetime.fromtimestamp(NOON + at).isoformat()
        item = ItemRow(kind, *shown.size, duration, taken=taken, camera=camera or None)
        segment = SegmentRow("clip", start_s=0.0, end_s=duration) if kind == "video" else SegmentRow("image")
        library.store.add_content(id, hash, item, [segment], nearby(library, cosine)[None])
        library.previews.write(hash, Item(kind, jpeg(shown.convert("RGB"), THUMBNAIL_SIDE)))

    return add


@pytest.fixture
def tiles(library: Any) -> Callable[[], list[list[str]]]:
    def listed() -> list[list[str]]:
        hits = library.search("red", fold=True, rerank=False)
        return [[Path(hit.path).name, *(Path(path).name for path in hit.folded)] for hit in hits]

    return listed


def recompressed(picture: Image.Image, path: Path, quality: int) -> Image.Image:
    picture.save(path / "again.jpg", quality=quality)
    with Image.open(path / "again.jpg") as again:
        return again.convert("RGB")


def cut(picture: Image.Image, share: float) -> Image.Image:
    width, height = picture.size
    left, top = round(width * share), round(height * share)
    return picture.crop((left, top, width - left, height - top))


@pytest.mark.parametrize("seed", range(6))
def test_one_picture_reduced_recompressed_cut_and_edited_is_one(put, tiles, tmp_path, seed):
    picture = scene(seed)
    put("a.jpg", picture)
    put("half.jpg", picture.resize((400, 300), Image.Resampling.BICUBIC), cosine=0.5)
    put("poor.jpg", recompressed(picture, tmp_path, 30), cosine=0.5)
    put("cut.jpg", cut(picture, 0.02), cosine=0.97)
    put("bright.jpg", ImageEnhance.Brightness(picture).enhance(1.1), cosine=0.97)
    assert len(tiles()) == 1


@pytest.mark.parametrize("seed", range(8))
def test_what_differs_in_one_fact_is_two(put, tiles, seed):
    rng = random.Random(seed)
    one = world.random_scene(rng, "picture")
    put("a.jpg", drawing.draw(random.Random(seed), one, 800, 600))
    put("b.jpg", drawing.draw(random.Random(seed), world.change_one_fact(rng, one), 800, 600), cosine=0.9)
    assert len(tiles()) == 2


def test_where_the_picture_leaves_a_doubt_the_vectors_decide(put, tiles):
    picture = scene(3)
    put("a.jpg", picture)
    put("b.jpg", cut(picture, 0.02), cosine=0.8)
    assert len(tiles()) == 2


def form(text: str) -> Image.Image:
    """A page of a program with a line of text in it."""
    picture = Image.new("RGB", (1280, 800), "white")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, 1280, 60), fill="#334")
    draw.rectangle((0, 60, 260, 800), fill="#dde")
    for line in range(12):
        draw.text((300, 90 + 50 * line), f"The same sentence as always, number {line}", "black", font_size=24)
    draw.rectangle((300, 600, 1000, 680), fill="white")
    draw.text((310, 610), text, "black", font_size=44)
    return picture


def test_screens_that_differ_in_a_line_are_two_and_one_saved_smaller_is_not(put, tiles):
    put("a.png", form("Total: 1,204.50 EUR"), "screenshot")
    put("b.png", form("Order 77 was refused"), "screenshot")
    put("c.png", form("Total: 1,204.50 EUR").resize((960, 600), Image.Resampling.BICUBIC), "screenshot")
    assert [sorted(tile) for tile in tiles()] == [["a.png", "c.png"], ["b.png"]]


def test_a_burst_is_one_and_the_same_view_an_hour_later_is_not(put, tiles):
    picture = scene(5)
    width, height = picture.size
    for number in range(4):
        moved = round(0.02 * width * number)
        shown = picture.crop((moved, moved // 2, width - 80 + moved, height - 60 + moved // 2))
        put(f"{number}.jpg", shown, at=number, cosine=0.94, camera="EOS R5")
    later = picture.crop((0, 0, width - 80, height - 60)).transpose(Image.Transpose.ROTATE_180)
    put("later.jpg", later, at=3600, cosine=0.93, camera="EOS R5")
    found = tiles()
    assert sorted(map(len, found)) == [1, 4]
    assert ["later.jpg"] in found


def test_pictures_with_nothing_to_see_are_not_taken_for_each_other(put, tiles):
    put("white.jpg", Image.new("RGB", (800, 600), (250, 250, 250)))
    put("black.jpg", Image.new("RGB", (800, 600), (5, 5, 5)))
    assert len(tiles()) == 2


def test_a_live_photo_is_one_with_the_still_in_front(put, tiles, library):
    put("IMG_0001.MOV", scene(2), "video", at=7200 + 1, duration=2.9, cosine=1.0)
    put("IMG_0001.HEIC", scene(1), at=0, cosine=0.98)
    assert tiles() == [["IMG_0001.HEIC", "IMG_0001.MOV"]]
    assert library.names("IMG_0001.MOV", fold=True) != []
    assert library.names("kind:video red", fold=True) == ["IMG_0001.MOV"], "never lost"
    assert sorted(library.names("red")) == ["IMG_0001.HEIC", "IMG_0001.MOV"], "unless both are wanted"


@pytest.mark.parametrize(
    ("name", "duration", "at"),
    [
        ("IMG_0001.mov", 45.0, 0),
        ("IMG_0001.mov", 3.0, 500),
        ("IMG_0002.mov", 3.0, 0),
        ("b/IMG_0001.mov", 3.0, 0),
    ],
)
def test_another_film_is_no_part_of_a_photo(put, tiles, name, duration, at):
    put("IMG_0001.jpg", scene(1))
    put(name, scene(2), "video", at=at, duration=duration, cosine=0.98)
    assert len(tiles()) == 2


def test_a_raw_photo_and_its_jpeg_are_one_with_the_jpeg_in_front(put, tiles, library):
    put("DSC_1.NEF", scene(1))
    put("DSC_1.JPG", cut(scene(2), 0.1), at=1, cosine=0.98)
    put("DSC_2.JPG", scene(7), at=5000, cosine=0.97)
    assert tiles() == [["DSC_1.JPG", "DSC_1.NEF"], ["DSC_2.JPG"]]
    assert library.names("ext:nef", fold=True) == ["DSC_1.NEF"]


def test_a_lost_thumbnail_folds_nothing_and_breaks_nothing(put, tiles, library, tmp_path):
    put("a.jpg", scene(1))
    put("b.jpg", scene(1))
    for path in (tmp_path / "cache").rglob("thumbnail.jpg"):
        path.write_bytes(b"no picture")
    assert len(tiles()) == 2

"""Parts of pictures in a running engine with the built-in models: a crop finds its parent."""

import random
from pathlib import Path

import pytest
from PIL import Image

from models import tiny_drawing as drawing
from models import tiny_world as world

PICTURES = 5


def canvas(rng: random.Random) -> tuple[Image.Image, Image.Image]:
    """A landscape with a small scene in it, and that scene."""
    back = world.Scene("picture", background=rng.randrange(len(world.BACKGROUNDS)))
    large = drawing.draw(rng, back, 1280, 960)
    scene = drawing.draw(rng, world.random_scene(rng, "picture"), 512, 384)
    large.paste(scene, (rng.randint(0, 1280 - 512), rng.randint(0, 960 - 384)))
    return large, scene


@pytest.fixture(scope="module")
def crops(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Path]]:
    """A folder of large pictures, and for each what somebody cut out of it."""
    root = tmp_path_factory.mktemp("regions")
    (root / "pictures").mkdir()
    rng = random.Random(4)
    cut = []
    for number in range(PICTURES):
        large, scene = canvas(rng)
        large.save(root / "pictures" / f"{number}.jpg", quality=90)
        cut.append(root / f"crop-{number}.png")
        scene.resize((300, 225)).save(cut[-1])
    return root / "pictures", cut


def test_what_was_cut_out_finds_its_picture_and_the_place(sightline, engine, crops):
    folder, cut = crops
    settings = sightline.data / "settings.toml"
    settings.write_text('read_words = false\nreranker = "none"\n', "utf-8")
    process = engine()
    process.ask("add_folder", path=str(folder))
    status = process.settled(120)
    assert PICTURES < status["vectors"] <= 4 * PICTURES
    right = placed = 0
    for number, crop in enumerate(cut):
        hits = process.search(number + 1, images=[str(crop)])[-1]["hits"]
        if hits and Path(hits[0]["path"]).stem == str(number):
            right += 1
            placed += hits[0]["segment"]["box"] is not None
    assert right >= PICTURES - 1
    assert placed >= PICTURES - 1

    # One more, after parts are no longer wanted
    settings.write_text(settings.read_text("utf-8") + "regions = false\n", "utf-8")
    process.ask("reload_settings")
    canvas(random.Random(9))[0].save(folder / "later.jpg", quality=90)
    process.wait(lambda: process.ask("status")["result"]["vectors"] > status["vectors"], 120)
    assert process.settled()["vectors"] == status["vectors"] + 1

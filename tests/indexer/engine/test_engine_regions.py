"""Parts of pictures in a running engine with the built-in models: a crop finds its parent."""

import random
from pathlib import Path

import pytest
from engine_process import PATIENCE, EngineProcess, wait_until
from PIL import Image

from indexer.paths import Paths
from indexer.store.store import Store
from models import tiny_drawing as drawing
from models import tiny_world as world

PICTURES = 5
"""Most of them have to be found; how many of how many is what `tests.benchmarks.regions` measures."""


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


@pytest.fixture
def settings(sightline):
    """Writes settings with the built-in models."""

    def write(regions: bool) -> None:
        text = f'read_words = false\nreranker = "none"\nregions = {str(regions).lower()}\n'
        text += "work_on_battery = true\nwork_in_full_screen = true\n"
        (sightline.data / "settings.toml").write_text(text, "utf-8")

    return write


def found(process: EngineProcess, crops: list[Path], search_id: int) -> tuple[int, int]:
    """How many crops find their picture, and how many of these by a part of it."""
    right = placed = 0
    for number, crop in enumerate(crops):
        hits = process.search(search_id + number, images=[str(crop)])[-1]["hits"]
        if hits and Path(hits[0]["path"]).stem == str(number):
            right += 1
            placed += hits[0]["segment"]["box"] is not None
    return right, placed


def caught_up(process: EngineProcess) -> int:
    """The number of vectors, once the index is as the settings want it."""
    process.wait(lambda: process.settled(120)["incomplete"] == 0, 120)
    return int(process.settled()["vectors"])


def parts(data: Path) -> dict[int, tuple[str, str]]:
    """Content and place of every part in the index, by segment."""
    with Store.open(Paths(data).database, readonly=True) as store, store._database.read() as connection:
        rows = connection.execute("SELECT id, content_id, box FROM segment WHERE box IS NOT NULL").fetchall()
        return {id: (content, box) for id, content, box in rows}


def test_what_was_cut_out_finds_its_picture_and_the_place(here, sightline, engine, crops, settings):
    folder, cut = crops
    settings(regions=True)
    process = engine()
    process.ask("add_folder", path=str(folder))
    status = process.settled(120)
    assert PICTURES < status["vectors"] <= 4 * PICTURES
    assert status["incomplete"] == 0
    assert min(found(process, cut, 1)) > PICTURES / 2

    # No longer wanted: neither of what is there, nor of one more
    settings(regions=False)
    process.ask("reload_settings")
    canvas(random.Random(9))[0].save(folder / "later.jpg", quality=90)
    wait_until(lambda: process.ask("status")["result"]["files"] > PICTURES, 60 * PATIENCE)
    assert caught_up(process) == PICTURES + 1
    assert found(process, cut, 11)[1] == 0
    assert here("status", "--json").json["incomplete"] == 0
    process.close()
    (folder / "later.jpg").unlink()
    assert parts(sightline.data) == {}
    assert sightline("check").status == 0


def test_of_what_was_cut_out_all_but_one_find_their_picture(engine, crops, settings):
    folder, cut = crops
    settings(regions=True)
    process = engine()
    process.ask("add_folder", path=str(folder))
    process.settled(120)
    assert min(found(process, cut, 1)) >= PICTURES - 1


def test_parts_wanted_later_reach_what_is_there_whatever_ends_the_engine(sightline, engine, crops, settings):
    folder, cut = crops
    settings(regions=False)
    process = engine()
    process.ask("add_folder", path=str(folder))
    assert process.settled(120)["vectors"] == PICTURES
    assert found(process, cut, 1)[1] == 0

    settings(regions=True)
    process.ask("reload_settings")
    wait_until(lambda: 0 < process.ask("status")["result"]["incomplete"] < PICTURES, 120 * PATIENCE)
    process.kill()
    before = parts(sightline.data)
    assert before, "some were made"

    process = engine()
    assert PICTURES < caught_up(process) <= 4 * PICTURES
    assert min(found(process, cut, 11)) > PICTURES / 2
    process.close()
    after = parts(sightline.data)
    assert before.items() < after.items(), "what was made is kept, the rest came"
    assert len(set(after.values())) == len(after), "and nothing is there twice"
    assert sightline("check").status == 0

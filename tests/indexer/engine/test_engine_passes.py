"""A quick look at everything, then a closer one: what answers meanwhile, and what is left after a restart."""

import multiprocessing
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import engine_samples
import numpy as np
import pytest
from engine_process import PATIENCE, ROOT

from indexer.engine import Engine
from indexer.errors import InUse
from indexer.ingest import child, items
from indexer.ingest.items import IN_CLOUD
from indexer.messages.library_messages import Rules
from indexer.messages.problem_messages import IN_USE
from indexer.paths import Paths
from indexer.settings import ModelOptions
from indexer.store.sharp import LEFT
from indexer.work.sharpening import Sharpening
from models.errors import UnusableInput
from models.inputs import Input
from models.preparation import FILE, Budget
from models.qwen3_vl import load_embedder

CHECKPOINT = ROOT / "tests" / "data" / "qwen3vl" / "checkpoints" / "embed"


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """An embedder without a budget of its own, as the real ones are."""
    made = Path(shutil.copytree(CHECKPOINT, tmp_path / "embed"))
    (made / FILE).unlink(missing_ok=True)
    return made


@pytest.fixture
def start(tmp_path: Path, model: Path) -> Iterator[Callable[[], Engine]]:
    paths = Paths(tmp_path / "data")
    paths.data.mkdir()
    paths.create()
    started: list[Engine] = []

    def start() -> Engine:
        options = ModelOptions(str(model), "none", "cpu")
        started.append(Engine(paths, options, read_words=False))
        started[-1].start(watch=False)
        return started[-1]

    yield start
    for engine in started:
        engine.close()


def _wait(until: Callable[[], object]) -> None:
    end = time.monotonic() + 60 * PATIENCE
    while not until():
        assert time.monotonic() < end
        time.sleep(0.05)


def _vectors(engine: Engine) -> dict[int, np.ndarray]:
    return dict(zip(*engine.store.lookup.vectors(1), strict=True))


def test_a_quick_look_at_everything_comes_before_a_closer_one(start, tmp_path, monkeypatch):
    folder = tmp_path / "library"
    for number in range(3):
        engine_samples.picture(folder / f"large-{number}.png", number, (1000, 800))
    engine_samples.picture(folder / "small.png", 9)
    (folder / "letter.txt").write_text("The lighthouse was closed, so we took the tram.\n", "utf-8")
    wait, waits = Sharpening._must_wait, [True]
    monkeypatch.setattr(Sharpening, "_must_wait", lambda self: waits[0] or wait(self))

    engine = start()
    engine.add_folder(str(folder))
    _wait(lambda: engine.status().vectors == 5 and engine.status().pending == 0)
    status = engine.status()
    assert (status.state, status.blurred) == ("indexing", 3), (
        "the small one and the letter need no second look"
    )
    rows = {row.kind: (row.files, row.quick, row.sharp) for row in engine.coverage()}
    assert rows == {"photo": (4, 4, 1), "document": (1, 1, 1)}
    quick = _vectors(engine)
    engine.close()

    waits[0] = False
    again = start()
    again.finish()
    status = again.status()
    assert (status.state, status.blurred, status.vectors, status.failed) == ("idle", 0, 5, 0)
    assert {row.sharp - row.files for row in again.coverage()} == {0}
    sharp = _vectors(again)
    assert quick.keys() == sharp.keys()
    alike = sorted(float(quick[id] @ sharp[id]) for id in quick)
    assert len([one for one in alike if one < 0.99999]) == 3, "the large ones were made again"
    report = again.index([str(folder)])
    assert (report.indexed, report.unchanged) == (0, 5)


def test_files_of_which_the_cloud_has_a_part_are_read_when_they_may_be(start, tmp_path, monkeypatch):
    """Large ones are not fetched by being compared, so the system calls them placeholders still."""
    folder = tmp_path / "library"
    engine_samples.picture(folder / "large.png", 3, (1000, 800))
    monkeypatch.setattr(items, "is_placeholder", lambda status: True)
    monkeypatch.setattr(child, "main", engine_samples.decoder_in_cloud)
    engine = start()
    engine.add_folder(str(folder))
    engine.finish()
    assert [problem.reason for problem in engine.problems()] == [IN_CLOUD]
    assert engine.status().vectors == 0
    engine.scoping.set_rules(Rules(cloud=True))
    engine.retry([str(folder / "large.png")])
    engine.finish()
    status = engine.status()
    assert (engine.problems(), status.vectors, status.blurred) == ((), 1, 0), "and looked at closely"


def test_a_file_that_kills_its_decoder_stays_at_the_quick_look(start, tmp_path, monkeypatch):
    folder = tmp_path / "library"
    bad = engine_samples.picture(folder / "bad.png", 3, (1000, 800))
    wait, waits, looks = Sharpening._must_wait, [True], []
    monkeypatch.setattr(Sharpening, "_must_wait", lambda self: waits[0] or wait(self))
    engine = start()
    engine.add_folder(str(folder))
    _wait(lambda: engine.status().vectors == 1 and engine.status().pending == 0)
    decode = engine._works.pool.decode

    def deadly(*request):
        for piece in decode(*request):
            yield piece
            looks.append(piece)
            for process in multiprocessing.active_children():
                process.kill()

    monkeypatch.setattr(engine._works.pool, "decode", deadly)
    waits[0] = False
    engine.finish()
    assert len(looks) == 2, "at most twice, at this start or any"
    assert (engine.status().blurred, engine.store.sharp.left()) == (0, {})
    assert [(problem.path, problem.reason) for problem in engine.problems()] == [(str(bad), LEFT)]
    status = engine.status()
    assert (status.files, status.vectors, status.failed) == (1, 1, 0), "it is found"
    again = []

    def counted(*request):
        again.append(request)
        yield from decode(*request)

    monkeypatch.setattr(engine._works.pool, "decode", counted)
    engine.retry()
    engine.finish()
    assert len(again) == 1
    assert (engine.status().blurred, engine.problems()) == (0, ())


def test_a_closer_look_that_ends_the_engine_is_not_taken_for_ever(start, tmp_path, monkeypatch):
    folder = tmp_path / "library"
    engine_samples.picture(folder / "bad.png", 3, (1000, 800))
    monkeypatch.setattr(Sharpening, "_must_wait", lambda self: True)
    engine = start()
    engine.add_folder(str(folder))
    _wait(lambda: engine.status().vectors == 1 and engine.status().pending == 0)
    sharp = engine.store.sharp
    [blurred] = sharp.next(10)
    assert sharp.begin(blurred.content)
    sharp.end(blurred.content)
    assert [sharp.begin(blurred.content) for _ in range(4)] == [True, True, True, False], "no end to be seen"
    assert sharp.next(10) == []
    assert [problem.reason for problem in engine.problems()] == [LEFT]
    assert engine.store.interrupted() == [], "for the first look it is no suspect"


def test_what_was_under_way_when_the_engine_died_is_looked_at_last_and_alone(start, tmp_path, monkeypatch):
    """Power that fails says nothing against a file, and a second death has one suspect."""
    folder = tmp_path / "library"
    for number in range(4):
        engine_samples.picture(folder / f"large-{number}.png", number, (1000, 800))
    wait, vectors, waits = Sharpening._must_wait, Sharpening._vectors, [True]
    together: list[set[int]] = []

    def looked(self, blurred):
        together.append(set(self._under_way))
        try:
            return vectors(self, blurred)
        finally:
            together.append(set(self._under_way))

    monkeypatch.setattr(Sharpening, "_must_wait", lambda self: waits[0] or wait(self))
    monkeypatch.setattr(Sharpening, "_vectors", looked)
    engine = start()
    engine.add_folder(str(folder))
    _wait(lambda: engine.status().vectors == 4 and engine.status().pending == 0)
    suspects = {again.content for again in engine.store.sharp.next(2)}
    assert all(engine.store.sharp.begin(content) for content in suspects)
    engine.close()  # without an end of these looks, as when it is killed
    waits[0] = False
    again = start()
    again.finish()
    assert (again.status().blurred, again.problems()) == (0, ())
    assert suspects.isdisjoint(set().union(*together[:4])), "last"
    assert [len(some) for some in together[4:]] == [1] * 4, "alone"
    assert again.store.interrupted() == []


def test_what_is_locked_when_it_is_to_be_looked_at_closely_is_looked_at_later(start, tmp_path, monkeypatch):
    monkeypatch.setattr("indexer.work.background.AGAIN_S", 1.0)
    folder = tmp_path / "library"
    engine_samples.picture(folder / "large.png", 3, (1000, 800))
    engine = start()
    works, locked = engine._works, [True]
    hash = works.pool.hash

    def kept(path: Path) -> str:
        if locked[0]:
            raise InUse(IN_USE)
        return hash(path)

    monkeypatch.setattr(works.pool, "hash", kept)
    engine.add_folder(str(folder))
    _wait(lambda: engine.status().vectors == 1 and engine.status().pending == 0 and works.sharpening.done)
    assert engine.status().blurred == 1
    locked[0] = False
    _wait(lambda: engine.status().blurred == 0)


def test_a_quick_look_is_taken_only_where_it_saves_something(model):
    quick = Budget.quick(model)
    assert quick == Budget.preset("fast")
    assert Budget.quick(model, "fast") is None
    (model / FILE).write_text('{"image_max_pixels": 65536}', "utf-8")
    assert Budget.quick(model) is None, "a model with a budget of its own is looked through once"
    (model / FILE).unlink()

    def noise(height: int, width: int) -> Input:
        return Input(images=(np.random.default_rng(1).integers(0, 256, (height, width, 3), np.uint8),))

    embedder = load_embedder(model, "cpu", Budget.of(model), quick=quick)
    assert embedder.prepare_quickly(noise(400, 400)) is None
    assert embedder.prepare_quickly(Input(texts=("only words",))) is None
    large = embedder.prepare_quickly(noise(900, 900))
    assert large is not None
    assert len(large) < 0.5 * len(embedder.prepare(noise(900, 900)))
    with pytest.raises(UnusableInput):
        embedder.prepare_quickly(noise(1, 900))
    assert load_embedder(model, "cpu").prepare_quickly(noise(900, 900)) is None

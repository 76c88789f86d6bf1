"""Another embedder while the engine runs, is asked, and is killed."""

import json
import shutil
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import MagicMock

import engine_samples
import numpy as np
from engine_process import PATIENCE
from rooms import Model, Room

from indexer import searching
from indexer.inference.model_work import Cancellation
from indexer.ingest.scan import Seen
from indexer.messages.result_messages import Results
from indexer.messages.search_messages import Search
from indexer.paths import Paths
from indexer.settings import ModelOptions
from indexer.store.rows import ItemRow, SegmentRow
from indexer.store.store import Store
from indexer.work.switching import Switching


def test_another_embedder_takes_over_without_a_gap(sightline, engine, models, pictures, tmp_path):
    for number in range(12, 60):
        engine_samples.picture(pictures / f"picture-{number}.png", number)
    other = Path(shutil.copytree(models / "embed", tmp_path / "other"))
    budget = json.loads((other / "preparation.json").read_text("utf-8"))
    (other / "preparation.json").write_text(json.dumps(budget | {"image_max_pixels": 20480}), "utf-8")
    one = engine()
    one.ask("add_folder", path=str(pictures))
    one.settled(120)

    assert "error" in one.ask("use_model", embedder=str(tmp_path / "nowhere"))
    in_the_way = sightline.data / "settings.toml.new"
    in_the_way.mkdir()
    assert "Cannot write the settings" in one.ask("use_model", embedder=str(other))["error"]["message"]
    in_the_way.rmdir()
    assert one.ask("status")["result"]["rebuilding"] == ""
    status = one.ask("use_model", embedder=str(other))["result"]
    assert "looked at again by other; until that is done, embed answers" in status["rebuilding"]
    numbers = iter(range(1000, 2000))
    _until(one, lambda: 0.1 < one.ask("status")["result"]["rebuilt"] < 1.0, numbers)
    one.kill()
    with Store.open(sightline.data / "index.db") as store:
        assert store.embedder() == "embed"
        assert store.check() == []
        before = store.switch.share(store.switch.begin(*_identity(store)))
    assert 0.1 < before < 1.0, "killed in the middle"

    two = engine()
    assert two.ask("status")["result"]["embedder"] == "embed"
    engine_samples.picture(pictures / "between.png", 900)
    _until(two, lambda: two.ask("status")["result"]["rebuilding"] == "", numbers)
    status = two.settled(60)
    assert (status["embedder"], status["vectors"], status["failed"]) == ("other", 61, 0)
    assert _found_itself(two, next(numbers), pictures / "between.png")
    assert two.close() == 0
    with Store.open(sightline.data / "index.db") as store:
        assert store.embedder() == "other"
        assert store.check() == []
        with store._database.read() as connection:
            assert connection.execute("SELECT count(*) FROM space").get == 1


def _identity(store: Store) -> tuple[str, int, str]:
    with store._database.read() as connection:
        query = "SELECT embedder, dimension, preparation FROM space WHERE state = 'building'"
        [row] = connection.execute(query).fetchall()
    return row


def _until(one, true, numbers) -> None:
    """Asking all the while: every question is answered by meaning, from the right vectors."""
    ends = time.monotonic() + 90 * PATIENCE
    while not true():
        assert time.monotonic() < ends, one.ask("status")["result"]
        picture = Path(one.ask("status")["result"]["folders"][0]["path"]) / "picture-07.png"
        assert _found_itself(one, next(numbers), picture)
        time.sleep(0.05)


def _found_itself(one, number: int, picture: Path) -> bool:
    last = one.search(number, images=[str(picture)], rerank=False, limit=3)[-1]
    assert last["note"] == "", last
    return bool(last["hits"]) and last["hits"][0]["path"] == str(picture)


def test_settings_changed_while_nothing_ran_are_followed_without_a_gap(sightline, engine, pictures):
    one = engine()
    one.ask("add_folder", path=str(pictures))
    one.settled(120)
    before = _scores(one, 1)
    assert one.close() == 0
    settings = sightline.data / "settings.toml"
    settings.write_text(settings.read_text("utf-8") + 'weights = "int8"\n', "utf-8")

    two, numbers = engine(), iter(range(1000, 2000))
    assert "as the settings ask now" in two.ask("status")["result"]["rebuilding"]
    _scores(two, 1)  # so that there is a reranker of the former settings
    _until(two, lambda: two.ask("status")["result"]["rebuilding"] == "", numbers)
    status = two.settled(60)
    assert (status["vectors"], status["failed"]) == (12, 0)
    after = _scores(two, 2)
    assert two.close() == 0

    three = engine()
    assert three.ask("status")["result"]["rebuilding"] == "", "once is enough"
    assert _found_itself(three, next(numbers), pictures / "picture-07.png")
    assert _scores(three, 1) == after != before, "the reranker follows the settings, too"


def _scores(one, number: int) -> dict[str, float]:
    """By a question that the reranker answers, too."""
    last = one.search(number, text="a red circle")[-1]
    assert last["stage"] == "reranked", last["note"]
    return {hit["path"]: hit["score"] for hit in last["hits"]}


def test_a_change_that_is_half_done_when_the_index_is_asked_is_followed(start_loop):
    """The index has the new vectors a moment before the new embedder answers."""
    loop = start_loop(Room(2))
    loop.call(loop.models.need_embedder, Cancellation())
    asked = searching._QueuedEmbedder(loop, Cancellation())
    assert asked.name == loop.models.embedder.name
    assert not asked.is_former
    in_the_index, go_on = threading.Event(), threading.Event()

    def change() -> None:
        in_the_index.set()
        go_on.wait(10)
        loop.models.take_over(Model())

    with ThreadPoolExecutor(2) as threads:
        changing = threads.submit(loop.call, change, Cancellation())
        assert in_the_index.wait(10)
        former = threads.submit(lambda: asked.is_former)
        time.sleep(0.1)
        go_on.set()
        changing.result(10)
        assert former.result(10)


def test_a_change_that_ends_while_a_search_loads_its_model_is_followed(tmp_path, monkeypatch):
    old, new = ModelOptions("old"), ModelOptions("new")
    loaded: list[ModelOptions] = []
    with Store.open(Paths(tmp_path).database) as store:
        store.space("new", 8, "test")
    swapped = iter((old, new, new))
    monkeypatch.setattr(searching, "answering", lambda *_: next(swapped))
    loaders = [MagicMock(), MagicMock()]
    loaders[1].embedder.return_value = SimpleNamespace(name="new", dimension=8, preparation="test")
    monkeypatch.setattr(
        searching, "ModelLoader", lambda options, _: (loaded.append(options), loaders[len(loaded) - 1])[1]
    )
    monkeypatch.setattr(searching.Searcher, "run", lambda *_: iter([Results(1, "words", (), final=True)]))
    searching.answer(Paths(tmp_path), new, Search(1, "a boat", rerank=False))
    assert loaded == [old, new]


def test_who_chooses_again_while_a_model_is_loaded_gets_the_last_one(tmp_path, monkeypatch):
    """Loading takes seconds: the model of the first choice must not go on under the second one's name."""
    chosen = {name: replace(ModelOptions(), embedder=name) for name in ("one", "two", "three")}
    idle: Any = SimpleNamespace(held=lambda: nullcontext(True))
    loop: Any = SimpleNamespace(
        start=lambda: None,
        ready=SimpleNamespace(wait=lambda seconds: True),
        models=SimpleNamespace(successor=None, take_over=lambda new: None),
        call=lambda job, token: job(),
    )

    def load(self: Switching, options: ModelOptions) -> object:
        if options.embedder == "two":
            self.choose(chosen["three"], lambda: None)
        return SimpleNamespace(name=options.embedder, dimension=8, preparation="test")

    monkeypatch.setattr(Switching, "_load", load)
    monkeypatch.setattr("indexer.work.switching.ModelLoader", MagicMock())
    with Store.open(tmp_path / "index.db") as store:
        store.space("one", 8, "test")
        vector = np.eye(8, dtype=np.float32)[:1]
        file = store.add_file(Seen("/library/1.txt", 1, 1, 1, 1))
        store.add_content(file, "1" * 40, ItemRow("document"), [SegmentRow("text", "words")], vector)
        nothing: Any = None
        switching = Switching(store, nothing, nothing, loop, idle, tmp_path, chosen["one"])
        switching.choose(chosen["two"], lambda: None)
        for _ in range(3):
            assert switching._step()
        assert loop.models.successor.name == "three"
        assert store.switch.begin("three", 8, "test") == switching._change.space
        switching.choose(chosen["one"], lambda: None)
        assert switching._step()
        assert (store.embedder(), store.switch.former(), switching.busy) == ("one", None, False)

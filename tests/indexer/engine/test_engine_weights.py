"""Weights in the models thread: loaded on demand, in turns where room is short, let go when not needed."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from engine_process import PATIENCE, ROOT

from indexer.errors import OtherEmbedder, UserError
from indexer.loading import EngineModels, ModelLoader
from indexer.model_loop import ModelLoop
from indexer.model_work import Cancellation, ModelsUnavailable, Work
from indexer.priority import NICE
from indexer.settings import NO_RERANKER, ModelOptions
from indexer.store.store import Store
from models import holding
from models.errors import OutOfMemory
from models.inputs import Input

CHECKPOINTS = ROOT / "tests" / "data" / "qwen3vl" / "checkpoints"


class Model:
    """A model that is held or not."""

    name, dimension, preparation = "model", 2, "none"
    device = SimpleNamespace(name="cpu")
    memory_bytes = 1000

    def __init__(self) -> None:
        self.is_held = True
        self.shares_with: object = None
        self.priorities: list[int] = []

    def is_twin(self, other: object) -> bool:
        return False

    def release(self) -> None:
        self.is_held = False

    def share(self, other: object) -> None:
        self.shares_with = other

    def prepare(self, value: Input) -> str:
        return Prompt(value.texts[0])

    def give_way(self) -> None:
        pass

    def embed_prompts(self, prompts):
        assert self.is_held
        self.priorities.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))
        return np.ones((len(prompts), 2), np.float32)

    def embed_queries(self, inputs, instruction=None):
        return self.embed_prompts(inputs)


class Prompt(str):
    __slots__ = ()
    nbytes = 10


class Room:
    """A loader for a device with room for so many models."""

    wants_reranker = True

    def __init__(self, room: int) -> None:
        self.room = room
        self.models: dict[str, Model] = {}
        self.restored: list[str] = []
        self.broken = self.missing = ""
        self.asked: list[str] = []
        self.other = False

    def embedder(self):
        self.asked.append("embedder")
        if self.other:
            raise OtherEmbedder("The index holds vectors of another embedder.")
        if self.missing:
            raise UserError(self.missing)
        return self.models.setdefault("embedder", Model())

    def reranker(self, beside):
        self.asked.append("reranker")
        if self.missing:
            raise UserError(self.missing)
        if not self.reranker_fits(beside):
            beside.release()
        reranker = self.models.setdefault("reranker", Model())
        reranker.shares_with = beside
        return reranker

    def reranker_fits(self, beside: object) -> bool:
        return len(self.held) < self.room

    def fits(self, model: Model) -> bool:
        if self.broken:
            raise UserError(self.broken)
        return len(self.held) < self.room

    def restore(self, model: Model, beside: object) -> None:
        if self.broken:
            raise UserError(self.broken)
        assert self.fits(model)
        model.is_held = True
        self.restored += [name for name, one in self.models.items() if one is model]

    @property
    def held(self) -> list[str]:
        return [name for name, model in self.models.items() if model.is_held]


@pytest.fixture
def start() -> Iterator[Callable[[Room], ModelLoop]]:
    started: list[ModelLoop] = []

    def start(room: Room) -> ModelLoop:
        started.append(ModelLoop(room))
        started[-1].start()
        assert started[-1].ready.wait(5)
        return started[-1]

    yield start
    for each in started:
        assert each.stop()


def _wait(until: Callable[[], object]) -> None:
    end = time.monotonic() + 5 * PATIENCE
    while not until():
        assert time.monotonic() < end
        time.sleep(0.005)


def test_the_reranker_is_loaded_for_the_first_search(start):
    room = Room(2)
    loop = start(room)
    time.sleep(0.1)
    assert list(room.models) == ["embedder"]
    loop.user_active()
    _wait(lambda: room.held == ["embedder", "reranker"])


def test_models_take_turns_where_there_is_no_room_for_both(start):
    room = Room(1)
    loop = start(room)
    with loop.search_under_way():
        time.sleep(0.1)
        assert room.held == ["embedder"], "what is held is not given up for what may come"
        for _ in range(2):
            loop.call(loop.models.need_embedder, Cancellation())
            assert room.held == ["embedder"]
            loop.call(loop.models.need_reranker, Cancellation())
            assert room.held == ["reranker"]
    done: list[object] = []
    loop.put(Work(Input(texts=("x",)), done.append))
    _wait(lambda: done)
    assert isinstance(done[0], np.ndarray)
    assert room.held == ["embedder"], "index work needs it back"


def test_what_nobody_needs_is_let_go_and_comes_back(start):
    room = Room(2)
    loop = start(room)
    loop.call(loop.models.need_reranker, Cancellation())
    loop.release_after(0.2)
    loop.call(lambda: None, Cancellation())
    _wait(lambda: not room.held)
    loop.release_after(60.0)
    loop.user_active()
    _wait(lambda: room.held == ["embedder", "reranker"])
    assert sorted(room.restored) == ["embedder", "reranker"], "in the background, while somebody types"
    loop.release_after(0.0)
    _wait(lambda: not room.held)
    loop.release_after(60.0)
    done: list[object] = []
    monotonic = time.monotonic()
    loop.put(Work(Input(texts=("x",)), done.append))
    _wait(lambda: done)
    assert time.monotonic() - monotonic < 5 * PATIENCE


def test_while_memory_is_short_weights_go_as_soon_as_nobody_searches(start, monkeypatch):
    monkeypatch.setattr("indexer.model_loop.SEARCHING_S", 0.2)
    monkeypatch.setattr("indexer.model_loop.TYPING_S", 0.2)
    room = Room(2)
    loop = start(room)
    assert loop.models.memory_to_come == 0
    with loop.search_under_way():
        loop.call(loop.models.need_reranker, Cancellation())
        loop.spare_memory(True)
        time.sleep(0.3)
        assert room.held == ["embedder", "reranker"], "somebody waits for them"
    _wait(lambda: not room.held)
    assert loop.models.memory_to_come == 1000
    loop.user_active()
    _wait(lambda: len(room.restored) == 2)
    _wait(lambda: not room.held)
    loop.spare_memory(False)
    loop.user_active()
    _wait(lambda: room.held == ["embedder", "reranker"])
    time.sleep(0.3)
    assert room.held == ["embedder", "reranker"], "they have their time again"


def test_weights_on_a_card_with_memory_of_its_own_stay(start):
    room = Room(2)
    loop = start(room)
    room.models["embedder"].memory_bytes = 0
    loop.spare_memory(True)
    time.sleep(0.1)
    assert room.held == ["embedder"]
    loop.release_after(0.0)
    _wait(lambda: not room.held)


def test_the_next_embedder_shares_with_the_reranker_whichever_was_loaded_first(start):
    room = Room(3)
    loop = start(room)
    first, second, third = room.models["embedder"], Model(), Model()
    loop.call(lambda: loop.models.take_over(second), Cancellation())
    loop.call(loop.models.need_reranker, Cancellation())
    assert room.models["reranker"].shares_with is second, "not with the one that has gone"
    loop.call(lambda: loop.models.take_over(third), Cancellation())
    assert third.shares_with is room.models["reranker"]
    assert first.shares_with is second.shares_with is None
    other = Model()

    def load(beside):
        other.shares_with = beside
        return other

    loop.models.change_reranker(load, True)
    assert loop.call(loop.models.need_reranker, Cancellation()) is other
    assert other.shares_with is third


def test_a_reranker_exchanged_while_it_is_loaded_does_not_stay(start):
    loop = start(Room(2))
    first, second = Model(), Model()

    def load(beside):
        loop.models.change_reranker(lambda beside: second, True)  # as another thread would just now
        return first

    loop.models.change_reranker(load, True)
    assert loop.call(loop.models.need_reranker, Cancellation()) is second


def test_weights_that_do_not_come_back_blame_no_file(start, monkeypatch):
    monkeypatch.setattr("indexer.model_loop.RETRY_S", 0.3)
    room = Room(2)
    loop = start(room)
    loop.release_after(0.0)
    _wait(lambda: not room.held)
    loop.release_after(60.0)
    room.broken = "It does not fit into the memory of this device."
    done: list[object] = []
    loop.put(Work(Input(texts=("x",)), done.append))
    with pytest.raises(UserError, match="does not fit"):
        loop.call(loop.models.need_embedder, Cancellation())
    time.sleep(0.2)
    assert not done
    room.broken = ""
    _wait(lambda: done)
    assert isinstance(done[0], np.ndarray)


def test_what_rests_gives_way_to_an_input_that_needs_much_memory(start):
    room = Room(2)
    loop = start(room)
    loop.call(loop.models.need_reranker, Cancellation())
    embedder = room.models["embedder"]
    embed_prompts = embedder.embed_prompts

    def demanding(prompts):
        if "huge" in prompts or ("large" in prompts and room.held != ["embedder"]):
            raise OutOfMemory("One input needs more memory than this device has left.")
        return embed_prompts(prompts)

    embedder.embed_prompts = demanding
    done: dict[str, object] = {}

    def work(text: str) -> object:
        loop.put(Work(Input(texts=(text,)), lambda result: done.__setitem__(text, result)))
        _wait(lambda: text in done)
        return done[text]

    assert isinstance(work("small"), np.ndarray)
    assert room.held == ["embedder", "reranker"]
    assert isinstance(work("large"), np.ndarray)
    assert room.held == ["embedder"]
    assert "more memory" in work("huge")


def test_the_embedder_that_is_to_answer_later_gives_way_first(start):
    room = Room(2)
    loop = start(room)
    loop.call(loop.models.need_reranker, Cancellation())
    successor = room.models["successor"] = loop.models.successor = Model()
    successor.release()

    def work() -> None:
        done: list[object] = []
        loop.put(Work(Input(texts=("x",)), done.append, embedder=successor))
        _wait(lambda: done)
        assert isinstance(done[0], np.ndarray)

    work()
    assert room.held == ["embedder", "successor"]
    loop.call(loop.models.need_reranker, Cancellation())
    assert room.held == ["embedder", "reranker"]
    work()
    loop.call(loop.models.need_embedder, Cancellation())
    room.room = 1
    loop.call(lambda: room.models["embedder"].release(), Cancellation())
    loop.call(loop.models.need_embedder, Cancellation())
    assert room.held == ["embedder"]
    work()
    assert room.held == ["successor"]


def test_a_folder_that_is_gone_does_not_end_the_thread(start, monkeypatch):
    """Weights that rest are looked for where they were, when somebody types and for index work."""
    monkeypatch.setattr("indexer.model_loop.RETRY_S", 0.3)
    room = Room(1)
    loop = start(room)
    loop.call(loop.models.need_reranker, Cancellation())
    assert room.held == ["reranker"]
    room.broken = "There is no model folder."
    loop.user_active()
    done: list[object] = []
    loop.put(Work(Input(texts=("x",)), done.append))
    _wait(lambda: not loop._wanted_soon)
    time.sleep(0.2)
    assert loop._thread.is_alive()
    with pytest.raises(ModelsUnavailable, match="no model folder"):
        loop.call(loop.models.need_embedder, Cancellation())
    room.broken = ""
    _wait(lambda: done)
    room.broken = "There is no model folder."
    loop.user_active()  # the reranker's turn is over, and it is looked for
    _wait(lambda: not loop._wanted_soon)
    time.sleep(0.2)
    assert loop._thread.is_alive()


def test_models_that_could_not_be_loaded_are_tried_again_when_they_are_needed(start, monkeypatch):
    monkeypatch.setattr("indexer.held_models.AGAIN_S", 0.2)
    room = Room(2)
    room.missing = "The graphics card is full."
    loop = start(room)
    assert loop.models.embedder_error == "The graphics card is full."
    with pytest.raises(ModelsUnavailable, match="card is full"):
        loop.call(loop.models.need_embedder, Cancellation())
    time.sleep(0.4)
    assert room.asked == ["embedder"], "nobody needs it"
    loop.start()  # as index work does that waits
    _wait(lambda: room.asked == ["embedder"] * 2)
    loop.start()
    time.sleep(0.1)
    assert room.asked == ["embedder"] * 2, "not so soon again"
    room.missing = ""
    time.sleep(0.4)
    loop.start()
    _wait(lambda: loop.models.embedder is not None)
    assert loop.models.embedder_error == ""

    _wait(lambda: loop.models.reranker is not None)
    room.missing = "The graphics card is full."
    loop.models.change_reranker(room.reranker, True)
    with pytest.raises(ModelsUnavailable, match="card is full"):
        loop.call(loop.models.need_reranker, Cancellation())
    room.models["reranker"].release()
    room.missing = ""
    loop.user_active()
    time.sleep(0.1)
    assert loop.models.reranker_error, "not at once"
    time.sleep(0.2)
    with loop.search_under_way():
        _wait(lambda: loop.models.reranker is not None)
    assert loop.models.reranker_error == ""


def test_a_reranker_that_takes_turns_is_tried_again_by_the_next_search(start, monkeypatch):
    monkeypatch.setattr("indexer.held_models.AGAIN_S", 0.1)
    room = Room(1)
    loop = start(room)
    room.missing = "The graphics card is full."
    with pytest.raises(ModelsUnavailable, match="card is full"):
        loop.call(loop.models.need_reranker, Cancellation())
    assert loop.models.reranker_error
    room.missing = ""
    time.sleep(0.2)
    loop.user_active()
    _wait(lambda: not loop.models.reranker_error)
    assert room.held == ["embedder"], "what is held is not given up for what may come"
    loop.call(loop.models.need_reranker, Cancellation())
    assert room.held == ["reranker"]


def test_vectors_of_another_embedder_do_not_change_by_waiting(start, monkeypatch):
    monkeypatch.setattr("indexer.held_models.AGAIN_S", 0.0)
    room = Room(2)
    room.other = True
    loop = start(room)
    loop.start()
    _wait(lambda: not loop._wanted_soon)
    with pytest.raises(ModelsUnavailable, match="another embedder"):
        loop.call(loop.models.need_embedder, Cancellation())
    assert room.asked == ["embedder"]


@pytest.mark.skipif(
    not hasattr(os, "getpriority"), reason="priorities of threads are read here as POSIX has them"
)
def test_index_work_gives_way_and_a_search_does_not(start):
    room = Room(2)
    loop = start(room)
    loop.gives_way = True
    usual = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    done: list[object] = []
    loop.put(Work(Input(texts=("x",)), done.append))
    _wait(lambda: done)
    loop.call(lambda: loop.models.need_embedder().embed_queries([Input(texts=("x",))]), Cancellation())
    assert room.models["embedder"].priorities == [max(NICE, usual), usual]


def test_another_budget_or_embedder_is_made_in_little_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same weights are there once, others by turns; questions are answered either way."""
    options = ModelOptions(str(CHECKPOINTS / "embed"), NO_RERANKER, "cpu")
    question = [Input(texts=("a red car",))]
    with Store.open(tmp_path / "index.db") as store:
        loop = ModelLoop(EngineModels(options, tmp_path, store, reranker=False))
        loop.start()
        try:
            assert loop.ready.wait(60 * PATIENCE)
            former = loop.models.embedder

            def answers() -> np.ndarray:
                return loop.call(lambda: loop.models.need_embedder().embed_queries(question), Cancellation())

            def embedded() -> object:
                done: list[object] = []
                loop.put(Work(question[0], done.append, embedder=loop.models.successor))
                _wait(lambda: done)
                return done[0]

            before = answers()
            monkeypatch.setattr(
                holding, "memory", lambda device: (0 if loop.models.held() else 1 << 40, 1 << 40)
            )
            loader = ModelLoader(replace(options, budget="fast"), tmp_path)
            assert loader.embedder_fits(former)
            loop.models.successor = twin = loader.embedder(former)
            loop.call(former.release, Cancellation())
            assert np.array_equal(answers(), before)
            assert former.is_held
            assert twin.is_held

            loader = ModelLoader(replace(options, embedder=str(CHECKPOINTS / "rerank")), tmp_path)
            loop.models.successor = None
            assert not loader.embedder_fits(former)
            other = loop.call(lambda: loop.models.load_successor(loader.embedder), Cancellation())
            assert loop.models.held() == [other]
            for _ in range(2):
                assert isinstance(embedded(), np.ndarray)
                assert loop.models.held() == [other]
                assert np.array_equal(answers(), before)
                assert loop.models.held() == [former]
        finally:
            assert loop.stop()


def test_real_models_take_turns_in_little_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Room for the larger one alone: both work, never beside each other, with the same numbers."""
    options = ModelOptions(str(CHECKPOINTS / "embed"), str(CHECKPOINTS / "rerank"), "cpu")
    with Store.open(tmp_path / "index.db") as store:
        loop = ModelLoop(EngineModels(options, tmp_path, store, reranker=True))
        loop.start()
        try:
            assert loop.ready.wait(60 * PATIENCE)
            question = [Input(texts=("a red car",))]

            def embedded() -> np.ndarray:
                return loop.call(lambda: loop.models.need_embedder().embed_queries(question), Cancellation())

            def judged() -> np.ndarray:
                return loop.call(
                    lambda: loop.models.need_reranker().score(question[0], question), Cancellation()
                )

            def held() -> list[bool]:
                return [
                    model is not None and model.is_held
                    for model in (loop.models.embedder, loop.models.reranker)
                ]

            vector, score = embedded(), judged()
            assert held() == [True, True]
            loop.call(lambda: loop.models.reranker.release(), Cancellation())
            monkeypatch.setattr(holding, "memory", lambda device: (0 if any(held()) else 1 << 40, 1 << 40))
            for _ in range(2):
                assert np.array_equal(judged(), score)
                assert held() == [False, True]
                assert np.array_equal(embedded(), vector)
                assert held() == [True, False]
        finally:
            assert loop.stop()

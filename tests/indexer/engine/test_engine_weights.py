"""Weights in the models thread: loaded on demand, in turns where room is short, let go when not needed."""

import os
import threading
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from engine_process import PATIENCE, ROOT
from rooms import Model, Room, wait

from indexer.inference.loading import EngineModels, ModelLoader
from indexer.inference.model_loop import ModelLoop
from indexer.inference.model_work import Cancellation, Work
from indexer.priority import NICE
from indexer.settings import NO_RERANKER, ModelOptions
from indexer.store.store import Store
from models import holding
from models.errors import OutOfMemory
from models.inputs import Input

CHECKPOINTS = ROOT / "tests" / "data" / "qwen3vl" / "checkpoints"


def test_the_reranker_is_loaded_for_the_first_search(start_loop):
    room = Room(2)
    loop = start_loop(room)
    time.sleep(0.1)
    assert list(room.models) == ["embedder"]
    loop.user_active()
    wait(lambda: room.held == ["embedder", "reranker"])


def test_models_take_turns_where_there_is_no_room_for_both(start_loop):
    room = Room(1)
    loop = start_loop(room)
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
    wait(lambda: done)
    assert isinstance(done[0], np.ndarray)
    assert room.held == ["embedder"], "index work needs it back"


def test_what_nobody_needs_is_let_go_and_comes_back(start_loop):
    room = Room(2)
    loop = start_loop(room)
    loop.call(loop.models.need_reranker, Cancellation())
    loop.release_after(0.2)
    loop.call(lambda: None, Cancellation())
    wait(lambda: not room.held)
    loop.release_after(60.0)
    loop.user_active()
    wait(lambda: room.held == ["embedder", "reranker"])
    assert sorted(room.restored) == ["embedder", "reranker"], "in the background, while somebody types"
    loop.release_after(0.0)
    wait(lambda: not room.held)
    loop.release_after(60.0)
    done: list[object] = []
    monotonic = time.monotonic()
    loop.put(Work(Input(texts=("x",)), done.append))
    wait(lambda: done)
    assert time.monotonic() - monotonic < 5 * PATIENCE


def test_while_memory_is_short_weights_go_as_soon_as_nobody_searches(start_loop, monkeypatch):
    monkeypatch.setattr("indexer.inference.model_loop.SEARCHING_S", 0.2)
    monkeypatch.setattr("indexer.inference.model_loop.TYPING_S", 0.2)
    room = Room(2)
    loop = start_loop(room)
    assert loop.models.memory_to_come == 0
    with loop.search_under_way():
        loop.call(loop.models.need_reranker, Cancellation())
        loop.spare_memory(True)
        time.sleep(0.3)
        assert room.held == ["embedder", "reranker"], "somebody waits for them"
    wait(lambda: not room.held)
    assert loop.models.memory_to_come == 1000
    loop.user_active()
    wait(lambda: len(room.restored) == 2)
    wait(lambda: not room.held)
    loop.spare_memory(False)
    loop.user_active()
    wait(lambda: room.held == ["embedder", "reranker"])
    time.sleep(0.3)
    assert room.held == ["embedder", "reranker"], "they have their time again"


def test_weights_on_a_card_with_memory_of_its_own_stay(start_loop):
    room = Room(2)
    loop = start_loop(room)
    room.models["embedder"].memory_bytes = 0
    loop.spare_memory(True)
    time.sleep(0.1)
    assert room.held == ["embedder"]
    loop.release_after(0.0)
    wait(lambda: not room.held)


def test_the_next_embedder_shares_with_the_reranker_whichever_was_loaded_first(start_loop):
    room = Room(3)
    loop = start_loop(room)
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


def test_a_reranker_exchanged_while_it_is_loaded_does_not_stay(start_loop):
    loop = start_loop(Room(2))
    first, second = Model(), Model()

    def load(beside):
        loop.models.change_reranker(lambda beside: second, True)  # as another thread would just now
        return first

    loop.models.change_reranker(load, True)
    assert loop.call(loop.models.need_reranker, Cancellation()) is second


def test_what_rests_gives_way_to_an_input_that_needs_much_memory(start_loop):
    room = Room(2)
    loop = start_loop(room)
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
        wait(lambda: text in done)
        return done[text]

    assert isinstance(work("small"), np.ndarray)
    assert room.held == ["embedder", "reranker"]
    assert isinstance(work("large"), np.ndarray)
    assert room.held == ["embedder"]
    assert "more memory" in work("huge")


def test_the_embedder_that_is_to_answer_later_gives_way_first(start_loop):
    room = Room(2)
    loop = start_loop(room)
    loop.call(loop.models.need_reranker, Cancellation())
    successor = room.models["successor"] = loop.models.successor = Model()
    successor.release()

    def work() -> None:
        done: list[object] = []
        loop.put(Work(Input(texts=("x",)), done.append, embedder=successor))
        wait(lambda: done)
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


@pytest.mark.skipif(
    not hasattr(os, "getpriority"), reason="priorities of threads are read here as POSIX has them"
)
def test_index_work_gives_way_and_a_search_does_not(start_loop):
    room = Room(2)
    loop = start_loop(room)
    loop.gives_way = True
    usual = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    done: list[object] = []
    loop.put(Work(Input(texts=("x",)), done.append))
    wait(lambda: done)
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
                wait(lambda: done)
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

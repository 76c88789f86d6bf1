"""Weights in the models thread that cannot be had: what waits for them, and when they are tried again."""

import time

import numpy as np
import pytest
from rooms import Room, wait

from indexer.errors import UserError
from indexer.inference.model_work import Cancellation, ModelsUnavailable, Work
from models.inputs import Input


def test_weights_that_do_not_come_back_blame_no_file(start_loop, monkeypatch):
    monkeypatch.setattr("indexer.inference.model_loop.RETRY_S", 0.3)
    room = Room(2)
    loop = start_loop(room)
    loop.release_after(0.0)
    wait(lambda: not room.held)
    loop.release_after(60.0)
    room.broken = "It does not fit into the memory of this device."
    done: list[object] = []
    loop.put(Work(Input(texts=("x",)), done.append))
    with pytest.raises(UserError, match="does not fit"):
        loop.call(loop.models.need_embedder, Cancellation())
    time.sleep(0.2)
    assert not done
    room.broken = ""
    wait(lambda: done)
    assert isinstance(done[0], np.ndarray)


def test_a_folder_that_is_gone_does_not_end_the_thread(start_loop, monkeypatch):
    """Weights that rest are looked for where they were, when somebody types and for index work."""
    monkeypatch.setattr("indexer.inference.model_loop.RETRY_S", 0.3)
    room = Room(1)
    loop = start_loop(room)
    loop.call(loop.models.need_reranker, Cancellation())
    assert room.held == ["reranker"]
    room.broken = "There is no model folder."
    loop.user_active()
    done: list[object] = []
    loop.put(Work(Input(texts=("x",)), done.append))
    wait(lambda: not loop._wanted_soon)
    time.sleep(0.2)
    assert loop._thread.is_alive()
    with pytest.raises(ModelsUnavailable, match="no model folder"):
        loop.call(loop.models.need_embedder, Cancellation())
    room.broken = ""
    wait(lambda: done)
    room.broken = "There is no model folder."
    loop.user_active()  # the reranker's turn is over, and it is looked for
    wait(lambda: not loop._wanted_soon)
    time.sleep(0.2)
    assert loop._thread.is_alive()


def test_models_that_could_not_be_loaded_are_tried_again_when_they_are_needed(start_loop, monkeypatch):
    monkeypatch.setattr("indexer.inference.held_models.AGAIN_S", 0.2)
    room = Room(2)
    room.missing = "The graphics card is full."
    loop = start_loop(room)
    assert loop.models.embedder_error == "The graphics card is full."
    with pytest.raises(ModelsUnavailable, match="card is full"):
        loop.call(loop.models.need_embedder, Cancellation())
    time.sleep(0.4)
    assert room.asked == ["embedder"], "nobody needs it"
    loop.start()  # as index work does that waits
    wait(lambda: room.asked == ["embedder"] * 2)
    loop.start()
    time.sleep(0.1)
    assert room.asked == ["embedder"] * 2, "not so soon again"
    room.missing = ""
    time.sleep(0.4)
    loop.start()
    wait(lambda: loop.models.embedder is not None)
    assert loop.models.embedder_error == ""

    wait(lambda: loop.models.reranker is not None)
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
        wait(lambda: loop.models.reranker is not None)
    assert loop.models.reranker_error == ""


def test_a_reranker_that_takes_turns_is_tried_again_by_the_next_search(start_loop, monkeypatch):
    monkeypatch.setattr("indexer.inference.held_models.AGAIN_S", 0.1)
    room = Room(1)
    loop = start_loop(room)
    room.missing = "The graphics card is full."
    with pytest.raises(ModelsUnavailable, match="card is full"):
        loop.call(loop.models.need_reranker, Cancellation())
    assert loop.models.reranker_error
    room.missing = ""
    time.sleep(0.2)
    loop.user_active()
    wait(lambda: not loop.models.reranker_error)
    assert room.held == ["embedder"], "what is held is not given up for what may come"
    loop.call(loop.models.need_reranker, Cancellation())
    assert room.held == ["reranker"]


def test_vectors_of_another_embedder_do_not_change_by_waiting(start_loop, monkeypatch):
    monkeypatch.setattr("indexer.inference.held_models.AGAIN_S", 0.0)
    room = Room(2)
    room.other = True
    loop = start_loop(room)
    loop.start()
    wait(lambda: not loop._wanted_soon)
    with pytest.raises(ModelsUnavailable, match="another embedder"):
        loop.call(loop.models.need_embedder, Cancellation())
    assert room.asked == ["embedder"]

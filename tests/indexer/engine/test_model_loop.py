"""The thread that runs the models: searches first, index work in micro-batches."""

import threading
import time
from collections.abc import Iterator
from functools import partial

import numpy as np
import pytest
from engine_process import wait_until

from indexer.errors import UserError
from indexer.inference import model_loop
from indexer.inference.model_loop import ModelLoop
from indexer.inference.model_work import Cancellation, ModelsUnavailable, SearchCancelled, Work
from models.errors import UnusableInput
from models.inputs import Input


class _Embedder:
    """Takes a given time per input and remembers the batches."""

    name, dimension, preparation = "slow", 2, "none"
    is_held = True

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.batches: list[int] = []
        self.sharp = 1

    def give_way(self) -> None:
        pass

    def prepare_quickly(self, value, has_time):
        return None if has_time(self.sharp) else _Prompt(value)

    def prepare(self, value):
        if value.texts == ("unusable",):
            raise UnusableInput("It is too narrow.")
        return _Prompt(value)

    def embed_prompts(self, prompts):
        if ("crash",) in [prompt.value.texts for prompt in prompts]:
            raise RuntimeError("boom")
        self.batches.append(len(prompts))
        time.sleep(self.seconds * len(prompts))
        return np.ones((len(prompts), 2), np.float32)


class _Prompt:
    """One token long."""

    def __init__(self, value: Input) -> None:
        self.value = value
        self.nbytes = sum(image.nbytes for image in value.images)

    def __len__(self) -> int:
        return 1


class _Loader:
    wants_reranker = False

    def __init__(self, embedder: _Embedder | None) -> None:
        self._embedder = embedder

    def embedder(self):
        if self._embedder is None:
            raise UserError("The folder is empty.")
        return self._embedder

    def reranker(self):
        return None


@pytest.fixture
def loop() -> Iterator:
    started: list[ModelLoop] = []

    def start(embedder: _Embedder | None) -> ModelLoop:
        started.append(ModelLoop(_Loader(embedder)))
        started[-1].start()
        return started[-1]

    yield start
    for each in started:
        assert each.stop()


def _put(one: ModelLoop, count: int) -> list:
    """So many documents; what they are done with."""
    results: list = []
    for _ in range(count):
        one.put(Work(Input(texts=("x",)), results.append))
    return results


def _bring(one: ModelLoop, count: int) -> None:
    """So many documents, until all are done."""
    results = _put(one, count)
    wait_until(lambda: len(results) == count)


def test_batches_grow_with_what_a_search_can_wait(loop):
    embedder = _Embedder(0.004)
    one = loop(embedder)
    _bring(one, 300)
    assert embedder.batches[0] == 1
    assert 16 <= max(embedder.batches) <= 64, "about 150 ms when nobody waits"
    embedder.batches.clear()
    results = _put(one, 200)
    waits = []
    for _ in range(5):
        started = time.monotonic()
        with one.search_under_way():
            one.call(lambda: None, Cancellation())
            waits.append(time.monotonic() - started)
            count = len(embedder.batches)
            time.sleep(0.05)
            assert len(embedder.batches) <= count + 1, "no other batch is begun meanwhile"
        time.sleep(0.03)
    wait_until(lambda: len(results) == 200)
    assert max(embedder.batches[6:]) <= 16, "short when somebody searches"
    assert waits[-1] < 0.5


def test_what_comes_in_company_waits_for_it_and_nothing_else_does(loop, monkeypatch):
    monkeypatch.setattr(model_loop, "GATHER_S", 1.0)
    embedder = _Embedder(0.0001)
    one = loop(embedder)
    results: list = []
    for number in range(12):
        one.put(Work(Input(texts=(str(number),)), results.append, in_company=True))
        time.sleep(0.01)
    wait_until(lambda: len(results) == 12)
    assert embedder.batches[0] == 1, "how long one takes is not known yet"
    assert len(embedder.batches) <= 4
    started = time.monotonic()
    one.put(Work(Input(texts=("x",)), results.append))
    wait_until(lambda: len(results) == 13)
    assert time.monotonic() - started < model_loop.GATHER_S / 2
    for number in range(model_loop.LARGEST_BATCH):
        one.put(Work(Input(texts=(str(number),)), results.append, in_company=True))
    started = time.monotonic()
    wait_until(lambda: len(results) == 13 + model_loop.LARGEST_BATCH)
    assert time.monotonic() - started < model_loop.GATHER_S / 2, "a full one waits for nothing"


def test_batches_are_large_where_each_has_a_long_fixed_part(loop):
    class Card(_Embedder):
        def embed_prompts(self, prompts):
            time.sleep(0.08)
            return super().embed_prompts(prompts)

    embedder = Card(0.002)
    one = loop(embedder)
    _bring(one, 400)
    assert len(embedder.batches) < 40
    assert max(embedder.batches) > 30, "a batch of one takes half of the time for a batch, and is no measure"


def test_a_sharp_look_is_taken_at_once_where_the_models_would_wait_anyway(loop):
    embedder = _Embedder(0.001)
    embedder.sharp = 10
    one = loop(embedder)
    results: list = []
    quick: list[int] = []

    def bring(count: int, decoding_s: float) -> float:
        quick.clear()
        for number in range(count):
            time.sleep(decoding_s)
            one.put(Work(Input(texts=("x",)), results.append, quickly=partial(quick.append, number)))
        return len([number for number in quick if number >= count // 2]) / (count - count // 2)

    assert bring(160, 0.001) > 0.9, "a sharp one takes ten times as long as decoding"
    assert bring(80, 0.03) < 0.1
    assert bring(160, 0.001) > 0.9, "what comes slowly for being waited for here counts as it is"
    embedder.sharp = 1000
    assert bring(20, 0.03) == 1.0, "not one that a search would have to wait for"


def test_a_batch_that_was_held_up_does_not_make_the_next_ones_small(loop):
    embedder = _Embedder(0.001)
    one = loop(embedder)
    _bring(one, 400)
    embedder.seconds = 0.4
    _bring(one, 1)
    embedder.seconds = 0.001
    embedder.batches.clear()
    one.pause(True)
    results = _put(one, 64)
    one.pause(False)
    wait_until(lambda: len(results) == 64)
    assert embedder.batches[0] >= 16


def test_one_bad_input_fails_alone(loop):
    one = loop(_Embedder(0.0))
    results: dict[str, object] = {}
    one.pause(True)
    for text in ("a", "b", "unusable", "c", "crash", "d"):
        one.put(Work(Input(texts=(text,)), lambda result, text=text: results.__setitem__(text, result)))
    one.pause(False)
    wait_until(lambda: len(results) == 6)
    assert results["unusable"] == "It is too narrow."
    assert "RuntimeError" in str(results["crash"])
    assert all(isinstance(results[text], np.ndarray) for text in "abcd")


def test_waiting_pixels_are_bounded(loop, monkeypatch):
    monkeypatch.setattr("indexer.inference.model_loop.WAITING_BYTES", 1000)
    one = loop(_Embedder(0.0))
    one.pause(True)
    work = Work(Input(images=(np.zeros((10, 20, 3), np.uint8),)), lambda result: None)
    assert one.put(work)
    done: list[bool] = []
    second = threading.Thread(target=lambda: done.append(one.put(work)))
    second.start()
    time.sleep(0.2)
    assert not done, "600 bytes wait already"
    one.stop()
    second.join(5)
    assert done == [False]


def test_nothing_is_embedded_while_somebody_types(loop, monkeypatch):
    monkeypatch.setattr("indexer.inference.model_loop.TYPING_S", 0.5)
    one = loop(_Embedder(0.0))
    assert one.ready.wait(5)
    one.user_active()
    done: list = []
    one.put(Work(Input(texts=("x",)), done.append))
    time.sleep(0.2)
    assert not done
    wait_until(lambda: done)


def test_a_cancelled_search_leaves_the_queue(loop):
    one = loop(_Embedder(0.2))
    one.put(Work(Input(texts=("x",)), lambda result: None))
    time.sleep(0.05)
    token, ended = Cancellation(), []

    def search() -> None:
        try:
            one.call(lambda: ended.append("ran"), token)
        except SearchCancelled:
            ended.append("cancelled")

    thread = threading.Thread(target=search)
    thread.start()
    time.sleep(0.02)
    token.cancel()
    thread.join(5)
    assert ended == ["cancelled"]
    with pytest.raises(SearchCancelled):
        one.call(lambda: None, token)


def test_a_model_that_does_not_load_is_a_sentence(loop):
    one = loop(None)
    assert one.ready.wait(5)
    assert one.models.embedder_error == "The folder is empty."
    with pytest.raises(ModelsUnavailable, match="empty"):
        one.call(one.models.need_embedder, Cancellation())

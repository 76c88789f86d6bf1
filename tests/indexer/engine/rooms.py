"""Models that weigh nothing, for devices with room for some of them."""

import os
import threading
import time
from collections.abc import Callable
from types import SimpleNamespace

import numpy as np
from engine_process import PATIENCE

from indexer.errors import OtherEmbedder, UserError
from models.inputs import Input


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


def wait(until: Callable[[], object]) -> None:
    end = time.monotonic() + 5 * PATIENCE
    while not until():
        assert time.monotonic() < end
        time.sleep(0.005)

"""Which models are loaded, and whose weights are in memory.

The embedder is held from the start, the reranker from the first search on. Weights that were let go come back
when they are needed, or when somebody begins to type. Where the device has no room for all models, they take
turns: whichever is needed next has others let go, first the one that a change of the embedder is about.

A model that could not be loaded is tried again when it is needed, later each time: its drive may be back, or
another program may have left the graphics card.
"""

import math
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from indexer.errors import OtherEmbedder, UserError
from indexer.inference.model_work import ModelsUnavailable

if TYPE_CHECKING:
    from models.qwen3_vl import Qwen3VLEmbedder, Qwen3VLReranker

AGAIN_S, SELDOM_S = 10.0, 600.0
"""Until a model that could not be loaded is tried again: the first time, and at most."""

LoadReranker: TypeAlias = "Callable[[Qwen3VLEmbedder | None], Qwen3VLReranker | None]"


class Weights(Protocol):
    """What both models have in common (`models.holding`)."""

    @property
    def is_held(self) -> bool: ...  # noqa: D102
    @property
    def memory_bytes(self) -> int: ...  # noqa: D102
    def share(self, other: Any) -> None: ...  # noqa: D102
    def is_twin(self, other: Any) -> bool: ...  # noqa: D102
    def release(self) -> None: ...  # noqa: D102


class Loader(Protocol):
    """Where the models come from. All raise UserError with a sentence that says what to do."""

    wants_reranker: bool

    def embedder(self) -> "Qwen3VLEmbedder": ...  # noqa: D102
    def reranker(self, beside: "Qwen3VLEmbedder | None") -> "Qwen3VLReranker | None": ...  # noqa: D102
    def reranker_fits(self, beside: "Qwen3VLEmbedder") -> bool:
        """Whether there is room for it beside what is held now."""

    def restore(self, model: Any, beside: Any) -> None:
        """Hold weights again, sharing with a model that is held, if any."""

    def fits(self, model: Any) -> bool:
        """Whether there is room for a released model beside what is held now."""


class _Trial:
    """When to try again what failed: after twice as long each time."""

    def __init__(self) -> None:
        self._wait_s, self._at = AGAIN_S, math.inf

    @property
    def is_due(self) -> bool:
        """It failed, long enough ago."""
        return time.monotonic() >= self._at

    def failed(self) -> None:
        """Now."""
        self._at = time.monotonic() + self._wait_s
        self._wait_s = min(2 * self._wait_s, SELDOM_S)


class HeldModels:
    """The embedder and the reranker. Methods that load, hold or exchange one are for the models thread alone.

    Args:
        on_change: called when the reranker was loaded, or could not be, and when the embedder came late.

    Attributes:
        embedder, reranker: None until loaded; `embedder_error` or `reranker_error` says why it could not be.
        successor: the embedder that some `Work` is for, and that is to answer later (switching.py).
        wants_reranker: False when there will be none on purpose.
    """

    def __init__(self, loader: Loader, on_change: Callable[[], None]) -> None:
        self.embedder: Qwen3VLEmbedder | None = None
        self.reranker: Qwen3VLReranker | None = None
        self.successor: Qwen3VLEmbedder | None = None
        self.embedder_error = ""
        self.reranker_error = ""
        self.wants_reranker = loader.wants_reranker
        self._loader = loader
        self._load: LoadReranker = loader.reranker
        self._loaded: LoadReranker | None = None
        self._embedder_trial, self._reranker_trial = _Trial(), _Trial()
        self._on_change = on_change

    @property
    def memory_to_come(self) -> int:
        """Bytes of the computer's memory that index work would take before it could begin."""
        embedder: Weights | None = self.successor or self.embedder
        return 0 if embedder is None or embedder.is_held else embedder.memory_bytes

    def held(self) -> list[Weights]:
        """Those whose weights are in memory."""
        models = (self.embedder, self.reranker, self.successor)
        return [model for model in models if model is not None and model.is_held]

    def change_reranker(self, load: LoadReranker, wanted: bool) -> None:
        """Another one from now on, or none, loaded when a search needs it. For any thread."""
        self._load, self.wants_reranker = load, wanted
        self.reranker, self.reranker_error = None, ""

    def load_embedder(self) -> None:
        """The one that answers; `embedder_error` says why there is none."""
        try:
            self.embedder, self.embedder_error = self._loader.embedder(), ""
        except OtherEmbedder as error:
            self.embedder_error = str(error)  # as it will be the next time
        except UserError as error:
            self.embedder_error = str(error)
            self._embedder_trial.failed()

    def need_embedder(self) -> "Qwen3VLEmbedder":
        """With its weights. Raises ModelsUnavailable."""
        if self.embedder is None and self._embedder_trial.is_due:
            self.load_embedder()
            self._on_change()
        if self.embedder is None:
            raise ModelsUnavailable(self.embedder_error)
        self._hold(self.embedder)
        return self.embedder

    def need_reranker(self) -> "Qwen3VLReranker":
        """With its weights; loads it on first use. Raises ModelsUnavailable."""
        self._load_reranker()
        if self.reranker is None:
            raise ModelsUnavailable(self.reranker_error)
        self._hold(self.reranker)
        return self.reranker

    def hold_for_work(self, embedder: "Qwen3VLEmbedder") -> None:
        """The weights of the embedder that some `Work` is for. Raises ModelsUnavailable."""
        self._hold(embedder)

    def load_successor(self, load: "Callable[[], Qwen3VLEmbedder]") -> "Qwen3VLEmbedder":
        """One for which there is no room beside the others, which are let go. Raises as `load` does."""
        for model in (self.reranker, self.embedder):
            if model is not None:
                model.release()
        self.successor = load()
        return self.successor

    def hold_for_search(self) -> None:
        """For one that will come: everything there is room for."""
        with suppress(UserError):
            embedder = self.need_embedder()
            if self.reranker_error and self._reranker_trial.is_due:
                self._loaded, self.reranker_error = None, ""  # where they take turns the search tries again
            if not self.wants_reranker or self.reranker_error:
                return
            reranker, loader = self.reranker, self._loader
            if loader.reranker_fits(embedder) if reranker is None else loader.fits(reranker):
                self.need_reranker()

    def let_others_go(self, model: Weights) -> bool:
        """Leave the device to this one. Whether there was anything beside it."""
        others = [one for one in self.held() if one is not model]
        for one in others:
            one.release()
        return bool(others)

    def take_over(self, embedder: "Qwen3VLEmbedder") -> None:
        """This one answers from now on, and holds in common with the reranker what it can."""
        self.embedder, self.successor, self.embedder_error = embedder, None, ""
        if self.reranker is not None:
            embedder.share(self.reranker)

    def _load_reranker(self) -> None:
        while self._loaded is not (load := self._load):  # it may be exchanged while it is loaded
            self.reranker, self.reranker_error = None, ""
            try:
                self.reranker = load(self.embedder)
                self._reranker_trial = _Trial()
            except UserError as error:
                self.reranker_error = str(error)
                self._reranker_trial.failed()
            self._loaded = load
            self._on_change()

    def _hold(self, model: Weights) -> None:
        """Have the weights of one model in memory, if need be instead of others'."""
        if model.is_held:
            return
        least_needed: tuple[Weights | None, ...] = (self.successor, self.reranker, self.embedder)
        others = [one for one in least_needed if one is not None and one is not model and one.is_held]
        try:
            while others and not (others[-1].is_twin(model) or self._loader.fits(model)):
                others.pop(0).release()
            self._loader.restore(model, others[-1] if others else None)
        except UserError as error:
            raise ModelsUnavailable(str(error)) from error

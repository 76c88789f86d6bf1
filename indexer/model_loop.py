"""The one thread that holds the models: loads them, answers searches first, indexes in between, lets them go.

    searches   call(job) ────────────► urgent (first in, first out) ──┐
                                                                      ├─► models thread ─► results
    indexing   put(Work) ─► prepared by the caller's thread ─► micro-batches by time ┘

A micro-batch is as many tokens as went through the models lately in the time it may take, which is short
when somebody has searched and longer when nobody has: a search waits for one batch at most, and while it is
under way no other is begun. Resampling pictures and building prompts is left to the threads that bring the
work, so the models find everything ready.

The embedder is held from the start, the reranker from the first search on. Weights that nobody needed for a
while, or at once when the computer is short of memory, are let go and come back in this thread when they are
needed, or when somebody begins to type. Where the device has no room for both models, they take turns:
whichever is needed next has the other one let go.
"""

import logging
import math
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from indexer.errors import UserError
from indexer.priority import thread_gives_way
from models.errors import DeviceError, UnusableInput
from models.inputs import Input

if TYPE_CHECKING:
    from models.prompts import Prompt
    from models.qwen3_vl import Qwen3VLEmbedder, Qwen3VLReranker

log = logging.getLogger(__name__)

SEARCHING_TARGET_S = 0.040
"""Length of a micro-batch while somebody searches: what a person does not notice."""
IDLE_TARGET_S = 0.150
SEARCHING_S = 10.0
"""How long after a search the next one is expected."""
TYPING_S = 2.0
"""How long after a key no indexing work is taken at all."""
LARGEST_BATCH = 64
RELEASE_AFTER_S = 600.0
RETRY_S = 15.0
"""How long index work waits after weights did not come back, for want of memory as a rule."""
NEWEST_SHARE = 0.5
"""Weight of the last micro-batch in the time that a token is expected to take."""
WAITING_BYTES = 96 << 20
"""Pixels that may wait for the models: about 25 photos at 1280 tokens."""

Vector = NDArray[np.float32]
LoadReranker: TypeAlias = "Callable[[Qwen3VLEmbedder | None], Qwen3VLReranker | None]"
T = TypeVar("T")


class Weights(Protocol):
    """What both models have in common (`models.holding`)."""

    @property
    def is_held(self) -> bool: ...  # noqa: D102
    @property
    def memory_bytes(self) -> int: ...  # noqa: D102
    def share(self, other: Any) -> None: ...  # noqa: D102
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


class ModelsUnavailable(UserError):
    """The model that a job needs could not be loaded; the message says why."""


class SearchCancelled(Exception):
    """Nobody waits for this answer any more."""


class Cancellation:
    """Lets one thread give up a search that another thread is working on."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._cancelled = False
        self._future: Future[Any] | None = None

    def cancel(self) -> None:
        """Give it up; a job that has not started is taken out of the queue."""
        with self._lock:
            self._cancelled = True
            if self._future is not None:
                self._future.cancel()

    def is_cancelled(self) -> bool:
        """Whether `cancel()` was called."""
        return self._cancelled

    def _follow(self, future: Future[Any]) -> None:
        with self._lock:
            self._future = future
            if self._cancelled:
                future.cancel()


@dataclass(frozen=True, slots=True, eq=False)
class Work:
    """One document to embed.

    Attributes:
        content: what the embedder reads.
        done: called with the vector in the models thread, or with a sentence that says why there is none.
        quickly: called when a quick look was taken, before `done`; None for a sharp one.
        embedder: another one than that which answers (switching.py).
    """

    content: Input
    done: Callable[[Vector | str], None]
    quickly: Callable[[], None] | None = None
    embedder: "Qwen3VLEmbedder | None" = None


@dataclass(frozen=True, slots=True, eq=False)
class _Ready:
    """A work whose pictures have been resampled."""

    prompt: "Prompt"
    done: Callable[[Vector | str], None]
    embedder: "Qwen3VLEmbedder"


class ModelLoop:
    """Owns the embedder and the reranker.

    Attributes:
        embedder, reranker: None until loaded, or for good when `embedder_error` or `reranker_error` says why.
        successor: the embedder that some `Work` is for, and that is to answer later (switching.py).
        wants_reranker: False when there will be none on purpose.
        ready: set when the embedder is loaded or has failed.
        gives_way: let index work on the processor take what other programs leave. It is then done by a thread
            of its own, and by those that torch starts below it, because a priority cannot be raised again.
    """

    def __init__(self, loader: Loader, on_change: Callable[[], None] = lambda: None) -> None:
        self.embedder: Qwen3VLEmbedder | None = None
        self.reranker: Qwen3VLReranker | None = None
        self.successor: Qwen3VLEmbedder | None = None
        self.embedder_error = ""
        self.reranker_error = ""
        self.ready = threading.Event()
        self.wants_reranker = loader.wants_reranker
        self._release_after_s = RELEASE_AFTER_S
        self._memory_is_short = False
        self.gives_way = False
        self._background = ThreadPoolExecutor(1, "models-index", initializer=thread_gives_way)
        self._reranker_loaded = False
        self._wanted_soon = False
        self._used_at = time.monotonic()
        self._not_before = 0.0
        self._loader = loader
        self._load: LoadReranker = loader.reranker
        self._on_change = on_change
        self._wake = threading.Condition()
        self._urgent: deque[tuple[Future[Any], Callable[[], Any]]] = deque()
        self._work: deque[_Ready] = deque()
        self._waiting_bytes = 0
        self._seconds_per_token = 0.0
        self._typing_until = 0.0
        self._searching_until = 0.0
        self._searches = 0
        self._paused = False
        self._started = False
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="models", daemon=True)

    def start(self) -> None:
        """Begin to load; returns at once. Calling it again does no harm."""
        with self._wake:
            if not self._started and not self._stopping:
                self._started = True
                self._thread.start()

    @property
    def started(self) -> bool:
        """`start` was called."""
        return self._started

    def stop(self, timeout_s: float = 10.0) -> bool:
        """Finish the micro-batch and end. Returns False when the thread is still busy (loading weights)."""
        with self._wake:
            self._stopping = True
            for future, _ in self._urgent:
                future.cancel()
            self._wake.notify_all()
        if self._thread.is_alive():
            self._thread.join(timeout_s)
        self._background.shutdown(wait=False)
        return not self._thread.is_alive()

    def pause(self, paused: bool) -> None:
        """Stop or go on taking index work; searches are not concerned."""
        with self._wake:
            self._paused = paused
            self._wake.notify_all()

    def release_after(self, seconds: float) -> None:
        """How long weights are held that nobody needs."""
        with self._wake:
            self._release_after_s = seconds
            self._wake.notify_all()

    def spare_memory(self, short: bool) -> None:
        """While memory is short, weights go as soon as nobody searches or types; else after their time.

        Those on a card with memory of its own stay: letting them go would help nobody.
        """
        with self._wake:
            self._memory_is_short = short
            self._wake.notify_all()

    @property
    def memory_to_come(self) -> int:
        """Bytes of the computer's memory that index work would take before it could begin."""
        embedder: Weights | None = self.successor or self.embedder
        return 0 if embedder is None or embedder.is_held else embedder.memory_bytes

    def user_active(self) -> None:
        """Take no index work for `TYPING_S`; a search will come, so have everything ready for it."""
        with self._wake:
            self._typing_until = time.monotonic() + TYPING_S
            self._wanted_soon = True
            self._wake.notify_all()

    @contextmanager
    def search_under_way(self) -> Iterator[None]:
        """No index work is begun meanwhile."""
        with self._wake:
            self._searches += 1
            self._wanted_soon = True
            self._wake.notify_all()
        try:
            yield
        finally:
            with self._wake:
                self._searches -= 1
                self._searching_until = time.monotonic() + SEARCHING_S
                self._wake.notify_all()

    def call(self, job: Callable[[], T], token: Cancellation) -> T:
        """Run `job` in the models thread, before any index work. Raises SearchCancelled, or as the job."""
        future: Future[T] = Future()
        with self._wake:
            if self._stopping:
                raise SearchCancelled
            self._urgent.append((future, job))
            self._wake.notify_all()
        token._follow(future)
        try:
            return future.result()
        except CancelledError:
            raise SearchCancelled from None

    def need_embedder(self) -> "Qwen3VLEmbedder":
        """For jobs, with its weights. Raises ModelsUnavailable."""
        if self.embedder is None:
            raise ModelsUnavailable(self.embedder_error)
        self._hold(self.embedder, self.reranker)
        return self.embedder

    def need_reranker(self) -> "Qwen3VLReranker":
        """For jobs, with its weights; loads it on first use. Raises ModelsUnavailable."""
        self._load_reranker()
        if self.reranker is None:
            raise ModelsUnavailable(self.reranker_error)
        self._hold(self.reranker, self.embedder)
        return self.reranker

    def take_over(self, embedder: "Qwen3VLEmbedder") -> None:
        """For jobs: this one answers from now on, and holds in common with the reranker what it can."""
        self.embedder, self.successor, self.embedder_error = embedder, None, ""
        if self.reranker is not None:
            embedder.share(self.reranker)

    def change_reranker(self, load: "LoadReranker", wanted: bool) -> None:
        """Another one from now on, or none, loaded by the models thread when a search needs it."""
        with self._wake:
            self._load, self.wants_reranker = load, wanted
            self.reranker, self.reranker_error, self._reranker_loaded = None, "", False
            self._wake.notify_all()

    def put(self, work: Work) -> bool:
        """Prepare a document on this thread and queue it; waits until the embedder is loaded and for room.

        Returns False when the loop is stopping.
        """
        while not self.ready.wait(0.2):
            if self._stopping:
                return False
        try:
            embedder = work.embedder or self.embedder
            if embedder is None:
                raise ModelsUnavailable(self.embedder_error)
            prompt = embedder.prepare_quickly(work.content) if work.quickly is not None else None
            if prompt is not None and work.quickly is not None:
                work.quickly()
            else:
                prompt = embedder.prepare(work.content)
        except Exception as error:
            work.done(_sentence(error))
            return not self._stopping
        with self._wake:
            while not self._stopping and self._work and self._waiting_bytes + prompt.nbytes > WAITING_BYTES:
                self._wake.wait()
            if self._stopping:
                return False
            self._work.append(_Ready(prompt, work.done, embedder))
            self._waiting_bytes += prompt.nbytes
            self._wake.notify_all()
            return True

    def _run(self) -> None:
        self._load_embedder()
        while True:
            with self._wake:
                while not (self._stopping or self._urgent or self._work_due() or self._wanted_soon):
                    if any(at <= time.monotonic() for at, _ in self._resting()):
                        break
                    self._wake.wait(self._nap_s())
                if self._stopping:
                    return
                urgent = self._urgent.popleft() if self._urgent else None
                soon, self._wanted_soon = self._wanted_soon, False
                due = self._work_due()
            if urgent is not None:
                _answer(*urgent)
            elif soon:
                self._get_ready()
            elif due:
                self._index_some()
            else:
                self._rest()
                continue
            self._used_at = time.monotonic()

    def _load_embedder(self) -> None:
        try:
            self.embedder = self._loader.embedder()
        except UserError as error:
            self.embedder_error = str(error)
        self.ready.set()
        self._on_change()

    def _load_reranker(self) -> None:
        if self._reranker_loaded:
            return
        try:
            self.reranker = self._load(self.embedder)
        except UserError as error:
            self.reranker_error = str(error)
        self._reranker_loaded = True
        self._on_change()

    def _hold(self, model: Weights, other: Weights | None) -> None:
        """Have the weights of one model in memory, if need be instead of the other's."""
        if model.is_held:
            return
        if other is not None and other.is_held and not self._loader.fits(model):
            other.release()
        try:
            self._loader.restore(model, other)
        except UserError as error:
            raise ModelsUnavailable(str(error)) from error

    def _get_ready(self) -> None:
        """For a search that will come: everything there is room for."""
        with suppress(ModelsUnavailable):
            embedder = self.need_embedder()
            if not self.wants_reranker or self.reranker_error:
                return
            reranker, loader = self.reranker, self._loader
            if loader.reranker_fits(embedder) if reranker is None else loader.fits(reranker):
                self.need_reranker()

    def _resting(self) -> list[tuple[float, Weights]]:
        """The models that are held, each with the moment from which on nobody needs it."""
        models = (self.embedder, self.reranker, self.successor)
        held: list[Weights] = [model for model in models if model is not None and model.is_held]
        return [] if self._searches else [(self._rest_at(model), model) for model in held]

    def _rest_at(self, model: Weights) -> float:
        late = self._used_at + self._release_after_s
        soon = max(self._typing_until, self._searching_until)
        return min(soon, late) if self._memory_is_short and model.memory_bytes else late

    def _rest(self) -> None:
        """Nobody needs the weights."""
        now = time.monotonic()
        for at, model in self._resting():
            if at <= now:
                log.info("%s is released", "the reranker" if model is self.reranker else "the embedder")
                model.release()

    def _work_due(self) -> bool:
        if not self._work or self._paused or self._searches:
            return False
        return time.monotonic() >= max(self._typing_until, self._not_before)

    def _nap_s(self) -> float | None:
        """Until there is something to do that nobody will wake for: work after typing, letting weights go."""
        moments = [at for at, _ in self._resting()]
        if self._work and not self._paused and not self._searches:
            moments.append(max(self._typing_until, self._not_before))
        first = min(moments, default=math.inf)
        return None if first == math.inf else max(0.01, first - time.monotonic())

    def _index_some(self) -> None:
        """One micro-batch, once the weights are there. Until they are, work waits and nothing is blamed."""
        with self._wake:
            wanted = self._work[0].embedder
        try:
            self._hold(wanted, self.reranker if wanted is self.embedder else self.embedder)
        except ModelsUnavailable as error:
            log.warning("the embedder did not come back: %s", error)
            self._not_before = time.monotonic() + RETRY_S
            return
        with self._wake:
            batch = self._take_batch()
        if self.gives_way and wanted.device.name == "cpu":
            self._background.submit(self._index, batch).result()
        else:
            self._index(batch)

    def _take_batch(self) -> list[_Ready]:
        target = SEARCHING_TARGET_S if time.monotonic() < self._searching_until else IDLE_TARGET_S
        batch: list[_Ready] = []
        tokens = 0
        while self._work and len(batch) < LARGEST_BATCH:
            if batch and self._work[0].embedder is not batch[0].embedder:
                break
            tokens += len(self._work[0].prompt)
            if batch and (not self._seconds_per_token or tokens * self._seconds_per_token > target):
                break
            batch.append(self._work.popleft())
        self._waiting_bytes -= sum(one.prompt.nbytes for one in batch)
        self._wake.notify_all()
        return batch

    def _index(self, batch: list[_Ready]) -> None:
        started = time.monotonic()
        self._embed(batch)
        took = (time.monotonic() - started) / sum(len(one.prompt) for one in batch)
        share = NEWEST_SHARE if self._seconds_per_token else 1.0
        self._seconds_per_token += share * (took - self._seconds_per_token)

    def _embed(self, batch: list[_Ready]) -> None:
        """Every document of the batch gets its vector or its sentence, whatever happens to the others."""
        try:
            vectors = batch[0].embedder.embed_prompts([one.prompt for one in batch])
        except Exception as error:
            if len(batch) == 1:
                batch[0].done(_sentence(error))
                return
            log.warning("a batch of %d failed (%s); its documents are tried alone", len(batch), error)
            for one in batch:
                self._embed([one])
        else:
            for one, vector in zip(batch, vectors, strict=True):
                one.done(vector)


def _sentence(error: Exception) -> str:
    if isinstance(error, (DeviceError, UnusableInput, ModelsUnavailable)):
        return str(error)
    log.error("embedding one document failed", exc_info=error)
    return f"The model could not read it ({type(error).__name__})."


def _answer(future: Future[Any], job: Callable[[], Any]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        future.set_result(job())
    except Exception as error:
        future.set_exception(error)

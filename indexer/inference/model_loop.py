"""The one thread that runs the models: answers searches first, indexes in between, lets weights go.

    searches   call(job) ────────────► urgent (first in, first out) ──┐
                                                                      ├─► models thread ─► results
    indexing   put(Work) ─► prepared by the caller's thread ─► micro-batches by time ┘

A micro-batch is as many tokens as go through the models in the time it may take (batch_times.py), which is
short when somebody has searched and longer when nobody has: a search waits for one batch at most, and while
it is under way no other is begun. What decoders bring in numbers waits a moment until a micro-batch is full.
Resampling pictures and building prompts is left to the threads that bring the work, so the models find
everything ready.

Weights (held_models.py) that nobody needed for a while are let go, or at once when the computer is short of
memory.
"""

import logging
import math
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

from indexer.inference.batch_times import BatchTimes
from indexer.inference.held_models import HeldModels, Loader, Weights
from indexer.inference.model_work import (
    Cancellation,
    ModelsUnavailable,
    Ready,
    SearchCancelled,
    Work,
    why_not,
)
from indexer.priority import thread_gives_way
from models.errors import OutOfMemory

log = logging.getLogger(__name__)

SEARCHING_TARGET_S = 0.040
"""Length of a micro-batch while somebody searches: what a person does not notice."""
IDLE_TARGET_S = 0.150
SEARCHING_PARTS, IDLE_PARTS, LONGEST_S = 1.25, 3.0, 0.5
"""It may be longer where the fixed part of any batch is long: so many times that part, and no longer."""
SEARCHING_S = 10.0
"""How long after a search the next one is expected."""
TYPING_S = 2.0
"""How long after a key no indexing work is taken at all."""
LARGEST_BATCH = 64
GATHER_S = 0.3
"""How long work waits for company while a micro-batch is not full: small ones cost several times as much for
each document, and what they take of the processor is what the decoders then lack."""
RELEASE_AFTER_S = 600.0
RETRY_S = 15.0
"""How long index work waits after weights did not come back, for want of memory as a rule."""
WORTH_WAITING = 1.5
"""Sharp looks at once may take so many times as long as decoders take: all is seen a little later for that,
and everything is done much earlier, since no file is decoded twice."""
PAUSE_S = 1.0
"""For a document, at most, that counts: more is no measure of how fast decoders are."""
DECODING_REMEMBERED = 0.95
"""What of earlier documents counts beside the last one, in the time that one takes its decoder: a file may
bring several at once."""
WAITING_BYTES = 96 << 20
"""Pixels that may wait for the models: about 25 photos at 1280 tokens."""

T = TypeVar("T")


class ModelLoop:
    """Does what waits for the models, one thing after the other.

    Attributes:
        models: what is loaded.
        ready: set when the embedder is loaded or has failed.
        gives_way: let index work on the processor take what other programs leave. It is then done by a thread
            of its own, and by those that torch starts below it, because a priority cannot be raised again.
    """

    def __init__(self, loader: Loader, on_change: Callable[[], None] = lambda: None) -> None:
        self.models = HeldModels(loader, on_change)
        self.ready = threading.Event()
        self._release_after_s = RELEASE_AFTER_S
        self._memory_is_short = False
        self.gives_way = False
        self._background = ThreadPoolExecutor(1, "models-index", initializer=thread_gives_way)
        self._wanted_soon = False
        self._used_at = time.monotonic()
        self._not_before = 0.0
        self._on_change = on_change
        self._wake = threading.Condition()
        self._urgent: deque[tuple[Future[Any], Callable[[], Any]]] = deque()
        self._work: deque[Ready] = deque()
        self._waiting_bytes = self._waiting_tokens = 0
        self._waiting_since = 0.0
        self._times = BatchTimes()
        self._decoding_s = 0.0
        self._decoding_since: dict[int, float] = {}
        self._typing_until = 0.0
        self._searching_until = 0.0
        self._searches = 0
        self._paused = False
        self._started = False
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="models", daemon=True)

    def start(self) -> None:
        """Begin to load; returns at once. Called again, it tries again what could not be loaded."""
        with self._wake:
            if not self._started and not self._stopping:
                self._started = True
                self._thread.start()
            elif self.models.embedder_error:
                self._wanted_soon = True
                self._wake.notify_all()

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
        token.follow(future)
        try:
            return future.result()
        except CancelledError:
            raise SearchCancelled from None

    def put(self, work: Work) -> bool:
        """Prepare a document on this thread and queue it; waits until the embedder is loaded and for room.

        Returns False when the loop is stopping.
        """
        while not self.ready.wait(0.2):
            if self._stopping:
                return False
        came_at = time.monotonic()
        try:
            embedder = work.embedder or self.models.embedder
            if embedder is None:
                raise ModelsUnavailable(self.models.embedder_error)
            ready = work.prepare(embedder, self._has_time_for)
        except Exception as error:
            work.done(why_not(error))
            return not self._stopping
        prepared_s = time.monotonic() - came_at
        with self._wake:
            while (
                not self._stopping
                and self._work
                and self._waiting_bytes + ready.prompt.nbytes > WAITING_BYTES
            ):
                self._wake.wait()
            if self._stopping:
                return False
            if not self._work:
                self._waiting_since = time.monotonic()
            self._work.append(ready)
            self._waiting_bytes += ready.prompt.nbytes
            self._waiting_tokens += len(ready.prompt)
            if work.quickly is not None:
                self._learn_decoding(came_at, prepared_s)
            self._wake.notify_all()
            return True

    def _learn_decoding(self, came_at: float, prepared_s: float) -> None:
        """How long this thread was busy with a document, without what it waited here."""
        thread = threading.get_ident()
        since = self._decoding_since.get(thread)
        if since is not None:
            took_s = min(PAUSE_S, came_at - since)
            self._decoding_s += (1 - DECODING_REMEMBERED) * (took_s - self._decoding_s)
        self._decoding_since[thread] = time.monotonic() - prepared_s

    def _has_time_for(self, tokens: int) -> bool:
        """Whether it is decoders that are waited for, or nearly, even if each document has so many tokens."""
        takes_s = self._times.share_s(tokens)
        apart_s = self._decoding_s / max(1, len(self._decoding_since))
        return 0 < takes_s < min(WORTH_WAITING * apart_s, IDLE_TARGET_S)

    def _run(self) -> None:
        self.models.load_embedder()
        self.ready.set()
        self._on_change()
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
                self.models.hold_for_search()
            elif due:
                self._index_some()
            else:
                self._rest()
                continue
            self._used_at = time.monotonic()

    def _resting(self) -> list[tuple[float, Weights]]:
        """The models that are held, each with the moment from which on nobody needs it."""
        return [] if self._searches else [(self._rest_at(model), model) for model in self.models.held()]

    def _rest_at(self, model: Weights) -> float:
        late = self._used_at + self._release_after_s
        soon = max(self._typing_until, self._searching_until)
        return min(soon, late) if self._memory_is_short and model.memory_bytes else late

    def _rest(self) -> None:
        """Nobody needs the weights."""
        now = time.monotonic()
        for at, model in self._resting():
            if at <= now:
                log.info(
                    "%s is released", "the reranker" if model is self.models.reranker else "the embedder"
                )
                model.release()

    def _work_due(self) -> bool:
        if not self._work or self._paused or self._searches:
            return False
        return time.monotonic() >= self._work_from()

    def _work_from(self) -> float:
        """From when on a micro-batch may be taken of what waits."""
        first = max(self._typing_until, self._not_before)
        return first if self._is_full() else max(first, self._waiting_since + GATHER_S)

    def _is_full(self) -> bool:
        """Whether it would be no better for waiting longer."""
        return (
            not all(one.in_company for one in self._work)
            or len(self._work) >= LARGEST_BATCH
            or 0 < self._most_tokens() <= self._waiting_tokens
            or self._waiting_bytes >= WAITING_BYTES // 2
        )

    def _most_tokens(self) -> float:
        if time.monotonic() < self._searching_until:
            return self._times.most_tokens(SEARCHING_TARGET_S, SEARCHING_PARTS, LONGEST_S)
        return self._times.most_tokens(IDLE_TARGET_S, IDLE_PARTS, LONGEST_S)

    def _nap_s(self) -> float | None:
        """Until there is something to do that nobody will wake for: work after typing, letting weights go."""
        moments = [at for at, _ in self._resting()]
        if self._work and not self._paused and not self._searches:
            moments.append(self._work_from())
        first = min(moments, default=math.inf)
        return None if first == math.inf else max(0.01, first - time.monotonic())

    def _index_some(self) -> None:
        """One micro-batch, once the weights are there. Until they are, work waits and nothing is blamed."""
        with self._wake:
            wanted = self._work[0].embedder
        try:
            self.models.hold_for_work(wanted)
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

    def _take_batch(self) -> list[Ready]:
        most = self._most_tokens()
        batch: list[Ready] = []
        tokens = 0
        while self._work and len(batch) < LARGEST_BATCH:
            if batch and self._work[0].embedder is not batch[0].embedder:
                break
            tokens += len(self._work[0].prompt)
            if batch and tokens > most:
                break
            batch.append(self._work.popleft())
        self._waiting_bytes -= sum(one.prompt.nbytes for one in batch)
        self._waiting_tokens -= sum(len(one.prompt) for one in batch)
        self._waiting_since = time.monotonic()
        self._wake.notify_all()
        return batch

    def _index(self, batch: list[Ready]) -> None:
        batch[0].embedder.give_way()
        started = time.monotonic()
        self._embed(batch)
        took_s = time.monotonic() - started
        self._times.note(sum(len(one.prompt) for one in batch), took_s)

    def _embed(self, batch: list[Ready]) -> None:
        """Every document of the batch gets its vector or its sentence, whatever happens to the others."""
        try:
            vectors = batch[0].embedder.embed_prompts([one.prompt for one in batch])
        except Exception as error:
            if len(batch) == 1:
                if isinstance(error, OutOfMemory) and self.models.let_others_go(batch[0].embedder):
                    self._embed(batch)
                else:
                    batch[0].done(why_not(error))
                return
            log.warning("a batch of %d failed (%s); its documents are tried alone", len(batch), error)
            for one in batch:
                self._embed([one])
        else:
            for one, vector in zip(batch, vectors, strict=True):
                one.done(vector)


def _answer(future: Future[Any], job: Callable[[], Any]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        future.set_result(job())
    except Exception as error:
        future.set_exception(error)

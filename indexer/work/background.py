"""What all work has in common that is done step by step when nothing better is to be done."""

import logging
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable

from indexer.errors import UserError
from indexer.inference.model_work import SearchCancelled
from indexer.ingest.decoders import PoolClosed
from indexer.priority import thread_gives_way
from indexer.store.store import Store
from indexer.work.work_queue import WorkQueue

log = logging.getLogger(__name__)

LOOK_EVERY_S = 0.2
LOOK_WHEN_IDLE_S = 2.0
RETRY_S = 30.0
AGAIN_S = 600.0
"""How long what cannot be had is left alone at first."""


class Aside:
    """Contents that cannot be had just now: locked, in the cloud, changed a moment ago. For any thread.

    They are left alone for a while and then tried again, as nothing tells when that is worth it; each time
    for twice as long as before.
    """

    def __init__(self) -> None:
        self._waits: dict[int, tuple[float, float]] = {}

    def add(self, content: int) -> None:
        """Leave it alone from now on."""
        _, before_s = self._waits.get(content, (0.0, AGAIN_S / 2))
        self._waits[content] = time.monotonic() + 2 * before_s, 2 * before_s

    def clear(self) -> None:
        """Try all of them again."""
        self._waits.clear()

    def now(self) -> set[int]:
        """Those that are to be left alone."""
        moment = time.monotonic()
        return {content for content, (until, _) in list(self._waits.items()) if until > moment}


class Background(ABC):
    """Threads that take a step whenever no file waits and nothing holds them, until `stop()`.

    Args:
        name: of the threads.
        on_change: called after every step, from one of the threads; must not block.
        gives_way: let every other program of the person's go first.

    Attributes:
        trouble: a sentence while nothing can be done; "" normally.
        works: false once something went wrong that is a bug; the next start tries again.
    """

    def __init__(
        self,
        name: str,
        queue: WorkQueue,
        on_change: Callable[[], None] = lambda: None,
        workers: int = 1,
        gives_way: bool = True,
    ) -> None:
        self.trouble = ""
        self.works = True
        self._name = name
        self._queue = queue
        self._on_change = on_change
        self._gives_way = gives_way
        self._stopping = threading.Event()
        self._paused = False
        self._leaves_room = False
        self._threads: list[threading.Thread] = []
        self._workers = workers

    def start(self) -> None:
        """Begin when there is nothing else to do."""
        self.widen(self._workers)

    def widen(self, workers: int) -> None:
        """Work in so many threads from now on, if that is more than before; only after `start`."""
        for number in range(len(self._threads), workers):
            name = f"{self._name}-{number}" if number else self._name
            self._threads.append(threading.Thread(target=self._run, name=name, daemon=True))
            self._threads[-1].start()

    def stop(self, timeout_s: float = 5.0) -> None:
        """Give up what is at hand. The caller has closed the pool and stopped the loop before."""
        self._stopping.set()
        for thread in self._threads:
            thread.join(timeout_s)

    def pause(self, paused: bool) -> None:
        """Stop after the step at hand, or go on."""
        self._paused = paused

    @abstractmethod
    def _step(self) -> bool:
        """Do the next thing; false if there is none. May raise UserError, `PoolClosed`, `SearchCancelled`."""

    def _idle(self, slept_s: float) -> None:  # noqa: B027 - most have nothing to do then
        """Called when there was nothing to be done, or no leave to do it, for so many seconds."""

    def _give_back(self, store: Store) -> None:
        """What was replaced or removed (`_leaves_room`) has left room in the index."""
        if self._must_wait():
            return
        with self._queue.held() as held:
            if held:
                self._leaves_room = False
                store.tidy()

    def _must_wait(self) -> bool:
        stops = self._stopping.is_set() or self._queue.stopping or not self.works
        return stops or self._paused or not self._queue.idle

    def _run(self) -> None:
        if self._gives_way:
            thread_gives_way()
        nap_s = LOOK_EVERY_S
        while self.works and not self._stopping.wait(nap_s):
            nap_s = LOOK_WHEN_IDLE_S if self._queue.idle else LOOK_EVERY_S
            try:
                while not self._must_wait():
                    more = self._step()
                    self.trouble = ""
                    if not more:
                        break
                    self._on_change()
                self._idle(nap_s)
            except (PoolClosed, SearchCancelled):
                return
            except UserError as error:
                log.warning("%s: %s", self._name, error)
                self.trouble = str(error)
                self._rest()
            except Exception:
                log.exception("%s failed; it is not tried again before the next start", self._name)
                self.trouble = "Something went wrong inside Sightline; the log has the details."
                self.works = False

    def _rest(self) -> None:
        """Until what is in the way may have gone."""
        self._on_change()
        self._stopping.wait(RETRY_S)

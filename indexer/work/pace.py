"""How long the work that is left will take: from what the last files of each kind have cost.

A film costs a hundred times what a photo costs, so one rate for all files would promise an hour in the middle
of the photos and take a night. What is measured is the time by which each file held up the end of the work:
from the file before it, or from its own beginning if that was later. So threads that work side by side, and
times in which nothing was done, count as they should.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from typing import Final

from indexer.kinds import Kind

REMEMBERED = 64
"""Files of each kind; what they cost changes with the folder and with what else the computer does."""
ENOUGH = 3
"""Files after which a kind's own cost is believed."""
LIKELY: Final[Mapping[Kind, float]] = {"photo": 1.0, "screenshot": 1.5, "document": 4.0, "video": 20.0}
"""What a file costs as long as none of its kind was measured, in files of the first kind."""
RATE_WINDOW_S = 10.0


class Pace:
    """Measures files as they are finished. Safe to use from several threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._last = clock()
        self._costs: dict[Kind, deque[float]] = {kind: deque(maxlen=REMEMBERED) for kind in LIKELY}
        self._done_at: deque[float] = deque()

    def now(self) -> float:
        """For `done`: when a file was begun."""
        return self._clock()

    def rest(self) -> None:
        """Nothing is done until the next file is begun."""
        with self._lock:
            self._last = self._clock()

    def done(self, kind: Kind, begun: float) -> None:
        """A file is finished."""
        with self._lock:
            now = self._clock()
            self._costs[kind].append(now - max(self._last, begun))
            self._last = now
            self._done_at.append(now)

    def rate(self) -> float:
        """Files per second over the last seconds."""
        with self._lock:
            now = self._clock()
            while self._done_at and now - self._done_at[0] > RATE_WINDOW_S:
                self._done_at.popleft()
            if len(self._done_at) < 2:
                return 0.0
            return len(self._done_at) / max(0.5, now - self._done_at[0])

    def left_s(self, waiting: Mapping[Kind, int]) -> float | None:
        """Seconds that so many files of each kind will take; None while that cannot be known."""
        with self._lock:
            known = {
                kind: sum(costs) / len(costs) for kind, costs in self._costs.items() if len(costs) >= ENOUGH
            }
        if not known or not any(waiting.values()):
            return None
        unit = sum(cost / LIKELY[kind] for kind, cost in known.items()) / len(known)
        return sum(count * known.get(kind, unit * LIKELY[kind]) for kind, count in waiting.items())

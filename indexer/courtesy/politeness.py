"""Whether work in the background may go on, and if not, why: looked at twice a second, seldom when idle.

    what the person asked (store/wishes.py) ──┐
    what else the computer does (pressure.py) ┴─► hold(True / False) ─► queue, models, decoders, reading
    whether memory is short (pressure.py) ──────► spare_memory(True / False) ─► models

A search is not held by anything here: the model loop itself takes searches first.

Why it is looked at also when nothing is to be done: the next file that appears must find the right answer.

Why memory is looked at also during a pause: idle weights are gigabytes, and whoever paused the work to have
the computer for something else needs them.

Why a condition has to be over for some seconds before work goes on: a person between two films, or a
processor that cools down because nothing works, must not make it start and stop all the time.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from indexer.courtesy.pressure import Condition
from indexer.errors import UserError
from indexer.priority import thread_gives_way
from indexer.store.wishes import Wishes, WishRows

log = logging.getLogger(__name__)

LOOK_S = 0.5
IDLE_LOOK_S = 2.0
CALM_S = 3.0
"""How long nothing may stand in the way before work goes on."""
_DAY_S = 86_400.0


class Politeness:
    """Holds the work in the background and lets it go on.

    Args:
        asked: where to look for what the person asked; never busy with long writing.
        asking: where to write it.
        hold: told whenever that changes, from this thread or the caller's of `look`.
        spare_memory: told whenever memory becomes short, and when it no longer is.
        has_work: whether anything waits to be done.
        on_change: called when what is told here changed.

    Attributes:
        wishes: what the person asked for, as of the last look.
        reason: which condition makes the work wait, "" if none does.
    """

    def __init__(
        self,
        asked: WishRows,
        asking: WishRows,
        hold: Callable[[bool], None],
        spare_memory: Callable[[bool], None],
        has_work: Callable[[], bool],
        on_change: Callable[[], None],
    ) -> None:
        self.wishes = Wishes()
        self.reason = ""
        self._asked = asked
        self._asking = asking
        self._hold = hold
        self._spare_memory = spare_memory
        self._has_work = has_work
        self._on_change = on_change
        self._conditions: Sequence[Condition] = ()
        self._due: dict[Condition, float] = {}
        self._present: set[Condition] = set()
        self._calm_since = -CALM_S
        self._held = False
        self._memory_is_short = False
        self._lock = threading.RLock()
        self._wake = threading.Event()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="politeness", daemon=True)

    def start(self, conditions: Sequence[Condition]) -> None:
        """Look at once, and again and again from here on."""
        self.wait_for(conditions)
        self._thread.start()

    def stop(self) -> None:
        """End the thread; what is held stays held."""
        self._stopping = True
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(5.0)

    def wait_for(self, conditions: Sequence[Condition]) -> None:
        """Heed these conditions from now on."""
        with self._lock:
            self._conditions = conditions
            self._due, self._present = {}, set()
            self.look()

    def pause(self, folder: str, seconds: float | None) -> None:
        """All work ("") or that on one folder, for a time or until resumed. Raises UserError."""
        self._asking.pause(folder, None if seconds is None else time.time() + seconds)
        self.look()

    def resume(self, folder: str) -> None:
        """All work ("") or that on one folder. Raises UserError."""
        self._asking.resume(folder)
        self.look()

    def hurry(self, on: bool) -> None:
        """Wait for nothing until everything is done. Raises UserError."""
        self._asking.hurry(on)
        self.look()

    @property
    def waiting(self) -> str:
        """Why work waits and what would make it go on; "" when it does not wait."""
        if not self.wishes.paused and self.reason and self._has_work():
            return self.reason
        return pause_in_words(self.wishes)

    def look(self) -> None:
        """See how things are, and hold the work or let it go on."""
        with self._lock:
            before = (self.wishes, self.reason)
            self.wishes = self._asked.now()
            if self.wishes.hurry and not self._has_work():
                self._asking.hurry(False)
                self.wishes = replace(self.wishes, hurry=False)
            self._measure(not self.wishes.paused and not self.wishes.hurry)
            held = self.wishes.paused or bool(self.reason)
            if held != self._held:
                self._held = held
                log.info("background work %s %s", "waits:" if held else "goes on", self.waiting)
                self._hold(held)
        if before != (self.wishes, self.reason):
            self._on_change()

    def _measure(self, wanted: bool) -> None:
        now = time.monotonic()
        if not wanted:
            self._present = {one for one in self._present if one.of_memory}
            self._due = {one: at for one, at in self._due.items() if one.of_memory}
            self._calm_since = now - CALM_S
        for condition in self._conditions:
            if (wanted or condition.of_memory) and now >= self._due.get(condition, 0.0):
                self._due[condition] = now + condition.every_s
                value = condition.measure()
                if value >= condition.wait_from:
                    self._present.add(condition)
                elif value < condition.go_on_below:
                    self._present.discard(condition)
        short = any(one.of_memory for one in self._present)
        if short != self._memory_is_short:
            self._memory_is_short = short
            self._spare_memory(short)
        if not wanted:
            self.reason = ""
        elif self._present:
            self._calm_since = now
            self.reason = next(one.sentence for one in self._conditions if one in self._present)
        elif now - self._calm_since >= CALM_S:
            self.reason = ""

    def _run(self) -> None:
        thread_gives_way()
        while not self._stopping:
            try:
                self.look()
            except UserError as error:  # whoever works on the index says so as well
                log.warning("politeness: %s", error)
            except Exception:
                log.exception("politeness failed; work goes on without it")
                self._hold(False)
                return
            self._wake.wait(LOOK_S if self._has_work() else IDLE_LOOK_S)


def pause_in_words(wishes: Wishes) -> str:
    """What is paused and what would make it go on; "" if nothing is."""
    if wishes.paused and wishes.until is not None:
        return f"Indexing is paused until {_moment(wishes.until)}; resume it to go on at once."
    if wishes.paused:
        return "Indexing is paused; resume it to go on."
    folders: dict[float | None, list[str]] = {}
    for folder, until in wishes.folders:
        folders.setdefault(until, []).append(folder)
    return " ".join(_paused_in(paths, until) for until, paths in folders.items())


def _paused_in(folders: Sequence[str], until: float | None) -> str:
    if until is None:
        return f"Indexing is paused in {', '.join(folders)}; resume it to go on there."
    return f"Indexing is paused in {', '.join(folders)} until {_moment(until)}; resume it to go on at once."


def _moment(at: float) -> str:
    when = datetime.fromtimestamp(at)
    return f"{when:%H:%M}" if at - time.time() < _DAY_S else f"{when:%Y-%m-%d %H:%M}"

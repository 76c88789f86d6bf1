"""Which file is read next, and which are being read now.

    urgent      what the folder watcher has just seen
    near        what waits in the folder that the person added, searched in or looked into last
    ready       what else waits in the index, the newest first
    suspects    what was under way when an engine died: last, and one at a time, so that a second crash
                has exactly one suspect

Nothing is handed out while a folder's names are being entered: that takes seconds, makes every file findable,
and would take much longer beside decoders.

A file that changes while it is being read waits again as soon as it is released. A file that is not where
its folder says is put aside until that folder has been looked at. One that another program keeps to itself
is put off until something happens to it, or for half a minute.
"""

import math
import threading
import time
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import chain, islice

from indexer.errors import UserError
from indexer.store.rows import FileRow
from indexer.store.store import Store
from indexer.work.pace import Pace

ROWS_AT_ONCE = 64
TROUBLE_RETRY_S = 15.0
"""How long to wait after the disk was full before trying again."""
NAMES_S = 60.0
"""How long files wait for names at most."""
LOCKED_S = 30.0
"""How long a file is left alone that another program keeps to itself."""
MISSES = 3
"""How often a file that its folder lists may be absent when it is to be opened."""


class WorkQueue:
    """Hands every waiting file to one thread at a time. Safe to use from several threads.

    Args:
        on_change: called after every file, from any thread; must not block.
        patient: try again by itself after trouble; otherwise stay with it.

    Attributes:
        trouble: a sentence while nothing can be indexed, whatever the file; "" normally.
        pace: what the files cost.
    """

    def __init__(self, store: Store, on_change: Callable[[], None], patient: bool = True) -> None:
        self.trouble = ""
        self.pace = Pace()
        self._store = store
        self._on_change = on_change
        self._retry_s = TROUBLE_RETRY_S if patient else math.inf
        self._retry_at = 0.0
        self._wake = threading.Condition()
        self._urgent: deque[str] = deque()
        self._near: tuple[str, ...] = ()
        self._near_is_done = True
        self._ready: deque[FileRow] = deque()
        self._suspects = deque(store.interrupted())
        self._in_flight: dict[int, float] = {}
        self._alone: int | None = None
        self._changed: dict[int, str] = {}
        self._aside: dict[int, str] = {}
        self._misses: dict[int, int] = {}
        self._put_off: dict[int, tuple[str, float]] = {}
        self._begun: set[int] = set()
        self._owed: set[int] = set()
        self._exhausted = False
        self._paused = False
        self._holding = False
        self._naming_until = 0.0
        self._stopping = False

    def next(self) -> FileRow | None:
        """The next file, in flight from here on; waits for one. None when stopping. Raises UserError."""
        with self._wake:
            while not self._stopping:
                self._end_putting_off(time.monotonic())
                row = None if self._must_wait() else self._take()
                if row is not None:
                    self._in_flight[row.id] = self.pace.now()
                    return row
                self._wake.wait(self._nap_s())
            return None

    def more_changed(self, limit: int) -> list[FileRow]:
        """Those of the next files, in flight from here on, that have been read before. Waits for none."""
        with self._wake:
            if self._must_wait():
                return []
            paths = list(islice(chain(self._urgent, (row.path for row in self._ready)), limit))
            rows = [
                row
                for row in self._store.all_waiting(paths)
                if row.content_hash is not None and self._is_free(row)
            ]
            for row in rows:
                self._in_flight[row.id] = self.pace.now()
            taken = {row.path for row in rows}
            self._urgent = deque(path for path in self._urgent if path not in taken)
            return rows

    def begin(self, row: FileRow) -> bool:
        """Commit that the file is about to be decoded. False when it must not be. Raises UserError."""
        begun = self._store.begin(row.id)
        if begun:
            with self._wake:
                self._begun.add(row.id)
        return begun

    def release(self, *rows: FileRow) -> None:
        """The index has the outcome of these files."""
        self._leave(rows, wrote=True)

    def give_back(self, *rows: FileRow) -> None:
        """These files wait on; that they were begun does not count against them."""
        with self._wake:
            self._owed |= self._begun & {row.id for row in rows}
        self._settle()
        self._leave(rows, wrote=False)

    def put_aside(self, row: FileRow) -> bool:
        """The file is not there, or was written to while it was read: leave it until the next `wake`.

        False when that was done often enough: then it is left until something is found at its path, or
        `look_again`.
        """
        with self._wake:
            self._aside[row.id] = row.path
            self._misses[row.id] = misses = self._misses.get(row.id, 0) + 1
        self.give_back(row)
        return misses <= MISSES

    def put_off(self, *rows: FileRow) -> None:
        """Another program keeps these files to itself: hand them out again by and by. Raises UserError."""
        with self._wake:
            for row in rows:
                self._put_off[row.id] = row.path, time.monotonic() + LOCKED_S
        try:
            for row in rows:
                self._store.note_in_use(row.id)
        finally:
            self.give_back(*rows)

    def look_again(self) -> None:
        """A folder was looked at as a whole: hand out what was put aside, however often."""
        with self._wake:
            self._aside.clear()
            self._misses.clear()
        self.wake()

    def prefer(self, folders: Sequence[str]) -> None:
        """What waits below these comes before what waits elsewhere, until other folders are preferred."""
        with self._wake:
            if (near := tuple(folders)) != self._near:
                self._near, self._near_is_done = near, False
                self._ready.clear()
                self._wake.notify_all()

    def outdate(self, touched: Collection[str]) -> None:
        """What has been read so far of those of these files that are under way may be old."""
        with self._wake:
            if self._in_flight:
                known = self._store.files_at(list(touched))  # some were renamed meanwhile
                self._changed |= {row.id: path for path, row in known.items() if row.id in self._in_flight}

    def wake(self, found: Iterable[str] = (), urgent: bool = False) -> None:
        """Rows were written that wait, these paths among them; urgent ones come before all others."""
        with self._wake:
            again = dict.fromkeys(found)
            if urgent:
                self._urgent.extend(again)
            self._aside = {
                id: path
                for id, path in self._aside.items()
                if self._misses[id] > MISSES and path not in again
            }
            self._put_off = {id: (path, at) for id, (path, at) in self._put_off.items() if path not in again}
            if self._near_is_done and self._near:
                self._near_is_done = False
                self._ready.clear()
            self._exhausted = False
            self._wake.notify_all()

    def trouble_for_all(self, sentence: str) -> None:
        """Nothing can be indexed now: wait before the next file."""
        with self._wake:
            self._retry_at = time.monotonic() + self._retry_s
            self.trouble = sentence
        self._on_change()

    def pause(self, paused: bool) -> None:
        """Hand out nothing until told otherwise."""
        with self._wake:
            self._paused = paused
            self.pace.rest()
            self._wake.notify_all()

    @contextmanager
    def held(self) -> Iterator[bool]:
        """Nothing is handed out meanwhile; yields False, and holds nothing, when there is work."""
        with self._wake:
            self._holding = idle = self._idle()
        try:
            yield idle
        finally:
            with self._wake:
                self._holding = False
                self._wake.notify_all()

    @contextmanager
    def names_first(self) -> Iterator[None]:
        """Nothing is handed out while names are entered, unless that takes long, as on a slow network."""
        with self._wake:
            self._naming_until = time.monotonic() + NAMES_S
        try:
            yield
        finally:
            with self._wake:
                self._naming_until = 0.0
                self._wake.notify_all()

    def stop(self) -> None:
        """Let `next` return None from now on."""
        with self._wake:
            self._stopping = True
            self._wake.notify_all()

    def close(self) -> None:
        """After the threads have ended: what they left unfinished does not count against the files."""
        with self._wake:
            self._owed |= self._begun
        self._settle()

    @property
    def stopping(self) -> bool:
        """`stop` was called."""
        return self._stopping

    @property
    def idle(self) -> bool:
        """Nothing waits that could be worked on now."""
        with self._wake:
            return self._idle()

    def _idle(self) -> bool:
        if self._paused and not self._ready and not self._stopping:
            with suppress(UserError):  # nobody takes what waits, so nobody else finds out that nothing does
                self._fetch()
        return self._exhausted and not self._in_flight and not self._urgent

    def _must_wait(self) -> bool:
        if self._paused or self._holding or self._alone is not None:
            return True
        return time.monotonic() < max(self._naming_until, self._retry_at if self.trouble else 0.0)

    def _nap_s(self) -> float | None:
        until = max(self._naming_until, self._retry_at if self.trouble else 0.0)
        now = time.monotonic()
        naps = [at - now for _, at in self._put_off.values()]
        if until != math.inf and (until >= now or self.trouble):
            naps.append(until - now)
        return max(0.05, min(naps)) if naps else None

    def _end_putting_off(self, now: float) -> None:
        waits = {id: (path, at) for id, (path, at) in self._put_off.items() if at > now}
        if len(waits) < len(self._put_off):
            self._put_off, self._exhausted = waits, False

    def _take(self) -> FileRow | None:
        while self._urgent:
            if (row := self._fresh(self._urgent.popleft())) is not None:
                return row
        while self._ready or self._fetch():
            if (row := self._fresh(self._ready.popleft().path)) is not None:
                return row
        while self._suspects and not self._in_flight:
            self._exhausted = False
            if (row := self._fresh(self._suspects.popleft().path)) is not None:
                self._alone = row.id
                return row
        return None

    def _fetch(self) -> bool:
        """Fill `_ready`. False when nothing waits but suspects."""
        if self._exhausted:
            return False
        busy = self._in_flight.keys() | self._aside.keys() | self._put_off.keys()
        busy |= {row.id for row in self._suspects}
        if not self._near_is_done:
            self._ready.extend(self._store.next_pending(ROWS_AT_ONCE, busy, self._near))
            self._near_is_done = not self._ready
        if not self._ready:
            self._ready.extend(self._store.next_pending(ROWS_AT_ONCE, busy))
        self._exhausted = not self._ready and not self._suspects
        if self._exhausted and not self._in_flight:
            self._on_change()
        return bool(self._ready)

    def _fresh(self, path: str) -> FileRow | None:
        """The row as it is now, None if it is not to be read (any more)."""
        row = self._store.waiting(path)
        return row if row is not None and self._is_free(row) else None

    def _is_free(self, row: FileRow) -> bool:
        return not any(row.id in some for some in (self._in_flight, self._aside, self._put_off))

    def _leave(self, rows: Iterable[FileRow], wrote: bool) -> None:
        with self._wake:
            if wrote and time.monotonic() >= self._retry_at:
                self.trouble = ""
            outdated: list[str] = []
            for row in rows:
                begun = self._in_flight.pop(row.id, None)
                self._begun.discard(row.id)
                if row.id == self._alone:
                    self._alone = None
                if wrote:
                    self._misses.pop(row.id, None)
                if wrote and begun is not None:
                    self.pace.done(row.kind, begun)
                if row.id in self._changed:
                    self._aside.pop(row.id, None)
                    outdated.append(self._changed.pop(row.id))
            self._wait_again(outdated)
            self._exhausted = False
            self._wake.notify_all()
        self._on_change()

    def _wait_again(self, paths: Sequence[str]) -> None:
        """These files changed while they were read: what was written of them may be old."""
        if not paths:
            return
        with suppress(UserError):  # on a full disk the next scan finds out
            rows = self._store.files_at(paths).values()
            self._store.mark_all_changed([(row.id, row) for row in rows if row.state != "pending"])
        self._urgent.extend(paths)

    def _settle(self) -> None:
        with self._wake:
            owed = set(self._owed)
        if not owed:
            return
        with suppress(UserError):  # on a full disk: next time
            self._store.give_up_attempt(owed)
            with self._wake:
                self._owed -= owed

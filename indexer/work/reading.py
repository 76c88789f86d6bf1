"""Reads the words in pictures, after everything else: one thread, one child process of the lowest priority.

    index.db: segments that wait to be read ─► decoder process with OCR ─► lines and boxes ─► index.db

It looks for work when the queue of files is empty, and stops between two pictures as soon as it is not.
Each picture is committed alone, so whatever ends the process, the next start goes on where this one stopped.
What cannot be opened now (its drive is away, its bytes are in the cloud, another program has locked it) is
passed over until later. A picture that cannot be read, or ends its decoder twice, is done with, it alone.
"""

import contextlib
import logging
from collections.abc import Callable
from pathlib import Path

from indexer.errors import MediaError, NotNow
from indexer.ingest.decoders import DecoderPool
from indexer.ingest.isolation.supervision import DecoderDied
from indexer.ingest.items import is_there
from indexer.ingest.pictures.ocr import NoReader
from indexer.store.rows import LineRow, Unread
from indexer.store.store import Store
from indexer.work.background import Aside, Background
from indexer.work.work_queue import WorkQueue

log = logging.getLogger(__name__)

AT_ONCE = 32
"""Pages of one document read before looking whether there is something better to do."""


class Reading(Background):
    """Works through what waits to be read until `stop()`.

    Args:
        on_change: called after every picture, from this thread; must not block.
        wanted: whether to read at all.

    Attributes:
        lacks: why nothing can be read on this computer, in a sentence; "" while that is not known.
    """

    def __init__(
        self,
        store: Store,
        pool: DecoderPool,
        queue: WorkQueue,
        on_change: Callable[[], None] = lambda: None,
        wanted: bool = True,
    ) -> None:
        super().__init__("reading", queue, on_change)
        self.lacks = ""
        self._store = store
        self._pool = pool
        self._wanted = wanted
        self._aside = Aside()
        self._suspects: set[int] = set()

    def want(self, wanted: bool) -> None:
        """Read from now on, or stop after the picture at hand."""
        self._wanted = wanted

    @property
    def reads(self) -> bool:
        """Whether what waits will be read: that is wanted, and there is something to read it with."""
        return self.works and self._wanted

    @property
    def done(self) -> bool:
        """Nothing waits that can be read now."""
        return not self.reads or self._store.unread(1, self._aside.now()) is None

    def _step(self) -> bool:
        work = self._store.unread(AT_ONCE, self._aside.now())
        if work is not None:
            self._read(work)
        return work is not None

    def _must_wait(self) -> bool:
        return not self._wanted or super()._must_wait()

    def _read(self, work: Unread) -> None:
        path, left = Path(work.path), dict(work.segments)
        try:
            there = self._pool.hash(path) == work.hash  # else the library hears of it
        except MediaError:
            there = False
        if not there:
            self._aside.add(work.content)
            return
        try:
            with contextlib.closing(self._pool.words(path, set(left))) as found:
                for words in found:
                    segment = left.pop(words.ordinal, None)
                    if segment is not None:
                        self._store.add_lines(segment, [LineRow(line.text, line.box) for line in words.lines])
                        self._on_change()
                    if self._must_wait():
                        return
        except NoReader as error:
            log.warning("%s", error)
            self.lacks, self.works = str(error), False
            return
        except MediaError as error:
            log.info("no words from a file ending in %s: %s", path.suffix.lower(), error)
            if isinstance(error, NotNow) or not is_there(path):
                self._aside.add(work.content)
                return
            if left:
                number, segment = min(left.items())
                if isinstance(error, DecoderDied) and segment not in self._suspects:
                    self._suspects.add(segment)  # it gets one more decoder: the system ends them, too
                    return
                left = {number: segment}  # of the picture at hand; those behind it may hold some
        # These hold none that can be had
        for segment in left.values():
            self._store.add_lines(segment, ())

"""Reads the words in pictures, after everything else: one thread, one child process of the lowest priority.

    index.db: segments that wait to be read ─► decoder process with OCR ─► lines and boxes ─► index.db

It looks for work when the queue of files is empty, and stops between two pictures as soon as it is not.
Each picture is committed alone, so whatever ends the process, the next start goes on where this one stopped.
"""

import contextlib
import logging
import threading
from collections.abc import Callable
from pathlib import Path

from indexer.errors import MediaError, UserError
from indexer.ingest.decoders import DecoderPool, PoolClosed
from indexer.ingest.ocr import NoReader
from indexer.ingest.supervision import DecoderDied
from indexer.priority import thread_gives_way
from indexer.store.rows import LineRow, Unread
from indexer.store.store import Store
from indexer.work_queue import WorkQueue

log = logging.getLogger(__name__)

AT_ONCE = 32
"""Pages of one document read before looking whether there is something better to do."""
LOOK_EVERY_S = 0.2
LOOK_WHEN_IDLE_S = 2.0
REST_AFTER_S = 20.0
"""How long the child with the recognition models is kept when there is nothing to read."""
RETRY_S = 30.0


class Reading:
    """Works through what waits to be read until `stop()`.

    Args:
        on_change: called after every picture, from this thread; must not block.
        wanted: whether to read at all.
    """

    def __init__(
        self,
        store: Store,
        pool: DecoderPool,
        queue: WorkQueue,
        on_change: Callable[[], None] = lambda: None,
        wanted: bool = True,
    ) -> None:
        self._store = store
        self._pool = pool
        self._queue = queue
        self._on_change = on_change
        self._stopping = threading.Event()
        self._wanted = wanted
        self._paused = False
        self._works = True
        self._thread = threading.Thread(target=self._run, name="reading", daemon=True)

    def start(self) -> None:
        """Begin when there is nothing else to do."""
        self._thread.start()

    def stop(self, timeout_s: float = 5.0) -> None:
        """Give up the picture at hand. The caller has closed the pool before."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    def pause(self, paused: bool) -> None:
        """Stop after the picture at hand, or go on."""
        self._paused = paused

    def want(self, wanted: bool) -> None:
        """Read from now on, or stop after the picture at hand."""
        self._wanted = wanted

    @property
    def done(self) -> bool:
        """Nothing waits that can be read now."""
        return not self._works or not self._wanted or self._store.unread(1) is None

    def _run(self) -> None:
        idle_s = 0.0
        nap_s = LOOK_EVERY_S
        thread_gives_way()
        while self._works and not self._stopping.wait(nap_s):
            work, nap_s = None, LOOK_EVERY_S
            try:
                if not self._must_wait():
                    work = self._store.unread(AT_ONCE)
                if work is not None:
                    self._read(work)
                    idle_s = 0.0
                    continue
            except PoolClosed:
                return
            except UserError as error:
                log.warning("reading words: %s", error)
                self._stopping.wait(RETRY_S)
            except Exception:
                log.exception("reading words failed; it is not tried again before the next start")
                self._works = False
                return
            nap_s = LOOK_WHEN_IDLE_S if self._queue.idle else LOOK_EVERY_S
            idle_s += nap_s
            if REST_AFTER_S <= idle_s < REST_AFTER_S + nap_s:
                self._pool.rest_readers()

    def _must_wait(self) -> bool:
        return not self._wanted or self._paused or self._queue.stopping or not self._queue.idle

    def _read(self, work: Unread) -> None:
        left = dict(work.segments)
        try:
            with contextlib.closing(self._pool.words(Path(work.path), set(left))) as found:
                for words in found:
                    segment = left.pop(words.ordinal, None)
                    if segment is not None:
                        self._store.add_lines(segment, [LineRow(line.text, line.box) for line in words.lines])
                        self._on_change()
                    if self._stopping.is_set() or self._must_wait():
                        return
        except NoReader as error:
            log.warning("%s", error)
            self._works = False
            return
        except MediaError as error:
            log.info("no words from a file ending in %s: %s", Path(work.path).suffix.lower(), error)
            if not Path(work.path).exists():  # the index will hear of it
                self._stopping.wait(RETRY_S)
                return
            if isinstance(error, DecoderDied):  # of the picture at hand, the first that is left
                left = dict([min(left.items())])
        # These hold none that can be had
        for segment in left.values():
            self._store.add_lines(segment, ())

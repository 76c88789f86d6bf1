"""The state of an engine in one message, and telling it while something changes."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace

from indexer.courtesy.politeness import Politeness
from indexer.errors import UserError
from indexer.inference.loading import advice, answering, shown_name
from indexer.last_status import LastStatus
from indexer.messages.work_messages import EngineState, Status
from indexer.store.store import Store
from indexer.works import Works

log = logging.getLogger(__name__)

STATUS_INTERVAL_S = 0.25


class Reporter:
    """Tells the status at most four times a second while something changes.

    Args:
        status: gives it.
        emit: gets it, in a thread of its own.
        kept: keeps it for `sightline status`.
    """

    def __init__(
        self, status: Callable[[], Status], emit: Callable[[Status], None], kept: LastStatus
    ) -> None:
        self._status = status
        self._emit = emit
        self._kept = kept
        self._closing = threading.Event()
        self._dirty = threading.Event()
        self._thread = threading.Thread(target=self._run, name="status", daemon=True)

    def start(self) -> None:
        """Begin to tell."""
        self._thread.start()

    def stop(self) -> None:
        """The engine ends: tell nothing any more."""
        self._closing.set()
        self._dirty.set()
        if self._thread.is_alive():
            self._thread.join(5.0)
        self._kept.forget()

    def changed(self) -> None:
        """There is something new to tell; returns at once."""
        self._dirty.set()

    def _run(self) -> None:
        while True:
            self._dirty.wait()
            if self._closing.is_set():
                return
            self._dirty.clear()
            started = time.monotonic()
            try:
                status = self._status()
                self._emit(status)
                self._kept.keep(status)
            except UserError as error:
                log.warning("no status: %s", error)
            except Exception:
                log.exception("a status could not be told; the next one may be")
            # counting takes longer in a large index: never more than a tenth of the time
            self._closing.wait(max(STATUS_INTERVAL_S, 10 * (time.monotonic() - started)))


def status_of(reader: Store, works: Works, politeness: Politeness) -> Status:
    """The state of everything."""
    counts = reader.counts()
    models, options = works.loop.models, works.switching.options
    said = models.embedder_error or models.reranker_error or advice(options)
    trouble = "" if works.queue.trouble == said else works.queue.trouble
    rebuilding, rebuilt = works.switching.progress()
    rate, left_s = works.queue.pace.rate(), works.queue.pace.left_s(reader.coverage.waiting())
    blurred = reader.sharp.left()
    if blurred and works.queue.idle:
        rate, left_s = works.sharpening.pace.rate(), works.sharpening.pace.left_s(blurred)
    return Status(
        state=_state(works, politeness),
        files=counts.files,
        segments=counts.segments,
        vectors=counts.vectors,
        index_bytes=reader.index_bytes(),
        embedder="" if models.embedder_error else shown_name(answering(reader, options).embedder),
        reranker="" if models.reranker_error else shown_name(options.reranker),
        pending=counts.pending,
        failed=counts.failed,
        skipped=counts.skipped,
        unread=counts.unread if works.reading.reads else 0,
        unreadable=works.reading.lacks,
        blurred=sum(blurred.values()),
        incomplete=reader.catch_up.left(works.catching_up.wanted),
        unpictured=works.picturing.left,
        rate=round(rate, 2),
        eta_s=None if left_s is None else round(left_s, 1),
        models=said,
        rebuilding=rebuilding,
        rebuilt=round(rebuilt, 4),
        folders=tuple(
            replace(folder, note=works.library.note(folder.path)) for folder in reader.folder_statuses()
        ),
        waiting=politeness.waiting or ("" if works.trouble in (said, trouble) else works.trouble),
        paused_until=politeness.wishes.until,
        hurry=politeness.wishes.hurry,
        trouble=trouble,
    )


def _state(works: Works, politeness: Politeness) -> EngineState:
    if politeness.wishes.paused:
        return "paused"
    if works.loop.started and not works.loop.ready.is_set():
        return "loading"
    working = works.library.busy or not works.queue.idle or not works.sharpening.done
    return "indexing" if working and not works.queue.trouble else "idle"

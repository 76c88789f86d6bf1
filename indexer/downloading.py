"""Fetching and removing checkpoints for a person: on the command line, and for the window in a thread."""

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

from indexer import connections, offline
from indexer.errors import UserError
from indexer.messages.model_messages import Download
from indexer.progress import Rate
from indexer.words import Phrase
from models import catalog
from models.errors import DownloadCancelled, ModelsError

log = logging.getLogger(__name__)

REPORT_S = 0.25
SOURCES = ("auto", "hub", "mirror")


def fetch(
    name: str,
    checkpoints: Path,
    source: str = "auto",
    report: Callable[[Download], None] = lambda news: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Path:
    """Fetch a model of the catalogue; returns its folder.

    Args:
        source: "hub" is Hugging Face, "mirror" is ModelScope, "auto" tries both in this order.
        report: at most four times a second, and when something else begins.

    Raises UserError.
    """
    entry = known(name)
    if catalog.folder_of(entry, checkpoints) is None and offline.wanted():
        raise UserError(f"Sightline is offline (--offline): {entry.name} cannot be fetched now.")
    from models import download, sources

    chosen: dict[str, tuple[type[sources.Source], ...]] = {
        "auto": (sources.HuggingFace, sources.ModelScope),
        "hub": (sources.HuggingFace,),
        "mirror": (sources.ModelScope,),
    }
    rate, next_report, stage, came = Rate(), 0.0, "", [0]

    def pass_on(progress: download.Progress) -> None:
        nonlocal next_report, stage
        came[0] = max(came[0], progress.received)
        if time.monotonic() < next_report and progress.stage == stage:
            return
        stage = progress.stage
        next_report = time.monotonic() + REPORT_S
        report(
            Download(
                name=entry.name,
                state=progress.stage,
                done_bytes=progress.done,
                total_bytes=progress.total,
                rate=round(rate.add(came[0])),  # what was here before did not come that fast
            )
        )

    try:
        with connections.purpose(_purpose(entry.name)) as received:
            try:
                return download.download(
                    entry, checkpoints, [make() for make in chosen[source]], pass_on, cancelled
                )
            finally:
                received.append(came[0])
    except ModelsError as error:
        raise (Stopped if isinstance(error, DownloadCancelled) else UserError)(str(error)) from None


def _purpose(name: str) -> Phrase:
    return f"model {name}"


def known(name: str) -> catalog.Checkpoint:
    """The catalogue's entry. Raises UserError naming what there is."""
    entry = catalog.find(name)
    if entry is None:
        names = ", ".join(entry.name for entry in catalog.CATALOG)
        raise UserError(f"There is no model called {name} to fetch: choose {names}.")
    return entry


class Stopped(UserError):
    """The person gave the download up."""


class Downloads:
    """The window's downloads: one at a time, in a thread of its own.

    Args:
        emit: gets a `Download` event as `fetch` reports, and one at the end.
    """

    def __init__(self, checkpoints: Path, emit: Callable[[Download], None]) -> None:
        self._checkpoints = checkpoints
        self._emit = emit
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._cancelled = threading.Event()

    def start(self, name: str) -> None:
        """Begin to fetch a model; news come as events. Raises UserError when one is under way.

        One that was stopped, and has not heard of it yet, is waited for.
        """
        entry = known(name)
        with self._lock:
            stopped = self._thread
            if stopped is not None and stopped.is_alive() and not self._cancelled.is_set():
                raise UserError("Another model is being fetched: wait for it, or stop it first.")
            self._cancelled = threading.Event()
            self._thread = threading.Thread(
                target=self._run, args=(entry.name, self._cancelled, stopped), name="download", daemon=True
            )
            self._thread.start()

    def cancel(self) -> None:
        """Stop the one under way, if any; what has arrived is kept."""
        with self._lock:
            self._cancelled.set()

    def stop(self, timeout_s: float = 2.0) -> None:
        """Cancel, and wait a moment for it. Nobody is told: the engine ends, no person gave it up."""
        self._emit = lambda _news: None
        self.cancel()
        if self._thread is not None:
            self._thread.join(timeout_s)

    def _run(self, name: str, cancelled: threading.Event, before: threading.Thread | None) -> None:
        if before is not None:
            before.join()
        try:
            fetch(name, self._checkpoints, report=self._emit, cancelled=cancelled.is_set)
        except Stopped:
            self._emit(Download(name, "cancelled"))
        except UserError as error:
            self._emit(Download(name, "failed", problem=str(error)))
        except Exception:
            log.exception("fetching %s failed", name)
            self._emit(Download(name, "failed", problem="Something went wrong; the log has the details."))
        else:
            self._emit(Download(name, "done"))

"""The pages of Office documents: drawn by LibreOffice once per content, kept for a while. Engine's process.

    root/abcdef….pdf            what was drawn, the least lately used goes when others need the room
    root/drawing-…/             one drawing under way: a copy of the document, a profile, the result

Whatever LibreOffice does (nothing, too much, rubbish) is a sentence about that one file.
"""

import contextlib
import ctypes
import logging
import os
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Final

import psutil

from indexer import priority
from indexer.errors import MediaError, NotNow
from indexer.ingest.documents import libreoffice
from indexer.ingest.documents.libreoffice import FAILED, MAX_PDF_BYTES, Drawing
from indexer.ingest.isolation import spawning
from indexer.ingest.isolation.supervision import Supervisor
from indexer.ingest.items import content_hash, open_original

FOLDER: Final = "office"
"""Of the cache."""
MAX_KEPT_BYTES: Final = 500_000_000
MAX_DOCUMENT_BYTES: Final = 256 << 20

_TOO_LARGE: Final = "It is too large for LibreOffice to draw its pages."
_TIMEOUT_S: Final = 60.0
_MEMORY_LIMIT: Final = 2 << 30
_ADDRESSES: Final = 4
"""LibreOffice reserves more addresses than it ever uses: times the memory limit."""
_LOOK_EVERY_S: Final = 0.1

_log = logging.getLogger(__name__)


class OfficePages:
    """Draws documents, one process each. Safe to use from several threads.

    Args:
        root: `FOLDER` of the cache; made when needed. timeout_s, memory_limit: as of a `DecoderPool`.
    """

    def __init__(
        self, root: Path, *, timeout_s: float = _TIMEOUT_S, memory_limit: int = _MEMORY_LIMIT
    ) -> None:
        self._root = root
        self._memory_limit = memory_limit
        self._supervisor = Supervisor(timeout_s, memory_limit)
        self._lock = threading.Lock()
        self._running: set[_Run] = set()
        self._failed: dict[str, str] = {}
        self._closed = False
        for left in root.glob("drawing-*"):  # by a process that was killed
            shutil.rmtree(left, ignore_errors=True)

    def of(self, path: Path, gives_way: bool, held: ctypes.c_bool, download: bool = False) -> Drawing:
        """The document's pages, drawn before or now. One that failed is not tried again in this process.

        Args:
            gives_way: let other programs go first, before this thread, too. held: nothing is begun while
                this is true.
            download: also read what is only in the cloud.

        Raises `NotNow`, as a document that is locked just now would never get its pages otherwise.
        """
        if gives_way:
            priority.thread_gives_way()
        program = libreoffice.find()
        try:
            digest = content_hash(path, download)
            kept = self._root / f"{digest}.pdf"
            with contextlib.suppress(OSError):
                os.utime(kept)
                return Drawing(kept)
            if program is None:
                return Drawing()
            if digest in self._failed:
                return Drawing(why=self._failed[digest])
            while held.value and not self._closed:
                time.sleep(_LOOK_EVERY_S)
            drawing = self._draw(program, path, kept, gives_way, download)
        except NotNow:
            raise
        except MediaError as error:
            return Drawing(why=str(error))
        except OSError as error:
            _log.warning("no room to draw a document: %s", error)
            return Drawing(why=FAILED)
        if drawing.pdf is None and not self._closed:
            self._failed[digest] = drawing.why
        return drawing

    def close(self) -> None:
        """End what is under way."""
        with self._lock:
            self._closed = True
            running = list(self._running)
        for run in running:
            run.kill(MediaError("Sightline is closing."))
        self._supervisor.close()

    def _draw(self, program: Path, path: Path, kept: Path, gives_way: bool, download: bool) -> Drawing:
        self._root.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(
            prefix="drawing-", dir=self._root, ignore_cleanup_errors=True
        ) as made:
            folder = Path(made).resolve()
            document = folder / f"document{_ending(path)}"
            if not _copy(path, document, download):
                return Drawing(why=_TOO_LARGE)
            why = self._run(program, document, folder, gives_way)
            pdf = folder / "out" / "document.pdf"
            if not _is_pdf(pdf):
                return Drawing(why=why or FAILED)
            pdf.chmod(0o600)
            pdf.replace(kept)
        self._make_room(kept)
        return Drawing(kept)

    def _run(self, program: Path, document: Path, folder: Path, gives_way: bool) -> str:
        """What went wrong; "" if that is not known, or nothing."""
        run = _Run(program, document, folder, self._memory_limit * _ADDRESSES, gives_way)
        with self._lock:
            self._running.add(run)
            if self._closed:
                run.kill(MediaError("Sightline is closing."))
        try:
            with self._supervisor.watching(run):
                run.wait()
        finally:
            with self._lock:
                self._running.discard(run)
            run.end()
        return run.verdict

    def _make_room(self, new: Path) -> None:
        kept = []
        for file in self._root.glob("*.pdf"):
            with contextlib.suppress(OSError):
                kept.append((file.stat().st_mtime_ns, file.stat().st_size, file))
        room = MAX_KEPT_BYTES
        for _, size, file in sorted(kept, reverse=True):
            room -= size
            if room < 0 and file != new:
                with contextlib.suppress(OSError):  # Windows keeps what somebody reads
                    file.unlink()


class _Run:
    """LibreOffice at work on one document."""

    def __init__(self, program: Path, document: Path, folder: Path, addresses: int, gives_way: bool) -> None:
        self.verdict = ""
        self._process: SpawnProcess = spawning.start(
            "sightline-office", libreoffice.main, program, document, folder, addresses
        )
        self._usage = psutil.Process(self._process.pid)
        if gives_way:
            priority.process_gives_way(self._usage)

    def wait(self) -> None:
        """Until it is done, or was ended."""
        self._process.join()

    def end(self) -> None:
        """End whatever LibreOffice has left running."""
        self._kill()
        spawning.reap(self._process)

    def resident_bytes(self) -> int:
        """The memory that all of its processes take."""
        return int(sum(_of(process, _resident) for process in self._all()))

    def processor_s(self) -> float:
        """The processor time that all of its processes have taken."""
        return sum(_of(process, _processor) for process in self._all())

    def kill(self, verdict: Exception) -> None:
        """End all of it now."""
        self.verdict = self.verdict or f"{FAILED} {verdict}"
        self._kill()

    def _kill(self) -> None:
        children = self._all()[1:]
        if sys.platform != "win32" and self._process.pid is not None:
            # Its group has its own number, once it has one
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        for child in children:
            with contextlib.suppress(psutil.Error):
                child.kill()
        self._process.kill()

    def _all(self) -> list[psutil.Process]:
        try:
            return [self._usage, *self._usage.children(recursive=True)]
        except psutil.Error:
            return [self._usage]


def _resident(process: psutil.Process) -> float:
    return float(process.memory_info().rss)


def _processor(process: psutil.Process) -> float:
    times = process.cpu_times()
    # of children that have ended, too, where that is known
    return float(times.user + times.system + getattr(times, "children_user", 0.0))


def _of(process: psutil.Process, measure: Callable[[psutil.Process], float]) -> float:
    try:
        return measure(process)
    except psutil.Error:
        return 0.0


def _ending(path: Path) -> str:
    """By which LibreOffice tells similar formats apart; nothing else of the name is handed on."""
    ending = path.suffix.lower()
    return ending if ending[1:].isalnum() and ending.isascii() else ""


def _copy(path: Path, document: Path, download: bool) -> bool:
    """The original is only read: LibreOffice would write a lock file beside it. False if it is too large."""
    with open_original(path, download) as file, document.open("wb") as copy:
        if os.fstat(file.fileno()).st_size > MAX_DOCUMENT_BYTES:
            return False
        shutil.copyfileobj(file, copy, 1 << 20)
    return True


def _is_pdf(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return path.stat().st_size <= MAX_PDF_BYTES and file.read(1024).find(b"%PDF-") >= 0
    except OSError:
        return False

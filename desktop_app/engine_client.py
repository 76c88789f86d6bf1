"""The engine as the window sees it: a child process, requests with callbacks, and three kinds of news.

What it says to people comes out of here in the language of the window.
"""

import logging
import sys
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import Any, TypeAlias

import shiboken6
from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

from desktop_app.language import engine_words
from desktop_app.replies import REPLIES
from indexer import protocol, wire
from indexer.messages.model_messages import Download
from indexer.messages.result_messages import Results
from indexer.messages.work_messages import GetStatus, Status
from indexer.paths import Paths

log = logging.getLogger(__name__)

FIRST_DELAY_MS = 500
"""Before the first restart; doubled each time, up to 8 s."""

RESTARTS = 5
"""How many restarts within `WINDOW_S` before the person is asked."""

WINDOW_S = 600.0

FAREWELL_MS = 5_000
"""How long an engine may take to finish its micro-batch when asked to stop."""

LOG_LIMIT = 2_000_000
"""Bytes after which the log of the engine's error output starts anew, keeping one older file."""

EXIT_USER_ERROR = 2
"""Exit code of a program that said in one sentence what the person can do: starting again will not help."""

Done: TypeAlias = Callable[[Any], None]
Failed: TypeAlias = Callable[[str], None]


class Link(Enum):
    """How the engine is reached."""

    STARTING = auto()
    READY = auto()
    RESTARTING = auto()
    STOPPED = auto()
    """It will not be started again unless the person asks; `EngineClient.reason` says why."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    request: protocol.Request
    done: Done | None
    failed: Failed | None
    parent: QObject | None


class EngineClient(QObject):
    """Owns the engine process.

    Signals:
        link_changed: `link` is another one now.
        status_changed(Status): unasked, and after every reply that carries a status.
        results_arrived(Results): one stage of a search.
        download_changed(Download): how far the model that is being fetched is, and how it ended.
        refused(str): a request without `failed` was answered with this sentence.
    """

    link_changed = Signal()
    status_changed = Signal(object)
    results_arrived = Signal(object)
    refused = Signal(str)
    download_changed = Signal(object)

    def __init__(self, command: Sequence[str], log_file: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.log_file = log_file
        self.link = Link.STARTING
        self.reason = ""
        self.status: Status | None = None
        self._command = list(command)
        self._process: QProcess | None = None
        self._restarting = False
        self._log_start = 0
        self._next_id = 1
        self._waiting: dict[int, _Waiting] = {}
        self._queue: list[_Waiting] = []
        self._restarts: deque[float] = deque()
        self._restart_timer = QTimer(self)
        self._restart_timer.setSingleShot(True)
        self._restart_timer.timeout.connect(self._launch)

    # --- life ------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Start the engine; also after it was given up on, with a clean slate."""
        if self._process is None:
            self._restart_timer.stop()
            self._restarts.clear()
            self._set_link(Link.STARTING)
            self._launch()

    def stop(self) -> None:
        """Ask the engine to finish, wait for it, and end it if it does not."""
        self._restart_timer.stop()
        process, self._process = self._process, None
        self._restarting = False
        if process is None:
            return
        process.blockSignals(True)
        if process.state() != QProcess.ProcessState.NotRunning:
            process.write(wire.request_line(self._take_id(), protocol.Shutdown()))
            process.closeWriteChannel()
            if not process.waitForFinished(FAREWELL_MS):
                process.terminate()
                if not process.waitForFinished(1_000):
                    process.kill()
                    process.waitForFinished(1_000)
        process.deleteLater()

    def restart(self) -> None:
        """Let the engine finish and start it anew, with other settings; requests wait meanwhile."""
        if self._process is None:
            self.start()
        elif not self._restarting:
            self._restarting = True
            self._send(_Waiting(protocol.Shutdown(), None, None, self))
            QTimer.singleShot(
                FAREWELL_MS, self._process, self._process.kill
            )  # nobody waits for one that hangs

    def process_id(self) -> int:
        """Of the running engine, 0 if there is none."""
        return self._process.processId() if self._process is not None else 0

    # --- talking ---------------------------------------------------------------------------------------

    def request(
        self,
        request: protocol.Request,
        done: Done | None = None,
        failed: Failed | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Ask for something; while there is no engine the request waits for the next one.

        Args:
            done: gets the reply as its dataclass (None for an empty one), on the main thread.
            failed: gets a sentence; without it the sentence goes to `refused`.
            parent: when this object is gone, neither is called.
        """
        waiting = _Waiting(request, done, failed, parent)
        if self._process is not None and not self._restarting:
            self._send(waiting)
        elif self.link is Link.STOPPED:
            self._fail(waiting, self.reason)
        else:
            self._queue.append(waiting)

    def _send(self, waiting: _Waiting) -> None:
        assert self._process is not None  # noqa: S101  # both callers looked
        number = self._take_id()
        self._waiting[number] = waiting
        self._process.write(wire.request_line(number, waiting.request))

    def _take_id(self) -> int:
        number = self._next_id
        self._next_id += 1
        return number

    # --- the process -----------------------------------------------------------------------------------

    def _launch(self) -> None:
        process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("PYTHONUTF8", "1")
        environment.insert("PYTHONUNBUFFERED", "1")
        process.setProcessEnvironment(environment)
        process.setProcessChannelMode(QProcess.ProcessChannelMode.SeparateChannels)
        self._log_start = self._prepare_log()
        process.setStandardErrorFile(str(self.log_file), QProcess.OpenModeFlag.Append)
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._finished)
        process.errorOccurred.connect(self._error_occurred)
        self._process = process
        process.start(self._command[0], self._command[1:])
        if process.state() == QProcess.ProcessState.NotRunning:
            return  # `_error_occurred` has dealt with it
        self._send(_Waiting(protocol.Hello(), self._greeted, self._give_up, self))
        queue, self._queue = self._queue, []
        for waiting in queue:
            self._send(waiting)

    def _prepare_log(self) -> int:
        try:
            self.log_file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            size = self.log_file.stat().st_size if self.log_file.exists() else 0
            if size > LOG_LIMIT:
                self.log_file.replace(self.log_file.with_suffix(".1.log"))
                return 0
        except OSError as error:
            log.warning("The engine's log cannot be kept: %s", error)
            return 0
        return size

    def _greeted(self, reply: protocol.HelloReply) -> None:
        if reply.protocol != protocol.VERSION:
            self._give_up(
                self.tr(
                    "The window and its engine are of different versions. Please install Sightline again."
                )
            )
            return
        self._set_link(Link.READY)
        self.request(GetStatus(), parent=self)

    def _read(self) -> None:
        while self._process is not None and self._process.canReadLine():
            line = bytes(self._process.readLine().data())
            try:
                self._handle(wire.decode(line))
            except ValueError as error:
                log.warning("The engine sent something unreadable (%s): %.200r", error, line)

    def _handle(self, message: dict[str, Any]) -> None:
        if "event" in message:
            event_type = protocol.EVENTS.get(message["event"])
            if event_type is not None:
                self._announce(engine_words.told(wire.convert(message.get("data", {}), event_type)))
            return
        waiting = self._waiting.pop(message.get("id", 0), None)
        if waiting is None:
            return
        if "error" in message:
            self._fail(waiting, self._sentence(message["error"]))
            return
        reply_type = REPLIES.get(type(waiting.request))
        try:
            reply = (
                None
                if reply_type is None
                else engine_words.told(wire.convert(message.get("result"), reply_type))
            )
        except ValueError as error:
            self._fail(waiting, self._sentence({"message": str(error)}))
            return
        if isinstance(reply, Status):
            self._announce(reply)
        if waiting.done is not None and _alive(waiting.parent):
            waiting.done(reply)

    def _announce(self, event: protocol.Event) -> None:
        if isinstance(event, Status):
            self.status = event
            self.status_changed.emit(event)
        elif isinstance(event, Results):
            self.results_arrived.emit(event)
        elif isinstance(event, Download):
            self.download_changed.emit(event)

    def _sentence(self, error: dict[str, Any]) -> str:
        if error.get("blame") == "user" and error.get("message"):
            return engine_words.said(str(error["message"]))
        log.error("The engine failed: %s", error.get("message"))
        return self.tr("Something went wrong in the engine. The log says more.")

    def _fail(self, waiting: _Waiting, sentence: str) -> None:
        if not _alive(waiting.parent):
            return
        if waiting.failed is not None:
            waiting.failed(sentence)
        else:
            self.refused.emit(sentence)

    # --- its end ---------------------------------------------------------------------------------------

    def _error_occurred(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            reason = self.tr("The engine could not be started. Please install Sightline again.")
            lost = self._drop_process()
            self._give_up(reason)
            self._lose(lost, reason)

    def _finished(self, exit_code: int, exit_status: QProcess.ExitStatus) -> None:
        self._read()
        if self._process is None:
            return
        lost = self._drop_process()
        if self._restarting:
            self._restarting = False
            sentence = self.tr("The engine was started anew. Please try again.")
            self._set_link(Link.RESTARTING)
            self._launch()
        elif exit_status == QProcess.ExitStatus.NormalExit and exit_code == EXIT_USER_ERROR:
            sentence = engine_words.said(self._last_words()) or self.tr(
                "The engine refused to start. The log says why."
            )
            self._give_up(sentence)
        else:
            log.warning("The engine ended (code %d, %s)", exit_code, exit_status.name)
            sentence = self.tr("The engine stopped before it could answer. Please try again.")
            self._restart_later()
        self._lose(lost, sentence)

    def _drop_process(self) -> list[_Waiting]:
        """Returns what it was asked and did not answer."""
        process, self._process = self._process, None
        if process is not None:
            process.blockSignals(True)
            process.deleteLater()
        waiting, self._waiting = self._waiting, {}
        return list(waiting.values())

    def _lose(self, lost: list[_Waiting], sentence: str) -> None:
        """To be called when `link` says already how things stand: whoever asks again must not ask in vain."""
        for each in lost:
            # a request that nobody listens to is not worth a sentence: the link itself tells
            if each.failed is not None and not isinstance(each.request, protocol.Hello):
                self._fail(each, sentence)

    def _restart_later(self) -> None:
        now = time.monotonic()
        while self._restarts and now - self._restarts[0] > WINDOW_S:
            self._restarts.popleft()
        if len(self._restarts) >= RESTARTS:
            self._give_up(self.tr("The engine keeps stopping. Your files and what was found are safe."))
            return
        self._restart_timer.start(FIRST_DELAY_MS * 2 ** len(self._restarts))
        self._restarts.append(now)
        self._set_link(Link.RESTARTING)

    def _give_up(self, reason: str) -> None:
        self.stop()
        self.reason = reason
        lost, self._waiting = list(self._waiting.values()), {}
        self._set_link(Link.STOPPED)
        self._lose(lost, reason)
        queue, self._queue = self._queue, []
        for waiting in queue:
            self._fail(waiting, reason)

    def _last_words(self) -> str:
        try:
            with self.log_file.open("rb") as file:
                file.seek(self._log_start)
                lines = file.read(64_000).decode("utf-8", "replace").splitlines()
        except OSError:
            return ""
        said = [line.strip() for line in lines if line.strip()]
        return said[-1] if said else ""

    def _set_link(self, link: Link) -> None:
        if link is not self.link:
            self.link = link
            self.link_changed.emit()


def command(
    paths: Paths,
    *,
    embedder: str | None = None,
    reranker: str | None = None,
    device: str | None = None,
    budget: str | None = None,
    weights: str | None = None,
    offline: bool = False,
) -> list[str]:
    """The engine's command line; what is None is left to the settings."""
    given = {
        "--embedder": embedder,
        "--reranker": reranker,
        "--device": device,
        "--budget": budget,
        "--weights": weights,
    }
    made = [sys.executable, "-P", "-m", "indexer", "serve", "--data-dir", str(paths.data)]
    for option, value in given.items():
        if value is not None:
            made += [option, value]
    return [*made, "--offline"] if offline else made


def _alive(parent: QObject | None) -> bool:
    return parent is None or shiboken6.isValid(parent)

"""The engine as a child process: JSON lines in, JSON lines out (`indexer.protocol`).

The real standard output is kept for the protocol alone: its descriptor is duplicated and descriptor 1 is
pointed at standard error, so that no library's print, from Python or C, can end up between two messages.

The end of standard input is the end of the engine: the window's death needs no other signal.
"""

import logging
import os
import signal
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, BinaryIO

import indexer
from indexer import logs, protocol, upkeep, wire
from indexer.answers import change, tell
from indexer.engine import Engine
from indexer.errors import UserError
from indexer.messages.item_messages import GetFilm, GetPreview
from indexer.messages.library_messages import (
    AddFolder,
    CountFolder,
    Exclude,
    Forget,
    Include,
    PreviewRules,
    RemoveFolder,
    SetRules,
)
from indexer.messages.model_messages import GetMachine
from indexer.messages.query_messages import Complete, GetExamples, GetHits, GetTimeline
from indexer.messages.search_messages import Browse
from indexer.messages.upkeep_messages import DiskUse, GetDiskUse, Purge
from indexer.paths import Paths
from indexer.settings import ModelOptions

log = logging.getLogger(__name__)

SHOWN = (GetPreview, GetFilm)
"""Requests whose answer has to be drawn: searches do not wait for them."""
UNHURRIED = (GetMachine, GetDiskUse, PreviewRules, CountFolder)
"""Those whose answer takes a while (libraries, all folders, all that is kept): none of the others waits."""
CHANGES = (AddFolder, RemoveFolder, SetRules, Exclude, Include, Forget)
"""Those that take a while in a large index, or where a disk does not answer: done one after the other, and to
the last one before the engine ends."""
LISTED = (Browse, Complete, GetExamples, GetHits, GetTimeline)
"""Requests for which every file may be looked at: searches do not wait for them."""

SOMETHING_WENT_WRONG = "Something went wrong inside Sightline; the log has the details."


class Channel:
    """The way out to the window. Safe to use from several threads; a closed window is no error."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._lock = threading.Lock()

    @classmethod
    def take_stdout(cls) -> "Channel":
        """Keep standard output for the protocol; whatever else is printed goes to standard error."""
        sys.stdout.flush()
        private = os.dup(1)
        os.dup2(2, 1)
        return cls(os.fdopen(private, "wb"))

    def send(self, line: bytes) -> None:
        """Write one line at once."""
        with self._lock:
            try:
                self._stream.write(line)
                self._stream.flush()
            except (OSError, ValueError):
                log.info("the window is gone")

    def emit(self, event: protocol.Event) -> None:
        """Send an event."""
        self.send(wire.event_line(event))


class Server:
    """Reads requests, calls the engine, writes replies."""

    def __init__(self, engine: Engine, channel: Channel, paths: Paths) -> None:
        self._engine = engine
        self._channel = channel
        self._paths = paths
        self._listed = ThreadPoolExecutor(1, "listed")
        self._shutting_down = False
        self._purged = False
        self._shown = ThreadPoolExecutor(1, "shown")
        self._unhurried = ThreadPoolExecutor(1, "unhurried")
        self._changes = ThreadPoolExecutor(1, "changes")

    def run(self, requests: BinaryIO) -> None:
        """Answer until `shutdown`, the end of input or a polite signal; then close the engine, say `bye`."""
        with suppress(KeyboardInterrupt):
            try:
                self._answer_all(requests)
            finally:  # closing is under way: asked once more changes nothing
                signal.signal(signal.SIGTERM, signal.SIG_IGN)
                signal.signal(signal.SIGINT, signal.SIG_IGN)
                if sys.platform != "win32":
                    signal.signal(signal.SIGHUP, signal.SIG_IGN)
        self._changes.shutdown()
        for beside in (self._shown, self._unhurried):
            beside.shutdown(wait=False, cancel_futures=True)
        self._listed.shutdown(cancel_futures=True)
        if not self._purged:
            self._engine.close()
        self._shown.shutdown()
        self._unhurried.shutdown()
        self._channel.emit(protocol.Bye())

    def _answer_all(self, requests: BinaryIO) -> None:
        for line in requests:
            if line.strip():
                self._take(line)
            if self._shutting_down:
                return

    def _take(self, line: bytes) -> None:
        """Answer a request, or let it be answered while others are."""
        request_id: Any = None
        try:
            message = wire.decode(line)
            request_id = message.get("id")
            method = message.get("method")
            kind = protocol.METHODS.get(method) if isinstance(method, str) else None
            if kind is None:
                raise ValueError(f"there is no method {method!r}")
            request = wire.convert(message.get("params") or {}, kind)
        except ValueError as error:
            self._channel.send(wire.encode(_error(request_id, f"not a request: {error}", "bug")))
            return
        if isinstance(request, LISTED):
            self._listed.submit(self._reply, request_id, request)
        elif isinstance(request, SHOWN):
            self._shown.submit(self._reply, request_id, request)
        elif isinstance(request, UNHURRIED):
            self._unhurried.submit(self._reply, request_id, request)
        elif isinstance(request, CHANGES):
            self._changes.submit(self._reply, request_id, request)
        else:
            self._reply(request_id, request)

    def _reply(self, request_id: Any, request: protocol.Request) -> None:
        try:
            reply = {"id": request_id, "result": self._answer(request)}
        except UserError as error:
            reply = _error(request_id, str(error), "user")
        except Exception:
            log.exception("answering %s failed", type(request).__name__)
            reply = _error(request_id, SOMETHING_WENT_WRONG, "bug")
        self._channel.send(wire.encode(reply))

    def _answer(self, request: protocol.Request) -> Any:
        match request:
            case protocol.Hello():
                return protocol.HelloReply(protocol.VERSION, indexer.__version__, os.getpid())
            case GetDiskUse():
                return DiskUse(upkeep.disk_use(self._paths))
            case Purge():
                self._purge()
                return {}
            case protocol.Shutdown():
                self._shutting_down = True
                return {}
        if change(self._engine, request):
            return self._engine.status()
        return tell(self._engine, request)

    def _purge(self) -> None:
        """The index can only go when nobody works on it, so this is the last that the engine does."""
        self._shutting_down = self._purged = True
        self._changes.shutdown()
        self._listed.shutdown(cancel_futures=True)
        self._engine.close()
        logs.stop()
        upkeep.purge(self._paths)


def serve(paths: Paths, options: ModelOptions, read_words: bool, regions: bool) -> int:
    """Run the engine for a window. Returns the exit status: 0, or 2 when it could not start."""
    channel = Channel.take_stdout()
    try:
        engine = Engine(paths, options, channel.emit, read_words=read_words, polite=True, regions=regions)
    except UserError as error:
        _refuse(channel, str(error))
        raise
    engine.start()
    Server(engine, channel, paths).run(sys.stdin.buffer)
    return 0


def _refuse(channel: Channel, sentence: str) -> None:
    """Tell the window why there is no engine: as the answer to its first request, if one comes."""

    def answer_first() -> None:
        # read without a buffer: its lock, held at exit by this thread, would abort the interpreter
        line = os.read(0, 65_536).partition(b"\n")[0]
        try:
            request_id = wire.decode(line).get("id")
        except ValueError:
            return
        channel.send(wire.encode(_error(request_id, sentence, "user")))

    reader = threading.Thread(target=answer_first, daemon=True)
    reader.start()
    reader.join(timeout=1.0)


def _error(request_id: Any, message: str, blame: str) -> dict[str, Any]:
    return {"id": request_id, "error": {"message": message, "blame": blame}}

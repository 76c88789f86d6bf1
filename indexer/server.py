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
from dataclasses import asdict
from typing import Any, BinaryIO

import indexer
from indexer import logs, protocol, upkeep, wire
from indexer.engine import Engine
from indexer.errors import UserError
from indexer.item_messages import Copies, GetCopies, GetFilm, GetPreview
from indexer.library_messages import (
    AddFolder,
    CountFolder,
    Exclude,
    Excluded,
    Forget,
    GetExcluded,
    GetRules,
    Include,
    PreviewRules,
    RemoveFolder,
    SetRules,
)
from indexer.model_messages import (
    CancelDownload,
    DownloadModel,
    GetMachine,
    GetModels,
    Models,
    UseModel,
)
from indexer.paths import Paths
from indexer.privacy_messages import Connections, GetConnections
from indexer.problem_messages import GetProblems, IgnoreProblems, Problems, Retry
from indexer.query_messages import Complete, Examples, GetExamples, GetHits, GetTimeline, Parse, Timeline
from indexer.query_parts import ParsedQuery
from indexer.result_messages import BrowseReply
from indexer.saved_messages import ForgetSearch, GetSavedSearches, LookedAt, SavedSearches, SaveSearch
from indexer.scoping import count
from indexer.search.query import parse
from indexer.search_messages import Browse, Cancel, Search
from indexer.settings import ModelOptions
from indexer.upkeep_messages import DiskUse, GetDiskUse, Purge
from indexer.work_messages import (
    Coverage,
    GetCoverage,
    GetStatus,
    Hurry,
    Pause,
    ReloadSettings,
    Resume,
    UserActive,
)

log = logging.getLogger(__name__)

UNHURRIED = (GetPreview, GetFilm, GetMachine, GetDiskUse, PreviewRules, CountFolder)
"""Requests whose answer takes a while (decoders, libraries, the disk): searches do not wait for them."""

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
        self._shutting_down = False
        self._purged = False
        self._unhurried = ThreadPoolExecutor(1, "unhurried")

    def run(self, requests: BinaryIO) -> None:
        """Answer until `shutdown`, the end of input or a polite signal; then close the engine, say `bye`."""
        with suppress(KeyboardInterrupt):
            try:
                self._answer_all(requests)
            finally:  # closing is under way: asked once more changes nothing
                signal.signal(signal.SIGTERM, signal.SIG_IGN)
                signal.signal(signal.SIGINT, signal.SIG_IGN)
        self._unhurried.shutdown(wait=False, cancel_futures=True)
        if not self._purged:
            self._engine.close()
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
        if isinstance(request, UNHURRIED):
            self._unhurried.submit(self._reply, request_id, request)
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
        engine = self._engine
        match request:
            case protocol.Hello():
                return asdict(protocol.HelloReply(protocol.VERSION, indexer.__version__, os.getpid()))
            case GetStatus():
                return asdict(engine.status())
            case AddFolder(path):
                engine.add_folder(path)
                return asdict(engine.status())
            case RemoveFolder(path):
                engine.remove_folder(path)
                return asdict(engine.status())
            case Pause(folder, seconds):
                engine.pause(folder, seconds)
                return asdict(engine.status())
            case Resume(folder):
                engine.resume(folder)
                return asdict(engine.status())
            case Hurry(on):
                engine.hurry(on)
                return asdict(engine.status())
            case GetCoverage():
                return asdict(Coverage(engine.coverage()))
            case ReloadSettings():
                engine.reload_settings()
                return asdict(engine.status())
            case Parse(text):
                return asdict(ParsedQuery(parse(text).parts))
            case Search():
                engine.search(request)
            case SaveSearch(name, search, standing):
                engine.store.saved.save(name, search, standing)
                return self._saved()
            case ForgetSearch(name):
                engine.store.saved.forget(name)
                return self._saved()
            case LookedAt(name):
                engine.store.saved.looked(name)
                return self._saved()
            case GetSavedSearches():
                return self._saved()
            case Cancel(search_id):
                engine.cancel(search_id)
            case Browse():
                return engine.questions.browse(request)
            case GetHits(paths):
                hits = engine.questions.hits(paths)
                return BrowseReply(hits, len(hits))
            case Complete():
                return asdict(engine.questions.complete(request))
            case GetTimeline(kinds):
                return asdict(Timeline(engine.questions.months(kinds)))
            case GetExamples():
                return asdict(Examples(engine.questions.examples()))
            case GetRules():
                return asdict(engine.scoping.rules())
            case SetRules(rules):
                engine.scoping.set_rules(rules)
                return asdict(engine.status())
            case PreviewRules(rules, folder):
                return asdict(engine.scoping.preview(rules, folder))
            case CountFolder(path):
                return asdict(count(path, engine.scoping.rules()))
            case Exclude(paths):
                engine.scoping.exclude(paths)
                return asdict(engine.status())
            case Include(paths):
                engine.scoping.include(paths)
                return asdict(engine.status())
            case GetExcluded():
                return asdict(Excluded(engine.scoping.excluded()))
            case Forget(paths):
                engine.scoping.forget(paths)
                return asdict(engine.status())
            case GetProblems(ignored):
                return asdict(Problems(engine.problems(ignored)))
            case IgnoreProblems(paths, ignored):
                engine.ignore_problems(paths, ignored)
                return asdict(engine.status())
            case GetDiskUse():
                return asdict(DiskUse(upkeep.disk_use(self._paths)))
            case Purge():
                self._purge()
            case Retry(paths):
                engine.retry(paths)
                return asdict(engine.status())
            case UserActive():
                engine.user_active()
            case GetPreview():
                return asdict(engine.previewing.preview(request))
            case GetFilm():
                return asdict(engine.previewing.film(request))
            case GetCopies(path):
                return asdict(Copies(engine.previewing.copies(path)))
            case GetConnections():
                return asdict(Connections(engine.connections()))
            case GetMachine():
                return asdict(engine.machine())
            case UseModel(embedder, reranker):
                engine.use_models(embedder, reranker)
                return asdict(engine.status())
            case GetModels():
                return asdict(Models(engine.models()))
            case DownloadModel(name):
                engine.downloads.start(name)
            case CancelDownload():
                engine.downloads.cancel()
            case protocol.Shutdown():
                self._shutting_down = True
        return {}

    def _purge(self) -> None:
        """The index can only go when nobody works on it, so this is the last that the engine does."""
        self._shutting_down = self._purged = True
        self._engine.close()
        logs.stop()
        upkeep.purge(self._paths)

    def _saved(self) -> dict[str, Any]:
        return asdict(SavedSearches(self._engine.store.saved.all()))


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

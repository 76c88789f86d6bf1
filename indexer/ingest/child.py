"""One decoder process, seen from the engine: what it is asked, and what its end means for the file."""

import ctypes
import logging
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil

from indexer import priority
from indexer.errors import InCloud, InUse, MediaError, NotNow, Skipped, UserError
from indexer.ingest.documents.libreoffice import Drawing
from indexer.ingest.films.frames import CannotDecode
from indexer.ingest.isolation.passing import NotAnAnswer, Receiver
from indexer.ingest.isolation.spawning import SPAWN, reap, start
from indexer.ingest.isolation.supervision import DecoderDied, Supervisor
from indexer.ingest.metadata.record import Metadata
from indexer.ingest.pictures.ocr import NoReader
from indexer.ingest.segments import DAMAGED_OR_RARE, Item, Line, Segment, View
from indexer.ingest.worker import Alive, Answer, Done, PagesWanted, Part, Request, Unexpected, Words, main
from indexer.messages.item_messages import Box
from indexer.words import Phrase
from models.inputs import Clip, Input

ENDED_FROM_OUTSIDE = (
    "The system ended the program that was reading it, as it does when memory runs short. Try again when "
    "more of it is free."
)

_ANSWERS = Receiver(
    (
        *(Item, Metadata, Segment, Input, Clip, Box, View, Words, Line),
        *(Alive, PagesWanted, Done, Unexpected),
        *(MediaError, NotNow, InUse, Skipped, InCloud, CannotDecode, NoReader),
    )
)

_log = logging.getLogger(__name__)


class Child:
    """One child process and the pipe to it. Raises UserError when there is no room for it."""

    def __init__(
        self,
        memory_limit: int,
        supervisor: Supervisor,
        held: ctypes.c_bool,
        pages: Callable[[Path, bool, ctypes.c_bool], Drawing],
        downloads: Callable[[], bool],
    ) -> None:
        self._downloads = downloads
        self.files = 0
        self.mid_answer = False
        self._held = held
        self._pages = pages
        self._gives_way = False
        self._supervisor = supervisor
        self._verdict: Exception | None = None
        try:
            self._connection, childs_end = SPAWN.Pipe()
            self._process = start("sightline-decoder", main, childs_end, memory_limit, held)
        except OSError as error:  # that of a disk is something else
            raise UserError(
                f"The program that reads files cannot be started ({error.strerror or error}): close other "
                "programs, and it is tried again."
            ) from error
        childs_end.close()
        self._usage = psutil.Process(self._process.pid)

    def ask(self, request: Request) -> Iterator[Part]:
        """What the child answers. `mid_answer` stays true when that is not read to its end."""
        self.mid_answer = True
        self.files += 1
        try:
            self._connection.send((request, self._downloads()))
            while True:
                match self._next():
                    case Alive():
                        pass
                    case PagesWanted():
                        self._connection.send(self._pages(request.path, self._gives_way, self._held))
                    case Done():
                        break
                    case MediaError() as error:
                        self.mid_answer = False
                        raise error
                    case Unexpected(trace):
                        self.mid_answer = False
                        ending = request.path.suffix.lower()
                        _log.warning(
                            "a decoder failed on a file ending in %s", ending, extra={"trace": trace}
                        )
                        raise MediaError(DAMAGED_OR_RARE)
                    case part:
                        yield part
        except (EOFError, OSError) as error:
            raise self._cause_of_death() from error
        except NotAnAnswer as error:
            _log.exception("a decoder sent what none sends")
            self.kill(DecoderDied(DAMAGED_OR_RARE))
            raise self._cause_of_death() from error
        self.mid_answer = False

    def give_way(self, idle: bool = False) -> None:
        """Let other programs go first; with `idle` it runs only when nothing else wants the processor."""
        self._gives_way = True
        priority.process_gives_way(self._usage, idle)

    def is_gone(self) -> bool:
        """Whether it ended while it had nothing to do: all that can then be read is the end of its pipe."""
        try:
            return self._connection.poll()
        except OSError:  # so Windows says that there is nobody at the other end
            return True

    @property
    def is_condemned(self) -> bool:
        """Whether it was killed, perhaps just as it had answered, and so may still look alive."""
        return self._verdict is not None

    def resident_bytes(self) -> int:
        """The memory it takes; 0 when it is gone."""
        try:
            return int(self._usage.memory_info().rss)
        except psutil.Error:
            return 0

    def processor_s(self) -> float:
        """The processor time it has taken so far; 0 when it is gone."""
        try:
            times = self._usage.cpu_times()
        except psutil.Error:
            return 0.0
        return float(times.user + times.system)

    def kill(self, verdict: Exception) -> None:
        """End it now. The thread that waits for its answer raises the verdict."""
        self._verdict = self._verdict or verdict
        self._process.kill()

    def dispose(self) -> None:
        """End and reap it."""
        self._connection.close()
        self._process.kill()
        reap(self._process)

    def _next(self) -> Answer:
        with self._supervisor.watching(self):
            answer: Answer = _ANSWERS.receive(self._connection)
        return answer

    def _cause_of_death(self) -> Exception:
        if self._verdict is not None:
            return self._verdict
        code = reap(self._process)
        how: Phrase = signal.Signals(-code).name if code is not None and code < 0 else f"exit code {code}"
        if how == "SIGKILL":  # no fault does this to itself
            return DecoderDied(ENDED_FROM_OUTSIDE)
        return DecoderDied(f"It crashed the decoder ({how}): the file is damaged, or a codec has a fault.")

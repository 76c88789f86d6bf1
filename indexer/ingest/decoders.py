"""The pool of decoder processes: a file's path in, its `Item` and `Segment`s out, whatever the file does.

A crash is a value: a child that dies, hangs or grows costs its file (`DecoderDied`) and is replaced when
the next file needs it.
"""

import contextlib
import ctypes
import threading
import time
from collections.abc import Callable, Collection, Generator, Iterator
from pathlib import Path
from types import TracebackType

import numpy as np

from indexer.drives.answering import NO_ANSWER, Answering
from indexer.errors import MediaError, NoAnswer
from indexer.ingest.child import Child
from indexer.ingest.documents.libreoffice import Drawing
from indexer.ingest.documents.office_pages import OfficePages
from indexer.ingest.films.frames import VideoReader
from indexer.ingest.isolation.spawning import SPAWN
from indexer.ingest.isolation.supervision import DecoderDied, Supervisor
from indexer.ingest.items import content_hash
from indexer.ingest.segments import WHOLE, Item, Place, Segment, Sight, View
from indexer.ingest.worker import Decode, Draw, DrawFilm, ReadPicture, ReadWords, Words
from indexer.messages.item_messages import Box
from models.inputs import Pixels

_READER_MEMORY = 4 << 30
"""Bytes for reading words: the recognition models and their working memory take up to one gigabyte, reserve
more, and one page is never worth more."""
_READER_PATIENCE_S = 180.0
FILES_REST_S, PICTURES_REST_S, READERS_REST_S = 60.0, 600.0, 20.0
"""How long a child is kept that nobody needs: it may hold hundreds of megabytes, and the next one takes a
moment to start, which somebody who looks at files would notice."""


class PoolClosed(Exception):
    """The pool was closed while it was asked. Not the file's fault: nothing is to be recorded about it."""


class DecoderPool:
    """Decodes files in spawned child processes, each one file at a time. Safe to use from several threads.

    Args:
        workers: files decoded at the same time, as for `widen`; further `decode` calls wait their turn.
        timeout_s: seconds without a sign of progress after which a child is given up: of processor time, or
            of any time if it takes no processor (ten times as long on a machine that is merely busy).
        memory_limit: bytes a child may take (resident everywhere, address space too on Linux).
        files_per_worker: a child is replaced after so many, as codecs leak.
        video_reader: "decord" reads what it reads exactly, PyAV the rest.
        office: draws Office documents, and is closed together with this; without it they are only text.
        downloads: whether files that are only in the cloud may be read, which downloads them, as of now.
        answering: asked about the folder of a file whose child had to be ended, and see `hash`.

    Children start when first needed. Two are for `picture`, `view` and `film`, so that a search waits for no
    film being indexed and nothing that is shown; the others give way to every program of the person's.
    """

    def __init__(
        self,
        workers: int = 1,
        *,
        timeout_s: float = 60.0,
        memory_limit: int = 2 << 30,
        files_per_worker: int = 300,
        video_reader: VideoReader = "av",
        office: OfficePages | None = None,
        downloads: Callable[[], bool] = lambda: False,
        answering: Answering | None = None,
    ) -> None:
        self.downloads = downloads
        self.answering = answering or Answering()
        self._office = office
        self._video_reader = video_reader
        self._supervisor = Supervisor(timeout_s, memory_limit)

        def maker(memory: int, watch: Supervisor) -> Callable[[ctypes.c_bool], Child]:
            return lambda held: Child(memory, watch, held, self._pages, downloads)

        self._files = _Lane(workers, files_per_worker, FILES_REST_S, maker(memory_limit, self._supervisor))
        self._files.gives_way = True
        self._pictures = _Lane(2, files_per_worker, PICTURES_REST_S, maker(memory_limit, self._supervisor))
        self._patient = Supervisor(_READER_PATIENCE_S, _READER_MEMORY)
        self._readers = _Lane(1, files_per_worker, READERS_REST_S, maker(_READER_MEMORY, self._patient))

    def widen(self, workers: int) -> None:
        """Decode so many files at the same time from now on, if that is more than before."""
        self._files.widen(workers)

    def hash(self, path: Path) -> str:
        """Of the file's content, read in this process. Raises as `content_hash` does, and `NoAnswer`."""
        return self.answering.patiently(lambda: path, lambda: content_hash(path, self.downloads()))

    def decode(self, path: Path, sight: Sight | None = None) -> Generator[Item | Segment, None, None]:
        """The file's `Item`, then its segments in order, each as soon as it is made; see `segments`.

        Args:
            sight: what the embedder sees, if parts of a picture are wanted, too.

        The child waits until what it made is taken. Leaving the iterator before its end ends the child.
        Raises `Skipped` or `MediaError`, also after the first segments (`DecoderDied` among them),
        `PoolClosed`, and UserError when no child can be started.
        """
        with self._lent(self._files, path) as worker:
            for answer in worker.ask(Decode(path, self._video_reader, sight)):
                if isinstance(answer, Item | Segment):
                    yield answer

    def words(self, path: Path, wanted: Collection[int]) -> Generator[Words, None, None]:
        """The lines in the pictures of these segments (by number), in order, at the lowest priority.

        Raises as `decode` does.
        """
        with self._lent(self._readers, path) as worker:
            worker.give_way(idle=True)
            for answer in worker.ask(ReadWords(path, frozenset(wanted))):
                if isinstance(answer, Words):
                    yield answer

    def hold(self, on: bool) -> None:
        """Let files wait where they are, in the middle of a film too, or go on. Not `picture`."""
        self._files.held.value = self._readers.held.value = on

    def picture(self, path: Path, place: Place = WHOLE, box: Box | None = None, data: bytes = b"") -> Pixels:
        """A picture to search by: upright, alpha on white, at most `MAX_IMAGE_PIXELS`.

        Args:
            place, box: not all of it but this part. data: the picture itself; then `path` means nothing.

        Raises `MediaError` with a whole sentence naming the file, and `PoolClosed`.
        """
        try:
            with self._lent(self._pictures, path) as worker:
                parts = worker.ask(ReadPicture(path, place, box, data))
                (pixels,) = (answer for answer in parts if isinstance(answer, np.ndarray))
        except MediaError as error:
            if data:
                raise MediaError(f"This picture cannot be used as a picture to search by. {error}") from error
            raise MediaError(f"{path.name} cannot be used as a picture to search by. {error}") from error
        return pixels

    def view(self, path: Path, place: Place, side: int) -> View:
        """The picture large, for the person. Raises `MediaError`, `PoolClosed`."""
        with self._lent(self._pictures, path) as worker:
            (view,) = (answer for answer in worker.ask(Draw(path, place, side)) if isinstance(answer, View))
        return view

    def film(self, path: Path, times: tuple[float, ...], side: int) -> list[View]:
        """Pictures of a film at these ascending moments, as far as it lasts. Raises as `view`."""
        with self._lent(self._pictures, path) as worker:
            parts = worker.ask(DrawFilm(path, times, side))
            return [answer for answer in parts if isinstance(answer, View)]

    def close(self) -> None:
        """End all children. Calls in progress on other threads raise `PoolClosed`."""
        self._files.close()
        self._pictures.close()
        self._readers.close()
        if self._office is not None:
            self._office.close()
        self._supervisor.close()
        self._patient.close()

    def _pages(self, path: Path, gives_way: bool, held: ctypes.c_bool) -> Drawing:
        """Of an Office document, as `OfficePages.of` has them; waits no longer than its disk answers."""
        office = self._office
        if office is None:
            return Drawing()
        return self.answering.patiently(
            lambda: path, lambda: office.of(path, gives_way, held, self.downloads())
        )

    @contextlib.contextmanager
    def _lent(self, lane: "_Lane", path: Path) -> Iterator[Child]:
        """A worker for this file. One that waited for a server until it was ended says nothing against it."""
        try:
            with lane.worker() as worker:
                yield worker
        except DecoderDied as error:
            if self.answering.silent(str(path.parent)):
                raise NoAnswer(NO_ANSWER) from error
            raise

    def __enter__(self) -> "DecoderPool":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _Lane:
    """At most `size` workers, each lent to one caller at a time.

    Args:
        rest_s: how long they are kept while nobody needs any.
    """

    def __init__(
        self, size: int, files_per_worker: int, rest_s: float, make: Callable[[ctypes.c_bool], Child]
    ) -> None:
        self._make = make
        self._rest_s = rest_s
        self._used_at = 0.0
        self._clock: threading.Timer | None = None
        self.gives_way = False
        self.held: ctypes.c_bool = SPAWN.RawValue(ctypes.c_bool, False)
        self._size = self._free = size
        self._files_per_worker = files_per_worker
        self._changed = threading.Condition()
        self._idle: list[Child] = []
        self._lent: set[Child] = set()
        self._closed = False

    @contextlib.contextmanager
    def worker(self) -> Iterator[Child]:
        """A worker, once one is free. It is replaced when left in the middle of an answer, dead or old."""
        with self._changed:
            self._changed.wait_for(lambda: self._free or self._closed)
            if self._closed:
                raise PoolClosed
            self._free -= 1
            worker = self._idle.pop() if self._idle else None
        try:
            if worker is not None and worker.is_gone():
                worker.dispose()
                worker = None
            if worker is None:
                worker = self._make(self.held)
                if self.gives_way:
                    worker.give_way()
            self._lend(worker)
            yield worker
        finally:
            self._take_back(worker)

    def _lend(self, worker: Child) -> None:
        with self._changed:
            self._lent.add(worker)
            if self._closed:
                worker.kill(PoolClosed())

    def widen(self, size: int) -> None:
        """Lend so many from now on, if that is more than before."""
        with self._changed:
            more = max(0, size - self._size)
            self._size += more
            self._free += more
            self._changed.notify(more)

    def close(self) -> None:
        """End every worker, the lent ones too, and let nobody wait for one."""
        with self._changed:
            self._closed = True
            if self._clock is not None:
                self._clock.cancel()
            for worker in self._lent:
                worker.kill(PoolClosed())
            self._changed.notify_all()
        self._end_idle()

    def _end_idle(self) -> None:
        with self._changed:
            idle, self._idle = self._idle, []
        for worker in idle:
            worker.dispose()

    def _look_again_in(self, seconds: float) -> None:
        self._clock = threading.Timer(seconds, self._rest)
        self._clock.daemon = True
        self._clock.start()

    def _rest(self) -> None:
        """End what nobody has needed for long."""
        with self._changed:
            left = self._used_at + self._rest_s - time.monotonic()
            if left > 0 and not self._closed:
                self._look_again_in(left)
                return
            self._clock = None
        self._end_idle()

    def _take_back(self, worker: Child | None) -> None:
        with self._changed:
            self._free += 1
            self._changed.notify()
            if worker is None:
                return
            self._lent.discard(worker)
            old = worker.files >= self._files_per_worker
            if not (self._closed or worker.mid_answer or worker.is_condemned or old):
                self._idle.append(worker)
                self._used_at = time.monotonic()
                if self._clock is None:
                    self._look_again_in(self._rest_s)
                return
        worker.dispose()

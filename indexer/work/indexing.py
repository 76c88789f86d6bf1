"""From a row that waits to vectors in the index.

    work queue ─► decode threads ─► models thread ─► writer thread ─► store
                  classify, hash,    micro-batches    one transaction per file
                  link copies,
                  decode ahead

Files are decoded ahead of the models, but only as far as the model loop's bound on waiting pixels. That a
file needs the models is known late: an unreadable file, an unknown format and a copy of something known
never wait for them, and when nothing else is found they are not even loaded.
"""

import errno
import logging
import os
import threading
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from queue import SimpleQueue

import numpy as np

from indexer.errors import InCloud, InUse, MediaError, NoAnswer, Skipped, UserError
from indexer.inference.model_loop import ModelLoop
from indexer.inference.model_work import Vector, Work
from indexer.ingest.decoders import DecoderPool, PoolClosed
from indexer.ingest.documents import libreoffice
from indexer.ingest.isolation.supervision import DecoderDied
from indexer.ingest.segments import Item, Segment, Sight
from indexer.ingest.thumbnails import PreviewCache
from indexer.messages.library_messages import Rules, icon_sentence
from indexer.priority import thread_gives_way
from indexer.store.rows import FileRow
from indexer.store.store import Store
from indexer.work.decoded import as_document, item_row, segment_row
from indexer.work.file_job import Changed, Job, Outcome, identified, is_as_it_was, state_of
from indexer.work.work_queue import WorkQueue

log = logging.getLogger(__name__)

COMPARED_AT_ONCE = 256
"""Changed files whose contents are compared in one transaction."""
BUG = "Something went wrong inside Sightline while reading it; the log has the details."


class Indexing:
    """Works through the queue until `stop()`.

    Args:
        on_missing: called with the path of a file that is not where the index thinks.
        rules: what is indexed, as of now.
        workers: decode threads, one per decoder process.

    Attributes:
        embedded: ids of the files that took model work since the start.
        regions: also embed parts of large, detailed pictures, from the next file on.
    """

    def __init__(
        self,
        store: Store,
        cache: PreviewCache,
        pool: DecoderPool,
        loop: ModelLoop,
        queue: WorkQueue,
        on_missing: Callable[[str], None],
        workers: int = 1,
        rules: Callable[[], Rules] = Rules,
        regions: bool = True,
    ) -> None:
        self.embedded: set[int] = set()
        self._store = store
        self._cache = cache
        self._pool = pool
        self._loop = loop
        self._queue = queue
        self._patiently = pool.answering.patiently
        self._on_missing = on_missing
        self._rules = rules
        self.regions = regions
        self._lock = threading.Lock()
        self._jobs: dict[str, Job] = {}
        self._finished: SimpleQueue[Job | None] = SimpleQueue()
        self._decoders: list[threading.Thread] = []
        self._workers = workers
        self._writer = threading.Thread(target=self._write_loop, name="writer", daemon=True)

    def start(self) -> None:
        """Begin with what waits."""
        self.widen(self._workers)
        self._writer.start()

    def widen(self, workers: int) -> None:
        """Decode in so many threads from now on, if that is more than before; only after `start`."""
        for number in range(len(self._decoders), workers):
            self._decoders.append(
                threading.Thread(target=self._decode_loop, name=f"decode-{number}", daemon=True)
            )
            self._decoders[-1].start()

    def stop(self, timeout_s: float = 5.0) -> None:
        """Write what is finished, give up the rest. The caller has stopped queue, loop and pool before."""
        for thread in self._decoders:
            thread.join(timeout_s)
        self._finished.put(None)
        if self._writer.is_alive():
            self._writer.join(timeout_s)

    def erase(self, contents: Sequence[int]) -> None:
        """Delete these contents, unless a file has them, at once: a person wants them gone."""
        for digest in self._store.left_out.erase(contents):
            self._cache.remove(digest)

    def collect_garbage(self) -> bool:
        """Delete contents that no file has any more. False when there was other work to do."""
        with self._queue.held() as held:
            if not held:
                return False
            hashes = self._store.orphan_contents()
            for digest in hashes:
                self._cache.remove(digest)
            if hashes:
                self._store.tidy()
        return True

    # --- decode threads ----------------------------------------------------------------------------

    def _decode_loop(self) -> None:
        thread_gives_way()
        changed: deque[FileRow] = deque()
        while True:
            row: FileRow | None = None
            try:
                if changed:
                    row = changed.popleft()
                else:
                    row = self._queue.next()
                    if row is None:
                        return
                    if row.content_hash is not None:
                        changed += self._really_changed(row)
                        continue
                self._process(row)
            except PoolClosed:
                self._queue.give_back(*([row] if row is not None else []), *changed)
                return
            except NoAnswer:
                if row is not None:
                    self._put_back(row)
            except UserError as error:
                self._queue.trouble_for_all(str(error))
                if row is not None:
                    self._queue.give_back(row)
            except Exception:
                log.exception("indexing one file failed")
                self._blame_us([row] if row is not None else [])

    def _really_changed(self, first: FileRow) -> list[FileRow]:
        """Compare files that were read before, this one and all that wait: most were only touched."""
        more = self._queue.more_changed(COMPARED_AT_ONCE)
        rows, cloud = [first, *more], self._rules().cloud
        compared: list[bool] = []

        def compare() -> None:
            thread_gives_way()
            for row in rows:
                compared.append(is_as_it_was(row, cloud))

        try:
            self._patiently(lambda: rows[min(len(compared), len(more))].path, compare)
            same = [row for row, equal in zip(rows, compared, strict=True) if equal]
            self._store.confirm([row.id for row in same])
        except BaseException:
            self._queue.give_back(*more)  # the caller has only the first
            raise
        self._queue.release(*same)
        return [row for row, equal in zip(rows, compared, strict=True) if not equal]

    def _process(self, row: FileRow) -> None:
        path, cloud = Path(row.path), self._rules().cloud
        try:
            state, digest = self._patiently(lambda: path, lambda: identified(path, cloud))
        except InCloud as away:
            self._store.evict(row.id, row, str(away))
            self._queue.release(row)
            return
        except Skipped as skipped:
            self._store.fail(row.id, "skipped", str(skipped))
            self._queue.release(row)
            return
        except InUse:
            self._queue.put_off(row)
            return
        except (Changed, NoAnswer):
            self._put_back(row)
            return
        except MediaError as error:
            self._fail(row, str(error))
            return
        with self._store.transaction():
            content = self._store.content(digest)
            if content is not None:
                self._store.link(row.id, content)
        if content is not None:
            self._queue.release(row)
            return
        job = Job(row, digest, state)
        with self._lock:
            twin = self._jobs.setdefault(digest, job)
            if twin is not job:
                twin.twins.append(row)
                return
        self._decode(job)

    def _decode(self, job: Job) -> None:
        """The job is among `_jobs`: it ends in `_finished`, or is dropped."""
        try:
            self._need_models()
            if not self._queue.begin(job.row):
                self._queue.give_back(*self._drop(job))
                return
            try:
                self._pieces(job)
            except DecoderDied:
                if not self._queue.begin(job.row):
                    raise
                log.info("a decoder died; the file gets another one")
                job.start_again()
                self._pieces(job)
            path = Path(job.row.path)
            if self._patiently(lambda: path, lambda: state_of(path)) != job.state:
                raise Changed
        except InUse:
            self._cache.remove(job.hash)
            self._queue.put_off(*self._drop(job))
            return
        except (Changed, NoAnswer):
            self._cache.remove(job.hash)  # made again if a copy has these bytes
            _, *twins = self._drop(job)
            self._queue.give_back(*twins)
            self._put_back(job.row)
            return
        except MediaError as error:
            job.error = str(error)
            job.outcome = "skipped" if isinstance(error, Skipped) else "failed"
        except BaseException as error:
            _, *twins = self._drop(job)
            self._queue.give_back(*twins)
            if isinstance(error, OSError):
                raise UserError(no_room(error)) from error
            raise
        if job.close():
            self._finished.put(job)

    def _pieces(self, job: Job) -> None:
        path = Path(job.row.path)
        job.parts, job.undrawn = self.regions, libreoffice.is_missed(path)
        too_small: Skipped | None = None
        for piece in self._pool.decode(path, self.seen() if job.parts else None):
            if too_small is not None:
                continue  # to the end, as the decoder would have to be started again otherwise
            if isinstance(piece, Item):
                too_small = self._too_small(piece)
                if too_small is None:
                    self._cache.write(job.hash, piece)
                    job.item = piece
            else:
                self._add(job, piece)
        if too_small is not None:
            raise too_small

    def _too_small(self, item: Item) -> Skipped | None:
        """What is said of a picture that is smaller than the rules ask for."""
        width, height = item.width or 0, item.height or 0
        if item.kind in ("photo", "screenshot") and 0 < min(width, height) < self._rules().min_pixels:
            return Skipped(icon_sentence(width, height))
        return None

    def seen(self) -> Sight | None:
        """What the embedder sees; None while there is none."""
        embedder = self._loop.models.embedder
        if embedder is None:
            return None
        budget = embedder.budget
        return Sight(budget.image_max_pixels, budget.page_max_pixels or budget.image_max_pixels)

    def _add(self, job: Job, piece: Segment) -> None:
        ordinal = len(job.segments)
        self._cache.write_segment(job.hash, ordinal, piece)
        answer = job.add(segment_row(piece))

        def done(result: Vector | str) -> None:
            if answer(result):
                self._finished.put(job)

        def quickly() -> None:
            job.quick = True

        if not self._loop.put(Work(as_document(job.item, piece), done, quickly=quickly, in_company=True)):
            raise PoolClosed

    def _need_models(self) -> None:
        self._loop.start()
        while not self._loop.ready.wait(0.2):
            if self._queue.stopping:
                raise PoolClosed
        embedder = self._loop.models.embedder
        if embedder is None:
            raise UserError(self._loop.models.embedder_error)
        if not self._store.has_space:
            self._store.space(embedder.name, embedder.dimension, embedder.preparation)

    def _fail(self, row: FileRow, reason: str, outcome: Outcome = "failed") -> None:
        """Record it, unless the file is not there: then its folder has to be looked at first."""
        if not self._is_listed(row.path):
            self._put_back(row)
            return
        self._store.fail(row.id, outcome, reason)
        self._queue.release(row)

    def _is_listed(self, path: str) -> bool:
        """Whether its folder has it, as far as that answers."""
        try:
            return self._patiently(lambda: path, lambda: os.path.lexists(path))
        except NoAnswer:
            return False

    def _put_back(self, row: FileRow) -> None:
        """It is not there, or not as it was when it was opened: its folder says what has become of it."""
        if self._queue.put_aside(row):
            self._on_missing(row.path)

    def _blame_us(self, rows: list[FileRow]) -> None:
        """A bug: list these files as failed; if not even that can be done, wait."""
        try:
            for row in rows:
                self._store.fail(row.id, "failed", BUG)
            self._queue.release(*rows)
        except Exception:
            log.exception("a failure could not be recorded")
            self._queue.trouble_for_all(BUG)
            self._queue.give_back(*rows)
        if not rows:
            self._queue.trouble_for_all(BUG)

    def _drop(self, job: Job) -> list[FileRow]:
        """The job is over: its file and those that waited for it."""
        with self._lock:
            self._jobs.pop(job.hash, None)
        return [job.row, *job.twins]

    # --- writer thread -----------------------------------------------------------------------------

    def _write_loop(self) -> None:
        while (job := self._finished.get()) is not None:
            try:
                self._write(job)
            except UserError as error:
                self._queue.trouble_for_all(str(error))
                self._queue.give_back(*self._drop(job))
            except Exception:
                log.exception("writing one file to the index failed")
                self._blame_us(self._drop(job))

    def _write(self, job: Job) -> None:
        if job.error or job.item is None:
            self._cache.remove(job.hash)
            for row in self._drop(job):
                self._fail(row, job.error or "Nothing in it could be read.", job.outcome)
            return
        vectors = [vector for vector in job.vectors if vector is not None]
        width = self._loop.models.embedder.dimension if self._loop.models.embedder is not None else 0
        embeddings = np.stack(vectors) if vectors else np.zeros((0, width), np.float32)
        with self._store.transaction():
            content = self._store.add_content(
                job.row.id, job.hash, item_row(job.item), job.segments, embeddings
            )
            if job.quick:
                self._store.sharp.mark_quick(content)
            if not job.is_complete:
                self._store.catch_up.mark(content)
        self.embedded.add(job.row.id)
        rows = self._drop(job)
        for twin in job.twins:
            self._store.link(twin.id, content)
        self._queue.release(*rows)


def no_room(error: OSError) -> str:
    """Why something of ours could not be written, in a sentence that says what to do."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return (
            "The disk is full: free some space, so that indexing can go on. What is already indexed is kept."
        )
    return (
        f"The index cannot be written ({error.strerror or error}): check the data directory, so that "
        "indexing can go on."
    )

"""One engine per data directory: owns the lock, the store, the threads, and wires them together."""

import logging
import os
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from indexer import connections, machine
from indexer.catching_up import CatchingUp
from indexer.downloading import Downloads
from indexer.errors import UserError
from indexer.indexing import Indexing
from indexer.ingest.decoders import DecoderPool
from indexer.ingest.office_pages import FOLDER, OfficePages
from indexer.ingest.scan import as_kept
from indexer.ingest.thumbnails import PreviewCache
from indexer.last_status import LastStatus
from indexer.library import Library
from indexer.library_messages import Rules
from indexer.loading import EngineModels, answering, known_models, shown_name
from indexer.lock import EngineLock
from indexer.model_loop import ModelLoop
from indexer.model_messages import DEMO_MODELS, Machine, Model
from indexer.paths import Paths, absolute
from indexer.politeness import Politeness
from indexer.pressure import Condition, conditions
from indexer.previewing import Previewing
from indexer.privacy_messages import Connection
from indexer.protocol import EngineState, Event, Problem, Search, Status
from indexer.reading import Reading
from indexer.scoping import Scoping
from indexer.searching import Searching
from indexer.settings import ModelOptions, Settings
from indexer.sharpening import Sharpening
from indexer.store.store import Store
from indexer.switching import Switching
from indexer.work_messages import CoverageRow
from indexer.work_queue import WorkQueue
from models import catalog

log = logging.getLogger(__name__)

STATUS_INTERVAL_S = 0.25
LOADING_PATIENCE_S = 2.0
"""How long `close` waits for weights that are just being loaded."""


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What became of the files below some folders; every file is counted once.

    Attributes:
        indexed: took model work in this run.
        unchanged: needed none: known already, renamed, touched, or a copy of something known.
        skipped, failed: among the problems.
    """

    indexed: int
    unchanged: int
    skipped: int
    failed: int
    seconds: float


class Engine:
    """Everything that may write to one data directory.

    Args:
        emit: gets `Status` at most four times a second while something changes, and the `Results` of
            `search`; called from several threads.
        patient: after a full disk, try again by itself; otherwise `index` raises.
        reranker: whether one is wanted at all.
        read_words: read the words in pictures when nothing else is to be done.
        polite: wait while the computer has better to do, and obey a pause. Not for work that a person
            waits for.
        regions: also embed parts of large, detailed pictures; those of earlier days come and go with it.

    Attributes:
        downloads: fetches models; its news go to `emit`.
        previewing: shows one file large.
        scoping: chooses what is indexed.

    Raises:
        DataDirectoryBusy, IndexTooNew, UserError.
    """

    def __init__(
        self,
        paths: Paths,
        options: ModelOptions,
        emit: Callable[[Event], None] = lambda event: None,
        *,
        patient: bool = True,
        reranker: bool = True,
        read_words: bool = True,
        polite: bool = False,
        regions: bool = True,
    ) -> None:
        self._paths = paths
        self._options = options
        self._emit = emit
        self._lock = EngineLock(paths.lock)
        try:
            self._store = Store.open(paths.database)
            self._reader = Store.open(paths.database, readonly=True)
        except BaseException:
            self._lock.close()
            raise
        workers = max(1, min(4, (os.cpu_count() or 2) // 2))
        cache = PreviewCache(paths.cache)
        self._pool = DecoderPool(workers, office=OfficePages(paths.cache / FOLDER))
        self._loop = ModelLoop(EngineModels(options, paths.checkpoints, self._store, reranker), self._changed)
        self._queue = WorkQueue(self._store, self._changed, patient)
        self._indexing = Indexing(
            self._store,
            cache,
            self._pool,
            self._loop,
            self._queue,
            self._missing,
            workers,
            self._rules,
            regions,
        )
        self._library = Library(
            self._store, self._queue, str(paths.data), self._indexing.collect_garbage, self._changed
        )
        self._reading = Reading(self._store, self._pool, self._queue, self._changed, read_words)
        self._sharpening = Sharpening(
            self._store, self._pool, self._loop, self._queue, self._indexing.seen, self._changed, workers
        )
        self._switching = Switching(
            self._store,
            cache,
            self._pool,
            self._loop,
            self._queue,
            paths.checkpoints,
            options,
            self._indexing.seen,
            self._changed,
        )
        self._catching_up = CatchingUp(
            self._store,
            cache,
            self._pool,
            self._loop,
            self._queue,
            self._indexing.seen,
            lambda: self._sharpening.done and self._reading.done and not self._switching.busy,
            regions,
            self._changed,
        )
        self._background = (self._reading, self._sharpening, self._switching, self._catching_up)
        self._polite = self._loop.gives_way = polite
        self._politeness = Politeness(
            self._reader.wishes,
            self._store.wishes,
            self._hold,
            self._loop.spare_memory,
            self._has_work,
            self._wishes_changed,
        )
        self._searching = Searching(
            paths, self._reader, cache, self._pool, self._loop, emit, self._queue.prefer
        )
        self.downloads = Downloads(paths.checkpoints, emit)
        self.previewing = Previewing(
            self._reader, cache, self._pool, lambda folder: self._queue.prefer([folder])
        )
        self.scoping = Scoping(self._store, cache, str(paths.data), self._scope_changed)
        self._closing = threading.Event()
        self._dirty = threading.Event()
        self._last_status = LastStatus(paths)
        self._status_thread = threading.Thread(target=self._report, name="status", daemon=True)

    def start(self, watch: bool = True, load: bool = True) -> None:
        """Start the threads.

        Args:
            watch: compare every folder with the disk now and follow it from here on.
            load: load the models now; otherwise when something needs them.
        """
        settings = Settings.load(self._paths.settings)
        self._loop.release_after(settings.release_after_s)
        if self._polite:
            self._politeness.start(self._conditions(settings))
        if load:
            self._loop.start()
        self._indexing.start()
        for work in self._background:
            work.start()
        self._library.start(watch)
        self._searching.start()
        self._status_thread.start()

    def close(self) -> bool:
        """Finish the micro-batch, commit, stop. False when a thread is still busy loading weights."""
        self._closing.set()
        self._dirty.set()
        self.downloads.stop()
        self._searching.stop()
        self._politeness.stop()
        self._library.stop()
        self._queue.stop()
        self._pool.close()
        loaded = self._loop.stop(10.0 if self._loop.ready.is_set() else LOADING_PATIENCE_S)
        self._indexing.stop()
        for work in self._background:
            work.stop()
        if self._status_thread.is_alive():
            self._status_thread.join(5.0)
        self._last_status.forget()
        try:
            self._queue.close()
            self._reader.close()
            self._store.close()
        except UserError as error:
            log.warning("closing the index: %s", error)
        self._lock.close()
        return loaded

    def __enter__(self) -> "Engine":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- folders and files ---------------------------------------------------------------------------

    def add_folder(self, path: str) -> str:
        """Index a folder from now on; returns its absolute path. Raises UserError if it cannot be read."""
        folder = readable_folder(path, self._paths)
        self._store.add_folder(folder)
        self._queue.prefer([folder])
        self._library.follow(folder)
        self._changed()
        return folder

    def remove_folder(self, path: str) -> None:
        """Forget a folder. Raises UserError if it is not in the list."""
        folder = known_folder(path, [row.path for row in self._store.folders()])
        self._store.remove_folder(folder)
        self._library.unfollow(folder)
        self._changed()

    def index(self, folders: Sequence[str]) -> IndexReport:
        """Add the folders and work until everything that waits is done.

        Raises:
            UserError: a folder cannot be read, or nothing can be indexed (models, disk).
        """
        started = time.monotonic()
        roots = [self.add_folder(folder) for folder in folders]
        for root in roots:
            self._store.wishes.resume(root)
        self.finish()
        states: dict[int, str] = {}
        for root in roots:
            states |= {row.id: row.state for row in self._store.known.each(root)}
        self._indexing.collect_garbage()
        done = [id for id, state in states.items() if state == "done"]
        indexed = sum(id in self._indexing.embedded for id in done)
        return IndexReport(
            indexed=indexed,
            unchanged=len(done) - indexed,
            skipped=sum(state == "skipped" for state in states.values()),
            failed=sum(state == "failed" for state in states.values()),
            seconds=round(time.monotonic() - started, 3),
        )

    def finish(self) -> None:
        """Wait until nothing waits to be compared or read. Raises UserError with what prevents that."""
        while self._has_work():
            for each in (self._queue, *self._background):
                if each.trouble:
                    raise UserError(each.trouble)
            time.sleep(0.05)

    def _has_work(self) -> bool:
        working = self._library.busy or not self._queue.idle or self._switching.busy
        return working or not (self._sharpening.done and self._reading.done and self._catching_up.done)

    def pause(self, folder: str = "", seconds: float | None = None) -> None:
        """Stop indexing, all or one folder, for a time or until resumed; searches are answered all the same.

        Raises UserError when the folder is not in the list.
        """
        self._politeness.pause(self._known(folder), seconds)

    def resume(self, folder: str = "") -> None:
        """Go on. Raises UserError when the folder is not in the list."""
        self._politeness.resume(self._known(folder))

    def hurry(self, on: bool) -> None:
        """Wait for nothing until everything is done."""
        self._politeness.hurry(on)

    def reload_settings(self) -> None:
        """Apply what was changed in the file and needs no new start. Raises UserError naming the line."""
        settings = Settings.load(self._paths.settings)
        self._loop.release_after(settings.release_after_s)
        if self._polite:
            self._politeness.wait_for(self._conditions(settings))
        self._reading.want(settings.read_words)
        self._indexing.regions = settings.regions
        self._catching_up.want_parts(settings.regions)
        self._changed()

    def _known(self, folder: str) -> str:
        return known_folder(folder, [row.path for row in self._store.folders()]) if folder else ""

    def _conditions(self, settings: Settings) -> tuple[Condition, ...]:
        return conditions(
            settings.work_on_battery,
            settings.work_in_full_screen,
            settings.working_hours,
            card=True,
            memory_to_come=lambda: self._loop.models.memory_to_come,
        )

    def _hold(self, on: bool) -> None:
        self._queue.pause(on)
        self._loop.pause(on)
        for work in self._background:
            work.pause(on)
        self._pool.hold(on)
        self._changed()

    def _wishes_changed(self) -> None:
        self._sharpening.look_again()
        self._queue.wake()
        self._changed()

    def problems(self, ignored: bool = False) -> tuple[Problem, ...]:
        """Files that are not in the index, and why; `ignored`: those too that nobody wants to see."""
        return self._reader.problems(ignored)

    def ignore_problems(self, paths: Sequence[str], ignored: bool) -> None:
        """List these among the problems no longer, or again."""
        self._store.ignore_problems(paths, ignored)
        self._changed()

    def retry(self, paths: Sequence[str] = ()) -> int:
        """Try failed files again: these, or all. Returns how many wait now."""
        count = self._store.retry(paths)
        self._queue.wake()
        self._changed()
        return count

    def models(self) -> tuple[Model, ...]:
        """What can be chosen, what is on this computer, and what is in use."""
        return known_models(self._options, self._paths.checkpoints)

    def use_models(self, embedder: str, reranker: str) -> None:
        """Choose models; "" leaves one as it is. Old vectors answer until there are new ones for everything.

        Raises UserError when one of them cannot be used; then nothing changes.
        """
        chosen = replace(
            self._options,
            embedder=embedder or self._options.embedder,
            reranker=reranker or self._options.reranker,
        )
        self._switching.choose(chosen)
        settings = Settings.load(self._paths.settings)
        replace(settings, embedder=chosen.embedder, reranker=chosen.reranker).save(self._paths.settings)
        self._options = chosen
        self._changed()

    def machine(self) -> Machine:
        """What models can count on here. Imports torch: seconds, if they are not loaded yet."""
        return machine.measure(self._options, self._paths.checkpoints)

    def connections(self) -> tuple[Connection, ...]:
        """Every computer that was ever asked for something."""
        return connections.read(self._paths)

    # --- questions ---------------------------------------------------------------------------------

    def search(self, request: Search) -> None:
        """Answer with `Results` events; an older search that is not finished is given up."""
        self._searching.search(request)

    def cancel(self, search_id: int) -> None:
        """Nobody waits for this search any more."""
        self._searching.cancel(search_id)

    def user_active(self) -> None:
        """Somebody is typing: leave the models to them for a moment."""
        self._loop.user_active()

    @property
    def store(self) -> Store:
        """For what needs no more than the database."""
        return self._store

    @property
    def questions(self) -> Searching:
        """For what is answered without the models: browsing, completion, examples."""
        return self._searching

    def coverage(self) -> tuple[CoverageRow, ...]:
        """How far the index is, by folder and kind."""
        return self._reader.coverage.all()

    def status(self) -> Status:
        """The state of everything."""
        counts = self._reader.counts()
        now = answering(self._reader, self._options)
        rebuilding, rebuilt = self._switching.progress()
        rate, left_s = self._queue.pace.rate(), self._queue.pace.left_s(self._reader.coverage.waiting())
        blurred = self._reader.sharp.left()
        if blurred and self._queue.idle:
            rate, left_s = self._sharpening.pace.rate(), self._sharpening.pace.left_s(blurred)
        return Status(
            state=self._state(),
            files=counts.files,
            segments=counts.segments,
            vectors=counts.vectors,
            index_bytes=self._reader.index_bytes(),
            embedder="" if self._loop.models.embedder_error else shown_name(now.embedder),
            reranker="" if self._loop.models.reranker_error else shown_name(self._options.reranker),
            pending=counts.pending,
            failed=counts.failed,
            skipped=counts.skipped,
            unread=counts.unread,
            blurred=sum(blurred.values()),
            incomplete=self._reader.catch_up.left(self._catching_up.wanted),
            rate=round(rate, 2),
            eta_s=None if left_s is None else round(left_s, 1),
            models=self._advice(),
            rebuilding=rebuilding,
            rebuilt=round(rebuilt, 4),
            folders=tuple(
                replace(folder, note=self._library.note(folder.path))
                for folder in self._reader.folder_statuses()
            ),
            waiting=self._politeness.waiting,
            paused_until=self._politeness.wishes.until,
            hurry=self._politeness.wishes.hurry,
        )

    def _state(self) -> EngineState:
        if self._politeness.wishes.paused:
            return "paused"
        if self._loop.started and not self._loop.ready.is_set():
            return "loading"
        working = self._library.busy or not self._queue.idle or not self._sharpening.done
        return "indexing" if working and not self._queue.trouble else "idle"

    def _advice(self) -> str:
        errors = self._queue.trouble or self._loop.models.embedder_error or self._loop.models.reranker_error
        return errors or advice(self._options)

    # --- threads -----------------------------------------------------------------------------------

    def _changed(self) -> None:
        self._dirty.set()

    def _rules(self) -> Rules:
        return self._library.rules()

    def _scope_changed(self, look: bool) -> None:
        self._library.rules_changed(look)
        self._changed()

    def _missing(self, path: str) -> None:
        self._library.changed({path})

    def _report(self) -> None:
        while True:
            self._dirty.wait()
            if self._closing.is_set():
                return
            self._dirty.clear()
            started = time.monotonic()
            try:
                status = self.status()
                self._emit(status)
                self._last_status.keep(status)
            except UserError as error:
                log.warning("no status: %s", error)
            # counting takes longer in a large index: never more than a tenth of the time
            self._closing.wait(max(STATUS_INTERVAL_S, 10 * (time.monotonic() - started)))


def readable_folder(path: str, paths: Paths) -> str:
    """The absolute path of a folder that can be indexed. Raises UserError saying why not."""
    folder = absolute(path)
    try:
        if not folder.exists():
            raise UserError(f"There is no folder {folder}: check the path.")
        if not folder.is_dir():
            raise UserError(f"{folder} is a file: give the folder it is in.")
        with os.scandir(folder):
            pass
    except OSError as error:
        raise UserError(f"The folder {folder} cannot be read: {error.strerror}. Allow reading it.") from None
    if folder.is_relative_to(absolute(paths.data)):
        raise UserError(f"{folder} belongs to Sightline itself: choose a folder with files of your own.")
    return as_kept(str(folder), folder.anchor)  # as the system will report what changes in it


def known_folder(path: str, known: Sequence[str]) -> str:
    """The indexed folder that is meant. Raises UserError when there is none."""
    for candidate in (path, str(absolute(path))):
        if candidate in known:
            return candidate
    raise UserError(f"{path} is not among the indexed folders: see `sightline folders list`.")


def advice(options: ModelOptions) -> str:
    """What a person should know about working models; "" if nothing."""
    return DEMO_MODELS if catalog.TINY in (options.embedder, options.reranker) else ""

"""One engine per data directory: owns the lock, the store and the threads, and does what it is asked."""

import logging
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace

from indexer import connections
from indexer.courtesy.politeness import Politeness
from indexer.courtesy.pressure import Condition, conditions
from indexer.disk.named_folders import known_folder, readable_folder
from indexer.disk.scoping import Scoping
from indexer.downloading import Downloads
from indexer.errors import UserError
from indexer.inference import machine
from indexer.inference.loading import known_models, outdated
from indexer.ingest.thumbnails import PreviewCache
from indexer.last_status import LastStatus
from indexer.lock import EngineLock
from indexer.messages.model_messages import Machine, Model
from indexer.messages.privacy_messages import Connection
from indexer.messages.problem_messages import Problem
from indexer.messages.search_messages import Search
from indexer.messages.work_messages import CoverageRow, Status
from indexer.paths import Paths
from indexer.previewing import Previewing
from indexer.protocol import Event
from indexer.reporting import Reporter, status_of
from indexer.searching import Searching
from indexer.settings import ModelOptions, Settings
from indexer.store.store import Store
from indexer.works import Works

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What became of the files below some folders; every file is counted once.

    Attributes:
        indexed: took model work in this run.
        unchanged: needed none: known already, renamed, touched, or a copy of something known.
        skipped, failed: among the problems; skipped also counts what another program keeps to itself now.
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
        self._lock = EngineLock(paths.lock)
        with ExitStack() as opened:
            opened.callback(self._lock.close)
            self._store = opened.enter_context(Store.open(paths.database))
            self._follow_settings(options)
            self._reader = opened.enter_context(Store.open(paths.database, readonly=True))
            cache = PreviewCache(paths.cache)
            self._reporter = Reporter(self.status, emit, LastStatus(paths))
            self._works = works = Works(
                paths,
                options,
                self._store,
                cache,
                self._reporter.changed,
                patient=patient,
                reranker=reranker,
                read_words=read_words,
                regions=regions,
            )
            self._polite = works.loop.gives_way = polite
            self._politeness = Politeness(
                self._reader.wishes,
                self._store.wishes,
                works.hold,
                works.loop.spare_memory,
                lambda: works.busy,
                self._wishes_changed,
            )
            prefer = works.queue.prefer
            self._searching = Searching(paths, cache, works.pool, works.loop, emit, prefer)
            self.downloads = Downloads(paths.checkpoints, emit)
            self.previewing = Previewing(self._reader, cache, works.pool, lambda folder: prefer([folder]))
            self.scoping = Scoping(self._store, cache, str(paths.data), self._scope_changed)
            opened.pop_all()  # from here on `close` does that

    def start(self, watch: bool = True, load: bool = True) -> None:
        """Start the threads.

        Args:
            watch: compare every folder with the disk now and follow it from here on.
            load: load the models now; otherwise when something needs them.
        """
        settings = Settings.load(self._paths.settings)
        self._searching.by_meaning = settings.by_meaning
        self._works.loop.release_after(settings.release_after_s)
        if self._polite:
            self._politeness.start(self._conditions(settings))
        self._works.start(watch, load)
        self._searching.start()
        self._reporter.start()

    def close(self) -> bool:
        """Finish the micro-batch, commit, stop. False when a thread is still busy loading weights."""
        self._lock.leave()
        self._reporter.stop()
        self.downloads.stop()
        self._searching.stop()
        self._politeness.stop()
        loaded = self._works.stop()
        try:
            self._works.queue.close()
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
        self._works.queue.prefer([folder])
        self._works.library.follow(folder)
        self._reporter.changed()
        return folder

    def remove_folder(self, path: str) -> None:
        """Forget a folder. Raises UserError if it is not in the list."""
        folder = known_folder(path, [row.path for row in self._store.folders()])
        self._works.library.unfollow(folder, self._store.remove_folder(folder))
        self._reporter.changed()

    def index(self, folders: Sequence[str], absent: Sequence[str] = ()) -> IndexReport:
        """Add the folders and work until everything that waits is done.

        Args:
            absent: known ones that cannot be read, which is noted with them.

        Raises:
            UserError: a folder cannot be read, or nothing can be indexed (models, disk).
        """
        started = time.monotonic()
        roots = [self.add_folder(folder) for folder in folders]
        for folder in absent:
            self._works.library.follow(folder)
        self.finish()
        states: dict[int, str] = {}
        for root in roots:
            states |= {row.id: row.state for row in self._store.known.each(root)}
        self._works.indexing.collect_garbage()
        done = [id for id, state in states.items() if state == "done"]
        indexed = sum(id in self._works.indexing.embedded for id in done)
        return IndexReport(
            indexed=indexed,
            unchanged=len(done) - indexed,
            skipped=sum(state in ("skipped", "pending") for state in states.values()),
            failed=sum(state == "failed" for state in states.values()),
            seconds=round(time.monotonic() - started, 3),
        )

    def finish(self) -> None:
        """Wait until nothing waits to be compared or read. Raises UserError with what prevents that."""
        self._works.finish()

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

    def _follow_settings(self, options: ModelOptions) -> None:
        """Vectors made with other settings are made anew, and answer until then."""
        made_with = outdated(self._store, options, Settings.load(self._paths.settings))
        if made_with is not None:
            self._store.switch.want(made_with)

    def reload_settings(self) -> None:
        """Apply what was changed in the file and needs no new start. Raises UserError naming the line."""
        settings = Settings.load(self._paths.settings)
        self._works.apply(settings)
        self._searching.by_meaning = settings.by_meaning
        if self._polite:
            self._politeness.wait_for(self._conditions(settings))
        self._reporter.changed()

    def _known(self, folder: str) -> str:
        return known_folder(folder, [row.path for row in self._store.folders()]) if folder else ""

    def _conditions(self, settings: Settings) -> tuple[Condition, ...]:
        return conditions(
            settings.work_on_battery,
            settings.work_in_full_screen,
            settings.working_hours,
            card=True,
            memory_to_come=lambda: self._works.loop.models.memory_to_come,
        )

    def problems(self, ignored: bool = False) -> tuple[Problem, ...]:
        """Files that are not in the index, and why; `ignored`: those too that nobody wants to see."""
        return self._reader.problems(ignored)

    def ignore_problems(self, paths: Sequence[str], ignored: bool) -> None:
        """List these among the problems no longer, or again."""
        self._store.ignore_problems(paths, ignored)
        self._reporter.changed()

    def retry(self, paths: Sequence[str] = ()) -> int:
        """Try again what failed: files, closer looks, folders that could not be entered; these, or all.

        Returns how many files wait now.
        """
        count = self._store.retry(paths)
        self._store.sharp.try_again(paths)
        self._works.queue.wake(paths)
        for folder in self._store.unreadable_in(paths):
            self._works.library.look_anew(folder)
        self._reporter.changed()
        return count

    def models(self) -> tuple[Model, ...]:
        """What can be chosen, what is on this computer, and what is in use."""
        return known_models(self._works.switching.options, self._paths.checkpoints)

    def use_models(self, embedder: str, reranker: str) -> None:
        """Choose models; "" leaves one as it is. Old vectors answer until there are new ones for everything.

        Raises UserError when one of them cannot be used or the choice cannot be kept; then nothing changes.
        """
        before = self._works.switching.options
        chosen = replace(
            before,
            embedder=embedder or before.embedder,
            reranker=reranker or before.reranker,
        )
        settings = replace(
            Settings.load(self._paths.settings), embedder=chosen.embedder, reranker=chosen.reranker
        )
        self._works.switching.choose(chosen, lambda: settings.save(self._paths.settings))
        self._reporter.changed()

    def machine(self) -> Machine:
        """What models can count on here. Imports torch: seconds, if they are not loaded yet."""
        return machine.measure(self._works.switching.options, self._paths.checkpoints)

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
        self._works.loop.user_active()

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
        return status_of(self._reader, self._works, self._politeness)

    def _wishes_changed(self) -> None:
        self._works.sharpening.look_again()
        self._works.queue.wake()
        self._reporter.changed()

    def _scope_changed(self, taken_out: Sequence[str]) -> None:
        self._works.library.rules_changed(taken_out)
        self._reporter.changed()

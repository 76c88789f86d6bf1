"""Answers one question at a time, the newest, and gives the models' part of it to the models thread.

The words stage needs only the database, so it is answered while the models are still being loaded or are
busy; the later stages follow by themselves.
"""

import logging
import threading
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.errors import MediaError, UserError
from indexer.inference.loading import ModelLoader, answering, sentences_as_typed
from indexer.inference.model_loop import ModelLoop
from indexer.inference.model_work import Cancellation, SearchCancelled, Vector
from indexer.ingest.decoders import DecoderPool, PoolClosed
from indexer.ingest.thumbnails import PreviewCache
from indexer.kinds import Kind
from indexer.messages.query_messages import Complete, Completions, Month
from indexer.messages.result_messages import BrowseReply, Hit, Results
from indexer.messages.search_messages import Browse, Search
from indexer.paths import Paths
from indexer.protocol import Event
from indexer.query_pictures import decoded
from indexer.search.browsing import Browser
from indexer.search.completing import Completer
from indexer.search.ideas import examples
from indexer.search.pipeline import Searcher
from indexer.search.query import parse
from indexer.settings import ModelOptions, Settings
from indexer.store.filters import Filters
from indexer.store.store import Store
from models.inputs import Input, Pixels

if TYPE_CHECKING:
    from models.qwen3_vl import Qwen3VLEmbedder, Qwen3VLReranker

log = logging.getLogger(__name__)

PATIENCE_S = 30.0
"""How long the command line lets the reranker look at results."""
TYPING_PAUSE_S = 0.11
"""How long the models are left alone while somebody types: what is embedded at every key is thrown away."""
LOADING = "Understanding pictures… results will improve in a moment."
WORDS_ONLY = (
    "Only words were looked for, as the settings say: what pictures show is found once a model is "
    "chosen there."
)
BUG = "Something went wrong inside Sightline while searching; the log has the details."


class Searching:
    """The search thread of an engine, and what the window lists without a search.

    Each has a connection of its own: an order by name, or counts of what could be typed, look at every file,
    and neither a search nor the status of the engine waits for that.

    Args:
        emit: gets every stage as a `Results` event.
        on_folders: told the folders that a search is limited to, once it is written to its end.

    Attributes:
        by_meaning: as in the settings.
    """

    def __init__(
        self,
        paths: Paths,
        cache: PreviewCache,
        pool: DecoderPool,
        loop: ModelLoop,
        emit: Callable[[Event], None],
        on_folders: Callable[[Sequence[str]], None] = lambda folders: None,
    ) -> None:
        self.by_meaning = True
        self._on_folders = on_folders
        self._store = Store.open(paths.database, readonly=True)
        self._listed = Store.open(paths.database, readonly=True)
        self._searcher = Searcher(self._store, cache, calibration=paths.calibration)
        self._browser = Browser(self._listed, cache)
        self._completer = Completer(self._listed.overview)
        self._pool = pool
        self._loop = loop
        self._emit = emit
        self._wake = threading.Condition()
        self._next: Search | None = None
        self._counts: deque[Search] = deque()
        self._current: tuple[int, Cancellation] | None = None
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="search", daemon=True)

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def stop(self) -> None:
        """Give up the search under way and end."""
        with self._wake:
            self._stopping = True
            self._give_up()
            self._wake.notify()
        if self._thread.is_alive():
            self._thread.join(5.0)
        self._store.close()
        self._listed.close()

    def search(self, request: Search) -> None:
        """Answer this one next; whatever is asked before it and not finished is given up.

        What only counts waits for all others and is taken up again when it was given up.
        """
        with self._wake:
            if request.only_count:
                self._counts.append(request)
            else:
                self._next = request
                self._give_up()
            self._wake.notify()

    def cancel(self, search_id: int) -> None:
        """Give up this search, if it is not answered yet."""
        with self._wake:
            if self._next is not None and self._next.search_id == search_id:
                self._next = None
            self._counts = deque(one for one in self._counts if one.search_id != search_id)
            if self._current is not None and self._current[0] == search_id:
                self._give_up()
                self._wake.notify()

    def browse(self, request: Browse) -> BrowseReply:
        """A page of all files; on the caller's thread."""
        return self._browser.browse(request)

    def hits(self, paths: Sequence[str]) -> tuple[Hit, ...]:
        """These files; on the caller's thread."""
        return self._browser.hits(paths)

    def months(self, kinds: Sequence[Kind]) -> tuple[Month, ...]:
        """How many files each month has; on the caller's thread."""
        return tuple(self._listed.overview.months(Filters(kinds=tuple(kinds))))

    def complete(self, request: Complete) -> Completions:
        """What may be about to be typed; on the caller's thread."""
        return self._completer.complete(request)

    def examples(self) -> tuple[str, ...]:
        """Searches that find something; on the caller's thread."""
        return examples(self._listed.overview)

    def _give_up(self) -> None:
        if self._current is not None:
            self._current[1].cancel()

    def _run(self) -> None:
        with suppress(UserError):  # the search that meets it says so
            self._store.lookup.prepare()
        while True:
            with self._wake:
                while self._next is None and not self._counts and not self._stopping:
                    self._wake.wait()
                if self._stopping:
                    return
                request = self._next or self._counts[0]
                self._next = None
                token = Cancellation()
                self._current = (request.search_id, token)
            try:
                self._answer(request, token)
            except (SearchCancelled, PoolClosed):
                continue
            except (UserError, MediaError) as error:
                self._emit(_ended(request, str(error)))
            except Exception:
                log.exception("a search failed")
                self._emit(_ended(request, BUG))
            with self._wake:
                if request in self._counts and not token.is_cancelled():
                    self._counts.remove(request)

    def _answer(self, request: Search, token: Cancellation) -> None:
        request, pixels = decoded(self._pool, request)
        searcher = self._searcher
        by_meaning = self.by_meaning or _has_pictures(request)
        wanted = (
            by_meaning
            and self._loop.models.wants_reranker
            and not self._loop.models.reranker_error
            and not request.only_count
        )
        searcher.reranker = _QueuedReranker(self._loop, token) if wanted else None
        with self._loop.search_under_way():
            changed = True
            while changed:
                able = by_meaning and not self._loop.models.embedder_error
                embedder = _QueuedEmbedder(self._loop, token) if able else None
                searcher.embedder = embedder
                for results in searcher.run(request, pixels, token.is_cancelled):
                    if token.is_cancelled():
                        return
                    if results.stage == "words" and searcher.folders and not request.typing:
                        self._on_folders(searcher.folders)
                    if changed := bool(results.note) and embedder is not None and embedder.is_former:
                        break  # another one answers now (switching.py): ask that
                    if not request.only_count:
                        self._emit(self._with_note(results, by_meaning))
                    elif results.final:
                        self._emit(replace(results, hits=()))
                    if request.typing and results.stage == "words" and not results.final:
                        with self._wake:
                            self._wake.wait_for(token.is_cancelled, TYPING_PAUSE_S)

    def _with_note(self, results: Results, by_meaning: bool) -> Results:
        """Say why there is nothing but words yet."""
        if results.note or results.stage != "words":
            return results
        if not by_meaning:
            return results if results.hits else replace(results, note=WORDS_ONLY)
        if results.final:
            return replace(results, note=self._loop.models.embedder_error)
        return results if self._loop.ready.is_set() else replace(results, note=LOADING)


class _QueuedEmbedder:
    """The embedder as a search sees it: waits until it is loaded, computes in the models thread."""

    def __init__(self, loop: ModelLoop, token: Cancellation) -> None:
        self._loop = loop
        self._token = token
        self._taken: Qwen3VLEmbedder | None = None

    @property
    def is_former(self) -> bool:
        """It was asked, and is not the one that answers any more.

        Found out in the models thread: a change under way there is in the index before it is at an end.
        """
        if self._taken is None:
            return False
        return self._loop.call(lambda: self._loop.models.embedder, self._token) is not self._taken

    @property
    def name(self) -> str:
        return self._loaded().name

    @property
    def dimension(self) -> int:
        return self._loaded().dimension

    @property
    def preparation(self) -> str:
        return self._loaded().preparation

    @property
    def folder(self) -> Path:
        return self._loaded().folder

    def embed_queries(self, inputs: Sequence[Input], instruction: str | None = None) -> Vector:
        return self._loop.call(
            lambda: self._loop.models.need_embedder().embed_queries(inputs, instruction), self._token
        )

    def _loaded(self) -> "Qwen3VLEmbedder":
        """The same for the whole search, whatever happens meanwhile."""
        if self._taken is None:
            self._taken = self._loop.models.embedder or self._loop.call(
                self._loop.models.need_embedder, self._token
            )
        return self._taken


class _QueuedReranker:
    """The reranker, likewise."""

    def __init__(self, loop: ModelLoop, token: Cancellation) -> None:
        self._loop = loop
        self._token = token

    @property
    def folder(self) -> Path:
        return self._loaded().folder

    def score(self, query: Input, documents: Sequence[Input], instruction: str | None = None) -> Vector:
        return self._loop.call(
            lambda: self._loop.models.need_reranker().score(query, documents, instruction), self._token
        )

    def _loaded(self) -> "Qwen3VLReranker":
        return self._loop.models.reranker or self._loop.call(self._loop.models.need_reranker, self._token)


def answer(paths: Paths, options: ModelOptions, request: Search) -> Results:
    """The last stage of one search, without an engine and beside any that is running.

    Raises UserError for an index, a model or a picture that cannot be used.
    """
    with Store.open(paths.database, readonly=True) as store:
        request, pixels = _pictures(request)
        searcher = Searcher(
            store, PreviewCache(paths.cache), deadline_s=PATIENCE_S, calibration=paths.calibration
        )
        settings = Settings.load(paths.settings)
        if _needs_models(request, settings.by_meaning) and store.embedder():
            used: ModelOptions | None = None
            while used != (now := answering(store, options, settings)):  # a change may end as weights load
                used = now
                loader = ModelLoader(used, paths.checkpoints)
                embedder = searcher.embedder = loader.embedder()
            with sentences_as_typed(options, embedder.name):
                store.find_space(embedder.name, embedder.dimension, embedder.preparation)
            searcher.reranker = loader.reranker(embedder) if request.rerank else None
        (*_, results) = searcher.run(request, pixels)
    if results.note and not results.hits:
        raise UserError(results.note)
    return results


def _needs_models(request: Search, by_meaning: bool) -> bool:
    """Something is asked for by meaning, and not by filters alone."""
    query = parse(request.text)
    return _has_pictures(request) or (by_meaning and bool(query.text or query.unwanted))


def _has_pictures(request: Search) -> bool:
    return bool(request.images or request.more_like or request.less_like)


def _pictures(request: Search) -> tuple[Search, list[Pixels]]:
    if not _has_pictures(request):
        return request, []
    try:
        with DecoderPool() as pool:
            return decoded(pool, request)
    except MediaError as error:
        raise UserError(str(error)) from None


def _ended(request: Search, note: str) -> Results:
    return Results(request.search_id, "words", (), final=True, note=note, refused=True)

"""One search from question to answer, in stages that are shown as they come: words, meaning, reranked."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.errors import UserError
from indexer.kinds import Kind, Sort
from indexer.messages.result_messages import Results, Stage, Took
from indexer.messages.search_messages import Search
from indexer.search import candidates, examples, fuse, hits, narrowing, unspaced
from indexer.search.composing import Embedder, Question, Vectors, compose
from indexer.search.folding import Likeness, Tile, folded
from indexer.search.listing import Pages, arranged, fitting, pictured, without_page
from indexer.search.query import Query, parse
from indexer.search.relevance import (
    POSSIBLE,
    STRONG,
    EmbedderCalibration,
    Form,
    embedder_calibration,
    reranker_calibration,
)
from indexer.search.rerank import Previews, Reranker, rerank
from indexer.search.shares import Shares
from indexer.store.filters import Filters
from indexer.store.rows import FoundSegment
from indexer.store.store import Store
from models.errors import ModelsError
from models.inputs import Pixels

RERANKED = 24
"""Files the reranker looks at: about what is seen without scrolling."""
DEADLINE_S = 3.0
AT_FIRST = 60
"""Hits of the first stage while somebody types: a screen full."""
SORTED = 4_000
"""Files to look for where the order is not that of relevance: each may be on the first page."""


@dataclass(slots=True)
class _Run:
    """The state of one search.

    Attributes:
        depth: files to look for. complete: contents of which all files that fit are in the pool.
        left_out: contents that hold an excluded word.
        fitting: what only filters ask for. order: what was found, in the order of the list. tiles: its
            places, where they are known already. vectors: the question's, once it is embedded.
    """

    request: Search
    query: Query
    filters: Filters
    pool: fuse.Pool
    shares: Shares = field(default_factory=Shares)
    words_share: Mapping[Kind, float] = field(default_factory=dict)
    note: str = ""
    fitting: list[fuse.Ranked] = field(default_factory=list)
    order: Sequence[fuse.Ranked] = ()
    tiles: list[Tile] | None = None
    complete: set[int] = field(default_factory=set)
    left_out: set[int] = field(default_factory=set)
    vectors: Vectors | None = None
    depth: int = 0
    listed: int = 0
    started: float = field(default_factory=time.monotonic)
    embed: float = 0.0
    retrieve: float = 0.0
    rerank: float = 0.0

    @property
    def reach(self) -> int:
        """Places of the page and of all before it."""
        return self.request.offset + self.request.limit

    @property
    def sort(self) -> Sort:
        """What is typed goes first."""
        return self.query.sort or self.request.sort


class Searcher:
    """Answers searches from the index.

    Attributes:
        embedder, reranker: may be None, and may be set while a search runs: each is read when its stage
            begins. They do their work on whatever thread `run` is advanced on.
        rerank_files: how many files the reranker looks at. deadline_s: and for how long.
        calibration: the file that may say how much each channel counts (shares.py).
        pool: everything the last search found, also what it did not show.
        folders: what it was limited to, by path; empty for everything.
    """

    def __init__(
        self,
        store: Store,
        previews: Previews,
        embedder: Embedder | None = None,
        reranker: Reranker | None = None,
        *,
        rerank_files: int = RERANKED,
        deadline_s: float = DEADLINE_S,
        calibration: Path | None = None,
    ) -> None:
        self.embedder = embedder
        self.reranker = reranker
        self.rerank_files = rerank_files
        self.deadline_s = deadline_s
        self.calibration = calibration
        self.folders: tuple[str, ...] = ()
        self.pool = fuse.Pool(candidates.WordMatches())
        self._store = store
        self._previews = previews
        self._pages = Pages()
        self._embedded: tuple[tuple[Search, str, str], Vectors] | None = None

    def run(
        self,
        request: Search,
        query_images: Sequence[Pixels] = (),
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Iterator[Results]:
        """The results as they stand after each stage, the last one marked `final`.

        Stops without a final one once `cancelled()` says so. What the person can mend (vectors of another
        embedder, a picture no model takes) ends the search with what there is and a `note`.

        Args:
            query_images: the pictures of the question, decoded: `request.images`, then the parts of its
                examples that have a `box`. Text and pictures together are one question.
        """
        query = parse(request.text)
        if query.problem:
            yield Results(request.search_id, "words", (), final=True, note=query.problem, not_understood=True)
            return
        filters, note = narrowing.filters(self._store, request, query)
        self.folders = filters.folders
        self.pool = fuse.Pool(candidates.WordMatches())
        run = _Run(request, query, filters, self.pool, note=note)
        run.depth = run.reach + 1  # one more says that there is another page
        more, lost = examples.inputs(self._store, self._previews, request.more_like)
        less, lost_less = examples.inputs(self._store, self._previews, request.less_like)
        run.note = run.note or lost or lost_less
        question = compose(request, query, query_images, more, less)
        if question.empty:
            yield from self._only_filtered(run, question, cancelled)
        else:
            yield from self._found(run, question, cancelled)

    def _found(self, run: _Run, question: Question, cancelled: Callable[[], bool]) -> Iterator[Results]:
        """What answers a question, after each stage."""
        request = run.request
        if run.sort != "relevance" and not request.only_count:
            run.depth = max(run.depth, SORTED)
        self._look_up_words(run)
        yield self._results(run, "words", final=self.embedder is None)
        if cancelled() or (embedder := self.embedder) is None:
            return
        try:
            found = self._look_up_meaning(run, question, embedder, cancelled)
            while found and not cancelled() and self._is_short(run):
                run.depth *= 2
                self._look_up_words(run)
                found = self._look_up_meaning(run, question, embedder, cancelled)
        except (UserError, ModelsError) as error:
            yield self._results(run, "meaning", final=True, note=str(error))
            return
        if cancelled():
            return
        reranker = self.reranker if request.rerank and found and run.pool.candidates else None
        yield self._results(run, "meaning", final=reranker is None)
        if reranker is None or cancelled():
            return
        try:
            for _ in self._rerank(run, question, embedder, reranker, cancelled):
                yield self._results(run, "reranked", final=False)
        except (UserError, ModelsError) as error:
            yield self._results(run, "reranked", final=True, note=str(error))
            return
        if not cancelled():
            yield self._results(run, "reranked", final=True)

    def _only_filtered(
        self, run: _Run, question: Question, cancelled: Callable[[], bool]
    ) -> Iterator[Results]:
        """Whatever fits, newest first; nothing if nothing is asked for, or only examples that are lost."""
        request = run.request
        if request.more_like or not (run.query.narrows or request.kinds):
            yield self._results(run, "words", final=True)
            return
        run.filters = narrowing.apart(self._store, run.filters, run.query, cancelled)
        embedder = self.embedder if question.unwanted else None
        self._list(run, cancelled)
        if not cancelled():
            yield self._results(run, "words", final=embedder is None)
        if embedder is None or cancelled():
            return
        try:
            shown = self._showing_unwanted(run, question, embedder)
        except (UserError, ModelsError) as error:
            yield self._results(run, "meaning", final=True, note=str(error))
            return
        run.filters = replace(run.filters, without_contents=(*run.filters.without_contents, *shown))
        self._list(run, cancelled)
        if not cancelled():
            yield self._results(run, "meaning", final=True)

    def _list(self, run: _Run, cancelled: Callable[[], bool]) -> None:
        run.fitting, run.listed = fitting(self._store, run.filters, run.depth, run.sort)
        while not cancelled() and self._is_short(run):
            run.depth *= 2
            run.fitting, run.listed = fitting(self._store, run.filters, run.depth, run.sort)

    def _showing_unwanted(self, run: _Run, question: Question, embedder: Embedder) -> set[int]:
        """Contents that show what is not wanted, as far as that is sure."""
        space = self._store.find_space(embedder.name, embedder.dimension, embedder.preparation)
        if space is None:
            return set()
        calibration = embedder_calibration(embedder.folder)
        _, unwanted = self._embed(run, question, embedder)
        found: set[int] = set()
        for vector, part in zip(unwanted, question.unwanted, strict=True):
            sure = calibration.at_least(STRONG, Question(part).form)
            found |= candidates.all_near(self._store, space, vector, run.filters, sure)
        return found

    def _is_short(self, run: _Run) -> bool:
        """So much is folded that this page is not full, or seems to be the last, and more may be found."""
        run.tiles = None
        if not run.request.fold or len(run.fitting or run.pool.files) < run.depth:
            return False
        run.tiles = self._tiles(run, 2 * run.reach)
        return len(run.order) >= run.depth and len(run.tiles) <= run.reach

    def _look_up_words(self, run: _Run) -> None:
        begun = time.monotonic()
        pool = run.pool
        run.query = unspaced.cut(self._store, run.query)
        pool.words = candidates.by_words(self._store, run.query, run.filters, run.depth)
        for segment in pool.words.segments.values():
            pool.candidates[segment.id] = fuse.Candidate(segment)
        pool.files.update(pool.words.files)
        named = [file.content_id for file in pool.files.values() if file.content_id is not None]
        covered = {candidate.segment.content_id for candidate in pool.candidates.values()}
        first = self._store.lookup.first_segments([id for id in named if id not in covered])
        for segment in first.values():
            pool.candidates[segment.id] = fuse.Candidate(segment)
        self._add_files(run)
        run.retrieve += time.monotonic() - begun

    def _look_up_meaning(
        self, run: _Run, question: Question, embedder: Embedder, cancelled: Callable[[], bool]
    ) -> bool:
        """False when nothing is embedded yet or the search was cancelled."""
        space = self._store.find_space(embedder.name, embedder.dimension, embedder.preparation)
        calibration = embedder_calibration(embedder.folder)
        if space is None:
            return False
        run.shares = Shares.read(self.calibration)
        run.words_share = run.shares.of_words(embedder.folder)
        vector, unwanted = run.vectors = run.vectors or self._embed(run, question, embedder)
        if cancelled():
            return False
        begun = time.monotonic()
        form = question.form
        # A phrase binds: only what holds it is compared.
        scores = {} if run.query.phrases else self._retrieve(run, space, vector, form, calibration)
        others = [id for id in run.pool.candidates if id not in scores]
        ids, cosines = self._store.lookup.similarities(space, vector, others)
        scores.update(zip(ids.tolist(), cosines.tolist(), strict=True))
        for id, score in scores.items():
            candidate = run.pool.candidates[id]
            candidate.similarity = score
            candidate.embedded = calibration.confidence(
                score, form, candidate.segment.type, candidate.segment.box is not None
            )
        for against, part in zip(unwanted, question.unwanted, strict=True):
            form = Question(part).form
            ids, cosines = self._store.lookup.similarities(space, against, list(scores))
            for id, score in zip(ids.tolist(), cosines.tolist(), strict=True):
                candidate = run.pool.candidates[id]
                likeness = calibration.confidence(score, form, candidate.segment.type)
                candidate.unwanted = max(candidate.unwanted, likeness)
        for id in scores:
            run.pool.candidates[id].settle()
        self._add_files(run)
        run.retrieve += time.monotonic() - begun
        return True

    def _embed(self, run: _Run, question: Question, embedder: Embedder) -> Vectors:
        """The vectors of a question; those of its first page for all later ones."""
        asked = without_page(run.request), embedder.name, embedder.preparation
        if not run.request.offset or self._embedded is None or self._embedded[0] != asked:
            begun = time.monotonic()
            self._embedded = asked, question.vectors(embedder.embed_queries(question.inputs))
            run.embed = time.monotonic() - begun
        return self._embedded[1]

    def _retrieve(
        self, run: _Run, space: int, vector: NDArray[np.float32], form: Form, calibration: EmbedderCalibration
    ) -> dict[int, float]:
        """Cosines of the nearest segments, which join the pool unless they are weak."""
        near = calibration.at_least(0.0 if run.request.weak else POSSIBLE, form)

        def allowed(segment: FoundSegment) -> bool:
            return not narrowing.holds(segment.words, run.query)

        segments, scores = candidates.by_meaning(
            self._store, space, vector, run.filters, run.depth, near, allowed
        )
        for id, segment in segments.items():
            if near(segment.type, segment.box is not None, scores[id]) and allowed(segment):
                run.pool.candidates.setdefault(id, fuse.Candidate(segment))
        return {id: score for id, score in scores.items() if id in run.pool.candidates}

    def _rerank(
        self,
        run: _Run,
        question: Question,
        embedder: Embedder,
        reranker: Reranker,
        cancelled: Callable[[], bool],
    ) -> Iterator[int]:
        begun = time.monotonic()
        portions = rerank(
            run.pool,
            fuse.rank(run.pool, run.request.weak, run.words_share)[: self.rerank_files],
            question,
            reranker,
            reranker_calibration(reranker.folder),
            run.shares.of_reranker(embedder.folder, reranker.folder),
            self._previews,
            cancelled,
            self.deadline_s,
        )
        try:
            for judged in portions:
                run.rerank = time.monotonic() - begun
                yield judged
        finally:
            run.rerank = time.monotonic() - begun

    def _add_files(self, run: _Run) -> None:
        """The files of all candidates, which are few queries however many they are."""
        new = {one.segment.content_id for one in run.pool.candidates.values()} - run.complete
        run.complete |= new  # of a file that was found by its name the copies are still to come
        run.left_out |= narrowing.telling(self._store, new, run.query)
        if run.left_out:
            run.pool.leave_out(run.left_out)
        for files in self._store.lookup.files_by_content(list(new - run.left_out), run.filters).values():
            for file in narrowing.without(files, run.query):
                run.pool.files.setdefault(file.id, file)

    def _results(self, run: _Run, stage: Stage, final: bool, note: str = "") -> Results:
        request = run.request
        # what is seen first comes first: looking at pictures, and more than a screen full, are left for later
        early = stage == "words" and not final
        tiles, run.tiles = run.tiles or self._tiles(run, 0 if early else 2 * run.reach), None
        if final and not request.only_count:
            self._pages.keep(request, run.order)
        shown = min(request.limit, AT_FIRST) if early and request.typing else request.limit
        page: Sequence[Tile] = tiles[request.offset : request.offset + shown]
        page = pictured(self._store, page) if run.fitting else page
        lines = self._store.lines([id for tile in page for id in tile.first.words_in])
        found = tuple(hits.found(tile, run.query, self._previews, lines) for tile in page)
        took = Took(
            embed=_ms(run.embed),
            retrieve=_ms(run.retrieve),
            rerank=_ms(run.rerank),
            total=_ms(time.monotonic() - run.started),
        )
        note, total = note or run.note, run.listed or len(tiles)
        at_least = not run.fitting and len(run.order) >= run.depth
        if at_least and final and run.sort != "relevance" and not (note or request.only_count):
            note = f"Only the best {run.depth} matches are in this order; the others follow behind them."
        return Results(request.search_id, stage, found, final, took, note, total, at_least=at_least)

    def _tiles(self, run: _Run, looked_at: int) -> list[Tile]:
        request = run.request
        ranked = run.fitting or fuse.rank(run.pool, run.request.weak, run.words_share)
        left_out = {example.path for example in request.less_like}
        if request.more_like and not request.images and not run.query.text:
            left_out |= {example.path for example in request.more_like}
        ranked = arranged([one for one in ranked if one.file.path not in left_out], run.sort)
        run.order = ranked if run.fitting else self._pages.go_on(request, ranked)
        if not request.fold:
            return [Tile(one) for one in run.order]
        return folded(run.order, self._previews, Likeness(self._store), looked_at)


def _ms(seconds: float) -> float:
    return round(1000 * seconds, 2)

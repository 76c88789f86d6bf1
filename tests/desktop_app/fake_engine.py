"""An EngineClient without a process: answers are scripted, requests are remembered."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from desktop_app.engine_client import EngineClient, Link
from indexer import protocol
from indexer.messages.item_messages import Copies, Film, GetCopies, GetFilm, GetPreview, Preview
from indexer.messages.library_messages import Exclude, Forget, Include
from indexer.messages.model_messages import Machine, Model, Models
from indexer.messages.problem_messages import GetProblems, Problem, Problems
from indexer.messages.query_messages import (
    Complete,
    Examples,
    GetExamples,
    GetHits,
    GetTimeline,
    Month,
    Parse,
    Timeline,
)
from indexer.messages.query_parts import ParsedQuery
from indexer.messages.result_messages import BrowseReply, Hit, Results, Stage
from indexer.messages.saved_messages import (
    ForgetSearch,
    GetSavedSearches,
    LookedAt,
    SavedSearch,
    SavedSearches,
    SaveSearch,
)
from indexer.messages.search_messages import Browse, Search
from indexer.messages.work_messages import FolderStatus, Status, UserActive
from indexer.search.completing import Completer
from indexer.search.query import parse
from indexer.store.database import Database
from indexer.store.overview import Overview

MODELS = Models(
    (
        Model("tiny", "embedder", "Built in.", "Apache-2.0", installed=True, used=True),
        Model(
            "small", "embedder", "Understands.", "Apache-2.0",
            download_bytes=4_300_000_000, memory=6 << 30, parameters=2,
        ),
        Model(
            "large", "embedder", "More.", "Apache-2.0",
            download_bytes=16_300_000_000, memory=20 << 30, parameters=8,
        ),
    )
)  # fmt: skip
MACHINE = Machine("The processor in float32.", 8 << 30, 90_000_000_000, ("small",))
READY = Status("idle", 18_002, 30_000, 30_000, 50_000_000, "tiny", "tiny", folders=(
    FolderStatus("/home/ada/Pictures", 18_002, 0),
))  # fmt: skip


class FakeEngine(EngineClient):
    """`browse` is what the empty box shows; searches are answered by the test with `answer`."""

    def __init__(self, folder: Path) -> None:
        super().__init__([], folder / "engine.log")
        self.requests: list[protocol.Request] = []
        self.browse: tuple[Hit, ...] = ()
        self.problems: tuple[Problem, ...] = ()
        self.previews: dict[tuple[str, int | None], Preview] = {}
        self.films: dict[str, tuple[str, ...]] = {}
        self.copies: dict[str, tuple[str, ...]] = {}
        self.refuse: str = ""
        self.months: tuple[Month, ...] = ()
        self.examples: tuple[str, ...] = ()
        self.saved: dict[str, SavedSearch] = {}
        self.starts = 0
        self.restarts = 0
        self.replies: dict[str, object] = {}
        """Of requests that have no branch below, by the name of their class."""
        self.offers = Completer(Overview(Database.open(folder / "offers.db")))

    def start(self) -> None:
        self.starts += 1

    def restart(self) -> None:
        self.restarts += 1

    def stop(self) -> None:
        """There is no process."""

    def request(
        self,
        request: protocol.Request,
        done: Callable[[object], None] | None = None,
        failed: Callable[[str], None] | None = None,
        parent: QObject | None = None,
    ) -> None:
        self.requests.append(request)
        if self.refuse and not isinstance(request, UserActive):
            (failed or self.refused.emit)(self.refuse)
        elif isinstance(request, Browse) and done is not None:
            chosen = tuple(hit for hit in self.browse if not request.kinds or hit.kind in request.kinds)
            part = chosen[request.offset : request.offset + request.limit]
            done(BrowseReply(part, len(chosen)))
        elif isinstance(request, GetHits) and done is not None:
            known = {hit.path: hit for hit in self.browse}
            hits = tuple(known[path] for path in request.paths if path in known)
            done(BrowseReply(hits, len(hits)))
        elif isinstance(request, GetPreview) and (request.path, request.page) in self.previews:
            if done is not None:
                done(self.previews[request.path, request.page])
        elif isinstance(request, GetFilm) and request.path in self.films:
            first = round(request.start_s * request.rate)
            count = round(request.seconds * request.rate)
            frames = self.films[request.path][first : first + count]
            if done is not None:
                done(Film(frames, request.rate, last=len(frames) < count))
        elif isinstance(request, GetPreview | GetFilm) and failed is not None:
            failed(f"{Path(request.path).name} cannot be shown large.")
        elif isinstance(request, Exclude | Forget | Include) and done is not None:
            done(self.status)
        elif isinstance(request, GetCopies) and done is not None:
            done(Copies(self.copies.get(request.path, ())))
        elif isinstance(request, GetProblems) and done is not None:
            shown = [each for each in self.problems if request.ignored or not each.ignored]
            done(Problems(tuple(shown)))
        elif isinstance(request, Parse) and done is not None:
            done(ParsedQuery(parse(request.text).parts))
        elif isinstance(request, Complete) and done is not None:
            done(self.offers.complete(request))
        elif isinstance(request, GetTimeline) and done is not None:
            done(Timeline(self.months))
        elif isinstance(request, GetExamples) and done is not None:
            done(Examples(self.examples))
        elif isinstance(request, SaveSearch | ForgetSearch | GetSavedSearches
                        | LookedAt) and done is not None:  # fmt: skip
            done(self._saved(request))
        elif type(request).__name__ in self.replies and done is not None:
            done(self.replies[type(request).__name__])

    def become(self, link: Link, reason: str = "") -> None:
        self.reason = reason
        self.link = link
        self.link_changed.emit()

    def report(self, status: Status) -> None:
        self.status = status
        self.status_changed.emit(status)

    def ready(self, status: Status = READY) -> None:
        """As after a start that went well."""
        self.become(Link.READY)
        self.report(status)

    def searches(self) -> list[Search]:
        """What was asked to be answered, not just counted."""
        every = [request for request in self.requests if isinstance(request, Search)]
        return [search for search in every if not search.only_count]

    def counts(self) -> list[Search]:
        """What was asked to be counted."""
        every = [request for request in self.requests if isinstance(request, Search)]
        return [search for search in every if search.only_count]

    def count(self, search: Search, files: int) -> None:
        self.results_arrived.emit(Results(search.search_id, "words", (), final=True, total=files))

    def _saved(self, request: protocol.Request) -> SavedSearches:
        match request:
            case SaveSearch(name, search, standing):
                self.saved[name] = SavedSearch(name, search, standing, 7)
            case ForgetSearch(name):
                del self.saved[name]
        return SavedSearches(tuple(self.saved.values()))

    def answer(
        self,
        hits: tuple[Hit, ...],
        stage: Stage = "reranked",
        *,
        final: bool = True,
        note: str = "",
        search_id: int | None = None,
        total: int = 0,
        not_understood: bool = False,
        at_least: bool = False,
    ) -> None:
        number = self.searches()[-1].search_id if search_id is None else search_id
        self.results_arrived.emit(
            Results(
                number,
                stage,
                hits,
                final,
                note=note,
                total=total,
                not_understood=not_understood,
                at_least=at_least,
            )
        )

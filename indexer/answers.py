"""What each of the window's requests asks of the engine: `change` what is, or `tell` something."""

from typing import Any

from indexer import protocol
from indexer.disk.scoping import count
from indexer.engine import Engine
from indexer.messages.item_messages import Copies, GetCopies, GetFilm, GetPreview
from indexer.messages.library_messages import (
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
from indexer.messages.model_messages import (
    CancelDownload,
    DownloadModel,
    GetMachine,
    GetModels,
    Models,
    UseModel,
)
from indexer.messages.privacy_messages import Connections, GetConnections
from indexer.messages.problem_messages import GetProblems, IgnoreProblems, Problems, Retry
from indexer.messages.query_messages import (
    Complete,
    Completions,
    Examples,
    GetExamples,
    GetHits,
    GetTimeline,
    Parse,
    Timeline,
)
from indexer.messages.query_parts import ParsedQuery
from indexer.messages.result_messages import BrowseReply
from indexer.messages.saved_messages import (
    ForgetSearch,
    GetSavedSearches,
    LookedAt,
    SavedSearches,
    SaveSearch,
)
from indexer.messages.search_messages import Browse, Cancel, Search
from indexer.messages.work_messages import (
    Coverage,
    GetCoverage,
    GetStatus,
    Hurry,
    Pause,
    ReloadSettings,
    Resume,
    UserActive,
)
from indexer.search.query import parse


def change(engine: Engine, request: protocol.Request) -> bool:
    """Do what is answered with the engine's new status. False: this request is none of those."""
    match request:
        case GetStatus():
            pass
        case AddFolder(path):
            engine.add_folder(path)
        case RemoveFolder(path):
            engine.remove_folder(path)
        case Pause(folder, seconds):
            engine.pause(folder, seconds)
        case Resume(folder):
            engine.resume(folder)
        case Hurry(on):
            engine.hurry(on)
        case ReloadSettings():
            engine.reload_settings()
        case SetRules(rules):
            engine.scoping.set_rules(rules)
        case Exclude(paths):
            engine.scoping.exclude(paths)
        case Include(paths):
            engine.scoping.include(paths)
        case Forget(paths):
            engine.scoping.forget(paths)
        case Retry(paths):
            engine.retry(paths)
        case IgnoreProblems(paths, ignored):
            engine.ignore_problems(paths, ignored)
        case UseModel(embedder, reranker):
            engine.use_models(embedder, reranker)
        case _:
            return False
    return True


def tell(engine: Engine, request: protocol.Request) -> Any:
    """The answer to a question; `{}` where there is none to wait for, as events bring what comes of it."""
    match request:
        case Search() | Cancel() | UserActive() | DownloadModel() | CancelDownload():
            _begin(engine, request)
            return {}
        case SaveSearch() | ForgetSearch() | LookedAt() | GetSavedSearches():
            return _saved(engine, request)
        case Parse() | Browse() | GetHits() | Complete() | GetTimeline() | GetExamples():
            return _asked(engine, request)
        case GetCoverage():
            return Coverage(engine.coverage())
        case GetRules():
            return engine.scoping.rules()
        case PreviewRules(rules, folder):
            return engine.scoping.preview(rules, folder)
        case CountFolder(path):
            return count(path, engine.scoping.rules())
        case GetExcluded():
            return Excluded(engine.scoping.excluded())
        case GetProblems(ignored):
            return Problems(engine.problems(ignored))
        case GetPreview():
            return engine.previewing.preview(request)
        case GetFilm():
            return engine.previewing.film(request)
        case GetCopies(path):
            return Copies(engine.previewing.copies(path))
        case GetConnections():
            return Connections(engine.connections())
        case GetMachine():
            return engine.machine()
        case GetModels():
            return Models(engine.models())
    raise TypeError(f"{type(request).__name__} has no answer")


def _begin(engine: Engine, request: Search | Cancel | UserActive | DownloadModel | CancelDownload) -> None:
    match request:
        case Search():
            engine.search(request)
        case Cancel(search_id):
            engine.cancel(search_id)
        case UserActive():
            engine.user_active()
        case DownloadModel(name):
            engine.downloads.start(name)
        case CancelDownload():
            engine.downloads.cancel()


def _saved(engine: Engine, request: SaveSearch | ForgetSearch | LookedAt | GetSavedSearches) -> SavedSearches:
    saved = engine.store.saved
    match request:
        case SaveSearch(name, search, standing):
            saved.save(name, search, standing)
        case ForgetSearch(name):
            saved.forget(name)
        case LookedAt(name):
            saved.looked(name)
    return SavedSearches(saved.all())


def _asked(
    engine: Engine, request: Parse | Browse | GetHits | Complete | GetTimeline | GetExamples
) -> ParsedQuery | BrowseReply | Completions | Timeline | Examples:
    match request:
        case Parse(text):
            return ParsedQuery(parse(text).parts)
        case Browse():
            return engine.questions.browse(request)
        case GetHits(paths):
            hits = engine.questions.hits(paths)
            return BrowseReply(hits, len(hits))
        case Complete():
            return engine.questions.complete(request)
        case GetTimeline(kinds):
            return Timeline(engine.questions.months(kinds))
        case GetExamples():
            return Examples(engine.questions.examples())

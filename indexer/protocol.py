"""Everything the window and the engine may say to each other: JSON lines over stdin and stdout (wire.py).

    window → engine   {"id": 7, "method": "search", "params": {...}}
    engine → window   {"id": 7, "result": {...}}
                 or   {"id": 7, "error": {"message": "...", "blame": "user" | "bug"}}
    engine → window   {"event": "progress", "data": {...}}

Every line is one object; unknown methods are answered with an error, unknown events and fields are
ignored, so both sides may be of different age. Results carry no pixels but the names of JPEG files in
the cache; only a picture to search by that is to lie on no disk travels inside its request. A search is
answered by events, one `results` per stage, each carrying the `search_id` the window chose; ids grow and
the window drops what belongs to an older one.

The messages lie in `*_messages.py`, a file per subject; here are the handshake and the tables of all of them.
"""

from dataclasses import dataclass
from typing import TypeAlias

from indexer.messages.item_messages import GetCopies, GetFilm, GetPreview
from indexer.messages.library_messages import (
    AddFolder,
    CountFolder,
    Exclude,
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
    Download,
    DownloadModel,
    GetMachine,
    GetModels,
    UseModel,
)
from indexer.messages.privacy_messages import GetConnections
from indexer.messages.problem_messages import GetProblems, IgnoreProblems, Retry
from indexer.messages.query_messages import Complete, GetExamples, GetHits, GetTimeline, Parse
from indexer.messages.result_messages import Results
from indexer.messages.saved_messages import ForgetSearch, GetSavedSearches, LookedAt, SaveSearch
from indexer.messages.search_messages import Browse, Cancel, Search
from indexer.messages.upkeep_messages import GetDiskUse, Purge
from indexer.messages.work_messages import (
    GetCoverage,
    GetStatus,
    Hurry,
    Pause,
    ReloadSettings,
    Resume,
    Status,
    UserActive,
)

VERSION = 1


@dataclass(frozen=True, slots=True)
class Hello:
    """First request. Reply: `HelloReply`."""

    protocol: int = VERSION


@dataclass(frozen=True, slots=True)
class HelloReply:
    """Who answers."""

    protocol: int
    version: str
    pid: int


@dataclass(frozen=True, slots=True)
class Shutdown:
    """Finish the micro-batch, commit, exit. Reply: empty, then `bye`."""


@dataclass(frozen=True, slots=True)
class Bye:
    """Event. The engine's last line."""


Request: TypeAlias = (
    Hello | GetStatus | AddFolder | RemoveFolder | Pause | Resume | Parse | Search | Cancel
    | Browse | GetProblems | Retry | UserActive | Shutdown | GetSavedSearches | SaveSearch
    | ForgetSearch | LookedAt | GetModels | UseModel | DownloadModel | CancelDownload
    | IgnoreProblems | GetDiskUse | Purge
    | Hurry | ReloadSettings | GetCoverage
    | Complete | GetTimeline | GetExamples | GetHits
    | GetPreview | GetCopies | GetFilm | GetConnections | GetMachine
    | GetRules | SetRules | PreviewRules | CountFolder | Exclude | Include | GetExcluded | Forget
)  # fmt: skip

METHODS: dict[str, type[Request]] = {
    "hello": Hello,
    "status": GetStatus,
    "add_folder": AddFolder,
    "remove_folder": RemoveFolder,
    "pause": Pause,
    "resume": Resume,
    "hurry": Hurry,
    "coverage": GetCoverage,
    "reload_settings": ReloadSettings,
    "parse": Parse,
    "search": Search,
    "saved_searches": GetSavedSearches,
    "save_search": SaveSearch,
    "forget_search": ForgetSearch,
    "looked_at": LookedAt,
    "cancel": Cancel,
    "browse": Browse,
    "complete": Complete,
    "timeline": GetTimeline,
    "examples": GetExamples,
    "hits": GetHits,
    "problems": GetProblems,
    "retry": Retry,
    "ignore_problems": IgnoreProblems,
    "disk_use": GetDiskUse,
    "purge": Purge,
    "user_active": UserActive,
    "preview": GetPreview,
    "film": GetFilm,
    "copies": GetCopies,
    "models": GetModels,
    "use_model": UseModel,
    "download_model": DownloadModel,
    "cancel_download": CancelDownload,
    "connections": GetConnections,
    "machine": GetMachine,
    "rules": GetRules,
    "set_rules": SetRules,
    "preview_rules": PreviewRules,
    "count_folder": CountFolder,
    "exclude": Exclude,
    "include": Include,
    "excluded": GetExcluded,
    "forget": Forget,
    "shutdown": Shutdown,
}

Event: TypeAlias = Status | Results | Download | Bye

EVENTS: dict[str, type[Event]] = {"status": Status, "results": Results, "download": Download, "bye": Bye}
"""`status` comes unasked at most four times a second while something changes."""

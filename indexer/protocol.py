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
"""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from indexer.item_messages import Box as Box
from indexer.item_messages import GetCopies, GetFilm, GetPreview
from indexer.kinds import KINDS as KINDS
from indexer.kinds import Kind as Kind
from indexer.kinds import Sort as Sort
from indexer.library_messages import (
    CountFolder,
    Exclude,
    Forget,
    GetExcluded,
    GetRules,
    Include,
    PreviewRules,
    SetRules,
)
from indexer.model_messages import (
    CancelDownload,
    Download,
    DownloadModel,
    GetMachine,
    GetModels,
    UseModel,
)
from indexer.privacy_messages import GetConnections
from indexer.query_messages import Complete, GetExamples, GetHits, GetTimeline
from indexer.upkeep_messages import GetDiskUse, IgnoreProblems, Purge
from indexer.work_messages import GetCoverage, Hurry, ReloadSettings

VERSION = 1

MAX_INLINE = 12_000_000
"""Characters of a picture that travels in a request; the most that the models look at takes fewer."""

SegmentType: TypeAlias = Literal["image", "clip", "page", "text"]
Relevance: TypeAlias = Literal["strong", "possible", "weak"]
Channel: TypeAlias = Literal["meaning", "words", "name"]
Stage: TypeAlias = Literal["words", "meaning", "reranked"]
EngineState: TypeAlias = Literal["starting", "loading", "indexing", "idle", "paused"]

# --- requests: the dataclass is the params, `METHODS` maps its wire name -------------------------------


@dataclass(frozen=True, slots=True)
class Hello:
    """First request. Reply: `HelloReply`."""

    protocol: int = VERSION


@dataclass(frozen=True, slots=True)
class GetStatus:
    """Reply: `Status`."""


@dataclass(frozen=True, slots=True)
class AddFolder:
    """Index this folder from now on. Reply: `Status`. Error when it does not exist or cannot be read."""

    path: str


@dataclass(frozen=True, slots=True)
class RemoveFolder:
    """Forget the folder and everything indexed only through it; originals stay. Reply: `Status`."""

    path: str


@dataclass(frozen=True, slots=True)
class Pause:
    """Stop indexing after the current micro-batch; search goes on. Reply: `Status`.

    Attributes:
        folder: only this one; "" is all.
        seconds: go on by itself after so long; None: until resumed. Either survives a restart.
    """

    folder: str = ""
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Resume:
    """Go on with all, or with one folder; those paused one by one stay paused. Reply: `Status`."""

    folder: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """An indexed file, the part of it that a result showed, or a part of its picture.

    Attributes:
        box: only this part is meant. It is then cut from the original and asked about like a picture of its
            own, together with the text.
    """

    path: str
    page: int | None = None
    start_s: float | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Parse:
    """How a text in the search box is understood. Reply: `query_parts.ParsedQuery`."""

    text: str


@dataclass(frozen=True, slots=True)
class Search:
    """Answered by `Results` events; the reply is an empty object and only says it was accepted.

    Attributes:
        text: what the person typed, filters and all (query_parts.py); may be empty when there are images.
        images: files to search by (decoded by the engine's decoders, never by the window), or pictures
            without a file: `data:image/png;base64,...`, at most `MAX_INLINE` characters each.
        kinds: only these; empty means all. What is typed narrows further.
        limit, offset: this many hits after skipping that many.
        rerank: False stops after the meaning stage.
        sort: the order of the relevant set; a typed `sort:` goes first.
        fold: list copies, near-duplicates and bursts once, the others as `Hit.folded`.
        weak: also what is probably not meant.
        image_weights: one per image, 1.0 each when left out: 2 counts double, below 0 is unlike this.
        text_weight: of the text beside images.
        more_like, less_like: indexed files that are, or are not, what is meant. Alone, `more_like` finds
            similar files, of any kind or of `kinds`, and leaves itself out.
        newer_than: only files that came later (`SavedSearch.seen`).
        typing: more keys may follow: the models are left alone for a moment, the words stage comes at once,
            with the first few dozen hits.
        only_count: one `Results` with `total` and no hits, once no other search waits. It gives up none, and
            is not reranked. Of more than `limit` at least that many are counted.
    """

    search_id: int
    text: str = ""
    images: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    limit: int = 200
    rerank: bool = True
    offset: int = 0
    sort: Sort = "relevance"
    fold: bool = False
    weak: bool = False
    image_weights: tuple[float, ...] = ()
    text_weight: float = 1.0
    more_like: tuple["Example", ...] = ()
    less_like: tuple["Example", ...] = ()
    newer_than: int = 0
    only_count: bool = False
    typing: bool = False


@dataclass(frozen=True, slots=True)
class GetSavedSearches:
    """Reply: `SavedSearches`."""


@dataclass(frozen=True, slots=True)
class SaveSearch:
    """Keep a search under a name, in place of one that had it. Reply: `SavedSearches`."""

    name: str
    search: Search
    standing: bool = False


@dataclass(frozen=True, slots=True)
class ForgetSearch:
    """Reply: `SavedSearches`."""

    name: str


@dataclass(frozen=True, slots=True)
class LookedAt:
    """The person saw what is new in a standing search. Reply: `SavedSearches`."""

    name: str


@dataclass(frozen=True, slots=True)
class Cancel:
    """The person no longer waits for this search. Reply: empty."""

    search_id: int


@dataclass(frozen=True, slots=True)
class Browse:
    """All files, for the empty search box. Reply: `BrowseReply`.

    Attributes:
        limit, offset: this many hits after skipping that many.
        sort: "relevance" is newest first.
        month: only those of one, "2024-05".
    """

    kinds: tuple[Kind, ...] = ()
    limit: int = 200
    offset: int = 0
    sort: Sort = "newest"
    month: str = ""


@dataclass(frozen=True, slots=True)
class GetProblems:
    """Reply: `Problems`, with `ignored` those too that the person does not want to see."""

    ignored: bool = False


@dataclass(frozen=True, slots=True)
class Retry:
    """Try the failed files again (all, or these paths). Reply: `Status`."""

    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UserActive:
    """The person is typing: take no indexing work for two seconds. Reply: empty."""


@dataclass(frozen=True, slots=True)
class Shutdown:
    """Finish the micro-batch, commit, exit. Reply: empty, then `bye`."""


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

# --- replies and events --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HelloReply:
    """Who answers."""

    protocol: int
    version: str
    pid: int


@dataclass(frozen=True, slots=True)
class FolderStatus:
    """One watched folder. `problem` is a sentence when it cannot be read now (unplugged, forbidden).

    Attributes:
        offline: its disk is not connected; what was found there stays and is found.
        volume: what a person calls that disk, "" if not known.
        last_seen: when the folder was last there, seconds since the epoch; 0 if never.
        note: why changes in it are noticed late, in a sentence; "" when they are noticed at once.
    """

    path: str
    files: int
    pending: int
    problem: str = ""
    paused: bool = False
    offline: bool = False
    volume: str = ""
    last_seen: float = 0.0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Status:
    """The state of the index and of the engine.

    Attributes:
        files: files searchable now (names at least); pending: known, not yet embedded.
        failed, skipped: rows among the problems.
        unread: pictures and pages whose words will be read when nothing else is to be done.
        blurred: contents that were looked at quickly and will be looked at more closely (sharpening.py).
        incomplete: contents read when less was wanted or possible, to be completed last (catching_up.py).
        index_bytes: the database, without the cache.
        embedder, reranker: names, "" when none is loaded or configured.
        models: what a person should know about the models, in a sentence; "" when all is well.
        rate: files per second over the last seconds. eta_s: what the last files of each kind have cost, times
            those that wait and may be read; once all were looked at, for looking more closely. None: unknown.
        waiting: why the work waits and what would make it go on, in a sentence; "" when it does not wait.
        paused_until: when a pause of everything ends by itself, seconds since the epoch.
        hurry: nothing is waited for until all is done.
        rebuilding: while the vectors of another embedder are made: of which, and what answers meanwhile, in a
            sentence; "" when none are made. rebuilt: how much of it is done, 0..1.
    """

    state: EngineState
    files: int
    segments: int
    vectors: int
    index_bytes: int
    embedder: str
    reranker: str
    pending: int = 0
    failed: int = 0
    skipped: int = 0
    unread: int = 0
    blurred: int = 0
    rate: float = 0.0
    eta_s: float | None = None
    models: str = ""
    folders: tuple[FolderStatus, ...] = ()
    waiting: str = ""
    paused_until: float | None = None
    hurry: bool = False
    rebuilding: str = ""
    rebuilt: float = 0.0
    incomplete: int = 0


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search under a name. `standing`: what it finds beyond `seen`, a file's number, is new."""

    name: str
    search: Search
    standing: bool
    seen: int


@dataclass(frozen=True, slots=True)
class SavedSearches:
    """All of them, by name."""

    searches: tuple[SavedSearch, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """The part of a file that matched.

    Attributes:
        start_s, end_s: seconds, clips only.
        page: from 1, pages (and passages that lie on one) only.
        previews: JPEG files in the cache, larger than the thumbnail: one for an image or a page, the
            frames in time order for a clip, none for text.
        lit: where the words that matched stand in the picture.
        box: the part of the picture that matched better than the whole; None for all of it.
        score: how well this part fits, 0..1, comparable within its file only; 0 when nobody searched.
    """

    type: SegmentType
    start_s: float | None = None
    end_s: float | None = None
    page: int | None = None
    previews: tuple[str, ...] = ()
    lit: tuple[Box, ...] = ()
    box: Box | None = None
    score: float = field(default=0.0, compare=False)  # of the same part it changes from stage to stage


@dataclass(frozen=True, slots=True)
class Facts:
    """What a file says about itself; "" and None where it does not.

    Attributes:
        taken: ISO 8601, as the clock on the spot showed it, with the zone if that is recorded.
        latitude, longitude: degrees. place: where that is, the smallest name first.
        rating: 1 to 5 stars.
    """

    taken: str = ""
    camera: str = ""
    lens: str = ""
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    title: str = ""
    author: str = ""
    rating: int | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One file in the results, with its best segment.

    Attributes:
        score: what the list is ordered by, 0..1, comparable within one list only.
        matched: why it is here.
        snippet: the words that matched with a little around them; "" if none.
        thumbnail: JPEG file in the cache, "" if there is none (plain text).
        others: further matching segments of the same file, best first.
        folded: paths of files that look the same or belong to it (a Live Photo's film), if asked for.
        modified: file time, seconds since the epoch. duration_s: videos.
        offline: the name of its disk while that is not connected, and so the file cannot be opened; else "".
        last_seen: when the file's folder was last there, seconds since the epoch; 0 if not known.
    """

    path: str
    kind: Kind
    score: float
    relevance: Relevance
    matched: tuple[Channel, ...]
    segment: Segment
    snippet: str = ""
    thumbnail: str = ""
    others: tuple[Segment, ...] = ()
    size_bytes: int = 0
    modified: float = 0.0
    width: int | None = None
    height: int | None = None
    duration_s: float | None = None
    pages: int | None = None
    folded: tuple[str, ...] = ()
    facts: Facts = field(default_factory=Facts)
    offline: str = ""
    last_seen: float = 0.0


@dataclass(frozen=True, slots=True)
class Took:
    """Milliseconds spent per step so far."""

    embed: float = 0.0
    retrieve: float = 0.0
    rerank: float = 0.0
    total: float = 0.0


@dataclass(frozen=True, slots=True)
class Results:
    """Event. The whole list as it stands after this stage.

    Attributes:
        total: hits there are at all, before `limit` and `offset`.
        final: no later stage will follow for this search.
        note: a sentence when something is missing ("Understanding pictures… results will improve in a
            moment"), or an error that ended the search (then `final` is true).
    """

    search_id: int
    stage: Stage
    hits: tuple[Hit, ...]
    final: bool
    took_ms: Took = field(default_factory=Took)
    note: str = ""
    total: int = 0


@dataclass(frozen=True, slots=True)
class BrowseReply:
    """In the wished order; scores are 0 and `matched` is empty. total: before `limit` and `offset`."""

    hits: tuple[Hit, ...]
    total: int = 0


@dataclass(frozen=True, slots=True)
class Problem:
    """A file that is not in the index, or not all of it, and why, in a sentence.

    Attributes:
        attempts: how often it was opened. ignored: the person does not want to see it any more.
    """

    path: str
    outcome: Literal["failed", "skipped"]
    reason: str
    attempts: int = 0
    ignored: bool = False


@dataclass(frozen=True, slots=True)
class Problems:
    """All of them, failed first."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Bye:
    """Event. The engine's last line."""


Event: TypeAlias = Status | Results | Download | Bye

EVENTS: dict[str, type[Event]] = {"status": Status, "results": Results, "download": Download, "bye": Bye}
"""`status` comes unasked at most four times a second while something changes."""

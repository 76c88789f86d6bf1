"""The part of `indexer.protocol` about the work in the background: when it is done, and how far it is."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from indexer.kinds import Kind
from indexer.words import Sentence

EngineState: TypeAlias = Literal["starting", "loading", "indexing", "idle", "paused"]


@dataclass(frozen=True, slots=True)
class GetStatus:
    """Reply: `Status`."""


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
class UserActive:
    """The person is typing: take no indexing work for two seconds. Reply: empty."""


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
    problem: Sentence = ""
    paused: bool = False
    offline: bool = False
    volume: str = ""
    last_seen: float = 0.0
    note: Sentence = ""


@dataclass(frozen=True, slots=True)
class Status:
    """The state of the index and of the engine.

    Attributes:
        files: files searchable now (names at least); pending: known, not yet embedded.
        failed, skipped: rows among the problems.
        unread: pictures and pages whose words will be read when nothing else is to be done; 0 if that is not
            wanted.
        unreadable: why these cannot be read on this computer, in a sentence; "" when they can.
        blurred: contents that were looked at quickly and will be looked at more closely (sharpening.py).
        incomplete: contents read when less was wanted or possible, to be completed last (catching_up.py).
        unpictured: contents whose thumbnails and previews were lost, to be made again (picturing.py).
        index_bytes: the database, without the cache.
        embedder, reranker: names, "" when none is loaded or configured.
        models: what a person should know about the models, in a sentence; "" when all is well.
        rate: files per second over the last seconds. eta_s: what the last files of each kind have cost, times
            those that wait and may be read; once all were looked at, for looking more closely. None: unknown.
        waiting: why the work waits and what would make it go on, in a sentence; "" when it does not wait.
        trouble: why no file can be indexed, in a sentence; "" normally, and where `models` says it.
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
    models: Sentence = ""
    folders: tuple[FolderStatus, ...] = ()
    waiting: Sentence = ""
    paused_until: float | None = None
    hurry: bool = False
    rebuilding: Sentence = ""
    rebuilt: float = 0.0
    incomplete: int = 0
    unpictured: int = 0
    unreadable: Sentence = ""
    trouble: Sentence = ""


@dataclass(frozen=True, slots=True)
class Hurry:
    """Wait for nothing (battery, full screen, other programs, a pause) until all is done. Reply: `Status`."""

    on: bool = True


@dataclass(frozen=True, slots=True)
class ReloadSettings:
    """The settings file was changed: apply what can be applied now. Reply: `Status`."""


@dataclass(frozen=True, slots=True)
class GetCoverage:
    """Reply: `Coverage`."""


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """The files of one kind in one folder.

    Attributes:
        files: those that belong into the index. named: found by name.
        quick: found by what they show, after a quick look at least. sharp: as the settings ask for.
        failed: those of them that could not be read; they stay found by name only.
    """

    folder: str
    kind: Kind
    files: int
    named: int
    quick: int
    sharp: int
    failed: int = 0


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far the index is, for every folder and every kind that is in it."""

    rows: tuple[CoverageRow, ...]

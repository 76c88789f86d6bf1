"""What goes into the store and what comes out: plain rows, no behaviour."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeAlias

from indexer.kinds import Kind
from indexer.messages.item_messages import Box
from indexer.messages.result_messages import Facts, SegmentType

FileState: TypeAlias = Literal["pending", "done", "failed", "skipped"]


class Seen(Protocol):
    """A file as the file system shows it."""

    @property
    def path(self) -> str:
        """Absolute; undecodable bytes as surrogates (`os.fsdecode`)."""

    @property
    def size(self) -> int:
        """Bytes."""

    @property
    def mtime_ns(self) -> int:
        """Nanoseconds since the epoch."""

    @property
    def device(self) -> int:
        """`st_dev`."""

    @property
    def inode(self) -> int:
        """`st_ino`."""


@dataclass(frozen=True, slots=True)
class FolderRow:
    """A folder the person chose. `problem` is a sentence while it cannot be read; then `online` is false.

    Attributes:
        volume, volume_name, below: the disk it lies on and where there (`volumes.Place`), "" if not known.
        offline: that disk is not connected. seen_at: when it was last there, seconds since the epoch.
    """

    id: int
    path: str
    problem: str = ""
    volume: str = ""
    volume_name: str = ""
    below: str = ""
    offline: bool = False
    seen_at: float = 0.0

    @property
    def online(self) -> bool:
        """It could be read at the last look."""
        return not self.problem


@dataclass(frozen=True, slots=True)
class DiskAway:
    """A disk inside a folder that is not there now. `reason`: in a sentence."""

    path: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file the index knows. `content_hash` is that of the content it is found by now, if any.

    `kind` is a guess until it is read.

    A changed file waits with its old content, so that it does not vanish from the results meanwhile.
    `cloud`: its present bytes are not on this computer and were not read.
    """

    id: int
    path: str
    size: int
    mtime_ns: int
    device: int
    inode: int
    content_hash: str | None
    state: FileState
    kind: Kind = "document"
    cloud: bool = False


@dataclass(frozen=True, slots=True)
class ItemRow:
    """What one content is, and what its metadata says.

    Attributes:
        taken: ISO 8601, with a zone if one is recorded.
        latitude, longitude: degrees. place: the name of it. rating: 1 to 5 stars.
        about: everything else that words should find, such as a caption and keywords.
        note: a sentence when only a part of it could be or was read; kept with the file, not the content.
    """

    kind: Kind
    width: int | None = None
    height: int | None = None
    duration_s: float | None = None
    pages: int | None = None
    taken: str | None = None
    camera: str | None = None
    lens: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    place: str | None = None
    rating: int | None = None
    title: str | None = None
    author: str | None = None
    about: str = ""
    note: str = ""

    @property
    def description(self) -> str:
        """All words of the metadata."""
        named = (self.title, self.author, self.place, self.camera, self.lens, self.about)
        return "\n".join(text for text in named if text)


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """One part of a content, in order; times in seconds, pages from 1.

    Attributes:
        text, ocr: what is written in it as text, and what was read off its pixels; both searched by words.
        legible: its picture may hold words, and waits to be read.
        box: the part of the first picture that it is; None for all of it.
    """

    type: SegmentType
    text: str = ""
    start_s: float | None = None
    end_s: float | None = None
    page: int | None = None
    preview_times: tuple[float, ...] = ()
    ocr: str = ""
    legible: bool = False
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line of words read off a picture, and where it stands there."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class Unread:
    """Pictures of a content that wait to be read, and one of its files. `segments`: ordinal to segment id."""

    content: int
    hash: str
    path: str
    segments: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is.

    Attributes:
        files: those a search can find, at least by name: all but the skipped ones.
        pending: known, not yet embedded. failed, skipped: listed among the problems, so none
            that are ignored.
        unread: pictures among the segments that wait to be read for words.
    """

    files: int
    segments: int
    vectors: int
    pending: int
    failed: int
    skipped: int
    unread: int = 0


@dataclass(frozen=True, slots=True)
class FoundSegment:
    """A segment with what a result needs of it.

    Attributes:
        about: words of its content's metadata.
        box: the part of the first picture that it is; None for all of it.
    """

    id: int
    content_id: int
    kind: Kind
    ordinal: int
    type: SegmentType
    start_s: float | None
    end_s: float | None
    page: int | None
    text: str
    preview_times: tuple[float, ...]
    ocr: str = ""
    about: str = ""
    box: Box | None = None

    @property
    def pictured(self) -> int:
        """Number of the segment whose previews show it: a part has none of its own."""
        return self.ordinal if self.box is None else 0

    @property
    def words(self) -> str:
        """Everything that a search for words looks at."""
        return "\n".join(text for text in (self.text, self.ocr, self.about) if text)


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file with what a result needs of it. `content_id` and `content_hash` are None until it is read.

    `moment`: when it was taken, else changed, in seconds of the clock on the wall (moments.py).
    `offline`: the name of its disk while that is not connected; `last_seen`: when its folder, or the disk
    inside that, was last there.
    """

    id: int
    path: str
    kind: Kind
    size: int
    mtime_ns: int
    content_id: int | None
    content_hash: str | None
    width: int | None
    height: int | None
    duration_s: float | None
    pages: int | None
    moment: int = 0
    offline: str = ""
    last_seen: float = 0.0
    facts: Facts = field(default_factory=Facts)

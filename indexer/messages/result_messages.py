"""The part of `indexer.protocol` about what was found: a list for each stage of a search, or one of files."""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from indexer.kinds import Kind
from indexer.messages.item_messages import Box
from indexer.words import Sentence

SegmentType: TypeAlias = Literal["image", "clip", "page", "text"]
Relevance: TypeAlias = Literal["strong", "possible", "weak"]
Channel: TypeAlias = Literal["meaning", "words", "name"]
Stage: TypeAlias = Literal["words", "meaning", "reranked"]


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
        total: hits there are at all, before `limit` and `offset`. at_least: there may be more, since no more
            were looked for.
        final: no later stage will follow for this search.
        note: a sentence when something is missing ("Understanding pictures… results will improve in a
            moment"), or an error that ended the search.
        not_understood: a typed filter is not; `note` says which. refused: nothing was looked for; `note` says
            why.
    """

    search_id: int
    stage: Stage
    hits: tuple[Hit, ...]
    final: bool
    took_ms: Took = field(default_factory=Took)
    note: Sentence = ""
    total: int = 0
    not_understood: bool = False
    refused: bool = False
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class BrowseReply:
    """In the wished order; scores are 0 and `matched` is empty. total: before `limit` and `offset`."""

    hits: tuple[Hit, ...]
    total: int = 0

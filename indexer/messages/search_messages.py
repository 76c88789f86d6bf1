"""The part of `indexer.protocol` about what is asked: by text, pictures and examples, or for everything."""

from dataclasses import dataclass

from indexer.kinds import Kind, Sort
from indexer.messages.item_messages import Box

MAX_INLINE = 12_000_000
"""Characters of a picture that travels in a request; the most that the models look at takes fewer."""


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
        newer_than: only files that came later (`SavedSearch.seen`). read_after: or were read later
            (`SavedSearch.read`).
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
    more_like: tuple[Example, ...] = ()
    less_like: tuple[Example, ...] = ()
    newer_than: int = 0
    read_after: int | None = None
    only_count: bool = False
    typing: bool = False


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

"""What is asked and what is shown, as values that can be compared."""

import re
from dataclasses import dataclass, field

from indexer.kinds import Kind, Sort
from indexer.messages.query_messages import Month
from indexer.messages.result_messages import Hit, Relevance, Stage, Took
from indexer.messages.search_messages import Browse, Example, Search

SORT = re.compile(r"(?<!\S)sort[:：](\w+)")
"""A filter for the order, as it is written in the box."""

IN_TIME = ("newest", "oldest", "new", "old", "date")
"""Orders in which files fall into months, chosen or typed."""

RANKS: dict[Relevance, int] = {"strong": 0, "possible": 1, "weak": 2}


@dataclass(frozen=True, slots=True)
class Query:
    """What the person asks for. Nothing at all means: the newest files.

    Attributes:
        since: only what came, or was read, after somebody looked at a standing search: its `seen` and `read`
            (saved_messages.py).
    """

    text: str = ""
    images: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    weights: tuple[float, ...] = ()
    more_like: tuple[Example, ...] = ()
    less_like: tuple[Example, ...] = ()
    sort: Sort = "relevance"
    weak: bool = False
    since: tuple[int, int | None] | None = None

    @property
    def empty(self) -> bool:
        """Whether this is browsing: what is unlike something is no question by itself."""
        pictured = self.images and max(self.weights, default=1.0) > 0
        return not self.text.strip() and not pictured and not self.more_like

    @property
    def order(self) -> str:
        """What is typed goes before what is chosen, and the last of it counts."""
        return next(reversed(SORT.findall(self.text.lower())), self.sort)

    @property
    def by_relevance(self) -> bool:
        """Best first."""
        return self.order == "relevance"

    def browse(self, limit: int, offset: int = 0) -> Browse:
        """A part of all files."""
        return Browse(self.kinds, limit, offset, "newest" if self.sort == "relevance" else self.sort)

    def search(self, number: int, limit: int, offset: int = 0) -> Search:
        """A part of what is found."""
        newer_than, read_after = self.since or (0, None)
        return Search(
            number,
            self.text.strip(),
            self.images,
            self.kinds,
            limit,
            offset=offset,
            sort=self.sort,
            fold=True,
            weak=self.weak,
            image_weights=self.weights,
            more_like=self.more_like,
            less_like=self.less_like,
            newer_than=newer_than,
            read_after=read_after,
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """What is to be shown.

    Attributes:
        stage: None while browsing.
        fresh: the first answer to this query, so the list starts at its top again.
        final: nothing better will follow.
        note: a sentence from the engine.
        total: how many there are at all; of a browsed list only the first are in `hits`. at_least: there may
            be more, since no more were looked for.
        months: of a browsed list, newest first, if they are known.
        before: these are the hits as they stood before the reranker looked; reordered: they stood otherwise.
        unfolded: paths of hits below which those that look the same are listed, too.
        not_understood: a typed filter is not; `note` says which. refused: nothing was looked for; `note` says
            why.
    """

    query: Query
    hits: tuple[Hit, ...]
    stage: Stage | None
    fresh: bool
    final: bool
    note: str = ""
    took: Took = field(default_factory=Took)
    total: int = 0
    at_least: bool = False
    months: tuple[Month, ...] = ()
    before: bool = False
    reordered: bool = False
    unfolded: frozenset[str] = frozenset()
    not_understood: bool = False
    refused: bool = False

    @property
    def by_month(self) -> bool:
        """Whether the order is one of time."""
        return self.query.order in IN_TIME or (self.stage is None and self.query.by_relevance)

    @property
    def listed(self) -> int:
        """How many of the hits were found by themselves; the others stand below one that was unfolded."""
        below = {path for hit in self.hits if hit.path in self.unfolded for path in hit.folded}
        return sum(hit.path not in below for hit in self.hits) if below else len(self.hits)

    @property
    def more(self) -> bool:
        """There are further ones."""
        return self.total > self.listed


def in_sections(hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Strong ones first, then possible ones; in the order of the engine within each."""
    return tuple(sorted(hits, key=lambda hit: RANKS[hit.relevance]))

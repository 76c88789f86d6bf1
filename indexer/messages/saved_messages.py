"""The part of `indexer.protocol` about searches that are kept under a name."""

from dataclasses import dataclass

from indexer.messages.search_messages import Search


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
class SavedSearch:
    """A search under a name.

    Attributes:
        standing: what it finds is new where the file came, or was read, since somebody looked.
        seen, read: the numbers of the last file, and of the last content that was read, at that moment;
            `read` is None for one that was kept before that was noted.
    """

    name: str
    search: Search
    standing: bool
    seen: int
    read: int | None = None


@dataclass(frozen=True, slots=True)
class SavedSearches:
    """All of them, by name."""

    searches: tuple[SavedSearch, ...]

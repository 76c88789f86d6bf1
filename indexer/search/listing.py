"""The relevant set in the wished order."""

from collections.abc import Sequence

from indexer.kinds import Sort
from indexer.search.fuse import Ranked
from indexer.store.path_text import natural_name, to_text


def arranged(ranked: Sequence[Ranked], sort: Sort) -> list[Ranked]:
    """In the wished order; files equal in it stay in that of relevance."""
    match sort:
        case "newest":
            return sorted(ranked, key=lambda one: -one.file.moment)
        case "oldest":
            return sorted(ranked, key=lambda one: one.file.moment)
        case "name":
            return sorted(ranked, key=lambda one: natural_name(to_text(one.file.path)))
        case "size":
            return sorted(ranked, key=lambda one: -one.file.size)
        case "relevance":
            return list(ranked)

"""The relevant set in the wished order, page after page."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from indexer.kinds import Sort
from indexer.messages.search_messages import Search
from indexer.search.folding import Tile
from indexer.search.fuse import Candidate, Ranked
from indexer.store.filters import Filters
from indexer.store.path_text import natural_name, to_text
from indexer.store.store import Store


class Pages:
    """The last list, so that its next page goes on where the one before ended.

    A page is looked for more deeply than the one before, and what is found then, or judged in the time that
    there is, may belong before what was shown already: it would never be seen, and others twice.
    """

    def __init__(self) -> None:
        self._question: Search | None = None
        self._places: Mapping[int, int] = {}

    def go_on(self, request: Search, ranked: Sequence[Ranked]) -> list[Ranked]:
        """What the last list held first, in its order; just `ranked` where that was another question."""
        if not request.offset or self._question != without_page(request):
            return list(ranked)
        last = len(self._places)
        return sorted(ranked, key=lambda one: self._places.get(one.file.id, last))

    def keep(self, request: Search, ranked: Sequence[Ranked]) -> None:
        """This is the list now."""
        self._question = without_page(request)
        self._places = {one.file.id: place for place, one in enumerate(ranked)}


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


def fitting(store: Store, filters: Filters, depth: int, sort: Sort) -> tuple[list[Ranked], int]:
    """The first `depth` files that fit the filters, newest first for "relevance", and how many there are."""
    files = store.lookup.listed_files(filters, depth, sort=sort)
    return [Ranked(file, (), 0.0, "strong", (), frozenset()) for file in files], store.overview.count(filters)


def pictured(store: Store, tiles: Sequence[Tile]) -> list[Tile]:
    """Files that only filters asked for, each with the first segment of its content to show."""
    contents = [tile.first.file.content_id for tile in tiles]
    first = store.lookup.first_segments([id for id in contents if id is not None])

    def with_it(one: Ranked) -> Ranked:
        segment = first.get(one.file.content_id or 0)
        return replace(one, candidates=[Candidate(segment)]) if segment else one

    return [replace(tile, first=with_it(tile.first)) for tile in tiles]


def without_page(request: Search) -> Search:
    """What all pages of a list have in common."""
    return replace(request, search_id=0, limit=0, offset=0, typing=False)

"""Files that nobody searched for: all of them page by page, or some by their paths."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from indexer.messages.result_messages import BrowseReply, Hit
from indexer.messages.search_messages import Browse
from indexer.search import hits
from indexer.search.dates import stretch
from indexer.search.rerank import Previews
from indexer.store.filters import Filters
from indexer.store.rows import FoundFile
from indexer.store.store import Store


class Browser:
    """Lists files as hits."""

    def __init__(self, store: Store, previews: Previews) -> None:
        self._store = store
        self._previews = previews

    def browse(self, request: Browse) -> BrowseReply:
        """A page of all files."""
        filters = Filters(kinds=tuple(request.kinds))
        if request.month and (month := stretch(request.month, datetime.now())):
            filters = replace(filters, after=month.start, before=month.end)
        files = self._store.lookup.listed_files(filters, request.limit, request.offset, request.sort)
        return BrowseReply(self._as_hits(files), self._store.overview.count(filters))

    def hits(self, paths: Sequence[str]) -> tuple[Hit, ...]:
        """Files by their paths, as far as they are in the index."""
        known = self._store.lookup.files_by_path(paths)
        return self._as_hits([known[path] for path in paths if path in known])

    def _as_hits(self, files: Sequence[FoundFile]) -> tuple[Hit, ...]:
        first = self._store.lookup.first_segments(
            [file.content_id for file in files if file.content_id is not None]
        )
        return tuple(hits.browsed(file, first.get(file.content_id or 0), self._previews) for file in files)

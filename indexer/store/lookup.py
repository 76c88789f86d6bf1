"""What a search reads: the nearest vectors, the words that match, and whole rows by what was found."""

import json
from collections.abc import Callable, Sequence

import apsw
import numpy as np
from numpy.typing import NDArray

from indexer.kinds import Sort
from indexer.messages.result_messages import SegmentType
from indexer.store import contents, files, folder_names, spaces, vectors, words
from indexer.store.database import Database, state
from indexer.store.filters import NONE, Filters, condition
from indexer.store.neighbours import Neighbours
from indexer.store.rows import FoundFile, FoundSegment


class Lookup:
    """Every method is one read; what they keep in memory follows the index."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._neighbours: dict[int, Neighbours] = {}
        self._named: tuple[object, dict[str, list[str]]] = None, {}

    def nearest(
        self,
        space: int,
        query: NDArray[np.float32],
        k: int,
        filters: Filters = NONE,
        types: Sequence[SegmentType] = (),
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Segment ids and cosines of the `k` nearest of each kind that fit, by falling cosine.

        Args:
            types: only segments of these, if any are named, among about the `DEEPEST` nearest of a kind.
        """
        with self._database.read() as connection:
            return self._neighbours_of(connection, space).nearest(connection, query, k, filters, types)

    def prepare(self) -> None:
        """Get ready for many searches: read what they keep in memory, compile what they compute."""
        with self._database.read() as connection:
            if (space := spaces.current(connection)) is not None:
                self._neighbours_of(connection, space).prepare(connection)

    def similarities(
        self, space: int, query: NDArray[np.float32], ids: Sequence[int]
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Segment ids and cosines of just these segments; those without a vector are left out."""
        with self._database.read() as connection:
            spaces.must_exist(connection, space)
            return vectors.similarities(connection, space, query, ids)

    def wholes(self, content_ids: Sequence[int]) -> dict[int, NDArray[np.float32]]:
        """The vector of each content's first segment, as far as the index keeps it."""
        with self._database.read() as connection:
            return vectors.of_wholes(connection, content_ids)

    def vectors(self, space: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """All segment ids and their vectors float32 `[n, dimension]` as far as the index keeps them."""
        with self._database.read() as connection:
            return vectors.whole(connection, space)

    def word_matches(
        self, table: words.Table, terms: Sequence[str], every: bool, limit: int, filters: Filters = NONE
    ) -> list[tuple[int, float]]:
        """(file id or segment id, bm25) of rows with every (or any) term that fit, best first."""
        with self._database.read() as connection:
            return words.matches(connection, table, terms, every, limit, *condition(connection, filters))

    def all_word_matches(
        self, table: words.Table, term: str, filters: Filters, cancelled: Callable[[], bool]
    ) -> list[int]:
        """File ids or segment ids of all rows with a term that fit; not all once `cancelled`."""
        with self._database.read() as connection:
            fits, values = condition(connection, filters)
            return words.all_matches(connection, table, term, words.fitting(table, fits), values, cancelled)

    def text_matches_within(self, term: str, content_ids: Sequence[int]) -> list[int]:
        """Segment ids of all texts of these contents with a term."""
        # The sign keeps SQLite from asking the word index once for each segment.
        where = (
            "+text_word.rowid IN "
            "(SELECT id FROM segment WHERE content_id IN (SELECT value FROM json_each(?)))"
        )
        with self._database.read() as connection:
            return words.all_matches(connection, "text_word", term, where, (json.dumps(list(content_ids)),))

    def word_rows(self, table: words.Table) -> int:
        """About how many names or texts there are."""
        with self._database.read() as connection:
            return words.rows(connection, table)

    def word_frequency(self, table: words.Table, term: str, limit: int = 10_000) -> int:
        """In how many names or texts a term occurs, counted up to `limit`."""
        with self._database.read() as connection:
            return words.frequency(connection, table, term, limit)

    def segments_by_id(self, ids: Sequence[int]) -> dict[int, FoundSegment]:
        """With their text; ids that are gone are left out."""
        with self._database.read() as connection:
            return contents.segments_by_id(connection, ids)

    def contents_of(self, segment_ids: Sequence[int]) -> dict[int, int]:
        """The content of each segment, by segment id."""
        with self._database.read() as connection:
            return contents.of_segments(connection, segment_ids)

    def segments_of(self, content_id: int) -> list[FoundSegment]:
        """All segments of one content, in order."""
        with self._database.read() as connection:
            return contents.segments_of(connection, content_id)

    def first_segments(self, content_ids: Sequence[int]) -> dict[int, FoundSegment]:
        """The first segment of each content, by content id."""
        with self._database.read() as connection:
            return contents.first_segments(connection, content_ids)

    def paths_of(self, file_ids: Sequence[int]) -> dict[int, str]:
        """By file id."""
        with self._database.read() as connection:
            return files.paths(connection, file_ids)

    def files_by_id(self, ids: Sequence[int], filters: Filters = NONE) -> dict[int, FoundFile]:
        """Those files that fit."""
        with self._database.read() as connection:
            return contents.files_by_id(connection, ids, filters)

    def files_by_content(
        self, content_ids: Sequence[int], filters: Filters = NONE
    ) -> dict[int, list[FoundFile]]:
        """The files that share each content and fit."""
        with self._database.read() as connection:
            return contents.files_by_content(connection, content_ids, filters)

    def files_by_path(self, paths: Sequence[str]) -> dict[str, FoundFile]:
        """Those of these files that are in the index, by path."""
        with self._database.read() as connection:
            return contents.files_by_path(connection, paths)

    def listed_files(
        self, filters: Filters, limit: int, offset: int = 0, sort: Sort = "newest"
    ) -> list[FoundFile]:
        """Those that fit, in a wished order."""
        with self._database.read() as connection:
            ids = contents.listed(connection, filters, sort, limit, offset)
            rows = contents.files_by_id(connection, ids, NONE)
            return [rows[id] for id in ids]

    def folders_named(self, name: str) -> list[str]:
        """Paths of the indexed folders with this name, or the end of a path."""
        with self._database.read() as connection:
            now = state(connection)
            if self._named[0] != now:
                self._named = now, {}
            if name not in self._named[1]:  # each file below a folder of this name is looked at
                self._named[1][name] = folder_names.find(connection, name)
            return self._named[1][name]

    def folders_at(self, path: str) -> list[str]:
        """An absolute path as it is written in the index, case and accents aside; empty if not there."""
        with self._database.read() as connection:
            return folder_names.at(connection, path)

    def _neighbours_of(self, connection: apsw.Connection, space: int) -> Neighbours:
        spaces.must_exist(connection, space)
        if space not in self._neighbours:
            self._neighbours.clear()  # of a space that was current before
            self._neighbours[space] = Neighbours(space, vectors.form(connection, space))
        return self._neighbours[space]

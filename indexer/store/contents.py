"""Contents: what distinct bytes are, their segments, and everything found through them."""
# ruff: noqa: S608 - the parts put into queries are names of our own, never a person's text

import json
import os
from collections.abc import Sequence
from dataclasses import astuple, fields
from typing import TypeVar

import apsw
import numpy as np
from numpy.typing import NDArray

from indexer.kinds import Kind, Sort
from indexer.messages.item_messages import Box
from indexer.messages.library_messages import icon_sentence
from indexer.messages.result_messages import Facts
from indexer.store import files, saved, vectors, words
from indexer.store.database import Value, fetch
from indexer.store.filters import NONE, Filters, condition
from indexer.store.path_text import from_text, to_text
from indexer.store.rows import FoundFile, FoundSegment, ItemRow, SegmentRow

T = TypeVar("T")

_ORPHANS_AT_ONCE = 1000
_PLAIN = 12
"""Columns of a found file between its path and its metadata."""
DESCRIPTION = "concat_ws(char(10), title, author, place, camera, lens, nullif(about, ''))"
"""As `ItemRow.description`."""


def find(connection: apsw.Connection, hash: str) -> int | None:
    """The content with this hash, if any file ever had it and it was not cleaned away."""
    found = connection.execute("SELECT id FROM content WHERE hash = ?", (hash,)).get
    return None if found is None else int(found)


def unknown(connection: apsw.Connection, hashes: Sequence[str]) -> list[str]:
    """Those of these hashes that no content has."""
    found = fetch(
        connection,
        "SELECT value FROM json_each(?) WHERE value NOT IN (SELECT hash FROM content)",
        (json.dumps(list(hashes)),),
    )
    return [hash for (hash,) in found]


def add(
    connection: apsw.Connection,
    space: int | None,
    file_id: int,
    hash: str,
    item: ItemRow,
    segments: Sequence[SegmentRow],
    embeddings: NDArray[np.float32],
) -> int:
    """Content, segments, words and vectors of one file, and the file done. The caller holds the transaction.

    A content with this hash that exists already is only linked.

    Raises:
        ValueError: not one finite vector of the space's dimension per segment.
    """
    content = find(connection, hash)
    if content is None:
        content = _add_item(connection, hash, item)
        add_segments(connection, space, content, item.kind, segments, embeddings, item.description)
    files.finish(connection, file_id, content, item.note)
    return content


def add_segments(
    connection: apsw.Connection,
    space: int | None,
    content: int,
    kind: Kind,
    segments: Sequence[SegmentRow],
    embeddings: NDArray[np.float32],
    description: str = "",
    first: int = 0,
) -> None:
    """Segments of a content, numbered from `first` on, with their words and vectors.

    Args:
        description: what the metadata says, by which segment 0 is found, too.

    Raises:
        ValueError: not one finite vector of the space's dimension per segment.
    """
    ids = [
        _add_segment(connection, content, n, segment, "" if n else description)
        for n, segment in enumerate(segments, first)
    ]
    if len(ids) != len(embeddings):
        raise ValueError(f"{len(ids)} segments but {len(embeddings)} vectors")
    if ids:
        if space is None:
            raise ValueError("choose a space before adding vectors")
        vectors.add(connection, space, kind, [content] * len(ids), ids, embeddings)


def set_item(connection: apsw.Connection, content: int, item: ItemRow) -> None:
    """What a content is, anew."""
    row = _columns(item)
    connection.execute(
        f"UPDATE content SET ({', '.join(row)}) = ({', '.join('?' * len(row))}) WHERE id = ?",
        (*row.values(), content),
    )


def remove_orphans(connection: apsw.Connection) -> list[str]:
    """Delete some contents that no file points to, with all that hangs on them.

    Returns:
        Their hashes; empty when none is left. Done in portions so that nobody waits long for the lock.
    """
    orphans = fetch(
        connection,
        "SELECT id, hash FROM content WHERE id NOT IN "
        "(SELECT content_id FROM file WHERE content_id IS NOT NULL) LIMIT ?",
        (_ORPHANS_AT_ONCE,),
    )
    remove(connection, [id for id, _ in orphans])
    return [hash for _, hash in orphans]


def remove_unshared(connection: apsw.Connection, content_ids: Sequence[int]) -> list[str]:
    """Delete those of these contents that no file points to (any more). Returns their hashes."""
    orphans = fetch(
        connection,
        "SELECT id, hash FROM content WHERE id IN (SELECT value FROM json_each(?)) "
        "AND NOT EXISTS (SELECT 1 FROM file WHERE content_id = content.id)",
        (json.dumps(list(content_ids)),),
    )
    remove(connection, [id for id, _ in orphans])
    return [hash for _, hash in orphans]


def smaller_than(connection: apsw.Connection, pixels: int) -> list[tuple[int, int, str]]:
    """File id, content id and a sentence of pictures with a shorter side."""
    found = fetch(
        connection,
        "SELECT file.id, content.id, width, height FROM content JOIN file ON file.content_id = content.id "
        "WHERE content.kind IN ('photo', 'screenshot') AND min(width, height) < ? AND state = 'done'",
        (pixels,),
    )
    return [(id, content, icon_sentence(width, height)) for id, content, width, height in found]


def remove(connection: apsw.Connection, content_ids: Sequence[int]) -> None:
    """Delete contents with their segments, words and vectors. The caller sees to the files."""
    ids = json.dumps(list(content_ids))
    segments = [
        id
        for (id,) in fetch(
            connection, "SELECT id FROM segment WHERE content_id IN (SELECT value FROM json_each(?))", (ids,)
        )
    ]
    remove_segments(connection, segments)
    connection.execute("DELETE FROM content WHERE id IN (SELECT value FROM json_each(?))", (ids,))
    saved.take_back(connection)


def remove_segments(connection: apsw.Connection, ids: Sequence[int]) -> None:
    """Delete segments with their words and vectors. The caller sees to their contents."""
    vectors.remove(connection, ids)
    words.remove_texts(connection, ids)
    connection.execute(
        "DELETE FROM segment WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(ids)),)
    )


def segments_by_id(connection: apsw.Connection, ids: Sequence[int]) -> dict[int, FoundSegment]:
    """Segments with their text. Ids that are gone are left out."""
    found = fetch(
        connection,
        f"""SELECT segment.id, content_id, kind, ordinal, type, start_s, end_s, page, text, preview_times,
            ocr, iif(ordinal = 0, {DESCRIPTION}, ''), box
        FROM segment JOIN content ON content.id = segment.content_id
        WHERE segment.id IN (SELECT value FROM json_each(?))""",
        (json.dumps(list(ids)),),
    )
    return {
        id: FoundSegment(
            id, content, kind, ordinal, type, start, end, page, text, _times(times), ocr, about, _box(box)
        )
        for id, content, kind, ordinal, type, start, end, page, text, times, ocr, about, box in found
    }


def of_segments(connection: apsw.Connection, ids: Sequence[int]) -> dict[int, int]:
    """The content of each of these segments that is there, by segment id."""
    found = fetch(
        connection,
        "SELECT id, content_id FROM segment WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    return dict(found)


def segments_of(connection: apsw.Connection, content_id: int) -> list[FoundSegment]:
    """All segments of one content, in order."""
    ids = [id for (id,) in fetch(connection, "SELECT id FROM segment WHERE content_id = ?", (content_id,))]
    return sorted(segments_by_id(connection, ids).values(), key=lambda segment: segment.ordinal)


def first_segments(connection: apsw.Connection, content_ids: Sequence[int]) -> dict[int, FoundSegment]:
    """The first segment of each content that has one, by content id."""
    ids = [
        id
        for (id,) in fetch(
            connection,
            "SELECT id FROM segment WHERE ordinal = 0 AND content_id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(content_ids)),),
        )
    ]
    return {segment.content_id: segment for segment in segments_by_id(connection, ids).values()}


def files_by_id(connection: apsw.Connection, ids: Sequence[int], filters: Filters) -> dict[int, FoundFile]:
    """Those files that fit the filters."""
    return {file.id: file for file in _files(connection, "file.id", ids, filters)}


def files_by_path(connection: apsw.Connection, paths: Sequence[str]) -> dict[str, FoundFile]:
    """Those of these files that can be found, by path."""
    found = _files(connection, "file.path", [to_text(path) for path in paths], NONE)
    return {file.path: file for file in found}


def files_by_content(
    connection: apsw.Connection, content_ids: Sequence[int], filters: Filters
) -> dict[int, list[FoundFile]]:
    """The files that share each content and fit the filters."""
    found: dict[int, list[FoundFile]] = {}
    for file in _files(connection, "file.content_id", content_ids, filters):
        if file.content_id is not None:
            found.setdefault(file.content_id, []).append(file)
    return found


def listed(
    connection: apsw.Connection, filters: Filters, sort: Sort, limit: int, offset: int = 0
) -> list[int]:
    """Ids of files that can be found, in a wished order ("relevance" is newest first)."""
    where, values = condition(connection, filters)
    key, index, direction = {
        "oldest": ("moment", "file_by_moment", "ASC"),
        "name": ("sorts_as", "file_by_name", "ASC"),
        "size": ("size", "file_by_size", "DESC"),
    }.get(sort, ("moment", "file_by_moment", "DESC"))
    parts: list[str] = []
    given: list[Value] = []
    for kind in filters.possible_kinds:  # walks along the index once per kind, merged
        parts.append(
            f"SELECT {key} AS place, file.id AS number FROM file INDEXED BY {index} "
            f"LEFT JOIN content ON content.id = file.content_id "
            f"WHERE file.kind = ? AND state <> 'skipped' AND {where}"
        )
        given += (kind, *values)
    if not parts:
        return []
    found = fetch(
        connection,
        f"{' UNION ALL '.join(parts)} ORDER BY place {direction}, number {direction} LIMIT ? OFFSET ?",
        (*given, limit, offset),
    )
    return [id for _, id in found]


def _add_item(connection: apsw.Connection, hash: str, item: ItemRow) -> int:
    row = {"hash": hash} | _columns(item)
    connection.execute(
        f"INSERT INTO content ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", tuple(row.values())
    )
    return connection.last_insert_rowid()


def _columns(item: ItemRow) -> dict[str, Value]:
    names = (field.name for field in fields(item) if field.name != "note")  # that is the file's
    return {name: _storable(getattr(item, name)) for name in names}


def _add_segment(
    connection: apsw.Connection, content: int, ordinal: int, segment: SegmentRow, about: str
) -> int:
    connection.execute(
        """INSERT INTO segment
        (content_id, ordinal, type, start_s, end_s, page, preview_times, text, ocr, box)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            content,
            ordinal,
            segment.type,
            segment.start_s,
            segment.end_s,
            segment.page,
            json.dumps(segment.preview_times),
            _storable(segment.text),
            _storable(segment.ocr),
            None if segment.box is None else json.dumps(astuple(segment.box)),
        ),
    )
    new = connection.last_insert_rowid()
    words.add_text(connection, new, segment.text, segment.ocr, about)
    if segment.legible:
        connection.execute("INSERT INTO reading (segment_id) VALUES (?)", (new,))
    return new


def _storable(value: T) -> T | str:
    """Text without the lone surrogates that SQLite cannot hold."""
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value


# The disk inside the watched folder that a file is on, while it is not connected. The sign is one of ours.
_AWAY = (
    "FROM unreadable AS disk WHERE disk.folder_id = file.folder_id AND volume_name <> '' "
    f"AND substr(file.path, 1, length(disk.path) + 1) = disk.path || '{os.sep}'"
)


def _files(
    connection: apsw.Connection, key: str, ids: Sequence[int] | Sequence[str], filters: Filters
) -> list[FoundFile]:
    where, values = condition(connection, filters)
    found = fetch(
        connection,
        f"""SELECT file.id, file.path, file.kind, size, mtime_ns, content_id, hash,
            width, height, duration_s, pages, moment,
            coalesce((SELECT volume_name FROM folder WHERE folder.id = folder_id AND offline),
                (SELECT volume_name {_AWAY}), ''),
            coalesce((SELECT seen_at {_AWAY}), (SELECT seen_at FROM folder WHERE folder.id = folder_id), 0.0),
            coalesce(taken, ''), coalesce(camera, ''), coalesce(lens, ''), coalesce(place, ''),
            latitude, longitude, coalesce(title, ''), coalesce(author, ''), rating
        FROM file LEFT JOIN content ON content.id = file.content_id
        WHERE {key} IN (SELECT value FROM json_each(?)) AND state <> 'skipped' AND {where}
        ORDER BY file.id""",
        (json.dumps(list(ids)), *values),
    )
    return [
        FoundFile(*[id, from_text(path), *rest[:_PLAIN], Facts(*rest[_PLAIN:])]) for id, path, *rest in found
    ]


def _times(text: str) -> tuple[float, ...]:
    return tuple(json.loads(text)) if text != "[]" else ()


def _box(text: str | None) -> Box | None:
    return None if text is None else Box(*json.loads(text))

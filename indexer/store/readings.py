"""Words read off pixels: which segments wait to be read, what was read, and where it stands.

A segment whose picture may hold words waits from the moment it is in the index. Each is read once and
committed alone, so a killed process loses one page of a thousand, and nothing is read twice.
"""

import json
import re
from collections.abc import Collection, Sequence
from typing import Final

import apsw

from indexer.messages.item_messages import Box
from indexer.store import folders, words
from indexer.store.contents import segments_by_id
from indexer.store.database import fetch
from indexer.store.path_text import from_text
from indexer.store.rows import LineRow, Unread

_RIGHT_TO_LEFT: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
"""Hebrew, Arabic and their relatives."""
_CODE: Final = re.compile(r"\S*\d\S*")
_LOOK_ALIKES: Final = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1", "|": "1"})


def waiting(connection: apsw.Connection, limit: int, skip: Collection[int] = ()) -> Unread | None:
    """Up to `limit` segments to read of one content whose file can be read; None if there is none.

    Args:
        skip: contents to pass over.
    """
    found = fetch(
        connection,
        f"""SELECT content_id, hash, file.path FROM reading
        JOIN segment ON segment.id = segment_id
        JOIN content ON content.id = content_id
        JOIN file USING (content_id) LEFT JOIN folder ON folder.id = folder_id
        WHERE lines IS NULL AND content_id NOT IN (SELECT value FROM json_each(?)) AND state = 'done'
            AND coalesce(problem, '') = '' AND NOT {folders.IS_PAUSED}
        ORDER BY segment_id LIMIT 1""",  # noqa: S608 - a constant, never a person's text
        (json.dumps(list(skip)),),
    )
    if not found:
        return None
    ((content, hash, path),) = found
    segments = fetch(
        connection,
        "SELECT ordinal, segment.id FROM reading JOIN segment ON segment.id = segment_id "
        "WHERE content_id = ? AND lines IS NULL ORDER BY ordinal LIMIT ?",
        (content, limit),
    )
    return Unread(content, hash, from_text(path), dict(segments))


def count_waiting(connection: apsw.Connection) -> int:
    """Segments that wait to be read."""
    return int(connection.execute("SELECT count(*) FROM reading WHERE lines IS NULL").get)


def add(connection: apsw.Connection, segment_id: int, lines: Sequence[LineRow]) -> None:
    """What was read off a segment, perhaps nothing: it is found by it now. Gone segments are fine."""
    segment = segments_by_id(connection, [segment_id]).get(segment_id)
    if segment is None:
        return
    kept = [(line.text.encode("utf-8", "replace").decode(), *_sides(line.box)) for line in lines]
    text = "\n".join(line for line, *_ in kept)
    connection.execute(
        "UPDATE reading SET lines = ? WHERE segment_id = ?",
        (json.dumps(kept, ensure_ascii=False), segment_id),
    )
    if not text and not segment.ocr:
        return
    connection.execute("UPDATE segment SET ocr = ? WHERE id = ?", (text, segment_id))
    words.remove_texts(connection, [segment_id])
    words.add_text(connection, segment_id, segment.text, searched(text), segment.about)


def gather(connection: apsw.Connection, whole: int, parts: Sequence[int]) -> None:
    """What was read off parts of a picture becomes what was read off all of it, as the parts will go.

    Where a part was still to be read, all of it is.
    """
    rows = fetch(
        connection,
        "SELECT segment_id, lines FROM reading WHERE segment_id IN (SELECT value FROM json_each(?)) "
        "ORDER BY segment_id",
        (json.dumps(list(parts)),),
    )
    if not rows:
        return
    read = lines(connection, [id for id, _ in rows])
    connection.execute("INSERT OR IGNORE INTO reading (segment_id) VALUES (?)", (whole,))
    if read:
        add(connection, whole, [line for id, _ in rows for line in read.get(id, ())])
    if any(kept is None for _, kept in rows):
        connection.execute("UPDATE reading SET lines = NULL WHERE segment_id = ?", (whole,))
    elif not read:
        connection.execute("UPDATE reading SET lines = '[]' WHERE segment_id = ? AND lines IS NULL", (whole,))


def lines(connection: apsw.Connection, segment_ids: Sequence[int]) -> dict[int, tuple[LineRow, ...]]:
    """What was read off these segments, by id; those without words are left out."""
    found = fetch(
        connection,
        "SELECT segment_id, lines FROM reading WHERE lines <> '[]' "
        "AND segment_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(segment_ids)),),
    )
    return {id: tuple(LineRow(text, Box(*sides)) for text, *sides in json.loads(kept)) for id, kept in found}


def share(line: Box, text: str, start: int, length: int) -> Box:
    """Where so many characters of a line with this text stand: their share of it, as it is read."""
    before, width = start / len(text), length / len(text)
    left = 1 - before - width if _RIGHT_TO_LEFT.search(text) else before
    return Box(round(line.left + left * line.width, 4), line.top, round(width * line.width, 4), line.height)


def searched(text: str) -> str:
    """What was read, with its numbers and codes once more as the digits that some letters are taken for."""
    read = (found[0] for found in _CODE.finditer(text))
    meant = dict.fromkeys(code.translate(_LOOK_ALIKES) for code in read)
    return text + "".join(f"\n{code}" for code in meant if code not in text)


def _sides(box: Box) -> tuple[float, float, float, float]:
    return box.left, box.top, box.width, box.height

"""Words: names and texts in two trigram indexes, so that any part of a word is found in any script.

A query arrives as terms (a word or a quoted phrase each). Terms of three characters and more are looked
up as they are. Shorter ones hold no trigram: they become an OR over the index's own trigrams that begin
with them, which the two blanks behind every text make complete.
"""
# ruff: noqa: S608 - the parts put into queries are names of our own, never a person's text

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate
from pathlib import PurePath
from typing import Literal, TypeAlias

import apsw

from indexer.store.database import Value, fetch
from indexer.store.path_text import from_text, searchable

Table: TypeAlias = Literal["name_word", "text_word"]

NAME_WEIGHT, FOLDER_WEIGHT = 10.0, 1.0
EXPANSIONS, LETTER_EXPANSIONS = 500, 100
"""Trigrams tried for a term of one or two characters, and for a single Latin letter, where hundreds exist and
any hundred of them finds more than anyone looks at."""

RANKED = 20_000
"""Rows that are ranked: about 10 ms. A word in more of them says so little that the newest are as good."""

_PAGES_AT_ONCE = 2_000
"""Of a word index that are merged in one transaction: some tens of milliseconds."""

_NON_ASCII = re.compile("[^\x00-\x7f]")
_VOCABULARY = {"name_word": "name_term", "text_word": "text_term"}
_RANK = {"name_word": f"bm25(name_word, {NAME_WEIGHT}, {FOLDER_WEIGHT})", "text_word": "bm25(text_word)"}
_FITS = {
    "name_word": "name_word.rowid IN (SELECT file.id FROM file LEFT JOIN content ON content.id = content_id "
    "WHERE file.id = name_word.rowid AND {})",
    "text_word": "EXISTS (SELECT 1 FROM segment JOIN content ON content.id = segment.content_id "
    "JOIN file ON file.content_id = content.id WHERE segment.id = text_word.rowid AND {})",
}
_COUNTED = {"name_word": "file", "text_word": "segment"}
_PADDING = "  "
_LAST = "\U0010ffff" * 3
"""Behind every trigram that begins with what stands before it."""


def add_name(connection: apsw.Connection, file_id: int, path: str, root: str) -> None:
    """Make a file searchable by its name and by its folders from the chosen one (`root`) down."""
    file = PurePath(path)
    add_names(connection, [(file_id, file.name, of_folder(str(file.parent), root))])


def add_names(connection: apsw.Connection, files: Sequence[tuple[int, str, str]]) -> None:
    """The same for many: id, name, and what `of_folder` says of its folder."""
    connection.executemany(
        "INSERT INTO name_word (rowid, name, folders) VALUES (?, ?, ?)",
        ((id, searchable(name) + _PADDING, folders) for id, name, folders in files),
    )


def of_folder(folder: str, root: str) -> str:
    """The words by which the files in a folder are found, besides their names."""
    path = PurePath(folder)
    named = path.relative_to(PurePath(root).parent) if root else PurePath(path.name)
    return searchable(str(named)) + _PADDING


def add_stored_name(connection: apsw.Connection, file_id: int, path: str, root: str) -> None:
    """As `add_name`, of a path and a folder ("" if none) as they are stored."""
    add_name(connection, file_id, from_text(path), from_text(root))


def empty(connection: apsw.Connection) -> None:
    """Forget all names and texts, also of a damaged index of words."""
    for table in _VOCABULARY:
        connection.execute(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")


def remove_names(connection: apsw.Connection, file_ids: Sequence[int]) -> None:
    """Ids without a name are fine."""
    _remove(connection, "name_word", file_ids)


def add_text(connection: apsw.Connection, segment_id: int, text: str, ocr: str = "", about: str = "") -> None:
    """Make a segment searchable by its words."""
    if text or ocr or about:
        connection.execute(
            "INSERT INTO text_word (rowid, text, ocr, about) VALUES (?, ?, ?, ?)",
            (segment_id, *(searchable(part) + _PADDING if part else "" for part in (text, ocr, about))),
        )


def remove_texts(connection: apsw.Connection, segment_ids: Sequence[int]) -> None:
    """Ids without text are fine."""
    _remove(connection, "text_word", segment_ids)


def rebuild(connection: apsw.Connection) -> None:
    """Merge both indexes into one piece each, which leaves out what was removed."""
    for table in _VOCABULARY:
        connection.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")


def begin_merging(connection: apsw.Connection) -> None:
    """Let `merge` make one piece of all that there are."""
    for table in _VOCABULARY:
        connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('merge', -{_PAGES_AT_ONCE})")


def merge(connection: apsw.Connection) -> bool:
    """Merge some more. Returns whether there is more to merge."""
    more = False
    for table in _VOCABULARY:
        before = connection.total_changes()
        connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('merge', {_PAGES_AT_ONCE})")
        more |= connection.total_changes() - before >= 2  # as FTS5 tells that it did something
    return more


def matches(
    connection: apsw.Connection,
    table: Table,
    terms: Sequence[str],
    every: bool,
    limit: int,
    fits: str = "TRUE",
    values: Sequence[Value] = (),
) -> list[tuple[int, float]]:
    """Rows with every (or any) term, of files that fit a condition (see filters.py), best first.

    Returns:
        (row id, bm25) pairs; bm25 is larger for better ones (SQLite's own sign turned round). With a term of
        one or two characters among them, or more than `RANKED` rows to rank, all count the same and the
        newest rows come first. Of any terms, only the rarest take part that together have so few rows.
    """
    parts = {term: expression for term in terms if (expression := in_fts(connection, table, term))}
    if not parts or (every and len(parts) < len(set(terms))):
        return []
    short = any(map(_is_short, parts))
    rows_of = {term: 0 if short else frequency(connection, table, term, RANKED + 1) for term in parts}
    rarest = sorted(parts, key=rows_of.__getitem__)
    if not every:
        together = list(accumulate(rows_of[term] for term in rarest))
        rarest = rarest[: max(1, bisect_right(together, RANKED))]
    query = (" AND " if every else " OR ").join(f"({parts[term]})" for term in rarest)
    where = fitting(table, fits)
    # A short term stands for hundreds of trigrams, each of which bm25 would count in every row.
    rank = "0.0" if short or rows_of[rarest[0]] > RANKED else f"-{_RANK[table]}"
    found = fetch(
        connection,
        f"SELECT {table}.rowid, {rank} AS relevance FROM {table} WHERE {table} MATCH ? AND {where} "
        f"ORDER BY {'relevance DESC' if rank != '0.0' else f'{table}.rowid DESC'} LIMIT ?",
        (query, *values, limit),
    )
    return [(id, relevance) for id, relevance in found]


def all_matches(
    connection: apsw.Connection,
    table: Table,
    term: str,
    where: str,
    values: Sequence[Value],
    cancelled: Callable[[], bool] = lambda: False,
) -> list[int]:
    """All rows with a term, in their own name or text, that a condition on the row lets pass.

    Not all once `cancelled`. Of a single Latin letter only some trigrams are tried in texts, nearly all of
    which hold one of those if they hold the letter at all.
    """
    column = "name : " if table == "name_word" else ""
    query = f"SELECT {table}.rowid FROM {table} WHERE {table} MATCH ? AND {where}"
    found: set[int] = set()
    for expression in _expressions(connection, table, term):
        if cancelled():
            break
        rows = connection.execute(query, (f"{column}({expression})", *values))
        found.update(id for (id,) in rows)
    return list(found)


def fitting(table: Table, fits: str) -> str:
    """A condition on files (filters.py) as one on a row of a word index."""
    return _FITS[table].format(fits) if fits != "TRUE" else "TRUE"


def frequency(connection: apsw.Connection, table: Table, term: str, limit: int) -> int:
    """In how many rows a term occurs, counted up to `limit`."""
    expression = in_fts(connection, table, term)
    if not expression:
        return 0
    return int(
        connection.execute(
            f"SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {table} MATCH ? LIMIT ?)", (expression, limit)
        ).get
    )


def rows(connection: apsw.Connection, table: Table) -> int:
    """How many rows there may be: files, or segments, which need not all have a text."""
    return int(connection.execute(f"SELECT count(*) FROM {_COUNTED[table]}").get)


def folded(text: str) -> str:
    """Text as the word index compares it: no case, no accents on Latin letters; as long as `searchable`."""
    return _NON_ASCII.sub(_without_accent, searchable(text)).lower().replace("ς", "σ")


def _remove(connection: apsw.Connection, table: Table, ids: Sequence[int]) -> None:
    connection.executemany(f"DELETE FROM {table} WHERE rowid = ?", ((id,) for id in ids))
    connection.execute("UPDATE setting SET value = value + ? WHERE key = 'removed'", (len(ids),))


def _without_accent(found: re.Match[str]) -> str:
    character = found[0]
    base = unicodedata.normalize("NFD", character)[0]
    return base if base.isascii() else character


def in_fts(connection: apsw.Connection, table: Table, term: str) -> str:
    """A term in FTS5's language, a short one as far as it is tried, "" when nothing can match it."""
    if not _is_short(term):
        return _quoted(searchable(term))
    low = folded(term).strip()
    most = LETTER_EXPANSIONS if _is_letter(low) else EXPANSIONS
    return " OR ".join(_trigrams(connection, table, low, most))


def _expressions(connection: apsw.Connection, table: Table, term: str) -> list[str]:
    """The same for all that a term can match, in portions that each take a moment only."""
    if not _is_short(term):
        return [_quoted(searchable(term))]
    low = folded(term).strip()
    most = LETTER_EXPANSIONS if _is_letter(low) and table == "text_word" else -1
    trigrams = _trigrams(connection, table, low, most)
    starts = range(0, len(trigrams), EXPANSIONS)
    return [" OR ".join(trigrams[start : start + EXPANSIONS]) for start in starts]


def _trigrams(connection: apsw.Connection, table: Table, low: str, most: int) -> list[str]:
    """Those of the index that begin with one or two characters, `most` of them; all if that is -1."""
    if not low:
        return []
    found = fetch(
        connection,
        f"SELECT term FROM {_VOCABULARY[table]} WHERE term >= ? AND term <= ? LIMIT ?",
        (low, low + _LAST, most),
    )
    return [_quoted(trigram) for (trigram,) in found]


def _is_short(term: str) -> bool:
    return len(searchable(term).strip()) < 3


def _is_letter(low: str) -> bool:
    return len(low) == 1 and low.isascii()


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'

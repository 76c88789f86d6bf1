"""What a person keeps out of the index: rules, excluded files and folders, and forgotten files.

Leaving out is for good: file, names, texts and vectors are deleted, and SQLite overwrites what it deletes
(`secure_delete`). What only merging the word indexes removes goes with `Store.scrub`.
"""
# ruff: noqa: S608 - the parts put into queries are names of our own, never a person's text

import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict

import apsw
import msgspec

from indexer.messages.library_messages import Rules
from indexer.store import contents, files, problems
from indexer.store.database import Database, fetch
from indexer.store.path_text import below, from_text, to_text

_KEY = "rules"
_AT_ONCE = 500
_AT_OR_BELOW = "(file.path = ? OR (file.path >= ? AND file.path < ?))"


def marks(path: str, roots: Iterable[str], size: int, mtime_ns: int) -> set[bytes]:
    """What is kept of a forgotten file: enough to know it again while it stays as it is, and no name.

    One for each watched folder around it, counted from there, so that it holds when a drive is connected
    somewhere else, and when a folder in another one is watched for itself, or no longer.
    """
    around = [root for root in roots if path.startswith(root.rstrip(os.sep) + os.sep)]
    texts = [f"{to_text(path[len(root) :])}\0{size}\0{mtime_ns}" for root in around]
    return {hashlib.blake2b(text.encode(), digest_size=16).digest() for text in texts}


class LeftOut:
    """The rules and lists of one index."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def rules(self) -> Rules:
        """As they were set, or the usual ones."""
        with self._database.read() as connection:
            found = connection.execute("SELECT value FROM setting WHERE key = ?", (_KEY,)).get
            return Rules() if found is None else msgspec.convert(json.loads(found), Rules)

    def set_rules(self, rules: Rules) -> list[str]:
        """Keep other rules, and apply what needs no look at the disk: how large a picture has to be.

        Returns:
            Hashes of contents that are gone.
        """
        with self._database.write() as connection:
            smaller = rules.min_pixels < self.rules().min_pixels
            connection.execute(
                "INSERT INTO setting (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2",
                (_KEY, json.dumps(asdict(rules))),
            )
            if smaller:
                problems.retry_icons(connection)
            small = contents.smaller_than(connection, rules.min_pixels)
            for id, _, reason in small:
                files.fail(connection, id, "skipped", reason)
            return contents.remove_unshared(connection, [content for _, content, _ in small])

    def smaller_than(self, pixels: int) -> list[str]:
        """Pictures in the index with a shorter side."""
        with self._database.read() as connection:
            ids = [id for id, _, _ in contents.smaller_than(connection, pixels)]
            found = fetch(
                connection,
                "SELECT path FROM file WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps(ids),),
            )
            return [from_text(path) for (path,) in found]

    def excluded(self) -> tuple[str, ...]:
        """Files and folders that were taken out, by path."""
        with self._database.read() as connection:
            return tuple(
                from_text(path) for (path,) in fetch(connection, "SELECT path FROM excluded ORDER BY path")
            )

    def exclude(self, paths: Sequence[str]) -> list[str]:
        """Take out files and folders for good. Returns the hashes of contents that are gone."""
        with self._database.write() as connection:
            connection.executemany(
                "INSERT INTO excluded (path) VALUES (?) ON CONFLICT DO NOTHING",
                ((to_text(path),) for path in paths),
            )
        return self._erase(paths)

    def include(self, paths: Sequence[str]) -> None:
        """Take back `exclude`. Paths that were not excluded do no harm."""
        with self._database.write() as connection:
            for path in paths:
                connection.execute("DELETE FROM excluded WHERE path = ?", (to_text(path),))

    def is_known(self, path: str) -> bool:
        """Whether any file at or below a path is in the index, so that it can be forgotten."""
        with self._database.read() as connection:
            query = f"SELECT 1 FROM file WHERE {_AT_OR_BELOW} LIMIT 1"
            return bool(fetch(connection, query, (to_text(path), *below(path))))

    def forgotten(self) -> frozenset[bytes]:
        """A mark of every file that was forgotten and is to stay out until it changes."""
        with self._database.read() as connection:
            return frozenset(mark for (mark,) in fetch(connection, "SELECT mark FROM forgotten"))

    def forget(self, paths: Sequence[str]) -> list[str]:
        """Take files out until they change. Returns the hashes of contents that are gone."""
        with self._database.write() as connection:
            roots = [from_text(root) for (root,) in fetch(connection, "SELECT path FROM folder")]
            for path in paths:
                rows = fetch(
                    connection,
                    f"SELECT path, size, mtime_ns FROM file WHERE {_AT_OR_BELOW}",
                    (to_text(path), *below(path)),
                )
                connection.executemany(
                    "INSERT INTO forgotten (mark) VALUES (?) ON CONFLICT DO NOTHING",
                    ((mark,) for file, *state in rows for mark in marks(from_text(file), roots, *state)),
                )
        return self._erase(paths)

    def remove_strays(self, folder: str) -> list[int]:
        """Forget files that were found in a folder after it had left the list. Returns their contents."""
        with self._database.write() as connection:
            strays = fetch(
                connection,
                "SELECT id FROM file WHERE path >= ? AND path < ? AND folder_id IS NULL",
                below(folder),
            )
            return files.remove(connection, [id for (id,) in strays])

    def erase(self, content_ids: Sequence[int]) -> list[str]:
        """Delete those of these contents that no file has. Returns their hashes."""
        hashes: list[str] = []
        for start in range(0, len(content_ids), _AT_ONCE):
            with self._database.write() as connection:
                hashes += contents.remove_unshared(connection, content_ids[start : start + _AT_ONCE])
        return hashes

    def _erase(self, paths: Sequence[str]) -> list[str]:
        hashes: list[str] = []
        for path in paths:
            while True:
                with self._database.write() as connection:
                    portion = _erase(connection, path)
                if portion is None:
                    break
                hashes += portion
        return hashes


def _erase(connection: apsw.Connection, path: str) -> list[str] | None:
    """Some of the files at or below a path, with what only they had; None when there are none."""
    rows = fetch(
        connection,
        f"SELECT id FROM file WHERE {_AT_OR_BELOW} LIMIT ?",
        (to_text(path), *below(path), _AT_ONCE),
    )
    if not rows:
        return None
    return contents.remove_unshared(connection, files.remove(connection, [id for (id,) in rows]))

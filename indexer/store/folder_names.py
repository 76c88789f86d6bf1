"""Folders by the name a person gives, "Holiday" or "Photos/Holiday", or by a path in another spelling."""
# ruff: noqa: S608 - the parts put into queries are names of our own, never a person's text

from pathlib import PurePath

import apsw

from indexer.store import folders
from indexer.store.database import fetch
from indexer.store.path_text import FOLDER, below, from_text
from indexer.store.words import folded, in_fts


def find(connection: apsw.Connection, name: str) -> list[str]:
    """Paths of the indexed folders with this name, case and accents aside.

    Where none has it, those that have it in their name. A name of several parts is the end of a path.
    """
    exact, partial = _called(connection, name)
    return exact or partial


def at(connection: apsw.Connection, path: str) -> list[str]:
    """An absolute path as it is written in the index; empty where no file is below it.

    As it is given if there are files below just that, which some volumes tell from others; if not, case and
    accents aside, as other volumes mean it. Asks no disk: it may be slow, or away.
    """
    if fetch(connection, "SELECT 1 FROM file WHERE path >= ? AND path < ? LIMIT 1", below(path)):
        return [path]
    wanted = [folded(part) for part in PurePath(path).parts]
    chosen = [PurePath(row.path).parts[: len(wanted)] for row in folders.rows(connection)]
    around = {str(PurePath(*parts)) for parts in chosen if [folded(part) for part in parts] == wanted}
    return sorted(around) or _called(connection, path)[0]


def _called(connection: apsw.Connection, name: str) -> tuple[list[str], list[str]]:
    """Folders of this name, and folders that have it in their name, which are all if none is called so."""
    wanted = [folded(part) for part in PurePath(name).parts]
    if not wanted or not (term := in_fts(connection, "name_word", PurePath(name).parts[-1])):
        return [], []
    exact: dict[str, None] = {}
    partial: dict[str, None] = {}
    for (folder,) in fetch(
        connection,
        f"SELECT DISTINCT {FOLDER} FROM name_word JOIN file ON file.id = name_word.rowid "
        "WHERE name_word MATCH ?",
        (f"folders : ({term})",),
    ):
        _note(PurePath(from_text(folder)), wanted, exact, partial)
    return list(exact), list(partial)


def _note(folder: PurePath, wanted: list[str], exact: dict[str, None], partial: dict[str, None]) -> None:
    around = [folder, *folder.parents]
    if any(str(each) in exact for each in around):
        return
    named = ""
    for each in reversed(around):  # the outermost holds the others
        tail = [folded(part) for part in each.parts[-len(wanted) :]]
        if tail == wanted:
            exact[str(each)] = None
            return
        if len(tail) == len(wanted) and tail[:-1] == wanted[:-1] and wanted[-1] in tail[-1]:
            named = named or str(each)
    if named:
        partial[named] = None

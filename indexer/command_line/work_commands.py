"""`sightline pause`, `resume`, `hurry`: a running engine obeys within seconds, and so does the next one."""

import argparse
import re
import sys
import time

from indexer.command_line.command_session import Session, session
from indexer.command_line.status_commands import NOBODY
from indexer.courtesy.politeness import pause_in_words
from indexer.errors import UserError
from indexer.lock import is_held
from indexer.store.store import Store

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_LONGEST_S = 365 * 86_400


def seconds(text: str) -> float:
    """`90m`, `1h30m`, `2d` as seconds. Raises ArgumentTypeError."""
    parts = re.findall(r"(\d+)([smhd])", text)
    if not parts or "".join(number + unit for number, unit in parts) != text:
        raise argparse.ArgumentTypeError("must be a time such as 30m, 1h or 2d")
    whole = sum(int(number) * _UNITS[unit] for number, unit in parts)
    if whole > _LONGEST_S:
        raise argparse.ArgumentTypeError("must be at most 365d; without a time it stays paused until resumed")
    return float(whole)


def pause(arguments: argparse.Namespace) -> int:
    """Stop indexing, everything or some folders, for a time or until resumed."""
    here = session(arguments)
    until = None if arguments.time is None else time.time() + arguments.time
    with _store(here) as store:
        for folder in _folders(store, arguments.folders):
            store.wishes.pause(folder, until)
        _say(here, store)
    return 0


def resume(arguments: argparse.Namespace) -> int:
    """Go on indexing."""
    here = session(arguments)
    with _store(here) as store:
        for folder in _folders(store, arguments.folders):
            store.wishes.resume(folder)
        _say(here, store)
    return 0


def hurry(arguments: argparse.Namespace) -> int:
    """Let indexing wait for nothing until it is done, or end that."""
    here = session(arguments)
    with _store(here) as store:
        store.wishes.hurry(not arguments.off)
        _say(here, store)
    return 0


def _say(here: Session, store: Store) -> None:
    """How things stand now."""
    wishes = store.wishes.now()
    works = is_held(here.paths.lock)
    goes_on = "Indexing goes on." if works else "Nothing is paused: `sightline index` goes on."
    hurried = "Indexing waits for nothing until it is done." + ("" if works else f" {NOBODY}")
    said = [hurried if wishes.hurry else "", pause_in_words(wishes)]
    print("\n".join(filter(None, said)) or goes_on, file=sys.stderr)


def _store(here: Session) -> Store:
    """Opened beside an engine that may be running: one short write each. Raises UserError."""
    if not here.paths.database.exists():
        raise UserError("Nothing is indexed yet in this data directory: start with `sightline index FOLDER`.")
    return Store.open(here.paths.database)


def _folders(store: Store, wanted: list[str]) -> list[str]:
    from indexer.disk.named_folders import known_folder

    known = [row.path for row in store.folders()]
    return [known_folder(folder, known) for folder in wanted] or [""]

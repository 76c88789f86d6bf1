"""What lies in a folder now: the truth that the index is compared with."""

import os
import stat
import sys
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import UserError
from indexer.ingest.items import why
from indexer.ingest.rules import is_hidden, is_ignored_name


class RootUnreadable(UserError):
    """A chosen folder is gone (an unplugged drive, say) or cannot be read: nothing is known of its files."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A regular file: what tells whether it is the one seen before, without opening it.

    Attributes:
        path: absolute. A name that is not Unicode has lone surrogates; `os.fsencode` gives its bytes.
        mtime_ns: when its content last changed, nanoseconds since the epoch.
        device, inode: equal for all names of one file, and kept when it is renamed on its volume.
    """

    path: str
    size: int
    mtime_ns: int
    device: int
    inode: int


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A folder or file that could not be looked at: what was known below it is unknown now, not gone."""

    path: str
    reason: str


def walk(folder: str | Path, exclude: Collection[str | Path] = ()) -> Iterator[Seen | Unreadable]:
    """All files below a folder, in no particular order, without what `rules.is_ignored` ignores.

    Links to folders are not followed, links to files are; a folder that is there twice (mounts) is walked
    once. Pipes, sockets and devices are left out. Nothing but folders is opened.

    Args:
        folder: absolute; may itself be hidden or a link, as it was chosen.
        exclude: folders that are not entered (the program's own data, for one).

    Raises `RootUnreadable` from the call itself, before the first result.
    """
    root = os.fspath(folder)
    try:
        entries = _entries(root)
        known = {_identity(Path(root).stat())}
    except OSError as error:
        raise RootUnreadable(_root_sentence(root, error)) from error
    return _walk(entries, known, {os.path.normpath(path) for path in exclude})


def see(path: str | Path) -> Seen | None:
    """One file as `walk` would report it; None when it is gone or no regular file. Ignores nothing."""
    try:
        status = Path(path).stat()
    except OSError:
        return None
    return _seen(os.fspath(path), status) if stat.S_ISREG(status.st_mode) else None


def _walk(
    entries: list[os.DirEntry[str]], known: set[tuple[int, int]], excluded: set[str]
) -> Iterator[Seen | Unreadable]:
    stack = [entries]
    while stack:
        for entry in stack.pop():
            if is_ignored_name(entry.name):
                continue
            link = entry.is_symlink()
            try:
                status = _status(entry)
                if is_hidden(status):
                    continue
                if stat.S_ISREG(status.st_mode):
                    yield _seen(entry.path, status)
                elif (
                    stat.S_ISDIR(status.st_mode) and not link and os.path.normpath(entry.path) not in excluded
                ):
                    identity = _identity(status)
                    if identity not in known:
                        known.add(identity)
                        stack.append(_entries(entry.path))
            except OSError as error:
                # Not worth a word: a link to nowhere or to itself, and what is gone since its folder was read
                if not link and not isinstance(error, FileNotFoundError):
                    yield Unreadable(entry.path, why(error))


def _entries(folder: str) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return list(entries)


def _status(entry: os.DirEntry[str]) -> os.stat_result:
    # On Windows an entry's own status lacks device and inode
    return Path(entry.path).stat() if sys.platform == "win32" else entry.stat()


def _identity(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino


def _seen(path: str, status: os.stat_result) -> Seen:
    return Seen(path, status.st_size, status.st_mtime_ns, status.st_dev, status.st_ino)


def _root_sentence(root: str, error: OSError) -> str:
    match error:
        case FileNotFoundError():
            return f"The folder {root} does not exist. Check its name, or connect the drive it is on."
        case NotADirectoryError():
            return f"{root} is not a folder. Choose the folder that contains it."
        case PermissionError():
            return f"The folder {root} cannot be read. Allow this user to open it."
        case _:
            return f"The folder {root} cannot be read ({(error.strerror or 'unknown error').lower()})."

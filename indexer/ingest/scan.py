"""What lies in a folder now: the truth that the index is compared with."""

import contextlib
import errno
import os
import stat
import sys
import unicodedata
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from indexer.drives.answering import NO_ANSWER
from indexer.errors import UserError
from indexer.ingest.items import is_folder, is_placeholder, why
from indexer.ingest.rules import is_hidden
from indexer.ingest.scope import Level, Scope

VANISHED: Final = ""
"""It was listed and not there a moment later. It is gone, or the folder around it was for that moment:
whoever hears of either looks again."""

_STUB: Final = ".icloud"
_GONE: Final = frozenset((errno.ENOENT, errno.ENOTDIR, errno.ELOOP))
_LATEST: Final = 2**63 - 1
"""As much as the index holds; disks know later years, which faulty clocks write."""
_LONGEST: Final = 257 if sys.platform == "win32" else sys.maxsize
"""Characters of a path, with room for what is added to list a folder."""

TOO_LONG: Final = (
    "Its path is too long for Windows as it is set: allow long paths there (LongPathsEnabled), or shorten "
    "the names of the folders around it."
)


class RootUnreadable(UserError):
    """A chosen folder is gone (an unplugged drive, say) or cannot be read: nothing is known of its files."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A regular file: what tells whether it is the one seen before, without opening it.

    Attributes:
        path: absolute. A name that is not Unicode has lone surrogates; `os.fsencode` gives its bytes.
        mtime_ns: when its content last changed, nanoseconds since the epoch; not after 2262.
        device, inode: equal for all names of one file, and kept when it is renamed on its volume.
        cloud: its bytes are not on this computer.
    """

    path: str
    size: int
    mtime_ns: int
    device: int
    inode: int
    cloud: bool = False


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A folder or file that could not be looked at: what was known below it is unknown now, not gone.

    `reason`: a sentence, or `VANISHED`.
    """

    path: str
    reason: str


def walk(
    folder: str | Path,
    scope: Scope | None = None,
    within: str | Path | None = None,
    silent: Container[str] = (),
    visiting: Callable[[str], None] = lambda path: None,
) -> Iterator[Seen | Unreadable]:
    """All files below a folder, in no particular order, without what is left out.

    Links to folders are not followed, links to files are; a folder that is there twice (mounts) is walked
    once. Pipes, sockets and devices are left out. Nothing but folders is opened.

    Args:
        folder: absolute; may itself be hidden or a link, as it was chosen.
        scope: what is left out.
        within: the watched folder, if that is one further up.
        silent: folders that do not answer: they are reported and not touched.
        visiting: called with each file and folder before it is touched.

    Raises `RootUnreadable` from the call itself, before the first result, or once the watched folder is gone.
    """
    root = os.fspath(folder)
    try:
        entries = _entries(root)
        known = {_identity(Path(root).stat())}
    except OSError as error:
        raise RootUnreadable(why_unreadable(root, error)) from error
    scope = scope or Scope()
    names = {entry.name for entry in entries}
    if within is None or os.fspath(within) == root:
        level = scope.root(root, names)
    else:
        level = scope.down_to(root, os.fspath(within))
    if level.is_closed:
        return iter(())
    return _walk(entries, level, known, scope, silent, visiting, os.fspath(within or root))


def see(path: str | Path) -> Seen | Unreadable | None:
    """One file as `walk` would report it; None when it is gone or no regular file. Ignores nothing."""
    text = os.fspath(path)
    try:
        status = os.stat(text)  # noqa: PTH116 - for every file that is touched
    except OSError as error:
        stub = _see_stub(text)
        return stub if stub is not None or error.errno in _GONE else Unreadable(text, why(error))
    return _seen(text, status) if stat.S_ISREG(status.st_mode) else None


def as_kept(path: str, root: str, folders: dict[str, str] | None = None) -> str:
    """A path below a watched folder as the folders list it, which `walk` reports.

    Where a volume takes several spellings for one name (capitals, accents as a letter or a letter and a
    mark), a program may use, and the watcher report, another one than it keeps.

    Args:
        folders: what was found of folders, for many paths at once.
    """
    if path == root:
        return root
    folders = {} if folders is None else folders
    folder, name = os.path.split(path)
    if folder not in folders:
        folders[folder] = as_kept(folder, root, folders)
    kept = folders[folder]
    if name.isdecimal() or not _has_other_spellings(kept, name):
        return os.path.join(kept, name)  # noqa: PTH118 - as `os.scandir` puts it together
    return _spelt(kept, name)


def _has_other_spellings(folder: str, name: str) -> bool:
    try:
        status = os.lstat(os.path.join(folder, name))  # noqa: PTH118
    except OSError:
        return False
    others = {name.swapcase(), *(unicodedata.normalize(form, name) for form in ("NFC", "NFD"))} - {name}
    for other in others:
        with contextlib.suppress(OSError, ValueError):
            if os.path.samestat(os.lstat(os.path.join(folder, other)), status):  # noqa: PTH118
                return True
    return False


def _spelt(folder: str, name: str) -> str:
    """The one of the names in a folder that the volume takes this for."""
    path = os.path.join(folder, name)  # noqa: PTH118
    status = os.lstat(path)
    with os.scandir(folder) as entries:
        listed = {entry.name: entry for entry in entries}
    if name in listed:
        return path
    for entry in listed.values():
        if _same_letters(entry.name, name):
            with contextlib.suppress(OSError):
                if os.path.samestat(os.lstat(entry.path), status):
                    return entry.path
    return path


def _same_letters(one: str, other: str) -> bool:
    return unicodedata.normalize("NFC", one).casefold() == unicodedata.normalize("NFC", other).casefold()


def _walk(
    entries: list[os.DirEntry[str]],
    level: Level,
    known: set[tuple[int, int]],
    scope: Scope,
    silent: Container[str],
    visiting: Callable[[str], None],
    watched: str,
) -> Iterator[Seen | Unreadable]:
    rules = scope.rules
    stack = [(level, entries)]
    while stack:
        level, entries = stack.pop()
        for entry in entries:
            name = entry.name
            if name.endswith(_STUB) and (seen := _see_stub(_without_stub(entry.path))) is not None:
                if not level.leaves_out(Path(seen.path).name, seen.path, is_folder=False):
                    yield seen
                continue
            if scope.is_ignored_name(name):
                continue
            if entry.path in silent:
                yield Unreadable(entry.path, NO_ANSWER)
                continue
            visiting(entry.path)
            link = entry.is_symlink()
            try:
                status = _status(entry)
                folder = stat.S_ISDIR(status.st_mode)
                if (is_hidden(status) and not rules.hidden) or level.says_no(entry.path, folder):
                    continue
                if stat.S_ISREG(status.st_mode):
                    if status.st_size >= rules.min_bytes:
                        yield _seen(entry.path, status)
                elif folder and not link:
                    identity = _identity(status)
                    if identity not in known:
                        known.add(identity)
                        inside = _entries(entry.path)
                        below = level.enter(entry.path, {each.name for each in inside})
                        if not below.is_closed:
                            stack.append((below, inside))
            except OSError as error:
                # A link to nowhere or to itself is not worth a word
                if isinstance(error, FileNotFoundError) and len(entry.path) > _LONGEST:
                    yield Unreadable(entry.path, TOO_LONG)  # what Windows says of them
                elif not link:
                    vanished = isinstance(error, FileNotFoundError)
                    if vanished and not is_folder(watched):  # of which nobody else may hear
                        raise RootUnreadable(why_unreadable(watched, error)) from error
                    yield Unreadable(entry.path, VANISHED if vanished else why(error))


def _see_stub(path: str) -> Seen | None:
    """A file that older macOS keeps in the cloud: in its place lies a small hidden one, `.name.icloud`."""
    file = Path(path)
    try:
        status = file.with_name(f".{file.name}{_STUB}").stat()
    except (OSError, ValueError):
        return None
    return Seen(path, status.st_size, status.st_mtime_ns, status.st_dev, status.st_ino, cloud=True)


def _without_stub(path: str) -> str:
    stub = Path(path)
    return os.path.join(stub.parent, stub.name.removeprefix(".").removesuffix(_STUB))  # noqa: PTH118


def _entries(folder: str) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return list(entries)


def _status(entry: os.DirEntry[str]) -> os.stat_result:
    # On Windows an entry's own status lacks device and inode
    return Path(entry.path).stat() if sys.platform == "win32" else entry.stat()


def _identity(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino


def _seen(path: str, status: os.stat_result) -> Seen:
    changed = max(-_LATEST, min(status.st_mtime_ns, _LATEST))
    return Seen(path, status.st_size, changed, status.st_dev, status.st_ino, is_placeholder(status))


def why_unreadable(root: str, error: OSError) -> str:
    """The sentence for a chosen folder that cannot be gone through."""
    match error:
        case FileNotFoundError():
            return f"The folder {root} does not exist. Check its name, or connect the drive it is on."
        case NotADirectoryError():
            return f"{root} is not a folder. Choose the folder that contains it."
        case PermissionError():
            return f"The folder {root} cannot be read. Allow this user to open it."
        case _:
            return f"The folder {root} cannot be read ({(error.strerror or 'unknown error').lower()})."

"""What of a watched folder is indexed: the rules a person set, ignore files, and what they took out.

Patterns are those of Git (`pathspec`): the rules' count from the watched folder down, those in a file
`.sightlineignore` from its own folder down, and the innermost file that says something about a path decides.
What is in a folder that is left out is left out, whatever is said of it further down.
"""

import os
import stat
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Final

from pathspec import GitIgnoreSpec

from indexer.errors import UserError
from indexer.ingest.items import is_there
from indexer.ingest.rules import is_hidden, is_ignored_name
from indexer.messages.library_messages import Rules

IGNORE_FILE: Final = ".sightlineignore"
_MOST_BYTES: Final = 1 << 20
# What virtual environments and caches hold in their topmost folder to be recognised by.
_DERIVED: Final = ("pyvenv.cfg", "CACHEDIR.TAG")


class Scope:
    """What is indexed, for all watched folders.

    Args:
        excluded: files and folders that are left out with all that is in them.
    """

    def __init__(self, rules: Rules | None = None, excluded: Iterable[str] = ()) -> None:
        self.rules = rules or Rules()
        self._excluded = {os.path.normpath(path) for path in excluded}
        self._patterns = patterns(self.rules.exclude)

    def root(self, folder: str, names: Collection[str] = ()) -> "Level":
        """The watched folder itself, which is indexed whatever it is called. `names`: what is in it."""
        return Level(
            self, None, folder, _ignore_file(folder) if IGNORE_FILE in names else None, self._patterns
        )

    def leaves_out(self, path: str, root: str, levels: "dict[str, Level] | None" = None) -> bool:
        """Whether a file or folder below a watched folder, there or gone, is not indexed.

        Args:
            levels: what was found of folders, for many paths at once.
        """
        if path == root:
            return False
        folder, name = os.path.split(path)
        level = self.down_to(folder, root, levels)
        if level.is_closed:
            return True
        status = _status(path)
        if status is None:
            return level.leaves_out(name, path, is_folder=False)
        return self._hides(status) or level.leaves_out(name, path, stat.S_ISDIR(status.st_mode))

    def down_to(self, folder: str, root: str, levels: "dict[str, Level] | None" = None) -> "Level":
        """A folder below a watched one, with what all the folders in between say."""
        levels = {} if levels is None else levels
        if folder not in levels:
            if folder == root:
                levels[folder] = self.root(root, _marks(root))
            else:
                above = self.down_to(str(Path(folder).parent), root, levels)
                closed = above.is_closed or above.leaves_out(Path(folder).name, folder, is_folder=True)
                status = _status(folder)
                hidden = status is not None and self._hides(status)
                levels[folder] = above.enter(folder, _marks(folder), closed or hidden)
        return levels[folder]

    def ignores_name(self, path: str, root: str) -> bool:
        """Whether its name alone, or that of a folder in between, leaves a path out. Asks no disk.

        An ignore file counts as the folder it is in: what it says concerns that.
        """
        if path == root:
            return False
        parts = (path[len(root) :] if path.startswith(root) else path).split(os.sep)  # noqa: PTH206 - for every event
        if parts[-1] == IGNORE_FILE:
            parts.pop()
        return any(self.is_ignored_name(part) for part in parts if part)

    def is_ignored_name(self, name: str) -> bool:
        """Whether one part of a path is of the kind that nobody means, by its name."""
        return is_ignored_name(name, self.rules.hidden, self.rules.developer)

    def is_excluded(self, path: str) -> bool:
        """Whether just this file or folder was taken out."""
        return path in self._excluded

    def _hides(self, status: os.stat_result) -> bool:
        """Whether the system hides it by an attribute, as it does `AppData` and `~/Library`."""
        return is_hidden(status) and not self.rules.hidden


class Level:
    """One folder on the way down from a watched one. Made by `Scope.root` and `enter`.

    Attributes:
        folder: its path.
        is_closed: nothing in it is indexed; because it is a virtual environment or a cache, for one.
    """

    __slots__ = ("_scope", "_spec", "folder", "is_closed")

    _spec: "_Patterns | None"

    def __init__(
        self,
        scope: Scope,
        above: "Level | None",
        folder: str,
        ignore_file: GitIgnoreSpec | None,
        outermost: GitIgnoreSpec | None = None,
        is_closed: bool = False,
    ) -> None:
        self._scope = scope
        self.folder = folder
        self.is_closed = is_closed
        # levels without patterns of their own are left out of the chain
        own = _Patterns(folder, outermost, None) if outermost else None
        inherited = above._spec if above is not None else own
        self._spec = _Patterns(folder, ignore_file, inherited) if ignore_file else inherited

    def enter(self, folder: str, names: Collection[str], closed: bool = False) -> "Level":
        """A folder in this one, with the names of what is in it."""
        derived = not self._scope.rules.developer and any(name in names for name in _DERIVED)
        spec = _ignore_file(folder) if IGNORE_FILE in names else None
        return Level(self._scope, self, folder, spec, is_closed=closed or derived)

    def leaves_out(self, name: str, path: str, is_folder: bool) -> bool:
        """Whether a file or folder in this one is left out."""
        return self._scope.is_ignored_name(name) or self.says_no(path, is_folder)

    def says_no(self, path: str, is_folder: bool) -> bool:
        """Whether it is left out for another reason than its name."""
        if self._scope.is_excluded(path):
            return True
        return self._spec is not None and self._spec.match(path, is_folder)


class _Patterns:
    """Patterns that count from a folder down, and those from further up for what they say nothing about."""

    __slots__ = ("_folder", "_spec", "_weaker")

    def __init__(self, folder: str, spec: GitIgnoreSpec, weaker: "_Patterns | None") -> None:
        self._folder = folder
        self._spec = spec
        self._weaker = weaker

    def match(self, path: str, is_folder: bool) -> bool:
        inside = path[len(self._folder) :].replace(os.sep, "/").lstrip("/")
        said = self._spec.check_file(inside + "/" * is_folder).include
        if said is not None:
            return said
        return self._weaker is not None and self._weaker.match(path, is_folder)


def patterns(lines: Iterable[str]) -> GitIgnoreSpec | None:
    """Patterns ready to be matched, None if there are none. Raises UserError naming a senseless one."""
    lines = list(lines)
    for line in lines:
        try:
            GitIgnoreSpec.from_lines([line])
        except ValueError as error:
            raise UserError(
                f"The pattern {line!r} makes no sense: write it as in a .gitignore, such as *.tmp or /Old/."
            ) from error
    spec = GitIgnoreSpec.from_lines(lines)
    return spec if any(pattern.include is not None for pattern in spec.patterns) else None


def _ignore_file(folder: str) -> GitIgnoreSpec | None:
    """What an ignore file says; a line that makes no sense, as one that cannot be read, says nothing."""
    try:
        with Path(folder, IGNORE_FILE).open("rb") as file:
            text = os.fsdecode(file.read(_MOST_BYTES)).removeprefix("\ufeff")
    except OSError:
        return None
    sound = []
    for line in text.splitlines():
        try:
            patterns([line])
        except UserError:
            continue
        sound.append(line)
    return patterns(sound)


def _status(path: str) -> os.stat_result | None:
    try:
        return os.stat(path)  # noqa: PTH116 - for every file that is touched
    except (OSError, ValueError):
        return None


def _marks(folder: str) -> set[str]:
    return {name for name in (IGNORE_FILE, *_DERIVED) if is_there(Path(folder, name))}

"""The programs of a Linux desktop that say they can open a file, as freedesktop.org describes it."""

import configparser
import os
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QLocale, QMimeDatabase, QUrl

from desktop_app.system.file_url import url_of

_FILE_CODES = ("%f", "%F")
_URL_CODES = ("%u", "%U")


def programs(path: str) -> list[tuple[str, list[str]]]:
    """Name and command line of each, by name."""
    mime = QMimeDatabase().mimeTypeForFile(path)
    wanted = {mime.name(), *mime.allAncestors(), *mime.aliases()}
    found: dict[str, list[str]] = {}
    seen: set[str] = set()
    for file in _entries():
        entry = _read(file, wanted, path) if file.name not in seen else None
        seen.add(file.name)  # the person's own goes before that of the system
        if entry is not None:
            found.setdefault(*entry)
    return sorted(found.items(), key=lambda each: each[0].casefold())


def _entries() -> Iterator[Path]:
    home = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local/share")
    shared = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    for folder in (home, *shared.split(":")):
        yield from sorted(Path(folder, "applications").glob("**/*.desktop"))


def _read(file: Path, wanted: set[str], path: str) -> tuple[str, list[str]] | None:
    parser = configparser.ConfigParser(interpolation=None, strict=False, delimiters=("=",))
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    try:
        parser.read(file, encoding="utf-8")
        entry = parser["Desktop Entry"]
        types = set(entry.get("MimeType", "").split(";"))
        hidden = "true" in (entry.get("NoDisplay"), entry.get("Hidden"), entry.get("Terminal"))
        command = shlex.split(entry.get("Exec", ""))
    except (configparser.Error, KeyError, ValueError, OSError):
        return None
    if hidden or not command or not types & wanted or shutil.which(command[0]) is None:
        return None
    language = QLocale().name()
    names = (entry.get(key) for key in (f"Name[{language}]", f"Name[{language[:2]}]", "Name"))
    return next(filter(None, names), file.stem), list(_filled(command, path))


def _filled(command: list[str], path: str) -> Iterator[str]:
    for word in command:
        if word in _FILE_CODES:
            yield path
        elif word in _URL_CODES:
            yield url_of(path).toString(QUrl.ComponentFormattingOption.FullyEncoded)
        elif not (len(word) == 2 and word.startswith("%")):
            yield word

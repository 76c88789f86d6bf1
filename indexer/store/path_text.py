"""File names as database text, without loss.

Names are bytes on Linux and 16-bit units on Windows; the few that are no Unicode reach Python with lone
surrogates, which SQLite's UTF-8 cannot hold. Each such character, and the escape sign itself, becomes
the sign and six hex digits. Every other name stays as it reads, and a folder stays a prefix of what
lies in it.
"""

import json
import os
import re
import unicodedata
from collections.abc import Sequence

_SIGN = "\U0010fffe"
_UNSAFE = re.compile(f"[\ud800-\udfff{_SIGN}]")
_NO_CHARACTER = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_DIGITS = re.compile("[0-9]+")
_ESCAPED = re.compile(f"{_SIGN}([0-9a-f]{{6}})")

FOLDER = f"rtrim(path, replace(path, '{os.sep}', ''))"
"""In SQL: the folder of a stored path, up to the sign behind it."""

_FEW = 100
"""Folders that are named one by one; SQLite takes no condition of a thousand parts."""
_BELOW_MANY = (
    "file.id IN (SELECT inside.id FROM json_each(?) AS bound CROSS JOIN file AS inside "
    "ON inside.path >= bound.value ->> 0 AND inside.path < bound.value ->> 1)"
)


def to_text(path: str) -> str:
    """A path as it is stored."""
    return path if path.isascii() else _UNSAFE.sub(lambda found: f"{_SIGN}{ord(found[0]):06x}", path)


def from_text(text: str) -> str:
    """The path again, exactly."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if _SIGN in text else text


def below(folder: str) -> tuple[str, str]:
    """Bounds of everything below a folder: `low <= stored path < high`."""
    low = to_text(folder)
    if not low.endswith(os.sep):
        low += os.sep
    return low, low[:-1] + chr(ord(low[-1]) + 1)


def below_any(folders: Sequence[str]) -> tuple[str, list[str]]:
    """The same as SQL about a row of `file`, for any of these folders, with the values for its marks."""
    bounds = [below(folder) for folder in folders]
    if len(folders) <= _FEW:
        each = " OR ".join(["file.path >= ? AND file.path < ?"] * len(folders))
        return f"({each})", [bound for both in bounds for bound in both]
    return _BELOW_MANY, [json.dumps(bounds)]


def extension(path: str) -> str:
    """As files are filtered by: lower case, without the dot; "" if there is none."""
    _, _, name = path.rpartition(os.sep)
    stem, _, suffix = name.rpartition(".")
    return suffix.lower() if stem else ""


def natural_name(text: str) -> str:
    """What files are sorted by where that is the name, of a stored path: `scan 2` before `Scan 10`.

    Kept with every file, so that whoever changes it has to write them anew in a step of migration.
    """
    return _DIGITS.sub(_counted, text.rpartition(os.sep)[2].casefold())


def _counted(digits: re.Match[str]) -> str:
    """A number with how long it is before it, which texts then compare first: 7 as `17`, 10 as `210`."""
    number = digits[0].lstrip("0")
    length = len(number)
    return f"{length}{number}" if length < 9 else f"9{length:03}{number}"


def searchable(text: str) -> str:
    """Text as the word index reads it: one form for letters that can be written in several ways.

    NFKC, because macOS hands out decomposed names and PDFs hold ligatures. Controls and lone
    surrogates become blanks: the first end a query early, the second cannot be stored.
    """
    return _NO_CHARACTER.sub(" ", unicodedata.normalize("NFKC", text))

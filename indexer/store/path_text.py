"""File names as database text, without loss.

Names are bytes on Linux and 16-bit units on Windows; the few that are no Unicode reach Python with lone
surrogates, which SQLite's UTF-8 cannot hold. Each such character, and the escape sign itself, becomes
the sign and six hex digits. Every other name stays as it reads, and a folder stays a prefix of what
lies in it.
"""

import os
import re
import unicodedata
from pathlib import PurePath

_SIGN = "\U0010fffe"
_UNSAFE = re.compile(f"[\ud800-\udfff{_SIGN}]")
_NO_CHARACTER = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_DIGITS = re.compile("[0-9]+")
_MOST_DIGITS = 18
_ESCAPED = re.compile(f"{_SIGN}([0-9a-f]{{6}})")


def to_text(path: str) -> str:
    """A path as it is stored."""
    return _UNSAFE.sub(lambda found: f"{_SIGN}{ord(found[0]):06x}", path)


def from_text(text: str) -> str:
    """The path again, exactly."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if _SIGN in text else text


def below(folder: str) -> tuple[str, str]:
    """Bounds of everything below a folder: `low <= stored path < high`."""
    low = to_text(folder)
    if not low.endswith(os.sep):
        low += os.sep
    return low, low[:-1] + chr(ord(low[-1]) + 1)


def extension(path: str) -> str:
    """As files are filtered by: lower case, without the dot; "" if there is none."""
    return PurePath(path).suffix[1:].lower()


def natural_name(text: str) -> str:
    """What files are sorted by where that is the name, of a stored path: `scan 2` before `Scan 10`."""
    name = text.rpartition(os.sep)[2].casefold()
    return _DIGITS.sub(lambda found: found[0].zfill(_MOST_DIGITS), name)


def searchable(text: str) -> str:
    """Text as the word index reads it: one form for letters that can be written in several ways.

    NFKC, because macOS hands out decomposed names and PDFs hold ligatures. Controls and lone
    surrogates become blanks: the first end a query early, the second cannot be stored.
    """
    return _NO_CHARACTER.sub(" ", unicodedata.normalize("NFKC", text))

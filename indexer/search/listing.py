"""The relevant set in the wished order."""

from collections.abc import Sequence
from pathlib import Path

from indexer.kinds import Sort
from indexer.search.fuse import Ranked


def arranged(ranked: Sequence[Ranked], sort: Sort) -> list[Ranked]:
    """In the wished order; files equal in it stay in that of relevance."""
    match sort:
        case "newest":
            return sorted(ranked, key=lambda one: -one.file.moment)
        case "oldest":
            return sorted(ranked, key=lambda one: one.file.moment)
        case "name":
            return sorted(ranked, key=lambda one: _natural(Path(one.file.path).name))
        case "size":
            return sorted(ranked, key=lambda one: -one.file.size)
        case "relevance":
            return list(ranked)


def _natural(name: str) -> list[tuple[int, str]]:
    """`scan 2` before `scan 10`."""
    parts: list[tuple[int, str]] = []
    digits = ""
    for character in name.casefold() + " ":
        if character.isascii() and character.isdigit():
            digits += character
            continue
        if digits:
            parts.append((int(digits[-18:]), ""))
            digits = ""
        parts.append((10**18, character))
    return parts

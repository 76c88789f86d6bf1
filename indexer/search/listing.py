"""The relevant set as a page of a list: in the wished order, what looks the same folded, cut to the page.

Two pictures look the same when their thumbnails do (64 bits of which way brightness falls, "dHash", of which
at most `ALIKE` differ) and their cosines to the query agree. In a burst, photos a few seconds apart, more
bits may differ: somebody moved. Files with the same bytes always fold.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import Image

from indexer.protocol import Sort
from indexer.search.fuse import Ranked
from indexer.search.rerank import Previews

ALIKE, ALIKE_IN_BURST = 5, 18
"""Bits of 64 that may differ. Of unrelated pictures 32 do, give or take 4 or 5."""
BURST_S = 5
SAME_SIMILARITY = 0.06
"""Cosines to the query that near-duplicates may differ by."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A file of the list and those folded under it."""

    first: Ranked
    folded: tuple[Ranked, ...] = ()


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


def folded(ranked: Sequence[Ranked], previews: Previews) -> list[Tile]:
    """Each file under the first one that looks the same."""
    tiles: list[Tile] = []
    codes = np.zeros(len(ranked), np.uint64)
    pictured = np.zeros(len(ranked), np.bool_)
    for one in ranked:
        code = _code(one, previews)
        place = _same_bytes(tiles, one)
        if place is None and code is not None and tiles:
            count = len(tiles)
            differing = np.bitwise_count(codes[:count] ^ np.uint64(code))
            near = np.flatnonzero(pictured[:count] & (differing <= ALIKE_IN_BURST))
            place = next((int(at) for at in near if _alike(tiles[at].first, one, int(differing[at]))), None)
        if place is not None:
            tiles[place] = replace(tiles[place], folded=(*tiles[place].folded, one))
            continue
        codes[len(tiles)], pictured[len(tiles)] = code or 0, code is not None
        tiles.append(Tile(one))
    return tiles


def _same_bytes(tiles: Sequence[Tile], one: Ranked) -> int | None:
    content = one.file.content_id
    if content is None:
        return None
    return next((at for at, tile in enumerate(tiles) if tile.first.file.content_id == content), None)


def _alike(first: Ranked, other: Ranked, differing: int) -> bool:
    seconds = abs(first.file.moment - other.file.moment)
    if differing > ALIKE and (seconds > BURST_S or first.file.kind != "photo"):
        return False
    known = [one.candidates[0].similarity for one in (first, other) if one.candidates]
    similar = [similarity for similarity in known if similarity is not None]
    return len(similar) < 2 or abs(similar[0] - similar[1]) <= SAME_SIMILARITY


def _code(one: Ranked, previews: Previews) -> int | None:
    if one.file.kind not in ("photo", "screenshot") or one.file.content_hash is None:
        return None
    return _brightness_code(previews.thumbnail(one.file.content_hash))


@lru_cache(maxsize=100_000)
def _brightness_code(thumbnail: Path) -> int | None:
    """64 bits of a JPEG file: whether each place of a 9 x 8 reduction is darker than the one on its right."""
    try:
        with Image.open(thumbnail, formats=("JPEG",)) as picture:
            picture.draft("L", (36, 32))  # decoded at an eighth of its size, in a tenth of the time
            grey = np.asarray(picture.convert("L").resize((9, 8), Image.Resampling.BOX), np.int16)
    except (OSError, ValueError, SyntaxError):
        return None
    if grey.max() - grey.min() < 8:  # nothing to see: noise would decide
        return None
    return int.from_bytes(np.packbits(grey[:, 1:] > grey[:, :-1]).tobytes())


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

"""What looks the same, or is one thing in two files, as one place in a list.

Two files are shown once when

    the bytes are the same
    one picture is the other, reduced or recompressed    nowhere in 64 x 64 fields is there another colour
    one photo is the other, cropped or edited            roughly the same picture, and so say the vectors
    both photos are of one burst                         seconds apart, by one camera; the same, more loosely
    a Live Photo is a still and a film, and a raw photo has a JPEG beside it: same name, same moment

Pictures are compared by their thumbnails, first by 64 bits (which way brightness falls, "dHash"), because
that can be done with thousands at once. The bits know no colour and see no detail, so on their own they fold
what differs in one thing or in one line of text.

Measured on 13 natural photos, 20 drawn scenes and 12 drawn screens, as median and worst:

                                bits       of 64 x 64 fields     of 6 x 6     cosine
    half the size               0    4     10   17 (one 56)      -            1.00
    JPEG of quality 30          0    3     13   17               -            1.00
    3 % cut off all around      5   12     205                   22           0.98
    15 % brighter               0    9     34   39               25           0.98
    moved by 4 %               10   29     212                   37           0.96
    one fact changed            2   39     210, at least 109     79           0.88
    one line of text differs    0    1     34, at least 16       -            1.00
    other photos               31   41     233                   194          0.60
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from indexer.ingest.rules import RAW
from indexer.search.fuse import Ranked
from indexer.search.rerank import Previews
from indexer.store.store import Store

SAME_BITS, SAME_COLOUR, SAME_COLOUR_OF_SCREEN = 5, 24, 14
"""Bits of 64 and levels of 256 that one picture may differ by from itself, reduced or recompressed."""
EDITED_BITS, EDITED_COLOUR, EDITED_COSINE = 12, 48, 0.95
BURST_BITS, BURST_COLOUR, BURST_COSINE = 18, 80, 0.9
BURST_S = 5
SAME_SHAPE = 0.03
"""Share by which height to width may differ."""
LIVE_S = 6.0
"""Seconds that the film of a Live Photo lasts at most; phones take three."""
PARTNERS_S = 10
ZONE_S, FURTHEST_ZONE_S = 900, 15 * 3600
"""A film may tell its time in another zone than its still."""
_FINE, _COARSE = 64, 6
_SEES_NOTHING = 8
"""Levels of brightness between the darkest and the lightest place: with less, noise would decide."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A file of the list and those folded under it."""

    first: Ranked
    folded: tuple[Ranked, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class _Look:
    """What is compared of a thumbnail: `colours` are levels `[6, 6, 3]`, `shape` is height by width."""

    bits: int
    colours: NDArray[np.int16]
    shape: float


class Likeness:
    """Cosines of whole pictures, read from the index when first asked for."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._vectors: dict[int, NDArray[np.float32]] = {}

    def of(self, first: Ranked, other: Ranked) -> float:
        """-1 while either has no vector."""
        contents = [one.file.content_id for one in (first, other) if one.file.content_id is not None]
        unknown = [content for content in contents if content not in self._vectors]
        if unknown:
            self._vectors |= self._store.lookup.wholes(unknown)
        known = [self._vectors[content] for content in contents if content in self._vectors]
        return float(known[0] @ known[1]) if len(known) == 2 else -1.0


def folded(
    ranked: Sequence[Ranked], previews: Previews, likeness: Likeness, looked_at: int | None = None
) -> list[Tile]:
    """Each file under the first one that is, or looks, the same.

    Args:
        looked_at: once there are so many places, of the other files only bytes and names are compared.
    """
    tiles: list[Tile] = []
    looks: list[_Look | None] = []
    bits = np.zeros(len(ranked), np.uint64)
    pictured = np.zeros(len(ranked), np.bool_)
    of_content: dict[int, int] = {}
    of_name: dict[tuple[str, str], list[int]] = {}

    def alike(one: Ranked, look: _Look) -> int | None:
        count = len(tiles)
        differing = np.bitwise_count(bits[:count] ^ np.uint64(look.bits))
        for at in np.flatnonzero(pictured[:count] & (differing <= BURST_BITS)).tolist():
            other = looks[at]
            if other is not None and _alike(
                tiles[at].first, other, one, look, int(differing[at]), previews, likeness
            ):
                return int(at)
        return None

    for one in ranked:
        name = _name(one)
        look = _look_of(one, previews) if looked_at is None or len(tiles) < looked_at else None
        place = of_content.get(one.file.content_id) if one.file.content_id is not None else None
        if place is None:
            place = next((at for at in of_name.get(name, ()) if _belongs(tiles[at], one)), None)
        if place is None and look is not None:
            place = alike(one, look)
        if place is None:
            place = len(tiles)
            bits[place], pictured[place] = (look.bits, True) if look is not None else (0, False)
            looks.append(look)
            tiles.append(Tile(one))
        else:
            tiles[place] = _under(tiles[place], one)
        of_name.setdefault(name, []).append(place)
        if one.file.content_id is not None:
            of_content.setdefault(one.file.content_id, place)
    return tiles


def _under(tile: Tile, one: Ranked) -> Tile:
    """With another file folded; of partners the one that every program opens is shown."""
    first = tile.first
    if _partners(first, one) and _openness(one) > _openness(first):
        face = replace(
            one, score=first.score, relevance=first.relevance, matched=first.matched or one.matched
        )
        return Tile(face, (first, *tile.folded))
    return replace(tile, folded=(*tile.folded, one))


def _belongs(tile: Tile, one: Ranked) -> bool:
    return any(_partners(other, one) for other in (tile.first, *tile.folded))


def _name(one: Ranked) -> tuple[str, str]:
    """Folder and name, which cameras write in one case and programs in the other."""
    folder, _, name = one.file.path.rpartition(os.sep)  # a tenth of a Path's time, and it is done for all
    return folder, (name.rpartition(".")[0] or name).casefold()


def _openness(one: Ranked) -> int:
    if one.file.kind == "video":
        return 0
    return 1 if _is_raw(one) else 2


def _is_raw(one: Ranked) -> bool:
    return Path(one.file.path).suffix.lower().removeprefix(".") in RAW


def _partners(first: Ranked, other: Ranked) -> bool:
    """Of two files of one name in one folder: a still with its film, or raw data with their JPEG."""
    kinds = {first.file.kind, other.file.kind}
    if kinds == {"photo", "video"}:
        film = first if first.file.kind == "video" else other
        if not 0 < (film.file.duration_s or 0) <= LIVE_S:
            return False
    elif kinds != {"photo"} or _is_raw(first) == _is_raw(other):
        return False
    if _name(first) != _name(other):
        return False
    apart = abs(first.file.moment - other.file.moment)
    return apart <= FURTHEST_ZONE_S and (apart + PARTNERS_S) % ZONE_S <= 2 * PARTNERS_S


def _alike(
    first: Ranked,
    seen: _Look,
    other: Ranked,
    look: _Look,
    differing: int,
    previews: Previews,
    likeness: Likeness,
) -> bool:
    """Whether two pictures of which so many bits differ look the same."""
    if differing <= SAME_BITS and abs(seen.shape / look.shape - 1) <= SAME_SHAPE:
        screen = "screenshot" in (first.file.kind, other.file.kind)
        allowed = SAME_COLOUR_OF_SCREEN if screen else SAME_COLOUR
        if _furthest(_fine(first, previews), _fine(other, previews)) <= allowed:
            return True
    if (first.file.kind, other.file.kind) != ("photo", "photo"):
        return False  # of screens and pages the text is what matters, and neither test reads it
    colour = _furthest(seen.colours, look.colours)
    if differing <= EDITED_BITS and colour <= EDITED_COLOUR:
        return likeness.of(first, other) >= EDITED_COSINE
    camera = first.file.facts.camera  # a moment without one is when the file was written, which says nothing
    near = abs(first.file.moment - other.file.moment) <= BURST_S
    if camera and camera == other.file.facts.camera and near and colour <= BURST_COLOUR:
        return likeness.of(first, other) >= BURST_COSINE
    return False


def _furthest(one: NDArray[np.int16] | None, other: NDArray[np.int16] | None) -> int:
    """The greatest difference of a colour in any field, in levels of 256."""
    return 255 if one is None or other is None else int(np.abs(one - other).max())


def _look_of(one: Ranked, previews: Previews) -> _Look | None:
    if one.file.kind not in ("photo", "screenshot") or one.file.content_hash is None:
        return None
    return _look(previews.thumbnail(one.file.content_hash))


def _fine(one: Ranked, previews: Previews) -> NDArray[np.int16] | None:
    return _fields(previews.thumbnail(one.file.content_hash)) if one.file.content_hash else None


@lru_cache(maxsize=100_000)
def _look(thumbnail: Path) -> _Look | None:
    """None for a picture that is lost, or in which there is nothing to see."""
    try:
        with Image.open(thumbnail, formats=("JPEG",)) as picture:
            shape = picture.height / picture.width
            picture.draft("RGB", (36, 32))  # decoded at an eighth of its size, in a tenth of the time
            colours = picture.convert("RGB")
    except (OSError, ValueError, SyntaxError):
        return None
    grey = np.asarray(colours.convert("L").resize((9, 8), Image.Resampling.BOX), np.int16)
    if grey.max() - grey.min() < _SEES_NOTHING:
        return None
    bits = int.from_bytes(np.packbits(grey[:, 1:] > grey[:, :-1]).tobytes())
    return _Look(bits, _reduced(colours, _COARSE), shape)


@lru_cache(maxsize=2_000)
def _fields(thumbnail: Path) -> NDArray[np.int16] | None:
    """Levels `[64, 64, 3]` of a JPEG file."""
    try:
        with Image.open(thumbnail, formats=("JPEG",)) as picture:
            return _reduced(picture.convert("RGB"), _FINE)
    except (OSError, ValueError, SyntaxError):
        return None


def _reduced(picture: Image.Image, side: int) -> NDArray[np.int16]:
    return np.asarray(picture.resize((side, side), Image.Resampling.BOX)).astype(np.int16)

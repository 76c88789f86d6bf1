"""A film's sampled frames to stretches: the parts that are embedded and found on their own.

A stretch begins at a cut, lasts about eight seconds where the shot is long, and grows while nothing moves.
Works on a stream of frames; what it holds of them does not grow with the film.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import median
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from indexer.ingest.films.frames import Frame
from models.inputs import Pixels

MAX_FRAMES = 8
SHORTEST_S = 2.0
"""A shorter shot is joined to its neighbour."""
TARGET_S = 8.0
LONGEST_S = 12.0
"""A longer shot in which something moves is split: parts of `TARGET_S`, and two that share the rest."""
LONGEST_STILL_S = 600.0
DENSE_S = 4.0
"""Up to this length two frames a second are kept, above it one."""

# A cut changes many colours, more of them than the frames around it do, or nearly all. It also changes the
# levels (of 255): a fade, or the flicker of compression, can put a flat colour into another bin at once.
_COLOURS: Final = 0.25
_NEARLY_ALL_COLOURS: Final = 0.7
_LEVELS: Final = 6.0
_MANY_LEVELS: Final = 20.0
_COLOURS_AGAINST_AROUND: Final = 3.0
_LEVELS_AGAINST_AROUND: Final = 2.0
_AROUND: Final = 4
_MOTION: Final = 8
_GRID: Final = 32


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """A part of a film.

    Attributes:
        start_s, end_s: the end is the start of the next.
        frames: up to `MAX_FRAMES`, evenly spread; one if nothing moves, at least two otherwise.
    """

    start_s: float
    end_s: float
    frames: tuple[Frame, ...]


def stretches(frames: Iterable[Frame], duration_s: float | None) -> Iterator[Stretch]:
    """The film in parts, in order, without gaps.

    Args:
        frames: about two a second, in order, the film's first and last among them.
        duration_s: of the film, as far as it is known.
    """
    earlier: list[_Sample] = []
    latest: list[_Sample] = []
    for part in _parts(_sample(frame) for frame in frames):
        if earlier:
            yield _stretch(earlier, latest[0].time_s)
        earlier, latest = latest, part
    if not latest:
        return
    last = latest[-1].time_s
    end = duration_s if duration_s is not None and last <= duration_s <= last + SHORTEST_S else last
    if earlier and end - latest[0].time_s < SHORTEST_S:
        earlier, latest = [], earlier + latest
    if earlier:
        yield _stretch(earlier, latest[0].time_s)
    yield _stretch(latest, end)


@dataclass(frozen=True, slots=True, eq=False)
class _Sample:
    """A frame with what it is compared by: a coarse picture of it, and the colours of its four quarters."""

    frame: Frame
    coarse: NDArray[np.int16]
    colours: NDArray[np.float32]

    @property
    def time_s(self) -> float:
        return self.frame.time_s


def _sample(frame: Frame) -> _Sample:
    coarse = Image.fromarray(frame.rgb).resize((_GRID, _GRID), Image.Resampling.BOX)
    return _Sample(frame, np.asarray(coarse).astype(np.int16), _colours(frame.rgb))


def _colours(rgb: Pixels) -> NDArray[np.float32]:
    """The share of each of 512 colours in each quarter of the picture, `[4, 512]`."""
    levels = rgb[::2, ::2].astype(np.uint16) >> 5
    bins = levels[..., 0] << 6 | levels[..., 1] << 3 | levels[..., 2]
    middle_y, middle_x = bins.shape[0] // 2, bins.shape[1] // 2
    quarters = (
        bins[rows, columns].ravel()
        for rows in (slice(0, middle_y), slice(middle_y, None))
        for columns in (slice(0, middle_x), slice(middle_x, None))
    )
    counts = [np.bincount(quarter, minlength=512) / max(1, quarter.size) for quarter in quarters]
    return np.array(counts, dtype=np.float32)


def _parts(samples: Iterable[_Sample]) -> Iterator[list[_Sample]]:
    """The samples of each stretch. Of a still one only the first and the latest are kept."""
    part: list[_Sample] = []
    for sample, is_cut in _with_cuts(samples):
        if part:
            length = sample.time_s - part[0].time_s
            if is_cut and length >= SHORTEST_S:
                yield from _halved(part, sample.time_s)
                part = []
            elif _moves(part):
                if length > 2 * TARGET_S:
                    index = _first_at(part, part[0].time_s + TARGET_S)
                    yield part[:index]
                    part = part[index:]
            elif length > (LONGEST_S if _differ(part[0], sample) else LONGEST_STILL_S):
                yield part
                part = []
            elif not _differ(part[0], sample):
                part = part[:1]
        part.append(sample)
    if part:
        yield from _halved(part, part[-1].time_s)


def _halved(part: list[_Sample], end_s: float) -> Iterator[list[_Sample]]:
    start_s = part[0].time_s
    index = _first_at(part, (start_s + end_s) / 2)
    if end_s - start_s > LONGEST_S and index < len(part) and _moves(part):
        yield part[:index]
        yield part[index:]
    else:
        yield part


def _first_at(part: list[_Sample], time_s: float) -> int:
    return next((index for index, sample in enumerate(part) if sample.time_s >= time_s), len(part))


def _with_cuts(samples: Iterable[_Sample]) -> Iterator[tuple[_Sample, bool]]:
    """Each sample, and whether a new shot begins with it: judged once a few later ones are known."""
    window: deque[tuple[_Sample, _Change]] = deque()
    undecided = 0
    for sample in samples:
        window.append((sample, _change(window[-1][0], sample) if window else _Change(0.0, 0.0)))
        if len(window) - undecided > _AROUND:
            yield window[undecided][0], _is_cut([change for _, change in window], undecided)
            if undecided == _AROUND:
                window.popleft()
            else:
                undecided += 1
    for index in range(undecided, len(window)):
        yield window[index][0], _is_cut([change for _, change in window], index)


class _Change(NamedTuple):
    """From one sample to the next: the share of colours that are others, and the mean change of levels."""

    colours: float
    levels: float


def _change(earlier: _Sample, later: _Sample) -> _Change:
    colours = np.abs(earlier.colours - later.colours).sum(axis=1).mean() / 2
    return _Change(float(colours), float(np.abs(earlier.coarse - later.coarse).mean()))


def _is_cut(changes: list[_Change], index: int) -> bool:
    change = changes[index]
    around = [*changes[max(0, index - _AROUND) : index], *changes[index + 1 :]] or [_Change(0.0, 0.0)]
    if change.colours > _NEARLY_ALL_COLOURS and change.levels > _MANY_LEVELS:
        return True
    return change.colours > max(
        _COLOURS, _COLOURS_AGAINST_AROUND * median(one.colours for one in around)
    ) and change.levels > max(_LEVELS, _LEVELS_AGAINST_AROUND * median(one.levels for one in around))


def _moves(part: list[_Sample]) -> bool:
    return any(_differ(part[0], sample) for sample in part[1:])


def _differ(one: _Sample, other: _Sample) -> bool:
    return bool(np.abs(one.coarse - other.coarse).max() > _MOTION)


def _stretch(part: list[_Sample], end_s: float) -> Stretch:
    start_s = part[0].time_s
    if not _moves(part):
        return Stretch(start_s, end_s, (part[0].frame,))
    rate = 2 if end_s - start_s <= DENSE_S else 1
    count = min(len(part), MAX_FRAMES, 1 + max(1, round((end_s - start_s) * rate)))
    chosen = np.linspace(0, len(part) - 1, count).round().astype(int)
    return Stretch(start_s, end_s, tuple(part[index].frame for index in chosen))

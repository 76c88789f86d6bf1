"""A film to one `Item` and a clip for each stretch of it. Decoder processes only."""

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice, takewhile
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image

from indexer.errors import MediaError
from indexer.ingest.films.av_reader import AvReader
from indexer.ingest.films.cut_off import is_cut_off
from indexer.ingest.films.decord_reader import DecordReader, reads_exactly
from indexer.ingest.films.frames import Alive, CannotDecode, Frame, FrameReader, VideoInfo, VideoReader
from indexer.ingest.films.shots import LONGEST_STILL_S, SHORTEST_S, Stretch, stretches
from indexer.ingest.items import open_original
from indexer.ingest.metadata import film
from indexer.ingest.pictures.raster import jpeg
from indexer.ingest.segments import FRAME_PREVIEW_SIDE, MAX_FRAME_PIXELS, THUMBNAIL_SIDE, Item, Segment
from indexer.ingest.signatures import HEAD_BYTES, recognise
from models.inputs import Clip, Input

MAX_HOURS = 24
"""Later parts of a longer film are not read; the item's note says so."""

_STEP_S: Final = 0.5
_SAMPLES_OF_A_SHORT_ONE: Final = 4
_THUMBNAIL_AT: Final = (0.1, 0.3, 0.5, 0.7)
_LIVELY: Final = 30.0


def decode(path: Path, first_choice: VideoReader, alive: Alive) -> Iterator[Item | Segment]:
    """The film's `Item`, then a clip per stretch. Raises `Skipped` (no picture), `MediaError`."""
    readers = _readers(path, first_choice, alive)
    info = readers[-1].info
    duration = info.duration_s
    item = Item(
        kind="video",
        thumbnail=_thumbnail(readers[-1]),
        width=info.width,
        height=info.height,
        duration_s=duration,
        about=film.read(info.tags, info.codec),
        note=f"Only its first {MAX_HOURS} hours are indexed." if (duration or 0) > MAX_HOURS * 3600 else "",
    )
    yield item
    step = min(_STEP_S, duration / _SAMPLES_OF_A_SHORT_ONE) if duration else _STEP_S
    frames = takewhile(lambda frame: frame.time_s <= MAX_HOURS * 3600, _sampled(readers, step))
    latest: list[Frame] = []
    end = 0.0
    for stretch in stretches(_remembering(frames, latest), duration):
        end = stretch.end_s
        yield _segment(stretch)
    seen_to = max(latest[-1].time_s + latest[-1].lasts_s, end) if latest else end
    if seen_to <= MAX_HOURS * 3600 and _breaks_off(path, info, seen_to):
        minutes, seconds = divmod(int(seen_to), 60)
        note = f"Its end is missing or damaged: it is indexed up to {minutes}:{seconds:02}."
        yield replace(item, duration_s=seen_to, note=note)
    elif end > (duration or 0.0) + SHORTEST_S or (item.note and end < MAX_HOURS * 3600 - LONGEST_STILL_S):
        # where it ends by its own count is not how long it lasts
        yield replace(item, duration_s=end, note="")


def still(path: Path, at_s: float, limit: int, alive: Alive) -> Image.Image:
    """The picture shown at that moment, within `limit` pixels. Raises `Skipped`, `MediaError`."""
    for frame in _readers(path, "av", alive)[0].at([at_s], limit):
        return Image.fromarray(frame.rgb)
    raise MediaError("It is damaged: the picture at this moment cannot be shown.")


def stills(path: Path, times: Sequence[float], limit: int, alive: Alive) -> Iterator[Image.Image]:
    """The pictures shown at these ascending moments, as far as the film lasts. Raises as `still` does."""
    reader = _readers(path, "av", alive)[0]
    lasts = reader.info.duration_s
    there = [time for time in times if lasts is None or time < lasts]
    for frame in reader.at(there, limit):
        yield Image.fromarray(frame.rgb)


def _readers(path: Path, first_choice: VideoReader, alive: Alive) -> list[FrameReader]:
    """The reader to use; after it, where there is one, the reader for what it cannot finish."""
    try:
        reader = AvReader(path, alive)
    except CannotDecode as error:
        if not _is_film(path):
            raise
        try:
            return [DecordReader(path, alive)]
        except CannotDecode:
            raise error from None
    if first_choice == "decord" and reads_exactly(reader.info):
        with contextlib.suppress(CannotDecode):
            chosen = DecordReader(path, alive)
            if (chosen.info.width, chosen.info.height) == (reader.info.width, reader.info.height):
                return [chosen, reader]
    return [reader]


def _is_film(path: Path) -> bool:
    """By its first bytes. Nothing else is for decord: it would open play lists, and what they name."""
    with open_original(path) as file:
        return recognise(file.read(HEAD_BYTES)) == "video"


def _breaks_off(path: Path, info: VideoInfo, seen_to: float) -> bool:
    """Whether there was more of a film once than could be seen of it."""
    with open_original(path) as file:
        if is_cut_off(file):
            return True
    # elsewhere it is measured by the pictures that are there, or counted anew in the middle
    return info.container.startswith(("mov", "mxf")) and seen_to + SHORTEST_S < (info.duration_s or 0.0)


def _remembering(frames: Iterable[Frame], latest: list[Frame]) -> Iterator[Frame]:
    """The frames, the latest of which is kept in the list."""
    for frame in frames:
        latest[:] = [frame]
        yield frame


def _sampled(readers: list[FrameReader], step_s: float) -> Iterator[Frame]:
    """The first reader's frames; from where it gives up, if it does, those of the next."""
    last = -1.0
    for reader in readers:
        try:
            for frame in reader.every(step_s, MAX_FRAME_PIXELS):
                if frame.time_s > last:
                    last = frame.time_s
                    yield frame
        except CannotDecode:
            continue
        return
    if last < 0:
        raise MediaError("It is damaged: no picture of the film can be decoded.")


def telling(path: Path, alive: Alive) -> Image.Image:
    """A picture that shows something of the film. Raises `Skipped`, `MediaError`."""
    frame = _lively(_readers(path, "av", alive)[0])
    if frame is None:
        raise MediaError("It is damaged: no picture of the film can be decoded.")
    return Image.fromarray(frame.rgb)


def _thumbnail(reader: FrameReader) -> bytes:
    frame = _lively(reader)
    return b"" if frame is None else jpeg(Image.fromarray(frame.rgb), THUMBNAIL_SIDE)


def _lively(reader: FrameReader) -> Frame | None:
    """A frame that shows something: films begin, and some end, in black."""
    duration = reader.info.duration_s
    best, best_contrast = None, -1.0
    with contextlib.suppress(CannotDecode):
        for frame in _candidates(reader, duration):
            contrast = float(np.std(frame.rgb[::4, ::4]))
            if contrast > best_contrast:
                best, best_contrast = frame, contrast
            if contrast >= _LIVELY:
                break
    return best


def _candidates(reader: FrameReader, duration_s: float | None) -> Iterator[Frame]:
    """Frames spread over the film; those of its beginning where nothing can be found that way."""
    spread = [(duration_s or 0.0) * share for share in _THUMBNAIL_AT]
    found = False
    for frame in reader.at(spread, MAX_FRAME_PIXELS, exact=False) if duration_s else ():
        found = True
        yield frame
    if not found:
        yield from islice(reader.every(1.0, MAX_FRAME_PIXELS), 10)


def _segment(stretch: Stretch) -> Segment:
    times = tuple(round(frame.time_s, 3) for frame in stretch.frames)
    return Segment(
        "clip",
        Input(clips=(Clip(tuple(frame.rgb for frame in stretch.frames), times),)),
        start_s=round(stretch.start_s, 3),
        end_s=round(stretch.end_s, 3),
        previews=tuple(jpeg(Image.fromarray(frame.rgb), FRAME_PREVIEW_SIDE) for frame in stretch.frames),
        preview_times=times,
    )

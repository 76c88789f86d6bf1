"""Frames through decord 0.6: a second opinion for files that PyAV cannot read, or by choice.

Why not by default: on the same files it takes more processor time and a dozen times the memory, it is not
made for macOS, and for MPEG streams, WMV and batches of open-GOP H.264 it returns other frames than those
asked for, without an error. So it only gets what it reads exactly, and its times are checked.
"""

import bisect
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from PIL import Image

from indexer.ingest.films.frames import Alive, CannotDecode, Frame, VideoInfo
from indexer.ingest.pictures.raster import pixels as as_pixels
from indexer.ingest.pictures.raster import resized, within_pixels
from models.inputs import Pixels

_CONTAINERS: Final = frozenset(("mov", "mp4", "matroska", "webm"))
_CODECS: Final = frozenset(("h264", "hevc", "vp8", "vp9", "mpeg4"))


def reads_exactly(info: VideoInfo) -> bool:
    """Whether decord is known to return the right frames for such a film."""
    return (
        info.square_pixels
        and not info.high_range
        and info.codec in _CODECS
        and not _CONTAINERS.isdisjoint(info.container.split(","))
    )


class DecordReader:
    """A `FrameReader` by decord. Raises `CannotDecode` when it is not installed or cannot read the file."""

    def __init__(self, path: Path, alive: Alive) -> None:
        try:
            import decord
        except (ImportError, OSError) as error:
            raise CannotDecode("It can only be read by decord, which is not available here.") from error
        if not decord.__version__.startswith("0.6."):
            raise CannotDecode("It can only be read by decord 0.6, and another version is installed.")
        self._alive = alive
        try:
            self._reader: Any = decord.VideoReader(str(path), num_threads=1)
            shown = self._reader.get_frame_timestamp(range(len(self._reader)))
            self._times: list[float] = shown[:, 0].tolist()
            self._last: list[float] = (shown[:, 1] - shown[:, 0]).tolist()
            height, width = self._reader[0].shape[:2]
        except Exception as error:
            raise CannotDecode("It is damaged: no picture of the film can be decoded.") from error
        if any(later < earlier for earlier, later in zip(self._times, self._times[1:], strict=False)):
            raise CannotDecode("It is damaged: its pictures are in no order of time.")
        rate = float(self._reader.get_avg_fps())
        self._info = VideoInfo(
            duration_s=self._times[-1] - self._times[0] + (1 / rate if rate > 0 else 0.0),
            width=width,
            height=height,
            rate=rate,
            container="",
            codec="",
            square_pixels=True,
            tags={},
        )

    @property
    def info(self) -> VideoInfo:
        """What is known of the film. decord says nothing of its container, codec and date."""
        return self._info

    def every(self, step_s: float, pixels: int) -> Iterator[Frame]:
        """See `FrameReader.every`."""
        due, last = 0.0, len(self._times) - 1
        for index, time in enumerate(self._times):
            passed = time - self._times[0]
            if passed + 1e-6 >= due or index == last:
                due = (passed // step_s + 1) * step_s
                yield self._picture(index, pixels)

    def at(self, times: Sequence[float], pixels: int, *, exact: bool = True) -> Iterator[Frame]:
        """See `FrameReader.at`. Always exact."""
        for time in times:
            index = bisect.bisect_right(self._times, self._times[0] + time + 1e-6) - 1
            yield self._picture(max(0, index), pixels)

    def _picture(self, index: int, pixels: int) -> Frame:
        self._alive()
        try:
            rgb: Pixels = self._reader[index].asnumpy()
        except Exception as error:
            raise CannotDecode("It is damaged: a part of the film cannot be decoded.") from error
        size = within_pixels(self._info.width, self._info.height, pixels)
        small = as_pixels(resized(Image.fromarray(rgb), size))
        return Frame(self._times[index] - self._times[0], small, self._last[index])

"""Frames through PyAV (FFmpeg): every container, exact times, and what can be saved of a damaged file."""

import bisect
import contextlib
import errno
import math
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import chain, islice
from pathlib import Path
from typing import Final, TypeAlias

import av
import numpy as np
from av.container import InputContainer
from av.packet import Packet
from av.stream import Disposition
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from indexer.errors import MediaError, Skipped
from indexer.ingest.films import joined
from indexer.ingest.films.frames import Alive, CannotDecode, Frame, VideoInfo
from indexer.ingest.films.needed import Needed
from indexer.ingest.films.packets import packets
from indexer.ingest.items import open_original
from indexer.ingest.pictures.high_range import is_high_range, to_sdr
from indexer.ingest.pictures.raster import claims_too_much, within_pixels
from indexer.ingest.rules import check_size
from models.inputs import Pixels

MAX_CLAIMED_PIXELS = 150_000_000
"""16K film has 133 million. A decoder needs some twenty frames at once, so more is never honest."""

# What holds film. Left out: play lists and scripts (they name other files and addresses) and devices.
_CONTAINERS: Final = (
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mpegvideo,m4v,h264,hevc,mjpeg,asf,flv,ogg,mxf,dv,"
    "rm,nut,ivf,wtv,mp3,wav,flac,aac,amr"
)
# Elsewhere the index is built while reading, and times after a seek may be off by half a frame.
_INDEXED: Final = ("mov", "matroska", "avi")
_BUFFER_BYTES: Final = 1 << 18
_MAX_THREADS: Final = 4
"""And at most half the cores: two films at least are decoded side by side, and threads that go ahead decode
what would have been left out."""
_MAX_BREAKS: Final = 50
_TAIL_PACKETS: Final = 20_000
# A century in seconds: any seek to it ends at the last key frame
_BEYOND_THE_END_S: Final = 3e9
_SEEK_AHEAD_S: Final = 10.0
_RETRY_EARLIER_S: Final = (0.0, 1.0, 5.0, 30.0, math.inf)
_SAME_TIME_S: Final = 1e-6
_AHEAD_S: Final = 20 * 3600.0
"""Beyond, times have overflowed: those of MPEG do after 26 hours."""

_TimedFrame: TypeAlias = tuple[float, VideoFrame]
"""In seconds as the file counts them."""


class AvReader:
    """The `FrameReader` for every film.

    Raises `Skipped` when there is no film in the file (sound, subtitles) or one smaller than an icon,
    `CannotDecode` when not one frame can be had, and `MediaError`.
    """

    def __init__(self, path: Path, alive: Alive) -> None:
        self._path = path
        self._alive = alive
        with self._opened() as (container, stream):
            first = next(self._timed(container, stream), None)
            if first is None:
                raise CannotDecode("It is damaged: no picture of the film can be decoded.")
            self._origin, frame = first
            self._turns = round(frame.rotation / 90) % 4
            aspect = _aspect(stream)
            width, height = max(1, round(frame.width * aspect)), frame.height
            if self._turns % 2:
                width, height = height, width
            check_size(width, height)
            self._info = VideoInfo(
                duration_s=_header_duration(container, stream),
                width=width,
                height=height,
                rate=float(stream.average_rate or 0),
                container=container.format.name,
                codec=stream.codec_context.name,
                square_pixels=aspect == 1,
                high_range=is_high_range(frame.color_trc),
                tags={**stream.metadata, **container.metadata},
            )
        self._marks = self._found_joined()
        if (measured := self._measured_duration()) is not None:
            self._info = replace(self._info, duration_s=measured)

    @property
    def info(self) -> VideoInfo:
        """What is known of the film."""
        return self._info

    def every(self, step_s: float, pixels: int) -> Iterator[Frame]:
        """See `FrameReader.every`."""
        due = 0.0
        pending: _TimedFrame | None = None
        with self._opened() as (container, stream):
            needed = Needed(stream)
            for time, frame in self._timed(container, stream, needed=needed):
                needed.came(frame)
                pending = (time, frame)
                passed = time - self._origin
                if passed + _SAME_TIME_S >= due:
                    due = (math.floor(passed / step_s + _SAME_TIME_S) + 1) * step_s
                    needed.due_s = self._origin + due - _SAME_TIME_S
                    pending = None
                    yield self._picture((time, frame), pixels)
            if pending is not None:
                yield self._picture(pending, pixels)

    def at(self, times: Sequence[float], pixels: int, *, exact: bool = True) -> Iterator[Frame]:
        """See `FrameReader.at`."""
        with self._opened() as (container, stream):
            keys = [
                float(entry.timestamp * (stream.time_base or 0))
                for entry in stream.index_entries
                if entry.is_keyframe and self._info.container.startswith(_INDEXED)
            ] or [mark.time_s for mark in self._marks]
            frames = self._timed(container, stream)
            shown = ahead = next(frames, None)
            for time in times:
                target = self._origin + time + _SAME_TIME_S
                if shown is None or _is_far(keys, shown[0], target):
                    frames = self._timed_from(container, stream, target)
                    shown = ahead = next(frames, None)
                while exact and ahead is not None and ahead[0] <= target:
                    shown, ahead = ahead, next(frames, None)
                if shown is not None:
                    yield self._picture(shown, pixels)

    @contextlib.contextmanager
    def _opened(self) -> Iterator[tuple[InputContainer, VideoStream]]:
        with open_original(self._path) as file:
            try:
                container = av.open(
                    file,
                    mode="r",
                    options={"format_whitelist": _CONTAINERS},
                    metadata_errors="replace",
                    buffer_size=_BUFFER_BYTES,
                )
            except (av.FFmpegError, ValueError, OSError) as error:
                _raise_unless_damage(error)
                raise CannotDecode("It is damaged, or no film that can be recognised.") from error
            with container:
                yield container, _choose(container)

    def _timed(
        self,
        container: InputContainer,
        stream: VideoStream,
        shift: float = 0.0,
        needed: Needed | None = None,
    ) -> Iterator[_TimedFrame]:
        """The frames from where the container stands, at times that never go back.

        On DVDs and in joined recordings the count begins anew in the middle of a file; it goes on here.
        """
        last, step = -math.inf, 1 / float(stream.average_rate or 25)
        before = math.inf
        for frame in self._decoded(container, stream, needed or Needed(stream)):
            if frame.pts is None or frame.time_base is None:
                time = last + step if last > -math.inf else 0.0
            else:
                written = float(frame.pts * frame.time_base)
                time = written + shift
                if last > -math.inf and not -joined.BACK_S <= time - last <= _AHEAD_S:
                    time = last
                    # One alone is damage, two in a row another count
                    if 0 <= written - before <= joined.BACK_S:
                        time = last + step
                        shift = time - written
                before = written
            last = time = max(last, time)
            yield time, frame

    def _decoded(
        self, container: InputContainer, stream: VideoStream, needed: Needed
    ) -> Iterator[VideoFrame]:
        """Every needed frame that can be decoded: damage costs the packets it is in, not those after them."""
        for _ in range(_MAX_BREAKS):
            try:
                for packet in packets(container, stream):
                    self._alive()
                    for each in needed.of(packet):
                        yield from _frames_in(each)
            except (av.FFmpegError, OSError) as error:
                _raise_unless_damage(error)
                continue
            return

    def _timed_from(
        self, container: InputContainer, stream: VideoStream, target: float
    ) -> Iterator[_TimedFrame]:
        """The frames from the last key frame at or before the target.

        MPEG streams have no index and their seeks may land late: then from earlier and earlier.
        """
        if self._marks:
            mark = joined.before(self._marks, target)
            joined.seek(container, stream, mark.position)
            return self._timed(container, stream, mark.shift_s)
        for earlier in _RETRY_EARLIER_S:
            start = max(self._origin, target - earlier)
            with _damage_ignored():
                container.seek(round(start / (stream.time_base or Fraction(1, 90_000))), stream=stream)
            frames = self._timed(container, stream)
            first = next(frames, None)
            if first is not None and (first[0] <= target or start == self._origin):
                return chain([first], frames)
        return iter(())

    def _picture(self, timed: _TimedFrame, pixels: int) -> Frame:
        time, frame = timed
        width, height = within_pixels(self._info.width, self._info.height, pixels)
        if self._turns % 2:
            width, height = height, width
        high = is_high_range(frame.color_trc)
        small = frame.reformat(
            width=width, height=height, format="rgb48le" if high else "rgb24", interpolation="AREA"
        ).to_ndarray()
        shown = to_sdr(small.astype(np.uint16, copy=False), frame.color_trc) if high else small
        upright: Pixels = np.rot90(shown, self._turns).astype(np.uint8, order="C", copy=True)
        lasts = frame.duration * frame.time_base if frame.duration and frame.time_base else 0
        return Frame(time - self._origin, upright, float(lasts))

    def _found_joined(self) -> list[joined.Mark]:
        """None where one count of time goes through all of the film."""
        with self._opened() as (container, stream), _damage_ignored():
            if joined.begins_anew(container, stream):
                return joined.marks(container, stream, self._alive)
        return []

    def _measured_duration(self) -> float | None:
        """Where the last packet ends: headers may claim days for seconds, and some claim nothing."""
        end = -math.inf
        shift = self._marks[-1].shift_s if self._marks else 0.0
        with self._opened() as (container, stream), _damage_ignored():
            base = stream.time_base or Fraction(1, 90_000)
            container.seek(round(_BEYOND_THE_END_S / base), stream=stream)
            for packet in islice(packets(container, stream), _TAIL_PACKETS):
                self._alive()
                if packet.pts is not None and not packet.is_discard:  # as what was trimmed away is
                    end = max(end, float((packet.pts + (packet.duration or 0)) * base))
        end += shift
        return end - self._origin if end > self._origin else None


def _choose(container: InputContainer) -> VideoStream:
    """The film in a container: the first video stream that is not a cover picture."""
    streams = [
        stream for stream in container.streams.video if not stream.disposition & Disposition.attached_pic
    ]
    if not streams:
        if container.streams.audio:
            raise Skipped("It is a sound file; Sightline searches what can be seen or read.")
        if container.streams.subtitles:
            raise Skipped("It holds nothing but subtitles, in a form that Sightline does not read.")
        raise MediaError("It is damaged: there is no film in it.")
    # None without a decoder, whatever PyAV's types say
    stream = next((stream for stream in streams if getattr(stream, "codec_context", None) is not None), None)
    if stream is None:
        raise CannotDecode("It is damaged, or encoded in a way that cannot be decoded here.")
    if stream.width * stream.height > MAX_CLAIMED_PIXELS:
        raise claims_too_much(stream.width, stream.height)
    stream.thread_type = "AUTO"
    stream.thread_count = min(_MAX_THREADS, max(1, (os.cpu_count() or 1) // 2))
    return stream


def _frames_in(packet: "Packet[VideoStream]") -> list[VideoFrame]:
    try:
        return packet.decode()
    except (av.FFmpegError, OSError) as error:
        _raise_unless_damage(error)
        return []


@contextlib.contextmanager
def _damage_ignored() -> Iterator[None]:
    try:
        yield
    except (av.FFmpegError, OSError) as error:
        _raise_unless_damage(error)


def _raise_unless_damage(error: Exception) -> None:
    """Memory that runs out and a drive that fails are no fault of the file.

    Reading goes through Python, so a failing drive is a plain OSError; so is a seek to where damage points.
    """
    if isinstance(error, MemoryError):
        raise error
    if isinstance(error, OSError) and not isinstance(error, av.FFmpegError) and error.errno != errno.EINVAL:
        raise error


def _is_far(keys: list[float], position: float, target: float) -> bool:
    """Whether seeking gets to the target faster than decoding on from the position."""
    if not keys:
        return not 0 <= target - position <= _SEEK_AHEAD_S
    key = bisect.bisect_right(keys, target) - 1
    return key >= 0 and keys[key] > position


def _aspect(stream: VideoStream) -> Fraction:
    aspect = stream.sample_aspect_ratio or Fraction(1)
    return aspect if Fraction(1, 4) <= aspect <= 4 else Fraction(1)


def _header_duration(container: InputContainer, stream: VideoStream) -> float | None:
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    return container.duration / 1e6 if container.duration and container.duration > 0 else None

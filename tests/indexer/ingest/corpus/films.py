"""Films in every container and codec that this FFmpeg can write."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from ingest_files import Rgb, corners, film, moving, noise

from corpus.sample import UPRIGHT, Make, Sample

SIZE = (160, 96)


def standing(count: int = 12) -> list[Rgb]:
    return [np.array(corners(SIZE))] * count


def filmed(frames: Iterable[Rgb], **options: Any) -> Make:
    def make(path: Path) -> None:
        film(path, frames, **options)

    return make


def shots(lengths: Sequence[float], rate: int = 10) -> list[Rgb]:
    """One drawn scene after the other, with a hard cut in between; in each something moves."""
    frames: list[Rgb] = []
    for number, length in enumerate(lengths):
        background = np.array(noise(SIZE, number))
        for step in range(round(length * rate)):
            frame = background.copy()
            left = round((SIZE[0] - 24) * step / max(1, length * rate - 1))
            frame[36:60, left : left + 24] = (230, 210, 40)
            frames.append(frame)
    return frames


def hdr(path: Path) -> None:
    """Ten bits, BT.2020, PQ: the brightest part has 203 nits, which is white on paper."""
    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream("libx265", rate=10, options={"x265-params": "log-level=none"})
        stream.width, stream.height = SIZE
        stream.pix_fmt = "yuv420p10le"
        stream.codec_context.color_primaries, stream.codec_context.color_trc = 9, 16
        stream.codec_context.colorspace, stream.codec_context.color_range = 9, 1
        for _ in range(12):
            frame = av.VideoFrame(*SIZE, "yuv420p10le")
            luma = np.frombuffer(frame.planes[0], np.uint16).reshape(-1, frame.planes[0].line_size // 2)
            grey = luma.copy()
            grey[:, : SIZE[0] // 2] = 64 + round(876 * 0.58)
            grey[:, SIZE[0] // 2 :] = 64 + round(876 * 0.30)
            frame.planes[0].update(grey.tobytes())
            for plane in frame.planes[1:]:
                plane.update(np.full(plane.buffer_size // 2, 512, np.uint16).tobytes())
            frame.color_primaries, frame.color_trc, frame.colorspace, frame.color_range = 9, 16, 9, 1
            container.mux(stream.encode(frame))
        container.mux(stream.encode())


def _film(name: str, make: Make | None = None, **facts: Any) -> Sample:
    standard = {"kind": "video", "size": SIZE, "colours": UPRIGHT, "duration_s": 1.2, "segments": 1}
    return Sample(name, make or filmed(standing()), **{**standard, **facts})


QUIET = {"x265-params": "log-level=none"}
SAMPLES: list[Sample] = [
    *(_film(f"h264.{container}") for container in ("mp4", "mov", "mkv", "m4v", "mts", "flv", "avi", "3gp")),
    _film("hevc.mp4", filmed(standing(), codec="libx265", options=QUIET)),
    _film("hevc.mkv", filmed(standing(), codec="libx265", options=QUIET)),
    _film("vp8.webm", filmed(standing(), codec="libvpx")),
    _film("vp9.webm", filmed(standing(), codec="libvpx-vp9")),
    _film("av1.mp4", filmed(standing(), codec="libsvtav1", options={"preset": "12"})),
    _film("av1.webm", filmed(standing(), codec="libsvtav1", options={"preset": "12"})),
    _film("mpeg-4.avi", filmed(standing(), codec="mpeg4", options={"q:v": "2"})),
    _film("mpeg-4.3gp", filmed(standing(), codec="mpeg4")),
    _film("mpeg-4.mp4", filmed(standing(), codec="mpeg4")),
    _film("mjpeg.avi", filmed(standing(), codec="mjpeg")),
    _film("prores.mov", filmed(standing(), codec="prores_ks", pixel_format="yuv422p10le")),
    _film("mpeg-2.mpg", filmed(standing(30), codec="mpeg2video", rate=25)),
    _film("mpeg-2.ts", filmed(standing(30), codec="mpeg2video", rate=25)),
    _film("windows.wmv", filmed(standing(), codec="wmv2")),
    _film("ffv1.mkv", filmed(standing(), codec="ffv1")),
    *(
        _film(
            f"turned {degrees}.mp4",
            filmed([np.ascontiguousarray(np.rot90(f, -degrees // 90)) for f in standing()], rotation=degrees),
        )
        for degrees in (90, 180, 270)
    ),
    _film("anamorphic.mp4", filmed(standing(), aspect=Fraction(2)), size=(320, 96)),
    _film("with sound.mp4", filmed(standing(), sound=True), duration_s=None),
    _film("variable.mkv", filmed(standing(6), times=[0, 0.1, 0.2, 3.0, 3.1, 5.0]), duration_s=5.1),
    _film("one frame.mp4", filmed(standing(1)), duration_s=0.1),
    _film("recorded.wtv", filmed(standing(30), codec="mpeg2video", rate=25)),
    _film("a.nut", filmed(standing(), codec="mpeg4")),
    _film("moving.mp4", filmed(moving(40)), colours=None, duration_s=4.0),
    _film("two shots.mp4", filmed(shots([4, 4])), colours=None, duration_s=8.0, segments=2),
    _film(
        "four shots.webm",
        filmed(shots([3, 3, 3, 3]), codec="libvpx"),
        colours=None,
        duration_s=12.0,
        segments=4,
    ),
    _film("long and still.mp4", filmed(standing(200), rate=2), duration_s=100.0),
    _film("hdr.mp4", hdr, colours=((246, 246, 246), (63, 63, 63)) * 2),
    _film(
        "dated.mov",
        filmed(standing(), metadata={"com.apple.quicktime.creationdate": "2024-05-01T10:20:30+02:00"}),
        taken="2024-05-01T10:20:30+02:00",
    ),
]

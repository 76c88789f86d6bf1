"""Media files of `sightline embed` and `rerank` as the product sees them: upright, no alpha, real times.

The indexer has decoders of its own, in processes of their own; this is the small reader that makes the
models usable alone.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import av
import numpy as np
from av.video.frame import VideoFrame
from PIL import Image, ImageOps

from models.errors import UnreadableMedia
from models.inputs import Clip, Input, Pixels
from models.requests import Item, Video

FRAME_LIST_RATE = 2.0
"""Frames per second that a bare list of frames is taken to have."""
MIN_FRAMES = 4


def read(item: Item) -> Input:
    """Decode everything an item names. Raises `UnreadableMedia`."""
    return Input(
        clips=tuple(_clip(video, item) for video in item.videos),
        images=tuple(read_picture(path) for path in item.images),
        texts=item.texts or (),
    )


def read_picture(path: Path) -> Pixels:
    """One picture file, upright, alpha on white."""
    with opened(path) as image:
        upright = ImageOps.exif_transpose(image)
        if not upright.has_transparency_data:
            return np.asarray(upright.convert("RGB"))
        return np.asarray(on_white(upright.convert("RGBA")))


def on_white(layer: Image.Image) -> Image.Image:
    """An RGBA picture as RGB with its transparent parts white."""
    ground = Image.new("RGB", layer.size, "white")
    ground.paste(layer, mask=layer.getchannel("A"))
    return ground


@contextmanager
def opened(path: Path) -> Iterator[Image.Image]:
    """A picture file, its failures named. Raises `UnreadableMedia`."""
    try:
        with Image.open(path) as image:
            image.load()
            yield image
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise UnreadableMedia(f"{path} cannot be read as a picture ({error}).") from error


def sample(count: int, rate: float, item: Item) -> int:
    """How many of `count` frames to take from a video of `rate` frames per second: even where possible."""
    wanted = min(max(count / rate * item.fps, MIN_FRAMES), item.max_frames // 2 * 2, count)
    return int(wanted // 2 * 2)


def count_frames(path: Path) -> tuple[int, float]:
    """How many frames a video file holds and its average frames per second. Raises `UnreadableMedia`."""
    with _stream(path) as frames:
        count = sum(1 for _ in frames)
    with av.open(str(path)) as container:
        rate = container.streams.video[0].average_rate
    if count == 0 or not rate:
        raise UnreadableMedia(f"{path} holds no moving pictures.")
    return count, float(rate)


def take_frames(path: Path, indices: Sequence[int]) -> list[VideoFrame]:
    """The frames at these places, which must ascend. Raises `UnreadableMedia`."""
    wanted = iter(indices)
    following = next(wanted, None)
    found: list[VideoFrame] = []
    with _stream(path) as frames:
        for index, frame in enumerate(frames):
            while index == following:
                found.append(frame)
                following = next(wanted, None)
            if following is None:
                break
    return found


def pixels(frame: VideoFrame) -> Pixels:
    """One decoded frame as it is stored, RGB."""
    return np.asarray(frame.to_ndarray(format="rgb24"), np.uint8)


def pick(count: int, most: int) -> list[int]:
    """Which frames of a list to keep: all, or `most` spread evenly."""
    places = range(count) if count <= most else np.linspace(0, count - 1, most, dtype=int).tolist()
    return list(places)


def _clip(video: Video, item: Item) -> Clip:
    if isinstance(video, tuple):
        places = pick(len(video), item.max_frames)
        frames = tuple(read_picture(video[place]) for place in places)
        return Clip(frames, tuple(place / FRAME_LIST_RATE for place in range(len(frames))))
    count, rate = count_frames(video)
    places = np.rint(np.linspace(0, count - 1, max(1, sample(count, rate, item)))).astype(int).tolist()
    taken = take_frames(video, places)
    times = [
        place / rate if frame.pts is None else frame.time for place, frame in zip(places, taken, strict=True)
    ]
    upright = (np.rot90(pixels(frame), round(frame.rotation / 90)) for frame in taken)
    return Clip(tuple(map(np.ascontiguousarray, upright)), tuple(max(0.0, time - times[0]) for time in times))


@contextmanager
def _stream(path: Path) -> Iterator[Iterator[VideoFrame]]:
    try:
        with av.open(str(path)) as container:
            if not container.streams.video:
                raise UnreadableMedia(f"{path} holds no moving pictures.")
            container.streams.video[0].thread_type = "AUTO"
            yield container.decode(video=0)
    except (av.FFmpegError, OSError, ValueError) as error:
        raise UnreadableMedia(f"{path} cannot be read as a video ({error}).") from error

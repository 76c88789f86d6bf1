"""Decoding against the plain way of the same libraries: `python -m tests.benchmarks.media [--seconds 600]`.

All figures are medians of processor time in one run on one machine, so that its other load does not count.

    pictures    a 12-megapixel JPEG to thumbnail, preview and model input
    films       a 1080p clip at one frame a second, beside decord and PyAV used plainly
    pool        pictures a second through a decoder process, and its memory over many files
"""

import argparse
import io
import itertools
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "indexer" / "ingest"))

import av
import numpy as np
import psutil
from ingest_files import noise  # type: ignore[import-not-found]
from PIL import Image

from indexer.ingest.decoders import DecoderPool
from indexer.ingest.films.av_reader import AvReader
from indexer.ingest.pictures import images
from indexer.ingest.segments import MAX_FRAME_PIXELS, MAX_IMAGE_PIXELS, PREVIEW_SIDE, THUMBNAIL_SIDE

FRAME = (768, 432)


def processor_s(work: Callable[[], object], times: int) -> float:
    """Median processor time, all threads of this process included."""
    work()
    taken = []
    for _ in range(times):
        before = time.process_time()
        work()
        taken.append(time.process_time() - before)
    return statistics.median(taken)


def detailed(width: int, height: int) -> Image.Image:
    """A picture with detail at every scale, as photos have: it compresses to some five megabytes at 12 MP."""
    picture = noise((width, height)).convert("RGB")
    grain = Image.effect_noise((width, height), 40).convert("RGB")
    return Image.blend(picture, grain, 0.3)


def pictures(folder: Path, times: int) -> None:
    """Ours, and what everybody would write first; and the same with a reduced decode as its only finesse."""
    path = folder / "12 megapixels.jpg"
    detailed(4000, 3000).save(path, quality=88)

    def plain() -> None:
        picture = Image.open(path).convert("RGB").resize((1567, 1175))
        np.asarray(picture)
        for side in (PREVIEW_SIDE, THUMBNAIL_SIDE):
            small = picture.copy()
            small.thumbnail((side, side))
            small.save(io.BytesIO(), "JPEG", quality=85)

    ours = processor_s(lambda: list(images.decode(path)), times)
    other = processor_s(plain, times)
    print(f"12 MP JPEG ({path.stat().st_size / 1e6:.1f} MB) to model input, preview, thumbnail")
    print(f"  Sightline                          {ours * 1000:7.0f} ms   {1 / ours:5.1f} a second and core")
    print(f"  Image.open().convert().resize()    {other * 1000:7.0f} ms   ratio {other / ours:.2f}")
    with Image.open(path) as picture:
        picture.draft("RGB", (1567, 1175))
        size = picture.size

    def entropy() -> None:
        with Image.open(path) as picture:
            picture.draft("RGB", (500, 375))
            picture.load()

    bound = processor_s(entropy, times)
    print(f"  the file's Huffman codes alone     {bound * 1000:7.0f} ms   (decoded to an eighth)")
    print(f"  decoded at {size[0]} x {size[1]} for at most {MAX_IMAGE_PIXELS} pixels")


def clip(folder: Path, seconds: int) -> Path:
    """1080p, 30 frames a second, H.264 with a key frame every two seconds, something moving all the time."""
    path = folder / "clip.mp4"
    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream("libx264", rate=30, options={"preset": "ultrafast", "g": "60"})
        stream.width, stream.height, stream.pix_fmt = 1920, 1080, "yuv420p"
        wide = np.asarray(detailed(2400, 1080))
        for number in range(30 * seconds):
            left = number * 2 % 480
            frame = av.VideoFrame.from_ndarray(
                np.ascontiguousarray(wide[:, left : left + 1920]), format="rgb24"
            )
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def with_sightline(path: Path) -> int:
    return sum(1 for _ in AvReader(path, lambda: None).every(1.0, MAX_FRAME_PIXELS))


def with_pyav(path: Path) -> int:
    """As in PyAV's own examples: decode everything, convert what is wanted."""
    count, due = 0, 0.0
    with av.open(str(path)) as container:
        container.streams.video[0].thread_type = "AUTO"
        for frame in container.decode(video=0):
            if (frame.time or 0.0) >= due:
                np.asarray(frame.to_image().resize(FRAME))  # type: ignore[no-untyped-call]
                count, due = count + 1, due + 1.0
    return count


def with_decord(path: Path) -> int:
    import decord

    reader = decord.VideoReader(str(path), width=FRAME[0], height=FRAME[1], num_threads=1)
    wanted = list(range(0, len(reader), 30))
    return sum(len(reader.get_batch(wanted[at : at + 16]).asnumpy()) for at in range(0, len(wanted), 16))


def films(folder: Path, seconds: int, times: int) -> None:
    path = clip(folder, seconds)
    print(f"{seconds} s of 1080p H.264 ({path.stat().st_size / 1e6:.0f} MB) at one frame a second")
    ours = processor_s(lambda: with_sightline(path), times)
    for name, other in (("PyAV plainly", with_pyav), ("decord plainly", with_decord)):
        try:
            taken = processor_s(lambda other=other: other(path), times)  # type: ignore[misc]
        except ImportError:
            print(f"  {name:20} not installed here")
            continue
        print(f"  {name:20} {taken:6.1f} s   ratio {taken / ours:.2f}")
    print(f"  {'Sightline':20} {ours:6.1f} s   {seconds / ours:.1f} times real time on one core")


FLAT_MB = 64
"""What a process may take more in the end than after a quarter: codecs keep some of what they once needed."""


def pool(folder: Path, files: int) -> bool:
    """Phone pictures, screenshots and small ones in turn through one child. Whether its memory stays flat."""
    for number in range(8):
        detailed(4000 - 100 * number, 3000).save(folder / f"photo {number}.jpg", quality=88)
        noise((1280, 800), number).save(folder / f"screen {number}.png")
        noise((800, 600), number).save(folder / f"small {number}.webp")
    paths = itertools.cycle(sorted(path for path in folder.iterdir() if path.suffix != ".mp4"))
    resident: list[int] = []
    with DecoderPool(files_per_worker=files + 2) as pool:
        list(pool.decode(next(paths)))
        (child,) = _children()
        before, started = child.cpu_times(), time.monotonic()
        for number, path in enumerate(itertools.islice(paths, files), 1):
            for _ in pool.decode(path):
                pass
            if number % max(1, files // 8) == 0:
                resident.append(child.memory_info().rss >> 20)
        after, wall = child.cpu_times(), time.monotonic() - started
    taken = after.user + after.system - before.user - before.system
    print(f"{files} pictures (12 MP JPEG, 1 MP PNG, 0.5 MP WebP in turn) through one process, never replaced")
    print(f"  {files / taken:.1f} a second and core ({files / wall:.1f} in this run)")
    print(f"  memory, MB, at each eighth: {' '.join(map(str, resident))}")
    return resident[-1] <= resident[len(resident) // 4] + FLAT_MB


def _children() -> Iterator[psutil.Process]:
    return (each for each in psutil.Process().children() if "spawn_main" in " ".join(each.cmdline()))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--seconds", type=int, default=600, help="length of the clip")
    arguments.add_argument("--files", type=int, default=2000, help="pictures through the pool")
    arguments.add_argument("--times", type=int, default=5)
    arguments.add_argument("--memory", action="store_true", help="only the pool; exit code 1 if it grows")
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if chosen.memory:
            sys.exit(0 if pool(Path(folder), chosen.files) else 1)
        pictures(Path(folder), chosen.times)
        films(Path(folder), chosen.seconds, max(1, chosen.times // 2))
        pool(Path(folder), chosen.files)


if __name__ == "__main__":
    main()

"""A large index for `tests.benchmarks.window`: made with the store itself, the tiny embedder, drawn pictures.

    python -m tests.benchmarks.window_library DATA_DIR --files 100000

A few hundred scenes are drawn and embedded; every file has the vector of one of them with a little noise, its
thumbnail, a name of two drawn words, a folder, a date, and every tenth is a document with a text of its own.
The folder of the files is not watched, so that the engine does not look for them.
"""

import argparse
import io
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import resources
from indexer.ingest.segments import Segment
from indexer.ingest.thumbnails import PreviewCache
from indexer.paths import Paths
from indexer.store.rows import ItemRow, SegmentRow
from indexer.store.store import Store
from models import tiny_phrases as phrases
from models import tiny_world as world
from models.inputs import Input
from models.qwen3_vl import Qwen3VLEmbedder, load_embedder
from models.tiny_drawing import draw_picture

SCENES = 120
PORTION = 1_000
NOISE = 0.35
"""Length of the noise beside a vector of length 1."""


@dataclass(frozen=True)
class SeenFile:
    """A file as the scan hands it over."""

    path: str
    size: int
    mtime_ns: int
    device: int = 1
    inode: int = 1


def make(paths: Paths, files: int) -> None:
    """Fill an index that is not there yet."""
    rng = random.Random(5)
    embedder = load_embedder(resources.ROOT / "models" / "tiny" / "embedder")
    scenes, vectors, jpegs = _scenes(rng, embedder)
    cache = PreviewCache(paths.cache)
    numbers = np.random.default_rng(5)
    with Store.open(paths.database) as store:
        store.space(embedder.name, embedder.dimension, embedder.preparation)
        for start in range(0, files, PORTION):
            with store.transaction():
                for number in range(start, min(files, start + PORTION)):
                    at = number % SCENES
                    noise = numbers.standard_normal(embedder.dimension).astype(np.float32)
                    vector = vectors[at] + NOISE * noise / np.linalg.norm(noise)
                    hash = _hash(number)
                    _add(store, rng, number, scenes[at], vector / np.linalg.norm(vector), hash)
                    _link(cache, hash, jpegs[at], number)


def _scenes(
    rng: random.Random, embedder: Qwen3VLEmbedder
) -> tuple[list[str], NDArray[np.float32], list[bytes]]:
    captions, inputs, jpegs = [], [], []
    for _ in range(SCENES):
        scene = world.random_scene(rng, "picture")
        picture = draw_picture(rng, scene, 320, 240).convert("RGB")
        buffer = io.BytesIO()
        picture.save(buffer, "JPEG", quality=80)
        jpegs.append(buffer.getvalue())
        inputs.append(Input(images=(np.asarray(picture),)))
        captions.append(phrases.caption(rng, scene).text)
    vectors = np.concatenate([embedder.embed_documents(inputs[at : at + 20]) for at in range(0, SCENES, 20)])
    return captions, vectors, jpegs


def _add(
    store: Store,
    rng: random.Random,
    number: int,
    caption: str,
    vector: NDArray[np.float32],
    hash: str,
) -> None:
    taken = datetime(2015, 1, 1, tzinfo=UTC) + timedelta(minutes=37 * number)
    document = number % 10 == 9
    words = " ".join(rng.sample(caption.split(), min(2, len(caption.split()))))
    name = f"{words} {number}.{'pdf' if document else 'jpg'}"
    folder = f"/benchmark/{taken.year}/{taken:%m} {rng.choice(('walk', 'home', 'travel', 'work'))}"
    seen = SeenFile(f"{folder}/{name}", 50_000 + 37 * number, int(taken.timestamp() * 1e9))
    id = store.add_file(seen)
    item = ItemRow(
        "document" if document else "photo",
        320,
        240,
        taken=taken.strftime("%Y-%m-%dT%H:%M:%S"),
        camera=rng.choice(("Canon EOS R5", "Pixel 8", "iPhone 15", "X100V")),
        place=rng.choice(("Lisbon, Portugal", "Évora, Portugal", "Kyoto, Japan", None)),
    )
    segment = SegmentRow("text", f"{caption}. {number}") if document else SegmentRow("image")
    store.add_content(id, hash, item, [segment], vector[None].astype(np.float32))


def _hash(number: int) -> str:
    """As good as random, so that the cache's folders fill evenly."""
    return f"{number * 2_654_435_761 % 2**32:08x}{number:024x}"


def _link(cache: PreviewCache, hash: str, jpeg: bytes, number: int) -> None:
    """The first file with a scene gets its pictures written, the others share them on the disk."""
    first = cache.thumbnail(_hash(number % SCENES))
    mine = cache.thumbnail(hash)
    if first == mine:
        cache.write_segment(hash, 0, Segment("image", Input(), previews=(jpeg,)))
        mine.write_bytes(jpeg)
        return
    mine.parent.mkdir(parents=True, exist_ok=True)
    mine.hardlink_to(first)
    (mine.parent / "00000-00.jpg").hardlink_to(first.parent / "00000-00.jpg")


def main(argv: Sequence[str] | None = None) -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("data_dir", type=Path)
    parser.add_argument("--files", type=int, default=100_000)
    parser.add_argument("--pictures", type=int, help="only draw so many, as files to be indexed")
    arguments = parser.parse_args(argv)
    if arguments.pictures:
        rng = random.Random(23)
        for number in range(arguments.pictures):
            picture = draw_picture(rng, world.random_scene(rng, "picture"), 640, 480)
            picture.save(arguments.data_dir / f"new {number}.png")
        return 0
    make(Paths(arguments.data_dir.absolute()).create(), arguments.files)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""A file that is in the index, once more through a decoder and an embedder."""

import contextlib
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.inference.model_loop import ModelLoop
from indexer.inference.model_work import Vector, Work
from indexer.ingest.decoders import DecoderPool
from indexer.ingest.segments import Item, Segment, Sight
from indexer.store.rows import SegmentRow
from indexer.work.background import LOOK_EVERY_S
from indexer.work.decoded import as_document, segment_row

if TYPE_CHECKING:
    from models.qwen3_vl import Qwen3VLEmbedder


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What was seen of a file.

    Attributes:
        count: segments that it has, wanted or not.
        segments: those that were wanted, in their order.
        vectors: of each of them, or a sentence why there is none.
    """

    item: Item | None
    count: int
    segments: list[SegmentRow]
    vectors: list[Vector | str]


def first(most: int) -> Callable[[int, Segment], bool]:
    """Wants the segments that the index holds: parts of pictures, the last ones, were perhaps not wanted."""
    return lambda number, piece: number < most


def look_again(
    pool: DecoderPool,
    loop: ModelLoop,
    path: Path,
    sight: Sight | None,
    wanted: Callable[[int, Segment], bool],
    stopping: threading.Event,
    embedder: "Qwen3VLEmbedder | None" = None,
) -> Look | None:
    """None when stopped.

    Args:
        sight: what parts of pictures are chosen by.
        wanted: asked of every segment and its number, as it comes. Parts of pictures come last.
        embedder: the current one when None.

    Raises `MediaError`, `PoolClosed`.
    """
    found: dict[int, Vector | str] = {}
    arrived = threading.Condition()
    segments: list[SegmentRow] = []
    count = 0
    item: Item | None = None

    def done_for(number: int) -> Callable[[Vector | str], None]:
        def done(result: Vector | str) -> None:
            with arrived:
                found[number] = result
                arrived.notify()

        return done

    with contextlib.closing(pool.decode(path, sight)) as pieces:
        for piece in pieces:
            if isinstance(piece, Item):
                item = piece
                continue
            if wanted(count, piece):
                work = Work(as_document(item, piece), done_for(len(segments)), embedder=embedder)
                if not loop.put(work):
                    return None
                segments.append(segment_row(piece))
            count += 1
    with arrived:
        while len(found) < len(segments):
            if stopping.is_set():
                return None
            arrived.wait(LOOK_EVERY_S)
    return Look(item, count, segments, [found[number] for number in range(len(segments))])

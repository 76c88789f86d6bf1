"""A file that is in the index, once more through a decoder and an embedder."""

import contextlib
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.decoded import as_document
from indexer.ingest.decoders import DecoderPool
from indexer.ingest.segments import Item, Sight
from indexer.model_loop import ModelLoop, Vector, Work

if TYPE_CHECKING:
    from models.qwen3_vl import Qwen3VLEmbedder

LOOK_EVERY_S = 0.2


def look_again(
    pool: DecoderPool,
    loop: ModelLoop,
    path: Path,
    sight: Sight | None,
    most: int,
    stopping: threading.Event,
    embedder: "Qwen3VLEmbedder | None" = None,
) -> list[Vector | str] | None:
    """One vector per segment in their order, or a sentence why there is none; None when stopped.

    Args:
        sight: what parts of pictures are chosen by.
        most: segments wanted. Parts of pictures come last, and were perhaps not wanted the first time.
        embedder: the current one when None.

    Raises `MediaError`, `PoolClosed`.
    """
    found: dict[int, Vector | str] = {}
    arrived = threading.Condition()
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
            elif count < most:
                if not loop.put(Work(as_document(item, piece), done_for(count), embedder=embedder)):
                    return None
                count += 1
    with arrived:
        while len(found) < count:
            if stopping.is_set():
                return None
            arrived.wait(LOOK_EVERY_S)
    return [found[number] for number in range(count)]

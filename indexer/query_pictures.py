"""The pictures of a question, wherever they are: files, pictures without one, parts of indexed files."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from indexer.errors import MediaError, UserError
from indexer.ingest.decoders import DecoderPool
from indexer.ingest.segments import Place
from indexer.messages.search_messages import MAX_INLINE, Example, Search
from models.inputs import Pixels

INLINE = "data:"
NAMELESS = Path("This picture")


def decoded(pool: DecoderPool, request: Search) -> tuple[Search, list[Pixels]]:
    """Every picture of the question, and the question with a weight for each of them.

    Parts of files come after the pictures, those of `less_like` with a weight below 0.

    Raises `MediaError` and UserError with a sentence, and `PoolClosed`.
    """
    more, less = _parts(request.more_like), _parts(request.less_like)
    weights = [*request.image_weights, *[1.0] * len(request.images)][: len(request.images)]
    pictures = [_picture(pool, image) for image in request.images]
    pictures += [_part(pool, part) for part in (*more, *less)]
    return replace(request, image_weights=(*weights, *[1.0] * len(more), *[-1.0] * len(less))), pictures


def _parts(examples: Sequence[Example]) -> list[Example]:
    return [example for example in examples if example.box is not None]


def _picture(pool: DecoderPool, image: str) -> Pixels:
    if not image.startswith(INLINE):
        return pool.picture(Path(image))
    if len(image) > MAX_INLINE:
        raise UserError("This picture is too large to search by: take a smaller part of the screen.")
    try:
        data = base64.b64decode(image.partition(",")[2], validate=True)
    except binascii.Error as error:
        raise MediaError("This picture cannot be used to search by: it came through damaged.") from error
    return pool.picture(NAMELESS, data=data)


def _part(pool: DecoderPool, part: Example) -> Pixels:
    return pool.picture(Path(part.path), Place(part.page, part.start_s), part.box)

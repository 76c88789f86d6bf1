"""Inputs read and prepared exactly as the official Qwen3-VL-Embedding and Qwen3-VL-Reranker code does.

For `--official` and for the tests against its numbers. Kept are its habits that the product leaves:
EXIF orientation and palette transparency are ignored, control tokens inside a text are control tokens, a
video file has no total budget of pixels, frames of a list are snapped to multiples of 64 and said to be half
a second apart, an embedder's prompt is cut at its end, and a picture that cannot be resized becomes the text
`NULL` (here for that one input, not for its whole batch). A file that cannot be read is an error.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from models import prompts, reading
from models.errors import UnusableInput
from models.inputs import Pixels
from models.preparation import Budget, Picture, fit, frame_pairs, still
from models.prompts import Prompt, Vocabulary
from models.qwen3_vl import QUERY, Qwen3VLEmbedder, Qwen3VLReranker, Scores, Vectors
from models.reading import FRAME_LIST_RATE
from models.requests import MAX_FRAMES, Item, Judgement, Video

EMBED_LENGTH = 8192
RERANK_LENGTH = 10240
FILE_PIXELS = 128_000 * 1024 * 0.9
"""Budget of a video file: the official one is dropped on its way, leaving the library's."""
SNAP = 64
_BUDGET = Budget.exact()
_TAIL = 5


def embed(embedder: Qwen3VLEmbedder, items: Sequence[Item], max_length: int = EMBED_LENGTH) -> Vectors:
    """Vectors of the items. Raises `UnreadableMedia`, `UnusableInput`."""
    vocabulary = Vocabulary.of(embedder.folder, escape=False)
    return embedder.embed_prompts(
        # Made small at once: 32 films as they were decoded are more than most computers hold.
        [
            embedding_prompt(vocabulary, item, max_length, index).resampled()
            for index, item in enumerate(items)
        ]
    )


def rerank(reranker: Qwen3VLReranker, job: Judgement, max_length: int = RERANK_LENGTH) -> Scores:
    """Scores of the documents. Raises `UnreadableMedia`, `UnusableInput`."""
    vocabulary = Vocabulary.of(reranker.folder, escape=False)
    return reranker.score_prompts(judging_prompts(vocabulary, job, max_length))


def embedding_prompt(vocabulary: Vocabulary, item: Item, max_length: int, index: int = 0) -> Prompt:
    """One embedder's prompt, cut at `max_length` with only its last token kept."""
    controls = vocabulary.controls
    try:
        side = _side(item)
        instruction = prompts.sentence(item.instruction, prompts.DOCUMENT_INSTRUCTION)
    except UnusableInput:
        side, instruction = ((), None), prompts.DOCUMENT_INSTRUCTION
    ids = prompts.tokens(vocabulary, prompts.embedding(controls, side, instruction))
    cut = ids if len(ids) <= max_length else [*ids[: max_length - 1], controls.endoftext]
    for pad, kind in ((controls.image_pad, "image"), (controls.video_pad, "video")):
        if cut.count(pad) != ids.count(pad):
            raise UnusableInput(
                f"Of its {ids.count(pad)} {kind} tokens only {cut.count(pad)} fit into {max_length}, which "
                "the official code refuses; leave out --official or give less.",
                index,
            )
    return prompts.lay_out(cut, side[0], controls)


def judging_prompts(vocabulary: Vocabulary, job: Judgement, max_length: int) -> list[Prompt]:
    """The reranker's prompts; of a longer one the control tokens, the first others and the end are kept."""
    controls = vocabulary.controls
    try:
        query = _side(job.query)
    except UnusableInput as error:
        raise UnusableInput(str(error), QUERY) from error
    instruction = prompts.RERANK_INSTRUCTION if job.instruction is None else job.instruction
    ready = []
    for index, document in enumerate(job.documents):
        try:
            side = _side(document)
        except UnusableInput as error:
            raise UnusableInput(str(error), index) from error
        ids = prompts.tokens(vocabulary, prompts.judging(controls, query, side, instruction))
        body = ids[:-_TAIL]
        if len(body) > max_length:
            special = vocabulary.special
            room = max_length - sum(token in special for token in body)
            others = [place for place, token in enumerate(body) if token not in special]
            dropped = set(others[max(0, room) :])
            body = [token for place, token in enumerate(body) if place not in dropped]
        ready.append(prompts.lay_out([*body, *ids[-_TAIL:]], [*query[0], *side[0]], controls))
    return ready


def _side(item: Item) -> prompts.Side:
    pictures = [_video(video, item) for video in item.videos]
    pictures += [still(_picture(path), _BUDGET) for path in item.images]
    return pictures, "".join(item.texts) if item.texts else None


def _picture(path: Path) -> Pixels:
    with reading.opened(path) as image:
        if image.mode == "RGBA":
            return np.asarray(reading.on_white(image))
        # The transparency of a palette is not used, and converting it would only warn.
        image.info.pop("transparency", None)
        return np.asarray(image.convert("RGB"))


def _video(video: Video, item: Item) -> Picture:
    if isinstance(video, tuple):
        frames = [snapped(_picture(video[place])) for place in reading.pick(len(video), MAX_FRAMES)]
        frames += frames[-1:] * (len(frames) % 2)
        times = [place / FRAME_LIST_RATE for place in range(len(frames))]
        return _pairs(frames, times, _BUDGET.clip_max_pixels)
    count, rate = reading.count_frames(video)
    wanted = reading.sample(count, rate, item)
    if wanted < 2:
        raise UnusableInput(f"{video} has too few frames for the official code.")
    places = torch.linspace(0, count - 1, wanted).round().long().tolist()
    frames = [reading.pixels(frame) for frame in reading.take_frames(video, places)]
    return _pairs(frames, [place / rate for place in places], FILE_PIXELS)


def _pairs(frames: Sequence[Pixels], times: Sequence[float], total: float) -> Picture:
    least = _BUDGET.frame_min_pixels
    most = max(min(_BUDGET.frame_max_pixels, total / len(frames) * 2), int(least * 1.05))
    return frame_pairs(frames, times, least, most)


def snapped(pixels: Pixels) -> Pixels:
    """A frame of a list at the multiple of `SNAP` nearest to its size."""
    height, width = fit(pixels.shape[0], pixels.shape[1], 4 * SNAP**2, 16384 * SNAP**2, SNAP)
    return np.asarray(Image.fromarray(pixels).resize((width, height), Image.Resampling.BICUBIC))

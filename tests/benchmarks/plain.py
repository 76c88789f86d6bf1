"""The plain path, written the way the published scripts work: what `tests.benchmarks.models` compares with.

One prompt at a time, stills made smaller by Pillow, through transformers' own forward pass with its Conv3d
for patches; every document of a reranker's call reads the instruction, the query and the query's pictures
again; nothing is kept. It is given the product's prompts, so both sides spend the same tokens and must find
the same numbers.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor

from models import vision
from models.inputs import Input
from models.preparation import Picture
from models.prompts import DOCUMENT_INSTRUCTION, RERANK_INSTRUCTION, Controls, Prompt, Prompter


class Plain:
    """An embedder or reranker without any of the product's savings.

    Args:
        model: transformers' `Qwen3VLForConditionalGeneration`.
        verdict: float32 `[hidden size]`, a reranker's "yes" less its "no"; None for an embedder.
    """

    def __init__(self, model: Any, prompter: Prompter, verdict: Tensor | None = None) -> None:
        self._model = model
        self._prompter = prompter
        self._verdict = None if verdict is None else verdict.detach()
        self._device = model.device

    def embed_documents(self, inputs: Sequence[Input]) -> NDArray[np.float32]:
        """Unit vectors, one input after the other."""
        found = []
        for value in inputs:
            state = self._state(self._prompter.embed(value, DOCUMENT_INSTRUCTION))
            found.append(torch.nn.functional.normalize(state, dim=-1).cpu().numpy())
        return np.stack(found)

    def score(self, query: Input, documents: Sequence[Input]) -> NDArray[np.float32]:
        """Probabilities, one document after the other."""
        if self._verdict is None:
            raise ValueError("an embedder does not score")
        found = []
        for document in documents:
            prompt = self._prompter.rerank(self._prompter.question(query), document, RERANK_INSTRUCTION)
            found.append(torch.sigmoid(self._state(prompt) @ self._verdict).item())
        return np.array(found, np.float32)

    def _state(self, prompt: Prompt) -> Tensor:
        controls = self._prompter.vocabulary.controls
        ids = torch.from_numpy(prompt.ids)[None].to(self._device)
        stills = [picture for picture in prompt.pictures if not picture.times]
        clips = [picture for picture in prompt.pictures if picture.times]
        seen: dict[str, Tensor] = {}
        for pictures, pixels, grid in (
            (stills, "pixel_values", "image_grid_thw"),
            (clips, "pixel_values_videos", "video_grid_thw"),
        ):
            if pictures:
                seen[pixels], seen[grid] = self._pixels(pictures)
        with torch.inference_mode():
            states = self._model.model(
                input_ids=ids,
                attention_mask=torch.ones_like(ids),
                mm_token_type_ids=_types(prompt, controls).to(self._device),
                use_cache=False,
                **seen,
            ).last_hidden_state
        last: Tensor = states[0, -1].float()
        return last

    def _pixels(self, pictures: Sequence[Picture]) -> tuple[Tensor, Tensor]:
        cpu = torch.device("cpu")
        rows = [vision.gather([_by_pillow(picture)], cpu).groups[0].frames for picture in pictures]
        values = torch.cat([vision.patches(frames).reshape(-1, 1536) for frames in rows])
        grids = torch.tensor([[picture.pairs, *picture.grid] for picture in pictures])
        return ((values.float() - 127.5) / 127.5).to(self._device), grids.to(self._device)


def _by_pillow(picture: Picture) -> Picture:
    """A still in its size, as those scripts bring it there."""
    if picture.times:
        return picture
    size = picture.size[1], picture.size[0]
    still = Image.fromarray(picture.frames[0]).resize(size, Image.Resampling.BICUBIC)
    return replace(picture, frames=(np.asarray(still),))


def _types(prompt: Prompt, controls: Controls) -> Tensor:
    """int `[1, length]`: 1 for a picture's tokens, 2 for a clip's, 0 for text."""
    types = np.where(prompt.ids == controls.image_pad, 1, np.where(prompt.ids == controls.video_pad, 2, 0))
    return torch.from_numpy(types)[None]

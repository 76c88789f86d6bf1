"""A vision tower with a memory of what it saw lately."""

from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch import Tensor

from models.preparation import Picture
from models.recent import Recent
from models.vision import Frames, see

RECENT_BYTES = 512 << 20
"""Of features: with a 2B model in 16 bits 16 KB a token, so about 50 pictures of 640 tokens."""

PICTURE_BYTES = 1 << 20
"""What each counts for at least: nobody searches among the thousands that would fit of a small model's."""


class Sight:
    """Sees pictures, and knows again those that a search showed it lately.

    One that two models share lets a picture that was searched with be seen once for both.

    Args:
        tower: transformers' `Qwen3VLVisionModel`.
    """

    def __init__(self, tower: Any, recent_bytes: int = RECENT_BYTES) -> None:
        self.tower = tower
        self._recent: Recent[Tensor] = Recent(recent_bytes)

    def recall(self, pictures: Sequence[Picture]) -> dict[bytes, Tensor]:
        """Features `[1 + deepstack layers, tokens, hidden size]` of those it knows, by their key."""
        known = {picture.key: self._recent.get(picture.key) for picture in pictures}
        return {key: features for key, features in known.items() if features is not None}

    def look(self, frames: Frames) -> Tensor:
        """Features of pictures that are not to be remembered."""
        return see(self.tower, frames)

    def look_again(
        self,
        pictures: Sequence[Picture],
        known: Mapping[bytes, Tensor],
        fresh: Sequence[Picture],
        frames: Frames | None,
    ) -> Tensor:
        """Features of all pictures one after the other.

        Args:
            known: as `recall` gave them.
            fresh: the others, each once; seen in `frames` and remembered.
        """
        found = dict(known)
        if frames is not None:
            sizes = [picture.pairs * picture.tokens_per_pair for picture in fresh]
            for picture, part in zip(fresh, torch.split(see(self.tower, frames), sizes, dim=1), strict=True):
                # A view of the batch's features would keep all of them alive.
                features = found[picture.key] = part.clone()
                self._recent.keep(picture.key, features, max(features.nbytes, PICTURE_BYTES))
        return torch.cat([found[picture.key] for picture in pictures], dim=1)

    def forget(self) -> None:
        """Remember nothing."""
        self._recent.clear()

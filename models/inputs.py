"""What the models read: decoded, upright pixels and text. No files, no torch.

A query and a document have the same form, so that "this photo, but at night" is simply an `Input`
with one image and one text.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Pixels: TypeAlias = NDArray[np.uint8]
"""One picture: uint8 `[height, width, 3]`, RGB, upright, no alpha."""


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """Frames of a moving picture with the time each was shown.

    Attributes:
        frames: equally sized pictures in time order, at least one.
        times: seconds from the start of the file, one per frame, not decreasing.
    """

    frames: tuple[Pixels, ...]
    times: tuple[float, ...]

    def __post_init__(self) -> None:
        if not self.frames or len(self.frames) != len(self.times):
            raise ValueError("a clip needs one time for each of its frames")


@dataclass(frozen=True, slots=True, eq=False)
class Input:
    """One thing to embed or to judge. All empty means "nothing given" (the prompt says NULL).

    Attributes:
        page: its images are pages or screenshots, made to be read.
    """

    clips: tuple[Clip, ...] = ()
    images: tuple[Pixels, ...] = ()
    texts: tuple[str, ...] = ()
    page: bool = False

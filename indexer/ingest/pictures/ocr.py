"""Words read off pixels. Decoder processes only, and one of their own: it takes up to a gigabyte.

macOS has an engine of its own (`ocr_vision.py`). Elsewhere it is RapidOCR, whose wheel brings its models.
They read Latin with its diacritics, simplified and traditional Chinese, and Japanese; Greek only in part;
no Cyrillic, Korean, Arabic, Hebrew, Thai or Devanagari. Apple's engine reads Cyrillic and Korean as well.
"""

import functools
import sys
from collections.abc import Callable
from typing import Any, Final, TypeAlias

import numpy as np

from indexer.errors import MediaError
from indexer.ingest.segments import Line, around
from models.inputs import Pixels

Engine: TypeAlias = Callable[[Pixels], list[Line]]


LIBRARY: Final = "Vision" if sys.platform == "darwin" else "rapidocr"
"""What is imported to read with."""
NO_READER: Final = (
    "The words in pictures cannot be read: the libraries for that are missing; install Sightline again."
)


class NoReader(MediaError):
    """Words cannot be read on this computer: a part of Sightline is missing. Not the file's fault."""


MAX_LINES = 2000
"""Kept of one picture."""
LEAST_SCORE: Final = 0.5

_MIN_SIDE: Final = 24
"""In shorter pictures detection finds no line: it needs some room around one."""


def read(rgb: Pixels) -> tuple[Line, ...]:
    """The lines of a picture, uint8 `[height, width, 3]`, in reading order as the engine sees it."""
    return tuple(_engine()(rgb)[:MAX_LINES])


@functools.cache
def _engine() -> Engine:
    try:
        if sys.platform == "darwin":
            from indexer.ingest.pictures import ocr_vision

            return ocr_vision.lines
        return _Rapid()
    except ImportError as error:
        raise NoReader(NO_READER) from error


class _Rapid:
    """RapidOCR without its test for upside-down lines, which costs more words than it saves."""

    def __init__(self) -> None:
        from rapidocr import RapidOCR

        self._engine: Any = RapidOCR(
            params={
                "Global.use_cls": False,
                "Global.log_level": "critical",
                "EngineConfig.onnxruntime.intra_op_num_threads": 1,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
                "EngineConfig.onnxruntime.enable_cpu_mem_arena": False,
            }
        )

    def __call__(self, rgb: Pixels) -> list[Line]:
        height, width = rgb.shape[:2]
        if min(height, width) < _MIN_SIDE:
            return []
        # It expects the order of colours that OpenCV has
        found = self._engine(np.ascontiguousarray(rgb[:, :, ::-1]))
        if found.txts is None or found.boxes is None:
            return []
        lines = zip(found.txts, found.boxes.tolist(), found.scores, strict=True)
        return [
            Line(text.strip(), around(corners, width, height))
            for text, corners, score in lines
            if score >= LEAST_SCORE and any(map(str.isalnum, text))
        ]

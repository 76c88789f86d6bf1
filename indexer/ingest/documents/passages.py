"""Where a long text is cut into the passages that are embedded and found. Decoder processes only."""

import re
from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

PASSAGE_TOKENS = 600
MAX_TOKENS = 800
"""Estimated from the characters: the models' tokenizer is not loaded in a decoder."""

_HEADING: Final = re.compile(r"^#{1,6} ", re.MULTILINE)
_BLANK_LINES: Final = re.compile(r"\n[^\S\n]*\n\s*")
_SENTENCE_END: Final = re.compile(r"[.!?…][\"'”’)]*\s+|[。！？]|\n")
_SPACE: Final = re.compile(r"\s+")


def passages(text: str) -> Iterator[str]:
    """The text in order, in parts of about `PASSAGE_TOKENS`, never more than `MAX_TOKENS`, never blank.

    Cut before a heading, else between paragraphs, sentences, words, whichever of these first has a border
    in the second half of the part; anywhere in a text without borders.
    """
    tokens = np.concatenate(([0.0], np.cumsum(_costs(text))))
    borders = [
        np.array([found.start() if border is _HEADING else found.end() for found in border.finditer(text)])
        for border in (_HEADING, _BLANK_LINES, _SENTENCE_END, _SPACE)
    ]
    start = 0
    while start < len(text):
        least, target, most = (
            int(np.searchsorted(tokens, tokens[start] + size, "right")) - 1
            for size in (PASSAGE_TOKENS / 2, PASSAGE_TOKENS, MAX_TOKENS)
        )
        stop = len(text) if most >= len(text) else _nearest(borders, least, target, most)
        if passage := text[start:stop].strip():
            yield passage
        start = stop


def _nearest(borders: list[NDArray[np.intp]], least: int, target: int, most: int) -> int:
    for kind in borders:
        within = kind[np.searchsorted(kind, least, "right") : np.searchsorted(kind, most, "right")]
        if within.size:
            return int(within[np.abs(within - target).argmin()])
    return target


def _costs(text: str) -> NDArray[np.float64]:
    """About how many tokens each character is: digits stand alone, Latin letters share one among four."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    costs = np.select([codes < 0x80, codes < 0x2E80], [0.25, 0.4], 0.8)
    costs[(codes >= ord("0")) & (codes <= ord("9"))] = 1.0
    return costs

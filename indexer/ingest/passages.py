"""Plain text and Markdown to passages. Decoder processes only."""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import charset_normalizer
import numpy as np
from numpy.typing import NDArray

from indexer.errors import MediaError, Skipped
from indexer.ingest.items import open_original
from indexer.ingest.segments import Item, Segment
from models.inputs import Input

MAX_BYTES = 4 << 20
"""More of one file is not read; the item's note says so."""
PASSAGE_TOKENS = 600
MAX_TOKENS = 800
"""Estimated from the characters: the models' tokenizer is not loaded in a decoder."""

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE_BYTES: Final = 256 << 10
_HEADING: Final = re.compile(r"^#{1,6} ", re.MULTILINE)
_BLANK_LINES: Final = re.compile(r"\n[^\S\n]*\n\s*")
_SENTENCE_END: Final = re.compile(r"[.!?…][\"'”’)]*\s+|[。！？]|\n")
_SPACE: Final = re.compile(r"\s+")
_CONTROL: Final = re.compile(r"[\0-\x08\x0b\x0e-\x1f\x7f]")


def decode(path: Path) -> Iterator[Item | Segment]:
    """The text's `Item`, then a segment per passage. Raises `Skipped` (no text), `MediaError` (not text)."""
    with open_original(path) as file:
        data = file.read(MAX_BYTES + 1)
    cut = len(data) > MAX_BYTES
    text = read_text(data[:MAX_BYTES])
    if not text.strip():
        raise Skipped("It contains no text.")
    yield Item(
        kind="document",
        thumbnail=b"",
        note=f"Only the first {MAX_BYTES >> 20} MB of the text are indexed." if cut else "",
    )
    for passage in passages(text):
        yield Segment("text", Input(texts=(passage,)), text=passage)


def read_text(data: bytes) -> str:
    """The text in whatever encoding it is: by its mark, UTF-8, UTF-16 without a mark, or by its statistics.

    Line ends become newlines, other control characters spaces. Raises `MediaError` when it is no text.
    """
    text = _decoded(data)
    if text is None or len(_CONTROL.findall(text)) > len(text) // 50:
        raise MediaError("It holds binary data, not text.")
    return _CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n"))


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


def _decoded(data: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    head = data[:4096]
    if 0 in head:
        for encoding, zeros, letters in (
            ("utf-16-le", head[1::2], head[::2]),
            ("utf-16-be", head[::2], head[1::2]),
        ):
            if zeros.count(0) > len(zeros) // 3 and letters.count(0) == 0:
                return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start > len(data) - 4 and error.reason == "unexpected end of data":
            return data[: error.start].decode("utf-8")
    best = None if 0 in head else charset_normalizer.from_bytes(data[:_SAMPLE_BYTES]).best()
    return None if best is None else data.decode(best.encoding, errors="replace")

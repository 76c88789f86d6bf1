"""Plain text, Markdown, CSV and source code, in any encoding. Decoder processes only."""

import codecs
import contextlib
import quopri
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import charset_normalizer

from indexer.errors import MediaError
from indexer.ingest.documents import old_encodings
from indexer.ingest.documents.assembled import document
from indexer.ingest.documents.parts import Part
from indexer.ingest.items import open_original
from indexer.ingest.segments import Item, Segment

MAX_BYTES = 4 << 20
"""More of one file is not read; the item's note says so."""

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_JAPANESE: Final = b"\x1b$"
"""How old Japanese mails and pages, in which each byte is ASCII, turn to their own letters (ISO-2022-JP)."""
_DECLARED: Final = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_CONTROL: Final = re.compile(r"[\0-\x08\x0b\x0e-\x1f\x7f]")
_COMMANDS: Final = re.compile("\x1b\\[[0-?]*[ -/]*[@-~]")
"""Colours and moves for a terminal (ECMA-48), of which logs are full."""
_MEANT: Final = {
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
"""Encodings whose names are written over texts in their larger successors, as browsers know."""
_WHOLE_FOR_EACH_BROKEN: Final = 10
_ESCAPING: Final = frozenset((".json", ".jsonl", ".ndjson", ".geojson", ".ipynb", ".properties"))
_ESCAPED: Final = re.compile(r"(?<!\\)\\u([0-9A-Fa-f]{4})")
_QUOTED: Final = re.compile(
    r"^([^:\n]*;ENCODING=QUOTED-PRINTABLE[^:\n]*:)((?:[^\n]*=\n)*[^\n]*)$", re.IGNORECASE | re.MULTILINE
)
_PACKED: Final = re.compile(r"[A-Za-z0-9+/=]{500,}|(?:[A-Za-z0-9+/]{60,}={0,2}(?:\\n)?\s+){8,}")
"""Pictures and the like as letters (base64): notebooks and address books hold thousands of lines of them."""


def decode(path: Path) -> Iterator[Item | Segment]:
    """The text's `Item`, then a segment per passage, without pictures that are written as letters.

    Raises `Skipped` (no text), `MediaError` (not text).
    """
    with open_original(path) as file:
        data = file.read(MAX_BYTES + 1)
    note = f"Only the first {MAX_BYTES >> 20} MB of the text are indexed." if len(data) > MAX_BYTES else ""
    text = _without_pictures(read_text(data[:MAX_BYTES]))
    yield from document([Part(_unescaped(text, path.suffix.lower()))], note=note)


def read_text(data: bytes) -> str:
    """The text in whatever encoding it is: by its mark, UTF-8, UTF-16 without a mark, or by its statistics.

    Line ends become newlines, commands for a terminal go, other control characters become spaces. Raises
    `MediaError` when it is no text.
    """
    decoded = _decoded(data)
    text = _COMMANDS.sub("", decoded or "")
    if decoded is None or len(_CONTROL.findall(text)) > len(text) // 50:
        raise MediaError("It holds binary data, not text.")
    return _CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n"))


def read_markup(data: bytes) -> str:
    """The text of an HTML page, which may name its own encoding. Raises as `read_text`."""
    declared = _DECLARED.search(data[:4096])
    if declared and not data.startswith(tuple(mark for mark, _ in _MARKS)):
        with contextlib.suppress(LookupError, ValueError):
            encoding = meant(declared.group(1).decode("ascii"))
            if not encoding.startswith(("utf-16", "utf-32")):  # in which nobody could have read that name
                return _CONTROL.sub(" ", data.decode(encoding, "replace"))
    return read_text(data)


def meant(name: str) -> str:
    """The encoding that goes by a name in pages and mails. Raises LookupError, ValueError for one of none.

    That a text is ASCII says nothing: where it is true no name is needed.
    """
    known = codecs.lookup(name).name
    if known == "ascii":
        raise LookupError(name)
    return _MEANT.get(known, known)


def _without_pictures(text: str) -> str:
    """Lists of checksums and genes, which have one case only, stay."""
    return _PACKED.sub(lambda found: found[0] if found[0].isupper() or found[0].islower() else " ", text)


def _unescaped(text: str, ending: str) -> str:
    """With letters in the place of the numbers that JSON and address books write for those beyond ASCII."""
    if ending in _ESCAPING:
        return _ESCAPED.sub(lambda found: _letter(int(found[1], 16)), text)
    if ending == ".vcf":
        return _QUOTED.sub(lambda found: found[1] + _unquoted(found[2]), text)
    return text


def _letter(code: int) -> str:
    return chr(code) if code >= ord(" ") else " "


def _unquoted(text: str) -> str:
    return quopri.decodestring(text.encode()).decode("utf-8", "replace")


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
    if _JAPANESE in data and data.isascii():
        with contextlib.suppress(UnicodeDecodeError):
            return data.decode("iso2022_jp_ext")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start > len(data) - 4 and error.reason == "unexpected end of data":
            return data[: error.start].decode("utf-8")
    if (mended := _mostly_utf_8(data)) is not None:
        return mended
    best = None if 0 in head else charset_normalizer.from_bytes(data[: old_encodings.SAMPLE_BYTES]).best()
    return None if best is None else old_encodings.decoded(data, best.encoding)


def _mostly_utf_8(data: bytes) -> str | None:
    """UTF-8 in which few letters are broken: a log that was cut in the middle of one, lines from elsewhere.

    By their statistics all others would be taken for those of another encoding. None if it is something else.
    """
    text = data.decode("utf-8", errors="replace")
    beyond_ascii = len(text) - len(text.encode("ascii", errors="ignore"))
    return text if text.count("\ufffd") * _WHOLE_FOR_EACH_BROKEN <= beyond_ascii else None

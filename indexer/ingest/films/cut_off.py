"""Whether a film's file ends before its own container says it does, as a copy does that broke off.

Said by the lengths that containers write down: of the whole, or, where it has none, of its last packet. What
is cut between two packets of the latter is not told from a whole one.
"""

import io
from typing import BinaryIO, Final

from indexer.ingest.signatures import transport_step

_HEAD_BYTES: Final = 4096
_LONGEST_VARIABLE: Final = 8
_ASF_PROPERTIES: Final = bytes.fromhex("a1dcab8c47a9cf118ee400c00c205365")
_SLACK: Final = 4096
"""Programs count a header twice, or not at all; there is no picture in so few bytes."""
_TAIL_BYTES: Final = 128 << 10
"""Holds the beginning of the last packet: none is larger than 64 kB."""
_FLV_HEADER, _FLV_TAG_HEADER, _FLV_SIZE = 9, 11, 4
_OGG_HEADER: Final = 27
_PACK: Final = b"\0\0\1\xba"
_PACKET: Final = b"\0\0\1"
_END_OF_PROGRAM: Final = 0xB9


def is_cut_off(file: BinaryIO) -> bool:
    """Whether its end is missing: more than a header's length, or a part of its last packet."""
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    head = file.read(_HEAD_BYTES)
    if head.startswith(b"RIFF"):
        end = 8 + int.from_bytes(head[4:8], "little")
        return size + _SLACK < end < 8 + 0xFFFFFFFF  # which is said by whoever does not know it
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return size + _SLACK < _matroska_end(head)
    if head.startswith(b"\x30\x26\xb2\x75") and (at := head.find(_ASF_PROPERTIES)) >= 0:
        return size + _SLACK < int.from_bytes(head[at + 40 : at + 48], "little")
    if head.startswith(b"FLV"):
        return _is_tag_cut(file, head, size)
    if step := transport_step(head):
        return size % step != 0
    if head.startswith((b"OggS", _PACK)):
        file.seek(max(0, size - _TAIL_BYTES))
        tail = file.read()
        return _is_page_cut(tail) if head.startswith(b"OggS") else _is_pack_cut(tail)
    return head[4:8].isalpha() and _pictures_end(file, size) > size + _SLACK


def _matroska_end(head: bytes) -> int:
    """Where the segment ends that follows the header; 0 if that was not known when it was begun."""
    at = head.find(b"\x18\x53\x80\x67")
    if not 0 <= at < len(head) - 4:
        return 0
    at += 4
    length = _LONGEST_VARIABLE + 1 - head[at].bit_length()
    if length > _LONGEST_VARIABLE:
        return 0
    bits = 7 * length
    value = int.from_bytes(head[at : at + length], "big") & (1 << bits) - 1
    return 0 if value == (1 << bits) - 1 else at + length + value


def _pictures_end(file: BinaryIO, size: int) -> int:
    """Where the last box with pictures ends in a file of boxes (MP4, MOV); 0 if there is none.

    Others are not asked: cameras and phones put things behind them that are no boxes.
    """
    at, end = 0, 0
    while at + 8 <= size:
        file.seek(at)
        header = file.read(16)
        length, name = int.from_bytes(header[:4], "big"), header[4:8]
        if length == 1:
            length = int.from_bytes(header[8:], "big")
        if length < 8:  # it goes to the end of the file, or is none
            break
        at += length
        if name == b"mdat":
            end = at
    return end


def _is_tag_cut(file: BinaryIO, head: bytes, size: int) -> bool:
    """Whether a Flash film ends within a tag. Each has its size behind it, which some programs leave at 0."""

    def ends(end: int) -> bool:
        file.seek(max(0, end - _FLV_SIZE))
        length = int.from_bytes(file.read(_FLV_SIZE), "big")
        file.seek(max(0, end - _FLV_SIZE - length))
        return length == _FLV_TAG_HEADER + int.from_bytes(file.read(4)[1:], "big")

    first = int.from_bytes(head[5:9], "big") + _FLV_SIZE
    length = int.from_bytes(head[first + 1 : first + 4], "big")
    return ends(first + _FLV_TAG_HEADER + length + _FLV_SIZE) and not ends(size)


def _is_page_cut(tail: bytes) -> bool:
    """Whether an Ogg ends within a page."""
    page = tail[max(0, tail.rfind(b"OggS")) :]
    sizes = page[_OGG_HEADER : _OGG_HEADER + page[_OGG_HEADER - 1]] if len(page) > _OGG_HEADER else b""
    return len(page) < _OGG_HEADER + len(sizes) + sum(sizes) or not sizes


def _is_pack_cut(tail: bytes) -> bool:
    """Whether an MPEG program stream ends within a packet, of which a pack holds several."""
    at = tail.rfind(_PACK)
    if at < 0:
        return False
    pack = tail[at:]
    at = 12 if len(pack) < 14 or pack[4] >> 6 != 1 else 14 + (pack[13] & 7)
    while (
        at < len(pack) and pack.startswith(_PACKET, at) and pack[at + 3 : at + 4] != bytes((_END_OF_PROGRAM,))
    ):
        at += 6 + int.from_bytes(pack[at + 4 : at + 6], "big")
    return at > len(pack)

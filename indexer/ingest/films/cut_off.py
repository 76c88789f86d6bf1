"""Whether a film's file ends before its own container says it does, as a copy does that broke off.

Said by the lengths that containers write down. Streams of MPEG and what was recorded until the power went
have none, so of them nothing is said.
"""

import io
from typing import BinaryIO, Final

_HEAD_BYTES: Final = 4096
_LONGEST_VARIABLE: Final = 8
_ASF_PROPERTIES: Final = bytes.fromhex("a1dcab8c47a9cf118ee400c00c205365")
_SLACK: Final = 4096
"""Programs count a header twice, or not at all; there is no picture in so few bytes."""


def is_cut_off(file: BinaryIO) -> bool:
    """Whether more than a header's length of its end is missing."""
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

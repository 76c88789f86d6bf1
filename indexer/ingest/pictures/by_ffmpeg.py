"""Pictures that Pillow does not read, or not rightly, and FFmpeg's decoders do. Decoder processes only.

They are handed the bytes of the file, so that no container is opened and nothing else can be named in it.
"""

import re
from typing import Any, BinaryIO, Final

from PIL import Image

from indexer.errors import MediaError
from indexer.ingest.pictures.high_range import levels
from indexer.ingest.segments import DAMAGED_OR_RARE

_DECODERS: Final = (
    (b"P7", "pam"),
    (b"PF", "pfm"),
    (b"\x76\x2f\x31\x01", "exr"),
    (b"#?RADIANCE", "hdr"),
    (b"#?RGBE", "hdr"),
    (b"SDPX", "dpx"),
    (b"XPDS", "dpx"),
    (b"\x59\xa6\x6a\x95", "sunrast"),  # Pillow mixes the colours of those with 32 bits
    (b"/* XPM */", "xpm"),  # and knows no names of colours here
)
_COLOUR_OF_16_BITS: Final = re.compile(rb"c\s+#((?:[0-9A-Fa-f]{4}){3})(?=[\s\"])")
_JP2: Final = b"\0\0\0\x0cjP  "
_JPEG_2000: Final = b"\xff\x4f\xff\x51"
_DEPTH_BEHIND: Final = 42
_HEAD_BYTES: Final = 65_536
_MAX_BYTES: Final = 1 << 30


def decoder(file: BinaryIO) -> str | None:
    """FFmpeg's decoder for such a picture; None for all others. Leaves the file at its beginning."""
    head = file.read(_HEAD_BYTES)
    file.seek(0)
    at = head.find(_JPEG_2000)
    if at == 0 or (at > 0 and head.startswith(_JP2)):
        depth = head[at + _DEPTH_BEHIND : at + _DEPTH_BEHIND + 1]
        return "jpeg2000" if depth and (depth[0] & 0x7F) + 1 > 8 else None  # of which Pillow shows the rest
    return next((name for first, name in _DECODERS if head.startswith(first)), None)


def read(file: BinaryIO, name: str, most: int) -> Image.Image:
    """The picture with eight bits.

    Raises `MediaError` for rarer varieties, ValueError for damage and more than `most` pixels.
    """
    import av  # a process for pictures stays small

    codec: Any = av.CodecContext.create(name, "r")
    codec.thread_count = 1
    codec.options = {"max_pixels": str(most)}
    data = file.read(_MAX_BYTES)
    if name == "xpm":  # whose colours have any number of digits, but here six
        data = _COLOUR_OF_16_BITS.sub(lambda found: b"c #" + b"".join(re.findall(b"(..)..", found[1])), data)
    try:
        frames = codec.decode(av.Packet(data)) or codec.decode(None)
    except av.FFmpegError as error:
        if isinstance(error, MemoryError):
            raise
        raise ValueError from error  # some pass for the system's errors
    file.seek(0)
    if not frames:
        raise MediaError(DAMAGED_OR_RARE)
    form = frames[0].format
    if "f32" in form.name or "f16" in form.name:
        return Image.fromarray(levels(frames[0].reformat(format="gbrpf32le").to_ndarray(), linear=True))
    alpha = any(component.is_alpha for component in form.components)
    return Image.fromarray(frames[0].reformat(format="rgba" if alpha else "rgb24").to_ndarray())

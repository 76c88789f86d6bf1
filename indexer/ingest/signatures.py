"""What a file is by its first bytes, whatever its name says."""

import re
from typing import Final, Literal, TypeAlias

from indexer.words import Phrase

Handler: TypeAlias = Literal[
    "image", "raw", "svg", "video", "pdf", "text", "html", "package", "one xml", "old office", "rtf", "mail"
]
"""Which decoder reads a file. A package is a document in a ZIP archive."""

HEAD_BYTES: Final = 4096

_PREFIXES: Final[tuple[tuple[bytes, Handler], ...]] = (
    (b"\xff\xd8\xff", "image"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"GIF87a", "image"),
    (b"GIF89a", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
    (b"II+\0", "image"),
    (b"MM\0+", "image"),
    (b"8BPS\0\1", "image"),
    (b"8BPS\0\2", "image"),
    (b"DDS ", "image"),
    (b"qoif", "image"),
    (b"\x76\x2f\x31\x01", "image"),
    (b"#?RADIANCE", "image"),
    (b"#?RGBE", "image"),
    (b"SDPX", "image"),
    (b"XPDS", "image"),
    (b"\x59\xa6\x6a\x95", "image"),
    (b"icns", "image"),
    (b"\0\0\1\0", "image"),
    (b"\0\0\2\0", "image"),
    (b"\0\0\0\x0cjP  \r\n\x87\n", "image"),
    (b"\xff\x4f\xff\x51", "image"),
    (b"SIMPLE  =", "image"),
    (b"\xff\x0a", "image"),
    (b"\0\0\0\x0cJXL \r\n\x87\n", "image"),
    (b"FUJIFILMCCD-RAW ", "raw"),
    (b"FOVb", "raw"),
    (b"\0MRM", "raw"),
    (b"\x1a\x45\xdf\xa3", "video"),
    (b"FLV\1", "video"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "video"),
    (b"\0\0\1\xba", "video"),
    (b"\0\0\1\xb3", "video"),
    (b"\x06\x0e\x2b\x34\x02\x05\x01\x01\x0d\x01\x02\x01", "video"),
    (b".RMF", "video"),
    (b"\xb7\xd8\x00\x20\x37\x49\xda\x11", "video"),
    (b"nut/multimedia container", "video"),
    (b"DKIF", "video"),
    (b"OggS", "video"),
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
)
ARCHIVE: Final[Phrase] = "a ZIP archive or an Office document"
OLD_OFFICE: Final[Phrase] = "an old or a locked Office document"
_FOREIGN: Final[tuple[tuple[bytes, Phrase], ...]] = (
    (b"\x7fELF", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
    (b"\xce\xfa\xed\xfe", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"PK\3\4", ARCHIVE),
    (b"PK\5\6", "an empty ZIP archive"),
    (b"\x1f\x8b\x08", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\7", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_OFFICE),
    (b"%!PS", "a PostScript file"),
    (b"\xc5\xd0\xd3\xc6", "a PostScript file"),
    (b"ID3", "a sound file"),
    (b"fLaC", "a sound file"),
)
_IMAGE_BRANDS: Final = frozenset(
    (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis")
)
_PORTABLE_MAP: Final = re.compile(rb"P(?:[1-6]\s+(?:#[^\n]*\s+)*\d+\s+\d+\s|7\s+WIDTH|[Ff]\s+\d+\s+\d+\s)")
_PACKAGE_MEMBERS: Final = (b"mimetypeapplication/", b"[Content_Types].xml", b"META-INF/container.xml")
_HTML: Final = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html[\s>])", re.IGNORECASE | re.DOTALL)
_SVG: Final = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype\s+svg.*?>\s*)?<svg[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_RASTER_HEADERS: Final = frozenset((12, 40, 52, 56, 64, 108, 124))


def recognise(head: bytes) -> Handler | None:
    """The decoder for a file that begins with `head` (its first `HEAD_BYTES`), None if none is known.

    Plain text has no signature: it is never recognised here.
    """
    for prefix, handler in _PREFIXES:
        if head.startswith(prefix):
            return handler
    if 0 in head[:4]:  # the size of a box, not letters
        if head[4:12] == b"ftypcrx ":
            return "raw"
        if head[4:8] == b"ftyp":
            return "image" if head[8:12] in _IMAGE_BRANDS else "video"
        if head[4:8] in (b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"):
            return "video"
    if head[:4] == b"RIFF" and head[8:12] in (b"WEBP", b"AVI "):
        return "image" if head[8:12] == b"WEBP" else "video"
    if head[:2] == b"BM" and int.from_bytes(head[14:18], "little") in _RASTER_HEADERS:
        return "image"
    if _PORTABLE_MAP.match(head):
        return "image"
    if head.startswith(b"PK\3\4") and head[30:].startswith(_PACKAGE_MEMBERS):
        return "package"
    if text := _markup(head):
        return text
    if transport_step(head):
        return "video"
    # Mail programs and printers leave lines before a PDF's first
    if b"%PDF-" in head[:1024]:
        return "pdf"
    return None


def foreign(head: bytes) -> Phrase | None:
    """What a file is that no decoder reads, with its article ("a ZIP archive …"); None if unknown."""
    for prefix, name in _FOREIGN:
        if head.startswith(prefix):
            return name
    if head[:2] == b"MZ" and b"PE\0\0" in head[:2048]:
        return "a program"
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return "a sound file"
    return None


def _markup(head: bytes) -> Handler | None:
    head = head.removeprefix(b"\xef\xbb\xbf")
    if _SVG.match(head):
        return "svg"
    return "html" if _HTML.match(head) else None


def transport_step(head: bytes) -> int:
    """The bytes of a packet of an MPEG transport stream: 188, or 192 with the time before it (camcorders).

    0 for anything else.
    """
    for first, step in ((0, 188), (4, 192)):
        if len(head) > first + 4 * step and all(head[first + step * n] == 0x47 for n in range(5)):
            return step
    return 0

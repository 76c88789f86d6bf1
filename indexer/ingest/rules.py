"""What is media, what is left out, and the sentence that says why.

Two ways to be left out: `is_ignored` (hidden, system and work files that no person means when choosing a
folder; never mentioned) and `Skipped` (a file they may look for; listed with the reason).
"""

import os
import re
from pathlib import Path
from typing import Final

from indexer.errors import MediaError, Skipped
from indexer.ingest.items import open_original, why
from indexer.ingest.signatures import HEAD_BYTES, Handler, foreign, recognise

MIN_SIDE = 32
"""Pictures with a shorter side are icons, not something a person searches."""
MAX_RATIO = 190
"""Longer side to shorter. The models refuse 200, and reducing a picture rounds its sides."""


def _words(names: str) -> frozenset[str]:
    return frozenset(names.split())


_IMAGES: Final = _words(
    "jpg jpeg jpe jfif png apng gif webp bmp dib tif tiff heic heif hif avif jp2 j2k jpx jpf jpc psd ico "
    "icns cur ppm pgm pbm pnm pfm pam tga pcx dds qoi sgi rgb bw ras sun xbm xpm mpo fits fit dcx"
)
# Not here: .ts, .mts and their like, which are TypeScript as often as video and count by their content only.
_VIDEOS: Final = _words(
    "mp4 m4v mov qt mkv webm avi mpg mpeg mpe m2v m1v vob wmv asf flv f4v 3gp 3g2 ogv mxf dv rm rmvb mjpeg "
    "mjpg h264 h265 hevc"
)
_TEXTS: Final = _words("txt text md markdown mdown mkd")
# TIFF by their first bytes, but that would show the small preview inside.
_RAW: Final = _words(
    "3fr ari arw bay braw cap cr2 cr3 crw dcr dcs dng drf eip erf fff iiq k25 kdc mdc mef mos mrw nef nrw "
    "orf pef ptx pxn raf raw rw2 rwl sr2 srf srw x3f"
)
_SOUNDS: Final = _words("mp3 m4a aac flac wav ogg oga opus wma aif aiff mid midi amr")

_IGNORED_FOLDERS: Final = frozenset(
    name.casefold()
    for name in (
        "node_modules",
        "__pycache__",
        "__MACOSX",
        "$RECYCLE.BIN",
        "System Volume Information",
        "lost+found",
        "@eaDir",
        "#recycle",
    )
)
# Folders that a person sees as one thing, with hundreds of derived pictures inside.
_PACKAGES: Final = _words(
    "app aplibrary bundle fcpbundle framework imovielibrary lrdata lrcat-data migratedphotolibrary "
    "photolibrary photoslibrary plugin rtfd theater tvlibrary xcodeproj"
)
_IGNORED_FILES: Final = frozenset(("thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r"))
_UNFINISHED: Final = _words("crdownload part partial download opdownload tmp temp swp lock")
_HIDDEN_ATTRIBUTES: Final = 0x2 | 0x4
_MACOS_HIDDEN: Final = 0x8000


def is_ignored_name(name: str) -> bool:
    """Hidden, system, work and unfinished files and folders, judged by one part of a path."""
    if name.startswith((".", "~$")):
        return True
    folded = name.casefold()
    if folded in _IGNORED_FOLDERS or folded in _IGNORED_FILES:
        return True
    _, dot, suffix = folded.rpartition(".")
    return bool(dot) and (suffix in _UNFINISHED or suffix in _PACKAGES)


def is_ignored(path: str, root: str) -> bool:
    """Whether a path below a watched folder is ignored, for its own name or a folder in between."""
    below = path[len(root) :] if path.startswith(root) else path
    return any(
        is_ignored_name(part) for part in re.split(r"[\\/]" if os.name == "nt" else "/", below) if part
    )


def is_hidden(status: os.stat_result) -> bool:
    """Hidden by an attribute instead of by the name (macOS, Windows)."""
    attributes: int = getattr(status, "st_file_attributes", 0) & _HIDDEN_ATTRIBUTES
    flags: int = getattr(status, "st_flags", 0) & _MACOS_HIDDEN
    return bool(attributes or flags)


def check_size(width: int, height: int) -> None:
    """Raises `Skipped` for a picture or film of this size that cannot show anything."""
    if min(width, height) < MIN_SIDE:
        raise Skipped(f"It is only {width} × {height} pixels: an icon rather than a picture.")
    if max(width, height) > MAX_RATIO * min(width, height):
        raise Skipped(f"It is {width} × {height} pixels: too long and thin to be understood.")


def classify(path: Path) -> Handler:
    """The decoder for this file, by its first bytes, and by its name where these say nothing.

    Reads at most 4 kB and decodes nothing, so it is fit for the engine process and cheaper than hashing.
    Raises `Skipped` for what Sightline does not read, and `MediaError` for a file that cannot be opened or
    is something else than its name says.
    """
    extension = path.suffix.lower().lstrip(".")
    if extension in _RAW:
        raise Skipped(
            f"It is a .{extension} file (a camera's raw data), a format Sightline does not read yet."
        )
    with open_original(path) as file:
        try:
            head = file.read(HEAD_BYTES)
        except OSError as error:
            raise MediaError(why(error)) from error
    if not head:
        raise Skipped("It is empty.")
    by_name = _by_name(extension)
    if by_name == "text" and 0 not in head and not head.startswith(b"%PDF-"):
        # Prose may begin with the letters of a signature
        return by_name
    if handler := recognise(head):
        return handler
    other = foreign(head)
    if other == "a sound file" or (by_name is None and extension in _SOUNDS):
        raise Skipped("It is a sound file; Sightline searches what can be seen or read.")
    if by_name is not None:
        if other is not None:
            raise MediaError(f"It is named .{extension}, but it is {other}.")
        return by_name
    if not extension:
        raise Skipped(f"It is {other or 'in a format'} that Sightline does not read yet.")
    raise Skipped(f"It is a .{extension} file, a format Sightline does not read yet.")


def _by_name(extension: str) -> Handler | None:
    if extension in _IMAGES:
        return "image"
    if extension in _VIDEOS:
        return "video"
    if extension == "pdf":
        return "pdf"
    return "text" if extension in _TEXTS else None

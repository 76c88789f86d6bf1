"""What is known of a file from around it: its XMP sidecar, its name, its Finder tags.

Belongs to the file, not to its content: a copy under another name has its own. Decoder processes only.
"""

import contextlib
import ctypes
import ctypes.util
import os
import plistlib
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from indexer.errors import MediaError
from indexer.ingest.items import open_original
from indexer.ingest.metadata import file_name, places, xmp
from indexer.ingest.metadata.record import NOTHING, Metadata, distinct, first_of

SIDECAR: Final = ".xmp"
_TAGS: Final = "com.apple.metadata:_kMDItemUserTags"
_SCREEN_CAPTURE: Final = "com.apple.metadata:kMDItemIsScreenCapture"
_MAX_ATTRIBUTE: Final = 64 << 10


def completed(about: Metadata, path: Path) -> Metadata:
    """Its sidecar over what the file says, over its tags and the date in its name; with the place named."""
    merged = first_of(
        _sidecar(path),
        about,
        Metadata(keywords=_finder_tags(path), captured=file_name.captured(path.stem)),
    )
    if merged.place or merged.latitude is None or merged.longitude is None:
        return merged
    return replace(merged, place=places.named(merged.latitude, merged.longitude))


def is_screen_capture(path: Path) -> bool:
    """Whether macOS has marked it as a picture of the screen."""
    return _plist(path, _SCREEN_CAPTURE) is True


def sidecars(path: Path) -> tuple[Path, ...]:
    """Where a sidecar may be: `name.jpg.xmp` (darktable, digiKam), `name.xmp` (Lightroom, Bridge)."""
    return path.with_name(path.name + SIDECAR), path.with_suffix(SIDECAR)


def _sidecar(path: Path) -> Metadata:
    for beside in sidecars(path):
        try:
            with open_original(beside) as file:
                return xmp.read(file.read(xmp.MAX_BYTES + 1))
        except (MediaError, OSError):
            continue
    return NOTHING


def _finder_tags(path: Path) -> tuple[str, ...]:
    """The tags a person gave it in the Finder, without their colours."""
    tags = _plist(path, _TAGS)
    if not isinstance(tags, list):
        return ()
    return distinct(tag.split("\n", 1)[0] for tag in tags if isinstance(tag, str))


def _plist(path: Path, attribute: str) -> Any:
    """An extended attribute that holds a property list; None without one, or off macOS."""
    data = _attribute(path, attribute)
    if not data:
        return None
    try:
        return plistlib.loads(data)
    except (plistlib.InvalidFileException, ValueError, OverflowError, RecursionError):
        return None


def _attribute(path: Path, name: str) -> bytes:
    if sys.platform == "darwin":
        library = ctypes.CDLL(ctypes.util.find_library("c"))
        buffer = ctypes.create_string_buffer(_MAX_ATTRIBUTE)
        size = library.getxattr(
            os.fsencode(path), name.encode(), buffer, ctypes.c_size_t(_MAX_ATTRIBUTE), ctypes.c_uint32(0), 0
        )
        return buffer.raw[:size] if size > 0 else b""
    if sys.platform == "linux":  # a Mac's files, as network servers keep them here
        with contextlib.suppress(OSError):
            return os.getxattr(path, f"user.{name}")
    return b""

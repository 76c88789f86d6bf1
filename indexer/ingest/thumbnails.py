"""The cache of JPEGs: one thumbnail per content, the previews of each segment.

Keyed by content hash, so a renamed or copied file keeps its pictures. Everything in it can be made
again; a lost or damaged file costs a picture, never an answer.

Why thumbnails are always kept and previews within a bound: thumbnails are what is seen of a library, and a
tenth of the room. Previews are for a closer look, which is taken at few of a million files: at a picture
without one the reranker looks by its thumbnail, and what is shown large is drawn from the file itself.
"""

import contextlib
import io
import math
import os
import re
import shutil
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image

from indexer.ingest.documents import office_pages
from indexer.ingest.segments import Item, Segment
from indexer.messages.item_messages import Box
from indexer.messages.result_messages import SegmentType
from models.inputs import Clip, Input, Pixels

MAX_PREVIEW_BYTES = 20_000_000_000
"""Of previews, all together: those of some 200,000 photos."""
SPARE_BYTES = 1 << 30
"""Left free on the disk by previews: the index needs it more."""
VIEWS = "views"
MAX_VIEW_BYTES = 200_000_000
"""Of pictures drawn for the inspector and the peek, all together."""

PREFIXES: Final = tuple(f"{number:02x}" for number in range(256))
"""Of hashes, with a folder for each."""
MEASURED: Final = 20_000
"""Contents, at least, that speak for all: few of them take most of the room."""
_HEX = frozenset("0123456789abcdef")
_OWED: Final = ".owed"
_PREVIEW: Final = re.compile(r"\d{5,}-\d{2,}\.jpg")


class PreviewCache:
    """JPEG files below one folder, readable by this user alone.

    `root/ab/abcdef…/thumbnail.jpg` and `…/00007-02.jpg` (segment 7, its third preview), or an empty
    `…/given-up` when they were lost and cannot be made again; an empty `root/ab/abcdef….owed` while there is
    no room for previews; and for a while `root/views/abcdef…/….jpg`, drawn because somebody looks at it.
    Content hashes are lower-case hexadecimal; anything else is refused (ValueError), as it becomes part of a
    path.
    Safe to use from several threads and processes: files appear whole or not at all.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._room: int | None = None
        self._measuring = threading.Lock()

    def write(self, content_hash: str, item: Item) -> None:
        """Keep the item's thumbnail, if it has one. Raises OSError (disk full, for one)."""
        if item.thumbnail:
            _write(self.thumbnail(content_hash), item.thumbnail)

    def write_segment(self, content_hash: str, ordinal: int, segment: Segment) -> None:
        """Keep the previews of the item's segment number `ordinal` (from 0). Raises OSError.

        Beyond `MAX_PREVIEW_BYTES`, and on a disk that is nearly full, only those of an item without a
        thumbnail are kept; the others are owed.
        """
        alone = not self.thumbnail(content_hash).exists()
        if not self._takes(sum(map(len, segment.previews)), anyway=alone or not segment.previews):
            self.owe(content_hash)
        else:
            for index, jpeg in enumerate(segment.previews):
                _write(self._preview(content_hash, ordinal, index), jpeg)

    def thumbnail(self, content_hash: str) -> Path:
        """Where the thumbnail is, if there is one: plain text has none, and a cache may lose files."""
        return self._folder(content_hash) / "thumbnail.jpg"

    def previews(self, content_hash: str, ordinal: int) -> tuple[Path, ...]:
        """The previews that exist, in order: one for an image or page, the frames of a clip."""
        found: list[Path] = []
        while (path := self._preview(content_hash, ordinal, len(found))).exists():
            found.append(path)
        return tuple(found)

    def sample(self) -> tuple[dict[str, int], Sequence[str]]:
        """How many bytes the previews of some contents take, and how their hashes begin: the first prefixes.

        Hashes are spread evenly, so these are like all others. They are all there are where these are few.
        """
        sizes: dict[str, int] = {}
        for count, prefix in enumerate(PREFIXES, 1):
            for name in self.folders(prefix):
                sizes[name] = sum(size for _, size in _previews_in(self._root / prefix / name))
            if len(sizes) >= MEASURED:
                return sizes, PREFIXES[:count]
        return sizes, PREFIXES

    def owe(self, content_hash: str) -> None:
        """Not all previews of this content are here, for want of room. Raises OSError."""
        _write(self._owed(content_hash), b"")

    def owes(self, content_hash: str) -> bool:
        """Whether that was said, and they were not given up since."""
        return self._owed(content_hash).exists()

    def owed(self, prefix: str) -> set[str]:
        """The contents of which it was said and whose hash begins with these two letters."""
        return {name.removesuffix(_OWED) for name in self._names(prefix) if name.endswith(_OWED)}

    def settle(self, content_hash: str) -> None:
        """No previews of this content are owed any more."""
        with contextlib.suppress(OSError):
            self._owed(content_hash).unlink()

    def has_room(self) -> bool:
        """Whether there is room for more than the previews of most contents."""
        with self._measuring:
            return self._fits(MAX_PREVIEW_BYTES // 1000)

    def remove_previews(self, content_hash: str) -> None:
        """Keep no more than the thumbnail, if there is one, and owe nothing."""
        self.settle(content_hash)
        if self.thumbnail(content_hash).exists():
            for path, size in list(_previews_in(self._folder(content_hash))):
                with contextlib.suppress(OSError):  # Windows keeps what somebody looks at
                    path.unlink()
                    self._takes(-size, anyway=True)

    def view(self, content_hash: str, name: str) -> Path:
        """Where a picture for the inspector is kept, if it is; it may go whenever others need the room."""
        return self._root / VIEWS / self._folder(content_hash).name / f"{name}.jpg"

    def write_view(self, content_hash: str, name: str, jpeg: bytes) -> Path:
        """Keep a picture for the inspector; the ones least lately looked at make room. Raises OSError."""
        return self.write_views(content_hash, {name: jpeg})[0]

    def write_views(self, content_hash: str, jpegs: Mapping[str, bytes]) -> tuple[Path, ...]:
        """Several at once, in order."""
        written = tuple(self.view(content_hash, name) for name in jpegs)
        for path, jpeg in zip(written, jpegs.values(), strict=True):
            _write(path, jpeg)
        kept = []
        for file in list((self._root / VIEWS).glob("*/*.jpg")):
            with contextlib.suppress(FileNotFoundError):  # its content has just gone from the index
                kept.append((file, file.stat()))
        room = MAX_VIEW_BYTES
        for file, status in sorted(kept, key=lambda each: -each[1].st_mtime_ns):
            room -= status.st_size
            if room < 0 and file not in written:
                with contextlib.suppress(OSError):  # Windows keeps what somebody looks at
                    file.unlink(missing_ok=True)
                    file.parent.rmdir()  # unless others are in it
        return written

    def remove(self, content_hash: str) -> None:
        """Forget everything made from this content."""
        folder = self._folder(content_hash)
        self.settle(content_hash)
        shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(self._root / VIEWS / folder.name, ignore_errors=True)
        with contextlib.suppress(OSError):
            (self._root / office_pages.FOLDER / f"{folder.name}.pdf").unlink()

    def give_up(self, content_hash: str) -> None:
        """No pictures can be made of this content any more. Raises OSError."""
        _write(self._given_up(content_hash), b"")

    def is_given_up(self, content_hash: str) -> bool:
        """Whether that was said, and the cache has not been cleaned since."""
        return self._given_up(content_hash).exists()

    def hashes(self) -> Iterator[str]:
        """The contents from which something was made."""
        for folder in self._root.glob("[0-9a-f][0-9a-f]/*/"):
            if folder.name.startswith(folder.parent.name) and _HEX.issuperset(folder.name):
                yield folder.name

    def folders(self, prefix: str) -> set[str]:
        """The contents that have a folder, if an empty one, and whose hash begins with these two letters."""
        return {name for name in self._names(prefix) if name.startswith(prefix) and _HEX.issuperset(name)}

    def read_input(
        self,
        content_hash: str,
        ordinal: int,
        segment_type: SegmentType,
        times: Sequence[float],
        text: str,
        box: Box | None = None,
    ) -> Input | None:
        """The segment as the reranker reads it, made from the cached previews.

        Args:
            ordinal: of the segment whose previews these are.
            times: the segment's `preview_times` (clips only).
            text: the passage (text segments only).
            box: only this part of the picture.

        Returns None when a preview is lost or damaged; the thumbnail is in the place of a picture's own.
        """
        if segment_type == "text":
            return Input(texts=(text,))
        paths = self.previews(content_hash, ordinal)
        if not paths and segment_type == "image" and ordinal == 0:
            paths = (self.thumbnail(content_hash),)
        pictures = [_read(path) for path in paths]
        decoded = tuple(picture for picture in pictures if picture is not None)
        if box is not None:
            decoded = tuple(_part(picture, box) for picture in decoded)
        if segment_type != "clip":
            page = segment_type == "page"
            return Input(images=decoded, page=page) if len(decoded) == 1 else None
        if not decoded or len(decoded) != len(times):
            return None
        return Input(clips=(Clip(decoded, tuple(times)),))

    def _takes(self, size: int, anyway: bool) -> bool:
        """Whether so many bytes of previews may be kept, for the room or anyway; then they count as taken."""
        with self._measuring:
            taken = anyway or self._fits(size)
            self._room = self._left() - size * taken
            return taken

    def _fits(self, size: int) -> bool:
        return self._left() >= size and shutil.disk_usage(self._root).free - size > SPARE_BYTES

    def _left(self) -> int:
        """Bytes up to the bound; measured once."""
        if self._room is None:
            sizes, prefixes = self.sample()
            self._room = MAX_PREVIEW_BYTES - sum(sizes.values()) * len(PREFIXES) // len(prefixes)
        return self._room

    def _names(self, prefix: str) -> list[str]:
        try:
            return [path.name for path in (self._root / prefix).iterdir()]
        except FileNotFoundError:
            return []

    def _folder(self, content_hash: str) -> Path:
        if len(content_hash) < 8 or not _HEX.issuperset(content_hash):
            raise ValueError(f"not a content hash: {content_hash!r}")
        return self._root / content_hash[:2] / content_hash

    def _given_up(self, content_hash: str) -> Path:
        return self._folder(content_hash) / "given-up"

    def _owed(self, content_hash: str) -> Path:
        folder = self._folder(content_hash)
        return folder.with_name(folder.name + _OWED)

    def _preview(self, content_hash: str, ordinal: int, index: int) -> Path:
        return self._folder(content_hash) / f"{ordinal:05d}-{index:02d}.jpg"


def _write(path: Path, data: bytes) -> None:
    path.parent.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    # mkstemp makes the file with mode 0600
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _previews_in(folder: Path) -> Iterator[tuple[Path, int]]:
    """The previews of a content and their sizes; none if it has gone, or is no folder of ours."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _PREVIEW.fullmatch(entry.name):
                yield Path(entry.path), entry.stat().st_size


def _part(picture: Pixels, box: Box) -> Pixels:
    height, width = picture.shape[:2]
    left, top = int(box.left * width), int(box.top * height)
    return picture[
        top : max(top + 1, math.ceil((box.top + box.height) * height)),
        left : max(left + 1, math.ceil((box.left + box.width) * width)),
    ]


def _read(path: Path) -> Pixels | None:
    try:
        with Image.open(io.BytesIO(path.read_bytes()), formats=("JPEG",)) as picture:
            return np.array(picture.convert("RGB"))
    except (OSError, ValueError, SyntaxError):
        return None

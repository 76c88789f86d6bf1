"""One file large: drawn by a decoder into the cache, with the words that stand in it."""

import contextlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from indexer.errors import MediaError, UserError
from indexer.ingest.decoders import DecoderPool, PoolClosed
from indexer.ingest.documents import libreoffice
from indexer.ingest.items import content_hash
from indexer.ingest.segments import Place, View
from indexer.ingest.thumbnails import PreviewCache
from indexer.messages.item_messages import (
    MAX_RATE,
    MAX_SECONDS,
    MAX_SIDE,
    Film,
    GetFilm,
    GetPreview,
    Preview,
    Word,
)
from indexer.store import readings
from indexer.store.rows import FileRow, FoundSegment, LineRow
from indexer.store.store import Store

MAX_CHARACTERS = 400_000
"""Of the text of one preview: two hundred pages of a book."""
LEAST_SIDE = 64


class Previewing:
    """Answers `GetPreview`, `GetFilm` and `GetCopies`. For one thread, which may be any.

    Args:
        store: only read.
        on_look: told the folder of a file that is looked at.
    """

    def __init__(
        self,
        store: Store,
        cache: PreviewCache,
        pool: DecoderPool,
        on_look: Callable[[str], None] = lambda folder: None,
    ) -> None:
        self._store = store
        self._cache = cache
        self._pool = pool
        self._on_look = on_look
        self._drawn: dict[tuple[str, str], View] = {}

    def preview(self, request: GetPreview) -> Preview:
        """The picture and the words. Raises UserError with why there is none."""
        path = Path(request.path)
        file = self._store.file(request.path)
        if file is None:
            raise UserError(f"{path.name} is no longer in the index.")
        self._on_look(str(path.parent))
        content = self._store.content(file.content_hash) if file.content_hash else None
        segments = self._store.lookup.segments_of(content) if content is not None else []
        here = [segment for segment in segments if _is_meant(segment, request)]
        if any(segment.ocr for segment in here if segment.box is not None):
            # the same words may have been read off the whole before, when its parts were not wanted
            here = [segment for segment in here if segment.box is not None or not segment.ocr]
        text = "\n\n".join(part for each in here for part in (each.text, each.ocr) if part)[:MAX_CHARACTERS]
        if segments and all(segment.type == "text" for segment in segments):
            pages = max((segment.page or 0 for segment in segments), default=0)
            return Preview(text=text, pages=pages or None, undrawn=libreoffice.is_missed(path))
        try:
            view, image = self._view(file, request)
        except MediaError as error:
            raise UserError(f"{path.name} cannot be shown large. {error}") from error
        except PoolClosed:
            raise UserError("Sightline is closing.") from None
        words = [Word(line.text, line.box) for line in view.words]
        lines = self._store.lines([segment.id for segment in here]) if not words else {}
        words += [word for each in here for word in split(lines.get(each.id, ()))]
        return Preview(str(image), view.width, view.height, view.pages, view.text or text, tuple(words))

    def film(self, request: GetFilm) -> Film:
        """A few seconds. Raises UserError with why there are none."""
        path = Path(request.path)
        file = self._store.file(request.path)
        if file is None:
            raise UserError(f"{path.name} is no longer in the index.")
        side = min(MAX_SIDE, max(LEAST_SIDE, request.size))
        rate = min(MAX_RATE, max(1, request.rate))
        count = max(1, round(min(request.seconds, MAX_SECONDS) * rate))
        times = tuple(max(0.0, request.start_s) + number / rate for number in range(count))
        names = [f"{side}-film{time:.3f}" for time in times]
        try:
            digest = self._digest(file, path)
            kept = tuple(self._cache.view(digest, name) for name in names)
            if not all(each.exists() for each in kept):
                drawn = self._pool.film(path, times, side)
                jpegs = {name: view.jpeg for name, view in zip(names, drawn, strict=False)}
                kept = self._cache.write_views(digest, jpegs)
        except MediaError as error:
            raise UserError(f"{path.name} cannot be played. {error}") from error
        except PoolClosed:
            raise UserError("Sightline is closing.") from None
        except OSError as error:
            raise UserError(
                f"The film could not be kept: {error.strerror}. Make some room on the disk."
            ) from error
        return Film(tuple(map(str, kept)), rate, last=len(kept) < count)

    def copies(self, path: str) -> tuple[str, ...]:
        """Other files with the same bytes, by path."""
        file = self._store.file(path)
        content = self._store.content(file.content_hash) if file and file.content_hash else None
        found = self._store.lookup.files_by_content([content]) if content is not None else {}
        return tuple(sorted(each.path for files in found.values() for each in files if each.path != path))

    def _view(self, file: FileRow, request: GetPreview) -> tuple[View, Path]:
        """What a decoder draws, or what it drew before."""
        side = min(MAX_SIDE, max(LEAST_SIDE, request.size))
        name = "-".join(
            part
            for part in (
                str(side),
                "" if request.page is None else f"page{request.page}",
                "" if request.at_s is None else f"at{request.at_s:.3f}",
            )
            if part
        )
        path = Path(file.path)
        digest = self._digest(file, path)
        kept = self._cache.view(digest, name)
        known = self._drawn.get((digest, name))
        if known is not None and kept.exists():
            with contextlib.suppress(OSError):
                os.utime(kept)
            return known, kept
        view = self._pool.view(path, Place(request.page, request.at_s), side)
        try:
            kept = self._cache.write_view(digest, name, view.jpeg)
        except OSError as error:
            raise UserError(
                f"The picture could not be kept: {error.strerror}. Make some room on the disk."
            ) from error
        self._remember((digest, name), view)
        return view, kept

    def _digest(self, file: FileRow, path: Path) -> str:
        """Of the bytes as they are now, if their disk answers. Raises UserError, `MediaError`."""
        try:
            return self._pool.answering.patiently(lambda: path, lambda: _digest(file, path))
        except OSError:
            found = self._store.lookup.files_by_path([file.path]).get(file.path)
            if found is not None and found.offline:
                raise UserError(f"{path.name} is on “{found.offline}”, which is not connected.") from None
            raise UserError(f"{path.name} is no longer there. It was moved, renamed or deleted.") from None

    def _remember(self, key: tuple[str, str], view: View) -> None:
        """What is known of the last few; their pictures are on the disk."""
        self._drawn[key] = View(b"", view.width, view.height, view.pages, view.text, view.words)
        while len(self._drawn) > 100:
            del self._drawn[next(iter(self._drawn))]


def split(lines: Sequence[LineRow]) -> list[Word]:
    """Lines that were read off a picture as words, each with its share of its line."""
    words = []
    for line in lines:
        place = 0
        for text in line.text.split():
            start = line.text.index(text, place)
            place = start + len(text)
            words.append(Word(text, readings.share(line.box, line.text, start, len(text))))
    return words


def _is_meant(segment: FoundSegment, request: GetPreview) -> bool:
    match segment.type:
        case "text":
            return request.page is None or segment.page in (request.page, None)
        case "page":
            return segment.page == (request.page or 1)
        case "image":
            return segment.ordinal == 0 or segment.box is not None
        case "clip":
            return False


def _digest(file: FileRow, path: Path) -> str:
    """A file that has changed waits in the index under its old ones. Raises OSError when it is not there."""
    status = path.stat()
    if file.content_hash and (status.st_size, status.st_mtime_ns) == (file.size, file.mtime_ns):
        return file.content_hash
    return content_hash(path)

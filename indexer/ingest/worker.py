"""A decoder process: takes one request at a time, answers with what the file holds, may die of it.

Started by `decoders.py` with the spawn method. It ends with the engine: at the end of its pipe or, in the
middle of a file, when the engine's process is gone.
"""

import contextlib
import ctypes
import multiprocessing
import os
import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeAlias

from indexer import discreet
from indexer.errors import InUse, MediaError
from indexer.ingest.documents.libreoffice import Drawing, Draws
from indexer.ingest.films.frames import VideoReader
from indexer.ingest.isolation import passing
from indexer.ingest.isolation.confinement import confine
from indexer.ingest.items import DOWNLOADS, noting_locks, why
from indexer.ingest.rules import classify
from indexer.ingest.segments import SHARPEST, WHOLE, Item, Line, Place, Segment, Sight, View
from indexer.messages.item_messages import Box
from indexer.messages.problem_messages import IN_USE
from models.inputs import Pixels

_ALIVE_EVERY_S = 1.0
_LOOK_WHILE_HELD_S = 0.1
_M_ARENA_MAX = -8
_LETTERS_OF_A_TEXT_LAYER = 20
"""Scanners' programs leave fewer on a page (a number, a name) that they have not read."""


@dataclass(frozen=True, slots=True)
class Decode:
    """Answered by an `Item`, `Segment`s, any number of `Alive` in between, then `Done` or an error.

    Attributes:
        sight: what the embedder sees, if parts of a picture are wanted, too.
    """

    path: Path
    video_reader: VideoReader = "av"
    sight: Sight | None = None


@dataclass(frozen=True, slots=True)
class ReadPicture:
    """A picture to search by, one of a film or document, or a part of one. Answered by `Pixels`, then `Done`;
    or an error.

    Attributes:
        data: the picture itself, if it has no file; then `path` only names it.
    """

    path: Path
    place: Place = WHOLE
    box: Box | None = None
    data: bytes = b""


@dataclass(frozen=True, slots=True)
class Draw:
    """Answered by a `View` of at most `side` pixels either way, then as `Decode`."""

    path: Path
    place: Place
    side: int


@dataclass(frozen=True, slots=True)
class DrawFilm:
    """Answered by a `View` for each of the times (in seconds) that the film lasts, then as `Decode`."""

    path: Path
    times: tuple[float, ...]
    side: int


@dataclass(frozen=True, slots=True)
class ReadWords:
    """Answered by `Words` for each of the segments with these numbers, then as `Decode`."""

    path: Path
    wanted: frozenset[int]


@dataclass(frozen=True, slots=True)
class Words:
    """The lines read off segment number `ordinal` of a file."""

    ordinal: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Alive:
    """Still at work: a film may take minutes to its next cut."""


@dataclass(frozen=True, slots=True)
class PagesWanted:
    """The file is an Office document, whole and readable: the child waits for its `Drawing`."""


@dataclass(frozen=True, slots=True)
class Done:
    """The answer is complete."""


@dataclass(frozen=True, slots=True)
class Unexpected:
    """A mistake of ours, or damage no decoder foresaw; the traceback is for the log and discreet."""

    trace: str


Request: TypeAlias = Decode | ReadPicture | ReadWords | Draw | DrawFilm
Part: TypeAlias = Item | Segment | Pixels | Words | View
Answer: TypeAlias = Part | Alive | PagesWanted | Done | MediaError | Unexpected


def main(connection: Connection, memory_limit: int, held: ctypes.c_bool) -> None:
    """The process's whole life. Each request comes with whether files may be downloaded for it.

    Args:
        memory_limit: bytes of address space on top of what starting takes.
        held: shared with the engine; while it is true no work is done. It is a plain byte without a lock, as
            a process that is killed while it holds a lock would hold it for ever.
    """
    _settle(memory_limit)
    confine()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        passing.send(connection, Alive())  # the time it took to start is not the first file's
        while True:
            request, download = connection.recv()
            DOWNLOADS.set(download)
            _answer(connection, request, held)


def _answer(connection: Connection, request: Request, held: ctypes.c_bool) -> None:
    sent_at = time.monotonic()

    def send(answer: Answer) -> None:
        nonlocal sent_at
        passing.send(connection, answer)
        sent_at = time.monotonic()

    def alive() -> None:
        while True:
            if time.monotonic() - sent_at >= _ALIVE_EVERY_S:
                send(Alive())
            if not held.value:
                return
            time.sleep(_LOOK_WHILE_HELD_S)

    def draws() -> Drawing:
        send(PagesWanted())
        drawing: Drawing = connection.recv()
        return drawing

    with noting_locks() as locked:
        end = _worked(request, send, alive, draws)
    # where a part could not be read, nothing that was made of the rest is true of the file
    send(InUse(IN_USE) if request.path in locked else end)


def _worked(
    request: Request, send: Callable[[Answer], None], alive: Callable[[], None], draws: Draws
) -> Answer:
    """Sends the parts; how that ended."""
    try:
        alive()
        for part in _parts(request, alive, draws):
            send(part)
            alive()
    except MediaError as error:
        return error
    except MemoryError:
        return MediaError("It needs more memory than Sightline allows for one file.")
    except (BrokenPipeError, ConnectionResetError):
        raise
    except OSError as error:
        return MediaError(why(error))
    except Exception:
        return Unexpected(discreet.trace(*sys.exc_info()))
    return Done()


def _parts(request: Request, alive: Callable[[], None], draws: Draws) -> Iterator[Part]:
    match request:
        case ReadPicture():
            yield _picture(request, alive, draws)
        case Draw(path, place, side):
            from indexer.ingest import views

            yield views.draw(path, place, side, alive, draws)
        case DrawFilm(path, times, side):
            from indexer.ingest import views

            yield from views.film(path, times, side, alive)
        case ReadWords(path, wanted):
            yield from _words(path, wanted, alive, draws)
        case Decode(path, video_reader, sight):
            for part in _decoded(path, video_reader, alive, draws, sight):
                yield _completed(part, path) if isinstance(part, Item) else _judged(part, sight)


def _decoded(
    path: Path,
    video_reader: VideoReader,
    alive: Callable[[], None],
    draws: Draws,
    sight: Sight | None = None,
) -> Iterator[Item | Segment]:
    """Dispatch by content. Decoders are imported when first needed: a process for pictures stays small."""
    handler = classify(path)
    match handler:
        case "image":
            from indexer.ingest.pictures import images

            yield from images.decode(path, sight)
        case "raw":
            from indexer.ingest.pictures import raw

            yield from raw.decode(path, sight)
        case "svg":
            from indexer.ingest.pictures import drawings

            yield from drawings.decode(path)
        case "video":
            from indexer.ingest.films import video

            yield from video.decode(path, video_reader, alive)
        case "pdf":
            from indexer.ingest.documents import pdf_pages

            yield from pdf_pages.decode(path)
        case "package":
            from indexer.ingest.documents import archives

            yield from archives.decode(path, draws)
        case "old office":
            from indexer.ingest.documents import old_office

            yield from old_office.decode(path, draws)
        case "rtf":
            from indexer.ingest.documents import rich_text

            yield from rich_text.decode(path, draws)
        case "one xml":
            from indexer.ingest.documents import one_xml

            yield from one_xml.decode(path)
        case "html":
            from indexer.ingest.documents import web

            yield from web.decode(path)
        case "mail":
            from indexer.ingest.documents import mail

            yield from mail.decode(path)
        case "text":
            from indexer.ingest.documents import plain_text

            yield from plain_text.decode(path)


def _picture(request: ReadPicture, alive: Callable[[], None], draws: Draws) -> Pixels:
    path = request.path
    if request.data:
        from indexer.ingest.pictures import images
        from indexer.ingest.pictures.raster import pixels

        return pixels(images.inside(request.data))
    if request.box is not None or request.place != WHOLE:
        from indexer.ingest import views

        return views.part(path, request.place, request.box, alive, draws)
    match classify(path):
        case "image":
            from indexer.ingest.pictures import images

            return images.read(path)
        case "raw":
            from indexer.ingest.pictures import raw

            return raw.read(path)
        case "svg":
            from indexer.ingest.pictures import drawings

            return drawings.read(path)
        case "video" | "pdf":
            from indexer.ingest import views

            return views.likeness(path, alive)
        case _:
            raise MediaError("It is no picture.")


def _completed(item: Item, path: Path) -> Item:
    """With what is known of the file from around it."""
    from indexer.ingest.metadata import beside

    return replace(item, about=beside.completed(item.about, path))


def _judged(segment: Segment, sight: Sight | None) -> Segment:
    """With the word whether its picture is worth reading: not if words are known, nor twice."""
    if not segment.content.images or sum(map(str.isalnum, segment.text)) >= _LETTERS_OF_A_TEXT_LAYER:
        return segment
    from indexer.ingest.pictures.regions import is_long, is_stretch

    height, width, _ = segment.content.images[0].shape
    if segment.box is None:
        elsewhere = segment.type == "image" and sight is not None and is_long(width, height)
    else:
        elsewhere = not is_stretch(segment.box)
    if elsewhere:  # off its stretches, or off the whole that it is a part of
        return segment
    from indexer.ingest.pictures.legibility import may_hold_words

    return replace(segment, legible=any(map(may_hold_words, segment.content.images)))


def _words(path: Path, wanted: frozenset[int], alive: Callable[[], None], draws: Draws) -> Iterator[Words]:
    """Decodes the file once more, as the models see it, and reads what is wanted of it."""
    from indexer.ingest.pictures import ocr
    from indexer.ingest.pictures.regions import own_lines

    segments = (part for part in _decoded(path, "av", alive, draws, SHARPEST) if isinstance(part, Segment))
    last = max(wanted, default=-1)
    for ordinal, segment in enumerate(segments):
        if ordinal in wanted:
            lines = (line for image in segment.content.images for line in ocr.read(image))
            yield Words(ordinal, tuple(lines if segment.box is None else own_lines(segment.box, lines)))
        alive()
        if ordinal >= last:
            return


def _settle(memory_limit: int) -> None:
    """Make the process quiet and bounded."""
    # Ctrl-C in a terminal reaches the whole group; only the engine decides when to stop
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    warnings.simplefilter("ignore")
    # Codecs print to stdout and stderr, where the engine's protocol or a progress bar may be
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    if sys.platform == "linux":
        import resource

        import psutil

        with contextlib.suppress(AttributeError, OSError):
            # One malloc arena per codec thread would hold several hundred MB after some files
            ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 2)
        limit = psutil.Process().memory_info().vms + memory_limit
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)

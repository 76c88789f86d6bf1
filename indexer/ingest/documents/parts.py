"""What every reader of a text format yields: parts of a document. Decoder processes only."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from indexer.errors import MediaError
from indexer.ingest.documents.passages import passages
from indexer.ingest.segments import Segment
from models.inputs import Input

MAX_CHARACTERS = 4 << 20
"""More of one file is not read; the item's note says so."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a document that a person would point at: a slide, a sheet, a chapter, a mail.

    Attributes:
        title: its name, "" where it has none. Put before each of its passages: a passage from the middle of
            a chapter or a sheet says too little of itself.
        page: from 1, where the parts of this format are counted (slides).
        note: what of it was not read, in a sentence.
    """

    text: str
    title: str = ""
    page: int | None = None
    note: str = ""


def texts(parts: Iterable[Part]) -> Iterator[Segment]:
    """A segment per passage."""
    for part in parts:
        for passage in passages(part.text):
            titled = passage if passage.startswith(part.title) else f"{part.title}\n\n{passage}"
            yield Segment("text", Input(texts=(titled,)), text=titled, page=part.page)


def kept(lines: Iterable[str]) -> tuple[str, MediaError | None]:
    """The lines as one text, and what ended them too early, if anything did.

    So that a part cut off by damage is yielded first and complained about afterwards.
    """
    read: list[str] = []
    try:
        read.extend(lines)
    except MediaError as error:
        return "\n".join(read), error
    return "\n".join(read), None

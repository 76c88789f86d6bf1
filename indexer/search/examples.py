"""Indexed files as questions: "like this one"."""

from collections.abc import Sequence

from indexer.messages.search_messages import Example
from indexer.search.rerank import Previews
from indexer.store.rows import FoundSegment
from indexer.store.store import Store
from models.inputs import Input


def inputs(store: Store, previews: Previews, wanted: Sequence[Example]) -> tuple[list[Input], str]:
    """The part of each file that the example means, as the models read it, and a note about lost ones."""
    found: list[Input] = []
    note = ""
    for example in (each for each in wanted if each.box is None):  # parts are pictures of the question
        file = store.file(example.path)
        segment = _meant(store, file.content_hash, example) if file and file.content_hash else None
        if file and segment and file.content_hash:
            read = previews.read_input(
                file.content_hash, segment.ordinal, segment.type, segment.preview_times, segment.text
            )
            if read is not None:
                found.append(read)
            else:
                note = (
                    f"{example.path} cannot be compared with now: its pictures were lost, and are made again "
                    "while Sightline runs."
                )
            continue
        note = f"{example.path} is not in the index yet, so nothing can be compared with it."
    return found, note


def _meant(store: Store, content_hash: str, example: Example) -> FoundSegment | None:
    content = store.content(content_hash)
    if content is None:
        return None
    segments = store.lookup.segments_of(content)
    for segment in segments:
        if example.page is not None and segment.page == example.page:
            return segment
        if example.start_s is not None and segment.start_s == example.start_s:
            return segment
    return segments[0] if segments else None

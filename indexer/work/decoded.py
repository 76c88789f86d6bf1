"""What a decoder hands over, as the embedder reads it and as the index keeps it."""

from dataclasses import replace

from indexer.ingest.segments import Item, Segment
from indexer.store.rows import ItemRow, SegmentRow
from models.inputs import Input


def as_document(item: Item | None, piece: Segment) -> Input:
    """A segment as the embedder reads it."""
    screenshot = item is not None and item.kind == "screenshot"
    return replace(piece.content, page=screenshot or piece.type == "page")


def segment_row(piece: Segment) -> SegmentRow:
    """A segment as the index keeps it, its vector apart."""
    return SegmentRow(
        piece.type,
        piece.text,
        piece.start_s,
        piece.end_s,
        piece.page,
        piece.preview_times,
        legible=piece.legible,
        box=piece.box,
    )


def item_row(item: Item) -> ItemRow:
    """A file as the index keeps it."""
    about = item.about
    words = [about.description, ", ".join(about.keywords)]
    return ItemRow(
        item.kind,
        item.width,
        item.height,
        item.duration_s,
        item.pages,
        taken=about.captured,
        camera=about.camera or None,
        lens=about.lens or None,
        latitude=about.latitude,
        longitude=about.longitude,
        place=about.place or None,
        rating=about.rating if about.rating and about.rating > 0 else None,
        title=about.title or None,
        author=about.author or None,
        about="\n".join(part for part in words if part),
        note=item.note,
    )

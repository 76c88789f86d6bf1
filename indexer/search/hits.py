"""Ranked files as the hits that cross the process boundary."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from indexer.kinds import Kind
from indexer.messages.item_messages import Box
from indexer.messages.result_messages import Hit, Segment, SegmentType
from indexer.search.folding import Tile
from indexer.search.fuse import Candidate, Ranked
from indexer.search.query import Query
from indexer.search.relevance import POSSIBLE
from indexer.search.rerank import Previews
from indexer.store import readings
from indexer.store.path_text import searchable
from indexer.store.rows import FoundFile, FoundSegment, LineRow
from indexer.store.words import folded

BEFORE, AFTER = 60, 140
"""Characters of a snippet on either side of the beginning of the first word found."""
OTHERS = 8
"""Further segments per file."""

_UNREAD: dict[Kind, SegmentType] = {
    "photo": "image",
    "screenshot": "image",
    "video": "clip",
    "document": "page",
}
"""What to say of a file that is only known by name so far."""


def found(tile: Tile, query: Query, previews: Previews, lines: Mapping[int, Sequence[LineRow]]) -> Hit:
    """A search result. `lines`: what was read off the pictures of its segments, by segment id."""
    one = tile.first

    def part(candidate: Candidate, known: Segment | None = None) -> Segment:
        segment = candidate.segment
        return replace(
            known or _segment(segment, one.file, previews),
            lit=tuple(lit(lines.get(segment.id, ()), query)),
            score=round(candidate.confidence, 4),
        )

    shown = list(one.candidates[:1])
    shown += [other for other in one.candidates[1:] if _worth_showing(other, one)][:OTHERS]
    text = next((c.segment.words for c in one.candidates if c.segment.id in one.words_in), "")
    hit = browsed(one.file, shown[0].segment if shown else None, previews)
    return replace(
        hit,
        score=round(one.score, 4),
        relevance=one.relevance,
        matched=one.matched,
        segment=part(shown[0], hit.segment) if shown else hit.segment,
        snippet=snippet(text, query),
        others=tuple(map(part, shown[1:])),
        folded=tuple(other.file.path for other in tile.folded),
    )


def browsed(file: FoundFile, segment: FoundSegment | None, previews: Previews) -> Hit:
    """A file nobody searched for."""
    thumbnail = previews.thumbnail(file.content_hash) if file.content_hash else Path()
    return Hit(
        path=file.path,
        kind=file.kind,
        score=0.0,
        relevance="weak",
        matched=(),
        segment=_segment(segment, file, previews) if segment else Segment(_UNREAD[file.kind]),
        thumbnail=str(thumbnail) if thumbnail.is_file() else "",
        size_bytes=file.size,
        modified=file.mtime_ns / 1e9,
        width=file.width,
        height=file.height,
        duration_s=file.duration_s,
        pages=file.pages,
        facts=file.facts,
        offline=file.offline,
        last_seen=file.last_seen,
    )


def snippet(text: str, query: Query) -> str:
    """A little of the text around the first term it holds, on one line; "" when it holds none."""
    plain, shown = folded(text), searchable(text)
    places = [place for term in query.terms if (place := plain.find(folded(term.text))) >= 0]
    if not places:
        return ""
    start, end = max(0, min(places) - BEFORE), min(places) + AFTER
    if start and (space := shown.find(" ", start, min(places))) >= 0:
        start = space + 1
    if end < len(shown) and (space := shown.rfind(" ", min(places) + 1, end)) >= 0:
        end = space
    line = " ".join(shown[start:end].split())
    return "… " * (start > 0) + line + " …" * (end < len(shown))


def lit(lines: Sequence[LineRow], query: Query) -> Iterator[Box]:
    """Where the query's words stand in a picture: their share of the line they are in."""
    for line in lines:
        text = folded(line.text)
        for word in dict.fromkeys(folded(term.text) for term in query.terms if term.text):
            at = text.find(word)
            while at >= 0:
                yield readings.share(line.box, text, at, len(word))
                at = text.find(word, at + len(word))


def _worth_showing(candidate: Candidate, one: Ranked) -> bool:
    return candidate.confidence >= POSSIBLE or candidate.segment.id in one.words_in


def _segment(segment: FoundSegment, file: FoundFile, previews: Previews) -> Segment:
    pictures = previews.previews(file.content_hash, segment.pictured) if file.content_hash else ()
    return Segment(
        segment.type,
        segment.start_s,
        segment.end_s,
        segment.page,
        tuple(str(path) for path in pictures),
        box=segment.box,
    )

"""One list out of two channels, words and meaning, one place per file.

Reciprocal rank fusion: a file gets 1 / (60 + rank) from each channel it is in. It needs no common scale
and does well when both channels carry signal; what ruins it is a channel of noise, such as a word that
half of all files hold. So only *specific* word matches take part; the others stay listed, below.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from indexer.kinds import Kind
from indexer.messages.result_messages import Channel, Relevance
from indexer.search.candidates import WordMatch, WordMatches
from indexer.search.relevance import POSSIBLE, apart, relevance
from indexer.store.rows import FoundFile, FoundSegment

EVEN: Mapping[Kind, float] = {}
"""Words and meaning count the same for every kind of file."""
K = 60
"""The usual constant; on labelled cases the best or nearly."""


@dataclass(slots=True)
class Candidate:
    """A segment with what is known about it so far.

    Attributes:
        similarity: cosine to the query; None when it has no vector or none was asked for.
        embedded: the embedder's confidence. judged: the reranker's, None when it did not look.
        unwanted: the embedder's confidence that it is what was excluded.
        blended: the two models' together, None before the reranker.
        confidence: the one that counts now.
    """

    segment: FoundSegment
    similarity: float | None = None
    embedded: float = 0.0
    judged: float | None = None
    unwanted: float = 0.0
    blended: float | None = None
    confidence: float = 0.0

    def settle(self) -> None:
        """Set the confidence that counts from all that is known."""
        wanted = self.embedded if self.blended is None else self.blended
        self.confidence = apart(wanted, self.unwanted)


@dataclass(slots=True)
class Pool:
    """Everything one search has found so far.

    Attributes:
        files: by id. candidates: by segment id.
    """

    words: WordMatches
    files: dict[int, FoundFile] = field(default_factory=dict)
    candidates: dict[int, Candidate] = field(default_factory=dict)

    def leave_out(self, contents: Collection[int]) -> None:
        """Nothing of these contents was found."""
        self.candidates = {
            id: one for id, one in self.candidates.items() if one.segment.content_id not in contents
        }
        self.files = {id: file for id, file in self.files.items() if file.content_id not in contents}
        names = [match for match in self.words.names if match.id in self.files]
        self.words = replace(self.words, names=names)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A file at its place.

    Attributes:
        candidates: its segments, the one to show first; empty while the file is not embedded.
        words_in: ids of those among them that hold the query's words.
    """

    file: FoundFile
    candidates: Sequence[Candidate]
    score: float
    relevance: Relevance
    matched: tuple[Channel, ...]
    words_in: frozenset[int]

    @property
    def confidence(self) -> float:
        """Of the best segment by meaning."""
        return _confidence(self.candidates)


def rank(pool: Pool, weak: bool = False, words_share: Mapping[Kind, float] = EVEN) -> list[Ranked]:
    """Best first. Files found by meaning alone that are only weak are left out unless `weak`.

    A list that only meaning made is scored by confidence, a fused one by its share of the best possible
    sum of reciprocal ranks.

    Args:
        words_share: what the place among the words counts, beside that by meaning, for files of a kind; half
            for those it leaves out.
    """
    names = {match.id: match for match in pool.words.names}
    texts = {match.id: match for match in pool.words.texts}
    segments_of = _by_content(pool, texts)
    files_of: dict[int, list[int]] = {}
    for file in pool.files.values():
        if file.content_id is not None:
            files_of.setdefault(file.content_id, []).append(file.id)

    by_name = [[id] for id, match in names.items() if match.specific]
    by_text = _files(pool, [id for id, match in texts.items() if _stands(match, pool)], files_of)
    words = by_name + by_text
    by_meaning = _by_meaning(segments_of, files_of, 0.0 if weak else POSSIBLE)
    fused = _fused(
        words, by_meaning, {file.id: words_share.get(file.kind, 0.5) for file in pool.files.values()}
    )
    ranked: list[Ranked] = []
    for file in pool.files.values():
        segments = segments_of.get(file.content_id or 0, [])
        score = fused.get(file.id, 0.0) if words else _confidence(segments)
        one = _placed(file, segments, score, names.get(file.id), texts, pool)
        if one.matched or (weak and segments):
            ranked.append(one)

    # Equal scores: in the order of the word lists, names first; then what means more; then the newer one.
    listed = [*names, *(id for ids in _files(pool, list(texts), files_of) for id in ids)]
    place = {id: place for place, id in reversed(list(enumerate(listed)))}
    last = len(listed)
    ranked.sort(
        key=lambda one: (-one.score, place.get(one.file.id, last), -one.confidence, -one.file.mtime_ns)
    )
    return ranked


def _placed(
    file: FoundFile,
    segments: Sequence[Candidate],
    score: float,
    name: WordMatch | None,
    texts: Mapping[int, WordMatch],
    pool: Pool,
) -> Ranked:
    """A file with the reasons why it is here."""
    words_in = frozenset(one.segment.id for one in segments if one.segment.id in texts)
    confidence = _confidence(segments)
    matched: list[Channel] = []
    if confidence >= POSSIBLE:
        matched.append("meaning")
    if words_in:
        matched.append("words")
    if name:
        matched.append("name")
    telling = [texts[id] for id in words_in if _stands(texts[id], pool)]
    telling += [name] if name and name.specific else []
    sure = relevance(confidence)
    if any(match.complete or match.exact for match in telling):
        sure = "strong"
    elif telling and sure == "weak":
        sure = "possible"
    return Ranked(file, segments, score, sure, tuple(matched), words_in)


def _confidence(segments: Sequence[Candidate]) -> float:
    return max((one.confidence for one in segments), default=0.0)


def _by_content(pool: Pool, texts: Mapping[int, WordMatch]) -> dict[int, list[Candidate]]:
    """Candidates of each content: those with telling words first, then by confidence."""

    def key(one: Candidate) -> tuple[bool, float, float]:
        match = texts.get(one.segment.id)
        return (match is not None and match.specific, one.confidence, one.similarity or 0.0)

    grouped: dict[int, list[Candidate]] = {}
    for candidate in sorted(pool.candidates.values(), key=key, reverse=True):
        grouped.setdefault(candidate.segment.content_id, []).append(candidate)
    return grouped


def _by_meaning(
    segments_of: Mapping[int, Sequence[Candidate]], files_of: Mapping[int, list[int]], least: float
) -> list[list[int]]:
    """Groups of files that share a content, best confidence first."""
    best = {
        content: max((one.confidence, one.similarity) for one in segments if one.similarity is not None)
        for content, segments in segments_of.items()
        if content in files_of and any(one.similarity is not None for one in segments)
    }
    contents = sorted(best, key=lambda content: best[content], reverse=True)
    return [files_of[content] for content in contents if best[content][0] >= least]


def _files(pool: Pool, segments: Sequence[int], files_of: Mapping[int, list[int]]) -> list[list[int]]:
    """Groups of files that hold these segments, in their order, each group once."""
    contents = (pool.candidates[id].segment.content_id for id in segments if id in pool.candidates)
    return [files_of[content] for content in dict.fromkeys(contents) if content in files_of]


def _fused(
    words: Sequence[Sequence[int]], meaning: Sequence[Sequence[int]], words_share: Mapping[int, float]
) -> dict[int, float]:
    """0..1 by file id: its share of the best possible sum of reciprocal ranks. A group shares a rank."""
    fused: dict[int, float] = {}
    for channel, other in ((words, meaning), (meaning, words)):
        places: dict[int, int] = {}
        for place, group in enumerate(channel, 1):
            for id in group:
                places.setdefault(id, place)
        for id, place in places.items():
            share = words_share[id] if channel is words else 1 - words_share[id]
            fused[id] = fused.get(id, 0.0) + (share if other else 1.0) * (K + 1) / (K + place)
    return fused


def _stands(match: WordMatch, pool: Pool) -> bool:
    """Whether a text takes part: the reranker read it and may overrule its words, never a quoted phrase."""
    candidate = pool.candidates.get(match.id)
    rejected = candidate is not None and candidate.judged is not None and candidate.judged < POSSIBLE
    return match.specific and (match.exact or not rejected)

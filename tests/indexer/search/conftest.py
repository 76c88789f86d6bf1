"""A real index and real previews, searched by models simple enough to know the right answer.

The double embedder knows words: a text means the sum of its words, a picture the name of its colour.
The double reranker compares the same words. Both take what the real ones take and return what they return.
"""

import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from indexer.ingest.segments import Segment
from indexer.ingest.thumbnails import PreviewCache
from indexer.kinds import Kind
from indexer.messages.search_messages import Search
from indexer.search.browsing import Browser
from indexer.search.pipeline import Searcher
from indexer.store.rows import ItemRow, SegmentRow
from indexer.store.store import Store
from models.errors import UnusableInput
from models.inputs import Input, Pixels

DIMENSION = 128
COLOURS = {
    "red": (220, 30, 30),
    "green": (30, 200, 30),
    "blue": (30, 30, 220),
    "yellow": (230, 230, 30),
    "black": (10, 10, 10),
    "grey": (128, 128, 128),
}


def picture(colour: str) -> Pixels:
    return np.full((24, 32, 3), COLOURS[colour], np.uint8)


def name_of(pixels: Pixels) -> str:
    mean = pixels.reshape(-1, 3).mean(0)
    return min(COLOURS, key=lambda name: float(np.abs(mean - COLOURS[name]).sum()))


def words_of(value: Input) -> list[str]:
    words = [word for text in value.texts for word in text.lower().split()]
    words += [name_of(image) for image in value.images]
    return words + [name_of(frame) for clip in value.clips for frame in clip.frames]


def vector_of(words: Sequence[str]) -> NDArray[np.float32]:
    total = np.zeros(DIMENSION, np.float32)
    for word in words:
        seed = int.from_bytes(hashlib.blake2b(word.encode("utf-8", "replace"), digest_size=8).digest())
        total += np.random.default_rng(seed).standard_normal(DIMENSION).astype(np.float32)
    return total / np.linalg.norm(total)


@dataclass
class WordEmbedder:
    folder: Path
    name: str = "words"
    dimension: int = DIMENSION
    preparation: str = "first"
    asked: list[Input] = field(default_factory=list)

    def embed_queries(self, inputs: Sequence[Input], instruction: str | None = None) -> NDArray[np.float32]:
        self.asked += inputs
        return np.stack([vector_of(words_of(value)) for value in inputs])


@dataclass
class WordReranker:
    folder: Path
    seen: list[list[str]] = field(default_factory=list)
    refuses: str = ""
    seconds: float = 0.0

    def score(
        self, query: Input, documents: Sequence[Input], instruction: str | None = None
    ) -> NDArray[np.float32]:
        for index, document in enumerate(documents):
            if self.refuses and self.refuses in words_of(document):
                raise UnusableInput("The picture is too narrow.", index)
        wanted = set(words_of(query))
        self.seen += [words_of(document) for document in documents]
        shares = [len(wanted & set(words_of(document))) / len(wanted) for document in documents]
        return np.array([0.02 + 0.96 * share for share in shares], np.float32)


@dataclass(frozen=True)
class SeenFile:
    path: str
    size: int = 1000
    mtime_ns: int = 1_700_000_000_000_000_000
    device: int = 1
    inode: int = 1


@dataclass
class Library:
    """Files whose segments mean what their colours and words say."""

    store: Store
    previews: PreviewCache
    embedder: WordEmbedder
    reranker: WordReranker
    searcher: Searcher

    @property
    def browser(self) -> Browser:
        return Browser(self.store, self.previews)

    def pending(self, name: str) -> int:
        return self.store.add_file(SeenFile(f"/library/{name}"))

    def add(
        self,
        name: str,
        kind: Kind,
        *segments: SegmentRow,
        means: Sequence[str],
        content: str = "",
        mtime: int = 0,
    ) -> str:
        """`means`: one string of words per segment. The previews show the colours among them."""
        id = self.store.add_file(SeenFile(f"/library/{name}", mtime_ns=1_700_000_000_000_000_000 + mtime))
        hash = hashlib.blake2b((content or name).encode(), digest_size=16).hexdigest()
        vectors = (
            np.stack([vector_of(words.split()) for words in means]) if means else np.zeros((0, DIMENSION))
        )
        self.store.add_content(id, hash, ItemRow(kind, 32, 24), segments, vectors.astype(np.float32))
        for ordinal, (segment, words) in enumerate(zip(segments, means, strict=True)):
            colours = [word for word in words.split() if word in COLOURS]
            if segment.type != "text" and colours:
                frames = tuple(jpeg(colour) for colour in colours[: len(segment.preview_times) or 1])
                shown = Segment(segment.type, Input(), previews=frames, preview_times=segment.preview_times)
                self.previews.write_segment(hash, ordinal, shown)
        return hash

    def photo(self, name: str, means: str, **options: object) -> str:
        return self.add(name, "photo", SegmentRow("image"), means=[means], **options)

    def document(self, name: str, *texts: str, **options: object) -> str:
        rows = [SegmentRow("text", text, page=page) for page, text in enumerate(texts, 1)]
        return self.add(name, "document", *rows, means=[text.lower() for text in texts], **options)

    def stages(self, text: str = "", images: Sequence[Pixels] = (), **options: object):
        return list(self.searcher.run(Search(search_id=7, text=text, **options), images))

    def search(self, text: str = "", images: Sequence[Pixels] = (), **options: object):
        return self.stages(text, images, **options)[-1].hits

    def names(self, text: str = "", images: Sequence[Pixels] = (), **options: object) -> list[str]:
        return [Path(hit.path).name for hit in self.search(text, images, **options)]


def jpeg(colour: str) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(picture(colour)).save(buffer, "JPEG", quality=95)
    return buffer.getvalue()


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    folder = tmp_path / "checkpoint"
    folder.mkdir()
    with Store.open(tmp_path / "index.db") as store:
        store.add_folder("/library")
        store.space("words", DIMENSION, "first")
        previews = PreviewCache(tmp_path / "cache")
        embedder, reranker = WordEmbedder(folder), WordReranker(folder)
        yield Library(store, previews, embedder, reranker, Searcher(store, previews, embedder, reranker))


@pytest.fixture
def colour():
    return picture

"""Every kind of file that people have, through the real decoder processes, against what is true of it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from corpus import films, hostile, papers, pictures
from corpus.sample import Sample
from ingest_files import close, corner_colours, split

from desktop_app.language.engine_words import is_known
from indexer.errors import MediaError, Skipped
from indexer.ingest.decoders import DecoderPool
from indexer.ingest.isolation.supervision import DecoderDied
from indexer.ingest.segments import MAX_IMAGE_PIXELS, Item, Segment

SAMPLES = [*pictures.SAMPLES, *films.SAMPLES, *papers.SAMPLES, *hostile.SAMPLES]


@pytest.fixture(scope="module")
def pool() -> Iterator[DecoderPool]:
    with DecoderPool() as pool:
        yield pool


def test_there_are_enough_of_them() -> None:
    names = [sample.name for sample in SAMPLES]
    assert len(names) == len(set(names)) >= 150


@pytest.mark.parametrize(
    "sample", SAMPLES, ids=lambda sample: sample.name.encode("ascii", "replace").decode()
)
def test_what_is_true_of_a_file(pool: DecoderPool, tmp_path: Path, sample: Sample) -> None:
    path = tmp_path / sample.name
    sample.make(path)
    before = path.read_bytes(), path.stat().st_mtime_ns
    if sample.kind in ("failed", "skipped"):
        with pytest.raises(MediaError, match=sample.reason) as caught:
            list(pool.decode(path))
        assert isinstance(caught.value, Skipped) is (sample.kind == "skipped")
        assert not isinstance(caught.value, DecoderDied)
        assert str(caught.value).endswith(".")
        assert is_known(str(caught.value))
    else:
        check(sample, *split(pool.decode(path)))
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert list(tmp_path.iterdir()) == [path]


def check(sample: Sample, item: Item, segments: list[Segment]) -> None:
    assert item.kind == sample.kind
    assert re.search(sample.reason, item.note)
    assert bool(item.note) is bool(sample.reason)
    assert is_known(item.note) or not item.note
    if sample.size is not None:
        assert (item.width, item.height) == sample.size
    assert item.pages == sample.pages or sample.pages is None
    assert item.about.captured == sample.taken or sample.taken is None
    if sample.duration_s is not None:
        assert item.duration_s == pytest.approx(sample.duration_s, abs=0.2)
    assert len(segments) == sample.segments or sample.segments is None
    text = "\n".join(segment.text for segment in segments)
    for word in sample.words:
        assert word in text
    for word in sample.absent:
        assert word not in text
    for segment in segments:
        assert segment.type == "text" or segment.previews
        for rgb in segment.content.images:
            assert rgb.shape[0] * rgb.shape[1] <= MAX_IMAGE_PIXELS
    if sample.colours is not None:
        content = segments[0].content
        rgb = content.images[0] if content.images else content.clips[0].frames[0]
        assert close(corner_colours(rgb), sample.colours, by=24)

"""Parts of pictures, embedded besides the whole."""

import io

import numpy as np
import pytest
from PIL import Image

from indexer.ingest.segments import Segment
from indexer.messages.item_messages import Box
from indexer.messages.search_messages import Example
from indexer.search.relevance import EmbedderCalibration
from indexer.store.rows import SegmentRow
from models.inputs import Input

RIGHT = Box(0.5, 0, 0.5, 1)


@pytest.fixture
def parted(library):
    """A grey picture with something red on the right, and other photos."""
    whole, part = SegmentRow("image"), SegmentRow("image", box=RIGHT)
    hash = library.add("large.jpg", "photo", whole, part, means=["grey x1 x2 x3 x4", "red"], content="large")
    library.previews.remove(hash)
    pixels = np.full((24, 32, 3), 128, np.uint8)
    pixels[:, 16:] = (220, 30, 30)
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "JPEG", quality=95)
    library.previews.write_segment(hash, 0, Segment("image", Input(), previews=(buffer.getvalue(),)))
    library.photo("green.jpg", "green")
    return library


def test_a_small_thing_in_a_large_picture_is_found_with_its_place(parted):
    (hit,) = parted.search("red", rerank=False)
    assert hit.path.endswith("large.jpg")
    assert hit.segment.box == RIGHT
    assert hit.segment.previews == tuple(str(path) for path in parted.previews.previews(hash_of(parted), 0))
    assert len(hit.segment.previews) == 1, "those of the whole"


def test_the_whole_goes_first_when_it_is_as_near(library):
    rows = SegmentRow("image"), SegmentRow("image", box=RIGHT)
    library.add("a.jpg", "photo", *rows, means=["red", "red"])
    (hit,) = library.search("red", rerank=False)
    assert hit.segment.box is None
    assert [other.box for other in hit.others] == [RIGHT]


def test_the_reranker_is_shown_the_part_alone(parted):
    parted.search("red")
    assert ["red"] in parted.reranker.seen


def test_something_similar_means_the_whole(parted):
    assert parted.names(more_like=(Example("/library/large.jpg"),)) == []
    asked = parted.embedder.asked[-1]
    assert asked.images[0].shape == (24, 32, 3)


def test_a_part_has_to_be_nearer_than_a_whole_by_some_margin():
    calibration = EmbedderCalibration()
    whole = calibration.confidence(0.45, "text", "image")
    assert calibration.confidence(0.45, "text", "image", part=True) < whole
    assert calibration.confidence(0.45 + calibration.part, "text", "image", part=True) == pytest.approx(whole)


def hash_of(library):
    return library.store.file("/library/large.jpg").content_hash

import errno
import io
import os
import stat
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from indexer.ingest.segments import Item, Segment
from indexer.ingest.thumbnails import PreviewCache
from indexer.messages.item_messages import Box
from models.inputs import Input

HASH = "0123456789abcdef0123456789abcdef"


def jpeg(colour: tuple[int, int, int], size: tuple[int, int] = (64, 48)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return out.getvalue()


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    cache = PreviewCache(tmp_path / "cache")
    cache.write(HASH, Item("photo", jpeg((200, 0, 0))))
    cache.write_segment(HASH, 0, Segment("image", Input(), previews=(jpeg((0, 200, 0)),)))
    with Image.open(cache.thumbnail(HASH)) as thumbnail:
        assert thumbnail.size == (64, 48)
    (preview,) = cache.previews(HASH, 0)
    assert preview.exists()
    read = cache.read_input(HASH, 0, "image", (), "")
    assert read is not None
    (picture,) = read.images
    assert picture.shape == (48, 64, 3)
    assert picture.dtype == np.uint8
    assert np.abs(picture.astype(int) - (0, 200, 0)).max() < 4


def test_a_clip_keeps_its_frames_in_order_with_their_times(tmp_path: Path) -> None:
    cache = PreviewCache(tmp_path)
    frames = tuple(jpeg((value, value, value)) for value in (10, 90, 170))
    cache.write_segment(HASH, 12, Segment("clip", Input(), previews=frames, preview_times=(4.0, 5.0, 6.0)))
    read = cache.read_input(HASH, 12, "clip", (4.0, 5.0, 6.0), "")
    assert read is not None
    (clip,) = read.clips
    assert clip.times == (4.0, 5.0, 6.0)
    assert [round(float(frame.mean()), -1) for frame in clip.frames] == [10, 90, 170]


def test_a_passage_needs_no_picture(tmp_path: Path) -> None:
    read = PreviewCache(tmp_path).read_input(HASH, 3, "text", (), "a passage")
    assert read is not None
    assert read.texts == ("a passage",)
    assert not read.images


def test_lost_or_damaged_previews_are_none_not_an_error(tmp_path: Path) -> None:
    cache = PreviewCache(tmp_path)
    assert cache.read_input(HASH, 0, "image", (), "") is None
    frames = (jpeg((1, 2, 3)), jpeg((1, 2, 3)))
    cache.write_segment(HASH, 0, Segment("clip", Input(), previews=frames, preview_times=(0.0, 1.0)))
    cache.previews(HASH, 0)[1].write_bytes(b"")
    assert cache.read_input(HASH, 0, "clip", (0.0, 1.0), "") is None
    cache.previews(HASH, 0)[1].unlink()
    assert cache.read_input(HASH, 0, "clip", (0.0, 1.0), "") is None


def test_beyond_their_bound_no_previews_are_kept_and_thumbnails_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = Segment("image", Input(), previews=(jpeg((0, 200, 0), (640, 480)),))
    monkeypatch.setattr("indexer.ingest.thumbnails.MAX_PREVIEW_BYTES", len(picture.previews[0]) * 3 // 2)
    other, without = HASH[::-1], "abcdef0123456789"
    for cache, content_hash in ((PreviewCache(tmp_path), HASH), (PreviewCache(tmp_path), other)):
        cache.write(content_hash, Item("photo", jpeg((200, 0, 0))))
        cache.write_segment(content_hash, 0, picture)
    cache.write_segment(without, 0, picture)
    assert [len(cache.previews(each, 0)) for each in (HASH, other, without)] == [1, 0, 1]
    read = cache.read_input(other, 0, "image", (), "", Box(0, 0, 0.5, 0.5))
    assert read is not None
    assert read.images[0].shape == (24, 32, 3), "of the thumbnail"
    cache.remove_previews(HASH)
    cache.remove_previews(without)
    assert [len(cache.previews(each, 0)) for each in (HASH, other, without)] == [0, 0, 1]
    cache.write_segment(other, 0, picture)
    assert len(cache.previews(other, 0)) == 0, "what has no thumbnail takes room, too"


def test_previews_leave_the_rest_of_a_disk_to_the_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = PreviewCache(tmp_path)
    cache.write(HASH, Item("photo", jpeg((200, 0, 0))))
    monkeypatch.setattr("indexer.ingest.thumbnails.SPARE_BYTES", 1 << 60)
    cache.write_segment(HASH, 0, Segment("image", Input(), previews=(jpeg((0, 200, 0)),)))
    assert cache.previews(HASH, 0) == ()
    assert cache.thumbnail(HASH).exists()


def test_remove_forgets_everything_of_that_content_only(tmp_path: Path) -> None:
    cache = PreviewCache(tmp_path)
    other = HASH[::-1]
    for content_hash in (HASH, other):
        cache.write(content_hash, Item("photo", jpeg((1, 1, 1))))
        cache.write_segment(content_hash, 0, Segment("image", Input(), previews=(jpeg((1, 1, 1)),)))
    cache.remove(HASH)
    assert not cache.thumbnail(HASH).exists()
    assert cache.previews(HASH, 0) == ()
    assert cache.thumbnail(other).exists()
    cache.remove(HASH)


def test_text_has_no_thumbnail(tmp_path: Path) -> None:
    cache = PreviewCache(tmp_path)
    cache.write(HASH, Item("document", b""))
    assert not cache.thumbnail(HASH).exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no mode bits")
def test_only_this_user_can_read_it(tmp_path: Path) -> None:
    cache = PreviewCache(tmp_path / "cache")
    previous = os.umask(0)
    try:
        cache.write(HASH, Item("photo", jpeg((1, 1, 1))))
    finally:
        os.umask(previous)
    path = cache.thumbnail(HASH)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.parent.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("name", ["../../etc", "", "ab", "ABCDEF0123", "0123/4567"])
def test_only_hashes_become_paths(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not a content hash"):
        PreviewCache(tmp_path).thumbnail(name)


def test_nothing_half_written_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = PreviewCache(tmp_path)

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        cache.write(HASH, Item("photo", jpeg((1, 1, 1))))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_view_that_made_room_leaves_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.ingest.thumbnails.MAX_VIEW_BYTES", 150)
    cache = PreviewCache(tmp_path)
    old = cache.write_view(HASH, "64", bytes(100))
    os.utime(old, (1, 1))
    new = cache.write_view(HASH[::-1], "64", bytes(100))
    assert new.exists()
    assert not old.parent.exists()


def test_a_view_that_cannot_go_keeps_no_other_from_being_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Windows has it while the window reads the file."""

    def held(self: Path, missing_ok: bool = False) -> None:
        raise PermissionError(errno.EACCES, "Access is denied")

    monkeypatch.setattr("indexer.ingest.thumbnails.MAX_VIEW_BYTES", 150)
    cache = PreviewCache(tmp_path)
    old = cache.write_view(HASH, "64", bytes(100))
    monkeypatch.setattr(Path, "unlink", held)
    assert cache.write_view(HASH[::-1], "64", bytes(100)).exists()
    assert old.exists()

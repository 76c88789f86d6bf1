import errno
import io
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
from ingest_files import (
    BLUE,
    GREEN,
    GREY,
    RED,
    close,
    corner_colours,
    corners,
    film,
    moving,
    nothing,
    number_in,
    numbered,
    split,
)
from PIL import Image

from indexer.errors import MediaError, Skipped
from indexer.ingest.films import av_reader, video
from indexer.ingest.films.av_reader import AvReader
from indexer.ingest.films.decord_reader import DecordReader, reads_exactly
from indexer.ingest.films.frames import CannotDecode, FrameReader
from indexer.ingest.films.packets import packets
from indexer.ingest.segments import FRAME_PREVIEW_SIDE, MAX_FRAME_PIXELS, THUMBNAIL_SIDE, Item, Segment

MPEG2: dict[str, Any] = {"codec": "mpeg2video", "rate": 25}


def decode(path: Path) -> tuple[Item, list[Segment]]:
    item, segments = split(video.decode(path, "av", nothing))
    assert item.kind == "video"
    for segment in segments:
        assert segment.type == "clip"
        (clip,) = segment.content.clips
        assert clip.times == segment.preview_times
        assert len(segment.previews) == len(clip.frames)
        assert len({frame.shape for frame in clip.frames}) == 1
    return item, segments


@pytest.mark.parametrize("ending", ["ts", "mpg"])
def test_joined_recordings_go_on_where_the_count_of_time_begins_anew(tmp_path: Path, ending: str) -> None:
    """As on a DVD: all behind that point was lost, and the film lasted as long as its last part."""
    parts = [film(tmp_path / f"{red}.{ending}", moving(100, (red, 60, 80)), **MPEG2) for red in (40, 200)]
    path = tmp_path / f"joined.{ending}"
    path.write_bytes(b"".join(part.read_bytes() for part in parts))
    item, segments = decode(path)
    assert item.duration_s == pytest.approx(8.0, abs=0.3)
    assert [(segment.start_s, segment.end_s) for segment in segments] == [
        (0.0, pytest.approx(4.0, abs=0.3)),
        (pytest.approx(4.0, abs=0.3), pytest.approx(8.0, abs=0.3)),
    ]
    times = (1.0, 3.0, 5.0, 7.0)
    shown = [np.asarray(each) for each in video.stills(path, times, MAX_FRAME_PIXELS, nothing)]
    assert [round(int(rgb[0, 0, 0]), -1) for rgb in shown] == [40, 40, 200, 200], "played from either part"
    lefts = [int(np.argwhere(rgb[48, :, 1] > 160).min()) for rgb in shown]
    assert lefts == [pytest.approx(136 * (time % 4) / 4, abs=4) for time in times]


def test_a_film_is_clips_between_cuts(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4", [*moving(60), *moving(50, (200, 60, 60)), *moving(40, (60, 200, 60))])
    item, segments = decode(path)
    assert (item.width, item.height, item.pages) == (160, 96, None)
    assert item.duration_s == pytest.approx(15.0, abs=0.01)
    assert [segment.start_s for segment in segments] == [0.0, 6.0, 11.0]
    assert [segment.end_s for segment in segments] == [6.0, 11.0, 15.0]
    for segment in segments:
        frames = segment.content.clips[0].frames
        assert 4 <= len(frames) <= 8
        assert np.abs(frames[0].astype(int) - frames[-1]).max() > 100
        assert Image.open(io.BytesIO(segment.previews[0])).size == (160, 96)


def test_large_frames_are_reduced(tmp_path: Path) -> None:
    _, (segment,) = decode(film(tmp_path / "a.mp4", moving(4, size=(1280, 720))))
    height, width = segment.content.clips[0].frames[0].shape[:2]
    assert width * height <= MAX_FRAME_PIXELS
    assert width / height == pytest.approx(16 / 9, abs=0.01)
    assert max(Image.open(io.BytesIO(segment.previews[0])).size) == FRAME_PREVIEW_SIDE


@pytest.mark.parametrize("count", [2, 3, 5, 8])
def test_a_short_clip_that_moves_has_at_least_two_frames(tmp_path: Path, count: int) -> None:
    _, (segment,) = decode(film(tmp_path / "a.mp4", moving(count), rate=25))
    assert len(segment.content.clips[0].frames) >= 2


def test_a_still_film_is_one_segment_with_one_frame(tmp_path: Path) -> None:
    _, (segment,) = decode(film(tmp_path / "a.mp4", [moving(2)[0]] * 200))
    assert (segment.start_s, segment.end_s) == (0.0, 20.0)
    assert len(segment.content.clips[0].frames) == 1
    _, (segment,) = decode(film(tmp_path / "b.mp4", [moving(2)[0]]))
    assert len(segment.content.clips[0].frames) == 1


def test_the_thumbnail_is_not_the_black_beginning(tmp_path: Path) -> None:
    black = np.zeros((96, 160, 3), np.uint8)
    item, _ = decode(film(tmp_path / "a.mp4", [*[black] * 20, *moving(60), *[black] * 20]))
    thumbnail = Image.open(io.BytesIO(item.thumbnail))
    assert max(thumbnail.size) <= THUMBNAIL_SIDE
    assert np.std(np.asarray(thumbnail)) > 20


CONTAINERS: list[tuple[str, dict[str, Any]]] = [
    ("a.mp4", {}),
    ("a.mov", {"codec": "mjpeg"}),
    ("a.mkv", {"codec": "libx265", "options": {"x265-params": "log-level=none"}}),
    ("a.webm", {"codec": "libvpx-vp9", "options": {"deadline": "realtime", "cpu-used": "8"}}),
    ("b.webm", {"codec": "libvpx"}),
    ("a.avi", {"codec": "mpeg4"}),
    ("a.ts", {}),
    ("a.mpg", MPEG2),
    ("a.wmv", {"codec": "wmv2"}),
    ("a.flv", {"codec": "flv"}),
    ("a.3gp", {"codec": "mpeg4"}),
    ("bframes.mp4", {"options": {"bf": "3", "g": "30"}}),
    ("long gop.mp4", {"options": {"g": "250"}}),
]


@pytest.mark.parametrize(("name", "options"), CONTAINERS)
def test_exact_frames_from_every_container(tmp_path: Path, name: str, options: dict[str, Any]) -> None:
    rate = options.get("rate", 10)
    count = 6 * rate
    path = film(tmp_path / name, numbered(count), **options)
    reader = AvReader(path, nothing)
    assert reader.info.duration_s == pytest.approx(6.0, abs=0.15)
    assert (reader.info.width, reader.info.height) == (160, 96)
    times = [0.0, 0.5, 0.52, 2.01, 4.4, 5.0, 5.95, 99.0]
    wanted = [min(count - 1, int(time * rate + 1e-6)) for time in times]
    assert [number_in(frame.rgb) for frame in reader.at(times, MAX_FRAME_PIXELS)] == wanted
    sampled = list(reader.every(0.5, MAX_FRAME_PIXELS))
    assert [number_in(frame.rgb) for frame in sampled[:-1]] == [-(-index * rate // 2) for index in range(12)]
    assert number_in(sampled[-1].rgb) == count - 1
    assert [frame.time_s for frame in sampled] == pytest.approx(
        [number_in(frame.rgb) / rate for frame in sampled], abs=0.002
    )


@pytest.mark.parametrize(
    ("name", "codec", "parameters", "most"),
    [
        ("a.mp4", "libx264", "keyint=10:bframes=0:scenecut=0", 70),
        ("b.mp4", "libx264", "keyint=20:bframes=2:open-gop=1:scenecut=0", 110),
        ("c.mp4", "libx264", "keyint=10:intra-refresh=1", 110),  # its key pictures are none
        ("d.mov", "mjpeg", "", 40),
    ],
)
def test_what_no_sample_needs_is_not_decoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, codec: str, parameters: str, most: int
) -> None:
    options = {"x264-params": parameters} if parameters else {}
    path = film(tmp_path / name, numbered(100), codec=codec, options=options)
    reader = AvReader(path, nothing)
    decoded: list[int] = []
    original = av_reader._frames_in
    monkeypatch.setattr(av_reader, "_frames_in", lambda packet: decoded.append(1) or original(packet))
    sampled = list(reader.every(1.0, MAX_FRAME_PIXELS))
    assert [number_in(frame.rgb) for frame in sampled] == [*range(0, 100, 10), 99]
    assert [frame.time_s for frame in sampled] == pytest.approx([*range(10), 9.9])
    assert len(decoded) <= most


def test_variable_rate_keeps_real_times(tmp_path: Path) -> None:
    times = [0.0, 0.1, 0.2, 5.0, 5.1, 65.0, 65.5]
    path = film(tmp_path / "a.mkv", numbered(7), times=times)
    reader = AvReader(path, nothing)
    assert [round(frame.time_s, 2) for frame in reader.every(0.5, 10_000)] == [0.0, 5.0, 65.0, 65.5]
    assert [number_in(frame.rgb) for frame in reader.at([0.15, 3.0, 5.05, 40.0, 65.2], MAX_FRAME_PIXELS)] == [
        1,
        2,
        3,
        4,
        5,
    ]


@pytest.mark.parametrize(
    ("rotation", "expected"),
    [
        (0, [RED, GREEN, BLUE, GREY]),
        (90, [GREEN, GREY, RED, BLUE]),
        (180, [GREY, BLUE, GREEN, RED]),
        (270, [BLUE, RED, GREY, GREEN]),
    ],
)
def test_rotation_is_applied(tmp_path: Path, rotation: int, expected: list[tuple[int, int, int]]) -> None:
    frames = [np.asarray(corners((160, 96)))] * 5
    item, (segment,) = decode(film(tmp_path / "a.mp4", frames, rotation=rotation))
    assert (item.width, item.height) == ((160, 96) if rotation % 180 == 0 else (96, 160))
    rgb = segment.content.clips[0].frames[0]
    assert rgb.shape[:2] == (item.height, item.width)
    assert close(corner_colours(rgb), expected, 40)


def test_pixels_that_are_not_square(tmp_path: Path) -> None:
    item, (segment,) = decode(film(tmp_path / "a.mp4", moving(5), aspect=Fraction(2)))
    assert (item.width, item.height) == (320, 96)
    assert segment.content.clips[0].frames[0].shape == (96, 320, 3)


def test_damage_costs_only_what_is_damaged(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mkv", moving(100), options={"g": "10"})
    whole = path.read_bytes()
    data = bytearray(whole)
    random = np.random.default_rng(0)
    for position in random.integers(len(data) // 4, len(data) // 2, 40):
        data[position] = int(random.integers(256))
    path.write_bytes(data)
    _, segments = decode(path)
    assert segments[-1].end_s == pytest.approx(10.0, abs=1.0)
    path.write_bytes(whole[: len(whole) * 6 // 10])
    _, segments = decode(path)
    assert (segments[-1].end_s or 0) > 4.0


def test_streams_that_begin_in_the_middle_end_no_film() -> None:
    class Container:
        def demux(self, stream: Any) -> Iterator[int]:
            yield 1
            raise IndexError("list index out of range")

    assert list(packets(cast(Any, Container()), cast(Any, None))) == [1]


def test_a_failing_drive_is_no_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Failing(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell() > 3000:
                raise OSError(errno.EIO, "Input/output error")
            return super().read(size)

    path = film(tmp_path / "a.mkv", moving(100))
    monkeypatch.setattr(av_reader, "open_original", lambda path: Failing(path.read_bytes()))
    monkeypatch.setattr(av_reader, "_BUFFER_BYTES", 1024)
    with pytest.raises(OSError, match="Input/output error"):
        decode(path)


def test_an_unknown_codec_is_a_sentence(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4", moving(10))
    path.write_bytes(path.read_bytes().replace(b"avc1", b"zzzz"))
    with pytest.raises(
        MediaError, match=r"^It is damaged, or encoded in a way that cannot be decoded here\.$"
    ):
        decode(path)


def test_a_header_that_lies_about_the_duration(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4", moving(20))
    data = bytearray(path.read_bytes())
    for box, offset in ((b"mvhd", 20), (b"tkhd", 24), (b"mdhd", 20)):
        at = data.index(box) + offset
        data[at : at + 4] = (2**31 - 1).to_bytes(4, "big")
    path.write_bytes(data)
    item, segments = decode(path)
    assert item.duration_s == pytest.approx(2.0, abs=0.1)
    assert segments[-1].end_s == pytest.approx(2.0, abs=0.1)


def test_sound_alone_is_skipped_with_the_reason(tmp_path: Path) -> None:
    import av

    path = tmp_path / "a.mp4"
    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream("aac", rate=8000)
        sound = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), format="fltp", layout="mono")
        sound.sample_rate = 8000
        container.mux(stream.encode(sound))
        container.mux(stream.encode())
    with pytest.raises(Skipped, match="sound file"):
        decode(path)


def test_a_film_with_sound(tmp_path: Path) -> None:
    item, (segment,) = decode(film(tmp_path / "a.mp4", moving(20), sound=True))
    assert segment.end_s == pytest.approx(2.0, abs=0.1)
    assert item.duration_s == pytest.approx(2.0, abs=0.1)


@pytest.mark.parametrize(
    "data",
    [b"", b"words " * 500, b"\0\0\0\x18ftypisom" + b"\xff" * 3000, b"\x1a\x45\xdf\xa3" + b"\xff" * 3000],
    ids=["empty", "text", "mp4 noise", "mkv noise"],
)
def test_what_is_no_film_is_a_sentence(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.mp4").write_bytes(data)
    with pytest.raises(MediaError, match=r"^It is damaged.*\.$"):
        decode(tmp_path / "a.mp4")


def test_play_lists_cannot_reach_other_files(tmp_path: Path) -> None:
    film(tmp_path / "secret.ts", moving(10))
    (tmp_path / "a.mp4").write_text(
        "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nsecret.ts\n#EXT-X-ENDLIST\n"
    )
    with pytest.raises(MediaError):
        decode(tmp_path / "a.mp4")
    (tmp_path / "a.mp4").write_text("ffconcat version 1.0\nfile secret.ts\n")
    with pytest.raises(MediaError):
        decode(tmp_path / "a.mp4")


def test_tiny_and_huge_films(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Skipped, match="icon"):
        decode(film(tmp_path / "a.mp4", moving(3, size=(64, 24))))
    monkeypatch.setattr(av_reader, "MAX_CLAIMED_PIXELS", 10_000)
    with pytest.raises(MediaError, match="160 × 96 pixels, more than any camera takes"):
        decode(film(tmp_path / "b.mp4", moving(3)))


@pytest.mark.parametrize(
    ("metadata", "taken"),
    [
        ({"creation_time": "2024-05-03T12:22:10.000000Z"}, "2024-05-03T12:22:10+00:00"),
        ({"com.apple.quicktime.creationdate": "2024-05-03T14:22:10+0200"}, "2024-05-03T14:22:10+02:00"),
        ({"creation_time": "1904-01-01T00:00:00.000000Z"}, None),
        ({}, None),
    ],
)
def test_when_it_was_filmed(tmp_path: Path, metadata: dict[str, str], taken: str | None) -> None:
    assert decode(film(tmp_path / "a.mov", moving(3), metadata=metadata))[0].about.captured == taken


def test_the_limit_of_hours_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(video, "MAX_HOURS", 5 / 3600)
    item, segments = decode(film(tmp_path / "a.mp4", moving(120)))
    assert item.note.startswith("Only its first")
    assert (segments[-1].end_s or 0) <= 5.5


def test_somebody_is_told_that_work_goes_on(tmp_path: Path) -> None:
    calls = []
    path = film(tmp_path / "a.mp4", moving(50))
    list(video.decode(path, "av", lambda: calls.append(1)))
    assert len(calls) >= 50


# --- the second reader -----------------------------------------------------------------------------------

decord = (
    pytest.importorskip("decord", reason="no decord for this system") if sys.platform != "darwin" else None
)
needs_decord = pytest.mark.skipif(decord is None, reason="no decord for this system")


@needs_decord
@pytest.mark.parametrize("rotation", [0, 90])
def test_both_readers_agree(tmp_path: Path, rotation: int) -> None:
    path = film(tmp_path / "a.mp4", numbered(40), rotation=rotation, options={"bf": "0"})
    first, second = AvReader(path, nothing), DecordReader(path, nothing)
    assert reads_exactly(first.info)
    assert (first.info.width, first.info.height) == (second.info.width, second.info.height)
    assert second.info.duration_s == pytest.approx(first.info.duration_s, abs=0.05)

    def seen(reader: FrameReader) -> list[tuple[float, int]]:
        frames = [*reader.every(0.5, MAX_FRAME_PIXELS), *reader.at([0.0, 1.23, 3.0, 9.0], MAX_FRAME_PIXELS)]
        turned = [np.rot90(frame.rgb, -rotation // 90) for frame in frames]
        return [(round(frame.time_s, 2), number_in(rgb)) for frame, rgb in zip(frames, turned, strict=True)]

    assert seen(first) == seen(second)


@needs_decord
def test_the_chosen_reader_is_used_where_it_is_exact(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    exact = film(tmp_path / "a.mp4", moving(30))
    stream = film(tmp_path / "a.ts", moving(30))
    wide = film(tmp_path / "b.mp4", moving(30), aspect=Fraction(2))
    used: list[type] = []
    original = video._sampled

    def spy(readers: list[FrameReader], step_s: float) -> Any:
        used.append(type(readers[0]))
        return original(readers, step_s)

    monkeypatch.setattr(video, "_sampled", spy)
    results = [split(video.decode(path, "decord", nothing)) for path in (exact, stream, wide)]
    assert used == [DecordReader, AvReader, AvReader]
    by_av = decode(exact)
    assert results[0][0] == by_av[0]
    assert [segment.preview_times for segment in results[0][1]] == [
        segment.preview_times for segment in by_av[1]
    ]


@needs_decord
def test_where_the_chosen_reader_fails_the_other_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = film(tmp_path / "a.mp4", moving(60))
    original = DecordReader._picture

    def failing(self: DecordReader, index: int, pixels: int) -> Any:
        if index > 20:
            raise CannotDecode("decord gave up")
        return original(self, index, pixels)

    monkeypatch.setattr(DecordReader, "_picture", failing)
    _, segments = split(video.decode(path, "decord", nothing))
    assert segments[-1].end_s == pytest.approx(6.0, abs=0.1)
    times = [time for segment in segments for time in segment.preview_times]
    assert times == sorted(times)


@needs_decord
def test_what_only_the_second_reader_reads_is_kept_as_far_as_it_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = film(tmp_path / "a.mp4", moving(60), options={"g": "10"})
    reader = DecordReader(path, nothing)
    original = DecordReader._picture

    def failing(self: DecordReader, index: int, pixels: int) -> Any:
        if index > 20:
            raise CannotDecode("damaged")
        return original(self, index, pixels)

    monkeypatch.setattr(DecordReader, "_picture", failing)
    monkeypatch.setattr(video, "_readers", lambda *arguments: [reader])
    item, segments = split(video.decode(path, "av", nothing))
    assert item.thumbnail
    assert segments[-1].end_s == pytest.approx(2.0, abs=0.1)
    monkeypatch.setattr(DecordReader, "_picture", lambda self, index, pixels: failing(self, 99, pixels))
    with pytest.raises(MediaError, match="no picture of the film"):
        list(video.decode(path, "av", nothing))


def test_without_decord_the_reason_is_that_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "decord", None)
    (tmp_path / "a.mp4").write_bytes(b"\0\0\0\x18ftypisom" + b"\xff" * 3000)
    with pytest.raises(MediaError, match="It is damaged"):
        decode(tmp_path / "a.mp4")
    _, segments = split(video.decode(film(tmp_path / "b.mp4", moving(10)), "decord", nothing))
    assert segments

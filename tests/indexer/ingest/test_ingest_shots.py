from itertools import pairwise

import numpy as np
import pytest
from ingest_files import Rgb, moving

from indexer.ingest.films.frames import Frame
from indexer.ingest.films.shots import LONGEST_S, LONGEST_STILL_S, MAX_FRAMES, SHORTEST_S, Stretch, stretches

COLOURS = [(40, 60, 80), (200, 40, 40), (40, 170, 60), (230, 220, 200), (90, 20, 120)]


def flat(colour: tuple[int, int, int]) -> Rgb:
    return np.full((96, 160, 3), colour, np.uint8)


def sampled(pictures: list[Rgb], step: float = 0.5) -> list[Frame]:
    return [Frame(index * step, rgb) for index, rgb in enumerate(pictures)]


def cut(pictures: list[Rgb], step: float = 0.5) -> list[Stretch]:
    """The stretches, after checking what holds for all of them."""
    duration = len(pictures) * step
    found = list(stretches(sampled(pictures, step), duration))
    assert found[0].start_s == 0
    assert found[-1].end_s == duration
    for earlier, later in pairwise(found):
        assert earlier.end_s == later.start_s
    for stretch in found:
        times = [frame.time_s for frame in stretch.frames]
        assert 1 <= len(times) <= MAX_FRAMES
        assert all(stretch.start_s <= time <= stretch.end_s for time in times)
        assert all(earlier < later for earlier, later in pairwise(times))
    return found


def starts(found: list[Stretch]) -> list[float]:
    return [stretch.start_s for stretch in found]


def test_a_cut_begins_a_stretch() -> None:
    found = cut([*moving(12, COLOURS[0]), *moving(10, COLOURS[1]), *moving(9, COLOURS[2])])
    assert starts(found) == [0.0, 6.0, 11.0]


def test_many_cuts_are_all_found() -> None:
    pictures = [frame for index in range(30) for frame in moving(8, COLOURS[index % 5])]
    assert starts(cut(pictures)) == [4.0 * index for index in range(30)]


def test_long_shots_are_split_evenly() -> None:
    for seconds in range(13, 60):
        found = cut(moving(2 * seconds))
        assert len(found) > 1
        assert all(4 <= stretch.end_s - stretch.start_s <= LONGEST_S for stretch in found), seconds
        assert all(len(stretch.frames) >= 4 for stretch in found)


def test_shots_up_to_the_limit_stay_whole() -> None:
    (stretch,) = cut(moving(24))
    assert len(stretch.frames) == MAX_FRAMES


def test_short_shots_are_joined() -> None:
    pictures = [
        *moving(12, COLOURS[0]),
        *moving(2, COLOURS[1]),
        *moving(12, COLOURS[2]),
        *moving(2, COLOURS[3]),
    ]
    assert starts(cut(pictures)) == [0.0, 6.0]
    rapid = [flat(COLOURS[index % 5]) for index in range(40)]
    assert all(stretch.end_s - stretch.start_s >= SHORTEST_S for stretch in cut(rapid))


def test_what_does_not_move_is_one_frame() -> None:
    (stretch,) = cut([flat(COLOURS[0])] * 200)
    assert len(stretch.frames) == 1
    (stretch,) = cut([flat(COLOURS[0])])
    assert len(stretch.frames) == 1


def test_noise_of_compression_is_no_motion_and_no_cut() -> None:
    random = np.random.default_rng(0)
    base = 128 + np.zeros((216, 384, 3))
    pictures = [
        np.clip(base + random.normal(0, 4, base.shape) + random.normal(0, 1), 0, 255).astype(np.uint8)
        for _ in range(60)
    ]
    (stretch,) = cut(pictures)
    assert len(stretch.frames) == 1


def test_a_small_thing_that_moves_is_motion() -> None:
    pictures = []
    for index in range(8):
        rgb = flat(COLOURS[0]).copy()
        rgb[40:46, 10 * index : 10 * index + 6] = 255
        pictures.append(rgb)
    (stretch,) = cut(pictures)
    assert len(stretch.frames) >= 4


def test_two_frames_are_enough_for_motion() -> None:
    (stretch,) = cut(moving(2), step=0.1)
    assert len(stretch.frames) == 2


def test_a_still_beginning_and_end_are_their_own() -> None:
    pictures = [*[moving(20)[0]] * 80, *moving(20), *[moving(20)[-1]] * 80]
    found = cut(pictures)
    assert len(found[0].frames) == 1
    assert 38 <= found[0].end_s <= 41
    assert len(found[-1].frames) == 1
    assert any(len(stretch.frames) > 4 for stretch in found)


def test_a_very_long_still_is_found_again_and_again() -> None:
    found = cut([flat(COLOURS[0])] * int(LONGEST_STILL_S * 2.5), step=1.0)
    assert 2 <= len(found) <= 3
    assert all(len(stretch.frames) == 1 for stretch in found)


def test_a_slow_fade_is_no_cut_but_a_pan_over_detail_is_motion() -> None:
    fade = [np.full((96, 160, 3), level, np.uint8) for level in range(40, 200, 8)]
    assert starts(cut(fade)) == [0.0]
    wide = np.random.default_rng(0).integers(0, 255, (12, 160, 3), dtype=np.uint8).repeat(8, 0).repeat(8, 1)
    pan = [np.ascontiguousarray(wide[:, 4 * index : 4 * index + 160]) for index in range(20)]
    (stretch,) = cut(pan)
    assert len(stretch.frames) == MAX_FRAMES


def test_a_gap_in_time_does_not_stop_it() -> None:
    pictures = moving(6)
    frames = [
        Frame(time, rgb) for time, rgb in zip((0.0, 0.5, 1.0, 600.0, 600.5, 601.0), pictures, strict=True)
    ]
    found = list(stretches(frames, 601.5))
    assert found[0].start_s == 0
    assert found[-1].end_s == 601.5
    assert sum(len(stretch.frames) for stretch in found) == 6


def test_nothing_gives_nothing() -> None:
    assert list(stretches([], None)) == []


@pytest.mark.parametrize("duration", [None, 2.0, 1000.0])
def test_a_wrong_duration_does_not_reach_the_result(duration: float | None) -> None:
    (stretch,) = stretches(sampled(moving(12)), duration)
    assert stretch.end_s == 5.5

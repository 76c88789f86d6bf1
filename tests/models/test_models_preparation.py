"""Sizes, budgets and patches."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from model_samples import patches_of

from models import preparation
from models.errors import CheckpointError, UnusableInput
from models.inputs import Clip
from models.preparation import Budget

SMALL = Budget(
    image_min_pixels=1024,
    image_max_pixels=9216,
    clip_max_pixels=18432,
    frame_min_pixels=1024,
    frame_max_pixels=4096,
    max_length=256,
)
SIDES = st.integers(1, 3000)


@given(SIDES, SIDES, st.sampled_from([Budget(), Budget.exact(), SMALL]))
def test_every_size_fits_its_budget(height: int, width: int, budget: Budget) -> None:
    if max(height, width) > 200 * min(height, width):
        with pytest.raises(UnusableInput):
            preparation.fit(height, width, budget.image_min_pixels, budget.image_max_pixels)
        return
    rows, columns = preparation.fit(height, width, budget.image_min_pixels, budget.image_max_pixels)
    assert rows % 32 == columns % 32 == 0
    assert rows >= 32
    assert columns >= 32
    assert budget.image_min_pixels <= rows * columns <= budget.image_max_pixels


@given(st.integers(1, 128), SIDES, SIDES)
def test_every_clip_fits_its_budget(count: int, height: int, width: int) -> None:
    budget = Budget()
    if max(height, width) > 200 * min(height, width):
        return
    frame = np.broadcast_to(np.uint8(0), (height, width, 3))
    planned = preparation.clip(Clip((frame,) * count, (0.0,) * count), budget)
    assert planned.pairs == (count + 1) // 2
    assert planned.pairs * planned.size[0] * planned.size[1] <= budget.clip_max_pixels


def test_patches_come_in_blocks_of_two_by_two_channel_first() -> None:
    pixels = np.zeros((64, 64, 3), np.uint8)
    pixels[:, :, 0] = np.repeat(np.repeat(np.arange(16).reshape(4, 4), 16, 0), 16, 1)
    pixels[:, :, 1] = np.arange(64)[:, None] % 16
    pixels[:, :, 2] = np.arange(64)[None, :] % 16
    patches = patches_of(preparation.still(pixels, Budget()))
    assert patches.shape == (16, 1536)
    values = patches.reshape(16, 3, 2, 16, 16)
    assert values[:, 0, 0, 0, 0].tolist() == [0, 1, 4, 5, 2, 3, 6, 7, 8, 9, 12, 13, 10, 11, 14, 15]
    assert (values[:, 0] == values[:, 0, :1, :1, :1]).all()
    assert (values[:, 1] == np.arange(16)[:, None]).all()
    assert (values[:, 2] == np.arange(16)).all()


def test_an_odd_last_frame_is_shown_twice() -> None:
    frames = tuple(np.full((384, 384, 3), value, np.uint8) for value in (10, 20, 30))
    planned = preparation.clip(Clip(frames, (0.0, 1.0, 2.0)), Budget())
    assert planned.times == (0.5, 2.0)
    first, second = patches_of(planned).reshape(2, -1, 3, 2, 256)
    assert (first[:, :, 0] == 10).all()
    assert (first[:, :, 1] == 20).all()
    assert (second == 30).all()


def test_frames_of_different_sizes_are_refused() -> None:
    frames = np.zeros((64, 64, 3), np.uint8), np.zeros((64, 96, 3), np.uint8)
    with pytest.raises(UnusableInput, match="same size"):
        preparation.clip(Clip(frames, (0.0, 1.0)), Budget())


@pytest.mark.parametrize("shape", [(0, 5, 3), (5, 5), (5, 5, 4)])
def test_what_is_no_picture_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(UnusableInput):
        preparation.still(np.zeros(shape, np.uint8), Budget())


def test_a_checkpoint_brings_its_own_budget(tmp_path: Path) -> None:
    assert Budget.of(tmp_path) == Budget.preset("balanced")
    assert Budget.of(tmp_path, "exact") == Budget.exact()
    assert Budget().image_max_pixels == 1_310_720
    assert Budget.exact().image_max_pixels == 1_843_200
    (tmp_path / preparation.FILE).write_text(json.dumps({"image_max_pixels": 9216, "max_length": 200}))
    assert Budget.of(tmp_path) == Budget(image_max_pixels=9216, max_length=200)


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"pixels": 3}', '{"image_max_pixels": 10}', '{"max_length": "a"}']
)
def test_a_budget_that_makes_no_sense_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / preparation.FILE).write_text(text)
    with pytest.raises(CheckpointError, match=r"preparation\.json"):
        Budget.of(tmp_path)


def test_fingerprints_tell_budgets_apart() -> None:
    assert Budget().fingerprint() == Budget().fingerprint()
    assert len({budget.fingerprint() for budget in (Budget(), Budget.exact(), SMALL)}) == 3


def test_pages_get_more_tokens_than_photos_and_a_closer_look_costs_more() -> None:
    pixels = np.zeros((1500, 1200, 3), np.uint8)
    tokens = {}
    for name in ("fast", "balanced", "exact"):
        budget = Budget.preset(name)
        photo, page = (preparation.still(pixels, budget, page).tokens_per_pair for page in (False, True))
        tokens[name] = photo, page
        assert photo <= page
    assert tokens["fast"] < tokens["balanced"] < tokens["exact"]
    assert tokens["balanced"][0] <= 768
    assert 768 < tokens["balanced"][1] <= 1280
    assert len({Budget.preset(name).fingerprint() for name in ("fast", "balanced", "exact")}) == 3

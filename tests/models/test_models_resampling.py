"""Stills in another size: the compiled loops and Pillow come to the same numbers."""

import sys
import threading

import numpy as np
import PIL
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from models import resampling

SIDES = st.one_of(st.integers(1, 9), st.integers(1, 150))


@pytest.fixture(scope="module")
def loops():
    return resampling._loops()


@pytest.fixture
def pillow(monkeypatch):
    """Nothing is compiled yet, nor will be."""
    monkeypatch.setattr(resampling, "_compiled", [])
    monkeypatch.setattr(resampling, "MANY", 0)


def picture(height, width, seed, contrast=False):
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)
    return np.where(pixels > 127, np.uint8(255), np.uint8(0)) if contrast else pixels


@settings(deadline=None, max_examples=200)
@given(old=st.tuples(SIDES, SIDES), new=st.tuples(SIDES, SIDES), contrast=st.booleans())
def test_the_compiled_loops_find_the_numbers_of_pillow_13(loops, old, new, contrast):
    pixels = picture(*old, sum(old), contrast)
    pixels.flags.writeable = contrast
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(resampling, "MANY", 0)
        patch.setattr(resampling, "_compiled", [])
        by_pillow = resampling.resized(pixels, new)
        patch.setattr(resampling, "_compiled", [loops])
        by_loops = resampling.resized(pixels, new)
    assert np.array_equal(by_loops, by_pillow)
    if int(PIL.__version__.split(".")[0]) == 13:  # before, it always began with the width
        at_once = Image.fromarray(pixels).resize((new[1], new[0]), Image.Resampling.BICUBIC)
        assert np.array_equal(by_pillow, np.asarray(at_once))


def test_what_it_is_given_may_lie_anyhow_in_memory(pillow, loops, monkeypatch):
    turned = picture(40, 90, 6).transpose(1, 0, 2)[::-1]
    turned.flags.writeable = False
    expected = resampling.resized(turned, (33, 21))
    monkeypatch.setattr(resampling, "_compiled", [loops])
    assert np.array_equal(resampling.resized(turned, (33, 21)), expected)


def test_it_is_compiled_once_many_stills_came(monkeypatch):
    begun = threading.Event()
    monkeypatch.setattr(resampling, "_compiled", [])
    monkeypatch.setattr(resampling, "_seen", iter(range(resampling.MANY - 2, 10_000)))
    monkeypatch.setattr(resampling, "compile_now", begun.set)
    pixels = picture(8, 8, 7)
    resampling.resized(pixels, (4, 4))
    resampling.resized(pixels, (4, 4))
    assert not begun.is_set()
    resampling.resized(pixels, (4, 4))
    assert begun.wait(10)


def test_without_numba_pillow_goes_on(pillow, monkeypatch, caplog):
    monkeypatch.setitem(sys.modules, "numba", None)
    resampling.compile_now()
    assert "could not be compiled" in caplog.text
    assert resampling.resized(picture(20, 30, 8), (10, 11)).shape == (10, 11, 3)

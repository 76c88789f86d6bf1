import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import UserError
from indexer.search.relevance import (
    EmbedderCalibration,
    RerankerCalibration,
    Thresholds,
    embedder_calibration,
    relevance,
    reranker_calibration,
)


def test_the_thresholds_are_where_the_words_change():
    scale = Thresholds(0.3, 0.5)
    assert [relevance(scale.confidence(score)) for score in (-1, 0.29, 0.3001, 0.49, 0.5, 1.0)] == [
        "weak",
        "weak",
        "possible",
        "possible",
        "strong",
        "strong",
    ]


@given(st.floats(-1, 1), st.floats(-1, 1))
def test_more_is_never_less(one, other):
    scale = Thresholds(0.3, 0.5)
    low, high = sorted((one, other))
    assert 0 <= scale.confidence(low) <= scale.confidence(high) <= 1


def test_types_and_forms_have_their_own_thresholds():
    calibration = EmbedderCalibration()
    assert calibration.confidence(0.45, "text", "image") > calibration.confidence(0.45, "text", "text")
    assert calibration.confidence(0.55, "text", "image") > calibration.confidence(0.55, "image", "image")
    assert calibration.confidence(0.5, "mixed", "image") == max(
        calibration.confidence(0.5, form, "image") for form in ("text", "image")
    )


def test_a_document_trusts_the_reranker_more_than_a_photo_does():
    calibration = RerankerCalibration()
    assert calibration.blend(0.2, 0.9, "page") > calibration.blend(0.2, 0.9, "image")
    assert calibration.blend(0.4, 0.4, "image") == pytest.approx(0.4)


def test_a_checkpoint_brings_its_own(tmp_path):
    one, other = tmp_path / "embedder", tmp_path / "reranker"
    one.mkdir()
    other.mkdir()
    by_type = {"page": {"possible": 0.7, "strong": 0.9}}
    (one / "calibration.json").write_text(
        json.dumps({"text": {"possible": 0.1, "strong": 0.2, "by_type": by_type}, "made_with": "seed 1"})
    )
    (other / "calibration.json").write_text(
        json.dumps({"possible": 0.5, "strong": 0.9, "weight": {"image": 1.0}})
    )
    embedder = embedder_calibration(one)
    assert relevance(embedder.confidence(0.21, "text", "image")) == "strong"
    assert relevance(embedder.confidence(0.21, "text", "page")) == "weak"
    assert embedder.image == EmbedderCalibration().image
    reranker = reranker_calibration(other)
    assert relevance(reranker.confidence(0.6, "image")) == "possible"
    assert reranker.blend(0.0, 1.0, "image") == 1.0
    assert reranker.blend(0.0, 1.0, "page") == pytest.approx(0.7)


def test_a_veto_overrules_any_weight():
    lenient = RerankerCalibration(weight={"image": 0.1}, veto=0.2)
    assert lenient.blend(0.9, 0.2, "image") == 0.2
    assert lenient.blend(0.9, 0.21, "image") == pytest.approx(0.831)
    assert RerankerCalibration(weight={"image": 0.1}).blend(0.9, 0.0, "image") == pytest.approx(0.81)


@pytest.mark.parametrize("text", ["", "[]", '{"text": {"possible": 0.5, "strong": 0.4}}', '{"text": 3}'])
def test_a_calibration_that_makes_no_sense(tmp_path, text):
    (tmp_path / "calibration.json").write_text(text)
    with pytest.raises(UserError, match="cannot be used"):
        embedder_calibration(tmp_path)


def test_without_a_file_the_defaults_hold(tmp_path):
    assert embedder_calibration(tmp_path) == EmbedderCalibration()
    assert embedder_calibration(None) == EmbedderCalibration()
    assert reranker_calibration(tmp_path) == RerankerCalibration()

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import resources
from indexer.errors import UserError
from indexer.evaluation import dataset, measures, weighing
from indexer.evaluation.dataset import Dataset, LabelledQuery
from indexer.evaluation.rankings import SHARES, Outcome, Sweep, Vectors, coded
from indexer.evaluation.report import lines, report
from indexer.evaluation.session import _as_files, evaluate
from indexer.paths import Paths
from indexer.search.relevance import EmbedderCalibration
from indexer.settings import ModelOptions
from indexer.store.rows import FoundSegment

TINY = resources.ROOT / "models" / "tiny"


def test_measures_against_numbers_worked_out_by_hand():
    relevant = {"a": 2, "b": 1}
    found = measures.of(["x", "b", "a"], relevant)
    ideal = 2 / np.log2(2) + 1 / np.log2(3)
    assert found == pytest.approx((0, 1, 1, (1 / np.log2(3) + 2 / np.log2(4)) / ideal, 1 / 2))
    assert measures.of(["a", "b"], relevant) == pytest.approx((1, 1, 1, 1, 1))
    assert measures.of([], relevant) == (0, 0, 0, 0, 0)
    assert measures.of([f"x{n}" for n in range(10)] + ["a"], relevant)[1:3] == (0, 0.5)


def test_an_interval_holds_the_mean_and_narrows_with_more_queries():
    rng = np.random.default_rng(1)
    few, many = (rng.integers(0, 2, count).astype(float) for count in (20, 2000))
    (low, high), (lower, higher) = measures.interval(few), measures.interval(many)
    assert low <= few.mean() <= high
    assert higher - lower < (high - low) / 5
    assert measures.interval(np.ones(5)) == (1.0, 1.0)


def test_our_own_form_of_dataset(tmp_path):
    (tmp_path / "files" / "sub").mkdir(parents=True)
    (tmp_path / "files" / "sub" / "a.txt").write_text("a")
    rows = [
        {"text": "one", "relevant": {"sub/a.txt": 2}},
        {"id": "x", "text": None, "images": ["q.jpg"], "relevant": ["sub/a.txt"]},
        {"text": "nothing", "relevant": []},
    ]
    (tmp_path / "queries.jsonl").write_text("\n".join(map(json.dumps, rows)) + "\n\n")
    found = dataset.read(tmp_path)
    assert found.documents == {"sub/a.txt": tmp_path / "files" / "sub" / "a.txt"}
    assert [(query.id, dict(query.relevant)) for query in found.queries] == [
        ("1", {"sub/a.txt": 2}),
        ("x", {"sub/a.txt": 1}),
        ("3", {}),
    ]
    assert (found.queries[1].text, found.queries[1].images) == ("", (tmp_path / "q.jpg",))


@pytest.mark.parametrize(
    ("queries", "sentence"),
    [
        (None, "has no queries.jsonl"),
        ("", "holds no labelled query"),
        ("{", "Line 1 of .* is no JSON object"),
        ("[]", "Line 1 of .* is no JSON object"),
        ('{"text": "x", "relevant": ["lost.jpg"]}', "names lost.jpg"),
        ('{"text": "x", "relevant": {"a.jpg": "much"}}', "query 1 of .* is no list of files"),
        ('{"text": "x", "relevant": 3}', "query 1 of .* is no list of files"),
        ('{"text": "x", "relevant": "a.jpg"}', "query 1 of .* is no list of files"),
        ('{"text": null, "images": "q.jpg"}', "images.* of query 1 of .* is no list of files"),
    ],
)
def test_what_is_no_dataset_is_said(tmp_path, queries, sentence):
    (tmp_path / "files").mkdir()
    if queries is not None:
        (tmp_path / "queries.jsonl").write_text(queries)
    with pytest.raises(UserError, match=sentence):
        dataset.read(tmp_path)


@pytest.mark.parametrize(
    ("corpus", "labels", "sentence"),
    [
        ('{"text": "x"}', "q\td\t1", 'Row 1 of .* has no "_id"'),
        ('{"_id": "d", "text": "x"}', "q d 1", "Line 2 of .* is not a query"),
        ('{"_id": "d", "text": "x"}', "q\td\tgood", "Line 2 of .* is not a query"),
    ],
)
def test_what_is_wrong_in_the_form_of_beir_is_said(tmp_path, corpus, labels, sentence):
    write_beir(tmp_path, corpus, labels)
    with pytest.raises(UserError, match=sentence):
        dataset.read(tmp_path)


def test_a_text_in_the_form_of_beir_may_hold_other_ends_of_lines(tmp_path):
    text = "one\u2028two\u0085three"
    write_beir(tmp_path, json.dumps({"_id": "d", "text": text}, ensure_ascii=False), "q\td\t1\n\n")
    assert dataset.read(tmp_path).documents == {"d": text}


def write_beir(folder, corpus, labels):
    (folder / "qrels").mkdir()
    (folder / "qrels" / "test.tsv").write_text(f"query-id\tcorpus-id\tscore\n{labels}", "utf-8-sig")
    (folder / "corpus.jsonl").write_text(corpus, "utf-8-sig")
    (folder / "queries.jsonl").write_text('{"_id": "q", "text": "which"}', "utf-8-sig")


def test_coded_vectors_stay_near_and_rank_by_the_best_segment():
    rng = np.random.default_rng(2)
    vectors = rng.standard_normal((50, 256)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    cosines = {coding: (coded(vectors, coding) * vectors).sum(axis=1).min() for coding in ("int8", "bits")}
    assert cosines["int8"] > 0.999
    assert 0.7 < cosines["bits"] < 0.9
    segments = [FoundSegment(n, n // 2, "photo", n, "image", None, None, None, "", ()) for n in range(50)]
    index = Vectors(segments, [[f"d{n // 2}"] for n in range(50)], vectors)
    assert [form for form in index.forms() if form[1] == "float"] == [(n, "float") for n in (256, 128, 64)]
    for coding in ("float", "int8", "bits"):
        ranking = index.ranking(vectors[7], "text", EmbedderCalibration(), 256, coding)
        assert ranking[0] == "d3"
        assert len(ranking) == len(set(ranking)) == 25


def swept(kind, right_first_from, used, number):
    """An outcome whose right answer comes first from this share of the reranker on, and third below."""
    query = LabelledQuery(str(number), "x", (), {"right": 1})

    def order(share):
        return ["right", "a", "b"] if share >= right_first_from else ["a", "b", "right"]

    sweep = Sweep({share: order(share) for share in SHARES}, order(used))
    return Outcome(query, kind, {"blended": sweep.used}, None, sweep)


def test_a_share_is_kept_when_it_is_better_beyond_chance():
    photos = [swept("photo", 0.6, 0.5, number) for number in range(20)]
    found = report(photos)
    [one] = found["better"]
    assert (one["of"], one["kind"], one["share"]) == ("reranker", "photo", 0.6)
    assert one["now"] == pytest.approx(0.5)
    assert one["then"] == pytest.approx(1.0)
    assert any("--write" in line for line in lines(found))
    assert any("delete here.json" in line for line in lines(found | {"written": "here.json"}))


@pytest.mark.parametrize(
    "outcomes",
    [
        [swept("photo", 0.6, 0.5, number) for number in range(weighing.ENOUGH - 1)],
        [swept("photo", 0.3, 0.5, number) for number in range(20)],
        [swept("photo", 0.6 if number == 0 else 0.3, 0.5, number) for number in range(20)],
    ],
    ids=["too few queries", "as good already", "one query of twenty"],
)
def test_what_may_be_chance_changes_nothing(outcomes):
    found = report(outcomes)
    assert found["better"] == []
    assert any("no reason to change" in line for line in lines(found))


@pytest.mark.parametrize("text", ["", "kind:photo", "-blue"])
def test_a_query_that_the_models_cannot_read_is_said_before_anything_is_indexed(tmp_path, text):
    (tmp_path / "queries.jsonl").write_text(json.dumps({"text": text, "relevant": []}))
    with pytest.raises(UserError, match="Query 1 has no words"):
        evaluate(Paths(tmp_path / "data"), ModelOptions(), tmp_path, rerank_files=5)
    assert not (tmp_path / "data").exists()


def test_a_set_in_beirs_form_is_indexed_and_ranked_in_every_way(tmp_path):
    corpus = {"d1": "The red boat lies at anchor.", "d2": "A green house with a tree.", "d3": "RE16TGK-7"}
    folder = tmp_path / "set"
    (folder / "qrels").mkdir(parents=True)
    (folder / "corpus.jsonl").write_text(
        "".join(json.dumps({"_id": id, "title": "", "text": text}) + "\n" for id, text in corpus.items())
    )
    queries = {"q1": "red boat", "q2": "tgk-7", "q3": "never labelled"}
    (folder / "queries.jsonl").write_text(
        "".join(json.dumps({"_id": id, "text": text}) + "\n" for id, text in queries.items())
    )
    (folder / "qrels" / "test.tsv").write_text(
        "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td2\t0\nq2\td3\t1\n"
    )
    before = sorted(path.name for path in folder.rglob("*"))
    paths = Paths(tmp_path / "data").create()
    options = ModelOptions(str(TINY / "embedder"), str(TINY / "reranker"), "cpu")
    found = evaluate(paths, options, folder, rerank_files=5, write=True)
    assert found["queries"] == 2
    rows = found["measures"]["document"]
    assert {"words", "meaning", "fused", "reranked", "blended"} <= set(rows)
    assert any(name.endswith("int8") for name in rows)
    assert rows["words"]["recall@1"] == (1.0, 1.0, 1.0), "both are found by their words"
    assert any(line.startswith("  blended") for line in lines(found))
    assert found["shares"]["reranker"]["document"]["queries"] == 2, "both models saw something right"
    assert found["better"] == [], "two queries prove nothing"
    assert not paths.calibration.exists()
    assert sorted(path.name for path in folder.rglob("*")) == before, "nothing is written into it"
    assert not Path(paths.database).exists(), "the person's own index is not touched"
    again = evaluate(paths, replace(options, weights="int8"), folder, rerank_files=5)
    assert again["queries"] == 2, "the vectors of the other weights are not in the way"


def test_a_text_that_the_set_holds_no_more_goes(tmp_path):
    first = _as_files(Dataset(tmp_path, {"a": "one\ud83d", "b": "two", "c": "three"}, ()), tmp_path / "texts")
    left = _as_files(Dataset(tmp_path, {"a": "one\ud83d", "c": "three"}, ()), tmp_path / "texts")
    assert [file.read_text() for file in sorted((tmp_path / "texts").iterdir())] == ["one?", "three"]
    assert left["a"] == first["a"]

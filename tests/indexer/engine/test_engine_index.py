"""Indexing through the command line: what is found, what is refused, and what costs no model work."""

import json
import os
import shutil
import sys
from pathlib import Path

import engine_samples
import pytest
from engine_process import Sightline

ODD = os.fsdecode(b"jardin \xe9t\xe9.png") if sys.platform == "linux" else "jardin été.png"
"""A name that is no Unicode, where the system has such names."""


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory, models: Path) -> tuple[Sightline, Path, dict[str, int]]:
    """A library of every kind with bad files in it, indexed once."""
    root = tmp_path_factory.mktemp("indexed")
    made = Sightline(root / "data", models)
    made.configure()
    folder = engine_samples.library(root / "library")
    engine_samples.bad_files(folder / "bad")
    shutil.copy(folder / "photo-0.jpg", folder / "copy of photo-0.jpg")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    engine_samples.picture(folder / ODD, 50)
    before = snapshot(folder)
    report = made("index", folder, "--json").json
    assert snapshot(folder) == before, "the person's files were touched"
    return made, folder, report


def snapshot(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    return {
        str(path): (path.stat().st_mtime_ns, path.stat().st_mode, path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def test_every_file_is_counted_once(indexed):
    _, _, report = indexed
    assert set(report) == {"indexed", "unchanged", "skipped", "failed", "seconds"}
    assert report["indexed"] == 10, "eight of the library, the oddly named and the good one among the bad"
    assert report["unchanged"] == 1, "the copy"
    assert (report["skipped"], report["failed"]) == (2, 5)


def test_problems_name_every_bad_file_with_a_reason(indexed):
    sightline, folder, _ = indexed
    problems = sightline("problems", "--json").json
    assert all({"path", "outcome", "reason", "attempts", "ignored"} == set(problem) for problem in problems)
    outcomes = {Path(problem["path"]).name: problem["outcome"] for problem in problems}
    assert outcomes == {
        "truncated.jpg": "failed",
        "huge.png": "failed",
        "really-text.jpg": "failed",
        "noise.mp4": "failed",
        "empty.png": "skipped",
        "table.xlsx": "failed",
        "icon.png": "skipped",
    }
    assert all(problem["reason"].endswith(".") for problem in problems)
    assert str(folder / "bad" / "huge.png") in sightline("problems").out


def test_status_counts_what_is_there(indexed):
    sightline, folder, _ = indexed
    status = sightline("status", "--json").json
    assert {"files", "segments", "vectors", "index_bytes", "embedder", "reranker", "state"} <= set(status)
    assert status["files"] == 16, "failed ones are found by name"
    assert status["segments"] == status["vectors"] == 11, "the PDF has two pages, the copy none of its own"
    assert status["state"] == "idle"
    assert (status["embedder"], status["reranker"]) == ("embed", "rerank")
    assert status["folders"][0]["path"] == str(folder)
    assert "16 files" in sightline("status").out


def test_search_prints_the_promised_object(indexed):
    sightline, folder, _ = indexed
    found = sightline("search", "TGK-7", "--limit", "3", "--json").json
    assert set(found) == {"query", "took_ms", "total", "at_least", "results"}
    assert found["total"] >= len(found["results"])
    assert found["query"] == "TGK-7"
    assert set(found["took_ms"]) == {"embed", "retrieve", "rerank", "total"}
    first = found["results"][0]
    answer = {
        "path",
        "kind",
        "score",
        "relevance",
        "matched",
        "segment",
        "snippet",
        "folded",
        "facts",
        "offline",
    }
    assert set(first) == answer
    assert first["path"] == str(folder / "paper.pdf")
    place = {"start_s": None, "end_s": None, "page": 2, "lit": [], "box": None}
    assert first["segment"] == {"type": "page"} | place
    assert "words" in first["matched"]
    assert "RE16TGK-7" in first["snippet"]
    assert len(found["results"]) <= 3


def test_any_name_can_be_found_and_printed(indexed):
    sightline, folder, _ = indexed
    found = sightline("search", "jardin", "--no-rerank", "--json").json["results"]
    assert found[0]["path"] == str(folder / ODD)
    assert "name" in found[0]["matched"]


def test_search_by_picture_finds_the_picture(indexed):
    sightline, folder, _ = indexed
    image = folder / "photo-1.jpg"
    found = sightline("search", "--image", image, "--kind", "photo", "--no-rerank", "--json").json["results"]
    assert found[0]["path"] == str(image)
    assert {hit["kind"] for hit in found} == {"photo"}


def test_a_folder_through_time(here, tmp_path, sightline, pictures):
    """Only new content takes model work: an embedder that cannot even be loaded proves it for the rest."""
    other = tmp_path / "other"
    other.mkdir()
    without_model = ("--embedder", tmp_path / "nothing")

    first = sightline("index", tmp_path / "missing", pictures, other, "--json")
    assert json.loads(first.out)["indexed"] == 12, "one missing folder does not stop the others"
    assert first.status == 2
    assert str(tmp_path / "missing") in first.err
    vectors = here("status", "--json").json["vectors"]

    (pictures / "picture-00.png").rename(pictures / "renamed.png")
    (pictures / "albums").mkdir()
    (pictures / "picture-01.png").rename(pictures / "albums" / "moved.png")
    shutil.copy(pictures / "picture-02.png", pictures / "copy.png")
    os.utime(pictures / "picture-03.png")
    (pictures / "picture-04.png").unlink()
    shutil.move(pictures / "picture-05.png", other / "picture-05.png")
    report = sightline("index", other, pictures, *without_model, "--json").json
    assert (report["indexed"], report["unchanged"]) == (0, 12), "eleven that are left and the copy"
    status = here("status", "--json").json
    assert (status["files"], status["pending"], status["failed"]) == (12, 0, 0)
    assert status["vectors"] == vectors - 1, "the deleted one is cleaned away"

    away = pictures.rename(tmp_path / "away")
    unplugged = sightline("index", pictures, *without_model)
    assert unplugged.status == 2
    assert str(pictures) in unplugged.err
    status = here("status", "--json").json
    assert status["files"] == 12, "an unplugged folder loses nothing"
    assert [bool(folder["problem"]) for folder in status["folders"]] == [True, False], "and it is noted"
    away.rename(pictures)
    report = sightline("index", *without_model, "--json").json
    assert (report["indexed"], report["unchanged"]) == (0, 12), "all known folders"

    engine_samples.picture(pictures / "picture-06.png", 500)
    report = sightline("index", pictures, "--json").json
    assert (report["indexed"], report["unchanged"]) == (1, 10), "changed content is embedded again"
    assert here("status", "--json").json["vectors"] == vectors - 1
    listed = here("search", "ext:png", "--sort", "name", *without_model, "--json").json
    assert listed["total"] == 12, "filters alone need no model"

"""`sightline doctor` and `sightline models verify` on the small models."""

import json
import shutil
from itertools import islice
from pathlib import Path

from indexer.command_line.doctor import examine
from indexer.ingest.pictures.ocr import NO_READER
from indexer.paths import Paths
from indexer.search.shares import Shares
from indexer.settings import ModelOptions
from tests.hub_server import WEIGHTS


def test_doctor_says_what_there_is_and_what_to_mend(sightline, tmp_path):
    found = {row["about"]: row for row in sightline("doctor", "--device", "cpu", "--json").json}
    assert not any(row["problem"] for row in found.values())
    assert found["device"]["state"] == "The processor in float32, as asked for."
    assert "torch 2." in found["libraries"]["state"]
    assert "reads those in pictures" in found["words"]["state"]
    assert str(sightline.models / "embed") in found["embedder"]["state"]
    assert "none yet" in found["index"]["state"]
    broken = shutil.copytree(sightline.models / "rerank", tmp_path / "broken")
    (broken / WEIGHTS).write_bytes(b"cut")
    text = sightline("doctor", "--offline", "--reranker", broken)
    assert text.status == 0
    line = next(line for line in text.out.splitlines() if line.strip().startswith("!"))
    assert f"{WEIGHTS} is cut short or damaged" in line
    assert "refused (--offline)" in text.out


def test_doctor_says_that_words_cannot_be_read(tmp_path, monkeypatch):
    monkeypatch.setattr("indexer.command_line.doctor.LIBRARY", "not_there")
    *_, found = islice(examine(Paths(tmp_path).create(), ModelOptions()), 3)
    assert (found.about, found.problem) == ("words", NO_READER)


def test_doctor_knows_what_was_measured_here(tmp_path):
    paths = Paths(tmp_path).create()

    def shares():
        return [one for one in islice(examine(paths, ModelOptions()), 7) if one.about == "shares"]

    assert shares() == []
    Shares(words={"tiny": {"photo": 0.3}}).write(paths.calibration)
    [found] = shares()
    assert "for tiny" in found.state
    assert not found.problem
    paths.calibration.write_text("{")
    [found] = shares()
    assert "delete it" in found.problem


def test_files_that_come_and_go_while_doctor_looks_are_no_bug(tmp_path, monkeypatch):
    paths = Paths(tmp_path).create()
    draft = paths.cache / "thumbnail.new"
    draft.write_bytes(b"x" * 1000)
    stat, looks = Path.stat, []

    def gone_at_the_second_look(path, **options):
        if path == draft:
            looks.append(path)
            if len(looks) > 1:
                raise FileNotFoundError(2, "No such file or directory")
        return stat(path, **options)

    monkeypatch.setattr(Path, "stat", gone_at_the_second_look)
    assert any(one.about == "data" for one in islice(examine(paths, ModelOptions()), 6))


def test_verify_checks_files_weights_and_figures(sightline, tmp_path):
    good = sightline("models", "verify")
    assert good.status == 0, good.err
    assert good.out.count("weights: complete and finite") == 2
    assert good.out.count("No figures have been published for a model of this size.") == 2
    [model] = sightline("models", "verify", sightline.models / "embed", "--json").json["models"]
    assert (model["role"], model["damaged"], model["figures"]) == ("embedder", None, [])
    folder = shutil.copytree(sightline.models / "embed", tmp_path / "embed")
    (folder / "download.json").write_text(
        '{"files": {"config.json": {"size": 1, "algorithm": "git", "digest": ""}}}'
    )
    bad = sightline("models", "verify", folder, "--json")
    assert bad.status == 2
    model = {"role": "embedder", "folder": str(folder), "damaged": ["config.json"], "figures": []}
    assert json.loads(bad.out) == {"models": [model]}
    assert f"Damaged in {folder}: config.json; remove the model and fetch it again." in bad.err

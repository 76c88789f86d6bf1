"""The short form of the program that spoils files; 10,000 of each kind take about an hour (fuzz_decoders)."""

import pytest

from tests.stress import fuzz_decoders


def test_a_run_that_was_stopped_goes_on_behind_what_is_noted(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(fuzz_decoders, "PORTION", 3)
    kept, log = tmp_path / "kept", tmp_path / "log.jsonl"
    kept.mkdir()
    real, done = fuzz_decoders.fuzz, []

    def stopped(portion, *others):
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(portion)
        return real(portion, *others)

    def whole(portion, *others):
        done.append(portion)
        return real(portion, *others)

    monkeypatch.setattr(fuzz_decoders, "fuzz", stopped)
    with pytest.raises(KeyboardInterrupt):
        fuzz_decoders.run(["rgb.png", "western.txt"], 5, 1, 1, log, kept)
    monkeypatch.setattr(fuzz_decoders, "fuzz", whole)
    total = fuzz_decoders.run(["rgb.png", "western.txt"], 5, 1, 1, log, kept)

    assert [(each.name, each.first, each.files) for each in done] == [
        ("rgb.png", 0, 3), ("rgb.png", 3, 2), ("western.txt", 0, 3), ("western.txt", 3, 2)
    ]  # fmt: skip
    assert sum(total.outcomes.values()) == 10
    assert not total.outcomes["died"] + total.outcomes["broke"]
    assert list(kept.iterdir()) == []
    assert capsys.readouterr().out.count("rgb.png") == 2, "told when it was done, and by the run that went on"

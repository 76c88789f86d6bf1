from pathlib import Path

from tests.benchmarks.soak_store import soak


def test_a_writer_and_two_readers_get_along(tmp_path: Path) -> None:
    tallies = soak(tmp_path / "index.db", seconds=2)
    assert [tally.name for tally in tallies] == ["reader 1", "reader 2", "writer", "check"]
    assert [tally.errors for tally in tallies] == [[], [], [], []]
    assert all(tally.done for tally in tallies)

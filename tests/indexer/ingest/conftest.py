"""A watched folder for the tests of the watcher, and a film for those of the decoders."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from ingest_files import film, moving
from watching import Reports

from indexer.ingest.watching import watch
from indexer.ingest.watching.watch import Watcher


@pytest.fixture
def shorter_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "SETTLE_S", 0.15)
    monkeypatch.setattr(watch, "GROWING_S", 0.5)


@pytest.fixture
def reports() -> Reports:
    return Reports()


@pytest.fixture
def watcher(tmp_path: Path, reports: Reports) -> Iterator[Watcher]:
    before = set(threading.enumerate())
    (tmp_path / "root").mkdir()
    watcher = Watcher(reports, exclude=[tmp_path / "root" / "data"])
    watcher.watch(tmp_path / "root")
    yield watcher
    watcher.stop()
    assert set(threading.enumerate()) <= before


@pytest.fixture
def root(tmp_path: Path, watcher: Watcher) -> Path:
    return tmp_path / "root"


@pytest.fixture(scope="session")
def long_film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Many clips, more than fit into the pipe."""
    path = tmp_path_factory.mktemp("film") / "long.mp4"
    return film(path, moving(600, size=(320, 180)), rate=2)

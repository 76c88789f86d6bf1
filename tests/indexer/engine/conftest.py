"""Real processes on real files, with the small untrained checkpoints of the reference cases."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import engine_samples
import pytest
from engine_process import ROOT, EngineProcess, Sightline

CHECKPOINTS = Path(__file__).parents[2] / "data" / "qwen3vl" / "checkpoints"
SMALL = {
    "image_min_pixels": 4096,
    "image_max_pixels": 16384,
    "clip_max_pixels": 32768,
    "frame_min_pixels": 4096,
    "frame_max_pixels": 8192,
}
"""A budget that makes a picture 16 tokens: what is tested here is the machinery around the models."""


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `embed` and `rerank`, both quick."""
    made = tmp_path_factory.mktemp("models")
    for name in ("embed", "rerank"):
        shutil.copytree(CHECKPOINTS / name, made / name)
        (made / name / "preparation.json").write_text(json.dumps(SMALL), "utf-8")
    return made


@pytest.fixture
def sightline(tmp_path: Path, models: Path) -> Sightline:
    made = Sightline(tmp_path / "data", models)
    made.configure()
    return made


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Twelve different small pictures."""
    folder = tmp_path / "pictures"
    for number in range(12):
        engine_samples.picture(folder / f"picture-{number:02}.png", number)
    return folder


@pytest.fixture
def engine(sightline: Sightline, tmp_path: Path) -> Iterator[Callable[..., EngineProcess]]:
    """Starts engines; the test ends them or this does."""
    started: list[EngineProcess] = []
    log = (tmp_path / "engine.stderr").open("wb")

    def start(*arguments: str) -> EngineProcess:
        process = subprocess.Popen(
            [sys.executable, "-m", "indexer", "serve", *arguments],
            cwd=ROOT,
            env=sightline.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
        )
        started.append(EngineProcess(process))
        return started[-1]

    yield start
    for each in started:
        each.close()
    log.close()

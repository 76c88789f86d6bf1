"""Real processes on real files, with the small untrained checkpoints of the reference cases."""

from collections.abc import Callable, Iterator
from pathlib import Path

import engine_samples
import pytest
from engine_process import Done, EngineProcess, Sightline
from rooms import Room

from indexer.command_line import cli
from indexer.inference.model_loop import ModelLoop
from indexer.paths import ENVIRONMENT_VARIABLE


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `embed` and `rerank`, both quick."""
    return engine_samples.small_models(tmp_path_factory.mktemp("models"))


@pytest.fixture
def sightline(tmp_path: Path, models: Path) -> Sightline:
    made = Sightline(tmp_path / "data", models)
    made.configure()
    return made


@pytest.fixture
def here(
    sightline: Sightline, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Done]:
    """Runs commands as `sightline` does, but in this process: at once, for those that load no models."""
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(sightline.data))
    for changes_the_process in (
        "indexer.logs.start",
        "indexer.connections.watch",
        "signal.signal",
        "os._exit",
    ):
        monkeypatch.setattr(changes_the_process, lambda *given: None)

    def run(*arguments: str | Path) -> Done:
        try:
            status = cli.main(list(map(str, arguments)))
        except SystemExit as ended:
            status = int(ended.code or 0)
        return Done(status, *capsys.readouterr())

    return run


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
        started.append(EngineProcess.serve(sightline, log, *arguments))
        return started[-1]

    yield start
    for each in started:
        each.close()
    log.close()


@pytest.fixture
def start_loop() -> Iterator[Callable[[Room], ModelLoop]]:
    """Starts the models thread of a device with room for some models."""
    started: list[ModelLoop] = []

    def start(room: Room) -> ModelLoop:
        started.append(ModelLoop(room))
        started[-1].start()
        assert started[-1].ready.wait(5)
        return started[-1]

    yield start
    for each in started:
        assert each.stop()

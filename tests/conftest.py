"""For all tests: the person's own library stays out of reach, and nothing is left running."""

import os
import sys
from collections.abc import Iterator

import psutil
import pytest
from xdist.scheduler import LoadScopeScheduling

from indexer.paths import ENVIRONMENT_VARIABLE


@pytest.fixture(scope="session", autouse=True)
def _own_data_directory(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Where a test that names no data directory ends up."""
    os.environ[ENVIRONMENT_VARIABLE] = str(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="session", autouse=True)
def _nothing_left_running() -> Iterator[None]:
    """A process that outlives the last test fails the run."""
    yield
    children = psutil.Process().children(recursive=True)
    _, alive = psutil.wait_procs(children, timeout=0)
    if any(not _is_pythons_own(child) for child in alive):
        _, alive = psutil.wait_procs(alive, timeout=10)
    left = [" ".join(child.cmdline()) for child in alive if not _is_pythons_own(child)]
    assert not left


def _is_pythons_own(process: psutil.Process) -> bool:
    """`multiprocessing` keeps one process that cleans up after the others and ends with the interpreter."""
    try:
        return "multiprocessing.resource_tracker" in " ".join(process.cmdline())
    except psutil.Error:
        return True


class _Together(LoadScopeScheduling):
    """On several cores the tests of a file stay together, and all of the window.

    They share what was dear to make, and the window's last test asks what the others have tried.
    """

    def _split_scope(self, nodeid: str) -> str:
        window = "tests/desktop_app/"
        return window if nodeid.startswith(window) else nodeid.partition("::")[0]


LONG = ("tests/desktop_app/", "tests/benchmarks/", "tests/stress/", "tests/window/")
"""What takes minutes, much of it in few tests: begun last, it would leave one core idle."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> _Together:
    config.option.loadscopereorder = False  # by how many tests there are
    return _Together(config, log)


_SESSION = pytest.StashKey[pytest.Session]()


def pytest_sessionstart(session: pytest.Session) -> None:
    session.config.stash[_SESSION] = session


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """End at once, with the status of the tests, when this process held both Qt and torch.

    WORKAROUND: their libraries, which only tests load together, sometimes crash while the interpreter takes
    itself apart after the last test. All reports are written by now.
    """
    session = config.stash.get(_SESSION, None)
    if session is not None and {"PySide6.QtWidgets", "torch"} <= sys.modules.keys():
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(int(session.exitstatus))

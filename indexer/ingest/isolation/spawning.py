"""Starting and reaping child processes, from whichever thread."""

import contextlib
import multiprocessing
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from multiprocessing.context import SpawnProcess
from typing import Any

SPAWN = multiprocessing.get_context("spawn")
# multiprocessing reaps finished children while it starts one, in whichever thread that happens
_process_table = threading.Lock()


def start(name: str, target: Callable[..., None], *arguments: Any) -> SpawnProcess:
    """A child that ends with this process at the latest."""
    process = SPAWN.Process(target=target, args=arguments, name=name, daemon=True)
    with _process_table, _interrupts_held():
        process.start()
    return process


def reap(process: SpawnProcess, timeout_s: float = 5.0) -> int | None:
    """Wait for its end. Its exit code, below 0 for a signal; None if it goes on."""
    with _process_table:
        process.join(timeout_s)
        return process.exitcode


@contextlib.contextmanager
def _interrupts_held() -> Iterator[None]:
    """A child started meanwhile does not end with a traceback when Ctrl-C comes before it ignores it."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)

"""What ends a decoder that takes too long or too much memory."""

import contextlib
import time
from collections.abc import Iterator

from indexer.ingest.isolation.supervision import DecoderDied, Supervisor


class Measured:
    """Stands for a worker whose use of the machine is known. Its processor time grows by a share of time."""

    def __init__(self, resident: int = 0, processor: float = 1.0) -> None:
        self._resident = resident
        self._processor = processor
        self._started = time.monotonic()
        self.verdicts: list[str] = []

    def resident_bytes(self) -> int:
        return self._resident

    def processor_s(self) -> float:
        return self._processor * (time.monotonic() - self._started)

    def kill(self, verdict: Exception) -> None:
        assert isinstance(verdict, DecoderDied)
        self.verdicts.append(str(verdict))


@contextlib.contextmanager
def waiting(*workers: Measured, timeout_s: float) -> Iterator[None]:
    supervisor = Supervisor(timeout_s, 1000)
    try:
        with contextlib.ExitStack() as stack:
            for one in workers:
                stack.enter_context(supervisor.watching(one))  # type: ignore[arg-type]
            yield
    finally:
        supervisor.close()


def test_memory_is_watched_where_the_system_does_not_limit_it() -> None:
    small, large = Measured(1000), Measured(1001)
    with waiting(small, large, timeout_s=60.0):
        while not large.verdicts:
            time.sleep(0.05)
    assert not small.verdicts
    assert "memory" in large.verdicts[0]


def test_a_busy_machine_is_no_hang() -> None:
    looping, blocked, starved = Measured(processor=2.0), Measured(processor=0.0), Measured(processor=0.05)
    with waiting(looping, blocked, starved, timeout_s=0.5):
        while not (looping.verdicts and blocked.verdicts):
            time.sleep(0.05)
        assert not starved.verdicts
        while not starved.verdicts:
            time.sleep(0.05)

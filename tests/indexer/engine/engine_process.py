"""The real program as a child process: its command line, and its engine over a pipe."""

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import psutil

ROOT = Path(__file__).parents[3]
PATIENCE = float(os.environ.get("SIGHTLINE_TEST_PATIENCE", "1"))
"""Factor for every time limit, for machines that have much else to do."""


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        assert self.status == 0, self.err
        return json.loads(self.out)


@dataclass(frozen=True)
class Sightline:
    """The command line on one data directory."""

    data: Path
    models: Path

    def __call__(self, *arguments: str | Path, timeout: float = 120.0, **environment: str) -> Done:
        process = self.start(*arguments, **environment)
        try:
            out, err = process.communicate(timeout=timeout * PATIENCE)
        except BaseException:
            process.kill()
            process.communicate()
            raise
        return Done(process.returncode, out, err)

    def start(self, *arguments: str | Path, **environment: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-m", "indexer", *map(str, arguments)],
            cwd=ROOT,
            env=self.environment(**environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def environment(self, **more: str) -> dict[str, str]:
        return {**os.environ, "SIGHTLINE_DATA_DIR": str(self.data), "OMP_NUM_THREADS": "1", **more}

    def configure(self) -> None:
        """Settings that name the small models, as `models use` would write them."""
        self.data.mkdir(parents=True, exist_ok=True)
        text = f'embedder = "{self.models / "embed"}"\nreranker = "{self.models / "rerank"}"\n'
        text += "read_words = false\n"  # the tests of reading words say so
        text += "work_on_battery = true\nwork_in_full_screen = true\n"  # whoever runs the tests may have both
        (self.data / "settings.toml").write_text(text, "utf-8")


@dataclass
class EngineProcess:
    """`python -m indexer serve` with a pipe at each end."""

    process: "subprocess.Popen[bytes]"
    messages: "queue.SimpleQueue[dict[str, Any]]" = field(default_factory=queue.SimpleQueue)
    events: list[dict[str, Any]] = field(default_factory=list)
    replies: dict[Any, dict[str, Any]] = field(default_factory=dict)
    ids: int = 0

    @classmethod
    def serve(cls, sightline: Sightline, log: BinaryIO, *arguments: str) -> "EngineProcess":
        """Start one. `log` gets what it says on standard error."""
        process = subprocess.Popen(
            [sys.executable, "-m", "indexer", "serve", *arguments],
            cwd=ROOT,
            env=sightline.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
        )
        return cls(process)

    def __post_init__(self) -> None:
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def send(self, line: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line)
        self.process.stdin.flush()

    def ask(self, method: str, timeout: float = 30.0, **params: Any) -> dict[str, Any]:
        """The whole reply message."""
        self.ids += 1
        number = self.ids
        self.send(json.dumps({"id": number, "method": method, "params": params}).encode() + b"\n")
        self.wait(lambda: number in self.replies, timeout)
        return self.replies[number]

    def wait(self, until: Callable[[], Any], timeout: float = 30.0) -> None:
        """Take in messages until something is true of them."""
        end = time.monotonic() + timeout * PATIENCE
        while not until():
            try:
                message = self.messages.get(timeout=max(0.01, end - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"not within {timeout} s; last events: {self.events[-3:]}") from None
            if "event" in message:
                self.events.append(message)
            else:
                self.replies[message["id"]] = message

    def results(self, search_id: int) -> list[dict[str, Any]]:
        found = (event["data"] for event in self.events if event["event"] == "results")
        return [data for data in found if data["search_id"] == search_id]

    def search(self, search_id: int, timeout: float = 30.0, **params: Any) -> list[dict[str, Any]]:
        """Every stage of one search."""
        assert "result" in self.ask("search", search_id=search_id, **params)
        self.wait(lambda: any(stage["final"] for stage in self.results(search_id)), timeout)
        return self.results(search_id)

    def paths(self, search_id: int, **params: Any) -> list[str]:
        """File names of the final stage."""
        return [Path(hit["path"]).name for hit in self.search(search_id, **params)[-1]["hits"]]

    def settled(self, timeout: float = 40.0) -> dict[str, Any]:
        """The status once everything is indexed."""
        end = time.monotonic() + timeout * PATIENCE
        while time.monotonic() < end:
            status: dict[str, Any] = self.ask("status")["result"]
            if status["state"] == "idle" and not status["pending"]:
                return status
            time.sleep(0.1)
        raise AssertionError(f"not idle within {timeout} s: {status}")

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.close()

    def close(self) -> int:
        """End of input; the exit status. Calling it again does no harm."""
        assert self.process.stdin is not None
        with suppress(BrokenPipeError):
            self.process.stdin.close()
        status = self.process.wait(15 * PATIENCE)
        self._reader.join(5 * PATIENCE)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return status

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.endswith(b"\n"):  # of a killed one the last may be half a line
                self.messages.put(json.loads(line))


def wait_until(true: Callable[[], object], seconds: float = 5.0) -> None:
    """Until something in this process is true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.005)


def decoders_of(pid: int | None = None) -> list[psutil.Process]:
    """The decoders that a process has running, its own without a number; one that ends just now is none."""
    found = []
    for child in psutil.Process(pid).children():
        with suppress(psutil.NoSuchProcess):  # a zombie is one, too
            if "spawn_main" in " ".join(child.cmdline()):
                found.append(child)
    return found

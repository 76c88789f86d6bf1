"""What leaves the computer is written down, whoever sends it; what stays here is not."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from indexer import connections
from indexer.paths import Paths


@pytest.fixture
def paths(tmp_path: Path) -> Iterator[Paths]:
    made = Paths(tmp_path / "data").create()
    connections.watch(made)
    yield made
    connections._watch.file = None


def ask(host: str) -> None:
    with suppress(OSError):
        socket.getaddrinfo(host, 443)


def test_every_name_that_is_looked_up_is_written_down(paths: Paths) -> None:
    assert connections.read(paths) == ()
    before = time.time()
    ask("one.invalid")
    with connections.purpose("model x") as came:
        ask("two.invalid")
        ask("two.invalid")
        came.append(1_234)
    ask("one.invalid")
    rows = connections.read(paths)
    assert [(row.host, row.purpose, row.bytes) for row in rows] == [
        ("two.invalid", "model x", 1_234),
        ("two.invalid", "model x", 0),
        ("one.invalid", "", 0),
    ]
    assert all(before <= row.time <= time.time() for row in rows)


def test_a_connection_by_number_is_written_down_before_it_is_made(paths: Paths) -> None:
    def connect() -> None:
        with socket.socket() as channel, suppress(OSError):
            channel.settimeout(0.01)
            channel.connect(("192.0.2.1", 9))  # an address that is nobody's

    thread = threading.Thread(target=connect)
    thread.start()
    thread.join()
    assert [row.host for row in connections.read(paths)] == ["192.0.2.1"]


def test_what_stays_on_this_computer_is_left_out(paths: Paths) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
        socket.create_connection(("localhost", server.getsockname()[1])).close()
    ask("::1")
    assert connections.read(paths) == ()


def test_damaged_lines_are_left_out(paths: Paths) -> None:
    paths.connections.write_bytes(b'{"time": 1, "host": "a"}\n{"time":\n\xff\n')
    assert [row.host for row in connections.read(paths)] == ["a"]


def test_the_window_hears_of_a_download(engine, sightline, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "https://hub.invalid")
    started = engine()
    assert started.ask("connections")["result"] == {"rows": []}
    failed = sightline("models", "download", "qwen3-vl-embedding-2b", "--source", "hub")
    assert failed.status == 2
    rows = started.ask("connections")["result"]["rows"]
    assert [(row["host"], row["purpose"]) for row in rows] == [("hub.invalid", "model qwen3-vl-embedding-2b")]
    written = (sightline.data / "connections.jsonl").read_text().splitlines()
    assert json.loads(written[0])["host"] == "hub.invalid"

"""Every computer that Sightline ever asked for something, one line of JSON each, kept until it is deleted.

It does not rest on the good will of whoever connects: an audit hook sees every look-up of a name and every
connection of this process, whichever library makes it, before it is made. `offline.py` refuses at the same
place. Connections within this computer are no business of anybody's and left out.
"""

import ipaddress
import logging
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import msgspec

from indexer.messages.privacy_messages import Connection
from indexer.paths import Paths

log = logging.getLogger(__name__)

AGAIN_S = 600.0
"""The same host for the same purpose is written down once in so long."""

_LOOKED_UP = frozenset({"socket.getaddrinfo", "socket.gethostbyname"})


class _Watch:
    """What the hook, which cannot be taken away again, looks at."""

    def __init__(self) -> None:
        self.file: Path | None = None
        self.lock = threading.Lock()
        self.known: dict[tuple[str, str], float] = {}
        self.now = threading.local()

    def seen(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.file is None:
            return
        if event in _LOOKED_UP:
            self.now.looked_up = True
            self.note(arguments[0])
        elif event == "socket.connect" and not getattr(self.now, "looked_up", False):
            address = arguments[1]  # by number, without a name
            if isinstance(address, tuple):
                self.note(address[0])

    def note(self, name: object) -> None:
        host = name.decode("ascii", "replace") if isinstance(name, bytes) else name
        if not isinstance(host, str) or _is_here(host):
            return
        purpose = getattr(self.now, "purpose", "")
        self.now.host = host
        with self.lock:
            before = self.known.get((host, purpose))
            if before is not None and time.monotonic() - before < AGAIN_S:
                return
            self.known[host, purpose] = time.monotonic()
        self.write(Connection(time.time(), host, purpose))

    def write(self, row: Connection) -> None:
        if self.file is None:
            return
        try:
            with self.lock, self.file.open("ab") as stream:
                stream.write(msgspec.json.encode(row) + b"\n")
        except OSError as error:
            log.warning("A connection to %s could not be written down: %s", row.host, error)


_watch = _Watch()


def watch(paths: Paths) -> None:
    """Write down from now on, in this data directory, what this process connects to."""
    if _watch.file is None:
        sys.addaudithook(_watch.seen)
    _watch.file = paths.connections
    _watch.known.clear()


@contextmanager
def purpose(words: str) -> Iterator[list[int]]:
    """What the connections of this thread are for. Yields a list: put the bytes that came into it."""
    _watch.now.purpose, _watch.now.host, _watch.now.looked_up = words, "", False
    came: list[int] = []
    try:
        yield came
    finally:
        if any(came) and _watch.now.host:
            _watch.write(Connection(time.time(), _watch.now.host, words, came[-1]))
        _watch.now.purpose = ""


def read(paths: Paths) -> tuple[Connection, ...]:
    """All of them, newest first. Damaged lines are left out."""
    rows = []
    try:
        lines = paths.connections.read_bytes().splitlines()
    except FileNotFoundError:
        return ()
    for line in lines:
        with suppress(ValueError):
            rows.append(msgspec.json.decode(line, type=Connection))
    return tuple(reversed(rows))


def _is_here(host: str) -> bool:
    """Whether a host is this computer itself."""
    if host in ("", "localhost"):
        return True
    with suppress(ValueError):
        address = ipaddress.ip_address(host.partition("%")[0])
        return address.is_loopback or address.is_unspecified
    return False

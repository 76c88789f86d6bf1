"""What a start of the window asks for, and handing it to a window that is open already. No Qt here.

A second `sightline --palette` is bound to a key in many desktops, so it must be quick: it never imports Qt,
it writes one line of JSON into the socket of the first window and is done.
"""

import hashlib
import json
import os
import socket
import sys
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import msgspec

from indexer.paths import Paths

PATIENCE_S = 10.0
"""A window that does not answer for that long is taken for one that hangs."""

DONE = b"ok\n"


@dataclass(frozen=True, slots=True)
class Launch:
    """How the window is to appear.

    Attributes:
        background: not at all, only its place in the tray.
        palette, snip: instead of the window, that.
        files: to search by, absolute paths.
        token: what the desktop gave the program so that it may come to the front; "" for none.
    """

    background: bool = False
    palette: bool = False
    snip: bool = False
    files: tuple[str, ...] = ()
    token: str = ""

    def options(self) -> list[str]:
        """The same as a command line."""
        flags = ("background", "palette", "snip")
        return [f"--{name}" for name in flags if getattr(self, name)] + list(self.files)


def from_options(background: bool, palette: bool, snip: bool, files: list[str]) -> Launch:
    """Files as they were typed, relative to where."""
    whole = tuple(os.path.abspath(file) for file in files)  # noqa: PTH100 - resolve() would follow links
    return Launch(background, palette, snip, whole, os.environ.get("XDG_ACTIVATION_TOKEN", ""))


def address(paths: Paths) -> str:
    """Where the window of this data directory listens: a socket's path, on Windows a pipe's name."""
    name = "sightline-" + hashlib.sha256(os.fsencode(paths.data.absolute())).hexdigest()[:16]
    if sys.platform == "win32":
        return rf"\\.\pipe\{name}"
    # not in the data directory: a socket's path may have no more than some hundred characters
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    return str(Path(folder if folder and Path(folder).is_dir() else tempfile.gettempdir()) / name)


def pass_on(paths: Paths, launch: Launch) -> bool:
    """Let the window that is open do it. False if there is none."""
    line = encode(launch)
    if sys.platform == "win32":
        return _pass_on_windows(address(paths), line)
    where = Path(address(paths))
    try:
        if where.stat().st_uid != os.getuid():  # somebody else's, waiting for the names of our files
            return False
        with socket.socket(socket.AF_UNIX) as channel:
            channel.settimeout(PATIENCE_S)
            channel.connect(str(where))
            channel.sendall(line)
            return channel.recv(len(DONE)) == DONE
    except OSError:
        return False


def _pass_on_windows(pipe: str, line: bytes) -> bool:
    if sys.platform == "win32":
        import ctypes

        with suppress(OSError):
            ctypes.windll.user32.AllowSetForegroundWindow(-1)  # the window may come to the front for us
            with Path(pipe).open("r+b", buffering=0) as channel:
                channel.write(line)
                return channel.read(len(DONE)) == DONE
    return False


def encode(launch: Launch) -> bytes:
    """One line; a file name that is no Unicode is escaped."""
    return json.dumps(asdict(launch)).encode() + b"\n"


def decode(line: bytes) -> Launch:
    """Of another age, perhaps: what is unknown is left out. Raises ValueError."""
    return msgspec.convert(json.loads(line), Launch)

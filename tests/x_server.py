"""An X server of a test's own, without a window manager."""

import contextlib
import os
import subprocess
from collections.abc import Iterator


@contextlib.contextmanager
def x_server(width: int, height: int, *options: str) -> Iterator[str]:
    """Xvfb while in the `with` block; gives the name of its display."""
    reading, writing = os.pipe()
    screen = ["-screen", "0", f"{width}x{height}x24"]
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), *screen, "-nolisten", "tcp", *options],
        pass_fds=(writing,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as pipe:
        number = pipe.readline().strip()
    try:
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(30)

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has seccomp")

ATTEMPTS = {
    "write": "open(folder / 'new', 'w')",
    "append": "open(folder / 'there', 'a')",
    "remove": "(folder / 'there').unlink()",
    "rename": "(folder / 'there').rename(folder / 'elsewhere')",
    "make a folder": "(folder / 'new').mkdir()",
    "change rights": "(folder / 'there').chmod(0o777)",
    "connect": "socket.create_connection(('127.0.0.1', 9), timeout=1)",
    "listen": "socket.socket()",
    "run a program": "os.execv('/bin/true', ['true'])",
}


def confined(attempt: str, folder: Path) -> str:
    """How an attempt ends in a process that can only read: with the name of an error, or "done"."""
    code = (
        "import os, pathlib, socket, sys, threading\n"
        "from indexer.ingest.isolation.confinement import confine\n"
        f"folder = pathlib.Path({str(folder)!r})\n"
        "assert confine()\n"
        f"def attempt():\n    try:\n        {attempt}\n        print('done')\n"
        "    except BaseException as error:\n        print(type(error).__name__)\n"
        "thread = threading.Thread(target=attempt); thread.start(); thread.join()\n"
    )
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.strip()


@pytest.mark.parametrize("name", ATTEMPTS)
def test_what_a_decoder_cannot_do(tmp_path: Path, name: str) -> None:
    (tmp_path / "there").write_text("kept")
    assert confined(ATTEMPTS[name], tmp_path) == "PermissionError"
    assert [path.name for path in tmp_path.iterdir()] == ["there"]
    assert (tmp_path / "there").read_text() == "kept"


def test_reading_still_works(tmp_path: Path) -> None:
    (tmp_path / "there").write_text("kept")
    assert confined("assert (folder / 'there').read_text() == 'kept'", tmp_path) == "done"

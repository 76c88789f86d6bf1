"""The line that starts Sightline from outside, and how desktop entries want it written."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from indexer.paths import ENVIRONMENT_VARIABLE, Paths

MODULE = "desktop_app"


def start_command(paths: Paths, *options: str) -> list[str]:
    """What is to be run, on this library."""
    program = Path(sys.executable)
    if sys.platform == "win32" and (program.parent / "pythonw.exe").exists():
        program = program.parent / "pythonw.exe"  # without a console
    # -P: a file manager starts programs in the folder it shows, and no code may come from there
    made = [str(program), "-P", "-m", MODULE, *options]
    # what the environment names now it may not name for the desktop
    usual = paths == Paths.default() and not os.environ.get(ENVIRONMENT_VARIABLE)
    return made if usual else [*made, "--data-dir", str(paths.data.absolute())]


def same_library(written: str, ours: str) -> bool:
    """Whether two lines in the same notation start the same library, whatever Python they start it with."""
    return written.partition(MODULE)[2] == ours.partition(MODULE)[2]


def in_entry(line: Sequence[str]) -> str:
    """As the Desktop Entry Specification wants it: quoted, and then escaped as any value is."""
    return " ".join(_quoted(part) for part in line)


def _quoted(part: str) -> str:
    for sign in '\\"`$':
        part = part.replace(sign, f"\\{sign}")
    return '"' + part.replace("%", "%%").replace("\\", "\\\\") + '"'

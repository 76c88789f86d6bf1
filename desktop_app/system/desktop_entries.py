"""Removes what was written outside the data directory.

`sightline purge` runs `python -m desktop_app.system.desktop_entries DATA_DIR`: no engine knows the desktop.
"""

import sys
from pathlib import Path

from desktop_app.system import autostart, file_menu
from indexer.paths import Paths


def take_away(paths: Paths) -> list[str]:
    """This library starts no longer with the desktop nor from file managers; another one keeps its entries.

    Returns what went wrong, in sentences.
    """
    sentences = [each.switch(False, paths) for each in (autostart, file_menu) if each.starts(paths)]
    return [sentence for sentence in sentences if sentence]


def main() -> int:
    """Command line."""
    wrong = take_away(Paths(Path(sys.argv[1])))
    print(*wrong, sep="\n", end="\n" if wrong else "", file=sys.stderr)
    return 2 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())

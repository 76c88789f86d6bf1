"""Removes what was written outside the data directory: `python -m desktop_app.system.desktop_entries`.

`sightline purge` runs that, as no engine knows the desktop.
"""

import sys

from desktop_app.system import autostart, file_menu
from indexer.paths import Paths


def take_away(paths: Paths) -> list[str]:
    """No start with the desktop, nothing in file managers. Returns what went wrong, in sentences."""
    sentences = autostart.switch(False, paths), file_menu.switch(False, paths)
    return [sentence for sentence in sentences if sentence]


def main() -> int:
    """Command line."""
    wrong = take_away(Paths.default())
    print(*wrong, sep="\n", end="\n" if wrong else "", file=sys.stderr)
    return 2 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())

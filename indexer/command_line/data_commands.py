"""The commands about the data directory as a whole: keep it, bring it back, look after it."""

import argparse
import subprocess
import sys
from dataclasses import asdict

from indexer.command_line.command_session import (
    data_paths,
    print_json,
    session,
    stop_on_terminate,
    wants_json,
)
from indexer.errors import UserError
from indexer.paths import Paths, absolute


def backup(arguments: argparse.Namespace) -> int:
    """Keep index, settings and thumbnails in one file."""
    here = session(arguments, reads=True)
    from indexer import backup
    from indexer.progress import Bar

    stop_on_terminate()
    bar = Bar()
    try:
        made = backup.save(here.paths, absolute(arguments.target), not arguments.no_thumbnails, bar.draw)
    finally:
        bar.close()
    size = made.stat().st_size
    if wants_json(arguments):
        print_json({"path": str(made), "bytes": size})
    else:
        print(f"{made}, {size / 1e6:.1f} MB; `sightline restore` brings it back.")
    return 0


def restore(arguments: argparse.Namespace) -> int:
    """Put a backup in place of index and settings."""
    here = session(arguments)
    from indexer import backup
    from indexer.progress import Bar

    stop_on_terminate()
    bar = Bar()
    try:
        manifest = backup.restore(absolute(arguments.source), here.paths, arguments.yes, bar.draw)
    finally:
        bar.close()
    if wants_json(arguments):
        print_json(asdict(manifest))
    else:
        print(
            f"{manifest.files} files are back as they were; `sightline index` looks what has changed since."
        )
    return 0


def check(arguments: argparse.Namespace) -> int:
    """See whether the index is sound; with --repair mend what is not."""
    here = session(arguments, reads=not arguments.repair)
    from indexer import upkeep

    if not here.paths.database.exists():
        raise UserError("Nothing is indexed yet in this data directory: there is nothing to check.")
    found = upkeep.check(here.paths)
    kept = upkeep.repair(here.paths) if arguments.repair else None
    left = upkeep.check(here.paths) if arguments.repair else found
    if wants_json(arguments):
        print_json({"found": found, "left": left, "kept": str(kept) if kept else ""})
    else:
        for sentence in found:
            print(sentence)
        if kept:
            print(
                f"What could be read is in a new index; the damaged one is {kept}, until something is "
                "forgotten, excluded or removed."
            )
        if found and not left:
            print("All of it is mended; `sightline index` reads again what was lost.")
        if not found:
            print("The index is sound.")
    if left:
        raise UserError("The index is not sound: `sightline check --repair` mends it.")
    return 0


def purge(arguments: argparse.Namespace) -> int:
    """Delete everything that Sightline ever stored, after asking."""
    paths = data_paths(arguments)
    from indexer import upkeep

    parts = upkeep.disk_use(paths)
    if not arguments.yes:
        if not sys.stdin.isatty():
            raise UserError(
                f"This deletes all that Sightline keeps in {paths.data}: add --yes if you mean it."
            )
        for part in parts:
            print(f"{part.name} {part.bytes / 1e6:.1f} MB")
        print(f"All of this in {paths.data} is deleted. Your own files stay as they are.")
        try:
            answer = input("Type yes to go on: ")
        except EOFError:
            answer = ""
        if answer.strip().lower() != "yes":
            raise UserError("Nothing was deleted.")
    upkeep.purge(paths)
    _take_away_desktop_entries(paths)
    print(
        f"{sum(part.bytes for part in parts) / 1e6:.1f} MB are free again; Sightline keeps nothing any more."
    )
    return 0


def _take_away_desktop_entries(paths: Paths) -> None:
    """What the window put among the programs that start with the desktop, and into menus of file managers."""
    line = [sys.executable, "-P", "-m", "desktop_app.system.desktop_entries", str(paths.data)]
    done = subprocess.run(line, stderr=subprocess.PIPE, text=True)
    if done.returncode == 2:
        raise UserError(f"All data is deleted. {done.stderr.strip()}")
    if done.returncode:
        raise RuntimeError(done.stderr)

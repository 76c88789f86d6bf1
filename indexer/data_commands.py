"""The commands about the data directory as a whole: keep it, bring it back, look after it."""

import argparse
from dataclasses import asdict

from indexer.commands import _print_json, _stop_on_terminate, _wants_json, session
from indexer.paths import absolute


def backup(arguments: argparse.Namespace) -> int:
    """Keep index, settings and thumbnails in one file."""
    here = session(arguments)
    from indexer import backup
    from indexer.progress import Bar

    _stop_on_terminate()
    bar = Bar()
    try:
        made = backup.save(here.paths, absolute(arguments.target), not arguments.no_thumbnails, bar.draw)
    finally:
        bar.close()
    size = made.stat().st_size
    if _wants_json(arguments):
        _print_json({"path": str(made), "bytes": size})
    else:
        print(f"{made}, {size / 1e6:.1f} MB; `sightline restore` brings it back.")
    return 0


def restore(arguments: argparse.Namespace) -> int:
    """Put a backup in place of index and settings."""
    here = session(arguments)
    from indexer import backup
    from indexer.progress import Bar

    _stop_on_terminate()
    bar = Bar()
    try:
        manifest = backup.restore(absolute(arguments.source), here.paths, arguments.yes, bar.draw)
    finally:
        bar.close()
    if _wants_json(arguments):
        _print_json(asdict(manifest))
    else:
        print(
            f"{manifest.files} files are back as they were; `sightline index` looks what has changed since."
        )
    return 0

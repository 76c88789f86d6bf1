"""The commands about what is indexed: rules, excluding and forgetting."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from indexer.command_line.command_session import ask_index, print_json, session, wants_json
from indexer.errors import UserError
from indexer.messages.library_messages import Rules

if TYPE_CHECKING:
    from indexer.disk.scoping import Scoping


def exclude(arguments: argparse.Namespace) -> int:
    """Take files and folders out of the index for good."""
    with _scoping(arguments) as scoping:
        scoping.exclude(arguments.paths)
        left_out = scoping.excluded()
    if wants_json(arguments):
        print_json({"excluded": left_out})
    return 0


def include(arguments: argparse.Namespace) -> int:
    """Let excluded files and folders be indexed again."""
    from indexer.disk.named_folders import as_listed

    with _scoping(arguments) as scoping:
        known = scoping.excluded()
        for path in arguments.paths:
            if as_listed(path) not in known:
                raise UserError(f"{path} is not excluded: `sightline folders rules` lists what is.")
        scoping.include(arguments.paths)
        left_out = scoping.excluded()
    if wants_json(arguments):
        print_json({"excluded": left_out})
    print("Included; `sightline index` reads it again.", file=sys.stderr)
    return 0


def forget(arguments: argparse.Namespace) -> int:
    """Take files out of the index until they change."""
    from indexer.disk.named_folders import as_listed

    with _scoping(arguments) as scoping:
        for path in arguments.paths:
            if not scoping.is_known(path):
                raise UserError(f"{path} is not in the index, so there is nothing to forget.")
        scoping.forget(arguments.paths)
    if wants_json(arguments):
        print_json({"forgotten": [as_listed(path) for path in arguments.paths]})
    return 0


def count(arguments: argparse.Namespace) -> int:
    """Say what a folder holds by the rules of now, before it is indexed."""
    here = session(arguments, reads=True)
    from indexer.disk import scoping

    rules = ask_index(here.paths, lambda store: store.left_out.rules(), None)
    found = scoping.count(arguments.folder, rules, patience_s=float("inf"))
    if wants_json(arguments):
        print_json(asdict(found))
    else:
        print(
            f"{found.photos} photos, {found.screenshots} screenshots, {found.videos} videos, "
            f"{found.documents} documents, {found.other} other files"
            + ("" if found.complete else ", and what does not answer now")
        )
    return 0


def rules(arguments: argparse.Namespace) -> int:
    """Show the rules, change them, or show what a change would do."""
    with _scoping(arguments, only_reads=arguments.preview or not _asks_for_change(arguments)) as scoping:
        before = scoping.rules()
        wanted = _changed(before, arguments)
        if arguments.preview:
            change = scoping.preview(wanted)
            if wants_json(arguments):
                print_json(asdict(change))
                return 0
            print(f"{change.removed} files would leave the index, {change.added} would come in.")
            for path in change.examples:
                print(f"  {path}")
            return 0
        if wanted != before:
            scoping.set_rules(wanted)
            print("Changed; `sightline index` applies it.", file=sys.stderr)
        left_out = scoping.excluded()
    if wants_json(arguments):
        print_json(asdict(wanted) | {"excluded": list(left_out)})
        return 0
    for name, value in asdict(wanted).items():
        shown = " ".join(value) or "nothing" if isinstance(value, tuple) else _shown(value)
        print(f"{name.replace('_', '-'):12}{shown}")
    for path in left_out:
        print(f"{'excluded':12}{path}")
    return 0


def _asks_for_change(arguments: argparse.Namespace) -> bool:
    single = ("hidden", "developer", "cloud", "min_pixels", "min_bytes")
    patterns = arguments.exclude or arguments.no_exclude
    return bool(patterns) or any(getattr(arguments, name) is not None for name in single)


def _changed(before: Rules, arguments: argparse.Namespace) -> Rules:
    kept = [pattern for pattern in before.exclude if pattern not in arguments.no_exclude]
    kept += [pattern for pattern in arguments.exclude if pattern not in kept]
    chosen = {name: getattr(arguments, name) for name in ("hidden", "developer", "cloud")}
    return replace(
        before,
        exclude=tuple(kept),
        **{name: value == "yes" for name, value in chosen.items() if value is not None},
        **{
            name: getattr(arguments, name)
            for name in ("min_pixels", "min_bytes")
            if getattr(arguments, name) is not None
        },
    )


def _shown(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


@contextmanager
def _scoping(arguments: argparse.Namespace, only_reads: bool = False) -> Iterator["Scoping"]:
    """What is chosen in this data directory, which no engine uses meanwhile, except for reading."""
    here = session(arguments, reads=only_reads)
    from indexer.disk.scoping import Scoping
    from indexer.ingest.thumbnails import PreviewCache
    from indexer.lock import EngineLock
    from indexer.store.store import Store

    reads = only_reads and here.paths.database.exists()
    lock: AbstractContextManager[object] = nullcontext() if reads else EngineLock(here.paths.lock)
    with lock, Store.open(here.paths.database, readonly=reads) as store:
        yield Scoping(store, PreviewCache(here.paths.cache), str(here.paths.data), lambda _: store.scrub())

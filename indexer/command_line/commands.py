"""What each command of the command line does. Every one takes the parsed arguments and returns 0."""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from typing import TYPE_CHECKING

from indexer import launch
from indexer.command_line.command_session import (
    ask_index,
    data_paths,
    print_json,
    session,
    showing,
    stop_on_terminate,
    wants_json,
)
from indexer.errors import UserError
from indexer.paths import Paths, absolute

if TYPE_CHECKING:
    from indexer.engine import IndexReport
    from indexer.store.rows import DiskAway

# --- the window and the demo ---------------------------------------------------------------------------


def window(arguments: argparse.Namespace) -> int:
    """Show the window, a process of its own, until it is closed; one that is open already is told."""
    paths = data_paths(arguments)
    named = {name: getattr(arguments, name, False) for name in ("background", "palette", "snip")}
    wanted = launch.from_options(**named, files=getattr(arguments, "files", []))
    if launch.pass_on(paths, wanted):
        return 0
    if sys.platform.startswith("linux") and not any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    ):
        raise UserError("There is no display to show the window on: use the commands of `sightline --help`.")
    # -P: nothing is imported from the folder in which somebody types
    line = [sys.executable, "-P", "-m", "desktop_app", "--data-dir", str(paths.data)]
    for name in ("embedder", "reranker", "device", "budget", "weights"):
        if hasattr(arguments, name):
            line += [f"--{name}", getattr(arguments, name)]
    if getattr(arguments, "offline", False):
        line.append("--offline")
    status = subprocess.call(line + wanted.options())
    if status not in (0, 2):
        raise UserError("The window ended unexpectedly: see the logs folder in the data directory.")
    return status


def demo(arguments: argparse.Namespace) -> int:
    """Show on a library of its own what Sightline does."""
    here = session(arguments)
    from indexer.demo import run

    return run(here.paths, here.options, not arguments.no_window)


def serve(arguments: argparse.Namespace) -> int:
    """Be the engine of a window."""
    here = session(arguments, "engine")
    from indexer.server import serve as serve_window

    stop_on_terminate()
    return serve_window(here.paths, here.options, here.settings.read_words, here.settings.regions)


# --- indexing ------------------------------------------------------------------------------------------


def index(arguments: argparse.Namespace) -> int:
    """Add folders, index until done, and go on watching if asked to."""
    here = session(arguments)
    from indexer.courtesy.politeness import pause_in_words
    from indexer.engine import Engine
    from indexer.progress import Progress

    good, absent, refused = _wanted_folders(arguments.folders, here.paths)
    if not good and not absent:
        raise UserError(" ".join(refused))
    stop_on_terminate()
    progress = Progress()
    engine = Engine(
        here.paths,
        here.options,
        showing(progress),
        patient=arguments.watch,
        reranker=False,
        read_words=here.settings.read_words,
        polite=arguments.watch,
        regions=here.settings.regions,
    )
    try:
        if arguments.folders:  # whoever names a folder wants it read
            for folder in good:
                engine.store.wishes.resume(folder)
        engine.start(watch=arguments.watch, load=False)
        report = engine.index(good, absent)
        progress.close()
        _report(report, arguments, bool(engine.problems()))
        if report.skipped and (paused := pause_in_words(engine.store.wishes.now())):
            print(paused, file=sys.stderr)
        asked = [*good, *absent]
        folders = engine.status().folders
        refused += [each.problem for each in folders if each.problem and _concerns(each.path, asked)]
        for disk in engine.store.disks_away():
            if _concerns(disk.path, asked):
                print(_in_words(disk), file=sys.stderr)
        if arguments.watch:
            _watch(len(folders), refused)
    finally:
        progress.close()
        engine.close()
    if refused:
        raise UserError(" ".join(refused))
    return 0


def problems(arguments: argparse.Namespace) -> int:
    """List what is not in the index; with --retry try the failed files again first."""
    here = session(arguments, reads=not (arguments.retry or arguments.ignore))
    if arguments.retry:
        stop_on_terminate()
        from indexer.engine import Engine
        from indexer.progress import Progress

        progress = Progress()
        engine = Engine(
            here.paths,
            here.options,
            showing(progress),
            patient=False,
            reranker=False,
            read_words=False,
            regions=here.settings.regions,
        )
        try:
            engine.start(watch=False, load=False)
            engine.retry()
            engine.finish()
        finally:
            progress.close()
            engine.close()
    if arguments.ignore and here.paths.database.exists():
        from indexer.store.store import Store

        given = [str(absolute(path)) for path in arguments.ignore]
        with Store.open(here.paths.database) as store:
            known = {problem.path for problem in store.problems(ignored=True)}
            if unknown := [path for path in given if path not in known]:
                raise UserError(f"{unknown[0]} is not among the problems: see `sightline problems`.")
            store.ignore_problems(given)
    found = ask_index(here.paths, lambda store: store.problems(arguments.all), ())
    if wants_json(arguments):
        print_json([asdict(problem) for problem in found])
        return 0
    for problem in found:
        print(f"{problem.outcome:8}{problem.path}\n        {problem.reason}")
    if not found:
        print("No problems.")
    return 0


# --- the state of things -------------------------------------------------------------------------------


def doctor(arguments: argparse.Namespace) -> int:
    """What this installation is made of, and what stands in its way."""
    here = session(arguments, reads=True)
    from indexer.command_line.doctor import examine

    findings = []
    for finding in examine(here.paths, here.options):
        findings.append(finding)
        if not wants_json(arguments):
            print(
                f"{finding.about:11}{finding.state}" + f"\n{'':11}! {finding.problem}" * bool(finding.problem)
            )
    if wants_json(arguments):
        print_json([asdict(finding) for finding in findings])
    return 0


# --- folders -------------------------------------------------------------------------------------------


def folders_list(arguments: argparse.Namespace) -> int:
    """Print the indexed folders."""
    here = session(arguments, reads=True)
    found = ask_index(here.paths, lambda store: store.folder_statuses(), ())
    if wants_json(arguments):
        print_json([asdict(folder) for folder in found])
        return 0
    for folder in found:
        print(folder.path + (f" - {folder.problem}" if folder.problem else ""))
    return 0


def folders_add(arguments: argparse.Namespace) -> int:
    """Remember folders; the next indexing run reads them."""
    here = session(arguments)
    from indexer.disk.named_folders import readable_folder
    from indexer.lock import EngineLock
    from indexer.store.store import Store

    folders = [readable_folder(folder, here.paths) for folder in arguments.folders]
    with EngineLock(here.paths.lock), Store.open(here.paths.database) as store:
        for folder in folders:
            store.add_folder(folder)
    if wants_json(arguments):
        print_json({"added": folders})
    print("Added; `sightline index` reads it now.", file=sys.stderr)
    return 0


def folders_remove(arguments: argparse.Namespace) -> int:
    """Forget folders and what was found only in them."""
    here = session(arguments)
    from indexer.disk.named_folders import known_folder
    from indexer.ingest.thumbnails import PreviewCache
    from indexer.lock import EngineLock
    from indexer.store.store import Store

    with EngineLock(here.paths.lock), Store.open(here.paths.database) as store:
        known = [row.path for row in store.folders()]
        folders = [known_folder(folder, known) for folder in arguments.folders]
        for folder in folders:
            store.remove_folder(folder)
        cache = PreviewCache(here.paths.cache)
        for digest in store.orphan_contents():
            cache.remove(digest)
        store.scrub()
    if wants_json(arguments):
        print_json({"removed": folders})
    return 0


# --- helpers -------------------------------------------------------------------------------------------


def _wanted_folders(named: Sequence[str], paths: Paths) -> tuple[list[str], list[str], list[str]]:
    """Folders that can be read, known ones that cannot now, and a sentence for each that is none.

    Without any named these are all known ones. Raises UserError when there are none.
    """
    from indexer.disk.changes import is_below
    from indexer.disk.named_folders import known_folder, readable_folder

    known, away = _known_folders(paths)
    good: list[str] = []
    absent: list[str] = []
    refused: list[str] = []
    for folder in named or known:
        try:
            good.append(readable_folder(folder, paths))
        except UserError as error:
            try:
                absent.append(known_folder(folder, known))
            except UserError:
                around = [why for path, why in away.items() if is_below(str(absolute(folder)), path)]
                refused.append(around[0] if around else str(error))
    if not good and not absent and not refused:
        raise UserError("Say which folder to index, for example `sightline index ~/Pictures`.")
    return good, absent, refused


def _report(report: "IndexReport", arguments: argparse.Namespace, listed: bool) -> None:
    """Args: listed: there are problems; what is only paused is skipped as well."""
    if wants_json(arguments):
        print_json(asdict(report))
        return
    print(
        f"{report.indexed} indexed, {report.unchanged} unchanged, {report.skipped} skipped, "
        f"{report.failed} failed in {report.seconds:.1f} s"
    )
    if listed and (report.skipped or report.failed):
        print("`sightline problems` says which and why.")


def _concerns(path: str, asked: Sequence[str]) -> bool:
    """Whether what is true of one folder is true of a part of these, or of what they are in."""
    from indexer.disk.changes import is_below

    return any(is_below(path, folder) or is_below(folder, path) for folder in asked)


def _known_folders(paths: Paths) -> tuple[list[str], dict[str, str]]:
    """Every indexed folder, where its disk is connected now; and by path, what is away, in a sentence."""
    from indexer.disk.presence import Presence
    from indexer.drives.answering import Answering
    from indexer.drives.volumes import Volumes
    from indexer.lock import EngineLock
    from indexer.store.store import Store

    if not paths.database.exists():
        return [], {}
    with EngineLock(paths.lock), Store.open(paths.database) as store:
        presence = Presence(store, Volumes(), Answering())
        for row in store.folders():
            presence.reconnected(row)
        rows = store.folders()
        away = {row.path: presence.why_away(row) for row in rows}
        inside = {disk.path: _in_words(disk) for disk in store.disks_away()}
        return [row.path for row in rows], {path: why for path, why in (away | inside).items() if why}


def _in_words(disk: "DiskAway") -> str:
    return f"{disk.path}, “{disk.name}”: {disk.reason}"


def _watch(folders: int, refused: Sequence[str]) -> None:
    watching = f"Watching {folders} folder{'s' * (folders != 1)}; Ctrl-C ends it."
    print(*refused, watching, sep="\n", file=sys.stderr)
    with suppress(KeyboardInterrupt):
        while True:
            time.sleep(3600)

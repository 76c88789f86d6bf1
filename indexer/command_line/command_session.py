"""What all commands start from and end with: where they work and with which models, and how they answer."""

import argparse
import json
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from indexer import connections, logs, offline
from indexer.errors import UserError
from indexer.messages.work_messages import Status
from indexer.paths import Paths, absolute
from indexer.progress import Progress
from indexer.protocol import Event
from indexer.settings import ModelOptions, Settings


@dataclass(frozen=True, slots=True)
class Session:
    """Where one command works and with which models."""

    paths: Paths
    settings: Settings
    options: ModelOptions


def session(arguments: argparse.Namespace, log_name: str = "cli", reads: bool = False) -> Session:
    """The data directory, made if needed, its settings, and the options over them. Raises UserError.

    Args:
        reads: nothing will be written, so that a directory on a disk that can only be read will do.
    """
    paths = data_paths(arguments)
    writable = not paths.data.is_dir() or os.access(paths.data, os.W_OK)
    if not writable and not reads:
        raise UserError(
            f"Nothing can be written in the data directory {paths.data}, which is enough to search but not "
            "for this: make it writable, or choose another one with --data-dir."
        )
    if writable:
        _make(paths)
        logs.start(paths, log_name)
        connections.watch(paths)
    else:
        logs.nowhere()
    if writable and (paths.restoring.exists() or paths.replaced.exists()):
        from indexer.backup import recover

        recover(paths)
    settings = Settings.load(paths.settings)
    if settings.offline:
        offline.enforce()
    options = replace(
        settings.models(),
        embedder=getattr(arguments, "embedder", settings.embedder),
        reranker=getattr(arguments, "reranker", settings.reranker),
        device=getattr(arguments, "device", settings.device),
        budget=getattr(arguments, "budget", settings.budget),
        weights=getattr(arguments, "weights", settings.weights),
        vectors=getattr(arguments, "vectors", settings.vectors),
    )
    return Session(paths, settings, options)


def _make(paths: Paths) -> None:
    try:
        paths.create()
    except OSError as error:
        raise UserError(
            f"The data directory {paths.data} cannot be used ({error.strerror}): choose another one with "
            "--data-dir."
        ) from None


def data_paths(arguments: argparse.Namespace) -> Paths:
    """The chosen data directory, absolute, not yet made."""
    chosen = getattr(arguments, "data_dir", None)
    return Paths(absolute(chosen if chosen else Paths.default().data))


def ask_index(paths: Paths, question: Callable[[Any], Any], nothing: Any) -> Any:
    """Ask the index beside a running engine; `nothing` while there is no index."""
    from indexer.store.store import Store

    if not paths.database.exists():
        return nothing
    with Store.open(paths.database, readonly=True) as store:
        return question(store)


def showing(progress: Progress) -> Callable[[Event], None]:
    """What an engine is given to tell: its state goes into a line that is drawn again and again."""

    def show(event: Event) -> None:
        if isinstance(event, Status):
            progress.show(event)

    return show


def stop_on_terminate() -> None:
    """Let a polite request to end be as clean as Ctrl-C, and the end of a terminal, unless for nohup."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if sys.platform != "win32" and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, signal.default_int_handler)


def wants_json(arguments: argparse.Namespace) -> bool:
    """`--json` was given."""
    return getattr(arguments, "json", False)


def print_json(value: Any) -> None:
    """ASCII, so that any file name and any terminal can carry it."""
    print(json.dumps(value), flush=True)

"""The command line: how a command is run, and how every mistake ends in one sentence.

Importing this module is quick: what a command needs is imported when it runs, so `sightline --help`,
`status` and `folders` never load a model library.
"""

import argparse
import codecs
import errno
import io
import logging
import os
import sys
import threading
from collections.abc import Callable, Sequence
from typing import TextIO

from indexer import offline
from indexer.command_line.grammar import FAILED, parser
from indexer.errors import UserError

_FULL = (errno.ENOSPC, errno.EDQUOT)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Returns 0, or 2 after one sentence on standard error that says what to do."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a file name may be anything, a terminal too
            bytes_pass = os.name == "posix" and codecs.lookup(stream.encoding).name == "utf-8"
            stream.reconfigure(errors="surrogateescape" if bytes_pass else "backslashreplace")
    status = _run(parser().parse_args(_with_command(sys.argv[1:] if argv is None else argv)))
    if any(thread.name in ("models", "switching") for thread in threading.enumerate()):
        # The index is closed. A thread that is reading weights would only delay the exit, or crash it.
        logging.shutdown()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
    return status


def _with_command(argv: Sequence[str]) -> Sequence[str]:
    """`sightline picture.jpg`, as file managers call it, means the window."""
    # commands are words; pathlib's `is_file` fails where something is too long to be a name
    file = bool(argv) and not argv[0].isalpha() and os.path.isfile(argv[0])  # noqa: PTH113
    return ["window", *argv] if file else argv


def _run(arguments: argparse.Namespace) -> int:
    if getattr(arguments, "offline", False) or offline.wanted():
        offline.enforce()
    try:
        run: Callable[[argparse.Namespace], int] = arguments.run
        status = run(arguments)
        print(end="", flush=True)  # here, where a reader that has enough is no failure
    except UserError as error:
        return _fail(str(error))
    except KeyboardInterrupt:
        return _fail("Stopped: nothing is lost, run the same command to go on.")
    except BrokenPipeError:  # the reader of a pipe has enough
        _give_up(sys.stdout)
        return 0
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _FULL:
            _give_up(sys.stdout)
            return _fail(
                "The disk is full: free some space where the output goes and on the disk of the data "
                "directory, then run the same command again."
            )
        logging.getLogger(__name__).exception("%s failed", " ".join(sys.argv[1:2]))
        return _fail("Something went wrong inside Sightline: see the logs folder in the data directory.")
    return status


def _fail(sentence: str) -> int:
    try:
        print(sentence, file=sys.stderr)
    except OSError:  # it may go to the same disk; the status tells at least that something is wrong
        _give_up(sys.stderr)
    return FAILED


def _give_up(stream: TextIO) -> None:
    """What Python flushes at exit must not fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())

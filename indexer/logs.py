"""Where a process writes what went wrong: one rotating file each, below `Paths.logs`.

Sentences for the person are answers, not log entries; bugs are logged with their traceback. Whatever is
logged, neither names nor contents of the person's files get there (discreet.py). A crash of the interpreter
itself (a driver, a native library) leaves its stack in `NAME-crash.log`.
"""

import faulthandler
import logging
import logging.handlers
from typing import Any, TextIO

from indexer import discreet
from indexer.errors import UserError
from indexer.paths import Paths

MAXIMUM_BYTES = 1_000_000
KEPT = 3


class Discreet(logging.Formatter):
    """Formats without what belongs to the person. `extra={"trace": ...}`: a traceback, discreet already."""

    def format(self, record: logging.LogRecord) -> str:
        """One entry. What another formatter made of the same record is not taken over."""
        record.exc_text = None
        return super().format(record)

    def formatMessage(self, record: logging.LogRecord) -> str:
        """The line itself."""
        record.message = discreet.text(record.message)
        trace = getattr(record, "trace", "")
        return super().formatMessage(record) + (f"\n{trace}" if trace else "")

    def formatException(self, error: Any) -> str:
        """The traceback below it."""
        return discreet.trace(*error)


_crash: list[TextIO] = []


def start(paths: Paths, name: str) -> None:
    """Log to `logs/NAME.log`. Raises UserError when the directory cannot be written."""
    try:
        handler = logging.handlers.RotatingFileHandler(
            paths.logs / f"{name}.log", maxBytes=MAXIMUM_BYTES, backupCount=KEPT, encoding="utf-8", delay=True
        )
        # stays open as long as the process lives: the handler of a crash cannot open files
        crash = (paths.logs / f"{name}-crash.log").open("a", encoding="utf-8")
    except OSError as error:
        raise UserError(
            f"Cannot write to {paths.data}: {error.strerror}. Make it writable or choose another --data-dir."
        ) from None
    handler.setFormatter(
        Discreet("%(asctime)s %(process)d %(threadName)s %(levelname)s %(name)s: %(message)s")
    )
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    logging.raiseExceptions = False  # a full disk must not fill standard error
    faulthandler.enable(crash)
    _crash.append(crash)


def nowhere() -> None:
    """Log nothing: where nothing can be written, and standard error is not for it."""
    logging.getLogger().addHandler(logging.NullHandler())


def stop() -> None:
    """Close every file, so that they can be deleted."""
    root = logging.getLogger()
    for handler in [each for each in root.handlers if isinstance(each, logging.FileHandler)]:
        root.removeHandler(handler)
        handler.close()
    faulthandler.disable()
    while _crash:
        _crash.pop().close()

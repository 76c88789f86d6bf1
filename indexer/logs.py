"""Where a process writes what went wrong: one rotating file each, below `Paths.logs`.

Sentences for the person are answers, not log entries; bugs are logged with their traceback. A crash of
the interpreter itself (a driver, a native library) leaves its stack in `NAME-crash.log`.
"""

import faulthandler
import logging
import logging.handlers

from indexer.errors import UserError
from indexer.paths import Paths

MAXIMUM_BYTES = 1_000_000
KEPT = 3


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
        logging.Formatter("%(asctime)s %(process)d %(threadName)s %(levelname)s %(name)s: %(message)s")
    )
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    logging.raiseExceptions = False  # a full disk must not fill standard error
    faulthandler.enable(crash)

"""Why changes in a watched folder are noticed late, in sentences."""

import errno
from typing import Final

from indexer.words import Phrase

UNWATCHED: Final[Phrase] = "It cannot be watched"
ELSEWHERE: Final[Phrase] = "It is on another computer, which does not say what changes"
SILENT: Final[Phrase] = "It is on a disk or server that does not answer"
PULLED_OUT: Final[Phrase] = "It is on a drive that may be pulled out at any time"
TOO_MANY: Final[Phrase] = "This system allows no more watched folders (raise fs.inotify.max_user_watches)"
TOO_MANY_PROGRAMS: Final[Phrase] = (
    "This system allows no more programs to watch folders (raise fs.inotify.max_user_instances)"
)
_REFUSALS: Final = {errno.ENOSPC: TOO_MANY, errno.EMFILE: TOO_MANY_PROGRAMS}


def slow(why: Phrase, seconds: float) -> str:
    """For a folder that is looked through this often instead."""
    return f"{why}: changes are noticed within {seconds:.0f} seconds."


def refused(error: OSError, seconds: float) -> str:
    """For one that the system does not let us watch."""
    return slow(_REFUSALS.get(error.errno or 0, UNWATCHED), seconds)


def missing(path: str, seconds: float) -> str:
    """For one that is not there."""
    return f"The folder {path} is not there; it is looked for every {seconds:.0f} seconds."

"""Keeps what belongs to the person out of the logs: paths, names and anything that a message quotes.

Messages of libraries quote what they choke on (`invalid literal: 'my secret'`), those of the system quote the
path. What is left says what happened and where in the code, which is what a log is for.
"""

import re
import traceback
from types import TracebackType
from typing import Final

_HIDDEN: Final = "…"
_QUOTED: Final = re.compile(r"""(?<!\w)(["'`])(?:\\.|(?!\1).)*\1|[“„«][^”“»]*[”“»]""")
_PATH: Final = re.compile(r"(?<![\w./:])(?:[A-Za-z]:\\|\\\\|~?/)[^\n:;]*")
_FRAME: Final = "  File "


def text(message: str) -> str:
    """A message without its quotations and paths."""
    return _PATH.sub(_HIDDEN, _QUOTED.sub(_HIDDEN, message))


def trace(kind: type[BaseException] | None, error: BaseException | None, frames: TracebackType | None) -> str:
    """A traceback with every place in the code and discreet messages."""
    lines = traceback.format_exception(kind, error, frames)
    return "".join(line if line.startswith(_FRAME) else text(line) for line in lines).rstrip("\n")

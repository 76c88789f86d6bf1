"""The hard offline switch: after `enforce()` this process and its children open no connection.

Sightline only ever needs the network to fetch weights that a person asked for. This switch does not rely
on that promise: an audit hook refuses every connection and every look-up of a name, whoever asks.
"""

import os
import sys
from typing import Any

ENVIRONMENT_VARIABLE = "SIGHTLINE_OFFLINE"
_REFUSED = frozenset({"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"})


def wanted() -> bool:
    """Whether a parent process has asked for it."""
    return os.environ.get(ENVIRONMENT_VARIABLE, "") not in ("", "0")


def enforce() -> None:
    """Cannot be undone within this process."""
    os.environ[ENVIRONMENT_VARIABLE] = "1"
    os.environ["HF_HUB_OFFLINE"] = "1"
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _REFUSED and not _is_local(arguments):
        raise PermissionError("Sightline is offline (--offline): no connection was made")


def _is_local(arguments: tuple[Any, ...]) -> bool:
    """A socket that is a file on this machine; the desktop's services use them."""
    family = getattr(arguments[0], "family", None) if arguments else None
    return getattr(family, "name", "") == "AF_UNIX"

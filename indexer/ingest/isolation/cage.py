"""What LibreOffice cannot do while it draws a document: reach the network, or write outside of one folder.

Linux only: seccomp against the network (confinement.py), Landlock against writing (landlock(7), kernel 5.13
and newer). Whatever the process starts is held in the same way. Elsewhere only time and memory are limited.
"""

import ctypes
import os
import struct
import sys
from pathlib import Path
from typing import Final

from indexer.ingest.isolation.confinement import offline

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_BENEATH: Final = 1
_VERSION: Final = 1
_WRITE: Final = 1 << 1
_CHANGE: Final = sum(1 << bit for bit in range(4, 13))
"""Remove and make folders, files, sockets, pipes, devices and links."""
_REFER: Final = 1 << 13
_TRUNCATE: Final = 1 << 14


def enter(folder: Path) -> bool:
    """From here on this process and its children write below the folder only, and reach no network.

    Cannot be undone. False where that is not possible, or only in part.
    """
    if sys.platform != "linux":
        return False
    kept = _only_below(folder)
    return offline() and kept


def _only_below(folder: Path) -> bool:
    system = ctypes.CDLL(None, use_errno=True)
    version = int(system.syscall(_CREATE, None, 0, _VERSION))
    if version < 1:
        return False
    rights = _WRITE | _CHANGE | _REFER * (version >= 2) | _TRUNCATE * (version >= 3)
    rules = int(system.syscall(_CREATE, struct.pack("Q", rights), 8, 0))
    if rules < 0:
        return False
    allowed = {folder: rights, Path("/dev"): rights & (_WRITE | _TRUNCATE)}
    try:
        for where, what in allowed.items():
            handle = os.open(where, getattr(os, "O_PATH", 0) | getattr(os, "O_CLOEXEC", 0))
            added = system.syscall(_ADD, rules, _BENEATH, struct.pack("=Qi", what, handle), 0)
            os.close(handle)
            if added != 0:
                return False
        system.prctl(38, 1, 0, 0, 0)  # no new privileges
        return bool(system.syscall(_RESTRICT, rules, 0) == 0)
    finally:
        os.close(rules)

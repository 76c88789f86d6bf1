"""What a decoder process can never do, whatever a file makes of it: reach the network, write, run a program.

Linux only (seccomp, see seccomp(2) and linux/filter.h), on x86-64 and arm64. Elsewhere a decoder is held by
its limits of time and memory alone.
"""

import ctypes
import errno
import os
import platform
import struct
import sys
from typing import Final, TypeAlias

_SET_MODE_FILTER: Final = 1
_ALL_THREADS: Final = 1
_NO_NEW_PRIVILEGES: Final = 38
_ALLOW: Final = 0x7FFF0000
_FAIL_WITH: Final = 0x00050000
_LOAD, _EQUAL, _ANY_BIT, _AT_LEAST, _RETURN = 0x20, 0x15, 0x45, 0x35, 0x06
_NUMBER_AT, _ARCHITECTURE_AT, _ARGUMENTS_AT = 0, 4, 16
_OTHER_NUMBERS: Final = 0x40000000
_WRITES: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC

# Numbers of system calls: networking, other programs, changing what lies on the disk.
# fmt: off
_REFUSED: Final = {
    "x86_64": (
        41, 42, 43, 44, 46, 49, 50, 288,                       # socket connect accept sendto bind listen
        57, 58, 59, 322, 101, 310, 311, 425,                   # fork vfork exec ptrace process_vm io_uring
        76, 82, 83, 84, 85, 86, 87, 88, 90, 92, 94, 133,       # truncate rename mkdir ... mknod
        132, 235, 261, 280, 188, 189, 197, 198,                # utime and extended attributes
        258, 259, 260, 263, 264, 265, 266, 268, 316,           # the same relative to a folder
    ),
    "aarch64": (
        198, 203, 202, 206, 211, 200, 201, 242,
        221, 281, 117, 270, 271, 425,
        45, 33, 34, 35, 36, 37, 38, 53, 54, 276,
        88, 5, 6, 14, 15,
    ),
}
# fmt: on
_ARCHITECTURE: Final = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_OPEN: Final = {"x86_64": ((2, 1), (257, 2)), "aarch64": ((56, 2),)}
"""Calls that open a file, and which of their arguments says what for."""
_OPENAT2: Final = 437
"""Says it in memory, where a filter cannot look; without it the older calls are used."""
_SECCOMP: Final = {"x86_64": 317, "aarch64": 277}
_NETWORK: Final = {"x86_64": (41, 42, 101, 310, 311, 425), "aarch64": (198, 203, 117, 270, 271, 425)}
"""socket, whose first argument says of what kind; then connect, ptrace, process_vm, io_uring."""
_NAMING: Final = {"x86_64": (49, 50), "aarch64": (200, 201)}
"""bind, listen."""
_BETWEEN_PROGRAMS: Final = 1
_Step: TypeAlias = tuple[int, int, int, int]
_REFUSE: Final[_Step] = (_RETURN, 0, 0, _FAIL_WITH | errno.EACCES)


def confine() -> bool:
    """From here on this process, all threads, only reads; cannot be undone. False if that is not possible."""
    machine = platform.machine()
    return machine in _REFUSED and _install(_filter(machine))


def offline() -> bool:
    """From here on this process and what it starts reach no network; cannot be undone. False as `confine`.

    What is left of sockets are those between programs of this computer (AF_UNIX). None can be connected to,
    so no other program can be asked to do it instead, and to give one a name seems to work and does nothing:
    LibreOffice does not start without it.
    """
    machine = platform.machine()
    return machine in _REFUSED and _install(_offline(machine))


def _install(code: bytes) -> bool:
    """Let this filter judge every system call of all threads."""
    machine = platform.machine()
    if sys.platform != "linux":
        return False
    instructions = ctypes.create_string_buffer(code, len(code))
    program = ctypes.create_string_buffer(
        struct.pack("HxxxxxxP", len(code) // 8, ctypes.addressof(instructions))
    )
    system = ctypes.CDLL(None, use_errno=True)
    if system.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return False
    return bool(system.syscall(_SECCOMP[machine], _SET_MODE_FILTER, _ALL_THREADS, program) == 0)


def _filter(machine: str) -> bytes:
    """As instructions of the kernel's packet filter, which are read from top to bottom, without loops."""
    steps = [
        *_beginning(machine),
        (_EQUAL, 0, 1, _OPENAT2),
        (_RETURN, 0, 0, _FAIL_WITH | errno.ENOSYS),
    ]
    for number in _REFUSED[machine]:
        steps += [(_EQUAL, 0, 1, number), _REFUSE]
    for number, argument in _OPEN[machine]:
        steps += [
            (_EQUAL, 0, 4, number),
            (_LOAD, 0, 0, _ARGUMENTS_AT + 8 * argument),
            (_ANY_BIT, 0, 1, _WRITES),
            _REFUSE,
            (_RETURN, 0, 0, _ALLOW),
        ]
    steps.append((_RETURN, 0, 0, _ALLOW))
    return _code(steps)


def _offline(machine: str) -> bytes:
    """The same, of sockets alone."""
    socket, *others = _NETWORK[machine]
    steps = _beginning(machine)
    for number in others:
        steps += [(_EQUAL, 0, 1, number), _REFUSE]
    for number in _NAMING[machine]:
        steps += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, _FAIL_WITH)]
    steps += [
        (_EQUAL, 0, 3, socket),
        (_LOAD, 0, 0, _ARGUMENTS_AT),
        (_EQUAL, 1, 0, _BETWEEN_PROGRAMS),
        _REFUSE,
        (_RETURN, 0, 0, _ALLOW),
    ]
    return _code(steps)


def _beginning(machine: str) -> list[_Step]:
    """No calls in the manner of another processor; then the call's number is at hand."""
    return [
        (_LOAD, 0, 0, _ARCHITECTURE_AT),
        (_EQUAL, 1, 0, _ARCHITECTURE[machine]),
        _REFUSE,
        (_LOAD, 0, 0, _NUMBER_AT),
        (_AT_LEAST, 0, 1, _OTHER_NUMBERS),
        _REFUSE,
    ]


def _code(steps: list[_Step]) -> bytes:
    return b"".join(struct.pack("HBBI", *step) for step in steps)

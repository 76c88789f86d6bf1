"""Whether a program fills the screen: a film, a game, a presentation.

    Linux      the active window's `_NET_WM_STATE` on the X server, through libxcb; under Wayland this sees
               programs that run through XWayland, as games do, because nobody may ask about the others
    Windows    what the system itself asks before it shows a notification
    macOS      whether a program keeps the display awake, as players and presentations do

Why libxcb by hand: the packages for it come without wheels or under the LGPL, and libX11 ends the whole
process when the X server goes away. Two questions are little enough.
"""

import ctypes
import ctypes.util
import os
import subprocess
import sys
from functools import cache
from typing import Any, Final

_ACTIVE, _STATE, _FULL, _PID = (
    b"_NET_ACTIVE_WINDOW",
    b"_NET_WM_STATE",
    b"_NET_WM_STATE_FULLSCREEN",
    b"_NET_WM_PID",
)
_WINDOWS_BUSY: Final = (2, 3, 4)  # a full-screen program, a full-screen game, presentation mode
_MOST_ATOMS: Final = 64


def fills_screen() -> float:
    """1.0 while another program fills the screen, else 0.0; also 0.0 where nobody can tell."""
    if sys.platform == "win32":
        state = ctypes.c_int()
        asked = ctypes.windll.shell32.SHQueryUserNotificationState(ctypes.byref(state))
        return float(asked == 0 and state.value in _WINDOWS_BUSY)
    if sys.platform == "darwin":
        return float(keeps_display_awake(said_by("pmset", "-g", "assertions")))
    display = os.environ.get("DISPLAY", "")
    return float(bool(display) and _server(display).is_filled())


def keeps_display_awake(assertions: str) -> bool:
    """Whether `pmset -g assertions` lists a program that keeps the display awake."""
    lines = (line.split() for line in assertions.splitlines())
    return any(words[0] == "PreventUserIdleDisplaySleep" and words[1] != "0" for words in lines if words[1:])


@cache
def _server(display: str) -> "_Server":
    return _Server(display)


class _AtomReply(ctypes.Structure):
    _fields_ = (
        ("kind", ctypes.c_uint8),
        ("pad", ctypes.c_uint8),
        ("sequence", ctypes.c_uint16),
        ("length", ctypes.c_uint32),
        ("atom", ctypes.c_uint32),
    )


class _Roots(ctypes.Structure):
    _fields_ = (("screen", ctypes.POINTER(ctypes.c_uint32)), ("rem", ctypes.c_int), ("index", ctypes.c_int))


class _Server:
    """A connection to an X server, made when first asked and again after it was lost."""

    def __init__(self, display: str) -> None:
        self._display = display.encode()
        self._connection: int | None = None
        self._atoms: dict[bytes, int] = {}
        name = ctypes.util.find_library("xcb")
        self._xcb: Any = ctypes.CDLL(name) if name else None
        if self._xcb is not None:
            _declare(self._xcb)
            self._free = ctypes.CDLL(None).free
            self._free.argtypes = [ctypes.c_void_p]

    def is_filled(self) -> bool:
        """Whether the active window of any screen is full-screen and not our own window's."""
        if self._xcb is None or not self._is_connected():
            return False
        roots = self._xcb.xcb_setup_roots_iterator(self._xcb.xcb_get_setup(self._connection))
        while roots.rem > 0:
            for window in self._values(int(roots.screen[0]), _ACTIVE)[:1]:
                ours = self._values(window, _PID)[:1] == [os.getppid()]
                if not ours and self._atom(_FULL) in self._values(window, _STATE):
                    return True
            self._xcb.xcb_screen_next(ctypes.byref(roots))
        return False

    def _is_connected(self) -> bool:
        if self._connection is not None and self._xcb.xcb_connection_has_error(self._connection):
            self._xcb.xcb_disconnect(self._connection)
            self._connection = None
        if self._connection is None:
            self._atoms.clear()
            self._connection = self._xcb.xcb_connect(self._display, None)
        return not self._xcb.xcb_connection_has_error(self._connection)

    def _atom(self, name: bytes) -> int:
        if not self._atoms.get(name):
            asked = self._xcb.xcb_intern_atom(self._connection, 0, len(name), name)
            reply = self._xcb.xcb_intern_atom_reply(self._connection, asked, None)
            self._atoms[name] = int(reply.contents.atom) if reply else 0
            self._free(reply)
        return self._atoms[name]

    def _values(self, window: int, name: bytes) -> list[int]:
        """A property of 32-bit values; nothing when the window has none, or has just gone."""
        asked = self._xcb.xcb_get_property(self._connection, 0, window, self._atom(name), 0, 0, _MOST_ATOMS)
        reply = self._xcb.xcb_get_property_reply(self._connection, asked, None)
        if not reply:
            return []
        size = self._xcb.xcb_get_property_value_length(reply)
        data = ctypes.string_at(self._xcb.xcb_get_property_value(reply), size)
        self._free(reply)
        return memoryview(data[: size // 4 * 4]).cast("I").tolist()


def _declare(xcb: Any) -> None:
    """The types of libxcb's functions; cookies are structures of one number."""
    pointer, number = ctypes.c_void_p, ctypes.c_uint32
    xcb.xcb_connect.restype, xcb.xcb_connect.argtypes = pointer, [ctypes.c_char_p, pointer]
    xcb.xcb_connection_has_error.argtypes = [pointer]
    xcb.xcb_disconnect.argtypes = [pointer]
    xcb.xcb_get_setup.restype, xcb.xcb_get_setup.argtypes = pointer, [pointer]
    xcb.xcb_setup_roots_iterator.restype, xcb.xcb_setup_roots_iterator.argtypes = _Roots, [pointer]
    xcb.xcb_screen_next.argtypes = [ctypes.POINTER(_Roots)]
    xcb.xcb_intern_atom.restype = number
    xcb.xcb_intern_atom.argtypes = [pointer, ctypes.c_uint8, ctypes.c_uint16, ctypes.c_char_p]
    xcb.xcb_intern_atom_reply.restype = ctypes.POINTER(_AtomReply)
    xcb.xcb_intern_atom_reply.argtypes = [pointer, number, pointer]
    xcb.xcb_get_property.restype = number
    xcb.xcb_get_property.argtypes = [pointer, ctypes.c_uint8, number, number, number, number, number]
    xcb.xcb_get_property_reply.restype = pointer
    xcb.xcb_get_property_reply.argtypes = [pointer, number, pointer]
    xcb.xcb_get_property_value.restype, xcb.xcb_get_property_value.argtypes = pointer, [pointer]
    xcb.xcb_get_property_value_length.argtypes = [pointer]


def said_by(*command: str) -> str:
    """What a program of the system prints; "" when it is not there or takes too long."""
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=2, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return ""

"""Global keys under X11: a passive grab on the root window, on a connection of our own.

Spoken through libxcb, which is there wherever Qt can show a window under X11. Unlike Xlib it answers a
refused grab with a value instead of ending the program. Of the keyboard's layouts the first two are searched,
as the core protocol says of no more where they lie; libxkbcommon knows all, but ended the program twice in a
whole run of the tests, for a reason that was not found.
"""

import ctypes
import ctypes.util
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier, Qt

KEY_PRESS, MAPPING_NOTIFY = 2, 34
CAPS_LOCK, NUM_LOCK = 2, 16
LOCKS = (0, CAPS_LOCK, NUM_LOCK, CAPS_LOCK | NUM_LOCK)
"""A grab is for exactly these modifiers, so one is needed for each state of the locks."""

MODIFIERS = {
    Qt.KeyboardModifier.ShiftModifier: 1,
    Qt.KeyboardModifier.ControlModifier: 4,
    Qt.KeyboardModifier.AltModifier: 8,
    Qt.KeyboardModifier.MetaModifier: 64,
}
MEANT = sum(MODIFIERS.values())
FIRSTS = 0, 2
"""Of what is written on a key: without modifiers in the first layout, and in the second."""

KEYSYMS = {
    Qt.Key.Key_Escape: 0xFF1B,
    Qt.Key.Key_Tab: 0xFF09,
    Qt.Key.Key_Backspace: 0xFF08,
    Qt.Key.Key_Return: 0xFF0D,
    Qt.Key.Key_Insert: 0xFF63,
    Qt.Key.Key_Delete: 0xFFFF,
    Qt.Key.Key_Pause: 0xFF13,
    Qt.Key.Key_Print: 0xFF61,
    Qt.Key.Key_Home: 0xFF50,
    Qt.Key.Key_Left: 0xFF51,
    Qt.Key.Key_Up: 0xFF52,
    Qt.Key.Key_Right: 0xFF53,
    Qt.Key.Key_Down: 0xFF54,
    Qt.Key.Key_PageUp: 0xFF55,
    Qt.Key.Key_PageDown: 0xFF56,
    Qt.Key.Key_End: 0xFF57,
}


def keysym(key: Qt.Key) -> int:
    """X11's number of a key without modifiers; 0 when it has none that we know."""
    number = int(key)
    if Qt.Key.Key_F1 <= key <= Qt.Key.Key_F35:
        return 0xFFBE + number - int(Qt.Key.Key_F1)
    if 0x20 <= number < 0x7F:
        return ord(chr(number).lower())
    return KEYSYMS.get(key, 0)


class _Cookie(ctypes.Structure):
    _fields_ = (("sequence", ctypes.c_uint),)


class _Screens(ctypes.Structure):
    _fields_ = (("data", ctypes.POINTER(ctypes.c_uint32)), ("rem", ctypes.c_int), ("index", ctypes.c_int))


class _Event(ctypes.Structure):
    """The first 32 bytes of any event, named as a key press has them."""

    _fields_ = (
        ("type", ctypes.c_uint8),
        ("keycode", ctypes.c_uint8),
        ("between", ctypes.c_uint8 * 26),
        ("state", ctypes.c_uint16),
        ("rest", ctypes.c_uint8 * 2),
    )


class _Mapping(ctypes.Structure):
    _fields_ = (("type", ctypes.c_uint8), ("per_keycode", ctypes.c_uint8), ("rest", ctypes.c_uint8 * 30))


class X11Keys:
    """`Door` for X11."""

    def __init__(
        self, xcb: ctypes.CDLL, connection: int, pressed: Callable[[str], None], parent: QObject
    ) -> None:
        self._xcb = xcb
        self._connection = ctypes.c_void_p(connection)
        self._free = ctypes.CDLL(None).free
        self._free.argtypes = [ctypes.c_void_p]
        self._pressed = pressed
        self._wanted: dict[str, tuple[int, int]] = {}
        self._grabbed: dict[str, tuple[int, int]] = {}
        setup = ctypes.cast(xcb.xcb_get_setup(self._connection), ctypes.POINTER(ctypes.c_uint8))
        self._first, self._last = setup[34], setup[35]  # min_keycode, max_keycode
        self._root = xcb.xcb_setup_roots_iterator(setup).data[0]
        self._notifier = QSocketNotifier(
            xcb.xcb_get_file_descriptor(self._connection), QSocketNotifier.Type.Read, parent
        )
        self._notifier.activated.connect(lambda *_: self._read())

    @classmethod
    def connect(
        cls, pressed: Callable[[str], None], parent: QObject, display: str | None = None
    ) -> "X11Keys | None":
        """On this display (None: the usual one). None when it cannot be reached."""
        try:
            xcb = ctypes.CDLL(ctypes.util.find_library("xcb") or "libxcb.so.1")
        except OSError:
            return None
        for name, result in (
            ("xcb_connect", ctypes.c_void_p),
            ("xcb_get_setup", ctypes.c_void_p),
            ("xcb_setup_roots_iterator", _Screens),
            ("xcb_get_keyboard_mapping", _Cookie),
            ("xcb_get_keyboard_mapping_reply", ctypes.c_void_p),
            ("xcb_get_keyboard_mapping_keysyms", ctypes.POINTER(ctypes.c_uint32)),
            ("xcb_grab_key_checked", _Cookie),
            ("xcb_ungrab_key_checked", _Cookie),
            ("xcb_request_check", ctypes.c_void_p),
            ("xcb_poll_for_event", ctypes.c_void_p),
        ):
            getattr(xcb, name).restype = result
        connection = xcb.xcb_connect(None if display is None else display.encode(), None)
        if xcb.xcb_connection_has_error(ctypes.c_void_p(connection)):
            xcb.xcb_disconnect(ctypes.c_void_p(connection))
            return None
        return cls(xcb, connection, pressed, parent)

    def take(self, name: str, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        """See `Door`."""
        symbol = keysym(key)
        if not symbol:
            return False
        bits = sum(bit for modifier, bit in MODIFIERS.items() if modifiers & modifier)
        self._wanted[name] = (symbol, bits)
        done = self._grab(name)
        if not done:
            self.give_back(name)
        self._read()
        return done

    def give_back(self, name: str) -> None:
        """See `Door`."""
        self._wanted.pop(name, None)
        self._ungrab(name)

    def close(self) -> None:
        """See `Door`."""
        self._notifier.setEnabled(False)
        self._xcb.xcb_disconnect(self._connection)  # the server gives every grab back

    def _grab(self, name: str) -> bool:
        symbol, bits = self._wanted[name]
        keycode = self._keycode(symbol)
        if not keycode:
            return False
        self._grabbed[name] = (keycode, bits)
        return all(self._grab_one(keycode, bits | locks) for locks in LOCKS)

    def _grab_one(self, keycode: int, modifiers: int) -> bool:
        cookie = self._xcb.xcb_grab_key_checked(
            self._connection,
            ctypes.c_uint8(1),
            ctypes.c_uint32(self._root),
            ctypes.c_uint16(modifiers),
            ctypes.c_uint8(keycode),
            ctypes.c_uint8(1),
            ctypes.c_uint8(1),
        )
        return self._went_well(cookie)

    def _ungrab(self, name: str) -> None:
        keycode, bits = self._grabbed.pop(name, (0, 0))
        if keycode:
            for locks in LOCKS:
                cookie = self._xcb.xcb_ungrab_key_checked(
                    self._connection,
                    ctypes.c_uint8(keycode),
                    ctypes.c_uint32(self._root),
                    ctypes.c_uint16(bits | locks),
                )
                self._went_well(cookie)

    def _went_well(self, cookie: _Cookie) -> bool:
        error = self._xcb.xcb_request_check(self._connection, cookie)
        self._free(error)
        return not error

    def _keycode(self, symbol: int) -> int:
        """Of the key that writes this in the first of two layouts that has it; 0 when neither has."""
        count = self._last - self._first + 1
        cookie = self._xcb.xcb_get_keyboard_mapping(
            self._connection, ctypes.c_uint8(self._first), ctypes.c_uint8(count)
        )
        reply = self._xcb.xcb_get_keyboard_mapping_reply(self._connection, cookie, None)
        if not reply:
            return 0
        each = ctypes.cast(reply, ctypes.POINTER(_Mapping)).contents.per_keycode
        symbols = self._xcb.xcb_get_keyboard_mapping_keysyms(ctypes.c_void_p(reply))
        firsts = [first for first in FIRSTS if first < each]
        found = next(
            (key for first in firsts for key in range(count) if symbols[key * each + first] == symbol), None
        )
        self._free(reply)
        return 0 if found is None else self._first + found

    def _read(self) -> None:
        while event := self._xcb.xcb_poll_for_event(self._connection):
            seen = ctypes.cast(event, ctypes.POINTER(_Event)).contents
            kind, pressed = seen.type & 0x7F, (seen.keycode, seen.state & MEANT)
            self._free(event)
            if kind == MAPPING_NOTIFY:
                for name in list(self._wanted):
                    self._ungrab(name)
                    self._grab(name)
            elif kind == KEY_PRESS:
                for name, grabbed in list(self._grabbed.items()):
                    if grabbed == pressed:
                        self._pressed(name)

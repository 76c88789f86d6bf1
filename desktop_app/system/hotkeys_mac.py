"""Global keys under macOS: Carbon's RegisterEventHotKey, which needs no permission of the person.

Qt swaps Command and Control on a Mac, so that Ctrl+C is what everybody presses there; so do we.
"""

import ctypes
import ctypes.util
import itertools
from collections.abc import Callable

from PySide6.QtCore import Qt

MODIFIERS = {
    Qt.KeyboardModifier.ControlModifier: 0x0100,  # cmdKey
    Qt.KeyboardModifier.ShiftModifier: 0x0200,
    Qt.KeyboardModifier.AltModifier: 0x0800,  # optionKey
    Qt.KeyboardModifier.MetaModifier: 0x1000,  # controlKey
}
CODES = {
    **dict(zip("ASDFHGZXCV", range(10), strict=True)),
    **dict(zip("BQWERYT", range(11, 18), strict=True)),
    **dict(zip("123465=97-80]OU[IP", range(18, 36), strict=True)),
    **dict(zip("LJ'K;\\,/NM.", range(37, 48), strict=True)),
    "`": 50,
    " ": 49,
}
"""Places on the keyboard, named by what is written there in the United States."""

FUNCTION_KEYS = (122, 120, 99, 118, 96, 97, 98, 100, 101, 109, 103, 111, 105, 107, 113)
KEYBOARD = 0x6B657962  # 'keyb'
HOT_KEY_PRESSED = 5
DIRECT_OBJECT = 0x2D2D2D2D  # '----'
HOT_KEY_ID = 0x686B6964  # 'hkid'
SIGNATURE = 0x53474854  # 'SGHT'


class _Id(ctypes.Structure):
    _fields_ = (("signature", ctypes.c_uint32), ("id", ctypes.c_uint32))


class _Kind(ctypes.Structure):
    _fields_ = (("eventClass", ctypes.c_uint32), ("eventKind", ctypes.c_uint32))


_HANDLER = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)


def code(key: Qt.Key) -> int:
    """The place of a key on the keyboard; -1 when we do not know it."""
    number = int(key)
    if Qt.Key.Key_F1 <= key <= Qt.Key.Key_F15:
        return FUNCTION_KEYS[number - int(Qt.Key.Key_F1)]
    return CODES.get(chr(number), -1) if 0x20 <= number < 0x7F else -1


class MacKeys:
    """`Door` for macOS."""

    def __init__(self, pressed: Callable[[str], None]) -> None:
        self._pressed = pressed
        self._numbers = itertools.count(1)
        self._taken: dict[str, tuple[int, ctypes.c_void_p]] = {}
        self._carbon = ctypes.CDLL(ctypes.util.find_library("Carbon"))
        self._carbon.GetApplicationEventTarget.restype = ctypes.c_void_p
        self._handler = _HANDLER(self._handle)  # kept, because Carbon holds only its address
        kind = _Kind(KEYBOARD, HOT_KEY_PRESSED)
        self._carbon.InstallEventHandler(
            ctypes.c_void_p(self._carbon.GetApplicationEventTarget()),
            self._handler,
            ctypes.c_uint32(1),
            ctypes.byref(kind),
            None,
            None,
        )

    def take(self, name: str, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        """See `Door`."""
        place = code(key)
        if place < 0:
            return False
        bits = sum(bit for modifier, bit in MODIFIERS.items() if modifiers & modifier)
        number, reference = next(self._numbers), ctypes.c_void_p()
        refused = self._carbon.RegisterEventHotKey(
            ctypes.c_uint32(place),
            ctypes.c_uint32(bits),
            _Id(SIGNATURE, number),
            ctypes.c_void_p(self._carbon.GetApplicationEventTarget()),
            ctypes.c_uint32(0),
            ctypes.byref(reference),
        )
        if refused:
            return False
        self._taken[name] = (number, reference)
        return True

    def give_back(self, name: str) -> None:
        """See `Door`."""
        taken = self._taken.pop(name, None)
        if taken is not None:
            self._carbon.UnregisterEventHotKey(taken[1])

    def close(self) -> None:
        """See `Door`."""
        for name in list(self._taken):
            self.give_back(name)

    def _handle(self, _next: int, event: int, _data: int) -> int:
        seen = _Id()
        self._carbon.GetEventParameter(
            ctypes.c_void_p(event),
            ctypes.c_uint32(DIRECT_OBJECT),
            ctypes.c_uint32(HOT_KEY_ID),
            None,
            ctypes.c_ulong(ctypes.sizeof(seen)),
            None,
            ctypes.byref(seen),
        )
        for name, (number, _) in list(self._taken.items()):
            if number == seen.id and seen.signature == SIGNATURE:
                self._pressed(name)
        return 0

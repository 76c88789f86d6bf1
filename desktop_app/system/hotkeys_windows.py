"""Global keys under Windows: RegisterHotKey, and its message taken from Qt's event loop."""

import itertools
import sys
from collections.abc import Callable

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, Qt

WM_HOTKEY = 0x0312
MESSAGES = (b"windows_dispatcher_MSG", b"windows_generic_MSG")
"""What Qt calls messages: those to no window, as of a hot key, and those to one of ours."""

MOD_NOREPEAT = 0x4000
MODIFIERS = {
    Qt.KeyboardModifier.AltModifier: 1,
    Qt.KeyboardModifier.ControlModifier: 2,
    Qt.KeyboardModifier.ShiftModifier: 4,
    Qt.KeyboardModifier.MetaModifier: 8,
}
CODES = {
    Qt.Key.Key_Tab: 0x09,
    Qt.Key.Key_Return: 0x0D,
    Qt.Key.Key_Pause: 0x13,
    Qt.Key.Key_Escape: 0x1B,
    Qt.Key.Key_Space: 0x20,
    Qt.Key.Key_PageUp: 0x21,
    Qt.Key.Key_PageDown: 0x22,
    Qt.Key.Key_End: 0x23,
    Qt.Key.Key_Home: 0x24,
    Qt.Key.Key_Left: 0x25,
    Qt.Key.Key_Up: 0x26,
    Qt.Key.Key_Right: 0x27,
    Qt.Key.Key_Down: 0x28,
    Qt.Key.Key_Print: 0x2C,
    Qt.Key.Key_Insert: 0x2D,
    Qt.Key.Key_Delete: 0x2E,
    Qt.Key.Key_Semicolon: 0xBA,
    Qt.Key.Key_Equal: 0xBB,
    Qt.Key.Key_Comma: 0xBC,
    Qt.Key.Key_Minus: 0xBD,
    Qt.Key.Key_Period: 0xBE,
    Qt.Key.Key_Slash: 0xBF,
}


def code(key: Qt.Key) -> int:
    """Windows' number of a key; 0 when it has none that we know."""
    number = int(key)
    if Qt.Key.Key_F1 <= key <= Qt.Key.Key_F24:
        return 0x70 + number - int(Qt.Key.Key_F1)
    if Qt.Key.Key_0 <= key <= Qt.Key.Key_9 or Qt.Key.Key_A <= key <= Qt.Key.Key_Z:
        return number
    return CODES.get(key, 0)


class WindowsKeys(QAbstractNativeEventFilter):
    """`Door` for Windows."""

    def __init__(self, pressed: Callable[[str], None]) -> None:
        super().__init__()
        self._pressed = pressed
        self._numbers = itertools.count(1)
        self._taken: dict[str, int] = {}
        application = QCoreApplication.instance()
        if application is not None:
            application.installNativeEventFilter(self)

    def take(self, name: str, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        """See `Door`."""
        if sys.platform == "win32":
            import ctypes

            bits = sum(bit for modifier, bit in MODIFIERS.items() if modifiers & modifier)
            number = next(self._numbers)
            user32 = ctypes.windll.user32
            if code(key) and user32.RegisterHotKey(None, number, bits | MOD_NOREPEAT, code(key)):
                self._taken[name] = number
                return True
        return False

    def give_back(self, name: str) -> None:
        """See `Door`."""
        number = self._taken.pop(name, 0)
        if sys.platform == "win32" and number:
            import ctypes

            ctypes.windll.user32.UnregisterHotKey(None, number)

    def close(self) -> None:
        """See `Door`."""
        for name in list(self._taken):
            self.give_back(name)
        application = QCoreApplication.instance()
        if application is not None:
            application.removeNativeEventFilter(self)

    def nativeEventFilter(
        self, kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        if sys.platform == "win32" and bytes(kind) in MESSAGES:
            import ctypes.wintypes

            seen = ctypes.wintypes.MSG.from_address(int(message))
            if seen.message == WM_HOTKEY:
                for name, number in list(self._taken.items()):
                    if number == seen.wParam:
                        self._pressed(name)
        return False, 0

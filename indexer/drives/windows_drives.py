"""Windows' drives by its own tables, which answer at once, and by asking the drives, which may take long.

A drive of another computer that has gone does not answer for half a minute, so it is never asked; psutil
asks every drive, just to list them.
"""

import ctypes
import ntpath
from typing import Any, Final

REMOVABLE: Final = 2
"""A stick or a card; a hard disk on USB is fixed."""
FIXED: Final = 3
REMOTE: Final = 4

_ROOM: Final = 1024
_NO_QUESTIONS: Final = 1


class WindowsDrives:
    """Drives by the root of their letter, `C:\\` and so on."""

    def roots(self) -> list[str]:
        """All letters that lead anywhere."""
        letters = int(_library("kernel32").GetLogicalDrives())
        return [f"{chr(ord('A') + n)}:\\" for n in range(26) if letters >> n & 1]

    def sort(self, root: str) -> int:
        """What kind of drive: `REMOVABLE`, `FIXED`, `REMOTE` or another number."""
        return int(_library("kernel32").GetDriveTypeW(ctypes.c_wchar_p(root)))

    def share(self, root: str) -> str:
        """What a letter stands for on another computer, whether that is there or not; "" if nothing."""
        name, room = ctypes.create_unicode_buffer(_ROOM), ctypes.c_uint32(_ROOM)
        failed = _library("mpr").WNetGetConnectionW(ctypes.c_wchar_p(root[:2]), name, ctypes.byref(room))
        return "" if failed else name.value

    def name(self, root: str) -> str:
        """By what Windows knows the volume now behind a letter; "" if it does not."""
        name = ctypes.create_unicode_buffer(_ROOM)
        found = _library("kernel32").GetVolumeNameForVolumeMountPointW(ctypes.c_wchar_p(root), name, _ROOM)
        return name.value if found else ""

    def ask(self, root: str) -> tuple[str, str] | None:
        """The serial number and the label of the volume; None if there is none, as in an empty reader."""
        label, serial = ctypes.create_unicode_buffer(_ROOM), ctypes.c_uint32()
        kernel = _library("kernel32")
        kernel.SetThreadErrorMode(_NO_QUESTIONS, None)  # else Windows may ask for a disk in a dialog
        told = kernel.GetVolumeInformationW(
            ctypes.c_wchar_p(root), label, _ROOM, ctypes.byref(serial), None, None, None, 0
        )
        return (f"{serial.value:08x}", label.value) if told else None


def sort_of(path: str) -> int:
    """What kind of drive an absolute path is on, as `WindowsDrives.sort`."""
    drive, _ = ntpath.splitdrive(path)
    plain = drive.removeprefix("\\\\?\\")
    if plain.startswith("\\\\") or plain.upper().startswith("UNC\\"):
        return REMOTE
    return WindowsDrives().sort(plain + "\\")


def _library(name: str) -> Any:
    return getattr(getattr(ctypes, "windll"), name)  # noqa: B009 - not there on the other systems

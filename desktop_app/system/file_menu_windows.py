"""The entry in the Explorer's menu: keys in the person's own part of the registry. Not tried yet.

The Explorer starts the line once for each marked file; `Presence` puts those that come together together.
"""

import subprocess
import sys
from collections.abc import Sequence

from desktop_app.system.start_command import same_library

CLASSES = r"Software\Classes\SystemFileAssociations"
TYPES = ("image", "video", ".pdf")
VERB = "Sightline.Similar"


def verbs() -> list[str]:
    """One for each type, below HKEY_CURRENT_USER."""
    return [rf"{CLASSES}\{each}\shell\{VERB}" for each in TYPES]


def command(line: Sequence[str]) -> str:
    """As the registry has it: %1 is the file."""
    return f'{subprocess.list2cmdline(line)} "%1"'


def write(label: str, line: Sequence[str]) -> None:
    """Raises OSError."""
    if sys.platform == "win32":
        import winreg

        for name in verbs():
            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, name) as key:
                winreg.SetValueEx(key, "", 0, winreg.REG_SZ, label)
                winreg.SetValueEx(key, "Icon", 0, winreg.REG_SZ, line[0])
            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, rf"{name}\command") as key:
                winreg.SetValueEx(key, "", 0, winreg.REG_SZ, command(line))


def remove() -> None:
    """Raises OSError."""
    if sys.platform == "win32":
        import winreg

        for name in verbs():
            for each in (rf"{name}\command", name):
                try:
                    winreg.DeleteKey(winreg.HKEY_CURRENT_USER, each)
                except FileNotFoundError:
                    continue


def is_there() -> bool:
    """Whether the menu has it."""
    if sys.platform == "win32":
        import winreg

        for name in verbs():
            try:
                winreg.OpenKey(winreg.HKEY_CURRENT_USER, rf"{name}\command").Close()
            except OSError:
                continue
            return True
    return False


def starts(line: Sequence[str]) -> bool:
    """Whether the entry starts the library of this line."""
    if sys.platform == "win32":
        import winreg

        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, rf"{verbs()[0]}\command") as key:
                return same_library(str(winreg.QueryValueEx(key, "")[0]), command(line))
        except OSError:
            return False
    return False

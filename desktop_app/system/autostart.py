"""Starting with the desktop: an entry where each system looks for such entries. The entry is the setting.

Desktops have a list of their own in which such an entry can be switched off: most mark it, Windows notes it
beside it. Such an entry counts as off, and is switched on again by whoever asks for that here. What macOS
notes no program may read without the rights of an administrator.
"""

import contextlib
import plistlib
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths

from desktop_app.system.start_command import in_entry, same_library, start_command
from indexer.paths import Paths

NAME = "io.github.sightline"
RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
APPROVED = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
"""Where Windows notes what was switched off in its settings or in the task manager."""

OFF = {"hidden=true", "x-gnome-autostart-enabled=false", "x-mate-autostart-enabled=false"}
"""Lines with which the desktops of Linux switch an entry off."""


def command(paths: Paths) -> list[str]:
    """What is to be run: in the background, on this library."""
    return start_command(paths, "--background")


def is_on() -> bool:
    """Whether Sightline starts with the desktop."""
    if sys.platform == "win32":
        import winreg

        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, RUN) as key:
                winreg.QueryValueEx(key, "Sightline")
        except OSError:
            return False
        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, APPROVED) as key:
                return approves(winreg.QueryValueEx(key, "Sightline")[0])
        except OSError:
            return True
    try:
        text = entry().read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return not OFF & {line.replace(" ", "").lower() for line in text.splitlines()}


def starts(paths: Paths) -> bool:
    """Whether the entry is there, switched off or not, and starts this library."""
    try:
        return same_library(_written(), _line(command(paths)))
    except (OSError, ValueError, KeyError):  # there is none, or it is somebody else's
        return False


def approves(noted: bytes) -> bool:
    """Whether what Windows noted about an entry lets it start: an odd first byte says that it is off."""
    return not (noted and noted[0] & 1)


def switch(on: bool, paths: Paths) -> str:
    """Start with the desktop from now on, or no longer. Returns "" or a sentence that says why not."""
    try:
        _switch(on, command(paths))
    except OSError as error:
        return QCoreApplication.translate(
            "Autostart", "The list of programs that start with the desktop cannot be changed: {reason}."
        ).replace("{reason}", error.strerror or str(error))
    return ""


def entry() -> Path:
    """The file that makes it so on Linux and macOS."""
    if sys.platform == "darwin":
        return Path.home() / "Library" / "LaunchAgents" / f"{NAME}.plist"
    settings = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)
    return Path(settings) / "autostart" / "sightline.desktop"


def _line(command: list[str]) -> str:
    return subprocess.list2cmdline(command) if sys.platform == "win32" else in_entry(command)


def _written() -> str:
    """The line in the entry. Raises OSError, ValueError or KeyError."""
    if sys.platform == "win32":
        import winreg

        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, RUN) as key:
            return str(winreg.QueryValueEx(key, "Sightline")[0])
    if sys.platform == "darwin":
        return in_entry(plistlib.loads(entry().read_bytes())["ProgramArguments"])
    lines = entry().read_text(encoding="utf-8", errors="replace").splitlines()
    return next((line for line in lines if line.startswith("Exec=")), "")


def _switch(on: bool, command: list[str]) -> None:
    if sys.platform == "win32":
        import winreg

        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, RUN) as key:
            if on:
                winreg.SetValueEx(key, "Sightline", 0, winreg.REG_SZ, _line(command))
            else:
                with contextlib.suppress(FileNotFoundError):
                    winreg.DeleteValue(key, "Sightline")
        with (
            contextlib.suppress(FileNotFoundError),
            winreg.OpenKey(winreg.HKEY_CURRENT_USER, APPROVED, 0, winreg.KEY_SET_VALUE) as key,
        ):
            winreg.DeleteValue(key, "Sightline")
        return
    file = entry()
    if not on:
        file.unlink(missing_ok=True)
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    if sys.platform == "darwin":
        file.write_bytes(plistlib.dumps({"Label": NAME, "ProgramArguments": command, "RunAtLoad": True}))
    else:
        file.write_text(
            "[Desktop Entry]\nType=Application\nName=Sightline\nIcon=sightline\nTerminal=false\n"
            f"Exec={_line(command)}\nX-GNOME-Autostart-enabled=true\n",
            encoding="utf-8",
        )

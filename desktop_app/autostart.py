"""Starting with the desktop: an entry where each system looks for such entries. The entry is the setting."""

import plistlib
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths

from indexer.paths import Paths

NAME = "io.github.sightline"
RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"


def command(paths: Paths) -> list[str]:
    """What is to be run: in the background, on this library."""
    program = Path(sys.executable)
    if sys.platform == "win32" and (program.parent / "pythonw.exe").exists():
        program = program.parent / "pythonw.exe"  # without a console
    made = [str(program), "-m", "desktop_app", "--background"]
    return made if paths == Paths.default() else [*made, "--data-dir", str(paths.data)]


def is_on() -> bool:
    """Whether Sightline starts with the desktop."""
    if sys.platform == "win32":
        import winreg

        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, RUN) as key:
                winreg.QueryValueEx(key, "Sightline")
        except OSError:
            return False
        return True
    return entry().exists()


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


def _switch(on: bool, line: list[str]) -> None:
    if sys.platform == "win32":
        import winreg

        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, RUN) as key:
            if on:
                winreg.SetValueEx(key, "Sightline", 0, winreg.REG_SZ, subprocess.list2cmdline(line))
            elif is_on():
                winreg.DeleteValue(key, "Sightline")
        return
    file = entry()
    if not on:
        file.unlink(missing_ok=True)
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    if sys.platform == "darwin":
        file.write_bytes(plistlib.dumps({"Label": NAME, "ProgramArguments": line, "RunAtLoad": True}))
    else:
        run = " ".join(_quoted(part) for part in line)
        file.write_text(
            "[Desktop Entry]\nType=Application\nName=Sightline\nIcon=sightline\nTerminal=false\n"
            f"Exec={run}\nX-GNOME-Autostart-enabled=true\n",
            encoding="utf-8",
        )


def _quoted(part: str) -> str:
    """As the Desktop Entry Specification wants it: quoted, and then escaped as any value is."""
    for sign in '\\"`$':
        part = part.replace(sign, f"\\{sign}")
    return '"' + part.replace("%", "%%").replace("\\", "\\\\") + '"'

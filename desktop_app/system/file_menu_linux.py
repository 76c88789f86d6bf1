"""The entry in the menus of Linux's file managers, for those that are installed.

Nautilus and Caja list scripts, Dolphin service menus, Nemo and PCManFM actions, Thunar what files can be sent
to. None of these ever opens a file by a double click, as an entry among the programs could.
"""

import shlex
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStandardPaths

from desktop_app.system.start_command import in_entry, same_library

MARK = "# Written by Sightline, which takes it away when this is switched off in its settings."
"""By this our files are known again, whatever they are called."""

TYPES = "image/*;video/*;application/pdf;"
ICON = "system-search"


@dataclass(frozen=True, slots=True)
class Menu:
    """Where some file managers look.

    Attributes:
        programs: one of these is installed where the entry is of use.
        folder: below the person's data, or (`settings`) below their settings.
        name: of the file; "" where it is what the menu says.
        text: the content, from what the menu says and what is to be run.
        runs: only a file that may be run is trusted.
    """

    programs: tuple[str, ...]
    folder: str
    name: str
    text: Callable[[str, Sequence[str]], str]
    settings: bool = False
    runs: bool = False

    def place(self) -> Path:
        """The folder."""
        kinds = QStandardPaths.StandardLocation
        kind = kinds.GenericConfigLocation if self.settings else kinds.GenericDataLocation
        return Path(QStandardPaths.writableLocation(kind)) / self.folder


def write(label: str, line: Sequence[str]) -> None:
    """Into the menu of every file manager that is installed. Raises OSError."""
    for menu in MENUS:
        if any(shutil.which(program) for program in menu.programs):
            folder = menu.place()
            folder.mkdir(parents=True, exist_ok=True)
            file = folder / (menu.name or label)
            file.write_text(menu.text(label, line), encoding="utf-8")
            if menu.runs:
                file.chmod(0o755)


def remove() -> None:
    """Out of every menu, and folders that are empty then with it. Raises OSError."""
    for menu in MENUS:
        folder = menu.place()
        for file in _ours(folder):
            file.unlink()
            with suppress(OSError):  # not empty
                for level in (folder, *folder.parents[: len(Path(menu.folder).parts) - 1]):
                    level.rmdir()


def is_there() -> bool:
    """In any menu."""
    return any(True for menu in MENUS for _ in _ours(menu.place()))


def starts(line: Sequence[str]) -> bool:
    """Whether any menu starts the library of this line: nothing that differs stands behind it in any file."""
    return any(
        same_library(file.read_text(encoding="utf-8"), menu.text("", line))
        for menu in MENUS
        for file in _ours(menu.place())
    )


def _ours(folder: Path) -> Iterator[Path]:
    for file in sorted(folder.iterdir()) if folder.is_dir() else ():
        if file.is_file() and "sightline" in file.name.lower():
            with suppress(OSError, UnicodeDecodeError):
                if MARK in file.read_text(encoding="utf-8"):
                    yield file


# --- the files -----------------------------------------------------------------------------------------


def _script(label: str, line: Sequence[str]) -> str:
    return f'#!/bin/sh\n{MARK}\nexec {shlex.join(line)} "$@"\n'


def _service_menu(label: str, line: Sequence[str]) -> str:
    return (
        f"{MARK}\n[Desktop Entry]\nType=Service\nMimeType={TYPES}\nActions=similar;\n"
        "X-KDE-Priority=TopLevel\n\n"
        f"[Desktop Action similar]\nName={label}\nIcon={ICON}\nExec={in_entry(line)} %F\n"
    )


def _nemo_action(label: str, line: Sequence[str]) -> str:
    # a shell's rules for quotes, and %F is put in as it is: the quotes around each file are asked for
    return (
        f"{MARK}\n[Nemo Action]\nName={label}\nIcon-Name={ICON}\nSelection=NotNone\nMimetypes={TYPES}\n"
        f"Quote=double\nExec={_escaped(shlex.join(line))} %F\n"
    )


def _sent_to(label: str, line: Sequence[str]) -> str:
    return (
        f"{MARK}\n[Desktop Entry]\nType=Application\nName={label}\nIcon={ICON}\nTerminal=false\n"
        f"MimeType={TYPES}\nExec={in_entry(line)} %F\n"
    )


def _action(label: str, line: Sequence[str]) -> str:
    return (
        f"{MARK}\n[Desktop Entry]\nType=Action\nName={label}\nIcon={ICON}\nProfiles=similar;\n\n"
        f"[X-Action-Profile similar]\nMimeTypes={TYPES}\nExec={in_entry(line)} %F\n"
    )


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\")


MENUS = (
    Menu(("nautilus",), "nautilus/scripts", "", _script, runs=True),
    Menu(("caja",), "caja/scripts", "", _script, settings=True, runs=True),
    Menu(("nemo",), "nemo/actions", "sightline.nemo_action", _nemo_action),
    Menu(("dolphin", "konqueror"), "kio/servicemenus", "sightline.desktop", _service_menu, runs=True),
    Menu(("thunar",), "Thunar/sendto", "sightline.desktop", _sent_to),
    Menu(("pcmanfm", "pcmanfm-qt"), "file-manager/actions", "sightline.desktop", _action),
)

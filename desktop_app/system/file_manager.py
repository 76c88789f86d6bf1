"""Opening files, showing them in their folder, and choosing folders, on each desktop."""

import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QProcess, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QInputDialog, QWidget

from desktop_app.language import wording
from desktop_app.system.file_url import url_of
from desktop_app.system.programs import programs

MOST_FOLDERS = 8
"""Opened at once: a window for each of some hundred copies is of use to nobody."""

ANSWER_S = 2.0
"""How long a disk may take to say whether a file is there: a server that is gone may never say it, and who
asks it stands still."""

_last: dict[str, str] = {}
"""By question, the folder that was the answer."""


def choose_folder(parent: QWidget) -> str:
    """Ask the person for a folder to look at; "" when they change their mind."""
    return _choose(
        QCoreApplication.translate("FileManager", "Which folder should Sightline look at?"), parent
    )


def choose_model_folder(parent: QWidget) -> str:
    """Ask for a folder that holds a model; "" when they change their mind."""
    return _choose(QCoreApplication.translate("FileManager", "Which folder holds the model?"), parent)


def choose_target(parent: QWidget) -> str:
    """Ask for a folder to copy into; "" when they change their mind."""
    return _choose(QCoreApplication.translate("FileManager", "Copy into which folder?"), parent)


def _choose(question: str, parent: QWidget) -> str:
    chosen = QFileDialog.getExistingDirectory(parent, question, _beginning(question))
    if chosen:
        _last[question] = chosen
    return chosen


def _beginning(question: str) -> str:
    """The folder that a dialog shows first: that of the last answer, if it is still there."""
    last = _last.get(question)
    return last if last and not _missing([last])[0] else str(Path.home())


def choose_pdf(name: str, parent: QWidget) -> str:
    """Ask where to write a PDF; "" when they change their mind. The dialog asks before replacing one."""
    question = QCoreApplication.translate("FileManager", "Save the contact sheet")
    safe = "".join(letter if letter.isalnum() or letter in " -_." else "_" for letter in name)[:80]
    dialog = QFileDialog(parent, question, _beginning(question), "PDF (*.pdf)")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("pdf")  # a name without one is completed before it is looked whether it is taken
    dialog.selectFile(f"{safe.strip(' .') or 'Sightline'}.pdf")  # one that begins with a dot is hidden
    chosen = dialog.selectedFiles() if dialog.exec() else []
    dialog.deleteLater()
    if not chosen:
        return ""
    _last[question] = str(Path(chosen[0]).parent)
    return chosen[0]


def open_files(paths: Sequence[str]) -> list[str]:
    """Open with the programs the person has chosen for them. For each "" or a sentence that says why not."""
    return [missing or _open(path) for path, missing in zip(paths, _missing(paths), strict=True)]


def open_file(path: str) -> str:
    """The same of one."""
    return open_files([path])[0]


def _open(path: str) -> str:
    if QDesktopServices.openUrl(url_of(path)):
        return ""
    return QCoreApplication.translate(
        "FileManager", "There is no program on this computer to open {name}."
    ).replace("{name}", Path(path).name)


def open_with(path: str, parent: QWidget) -> str:
    """Open with another program, which the person chooses. Returns "" or a sentence that says why not."""
    if missing := _missing([path])[0]:
        return missing
    if sys.platform == "win32":
        # All that follows is the path for it, as Windows' own entry for unknown files has it. So no quotes,
        # blanks or not, and no list: Python and Qt would put some round it, and no dialog would come.
        subprocess.Popen(f"rundll32.exe shell32.dll,OpenAs_RunDLL {Path(path)}")
        return ""
    question = QCoreApplication.translate("FileManager", "Open {name} with which program?")
    question = question.replace("{name}", wording.shortened(Path(path).name))
    if sys.platform == "darwin":
        program, _ = QFileDialog.getOpenFileName(parent, question, "/Applications", "*.app")
        started = not program or QProcess.startDetached("open", ["-a", program, path])[0]
        return "" if started else _not_started(program)
    known = programs(path)
    names = [name for name, _ in known]
    other = QCoreApplication.translate("FileManager", "Another program…")
    asked = wording.literal(question)
    name, accepted = QInputDialog.getItem(parent, "Sightline", asked, [*names, other], 0, False)
    if not accepted:
        return ""
    if name == other:
        program, _ = QFileDialog.getOpenFileName(parent, question, "/usr/bin")
        command = [program, path]
    else:
        command = known[names.index(name)][1]
    return "" if not command[0] or _started(command) else _not_started(command[0])


def _started(command: Sequence[str]) -> bool:
    """Not by Qt, whose arguments are Unicode: the name of a file need not be."""
    try:
        process = subprocess.Popen(command, start_new_session=True)
    except OSError:
        return False
    threading.Thread(target=process.wait, name="opened with", daemon=True).start()
    return True


def _not_started(program: str) -> str:
    return QCoreApplication.translate("FileManager", "{name} could not be started.").replace(
        "{name}", Path(program).stem
    )


def show_files(paths: Sequence[str], parent: QObject) -> str:
    """Show several files, each in its folder. Returns "" or a sentence."""
    folders = list(dict.fromkeys(Path(path).parent for path in paths))
    few = [path for path in paths if Path(path).parent in folders[:MOST_FOLDERS]]
    missing = _missing(few)
    there = [path for path, why in zip(few, missing, strict=True) if not why]
    if not there:
        return next(iter(missing), "")
    shown = {Path(path).parent: path for path in there}
    if sys.platform in ("darwin", "win32") or not _ask_file_manager(there, parent):
        said = [show_in_folder(path, parent) for path in shown.values()]
        if any(said):
            return next(filter(None, said))
    if len(folders) <= MOST_FOLDERS:
        return ""
    return (
        QCoreApplication.translate("FileManager", "Only {n} of the {m} folders were opened.")
        .replace("{n}", wording.number(len(shown)))
        .replace("{m}", wording.number(len(folders)))
    )


def show_in_folder(path: str, parent: QObject) -> str:
    """Show the file in the file manager, selected where that is possible. Returns "" or a sentence."""
    if missing := _missing([path])[0]:
        return missing
    if sys.platform == "darwin":
        QProcess.startDetached("open", ["-R", path])
    elif sys.platform == "win32":
        # in quotes in any case: of a path with a comma the Explorer would take what stands before it
        subprocess.Popen(f'explorer /select,"{Path(path)}"')
    elif not _ask_file_manager([path], parent) and not _open_folder_of(path):
        return QCoreApplication.translate(
            "FileManager", "There is no file manager on this computer to show {name}."
        ).replace("{name}", Path(path).name)
    return ""


def _open_folder_of(path: str) -> bool:
    return QDesktopServices.openUrl(url_of(str(Path(path).parent)))


def _ask_file_manager(paths: Sequence[str], parent: QObject) -> bool:
    """Over the session bus, without waiting; opens the folder alone if the file manager cannot select."""
    from PySide6.QtDBus import (  # 10 ms that the start need not pay
        QDBusConnection,
        QDBusMessage,
        QDBusPendingCallWatcher,
    )

    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        return False
    message = QDBusMessage.createMethodCall(
        "org.freedesktop.FileManager1",
        "/org/freedesktop/FileManager1",
        "org.freedesktop.FileManager1",
        "ShowItems",
    )
    encoded = QUrl.ComponentFormattingOption.FullyEncoded
    message.setArguments([[url_of(path).toString(encoded) for path in paths], ""])
    watcher = QDBusPendingCallWatcher(bus.asyncCall(message), parent)

    def answered() -> None:
        if watcher.isError():
            _open_folder_of(paths[0])
        watcher.deleteLater()

    watcher.finished.connect(answered)
    return True


def _missing(paths: Sequence[str]) -> list[str]:
    """For each "" when it is there, else a sentence. All are looked for at once, and waited for together."""
    folders: defaultdict[Path, list[str]] = defaultdict(list)
    for path in paths:
        folders[Path(path).parent].append(path)
    found: dict[str, bool] = {}

    def look(files: list[str]) -> None:
        for path in files:
            found[path] = _is_there(path)

    until = time.monotonic() + ANSWER_S
    looking = [
        threading.Thread(target=look, args=(files,), name="is it there", daemon=True)
        for files in folders.values()
    ]
    for each in looking:
        each.start()
    for each in looking:
        each.join(max(0.0, until - time.monotonic()))
    return [_silent(path) if path not in found else "" if found[path] else _gone(path) for path in paths]


def _is_there(path: str) -> bool:
    try:
        return Path(path).exists()
    except OSError:  # whoever opens it says why that cannot be
        return True


def _gone(path: str) -> str:
    return QCoreApplication.translate(
        "FileManager", "{name} is no longer there. It was moved, renamed or deleted."
    ).replace("{name}", Path(path).name)


def _silent(path: str) -> str:
    return QCoreApplication.translate(
        "FileManager", "The disk with {name} does not answer. Try again when it is connected."
    ).replace("{name}", Path(path).name)

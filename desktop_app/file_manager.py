"""Opening files, showing them in their folder, and choosing folders, on each desktop."""

import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QProcess, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget


def choose_folder(parent: QWidget) -> str:
    """Ask the person for a folder to look at; "" when they change their mind."""
    question = QCoreApplication.translate("FileManager", "Which folder should Sightline look at?")
    return QFileDialog.getExistingDirectory(parent, question, str(Path.home()))


def choose_model_folder(parent: QWidget) -> str:
    """Ask for a folder that holds a model; "" when they change their mind."""
    question = QCoreApplication.translate("FileManager", "Which folder holds the model?")
    return QFileDialog.getExistingDirectory(parent, question, str(Path.home()))


def open_file(path: str) -> str:
    """Open with the program the person has chosen for it. Returns "" or a sentence that says why not."""
    if not Path(path).exists():
        return _gone(path)
    if QDesktopServices.openUrl(QUrl.fromLocalFile(path)):
        return ""
    return QCoreApplication.translate(
        "FileManager", "There is no program on this computer to open {name}."
    ).replace("{name}", Path(path).name)


def show_in_folder(path: str, parent: QObject) -> str:
    """Show the file in the file manager, selected where that is possible. Returns "" or a sentence."""
    if not Path(path).exists():
        return _gone(path)
    if sys.platform == "darwin":
        QProcess.startDetached("open", ["-R", path])
    elif sys.platform == "win32":
        QProcess.startDetached("explorer", ["/select,", str(Path(path))])
    elif not _ask_file_manager(path, parent) and not _open_folder_of(path):
        return QCoreApplication.translate(
            "FileManager", "There is no file manager on this computer to show {name}."
        ).replace("{name}", Path(path).name)
    return ""


def _open_folder_of(path: str) -> bool:
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(path).parent)))


def _ask_file_manager(path: str, parent: QObject) -> bool:
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
    url = QUrl.fromLocalFile(path).toString(QUrl.ComponentFormattingOption.FullyEncoded)
    message.setArguments([[url], ""])
    watcher = QDBusPendingCallWatcher(bus.asyncCall(message), parent)

    def answered() -> None:
        if watcher.isError():
            _open_folder_of(path)
        watcher.deleteLater()

    watcher.finished.connect(answered)
    return True


def _gone(path: str) -> str:
    return QCoreApplication.translate(
        "FileManager", "{name} is no longer there. It was moved, renamed or deleted."
    ).replace("{name}", Path(path).name)

"""The entry in the Finder's menu: a Quick Action, that is a folder with two property lists. Not tried yet."""

import plistlib
import shlex
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QProcess

from desktop_app.system.start_command import same_library

TYPES = ("public.image", "public.movie", "com.adobe.pdf")
AS_ARGUMENTS = 1
"""Automator's number for handing files to a script as its arguments."""
RENEW = "/System/Library/CoreServices/pbs"


def place() -> Path:
    """The folder that is the action."""
    return Path.home() / "Library" / "Services" / "Sightline.workflow"


def write(label: str, line: Sequence[str]) -> None:
    """Raises OSError."""
    inside = place() / "Contents"
    inside.mkdir(parents=True, exist_ok=True)
    (inside / "Info.plist").write_bytes(plistlib.dumps(service(label)))
    (inside / "document.wflow").write_bytes(plistlib.dumps(workflow(line)))
    _renew()


def remove() -> None:
    """Raises OSError."""
    if place().is_dir():
        shutil.rmtree(place())
        _renew()


def is_there() -> bool:
    """Whether the menu has it."""
    return (place() / "Contents" / "document.wflow").is_file()


def starts(line: Sequence[str]) -> bool:
    """Whether the action starts the library of this line."""
    file = place() / "Contents" / "document.wflow"
    ours = plistlib.dumps(workflow(line)).decode()
    return file.is_file() and same_library(file.read_text(encoding="utf-8", errors="replace"), ours)


def service(label: str) -> dict[str, Any]:
    """What the menu says, and for which files."""
    return {
        "NSServices": [
            {
                "NSMenuItem": {"default": label},
                "NSMessage": "runWorkflowAsService",
                "NSRequiredContext": {"NSApplicationIdentifier": "com.apple.finder"},
                "NSSendFileTypes": list(TYPES),
            }
        ]
    }


def workflow(line: Sequence[str]) -> dict[str, Any]:
    """One step: a shell script that gets the files. It does not wait for the window to be closed."""
    paths = {"Container": "List", "Optional": True, "Types": ["com.apple.cocoa.path"]}
    step = {
        "AMAccepts": paths,
        "AMProvides": paths,
        "AMActionVersion": "2.0.3",
        "AMParameterProperties": {
            name: {}
            for name in ("COMMAND_STRING", "CheckedForUserDefaultShell", "inputMethod", "shell", "source")
        },
        "ActionBundlePath": "/System/Library/Automator/Run Shell Script.action",
        "ActionName": "Run Shell Script",
        "ActionParameters": {
            "COMMAND_STRING": f'{shlex.join(line)} "$@" >/dev/null 2>&1 &',
            "CheckedForUserDefaultShell": True,
            "inputMethod": AS_ARGUMENTS,
            "shell": "/bin/sh",
            "source": "",
        },
        "BundleIdentifier": "com.apple.RunShellScript",
        "CFBundleVersion": "2.0.3",
        "Class Name": "RunShellScriptAction",
    }
    return {
        "AMApplicationBuild": "523",
        "AMApplicationVersion": "2.10",
        "AMDocumentVersion": "2",
        "actions": [{"action": step, "isViewVisible": 1}],
        "connectors": {},
        "workflowMetaData": {
            "serviceInputTypeIdentifier": "com.apple.Automator.fileSystemObject",
            "serviceApplicationBundleID": "com.apple.finder",
            "serviceProcessesInput": 0,
            "workflowTypeIdentifier": "com.apple.Automator.servicesMenu",
        },
    }


def _renew() -> None:
    """The menus are made anew at the next login, and at once where this is possible."""
    if Path(RENEW).exists():
        QProcess.startDetached(RENEW, ["-update"])

"""LibreOffice, where it is installed: a document to a PDF, in a process of its own that may do nothing else.

`main` is that process. It holds itself (cage.py) before it starts LibreOffice, whose profile, copy of the
document and result lie in one folder that is thrown away afterwards.
"""

import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from indexer.ingest.isolation import cage

MAX_TABLE_PAGES: Final = 50
"""Of a table so many printed pages are drawn, which may have thousands; all of it is read as text."""
MAX_PDF_BYTES: Final = 512 << 20
FAILED: Final = "LibreOffice could not draw its pages."

_WITHOUT_A_WINDOW: Final[int] = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""Windows opens a console for it otherwise, as whoever starts it has none."""
_NAMES: Final = ("soffice", "libreoffice")
_ELSEWHERE: Final = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
)
_WRITTEN: Final = frozenset(["docx", "docm", "dotx", "dotm", "odt", "ott", "odm", "rtf"])
_SLIDES: Final = frozenset(
    ["odp", "otp", "pot", "potm", "potx", "pps", "ppsm", "ppsx", "ppt", "pptm", "pptx"]
)
_TABLES: Final = frozenset(["ods", "ots", "xls", "xlsb", "xlsm", "xlsx", "xlt", "xltm", "xltx"])
# Hidden slides are drawn, too: otherwise those behind them would have other numbers than in their text.
_SLIDES_FILTER: Final = 'pdf:impress_pdf_Export:{"ExportHiddenSlides":{"type":"boolean","value":"true"}}'
_TABLES_FILTER: Final = (
    f'pdf:calc_pdf_Export:{{"PageRange":{{"type":"string","value":"1-{MAX_TABLE_PAGES}"}}}}'
)
_REFUSED: Final = (
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Writer/Content/Update", "Link", "2"),
    ("Calc/Content/Update", "Link", "2"),
)
"""No macros, and nothing that a document refers to outside of itself."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """The pages of an Office document as a PDF.

    Attributes:
        pdf: None if there is none. why: in a sentence; "" where nothing can draw it.
    """

    pdf: Path | None = None
    why: str = ""


Draws: TypeAlias = Callable[[], Drawing]
"""Called by who reads a document, once that is known to be whole and not locked."""


def undrawn() -> Drawing:
    """Of documents that nobody draws."""
    return Drawing()


def find() -> Path | None:
    """The program, where it is installed."""
    for name in _NAMES:
        if found := shutil.which(name):
            return Path(found)
    return next((Path(name) for name in _ELSEWHERE if Path(name).is_file()), None)


def is_missed(path: Path) -> bool:
    """Whether this document, by its name, would have pages if LibreOffice were installed."""
    return path.suffix.lower().lstrip(".") in _WRITTEN | _SLIDES | _TABLES and find() is None


def main(program: Path, document: Path, folder: Path, memory_limit: int) -> None:
    """The process's whole life: `document`, which lies in the folder, to `folder/out`.

    Args:
        memory_limit: bytes of address space for each process of LibreOffice.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _settle(memory_limit)
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_settings(), encoding="utf-8")
    (folder / "tmp").mkdir()
    cage.enter(folder)
    nothing = subprocess.DEVNULL
    office = subprocess.Popen(
        _command(program, document, folder, profile),
        cwd=folder,
        env=_environment(folder),
        stdin=nothing,
        stdout=nothing,
        stderr=nothing,
        creationflags=_WITHOUT_A_WINDOW,
    )
    threading.Thread(target=_end_with_parent, daemon=True).start()
    sys.exit(office.wait() & 0xFF)


def _command(program: Path, document: Path, folder: Path, profile: Path) -> list[str]:
    ending = document.suffix.lower().lstrip(".")
    form = _SLIDES_FILTER if ending in _SLIDES else _TABLES_FILTER if ending in _TABLES else "pdf"
    quiet = ["--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard"]
    profiled = f"-env:UserInstallation={profile.as_uri()}"
    return [
        str(program),
        profiled,
        *quiet,
        "--convert-to",
        form,
        "--outdir",
        str(folder / "out"),
        str(document),
    ]


def _settings() -> str:
    items = "".join(
        f'<item oor:path="/org.openoffice.Office.{path}">'
        f'<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _REFUSED
    )
    space = "http://openoffice.org/2001/registry"
    return f'<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="{space}">{items}</oor:items>'


def _environment(folder: Path) -> dict[str, str]:
    """Without a display, other programs to talk to, or the person's own settings."""
    home, room = str(folder), str(folder / "tmp")
    kept = {
        name: os.environ[name]
        for name in ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "WINDIR", "SYSTEMDRIVE")
        if name in os.environ
    }
    return {**kept, "HOME": home, "TMPDIR": room, "TMP": room, "TEMP": room, "SAL_USE_VCLPLUGIN": "svp"}


def _settle(memory_limit: int) -> None:
    if sys.platform == "win32":
        return
    import resource

    os.setsid()  # so that all that LibreOffice starts can be ended at once
    signal.signal(signal.SIGTERM, lambda *_: os.killpg(0, signal.SIGKILL))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MAX_PDF_BYTES, MAX_PDF_BYTES))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (memory_limit, memory_limit))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    parent.join()
    if sys.platform == "win32":
        import psutil

        for child in psutil.Process().children(recursive=True):
            child.kill()
        os._exit(1)
    else:
        os.killpg(0, signal.SIGKILL)

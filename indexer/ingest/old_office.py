"""Word, Excel and PowerPoint files of before 2007, and locked ones of any age: what can be said of them.

Both are compound files (MS-CFB).
"""

from pathlib import Path
from typing import Final, NoReturn

from indexer.errors import MediaError, Skipped
from indexer.ingest.items import open_original

_LOCKED: Final = "EncryptedPackage".encode("utf-16-le")
_DIRECTORY_BYTES: Final = 16 << 20


def refuse(path: Path) -> NoReturn:
    """Raises `MediaError` for a locked document, `Skipped` for an old one."""
    with open_original(path) as file:
        locked = _LOCKED in file.read(_DIRECTORY_BYTES)
    if locked:
        raise MediaError("It is protected by a password.")
    raise Skipped("It is an Office document of before 2007; saved in the newer form Sightline reads it.")

"""Files as addresses, and back: also those whose names are no Unicode, which Qt would write otherwise."""

import os
from pathlib import Path
from urllib.parse import unquote_to_bytes

from PySide6.QtCore import QUrl


def url_of(path: str) -> QUrl:
    """Of an absolute path."""
    return QUrl.fromEncoded(Path(path).as_uri().encode())


def path_of(url: QUrl) -> str:
    """Of an address on this computer."""
    path = url.toLocalFile()
    if "\ufffd" in path:  # a byte of it that Qt could not read
        path = os.fsdecode(unquote_to_bytes(url.path(QUrl.ComponentFormattingOption.FullyEncoded)))
    return path

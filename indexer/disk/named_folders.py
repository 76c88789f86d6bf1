"""The file or folder that a person means: one that is to be indexed, or one that is."""

import os
from collections.abc import Callable, Sequence

from indexer.drives.answering import Answering
from indexer.errors import UserError
from indexer.ingest.scan import as_kept
from indexer.paths import Paths, absolute


def readable_folder(path: str, paths: Paths) -> str:
    """The absolute path of a folder that can be indexed. Raises UserError saying why not."""
    folder = absolute(path)
    if Answering().silent(str(folder)):
        raise UserError(does_not_answer(str(folder)))
    try:
        if not folder.exists():
            raise UserError(f"There is no folder {folder}: check the path.")
        if not folder.is_dir():
            raise UserError(f"{folder} is a file: give the folder it is in.")
        with os.scandir(folder):
            pass
    except OSError as error:
        raise UserError(f"The folder {folder} cannot be read: {error.strerror}. Allow reading it.") from None
    if folder.is_relative_to(absolute(paths.data)):
        raise UserError(f"{folder} belongs to Sightline itself: choose a folder with files of your own.")
    return as_listed(path)  # as the system will report what changes in it


def does_not_answer(folder: str) -> str:
    """The sentence for a folder whose disk keeps whoever asks waiting."""
    return f"The folder {folder} does not answer: see whether its disk or server can be reached."


def known_folder(path: str, known: Sequence[str]) -> str:
    """The indexed folder that is meant. Raises UserError when there is none.

    One that is named as it is known is not touched: it may be on a server that does not answer.
    """
    ways: tuple[Callable[[str], object], ...] = (str, absolute, as_listed)
    for spelt in ways:
        candidate = str(spelt(path))
        if candidate in known:
            return candidate
    raise UserError(f"{path} is not among the indexed folders: see `sightline folders list`.")


def as_listed(path: str) -> str:
    """The absolute path of a file or folder, spelt as the folder it is in lists it."""
    whole = absolute(path)
    try:
        return as_kept(str(whole), whole.anchor)
    except OSError:  # a folder around it may be entered, but not listed
        return str(whole)

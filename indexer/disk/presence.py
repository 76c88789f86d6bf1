"""Whether a watched folder is really there: not an empty mount point, and not another disk in its place.

    its disk is not connected        its files stay, found and greyed
    its server does not answer       the same, and it is not touched until it does (answering.py)
    it is connected somewhere else   the folder goes by its path there from now on
    something else lies at its path  nothing of it is believed

A folder is recognised by its place (volumes.py). Where the place is another one, because a disk was copied to
a larger one, say, it is recognised by its files.
"""

import logging
import os
from pathlib import Path

from indexer.drives.answering import NO_ANSWER, Answering
from indexer.drives.volumes import Place, Volumes
from indexer.errors import NoAnswer
from indexer.ingest.items import is_folder
from indexer.store.rows import FileRow, FolderRow
from indexer.store.store import Store

log = logging.getLogger(__name__)

SAMPLE = 50
"""Known files that are looked for where the place does not say enough."""


class Absent(Exception):
    """The folder is not there, for the reason in the message.

    Attributes:
        offline: its disk cannot be reached.
        in_its_place: something else lies at its path.
    """

    def __init__(self, sentence: str, offline: bool, in_its_place: bool = False) -> None:
        super().__init__(sentence)
        self.offline = offline
        self.in_its_place = in_its_place


class Presence:
    """Recognises folders. For the thread that compares; `volumes` is refreshed by whoever owns it."""

    def __init__(self, store: Store, volumes: Volumes, answering: Answering) -> None:
        self._store = store
        self._volumes = volumes
        self._answering = answering

    def confirm(self, row: FolderRow) -> Place:
        """Where the folder is now. Raises `Absent` when what lies at its path is another one, and `NoAnswer`.

        That a folder of a connected disk cannot be entered is for others to find out.
        """
        if self._answering.silent(row.path):
            raise NoAnswer(NO_ANSWER)
        if not is_folder(row.path) and row.volume and not self._volumes.connected(row.volume):
            raise Absent(_unplugged(row.volume_name), offline=True)
        here = self._volumes.place(row.path)
        moved = (here.volume, here.below) != (row.volume, row.below)
        if row.volume and moved and is_folder(row.path) and not self._is_it(row):
            if _is_empty(row.path):
                raise Absent(_unplugged(row.volume_name), offline=True, in_its_place=True)
            raise Absent(
                f"Something else is at {row.path} now: connect “{row.volume_name}” again, or remove this "
                "folder from the list and add it anew.",
                offline=True,
                in_its_place=True,
            )
        return here

    def why_away(self, row: FolderRow) -> str:
        """Why the folder is not there, in a sentence; "" if it is, or cannot be entered."""
        try:
            self.confirm(row)
        except Absent as absent:
            return str(absent)
        except NoAnswer:
            return no_answer(row)
        return ""

    def reconnected(self, row: FolderRow) -> str:
        """The path of the folder from now on: another one when its disk is connected somewhere else now."""
        if self._answering.silent(row.path):
            return row.path
        taken = {other.path for other in self._store.folders()}
        place = Place(row.volume, row.volume_name, row.below)
        paths = self._volumes.paths(place)
        if os.path.realpath(row.path) in paths and is_folder(row.path):
            return row.path
        for path in paths:
            if path not in taken and not self._answering.silent(path) and is_folder(path):
                log.info("a folder's disk is connected somewhere else now")
                self._store.move_folder(row.path, path)
                return path
        return row.path

    def _is_it(self, row: FolderRow) -> bool:
        """Whether most of the files that are known are there. A folder without any is."""
        sample = self._store.sample_files(row.path, SAMPLE)
        there = sum(_is_there(file) for file in sample)
        return 2 * there >= len(sample)


def _is_there(file: FileRow) -> bool:
    try:
        status = Path(file.path).stat()
    except OSError:
        return False
    return (status.st_size, status.st_mtime_ns) == (file.size, file.mtime_ns)


def _is_empty(folder: str) -> bool:
    with os.scandir(folder) as entries:
        return next(entries, None) is None


def _unplugged(name: str) -> str:
    return f"“{name}” is not connected: what was found on it stays, and is up to date again once it is."


def no_answer(row: FolderRow) -> str:
    """The sentence for a folder that does not answer."""
    name = row.volume_name or row.path
    return f"“{name}” does not answer: what was found there stays, and is up to date again once it does."

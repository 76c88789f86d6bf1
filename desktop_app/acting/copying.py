"""Copies chosen files into a folder. Nothing there is ever overwritten; the originals are only read."""

import errno
import os
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from PySide6.QtCore import QObject

from desktop_app.acting.background_job import BackgroundJob, reason
from desktop_app.language import wording

BLOCK = 4 << 20


class Stopped(Exception):
    """The person did not want to wait."""


class Copying(BackgroundJob):
    """Each file under its own name, or with a number behind it where that is taken.

    Args:
        away: why those of the files are not there whose disk is not connected.
    """

    def __init__(
        self,
        paths: Sequence[str],
        folder: str,
        away: Mapping[str, str] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._paths = tuple(paths)
        self._folder = Path(folder)
        self._away = away or {}
        self._whole = 1
        self._done = 0

    def work(self) -> str:
        self._whole = max(1, sum(_size(path) for path in self._paths))
        copied = 0
        failed: list[tuple[str, OSError]] = []
        for path in self._paths:
            try:
                self._copy(Path(path))
                copied += 1
            except Stopped:
                return self._counted(self.tr("{n} of {m} files were copied, then you stopped it."), copied)
            except OSError as error:
                failed.append((path, error))
                if error.errno in (errno.ENOSPC, errno.EDQUOT):
                    break  # the others would not fit, either
                if not self._folder.is_dir():  # a stick was pulled out, for example
                    return self._folder_gone(copied)
        if not failed:
            one, many = self.tr("1 file was copied to {to}."), self.tr("{n} files were copied to {to}.")
            return wording.counted(copied, one, many).replace("{to}", str(self._folder))
        which, cause = failed[0]
        first = self.tr("{name} could not be: {why}").replace("{name}", Path(which).name)
        most = self._counted(self.tr("{n} of {m} files were copied."), copied)
        why = self._away.get(which) if cause.errno == errno.ENOENT else None
        return f"{most} {first.replace('{why}', why or reason(cause))}"

    def _folder_gone(self, copied: int) -> str:
        sentence = self.tr("{n} of {m} files were copied: the folder {to} is no longer there.")
        return self._counted(sentence, copied).replace("{to}", str(self._folder))

    def _counted(self, sentence: str, copied: int) -> str:
        made = sentence.replace("{n}", wording.number(copied))
        return made.replace("{m}", wording.number(len(self._paths)))

    def _copy(self, original: Path) -> None:
        with original.open("rb") as source:
            target, file = self._create(original)
            try:
                with file:
                    while block := source.read(BLOCK):
                        if self.cancelled:
                            raise Stopped
                        file.write(block)
                        self._done += len(block)
                        self.tell(self._done / self._whole)
                with suppress(OSError):  # a phone or a share may keep no dates and rights: the file is there
                    shutil.copystat(original, target)
            except BaseException:
                target.unlink(missing_ok=True)
                raise

    def _create(self, original: Path) -> tuple[Path, BinaryIO]:
        """A file that was not there before, also if somebody else is quicker."""
        number = 1
        while True:
            behind = "" if number == 1 else f" ({number})"
            target = self._folder / f"{original.stem}{behind}{original.suffix}"
            try:
                return target, target.open("xb")
            except FileExistsError:
                number += 1


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size  # noqa: PTH116 - one call, no object
    except OSError:
        return 0

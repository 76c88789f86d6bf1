"""A disk that fails on command, or whose power is cut, under every SQLite file of this process.

It is a VFS of SQLite, so what is tested is the real store on real files. Usage:

    with FaultyDisk() as disk:          # the default for every connection opened meanwhile
        disk.fail(17, apsw.FullError)   # the 17th operation from now on fails, once
        disk.record()                   # or: keep what is written, for `images`
"""

import os
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

import apsw

REAL = apsw.vfs_names()[0]


@dataclass
class Operation:
    kind: str  # open, write, truncate, sync, delete, lock
    path: str
    offset: int = 0
    data: bytes = b""


@dataclass
class FaultyDisk:
    operations: int = 0
    failed: list[Operation] = field(default_factory=list)
    journal: list[Operation] = field(default_factory=list)
    _fails: Callable[[int, Operation], "type[apsw.Error] | None"] = lambda number, operation: None
    _recording: bool = False

    def __enter__(self) -> "FaultyDisk":
        self._vfs = _Vfs(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._vfs.unregister()

    def fail(self, at: int, error: type[apsw.Error], kinds: str = "open write truncate sync delete") -> None:
        """Let one operation of these kinds fail, counted from now on."""
        count = [at]

        def fails(_: int, operation: Operation) -> "type[apsw.Error] | None":
            if operation.kind not in kinds.split():
                return None
            count[0] -= 1
            return error if count[0] == -1 else None

        self._fails = fails

    def always(self, error: type[apsw.Error], kinds: str) -> None:
        self._fails = lambda _, operation: error if operation.kind in kinds.split() else None

    def heal(self) -> None:
        self._fails = lambda number, operation: None

    def record(self) -> None:
        self._recording = True

    def done(self, operation: Operation) -> None:
        """Called before each operation; raises what it is to fail with."""
        if operation.kind != "lock":
            self.operations += 1
        error = self._fails(self.operations, operation)
        if error is not None:
            self.failed.append(operation)
            raise error("the disk fails, as a test wished")
        if self._recording and operation.kind in ("write", "truncate", "sync", "delete"):
            self.journal.append(operation)


def images(
    journal: list[Operation], dice: random.Random, every: int = 1
) -> Iterator[tuple[int, dict[str, bytes]]]:
    """What a power cut after each operation may leave of the files.

    What was synced is there. Of what was written since, a disk may have kept nothing, all, or any part, and
    torn one piece in two.
    """
    safe: dict[str, bytes] = {}
    open_ends: dict[str, list[Operation]] = {}
    for number, operation in enumerate(journal):
        pending = open_ends.setdefault(operation.path, [])
        if operation.kind == "sync":
            safe[operation.path] = _apply(safe.get(operation.path, b""), pending)
            pending.clear()
        elif operation.kind == "delete":
            safe.pop(operation.path, None)
            pending.clear()
        else:
            pending.append(operation)
        if number % every and operation.kind not in ("sync", "truncate", "delete"):
            continue
        for keep in ("none", "all", "some"):
            yield (
                number,
                {
                    path: _apply(safe.get(path, b""), _kept(open_ends.get(path, []), keep, dice))
                    for path in {*safe, *open_ends}
                    if path in safe or open_ends.get(path)
                },
            )


def whole(journal: list[Operation]) -> dict[str, bytes]:
    """The files with everything that was written, as the system has them after a process was killed."""
    made: dict[str, bytes] = {}
    for operation in journal:
        if operation.kind == "delete":
            made.pop(operation.path, None)
        elif operation.kind != "sync":
            made[operation.path] = _apply(made.get(operation.path, b""), [operation])
    return made


def put(image: dict[str, bytes], folder: Path) -> None:
    for old in folder.glob("index.db*"):
        old.unlink()
    for path, data in image.items():
        (folder / Path(path).name).write_bytes(data)


def _kept(pending: list[Operation], keep: str, dice: random.Random) -> list[Operation]:
    if keep == "none":
        return []
    if keep == "all":
        return pending
    kept = [one for one in pending if dice.random() < 0.5]
    if kept and kept[-1].kind == "write" and len(kept[-1].data) > 512:
        last = kept[-1]
        cut = 512 * dice.randrange(len(last.data) // 512)
        kept[-1] = Operation("write", last.path, last.offset, last.data[:cut])
    return kept


def _apply(data: bytes, operations: list[Operation]) -> bytes:
    made = bytearray(data)
    for one in operations:
        if one.kind == "truncate":
            del made[one.offset :]
        else:
            if len(made) < one.offset:
                made += bytes(one.offset - len(made))
            made[one.offset : one.offset + len(one.data)] = one.data
    return bytes(made)


class _Vfs(apsw.VFS):
    def __init__(self, disk: FaultyDisk) -> None:
        self._disk = disk
        super().__init__("faulty", REAL, makedefault=True)

    def xOpen(self, name: Any, flags: list[int]) -> "_File":
        path = name.filename() if isinstance(name, apsw.URIFilename) else name or "temporary"
        self._disk.done(Operation("open", os.fspath(path)))
        return _File(self._disk, name, flags, os.fspath(path))

    def xDelete(self, name: str, sync: bool) -> None:
        self._disk.done(Operation("delete", name))
        super().xDelete(name, sync)


class _File(apsw.VFSFile):
    def __init__(self, disk: FaultyDisk, name: Any, flags: list[int], path: str) -> None:
        super().__init__(REAL, name, flags)
        self._disk = disk
        self._path = path

    def xWrite(self, data: bytes, offset: int) -> None:
        self._disk.done(Operation("write", self._path, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, size: int) -> None:
        self._disk.done(Operation("truncate", self._path, size))
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:
        self._disk.done(Operation("sync", self._path))
        super().xSync(flags)

    def xLock(self, level: int) -> None:
        if level >= apsw.SQLITE_LOCK_RESERVED:
            self._disk.done(Operation("lock", self._path))
        super().xLock(level)
